//! The header row of a table: which column is which.

use std::sync::Arc;

use super::row::{self, Span};

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

/// Whether two column names are the same but for capitals and for spaces, hyphens and underscores.
pub(crate) fn same_name(a: &str, b: &str) -> bool {
    let plain = |text: &str| -> String {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    plain(a) == plain(b)
}
