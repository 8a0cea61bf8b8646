//! What the claims to a spelling are worth at a date.

use chrono::NaiveDate;
use plenary_types::StateCode;

use crate::facts::entity::{self, Entity};
use crate::rows::spelling::{Claim, NameKind};

impl Claim {
    pub(super) fn entity(&self) -> Entity {
        entity::at(self.entity)
    }

    pub(super) fn code(&self) -> StateCode {
        self.entity().code()
    }
}

/// What a claim is worth at a date, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Worth {
    /// The entity existed and was called so.
    Current,
    /// The entity existed under another name, an earlier or a later one; or no date says which of
    /// several entities a contextual spelling means.
    OtherTime,
    /// The entity did not exist, or the spelling means it only at other dates.
    Misdated,
}

pub(super) fn worth(claim: &Claim, on: Option<NaiveDate>) -> Worth {
    let contextual = claim.kind == NameKind::Contextual;
    let Some(day) = on else {
        return if contextual {
            Worth::OtherTime
        } else {
            Worth::Current
        };
    };
    if !claim.entity().exists_on(day) {
        Worth::Misdated
    } else if claim.span.contains(day) {
        Worth::Current
    } else if contextual {
        Worth::Misdated
    } else {
        Worth::OtherTime
    }
}

/// What a set of claims comes to.
#[derive(Clone, Copy)]
pub(super) enum Ruling {
    /// One entity's claim is better than all others'.
    Certain(&'static Claim),
    /// Several entities have claims of this worth, and nobody a better one.
    Several(Worth),
    /// Nobody existed at the date who was ever called so.
    Nobody,
}

pub(super) fn rule(claims: &'static [Claim], on: Option<NaiveDate>) -> Ruling {
    let mut best: Option<(&Claim, Worth)> = None;
    let mut shared = false;
    for claim in claims {
        let worth = worth(claim, on);
        match best {
            Some((_, leader)) if worth > leader => {}
            Some((first, leader)) if worth == leader && first.entity != claim.entity => {
                shared = true
            }
            Some((first, leader)) if worth == leader && first.kind <= claim.kind => {}
            _ => {
                // A better kind of the same entity's claim does not settle a contest.
                shared &= best.is_some_and(|(_, leader)| leader == worth);
                best = Some((claim, worth));
            }
        }
    }
    match best {
        None | Some((_, Worth::Misdated)) => Ruling::Nobody,
        Some((_, worth)) if shared => Ruling::Several(worth),
        Some((claim, _)) => Ruling::Certain(claim),
    }
}
