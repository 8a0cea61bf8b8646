//! The files of a reference, layer over layer.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use plenary_decisions::nearest;

use super::fault::ReferenceFault;

/// A file of a layer.
#[derive(Debug)]
pub(crate) struct Source {
    /// Its path inside the folder, with `/`.
    pub(crate) path: Arc<str>,
    pub(crate) text: Cow<'static, str>,
    /// The layer, 0 for what comes with the crate.
    pub(crate) layer: usize,
}

impl Source {
    /// A fault at a byte of the file.
    pub(crate) fn fault(
        &self,
        at: usize,
        reason: impl Into<String>,
        help: impl Into<String>,
    ) -> ReferenceFault {
        ReferenceFault::new(&*self.path, Some(self.line(at)), reason, help)
    }

    fn line(&self, at: usize) -> u64 {
        let before = self.text.as_bytes().get(..at).unwrap_or_default();
        1 + before
            .iter()
            .map(|byte| u64::from(*byte == b'\n'))
            .sum::<u64>()
    }
}

/// A folder of files, or what stands for one.
#[derive(Clone, Debug)]
pub(crate) struct Layer {
    pub(crate) name: Arc<str>,
    pub(crate) files: Vec<Arc<Source>>,
    /// What else its folder has that nothing reads.
    pub(crate) strays: Vec<ReferenceFault>,
}

/// The folders of a reference that hold files of this crate.
const FOLDERS: [&str; 4] = ["bodies", "groups", "weights", "participants"];
/// The file of single decisions of which more is known than their records say.
pub(crate) const KNOWN_DECISIONS: &str = "known_decisions.toml";
/// No file of a reference is larger.
const LARGEST: u64 = 64 << 20;

impl Layer {
    pub(crate) fn new<P: AsRef<str>, T: Into<Cow<'static, str>>>(
        name: &str,
        layer: usize,
        files: impl IntoIterator<Item = (P, T)>,
    ) -> Self {
        let source = |(path, text): (P, T)| {
            Arc::new(Source {
                path: path.as_ref().into(),
                text: text.into(),
                layer,
            })
        };
        Self {
            name: name.into(),
            files: files.into_iter().map(source).collect(),
            strays: Vec::new(),
        }
    }

    /// The same files as another layer.
    pub(crate) fn at(&self, layer: usize) -> Self {
        let files = self.files.iter();
        let files = files.map(|file| (&*file.path, file.text.clone()));
        Self {
            strays: self.strays.clone(),
            ..Self::new(&self.name, layer, files)
        }
    }

    /// The files of a folder, in the order of their names.
    pub(crate) fn read(folder: &Path, layer: usize) -> Result<Self, Vec<ReferenceFault>> {
        let name = folder.display().to_string();
        let fault = |path: &Path, error: std::io::Error| {
            let help = "check the path, and that it can be read";
            let path = path.strip_prefix(folder).unwrap_or(path);
            ReferenceFault::new(path.display().to_string(), None, error.to_string(), help)
        };
        let (mut files, mut faults) = (Vec::new(), Vec::new());
        let mut found = false;
        if let Err(error) = fs::read_dir(folder) {
            return Err(vec![fault(folder, error)]);
        }
        for part in FOLDERS {
            let Ok(entries) = fs::read_dir(folder.join(part)) else {
                continue;
            };
            found = true;
            let entries = entries.flatten().map(|entry| entry.path());
            let mut paths: Vec<_> = entries.filter(|path| is_data(path)).collect();
            paths.sort();
            for path in paths {
                let Some(file) = path.file_name().and_then(|name| name.to_str()) else {
                    let help = "give the file a name of letters, digits and hyphens";
                    faults.push(ReferenceFault::new(
                        part,
                        None,
                        "the name of the file is not text",
                        help,
                    ));
                    continue;
                };
                match read(&path) {
                    Ok(text) => files.push((format!("{part}/{file}"), text)),
                    Err(error) => faults.push(fault(&path, error)),
                }
            }
        }
        let known_decisions = folder.join(KNOWN_DECISIONS);
        if known_decisions.is_file() {
            found = true;
            match read(&known_decisions) {
                Ok(text) => files.push((KNOWN_DECISIONS.to_owned(), text)),
                Err(error) => faults.push(fault(&known_decisions, error)),
            }
        }
        let (misspelt, strays): (Vec<_>, Vec<_>) = strays(folder)
            .into_iter()
            .partition(|(is_misspelt, _)| *is_misspelt);
        faults.extend(misspelt.into_iter().map(|(_, fault)| fault));
        if !found {
            let help = "it needs a folder `bodies`, `groups`, `weights` or `participants` with files in it";
            faults.push(ReferenceFault::new(
                "",
                None,
                "the folder holds no reference data",
                help,
            ));
        }
        if faults.is_empty() {
            Ok(Self {
                strays: strays.into_iter().map(|(_, fault)| fault).collect(),
                ..Self::new(&name, layer, files)
            })
        } else {
            Err(faults)
        }
    }
}

