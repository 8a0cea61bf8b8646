//! `plenary treaty`: when a treaty entered into force, and who its parties are on a day.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use plenary::decisions::{Clause, Others, Period};
use plenary::import::untc;
use plenary::states;
use plenary::treaties::{AssumedEnd, Collection, Completion, Entry, Report, Source, acts_from_csv};
use plenary::types::{AgreementKind, StateCode, TreatyAction};
use serde::Serialize;

use super::input::{self, today};
use super::rule;
use crate::exit::{Exit, Failure, Result};
use crate::output::{BOLD, DIM, ERROR, Format, GOOD, Output, PLAIN, WARNING, line};

#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct Args {
    /// A participant table of the UN Treaty Collection, or the number or short name of a treaty
    #[arg(value_name = "FILE|ID")]
    treaty: String,
    /// The day on which to tell the parties; by default today
    #[arg(long, value_name = "DATE")]
    on: Option<NaiveDate>,
    /// The entry-into-force clause, such as "20 instruments; 30 days"; by default the one that is known
    #[arg(long, value_name = "CLAUSE")]
    in_force_when: Option<String>,
    /// The notice of a withdrawal whose day of effect is not on record, such as "6 months"; by default the one that is
    /// known, else twelve months are assumed
    #[arg(long, value_name = "PERIOD")]
    notice: Option<Period>,
    /// Participants whose acts are to count for nothing
    #[arg(long, value_name = "CODE,…", value_delimiter = ',')]
    exclude: Vec<String>,
    /// Acts that the table does not carry: a CSV with the columns `participant`, `action` and `date`, or another table
    #[arg(long, value_name = "FILE")]
    acts: Vec<PathBuf>,
    /// Weights that the clause names: a CSV with a column `code` and columns of numbers
    #[arg(long, value_name = "CSV")]
    weights: Vec<PathBuf>,
    /// The number of the treaty, when the name of the file does not say it
    #[arg(long, value_name = "NUMBER")]
    id: Option<String>,
    /// Use the table alone, without the acts of vanished states that come with the program
    #[arg(long)]
    table_only: bool,
    /// The form of the result
    #[arg(long, default_value = "human")]
    format: Format,
}

const AFTER: &str = "\
Clauses: 20 instruments; 30 days | 60 instruments; first day of the month after 60 days | 40 instruments; first day of \
month 6 after | 55 instruments; at least 55% of emissions; 30 days | all of Annex2; 180 days | … ; not before 2 years \
after opening | … ; including organisations

Signatories and contracting participants are counted as of the last act, parties as of --on. Organisations are among \
them, but their instruments do not add to a count unless the clause says so.

Exit codes: 0 clean, 1 rows of the table could not be used, 2 unusable input or arguments.";

/// A report with what could not be used of the table.
#[derive(Serialize)]
struct Answer {
    #[serde(flatten)]
    report: Report,
    rows: u64,
    used: u64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rejected: Vec<String>,
}

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    let on = args.on.map_or_else(today, Ok)?;
    let answer = answer(args, on)?;
    match args.format {
        Format::Json => output.json(&answer)?,
        Format::Human => print(&answer, output)?,
    }
    Ok(if answer.rejected.is_empty() {
        Exit::Clean
    } else {
        Exit::Findings
    })
}

fn answer(args: &Args, on: NaiveDate) -> Result<Answer> {
    let clause = args.in_force_when.as_deref().map(clause).transpose()?;
    let path = Path::new(&args.treaty);
    let (mut source, rows, used, rejected) = if path.exists() {
        read(path)?
    } else {
        let organisations = "EUE".parse::<StateCode>().into_iter().collect();
        let known = Source {
            id: Some(complete(args)?),
            organisations,
            ..Source::default()
        };
        (known, 0, 0, Vec::new())
    };
    source.id = args.id.clone().or(source.id);
    source.acts = acts(args, source.id.as_deref())?;
    source.clause = clause.or(source.clause);
    source.notice = args.notice;
    source.excluded = args
        .exclude
        .iter()
        .map(|code| input::state(code))
        .collect::<Result<_>>()?;
    source.facts = rule::weights(&args.weights, Others::Nothing)?;
    source.table_only = args.table_only;
    source.membership = membership();
    let report = source.report(Collection::embedded(), on);
    Ok(Answer {
        report,
        rows,
        used,
        rejected,
    })
}

