//! [`ResolveReport`]: what became of the keys of a column.

use plenary_types::{Date, StateCode};
use serde::Serialize;

use super::Candidate;

/// What became of the rows and the keys of a column: `rows = matched + unmatched + left_out`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ResolveReport {
    /// How many rows the table has.
    pub rows: u64,
    /// How many rows mean one state, area or organisation.
    pub matched: u64,
    /// How many do not.
    pub unmatched: u64,
    /// How many cannot be taken apart, and are in no result.
    pub left_out: u64,
    /// How the rows match, in the words of the column `match`.
    pub by_match: Vec<ResolveCounts>,
    /// The keys of rows that do not match.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unmatched_keys: Vec<UnmatchedKey>,
    /// Several keys of one date that mean one state.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub many_to_one: Vec<ManyToOne>,
    /// How many rows have a key and a date that a row before them has.
    pub repeated: u64,
    /// The keys of rows that mean a territory, an organisation or a state without a seat on the date.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub without_seat: Vec<SeatlessKey>,
    /// States that have no code of a system that was asked for, or two within the date.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub without_code: Vec<NoCode>,
}

/// How many rows match in a way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ResolveCounts {
    /// The word of the column `match`.
    #[serde(rename = "match")]
    pub matched_as: &'static str,
    /// The rows.
    pub rows: u64,
}

/// A key that does not match.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct UnmatchedKey {
    /// The key as it stands.
    pub key: String,
    /// Why: the word of the column `match`.
    #[serde(rename = "match")]
    pub matched_as: &'static str,
    /// How many rows.
    pub rows: u64,
    /// The lines of the first of them.
    pub lines: Vec<u64>,
    /// The date of the first of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Who may be meant there, of the first hundred keys.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<Candidate>,
}

/// Several keys of one date that mean one state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ManyToOne {
    /// The state.
    pub code: StateCode,
    /// The keys.
    pub keys: Vec<String>,
    /// On how many dates.
    pub dates: u64,
    /// The first of them; nothing where the rows have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// A line of each key on that date.
    pub lines: Vec<u64>,
}

/// A key that means no holder of a seat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SeatlessKey {
    /// The key as it stands.
    pub key: String,
    /// Whom it means.
    pub code: StateCode,
    /// What that is: `state`, `territory` or `organisation`.
    pub kind: &'static str,
    /// What it is in the body on the date of the first row: the word of the column `seat`.
    pub seat: String,
    /// How many rows.
    pub rows: u64,
    /// The lines of the first of them.
    pub lines: Vec<u64>,
}

/// A state without one code of a system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NoCode {
    /// The system.
    pub system: &'static str,
    /// The state.
    pub code: StateCode,
    /// How many rows.
    pub rows: u64,
    /// Whether it has one code on the first and another on the last day of the date.
    pub changes_within: bool,
}
