//! A table as CSV text, and values as text.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDateTime, NaiveTime, Timelike};
use plenary_types::Place;

use super::rows::Rows;
use crate::error::ImportError;
use crate::input::Limit;

/// The text of a table is held whole.
const LONGEST: Limit = Limit {
    mebibytes: 1024,
    of: "a table written as text",
    help: "write the table to a CSV file: such a file may be of any size",
};

/// A table as CSV text, in the making.
pub(super) struct TableText {
    path: String,
    /// What comes before the text of the writer.
    first: Vec<u8>,
    writer: csv::Writer<Vec<u8>>,
    rows: Rows,
    line: u64,
    bytes: u64,
    count: u64,
}

/// A table has no more rows than these: a few bytes of a container can stand for any number of them.
const MOST_ROWS: u64 = 50_000_000;

impl TableText {
    /// That of a container.
    pub(super) fn new(path: &str) -> Self {
        let mut builder = csv::WriterBuilder::new();
        Self {
            path: path.to_owned(),
            first: Vec::new(),
            writer: builder.flexible(true).from_writer(Vec::new()),
            rows: Rows::default(),
            line: 1,
            bytes: 0,
            count: 0,
        }
    }

    /// A row; row 0 is a header that is no row of the container.
    ///
    /// # Errors
    ///
    /// [`ImportError::TooLarge`] where the text gets too long.
    pub(super) fn push<S: AsRef<str>>(
        &mut self,
        row: u64,
        fields: &[S],
    ) -> Result<(), ImportError> {
        let fields: Vec<Cow<'_, str>> = fields
            .iter()
            .map(|field| plain_breaks(field.as_ref()))
            .collect();
        let length = |field: &Cow<'_, str>| field.len() as u64 + 1;
        self.bytes += fields.iter().map(length).sum::<u64>();
        self.count += 1;
        if self.bytes > LONGEST.bytes() || self.count > MOST_ROWS {
            return Err(LONGEST.exceeded(&self.path));
        }
        let breaks =
            |field: &Cow<'_, str>| memchr::memchr_iter(b'\n', field.as_bytes()).count() as u64;
        let lines = 1 + fields.iter().map(breaks).sum::<u64>();
        self.rows.push(self.line, row, lines);
        let fields = fields.iter().map(|field| field.as_bytes());
        let written = match self.count == 1 {
            // What a heading holds must not be taken for a separator, for markup or for JSON.
            true => {
                let is_odd = |field: &[u8]| {
                    let starts =
                        matches!(field.trim_ascii_start().first(), Some(b'<' | b'{' | b'['));
                    let names_separator = field
                        .get(..3)
                        .is_some_and(|start| start.eq_ignore_ascii_case(b"sep"));
                    starts
                        || names_separator
                        || field.iter().any(|byte| matches!(byte, b';' | b'\t'))
                };
                let style = match fields.clone().any(is_odd) {
                    true => csv::QuoteStyle::Always,
                    false => csv::QuoteStyle::Necessary,
                };
                let mut first = csv::WriterBuilder::new()
                    .quote_style(style)
                    .from_writer(Vec::new());
                let written = first.write_record(fields);
                self.first.extend(first.into_inner().unwrap_or_default());
                written
            }
            false => self.writer.write_record(fields),
        };
        self.line += lines;
        written.map_err(|error| {
            ImportError::syntax(Place::new(&self.path), error.to_string(), LONGEST.help)
        })
    }

    /// Blank lines, so that the next row stands on the line of its number where the rows before it took no more lines than one each.
    fn blank_lines_before(&mut self, row: u64) {
        let missing = row.saturating_sub(self.line);
        let blank = std::iter::repeat_n(b'\n', usize::try_from(missing).unwrap_or(0));
        match self.count {
            _ if missing == 0 => return,
            0 => self.first.extend(blank),
            _ => {
                let empty = csv::WriterBuilder::new()
                    .flexible(true)
                    .from_writer(Vec::new());
                let text = std::mem::replace(&mut self.writer, empty).into_inner();
                debug_assert!(text.is_ok(), "memory takes what is written");
                self.first.extend(text.unwrap_or_default());
                self.first.extend(blank);
            }
        }
        self.line += missing;
    }