/// The number of Members of the United Nations since each day on which it changed.
fn membership() -> Vec<(NaiveDate, u32)> {
    let since = states::epochs().map(|epoch| {
        (
            epoch.span().from,
            u32::try_from(epoch.count()).unwrap_or(u32::MAX),
        )
    });
    since.collect()
}

/// A participant table or a native document, with the account of its rows.
fn read(path: &Path) -> Result<(Source, u64, u64, Vec<String>)> {
    if path.is_dir() {
        return Err(Failure::new(format!(
            "{} is a folder: expected a participant table",
            path.display()
        )));
    }
    let import = plenary::import::read(path, &plenary::import::Options::default())
        .map_err(|error| Failure::new(error.to_string()).with_help(error.help()))?;
    let summary = import.summary().clone();
    let rejected = import.rejected().iter().map(ToString::to_string).collect();
    let record = import
        .records()
        .next()
        .filter(|record| record.agreement.kind == AgreementKind::Treaty);
    let Some(record) = record else {
        return Err(Failure::new(format!("{}: this is {}, and holds no treaty", path.display(), summary.format))
            .with_help("give a participant table of the UN Treaty Collection, or a native document of kind `treaty`"));
    };
    let mut source = Source::of_agreement(&record.agreement, untc::is_organisation)
        .map_err(|error| input::in_file(path, &error))?;
    source.id = source.id.or_else(|| id_of(path));
    Ok((source, summary.rows, summary.used, rejected))
}

fn clause(text: &str) -> Result<Clause> {
    text.parse().map_err(|error| {
        Failure::new(format!(
            "`{text}` is not an entry-into-force clause: {error}"
        ))
        .with_help("a clause reads like \"20 instruments; 30 days\": see `plenary treaty --help`")
    })
}

/// A treaty all of whose acts come with the program.
fn complete(args: &Args) -> Result<String> {
    let id = &args.treaty;
    match Collection::embedded().get(id) {
        Some(known) if known.is_complete() || !args.acts.is_empty() => Ok(known.id.clone()),
        Some(known) => Err(Failure::new(format!("the acts of {} ({}) do not come with the program", known.title, known.id))
            .with_help("give the file of its participant table instead of its number")),
        None => Err(Failure::new(format!("`{id}` is neither a file nor a treaty that is known"))
            .with_help("give the file of a participant table, or a number such as 26-4 or a name such as paris-agreement")),
    }
}

/// The number of a treaty, from the name of its file.
fn id_of(path: &Path) -> Option<String> {
    path.file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
}

fn acts(args: &Args, id: Option<&str>) -> Result<Vec<TreatyAction>> {
    let mut acts = Vec::new();
    for path in &args.acts {
        let text = input::text(path)?;
        if untc::recognises(text.as_bytes()) {
            acts.extend(read(path)?.0.actions);
        } else {
            let read = acts_from_csv(&text, id, input::resolve);
            acts.extend(read.map_err(|error| input::in_file(path, &error))?);
        }
    }
    Ok(acts)
}

fn print(answer: &Answer, output: &Output) -> Result<()> {
    let report = &answer.report;
    let mut out = output.stdout();
    let id = report.id.as_ref().filter(|id| **id != report.title);
    let id = id.map_or(String::new(), |id| format!(" ({id})"));
    line(&mut out, &[(BOLD, &report.title), (PLAIN, &id)])?;
    writeln!(
        out,
        "  {} acts; {} signatories, {} contracting",
        report.actions, report.signatories, report.contracting
    )?;
    if let Some(clause) = &report.clause {
        plain(&mut out, format!("  enters into force with: {clause}"))?;
    }
    entry(report, &mut out)?;
    if let Some(parties) = &report.parties_on {
        writeln!(out, "  parties on {}: {}", parties.date, parties.count)?;
        for codes in wrapped(&parties.members) {
            writeln!(out, "    {DIM}{codes}{DIM:#}")?;
        }
    }
    if !report.added.is_empty() {
        let added = codes(&report.added);
        writeln!(out, "  acts added that the table does not carry: {added}")?;
    }
    if !report.uncertain.is_empty() {
        let uncertain = codes(&report.uncertain);
        writeln!(
            out,
            "  {WARNING}withdrawn on a day that the table does not give{WARNING:#}: {uncertain}"
        )?;
    }
    assumed(&report.assumed_ends, &mut out)?;
    for rejected in &answer.rejected {
        let rejected = format!(": {rejected}");
        line(&mut out, &[(ERROR, &"  not used"), (PLAIN, &rejected)])?;
    }
    Ok(out.flush()?)
}

