//! [`votes`]: rows of ballots or of decisions.

mod coding;
mod columns;
mod found;
mod rollcall;
#[cfg(feature = "parquet")]
mod stored;
mod wide;

use std::cmp::Ordering;
use std::path::PathBuf;
use std::str::FromStr;

use plenary_analysis::table::{Cell, Column, Table};
use plenary_types::{many, thousands};
use serde::Serialize;

use self::columns::{Columns, Line};
use self::found::FoundVotes;
use super::DecisionSettings;
use crate::{Error, Input, Refusal};

pub use coding::{ChoiceCoding, ChoiceCodingError};
pub use rollcall::{RollCall, roll_call};

/// Which decisions and ballots are listed, and how.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct VotesSettings {
    /// Which decisions, and whose ballots.
    pub selection: DecisionSettings,
    /// Only decisions with one of these verdicts; all where none is named.
    pub verdicts: Vec<VoteVerdict>,
    /// What a row is; by default a ballot where participants or groups are named, else a decision.
    pub rows: Option<VoteRows>,
    /// A table of the choices of participants on votes, in place of a row for each ballot.
    pub wide: Option<WideRows>,
    /// The columns; in a wide table, those before the choices.
    pub columns: VoteColumns,
    /// By which columns the rows are sorted, the first before the others; by default they stand as the inputs have them, ballots by
    /// participant.
    pub sort: Vec<SortColumn>,
    /// The most rows.
    pub limit: Option<usize>,
    /// Numbers in place of the words for choices.
    pub coding: Option<ChoiceCoding>,
}

impl VotesSettings {
    /// What a row of the list is; those of a wide table are made of ballots.
    const fn row_kind(&self) -> VoteRows {
        match (self.wide, self.rows) {
            (None, Some(rows)) => rows,
            (None, None) if !self.selection.asks_for_some() => VoteRows::Decisions,
            _ => VoteRows::Ballots,
        }
    }
}

/// What a row of a list of votes is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum VoteRows {
    /// A decision, with its result.
    Decisions,
    /// A ballot.
    Ballots,
}

/// What the rule of a decision makes of the votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum VoteVerdict {
    /// It is adopted.
    Adopted,
    /// It is rejected.
    Rejected,
    /// What is known of the vote does not decide it.
    Undecidable,
}

impl VoteVerdict {
    /// Its word in the column `verdict`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Adopted => "adopted",
            Self::Rejected => "rejected",
            Self::Undecidable => "undecidable",
        }
    }
}

/// What a row of a wide table is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum WideRows {
    /// A vote: its participants are columns.
    #[default]
    Votes,
    /// A participant: the votes are columns.
    Participants,
}

/// Which columns a list of votes has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum VoteColumns {
    /// All that an analyst uses.
    #[default]
    Usual,
    /// A few, for people.
    Brief,
    /// These.
    Named(Vec<String>),
}

/// A column by which rows are sorted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SortColumn {
    /// Its name.
    pub name: String,
    /// Whether the greatest come first.
    pub is_descending: bool,
}

impl FromStr for SortColumn {
    type Err = Error;

    /// Reads the name of a column; with a minus before it the greatest come first.
    fn from_str(text: &str) -> Result<Self, Error> {
        let (name, is_descending) = match text.strip_prefix('-') {
            Some(name) => (name, true),
            None => (text, false),
        };
        if name.is_empty() {
            return Err(Refusal::new("the name of a column to sort by is missing").into());
        }
        Ok(Self {
            name: name.to_owned(),
            is_descending,
        })
    }
}

/// Decisions or ballots. It serialises as its table.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
#[non_exhaustive]
pub struct VoteTable {
    /// The table, with its metadata.
    pub table: Table,
    /// How many rows there are, of which the table may have fewer.
    #[serde(skip)]
    pub rows: usize,
    /// What limits it.
    #[serde(skip)]
    pub warnings: Vec<String>,
    /// Files that were read beside the inputs.
    #[serde(skip)]
    pub beside: Vec<PathBuf>,
}

/// Lists the selected decisions of some inputs, or the ballots on them. A vote that several inputs have is listed once.
///
/// ```
/// use plenary::{Input, VotesSettings, votes};
///
/// let text = "undl_id,ms_code,ms_name,ms_vote,date,session,resolution\n\
///             1,PER,PERU,Y,2018-12-19,73,A/RES/73/195\n\
///             1,HUN,HUNGARY,N,2018-12-19,73,A/RES/73/195\n";
/// let mut settings = VotesSettings::default();
/// settings.selection.states = vec!["Peru".to_owned()];
/// let list = votes([Input::bytes("votes.csv", text)], &settings)?;
/// let cell = |name| list.table.column(name).map(|column| column.cell(0).to_string());
/// assert_eq!(list.table.len(), 1);
/// assert_eq!(cell("choice").as_deref(), Some("yes"));
/// assert_eq!(cell("cow").as_deref(), Some("135"));
/// assert_eq!(cell("counted_no").as_deref(), Some("1"));
/// # Ok::<(), plenary::Error>(())
/// ```
///
/// # Errors
///
/// [`Error`] when an input cannot be used, a participant, a group or a column is not known, or nothing is selected.
pub fn votes<I: Into<Input>>(
    inputs: impl IntoIterator<Item = I>,
    settings: &VotesSettings,
) -> Result<VoteTable, Error> {
    let rows = settings.row_kind();
    // A column that is not known is refused before anything is read.
    Columns::new(settings, rows)?;
    let with_ballots = rows == VoteRows::Ballots || settings.selection.asks_for_some();
    list(
        FoundVotes::read(inputs, &settings.selection, with_ballots)?,
        settings,
    )
}

