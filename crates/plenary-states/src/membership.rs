//! Membership of the United Nations at every date.
//!
//! Membership (who counts in a total) and participation (who may vote) are separate facts: Yugoslavia
//! stayed a member from 1992 to 2000 and could not take part in the Assembly.
//!
//! Every function here is a binary search or an array access, and allocates nothing. Membership
//! changes on a few days only; between two of them lies an [`Epoch`], which a caller can use as the
//! key of a cache.

use std::ops::RangeInclusive;

use chrono::NaiveDate;
use plenary_types::{BodyId, Span, StateCode};

use crate::entity::{Entity, entity};
use crate::tables::{EPOCHS, EpochRow, SUSPENSIONS};

/// A span of days with the ground on which it rests.
///
/// A ground that says `unverified` is a default to be confirmed, not a proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Status {
    /// The days.
    pub span: Span,
    /// The document or list that the days come from.
    pub basis: &'static str,
}

/// Days on which a member of a body could not take part in it.
///
/// ```
/// use plenary_states::suspensions_in;
/// use plenary_types::BodyId;
///
/// let libya = suspensions_in(&BodyId::HRC).next().unwrap();
/// assert_eq!(libya.code, "LBY".parse()?);
/// assert_eq!(libya.span.from.to_string(), "2011-03-01");
/// # Ok::<(), plenary_types::CodeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suspension {
    /// The member.
    pub code: StateCode,
    /// The days.
    pub span: Span,
    /// The day from which another state held its seat: from then on the body has all its members again.
    pub filled: Option<NaiveDate>,
    /// The document that the days come from; `unverified` marks a default to be confirmed.
    pub basis: &'static str,
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
    let rows = SUSPENSIONS.iter();
    rows.filter(move |(of, _)| *of == body.as_str())
        .map(|(_, suspension)| suspension)
}

/// How a spell of membership began.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Begins {
    /// As an original Member (Articles 3 and 110 of the Charter).
    Original,
    /// By admission (Article 4).
    Admitted,
    /// As the continuation of another entity's membership: the Russian Federation, Serbia.
    Continued,
    /// By taking up its own membership again: Syria in 1961, Indonesia in 1966.
    Resumed,
}

/// A spell of membership of the United Nations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spell {
    /// The days.
    pub span: Span,
    /// How it began.
    pub begins: Begins,
    /// The document or list that the days come from; `unverified` marks a default to be confirmed.
    pub basis: &'static str,
}

/// One state joining or leaving on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The state.
    pub code: StateCode,
    /// Whether it joined; otherwise its membership ended.
    pub joined: bool,
    /// Its place among the decisions of the day, from 1; 0 when the order is not known.
    pub order: u8,
}

/// A span of days in which membership does not change.
///
/// ```
/// use plenary_states::{epoch_on, members_on};
/// use chrono::NaiveDate;
///
/// let day = NaiveDate::from_ymd_opt(2018, 12, 19).unwrap();
/// let epoch = epoch_on(day);
/// assert_eq!(epoch.members().len(), 193);
/// assert_eq!(epoch.span().from.to_string(), "2011-07-14");
/// assert_eq!(epoch_on(NaiveDate::from_ymd_opt(2026, 1, 1).unwrap()), epoch);
/// assert_eq!(members_on(day), epoch.members());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Epoch(u16);

impl Epoch {
    /// A small number, the same for all days of the epoch and for no other day.
    #[must_use]
    pub const fn id(self) -> u16 {
        self.0
    }

    fn row(self) -> Option<&'static EpochRow> {
        EPOCHS.get(usize::from(self.0))
    }

    /// The members, in the order of their codes.
    #[must_use]
    pub fn members(self) -> &'static [StateCode] {
        self.row().map_or(&[], |row| row.members)
    }

    /// How many members there are.
    #[must_use]
    pub fn count(self) -> usize {
        self.members().len()
    }

    /// Whether a state is a member.
    #[must_use]
    pub fn contains(self, code: StateCode) -> bool {
        self.members().binary_search(&code).is_ok()
    }

    /// The days of the epoch.
    #[must_use]
    pub fn span(self) -> Span {
        let next = EPOCHS.get(usize::from(self.0) + 1);
        Span {
            from: self.row().map_or(NaiveDate::MIN, |row| row.from),
            to: next.map(|row| row.from),
        }
    }

    /// What changed on the first day of the epoch: ends first, then admissions in their order.
    #[must_use]
    pub fn changes(self) -> &'static [Change] {
        self.row().map_or(&[], |row| row.changes)
    }
}

