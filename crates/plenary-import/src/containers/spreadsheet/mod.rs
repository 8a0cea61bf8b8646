//! Spreadsheets: `.xlsx` by calamine, `.xls` and `.ods` by readers of our own: calamine's do not withstand hostile files of the two.
//!
//! A sheet is what is stored in it: a formula is its stored value, a merged area the value of its first cell, hidden rows and columns
//! are read as the others. A hidden sheet is read when it is named.

mod binary;
mod compound;
mod ods;

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, ExcelDateTime, Reader, Sheet, SheetType, SheetVisible, Xlsx};
use zip::ZipArchive;

use super::text::{Cells, number, truth};
use super::{Found, LONGEST, Listed, Remark, broken, choose, one_of};
use crate::error::ImportError;

const WHAT: &str = "the spreadsheet";

/// A spreadsheet in a zip archive: `.xlsx` or `.ods`.
pub(super) fn of_zip(
    path: &str,
    bytes: Vec<u8>,
    wanted: Option<&str>,
) -> Result<Found, ImportError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes.as_slice()))
        .map_err(|error| broken(path, "the zip archive", error))?;
    let has = |name: &str| archive.index_for_name(name).is_some();
    match (
        has("xl/workbook.xml"),
        has("content.xml"),
        has("xl/workbook.bin"),
    ) {
        (true, ..) => {
            refuse_bomb(path, &mut archive)?;
            // calamine counts rows and columns without looking whether the number is too large.
            let read = catch_unwind(AssertUnwindSafe(|| xlsx(path, bytes, wanted)));
            read.unwrap_or_else(|_| Err(broken(path, WHAT, "it contradicts itself")))
        }
        (_, true, _) => {
            let content = content(path, &mut archive)?;
            ods::read(path, &content, wanted)
        }
        (.., true) => Err(ImportError::Binary {
            path: path.to_owned(),
            what: "it is a spreadsheet in the binary form of Excel (`.xlsb`)".to_owned(),
        }),
        _ => Err(ImportError::Binary {
            path: path.to_owned(),
            what: "it is a zip archive without a spreadsheet".to_owned(),
        }),
    }
}

