//! Tables with a column for each choice, one of which is marked: written anew with one column that says which.

use plenary_types::Choice;

use super::Mapping;
use super::definition::{Role, Shape, columns_of};
use crate::csv::header::Header;
use crate::csv::row::{self, Span};
use crate::error::ImportError;
use crate::input::{Input, Limit};

/// The most that is read of such a table: it is held whole.
const LONGEST: Limit = Limit {
    mebibytes: 256,
    of: "a table with a column for each choice",
    help: "split it into several tables",
};

/// The table with one more column, which says which of the others is marked, and the mapping that reads it. Lines and columns
/// keep their places.
pub(super) fn as_long(
    input: &Input,
    header: &Header,
    mut mapping: Mapping,
) -> Result<(Input, Mapping), ImportError> {
    let marks: Vec<(Choice, usize)> = columns_of(&mapping.marks, header).collect();
    let columns = std::mem::take(&mut mapping.marks).into_values();
    let columns: Vec<String> = columns.flat_map(|columns| columns.0).collect();
    // No heading of the table is of this form, as it names several.
    let names: Vec<&str> = columns.iter().map(|name| &**name).collect();
    let heading = format!("one of {}", names.join(" / "));
    let text = input.bytes_up_to(LONGEST)?;
    let written = with_choices(&text, header, &marks, &heading);
    mapping.ignore.extend(columns);
    mapping.columns.of.insert(Role::Choice, heading);
    mapping.layout = Shape::Long;
    let words = marks.iter().map(|(choice, _)| *choice);
    let words = words.map(|choice| (choice, vec![choice.as_str().to_owned()]));
    mapping.choices = words.collect();
    Ok((input.with_text(written)?, mapping))
}

fn with_choices(text: &[u8], header: &Header, marks: &[(Choice, usize)], heading: &str) -> Vec<u8> {
    let mut written = Vec::with_capacity(text.len() + text.len() / 8);
    let mut fields = Vec::new();
    let mut at = header.bytes;
    push_row(
        &mut written,
        text.get(..at).unwrap_or_default(),
        Some(heading),
        header.delimiter,
    );
    while at < text.len() {
        let blank = row::blank_line(text, at, true);
        let split = || row::split(text, at, header.delimiter, true, &mut fields);
        // What cannot be taken apart is copied, and refused when it is read.
        let (next, word) = match blank.map_or_else(split, Ok) {
            Err(_) => (row::next_line(text, at).unwrap_or(text.len()), None),
            Ok(next) if blank.is_some() || row::is_blank(text, &fields) => (next, None),
            Ok(next) => (next, Some(marked(text, &fields, marks))),
        };
        let row = text.get(at..next).unwrap_or_default();
        push_row(&mut written, row, word.as_deref(), header.delimiter);
        at = next;
    }
    written
}

/// Writes a row, and one more field before its line end.
fn push_row(written: &mut Vec<u8>, row: &[u8], field: Option<&str>, delimiter: u8) {
    let is_end = |byte: &&u8| matches!(byte, b'\n' | b'\r');
    let ends = row.iter().rev().take_while(is_end).count();
    let (content, end) = row.split_at(row.len() - ends);
    written.extend_from_slice(content);
    if let Some(field) = field {
        written.extend_from_slice(&[delimiter, b'"']);
        written.extend_from_slice(field.replace('"', "\"\"").as_bytes());
        written.push(b'"');
    }
    written.extend_from_slice(end);
}

/// The choices that are marked in a row: one, or what is no choice.
fn marked(text: &[u8], fields: &[Span], marks: &[(Choice, usize)]) -> String {
    let is_marked = |column: usize| {
        let value = fields.get(column).map(|span| row::unquote(span.of(text)));
        let value = value.unwrap_or_default();
        let value = String::from_utf8_lossy(&value);
        const UNMARKED: [&str; 7] = ["", "0", "0.0", "false", "no", "-", "na"];
        !UNMARKED
            .iter()
            .any(|word| word.eq_ignore_ascii_case(value.trim()))
    };
    let marked = marks.iter().filter(|(_, column)| is_marked(*column));
    let marked: Vec<&str> = marked.map(|(choice, _)| choice.as_str()).collect();
    marked.join(" and ")
}
