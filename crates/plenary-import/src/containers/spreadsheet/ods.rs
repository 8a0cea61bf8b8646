//! Sheets of OpenDocument (ODF 1.3, part 3, chapters 9 and 19.385), from the text of `content.xml`.

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::XmlVersion::Implicit1_0;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use super::{SheetCells, Value, WHAT, choose_sheet, without_midnight};
use crate::containers::text::{number, truth};
use crate::containers::{Found, broken};
use crate::error::ImportError;

/// A sheet has no more rows and columns than these.
const MOST_ROWS: u32 = 1 << 20;
const MOST_COLUMNS: u32 = 1 << 14;

/// So many blanks in a row are kept.
const MOST_BLANKS: usize = 1000;

/// Reads a sheet.
pub(super) fn read(path: &str, content: &str, wanted: Option<&str>) -> Result<Found, ImportError> {
    let failed = |error: Broken| match error {
        Broken::Xml(why) => broken(path, WHAT, why),
        Broken::Import(error) => *error,
    };
    let sheets = sheets(content).map_err(failed)?;
    let names = sheets.iter().map(|sheet| sheet.name.as_str());
    let visible = sheets.iter().position(|sheet| !sheet.is_hidden);
    let (name, note) = choose_sheet(path, names, visible, wanted)?;
    let mut table = SheetCells::new(path);
    cells(content, &name, &mut table).map_err(failed)?;
    table.found(name, note)
}

struct Sheet {
    name: String,
    is_hidden: bool,
}

enum Broken {
    Xml(String),
    Import(Box<ImportError>),
}

impl From<ImportError> for Broken {
    fn from(error: ImportError) -> Self {
        Self::Import(Box::new(error))
    }
}

fn xml(error: impl std::fmt::Display) -> Broken {
    Broken::Xml(error.to_string())
}

fn reader(content: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_reader(content.as_bytes());
    reader.config_mut().expand_empty_elements = true;
    reader
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Result<Option<String>, Broken> {
    let found = start.try_get_attribute(name).map_err(xml)?;
    let value = found.map(|found| {
        found
            .normalized_value(Implicit1_0)
            .map(|value| value.into_owned())
    });
    value.transpose().map_err(xml)
}

/// How often an element stands for itself.
fn repeated(start: &BytesStart<'_>, name: &str) -> Result<u32, Broken> {
    let text = attribute(start, name)?;
    text.map_or(Ok(1), |text| text.trim().parse().map_err(xml))
}

/// The sheets, by the tables of the content and the styles that hide them.
fn sheets(content: &str) -> Result<Vec<Sheet>, Broken> {
    let mut reader = reader(content);
    let (mut buffer, mut sheets) = (Vec::new(), Vec::new());
    let (mut style, mut hiding) = (None, BTreeSet::new());
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(xml)? {
            Event::Start(start) => match start.local_name().as_ref() {
                "style" => style = attribute(&start, "style:name")?,
                "table-properties" => {
                    let display = attribute(&start, "table:display")?;
                    hiding.extend(
                        style
                            .clone()
                            .filter(|_| display.as_deref() == Some("false")),
                    );
                }
                "table" => {
                    let style = attribute(&start, "table:style-name")?;
                    sheets.push(Sheet {
                        name: attribute(&start, "table:name")?.unwrap_or_default(),
                        is_hidden: style.is_some_and(|style| hiding.contains(&style)),
                    });
                }
                _ => {}
            },
            Event::Eof => return Ok(sheets),
            _ => {}
        }
    }
}

/// A cell, as far as it was read.
#[derive(Default)]
struct Cell {
    times: u32,
    kind: String,
    value: Option<String>,
    has_formula: bool,
    is_error: bool,
    text: String,
    has_paragraph: bool,
}

impl Cell {
    fn new(start: &BytesStart<'_>) -> Result<Self, Broken> {
        let kind = attribute(start, "office:value-type")?.unwrap_or_default();
        let value = match kind.as_str() {
            "date" => attribute(start, "office:date-value")?,
            "time" => attribute(start, "office:time-value")?,
            "boolean" => attribute(start, "office:boolean-value")?,
            "string" => attribute(start, "office:string-value")?,
            _ => attribute(start, "office:value")?,
        };
        Ok(Self {
            times: repeated(start, "table:number-columns-repeated")?,
            is_error: attribute(start, "calcext:value-type")?.as_deref() == Some("error"),
            has_formula: attribute(start, "table:formula")?.is_some(),
            kind,
            value,
            ..Self::default()
        })
    }

