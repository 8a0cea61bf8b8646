//! Wide tables: one row a vote, a column a voter.

use std::io::Read;

use super::group::{Group, Unread};
use super::header::Header;
use super::layout::{Layout, Reading, Role};
use super::names::Name;
use super::refused::{BadRow, Why};
use super::row::{self, Fault, Span};
use super::scan::Scan;
use super::small;
use crate::error::ImportError;
use crate::input::Input;
use plenary_types::Invariant;

/// Reads a table whose columns of role [`Role::Choice`] are voters, named by their headings.
///
/// A blank cell is a voter that is not on the list of that vote: wide tables have a column for every state
/// that ever was. A cell that is no vote does not cost the row; it is noted, and the voter has no ballot.
pub(crate) fn scan(
    input: &Input,
    header: &Header,
    layout: &Layout,
) -> Result<(Scan, Vec<usize>), ImportError> {
    let voters: Vec<usize> = (0..layout.roles.len())
        .filter(|&column| layout.roles.get(column) == Some(&Role::Choice))
        .collect();
    let names = voters
        .iter()
        .filter_map(|&column| header.columns.get(column));
    let mut wide = Wide {
        layout,
        voters: &voters,
        lenient: input.lenient,
        scan: Scan::of_names(names.map(|name| Name::of_value(name)).collect()),
        passing: false,
    };
    let mut reader = input.reader()?;
    let mut pending = Vec::new();
    let mut skip = header.bytes;
    let mut block = vec![0; 256 * 1024];
    loop {
        let read = reader.read(&mut block).map_err(|e| input.error(e))?;
        pending.extend_from_slice(
            block
                .get(..read)
                .invariant("no more was read than asked for"),
        );
        if skip > 0 && pending.len() >= skip {
            pending.drain(..skip);
            skip = 0;
        }
        if skip == 0 {
            let used = wide.read(&pending, read == 0);
            pending.drain(..used);
        }
        if read == 0 {
            break;
        }
    }
    wide.scan.start_at(header.lines + 1);
    Ok((wide.scan, voters))
}

struct Wide<'a> {
    layout: &'a Layout,
    voters: &'a [usize],
    lenient: bool,
    scan: Scan,
    /// Set while the rest of a row is passed over that was too long.
    passing: bool,
}

impl Wide<'_> {
    fn read(&mut self, buffer: &[u8], last: bool) -> usize {
        let mut fields = Vec::new();
        let mut at = if self.passing { self.pass(buffer) } else { 0 };
        while at < buffer.len() {
            if let Some(next) = row::blank_line(buffer, at, last) {
                self.scan.lines += 1;
                at = next;
                continue;
            }
            at = match row::split(buffer, at, self.layout.delimiter, last, &mut fields) {
                Ok(next) => {
                    self.row(
                        buffer,
                        Span {
                            start: at,
                            end: next,
                        },
                        &fields,
                    );
                    next
                }
                Err(Fault::Incomplete) => break,
                Err(fault) => match self.broken(buffer, at, last, fault) {
                    Some(next) => next,
                    None => break,
                },
            };
        }
        at
    }

    /// Goes on behind the line that was too long.
    fn pass(&mut self, buffer: &[u8]) -> usize {
        let next = row::next_line(buffer, 0);
        self.passing = next.is_none();
        next.unwrap_or(buffer.len())
    }

    /// A row that cannot be taken apart: reading goes on with the next line.
    fn broken(&mut self, buffer: &[u8], at: usize, last: bool, fault: Fault) -> Option<usize> {
        let why = match fault {
            Fault::TooLong => Why::TooLong,
            Fault::NotUtf8 => Why::Utf8,
            Fault::AfterQuote => Why::AfterQuote,
            Fault::Unclosed | Fault::Incomplete => Why::Unclosed,
        };
        let line = row::next_line(buffer, at);
        let rest = (last || why == Why::TooLong).then_some(buffer.len());
        let next = line.or(rest)?;
        self.passing = why == Why::TooLong && line.is_none();
        let bytes = Span {
            start: at,
            end: next,
        };
        self.reject(buffer, bytes, why);
        self.scan.rows += 1;
        self.scan.lines += 1;
        Some(next)
    }

    fn row(&mut self, buffer: &[u8], bytes: Span, fields: &[Span]) {
        let text = bytes.of(buffer);
        let closed = text.ends_with(b"\n");
        if !row::is_blank(buffer, fields) {
            if let Some(why) = self.use_row(text, bytes.start, closed, fields) {
                self.reject(buffer, bytes, why);
            }
            self.scan.rows += 1;
        }
        self.scan.lines += row::line_ends(text) + u64::from(!closed);
    }

    fn reject(&mut self, buffer: &[u8], bytes: Span, why: Why) {
        let value = String::from_utf8_lossy(bytes.of(buffer));
        let readable = match why {
            Why::Utf8 => {
                std::str::from_utf8(bytes.of(buffer)).map_or_else(|e| e.valid_up_to(), str::len)
            }
            _ => 0,
        };
        self.scan.rejected.push(&BadRow {
            line: self.scan.lines,
            character: readable as u64 + 1,
            column: None,
            value: value.trim_end().chars().take(80).collect(),
            why,
        });
    }

    fn use_row(&mut self, text: &[u8], start: usize, closed: bool, fields: &[Span]) -> Option<Why> {
        let expected = self.layout.roles.len();
        let spare = fields.get(expected..).unwrap_or_default();
        let spare_is_empty = self.lenient && spare.iter().all(|f| f.start == f.end);
        if fields.len() < expected && !closed {
            return Some(Why::CutShort);
        }
        if fields.len() < expected || !(spare.is_empty() || spare_is_empty) {
            return Some(Why::Fields(small(fields.len())));
        }
        let Ok(text) = std::str::from_utf8(text) else {
            return Some(Why::Utf8);
        };
        let shift = |span: &Span| Span {
            start: span.start - start,
            end: span.end - start,
        };
        let mut group = Group::of_row(text, fields.iter().map(shift).collect(), self.scan.lines);
        let keyed = |column: &usize| !group.value(*column).trim().is_empty();
        let key = &self.layout.key;
        if !key.is_empty() && !key.iter().any(keyed) {
            return Some(Why::NoKey);
        }
        let mut who = Vec::with_capacity(self.voters.len());
        for (name, &column) in (0..).zip(self.voters) {
            if self.cell(&mut group, column) {
                who.push(name);
            }
        }
        let key = self.scan.groups.len().to_le_bytes();
        self.scan.add(key.as_slice().into(), group, &who);
        None
    }

    /// Reads one cell; whether it is a ballot.
    fn cell(&self, group: &mut Group, column: usize) -> bool {
        let word = group.value(column).into_owned();
        let line = small(self.scan.lines);
        if word.trim().is_empty() {
            return false;
        }
        let choice = match self.layout.words.read(&word) {
            Some(Reading::Plain(choice)) => choice,
            Some(Reading::Sloppy(choice)) => {
                group.note_word(&word);
                choice
            }
            Some(Reading::Foreign(choice)) if self.lenient => {
                group.note_word(&word);
                choice
            }
            _ => {
                let value = group.texts.add(&word);
                let column = small(column);
                group.unread.push(Unread { column, value });
                return false;
            }
        };
        group.choices.push(choice);
        group.lines.push(line);
        true
    }
}
