//! [`Clause`]: when a treaty enters into force.

use std::fmt;

use chrono::NaiveDate;

use crate::{Delay, Period, Requirement};

/// An entry-into-force clause: what has to be met, and how long after that the treaty is in force.
///
/// Parts are separated by `;`: requirements, at most one delay, `not before …`, and
/// `including organisations` where the instruments of organisations add to those of their members.
///
/// ```
/// use plenary_decisions::Clause;
///
/// let paris: Clause = "55 instruments; at least 55% of emissions; 30 days".parse()?;
/// assert_eq!(paris.to_string(), "at least 55 instruments; at least 55% of emissions; 30 days");
/// let rome: Clause = "60 instruments; first day of the month after 60 days".parse()?;
/// assert_eq!(rome.delay.to_string(), "first day of the month after 60 days");
/// # Ok::<(), plenary_decisions::ParseError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Clause {
    /// What has to be met.
    pub requirement: Requirement,
    /// The time from the day on which it is met to the entry into force.
    pub delay: Delay,
    /// A day before which the treaty cannot enter into force.
    pub not_before: Option<NotBefore>,
    /// Whether an instrument of an organisation counts beside those of its members. By default it does
    /// not (Paris Agreement, Art. 21(4)).
    pub organisations: bool,
}

/// The earliest day of an entry into force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NotBefore {
    /// A day of the calendar.
    Day(NaiveDate),
    /// So long after the treaty was opened for signature (Comprehensive Test Ban, Art. XIV: two years).
    AfterOpening(Period),
}

impl NotBefore {
    /// The day, when it can be told: the second form needs the day of opening.
    #[must_use]
    pub fn day(self, opened: Option<NaiveDate>) -> Option<NaiveDate> {
        match self {
            Self::Day(day) => Some(day),
            Self::AfterOpening(period) => period.after(opened?),
        }
    }
}

impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.requirement.fmt(f)?;
        if self.organisations {
            f.write_str("; including organisations")?;
        }
        if let Some(not_before) = self.not_before {
            write!(f, "; {not_before}")?;
        }
        if self.delay != Delay::None {
            write!(f, "; {}", self.delay)?;
        }
        Ok(())
    }
}

impl fmt::Display for NotBefore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "not before {day}"),
            Self::AfterOpening(period) => write!(f, "not before {period} after opening"),
        }
    }
}

crate::serde_text::serde_as_text!(Clause, Delay, Period);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_earliest_day_is_a_date_or_runs_from_the_opening() {
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        let fixed = NotBefore::Day(day("2000-01-01").unwrap());
        let two_years = NotBefore::AfterOpening(Period::Years(2));
        let opened = day("1996-09-24");
        for (not_before, opened, earliest) in [
            (fixed, None, day("2000-01-01")),
            (fixed, opened, day("2000-01-01")),
            (two_years, opened, day("1998-09-24")), // Comprehensive Test Ban, Art. XIV
            (two_years, None, None),
        ] {
            assert_eq!(not_before.day(opened), earliest);
        }
    }
}