    /// The text, and which row each of its lines stands for.
    pub(super) fn finish(self) -> (Vec<u8>, Rows) {
        let (mut text, rest) = (self.first, self.writer.into_inner());
        debug_assert!(rest.is_ok(), "memory takes what is written");
        text.extend_from_slice(&rest.unwrap_or_default());
        (text, self.rows)
    }
}

/// Line breaks of one kind, which are counted as readers of tables count them.
fn plain_breaks(field: &str) -> Cow<'_, str> {
    match field.contains('\r') {
        true => Cow::Owned(field.replace("\r\n", "\n").replace('\r', "\n")),
        false => Cow::Borrowed(field),
    }
}

/// Cells of a table, in any order, of which not all need be there.
pub(super) struct Cells {
    path: String,
    text: String,
    cells: Vec<Cell>,
}

#[derive(Clone, Copy)]
struct Cell {
    row: u32,
    column: u32,
    start: usize,
    end: usize,
}

/// A table has no more cells than these.
const MOST_CELLS: usize = 20_000_000;

impl Cells {
    /// Those of a container.
    pub(super) fn new(path: &str) -> Self {
        Self {
            path: path.to_owned(),
            text: String::new(),
            cells: Vec::new(),
        }
    }

    /// The container that they are of.
    #[cfg(feature = "spreadsheets")]
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// A cell that is not empty; rows and columns are counted from 1 and 0.
    ///
    /// # Errors
    ///
    /// [`ImportError::TooLarge`] where there are too many.
    pub(super) fn push(&mut self, row: u32, column: u32, value: &str) -> Result<(), ImportError> {
        if value.is_empty() {
            return Ok(());
        }
        let start = self.text.len();
        self.text.push_str(value);
        let end = self.text.len();
        if end as u64 > LONGEST.bytes() || self.cells.len() >= MOST_CELLS {
            return Err(LONGEST.exceeded(&self.path));
        }
        self.cells.push(Cell {
            row,
            column,
            start,
            end,
        });
        Ok(())
    }

    /// Refuses more cells than there is room for, before they are added.
    pub(super) fn room_for(&self, more: u64) -> Result<(), ImportError> {
        match (self.cells.len() as u64).saturating_add(more) > MOST_CELLS as u64 {
            true => Err(LONGEST.exceeded(&self.path)),
            false => Ok(()),
        }
    }

    fn value(&self, cell: Cell) -> &str {
        self.text.get(cell.start..cell.end).unwrap_or_default()
    }

    /// What stands first in a column.
    pub(super) fn heading(&self, column: u32) -> Option<&str> {
        let first = self.cells.iter().map(|cell| cell.row).min()?;
        let mut cells = self.cells.iter();
        let cell = cells.find(|cell| cell.row == first && cell.column == column)?;
        Some(self.value(*cell))
    }

    /// The rows that have a cell, each from the first to the last column that has one; below a header, where the cells do not
    /// hold it.
    pub(super) fn into_text(mut self, header: Option<&[String]>) -> Result<TableText, ImportError> {
        self.cells.sort_by_key(|cell| (cell.row, cell.column));
        let mut table = TableText::new(&self.path);
        let columns = self.cells.iter().map(|cell| cell.column);
        let (first, last) = match header {
            Some(header) => {
                table.push(0, header)?;
                (0, (header.len() as u32).saturating_sub(1))
            }
            None => match (columns.clone().min(), columns.max()) {
                (Some(first), Some(last)) => (first, last),
                _ => return Ok(table),
            },
        };
        let mut fields: Vec<&str> = Vec::new();
        for cells in self.cells.chunk_by(|a, b| a.row == b.row) {
            fields.clear();
            fields.resize((last - first) as usize + 1, "");
            for cell in cells {
                if let Some(field) = fields.get_mut((cell.column.saturating_sub(first)) as usize) {
                    *field = self.value(*cell);
                }
            }
            let row = cells.first().map_or(0, |cell| u64::from(cell.row));
            if header.is_none() {
                table.blank_lines_before(row);
            }
            table.push(row, &fields)?;
        }
        Ok(table)
    }
}

/// A number: a whole one without a fraction; nothing where it is not one.
pub(super) fn number(value: f64) -> String {
    /// From here on not every whole number is one of the kind.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match value {
        _ if value.is_nan() => String::new(),
        _ if value == value.trunc() && value.abs() <= EXACT => format!("{value:.0}"),
        _ if value.is_infinite() => match value > 0.0 {
            true => "Inf".to_owned(),
            false => "-Inf".to_owned(),
        },
        _ => format!("{value}"),
    }
}

