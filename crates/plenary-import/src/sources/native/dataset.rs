//! A dataset: a folder with a `datapackage.json` (Data Package standard) and documents beside it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

use plenary_types::{Finding, Place, Source};
use serde::Deserialize;
use serde_json::Value;

use super::document;
use super::integrity::{self, Recorded};
use super::tables::{TABLES, TableInfo};
use crate::check::ReaderCheck;
use crate::error::ImportError;
use crate::files::FileHash;
use crate::format::{Format, Reader, Recognise};
use crate::input::Input;
use crate::record::{Import, Record};

const DESCRIPTOR: &str = "datapackage.json";

pub(crate) static FORMAT: Format = Format::new(
    "plenary-dataset",
    "a folder with a `datapackage.json`",
    Recognise::Otherwise,
    Reader::Folder(read_folder),
)
.with_page("plenary-dataset")
.with_folder(descriptor_of);

fn descriptor_of(folder: &Path) -> Option<PathBuf> {
    Some(folder.join(DESCRIPTOR)).filter(|file| file.is_file())
}

/// The files of a folder of reference data: their paths inside it, such as `bodies/river-club.toml`, and their texts.
pub type ReferenceFiles = Vec<(String, String)>;

/// The folder of reference data that a dataset carries; further ones that lie above it are `reference-2`, `reference-3`, …
const REFERENCE: &str = "reference";
/// No file of reference data is larger.
const LARGEST_REFERENCE: u64 = 64 << 20;

/// The place of a path among the folders of reference data, and its path inside the folder.
fn in_reference(path: &str) -> Option<(usize, &str)> {
    let (folder, inside) = path.split_once('/')?;
    let number = match folder.strip_prefix(REFERENCE)? {
        "" => 1,
        rest => rest.strip_prefix('-')?.parse().ok().filter(|n| *n > 1)?,
    };
    Some((number, inside))
}

/// The folder of reference data of that number, from 1, in a dataset that carries it; each lies above those before it.
///
/// ```
/// assert_eq!(plenary_import::reference_folder(2), "reference-2");
/// ```
#[must_use]
pub fn reference_folder(number: usize) -> String {
    match number {
        1 => REFERENCE.to_owned(),
        number => format!("{REFERENCE}-{number}"),
    }
}

/// The reference data that a dataset carries: what its descriptor lists below `reference/`, and below `reference-2/` what lies above
/// that. Nothing for a folder that is no dataset.
///
/// # Errors
///
/// [`ImportError`] when the descriptor cannot be read, or a file that it lists cannot or leads out of the folder.
pub fn carried_reference(folder: impl AsRef<Path>) -> Result<Vec<ReferenceFiles>, ImportError> {
    let folder = folder.as_ref();
    if descriptor_of(folder).is_none() {
        return Ok(Vec::new());
    }
    let (input, descriptor) = read_descriptor(folder)?;
    let mut folders: BTreeMap<usize, ReferenceFiles> = BTreeMap::new();
    for path in descriptor
        .resources
        .iter()
        .flat_map(|resource| resource.path.all())
    {
        let Some((number, name)) = in_reference(path) else {
            continue;
        };
        let file = inside(folder, path, &input)?;
        refuse_special(path, &file, &input)?;
        let io = ImportError::io(file.display().to_string());
        let text = fs::metadata(&file).and_then(|about| match about.len() {
            0..=LARGEST_REFERENCE => fs::read_to_string(&file),
            _ => Err(std::io::Error::other("the file is larger than 64 MiB")),
        });
        let files = folders.entry(number).or_default();
        files.push((name.to_owned(), text.map_err(io)?));
    }
    Ok(folders.into_values().collect())
}

/// The sources that a dataset names in its descriptor; none of a folder that is no dataset, and none that is not written as one.
///
/// ```
/// assert_eq!(plenary_import::dataset_sources("no/such/folder"), []);
/// ```
#[must_use]
pub fn dataset_sources(folder: impl AsRef<Path>) -> Vec<Source> {
    let folder = folder.as_ref();
    if descriptor_of(folder).is_none() {
        return Vec::new();
    }
    let descriptor = read_descriptor(folder);
    let named = descriptor.map(|(_, descriptor)| descriptor.sources);
    named
        .unwrap_or_default()
        .iter()
        .filter_map(source_of)
        .collect()
}

