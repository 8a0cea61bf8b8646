//! The rows of a typed table, one state each.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use plenary_types::{
    Ballots, Choice, Field, Finding, Locus, Origin, Place, Roll, RollEntry, Total,
};

use super::block::Block;
use crate::check::note;
use crate::csv::choices::{Reading, Words};
use crate::csv::row::{self, Fault, Span};
use crate::error::{Rejected, syntax};
use crate::names::{self, Identified, Printed};
use crate::{ImportError, ReaderCheck};

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

fn words() -> Words {
    let full = Choice::ALL.map(|choice| (choice.as_str(), choice));
    let letters = [
        ("Y", Choice::Yes),
        ("N", Choice::No),
        ("A", Choice::Abstain),
        ("X", Choice::NonVoting),
        ("NV", Choice::NonVoting),
        ("absent", Choice::NonVoting),
        ("abstention", Choice::Abstain),
    ];
    Words::new(full.into_iter().chain(letters))
}

pub(super) fn read(
    path: &str,
    text: &str,
    block: &Block,
    day: Option<NaiveDate>,
) -> Result<Rows, ImportError> {
    let words = words();
    let rows = text.get(block.bytes..).unwrap_or_default().as_bytes();
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
    let (mut at, mut line, mut count) = (0, block.line, 0);
    let mut fields = Vec::new();
    while at < rows.len() {
        let next = match row::blank_line(rows, at, true) {
            Some(next) => next,
            None => {
                let next = row::split(rows, at, block.header.delimiter, true, &mut fields)
                    .map_err(|fault| broken(path, line, fault))?;
                if !row::is_blank(rows, &fields) {
                    count += 1;
                    let fields = &fields;
                    let text = rows;
                    table.row(&Row { text, fields, line });
                }
                next
            }
        };
        line += row::line_ends(rows.get(at..next).unwrap_or_default());
        at = next;
    }
    let of_table = table.of_unnamed_columns();
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

fn broken(path: &str, line: u64, fault: Fault) -> ImportError {
    if fault == Fault::TooLong {
        return syntax(path, line, &row::too_long(), row::MEND_TOO_LONG);
    }
    let help = "close each quote, and double quotes inside fields";
    syntax(path, line, "the quotes of this row do not match", help)
}

struct Reader<'a> {
    path: &'a str,
    block: &'a Block,
    day: Option<NaiveDate>,
    words: Words,
    entries: Vec<RollEntry>,
    choices: Vec<Choice>,
    lines: Vec<u64>,
    rejected: Vec<Rejected>,
    findings: Vec<Finding>,
    /// The columns without a heading that hold something.
    unnamed: BTreeSet<usize>,
}

/// A row as it stands in the file.
struct Row<'a> {
    text: &'a [u8],
    fields: &'a [Span],
    /// The line in which it begins.
    line: u64,
}

impl Row<'_> {
    fn value(&self, column: usize) -> String {
        let span = self.fields.get(column).copied().unwrap_or_default();
        let value = row::unquote(span.of(self.text));
        String::from_utf8_lossy(&value).trim().to_owned()
    }

    /// How many fields it has; what a spreadsheet leaves empty beyond the width of a table is none.
    fn count(&self, width: usize) -> usize {
        let mut columns = 0..self.fields.len();
        let last = columns.rfind(|&column| !self.value(column).is_empty());
        let filled = last.map_or(0, |last| last + 1);
        filled.max(width).min(self.fields.len())
    }

    /// All of it.
    fn whole(&self) -> Cow<'_, str> {
        let ends = self.fields.first().zip(self.fields.last());
        let (start, end) = ends.map_or((0, 0), |(first, last)| (first.start, last.end));
        String::from_utf8_lossy(Span { start, end }.of(self.text))
    }

    /// The line and the character in it at which a field begins.
    fn start_of(&self, column: usize) -> (u64, u64) {
        let start = self.fields.first().map_or(0, |field| field.start);
        let end = self.fields.get(column).map_or(start, |field| field.start);
        let before = Span { start, end }.of(self.text);
        let in_line = before.rsplit(|&byte| byte == b'\n').next();
        let in_line = String::from_utf8_lossy(in_line.unwrap_or_default());
        let line = self.line + row::line_ends(before);
        (line, in_line.chars().count() as u64 + 1)
    }
}

