//! Tables with lists: one row a vote, a column a choice, and in each cell the names of those who made it.

use std::borrow::Cow;

use plenary_states::split_names;
use plenary_types::Choice;

use super::group::Group;
use super::header::Header;
use super::layout::Layout;
use super::refused::Why;
use super::row::Span;
use super::rows::{UseRow, read_rows};
use super::scan::Scan;
use crate::error::ImportError;
use crate::input::Input;

/// Which column holds the list of which choice, and what stands between the names where the cells do not show it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lists {
    pub(crate) columns: Vec<(Choice, usize)>,
    pub(crate) separator: Option<Box<str>>,
}

/// Reads a table of lists. An empty list is nobody's ballot.
pub(crate) fn scan(
    input: &Input,
    header: &Header,
    layout: &Layout,
    lists: &Lists,
) -> Result<Scan, ImportError> {
    let mut rows = Rows { layout, lists };
    read_rows(input, header, layout, Scan::of_names(Vec::new()), &mut rows)
}

struct Rows<'a> {
    layout: &'a Layout,
    lists: &'a Lists,
}

impl UseRow for Rows<'_> {
    fn use_row(&mut self, scan: &mut Scan, text: &str, fields: Box<[Span]>) -> Option<Why> {
        let mut group = Group::of_row(text, fields, scan.lines);
        if self.layout.lacks_key(&group) {
            return Some(Why::NoKey);
        }
        let mut who = Vec::new();
        for (choice, column) in &self.lists.columns {
            let cell = group.value(*column).into_owned();
            let Some(names) = names_in(&cell, self.lists.separator.as_deref()) else {
                return Some(Why::List);
            };
            for name in names {
                who.push(scan.names.of_text(&name));
                group.push(*choice, scan.lines);
            }
        }
        let key = scan.groups.len().to_le_bytes();
        scan.add(key.as_slice().into(), group, &who);
        None
    }
}

/// The names in a cell, in order: of a list in brackets with each name in quotes, as Python and JSON write it; else what stands
/// between the separators, those that are given or `;`, `|` and line ends; else as prose, with commas and conjunctions. `None`
/// where a bracket or quote is never closed.
pub(crate) fn names_in<'c>(cell: &'c str, separator: Option<&str>) -> Option<Vec<Cow<'c, str>>> {
    let cell = cell.trim();
    if is_none(cell) {
        return Some(Vec::new());
    }
    if cell.starts_with(['[', '(', '{']) && separator.is_none() {
        return in_brackets(cell);
    }
    let parts: Vec<&str> = match separator {
        Some(separator) => cell.split(separator).collect(),
        None if cell.contains([';', '|', '\n']) => cell.split([';', '|', '\n']).collect(),
        None => {
            let listed = split_names(cell, None).into_iter();
            listed.map(|listed| listed.text).collect()
        }
    };
    let names = parts.into_iter().map(str::trim);
    let names = names.filter(|name| !is_none(name));
    Some(names.map(Cow::Borrowed).collect())
}

/// Whether a text says that nobody is on a list.
fn is_none(text: &str) -> bool {
    const NOBODY: [&str; 5] = ["", "-", "none", "nan", "nobody"];
    let dashes = text.trim_matches(['\u{2013}', '\u{2014}']);
    NOBODY.iter().any(|word| dashes.eq_ignore_ascii_case(word))
}

/// The elements of a list in brackets.
fn in_brackets(cell: &str) -> Option<Vec<Cow<'_, str>>> {
    let close = match cell.chars().next()? {
        '[' => ']',
        '(' => ')',
        _ => '}',
    };
    let inside = cell.get(1..)?.strip_suffix(close)?;
    let mut names = Vec::new();
    let mut rest = inside.trim_start();
    while !rest.is_empty() {
        let (name, after) = match rest.chars().next()? {
            quote @ ('\'' | '"') => quoted(rest.get(1..)?, quote)?,
            _ => {
                let end = rest.find(',').unwrap_or(rest.len());
                let (name, after) = rest.split_at(end);
                (name.trim().to_owned(), after)
            }
        };
        if !is_none(&name) {
            names.push(Cow::Owned(name.trim().to_owned()));
        }
        let after = after.trim_start();
        rest = match after.strip_prefix(',') {
            Some(next) => next.trim_start(),
            None if after.is_empty() => after,
            None => return None,
        };
    }
    Some(names)
}

/// A text up to its closing quote, with what follows. A backslash takes the next character as it is.
fn quoted(text: &str, quote: char) -> Option<(String, &str)> {
    let mut name = String::new();
    let mut chars = text.char_indices();
    while let Some((at, char)) = chars.next() {
        match char {
            '\\' => match chars.next()?.1 {
                'n' | 't' | 'r' => name.push(' '),
                'u' => name.push(escaped(&mut chars, 4)?),
                'x' => name.push(escaped(&mut chars, 2)?),
                other => name.push(other),
            },
            char if char == quote => return Some((name, text.get(at + char.len_utf8()..)?)),
            char => name.push(char),
        }
    }
    None
}

/// The character of so many hexadecimal digits.
fn escaped(chars: &mut std::str::CharIndices<'_>, digits: usize) -> Option<char> {
    let digits: String = chars.by_ref().take(digits).map(|(_, char)| char).collect();
    char::from_u32(u32::from_str_radix(&digits, 16).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_from_lists_however_they_are_written() {
        for (cell, names) in [
            (
                "['Poland', 'Russian Federation']",
                vec!["Poland", "Russian Federation"],
            ),
            (
                r#"["Côte d'Ivoire", 'Cote d\'Ivoire', "C\u00f4te"]"#,
                vec!["Côte d'Ivoire", "Cote d'Ivoire", "Côte"],
            ),
            ("[]", vec![]),
            ("['']", vec![]),
            ("[Chad, Peru,]", vec!["Chad", "Peru"]),
            ("('Chad',)", vec!["Chad"]),
            ("Chad; Peru;", vec!["Chad", "Peru"]),
            ("Chad|Peru", vec!["Chad", "Peru"]),
            ("Chad\nPeru", vec!["Chad", "Peru"]),
            (
                "Chad, Trinidad and Tobago and Peru",
                vec!["Chad", "Trinidad and Tobago", "Peru"],
            ),
            ("", vec![]),
            ("None", vec![]),
            ("\u{2014}", vec![]),
        ] {
            assert_eq!(names_in(cell, None).unwrap(), names, "{cell}");
        }
        let names = names_in("[Chad / Peru / -]", Some(" / ")).unwrap();
        assert_eq!(names, ["[Chad", "Peru", "-]"]);
        for cell in ["['Chad'", "['Chad]", "['Chad' 'Peru']", "[\"\\u00\"]"] {
            assert_eq!(names_in(cell, None), None, "{cell}");
        }
    }
}