/// A truth value, as spreadsheets write it.
pub(super) const fn truth(value: bool) -> &'static str {
    match value {
        true => "TRUE",
        false => "FALSE",
    }
}

/// A point in time: the day where it is midnight.
pub(super) fn time(at: NaiveDateTime, zone: &str) -> String {
    match at.time() == NaiveTime::MIN {
        true => at.date().to_string(),
        false => timestamp(at, zone),
    }
}

/// A point in time that is no day, midnight or not.
pub(super) fn timestamp(at: NaiveDateTime, zone: &str) -> String {
    match at.nanosecond() {
        0 => format!("{}{zone}", at.format("%Y-%m-%dT%H:%M:%S")),
        _ => format!("{}{zone}", at.format("%Y-%m-%dT%H:%M:%S%.f")),
    }
}

/// The point in time that is so many microseconds after 1970.
pub(super) fn since_1970(microseconds: i64) -> Option<NaiveDateTime> {
    DateTime::from_timestamp_micros(microseconds).map(|at| at.naive_utc())
}

/// The day that is so many days after 1970, in ISO notation.
pub(super) fn day_since_1970(days: i64) -> Option<String> {
    since_1970(days.checked_mul(86_400_000_000)?).map(|at| at.date().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(rows: &[&[&str]]) -> String {
        let mut table = TableText::new("in");
        for (row, fields) in (1..).zip(rows) {
            table.push(row, fields).unwrap();
        }
        String::from_utf8(table.finish().0).unwrap()
    }

    #[test]
    fn a_heading_is_not_taken_for_a_separator_or_for_markup() {
        assert_eq!(text(&[&["a", "b"], &["1", "x;y"]]), "a,b\n1,x;y\n");
        assert_eq!(text(&[&["a", "b;c"], &["1", "2"]]), "\"a\",\"b;c\"\n1,2\n");
        assert_eq!(text(&[&["{a", "b"]]), "\"{a\",\"b\"\n");
        assert_eq!(text(&[&["sep=;"], &["b"]]), "\"sep=;\"\nb\n");
    }

    #[test]
    fn line_breaks_are_of_one_kind_and_keep_their_row() {
        let mut table = TableText::new("in");
        table.push(1, &["a\r\nb"]).unwrap();
        table.push(2, &["c\rd"]).unwrap();
        table.push(3, &["e"]).unwrap();
        let (text, rows) = table.finish();
        assert_eq!(text, b"\"a\nb\"\n\"c\nd\"\ne\n");
        let placement = super::super::Placement::new("in", rows);
        let all: Vec<_> = (1..=5).filter_map(|line| placement.row_of(line)).collect();
        assert_eq!(all, [1, 1, 2, 2, 3]);
    }

    #[test]
    fn rows_that_are_left_out_are_blank_lines() {
        let mut cells = Cells::new("in");
        for (row, column, value) in [(7, 2, "d"), (3, 1, "a"), (3, 2, "b"), (6, 1, "c")] {
            cells.push(row, column, value).unwrap();
        }
        let (text, rows) = cells.into_text(None).unwrap().finish();
        assert_eq!(text, b"\n\na,b\n\n\nc,\n,d\n");
        let placement = super::super::Placement::new("in", rows);
        assert_eq!(
            [3, 6, 7].map(|line| placement.row_of(line)),
            [Some(3), Some(6), Some(7)]
        );
    }

    #[test]
    fn whole_numbers_have_no_fraction() {
        for (value, text) in [
            (1946.0, "1946"),
            (-3.0, "-3"),
            (0.5, "0.5"),
            (1e15, "1000000000000000"),
            (f64::NAN, ""),
            (f64::NEG_INFINITY, "-Inf"),
            (9.007_199_254_740_994e15, "9007199254740994"),
        ] {
            assert_eq!(number(value), text);
        }
    }

    #[test]
    fn midnight_is_a_day() {
        assert_eq!(day_since_1970(-8766).as_deref(), Some("1946-01-01"));
        assert_eq!(day_since_1970(i64::MAX), None);
        let at = |seconds: i64| since_1970(seconds * 1_000_000).unwrap();
        assert_eq!(time(at(86_400), ""), "1970-01-02");
        assert_eq!(time(at(1), "Z"), "1970-01-01T00:00:01Z");
    }
}
