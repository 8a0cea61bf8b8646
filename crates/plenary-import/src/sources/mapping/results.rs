//! The column of results of a mapped table: what came of votes, in words.

use chrono::Datelike;
use plenary_tables::{DateForm, DateOrder};
use plenary_types::{Finding, Place, many};

use super::definition::{Mapping, Role};
use crate::check::ReaderCheck;
use crate::csv::header::{Header, same_name};
use crate::csv::row;
use crate::csv::scan::Scan;
use crate::csv::table::Table;
use crate::fields::Fields;
use crate::results::{Day, Told, results_in};

/// The column of results of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    /// Its place.
    pub(super) at: usize,
}

/// The texts of the votes in a cell, and how many results are of no vote. A blank cell is that of a vote of which nothing is said.
pub(super) fn votes_in(cell: &str, mapping: &Mapping) -> (Vec<String>, u64) {
    let cell = cell.trim();
    let results = results_in(cell);
    if results.is_empty() || mapping.missing.iter().any(|word| word == cell) {
        return (vec![String::new()], 0);
    }
    let (no_votes, votes): (Vec<Told>, Vec<Told>) =
        results.into_iter().partition(|told| told.is_of_no_vote);
    let votes = votes.into_iter().map(|told| told.text).collect();
    (votes, no_votes.len() as u64)
}

/// Whether most filled cells of a table's column of results say at its beginning what came of a vote, or that there was none.
pub(crate) fn has_results(text: &[u8], header: &Header, mapping: &Mapping) -> bool {
    let Some(Column { at: column }) = Column::of(mapping, header) else {
        return false;
    };
    let (mut filled, mut understood, mut decided) = (0_usize, 0_usize, false);
    let (mut fields, mut at) = (Vec::new(), header.bytes);
    while at < text.len()
        && let Ok(next) = row::split(text, at, header.delimiter, true, &mut fields)
    {
        let value = fields.get(column).map(|span| row::unquote(span.of(text)));
        let value = value.unwrap_or_default();
        for told in results_in(&String::from_utf8_lossy(&value)) {
            filled += 1;
            understood += usize::from(told.is_understood());
            decided |= told.outcome.is_some();
        }
        at = next;
    }
    decided && understood * 4 >= filled * 3
}

impl Column {
    /// That of a table, where the mapping names one.
    pub(super) fn of(mapping: &Mapping, header: &Header) -> Option<Self> {
        let name = mapping.columns.of.get(&Role::Result)?;
        let at = header.columns.iter().position(|c| same_name(c, name))?;
        Some(Self { at })
    }

    /// How days in numbers are written in it, where they settle it.
    pub(super) fn dates(self, scan: &Scan) -> Option<DateForm> {
        let mut order = DateOrder::default();
        for group in &scan.groups {
            for told in results_in(&group.value(self.at)) {
                if let Some(Day::Numbers(text)) = told.day {
                    // Which century it is makes no difference to the order.
                    let last = text.get(text.len().saturating_sub(2)..).unwrap_or_default();
                    let text = Day::in_year(&text, Some(&format!("20{last}"))).unwrap_or_default();
                    order.add(u64::from(group.line), &text);
                }
            }
        }
        order.settle().ok()
    }

    /// What is left out of it: results that are of no vote, and words that are not understood.
    pub(super) fn findings(self, table: &Table, no_votes: u64, mapping: &Mapping) -> Vec<Finding> {
        let check = ReaderCheck::SourceLeavesOut;
        let mut findings = Vec::new();
        let place = Place::new(&*table.path);
        if no_votes > 0 {
            let results = many(no_votes, "result");
            let message = format!(
                "{results} of the column are of no vote, such as a statement, a letter, an election or `--`, and are left out"
            );
            findings.push(check.finding(message, place));
        }
        let name = mapping.name_of(Role::Result);
        let of_years = mapping.name_of(Role::Date);
        let heading = table.header.columns.get(self.at);
        let at_column = |place: Place| match heading {
            Some(heading) => place.with_field(&**heading),
            None => place,
        };
        let contrary = table.votes().filter(|vote| {
            let year = vote.get(of_years);
            let told = results_in(&vote.get(name)).into_iter().next();
            let is_year = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
            matches!(told.and_then(|told| told.day), Some(Day::Known(day)) if is_year && day.year().to_string() != *year)
        });
        let contrary: Vec<_> = contrary
            .map(|vote| (vote.place(), vote.get(name).into_owned()))
            .collect();
        let contradictions = many(contrary.len() as u64, "result");
        if let Some((place, cell)) = contrary.into_iter().next() {
            let message = format!(
                "the day in the words is not in the year of the column of dates, which is kept: {contradictions} of this kind"
            );
            findings.push(check.finding(message, at_column(place)).with_found(cell));
        }
        let (mut count, mut first) = (0_u64, None);
        for vote in table.votes() {
            let cell = vote.get(name).into_owned();
            let results = results_in(&cell);
            if results.iter().any(|told| !told.is_understood()) {
                count += 1;
                first.get_or_insert((vote.place(), cell));
            }
        }
        if let Some((place, cell)) = first {
            let results = many(count, "result");
            let message = format!(
                "the words do not say what came of the vote; they are kept as a note: {results} of this kind"
            );
            findings.push(check.finding(message, at_column(place)).with_found(cell));
        }
        findings
    }
}
