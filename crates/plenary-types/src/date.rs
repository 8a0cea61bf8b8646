//! Dates that may be a year or a month, and half-open spans of days.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// A day, or only a month, or only a year, as far as the source knows.
///
/// Nothing is filled in: a date of `1963` stays a year. Comparisons are honest about that:
/// [`Date::compare`] answers `None` when the two spans of days overlap without being the same.
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
/// # Ok::<(), plenary_types::DateError>(())
/// ```
///
/// The derived order (by first possible day, then the more precise first) exists so that dates can
/// be sorted and used as keys; it is not a statement about time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Date {
    first: NaiveDate,
    precision: Precision,
}

/// How much of a [`Date`] is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// The day is known.
    Day,
    /// Only the month and the year are known.
    Month,
    /// Only the year is known.
    Year,
}

/// Why a text or a combination of numbers is not a [`Date`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DateError {
    /// The text is not of the form `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    #[error("`{found}` is not a date: expected YYYY-MM-DD, YYYY-MM or YYYY")]
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
}

impl Date {
    /// A date known to the day.
    #[must_use]
    pub const fn day(day: NaiveDate) -> Self {
        Self {
            first: day,
            precision: Precision::Day,
        }
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

    /// Reads a date of a table: what [`Date::from_str`] reads, and a timestamp of midnight, as databases and data frames write a
    /// day. At another hour it is no day: which one depends on a place.
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
        text.parse::<Self>().or_else(|error| {
            let day = at_midnight(text).and_then(|day| day.parse::<Self>().ok());
            let day = day.filter(|day| day.precision == Precision::Day);
            day.ok_or(error)
        })
    }

    fn of(year: i32, month: u32, day: u32, precision: Precision) -> Result<Self, DateError> {
        NaiveDate::from_ymd_opt(year, month, day)
            .filter(|_| (0..=9999).contains(&year))
            .map(|first| Self { first, precision })
            .ok_or_else(|| DateError::Calendar {
                found: match precision {
                    Precision::Year => format!("{year:04}"),
                    Precision::Month => format!("{year:04}-{month:02}"),
                    Precision::Day => format!("{year:04}-{month:02}-{day:02}"),
                },
            })
    }

    /// How much is known.
    #[must_use]
    pub const fn precision(self) -> Precision {
        self.precision
    }

    /// The day, when it is known.
    #[must_use]
    pub fn as_day(self) -> Option<NaiveDate> {
        (self.precision == Precision::Day).then_some(self.first)
    }

    /// The date in a sentence: `on` a day, `in` a month or a year.
    ///
    /// ```
    /// let date: plenary_types::Date = "2018-12".parse()?;
    /// assert_eq!(date.in_a_sentence(), "in 2018-12");
    /// # Ok::<(), plenary_types::DateError>(())
    /// ```
    #[must_use]
    pub fn in_a_sentence(self) -> String {
        match self.precision {
            Precision::Day => format!("on {self}"),
            _ => format!("in {self}"),
        }
    }

    /// The calendar year.
    #[must_use]
    pub fn calendar_year(self) -> i32 {
        self.first.year()
    }

    /// The first day that it can be.
    #[must_use]
    pub const fn earliest(self) -> NaiveDate {
        self.first
    }

    /// The last day that it can be.
    #[must_use]
    pub fn latest(self) -> NaiveDate {
        let months = match self.precision {
            Precision::Day => return self.first,
            Precision::Month => 1,
            Precision::Year => 12,
        };
        self.first
            .checked_add_months(Months::new(months))
            .and_then(|next| next.pred_opt())
            .unwrap_or(NaiveDate::MAX)
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
        (self.first, self.precision).cmp(&(other.first, other.precision))
    }
}

impl From<NaiveDate> for Date {
    fn from(day: NaiveDate) -> Self {
        Self::day(day)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let format = match self.precision {
            Precision::Day => "%Y-%m-%d",
            Precision::Month => "%Y-%m",
            Precision::Year => "%Y",
        };
        f.pad(&self.first.format(format).to_string())
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
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
        let rest = text.get(at + 1..).unwrap_or_default();
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

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn a_sentence_has_a_day_on_it_and_a_month_or_a_year_in_it() {
        for (date, words) in [
            ("2018-12-19", "on 2018-12-19"),
            ("2018-12", "in 2018-12"),
            ("2018", "in 2018"),
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