impl Reader<'_> {
    fn row(&mut self, row: &Row<'_>) {
        let (width, block) = (self.block.width(), self.block);
        let count = row.count(width);
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
            return self.reject(row, Some(block.state), "the row names no state", help);
        }
        let Some(reading) = self.words.read(&vote) else {
            let help = format!("expected {}", self.words.list());
            return self.reject(row, Some(block.vote), "this is no vote", help);
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
                ..note(ReaderCheck::UnknownColumn, message, place)
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
        let place = Place {
            column: Some(character),
            ..self.place(line, column)
        };
        let value = column.map_or_else(|| row.whole(), |column| Cow::Owned(row.value(column)));
        self.rejected.push(Rejected {
            place,
            value: row::excerpt(value.as_bytes()),
            reason: reason.to_owned(),
            help,
        });
    }

    fn place(&self, line: u64, column: Option<usize>) -> Place {
        let heading = column.and_then(|column| self.block.header.columns.get(column));
        Place {
            path: Some(self.path.to_owned()),
            line: Some(line),
            column: None,
            field: heading.map(ToString::to_string),
        }
    }
}

/// Where the parts of a typed vote stand.
pub(super) struct TypedOrigin {
    path: String,
    keys: Vec<(String, u64)>,
    state: String,
    vote: String,
    header: u64,
    lines: Vec<u64>,
}

impl TypedOrigin {
    pub(super) fn new(path: &str, block: &Block, lines: Vec<u64>) -> Self {
        let column = |at: usize| {
            block
                .header
                .columns
                .get(at)
                .map(ToString::to_string)
                .unwrap_or_default()
        };
        Self {
            path: path.to_owned(),
            keys: block
                .lines
                .iter()
                .map(|line| (line.key.clone(), line.number))
                .collect(),
            state: column(block.state),
            vote: column(block.vote),
            header: block.line.saturating_sub(1),
            lines,
        }
    }
}

const fn key(field: Field) -> &'static str {
    match field {
        Field::Title => "title",
        Field::Symbol(_) => "symbol",
        Field::Outcome => "outcome",
        Field::Body => "body",
        Field::Date => "date",
        Field::Session => "session",
        Field::Meeting => "meeting",
        Field::Draft(_) => "draft",
        Field::CommitteeReport => "committee-report",
        Field::Mode => "mode",
        Field::Rule => "rule",
        Field::Source(_) => "source",
        Field::Note(_) => "note",
        Field::Announced(Total::Yes) => "yes",
        Field::Announced(Total::No) => "no",
        Field::Announced(Total::Abstain) => "abstain",
        Field::Announced(Total::NonVoting) => "non-voting",
        Field::Announced(Total::Members) => "members",
        _ => "",
    }
}

impl Origin for TypedOrigin {
    fn place(&self, locus: Locus) -> Place {
        let of_ballot = |at: usize, column: &String| {
            let line = self.lines.get(at).copied().unwrap_or(self.header);
            (Some(line), column.clone())
        };
        let (line, field) = match locus.field {
            Field::Choice(at) => of_ballot(at, &self.vote),
            Field::Name(at) => of_ballot(at, &self.state),
            Field::Ballots => (Some(self.header), self.vote.clone()),
            field => {
                let key = key(field);
                let line = self
                    .keys
                    .iter()
                    .find(|(known, _)| known == key)
                    .map(|(_, line)| *line);
                (Some(line.unwrap_or(1)), key.to_owned())
            }
        };
        Place {
            path: Some(self.path.clone()),
            line,
            column: None,
            field: Some(field).filter(|field| !field.is_empty()),
        }
    }
}
