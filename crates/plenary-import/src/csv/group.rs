//! [`Group`]: the rows of one vote.

use std::borrow::Cow;

use plenary_types::{Choice, Invariant};
use rustc_hash::FxHashSet;

use super::ballot_lines::BallotLines;
use super::layout::{Layout, Role};
use super::names::Names;
use super::row::{self, Span};
use super::small;
use super::texts::Texts;

/// The rows of one vote.
#[derive(Debug, Default)]
pub(crate) struct Group {
    /// Its first row, as it stands in the file.
    pub(crate) first: Box<str>,
    pub(crate) fields: Box<[Span]>,
    pub(super) constants: Box<[Span]>,
    pub(super) line_ends: u32,
    /// The line of its first row.
    pub(crate) line: u32,
    /// Which of [`Scan::rolls`] its list is, once they have been gathered.
    pub(crate) roll: u32,
    /// The names on its list, as long as the lists have not been gathered.
    pub(super) who: Vec<u32>,
    /// For each ballot what was chosen, and its line.
    pub(crate) choices: Vec<Choice>,
    pub(crate) lines: BallotLines,
    /// Fields of rows that differ from what the vote is taken to say.
    pub(crate) differing: Vec<Differing>,
    /// What most rows say in fields in which the first one says something else.
    pub(super) settled: Vec<(usize, Box<str>)>,
    /// Votes in other capitals or words.
    pub(crate) sloppy: Vec<Sloppy>,
    /// In a table of voters in rows, its column.
    pub(crate) column: Option<u32>,
    /// How many voters are left out because their word stands for several things.
    pub(crate) unclear: u32,
    /// What those chose whose ballots were taken off the list, as they vote on nothing.
    pub(crate) no_voters: Vec<Choice>,
    /// Cells of a wide table that are no vote, with their columns.
    pub(crate) unread: Vec<Unread>,
    /// What stands in those fields and cells.
    pub(crate) texts: Texts,
    /// Whether a row of it was, or may have been, rejected, once the lists have been gathered.
    pub(crate) lost_a_row: bool,
}

/// A field in which a row differs from the first row of its vote, or from most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Differing {
    pub(crate) line: u32,
    pub(crate) column: u32,
    /// What it says, by its number in [`Group::texts`].
    pub(crate) value: u32,
}

/// A vote that is real but not written as the source writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sloppy {
    pub(crate) ballot: u32,
    /// What it says, by its number in [`Group::texts`].
    pub(crate) value: u32,
}

/// A cell of a wide table that does not hold a vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unread {
    pub(crate) line: u32,
    pub(crate) column: u32,
    /// What it says, by its number in [`Group::texts`].
    pub(crate) value: u32,
}

impl Group {
    /// A vote that is one row.
    pub(crate) fn of_row(row: &str, fields: Box<[Span]>, line: u64) -> Self {
        Self {
            line: small(line),
            first: row.into(),
            fields,
            ..Self::default()
        }
    }

    /// The same row as a vote of which a column says something else than its cell.
    pub(super) fn with_value(&self, column: usize, value: &str) -> Self {
        Self {
            line: self.line,
            first: self.first.clone(),
            fields: self.fields.clone(),
            settled: vec![(column, value.into())],
            ..Self::default()
        }
    }

    /// A vote that is a column, known by its heading, which is the value of a column behind those of the table.
    pub(super) fn of_column(heading: &str, column: usize, columns: usize) -> Self {
        Self {
            settled: vec![(columns, heading.into())],
            column: Some(small(column)),
            ..Self::default()
        }
    }

    /// Notes a cell that holds no vote.
    pub(super) fn note_unread(&mut self, line: u64, column: usize, value: &str) {
        self.unread.push(Unread {
            line: small(line),
            column: small(column),
            value: self.texts.add(value),
        });
    }

    /// Takes a ballot in.
    pub(super) fn push(&mut self, choice: Choice, line: u64) {
        self.choices.push(choice);
        self.lines.push(small(line));
    }

