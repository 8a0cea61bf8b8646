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
    own: &Marks,
) -> Result<Vec<Dated>, DateFault> {
    let meaning = |mark: &str| own.of(mark).or_else(|| mapping.marks.of(mark));
    let told = |meaning: Option<ActionKind>| meaning.map_or(Mark::Nothing, Mark::Act);
    if let Notation::TreatyCollection = mapping.notation() {
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
    let has_marks = !(own.is_empty() && mapping.marks.is_empty());
    let (written, mark) = match text.rsplit_once(char::is_whitespace) {
        Some((date, mark)) if has_marks && mark.chars().all(char::is_alphabetic) => {
            let known = meaning(mark).map(told);
            (
                date.trim(),
                Some(known.ok_or_else(|| unknown_mark(text, mark))?),
            )
        }
        _ => (text, None),
    };
    Ok(vec![Dated {
        date: date(written, mapping.notation()).map_err(DateFault::Date)?,
        mark,
        bracketed: false,
    }])
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
    let text = match text
        .strip_suffix(']')
        .and_then(|date| date.rsplit_once('['))
    {
        Some((date, mark)) if mark.len() <= 3 => date.trim(),
        _ => text,
    };
    let usual = || texts::date(text).or_else(|error| year(text).ok_or(error));
    let date = match notation {
        Notation::Usual => usual()?,
        Notation::TreatyCollection => match untc::acts_of_cell(text).as_deref() {
            Ok([act]) if act.mark.is_none() && !act.bracketed => Date::day(act.date),
            _ => usual()?,
        },
        Notation::Format(format) => match in_format(text, format) {
            Ok(day) => Date::day(day),
            Err(error) => usual().map_err(|_| error)?,
        },
    };
    match date.latest().year() {
        year if year > LAST_YEAR => Err(format!(
            "`{text}` is beyond the year {LAST_YEAR}: nothing can have been done by then"
        )),
        _ => Ok(date),
    }
}

fn in_format(text: &str, format: &str) -> Result<NaiveDate, String> {
    let day = NaiveDate::parse_from_str(text, format);
    day.or_else(|error| NaiveDate::parse_from_str(at_midnight(text).ok_or(error)?, format))
        .map_err(|error| format!("`{text}` is not a date of the form `{format}`: {error}"))
}

/// A year with a fraction of nothing: `1983.0`.
fn year(text: &str) -> Option<Date> {
    let whole = texts::count(text)
        .ok()
        .filter(|year| (1000..=9999).contains(year))?;
    Date::year(i32::try_from(whole).ok()?).ok()
}
