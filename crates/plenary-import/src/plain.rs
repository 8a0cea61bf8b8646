//! [`PlainTable`]: a table as it stands, whatever it is of.

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use plenary_tables::split::{self, Fault};
use plenary_types::{Place, many};
use rustc_hash::FxHashMap;

use crate::csv::row::{excerpt, mend_fields};
use crate::error::{ImportError, Rejected, no_rows, syntax};
use crate::input::{Input, Limit};
use crate::recognise::is_table;
use crate::sources::mapping::Encoding;

/// A table as it stands: its headings, its cells as texts, and the line of each row.
///
/// ```
/// let text = "iso,year\nFRA,1990\n\"FRA\",1991\n";
/// let table = plenary_import::plain_table_of("panel.csv", text.as_bytes(), None)?;
/// assert_eq!(table.len(), 2);
/// assert_eq!(table.columns[0].values(), ["FRA"]);
/// assert_eq!(table.columns[1].cell(1), "1991");
/// assert_eq!(table.lines, [2, 3]);
/// # Ok::<(), plenary_import::ImportError>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PlainTable {
    /// Its path, or the name that it has in messages.
    pub path: String,
    /// Its columns.
    pub columns: Vec<PlainColumn>,
    /// The line, or the row of a container, on which each row begins.
    pub lines: Vec<u64>,
    /// Rows that cannot be taken apart; none of them is in the columns.
    pub rejected: Vec<Rejected>,
    /// What was assumed in reading it.
    pub notes: Vec<String>,
}

/// A column of a [`PlainTable`]: its distinct texts, and which of them stands in each row.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PlainColumn {
    /// Its heading, without outer blanks.
    pub heading: String,
    values: Arc<[String]>,
    places: Vec<u32>,
}

impl PlainColumn {
    /// The distinct texts, in the order in which they first stand in the table.
    #[must_use]
    pub fn values(&self) -> &[String] {
        &self.values
    }

    /// The same, to share.
    #[must_use]
    pub fn shared_values(&self) -> Arc<[String]> {
        Arc::clone(&self.values)
    }

    /// Which of the texts stands in each row.
    #[must_use]
    pub fn places(&self) -> &[u32] {
        &self.places
    }

    /// The text of a row, from 0; empty beyond the last.
    #[must_use]
    pub fn cell(&self, row: usize) -> &str {
        let place = self.places.get(row);
        let value = place.and_then(|place| self.values.get(*place as usize));
        value.map_or("", String::as_str)
    }
}

impl PlainTable {
    /// How many rows it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
}

/// The most that is read of a table that is held whole.
const LONGEST: Limit = Limit {
    mebibytes: 2048,
    of: "a table that is held whole",
    help: "split the table into several files",
};

/// Reads a table as it stands from a file of any kind that holds tables: CSV, packed or not, a spreadsheet (`panel.xlsx#Sheet1`),
/// Parquet, Stata and so on; `-` is the standard input. Lines that are not UTF-8 are read in `encoding`, by default Windows-1252,
/// which a note says.
///
/// # Errors
///
/// [`ImportError`] when the file cannot be read, or is no table.
pub fn read_plain_table(
    path: impl AsRef<Path>,
    encoding: Option<Encoding>,
) -> Result<PlainTable, ImportError> {
    let path = path.as_ref();
    if path.is_dir() {
        let reason = "this is a folder (expected a file)";
        let help = "name a table in it";
        let place = Place::new(path.display().to_string());
        return Err(ImportError::syntax(place, reason, help));
    }
    of_input(&Input::open(path)?, encoding)
}

/// The same for bytes in memory; `name` stands for the path in messages.
///
/// # Errors
///
/// As [`read_plain_table`].
pub fn plain_table_of(
    name: &str,
    bytes: &[u8],
    encoding: Option<Encoding>,
) -> Result<PlainTable, ImportError> {
    of_input(&Input::bytes(name, bytes)?, encoding)
}

