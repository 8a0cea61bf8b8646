//! How the format of an input is recognised by what is in it.

use crate::csv::columns::{missing, needed};
use crate::csv::header::Header;
use crate::csv::row;
use crate::format::{Fit, Format, Recognise};
use crate::json::JsonShape;
use crate::recognition::{NO_TABLE, Nearest, PAGE, ROWS_IN_QUOTES, Recognition};
use crate::sample::Sample;

/// Recognises the format of a text by its beginning, among some formats: of those that fit, the first.
pub(crate) fn recognise_among(
    formats: impl Iterator<Item = &'static Format> + Clone,
    head: &[u8],
) -> Recognition {
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let is_markup = match text.trim_ascii_start().first() {
        None => return Recognition::unknown("there is nothing in it", Vec::new()),
        first => first == Some(&b'<'),
    };
    let header = Header::read(text, true).filter(|_| is_table(text));
    let mut near = Vec::new();
    let mut shipped: Vec<(usize, &'static Format, String)> = Vec::new();
    for format in formats.clone() {
        // Of formats that are equally near, those that are known by their columns come first.
        let (rank, fit) = match format.recognise() {
            Recognise::Columns => (
                KnownBy::Columns,
                fit_of_header(format, header.as_ref(), text),
            ),
            Recognise::Beginning(fit) => (KnownBy::Beginning, fit(text)),
            Recognise::Mapping(_) => (
                KnownBy::Mapping,
                fit_of_header(format, header.as_ref(), text),
            ),
            _ => (
                KnownBy::Header,
                fit_of_header(format, header.as_ref(), text),
            ),
        };
        match fit {
            Fit::Full(why) => match format.recognise() {
                Recognise::Mapping(mapping) => shipped.push((mapping.columns(), format, why)),
                _ => return Recognition::found(format.name(), why),
            },
            Fit::Broken { why, help, nearest } => {
                return Recognition {
                    advice: Some(help),
                    ..Recognition::unknown(why, vec![nearest])
                };
            }
            // Nor is a table near that lacks more than a third of the columns which a mapping names: `Code` and `Name` are everybody's.
            Fit::Partial(nearest)
                if rank == KnownBy::Mapping && 2 * nearest.missing.len() > nearest.found => {}
            Fit::Partial(nearest) => near.push((nearest.distance(), rank, nearest)),
            Fit::None => {}
        }
    }
    if let Some(recognition) = most_specific(shipped) {
        return recognition;
    }
    if is_markup && is_page(text) {
        return Recognition::unknown(PAGE, Vec::new());
    }
    if is_markup {
        let why = match root_of(text) {
            Some(root) => {
                format!("it is XML with the root element `{root}`, which no format has")
            }
            None => "it begins with `<`, as XML does, but has no element".to_owned(),
        };
        return Recognition {
            advice: Some(NO_TABLE),
            ..Recognition::unknown(why, Vec::new())
        };
    }
    if !is_table(text) {
        return Recognition {
            advice: Some(NO_TABLE),
            ..Recognition::unknown(JsonShape::of(text).seems(), Vec::new())
        };
    }
    let why = match header {
        None => "its first row cannot be taken apart".to_owned(),
        Some(header) if is_in_quotes(text, &header) => {
            near.retain(|(_, rank, _)| *rank == KnownBy::Beginning);
            ROWS_IN_QUOTES.to_owned()
        }
        Some(header) => {
            let columns: Vec<&str> = header.columns.iter().take(6).map(|c| &**c).collect();
            format!("the first row is `{}`", columns.join(","))
        }
    };
    near.sort_by_key(|(distance, rank, _)| (*distance, *rank));
    let nearest = near.into_iter().take(NEAREST);
    let below = header_below(formats, text);
    let titles = headings_below(text).filter(|_| below.is_none());
    let from = titles.map_or(0, |(_, at)| at);
    let sample = text.get(from..).and_then(|table| Sample::of(table, false));
    let lacks_headings = sample.as_ref().is_some_and(Sample::lacks_headings) && below.is_none();
    let why = match lacks_headings {
        true => format!("{why}, which is as the rows below it and no heading"),
        false => why,
    };
    let sample = match lacks_headings {
        true => Sample::without_headings(text, false),
        false => sample,
    };
    Recognition {
        advice: lacks_headings.then_some(NO_HEADINGS),
        headings: titles.map(|(line, _)| line),
        seems: sample.and_then(|sample| sample.kind()),
        below,
        ..Recognition::unknown(why, nearest.map(|(.., nearest)| nearest).collect())
    }
}

/// By what a format was found to be near.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum KnownBy {
    Columns,
    Header,
    Beginning,
    Mapping,
}

