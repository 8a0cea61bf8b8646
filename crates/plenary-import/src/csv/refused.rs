//! [`Refusals`]: rows that could not be used, and why, packed: a million of them take a few megabytes.

use crate::packing::bulk;
use plenary_types::Invariant;
use std::borrow::Cow;

/// A row that could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BadRow {
    pub(crate) line: u64,
    /// The character in the line, from 1.
    pub(crate) character: u64,
    pub(crate) column: Option<usize>,
    pub(crate) value: String,
    pub(crate) why: Why,
}

/// Why a row could not be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// It has fewer or more fields than the header.
    Fields(u32),
    /// The vote is no word of the source.
    Choice,
    /// It does not say who voted.
    Nobody,
    /// It does not say in which vote.
    NoKey,
    /// It has no identifier, and may be of a vote that has one or of another.
    Doubtful,
    /// It is not UTF-8.
    Utf8,
    /// Text follows a closing quote.
    AfterQuote,
    /// A quote is never closed.
    Unclosed,
    /// It is longer than any row.
    TooLong,
    /// The file ends in the middle of it.
    CutShort,
    /// A list of names in it is not closed.
    List,
}

/// Rows that could not be used, in the order of the file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Refusals {
    packed: Vec<Block>,
    open: Block,
    count: u64,
}

/// Some rows, their lines counted from a first one.
#[derive(Clone, Debug, Default)]
struct Block {
    line: u64,
    bytes: Vec<u8>,
    /// How many bytes they come to; none where they are not packed.
    length: Option<usize>,
}

/// The number of bytes that are packed at once.
const BLOCK: usize = 1 << 16;
/// The fastest level of compression: rows repeat each other.
const LEVEL: i32 = 1;

impl Refusals {
    /// How many there are.
    pub(crate) const fn len(&self) -> u64 {
        self.count
    }

    pub(crate) fn push(&mut self, row: &BadRow) {
        if self.open.bytes.is_empty() {
            self.open.line = row.line;
        }
        row.encode(self.open.line, &mut self.open.bytes);
        self.count += 1;
        if self.open.bytes.len() >= BLOCK {
            self.pack();
        }
    }

    fn pack(&mut self) {
        let mut block = std::mem::take(&mut self.open);
        match bulk::compress(&block.bytes, LEVEL) {
            Ok(packed) => {
                block.length = Some(block.bytes.len());
                block.bytes = packed;
            }
            Err(_) => block.bytes.shrink_to_fit(),
        }
        self.packed.push(block);
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = BadRow> + '_ {
        let blocks = self.packed.iter().chain([&self.open]);
        blocks.flat_map(Block::rows)
    }

    /// Says on which line the first row of the file stood.
    pub(crate) fn shift_lines(&mut self, lines: u64) {
        let blocks = self.packed.iter_mut().chain([&mut self.open]);
        blocks.for_each(|block| block.line += lines);
    }

    /// Appends those of the next stretch of the same file.
    pub(crate) fn append(&mut self, mut next: Self) {
        if !self.open.bytes.is_empty() {
            self.pack();
        }
        self.packed.append(&mut next.packed);
        self.open = next.open;
        self.count += next.count;
    }

    /// Takes in rows from anywhere in the file.
    pub(crate) fn insert(&mut self, rows: Vec<BadRow>) {
        let mut all: Vec<BadRow> = self.iter().chain(rows).collect();
        all.sort_by_key(|bad| bad.line);
        *self = Self::default();
        all.iter().for_each(|row| self.push(row));
    }
}

impl Block {
    fn rows(&self) -> impl Iterator<Item = BadRow> + use<> {
        let unpacked = self
            .length
            .and_then(|length| bulk::decompress(&self.bytes, length).ok());
        let bytes = unpacked.map_or_else(|| Cow::Borrowed(&*self.bytes), Cow::Owned);
        let mut rest = &*bytes;
        let rows: Vec<BadRow> =
            std::iter::from_fn(|| BadRow::decode(self.line, &mut rest)).collect();
        rows.into_iter()
    }
}

