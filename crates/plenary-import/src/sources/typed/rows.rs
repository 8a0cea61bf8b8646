//! The rows of a typed table, one state each.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use plenary_tables::{self as tables, Row};
use plenary_types::{Ballots, Choice, Field, Finding, Place, Roll, RollEntry};

use super::block::Block;
use crate::check::ReaderCheck;
use crate::csv::choices::{Reading, Words};
use crate::csv::row;
use crate::error::{ImportError, Rejected};
use crate::fields::{FIELDS, plain_name};
use crate::names::{self, Identified, Printed};
use crate::origin::Places;
use crate::texts::NOT_A_VOTE;

/// What the rows came to.
pub(super) struct Rows {
    pub(super) ballots: Ballots,
    pub(super) lines: Vec<u64>,
    pub(super) rejected: Vec<Rejected>,
    pub(super) findings: Vec<Finding>,
    /// What is odd about the table as a whole.
    pub(super) of_table: Vec<Finding>,
    pub(super) count: u64,
}

/// The words of documents and the letters of the Library; every other word that is known is understood without a note.
pub(super) const WORDS: &[(&str, Choice)] = &[
    ("yes", Choice::Yes),
    ("no", Choice::No),
    ("abstain", Choice::Abstain),
    ("non-voting", Choice::NonVoting),
    ("not-eligible", Choice::NotEligible),
    ("Y", Choice::Yes),
    ("N", Choice::No),
    ("A", Choice::Abstain),
    ("X", Choice::NonVoting),
    ("NV", Choice::NonVoting),
];

pub(super) fn read(
    path: &str,
    text: &str,
    block: &Block,
    words: &Words,
    day: Option<NaiveDate>,
) -> Result<Rows, ImportError> {
    let mut table = Reader {
        path,
        block,
        day,
        words,
        entries: Vec::new(),
        choices: Vec::new(),
        lines: Vec::new(),
        rejected: Vec::new(),
        findings: Vec::new(),
        unnamed: BTreeSet::new(),
    };
    let mut count = 0;
    for row in tables::Rows::new(
        text.as_bytes(),
        block.header.delimiter,
        block.bytes,
        block.line,
    ) {
        count += 1;
        table.row(&row.map_err(|broken| ImportError::from_row(broken, path))?);
    }
    let of_table = table.of_unnamed_columns();
    debug_assert_eq!(table.entries.len(), table.choices.len());
    let roll = Arc::new(Roll::new(table.entries));
    let ballots =
        Ballots::new(roll, table.choices).unwrap_or_else(|_| std::iter::empty().collect());
    Ok(Rows {
        ballots,
        lines: table.lines,
        rejected: table.rejected,
        findings: table.findings,
        of_table,
        count,
    })
}

struct Reader<'a> {
    path: &'a str,
    block: &'a Block,
    day: Option<NaiveDate>,
    words: &'a Words,
    entries: Vec<RollEntry>,
    choices: Vec<Choice>,
    lines: Vec<u64>,
    rejected: Vec<Rejected>,
    findings: Vec<Finding>,
    /// The columns without a heading that hold something.
    unnamed: BTreeSet<usize>,
}

/// How many fields a row has; what a spreadsheet leaves empty beyond the width of a table is none.
fn filled(row: &Row<'_>, width: usize) -> usize {
    let last = (0..row.len()).rfind(|&column| !row.value(column).is_empty());
    let filled = last.map_or(0, |last| last + 1);
    filled.max(width).min(row.len())
}

impl Reader<'_> {
    fn row(&mut self, row: &Row<'_>) {
        let (width, block) = (self.block.width(), self.block);
        let count = filled(row, width);
        if count != width {
            let reason = format!("the row has {count} fields, the header {width}");
            let help = row::mend_fields(count, width).to_owned();
            return self.reject(row, None, &reason, help);
        }
        let columns = block.header.columns.iter().enumerate();
        let unnamed = columns.filter(|(at, name)| name.is_empty() && !row.value(*at).is_empty());
        self.unnamed.extend(unnamed.map(|(at, _)| at));
        let (state, vote) = (row.value(block.state), row.value(block.vote));
        let name = block.name.map(|column| row.value(column));
        let name = name.unwrap_or_default();
        if state.is_empty() && name.is_empty() {
            let help = "write a code such as `PER`, or a name".to_owned();
            return self.reject(row, Some(block.state), "the row names no voter", help);
        }
        let Some(reading) = self.words.read(&vote) else {
            let words = self.words.list();
            if vote.trim().is_empty() {
                let help = format!("fill in the vote ({words}), or remove the row");
                return self.reject(row, Some(block.vote), "the vote is blank", help);
            }
            let help = format!("expected {words}");
            return self.reject(row, Some(block.vote), NOT_A_VOTE, help);
        };
        let (Reading::Plain(choice) | Reading::Sloppy(choice) | Reading::Foreign(choice)) = reading;
        let found = if self.block.name.is_some() {
            names::identify(
                Printed {
                    code: &state,
                    name: &name,
                },
                self.day,
            )
        } else {
            names::identify_text(&state, self.day)
        };
        self.note_contradiction(row.line, &found);
        self.entries.push(found.entry);
        self.choices.push(choice);
        self.lines.push(row.line);
    }

    /// That what stands below no heading is not kept.
    fn of_unnamed_columns(&self) -> Vec<Finding> {
        let finding = |column: &usize| {
            let message = format!(
                "column {} has no heading; what is in it is not kept",
                column + 1
            );
            let place = self.place(self.block.line.saturating_sub(1), None);
            Finding {
                help: Some("take the column away".to_owned()),
                ..ReaderCheck::UnknownColumn.finding(message, place)
            }
        };
        self.unnamed.iter().map(finding).collect()
    }

    fn note_contradiction(&mut self, line: u64, found: &Identified) {
        if let Some(contradiction) = &found.contradiction {
            let place = self.place(line, Some(self.block.state));
            let finding = contradiction.finding(&found.entry, place);
            self.findings.push(finding);
        }
    }

    /// Rejects a row for what stands in a column, or as a whole.
    fn reject(&mut self, row: &Row<'_>, column: Option<usize>, reason: &str, help: String) {
        let (line, character) = row.start_of(column.unwrap_or(0));
        let value = column.map_or(Cow::Borrowed(row.whole()), |column| row.value(column));
        self.rejected.push(Rejected {
            place: self.place(line, column).with_column(character),
            value: row::excerpt(value.as_bytes()),
            reason: reason.to_owned(),
            help,
            record: None,
        });
    }

    fn place(&self, line: u64, column: Option<usize>) -> Place {
        let heading = column.and_then(|column| self.block.header.columns.get(column));
        Place {
            field: heading.map(ToString::to_string),
            ..Place::new(self.path).with_line(line)
        }
    }
}

/// Where the parts of a typed vote stand. A fact that is not given would stand on the first line.
pub(super) fn places(path: &str, block: &Block, lines: &[u64]) -> Places {
    let heading = |at: usize| block.header.columns.get(at).map_or("", |heading| heading);
    let (state, vote) = (heading(block.state), heading(block.vote));
    let mut places = Places::new(path, 1);
    for field in FIELDS.into_iter().chain([Field::Rule, Field::Note(0)]) {
        if let Some(key) = plain_name(field) {
            let line = block.lines.iter().find(|line| line.key == key);
            places.note(field, line.map_or(1, |line| line.number), key);
        }
    }
    places.note(Field::Ballots, block.line.saturating_sub(1), vote);
    for line in lines {
        places.note_ballot([(*line, state), (*line, vote)]);
    }
    places
}
