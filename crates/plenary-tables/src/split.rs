//! The splitter: where the rows and fields of a table begin and end (RFC 4180).
//!
//! It works on the bytes of the file and says where each field stands in them, so that a finding can point there and a row that
//! repeats the one before can be told from its bytes. A quote that is never closed, or closed before the field ends, is a
//! fault of the row: a reader that takes what it can get, as `csv-core` does, swallows the rows behind it.

use std::borrow::Cow;

use memchr::{memchr, memchr2};

use plenary_types::Invariant;

/// No row has more bytes than this; a quote that is still open then was never meant to be one.
pub const LONGEST_ROW: usize = 1 << 20;

/// A field as it stands in the file, quotes included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// Its first byte.
    pub start: usize,
    /// The byte behind its last one.
    pub end: usize,
}

impl Span {
    /// The bytes of the field.
    #[must_use]
    pub fn of(self, buffer: &[u8]) -> &[u8] {
        buffer
            .get(self.start..self.end)
            .invariant("a field lies in the bytes in which it was found")
    }
}

/// What follows a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Another field begins here.
    Field(usize),
    /// The row is over; the next one begins here.
    Row(usize),
}

/// Why a row cannot be taken apart or read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The buffer ends first.
    Incomplete,
    /// A quoted field is not closed before the end of the file.
    Unclosed,
    /// The row does not end within [`LONGEST_ROW`].
    TooLong,
    /// Text follows the closing quote.
    AfterQuote,
    /// The row is not UTF-8.
    NotUtf8,
}

/// What to do about a file that is not UTF-8. A byte that no text in UTF-8 has is mostly a letter of Western Europe in an older encoding.
pub const NOT_UTF8: &str = "the file is probably in Latin-1 or Windows-1252: save it in UTF-8 (in a spreadsheet as `CSV UTF-8`), or convert it with `iconv -f WINDOWS-1252 -t UTF-8`";

impl Fault {
    /// What is wrong.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Incomplete | Self::Unclosed => "a quoted field is never closed",
            Self::TooLong => "the row is longer than 1 MiB",
            Self::AfterQuote => "text follows the closing quote of a field",
            Self::NotUtf8 => "the row is not UTF-8",
        }
    }

    /// What to do about it.
    #[must_use]
    pub const fn help(self) -> &'static str {
        match self {
            Self::Incomplete | Self::Unclosed => {
                "close the quote; if the file ends here, download it again"
            }
            Self::TooLong => "close the quote if one is open here; a row of votes is never so long",
            Self::AfterQuote => "double the quotes inside quoted fields",
            Self::NotUtf8 => NOT_UTF8,
        }
    }
}

/// What follows the separator or line end that must stand at the head of these bytes.
#[inline]
#[must_use]
pub fn past(bytes: &[u8], delimiter: u8) -> Option<&[u8]> {
    match bytes {
        [b'\n', rest @ ..] | [b'\r', b'\n', rest @ ..] => Some(rest),
        [first, rest @ ..] if *first == delimiter => Some(rest),
        _ => None,
    }
}

/// The end of the field that begins at `start`. `last` says that nothing follows the buffer.
///
/// # Errors
///
/// [`Fault`] when the field has no end, or more of the file has to be read to know.
pub fn field(
    buffer: &[u8],
    start: usize,
    delimiter: u8,
    last: bool,
) -> Result<(Span, Next), Fault> {
    if buffer.get(start) == Some(&b'"') {
        return quoted(buffer, start, delimiter, last);
    }
    let rest = buffer
        .get(start..)
        .invariant("a field begins in its bytes, or at their end");
    match memchr2(delimiter, b'\n', rest) {
        Some(at) => Ok(ended(buffer, start, start + at, delimiter)),
        None if last => Ok(at_end(buffer, start)),
        None => Err(Fault::Incomplete),
    }
}

fn ended(buffer: &[u8], start: usize, end: usize, delimiter: u8) -> (Span, Next) {
    if buffer.get(end) == Some(&delimiter) {
        return (Span { start, end }, Next::Field(end + 1));
    }
    let carriage = end > start && buffer.get(end - 1) == Some(&b'\r');
    let span = Span {
        start,
        end: end - usize::from(carriage),
    };
    (span, Next::Row(end + 1))
}

fn at_end(buffer: &[u8], start: usize) -> (Span, Next) {
    let end = buffer.len();
    let carriage = end > start && buffer.get(end - 1) == Some(&b'\r');
    let span = Span {
        start,
        end: end - usize::from(carriage),
    };
    (span, Next::Row(end))
}

