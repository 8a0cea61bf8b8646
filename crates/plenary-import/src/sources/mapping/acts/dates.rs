//! The dates of a table of acts.

use chrono::{Datelike, NaiveDate};
use plenary_types::{ActionKind, Date, at_midnight};

use super::definition::{ActsMapping, Marks, Notation};
use crate::sources::untc;
use crate::texts;

/// The last year in which anything can have been done. Tables write `2899-01-01` or `9999` where a day is not known.
const LAST_YEAR: i32 = 2200;

/// A date of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Dated {
    pub(super) date: Date,
    pub(super) mark: Option<Mark>,
    /// Whether it stands in brackets: its participant has withdrawn.
    pub(super) bracketed: bool,
}

/// Why a cell holds no date that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum DateFault {
    Date(String),
    /// The letters behind it are not explained.
    Mark(String),
}

/// What the letters behind a date mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Act(ActionKind),
    /// That the date is no act.
    Nothing,
}

/// The dates of a cell that is not empty, with what their marks mean.
pub(super) fn dates(
    text: &str,
    mapping: &ActsMapping,
    notation: Notation<'_>,
    own: &Marks,
) -> Result<Vec<Dated>, DateFault> {
    let meaning = |mark: &str| own.of(mark).or_else(|| mapping.marks.of(mark));
    let told = |meaning: Option<ActionKind>| meaning.map_or(Mark::Nothing, Mark::Act);
    if let Notation::TreatyCollection = notation {
        let acts = untc::acts_of_cell(text)
            .map_err(|reason| DateFault::Date(format!("`{text}` {reason}")))?;
        let dated = acts.into_iter().map(|act| {
            let mark = act.mark.as_deref().map(|mark| {
                let known = meaning(mark).or_else(|| ActionKind::from_mark(mark).map(Some));
                known.map(told).ok_or_else(|| unknown_mark(text, mark))
            });
            Ok(Dated {
                date: Date::day(act.date),
                mark: mark.transpose()?,
                bracketed: act.bracketed,
            })
        });
        return dated.collect();
    }
    let (written, mark) = apart(text, mapping, own);
    let mark = mark.map(|mark| {
        let known = meaning(mark).map(told);
        known.ok_or_else(|| unknown_mark(text, mark))
    });
    let mark = mark.transpose()?;
    Ok(vec![Dated {
        date: date(written, notation).map_err(DateFault::Date)?,
        mark,
        bracketed: false,
    }])
}

/// A cell without the letters behind its date, and these, in brackets or not: `18/3/1992 a`, `28-01-2022 (R)`.
pub(super) fn apart<'t>(
    text: &'t str,
    mapping: &ActsMapping,
    own: &Marks,
) -> (&'t str, Option<&'t str>) {
    let has_marks = !(own.is_empty() && mapping.marks.is_empty());
    match text.rsplit_once(char::is_whitespace) {
        Some((date, mark)) if has_marks => {
            let inside = mark
                .strip_prefix('(')
                .and_then(|mark| mark.strip_suffix(')'));
            let mark = inside.unwrap_or(mark);
            match !mark.is_empty() && mark.chars().all(char::is_alphabetic) {
                true => (date.trim(), Some(mark)),
                false => (text, None),
            }
        }
        _ => (text, None),
    }
}

/// The text of a date that stands behind one of some words: as much of up to three words as is a date, else all three. Nothing
/// where none of the words is there.
pub(super) fn behind<'t>(
    text: &'t str,
    words: &[String],
    notation: Notation<'_>,
) -> Option<&'t str> {
    let found = words.iter().filter_map(|word| {
        let at = text.find(word.as_str()).filter(|_| !word.is_empty())?;
        text.get(at + word.len()..)
    });
    let rest = found.map(str::trim_start).next()?;
    let ends = rest
        .split_inclusive(char::is_whitespace)
        .scan(0, |at, word| {
            *at += word.len();
            Some(*at)
        });
    let ends: Vec<usize> = ends.take(3).collect();
    let until = |end: &usize| {
        let text = rest.get(..*end).unwrap_or_default();
        text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ')'))
    };
    let mut texts = ends.iter().rev().map(until);
    let read = texts.find(|text| date(text, notation).is_ok());
    read.or_else(|| Some(ends.last().map_or("", until)))
}

