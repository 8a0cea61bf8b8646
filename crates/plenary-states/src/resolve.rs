//! From a printed name to the entity it means, with the reasons.

use std::fmt;

use chrono::NaiveDate;
use plenary_types::StateCode;

use crate::entity::{self, Entity};
use crate::fold::Folded;
use crate::lookup;
use crate::names::NameKind;
use crate::tables::{Claim, Spelling, stamp};

/// How an answer was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum How {
    /// The text is, letter for letter, a recorded name of the entity.
    Exact,
    /// The text is, letter for letter, a recorded alias or abbreviation.
    Alias,
    /// The text has the same words as a recorded spelling: see [`fold`](crate::fold).
    Folded,
    /// The text is close to recorded spellings, which are the candidates. Never certain.
    Fuzzy,
    /// The text fits several entities, which are the candidates.
    Ambiguous,
    /// The text fits nothing, or nothing that existed at the date.
    Unknown,
}

impl How {
    /// The word for it: `exact`, `alias`, `folded`, `fuzzy`, `ambiguous` or `unknown`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Alias => "alias",
            Self::Folded => "folded",
            Self::Fuzzy => "fuzzy",
            Self::Ambiguous => "ambiguous",
            Self::Unknown => "unknown",
        }
    }
}

impl fmt::Display for How {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// What a claim is worth at a date, best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Worth {
    /// The entity existed and was called so.
    Current,
    /// The entity existed under another name: an earlier or a later one.
    OtherTime,
    /// The entity did not exist, or the name means it only at other dates.
    Misdated,
}

fn worth(claim: &Claim, on: Option<NaiveDate>) -> Worth {
    let Some(day) = on else {
        return if claim.kind == NameKind::Contextual {
            Worth::Misdated
        } else {
            Worth::Current
        };
    };
    let in_use = (claim.from..claim.to).contains(&stamp(day));
    if !entity::at(claim.entity).is_some_and(|e| e.exists_on(day)) {
        Worth::Misdated
    } else if in_use {
        Worth::Current
    } else if claim.kind == NameKind::Contextual {
        Worth::Misdated
    } else {
        Worth::OtherTime
    }
}

/// The claim that stands alone at the head, if one does.
fn certain(claims: &'static [Claim], on: Option<NaiveDate>) -> Option<&'static Claim> {
    let mut best: Option<(&Claim, Worth)> = None;
    let mut shared = false;
    for claim in claims {
        let worth = worth(claim, on);
        match best {
            Some((_, leader)) if worth > leader => {}
            Some((first, leader)) if worth == leader => shared |= first.entity != claim.entity,
            _ => (best, shared) = (Some((claim, worth)), false),
        }
    }
    best.filter(|(_, worth)| *worth != Worth::Misdated && !shared)
        .map(|(claim, _)| claim)
}

fn certain_of(
    spelling: Option<&'static Spelling>,
    on: Option<NaiveDate>,
) -> Option<&'static Claim> {
    spelling.and_then(|s| certain(s.claims(), on))
}

/// The entity that a name means, when that is certain; nothing is allocated.
///
/// With a date, the entity must have existed then: `Georgia` on a day of 1970 is nobody. A name that
/// was not in use at the date still means its entity when nobody else was called so (`Myanmar` in
/// 1983 is `MMR`). Without a date a name must fit one entity only.
///
/// ```
/// use plenary_states::resolve;
/// use chrono::NaiveDate;
///
/// let code = |c: &str| c.parse().ok();
/// assert_eq!(resolve("Bolivia (Plurinational State of)", None), code("BOL"));
/// assert_eq!(resolve("UPPER VOLTA", None), code("BFA"));
/// let day = NaiveDate::from_ymd_opt(1970, 1, 1);
/// assert_eq!(resolve("USSR", day), code("SUN"));
/// assert_eq!(resolve("Georgia", day), None);
/// ```
#[must_use]
pub fn resolve(name: &str, on: Option<NaiveDate>) -> Option<StateCode> {
    resolve_how(name, on).0
}

/// As [`resolve`], with how the answer was found ([`How::Unknown`] when there is none).
#[must_use]
pub fn resolve_how(name: &str, on: Option<NaiveDate>) -> (Option<StateCode>, How) {
    let name = name.trim();
    if let Some(claim) = certain_of(lookup::exact(name), on) {
        let how = match claim.kind {
            NameKind::Short | NameKind::Formal => How::Exact,
            _ => How::Alias,
        };
        return (code(claim), how);
    }
    let found = Folded::new(name).and_then(|folded| certain_of(lookup::folded(&folded), on));
    found.map_or((None, How::Unknown), |claim| (code(claim), How::Folded))
}

fn code(claim: &Claim) -> Option<StateCode> {
    entity::at(claim.entity).map(Entity::code)
}
