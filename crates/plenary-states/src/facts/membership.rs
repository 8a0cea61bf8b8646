//! Who sits in a body at every date.
//!
//! Membership (who counts in a total) and participation (who may vote) are separate facts: Yugoslavia
//! stayed a member of the United Nations from 1992 to 2000 and could not take part in the Assembly.

use std::fmt;
use std::ops::RangeInclusive;

use chrono::NaiveDate;
use plenary_types::{BodyId, Span, StateCode};

use crate::facts::entity::Entity;
use crate::rows::entity::StatusSpell;
use crate::rows::membership::{BodyRow, EpochRow, MembershipChange, MembershipSpell, Suspension};
use crate::rows::{SUSPENSIONS, UNGA, UNSC};

/// The members of a body over time.
///
/// On record are the General Assembly, whose members are those of the United Nations, and the Security Council. Every
/// question is a binary search, and allocates nothing. Membership changes on a few days only; between two of them lies
/// an [`Epoch`], whose number a caller can use as the key of a cache.
///
/// ```
/// use plenary_states::Membership;
/// use chrono::NaiveDate;
///
/// let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
/// assert_eq!(Membership::UNGA.count_on(day(1945, 12, 31)), 51);
/// assert_eq!(Membership::UNGA.count_on(day(1993, 1, 10)), 178);
/// assert_eq!(Membership::UNSC.count_on(day(1950, 6, 27)), 11);
/// assert!(Membership::UNSC.is_member("SUN".parse()?, day(1950, 6, 27)));
/// # Ok::<(), plenary_types::CodeError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Membership(&'static BodyRow);

impl Membership {
    /// The General Assembly, of which every member of the United Nations is one.
    pub const UNGA: Self = Self(&UNGA);

    /// The Security Council: eleven members from its first meeting, on 17 January 1946, and fifteen since 1 January 1966
    /// (Article 23 of the Charter and its amendment).
    pub const UNSC: Self = Self(&UNSC);

    /// All bodies whose members are on record.
    pub const ALL: [Self; 2] = [Self::UNGA, Self::UNSC];

