//! A dataset: a folder with a `datapackage.json` (Data Package standard) and documents beside it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Component, Path, PathBuf};

use plenary_types::{Agreement, Finding, Place, Source};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::document;
use super::integrity::{self, Hashed, Measured, Recorded};
use super::tables::{Schema, TABLES, TableInfo, Tables, Written};
use crate::check::ReaderCheck;
use crate::error::ImportError;
use crate::files::OutputFolder;
use crate::format::{Format, Reader, Recognise};
use crate::input::Input;
use crate::record::{Import, Record};

const DESCRIPTOR: &str = "datapackage.json";
const PROFILE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";
const DOCUMENTS: &str = "agreements.jsonl";

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

/// What a dataset says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DatasetInfo {
    /// A short name: lower-case letters, digits and hyphens.
    pub name: String,
    /// A title for people.
    pub title: Option<String>,
    /// Where its records come from.
    pub sources: Vec<Source>,
    /// The reference data that it carries: folders of files, each above those before it. See [`carried_reference`].
    pub reference: Vec<ReferenceFiles>,
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

fn reference_folder(number: usize) -> String {
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
    #[serde(default)]
    bytes: Value,
    #[serde(default)]
    hash: Value,
    #[serde(default)]
    rows: Value,
    #[serde(default, rename = "derivedFrom")]
    derived_from: Value,
}