/// A file that a dataset was made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DatasetInput {
    /// Its name, without its folder.
    pub name: String,
    /// The name of its format.
    pub format: String,
    /// Its length and its hash, where it is a file.
    pub content: Option<FileHash>,
}

/// The files that a dataset was made of by its descriptor, and the dataset itself, which is known by the hash of its documents; none of a
/// folder that is no dataset.
///
/// ```
/// assert_eq!(plenary_import::dataset_inputs("no/such/folder"), []);
/// ```
#[must_use]
pub fn dataset_inputs(folder: impl AsRef<Path>) -> Vec<DatasetInput> {
    let folder = folder.as_ref();
    let descriptor = descriptor_of(folder).and_then(|_| read_descriptor(folder).ok());
    let Some((_, descriptor)) = descriptor else {
        return Vec::new();
    };
    let made_of = descriptor.plenary.get("inputs").and_then(Value::as_array);
    let mut inputs: Vec<DatasetInput> = made_of
        .into_iter()
        .flatten()
        .filter_map(|input| {
            let text = |key: &str| input.get(key).and_then(Value::as_str).map(str::to_owned);
            Some(DatasetInput {
                name: text("name")?,
                format: text("format").unwrap_or_default(),
                content: text("hash").map(|hash| FileHash {
                    bytes: input
                        .get("bytes")
                        .and_then(Value::as_u64)
                        .unwrap_or_default(),
                    hash,
                }),
            })
        })
        .collect();
    let holds = |resource: &&Resource| {
        !resource.is_derived() && resource.file().is_some_and(holds_documents)
    };
    let documents = descriptor.resources.iter().find(holds);
    let content = documents.and_then(|documents| {
        let recorded = documents.recorded();
        Some(FileHash {
            bytes: recorded.bytes?,
            hash: recorded.hash?,
        })
    });
    inputs.push(DatasetInput {
        name: folder
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned(),
        format: FORMAT.name().to_owned(),
        content,
    });
    inputs
}

/// A source as a descriptor has it.
fn source_of(named: &Value) -> Option<Source> {
    let text = |key: &str| named.get(key).and_then(Value::as_str).map(str::to_owned);
    let date = |key: &str| text(key).and_then(|text| text.parse().ok());
    Some(Source {
        title: text("title")?,
        publisher: text("publisher"),
        url: text("path"),
        published: date("published"),
        retrieved: date("retrieved"),
        licence: text("licence"),
        ..Source::default()
    })
}

#[derive(Deserialize)]
struct Descriptor {
    #[serde(default)]
    resources: Vec<Resource>,
    #[serde(default)]
    sources: Vec<Value>,
    /// What it was made by, and of what.
    #[serde(default)]
    plenary: Value,
}

#[derive(Deserialize)]
struct Resource {
    #[serde(default)]
    name: String,
    #[serde(default, rename = "type")]
    kind: Value,
    #[serde(default)]
    path: Paths,
    #[serde(default)]
    bytes: Value,
    #[serde(default)]
    size: Value,
    #[serde(default)]
    hash: Value,
    #[serde(default)]
    rows: Value,
    #[serde(default)]
    records: Value,
    #[serde(default, rename = "derivedFrom")]
    derived_from: Value,
}

impl Resource {
    /// Whether it is made of the documents, as tables and pages are. Nothing is read of it.
    fn is_derived(&self) -> bool {
        let is_page = |path: &str| ["README.md", "CITATION.cff"].contains(&path);
        self.derived_from.is_string()
            || self.kind == "table"
            || self.old_table().is_some()
            || self.file().is_some_and(is_page)
    }

