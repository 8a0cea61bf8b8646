//! Which entity came after which, and what continued: the membership, or only the territory.

use chrono::NaiveDate;
use plenary_types::StateCode;

use crate::facts::entity::{Entity, entity};
use crate::rows::SUCCESSIONS;
use crate::rows::succession::Succession;

/// All successions in the tables.
///
/// ```
/// use plenary_states::{Relation, successions};
///
/// let ussr = "SUN".parse()?;
/// let heir = successions().iter().find(|s| s.from == ussr && s.relation == Relation::Continued);
/// assert_eq!(heir.unwrap().to, "RUS".parse()?);
/// # Ok::<(), plenary_types::CodeError>(())
/// ```
#[must_use]
pub fn successions() -> &'static [Succession] {
    &SUCCESSIONS
}

/// Who held the seat of a state on a day: the state itself, or the one whose membership it continues or
/// that continues its own.
///
/// Sources write today's code beside yesterday's vote, and the other way round. `None` when nobody held
/// the seat then: a code from a dissolved, merged or not yet separated state is not guessed at.
///
/// ```
/// use plenary_states::holder_on;
/// use chrono::NaiveDate;
///
/// let in_1980 = NaiveDate::from_ymd_opt(1980, 1, 1).unwrap();
/// assert_eq!(holder_on("RUS".parse()?, in_1980), "SUN".parse().ok());
/// assert_eq!(holder_on("FRA".parse()?, in_1980), "FRA".parse().ok());
/// assert_eq!(holder_on("CZE".parse()?, in_1980), None);
/// # Ok::<(), plenary_types::CodeError>(())
/// ```
#[must_use]
pub fn holder_on(code: StateCode, day: NaiveDate) -> Option<StateCode> {
    let mut holder = entity(code)?;
    // A seat has passed on at most twice (Yugoslavia, Serbia and Montenegro, Serbia).
    for _ in 0..SUCCESSIONS.len() {
        if holder.exists_on(day) {
            return Some(holder.code());
        }
        holder = match holder.lives().first() {
            Some(life) if day < life.from => holder.continues()?,
            _ => holder.continued_by()?,
        };
    }
    None
}

impl Entity {
    /// The entities that came before it.
    pub fn predecessors(self) -> impl Iterator<Item = &'static Succession> {
        SUCCESSIONS.iter().filter(move |s| s.to == self.code())
    }

    /// The entities that came after it.
    pub fn successors(self) -> impl Iterator<Item = &'static Succession> {
        SUCCESSIONS.iter().filter(move |s| s.from == self.code())
    }

    /// The entity whose membership it continues.
    #[must_use]
    pub fn continues(self) -> Option<Self> {
        let before = self
            .predecessors()
            .find(|s| s.relation.continues_membership())?;
        entity(before.from)
    }

    /// The entity that continues its membership.
    #[must_use]
    pub fn continued_by(self) -> Option<Self> {
        let after = self
            .successors()
            .find(|s| s.relation.continues_membership())?;
        entity(after.to)
    }
}