impl BadRow {
    /// Numbers with seven bits a byte, the value behind its length.
    fn encode(&self, first: u64, out: &mut Vec<u8>) {
        let (why, fields) = match self.why {
            Why::Fields(found) => (0, found),
            other => (
                1 + PLAIN
                    .iter()
                    .position(|why| *why == other)
                    .invariant("each reason without a number is listed"),
                0,
            ),
        };
        let column = self.column.map_or(0, |column| column as u64 + 1);
        let numbers = [
            self.line.saturating_sub(first),
            self.character,
            column,
            why as u64,
            u64::from(fields),
            self.value.len() as u64,
        ];
        for mut number in numbers {
            while number >= 0x80 {
                out.push((number & 0x7f) as u8 | 0x80);
                number >>= 7;
            }
            out.push(number as u8);
        }
        out.extend_from_slice(self.value.as_bytes());
    }

    fn decode(first: u64, rest: &mut &[u8]) -> Option<Self> {
        let mut number = || -> Option<u64> {
            let (mut number, mut shift) = (0u64, 0u32);
            loop {
                let (&byte, after) = rest.split_first()?;
                *rest = after;
                number |= u64::from(byte & 0x7f).checked_shl(shift)?;
                if byte < 0x80 {
                    return Some(number);
                }
                shift += 7;
            }
        };
        let line = first + number()?;
        let (character, column) = (number()?, number()?);
        let (why, fields, length) = (number()?, number()?, number()?);
        let why = match usize::try_from(why).ok()?.checked_sub(1) {
            None => Why::Fields(u32::try_from(fields).ok()?),
            Some(plain) => *PLAIN.get(plain)?,
        };
        let (value, after) = rest.split_at_checked(usize::try_from(length).ok()?)?;
        *rest = after;
        Some(Self {
            line,
            character,
            column: usize::try_from(column).ok()?.checked_sub(1),
            value: std::str::from_utf8(value).ok()?.to_owned(),
            why,
        })
    }
}

/// The reasons that carry no details.
const PLAIN: [Why; 10] = [
    Why::Choice,
    Why::Nobody,
    Why::NoKey,
    Why::Doubtful,
    Why::Utf8,
    Why::AfterQuote,
    Why::Unclosed,
    Why::TooLong,
    Why::CutShort,
    Why::List,
];

#[cfg(test)]
mod tests {
    use super::*;

    fn row(at: u64) -> BadRow {
        let whys = PLAIN.into_iter().chain([Why::Fields(at as u32)]);
        BadRow {
            line: 3 * at + 2,
            character: at % 300 + 1,
            column: (!at.is_multiple_of(3)).then_some(at as usize % 200),
            value: format!("é {at}").repeat(at as usize % 4),
            why: whys.clone().nth(at as usize % 11).unwrap(),
        }
    }

    #[test]
    fn what_comes_out_is_what_was_put_in_whether_packed_or_not() {
        for count in [0, 1, 9, 20_000] {
            let rows: Vec<BadRow> = (0..count).map(row).collect();
            let mut one = Refusals::default();
            rows.iter().for_each(|row| one.push(row));
            assert_eq!((one.len(), one.packed.is_empty()), (count, count < 1000));
            assert!(one.iter().eq(rows.iter().cloned()), "{count}");
            let (mut two, half) = (Refusals::default(), rows.len() / 2);
            rows[..half].iter().for_each(|row| two.push(row));
            let mut next = Refusals::default();
            let ahead = |row: &BadRow| BadRow {
                line: row.line - 2,
                ..row.clone()
            };
            rows[half..].iter().for_each(|row| next.push(&ahead(row)));
            next.shift_lines(2);
            two.append(next);
            assert!(two.iter().eq(rows.iter().cloned()), "{count}");
            assert_eq!(two.len(), count);
            let mut odd = Refusals::default();
            let (some, others): (Vec<_>, Vec<_>) = rows
                .iter()
                .cloned()
                .partition(|row| row.line.is_multiple_of(2));
            some.iter().for_each(|row| odd.push(row));
            odd.insert(others);
            assert!(odd.iter().eq(rows), "{count}");
        }
    }
}