/// Refuses an archive that unpacks to more than is read: what its directory says of that need not be so.
fn refuse_bomb(path: &str, archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<(), ImportError> {
    let mut left = LONGEST.bytes();
    for at in 0..archive.len() {
        let entry = archive
            .by_index(at)
            .map_err(|error| broken(path, WHAT, error))?;
        let mut entry = entry.take(left + 1);
        let read =
            io::copy(&mut entry, &mut io::sink()).map_err(|error| broken(path, WHAT, error))?;
        left = left
            .checked_sub(read)
            .ok_or_else(|| LONGEST.exceeded(path))?;
    }
    Ok(())
}

/// The content of an `.ods`.
fn content(path: &str, archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<String, ImportError> {
    let entry = archive
        .by_name("content.xml")
        .map_err(|error| broken(path, WHAT, error))?;
    let mut content = String::new();
    let mut entry = entry.take(LONGEST.bytes() + 1);
    entry
        .read_to_string(&mut content)
        .map_err(|error| broken(path, WHAT, error))?;
    match content.len() as u64 > LONGEST.bytes() {
        true => Err(LONGEST.exceeded(path)),
        false => Ok(content),
    }
}

fn xlsx(path: &str, bytes: Vec<u8>, wanted: Option<&str>) -> Result<Found, ImportError> {
    let failed = |error: calamine::XlsxError| broken(path, WHAT, error);
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(failed)?;
    let (name, note) = sheet(path, workbook.sheets_metadata(), wanted)?;
    let mut reader = workbook.worksheet_cells_reader(&name).map_err(failed)?;
    let mut table = SheetCells::new(path);
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(failed)? {
        let (row, column) = cell.pos;
        match cell.value {
            DataRef::Empty if cell.formula.is_some() => table.no_value(row, column),
            value => table.push(row, column, value)?,
        }
    }
    table.found(name, note)
}

/// A spreadsheet of Excel 97 to 2003: `.xls`.
pub(super) fn old(path: &str, bytes: &[u8], wanted: Option<&str>) -> Result<Found, ImportError> {
    binary::read(path, bytes, wanted)
}

/// The sheet that is meant, and which of several it is.
fn sheet(
    path: &str,
    sheets: &[Sheet],
    wanted: Option<&str>,
) -> Result<(String, Option<String>), ImportError> {
    let sheets: Vec<&Sheet> = sheets
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .collect();
    let visible = sheets
        .iter()
        .position(|sheet| sheet.visible == SheetVisible::Visible);
    let names = sheets.iter().map(|sheet| sheet.name.as_str());
    choose_sheet(path, names, visible, wanted)
}

/// The sheet of the name, else the first that is not hidden, else the first.
fn choose_sheet<'a>(
    path: &str,
    names: impl Iterator<Item = &'a str>,
    visible: Option<usize>,
    wanted: Option<&str>,
) -> Result<(String, Option<String>), ImportError> {
    let listed = |name: &str| Listed {
        name: name.to_owned(),
        size: None,
    };
    let sheets: Vec<Listed> = names.map(listed).collect();
    let at = choose(path, "sheet", &sheets, wanted, visible.or(Some(0)))?;
    let name = sheets
        .get(at)
        .map(|sheet| sheet.name.clone())
        .unwrap_or_default();
    let note = one_of("sheet", at, &sheets);
    Ok((name, note))
}

/// No spreadsheet program has more rows and columns than these.
const ROWS: u32 = 1_048_576;
const COLUMNS: u32 = 16_384;

/// The cells of a sheet, and those of its columns that hold no value.
struct SheetCells {
    cells: Cells,
    /// For each column, the first row of an error, the error, and how many there are.
    errors: BTreeMap<u32, (u32, String, u64)>,
    /// For each column, the first row of a formula without a stored value, and how many there are.
    without_value: BTreeMap<u32, (u32, u64)>,
}

/// The errors of spreadsheets; a text of the kind is one that was pasted as a value.
const ERRORS: [&str; 10] = [
    "#DIV/0!",
    "#N/A",
    "#NAME?",
    "#NULL!",
    "#NUM!",
    "#REF!",
    "#VALUE!",
    "#DATA!",
    "#GETTING_DATA",
    "#SPILL!",
];

impl SheetCells {
    fn new(path: &str) -> Self {
        Self {
            cells: Cells::new(path),
            errors: BTreeMap::new(),
            without_value: BTreeMap::new(),
        }
    }

    fn push(&mut self, row: u32, column: u32, value: impl Into<Value>) -> Result<(), ImportError> {
        match value.into() {
            Value::Text(text) if ERRORS.contains(&text.as_str()) || text.starts_with("Err:5") => {
                self.error(row, column, text);
                Ok(())
            }
            Value::Text(text) if !text.is_empty() && (row >= ROWS || column >= COLUMNS) => {
                let beyond = format!(
                    "a cell of it is beyond the last row ({ROWS}) or the last column ({COLUMNS}) of a sheet"
                );
                Err(broken(self.cells.path(), WHAT, beyond))
            }
            Value::Text(text) => self.cells.push(row.saturating_add(1), column, &text),
            Value::Error(text) => {
                self.error(row, column, text);
                Ok(())
            }
        }
    }

    fn error(&mut self, row: u32, column: u32, text: String) {
        let (.., count) = self.errors.entry(column).or_insert((row + 1, text, 0));
        *count += 1;
    }

    fn no_value(&mut self, row: u32, column: u32) {
        let (_, count) = self.without_value.entry(column).or_insert((row + 1, 0));
        *count += 1;
    }

    fn found(self, name: String, note: Option<String>) -> Result<Found, ImportError> {
        let field = |column: u32| match self.cells.heading(column) {
            Some(heading) => heading.to_owned(),
            None => format!("column {}", letters(column)),
        };
        let errors = self.errors.iter().map(|(column, (row, text, count))| Remark {
            row: (*row).into(),
            field: field(*column),
            found: Some(text.clone()),
            message: match count {
                1 => "the cell holds an error of the spreadsheet; it is read as empty".to_owned(),
                _ => format!("{count} cells of the column hold errors of the spreadsheet, the first here; they are read as empty"),
            },
            help: "correct the formula, or empty the cell",
        });
        let without = self.without_value.iter().map(|(column, (row, count))| Remark {
            row: (*row).into(),
            field: field(*column),
            found: None,
            message: match count {
                1 => "the formula in the cell has no stored value; it is read as empty".to_owned(),
                _ => format!("{count} formulas of the column have no stored value, the first here; they are read as empty"),
            },
            help: "open the file in a spreadsheet program, which computes the formulas, and save it",
        });
        let remarks = errors.chain(without).collect();
        Ok(Found {
            name,
            remarks,
            text: self.cells.into_text(None)?,
            note,
        })
    }
}

/// A column, as spreadsheets call it: `A` to `Z`, `AA`, ...
fn letters(column: u32) -> String {
    let mut text = String::new();
    let mut left = u64::from(column) + 1;
    while left > 0 {
        let letter = u8::try_from((left - 1) % 26).unwrap_or_default();
        text.insert(0, char::from(b'A' + letter));
        left = (left - 1) / 26;
    }
    text
}

/// What is in a cell.
enum Value {
    Text(String),
    Error(String),
}

impl From<DataRef<'_>> for Value {
    fn from(value: DataRef<'_>) -> Self {
        Self::Text(match value {
            DataRef::Empty => String::new(),
            DataRef::Int(value) => value.to_string(),
            DataRef::Float(value) => number(value),
            DataRef::String(text) | DataRef::DurationIso(text) => text,
            DataRef::SharedString(text) => text.to_owned(),
            DataRef::Bool(value) => truth(value).to_owned(),
            DataRef::DateTime(at) => time_of(at),
            DataRef::DateTimeIso(text) => without_midnight(&text).to_owned(),
            DataRef::Error(error) => return Self::Error(error.to_string()),
        })
    }
}

