//! Rows of entities.

use std::fmt;

use plenary_types::{Span, StateCode};

use crate::rows::code::CodeSpell;
use crate::rows::spelling::Name;

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EntityKind {
    /// A state, present or former: every member of the United Nations, the observer states, and other
    /// states that become parties to treaties.
    State,
    /// A country or area of the statistical lists (ISO 3166, M49) that is not a state in the practice
    /// of the United Nations.
    Area,
    /// An international organisation.
    Organisation,
}

impl EntityKind {
    /// The word for it in the data: `state`, `area` or `organisation`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Area => "area",
            Self::Organisation => "organisation",
        }
    }
}

impl fmt::Display for EntityKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

pub(crate) struct EntityRow {
    pub(crate) code: StateCode,
    pub(crate) kind: EntityKind,
    pub(crate) label: &'static str,
    pub(crate) lives: &'static [Span],
    pub(crate) names: &'static [Name],
    pub(crate) codes: &'static [CodeSpell],
}
