//! Rows of membership.

use chrono::NaiveDate;
use plenary_types::{Span, StateCode};

/// How a spell of membership began.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MembershipStart {
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
#[non_exhaustive]
pub struct MembershipSpell {
    /// The days.
    pub span: Span,
    /// How it began.
    pub begins: MembershipStart,
    /// The document or list that the days come from; `unverified` marks a default to be confirmed.
    pub basis: &'static str,
}

/// One state joining or leaving a body on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MembershipChange {
    /// The state.
    pub code: StateCode,
    /// Whether it joined; otherwise its membership ended.
    pub joined: bool,
    /// Its place among the decisions of the day, from 1; 0 when the order is not known.
    pub order: u8,
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
#[non_exhaustive]
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

/// The members of a body between two changes.
pub(crate) struct EpochRow {
    pub(crate) id: u16,
    pub(crate) span: Span,
    pub(crate) members: &'static [StateCode],
    pub(crate) permanent: &'static [StateCode],
    pub(crate) changes: &'static [MembershipChange],
}

/// A body whose members are on record.
pub(crate) struct BodyRow {
    pub(crate) body: &'static str,
    /// The first begins before all days, and each where the one before it ends.
    pub(crate) epochs: &'static [EpochRow],
    /// The first day on which not all members are on record.
    pub(crate) horizon: Option<NaiveDate>,
    /// The first day on which the members are on record without a list of votes that confirms them.
    pub(crate) unconfirmed: Option<NaiveDate>,
}
