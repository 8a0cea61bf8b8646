//! Rows that a [`Scanner`] has to take apart: the first of each vote, and those that do not match it.

use super::Scanner;
use crate::csv::choices::NoBallot;
use crate::csv::group::Group;
use crate::csv::layout::{Layout, Reading, Role};
use crate::csv::names::{Name, Names};
use crate::csv::refused::{BadRow, Why};
use crate::csv::row::{self, Fault, Span};
use crate::csv::small;
use plenary_types::Invariant;

/// What is wrong with a row, and where.
struct Refused {
    column: Option<usize>,
    value: Span,
    why: Why,
}

impl Scanner<'_> {
    /// A row that has to be taken apart.
    pub(super) fn parsed(&mut self, buffer: &[u8], at: usize, last: bool) -> Option<usize> {
        let mut fields = std::mem::take(&mut self.fields);
        let split = row::split(buffer, at, self.layout.delimiter, last, &mut fields);
        let next = match split {
            Ok(next) => {
                self.whole_row(buffer, at, next, &fields);
                Some(next)
            }
            Err(Fault::Incomplete) => None,
            Err(Fault::Unclosed) => self.broken(buffer, at, last, Why::Unclosed),
            Err(Fault::NotUtf8) => self.broken(buffer, at, last, Why::Utf8),
            Err(Fault::AfterQuote) => self.broken(buffer, at, last, Why::AfterQuote),
            Err(Fault::TooLong) => self.broken(buffer, at, last, Why::TooLong),
        };
        self.fields = fields;
        next
    }

    /// A row that cannot be taken apart: reading goes on with the next line.
    fn broken(&mut self, buffer: &[u8], at: usize, last: bool, why: Why) -> Option<usize> {
        let line = row::next_line(buffer, at);
        let rest = (last || why == Why::TooLong).then_some(buffer.len());
        let next = line.or(rest)?;
        self.passing = why == Why::TooLong && line.is_none();
        let value = Span {
            start: at,
            end: next,
        };
        self.reject(buffer, at, &whole(value, why));
        self.scan.rows += 1;
        self.scan.lines += 1;
        Some(next)
    }

    fn reject(&mut self, buffer: &[u8], row: usize, refused: &Refused) {
        let Refused { column, value, why } = *refused;
        let before = buffer
            .get(row..value.start)
            .invariant("a field lies in its row");
        let line_start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
        let in_line = String::from_utf8_lossy(
            before
                .get(line_start..)
                .invariant("a line begins in its row"),
        );
        self.scan.rejected.push(&BadRow {
            line: self.scan.lines + row::line_ends(before),
            character: in_line.chars().count() as u64 + 1,
            column,
            value: row::excerpt(&row::unquote(value.of(buffer))),
            why,
        });
    }

    fn whole_row(&mut self, buffer: &[u8], start: usize, next: usize, fields: &[Span]) {
        let bytes = Span { start, end: next };
        let ends = row::line_ends(bytes.of(buffer));
        let closed = bytes.of(buffer).ends_with(b"\n");
        if !row::is_blank(buffer, fields) {
            if let Err(refused) = self.use_row(buffer, bytes, closed, fields) {
                self.reject(buffer, start, &refused);
                if matches!(refused.why, Why::Choice | Why::Nobody) {
                    let key = self.key(buffer, fields);
                    // The rows of a vote mostly stand together.
                    let is_other = self.scan.lost.last() != key.as_ref();
                    self.scan.lost.extend(key.filter(|_| is_other));
                }
            }
            self.scan.rows += 1;
        }
        self.scan.lines += ends + u64::from(!closed);
    }

    /// Uses a row, or says what is wrong with it.
    fn use_row(
        &mut self,
        buffer: &[u8],
        bytes: Span,
        closed: bool,
        fields: &[Span],
    ) -> Result<(), Refused> {
        self.check_width(bytes, closed, fields)?;
        let text = text(buffer, bytes, fields)?;
        let (reading, word) = match self.no_ballot(buffer, fields) {
            Some(why) => (Err(why), String::new()),
            None => {
                let (reading, word) = self.choice(buffer, fields)?;
                (Ok(reading), word)
            }
        };
        self.check_voter(buffer, bytes, fields)?;
        let Some(group) = self.vote_of(buffer, text, bytes.start, fields) else {
            return Err(Refused {
                column: self.layout.key.first().copied(),
                ..whole(bytes, Why::NoKey)
            });
        };
        let reading = match reading {
            Ok(reading) => reading,
            Err(why) => {
                self.leave_out(group, why);
                return Ok(());
            }
        };
        if !closed && self.is_cut(group, buffer, fields) {
            return Err(whole(bytes, Why::CutShort));
        }
        let name = self.name(buffer, fields);
        let choice = match reading {
            Reading::Plain(choice) => choice,
            Reading::Sloppy(choice) | Reading::Foreign(choice) => {
                self.note_word(group, &word);
                choice
            }
        };
        self.compare(group, buffer, bytes, fields);
        if self.current != Some(group) {
            self.enter(group);
        }
        self.push(group, name, choice, self.scan.lines);
        Ok(())
    }

    /// Whether a row has a field for each column; more may be passed over where they are empty.
    fn check_width(&self, bytes: Span, closed: bool, fields: &[Span]) -> Result<(), Refused> {
        let expected = self.layout.roles.len();
        let trailing = fields.get(expected..).unwrap_or_default();
        let empty_tail = self.lenient && trailing.iter().all(|f| f.start == f.end);
        let why = match fields.len() < expected {
            true if !closed => Why::CutShort,
            false if trailing.is_empty() || empty_tail => return Ok(()),
            _ => Why::Fields(small(fields.len())),
        };
        Err(whole(bytes, why))
    }

    fn choice(&self, buffer: &[u8], fields: &[Span]) -> Result<(Reading, String), Refused> {
        let column = self.layout.roles.iter().position(|r| *r == Role::Choice);
        let column = column.invariant("a layout has a column of choices");
        let value = fields
            .get(column)
            .copied()
            .invariant("the row has a field for each column");
        let word = String::from_utf8_lossy(&row::unquote(value.of(buffer))).into_owned();
        let reading = self.layout.words.read(&word);
        let usable = reading.filter(|r| self.lenient || !matches!(r, Reading::Foreign(_)));
        let refused = Refused {
            column: Some(column),
            ..whole(value, Why::Choice)
        };
        usable.map(|reading| (reading, word)).ok_or(refused)
    }

    /// Why a row is no ballot, where its word says so.
    fn no_ballot(&self, buffer: &[u8], fields: &[Span]) -> Option<NoBallot> {
        let is_choice = |role: &Role| *role == Role::Choice;
        let column = self.layout.roles.iter().position(is_choice)?;
        let word = row::unquote(fields.get(column)?.of(buffer));
        self.layout.words.no_ballot(&String::from_utf8_lossy(&word))
    }

    fn leave_out(&mut self, group: u32, why: NoBallot) {
        if let (NoBallot::Unclear, Some(group)) = (why, self.scan.groups.get_mut(group as usize)) {
            group.unclear = group.unclear.saturating_add(1);
        }
    }

    /// Whether a row says who voted.
    fn check_voter(&self, buffer: &[u8], bytes: Span, fields: &[Span]) -> Result<(), Refused> {
        let mut who = self.layout.who().filter_map(|column| fields.get(column));
        let is_blank = |f: &Span| row::unquote(f.of(buffer)).trim_ascii().is_empty();
        match who.all(is_blank) {
            false => Ok(()),
            true => {
                let column = self.layout.who().next();
                let value = column.and_then(|column| fields.get(column));
                Err(Refused {
                    column,
                    ..whole(value.copied().unwrap_or(bytes), Why::Nobody)
                })
            }
        }
    }

    fn note_word(&mut self, group: u32, word: &str) {
        if let Some(group) = self.scan.groups.get_mut(group as usize) {
            group.note_word(word);
        }
    }

    /// What tells the vote that a row belongs to; `None` when nothing does.
    fn key(&self, buffer: &[u8], fields: &[Span]) -> Option<Box<[u8]>> {
        let value = |column: usize| row::unquote(fields.get(column).map_or(&[], |f| f.of(buffer)));
        let is_blank = |column: &usize| value(*column).trim_ascii().is_empty();
        let Layout { key, instead, .. } = self.layout;
        if key.is_empty() {
            // Nothing tells votes apart: all rows are one.
            return Some(Box::default());
        }
        // What begins so is no identifier.
        let (columns, mut key) = match key.iter().all(is_blank) {
            false => (key, Vec::new()),
            true if instead.first().is_some_and(|first| !is_blank(first)) => {
                (instead, vec![Names::BETWEEN])
            }
            true => return None,
        };
        for column in columns {
            if !key.is_empty() {
                key.push(Names::BETWEEN);
            }
            key.extend_from_slice(value(*column).trim_ascii());
        }
        Some(key.into())
    }

    /// The vote that a row belongs to, begun if need be; `None` when nothing tells it.
    fn vote_of(&mut self, buffer: &[u8], text: &str, start: usize, fields: &[Span]) -> Option<u32> {
        let key = self.key(buffer, fields)?;
        if let Some(&group) = self.scan.by_key.get(&*key) {
            return Some(group);
        }
        let group = u32::try_from(self.scan.groups.len()).ok()?;
        let before = self.scan.groups.last();
        let sized = before.map_or(64, |before| before.choices.len() + 8);
        let begun = Group {
            who: Vec::with_capacity(sized),
            choices: Vec::with_capacity(sized),
            ..self.begin(text, start, fields)
        };
        self.scan.groups.push(Box::new(begun));
        self.scan.by_key.insert(key, group);
        Some(group)
    }

    /// A vote with its first row, which begins at this place of the buffer.
    fn begin(&self, text: &str, start: usize, fields: &[Span]) -> Group {
        let shift = |span: Span| Span {
            start: span.start - start,
            end: span.end - start,
        };
        let fields: Box<[Span]> = fields.iter().map(|&span| shift(span)).collect();
        let constants: Box<[Span]> = self
            .pieces
            .iter()
            .filter(|piece| piece.role == Role::Shared)
            .map(|piece| Span {
                start: fields.get(piece.first).map_or(0, |f| f.start),
                end: match fields.get(piece.last + 1) {
                    Some(next) if piece.last + 1 < self.layout.roles.len() => next.start,
                    _ => text.len(),
                },
            })
            .collect();
        let ends = |constant: &Span| row::line_ends(constant.of(text.as_bytes()));
        let shared: u64 = constants.iter().map(ends).sum();
        let ends_shared = self.pieces.last().is_some_and(|p| p.role == Role::Shared);
        Group {
            line: small(self.scan.lines),
            line_ends: u32::try_from(shared).unwrap_or(u32::MAX - 1) + u32::from(!ends_shared),
            first: text.into(),
            fields,
            constants,
            ..Group::default()
        }
    }

    /// Whether the last row of a file without a line end stops inside a field that its vote has whole.
    fn is_cut(&self, group: u32, buffer: &[u8], fields: &[Span]) -> bool {
        let Some(group) = self.group(group) else {
            return false;
        };
        let last = self.layout.roles.len().saturating_sub(1);
        let value =
            |span: Option<&Span>, of: &[u8]| span.map(|s| s.of(of).to_vec()).unwrap_or_default();
        let (whole, here) = (
            value(group.fields.get(last), group.first.as_bytes()),
            value(fields.get(last), buffer),
        );
        self.layout.roles.last() == Some(&Role::Shared)
            && here.len() < whole.len()
            && whole.starts_with(&here)
    }

    fn name(&mut self, buffer: &[u8], fields: &[Span]) -> u32 {
        let runs: Vec<&[u8]> = self
            .pieces
            .iter()
            .filter(|piece| piece.role == Role::Who)
            .map(|piece| Span {
                start: fields.get(piece.first).map_or(0, |f| f.start),
                end: fields.get(piece.last).map_or(0, |f| f.end),
            })
            .map(|span| span.of(buffer))
            .collect();
        let key = Names::key(&runs, &mut self.scratch);
        if let Some(&name) = self.scan.names.index.get(key) {
            return name;
        }
        let value = |column: usize| {
            let span = fields
                .get(column)
                .copied()
                .invariant("the row has a field for each column");
            String::from_utf8_lossy(&row::unquote(span.of(buffer))).into()
        };
        let name = Name {
            line_ends: runs.iter().map(|run| row::line_ends(run) as u32).sum(),
            runs: runs.iter().map(|run| (*run).into()).collect(),
            values: self.layout.who().map(value).collect(),
        };
        self.scan.names.add(key.into(), name)
    }

    /// Notes in which fields a row differs from the first row of its vote.
    fn compare(&mut self, group: u32, buffer: &[u8], bytes: Span, fields: &[Span]) {
        let Some(group) = self.scan.groups.get_mut(group as usize) else {
            return;
        };
        if group.choices.is_empty() {
            return;
        }
        for (column, role) in self.layout.roles.iter().enumerate() {
            let (Some(first), Some(here)) = (group.fields.get(column), fields.get(column)) else {
                continue;
            };
            let (first, here) = (first.of(group.first.as_bytes()), here.of(buffer));
            if *role == Role::Shared && first != here && row::unquote(first) != row::unquote(here) {
                let before = Span {
                    start: bytes.start,
                    end: fields.get(column).map_or(0, |f| f.start),
                };
                let line = self.scan.lines + row::line_ends(before.of(buffer));
                let value = row::unquote(here);
                group.note_difference(small(line), column, &String::from_utf8_lossy(&value));
            }
        }
    }
}

/// What is wrong with a row as a whole, or with a value of no column in particular.
const fn whole(value: Span, why: Why) -> Refused {
    Refused {
        column: None,
        value,
        why,
    }
}

/// The text of a row, if it is UTF-8.
fn text<'b>(buffer: &'b [u8], bytes: Span, fields: &[Span]) -> Result<&'b str, Refused> {
    std::str::from_utf8(bytes.of(buffer)).map_err(|error| {
        let start = bytes.start + error.valid_up_to();
        let value = Span {
            start,
            end: (start + 16).min(bytes.end),
        };
        let is_in = |field: &Span| field.start <= start && start < field.end;
        Refused {
            column: fields.iter().position(is_in),
            ..whole(value, Why::Utf8)
        }
    })
}
