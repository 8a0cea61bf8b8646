//! Dates that may be a year, a month or some day between two, and half-open spans of days.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::Invariant;
use crate::english::month_cut_short;

/// A day, or only a month, or only a year, or some day of a span, as far as the source knows.
///
/// Nothing is filled in: a date of `1963` stays a year, and one that a source puts between two days stays between them. It has an
/// earliest and a latest day. Comparisons are honest about that: [`Date::compare`] answers `None` when the possible days of two
/// dates overlap without being the same.
///
/// ```
/// use plenary_types::Date;
/// use std::cmp::Ordering;
///
/// let year: Date = "1963".parse()?;
/// let month: Date = "1963-06".parse()?;
/// let day: Date = "1964-02-29".parse()?;
/// assert_eq!(year.compare(day), Some(Ordering::Less));
/// assert_eq!(year.compare(month), None);
/// assert!("1963-02-29".parse::<Date>().is_err());
/// assert_eq!(month.to_string(), "1963-06");
///
/// let between: Date = "2010-05-26/2010-07".parse()?;
/// assert_eq!(between.earliest().to_string(), "2010-05-26");
/// assert_eq!(between.latest().to_string(), "2010-07-31");
/// let by: Date = "/1907".parse()?;
/// assert_eq!((by.first(), by.in_a_sentence()), (None, "not after 1907".to_owned()));
/// # Ok::<(), plenary_types::DateError>(())
/// ```
///
/// The derived order (by first possible day, then the more precise first) exists so that dates can
/// be sorted and used as keys; it is not a statement about time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Date {
    first: NaiveDate,
    last: NaiveDate,
    form: Form,
}

/// How a [`Date`] is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Form {
    Day,
    Month,
    Year,
    /// Its first and its last day, each as the source has it; nothing where that end is open.
    Between(Option<Precision>, Option<Precision>),
}

/// How much of a [`Date`] is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Precision {
    /// The day is known.
    Day,
    /// Only the month and the year are known.
    Month,
    /// Only the year is known.
    Year,
    /// Only a first and a last possible day are known, or one of them.
    Between,
}

/// Why a text or a combination of numbers is not a [`Date`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DateError {
    /// The text is not of the form `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, nor two of those with a stroke between them.
    #[error(
        "`{found}` is not a date: expected YYYY-MM-DD, YYYY-MM or YYYY{}",
        meant(found)
    )]
    Form {
        /// The text that was refused.
        found: String,
    },
    /// The form is right, but the calendar has no such day or month.
    #[error("`{found}` is not in the calendar")]
    Calendar {
        /// The text that was refused.
        found: String,
    },
    /// A span ends before it begins.
    #[error("`{found}` ends before it begins")]
    Reversed {
        /// The text that was refused.
        found: String,
    },
}

/// What a text in another form may mean, as a question behind the message: `, such as `2018-12-01` or `2018-01-12``.
fn meant(found: &str) -> String {
    let dates: Vec<_> = readings(found)
        .iter()
        .map(|date| format!("`{date}`"))
        .collect();
    match dates.is_empty() {
        true => String::new(),
        false => format!(", such as {}", dates.join(" or ")),
    }
}

/// The dates that a text in another form may mean: `1/12/2018` two, `Dec 2018` and `19 December 2018` one.
fn readings(found: &str) -> Vec<Date> {
    let words = found.split(|c: char| !c.is_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    let month_of = |word: &&str| month_cut_short(word);
    let number_of = |word: &&str| {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        digits.parse::<u32>().ok().filter(|_| digits.len() <= 2)
    };
    let is_year = |word: &&&str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    let years: Vec<i32> = words
        .iter()
        .filter(is_year)
        .filter_map(|word| word.parse().ok())
        .collect();
    let named: Vec<u32> = words.iter().filter_map(month_of).collect();
    let numbers: Vec<u32> = words.iter().filter_map(number_of).collect();
    let all = years.len() + named.len() + numbers.len();
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).map(Date::day);
    let found = match (&years[..], &named[..], &numbers[..]) {
        _ if all != words.len() => [None, None],
        ([year], [month], []) | ([year], [], [month]) => [Date::month(*year, *month).ok(), None],
        ([year], [month], [of_month]) => [day(*year, *month, *of_month), None],
        ([year], [], [one, other]) => [
            day(*year, *other, *one),
            day(*year, *one, *other).filter(|_| one != other),
        ],
        _ => [None, None],
    };
    found.into_iter().flatten().collect()
}

