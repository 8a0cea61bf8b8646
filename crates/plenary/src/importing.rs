//! [`import`]: reads inputs and writes them as one dataset.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;
use plenary_analysis::OnConflict;
use plenary_bodies::Reference;
use plenary_dataset::{DatasetInfo, Edition, WriteSettings, WrittenDataset};
use plenary_import::files::{FileHash, is_stream};
use plenary_import::{
    DatasetInput, Formats, Import, ImportError, Mapping, Record, ReferenceFiles, Summary,
    dataset_inputs, dataset_sources,
};
use plenary_tables::DateForm;
use plenary_types::{Agreement, Date, Finding, Severity, Source, many};
use serde::Serialize;

use crate::analyses::unmatched_votes;
use crate::carried::replaced;
use crate::check::of_rejected;
use crate::copies::{CopyCounts, Found};
use crate::read::referred;
use crate::updating::{DatasetChanges, updated};
use crate::{Error, Input, Progress, Refusal, Settings, today, with_carried};

/// How to import.
#[derive(Clone)]
#[non_exhaustive]
pub struct ImportSettings {
    /// Reference data: what lies above that of the program is copied into the dataset, with what the inputs carry.
    pub reference: Arc<Reference>,
    /// How to read tables of no known format.
    pub mapping: Option<Arc<Mapping>>,
    /// The file that the mapping is from: it is not written over either.
    pub mapping_file: Option<PathBuf>,
    /// How the dates of tables are written; without it, as they settle themselves. The key of a mapping goes before it.
    pub dates: Option<DateForm>,
    /// The day of the votes of tables that say of no vote when it was.
    pub day: Option<NaiveDate>,
    /// The formats that an input may be of.
    pub formats: Formats,
    /// Whether to go on without rows that cannot be used and values that cannot be read; each is reported.
    pub lenient: bool,
    /// Which copy to write of a vote that the inputs have more than once with different ballots.
    pub on_conflict: OnConflict,
    /// Whether a dataset in the folder is replaced; it is there until the new one is whole.
    pub replace: bool,
    /// The form of the tables; without it, that of the dataset that is updated, else the usual one.
    pub edition: Option<Edition>,
    /// Whether the dataset in the folder is updated: its records are kept but for those that the inputs have in a new edition.
    pub update: bool,
    /// The day on which the inputs were got from their sources.
    pub retrieved: Option<NaiveDate>,
    /// Told how far reading has come.
    pub progress: Option<Progress>,
}

impl Default for ImportSettings {
    fn default() -> Self {
        Self {
            reference: Arc::clone(Reference::embedded()),
            mapping: None,
            mapping_file: None,
            dates: None,
            day: None,
            formats: Formats::default(),
            lenient: false,
            on_conflict: OnConflict::default(),
            replace: false,
            edition: None,
            update: false,
            retrieved: None,
            progress: None,
        }
    }
}

/// What an import came to (docs/schema/import.schema.json).
#[derive(Debug, Serialize)]
#[non_exhaustive]
pub struct Imported {
    /// The folder, once it is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output: Option<PathBuf>,
    /// Why nothing was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<Refusal>,
    /// What each input was taken for, and what became of its rows.
    pub inputs: Vec<Summary>,
    /// Rows that were not used.
    pub rejected: Vec<Finding>,
    /// What else the readers found: first in the tables, then in the records.
    pub findings: Vec<Finding>,
    /// What changed between the dataset and the new edition, where it was updated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changes: Option<DatasetChanges>,
    /// How many findings the checks have in the records that are written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked: Option<usize>,
    /// Identifiers that several agreements share.
    pub shared_ids: usize,
    /// What became of records that the inputs have more than once.
    #[serde(flatten)]
    pub copies: CopyCounts,
    /// The layers of reference data that were copied into the dataset.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reference: Vec<String>,
    /// Votes of two inputs that may be the same and are not known to be, and reference data that does not count.
    #[serde(skip)]
    pub warnings: Vec<String>,
}