    /// The membership of a body, or `None` when it is not on record.
    #[must_use]
    pub fn new(body: &BodyId) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|membership| membership.0.body == body.as_str())
    }

    /// The first day on which not all members are on record, if there is one: for the Security Council, whose members are
    /// elected a year ahead.
    ///
    /// ```
    /// use plenary_states::Membership;
    ///
    /// let last = Membership::UNSC.horizon().unwrap().pred_opt().unwrap();
    /// assert_eq!(Membership::UNSC.count_on(last), 15);
    /// assert_eq!(Membership::UNGA.horizon(), None);
    /// ```
    #[must_use]
    pub const fn horizon(self) -> Option<NaiveDate> {
        self.0.horizon
    }

    /// The first day on which the members are on record without a list of votes that confirms them, if there is one: until
    /// then every list of the UN Digital Library agrees with the table of terms.
    ///
    /// ```
    /// use plenary_states::Membership;
    ///
    /// let council = Membership::UNSC;
    /// assert_eq!(council.confirmed_until().unwrap().to_string(), "2025-01-01");
    /// assert!(council.confirmed_until() < council.horizon());
    /// ```
    #[must_use]
    pub const fn confirmed_until(self) -> Option<NaiveDate> {
        self.0.unconfirmed
    }

    /// All epochs, the empty one before the first members included, oldest first.
    pub fn epochs(self) -> impl ExactSizeIterator<Item = Epoch> {
        self.0.epochs.iter().map(Epoch)
    }

    /// The epoch of a day.
    #[must_use]
    pub fn epoch_on(self, day: NaiveDate) -> Epoch {
        let begun = self.0.epochs.partition_point(|row| row.span.from <= day);
        // The first epoch begins before all days.
        Epoch(&self.0.epochs[begun - 1])
    }

    /// The days on which the members change, oldest first.
    pub fn days_of_change(self) -> impl Iterator<Item = NaiveDate> {
        self.epochs().skip(1).map(|epoch| epoch.span().from)
    }

    /// The members at the end of a day, in the order of their codes; from the [`horizon`](Self::horizon) on, those of them
    /// that are on record.
    #[must_use]
    pub fn members_on(self, day: NaiveDate) -> &'static [StateCode] {
        self.epoch_on(day).members()
    }

    /// How many members there are at the end of a day.
    #[must_use]
    pub fn count_on(self, day: NaiveDate) -> usize {
        self.members_on(day).len()
    }

    /// The numbers of members that a vote of the day may have seen.
    ///
    /// On most days this is one number. When the Assembly admits members, votes before the decision see
    /// fewer than votes after it: on 12 November 1956 any number from 76 to 79 is right.
    ///
    /// ```
    /// use plenary_states::Membership;
    /// use chrono::NaiveDate;
    ///
    /// let day = NaiveDate::from_ymd_opt(1956, 11, 12).unwrap();
    /// assert_eq!(Membership::UNGA.counts_on(day), 76..=79);
    /// ```
    #[must_use]
    pub fn counts_on(self, day: NaiveDate) -> RangeInclusive<usize> {
        let end = self.count_on(day);
        let start = day.pred_opt().map_or(end, |before| self.count_on(before));
        start.min(end)..=start.max(end)
    }

    /// What changed on a day; empty on most days.
    #[must_use]
    pub fn changes_on(self, day: NaiveDate) -> &'static [MembershipChange] {
        let epoch = self.epoch_on(day);
        if epoch.span().from == day {
            epoch.changes()
        } else {
            &[]
        }
    }

    /// Whether a state is a member at the end of a day.
    #[must_use]
    pub fn is_member(self, code: StateCode, day: NaiveDate) -> bool {
        self.epoch_on(day).contains(code)
    }

    /// Whether a state is a member that may take part in the body on a day.
    ///
    /// Two members could not take part in the Assembly for years: Yugoslavia from 22 September 1992 (A/RES/47/1) until
    /// 1 November 2000, and South Africa from the ruling of 12 November 1974 until 23 June 1994. A loss of the vote
    /// under Article 19 of the Charter is not in the tables.
    ///
    /// ```
    /// use plenary_states::Membership;
    /// use chrono::NaiveDate;
    ///
    /// let day = NaiveDate::from_ymd_opt(1985, 1, 1).unwrap();
    /// let south_africa = "ZAF".parse()?;
    /// assert!(Membership::UNGA.is_member(south_africa, day));
    /// assert!(!Membership::UNGA.may_participate(south_africa, day));
    /// # Ok::<(), plenary_types::CodeError>(())
    /// ```
    #[must_use]
    pub fn may_participate(self, code: StateCode, day: NaiveDate) -> bool {
        let barred = |gap: &Suspension| gap.code == code && gap.span.contains(day);
        self.is_member(code, day) && !suspensions(self.0.body).any(barred)
    }

    /// The members that hold permanent seats on a day, in the order of their codes. In the Security Council (Article 23(1)
    /// of the Charter) the USSR is one until 24 December 1991 and the Russian Federation since; the Assembly has none.
    #[must_use]
    pub fn permanent_members_on(self, day: NaiveDate) -> &'static [StateCode] {
        self.epoch_on(day).0.permanent
    }
}

impl fmt::Debug for Membership {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Membership").field(&self.0.body).finish()
    }
}