/// All epochs, the empty one before 24 October 1945 included, oldest first.
pub fn epochs() -> impl ExactSizeIterator<Item = Epoch> {
    (0..EPOCHS.len()).map(|i| Epoch(i as u16))
}

/// The epoch of a day.
#[must_use]
pub fn epoch_on(day: NaiveDate) -> Epoch {
    let after = EPOCHS.partition_point(|row| row.from <= day);
    Epoch(after.saturating_sub(1) as u16)
}

/// The members at the end of a day, in the order of their codes.
#[must_use]
pub fn members_on(day: NaiveDate) -> &'static [StateCode] {
    epoch_on(day).members()
}

/// How many members there are at the end of a day.
///
/// ```
/// use plenary_states::member_count_on;
/// use chrono::NaiveDate;
///
/// let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
/// assert_eq!(member_count_on(day(1945, 12, 31)), 51);
/// assert_eq!(member_count_on(day(1993, 1, 10)), 178);
/// assert_eq!(member_count_on(day(2018, 12, 19)), 193);
/// ```
#[must_use]
pub fn member_count_on(day: NaiveDate) -> usize {
    members_on(day).len()
}

/// The numbers of members that a vote of the day may have seen.
///
/// On most days this is one number. When the Assembly admits members, votes before the decision see
/// fewer than votes after it: on 12 November 1956 any number from 76 to 79 is right.
///
/// ```
/// use plenary_states::member_counts_on;
/// use chrono::NaiveDate;
///
/// let day = NaiveDate::from_ymd_opt(1956, 11, 12).unwrap();
/// assert_eq!(member_counts_on(day), 76..=79);
/// ```
#[must_use]
pub fn member_counts_on(day: NaiveDate) -> RangeInclusive<usize> {
    let end = member_count_on(day);
    let start = day.pred_opt().map_or(end, member_count_on);
    start.min(end)..=start.max(end)
}

/// What changed on a day; empty on most days.
#[must_use]
pub fn changes_on(day: NaiveDate) -> &'static [Change] {
    let epoch = epoch_on(day);
    if epoch.span().from == day {
        epoch.changes()
    } else {
        &[]
    }
}

/// Whether a state is a member at the end of a day.
#[must_use]
pub fn is_member(code: StateCode, day: NaiveDate) -> bool {
    entity(code).is_some_and(|e| e.is_member_on(day))
}

/// Whether a state is a member that may take part in the Assembly on a day.
///
/// Two members could not for years: Yugoslavia from 22 September 1992 (A/RES/47/1) until 1 November
/// 2000, and South Africa from the ruling of 12 November 1974 until 23 June 1994. A loss of the vote
/// under Article 19 of the Charter is not in the tables.
///
/// ```
/// use plenary_states::{is_member, may_participate};
/// use chrono::NaiveDate;
///
/// let day = NaiveDate::from_ymd_opt(1985, 1, 1).unwrap();
/// let south_africa = "ZAF".parse()?;
/// assert!(is_member(south_africa, day) && !may_participate(south_africa, day));
/// # Ok::<(), plenary_types::CodeError>(())
/// ```
#[must_use]
pub fn may_participate(code: StateCode, day: NaiveDate) -> bool {
    entity(code).is_some_and(|e| e.is_member_on(day) && !holds(e.0.gaps, day))
}

fn holds(spells: &[Status], day: NaiveDate) -> bool {
    spells.iter().any(|spell| spell.span.contains(day))
}

impl Entity {
    /// Its spells of membership of the United Nations, oldest first.
    #[must_use]
    pub const fn memberships(self) -> &'static [Spell] {
        self.0.spells
    }

    /// Whether it is a member of the United Nations at the end of a day.
    #[must_use]
    pub fn is_member_on(self, day: NaiveDate) -> bool {
        self.0.spells.iter().any(|spell| spell.span.contains(day))
    }

    /// Its spells as an observer in the General Assembly, oldest first. An observer has no vote and is
    /// never part of a total.
    #[must_use]
    pub const fn observer_spells(self) -> &'static [Status] {
        self.0.observer
    }

    /// The spells of its membership in which it could not take part in the Assembly; [`suspensions_in`] has those of other
    /// bodies too.
    #[must_use]
    pub const fn participation_gaps(self) -> &'static [Status] {
        self.0.gaps
    }
}