fn unknown_mark(text: &str, mark: &str) -> DateFault {
    DateFault::Mark(format!(
        "`{text}` ends with `{mark}`, which nothing explains"
    ))
}

/// One date, without the marks of footnotes (`28 September 1950[o]`).
pub(in crate::sources::mapping) fn date(
    text: &str,
    notation: Notation<'_>,
) -> Result<Date, String> {
    let text = without_note(text);
    let usual = || {
        let date = texts::date(text);
        date.or_else(|error| year(text).or_else(|| in_roman(text)).ok_or(error))
    };
    let date = match notation {
        Notation::Form(form) => form.read(text).or_else(|_| usual())?,
        Notation::TreatyCollection => match untc::acts_of_cell(text).as_deref() {
            Ok([act]) if act.mark.is_none() && !act.bracketed => Date::day(act.date),
            _ => usual()?,
        },
        Notation::Formats(formats) => {
            let mut days = formats.iter().filter_map(|format| in_format(text, format));
            match days.next() {
                Some(day) => Date::day(day),
                None => usual().map_err(|_| {
                    let formats = formats.join("` or `");
                    format!("`{text}` is not a date of the form `{formats}`")
                })?,
            }
        }
    };
    match date.latest().year() {
        year if year > LAST_YEAR => Err(format!(
            "`{text}` is beyond the year {LAST_YEAR}: nothing can have been done by then"
        )),
        _ => Ok(date),
    }
}

/// A text without the mark of a footnote behind it: `28 September 1950[o]`.
pub(super) fn without_note(text: &str) -> &str {
    let marked = text
        .strip_suffix(']')
        .and_then(|date| date.rsplit_once('['));
    match marked {
        Some((date, mark)) if mark.len() <= 3 => date.trim(),
        _ => text,
    }
}

fn in_format(text: &str, format: &str) -> Option<NaiveDate> {
    let read = |text: &str| NaiveDate::parse_from_str(text, format).ok();
    read(text).or_else(|| read(at_midnight(text)?))
}

/// A day with its month in Roman numbers, as the Hague Conference writes it: `23-X-1956`.
fn in_roman(text: &str) -> Option<Date> {
    const MONTHS: [&str; 12] = [
        "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII",
    ];
    let mut parts = text.split(['-', '.', '/', ' ']);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let month = MONTHS.iter().zip(1..).find(|(known, _)| **known == month)?;
    let is_day = parts.next().is_none() && is_number(day) && is_number(year) && year.len() == 4;
    let day = NaiveDate::from_ymd_opt(year.parse().ok()?, month.1, day.parse().ok()?);
    day.filter(|_| is_day).map(Date::day)
}

/// A year with a fraction of nothing: `1983.0`.
fn year(text: &str) -> Option<Date> {
    let whole = texts::count(text)
        .ok()
        .filter(|year| (1000..=9999).contains(year))?;
    Date::year(i32::try_from(whole).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_in_roman_numbers_is_read_whatever_the_notation() {
        let formats = ["%d.%m.%Y".to_owned()];
        for notation in [Notation::USUAL, Notation::Formats(&formats)] {
            for (text, day) in [
                ("23-X-1956", "1956-10-23"),
                ("1-I-2001", "2001-01-01"),
                ("3.VIII.1999", "1999-08-03"),
            ] {
                assert_eq!(date(text, notation).unwrap().to_string(), day);
            }
            for text in [
                "23-x-1956",
                "31-II-1956",
                "23-XIII-1956",
                "23-X-56",
                "+3-X-1956",
            ] {
                assert!(date(text, notation).is_err(), "{text}");
            }
        }
    }

    #[test]
    fn a_date_behind_words_ends_where_it_is_a_date_no_more() {
        let formats = ["%d %b %Y".to_owned()];
        let words = ["Denounced on".to_owned(), "ended".to_owned()];
        for (text, found) in [
            ("Denounced on 05 Jan 1971", Some("05 Jan 1971")),
            ("Denounced on 05 Jan 1971 by a law", Some("05 Jan 1971")),
            ("Part II. Denounced on 1971-01-05.", Some("1971-01-05")),
            ("it ended 1971, as said", Some("1971")),
            ("Denounced on some day in May", Some("some day in")),
            ("in force", None),
            ("Denounced on", Some("")),
        ] {
            let behind = behind(text, &words, Notation::Formats(&formats));
            assert_eq!(behind, found, "{text}");
        }
    }
}