/// Reads inputs and writes their records as one dataset into a folder: complete or not at all. Each vote is written once.
///
/// Where something of the inputs would be lost, nothing is written, and [`Imported::refused`] says why: rows that cannot be used or
/// values that cannot be read without [`ImportSettings::lenient`], copies of a vote that contradict each other without
/// [`ImportSettings::on_conflict`], and inputs without a record.
///
/// # Errors
///
/// [`Error`] when an input cannot be read, the folder is one of the inputs, or it cannot be written.
pub fn import<I: Into<Input>>(
    inputs: impl IntoIterator<Item = I>,
    folder: impl AsRef<Path>,
    settings: &ImportSettings,
) -> Result<Imported, Error> {
    let folder = folder.as_ref();
    if let Some(day) = settings.retrieved
        && let Ok(today) = today()
        && day > today.succ_opt().unwrap_or(today)
    {
        // Somewhere it is tomorrow already.
        let refusal = Refusal::new(format!(
            "the sources cannot have been retrieved on {day}, a day to come"
        ));
        let refusal = refusal.with_help("give the day on which they were downloaded");
        return Err(refusal.by_setting(["retrieved"]).into());
    }
    let inputs: Vec<Input> = inputs.into_iter().map(Into::into).collect();
    let paths = inputs.iter().filter_map(Input::path);
    refuse_inputs(paths.chain(settings.mapping_file.as_deref()), folder)?;
    let dataset = settings.update.then(|| Input::from(folder));
    let all: Vec<Input> = dataset.iter().chain(&inputs).cloned().collect();
    let reference = with_carried(&settings.reference, &all)?;
    let reading = Settings {
        mapping: settings.mapping.clone(),
        dates: settings.dates.clone(),
        day: settings.day,
        formats: settings.formats.clone(),
        lenient: settings.lenient,
        progress: settings.progress.clone(),
        ..Settings::default()
    };
    let (reading, inputs) = reading.together(inputs);
    let inputs: Vec<Input> = dataset.into_iter().chain(inputs).collect();
    let imports = inputs.iter().map(|input| input.read(&reading));
    let imports: Vec<Import> = imports.collect::<Result<_, _>>()?;
    if settings.update {
        refuse_no_dataset(folder, imports.first())?;
    }
    let (mut imported, found, sources) = account(&imports, &reference, settings);
    imported.refused = refusal(&imported, settings.lenient)
        .or_else(|| found.refusal())
        .or_else(|| nothing_to_write(&imported, found.left_out()));
    imported.warnings.extend(replaced(&reference));
    if imported.refused.is_none() {
        let layers: Vec<Layer> = reference.added_files().map(layer).collect();
        imported.reference = layers.iter().map(|(name, _)| name.clone()).collect();
        let layers = layers.into_iter().map(|(_, files)| files).collect();
        let info = DatasetInfo {
            reference: layers,
            left_out: left_out(&imported),
            ..info(folder, &inputs, &imports, &sources, settings)
        };
        let records = Written {
            imports: &imports,
            found: &found,
            first: usize::from(settings.update),
        };
        let mut places = records.places();
        if settings.update {
            let agreement = |place| records.agreement(place);
            let (written, changes) = updated(&imports, &places, &reference, agreement);
            places = written;
            imported.changes = Some(changes);
        }
        let written = write(folder, &info, settings, &records, &places, &reference)?;
        imported.shared_ids = written.shared_ids;
        imported.checked = Some(written.findings);
        imported.output = Some(folder.to_owned());
    }
    Ok(imported)
}

/// The records that are written.
struct Written<'i> {
    imports: &'i [Import],
    /// What is known of copies among the inputs but for the dataset that is updated.
    found: &'i Found,
    /// The first input that is no dataset to be updated.
    first: usize,
}

impl Written<'_> {
    fn news(&self) -> &[Import] {
        self.imports.get(self.first..).unwrap_or_default()
    }

    /// Where those of the inputs stand.
    fn places(&self) -> Vec<(usize, usize)> {
        let kept = self.found.kept(self.news()).into_iter();
        kept.map(|(input, at)| (input + self.first, at)).collect()
    }

    /// The agreement of a place.
    fn agreement(&self, (input, at): (usize, usize)) -> Option<Agreement> {
        let record = self.imports.get(input)?.record(at)?;
        match input.checked_sub(self.first) {
            Some(input) => self.found.written(self.news(), input, at, record),
            None => Some(record.agreement),
        }
    }
}

