//! `plenary import`: files to a dataset folder.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use plenary::analysis::OnConflict;
use plenary::import::{self, DatasetInfo, Import, ImportError, Options, Record, Summary};
use plenary::types::{Finding, Severity, Source};
use plenary::validation::patterns;
use serde::Serialize;

use super::{input, same_votes, selected};
use crate::exit::{Exit, Failure, Result};
use crate::findings::tell;
use crate::output::{DIM, Format, Output, many, thousands, visible};

mod copies;

use copies::{Counts, Difference, Found};

const AFTER: &str = "\
Nothing is written when a row cannot be used, or a value of a row cannot be read: mend them, or use --lenient to write \
the rest. Nor is anything written when no record is left.

Exit codes: 0 written, 2 nothing was written.";

#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct Args {
    /// Files and dataset folders, in any of the known formats
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// The folder to write: complete or absent
    #[arg(short, long, value_name = "DATASET")]
    output: PathBuf,
    /// Replace the dataset in this folder; it is there until the new one is whole
    #[arg(long)]
    replace: bool,
    /// How to read tables of no known format: a mapping file
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// Go on without rows that cannot be used and values that cannot be read; each is reported
    #[arg(long)]
    lenient: bool,
    /// Which copy to write of a vote that the inputs have more than once with different ballots
    #[arg(long, value_name = "COPY", default_value = "stop", value_parser = selected::on_conflict())]
    on_conflict: OnConflict,
    /// The form of the account; JSON is described in docs/schema/import.schema.json
    #[arg(long, default_value = "human")]
    format: Format,
}

/// What an import came to (docs/schema/import.schema.json).
#[derive(Serialize)]
struct Account<'a> {
    /// The folder, once it is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    output: Option<String>,
    /// Why nothing was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<String>,
    inputs: Vec<&'a Summary>,
    /// Rows that were not used.
    rejected: Vec<Finding>,
    /// What else the readers have to say: first of the tables, then of the records.
    findings: Vec<Finding>,
    /// Identifiers that several agreements share.
    shared_ids: usize,
    #[serde(flatten)]
    copies: Counts,
}

impl Args {
    /// Whether stdout is to hold one JSON document.
    pub(super) fn prints_json(&self) -> bool {
        self.format == Format::Json
    }
}

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    let mut options = Options::default();
    options.lenient = args.lenient;
    if let Some(path) = &args.mapping {
        options = options.with_mapping(input::mapping(path)?);
    }
    refuse_inputs(args)?;
    let mut imports = Vec::new();
    for path in &args.paths {
        imports.push(input::read(path, &options, output)?);
    }
    let (mut account, found) = account(&imports, args);
    let paths: Vec<&str> = imports.iter().map(|i| &*i.summary().path).collect();
    same_votes::warn_of_unmatched(&found.unmatched(), &paths, output);
    let refusal = refusal(&account, args.lenient).or_else(|| found.refusal());
    let refusal = refusal.or_else(|| nothing_to_write(&account, found.left_out()));
    if let Some(refusal) = refusal {
        account.refused = Some(refusal.to_string());
        print(&account, args, output)?;
        return Err(refusal);
    }
    account.shared_ids = write(args, &imports, &found)?;
    account.output = Some(args.output.display().to_string());
    print(&account, args, output)?;
    Ok(Exit::Clean)
}

fn account<'a>(imports: &'a [Import], args: &Args) -> (Account<'a>, Found) {
    let severity = match args.lenient {
        true => Severity::Warning,
        false => Severity::Error,
    };
    let rejected = imports.iter().flat_map(Import::each_rejected);
    let mut found = Found::new(imports, args.on_conflict);
    let mut all = Vec::new();
    for input in 0..imports.len() {
        all.extend(findings(imports, input, &mut found));
    }
    let account = Account {
        output: None,
        refused: None,
        inputs: imports.iter().map(Import::summary).collect(),
        rejected: rejected.map(|row| row.to_finding(severity)).collect(),
        findings: all,
        shared_ids: 0,
        copies: found.counts(),
    };
    (account, found)
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
    let path = &import.summary().path;
    for finding in &mut found {
        finding.place.path.get_or_insert_with(|| path.clone());
    }
    found
}

