//! The fields of a table, as they are written.

use std::ops::Range;

/// The separators that tables have, the commonest first.
const SEPARATORS: [char; 3] = [',', ';', '\t'];

/// The separator of a table, by its header.
pub(crate) fn separator(header: &str) -> char {
    let count = |separator: &char| header.matches(*separator).count();
    // Of equals the last is taken: the commonest.
    SEPARATORS
        .into_iter()
        .rev()
        .max_by_key(count)
        .unwrap_or(',')
}

/// Whether a line is a row: blank lines, separators without anything between them and a spreadsheet's `sep=;` are none.
pub(crate) fn is_row(line: &str) -> bool {
    let line = line.trim_start_matches('\u{feff}');
    let empty = |c: char| c.is_whitespace() || SEPARATORS.contains(&c);
    let separator = line.trim_end().strip_prefix("sep=");
    !line.chars().all(empty) && separator.is_none_or(|rest| rest.chars().count() > 1)
}

/// A row of a table: the line that it begins on, from 1, and where its fields stand in the text, quotes and all.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) line: u64,
    pub(crate) fields: Vec<Range<usize>>,
}

/// The rows of a table. A quoted field may hold separators and line breaks (RFC 4180); it begins with its quote.
pub(crate) struct Rows<'a> {
    text: &'a str,
    separator: char,
    at: usize,
    line: u64,
}

/// Takes a table apart.
pub(crate) const fn rows(text: &str, separator: char) -> Rows<'_> {
    Rows {
        text,
        separator,
        at: 0,
        line: 1,
    }
}

impl Iterator for Rows<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let mut row = Row {
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

impl Rows<'_> {
    fn without_return(&self, start: usize, end: usize) -> usize {
        let field = self.text.get(start..end).unwrap_or_default();
        end - usize::from(field.ends_with('\r'))
    }
}

/// The fields of a line, with the places of their first and after their last character.
pub(crate) fn fields(line: &str, separator: char) -> Vec<(usize, usize, &str)> {
    let row = rows(line, separator).next();
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
pub(crate) fn unquoted(field: &str) -> &str {
    let inner = field
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    inner.unwrap_or(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(table: &str) -> Vec<(u64, Vec<&str>)> {
        let of = |row: Row| {
            (
                row.line,
                row.fields.into_iter().map(|r| &table[r]).collect(),
            )
        };
        rows(table, ',').map(of).collect()
    }

    #[test]
    fn a_line_without_a_field_is_no_row() {
        for line in [
            "",
            " \t",
            ",,;",
            "\u{feff}",
            "sep=;",
            "\u{feff}sep=,\r",
            "sep=",
        ] {
            assert!(!is_row(line), "{line:?}");
        }
        for line in ["a", ",a", "sep=;,a", "undl_id,ms_vote"] {
            assert!(is_row(line), "{line:?}");
        }
    }

    #[test]
    fn a_quoted_field_is_one_field() {
        assert_eq!(
            fields(r#"1,"a, b",,c"#, ','),
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
    fn the_separator_is_the_commonest_in_the_header() {
        for (header, found) in [("a,b", ','), ("a;b,c;d", ';'), ("a\tb", '\t'), ("a", ',')] {
            assert_eq!(separator(header), found, "{header}");
        }
    }
}
