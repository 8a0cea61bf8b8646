//! The rows of a table that is held whole, one after another, each with its place.

use std::borrow::Cow;

use crate::TableError;
use crate::split::{self, Fault, Span};
use plenary_types::Invariant;

/// A row as it stands in the file.
#[derive(Clone, Debug)]
pub struct Row<'t> {
    text: &'t str,
    fields: Vec<Span>,
    /// The line on which it begins, from 1.
    pub line: u64,
}

impl<'t> Row<'t> {
    /// How many fields it has, at least one.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "a row has at least one field")]
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// The value of a field without outer spaces; nothing of one that it has not.
    #[must_use]
    pub fn value(&self, column: usize) -> Cow<'t, str> {
        trimmed(split::unquote_text(self.written(column)))
    }

    /// The same, without quotes where spaces stand before them: `"a", "b"`.
    pub(crate) fn value_in_quotes(&self, column: usize) -> Cow<'t, str> {
        trimmed(split::unquote_text(self.written(column).trim()))
    }

    /// A field as it stands in the file.
    fn written(&self, column: usize) -> &'t str {
        let span = self.fields.get(column).copied().unwrap_or_default();
        self.text
            .get(span.start..span.end)
            .invariant("a field lies in its row")
    }

    /// All its values.
    pub fn values(&self) -> impl Iterator<Item = Cow<'t, str>> {
        (0..self.len()).map(|column| self.value(column))
    }

    /// All of it.
    #[must_use]
    pub fn whole(&self) -> &'t str {
        let end = self.fields.last().map_or(0, |field| field.end);
        self.text.get(..end).invariant("a field lies in its row")
    }

    /// The line, and the character in it, at which a field begins.
    #[must_use]
    pub fn start_of(&self, column: usize) -> (u64, u64) {
        let start = self.fields.get(column).map_or(0, |field| field.start);
        let before = self.text.get(..start).invariant("a field lies in its row");
        let in_line = before.rsplit_once('\n').map_or(before, |(_, last)| last);
        let line = self.line + split::line_ends(before.as_bytes());
        (line, in_line.chars().count() as u64 + 1)
    }
}

fn trimmed(value: Cow<'_, str>) -> Cow<'_, str> {
    match value {
        Cow::Borrowed(value) => Cow::Borrowed(value.trim()),
        Cow::Owned(value) => Cow::Owned(value.trim().to_owned()),
    }
}

/// A row that cannot be taken apart, or is not UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BrokenRow {
    /// The line at fault, from 1.
    pub line: u64,
    /// The byte of it that is not UTF-8, from 1; none for other faults.
    pub column: Option<u64>,
    /// What is wrong.
    pub fault: Fault,
}

impl BrokenRow {
    /// Whether the rows behind it cannot be trusted.
    #[must_use]
    pub fn ends_reading(&self) -> bool {
        self.fault != Fault::AfterQuote
    }

    /// By the row and how many of its bytes are text.
    fn not_utf8(row: &[u8], valid: usize, line: u64) -> Self {
        let before = row.get(..valid).invariant("the text lies in its row");
        let line_start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
        Self {
            line: line + split::line_ends(before),
            column: Some((valid - line_start) as u64 + 1),
            fault: Fault::NotUtf8,
        }
    }
}

impl From<BrokenRow> for TableError {
    fn from(row: BrokenRow) -> Self {
        let mut error = Self::new(row.fault.reason(), row.fault.help());
        (error.place.line, error.place.column) = (Some(row.line), row.column);
        error
    }
}

/// Goes through the rows of a table. Blank lines and rows of nothing are passed over; behind a row that cannot be taken
/// apart it goes on with the next line.
#[derive(Clone, Debug)]
pub struct Rows<'t> {
    text: &'t [u8],
    delimiter: u8,
    at: usize,
    line: u64,
}

impl<'t> Rows<'t> {
    /// The rows of a text from a byte on, with which a line begins that has this number.
    #[must_use]
    pub const fn new(text: &'t [u8], delimiter: u8, at: usize, line: u64) -> Self {
        Self {
            text,
            delimiter,
            at,
            line,
        }
    }
}

