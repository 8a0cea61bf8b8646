//! Who takes part: everybody, only some, or all but some.

use std::borrow::Cow;

use plenary_types::StateCode;

/// The members that a comparison looks at.
#[derive(Clone, Debug)]
pub(crate) enum Scope<'s> {
    All,
    Only {
        codes: Cow<'s, [StateCode]>,
        seats: u32,
    },
    Except(Vec<StateCode>),
}

impl Scope<'_> {
    /// Only the members of a group take part.
    pub(crate) fn among<'s>(&self, group: &'s [StateCode], seats: u32) -> Scope<'s> {
        match self {
            Self::All => Scope::Only {
                codes: Cow::Borrowed(group),
                seats,
            },
            Self::Only { codes, .. } => {
                only(group, seats, |code| codes.binary_search(&code).is_ok())
            }
            Self::Except(out) => only(group, seats, |code| out.binary_search(&code).is_err()),
        }
    }

    /// The members of a group do not take part.
    pub(crate) fn without(&self, group: &[StateCode]) -> Scope<'static> {
        match self {
            Self::All => Scope::Except(group.to_vec()),
            Self::Only { codes, seats } => {
                only(codes, *seats, |code| group.binary_search(&code).is_err())
            }
            Self::Except(out) => {
                let mut out: Vec<_> = out.iter().chain(group).copied().collect();
                out.sort_unstable();
                out.dedup();
                Scope::Except(out)
            }
        }
    }

    pub(crate) fn contains(&self, code: StateCode) -> bool {
        match self {
            Self::All => true,
            Self::Only { codes, .. } => codes.binary_search(&code).is_ok(),
            Self::Except(out) => out.binary_search(&code).is_err(),
        }
    }
}

/// The seats of a group stay as many as they were when nobody is taken out of it.
fn only(group: &[StateCode], seats: u32, keep: impl Fn(StateCode) -> bool) -> Scope<'static> {
    let codes: Vec<_> = group.iter().copied().filter(|code| keep(*code)).collect();
    let kept = u32::try_from(codes.len()).unwrap_or(u32::MAX);
    let seats = if codes.len() == group.len() {
        seats
    } else {
        kept.min(seats)
    };
    Scope::Only {
        codes: Cow::Owned(codes),
        seats,
    }
}