/// A day; a time where there is no day, or one beside it.
fn time_of(at: ExcelDateTime) -> String {
    let serial = at.as_f64();
    if !(0.0..2_958_466.0).contains(&serial) {
        return number(serial);
    }
    let (year, month, day, hour, minute, second, milli) = at.to_ymd_hms_milli();
    let fraction = match milli {
        0 => String::new(),
        _ => format!(".{milli:03}"),
    };
    let clock = format!("{minute:02}:{second:02}{fraction}");
    if at.is_duration() {
        let days = serial.trunc();
        return format!("{:.0}:{clock}", days * 24.0 + f64::from(hour));
    }
    let clock = format!("{hour:02}:{clock}");
    match (serial < 1.0, clock.as_str()) {
        (true, _) => clock,
        (false, "00:00:00") => format!("{year:04}-{month:02}-{day:02}"),
        (false, _) => format!("{year:04}-{month:02}-{day:02}T{clock}"),
    }
}

/// The day of a timestamp of midnight.
fn without_midnight(text: &str) -> &str {
    let day = text.split_once('T').filter(|(_, clock)| {
        let digits = clock.trim_end_matches('Z').bytes();
        digits
            .clone()
            .all(|byte| matches!(byte, b'0' | b':' | b'.'))
    });
    day.map_or(text, |(day, _)| day)
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType::{DateTime, TimeDelta};

    use super::*;

    #[test]
    fn dates_are_iso_days_and_times_are_told_from_them() {
        let text = |serial, is_duration, is_1904| {
            let kind = if is_duration { TimeDelta } else { DateTime };
            time_of(ExcelDateTime::new(serial, kind, is_1904))
        };
        assert_eq!(text(43_453.0, false, false), "2018-12-19");
        assert_eq!(text(43_453.0 - 1462.0, false, true), "2018-12-19");
        assert_eq!(text(43_453.5, false, false), "2018-12-19T12:00:00");
        assert_eq!(text(0.75, false, false), "18:00:00");
        assert_eq!(text(1.5, true, false), "36:00:00");
        assert_eq!(text(-1.0, false, false), "-1");
        assert_eq!(text(1e9, false, false), "1000000000");
        assert_eq!(without_midnight("2018-12-19T00:00:00"), "2018-12-19");
        assert_eq!(
            without_midnight("2018-12-19T10:00:00"),
            "2018-12-19T10:00:00"
        );
    }

    #[test]
    fn a_cell_beyond_the_last_row_or_column_of_a_sheet_is_refused() {
        let mut cells = SheetCells::new("in");
        let text = || Value::Text("x".to_owned());
        assert!(cells.push(ROWS - 1, COLUMNS - 1, text()).is_ok());
        assert!(cells.push(ROWS, 0, text()).is_err());
        assert!(cells.push(0, COLUMNS, text()).is_err());
    }

    #[test]
    fn columns_are_called_by_letters() {
        assert_eq!(
            [0, 25, 26, 701, 702].map(letters),
            ["A", "Z", "AA", "ZZ", "AAA"]
        );
    }
}