/// Why nothing is written, if something of the inputs would be lost.
fn refusal(account: &Account<'_>, lenient: bool) -> Option<Failure> {
    let errors = account.findings.iter().filter(|f| is_error(f)).count();
    let rows = account.rejected.len();
    let lost = match (rows, errors) {
        _ if lenient => return None,
        (0, 0) => return None,
        (rows, 0) => format!("{} rejected", many(rows, "row")),
        (0, errors) => many(errors, "error"),
        (rows, errors) => format!("{} rejected, {}", many(rows, "row"), many(errors, "error")),
    };
    Some(
        Failure::new(format!("{lost}; nothing was written"))
            .with_help("mend these rows, or use --lenient to go on without what cannot be used"),
    )
}

/// Why nothing is written where the inputs come to no record: a dataset of none cannot be read.
fn nothing_to_write(account: &Account<'_>, left_out: usize) -> Option<Failure> {
    let records: u64 = account.inputs.iter().map(|input| input.records).sum();
    if records > left_out as u64 {
        return None;
    }
    if records > 0 {
        let reason =
            "no record is left: copies of every vote contradict each other; nothing was written";
        return Some(Failure::new(reason).with_help("choose `--on-conflict first` or `last`"));
    }
    let (reason, help) = match account.rejected.len() {
        0 => (
            "the inputs hold no record".to_owned(),
            "import the table of votes that they belong to",
        ),
        rows => (
            format!("no record is left: {} rejected", many(rows, "row")),
            "mend these rows: there is nothing to go on with",
        ),
    };
    Some(Failure::new(format!("{reason}; nothing was written")).with_help(help))
}

fn is_error(finding: &Finding) -> bool {
    finding.severity == Severity::Error
}

/// Writes the dataset; returns how many identifiers several agreements share.
fn write(args: &Args, imports: &[Import], found: &Found) -> Result<usize> {
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
    let info = info(args, imports);
    let written = match args.replace {
        true => import::replace_dataset(&args.output, &info, agreements),
        false => import::write_dataset(&args.output, &info, agreements),
    };
    written.map_err(|error| match error {
        ImportError::Io { path, source } if !is_taken(&source) => {
            Failure::not_written(path, &source)
        }
        error => error.into(),
    })?;
    Ok(times.values().filter(|times| **times > 1).count())
}

/// Whether something has the name already.
fn is_taken(error: &io::Error) -> bool {
    use io::ErrorKind as Kind;
    [Kind::AlreadyExists, Kind::NotADirectory].contains(&error.kind())
}

/// Refuses to write over what is read.
fn refuse_inputs(args: &Args) -> Result<()> {
    let Ok(output) = fs::canonicalize(&args.output) else {
        return Ok(());
    };
    let inputs = args.paths.iter().chain(&args.mapping);
    for input in inputs {
        if fs::canonicalize(input).is_ok_and(|input| input.starts_with(&output)) {
            let what = format!("the output is also an input, `{}`", input.display());
            return Err(input::in_file(&args.output, &what).with_help("write to another folder"));
        }
    }
    Ok(())
}

/// The name of the dataset is that of its folder; its sources are the inputs, by their names: where they lay is the business
/// of nobody who gets the dataset.
fn info(args: &Args, imports: &[Import]) -> DatasetInfo {
    let folder = args
        .output
        .file_name()
        .unwrap_or_default()
        .to_string_lossy();
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
    }
}

/// So many lines of rejected rows, of errors and of causes of other findings are printed.
const LINES: usize = 12;

fn print(account: &Account<'_>, args: &Args, output: &Output) -> Result<()> {
    if args.format == Format::Json {
        return output.json(account);
    }
    let mut out = output.stdout();
    for input in &account.inputs {
        tell(input, &mut out)?;
    }
    let rejected: Vec<&Finding> = account.rejected.iter().collect();
    let (errors, others): (Vec<&Finding>, Vec<&Finding>) =
        account.findings.iter().partition(|f| is_error(f));
    list("rejected", &rejected, &mut out)?;
    list("error", &errors, &mut out)?;
    causes(&others, &mut out)?;
    tell_copies(&account.copies, &mut out)?;
    if account.shared_ids > 0 {
        let ids = many(account.shared_ids, "identifier");
        writeln!(
            out,
            "  warning: {ids} of more than one agreement: join the tables on `record` and `act`"
        )?;
    }
    if let Some(folder) = &account.output {
        writeln!(out, "written to {}", visible(folder))?;
    }
    Ok(out.flush()?)
}