fn of_input(input: &Input, encoding: Option<Encoding>) -> Result<PlainTable, ImportError> {
    let bytes = input.bytes_up_to(LONGEST)?;
    let (bytes, note) = decoded(&input.path, &bytes, encoding)?;
    let mut table = match std::str::from_utf8(&bytes) {
        Ok(text) => taken_apart(&input.path, text),
        Err(error) => Err(crate::input::utf8_error(
            &input.path,
            &bytes,
            error.valid_up_to(),
        )),
    };
    if let Some(container) = &input.container {
        let placement = &container.placement;
        let placed = |mut table: PlainTable| {
            for line in &mut table.lines {
                *line = placement.row_of(*line).unwrap_or(*line);
            }
            for rejected in &mut table.rejected {
                placement.place(&mut rejected.place);
            }
            table
        };
        table = table.map(placed).map_err(|error| placement.error(error));
    }
    let mut table = table?;
    table.notes.splice(0..0, note);
    Ok(table)
}

/// The bytes in UTF-8, and what was assumed of them.
fn decoded<'b>(
    path: &str,
    bytes: &'b [u8],
    encoding: Option<Encoding>,
) -> Result<(Cow<'b, [u8]>, Option<String>), ImportError> {
    let utf16 = |of_pair: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).skip(1);
        let units = units.filter_map(|pair| Some(of_pair(pair.try_into().ok()?)));
        let text = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER));
        let text: String = text.collect();
        Cow::Owned(text.into_bytes())
    };
    let (bytes, note) = match bytes {
        [0xff, 0xfe, ..] => (utf16(u16::from_le_bytes), None),
        [0xfe, 0xff, ..] => (utf16(u16::from_be_bytes), None),
        _ => {
            let assumed = encoding.unwrap_or(Encoding::Windows1252);
            let (text, lines) = assumed.decode_lines(bytes);
            let note = (lines > 0 && encoding.is_none()).then(|| {
                format!(
                    "{path}: {} not in UTF-8 and read as {assumed}: --encoding says another",
                    match lines {
                        1 => "1 line is".to_owned(),
                        lines => format!("{} are", many(lines, "line")),
                    }
                )
            });
            (text, note)
        }
    };
    if bytes.contains(&0) {
        return Err(ImportError::Binary {
            path: path.to_owned(),
            what: "it holds zero bytes".to_owned(),
        });
    }
    Ok((bytes, note))
}

/// A column in the making.
#[derive(Default)]
struct Cells<'t> {
    known: FxHashMap<Cow<'t, [u8]>, u32>,
    values: Vec<String>,
    places: Vec<u32>,
    last: &'t [u8],
}

impl<'t> Cells<'t> {
    fn push(&mut self, raw: &'t [u8]) {
        // Neighbours in a column are mostly alike.
        if let (true, Some(last)) = (raw == self.last, self.places.last().copied()) {
            self.places.push(last);
            return;
        }
        self.last = raw;
        let value = split::unquote(raw);
        let place = match self.known.get(&value) {
            Some(place) => *place,
            None => {
                let place = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
                self.values
                    .push(String::from_utf8_lossy(&value).into_owned());
                self.known.insert(value, place);
                place
            }
        };
        self.places.push(place);
    }
}