impl Date {
    /// A date known to the day.
    #[must_use]
    pub const fn day(day: NaiveDate) -> Self {
        Self {
            first: day,
            last: day,
            form: Form::Day,
        }
    }

    /// Some day between two dates, both included; an end that is `None` is open. Two ends that are the same are that date.
    ///
    /// # Errors
    ///
    /// [`DateError::Form`] when both ends are open or one is itself a span, [`DateError::Reversed`] when it ends before it begins.
    pub fn between(from: Option<Self>, to: Option<Self>) -> Result<Self, DateError> {
        let text = |date: Option<Self>| date.map(|date| date.to_string()).unwrap_or_default();
        let found = || format!("{}/{}", text(from), text(to));
        if let (Some(one), Some(other)) = (from, to)
            && one == other
        {
            return Ok(one);
        }
        let is_span = |date: Option<Self>| date.is_some_and(Self::is_between);
        if (from, to) == (None, None) || is_span(from) || is_span(to) {
            return Err(DateError::Form { found: found() });
        }
        let (first, last) = (
            from.map_or(NaiveDate::MIN, Self::earliest),
            to.map_or(NaiveDate::MAX, Self::latest),
        );
        if last < first {
            return Err(DateError::Reversed { found: found() });
        }
        Ok(Self {
            first,
            last,
            form: Form::Between(from.map(Self::precision), to.map(Self::precision)),
        })
    }

    /// A date known to the month.
    ///
    /// # Errors
    ///
    /// [`DateError::Calendar`] when there is no such month or the year is not in 0 to 9999.
    pub fn month(year: i32, month: u32) -> Result<Self, DateError> {
        Self::of(year, month, 1, Precision::Month)
    }

    /// A date known to the year.
    ///
    /// # Errors
    ///
    /// [`DateError::Calendar`] when the year is not in 0 to 9999.
    pub fn year(year: i32) -> Result<Self, DateError> {
        Self::of(year, 1, 1, Precision::Year)
    }

    /// Reads a date of a table: a day, a month or a year, and a timestamp of midnight, as databases and data frames write a
    /// day. At another hour it is no day: which one depends on a place. A table of votes has no spans: `1990/1991` is a season.
    ///
    /// ```
    /// use plenary_types::Date;
    ///
    /// assert_eq!(Date::read("2018-12-19 00:00:00")?, "2018-12-19".parse()?);
    /// assert_eq!(Date::read("2018-12-19T00:00:00.000Z")?, "2018-12-19".parse()?);
    /// assert!(Date::read("2018-12-19 12:00:00").is_err());
    /// # Ok::<(), plenary_types::DateError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`DateError`] of the text without its outer spaces.
    pub fn read(text: &str) -> Result<Self, DateError> {
        let text = text.trim();
        Self::single(text).or_else(|error| {
            let day = at_midnight(text).and_then(|day| Self::single(day).ok());
            let day = day.filter(|day| day.form == Form::Day);
            day.ok_or(error)
        })
    }

    /// A day, a month or a year.
    fn single(text: &str) -> Result<Self, DateError> {
        let form = || DateError::Form {
            found: text.to_owned(),
        };
        let digits = |part: &str, length: usize| {
            let right = part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
            right.then(|| part.parse::<u32>().ok()).flatten()
        };
        let mut parts = text.split('-');
        let year = parts.next().and_then(|p| digits(p, 4)).ok_or_else(form)?;
        let month = parts.next().map(|p| digits(p, 2).ok_or_else(form));
        let day = parts.next().map(|p| digits(p, 2).ok_or_else(form));
        if parts.next().is_some() {
            return Err(form());
        }
        let year = i32::try_from(year).map_err(|_| form())?;
        match (month.transpose()?, day.transpose()?) {
            (None, _) => Self::year(year),
            (Some(month), None) => Self::month(year, month),
            (Some(month), Some(day)) => Self::of(year, month, day, Precision::Day),
        }
    }