/// Of the shipped mappings that a table fits, the one that names the most columns. Two that name as many are both named.
fn most_specific(mut fitting: Vec<(usize, &'static Format, String)>) -> Option<Recognition> {
    fitting.sort_by_key(|(columns, ..)| usize::MAX - columns);
    let mut fitting = fitting.into_iter();
    let (columns, first, why) = fitting.next()?;
    let Some((_, second, _)) = fitting.next().filter(|(others, ..)| *others == columns) else {
        return Some(Recognition::found(first.name(), why));
    };
    let why = format!(
        "its columns are those of {} and of {}",
        first.name(),
        second.name()
    );
    Some(Recognition {
        advice: Some("say which by `--mapping` and its name"),
        ..Recognition::unknown(why, Vec::new())
    })
}

/// What to do about a table without a heading.
const NO_HEADINGS: &str = "write a row above it that says what its columns are, or name them in a mapping by `headings`: `plenary mapping FILE` proposes one";

/// So many formats are named that nearly fit.
const NEAREST: usize = 2;

/// Whether a text is that of a table, and neither markup nor JSON.
pub(crate) fn is_table(text: &[u8]) -> bool {
    !matches!(text.trim_ascii_start().first(), Some(b'<' | b'{' | b'['))
}

/// Whether a text begins as HTML does: what a site sends instead of a file when it wants a sign-in, or is out of service.
pub(crate) fn is_page(text: &[u8]) -> bool {
    let start = text.trim_ascii_start().to_ascii_lowercase();
    [&b"<!doctype html"[..], b"<html"]
        .iter()
        .any(|tag| start.starts_with(tag))
}

/// How well a format fits that is known by the first row of a table, with which a text begins.
fn fit_of_header(format: &Format, header: Option<&Header>, text: &[u8]) -> Fit {
    match (format.recognise(), header) {
        (Recognise::Header(fit), Some(header)) => fit(&header.columns),
        (Recognise::Columns, Some(header)) => fit_of_columns(format, &header.columns),
        (Recognise::Mapping(shipped), Some(header)) => shipped.fit(header, text),
        _ => Fit::None,
    }
}

fn fit_of_columns(format: &Format, headings: &[Box<str>]) -> Fit {
    let known = format.columns_among(headings);
    let missing = missing(format.columns(), &known);
    let needed = needed(format.columns());
    let known = known.iter().flatten().count();
    match (known, headings.len()) {
        (0, _) => Fit::None,
        // A table that shares a column by accident is not near.
        _ if missing.len() * 2 > needed => Fit::None,
        _ if !missing.is_empty() => Fit::Partial(Nearest {
            missing,
            ..Nearest::new(format.name(), known)
        }),
        (known, all) if all == known => {
            Fit::Full(format!("all its {all} columns are those of this format"))
        }
        (known, all) => Fit::Full(format!(
            "{known} of its {all} columns are those of this format"
        )),
    }
}

/// Whether the first row is one field in quotes that holds what separates fields.
fn is_in_quotes(text: &[u8], header: &Header) -> bool {
    let quoted = text.trim_ascii_start().starts_with(b"\"");
    quoted && matches!(&*header.columns, [only] if only.contains([',', ';', '\t']))
}

/// The name of the outermost element of an XML text, without a prefix.
pub(crate) fn root_of(text: &[u8]) -> Option<String> {
    let mut rest = text;
    loop {
        let at = memchr::memchr(b'<', rest)?;
        rest = rest.get(at + 1..)?;
        let end: &[u8] = match rest {
            [b'!', b'-', b'-', ..] => b"-->",
            [b'?', ..] => b"?>",
            [b'!', ..] => b">",
            _ => break,
        };
        rest = rest.get(memchr::memmem::find(rest, end)?..)?;
    }
    let is_of_name = |byte: &&u8| !byte.is_ascii_whitespace() && !matches!(byte, b'>' | b'/');
    let name: Vec<u8> = rest
        .iter()
        .take(60)
        .take_while(is_of_name)
        .copied()
        .collect();
    let name = String::from_utf8(name).ok()?;
    let name = name.rsplit(':').next().unwrap_or_default();
    let is_name = !name.is_empty() && !name.contains(char::is_control);
    is_name.then(|| name.to_owned())
}

/// The line on which the headings of a table seem to stand below titles, and its byte: the row above has one cell that is filled, this one
/// has several that are no numbers, and the rows below it have as many cells.
fn headings_below(text: &[u8]) -> Option<(u64, usize)> {
    let filled = |header: &Header| {
        header
            .columns
            .iter()
            .filter(|cell| !cell.is_empty())
            .count()
    };
    let first = Header::read(text, false)?;
    if filled(&first) != 1 {
        return None;
    }
    let mut at = 0;
    (2..=TITLE_LINES).find_map(|line| {
        at = row::next_line(text, at)?;
        let rest = text.get(at..)?;
        let end = row::next_line(rest, 0)?;
        if rest.get(..end)?.trim_ascii().is_empty() {
            return None;
        }
        let header = Header::read(rest, false)?;
        let next = Header::read(rest.get(header.bytes..)?, false)?;
        let is_number = |cell: &str| cell.parse::<f64>().is_ok();
        let width = header.columns.len();
        let is_heading = filled(&header) >= 3
            && filled(&header) * 10 >= width * 9
            && next.columns.len() == width
            && !header.columns.iter().any(|cell| is_number(cell));
        is_heading.then_some((line, at))
    })
}

/// Among so many lines a header is looked for that does not come first.
const TITLE_LINES: u64 = 10;

/// The line on which a table is known by its header, below titles and notes, and its format.
fn header_below(
    formats: impl Iterator<Item = &'static Format> + Clone,
    text: &[u8],
) -> Option<(u64, &'static str)> {
    let mut rest = text;
    (2..=TITLE_LINES).find_map(|line| {
        rest = rest.get(row::next_line(rest, 0)?..)?;
        let header = Header::read(rest, true)?;
        let mut fits = formats.clone();
        let fits =
            fits.find(|format| matches!(fit_of_header(format, Some(&header), rest), Fit::Full(_)));
        let name = fits?.name();
        // Blank lines may stand before it.
        let (_, blank, _) = row::first_row(rest);
        Some((line + blank, name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_of_a_text_stands_behind_what_is_no_element() {
        for (text, root) in [
            ("<rss version='2.0'/>", Some("rss")),
            (
                "<?xml version='1.0'?>\n<!-- <a> and <b> -->\n<x:Root x='1'>",
                Some("Root"),
            ),
            ("<!DOCTYPE r SYSTEM 'r.dtd'><r>", Some("r")),
            ("<!-- <a>", None),
            ("<>", None),
            ("text", None),
        ] {
            assert_eq!(root_of(text.as_bytes()).as_deref(), root, "{text}");
        }
    }

    #[test]
    fn of_shipped_mappings_the_one_of_most_columns_counts_and_two_of_as_many_are_both_named() {
        let formats: Vec<&'static Format> = crate::catalogue().to_vec();
        let [first, second] = [formats[0], formats[1]];
        let fitting = |columns: [usize; 2]| {
            let [one, other] = columns;
            vec![(one, first, String::new()), (other, second, String::new())]
        };
        let found = most_specific(fitting([3, 5])).unwrap();
        assert_eq!(found.format, Some(second.name()));
        let undecided = most_specific(fitting([5, 5])).unwrap();
        assert_eq!(undecided.format, None);
        assert!(undecided.why.contains(first.name()) && undecided.why.contains(second.name()));
        assert!(most_specific(Vec::new()).is_none());
    }
}