/// A span of days in which the members of a body do not change.
///
/// ```
/// use plenary_states::Membership;
/// use chrono::NaiveDate;
///
/// let day = NaiveDate::from_ymd_opt(2018, 12, 19).unwrap();
/// let epoch = Membership::UNGA.epoch_on(day);
/// assert_eq!(epoch.members().len(), 193);
/// assert_eq!(epoch.span().from.to_string(), "2011-07-14");
/// assert_eq!(Membership::UNGA.epoch_on(NaiveDate::from_ymd_opt(2026, 1, 1).unwrap()), epoch);
/// ```
#[derive(Clone, Copy)]
pub struct Epoch(&'static EpochRow);

impl Epoch {
    /// A small number, the same for all days of the epoch and for no other day of the body.
    #[must_use]
    pub const fn id(self) -> u16 {
        self.0.id
    }

    /// The members, in the order of their codes.
    #[must_use]
    pub const fn members(self) -> &'static [StateCode] {
        self.0.members
    }

    /// How many members there are.
    #[must_use]
    pub const fn count(self) -> usize {
        self.0.members.len()
    }

    /// Whether a state is a member.
    #[must_use]
    pub fn contains(self, code: StateCode) -> bool {
        self.0.members.binary_search(&code).is_ok()
    }

    /// The days of the epoch.
    #[must_use]
    pub const fn span(self) -> Span {
        self.0.span
    }

    /// What changed on the first day of the epoch: ends first, then admissions in their order. Terms in the Security
    /// Council are not listed.
    #[must_use]
    pub const fn changes(self) -> &'static [MembershipChange] {
        self.0.changes
    }
}

impl PartialEq for Epoch {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Epoch {}

impl fmt::Debug for Epoch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Epoch").field(&self.0.span).finish()
    }
}

/// The members of a body on a day, in the order of their codes, or `None` when not all of them are on record: the General
/// Assembly always, the Security Council until its [`horizon`](Membership::horizon).
///
/// ```
/// use plenary_states::body_members_on;
/// use plenary_types::BodyId;
/// use chrono::NaiveDate;
///
/// let day = NaiveDate::from_ymd_opt(2018, 12, 19).unwrap();
/// assert_eq!(body_members_on(&BodyId::UNGA, day).map(<[_]>::len), Some(193));
/// assert_eq!(body_members_on(&BodyId::UNSC, day).map(<[_]>::len), Some(15));
/// assert_eq!(body_members_on(&BodyId::HRC, day), None);
/// ```
#[must_use]
pub fn body_members_on(body: &BodyId, day: NaiveDate) -> Option<&'static [StateCode]> {
    let membership = Membership::new(body)?;
    let is_known = membership.horizon().is_none_or(|horizon| day < horizon);
    is_known.then(|| membership.members_on(day))
}

impl Suspension {
    /// Whether the member still held its seat on a day of the suspension, so that the body was one member short.
    #[must_use]
    pub fn leaves_seat_empty_on(&self, day: NaiveDate) -> bool {
        self.span.contains(day) && self.filled.is_none_or(|filled| day < filled)
    }
}

/// The suspensions of members of a body, in the order of the table: the Assembly and the Human Rights Council have them.
pub fn suspensions_in(body: &BodyId) -> impl Iterator<Item = &'static Suspension> {
    suspensions(body.as_str())
}

fn suspensions(body: &str) -> impl Iterator<Item = &'static Suspension> {
    let rows = SUSPENSIONS.iter();
    rows.filter(move |(of, _)| *of == body)
        .map(|(_, suspension)| suspension)
}

impl Entity {
    /// Its spells of membership of the United Nations, oldest first.
    #[must_use]
    pub const fn memberships(self) -> &'static [MembershipSpell] {
        self.0.spells
    }

    /// Its spells as an observer in the General Assembly, oldest first. An observer has no vote and is
    /// never part of a total.
    #[must_use]
    pub const fn observer_spells(self) -> &'static [StatusSpell] {
        self.0.observer
    }

    /// The spells of its membership in which it could not take part in the Assembly; [`suspensions_in`] has those of other
    /// bodies too.
    #[must_use]
    pub const fn participation_gaps(self) -> &'static [StatusSpell] {
        self.0.gaps
    }
}
