//! Rows of successions.

use std::fmt;

use chrono::NaiveDate;
use plenary_types::StateCode;

/// What became of one entity in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Relation {
    /// The later one is the same member under another code: the Russian Federation after the USSR.
    Continued,
    /// The later one left the earlier one, which went on.
    Separated,
    /// The earlier one ended; the later one is one of several that hold its territory.
    Dissolved,
    /// The earlier one ended by becoming a part of the later one.
    Merged,
    /// The earlier one was a territory that became the later state, or one of several.
    Independent,
    /// One organisation took the place of another.
    Replaced,
}

impl Relation {
    /// Whether membership of the United Nations went from one to the other without an admission. In all
    /// other relations only territory, people or tasks did.
    #[must_use]
    pub const fn continues_membership(self) -> bool {
        matches!(self, Self::Continued)
    }

    /// The word for it in the data.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Continued => "continued",
            Self::Separated => "separated",
            Self::Dissolved => "dissolved",
            Self::Merged => "merged",
            Self::Independent => "independent",
            Self::Replaced => "replaced",
        }
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// One entity coming after another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Succession {
    /// The earlier entity.
    pub from: StateCode,
    /// The later entity.
    pub to: StateCode,
    /// The day from which the later one counts.
    pub on: NaiveDate,
    /// What became of the one in the other.
    pub relation: Relation,
    /// The ground.
    pub basis: &'static str,
}
