//! Where the fields of a table stand in its text, as they are written.

use std::ops::Range;

use plenary_types::Invariant;

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlacedRow {
    /// The line that it begins on, from 1.
    pub line: u64,
    /// Where its fields stand in the text, in bytes, quotes and all.
    pub fields: Vec<Range<usize>>,
}

/// The rows of a table, in order: see [`placed_rows`].
#[derive(Clone, Debug)]
pub struct PlacedRows<'a> {
    text: &'a str,
    separator: char,
    at: usize,
    line: u64,
}

/// Takes a table apart from a byte on, at which a line begins. A quoted field may hold separators and line breaks (RFC 4180); it
/// begins with its quote.
///
/// ```
/// let text = "code,name\nBOL,\"Bolivia (Plurinational\nState of)\"\n";
/// let rows: Vec<_> = plenary_import::placed_rows(text, 0, ',').collect();
/// assert_eq!(rows.len(), 2);
/// assert_eq!(&text[rows[1].fields[0].clone()], "BOL");
/// ```
#[must_use]
pub fn placed_rows(text: &str, at: usize, separator: char) -> PlacedRows<'_> {
    let before = text.get(..at).unwrap_or_default();
    PlacedRows {
        text,
        separator,
        at,
        line: before.matches('\n').count() as u64 + 1,
    }
}

impl Iterator for PlacedRows<'_> {
    type Item = PlacedRow;

    fn next(&mut self) -> Option<PlacedRow> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let mut row = PlacedRow {
            line: self.line,
            fields: Vec::new(),
        };
        let mut start = self.at;
        let (mut opened, mut quoted) = (false, false);
        for (offset, c) in rest.char_indices() {
            let at = self.at + offset;
            match c {
                // A doubled quote closes the field and opens it again.
                '"' if opened || at == start => (opened, quoted) = (true, !quoted),
                '\n' if !quoted => {
                    self.line += 1;
                    row.fields.push(start..self.without_return(start, at));
                    self.at = at + 1;
                    return Some(row);
                }
                '\n' => self.line += 1,
                c if c == self.separator && !quoted => {
                    row.fields.push(start..at);
                    start = at + c.len_utf8();
                    opened = false;
                }
                _ => {}
            }
        }
        self.at = self.text.len();
        row.fields.push(start..self.text.len());
        Some(row)
    }
}

impl PlacedRows<'_> {
    fn without_return(&self, start: usize, end: usize) -> usize {
        let field = self
            .text
            .get(start..end)
            .invariant("a field lies in its text");
        end - usize::from(field.ends_with('\r'))
    }
}

/// The fields of a line, each behind the places of its first character and after its last one.
#[must_use]
pub fn placed_fields(line: &str, separator: char) -> Vec<(usize, usize, &str)> {
    let row = placed_rows(line, 0, separator).next();
    let of = |range: Range<usize>| {
        let text = line.get(range.clone())?;
        let from = line.get(..range.start)?.chars().count();
        Some((from, from + text.chars().count(), text))
    };
    row.into_iter()
        .flat_map(|row| row.fields)
        .filter_map(of)
        .collect()
}

/// A field without the quotes that hold it.
#[must_use]
pub fn unquoted(field: &str) -> &str {
    let inner = field
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    inner.unwrap_or(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(table: &str) -> Vec<(u64, Vec<&str>)> {
        let of = |row: PlacedRow| {
            (
                row.line,
                row.fields.into_iter().map(|r| &table[r]).collect(),
            )
        };
        placed_rows(table, 0, ',').map(of).collect()
    }

    #[test]
    fn a_quoted_field_is_one_field() {
        assert_eq!(
            placed_fields(r#"1,"a, b",,c"#, ','),
            [(0, 1, "1"), (2, 8, "\"a, b\""), (9, 9, ""), (10, 11, "c")]
        );
    }

    #[test]
    fn rows_know_their_lines_and_quotes_hold_line_breaks() {
        assert_eq!(
            texts("a,b\r\n1,\"x\ny, \"\"z\"\"\"\n2,5\" tall\n3,"),
            [
                (1, vec!["a", "b"]),
                (2, vec!["1", "\"x\ny, \"\"z\"\"\""]),
                (4, vec!["2", "5\" tall"]),
                (5, vec!["3", ""]),
            ]
        );
        assert_eq!(texts(""), []);
    }

    #[test]
    fn rows_are_numbered_from_the_top_wherever_reading_begins() {
        let rows: Vec<_> = placed_rows("sep=;\n\na;b\n1;2", 7, ';')
            .map(|row| row.line)
            .collect();
        assert_eq!(rows, [3, 4]);
    }
}
