//! The header row of a table: which column is which.

use std::sync::Arc;

#[cfg(feature = "_tables")]
use plenary_types::{Finding, Place};

use super::row::{self, Span};
#[cfg(feature = "_tables")]
use crate::{ReaderCheck, check::note, input::Input};

/// A header row, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) delimiter: u8,
    /// The names as printed, without quotes and outer spaces.
    pub(crate) columns: Arc<[Box<str>]>,
    /// How many bytes it takes, line end included.
    pub(crate) bytes: usize,
    /// How many lines it takes.
    pub(crate) lines: u64,
}

impl Header {
    /// The first row of a text, if it can be taken apart and is UTF-8.
    pub(crate) fn read(head: &[u8], whole: bool) -> Option<Self> {
        let mut start = 0;
        while let Some(next) = row::blank_line(head, start, whole) {
            start = next;
        }
        let delimiter = row::delimiter(head.get(start..)?);
        let mut fields = Vec::new();
        let bytes = row::split(head, start, delimiter, whole, &mut fields).ok()?;
        let name = |span: &Span| -> Option<Box<str>> {
            let value = row::unquote(span.of(head));
            Some(std::str::from_utf8(&value).ok()?.trim().into())
        };
        let columns: Option<Arc<[Box<str>]>> = fields.iter().map(name).collect();
        Some(Self {
            delimiter,
            columns: columns?,
            bytes,
            lines: row::line_ends(head.get(..bytes)?),
        })
    }
}

#[cfg(feature = "_tables")]
impl Header {
    /// A finding for each column that is not known: its values are not kept.
    pub(crate) fn odd_columns<'a>(
        &'a self,
        input: &'a Input,
        known: &'a [Option<&'static str>],
    ) -> impl Iterator<Item = Finding> + 'a {
        let columns = self.columns.iter().zip(known).enumerate();
        let unknown = columns.filter(|(_, (_, known))| known.is_none());
        unknown.map(|(at, (column, _))| {
            let place = Place {
                path: Some(input.path.clone()),
                line: Some(self.lines.max(1)),
                column: None,
                field: Some(column.to_string()),
            };
            let mut before = self.columns.iter().take(at);
            let message = if before.any(|other| same_name(other, column)) {
                format!("column `{column}` is there twice; the values of the second are not kept")
            } else {
                format!("column `{column}` is not one of this format; its values are not kept")
            };
            note(ReaderCheck::UnknownColumn, message, place)
        })
    }
}

/// Whether two column names are the same but for capitals and for spaces, hyphens and underscores.
pub(crate) fn same_name(a: &str, b: &str) -> bool {
    plain(a).eq(plain(b))
}

fn plain(name: &str) -> impl Iterator<Item = char> + '_ {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase)
}