    /// Which table of a dataset without schemas of its own it is, by its name.
    fn old_table(&self) -> Option<&'static TableInfo> {
        TABLES.iter().find(|table| table.name == self.name)
    }

    /// Its file, if it is one.
    fn file(&self) -> Option<&str> {
        match self.path.all() {
            [path] => Some(path),
            _ => None,
        }
    }

    /// What is recorded of it; what is of another form says nothing.
    fn recorded(&self) -> Recorded {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        Recorded {
            bytes: self.bytes.as_u64().or_else(|| self.size.as_u64()),
            hash: text(&self.hash),
            rows: self.rows.as_u64().or_else(|| self.records.as_u64()),
            derived_from: text(&self.derived_from),
        }
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Paths {
    One(String),
    Several(Vec<String>),
}

impl Default for Paths {
    fn default() -> Self {
        Self::Several(Vec::new())
    }
}

impl Paths {
    fn all(&self) -> &[String] {
        match self {
            Self::One(path) => std::slice::from_ref(path),
            Self::Several(paths) => paths,
        }
    }
}

/// The descriptor of a dataset, and the file that it stands in.
fn read_descriptor(folder: &Path) -> Result<(Input, Descriptor), ImportError> {
    let input = Input::open_as_it_is(&folder.join(DESCRIPTOR))?;
    let text = input.text(64 << 20)?;
    let descriptor: Descriptor = serde_json::from_str(&text).map_err(|error| {
        let place = Place::new(&input.path).with_line(error.line() as u64);
        let reason = format!("not a data package: {}", document::told(&error));
        let help = "see docs/formats/plenary-dataset.md";
        ImportError::syntax(place.with_column(error.column() as u64), reason, help)
    })?;
    Ok((input, descriptor))
}

fn read_folder(folder: &Path) -> Result<Import, ImportError> {
    let shown = folder.display().to_string();
    let (input, descriptor) = read_descriptor(folder)?;
    let mut files = Vec::new();
    for resource in &descriptor.resources {
        // A table is not needed: one that is elsewhere is not looked at.
        let path = resource
            .file()
            .filter(|path| resource.is_derived() || holds_documents(path) || is_reference(path));
        if let Some((name, path)) =
            path.and_then(|path| Some((path, inside(folder, path, &input).ok()?)))
        {
            refuse_special(name, &path, &input)?;
            files.push((resource, path));
        }
    }
    let (measured, read) = rayon::join(
        || measure_all(&files),
        || read_documents(folder, &descriptor, &input),
    );
    let (records, counts, mut findings) = read?;
    verify(&files, &measured?, &counts, &records, &mut findings)?;
    Ok(Import::from_documents(&shown, records, Vec::new()).with_findings(findings))
}

/// The documents, how many each file has, and what is said of other files.
type Documents = (Vec<Record>, Vec<(PathBuf, u64)>, Vec<Finding>);

fn read_documents(
    folder: &Path,
    descriptor: &Descriptor,
    input: &Input,
) -> Result<Documents, ImportError> {
    let (mut records, mut counts, mut findings) = (Vec::new(), Vec::new(), Vec::new());
    let resources = descriptor.resources.iter();
    let paths = resources
        .filter(|resource| !resource.is_derived())
        .flat_map(|resource| resource.path.all())
        .filter(|path| !is_reference(path));
    for path in paths {
        if holds_documents(path) {
            let file = inside(folder, path, input)?;
            refuse_special(path, &file, input)?;
            let of_file = document::records(&Input::open_as_it_is(&file)?)?;
            counts.push((file, of_file.len() as u64));
            records.extend(of_file);
        } else {
            let message = format!("resource `{path}` holds no documents; it is not read");
            let place = Place::new(&input.path);
            findings.push(ReaderCheck::ResourceNotRead.finding(message, place));
        }
    }
    Ok((records, counts, findings))
}

/// What the files are of which the descriptor records what they were; nothing for one that is not there.
fn measure_all(files: &[(&Resource, PathBuf)]) -> Result<Vec<Option<FileHash>>, ImportError> {
    let measure = |(_, path): &(&Resource, PathBuf)| {
        integrity::measure(path).map_err(ImportError::io(path.display().to_string()))
    };
    files.iter().map(measure).collect()
}

/// Compares the files with what the descriptor records of them, and the tables with the documents where they are not known to
/// be made of them. Each file has one finding at most, and a table none that follows from other documents.
fn verify(
    files: &[(&Resource, PathBuf)],
    measured: &[Option<FileHash>],
    counts: &[(PathBuf, u64)],
    records: &[Record],
    findings: &mut Vec<Finding>,
) -> Result<(), ImportError> {
    let found = findings.len();
    let mut documents = Recorded::default();
    let mut derived = Vec::new();
    for ((resource, path), measured) in files.iter().zip(measured) {
        let recorded = resource.recorded();
        let is_derived = resource.is_derived();
        if measured.is_none() && (!is_derived || !recorded.is_of_bytes()) {
            continue;
        }
        let rows = counts.iter().find(|(file, _)| file == path);
        let rows = rows.map(|(_, rows)| *rows);
        let changed = integrity::changed(path, &recorded, measured.as_ref(), rows);
        let carries = resource.file().is_some_and(is_reference);
        match changed {
            Some(changed) => findings.push(changed),
            None if is_derived => derived.push((resource, path, recorded)),
            None if carries => {}
            None => documents = recorded,
        }
    }
    let other_documents = findings.iter().skip(found).any(|finding| {
        let path = finding.place.path.as_deref();
        path.is_some_and(holds_documents)
    });
    if other_documents {
        return Ok(());
    }
    for (resource, path, recorded) in derived {
        if integrity::is_vouched(&recorded, &documents) {
            continue;
        }
        let of_others = integrity::made_of_others(path, &recorded, &documents);
        if let Some(of_others) = of_others {
            findings.push(of_others);
        } else if let Some(table) = resource.old_table() {
            let compared = integrity::disagreement(table, path, records);
            findings.extend(compared.map_err(ImportError::io(path.display().to_string()))?);
        }
    }
    Ok(())
}

fn is_reference(path: &str) -> bool {
    in_reference(path).is_some()
}

fn holds_documents(path: &str) -> bool {
    let plain = [".gz", ".zst"]
        .iter()
        .find_map(|end| path.strip_suffix(end))
        .unwrap_or(path);
    [".json", ".jsonl", ".ndjson"]
        .iter()
        .any(|end| plain.ends_with(end))
}

/// A path of a descriptor, which must stay inside its folder (Data Package: URL or POSIX path), whatever links it goes by.
fn inside(folder: &Path, path: &str, descriptor: &Input) -> Result<PathBuf, ImportError> {
    let refused = |reason, help: &str| refused(descriptor, reason, help);
    let plain = Path::new(path)
        .components()
        .all(|c| matches!(c, Component::Normal(_) | Component::CurDir));
    if !plain {
        let help = "name files inside the folder, by relative paths without `..`";
        return Err(refused(format!("`{path}` leads out of the dataset"), help));
    }
    let joined = folder.join(path);
    match led_out(folder, &joined) {
        None => Ok(joined),
        Some(real) => {
            let real = real.display();
            let reason = format!("`{path}` leads out of the dataset by a link, to {real}");
            Err(refused(reason, "put the file itself into the folder"))
        }
    }
}

/// Refuses what is there and is not a regular file: to read a pipe would wait for a writer, and a device may never end.
fn refuse_special(name: &str, path: &Path, descriptor: &Input) -> Result<(), ImportError> {
    let is_special = fs::metadata(path).is_ok_and(|about| !about.is_file());
    if !is_special {
        return Ok(());
    }
    let reason = format!("`{name}` is not a regular file");
    Err(refused(
        descriptor,
        reason,
        "put a file of this name into the folder, or write the dataset again",
    ))
}

/// The error of a resource that is not read.
fn refused(descriptor: &Input, reason: String, help: &str) -> ImportError {
    ImportError::syntax(
        Place::new(&descriptor.path).with_field("resources"),
        reason,
        help,
    )
}

/// Where links lead a path of a folder, if that is outside. The folder of a bare file name has no name.
fn led_out(folder: &Path, path: &Path) -> Option<PathBuf> {
    let folder = fs::canonicalize(Path::new(".").join(folder)).ok()?;
    let real = fs::canonicalize(path).ok()?;
    (!real.starts_with(&folder)).then_some(real)
}