/// Says what became of records that the inputs have more than once.
fn tell_copies(copies: &Counts, out: &mut impl Write) -> Result<()> {
    for (n, what) in [
        (
            copies.duplicates,
            "not written again: another says the same of the same vote",
        ),
        (
            copies.differing,
            "not written again: another has the same ballots of the same vote, and other facts",
        ),
        (
            copies.joined,
            "joined with an earlier copy of the same vote, whose list lacks some of the voters",
        ),
        (
            copies.shorter,
            "not written again: all of the voters are on the longer list of another copy",
        ),
        (
            copies.conflicting,
            "not written: copies of the same vote contradict each other",
        ),
        (
            copies.repeated_lists,
            "with every voter more than once on its list: each is written once",
        ),
        (
            copies.settled_lists,
            "with different choices of one voter on its list: one is written, as `--on-conflict` says",
        ),
    ] {
        if n > 0 {
            writeln!(out, "  warning: {} {what}", many(n, "record"))?;
        }
    }
    for Difference { fields, records } in copies.differences.iter().take(LINES) {
        let differ = match records {
            1 => "1 copy differs".to_owned(),
            n => format!("{} copies differ", thousands(*n as u64)),
        };
        let words = fields.iter().map(|field| match &**field {
            "announced" => "totals",
            field => field,
        });
        let fields = words.collect::<Vec<_>>().join(", ");
        writeln!(out, "  warning: {differ} in {fields}: the first is written")?;
    }
    rest_of(copies.differences.len(), "`--format json` lists them", out)
}

/// Each with its place, its value and what to do, as many as fit.
fn list(label: &str, findings: &[&Finding], out: &mut impl Write) -> Result<()> {
    for finding in findings.iter().take(LINES) {
        writeln!(out, "  {label}: {}", visible(&line(finding)))?;
    }
    rest(findings.len(), out)
}

fn line(finding: &Finding) -> String {
    let place = &finding.place;
    let mut line = place.path.clone().unwrap_or_default();
    for number in [place.line, place.column].into_iter().flatten() {
        line.push_str(&format!(":{number}"));
    }
    if let Some(field) = &place.field {
        line.push_str(&format!(": {field}"));
    }
    line.push_str(&format!(": {}", finding.message));
    let told = |found: &&String| finding.message.contains(&format!("`{found}`"));
    if let Some(found) = finding.found.as_ref().filter(|found| !told(found)) {
        line.push_str(&format!(": `{found}`"));
    }
    if let Some(expected) = &finding.expected {
        line.push_str(&format!(", expected {expected}"));
    }
    if let Some(help) = &finding.help {
        line.push_str(&format!("; {help}"));
    }
    line
}

/// What is no error, one line a cause: how often, and the first.
fn causes(findings: &[&Finding], out: &mut impl Write) -> Result<()> {
    let owned: Vec<Finding> = findings.iter().map(|f| (*f).clone()).collect();
    let mut causes = patterns(&owned);
    causes.sort_by_key(|cause| Reverse(cause.severity));
    for cause in causes.iter().take(LINES) {
        let Some(first) = cause.findings.first() else {
            continue;
        };
        write!(out, "  {}: {}", cause.severity, visible(&line(first)))?;
        match cause.len() {
            1 => writeln!(out)?,
            times => writeln!(out, " {DIM}({} in all){DIM:#}", many(times, "time"))?,
        }
    }
    rest(causes.len(), out)
}

fn rest(all: usize, out: &mut impl Write) -> Result<()> {
    rest_of(all, "`plenary check --all` lists them", out)
}

/// Says how many lines are not printed, and what lists them.
fn rest_of(all: usize, what: &str, out: &mut impl Write) -> Result<()> {
    if let Some(more) = all.checked_sub(LINES).filter(|more| *more > 0) {
        writeln!(out, "  {DIM}… and {more} more: {what}{DIM:#}")?;
    }
    Ok(())
}