    fn of(year: i32, month: u32, day: u32, precision: Precision) -> Result<Self, DateError> {
        let (form, months) = match precision {
            Precision::Month => (Form::Month, 1),
            Precision::Year => (Form::Year, 12),
            _ => (Form::Day, 0),
        };
        let last = |first: NaiveDate| match months {
            0 => Some(first),
            months => first.checked_add_months(Months::new(months))?.pred_opt(),
        };
        NaiveDate::from_ymd_opt(year, month, day)
            .filter(|_| (0..=9999).contains(&year))
            .and_then(|first| {
                Some(Self {
                    first,
                    last: last(first)?,
                    form,
                })
            })
            .ok_or_else(|| DateError::Calendar {
                found: match precision {
                    Precision::Year => format!("{year:04}"),
                    Precision::Month => format!("{year:04}-{month:02}"),
                    _ => format!("{year:04}-{month:02}-{day:02}"),
                },
            })
    }

    /// How much is known.
    #[must_use]
    pub const fn precision(self) -> Precision {
        match self.form {
            Form::Day => Precision::Day,
            Form::Month => Precision::Month,
            Form::Year => Precision::Year,
            Form::Between(..) => Precision::Between,
        }
    }

    /// Whether only a first and a last possible day are known, or one of them.
    #[must_use]
    pub const fn is_between(self) -> bool {
        matches!(self.form, Form::Between(..))
    }

    /// The day, when it is known.
    #[must_use]
    pub fn as_day(self) -> Option<NaiveDate> {
        (self.form == Form::Day).then_some(self.first)
    }

    /// The first day that it can be, where there is one.
    #[must_use]
    pub fn first(self) -> Option<NaiveDate> {
        (!matches!(self.form, Form::Between(None, _))).then_some(self.first)
    }

    /// The last day that it can be, where there is one.
    #[must_use]
    pub fn last(self) -> Option<NaiveDate> {
        (!matches!(self.form, Form::Between(_, None))).then_some(self.last)
    }

    /// The date in a sentence: `on` a day, `in` a month or a year, `between` two days.
    ///
    /// ```
    /// let date: plenary_types::Date = "2018-12".parse()?;
    /// assert_eq!(date.in_a_sentence(), "in 2018-12");
    /// # Ok::<(), plenary_types::DateError>(())
    /// ```
    #[must_use]
    pub fn in_a_sentence(self) -> String {
        match (self.form, self.ends()) {
            (Form::Day, _) => format!("on {self}"),
            (Form::Between(..), (Some(from), Some(to))) => format!("between {from} and {to}"),
            (Form::Between(..), (Some(from), None)) => format!("not before {from}"),
            (Form::Between(..), (None, Some(to))) => format!("not after {to}"),
            _ => format!("in {self}"),
        }
    }

    /// The ends of a span, as they are written; nothing for other dates.
    fn ends(self) -> (Option<String>, Option<String>) {
        let Form::Between(from, to) = self.form else {
            return (None, None);
        };
        (
            from.map(|form| written(self.first, form)),
            to.map(|form| written(self.last, form)),
        )
    }

    /// The calendar year: of the first day that it can be, else of the last.
    #[must_use]
    pub fn calendar_year(self) -> i32 {
        self.first().unwrap_or(self.last).year()
    }

    /// The first day that it can be; [`NaiveDate::MIN`] where there is none.
    #[must_use]
    pub const fn earliest(self) -> NaiveDate {
        self.first
    }

    /// The last day that it can be; [`NaiveDate::MAX`] where there is none.
    #[must_use]
    pub const fn latest(self) -> NaiveDate {
        self.last
    }

    /// Which is earlier, when that is certain.
    ///
    /// `None` when the possible days of the two overlap and they are not the same date.
    #[must_use]
    pub fn compare(self, other: Self) -> Option<Ordering> {
        if self == other {
            Some(Ordering::Equal)
        } else if self.latest() < other.earliest() {
            Some(Ordering::Less)
        } else if other.latest() < self.earliest() {
            Some(Ordering::Greater)
        } else {
            None
        }
    }

    /// Whether it is certainly before `other`.
    #[must_use]
    pub fn certainly_before(self, other: Self) -> bool {
        self.compare(other) == Some(Ordering::Less)
    }
}

impl PartialOrd for Date {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Date {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.first, self.form, self.last).cmp(&(other.first, other.form, other.last))
    }
}

impl From<NaiveDate> for Date {
    fn from(day: NaiveDate) -> Self {
        Self::day(day)
    }
}

