//! Tables that are read a row at a time: wide ones, those with voters in rows, those with lists of names.

use std::io::Read;

use super::header::Header;
use super::layout::Layout;
use super::refused::{BadRow, Why};
use super::row::{self, Fault, Span};
use super::scan::Scan;
use super::small;
use crate::error::ImportError;
use crate::input::Input;

/// What becomes of a row.
pub(super) trait UseRow {
    /// Uses the fields of a row that has one for each column, or says why it cannot. Its line is [`Scan::lines`].
    fn use_row(&mut self, scan: &mut Scan, text: &str, fields: Box<[Span]>) -> Option<Why>;
}

/// Reads the rows of a table below its header, in order.
pub(super) fn read_rows(
    input: &Input,
    header: &Header,
    layout: &Layout,
    scan: Scan,
    user: &mut impl UseRow,
) -> Result<Scan, ImportError> {
    let mut rows = Rows {
        delimiter: layout.delimiter,
        columns: layout.roles.len(),
        user,
        lenient: input.lenient,
        scan,
        passing: false,
    };
    let mut reader = input.reader()?;
    let mut pending = Vec::new();
    let mut skip = header.bytes;
    let mut block = vec![0; 256 * 1024];
    loop {
        let read = reader.read(&mut block).map_err(|e| input.error(e))?;
        pending.extend_from_slice(block.get(..read).unwrap_or_default());
        if skip > 0 && pending.len() >= skip {
            pending.drain(..skip);
            skip = 0;
        }
        if skip == 0 {
            let used = rows.read(&pending, read == 0);
            pending.drain(..used);
        }
        if read == 0 {
            break;
        }
    }
    rows.scan.start_at(header.lines + 1);
    Ok(rows.scan)
}

struct Rows<'a, U> {
    delimiter: u8,
    columns: usize,
    user: &'a mut U,
    lenient: bool,
    scan: Scan,
    /// Set while the rest of a row is passed over that was too long.
    passing: bool,
}

impl<U: UseRow> Rows<'_, U> {
    fn read(&mut self, buffer: &[u8], last: bool) -> usize {
        let mut fields = Vec::new();
        let mut at = if self.passing { self.pass(buffer) } else { 0 };
        while at < buffer.len() {
            if let Some(next) = row::blank_line(buffer, at, last) {
                self.scan.lines += 1;
                at = next;
                continue;
            }
            at = match row::split(buffer, at, self.delimiter, last, &mut fields) {
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
        let expected = self.columns;
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
        let fields = fields.iter().map(shift).collect();
        self.user.use_row(&mut self.scan, text, fields)
    }
}
