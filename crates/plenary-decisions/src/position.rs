//! [`Position`]: where in a requirement a part stands, who takes part there, and where its names are looked up.

use std::borrow::Cow;

use plenary_types::{Participant, count};

use crate::Name;
use crate::facts::{Group, Table};
use crate::requirement::GroupRef;

/// The members that a comparison looks at: everybody, only some, or all but some.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Scope<'s> {
    /// Everybody.
    All,
    /// Only these.
    #[non_exhaustive]
    Only {
        /// Their codes, sorted.
        codes: Cow<'s, [Participant]>,
        /// How many seats they have, those without a holder included.
        seats: u32,
    },
    /// All but these, sorted.
    Except(Vec<Participant>),
}

impl Scope<'_> {
    /// Only the members of a group take part.
    pub(crate) fn among<'s>(&self, group: &'s [Participant], seats: u32) -> Scope<'s> {
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
    pub(crate) fn without(&self, group: &[Participant]) -> Scope<'static> {
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

    /// Whether a member is in scope.
    #[must_use]
    pub fn contains(&self, code: Participant) -> bool {
        match self {
            Self::All => true,
            Self::Only { codes, .. } => codes.binary_search(&code).is_ok(),
            Self::Except(out) => out.binary_search(&code).is_err(),
        }
    }
}

/// The seats of a group stay as many as they were when nobody is taken out of it.
fn only(group: &[Participant], seats: u32, keep: impl Fn(Participant) -> bool) -> Scope<'static> {
    let codes: Vec<_> = group.iter().copied().filter(|code| keep(*code)).collect();
    let seats = if codes.len() == group.len() {
        seats
    } else {
        count(codes.len()).min(seats)
    };
    Scope::Only {
        codes: Cow::Owned(codes),
        seats,
    }
}

/// What the names in a requirement are looked up in: groups, tables of weights, and other organs.
pub trait Lookup {
    /// The group of a name.
    fn group(&self, name: &Name) -> Option<&Group>;
    /// The table of weights of a name.
    fn table(&self, name: &Name) -> Option<&Table>;
    /// The same of another organ or stage.
    fn organ(&self, name: &Name) -> Option<&Self>;
}

/// Where in a requirement a part stands: whoever walks a requirement down to its comparisons carries one along.
///
/// A name that is not known where a part stands is looked up further out: a rule of the Assembly that asks for a decision of the Council
/// may call a group of either.
pub struct Position<'p, L> {
    /// What the names are looked up in.
    pub lookup: &'p L,
    /// Who takes part.
    pub scope: Scope<'p>,
    outer: Option<&'p Self>,
}

impl<'p, L: Lookup> Position<'p, L> {
    /// At the root of a requirement, where everybody takes part.
    pub const fn new(lookup: &'p L) -> Self {
        Self {
            lookup,
            scope: Scope::All,
            outer: None,
        }
    }

    /// Inside `among GROUP`; `None` for an unknown group.
    #[must_use]
    pub fn among<'s>(&'s self, group: &'s GroupRef) -> Option<Position<'s, L>>
    where
        'p: 's,
    {
        let (codes, seats) = self.members_of(group)?;
        Some(self.with_scope(self.scope.among(codes, seats)))
    }

    /// Inside `without GROUP`; `None` for an unknown group.
    #[must_use]
    pub fn without<'s>(&'s self, group: &'s GroupRef) -> Option<Position<'s, L>>
    where
        'p: 's,
    {
        let (codes, _) = self.members_of(group)?;
        Some(self.with_scope(self.scope.without(codes)))
    }

    const fn with_scope<'s>(&'s self, scope: Scope<'s>) -> Position<'s, L>
    where
        'p: 's,
    {
        Position {
            lookup: self.lookup,
            scope,
            outer: Some(self),
        }
    }

    /// Inside `in ORGAN`, where everybody takes part; `None` for an unknown organ.
    #[must_use]
    pub fn inside<'s>(&'s self, organ: &Name) -> Option<Position<'s, L>>
    where
        'p: 's,
    {
        Some(Position {
            lookup: self.lookup.organ(organ)?,
            scope: Scope::All,
            outer: Some(self),
        })
    }

    /// The codes of a group, sorted, and the number of its seats.
    #[must_use]
    pub fn members_of<'s>(&'s self, group: &'s GroupRef) -> Option<(&'s [Participant], u32)> {
        match group {
            GroupRef::Listed(codes) => Some((codes, count(codes.len()))),
            GroupRef::Named(name) => self.group(name).map(|g| (g.members(), g.seats())),
        }
    }

    fn group(&self, name: &Name) -> Option<&Group> {
        let outer = || self.outer.and_then(|outer| outer.group(name));
        self.lookup.group(name).or_else(outer)
    }

    /// The table of weights of a name.
    #[must_use]
    pub fn table(&self, name: &Name) -> Option<&Table> {
        let outer = || self.outer.and_then(|outer| outer.table(name));
        self.lookup.table(name).or_else(outer)
    }

    /// Who takes part in a comparison; `None` for an unknown group.
    #[must_use]
    pub fn scope_of<'s>(&'s self, group: Option<&'s GroupRef>) -> Option<Cow<'s, Scope<'s>>> {
        let Some(group) = group else {
            return Some(Cow::Borrowed(&self.scope));
        };
        let (codes, seats) = self.members_of(group)?;
        Some(Cow::Owned(self.scope.among(codes, seats)))
    }
}