/// Withdrawals whose day of effect is assumed, each with that day.
fn assumed(ends: &[AssumedEnd], out: &mut impl Write) -> Result<()> {
    if ends.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "  {WARNING}assumed to take effect twelve months after the notice of withdrawal{WARNING:#}; say otherwise with --notice"
    )?;
    for AssumedEnd { state, notice, end } in ends {
        writeln!(out, "    {state}: notice of {notice}, effect on {end}")?;
    }
    Ok(())
}

fn plain(out: &mut impl Write, text: String) -> io::Result<()> {
    line(out, &[(PLAIN, &text)])
}

fn entry(report: &Report, out: &mut impl Write) -> Result<()> {
    if let (Some(day), Some(completion)) = (report.entry_into_force, &report.completed_by) {
        in_force(report, day, completion, out)?;
    } else if !report.depends_on.is_empty() {
        depends(report, out)?;
    } else if let Some(evaluation) = &report.evaluation {
        writeln!(out, "  {ERROR}not in force{ERROR:#}")?;
        for reason in evaluation.reasons.to_string().lines() {
            plain(out, format!("    {reason}"))?;
        }
    } else if report.clause.is_none() {
        writeln!(
            out,
            "  entry into force not known: say how with --in-force-when \"20 instruments; 30 days\""
        )?;
    } else {
        let missing = format!(": missing {}", report.missing.join("; "));
        let what = "  entry into force cannot be told";
        line(out, &[(WARNING, &what), (PLAIN, &missing)])?;
    }
    Ok(())
}

fn in_force(
    report: &Report,
    day: NaiveDate,
    completion: &Completion,
    out: &mut impl Write,
) -> Result<()> {
    writeln!(
        out,
        "  {GOOD}in force since {day}{GOOD:#}: {}",
        completed(completion)
    )?;
    if !report.possible_absentees.is_empty() {
        let states = codes(&report.possible_absentees);
        writeln!(
            out,
            "    {WARNING}unless {states} consented before{WARNING:#}: its acts leave no trace in the table; supply them with --acts"
        )?;
    }
    Ok(())
}

fn depends(report: &Report, out: &mut impl Write) -> Result<()> {
    let missing = codes(&report.depends_on);
    writeln!(
        out,
        "  {WARNING}the date depends on acts that the table does not carry{WARNING:#}: {missing}"
    )?;
    let (earliest, latest) = (
        bound(report.earliest.as_ref()),
        bound(report.latest.as_ref()),
    );
    writeln!(
        out,
        "    if they had consented from the beginning: {earliest}"
    )?;
    writeln!(out, "    if they had not consented before: {latest}")?;
    writeln!(out, "    supply them with --acts")?;
    Ok(())
}

fn completed(completion: &Completion) -> String {
    let Completion {
        state,
        date,
        ordinal,
        same_day,
    } = completion;
    let with = if same_day.is_empty() {
        String::new()
    } else {
        format!(", on one day with {}", codes(same_day))
    };
    format!("completed by {state} on {date}, instrument {ordinal}{with}")
}

fn bound(entry: Option<&Entry>) -> String {
    entry.map_or("not in force".to_owned(), |entry| {
        format!("{}, {}", entry.day, completed(&entry.completed_by))
    })
}

fn codes(codes: &[StateCode]) -> String {
    let codes: Vec<_> = codes.iter().map(ToString::to_string).collect();
    codes.join(", ")
}

/// Codes, twenty a line.
fn wrapped(codes: &[StateCode]) -> impl Iterator<Item = String> {
    codes.chunks(20).map(|line| {
        line.iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(" ")
    })
}