impl<'t> Iterator for Rows<'t> {
    type Item = Result<Row<'t>, BrokenRow>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
            let (mut fields, line) = (Vec::new(), self.line);
            let split = split::split(rest, 0, self.delimiter, true, &mut fields);
            let next = split.or_else(|_| split::next_line(rest, 0).ok_or(rest.len()));
            let next = next.unwrap_or_else(|end| end);
            let bytes = rest.get(..next).unwrap_or(rest);
            self.at += next;
            self.line += split::line_ends(bytes);
            if let Err(fault) = split {
                return Some(Err(BrokenRow {
                    line,
                    column: None,
                    fault,
                }));
            }
            if split::is_blank(bytes, &fields) {
                continue;
            }
            return Some(match std::str::from_utf8(bytes) {
                Ok(text) => Ok(Row { text, fields, line }),
                Err(error) => Err(BrokenRow::not_utf8(bytes, error.valid_up_to(), line)),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    /// What is read of a text: lines and values, or what is said of a line.
    fn read(text: &[u8]) -> Vec<String> {
        let told = |row: Result<Row<'_>, BrokenRow>| match row {
            Ok(row) => format!(
                "{} {}",
                row.line,
                row.values().collect::<Vec<_>>().join("|")
            ),
            Err(broken) => format!("{}: {}", broken.line, broken.fault.reason()),
        };
        Rows::new(text, b',', 0, 1).map(told).collect()
    }

    #[test]
    fn every_row_has_the_line_on_which_it_begins_however_lines_end() {
        for end in ["\n", "\r\n"] {
            let text = ["a, b ", "", ",", "\"x", "y\",z", "c,d"].join(end);
            assert_eq!(read(text.as_bytes()), ["1 a|b", "4 x\ny|z", "6 c|d"]);
        }
        assert_eq!(read(b""), [] as [&str; 0]);
        assert_eq!(read(b"\n\r\n,,\n"), [] as [&str; 0]);
    }

    #[test]
    fn behind_a_row_that_cannot_be_used_reading_goes_on() {
        let text = b"a,b\n\"c\" d,e\nf,\"g\nh,\xff\ni,j\n";
        assert_eq!(
            read(text),
            [
                "1 a|b",
                "2: text follows the closing quote of a field",
                "3: a quoted field is never closed",
                "4: the row is not UTF-8",
                "5 i|j"
            ]
        );
    }

    #[test]
    fn fields_and_bytes_at_fault_have_their_places() {
        let row = Rows::new("é,\"x\ny\",z".as_bytes(), b',', 0, 7).next();
        let row = row.unwrap().unwrap();
        let places = [0, 1, 2, 9].map(|column| row.start_of(column));
        assert_eq!(places, [(7, 1), (7, 3), (8, 4), (7, 1)]);
        let broken = Rows::new(b"\"x\nab\xff\",z", b',', 0, 7).next().unwrap();
        let broken = broken.unwrap_err();
        assert_eq!((broken.line, broken.column), (8, Some(3)));
    }

    proptest! {
        #[test]
        fn what_the_csv_crate_writes_is_read_as_the_csv_crate_reads_it(
            table in vec(vec("[ab ,;\"\n\té]{0,5}", 1..5), 0..8),
            delimiter in select(b",;\t".to_vec()),
            end in select(vec![csv::Terminator::Any(b'\n'), csv::Terminator::CRLF]),
        ) {
            let mut writer = csv::WriterBuilder::new();
            let writer = writer.flexible(true).delimiter(delimiter).terminator(end);
            let mut writer = writer.from_writer(Vec::new());
            for row in &table {
                writer.write_record(row).unwrap();
            }
            let text = writer.into_inner().unwrap();
            let mut reader = csv::ReaderBuilder::new();
            let reader = reader.has_headers(false).flexible(true).delimiter(delimiter);
            let mut line = 1;
            let mut expected = Vec::new();
            for row in reader.from_reader(&*text).records() {
                let row = row.unwrap();
                let values: Vec<_> = row.iter().map(|value| value.trim().to_owned()).collect();
                let lines = 1 + row.iter().flat_map(str::chars).filter(|c| *c == '\n').count() as u64;
                if values.iter().any(|value| !value.is_empty()) {
                    expected.push((line, values));
                }
                line += lines;
            }
            let read: Vec<_> = Rows::new(&text, delimiter, 0, 1)
                .map(|row| row.unwrap())
                .map(|row| (row.line, row.values().map(Cow::into_owned).collect::<Vec<_>>()))
                .collect();
            prop_assert_eq!(read, expected);
        }
    }
}
