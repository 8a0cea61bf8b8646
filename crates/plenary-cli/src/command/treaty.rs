//! `plenary treaty`: when a treaty entered into force, and who its parties are on a day.

mod print;
mod read;

use std::path::PathBuf;

use chrono::NaiveDate;
use plenary::decisions::requirement::GroupRef;
use plenary::decisions::{
    Clause, Name, NameKind, NotBefore, Others, Period, Requirement, UnknownName, nearest,
    unknown_names,
};
use plenary::states::entity;
use plenary::treaties::practice;
use plenary::treaties::{Assembled, Collection, Report, Source};
use plenary::types::StateCode;
use serde::Serialize;

use super::input::{self, today};
use super::rule;
use crate::exit::{Exit, Failure, Result};
use crate::output::{Format, Output};
use read::{Asked, Read};

#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct Args {
    /// A participant table of the UN Treaty Collection, a document or dataset with treaties, or the number or name of a treaty
    #[arg(value_name = "FILE|ID")]
    treaty: String,
    /// The day on which to list the parties; by default today
    #[arg(long, value_name = "DATE")]
    on: Option<NaiveDate>,
    /// The entry-into-force clause, such as "20 instruments; 30 days"; by default the one that is known
    #[arg(long, value_name = "CLAUSE")]
    in_force_when: Option<String>,
    /// The notice of a withdrawal whose day of effect is not on record, such as "6 months"; by default the treaty's, where
    /// that is known
    #[arg(long, value_name = "PERIOD")]
    notice: Option<Period>,
    /// Ignore these participants
    #[arg(long, value_name = "CODE,…", value_delimiter = ',')]
    exclude: Vec<String>,
    /// Acts that the table does not carry: a CSV with the columns `participant`, `action` and `date`, or another table
    #[arg(long, value_name = "FILE")]
    acts: Vec<PathBuf>,
    /// Weights that the clause names: a CSV with a column `code` and columns of numbers
    #[arg(long, value_name = "CSV")]
    weights: Vec<PathBuf>,
    /// Which treaty of the file: its number, symbol or title; for a participant table, the number that its name does not say
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// Use the table alone, without the acts that come with the program
    #[arg(long)]
    table_only: bool,
    /// Output format
    #[arg(long, default_value = "human")]
    format: Format,
}

const AFTER: &str = "\
Clauses: 20 instruments; 30 days | 60 instruments; first day of the month after 60 days | 40 instruments; first day of \
month 6 after | 55 instruments; at least 55% of emissions; 30 days | all of Annex2; 180 days | … ; not before 2 years \
after opening | … ; including organisations

Signatories and contracting participants are counted as of the last act, parties as of --on. Organisations are among \
them, but their instruments do not add to a count unless the clause says so. Acts that come with the program are used \
only where a table cannot show them, and counted apart: states that no longer exist, a first consent of a participant \
that came back, withdrawals that are kept in footnotes.

Exit codes: 0 clean, 1 rows could not be used or name nobody, 2 unusable input, nothing usable in it, or an unknown \
treaty.";

/// A report with what could not be used of the source.
#[derive(Serialize)]
struct Answer {
    #[serde(flatten)]
    report: Report,
    rows: u64,
    used: u64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rejected: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    caveats: Vec<String>,
    /// What the acts come from, in a sentence.
    #[serde(skip)]
    origin: &'static str,
}

impl Args {
    /// Whether stdout is to hold one JSON document.
    pub(super) fn prints_json(&self) -> bool {
        self.format == Format::Json
    }
}

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    let on = args.on.map_or_else(today, Ok)?;
    let answer = answer(args, on, output)?;
    match args.format {
        Format::Json => output.json(&answer)?,
        Format::Human => print::print(&answer, output)?,
    }
    Ok(if answer.rejected.is_empty() {
        Exit::Clean
    } else {
        Exit::Findings
    })
}

fn answer(args: &Args, on: NaiveDate, output: &Output) -> Result<Answer> {
    let clause = args.in_force_when.as_deref().map(clause).transpose()?;
    let Read {
        mut source,
        rows,
        used,
        mut rejected,
        origin,
    } = read::treaty(
        &args.treaty,
        Asked {
            id: args.id.as_deref(),
            has_acts: !args.acts.is_empty(),
            table_only: args.table_only,
            has_clause: clause.is_some(),
        },
        output,
    )?;
    let acts = read::acts(&args.acts, source.id.as_deref(), output)?;
    rejected.extend(acts.rejected);
    source.acts = acts.acts;
    anything_to_say(&source, &args.treaty, &rejected)?;
    let is_own = clause.is_none();
    source.clause = clause.or(source.clause);
    source.notice = args.notice.map(Into::into);
    source.excluded = args
        .exclude
        .iter()
        .map(|code| excluded(code))
        .collect::<Result<_>>()?;
    source.facts = rule::weights(&args.weights, Others::Nothing)?;
    source.table_only = args.table_only;
    let assembled = source.assemble(Collection::embedded());
    rejected.extend(names(&assembled, is_own)?);
    let report = Report::new(&assembled, on);
    Ok(Answer {
        caveats: print::caveats(&report, origin, on),
        report,
        rows,
        used,
        rejected,
        origin,
    })
}

