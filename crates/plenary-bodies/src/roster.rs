//! [`Roster`]: who sits in a body, over time.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use plenary_types::{Date, Invariant, Participant, Span};

use crate::lazy::Lazy;
use crate::read::{ReferenceFault, Sitting, Source, read_roster};
use crate::rows::{Doubt, RosterRow, Status};
use crate::words::SuspendedCount;

/// Who sits in a body over time.
///
/// Members change on a few days only, and between two of them lies an [`Epoch`]. What a suspended member counts as is a fact of the
/// body ([`SuspendedCount`]).
#[derive(Debug, Default)]
pub struct Roster {
    rows: Vec<RosterRow>,
    suspended: SuspendedCount,
    known: (Option<NaiveDate>, Option<NaiveDate>),
    /// The days on which an epoch begins, the first but one on.
    days: Vec<NaiveDate>,
    epochs: Vec<OnceLock<Epoch>>,
    doubtful: Vec<NaiveDate>,
    successions: OnceLock<Vec<Vec<Participant>>>,
}

/// The members of a body between two days on which they change.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Epoch {
    span: Span,
    members: Box<[Participant]>,
    voters: Box<[Participant]>,
    suspended: Box<[Participant]>,
    others: Box<[Participant]>,
    permanent: Box<[Participant]>,
    vacant: u32,
}

impl Epoch {
    /// The days.
    #[must_use]
    pub const fn span(&self) -> Span {
        self.span
    }

    /// The members, in the order of their texts: all that a total of members counts.
    #[must_use]
    pub fn members(&self) -> &[Participant] {
        &self.members
    }

    /// The members that can vote, in the order of their texts.
    #[must_use]
    pub fn voters(&self) -> &[Participant] {
        &self.voters
    }

    /// Those whose rights are suspended, in the order of their texts. They may be members or not: see [`SuspendedCount`].
    #[must_use]
    pub fn suspended(&self) -> &[Participant] {
        &self.suspended
    }

    /// Observers and associates, in the order of their texts.
    #[must_use]
    pub fn others(&self) -> &[Participant] {
        &self.others
    }

    /// Those whose seats are their own for good, in the order of their texts.
    #[must_use]
    pub fn permanent(&self) -> &[Participant] {
        &self.permanent
    }

    /// How many seats are empty, as far as the roster says so.
    #[must_use]
    pub const fn vacant(&self) -> u32 {
        self.vacant
    }

    /// Whether somebody is a member.
    #[must_use]
    pub fn is_member(&self, who: Participant) -> bool {
        self.members.binary_search(&who).is_ok()
    }

    /// Whether somebody is a member that can vote.
    #[must_use]
    pub fn may_vote(&self, who: Participant) -> bool {
        self.voters.binary_search(&who).is_ok()
    }

    /// How many members there are.
    #[must_use]
    pub fn count(&self) -> u32 {
        length(self.members.len())
    }
}

pub(crate) use plenary_types::count as length;

impl Roster {
    pub(crate) fn new(
        rows: Vec<RosterRow>,
        suspended: SuspendedCount,
        known: (Option<NaiveDate>, Option<NaiveDate>),
    ) -> Self {
        let ends = |row: &RosterRow| [Some(row.span.from), row.span.to].into_iter().flatten();
        let mut days: Vec<_> = rows
            .iter()
            .flat_map(ends)
            .chain(known.0)
            .chain(known.1)
            .collect();
        days.retain(|day| *day > NaiveDate::MIN);
        days.sort_unstable();
        days.dedup();
        let first = rows
            .iter()
            .filter(|row| row.status.is_membership())
            .map(|row| row.span.from)
            .min();
        let doubtful = rows.iter().flat_map(|row| {
            let (from, to) = match row.doubt {
                Doubt::None | Doubt::Member => (false, false),
                Doubt::From => (true, false),
                Doubt::To => (false, true),
                Doubt::Both => (true, true),
            };
            let from = Some(row.span.from).filter(|_| from);
            [from, row.span.to.filter(|_| to)].into_iter().flatten()
        });
        // That no source names an hour for the first members makes no day before it doubtful.
        let mut doubtful: Vec<_> = doubtful
            .filter(|day| first.is_some_and(|first| *day > first))
            .collect();
        doubtful.sort_unstable();
        doubtful.dedup();
        Self {
            epochs: (0..=days.len()).map(|_| OnceLock::new()).collect(),
            rows,
            suspended,
            known,
            days,
            doubtful,
            successions: OnceLock::new(),
        }
    }

    /// The rows, in the order of the file.
    #[must_use]
    pub fn rows(&self) -> &[RosterRow] {
        &self.rows
    }