/// Refuses to update what is no dataset.
fn refuse_no_dataset(folder: &Path, read: Option<&Import>) -> Result<(), Error> {
    if read.is_some_and(|import| import.summary().format == "plenary-dataset") {
        return Ok(());
    }
    let refusal = Refusal::new("not a dataset, so that there is nothing to update");
    let help = "name the folder of a dataset, or write a new one";
    let refusal = refusal.with_help(help).by_setting(["output"]);
    Err(refusal.at(folder).into())
}

/// A layer of reference data: its name and its files.
type Layer = (String, ReferenceFiles);

fn layer<'l>((name, files): (&str, impl Iterator<Item = (&'l str, &'l str)>)) -> Layer {
    let files = files.map(|(path, text)| (path.to_owned(), text.to_owned()));
    (name.to_owned(), files.collect())
}

fn account(
    imports: &[Import],
    reference: &Reference,
    settings: &ImportSettings,
) -> (Imported, Found, Vec<Vec<Source>>) {
    let severity = of_rejected(settings.lenient);
    let rejected = imports.iter().flat_map(Import::each_rejected);
    let (dataset, news) = imports
        .split_at_checked(usize::from(settings.update))
        .unwrap_or_default();
    let mut found = Found::new(news, reference, settings.on_conflict);
    let (mut all, mut sources) = (Vec::new(), Vec::new());
    for import in dataset {
        // What it holds is no copy of what is new.
        let path = &import.summary().path;
        all.extend(crate::check::at(path, import.findings().to_vec()));
        sources.push(Vec::new());
    }
    for input in 0..news.len() {
        let (of_input, named) = survey(news, input, &mut found);
        all.extend(of_input);
        sources.push(named);
    }
    let paths: Vec<&str> = news.iter().map(|i| &*i.summary().path).collect();
    let imported = Imported {
        output: None,
        refused: None,
        inputs: imports
            .iter()
            .map(|import| import.summary().clone())
            .collect(),
        rejected: rejected.map(|row| row.to_finding(severity)).collect(),
        findings: all,
        changes: None,
        checked: None,
        shared_ids: 0,
        reference: Vec::new(),
        copies: found.counts(),
        warnings: unmatched_votes(&found.unmatched(), &paths),
    };
    (imported, found, sources)
}

/// What the reader of an input found, in the table as a whole and in each record, and of which sources the records are; copies of votes
/// go to `copies`.
fn survey(imports: &[Import], input: usize, copies: &mut Found) -> (Vec<Finding>, Vec<Source>) {
    let Some(import) = imports.get(input) else {
        return (Vec::new(), Vec::new());
    };
    let mut found = import.findings().to_vec();
    let mut sources: Vec<Source> = Vec::new();
    let mut at = 0;
    import.in_parallel(
        |record: Record| record,
        |mut record| {
            copies.add(imports, input, at, &record.agreement);
            at += 1;
            found.append(&mut record.findings);
            for source in &record.agreement.sources {
                if sources.len() <= MOST_SOURCES
                    && !sources.iter().any(|known| is_one(known, source))
                {
                    sources.push(source.clone());
                }
            }
            record
        },
    );
    (crate::check::at(&import.summary().path, found), sources)
}

/// Whether two records are of one source, whatever number and address each has in it.
fn is_one(one: &Source, other: &Source) -> bool {
    one.title == other.title
        && one.publisher == other.publisher
        && one.published == other.published
        && one.licence == other.licence
        && one.retrieved == other.retrieved
}

/// Why nothing is written, if something of the inputs would be lost.
fn refusal(account: &Imported, lenient: bool) -> Option<Refusal> {
    let errors = account.findings.iter().filter(|f| is_error(f)).count();
    let rows = account.rejected.len();
    let lost = match (rows, errors) {
        _ if lenient => return None,
        (0, 0) => return None,
        (rows, 0) => format!("{} rejected", many(rows as u64, "row")),
        (0, errors) => many(errors as u64, "error"),
        (rows, errors) => format!(
            "{} rejected, {}",
            many(rows as u64, "row"),
            many(errors as u64, "error")
        ),
    };
    let help = "fix these rows, or skip what cannot be used";
    let refusal = Refusal::new(format!("{lost}; nothing was written")).with_help(help);
    Some(refusal.by_setting(["lenient"]))
}

