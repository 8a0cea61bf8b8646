//! [`Context`]: the body and the days that a strategy draws from.

use std::ops::Range;

use chrono::NaiveDate;
use plenary_types::BodyId;

/// The body and the days that a strategy draws from.
///
/// ```
/// use plenary_testing::Context;
///
/// let day = "1956-11-20".parse().unwrap();
/// let context = Context::assembly().on(day);
/// assert_eq!(context.days(), day..day.succ_opt().unwrap());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    body: BodyId,
    days: Range<NaiveDate>,
}

const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(day) => day,
        None => NaiveDate::MIN,
    }
}

impl Context {
    /// The General Assembly, from its second session part to the end of 2025.
    #[must_use]
    pub const fn assembly() -> Self {
        Self {
            body: BodyId::UNGA,
            days: day(1946, 11, 1)..day(2026, 1, 1),
        }
    }

    /// The Security Council, from its first meetings to the end of 2025.
    #[must_use]
    pub const fn council() -> Self {
        Self {
            body: BodyId::UNSC,
            days: day(1946, 2, 1)..day(2026, 1, 1),
        }
    }

    /// The same body on one day.
    #[must_use]
    pub fn on(self, day: NaiveDate) -> Self {
        self.between(day, day.succ_opt().unwrap_or(day))
    }

    /// The same body from a day on and before another; at least the first day.
    #[must_use]
    pub fn between(mut self, from: NaiveDate, before: NaiveDate) -> Self {
        let least = from.succ_opt().unwrap_or(from);
        self.days = from..before.max(least);
        self
    }

    /// The body.
    #[must_use]
    pub const fn body(&self) -> &BodyId {
        &self.body
    }

    /// The days, the last one not included.
    #[must_use]
    pub fn days(&self) -> Range<NaiveDate> {
        self.days.clone()
    }
}