/// A day as far as it is known.
fn written(day: NaiveDate, precision: Precision) -> String {
    let format = match precision {
        Precision::Month => "%Y-%m",
        Precision::Year => "%Y",
        _ => "%Y-%m-%d",
    };
    day.format(format).to_string()
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.form {
            Form::Between(..) => {
                let (from, to) = self.ends();
                let text = format!("{}/{}", from.unwrap_or_default(), to.unwrap_or_default());
                f.pad(&text)
            }
            _ => f.pad(&written(self.first, self.precision())),
        }
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let Some((from, to)) = text.split_once('/') else {
            return Self::single(text);
        };
        let form = || DateError::Form {
            found: text.to_owned(),
        };
        let end = |part: &str| match part {
            "" => Ok(None),
            part => match Self::single(part) {
                Err(DateError::Form { .. }) => Err(form()),
                date => date.map(Some),
            },
        };
        Self::between(end(from)?, end(to)?)
    }
}

crate::text::serde_as_text!(Date);

/// The day of a timestamp whose time is midnight, in whatever zone; `None` for anything else.
///
/// ```
/// use plenary_types::at_midnight;
///
/// assert_eq!(at_midnight("19.12.2018 00:00:00"), Some("19.12.2018"));
/// assert_eq!(at_midnight("2018-12-19T12:00:00Z"), None);
/// ```
#[must_use]
pub fn at_midnight(text: &str) -> Option<&str> {
    let at = text.find(['T', 't']).filter(|at| {
        let rest = text
            .get(at + 1..)
            .invariant("a letter of ASCII was found there");
        rest.starts_with(|c: char| c.is_ascii_digit())
    });
    let (day, time) = text.split_at(at.or_else(|| text.rfind(" 0"))?);
    let time = time.get(1..)?.trim();
    let zone = time.find(['Z', 'z', '+', '-', ' ']).unwrap_or(time.len());
    let (clock, zone) = time.split_at(zone);
    (is_midnight(clock) && is_zone(zone.trim())).then(|| day.trim_end())
}

/// Whether a time of day is midnight: `0:00`, `00:00`, `00:00:00`, `00:00:00.000`.
#[must_use]
pub fn is_midnight(clock: &str) -> bool {
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let parts: Vec<&str> = clock.split(':').collect();
    let is_nothing = |part: &str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|b| b == b'0')
    };
    (2..=3).contains(&parts.len())
        && parts.iter().all(|part| is_nothing(part, 2))
        && is_nothing(fraction, 9)
}

/// Nothing, `Z`, `UTC`, `GMT`, `+02`, `-0500`, `+05:30`.
fn is_zone(zone: &str) -> bool {
    let hours = zone.strip_prefix(['+', '-']).map(|hours| {
        let digits = hours.bytes().filter(u8::is_ascii_digit).count();
        let colons = hours.bytes().filter(|b| *b == b':').count();
        matches!(
            (digits, colons, hours.len()),
            (2, 0, 2) | (4, 0, 4) | (4, 1, 5)
        )
    });
    let named = ["", "z", "utc", "gmt"].iter();
    hours.unwrap_or_else(|| named.clone().any(|name| zone.eq_ignore_ascii_case(name)))
}

/// A half-open span of days: `from` is in it, `to` is the first day after it; no `to`, no end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The first day.
    pub from: NaiveDate,
    /// The first day after the span, if it has ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
}