fn quoted(buffer: &[u8], start: usize, delimiter: u8, last: bool) -> Result<(Span, Next), Fault> {
    let mut at = start + 1;
    loop {
        let rest = buffer
            .get(at..)
            .invariant("a quote is followed by bytes, or by their end");
        let Some(quote) = memchr(b'"', rest) else {
            return Err(if last {
                Fault::Unclosed
            } else {
                Fault::Incomplete
            });
        };
        let end = at + quote + 1;
        match (buffer.get(end), buffer.get(end + 1)) {
            (Some(b'"'), _) => at = end + 1,
            (Some(&b), _) if b == delimiter => {
                return Ok((Span { start, end }, Next::Field(end + 1)));
            }
            (Some(b'\n'), _) => return Ok((Span { start, end }, Next::Row(end + 1))),
            (Some(b'\r'), Some(b'\n')) => return Ok((Span { start, end }, Next::Row(end + 2))),
            (None, _) if last => return Ok((Span { start, end }, Next::Row(end))),
            (Some(b'\r'), None) if last => return Ok((Span { start, end }, Next::Row(end + 1))),
            (None, _) | (Some(b'\r'), None) => return Err(Fault::Incomplete),
            (Some(_), _) => return Err(Fault::AfterQuote),
        }
    }
}

/// Takes a row apart; returns where the next one begins.
///
/// What it finds depends on the bytes of the row alone, and not on how much of the file the buffer holds.
///
/// # Errors
///
/// [`Fault`] when the row cannot be taken apart; [`Fault::Incomplete`] when that cannot be known before more of the file is read.
pub fn split(
    buffer: &[u8],
    start: usize,
    delimiter: u8,
    last: bool,
    fields: &mut Vec<Span>,
) -> Result<usize, Fault> {
    let most = start.saturating_add(LONGEST_ROW);
    match buffer.get(..most).filter(|most| most.len() < buffer.len()) {
        Some(most) => match fields_of(most, start, delimiter, false, fields) {
            Err(Fault::Incomplete) => Err(Fault::TooLong),
            other => other,
        },
        None => fields_of(buffer, start, delimiter, last, fields),
    }
}

fn fields_of(
    buffer: &[u8],
    start: usize,
    delimiter: u8,
    last: bool,
    fields: &mut Vec<Span>,
) -> Result<usize, Fault> {
    fields.clear();
    let mut at = start;
    loop {
        let (span, next) = field(buffer, at, delimiter, last)?;
        fields.push(span);
        match next {
            Next::Field(next) => at = next,
            Next::Row(next) => return Ok(next),
        }
    }
}

/// Where the line that `start` is in ends, for going on after a row that cannot be taken apart.
#[must_use]
pub fn next_line(buffer: &[u8], start: usize) -> Option<usize> {
    let rest = buffer.get(start..)?;
    memchr(b'\n', rest).map(|at| start + at + 1)
}

/// The value of a field: without its quotes, doubled quotes made single. A line break is `\n`, however the file
/// ends its lines.
#[must_use]
pub fn unquote(raw: &[u8]) -> Cow<'_, [u8]> {
    let Some(inner) = raw.strip_prefix(b"\"").and_then(|r| r.strip_suffix(b"\"")) else {
        return Cow::Borrowed(raw);
    };
    if memchr2(b'"', b'\r', inner).is_none() {
        return Cow::Borrowed(inner);
    }
    let mut value = Vec::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(at) = memchr2(b'"', b'\r', rest) {
        let (before, found) = rest.split_at(at);
        value.extend_from_slice(before);
        rest = match found {
            [b'"', b'"', rest @ ..] | [b'"', rest @ ..] => {
                value.push(b'"');
                rest
            }
            [b'\r', rest @ ..] if rest.starts_with(b"\n") => rest,
            [_, rest @ ..] => {
                value.push(b'\r');
                rest
            }
            [] => found,
        };
    }
    value.extend_from_slice(rest);
    Cow::Owned(value)
}

/// The same for a field that is known to be text.
#[must_use]
pub fn unquote_text(raw: &str) -> Cow<'_, str> {
    match unquote(raw.as_bytes()) {
        // What it lacks are the quotes on both sides.
        Cow::Borrowed(value) => {
            let quotes = (raw.len() - value.len()) / 2;
            Cow::Borrowed(
                raw.get(quotes..raw.len() - quotes)
                    .invariant("quotes stand on both sides"),
            )
        }
        Cow::Owned(value) => Cow::Owned(String::from_utf8_lossy(&value).into_owned()),
    }
}

