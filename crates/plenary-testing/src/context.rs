//! [`Context`]: the body and the days that a strategy draws from.

use std::ops::Range;
use std::sync::Arc;

use chrono::{Days, NaiveDate};
use plenary_bodies::{Body, Reference};
use plenary_types::BodyId;

/// The body and the days that a strategy draws from, and the reference that knows the body.
///
/// ```
/// use plenary_testing::Context;
///
/// let day = "1956-11-20".parse().unwrap();
/// let context = Context::assembly().on(day);
/// assert_eq!(context.days(), day..day.succ_opt().unwrap());
/// ```
#[derive(Clone, Debug)]
pub struct Context {
    reference: Arc<Reference>,
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
    /// A body of a reference, in the days of which its members or its seats are on record; nothing where the reference does not
    /// have the body or there are no such days.
    ///
    /// The last day is that before the body ends or its roster does, else a year after the last change.
    ///
    /// ```
    /// use plenary_bodies::Reference;
    /// use plenary_testing::Context;
    ///
    /// let council = "hrc".parse().unwrap();
    /// let days = Context::new(Reference::embedded(), &council).unwrap().days();
    /// assert_eq!(days.start.to_string(), "2006-06-19");
    /// ```
    #[must_use]
    pub fn new(reference: &Arc<Reference>, body: &BodyId) -> Option<Self> {
        let known = reference.body(body.as_str())?;
        let sessions = known.sessions().all();
        let epochs = || {
            known
                .roster()
                .into_iter()
                .flat_map(|roster| roster.epochs())
        };
        let members = epochs().filter(|epoch| !epoch.voters().is_empty());
        let seats = known.seats().iter().map(|seats| seats.span.from);
        let composed = members.map(|epoch| epoch.span().from).chain(seats).min()?;
        let met = sessions.iter().map(|session| session.opened).min();
        let exists = [Some(known.span().from), Some(composed), met];
        let first = exists.into_iter().flatten().max()?;
        let changes = known
            .roster()
            .into_iter()
            .flat_map(|roster| roster.days_of_change());
        let changes = changes.chain(known.seats().iter().map(|seats| seats.span.from));
        let last = changes.max().unwrap_or(first).max(first);
        let ends = [
            known.span().to,
            known.roster().and_then(|roster| roster.known_until()),
            last.checked_add_days(Days::new(365)),
        ];
        let end = ends.into_iter().flatten().min()?;
        let context = Self {
            reference: Arc::clone(reference),
            body: body.clone(),
            days: first..end,
        };
        (first < end).then_some(context)
    }

    /// The General Assembly, from its second session part to the end of 2025.
    #[must_use]
    pub fn assembly() -> Self {
        Self {
            reference: Arc::clone(Reference::embedded()),
            body: BodyId::UNGA,
            days: day(1946, 11, 1)..day(2026, 1, 1),
        }
    }

    /// The Security Council, from its first meetings to the end of 2025.
    #[must_use]
    pub fn council() -> Self {
        Self {
            reference: Arc::clone(Reference::embedded()),
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

    /// The reference that knows the body.
    #[must_use]
    pub const fn reference(&self) -> &Arc<Reference> {
        &self.reference
    }

    /// What the reference knows of the body.
    #[must_use]
    pub fn known_body(&self) -> Option<&Body> {
        self.reference.body(self.body.as_str()).map(|body| &**body)
    }

    /// The days, the last one not included.
    #[must_use]
    pub fn days(&self) -> Range<NaiveDate> {
        self.days.clone()
    }
}