impl Span {
    /// Whether `day` is in the span.
    #[must_use]
    pub fn contains(self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day < to)
    }

    /// Whether some day is in both.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.to.is_none_or(|to| other.from < to) && other.to.is_none_or(|to| self.from < to)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.to) {
            (NaiveDate::MIN, Some(to)) => write!(f, "until before {to}"),
            (NaiveDate::MIN, None) => f.write_str("always"),
            (from, Some(to)) => write!(f, "{from} until before {to}"),
            (from, None) => write!(f, "since {from}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_in_another_form_is_refused_with_what_it_may_mean() {
        for (text, dates) in [
            ("1/12/2018", ", such as `2018-12-01` or `2018-01-12`"),
            ("19.12.2018", ", such as `2018-12-19`"),
            ("5/5/2018", ", such as `2018-05-05`"),
            ("Dec 2018", ", such as `2018-12`"),
            ("19 December 2018", ", such as `2018-12-19`"),
            ("December 19th, 2018", ", such as `2018-12-19`"),
            ("12/2018", ", such as `2018-12`"),
            ("31/31/2018", ""),
            ("1/12/18", ""),
            ("yesterday", ""),
            ("Ma 2018", ""),
            ("2018 2019", ""),
        ] {
            let error = text.parse::<Date>().unwrap_err();
            let expected =
                format!("`{text}` is not a date: expected YYYY-MM-DD, YYYY-MM or YYYY{dates}");
            assert_eq!(error.to_string(), expected);
        }
    }

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn a_sentence_has_a_day_on_it_and_a_month_or_a_year_in_it() {
        for (date, words) in [
            ("2018-12-19", "on 2018-12-19"),
            ("2018-12", "in 2018-12"),
            ("2018", "in 2018"),
            ("2010-05-26/2010-07-06", "between 2010-05-26 and 2010-07-06"),
            ("2010/2012-05", "between 2010 and 2012-05"),
            ("/1907", "not after 1907"),
            ("1907-03/", "not before 1907-03"),
        ] {
            assert_eq!(date.parse::<Date>().unwrap().in_a_sentence(), words);
        }
    }

    #[test]
    fn the_span_of_a_month_ends_on_its_last_day() {
        assert_eq!(date("1964-02").latest().to_string(), "1964-02-29");
        assert_eq!(date("1963").latest().to_string(), "1963-12-31");
        assert_eq!(date("9999").latest().to_string(), "9999-12-31");
    }

    #[test]
    fn a_span_has_the_days_of_its_ends_and_prints_as_it_is_written() {
        let day = |text: &str| date(text).as_day();
        for (text, first, last) in [
            (
                "2010-05-26/2010-07-06",
                day("2010-05-26"),
                day("2010-07-06"),
            ),
            ("2010/2012-02", day("2010-01-01"), day("2012-02-29")),
            ("2010-05/2010-05-20", day("2010-05-01"), day("2010-05-20")),
            ("/1907", None, day("1907-12-31")),
            ("1907-03/", day("1907-03-01"), None),
        ] {
            let span = date(text);
            assert_eq!((span.first(), span.last()), (first, last), "{text}");
            assert_eq!(span.to_string(), text);
            assert_eq!(span.earliest(), first.unwrap_or(NaiveDate::MIN));
            assert_eq!(span.latest(), last.unwrap_or(NaiveDate::MAX));
            assert_eq!(
                (span.as_day(), span.precision()),
                (None, Precision::Between)
            );
        }
        assert_eq!(date("2010-05-26/2010-05-26"), date("2010-05-26"));
        assert_eq!(date("2010/2010"), date("2010"));
        assert_eq!(date("/1907").calendar_year(), 1907);
        assert_eq!(date("/1907").compare(date("1908")), Some(Ordering::Less));
        assert_eq!(date("/1907").compare(date("1900")), None);
        assert!(matches!(
            "2012/2010".parse::<Date>(),
            Err(DateError::Reversed { .. })
        ));
        assert!(matches!(
            "2010-02-30/2011".parse::<Date>(),
            Err(DateError::Calendar { .. })
        ));
        for text in [
            "/",
            "1907/1908/1909",
            "/1907/",
            "soon/1907",
            "1907//",
            "1907 / 1908",
        ] {
            let read = text.parse::<Date>();
            assert!(matches!(read, Err(DateError::Form { .. })), "{text}");
        }
        assert!(Date::between(Some(date("/1907")), None).is_err());
        assert!(Date::read("1990/1991").is_err(), "a season is no date");
    }

    #[test]
    fn overlapping_dates_have_no_order() {
        assert_eq!(date("1963").compare(date("1963-06-01")), None);
        assert!(date("1963-05").certainly_before(date("1963-06-01")));
    }

    #[test]
    fn a_timestamp_of_midnight_is_a_day_and_any_other_is_not() {
        for text in [
            "2018-12-19",
            "2018-12-19 00:00:00",
            "2018-12-19T00:00:00",
            "2018-12-19T00:00",
            "2018-12-19 0:00",
            "2018-12-19t00:00:00z",
            "2018-12-19T00:00:00.000Z",
            "2018-12-19 00:00:00.000000000",
            "2018-12-19 00:00:00+00:00",
            "2018-12-19T00:00:00-0500",
            "2018-12-19 00:00:00 UTC",
            "2018-12-19 00:00:00 +02",
            " 2018-12-19 00:00:00 ",
        ] {
            assert_eq!(
                Date::read(text).unwrap().to_string(),
                "2018-12-19",
                "{text}"
            );
        }
        assert_eq!(Date::read("2018-12").unwrap().to_string(), "2018-12");
        for text in [
            "2018-12-19 00:00:01",
            "2018-12-19 12:00:00",
            "2018-12-19T00",
            "2018-12-19T00:00:00+1",
            "2018-12-19 00:00:00 EST",
            "2018-02-30 00:00:00",
            "2018-12 00:00:00",
            "2018 00:00",
            "00:00:00",
            "2018-12-19 00:00:00:00",
            "2018-12-19T",
            "",
            "é 0",
        ] {
            assert!(Date::read(text).is_err(), "{text}");
        }
        assert_eq!(at_midnight("19.12.2018 00:00:00"), Some("19.12.2018"));
        assert_eq!(at_midnight("October 19"), None);
    }

    #[test]
    fn dates_that_share_a_day_have_no_order() {
        for (one, other, order) in [
            ("1963-06-01", "1963-06", None),
            ("1963-06-30", "1963-06", None),
            ("1963-12-31", "1963", None),
            ("1963", "1963-01", None),
            ("1963-05-31", "1963-06", Some(Ordering::Less)),
            ("1963-06", "1963-07-01", Some(Ordering::Less)),
            ("1963", "1964-01", Some(Ordering::Less)),
            ("1963-06", "1963-06", Some(Ordering::Equal)),
        ] {
            let (one, other) = (date(one), date(other));
            assert_eq!(one.compare(other), order, "{one} {other}");
            assert_eq!(other.compare(one), order.map(Ordering::reverse));
            assert_eq!(one.certainly_before(other), order == Some(Ordering::Less));
        }
    }

    #[test]
    fn dates_are_sorted_by_first_day_the_more_precise_first() {
        let sorted = ["1963-01-01", "1963-01", "1963", "1963-01-02", "1964-02-29"].map(date);
        for (place, one) in sorted.into_iter().enumerate() {
            for (other_place, other) in sorted.into_iter().enumerate() {
                let order = place.cmp(&other_place);
                assert_eq!(one.partial_cmp(&other), Some(order), "{one} {other}");
            }
        }
        assert_eq!(
            sorted.map(Date::calendar_year),
            [1963, 1963, 1963, 1963, 1964]
        );
    }

    #[test]
    fn wrong_forms_and_impossible_days_are_told_apart() {
        for text in [
            "",
            "63",
            "1963-6",
            "1963-06-",
            "1963/06/01",
            "1963-06-01-",
            "+963",
            "19630601",
        ] {
            assert!(
                matches!(text.parse::<Date>(), Err(DateError::Form { .. })),
                "{text}"
            );
        }
        for text in ["1976-06-31", "2020-99-99", "1900-02-29", "2018-00"] {
            assert!(
                matches!(text.parse::<Date>(), Err(DateError::Calendar { .. })),
                "{text}"
            );
        }
    }

    #[test]
    fn a_span_excludes_its_last_day() {
        let day = |text: &str| date(text).as_day().unwrap();
        let span = Span {
            from: day("1990-01-01"),
            to: Some(day("1990-02-01")),
        };
        assert!(span.contains(day("1990-01-31")) && !span.contains(day("1990-02-01")));
        assert!(span.contains(day("1990-01-01")) && !span.contains(day("1989-12-31")));
    }

    #[test]
    fn spans_overlap_when_a_day_is_in_both() {
        // Days of one month, half-open; without an end where the second number is 0.
        let spans = [
            (1, 5),
            (5, 9),
            (4, 6),
            (1, 0),
            (5, 0),
            (9, 0),
            (2, 3),
            (8, 9),
        ];
        let day = |n| NaiveDate::from_ymd_opt(1990, 1, n).unwrap();
        let span = |(from, to)| Span {
            from: day(from),
            to: (to > 0).then(|| day(to)),
        };
        for (one, other) in spans
            .iter()
            .flat_map(|one| spans.map(|other| (span(*one), span(other))))
        {
            let shared = (1..=31)
                .map(day)
                .any(|d| one.contains(d) && other.contains(d));
            assert_eq!(one.overlaps(other), shared, "{one}, {other}");
        }
    }

    #[test]
    fn a_span_says_where_it_begins_and_ends() {
        let (first, last) = (date("1990-01-01").first, Some(date("1990-02-01").first));
        for (from, to, words) in [
            (first, last, "1990-01-01 until before 1990-02-01"),
            (first, None, "since 1990-01-01"),
            (NaiveDate::MIN, last, "until before 1990-02-01"),
            (NaiveDate::MIN, None, "always"),
        ] {
            assert_eq!(Span { from, to }.to_string(), words);
        }
    }
}
