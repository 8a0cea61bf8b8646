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
    let mut marked: Vec<String> = Vec::new();
    for (choice, column) in marks {
        let value = fields.get(*column).map(|span| row::unquote(span.of(text)));
        let value = value.unwrap_or_default();
        let value = String::from_utf8_lossy(&value);
        match is_mark(&value) {
            Some(true) => marked.push(choice.as_str().to_owned()),
            Some(false) => {}
            // Shown as it is, under what it would mean.
            None => return format!("{} under {}", value.trim(), choice.as_str()),
        }
    }
    marked.join(" and ")
}

/// Words that mark a cell, in several languages.
const MARKS: [&str; 20] = [
    "x",
    "yes",
    "y",
    "true",
    "t",
    "ja",
    "j",
    "wahr",
    "w",
    "oui",
    "o",
    "vrai",
    "v",
    "si",
    "sí",
    "s",
    "sim",
    "verdadero",
    "vero",
    "1,0",
];

/// Words that say that a cell is not marked.
const NO_MARKS: [&str; 16] = [
    "no", "n", "na", "nan", "null", "none", "false", "f", "nein", "falsch", "non", "faux", "não",
    "falso", "0,0", "#n/a",
];

/// Whether a cell is marked; nothing where it cannot be told.
fn is_mark(value: &str) -> Option<bool> {
    let word = value.trim().to_lowercase();
    let is_dash = word
        .chars()
        .all(|c| matches!(c, '-' | '.' | '\u{2013}' | '\u{2014}'));
    if is_dash || NO_MARKS.contains(&word.as_str()) {
        return Some(false);
    }
    if let Ok(number) = word.parse::<f64>() {
        let is = |known: f64| (number - known).abs() < f64::EPSILON;
        return match (is(1.0), is(0.0)) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        };
    }
    let is_sign = !word.contains('?') && !word.chars().any(char::is_alphanumeric);
    (is_sign || MARKS.contains(&word.as_str())).then_some(true)
}

#[cfg(test)]
mod tests {
    use super::is_mark;

    #[test]
    fn a_cell_is_marked_by_a_sign_or_a_word_for_yes_and_by_nothing_else() {
        for mark in [
            "x", "X", " 1 ", "1.0", "1,0", "TRUE", "ja", "Oui", "\u{2713}", "*",
        ] {
            assert_eq!(is_mark(mark), Some(true), "{mark}");
        }
        for none in [
            "", " ", "0", "0.0", "0,0", "-", "\u{2013}", "FALSCH", "nein", "N", "NA", "no",
        ] {
            assert_eq!(is_mark(none), Some(false), "{none}");
        }
        for doubt in ["abstain", "enthalten", "2", "-1", "?", "inf"] {
            assert_eq!(is_mark(doubt), None, "{doubt}");
        }
    }
}