impl Resource {
    /// Which of the tables it is that are derived from the documents.
    fn table(&self) -> Option<&'static TableInfo> {
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
            bytes: self.bytes.as_u64(),
            hash: text(&self.hash),
            rows: self.rows.as_u64(),
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
        let path = resource.file().filter(|path| {
            resource.table().is_some() || holds_documents(path) || is_reference(path)
        });
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
        .filter(|resource| resource.table().is_none())
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
fn measure_all(files: &[(&Resource, PathBuf)]) -> Result<Vec<Option<Measured>>, ImportError> {
    let measure = |(_, path): &(&Resource, PathBuf)| {
        integrity::measure(path).map_err(ImportError::io(path.display().to_string()))
    };
    files.iter().map(measure).collect()
}

/// Compares the files with what the descriptor records of them, and the tables with the documents where they are not known to
/// be made of them. Each file has one finding at most, and a table none that follows from other documents.
fn verify(
    files: &[(&Resource, PathBuf)],
    measured: &[Option<Measured>],
    counts: &[(PathBuf, u64)],
    records: &[Record],
    findings: &mut Vec<Finding>,
) -> Result<(), ImportError> {
    let found = findings.len();
    let mut documents = Recorded::default();
    let mut tables = Vec::new();
    for ((resource, path), measured) in files.iter().zip(measured) {
        let recorded = resource.recorded();
        let table = resource.table();
        if measured.is_none() && (table.is_none() || !recorded.is_of_bytes()) {
            continue;
        }
        let rows = counts.iter().find(|(file, _)| file == path);
        let rows = rows.map(|(_, rows)| *rows);
        let changed = integrity::changed(path, &recorded, measured.as_ref(), rows);
        let carries = resource.file().is_some_and(is_reference);
        match (table, changed) {
            (None, None) if carries => {}
            (_, Some(changed)) => findings.push(changed),
            (None, None) => documents = recorded,
            (Some(table), None) => tables.push((table, path, recorded)),
        }
    }
    let other_documents = findings.iter().skip(found).any(|finding| {
        let path = finding.place.path.as_deref();
        path.is_some_and(holds_documents)
    });
    if other_documents {
        return Ok(());
    }
    for (table, path, recorded) in tables {
        if !integrity::is_vouched(&recorded, &documents) {
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
    name: Cow<'static, str>,
    path: Cow<'static, str>,
    format: &'static str,
    mediatype: &'static str,
    encoding: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hash: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rows: Option<u64>,
    /// The hash of the documents that it was made of.
    #[serde(rename = "derivedFrom", skip_serializing_if = "Option::is_none")]
    derived_from: Option<String>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    schema: Option<Schema>,
}

impl WrittenResource {
    fn documents(recorded: Recorded) -> Self {
        Self {
            name: "agreements".into(),
            path: DOCUMENTS.into(),
            format: "jsonl",
            mediatype: "application/jsonl",
            encoding: "utf-8",
            bytes: recorded.bytes,
            hash: recorded.hash,
            rows: recorded.rows,
            derived_from: recorded.derived_from,
            kind: None,
            schema: None,
        }
    }

    fn reference(path: &str, recorded: Recorded) -> Self {
        let is_csv = path.ends_with(".csv");
        let plain = |c: char| match c {
            'a'..='z' | '0'..='9' => c,
            _ => '-',
        };
        Self {
            name: path.chars().map(plain).collect::<String>().into(),
            path: path.to_owned().into(),
            format: if is_csv { "csv" } else { "toml" },
            mediatype: if is_csv {
                "text/csv"
            } else {
                "application/toml"
            },
            encoding: "utf-8",
            bytes: recorded.bytes,
            hash: recorded.hash,
            rows: None,
            derived_from: None,
            kind: None,
            schema: None,
        }
    }

    fn table(table: &TableInfo, recorded: Recorded) -> Self {
        Self {
            name: table.name.into(),
            path: table.path.into(),
            format: "csv",
            mediatype: "text/csv",
            encoding: "utf-8",
            bytes: recorded.bytes,
            hash: recorded.hash,
            rows: recorded.rows,
            derived_from: recorded.derived_from,
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
    write(folder.as_ref(), false, info, agreements)
}

/// Writes a dataset folder in the place of another dataset, which is there until the new one is whole.
///
/// # Errors
///
/// [`ImportError::Io`] when the folder holds anything else than a dataset, or cannot be written.
pub fn replace_dataset(
    folder: impl AsRef<Path>,
    info: &DatasetInfo,
    agreements: impl IntoIterator<Item = Agreement>,
) -> Result<(), ImportError> {
    write(folder.as_ref(), true, info, agreements)
}

fn write(
    folder: &Path,
    replaces: bool,
    info: &DatasetInfo,
    agreements: impl IntoIterator<Item = Agreement>,
) -> Result<(), ImportError> {
    let written = refuse_occupied(folder, replaces).and_then(|()| {
        let build = OutputFolder::create(folder)?;
        let mut resources = write_resources(&build, agreements)?;
        resources.extend(write_reference(&build, &info.reference)?);
        write_descriptor(build.file(DESCRIPTOR)?, info, resources)?;
        build.finish(replaces)
    });
    written.map_err(ImportError::io(folder.display().to_string()))
}

fn refuse_occupied(folder: &Path, replaces: bool) -> std::io::Result<()> {
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
    let what = match fs::read_dir(folder)?.next() {
        None => return Ok(()),
        Some(_) if !replaces => "the folder is not empty".to_owned(),
        Some(_) => match what_is_no_part(folder)? {
            None => return Ok(()),
            Some(what) => what,
        },
    };
    Err(Error::new(ErrorKind::AlreadyExists, what))
}

/// What of a folder would be lost if a dataset took its place, other than a dataset.
fn what_is_no_part(folder: &Path) -> std::io::Result<Option<String>> {
    let path = folder.join(DESCRIPTOR);
    let text = match path.is_file() {
        true => fs::read(path).unwrap_or_default(),
        false => Vec::new(),
    };
    let Ok(descriptor) = serde_json::from_slice::<Descriptor>(&text) else {
        return Ok(Some("the folder is not a dataset".to_owned()));
    };
    let resources = descriptor.resources.iter();
    let known: Vec<&str> = resources
        .flat_map(|resource| resource.path.all())
        .map(String::as_str)
        .chain([DESCRIPTOR])
        .collect();
    let unknown = unknown_file(folder, "", &known)?;
    Ok(unknown.map(|name| format!("the folder holds `{name}`, which is not part of the dataset")))
}

/// The first file of a folder that is not among the known ones, which are named by their paths inside the dataset.
fn unknown_file(folder: &Path, beginning: &str, known: &[&str]) -> std::io::Result<Option<String>> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{beginning}{}", entry.file_name().to_string_lossy());
        if known.contains(&&*name) {
            continue;
        }
        let below = format!("{name}/");
        // A link to a folder is not followed.
        let is_folder = entry.file_type()?.is_dir();
        if !is_folder || !known.iter().any(|path| path.starts_with(&below)) {
            return Ok(Some(name));
        }
        let unknown = unknown_file(&entry.path(), &below, known)?;
        if unknown.is_some() {
            return Ok(unknown);
        }
    }
    Ok(None)
}

fn write_resources(
    folder: &OutputFolder,
    agreements: impl IntoIterator<Item = Agreement>,
) -> std::io::Result<Vec<WrittenResource>> {
    let create = |name: &str| folder.file(name).map(Hashed::new);
    let mut documents = BufWriter::with_capacity(1 << 16, create(DOCUMENTS)?);
    let [of_decisions, of_ballots, of_acts] = &TABLES;
    let mut decisions = Written::new(of_decisions, create(of_decisions.path)?);
    let mut ballots = Written::new(of_ballots, create(of_ballots.path)?);
    let mut acts = Written::new(of_acts, create(of_acts.path)?);
    let mut tables = Tables::new(&mut decisions, &mut ballots, &mut acts);
    let mut count = 0;
    for (record, mut agreement) in (1..).zip(agreements) {
        agreement.id = agreement.id.or_else(|| agreement.derived_id());
        serde_json::to_writer(&mut documents, &agreement)?;
        documents.write_all(b"\n")?;
        tables.add(record, &agreement)?;
        count = record;
    }
    let documents = documents
        .into_inner()
        .map_err(std::io::IntoInnerError::into_error)?;
    let documents = recorded(documents, count)?;
    let from = documents.hash.clone();
    let table = |info, table: Written<Hashed<File>>| {
        let (file, rows) = table.finish()?;
        let mut recorded = recorded(file, rows)?;
        recorded.derived_from.clone_from(&from);
        std::io::Result::Ok(WrittenResource::table(info, recorded))
    };
    Ok(vec![
        WrittenResource::documents(documents),
        table(of_decisions, decisions)?,
        table(of_ballots, ballots)?,
        table(of_acts, acts)?,
    ])
}

/// Writes the reference data that the dataset carries.
fn write_reference(
    folder: &OutputFolder,
    layers: &[ReferenceFiles],
) -> std::io::Result<Vec<WrittenResource>> {
    let mut resources = Vec::new();
    for (number, files) in (1..).zip(layers) {
        for (name, text) in files {
            let path = format!("{}/{name}", reference_folder(number));
            let mut file = folder.file_within(&path).map(Hashed::new)?;
            file.write_all(text.as_bytes())?;
            resources.push(WrittenResource::reference(&path, recorded(file, 0)?));
        }
    }
    Ok(resources)
}

/// Brings a file to the disk; returns what is recorded of it.
fn recorded(file: Hashed<File>, rows: u64) -> std::io::Result<Recorded> {
    file.out.sync_all()?;
    Ok(file.into_recorded(rows))
}

fn write_descriptor(
    mut file: File,
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
    serde_json::to_writer_pretty(&mut file, &descriptor)?;
    file.write_all(b"\n")?;
    file.sync_all()
}