    /// What stands in it; nothing in one that is empty.
    fn value(&self) -> Option<Value> {
        if self.is_error {
            return Some(Value::Error(self.text.clone()));
        }
        let value = self.value.as_deref().filter(|value| !value.is_empty());
        let text = match (self.kind.as_str(), value) {
            ("", _) => String::new(),
            ("string", value) => value.unwrap_or(&self.text).to_owned(),
            ("date", Some(value)) => without_midnight(value).to_owned(),
            ("boolean", Some(value)) => truth(value == "true").to_owned(),
            ("time", Some(value)) => value.to_owned(),
            (_, Some(value)) => value.parse().map_or_else(|_| value.to_owned(), number),
            (_, None) => self.text.clone(),
        };
        Some(Value::Text(text)).filter(|_| !matches!(self.kind.as_str(), ""))
    }
}

/// The cells of the sheet of a name.
fn cells(content: &str, sheet: &str, table: &mut SheetCells) -> Result<(), Broken> {
    let mut reader = reader(content);
    let mut buffer = Vec::new();
    let (mut is_there, mut depth) = (false, 0_u32);
    let (mut row, mut rows, mut column) = (0_u32, 1_u32, 0_u32);
    let mut cell: Option<Cell> = None;
    // Comments and drawings in a cell are none of its text.
    let mut aside = 0_u32;
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).map_err(xml)?;
        if !is_there {
            match event {
                Event::Start(start) if start.local_name().as_ref() == "table" => {
                    is_there = attribute(&start, "table:name")?.unwrap_or_default() == sheet;
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
            continue;
        }
        match event {
            Event::Start(start) => match start.local_name().as_ref() {
                "table" => depth += 1,
                "annotation" | "frame" | "shapes" => aside += 1,
                _ if aside > 0 || depth > 0 => {}
                "table-row" => {
                    rows = repeated(&start, "table:number-rows-repeated")?;
                    column = 0;
                }
                "table-cell" | "covered-table-cell" => cell = Some(Cell::new(&start)?),
                name => {
                    if let Some(cell) = &mut cell {
                        text_of(name, &start, cell)?;
                    }
                }
            },
            Event::End(end) => match end.local_name().as_ref() {
                "table" if depth == 0 => return Ok(()),
                "table" => depth -= 1,
                "annotation" | "frame" | "shapes" => aside = aside.saturating_sub(1),
                _ if aside > 0 || depth > 0 => {}
                "table-row" => row = row.saturating_add(rows),
                "table-cell" | "covered-table-cell" => {
                    if let Some(cell) = cell.take() {
                        push(table, (row, rows), column, &cell)?;
                        column = column.saturating_add(cell.times);
                    }
                }
                _ => {}
            },
            Event::Text(text) if aside == 0 => {
                if let Some(cell) = cell.as_mut().filter(|cell| cell.has_paragraph) {
                    cell.text.push_str(&text.xml10_content());
                }
            }
            Event::GeneralRef(entity) if aside == 0 => {
                if let Some(cell) = &mut cell {
                    let of_number = entity.resolve_char_ref().ok().flatten().map(String::from);
                    let known = resolve_predefined_entity(&entity).map(ToOwned::to_owned);
                    let text = of_number.or(known);
                    cell.text
                        .push_str(&text.ok_or_else(|| xml("an unknown entity stands in it"))?);
                }
            }
            Event::DocType(_) => return Err(xml("it declares a document type")),
            Event::Eof => return Err(xml("it ends in the middle of a sheet")),
            _ => {}
        }
    }
}

/// What an element in a cell adds to its text.
fn text_of(name: &str, start: &BytesStart<'_>, cell: &mut Cell) -> Result<(), Broken> {
    match name {
        "p" => {
            let is_first = !std::mem::replace(&mut cell.has_paragraph, true);
            cell.text.push_str(if is_first { "" } else { "\n" });
        }
        "s" => {
            let blanks = repeated(start, "text:c")? as usize;
            cell.text
                .extend(std::iter::repeat_n(' ', blanks.min(MOST_BLANKS)));
        }
        "tab" => cell.text.push('\t'),
        "line-break" => cell.text.push('\n'),
        _ => {}
    }
    Ok(())
}