/// Why nothing is written where the inputs come to no record: a dataset of none cannot be read.
fn nothing_to_write(account: &Imported, left_out: usize) -> Option<Refusal> {
    let records: u64 = account.inputs.iter().map(|input| input.records).sum();
    if records > left_out as u64 {
        return None;
    }
    if records > 0 {
        let reason =
            "no record is left: copies of every vote contradict each other; nothing was written";
        let help = "choose `first` or `last`";
        let refusal = Refusal::new(reason).with_help(help);
        return Some(refusal.by_setting(["on-conflict"]));
    }
    let (reason, help) = match account.rejected.len() {
        0 => (
            "the inputs hold no record".to_owned(),
            "import the table of votes that they belong to",
        ),
        rows => (
            format!("no record is left: {} rejected", many(rows as u64, "row")),
            "fix these rows: no other record is left",
        ),
    };
    Some(Refusal::new(format!("{reason}; nothing was written")).with_help(help))
}

fn is_error(finding: &Finding) -> bool {
    finding.severity == Severity::Error
}

/// Writes the dataset.
fn write(
    folder: &Path,
    info: &DatasetInfo,
    settings: &ImportSettings,
    records: &Written<'_>,
    places: &[(usize, usize)],
    reference: &Arc<Reference>,
) -> Result<WrittenDataset, Error> {
    let validator = Settings::default()
        .with_reference(Arc::clone(reference))
        .validator();
    validator.refer_to(referred(records.imports));
    let agreement_at = |nth: usize| records.agreement(*places.get(nth)?);
    let mut form = WriteSettings::default().with_edition(edition(folder, settings));
    form.replaces = settings.replace || settings.update;
    let count = places.len();
    let written =
        plenary_dataset::write_dataset(folder, info, form, &validator, count, agreement_at);
    written.map_err(|error| match error {
        ImportError::Io { path, source } if !is_taken(&source) => Error::not_written(path, source),
        error => Error::Import(error),
    })
}

/// The edition to write: the one that is asked for, else that of the dataset that is updated, else the usual one.
fn edition(folder: &Path, settings: &ImportSettings) -> Edition {
    let known = || {
        settings
            .update
            .then(|| Edition::of_dataset(folder))
            .flatten()
    };
    settings.edition.or_else(known).unwrap_or_default()
}

/// Whether something has the name already.
fn is_taken(error: &io::Error) -> bool {
    use io::ErrorKind as Kind;
    [Kind::AlreadyExists, Kind::NotADirectory].contains(&error.kind())
}

/// Refuses to write over what is read.
fn refuse_inputs<'p>(
    mut inputs: impl Iterator<Item = &'p Path>,
    folder: &Path,
) -> Result<(), Error> {
    let Ok(output) = fs::canonicalize(folder) else {
        return Ok(());
    };
    let is_inside =
        |input: &&Path| fs::canonicalize(input).is_ok_and(|input| input.starts_with(&output));
    match inputs.find(is_inside) {
        Some(input) => Err(Error::OutputIsInput {
            output: folder.to_owned(),
            input: input.to_owned(),
        }),
        None => Ok(()),
    }
}

/// The name of the dataset is that of its folder; its inputs are named without their folders: where they lay is the business of nobody
/// who gets the dataset.
fn info(
    folder: &Path,
    inputs: &[Input],
    imports: &[Import],
    named: &[Vec<Source>],
    settings: &ImportSettings,
) -> DatasetInfo {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '-'
        }
    };
    let mut sources = Vec::new();
    for ((input, import), named) in inputs.iter().zip(imports).zip(named) {
        for source in sources_of(input, import, named, settings) {
            if !sources.contains(&source) {
                sources.push(source);
            }
        }
    }
    DatasetInfo {
        name: name.chars().map(plain).collect(),
        sources,
        inputs: inputs
            .iter()
            .zip(imports)
            .flat_map(|(input, import)| files_of(input, import))
            .collect(),
        command: Some(command(folder, inputs, settings)),
        ..DatasetInfo::default()
    }
}

/// A path without its folder.
fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

/// An input is of no more sources than this, or named by its format alone.
const MOST_SOURCES: usize = 20;