    /// The rows of somebody, in the order of the file.
    pub fn rows_of(&self, who: Participant) -> impl Iterator<Item = &RosterRow> {
        self.rows.iter().filter(move |row| row.who == Some(who))
    }

    /// The first day on which the roster is complete, where it is not from the first row on.
    #[must_use]
    pub const fn known_from(&self) -> Option<NaiveDate> {
        self.known.0
    }

    /// The first day on which the roster is no longer complete.
    #[must_use]
    pub const fn known_until(&self) -> Option<NaiveDate> {
        self.known.1
    }

    /// The days on which something changes, oldest first.
    pub fn days_of_change(&self) -> impl Iterator<Item = NaiveDate> {
        self.days.iter().copied()
    }

    /// The days of change that no source confirms.
    pub fn doubtful_days(&self) -> impl Iterator<Item = NaiveDate> {
        self.doubtful.iter().copied()
    }

    /// The epochs, the one before the first day of change included, oldest first.
    pub fn epochs(&self) -> impl ExactSizeIterator<Item = &Epoch> {
        self.epochs
            .iter()
            .enumerate()
            .map(|(at, slot)| slot.get_or_init(|| self.epoch(at)))
    }

    /// The epoch of a day, whether or not the roster is complete then.
    #[must_use]
    pub fn epoch_on(&self, day: NaiveDate) -> Option<&Epoch> {
        let at = self.days.partition_point(|change| *change <= day);
        Some(self.epochs.get(at)?.get_or_init(|| self.epoch(at)))
    }

    /// The epoch of a day on which the roster is complete and has members.
    #[must_use]
    pub fn known_on(&self, day: NaiveDate) -> Option<&Epoch> {
        let (from, until) = self.known;
        let known = from.is_none_or(|from| from <= day) && until.is_none_or(|until| day < until);
        let epoch = self.epoch_on(day).filter(|_| known)?;
        let is_empty = epoch.members.is_empty() && epoch.suspended.is_empty() && epoch.vacant == 0;
        (!is_empty).then_some(epoch)
    }

    /// What somebody is in the body on a day; a suspension goes before the membership that it lies over.
    #[must_use]
    pub fn status_on(&self, who: Participant, day: NaiveDate) -> Option<&Status> {
        let rows = || self.rows_of(who).filter(|row| row.span.contains(day));
        let suspended = rows().find(|row| row.status == Status::Suspended);
        suspended.or_else(|| rows().next()).map(|row| &row.status)
    }

    /// Who holds a seat on a day.
    #[must_use]
    pub fn holder_on(&self, seat: &str, day: NaiveDate) -> Option<Participant> {
        let mut rows = self.rows.iter().filter(|row| row.status.is_membership());
        let row = rows.find(|row| row.seat.as_deref() == Some(seat) && row.span.contains(day))?;
        row.who
    }

    /// Who holds on a day the seat that somebody held or holds: itself, where its seat never passed on to another.
    ///
    /// A list of votes that calls a member by the code of a later or an earlier holder of its seat means that member.
    #[must_use]
    pub fn seat_holder_on(&self, who: Participant, day: NaiveDate) -> Option<Participant> {
        if self.epoch_on(day)?.is_member(who) {
            return Some(who);
        }
        // A person in the seat of another is another member.
        who.code()?;
        let mut seats = self.rows_of(who).filter_map(|row| row.seat.as_deref());
        seats.find_map(|seat| self.holder_on(seat, day))
    }

    /// The codes that held one seat one after the other, for each seat that passed from one code to another, oldest first.
    #[must_use]
    pub fn successions(&self) -> &[Vec<Participant>] {
        self.successions.get_or_init(|| self.read_successions())
    }

    fn read_successions(&self) -> Vec<Vec<Participant>> {
        let mut seats: BTreeMap<&str, Vec<(NaiveDate, Participant)>> = BTreeMap::new();
        for row in self.rows.iter().filter(|row| row.status.is_membership()) {
            let who = row.who.filter(|who| who.code().is_some());
            if let (Some(seat), Some(who)) = (row.seat.as_deref(), who) {
                seats.entry(seat).or_default().push((row.span.from, who));
            }
        }
        let holders = seats.into_values().map(|mut rows| {
            rows.sort_by_key(|(from, _)| *from);
            let mut holders: Vec<_> = rows.into_iter().map(|(_, who)| who).collect();
            holders.dedup();
            holders
        });
        holders.filter(|holders| holders.len() > 1).collect()
    }