/// Nothing can be said of a treaty without an act of its participants that was read: the built-in acts
/// alone are not an answer, except for treaties that need no table.
fn anything_to_say(source: &Source, name: &str, rejected: &[String]) -> Result<()> {
    let id = source.id.as_deref().unwrap_or_default();
    let needs_none = !source.has_table && practice::built_in(id).is_some();
    if needs_none || !(source.actions.is_empty() && source.acts.is_empty()) {
        return Ok(());
    }
    let text = format!("{name}: no act of a participant, so nothing can be said of the treaty");
    let first = rejected.first().cloned();
    Err(Failure::new(text).with_help(first.unwrap_or_else(|| "supply acts with --acts".to_owned())))
}

/// A participant given with `--exclude`.
fn excluded(text: &str) -> Result<StateCode> {
    let code = input::state(text)?;
    if entity(code).is_some() {
        return Ok(code);
    }
    Err(
        Failure::new(format!("--exclude: unknown participant `{text}`"))
            .with_help("`plenary resolve` finds the code of a name"),
    )
}

/// The names in the clause that nothing is known by. A clause of the command line has to have none; what the clause of
/// a document calls by an unknown name leaves the answer open, and is listed.
fn names(assembled: &Assembled, is_own: bool) -> Result<Vec<String>> {
    let Some(clause) = &assembled.treaty.clause else {
        return Ok(Vec::new());
    };
    if let (Some(NotBefore::AfterOpening(_)), None) = (clause.not_before, assembled.treaty.opened) {
        return Err(Failure::new(format!(
            "`{clause}`: the day on which the treaty was opened for signature is not known"
        ))
        .with_help("write the day instead, such as `not before 2001-09-24`"));
    }
    let requirement = &clause.requirement;
    if let Some(code) = strangers(requirement).first() {
        return Err(
            Failure::new(format!("`{clause}`: unknown participant `{code}`"))
                .with_help("`plenary resolve` finds the code of a name"),
        );
    }
    let unknown = unknown_names(requirement, [&assembled.treaty.facts]).into_iter();
    let unknown: Vec<_> = unknown
        .map(|mut name| {
            name.nearest = name.nearest.take().or_else(|| nearest_of_treaties(&name));
            name.to_string()
        })
        .collect();
    match unknown.first() {
        Some(first) if !is_own => Err(Failure::new(format!("`{clause}`: {first}"))
            .with_help("weights are given with --weights, the members of a group in the clause: all of {FRA, GBR}")),
        _ => Ok(unknown),
    }
}

/// The most similar name that a treaty of the collection has.
fn nearest_of_treaties(unknown: &UnknownName) -> Option<Name> {
    let facts = Collection::embedded().treaties().iter().map(|t| &t.facts);
    let names = facts.flat_map(|facts| -> Vec<&str> {
        match unknown.kind {
            NameKind::Table => facts.tables().map(|(name, _)| name.as_str()).collect(),
            _ => facts.groups().map(|(name, _)| name.as_str()).collect(),
        }
    });
    nearest(unknown.name.as_str(), names)?.parse().ok()
}

/// The codes in a clause that nobody has.
fn strangers(requirement: &Requirement) -> Vec<StateCode> {
    let groups = requirement
        .parts()
        .into_iter()
        .filter_map(|part| match part {
            Requirement::Compare(comparison) => comparison.group.as_ref(),
            Requirement::Among(group, _) | Requirement::Without(group, _) => Some(group),
            _ => None,
        });
    let listed = groups.flat_map(|group| match group {
        GroupRef::Listed(codes) => codes.as_slice(),
        GroupRef::Named(_) => &[],
    });
    listed
        .copied()
        .filter(|code| entity(*code).is_none())
        .collect()
}

fn clause(text: &str) -> Result<Clause> {
    text.parse().map_err(|error| {
        Failure::new(format!(
            "`{text}` is not an entry-into-force clause: {error}"
        ))
        .with_help("a clause reads like \"20 instruments; 30 days\": see `plenary treaty --help`")
    })
}