    pub(super) fn shift_lines(&mut self, lines: u64) {
        let base = small(lines);
        self.line = self.line.saturating_add(base);
        self.lines.shift(base);
        for differing in &mut self.differing {
            differing.line = differing.line.saturating_add(base);
        }
        for unread in &mut self.unread {
            unread.line = unread.line.saturating_add(base);
        }
    }

    /// Takes in rows of the same vote that were read by themselves.
    pub(super) fn continue_with(&mut self, mut next: Self, names: &Names, layout: &Layout) {
        for differing in self.differing_in(&mut next, names, layout) {
            let value = self.texts.add(next.texts.get(differing.value));
            self.differing.push(Differing { value, ..differing });
        }
        let before = small(self.choices.len());
        for sloppy in next.sloppy {
            self.sloppy.push(Sloppy {
                ballot: sloppy.ballot + before,
                value: self.texts.add(next.texts.get(sloppy.value)),
            });
        }
        self.unclear = self.unclear.saturating_add(next.unclear);
        self.who.extend(next.who);
        self.choices.extend(next.choices);
        self.lines.append(next.lines);
    }

    /// In which fields rows that go on this vote differ from its first row. They were compared with the first of their own, so
    /// where that one differs all do but those that differed from it.
    fn differing_in(&self, next: &mut Self, names: &Names, layout: &Layout) -> Vec<Differing> {
        let shared = layout.roles.iter().enumerate();
        let shared = shared.filter(|(_, role)| **role == Role::Shared);
        let apart = shared.filter(|(column, _)| self.value(*column) != next.value(*column));
        let apart: Vec<usize> = apart.map(|(column, _)| column).collect();
        let mut all = std::mem::take(&mut next.differing);
        if apart.is_empty() {
            return all;
        }
        let told: FxHashSet<(u32, u32)> = all
            .iter()
            .map(|differing| (differing.line, differing.column))
            .collect();
        all.retain(|differing| {
            *next.texts.get(differing.value) != *self.value(differing.column as usize)
        });
        let ends = |at: &u32| {
            names
                .list
                .get(*at as usize)
                .map_or(0, |name| name.line_ends)
        };
        let of_first = next.who.first().map_or(0, ends);
        for &column in &apart {
            let before = next.lines_before(column);
            let value = next.value(column).into_owned();
            let value = next.texts.add(&value);
            let after_name = layout.who().next().is_some_and(|name| name < column);
            for (ballot, name) in next.who.iter().enumerate() {
                let moved = match after_name {
                    true => (before + ends(name)).saturating_sub(of_first),
                    false => before,
                };
                let line = next.lines.get(ballot).unwrap_or(next.line) + moved;
                let column = small(column);
                if !told.contains(&(line, column)) {
                    all.push(Differing {
                        line,
                        column,
                        value,
                    });
                }
            }
        }
        all.sort_by_key(|differing| (differing.line, differing.column));
        all
    }

    /// Notes a vote that is not written as the source writes it; its ballot comes next.
    pub(super) fn note_word(&mut self, word: &str) {
        self.sloppy.push(Sloppy {
            ballot: small(self.choices.len()),
            value: self.texts.add(word),
        });
    }

    /// Notes that a row says something else in a field.
    pub(super) fn note_difference(&mut self, line: u32, column: usize, value: &str) {
        self.differing.push(Differing {
            line,
            column: small(column),
            value: self.texts.add(value),
        });
    }

    /// The value of a column in the first row, or what most rows say instead.
    pub(crate) fn value(&self, column: usize) -> Cow<'_, str> {
        if let Some((_, value)) = self.settled.iter().find(|(at, _)| *at == column) {
            return Cow::Borrowed(value);
        }
        let span = self.fields.get(column).copied().unwrap_or_default();
        row::unquote_text(
            self.first
                .get(span.start..span.end)
                .invariant("a field lies in its row"),
        )
    }
}