/// Whether a row has nothing in any field: what a spreadsheet makes of an empty line.
#[must_use]
pub fn is_blank(buffer: &[u8], fields: &[Span]) -> bool {
    let mut values = fields.iter().map(|field| unquote(field.of(buffer)));
    values.all(|value| value.trim_ascii().is_empty())
}

/// What to do about a row that has not as many fields as the header.
#[must_use]
pub const fn mend_fields(found: usize, expected: usize) -> &'static str {
    if found < expected {
        "fill in the missing fields, or quote the field that holds a line break"
    } else {
        "quote fields that hold the separator, or remove the surplus fields"
    }
}

/// The separator that a first line `sep=;` names, as Excel writes it, and where the line after it begins.
#[must_use]
pub fn separator_line(text: &[u8]) -> Option<(u8, usize)> {
    let line = text.get(..next_line(text, 0)?)?;
    let line_end: &[_] = b"\r\n\"";
    let bare = line.strip_prefix(b"\"").unwrap_or(line);
    let (name, rest) = bare.split_at_checked(4)?;
    let (&separator, rest) = rest.split_first()?;
    let is = name.eq_ignore_ascii_case(b"sep=") && rest.iter().all(|b| line_end.contains(b));
    (is && matches!(separator, b',' | b';' | b'\t')).then_some((separator, line.len()))
}

/// Whether lines end as on Macintoshes of the last century, with a carriage return alone: they would make one row of a whole table.
#[must_use]
pub fn has_returns_alone(text: &[u8]) -> bool {
    memchr(b'\r', text).is_some() && memchr(b'\n', text).is_none()
}

/// What is wrong with such a table, and what to do about it.
pub const RETURNS_ALONE: (&str, &str) = (
    "its lines end with a carriage return alone",
    "save it with the line ends of Unix or Windows (LF or CRLF)",
);

/// Where the first row begins that is not blank, how many lines come before it, and its separator.
#[must_use]
pub fn first_row(text: &[u8]) -> (usize, u64, u8) {
    let named = separator_line(text);
    let mut start = named.map_or(0, |(_, end)| end);
    while let Some(next) = separators_alone(text, start) {
        start = next;
    }
    let (above, rows) = text.split_at_checked(start).unwrap_or((text, &[]));
    let separator = named.map_or_else(|| delimiter(rows), |(separator, _)| separator);
    (start, line_ends(above), separator)
}

/// Whether the line that begins here is blank or holds separators and empty quotes alone; if so, where the next one begins.
fn separators_alone(text: &[u8], start: usize) -> Option<usize> {
    let next = next_line(text, start)?;
    let line = text.get(start..next)?;
    let mut bytes = line.iter();
    let is_blank =
        bytes.all(|byte| matches!(byte, b',' | b';' | b'\t' | b' ' | b'\r' | b'\n' | b'"'));
    let quotes = line.iter().filter(|byte| **byte == b'"').count();
    (is_blank && quotes % 2 == 0).then_some(next)
}

/// The separator of a header row: the one that a line before it names, else the one of `,`, `;` and tab that splits
/// it into the most fields.
#[must_use]
pub fn delimiter(header: &[u8]) -> u8 {
    if let Some((separator, _)) = separator_line(header) {
        return separator;
    }
    let count = |delimiter: u8| {
        let mut fields = Vec::new();
        let whole = split(header, 0, delimiter, true, &mut fields);
        whole.map_or(0, |_| fields.len())
    };
    [b',', b';', b'\t']
        .into_iter()
        .rev()
        .max_by_key(|&delimiter| count(delimiter))
        .unwrap_or(b',')
}

/// Whether there is nothing between here and the end of the line; if so, where the next one begins.
#[must_use]
pub fn blank_line(buffer: &[u8], start: usize, last: bool) -> Option<usize> {
    match (buffer.get(start), buffer.get(start + 1)) {
        (Some(b'\n'), _) => Some(start + 1),
        (Some(b'\r'), Some(b'\n')) => Some(start + 2),
        (Some(b'\r'), None) if last => Some(start + 1),
        _ => None,
    }
}

/// A value cut to a length that can be read.
#[must_use]
pub fn excerpt(value: &[u8]) -> String {
    const LONGEST: usize = 80;
    let text = String::from_utf8_lossy(value.get(..LONGEST * 4).unwrap_or(value));
    let text = text.trim_end();
    let short: String = text.chars().take(LONGEST).collect();
    if short.len() < text.len() {
        format!("{short}…")
    } else {
        short
    }
}