/// Where the records of an input come from: as its own descriptor says, else as they say themselves.
fn sources_of(
    input: &Input,
    import: &Import,
    named: &[Source],
    settings: &ImportSettings,
) -> Vec<Source> {
    let of_dataset = input.path().map(dataset_sources).unwrap_or_default();
    if !of_dataset.is_empty() {
        return of_dataset;
    }
    let retrieved = settings.retrieved.map(Date::day);
    if named.is_empty() || named.len() > MOST_SOURCES {
        let summary = import.summary();
        let name = name_of(Path::new(&summary.path));
        return vec![Source {
            title: format!("{name} ({})", summary.format),
            retrieved,
            ..Source::default()
        }];
    }
    let sources = named.iter().map(|source| Source {
        record: None,
        url: None,
        retrieved: source.retrieved.or(retrieved),
        ..source.clone()
    });
    sources.collect()
}

/// The files of an input, with their hashes.
fn files_of(input: &Input, import: &Import) -> Vec<DatasetInput> {
    let format = import.summary().format.to_owned();
    let of_dataset = input.path().map(dataset_inputs).unwrap_or_default();
    if !of_dataset.is_empty() {
        return of_dataset;
    }
    let own = match input {
        Input::Path(path) => DatasetInput {
            content: hash_of(path),
            name: name_of(path),
            format: format.clone(),
        },
        Input::Bytes { name, .. } => DatasetInput {
            name: name_of(Path::new(name)),
            format: format.clone(),
            content: None,
        },
    };
    let beside = import.beside().iter().map(|path| DatasetInput {
        content: hash_of(path),
        name: name_of(path),
        format: format.clone(),
    });
    std::iter::once(own).chain(beside).collect()
}

/// The hash of a file that can be read twice.
fn hash_of(path: &Path) -> Option<FileHash> {
    let is_file = fs::metadata(path).is_ok_and(|about| about.is_file()) && !is_stream(path);
    is_file.then(|| FileHash::read(path).ok()).flatten()
}

/// The command that does the same, without the folders of files.
fn command(folder: &Path, inputs: &[Input], settings: &ImportSettings) -> String {
    let mut words = vec!["plenary import".to_owned()];
    let new = inputs
        .get(usize::from(settings.update)..)
        .unwrap_or_default();
    words.extend(new.iter().map(|input| name_of(Path::new(&*input.name()))));
    let mut option = |name: &str, value: Option<String>| {
        words.extend(value.map(|value| format!("--{name} {value}")));
    };
    let into = settings.update.then(|| name_of(folder));
    option("into", into);
    option("as", Some(edition(folder, settings).to_string()));
    option("mapping", settings.mapping_file.as_deref().map(name_of));
    option("day", settings.day.map(|day| day.to_string()));
    option("retrieved", settings.retrieved.map(|day| day.to_string()));
    let conflict = (settings.on_conflict != OnConflict::default()).then_some(settings.on_conflict);
    option("on-conflict", conflict.map(|copy| copy.as_str().to_owned()));
    if settings.lenient {
        words.push("--lenient".to_owned());
    }
    words.join(" ")
}

/// What of the inputs is not written, in sentences.
fn left_out(account: &Imported) -> Vec<String> {
    let mut said = Vec::new();
    for input in account.inputs.iter().filter(|input| input.rejected > 0) {
        let name = name_of(Path::new(&input.path));
        said.push(format!(
            "{} of `{name}` that cannot be used",
            many(input.rejected, "row")
        ));
    }
    let errors = account.findings.iter().filter(|f| is_error(f)).count();
    if errors > 0 {
        said.push(format!(
            "{} that cannot be read",
            many(errors as u64, "value")
        ));
    }
    let copies = &account.copies;
    for (records, why) in [
        (
            copies.duplicates,
            "that say what another says of the same vote",
        ),
        (
            copies.differing,
            "that have the ballots of another and differ in other facts",
        ),
        (copies.shorter, "whose list is a part of that of another"),
        (
            copies.conflicting,
            "of votes of which copies contradict each other",
        ),
    ] {
        if records > 0 {
            said.push(format!("{} {why}", many(records as u64, "record")));
        }
    }
    said
}