/// Adds a cell as often as it stands for itself, in each row that its row stands for.
fn push(
    table: &mut SheetCells,
    (row, rows): (u32, u32),
    column: u32,
    cell: &Cell,
) -> Result<(), Broken> {
    let is_empty = match cell.value() {
        None => true,
        Some(Value::Text(text)) => text.is_empty() && !cell.has_formula,
        Some(Value::Error(_)) => false,
    };
    if is_empty {
        return Ok(());
    }
    table
        .cells
        .room_for(u64::from(rows) * u64::from(cell.times))?;
    for row in (row..row.saturating_add(rows)).take_while(|row| *row < MOST_ROWS) {
        let columns = column..column.saturating_add(cell.times);
        for column in columns.take_while(|column| *column < MOST_COLUMNS) {
            match cell.value() {
                Some(Value::Text(text)) if text.is_empty() && cell.kind == "string" => {}
                Some(Value::Text(text)) if text.is_empty() => table.no_value(row, column),
                Some(value) => table.push(row, column, value)?,
                None => {}
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(rows: &str) -> String {
        format!(
            "<office:document-content><office:automatic-styles><style:style style:name=\"h\">\
             <style:table-properties table:display=\"false\"/></style:style></office:automatic-styles>\
             <table:table table:name=\"notes\" table:style-name=\"h\"/>\
             <table:table table:name=\"votes\">{rows}</table:table></office:document-content>"
        )
    }

    fn text(rows: &str) -> (String, Vec<String>) {
        let found = read("in", &sheet(rows), None).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(found.name, "votes");
        let remarks = found.remarks.into_iter();
        let remarks =
            remarks.map(|remark| format!("{} {}: {}", remark.row, remark.field, remark.message));
        let remarks = remarks.collect();
        (String::from_utf8(found.text.finish().0).unwrap(), remarks)
    }

    #[test]
    fn cells_are_written_by_their_kind_and_repeated() {
        let (text, remarks) = text(
            "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>\
             <table:table-row>\
             <table:table-cell/>\
             <table:table-cell office:value-type=\"string\"><text:p>a &amp; b</text:p><text:p>c<text:s text:c=\"2\"/>d</text:p>\
             <office:annotation><text:p>a comment</text:p></office:annotation></table:table-cell>\
             <table:table-cell office:value-type=\"string\" table:number-columns-repeated=\"2\"><text:p>x</text:p></table:table-cell>\
             </table:table-row>\
             <table:table-row table:number-rows-repeated=\"2\">\
             <table:table-cell/>\
             <table:table-cell office:value-type=\"date\" office:date-value=\"2018-12-19T00:00:00\"><text:p>19.12.18</text:p></table:table-cell>\
             <table:table-cell office:value-type=\"float\" office:value=\"1946.0\"><text:p>1946</text:p></table:table-cell>\
             <table:table-cell office:value-type=\"boolean\" office:boolean-value=\"true\"/>\
             </table:table-row>\
             <table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>",
        );
        assert_eq!(
            text,
            "\n\n\"a & b\nc  d\",x,x\n2018-12-19,1946,TRUE\n2018-12-19,1946,TRUE\n"
        );
        assert!(remarks.is_empty(), "{remarks:?}");
    }

    #[test]
    fn errors_and_formulas_without_a_value_are_said() {
        let (text, remarks) = text(
            "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>a</text:p></table:table-cell>\
             <table:table-cell office:value-type=\"string\"><text:p>b</text:p></table:table-cell></table:table-row>\
             <table:table-row><table:table-cell office:value-type=\"string\" office:string-value=\"\" calcext:value-type=\"error\">\
             <text:p>#N/A</text:p></table:table-cell>\
             <table:table-cell table:formula=\"of:=1\" office:value-type=\"float\"/></table:table-row>",
        );
        assert_eq!(text, "a,b\n");
        assert_eq!(remarks.len(), 2, "{remarks:?}");
        assert!(
            remarks[0].starts_with("2 a: the cell holds an error"),
            "{remarks:?}"
        );
        assert!(remarks[1].starts_with("2 b: the formula"), "{remarks:?}");
    }

    #[test]
    fn what_is_broken_or_would_unfold_without_end_is_refused() {
        for rows in [
            "<table:table-row><table:table-cell>",
            "<table:table-row table:number-rows-repeated=\"x\"/>",
            "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell office:value-type=\"string\" \
             table:number-columns-repeated=\"16384\"><text:p>x</text:p></table:table-cell></table:table-row>",
        ] {
            assert!(read("in", &sheet(rows), None).is_err(), "{rows}");
        }
    }
}