/// How many lines end within these bytes.
#[must_use]
pub fn line_ends(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn fields_of_text_and_of_bytes_have_the_same_value(raw in "\"?[ab\"\r\né]{0,8}\"?") {
            let text = unquote_text(&raw);
            prop_assert_eq!(text.as_bytes(), &*unquote(raw.as_bytes()));
        }
    }

    fn fields(text: &str) -> Result<Vec<String>, Fault> {
        let mut spans = Vec::new();
        split(text.as_bytes(), 0, b',', true, &mut spans)?;
        let value = |span: &Span| {
            String::from_utf8(unquote(span.of(text.as_bytes())).into_owned()).unwrap()
        };
        Ok(spans.iter().map(value).collect())
    }

    #[test]
    fn quotes_hide_separators_line_breaks_and_doubled_quotes() {
        assert_eq!(
            fields("a,\"b, \"\"c\"\"\nd\",\r\nnext").unwrap(),
            ["a", "b, \"c\"\nd", ""]
        );
    }

    #[test]
    fn a_quote_that_is_never_closed_or_closed_early_is_a_fault() {
        assert_eq!(fields("a,\"b\nc"), Err(Fault::Unclosed));
        assert_eq!(fields("\"a\"b,c"), Err(Fault::AfterQuote));
    }

    #[test]
    fn a_row_that_is_too_long_is_one_however_much_of_it_is_read() {
        let mut spans = Vec::new();
        for text in [
            "a".repeat(2 * LONGEST_ROW),
            format!("\"{}\"\n", "a\n".repeat(LONGEST_ROW)),
        ] {
            for read in [LONGEST_ROW + 1, text.len()] {
                for last in [false, true] {
                    let buffer = &text.as_bytes()[..read];
                    let split = split(buffer, 0, b',', last, &mut spans);
                    assert_eq!(split, Err(Fault::TooLong));
                }
            }
        }
        let longest = "a".repeat(LONGEST_ROW - 1) + "\n";
        let whole = split(longest.as_bytes(), 0, b',', false, &mut spans);
        assert_eq!(whole, Ok(LONGEST_ROW));
    }

    #[test]
    fn a_line_break_inside_quotes_is_the_same_however_lines_end() {
        assert_eq!(
            fields("a,\"b\r\n\"\"c\"\"\rd\"\r\n").unwrap(),
            ["a", "b\n\"c\"\rd"]
        );
    }

    #[test]
    fn a_row_that_the_buffer_cuts_is_incomplete_wherever_it_is_cut() {
        let text = b"a,\"b\"\"x\r\ny\",c\r\n";
        let mut spans = Vec::new();
        for cut in 0..text.len() {
            let split = split(&text[..cut], 0, b',', false, &mut spans);
            assert_eq!(split, Err(Fault::Incomplete), "{cut}");
        }
    }

    #[test]
    fn a_spreadsheet_may_name_the_separator_in_a_line_of_its_own() {
        for (text, found) in [
            ("sep=;\r\na,b\n", Some((b';', 7))),
            ("\"SEP=,\"\na", Some((b',', 8))),
            ("sep=\t\na", Some((b'\t', 6))),
            ("sep=;", None),
            ("sep=;a\nb", None),
            ("sep\n", None),
        ] {
            assert_eq!(separator_line(text.as_bytes()), found, "{text}");
        }
        assert_eq!(delimiter(b"sep=;\na,b,c\n"), b';');
    }

    #[test]
    fn lines_of_nothing_and_of_separators_alone_are_no_first_row() {
        for (text, found) in [
            ("a,b\n", (0, 0, b',')),
            ("\n\r\n,,,,\n \na;b\n", (10, 4, b';')),
            ("sep=;\n;;\na,b\n", (9, 2, b';')),
            ("\"\",\"\"\n\"\"\na;b\n", (9, 2, b';')),
            ("\"\n\",a\n", (0, 0, b',')),
            (",,,,", (0, 0, b',')),
            ("\n", (1, 1, b',')),
            ("", (0, 0, b',')),
        ] {
            assert_eq!(first_row(text.as_bytes()), found, "{text:?}");
        }
    }

    #[test]
    fn the_separator_is_the_one_that_splits_most() {
        for (header, found) in [
            ("a,b;c,d", b','),
            ("a;b;c,d", b';'),
            ("a\tb", b'\t'),
            ("a", b','),
        ] {
            assert_eq!(delimiter(header.as_bytes()), found, "{header}");
        }
    }
}
