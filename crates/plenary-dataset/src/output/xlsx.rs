//! A [`Table`] as a workbook of Excel.

use std::io::{self, Write};

use plenary_analysis::table::{Cell, Table};
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::{Form, WriteError};

/// What a sheet holds, the row of the headings among it.
const MOST_ROWS: usize = 1_048_576;
const MOST_COLUMNS: usize = 16_384;
/// What a cell holds, in UTF-16 units at most.
const LONGEST: usize = 32_767;

/// Writes a workbook of two sheets: the table under its name, and `metadata` with its keys and values. Texts are texts: none is read as
/// a formula, a number or a link.
pub(super) fn write(table: &Table, name: &str, mut out: impl Write) -> Result<(), WriteError> {
    let too_large = |reason: String| {
        Err(WriteError::TooLarge {
            form: Form::Xlsx,
            reason,
        })
    };
    if table.len() >= MOST_ROWS {
        return too_large(format!(
            "{} rows, of which it takes {}",
            table.len(),
            MOST_ROWS - 1
        ));
    }
    if table.columns().len() > MOST_COLUMNS {
        return too_large(format!(
            "{} columns, of which it takes {MOST_COLUMNS}",
            table.columns().len()
        ));
    }
    let mut workbook = Workbook::new();
    let filled = fill(table, name, &mut workbook).and_then(|()| workbook.save_to_buffer());
    let bytes = match filled {
        Ok(bytes) => bytes,
        Err(XlsxError::MaxStringLengthExceeded) => {
            return too_large(format!("a text of more than {LONGEST} characters"));
        }
        Err(error) => return Err(io::Error::other(error).into()),
    };
    Ok(out.write_all(&bytes)?)
}

fn fill(table: &Table, name: &str, workbook: &mut Workbook) -> Result<(), XlsxError> {
    let heading = Format::new().set_bold();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let sheet = workbook.add_worksheet().set_name(name)?;
    sheet.set_freeze_panes(1, 0)?;
    for (at, column) in (0..).zip(table.columns()) {
        sheet.write_string_with_format(0, at, column.name(), &heading)?;
    }
    for (row, line) in (0..table.len()).zip(1..) {
        for (at, column) in (0..).zip(table.columns()) {
            write_cell(sheet, (line, at), column.cell(row), &day)?;
        }
    }
    let about = workbook.add_worksheet().set_name("metadata")?;
    for (line, (key, value)) in (0..).zip(table.metadata()) {
        about
            .write_string(line, 0, key)?
            .write_string(line, 1, value)?;
    }
    Ok(())
}

/// Days before 1900 are texts: Excel has no such days.
fn write_cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: Cell<'_>,
    day: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) => sheet.write_string(row, column, text)?,
        #[expect(clippy::cast_precision_loss, reason = "Excel has no other numbers")]
        Cell::Integer(number) => sheet.write_number(row, column, number as f64)?,
        Cell::Number(number) => sheet.write_number(row, column, number)?,
        Cell::Date(date) if chrono::Datelike::year(&date) >= 1901 => {
            sheet.write_datetime_with_format(row, column, date, day)?
        }
        Cell::Date(date) => sheet.write_string(row, column, date.to_string())?,
        Cell::Flag(flag) => sheet.write_boolean(row, column, flag)?,
        _ => return Ok(()),
    };
    Ok(())
}