/// Folders and files of data at the root of a folder that nothing reads, in the order of their names, and whether one is called
/// almost as what is read: then it was meant.
fn strays(folder: &Path) -> Vec<(bool, ReferenceFault)> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let stray = |path: std::path::PathBuf| {
        let name = path.file_name()?.to_string_lossy().into_owned();
        let has_data = || {
            let inside = fs::read_dir(&path).ok();
            inside.is_some_and(|inside| inside.flatten().any(|entry| is_data(&entry.path())))
        };
        let is_read = FOLDERS.contains(&&*name) || name == KNOWN_DECISIONS;
        if is_read || !(is_data(&path) || has_data()) {
            return None;
        }
        let stem = name.split('.').next().unwrap_or(&name);
        let meant = nearest(stem, FOLDERS.into_iter().chain(["known_decisions"]));
        let help = match (meant, &*name) {
            (Some(meant), _) => format!("did you mean `{meant}`?"),
            (None, "treaties" | "acts") => {
                "give such files to `plenary treaty` by their paths".to_owned()
            }
            (None, _) => {
                "files stand in `bodies`, `groups`, `weights` and `participants`".to_owned()
            }
        };
        let reason = "nothing reads what is called so";
        Some((
            meant.is_some(),
            ReferenceFault::new(name, None, reason, help),
        ))
    };
    paths.into_iter().filter_map(stray).collect()
}

fn is_data(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    path.is_file() && matches!(extension, Some("toml" | "csv"))
}

fn read(path: &Path) -> std::io::Result<String> {
    let size = fs::metadata(path)?.len();
    if size > LARGEST {
        let reason = format!("the file is larger than {} MiB", LARGEST >> 20);
        return Err(std::io::Error::other(reason));
    }
    let bytes = fs::read(path)?;
    String::from_utf8(bytes).map_err(|_| std::io::Error::other("the file is not UTF-8"))
}

/// The files that count: of each path that of the last layer, and those below it.
#[derive(Debug, Default)]
pub(crate) struct Stack {
    files: BTreeMap<Arc<str>, Vec<Arc<Source>>>,
    /// The paths in the order in which they first came.
    pub(crate) order: Vec<Arc<str>>,
}

impl Stack {
    pub(crate) fn new(layers: &[Layer]) -> Self {
        let mut stack = Self::default();
        for file in layers.iter().flat_map(|layer| &layer.files) {
            let versions = stack.files.entry(Arc::clone(&file.path)).or_default();
            if versions.is_empty() {
                stack.order.push(Arc::clone(&file.path));
            }
            versions.push(Arc::clone(file));
        }
        stack
    }

    /// The versions of a file, the lowest first.
    pub(crate) fn versions(&self, path: &str) -> &[Arc<Source>] {
        self.files.get(path).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn top(&self, path: &str) -> Option<&Arc<Source>> {
        self.versions(path).last()
    }

    /// The names of the files of a folder that end so, in the order in which they first came.
    pub(crate) fn named<'s>(
        &'s self,
        folder: &'s str,
        ending: &'s str,
    ) -> impl Iterator<Item = &'s str> {
        self.order.iter().filter_map(move |path| {
            let name = path.strip_prefix(folder)?.strip_prefix('/')?;
            name.strip_suffix(ending)
        })
    }
}
