//! `plenary import`: files to a dataset folder.

use std::cmp::Reverse;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;
use clap::builder::TypedValueParser;
use plenary::analysis::OnConflict;
use plenary::dataset::Edition;
use plenary::types::{Finding, Severity};
use plenary::validation::patterns;
use plenary::{CopyCounts, CopyDifference, DatasetChanges, ImportSettings, Imported, RecordChange};

use super::input::{DateArgs, DayArgs, Progress, ReferenceArgs};
use super::{input, selecting};
use crate::exit::{Exit, Result};
use crate::findings::tell;
use crate::output::{DIM, Format, Output, many, thousands, visible, warn_all};

const AFTER: &str = "\
Nothing is written when a row cannot be used, or a value of a row cannot be read: fix them, or use --lenient to write \
the rest. Nor is anything written when no record is left.

Exit codes: 0 written, 2 nothing was written.";

#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct Args {
    /// Files and dataset folders, in any of the known formats
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// The folder to write: complete or absent
    #[arg(short, long, value_name = "DATASET", required_unless_present = "into")]
    output: Option<PathBuf>,
    /// Update this dataset: records of the inputs take the place of those with their identifier, others are added, and what changed
    /// is reported
    #[arg(long, value_name = "DATASET", conflicts_with_all = ["output", "replace"])]
    into: Option<PathBuf>,
    /// Replace the dataset in this folder; it is there until the new one is whole
    #[arg(long)]
    replace: bool,
    /// The form of the tables; without it, that of the dataset that is updated, else parquet
    #[arg(long = "as", value_name = "FORM", value_parser = editions())]
    edition: Option<Edition>,
    /// The day on which the inputs were got from their sources, for the descriptor of the dataset
    #[arg(long, value_name = "DATE")]
    retrieved: Option<NaiveDate>,
    /// How to read tables of no known format: a mapping file
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    #[command(flatten)]
    dates: DateArgs,
    #[command(flatten)]
    day: DayArgs,
    /// Go on without rows that cannot be used and values that cannot be read; each is reported
    #[arg(long)]
    lenient: bool,
    /// Which copy to write of a vote that the inputs have more than once with different ballots
    #[arg(long, value_name = "COPY", default_value = "stop", value_parser = selecting::on_conflict())]
    on_conflict: OnConflict,
    #[command(flatten)]
    reference: ReferenceArgs,
    /// The form of the account; JSON is described in docs/schema/import.schema.json
    #[arg(long, default_value = "human")]
    pub(super) format: Format,
}

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    let mapping = args.mapping.as_deref();
    let mut settings = ImportSettings::default();
    settings.reference = args.reference.of_inputs(&args.paths)?;
    settings.mapping_file = args.mapping.clone();
    settings.mapping = mapping.map(input::mapping).transpose()?.map(Arc::new);
    settings.lenient = args.lenient;
    settings.dates.clone_from(&args.dates.form);
    settings.day = args.day.day;
    settings.on_conflict = args.on_conflict;
    settings.replace = args.replace;
    settings.edition = args.edition;
    settings.update = args.into.is_some();
    settings.retrieved = args.retrieved;
    let progress = Progress::new(output);
    settings.progress = progress.callback();
    let folder = args.into.as_ref().or(args.output.as_ref());
    let folder = folder
        .map(PathBuf::as_path)
        .unwrap_or_else(|| Path::new(""));
    let imported = progress.cleared(|| plenary::import(&args.paths, folder, &settings))?;
    warn_all(&imported.warnings, output);
    print(&imported, args, output)?;
    match &imported.refused {
        Some(refusal) => Err(plenary::Error::from(refusal.clone()).into()),
        None => Ok(Exit::Clean),
    }
}

/// The form of the tables of a dataset.
fn editions() -> impl TypedValueParser<Value = Edition> {
    selecting::words(&[
        (
            "parquet",
            "A Parquet file per table, and compressed documents",
        ),
        ("csv", "A CSV file per table"),
        (
            "sqlite",
            "One SQLite database, with keys and views, and compressed documents",
        ),
    ])
}

fn is_error(finding: &Finding) -> bool {
    finding.severity == Severity::Error
}

/// So many lines of rejected rows, of errors and of causes of other findings are printed.
const LINES: usize = 12;

fn print(account: &Imported, args: &Args, output: &Output) -> Result<()> {
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
    if let Some(changes) = &account.changes {
        tell_changes(changes, &mut out)?;
    }
    if !account.reference.is_empty() {
        let layers = account.reference.join(", ");
        writeln!(out, "with the reference data of {}", visible(&layers))?;
    }
    if let Some(folder) = &account.output {
        writeln!(out, "written to {}", visible(&folder.display().to_string()))?;
    }
    Ok(out.flush()?)
}

/// Says what changed in a dataset that was updated.
fn tell_changes(changes: &DatasetChanges, out: &mut impl Write) -> Result<()> {
    writeln!(
        out,
        "{} added, {} changed ({}), {} unchanged, {} not in the new edition and kept",
        many(changes.added, "record"),
        thousands(changes.changed as u64),
        many(changes.ballots, "ballot"),
        thousands(changes.unchanged as u64),
        thousands(changes.missing as u64),
    )?;
    for RecordChange {
        record,
        change,
        fields,
        ballots,
        ..
    } in changes.records.iter().take(LINES)
    {
        let mut line = format!("  {}: {}", change.as_str(), visible(record));
        if !fields.is_empty() {
            line.push_str(&format!(": {}", fields.join(", ")));
        }
        if *ballots > 0 {
            line.push_str(&format!(" ({})", many(*ballots, "ballot")));
        }
        writeln!(out, "{line}")?;
    }
    rest_of(changes.records.len(), "`--format json` lists them", out)
}

/// Says what became of records that the inputs have more than once.
fn tell_copies(copies: &CopyCounts, out: &mut impl Write) -> Result<()> {
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
    for CopyDifference {
        fields, records, ..
    } in copies.differences.iter().take(LINES)
    {
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
    let mut causes = patterns(&owned, plenary::catalogue());
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
