//! [`Base`]: the number of members that a verdict counts with.

use serde::Serialize;

/// The number of members that the verdict counts with, and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Base {
    /// How many.
    pub members: u32,
    /// Where the number comes from.
    pub from: BaseSource,
}

/// Where a number of members comes from; an earlier one goes before a later one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum BaseSource {
    /// Those who take part, by the record.
    TakingPart,
    /// The body's roster on the day.
    Roster,
    /// The number that the law of the body fixes for the day.
    Law,
    /// The number that was stated with the question.
    Given,
    /// The number that the record announces.
    Announced,
    /// The length of the list of ballots.
    List,
}

impl BaseSource {
    /// Where it comes from, in words: `by the roster of the day`.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::TakingPart => "of those who take part, by the record",
            Self::Roster => "by the body's membership on the day",
            Self::Law => "by the law of the body on the day",
            Self::Given => "as given",
            Self::Announced => "as announced",
            Self::List => "the names on the list",
        }
    }

    /// Whether it says how many could vote, whatever list there is.
    pub(crate) const fn is_of_body(self) -> bool {
        matches!(self, Self::TakingPart | Self::Roster | Self::Law)
    }
}
