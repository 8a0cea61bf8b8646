//! [`import`]: reads inputs and writes them as one dataset.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;
use plenary_analysis::OnConflict;
use plenary_bodies::Reference;
use plenary_import::{
    DatasetInfo, Formats, Import, ImportError, Mapping, Record, ReferenceFiles, Summary,
    replace_dataset, write_dataset,
};
use plenary_tables::DateForm;
use plenary_types::{Finding, Severity, Source, many};
use serde::Serialize;

use crate::analyses::unmatched_votes;
use crate::carried::replaced;
use crate::check::of_rejected;
use crate::copies::{CopyCounts, Found};
use crate::{Error, Input, Progress, Refusal, Settings, with_carried};

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
    let inputs: Vec<Input> = inputs.into_iter().map(Into::into).collect();
    let paths = inputs.iter().filter_map(Input::path);
    refuse_inputs(paths.chain(settings.mapping_file.as_deref()), folder)?;
    let reference = with_carried(&settings.reference, &inputs)?;
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
    let imports = inputs.iter().map(|input| input.read(&reading));
    let imports: Vec<Import> = imports.collect::<Result<_, _>>()?;
    let (mut imported, found) = account(&imports, &reference, settings);
    imported.refused = refusal(&imported, settings.lenient)
        .or_else(|| found.refusal())
        .or_else(|| nothing_to_write(&imported, found.left_out()));
    imported.warnings.extend(replaced(&reference));
    if imported.refused.is_none() {
        let layers: Vec<Layer> = reference.added_files().map(layer).collect();
        imported.reference = layers.iter().map(|(name, _)| name.clone()).collect();
        let layers = layers.into_iter().map(|(_, files)| files).collect();
        imported.shared_ids = write(folder, settings, &imports, &found, layers)?;
        imported.output = Some(folder.to_owned());
    }
    Ok(imported)
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
) -> (Imported, Found) {
    let severity = of_rejected(settings.lenient);
    let rejected = imports.iter().flat_map(Import::each_rejected);
    let mut found = Found::new(imports, reference, settings.on_conflict);
    let mut all = Vec::new();
    for input in 0..imports.len() {
        all.extend(findings(imports, input, &mut found));
    }
    let paths: Vec<&str> = imports.iter().map(|i| &*i.summary().path).collect();
    let imported = Imported {
        output: None,
        refused: None,
        inputs: imports
            .iter()
            .map(|import| import.summary().clone())
            .collect(),
        rejected: rejected.map(|row| row.to_finding(severity)).collect(),
        findings: all,
        shared_ids: 0,
        reference: Vec::new(),
        copies: found.counts(),
        warnings: unmatched_votes(&found.unmatched(), &paths),
    };
    (imported, found)
}

/// What the reader of an input found, in the table as a whole and in each record; copies of votes go to `copies`.
fn findings(imports: &[Import], input: usize, copies: &mut Found) -> Vec<Finding> {
    let Some(import) = imports.get(input) else {
        return Vec::new();
    };
    let mut found = import.findings().to_vec();
    let mut at = 0;
    import.in_parallel(
        |record: Record| record,
        |mut record| {
            copies.add(imports, input, at, &record.agreement);
            at += 1;
            found.append(&mut record.findings);
            record
        },
    );
    crate::check::at(&import.summary().path, found)
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

/// Writes the dataset; returns how many identifiers several agreements share.
fn write(
    folder: &Path,
    settings: &ImportSettings,
    imports: &[Import],
    found: &Found,
    reference: Vec<ReferenceFiles>,
) -> Result<usize, Error> {
    let mut times = HashMap::new();
    let records = imports.iter().enumerate();
    let records = records.flat_map(|(input, import)| {
        let records = import.records().enumerate();
        records.filter_map(move |(at, record)| found.written(imports, input, at, record))
    });
    let agreements = records.inspect(|agreement| {
        if let Some(id) = agreement.id.or_else(|| agreement.derived_id()) {
            *times.entry(id).or_insert(0) += 1;
        }
    });
    let info = DatasetInfo {
        reference,
        ..info(folder, imports)
    };
    let written = match settings.replace {
        true => replace_dataset(folder, &info, agreements),
        false => write_dataset(folder, &info, agreements),
    };
    written.map_err(|error| match error {
        ImportError::Io { path, source } if !is_taken(&source) => Error::not_written(path, source),
        error => Error::Import(error),
    })?;
    Ok(times.values().filter(|times| **times > 1).count())
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

/// The name of the dataset is that of its folder; its sources are the inputs, by their names: where they lay is the business
/// of nobody who gets the dataset.
fn info(folder: &Path, imports: &[Import]) -> DatasetInfo {
    let folder = folder.file_name().unwrap_or_default().to_string_lossy();
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '-'
        }
    };
    let name = |import: &Import| {
        let path = Path::new(&import.summary().path);
        let name = path.file_name().unwrap_or(path.as_os_str());
        name.to_string_lossy().into_owned()
    };
    let source = |import: &Import| Source {
        title: format!("{} ({})", name(import), import.summary().format),
        ..Source::default()
    };
    DatasetInfo {
        name: folder.chars().map(plain).collect(),
        title: None,
        sources: imports.iter().map(source).collect(),
        reference: Vec::new(),
    }
}
