//! Documents one after another, a few lines at a time: a file of them may be larger than what can be held as text.

use std::io::{BufRead, BufReader, Read};

use crate::error::ImportError;
use crate::input::{Input, Limit, utf8_error};
use plenary_types::Invariant;

/// Whole lines of a text that begin with a document and end with one.
pub(super) struct Stretch {
    pub(super) text: String,
    /// How many lines come before it.
    pub(super) before: u64,
}

/// Reads a text of documents, stretch by stretch.
pub(super) struct Stretches<'a> {
    input: &'a Input,
    reader: BufReader<Box<dyn Read + Send + 'a>>,
    limit: Limit,
    lines: u64,
}

impl<'a> Stretches<'a> {
    pub(super) fn new(input: &'a Input, limit: Limit) -> Result<Self, ImportError> {
        Ok(Self {
            input,
            reader: BufReader::with_capacity(1 << 16, input.reader()?),
            limit,
            lines: 0,
        })
    }

    /// The next stretch; none at the end.
    pub(super) fn next(&mut self) -> Result<Option<Stretch>, ImportError> {
        let before = self.lines;
        let mut bytes = Vec::new();
        let mut nesting = Nesting::default();
        loop {
            let start = bytes.len();
            let left = (self.limit.bytes() + 1).saturating_sub(start as u64);
            let mut line = self.reader.by_ref().take(left);
            let read = line.read_until(b'\n', &mut bytes);
            let read = read.map_err(|error| self.input.error(error))?;
            if bytes.len() as u64 > self.limit.bytes() {
                return Err(self.limit.exceeded(&self.input.path));
            }
            self.lines += u64::from(bytes.ends_with(b"\n"));
            let over =
                nesting.is_over_after(bytes.get(start..).invariant("bytes are added at the end"));
            let blank = bytes.trim_ascii().is_empty();
            if read == 0 && blank {
                return Ok(None);
            }
            if read == 0 || (over && !blank) {
                return self.stretch(bytes, before).map(Some);
            }
        }
    }

    fn stretch(&self, bytes: Vec<u8>, before: u64) -> Result<Stretch, ImportError> {
        let text = String::from_utf8(bytes).map_err(|error| {
            let valid = error.utf8_error().valid_up_to();
            let error = utf8_error(&self.input.path, error.as_bytes(), valid);
            below(error, before)
        })?;
        Ok(Stretch { text, before })
    }
}

/// An error that counted its lines from a stretch.
fn below(error: ImportError, before: u64) -> ImportError {
    match error {
        ImportError::Utf8 { path, line, column } => ImportError::Utf8 {
            path,
            line: line + before,
            column,
        },
        other => other,
    }
}

/// How deep in a document a text is.
#[derive(Default)]
struct Nesting {
    depth: u64,
}

impl Nesting {
    /// Whether no document is open after a line. A string ends on its line, so that one whose quote is missing does
    /// not swallow the documents below.
    fn is_over_after(&mut self, line: &[u8]) -> bool {
        let (mut quoted, mut escaped) = (false, false);
        for &byte in line {
            match (quoted, byte) {
                (true, _) if escaped => escaped = false,
                (true, b'\\') => escaped = true,
                (_, b'"') => quoted = !quoted,
                (false, b'{' | b'[') => self.depth += 1,
                (false, b'}' | b']') => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
        }
        self.depth == 0 || quoted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Limit = Limit {
        mebibytes: 1,
        of: "a document",
        help: "",
    };

    fn stretches(text: &str) -> Vec<(u64, String)> {
        let input = Input::bytes("in", text.as_bytes()).unwrap();
        let mut stretches = Stretches::new(&input, LIMIT).unwrap();
        let next = || stretches.next().unwrap();
        std::iter::from_fn(next)
            .map(|stretch| (stretch.before, stretch.text))
            .collect()
    }

    #[test]
    fn a_stretch_ends_with_a_document_and_not_with_a_line() {
        let text = "{\"a\": \"}\\\"\"}\n\n{\n \"b\": [\n]} {\"c\": 1}\n{\"d\"";
        let found = stretches(text);
        let lines: Vec<u64> = found.iter().map(|(before, _)| *before).collect();
        assert_eq!(lines, [0, 1, 5]);
        let texts: String = found.into_iter().map(|(_, text)| text).collect();
        assert_eq!(texts, text);
    }

    #[test]
    fn a_string_without_an_end_does_not_swallow_the_documents_below() {
        assert_eq!(stretches("{\"a: 1}\n{\"b\": 2}\n").len(), 2);
    }

    #[test]
    fn a_document_is_bounded_and_the_documents_together_are_not() {
        let document = format!("{{\"a\": \"{}\"}}\n", "a".repeat(600 << 10));
        assert_eq!(stretches(&document.repeat(4)).len(), 4);
        let long = format!("{{\n{}}}\n", "\"a\": 1,\n".repeat(200 << 10));
        let input = Input::bytes("in", long.as_bytes()).unwrap();
        let error = Stretches::new(&input, LIMIT).unwrap().next().err().unwrap();
        assert!(matches!(error, ImportError::TooLarge { mebibytes: 1, .. }));
    }
}