fn taken_apart(path: &str, text: &str) -> Result<PlainTable, ImportError> {
    let bytes = text.as_bytes();
    let refuse = |reason: &str, help: &str| Err(syntax(path, 1, reason, help));
    if !is_table(bytes) {
        return refuse(
            "this is not a table: it begins as markup or JSON does",
            "name a CSV file, a spreadsheet or another table",
        );
    }
    if split::has_returns_alone(bytes.trim_ascii()) {
        let (reason, help) = split::RETURNS_ALONE;
        return refuse(reason, help);
    }
    let (mut at, above, delimiter) = split::first_row(bytes);
    let mut line = above + 1;
    let mut fields = Vec::new();
    let mut columns: Vec<(String, Cells<'_>)> = Vec::new();
    let (mut lines, mut rejected) = (Vec::new(), Vec::new());
    while at < bytes.len() {
        let split = split::split(bytes, at, delimiter, true, &mut fields);
        let next = split.or_else(|_| split::next_line(bytes, at).ok_or(bytes.len()));
        let next = next.unwrap_or_else(|end| end).max(at + 1);
        let row = bytes.get(at..next).unwrap_or_default();
        let ends = split::line_ends(row);
        let is_broken = |reason: &str, help: &str| Rejected {
            place: Place::new(path).with_line(line),
            value: excerpt(row),
            reason: reason.to_owned(),
            help: help.to_owned(),
            record: None,
        };
        match split {
            Err(fault) if columns.is_empty() || fault != Fault::AfterQuote => {
                return Err(syntax(path, line, fault.reason(), fault.help()));
            }
            Err(fault) => rejected.push(is_broken(fault.reason(), fault.help())),
            Ok(_) if split::is_blank(bytes, &fields) => {}
            Ok(_) if columns.is_empty() => {
                let heading = |span: &split::Span| {
                    let heading = split::unquote(span.of(bytes));
                    let heading = String::from_utf8_lossy(&heading).trim().to_owned();
                    (heading, Cells::default())
                };
                columns = fields.iter().map(heading).collect();
            }
            Ok(_) => {
                // Spreadsheets write empty fields behind the last column.
                let behind = fields.get(columns.len()..).unwrap_or_default();
                if fields.len() < columns.len() || !split::is_blank(bytes, behind) {
                    let reason = format!(
                        "the row has {} fields, the header {}",
                        fields.len(),
                        columns.len()
                    );
                    rejected.push(is_broken(&reason, mend_fields(fields.len(), columns.len())));
                } else {
                    for ((_, cells), span) in columns.iter_mut().zip(&fields) {
                        cells.push(span.of(bytes));
                    }
                    lines.push(line);
                }
            }
        }
        line += ends;
        at = next;
    }
    if lines.is_empty() && rejected.is_empty() {
        return Err(no_rows(path));
    }
    let mut notes = Vec::new();
    let headings = columns.iter().map(|(heading, _)| heading.as_str());
    let headings = told_apart(headings, &mut notes);
    let columns = columns.into_iter().zip(headings);
    Ok(PlainTable {
        path: path.to_owned(),
        columns: columns
            .map(|((_, cells), heading)| PlainColumn {
                heading,
                values: cells.values.into(),
                places: cells.places,
            })
            .collect(),
        lines,
        rejected,
        notes,
    })
}

/// The headings, each another: one that is empty or stands twice gets a number, which is noted.
fn told_apart<'h>(headings: impl Iterator<Item = &'h str>, notes: &mut Vec<String>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for (number, heading) in (1..).zip(headings) {
        let is_taken = |wanted: &String| all.contains(wanted);
        let mut told = heading.to_owned();
        if told.is_empty() {
            told = format!("column {number}");
        }
        let stem = told.clone();
        let mut again = 2;
        while is_taken(&told) {
            told = format!("{stem} {again}");
            again += 1;
        }
        if told != heading {
            notes.push(match heading {
                "" => format!("column {number} has no heading: it is called `{told}`"),
                _ => format!("several columns are called `{heading}`: column {number} is `{told}`"),
            });
        }
        all.push(told);
    }
    all
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_the_csv_crate_writes_is_kept_as_it_is(
            rows in prop::collection::vec(prop::collection::vec("[ab ,;\"\n\té]{0,5}", 3), 1..8),
        ) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(["a", "b", "c"]).unwrap();
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let text = writer.into_inner().unwrap();
            let is_blank = |row: &&Vec<String>| row.iter().all(|value| value.trim().is_empty());
            let expected: Vec<_> = rows.iter().filter(|row| !is_blank(row)).collect();
            match plain_table_of("t.csv", &text, None) {
                Ok(table) => {
                    let read: Vec<Vec<String>> = super::tests::rows(&table)
                        .into_iter()
                        .map(|row| row.into_iter().map(str::to_owned).collect())
                        .collect();
                    prop_assert_eq!(read.iter().collect::<Vec<_>>(), expected);
                }
                Err(error) => prop_assert!(expected.is_empty(), "{}", error),
            }
        }

        #[test]
        fn no_bytes_break_it(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = plain_table_of("t.csv", &bytes, None);
        }
    }

    fn table(bytes: &[u8]) -> PlainTable {
        plain_table_of("t.csv", bytes, None).unwrap()
    }

    fn rows(table: &PlainTable) -> Vec<Vec<&str>> {
        let row = |row| {
            table
                .columns
                .iter()
                .map(|column| column.cell(row))
                .collect()
        };
        (0..table.len()).map(row).collect()
    }

    #[test]
    fn cells_stay_as_they_are_and_rows_know_their_lines() {
        let table = table(b"\n a ;b\n\" x\"\"\";1;\n\n\"l\nm\";01\nx;2;3\n y\n");
        let headings: Vec<_> = table.columns.iter().map(|c| &*c.heading).collect();
        assert_eq!(headings, ["a", "b"]);
        assert_eq!(rows(&table), [[" x\"", "1"], ["l\nm", "01"]]);
        assert_eq!(table.lines, [3, 5]);
        let rejected: Vec<_> = table.rejected.iter().map(ToString::to_string).collect();
        assert_eq!(
            rejected,
            [
                "t.csv:7: the row has 3 fields, the header 2: `x;2;3`",
                "t.csv:8: the row has 1 fields, the header 2: ` y`"
            ]
        );
    }

    #[test]
    fn one_text_is_one_value_with_quotes_or_without() {
        let table = table(b"a\nFRA\n\"FRA\"\nDEU\nFRA\n");
        assert_eq!(table.columns[0].values(), ["FRA", "DEU"]);
        assert_eq!(table.columns[0].places(), [0, 0, 1, 0]);
    }

    #[test]
    fn other_encodings_are_read_and_noted() {
        let windows = table(b"name,n\nC\xf4te d'Ivoire,1\n");
        assert_eq!(windows.columns[0].values(), ["Côte d'Ivoire"]);
        assert_eq!(windows.notes.len(), 1, "{:?}", windows.notes);
        let mac = plain_table_of("t.csv", b"a\nC\x99te\n", "mac-roman".parse().ok()).unwrap();
        assert_eq!((mac.columns[0].cell(0), mac.notes.len()), ("Côte", 0));
        let mut bytes = vec![0xff, 0xfe];
        bytes.extend("a\té\n1\t2\n".encode_utf16().flat_map(u16::to_le_bytes));
        let utf16 = table(&bytes);
        assert_eq!(utf16.columns[1].heading, "é");
        assert_eq!(rows(&utf16), [["1", "2"]]);
    }

    #[test]
    fn headings_are_told_apart() {
        let table = table(b"x,,x,x 2\n1,2,3,4\n");
        let headings: Vec<_> = table.columns.iter().map(|c| &*c.heading).collect();
        assert_eq!(headings, ["x", "column 2", "x 2", "x 2 2"]);
        assert_eq!(table.notes.len(), 3);
    }

    #[test]
    fn what_is_no_table_is_refused() {
        for (bytes, reason) in [
            (b"<html>".as_slice(), "not a table"),
            (b"a,b\n\"1,2\n", "never closed"),
            (b"a\rb\r", "carriage return"),
            (b"a\0b\nc", "zero bytes"),
            (b"a,b\n", "no row below the header"),
        ] {
            let error = plain_table_of("t.csv", bytes, None).unwrap_err();
            assert!(error.to_string().contains(reason), "{error}");
        }
    }
}
