//! [`Period`] and [`Delay`]: how treaties and rules count time.

use std::fmt;

use chrono::{Datelike, Days, Months, NaiveDate};

/// A length of time as legal texts count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Period {
    /// So many days; the day from which they run is not counted.
    Days(u32),
    /// So many months: the same day of a later month, or its last day.
    Months(u32),
    /// So many years: the same day of a later year.
    Years(u32),
}

impl Period {
    /// The day on which the period that runs from `day` ends: the thirtieth day after the 1st is the 31st.
    /// `None` beyond the calendar.
    #[must_use]
    pub fn after(self, day: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Days(n) => day.checked_add_days(Days::new(n.into())),
            Self::Months(n) => day.checked_add_months(Months::new(n)),
            Self::Years(n) => day.checked_add_months(Months::new(n.checked_mul(12)?)),
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (n, unit) = match self {
            Self::Days(n) => (n, "day"),
            Self::Months(n) => (n, "month"),
            Self::Years(n) => (n, "year"),
        };
        write!(f, "{n} {unit}{}", if *n == 1 { "" } else { "s" })
    }
}

/// The time between the day on which a condition is met and the day on which it takes effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Delay {
    /// At once, on the same day.
    #[default]
    None,
    /// After a period: `30 days` is the thirtieth day after, the day itself not counted.
    After(Period),
    /// On the first day of the calendar month that follows the end of a period (Rome Statute, Art. 126:
    /// the month after the sixtieth day). Always the month after: a period that ends on the first of a
    /// month leads to the first of the next.
    FirstOfMonthAfter(Period),
    /// On the first day of the n-th calendar month after the month of the day (Mine Ban Convention,
    /// Art. 17: the sixth month after the month of the fortieth deposit).
    FirstOfMonth(u32),
}

impl Delay {
    /// The day of effect of a condition met on `day`; `None` beyond the calendar.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use plenary_decisions::{Delay, Period};
    ///
    /// let sixtieth = NaiveDate::from_ymd_opt(2002, 4, 11).unwrap();
    /// let effect = Delay::FirstOfMonthAfter(Period::Days(60)).after(sixtieth);
    /// assert_eq!(effect, NaiveDate::from_ymd_opt(2002, 7, 1));
    /// ```
    #[must_use]
    pub fn after(self, day: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::None => Some(day),
            Self::After(period) => period.after(day),
            Self::FirstOfMonthAfter(period) => first_of_month(period.after(day)?, 1),
            Self::FirstOfMonth(n) => first_of_month(day, n),
        }
    }
}

fn first_of_month(day: NaiveDate, months: u32) -> Option<NaiveDate> {
    day.with_day(1)?.checked_add_months(Months::new(months))
}

impl fmt::Display for Delay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("at once"),
            Self::After(period) => write!(f, "{period}"),
            Self::FirstOfMonthAfter(period) => write!(f, "first day of the month after {period}"),
            Self::FirstOfMonth(n) => write!(f, "first day of month {n} after"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn official_dates_follow_from_the_day_of_the_last_deposit() {
        let cases = [
            ("2004-11-18", Delay::After(Period::Days(90)), "2005-02-16"), // Kyoto Protocol
            ("2016-10-05", Delay::After(Period::Days(30)), "2016-11-04"), // Paris Agreement
            (
                "2002-04-11",
                Delay::FirstOfMonthAfter(Period::Days(60)),
                "2002-07-01",
            ), // Rome Statute
            ("1998-09-16", Delay::FirstOfMonth(6), "1999-03-01"),         // Mine Ban Convention
            ("2010-01-31", Delay::After(Period::Months(1)), "2010-02-28"),
            ("2010-01-31", Delay::None, "2010-01-31"),
        ];
        for (met, delay, effect) in cases {
            assert_eq!(delay.after(day(met)), Some(day(effect)), "{delay}");
        }
    }

    #[test]
    fn a_period_that_ends_on_the_first_of_a_month_leads_to_the_next_month() {
        let delay = Delay::FirstOfMonthAfter(Period::Days(1));
        assert_eq!(delay.after(day("2001-02-28")), Some(day("2001-04-01")));
    }

    #[test]
    fn days_beyond_the_calendar_are_no_day() {
        assert_eq!(Period::Years(u32::MAX).after(day("2000-01-01")), None);
        assert_eq!(Delay::FirstOfMonth(u32::MAX).after(day("2000-01-01")), None);
    }
}
