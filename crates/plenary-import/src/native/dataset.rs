//! A dataset: a folder with a `datapackage.json` (Data Package standard) and documents beside it.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Component, Path, PathBuf};

use plenary_types::{Agreement, Place, Source};
use serde::{Deserialize, Serialize};

use super::document;
use super::tables::{Schema, TABLES, TableInfo, Tables};
use crate::check::note;
use crate::format::Format;
use crate::input::Input;
use crate::record::{Import, Options};
use crate::{ImportError, ReaderCheck};

const DESCRIPTOR: &str = "datapackage.json";
const PROFILE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";
const DOCUMENTS: &str = "agreements.jsonl";

/// What a dataset says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DatasetInfo {
    /// A short name: lower-case letters, digits and hyphens.
    pub name: String,
    /// A title for people.
    pub title: Option<String>,
    /// Where its records come from.
    pub sources: Vec<Source>,
}

#[derive(Deserialize)]
struct Descriptor {
    #[serde(default)]
    resources: Vec<Resource>,
}

#[derive(Deserialize)]
struct Resource {
    #[serde(default)]
    name: String,
    #[serde(default)]
    path: Paths,
}

impl Resource {
    /// Whether it is one of the tables that are derived from the documents.
    fn is_derived(&self) -> bool {
        TABLES.iter().any(|table| table.name == self.name)
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

pub(crate) fn read_folder(folder: &Path, _options: &Options) -> Result<Import, ImportError> {
    let shown = folder.display().to_string();
    let descriptor_path = folder.join(DESCRIPTOR);
    if !descriptor_path.is_file() {
        return Err(ImportError::NotADataset { path: shown });
    }
    let input = Input::open(&descriptor_path)?;
    let text = input.text(64 << 20)?;
    let descriptor: Descriptor =
        serde_json::from_str(&text).map_err(|error| ImportError::Syntax {
            place: Box::new(Place {
                path: Some(input.path.clone()),
                line: Some(error.line() as u64),
                column: Some(error.column() as u64),
                field: None,
            }),
            reason: format!("this is no data package: {}", document::told(&error)),
            help: "see docs/formats/plenary-dataset.md".to_owned(),
        })?;
    let mut records = Vec::new();
    let mut findings = Vec::new();
    let resources = descriptor.resources.iter();
    let paths = resources
        .filter(|resource| !resource.is_derived())
        .flat_map(|resource| resource.path.all());
    for path in paths {
        if holds_documents(path) {
            records.extend(document::records(&Input::open(&inside(
                folder, path, &input,
            )?)?)?);
        } else {
            let place = Place {
                path: Some(input.path.clone()),
                ..Place::default()
            };
            let message = format!("resource `{path}` holds no documents; it is not read");
            findings.push(note(ReaderCheck::ResourceNotRead, message, place));
        }
    }
    let why = format!("a folder with a `{DESCRIPTOR}`");
    let mut import = Import::of_records(&shown, Format::PlenaryDataset, why, records, Vec::new());
    import.findings = findings;
    Ok(import)
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
    let refused = |reason, help: &str| ImportError::Syntax {
        place: Box::new(Place {
            path: Some(descriptor.path.clone()),
            field: Some("resources".to_owned()),
            ..Place::default()
        }),
        reason,
        help: help.to_owned(),
    };
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

/// Where links lead a path of a folder, if that is outside. The folder of a bare file name has no name.
fn led_out(folder: &Path, path: &Path) -> Option<PathBuf> {
    let folder = fs::canonicalize(Path::new(".").join(folder)).ok()?;
    let real = fs::canonicalize(path).ok()?;
    (!real.starts_with(&folder)).then_some(real)
}

#[derive(Serialize)]
struct WrittenDescriptor<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sources: Vec<WrittenSource<'a>>,
    resources: Vec<WrittenResource>,
}

#[derive(Serialize)]
struct WrittenSource<'a> {
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
}

#[derive(Serialize)]
struct WrittenResource {
    name: &'static str,
    path: &'static str,
    format: &'static str,
    mediatype: &'static str,
    encoding: &'static str,
    bytes: u64,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    schema: Option<Schema>,
}

impl WrittenResource {
    fn documents(bytes: u64) -> Self {
        Self {
            name: "agreements",
            path: DOCUMENTS,
            format: "jsonl",
            mediatype: "application/jsonl",
            encoding: "utf-8",
            bytes,
            kind: None,
            schema: None,
        }
    }