/// The list of what is found.
fn list(mut found: FoundVotes, settings: &VotesSettings) -> Result<VoteTable, Error> {
    let rows = settings.row_kind();
    let columns = Columns::new(settings, rows)?;
    found.keep_verdicts(&settings.verdicts)?;
    let mut shaped = match settings.wide {
        Some(wide) => wide::table(&found, wide, settings, &columns)?,
        None => long(&found, rows, settings, &columns)?,
    };
    found.warnings.append(&mut shaped.warnings);
    let counts = counted(shaped.table.len(), shaped.rows, shaped.unit);
    let metadata = found.metadata.into_iter().chain([("rows", counts)]);
    let metadata = metadata.chain(shaped.metadata);
    Ok(VoteTable {
        table: metadata.fold(shaped.table, |table, (key, value)| table.with(key, value)),
        rows: shaped.rows,
        warnings: found.warnings,
        beside: found.beside,
    })
}

/// A table in its shape.
struct Shaped {
    table: Table,
    /// How many rows there are before the limit.
    rows: usize,
    /// What a row is.
    unit: &'static str,
    metadata: Vec<(&'static str, String)>,
    warnings: Vec<String>,
}

fn counted(shown: usize, all: usize, unit: &str) -> String {
    match shown == all {
        true => many(all as u64, unit),
        false => format!("{} of {}", thousands(shown as u64), many(all as u64, unit)),
    }
}

fn long(
    found: &FoundVotes,
    rows: VoteRows,
    settings: &VotesSettings,
    columns: &Columns,
) -> Result<Shaped, Error> {
    let lines: Vec<Line> = match rows {
        VoteRows::Ballots => {
            let ballots = (0..).zip(&found.ballots);
            ballots
                .map(|(at, ballot)| Line {
                    decision: ballot.decision,
                    ballot: Some(at),
                })
                .collect()
        }
        VoteRows::Decisions => found
            .listed_decisions()
            .map(|decision| Line {
                decision,
                ballot: None,
            })
            .collect(),
    };
    let unit = match rows {
        VoteRows::Ballots => "ballot",
        VoteRows::Decisions => "decision",
    };
    if lines.is_empty() {
        return Err(nothing(found, settings).into());
    }
    let all = lines.len();
    let chosen = sorted(&lines, &settings.sort, settings.limit, |name, lines| {
        columns.make(name, found, lines)
    })?;
    let mut warnings = Vec::new();
    if let Some(coding) = &settings.coding {
        let choices = chosen.iter().filter_map(|line| found.ballot(line));
        warnings.extend(coding.uncoded(choices.map(|ballot| ballot.choice)));
    }
    let mut metadata = Vec::new();
    if let Some(coding) = &settings.coding {
        metadata.push(("choices", coding.to_string()));
    }
    if columns.has("group") {
        metadata.push(("groups", found.grouped_by()));
    }
    Ok(Shaped {
        table: columns.table(found, &chosen, settings.coding.as_ref()),
        rows: all,
        unit,
        metadata,
        warnings,
    })
}

fn nothing(found: &FoundVotes, settings: &VotesSettings) -> Refusal {
    if settings.selection.asks_for_groups() && found.has_undated {
        let reason = "the selected decisions have no day, so that nobody's group is known";
        let help = "use a source with days, or name the participants";
        return Refusal::new(reason).with_help(help).by_setting(["states"]);
    }
    let mut of = vec!["states", "group", "only"];
    of.retain(|_| settings.selection.asks_for_some());
    let reason = match settings.selection.asks_for_some() {
        true => "none of these participants has a ballot on a selected decision",
        false => "no selected decision has a list of ballots",
    };
    Refusal::new(reason)
        .with_help("widen the selection, or list the decisions")
        .by_setting(of)
}

/// The rows in their order, as many as are wanted. `make` makes a column of rows.
fn sorted<T: Copy>(
    lines: &[T],
    sort: &[SortColumn],
    limit: Option<usize>,
    make: impl Fn(&str, &[T]) -> Result<Column, Error>,
) -> Result<Vec<T>, Error> {
    let mut order: Vec<usize> = (0..lines.len()).collect();
    // The sort is stable, so that the first column is the last to be sorted by.
    for by in sort.iter().rev() {
        let column = make(&by.name, lines)?;
        order.sort_by(|&one, &other| {
            let (one, other) = (column.cell(one), column.cell(other));
            match (one, other) {
                (Cell::Missing, Cell::Missing) => Ordering::Equal,
                (Cell::Missing, _) => Ordering::Greater,
                (_, Cell::Missing) => Ordering::Less,
                _ if by.is_descending => compared(other, one),
                _ => compared(one, other),
            }
        });
    }
    order.truncate(limit.unwrap_or(usize::MAX));
    let chosen = order.into_iter().filter_map(|at| lines.get(at));
    Ok(chosen.copied().collect())
}

/// Two values of one column: texts that are numbers, such as sessions, as numbers.
fn compared(one: Cell<'_>, other: Cell<'_>) -> Ordering {
    match (one, other) {
        (Cell::Text(one), Cell::Text(other)) => match (one.parse::<u32>(), other.parse::<u32>()) {
            (Ok(one), Ok(other)) => one.cmp(&other),
            (Ok(_), Err(_)) => Ordering::Less,
            (Err(_), Ok(_)) => Ordering::Greater,
            _ => one.cmp(other),
        },
        (Cell::Integer(one), Cell::Integer(other)) => one.cmp(&other),
        (Cell::Number(one), Cell::Number(other)) => one.total_cmp(&other),
        (Cell::Date(one), Cell::Date(other)) => one.cmp(&other),
        (Cell::Flag(one), Cell::Flag(other)) => one.cmp(&other),
        _ => Ordering::Equal,
    }
}
