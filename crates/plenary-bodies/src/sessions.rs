//! [`Sessions`]: how a body counts its sessions, and when they were.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::Pattern;
use crate::lazy::Lazy;
use crate::read::{ReferenceFault, Source, read_sessions};
use crate::rows::BodySession;

/// The sessions of a body.
#[derive(Debug, Default)]
pub struct Sessions {
    pub(crate) series: Vec<Pattern>,
    pub(crate) roman_until: Option<NaiveDate>,
    pub(crate) yearly: bool,
    pub(crate) source: Option<Arc<Source>>,
    rows: Lazy<Vec<BodySession>>,
}

impl Sessions {
    pub(crate) const fn new(
        series: Vec<Pattern>,
        roman_until: Option<NaiveDate>,
        yearly: bool,
        source: Option<Arc<Source>>,
    ) -> Self {
        Self {
            series,
            roman_until,
            yearly,
            source,
            rows: Lazy::new(),
        }
    }

    /// How sessions are written, one form for each series.
    #[must_use]
    pub fn series(&self) -> &[Pattern] {
        &self.series
    }

    /// Whether its regular sessions are numbered from year to year and all members vote at them, so that a session can be compared
    /// with those before and after it.
    #[must_use]
    pub const fn are_yearly(&self) -> bool {
        self.yearly
    }

    /// The day until which sessions were written in roman numerals.
    #[must_use]
    pub const fn roman_until(&self) -> Option<NaiveDate> {
        self.roman_until
    }

    /// The sessions of which the days are on record, in the order of the file. One of the first series of which the closing is not on
    /// record runs until the day before the next one opens, unverified.
    #[must_use]
    pub fn all(&self) -> &[BodySession] {
        self.rows.get(|| self.read())
    }

    pub(crate) fn check(&self) -> Vec<ReferenceFault> {
        self.rows.check(|| self.read())
    }

    fn read(&self) -> (Vec<BodySession>, Vec<ReferenceFault>) {
        let source = self.source.as_deref();
        let (rows, faults) = source.map(read_sessions).unwrap_or_default();
        (self.ended(rows), faults)
    }

    /// Lets a session of the first series, that of the regular ones, run until the day before the next of it opens, where no day of
    /// its closing is on record.
    fn ended(&self, mut rows: Vec<BodySession>) -> Vec<BodySession> {
        let Some(regular) = self.series.first() else {
            return rows;
        };
        let is_regular = |row: &BodySession| regular.matches(&row.session);
        let openings = rows.iter().filter(|row| is_regular(row));
        let mut openings: Vec<_> = openings.map(|row| row.opened).collect();
        openings.sort_unstable();
        for row in &mut rows {
            if row.closed.is_none() && is_regular(row) {
                let next = openings.partition_point(|opened| *opened <= row.opened);
                row.closed = openings.get(next).and_then(|opened| opened.pred_opt());
                row.closed_is_unverified |= row.closed.is_some();
            }
        }
        rows
    }

    /// The session of that number or name.
    #[must_use]
    pub fn get(&self, session: &str) -> Option<&BodySession> {
        self.all().iter().find(|known| &*known.session == session)
    }

    /// The sessions of which a day is one.
    pub fn on(&self, day: NaiveDate) -> impl Iterator<Item = &BodySession> {
        self.all()
            .iter()
            .filter(move |session| session.contains(day))
    }

    /// The session of the first series, that of the regular ones, that is under way on a day.
    #[must_use]
    pub fn regular_on(&self, day: NaiveDate) -> Option<&BodySession> {
        let regular = self.series.first()?;
        self.on(day).find(|row| regular.matches(&row.session))
    }

    /// Whether the body writes its sessions like this; also where it says nothing of their form.
    #[must_use]
    pub fn is_session(&self, text: &str) -> bool {
        self.series.is_empty() || self.series.iter().any(|form| form.matches(text))
    }
}