    fn table(table: &TableInfo, bytes: u64) -> Self {
        Self {
            name: table.name,
            path: table.path,
            format: "csv",
            mediatype: "text/csv",
            encoding: "utf-8",
            bytes,
            kind: Some("table"),
            schema: Some(table.schema()),
        }
    }
}

/// Writes a dataset folder; it is complete or absent. Agreements without an identifier get theirs.
///
/// # Errors
///
/// [`ImportError::Io`] when the folder exists already and is not empty, or cannot be written.
pub fn write_dataset(
    folder: impl AsRef<Path>,
    info: &DatasetInfo,
    agreements: impl IntoIterator<Item = Agreement>,
) -> Result<(), ImportError> {
    let folder = folder.as_ref();
    let shown = folder.display().to_string();
    let failed = |source| ImportError::Io {
        path: shown.clone(),
        source,
    };
    refuse_occupied(folder).map_err(failed)?;
    // A link to an empty folder stays; what it leads to is filled.
    let real = fs::canonicalize(folder);
    let folder = real.as_deref().unwrap_or(folder);
    let parent = match folder.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    fs::create_dir_all(parent).map_err(failed)?;
    let build = tempfile::Builder::new()
        .prefix(".plenary-")
        .tempdir_in(parent)
        .map_err(failed)?;
    let resources = write_resources(build.path(), agreements).map_err(failed)?;
    write_descriptor(&build.path().join(DESCRIPTOR), info, resources).map_err(failed)?;
    // An empty folder may stand in the way; a rename replaces a folder only where the system allows it.
    if folder.is_dir() {
        fs::remove_dir(folder).map_err(failed)?;
    }
    let built = build.keep();
    fs::rename(&built, folder).map_err(|error| {
        let _ = fs::remove_dir_all(&built);
        failed(error)
    })
}

fn refuse_occupied(folder: &Path) -> std::io::Result<()> {
    use std::io::{Error, ErrorKind};
    let Ok(about) = fs::symlink_metadata(folder) else {
        return Ok(());
    };
    let leads = match fs::metadata(folder) {
        Ok(leads) => leads,
        Err(error) if about.is_symlink() && error.kind() == ErrorKind::NotFound => {
            let what = "this is a link that leads nowhere";
            return Err(Error::new(ErrorKind::AlreadyExists, what));
        }
        Err(error) => return Err(error),
    };
    if !leads.is_dir() {
        return Err(Error::new(
            ErrorKind::NotADirectory,
            "this is a file, not a folder",
        ));
    }
    match fs::read_dir(folder)?.next() {
        None => Ok(()),
        Some(_) => Err(Error::new(
            ErrorKind::AlreadyExists,
            "the folder is not empty",
        )),
    }
}

fn write_resources(
    folder: &Path,
    agreements: impl IntoIterator<Item = Agreement>,
) -> std::io::Result<Vec<WrittenResource>> {
    let create = |name: &str| File::create_new(folder.join(name)).map(BufWriter::new);
    let mut documents = create(DOCUMENTS)?;
    let [decisions, ballots] = &TABLES;
    let mut tables = Tables::new(create(decisions.path)?, create(ballots.path)?)?;
    for (record, mut agreement) in (1..).zip(agreements) {
        agreement.id = agreement.id.or_else(|| agreement.derived_id());
        serde_json::to_writer(&mut documents, &agreement)?;
        documents.write_all(b"\n")?;
        tables.add(record, &agreement)?;
    }
    let [of_decisions, of_ballots] = tables.finish()?;
    Ok(vec![
        WrittenResource::documents(finished(documents)?),
        WrittenResource::table(decisions, finished(of_decisions)?),
        WrittenResource::table(ballots, finished(of_ballots)?),
    ])
}

/// Brings a file to the disk; returns its length.
fn finished(file: BufWriter<File>) -> std::io::Result<u64> {
    let file = file
        .into_inner()
        .map_err(std::io::IntoInnerError::into_error)?;
    file.sync_all()?;
    Ok(file.metadata()?.len())
}

fn write_descriptor(
    path: &Path,
    info: &DatasetInfo,
    resources: Vec<WrittenResource>,
) -> std::io::Result<()> {
    let source = |source: &'_ Source| -> (String, Option<String>) {
        (source.title.clone(), source.url.clone())
    };
    let sources: Vec<_> = info.sources.iter().map(source).collect();
    let descriptor = WrittenDescriptor {
        schema: PROFILE,
        name: &info.name,
        title: info.title.as_deref(),
        sources: sources
            .iter()
            .map(|(title, path)| WrittenSource {
                title,
                path: path.as_deref(),
            })
            .collect(),
        resources,
    };
    let mut file = File::create_new(path)?;
    serde_json::to_writer_pretty(&mut file, &descriptor)?;
    file.write_all(b"\n")?;
    file.sync_all()
}