    /// The least and the greatest number of members over the days of a date, where the roster is complete on all of them.
    ///
    /// On a day of change the order of what was decided inside the day is not on record, so that the number before counts
    /// as well as the number after.
    #[must_use]
    pub fn count_range(&self, date: Date) -> Option<RangeInclusive<u32>> {
        let mut counts = Vec::new();
        for day in self.days_in(date) {
            counts.push(self.known_on(day).map(Epoch::count));
        }
        // Before the first members there is no number, and their first day has one number only.
        let latest = counts.pop().flatten()?;
        let known = counts.iter().copied().flatten();
        let least = known.clone().chain([latest]).min()?;
        Some(least..=known.chain([latest]).max()?)
    }

    /// The days that decide who could have been a member at a date: the one before it, and those on which something changed.
    pub(crate) fn days_in(&self, date: Date) -> Vec<NaiveDate> {
        let before = day_before(date.earliest());
        let epoch = |day: NaiveDate| self.days.partition_point(|change| *change <= day);
        let changes = self.days.get(epoch(before)..epoch(date.latest()));
        let mut days = vec![before];
        days.extend(changes.invariant("the days are in order"));
        days
    }

    /// Those who were suspended on all days of a date: they may stand on a list, and have no vote.
    pub(crate) fn suspended_in(&self, date: Date) -> Vec<Participant> {
        let suspended = |day: NaiveDate| self.epoch_on(day).map_or(&[][..], Epoch::suspended);
        let mut all = suspended(date.latest()).to_vec();
        if !all.is_empty() {
            let days = self.days_in(date);
            all.retain(|who| days.iter().all(|day| suspended(*day).contains(who)));
        }
        all
    }

    fn epoch(&self, at: usize) -> Epoch {
        let from = at.checked_sub(1).and_then(|before| self.days.get(before));
        let from = from.copied().unwrap_or(NaiveDate::MIN);
        let span = Span {
            from,
            to: self.days.get(at).copied(),
        };
        let then = || self.rows.iter().filter(|row| row.span.contains(from));
        let sorted = |is: &dyn Fn(&Status) -> bool| {
            let mut all: Vec<_> = then()
                .filter(|row| is(&row.status))
                .filter_map(|row| row.who)
                .collect();
            all.sort_unstable();
            all.dedup();
            all
        };
        let seated = sorted(&Status::is_membership);
        let mut suspended = sorted(&|status| *status == Status::Suspended);
        suspended.retain(|who| seated.binary_search(who).is_ok());
        let mut voters = seated.clone();
        voters.retain(|who| suspended.binary_search(who).is_err());
        let members = match self.suspended {
            SuspendedCount::Counts => seated,
            SuspendedCount::KeepsSeat | SuspendedCount::Out => voters.clone(),
        };
        Epoch {
            span,
            members: members.into(),
            voters: voters.into(),
            suspended: suspended.into(),
            others: sorted(&|status| matches!(status, Status::Observer | Status::Associate)).into(),
            permanent: sorted(&|status| *status == Status::Permanent).into(),
            vacant: length(then().filter(|row| row.status == Status::Vacant).count()),
        }
    }
}

/// A roster that is read when it is first asked for.
#[derive(Debug)]
pub(crate) struct RosterTable {
    /// Its files, which one after the other are one table.
    pub(crate) sources: Vec<Arc<Source>>,
    /// The statuses that groups of the body name.
    pub(crate) words: Vec<String>,
    pub(crate) suspended: SuspendedCount,
    pub(crate) known: (Option<NaiveDate>, Option<NaiveDate>),
    roster: Lazy<Roster>,
}

impl RosterTable {
    pub(crate) const fn new(
        sources: Vec<Arc<Source>>,
        words: Vec<String>,
        suspended: SuspendedCount,
        known: (Option<NaiveDate>, Option<NaiveDate>),
    ) -> Self {
        Self {
            sources,
            words,
            suspended,
            known,
            roster: Lazy::new(),
        }
    }

    fn read(
        &self,
        sitting: Option<&Sitting<'_>>,
    ) -> (Roster, Vec<ReferenceFault>, Vec<ReferenceFault>) {
        let (rows, faults, warnings) = read_roster(&self.sources, &self.words, sitting);
        (
            Roster::new(rows, self.suspended, self.known),
            faults,
            warnings,
        )
    }

    pub(crate) fn get(&self) -> &Roster {
        self.roster.get(|| {
            let (roster, faults, _) = self.read(None);
            (roster, faults)
        })
    }

    /// Reads it now; what is wrong with it, and what its author should know.
    pub(crate) fn check(
        &self,
        sitting: &Sitting<'_>,
    ) -> (Vec<ReferenceFault>, Vec<ReferenceFault>) {
        let (roster, faults, warnings) = self.read(Some(sitting));
        (self.roster.check(|| (roster, faults)), warnings)
    }
}

pub(crate) fn day_before(day: NaiveDate) -> NaiveDate {
    day.pred_opt().unwrap_or(day)
}
