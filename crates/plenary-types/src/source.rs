//! [`Source`]: where a record comes from. [`Claim`]: what somebody else says about it.

use serde::{Deserialize, Serialize};

use crate::{Choice, Date, LegalForce, StateCode};

/// Where a record comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Source {
    /// The document or dataset.
    pub title: String,
    /// Who publishes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// The identifier of the record in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
    /// Its address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Date>,
    /// When it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retrieved: Option<Date>,
    /// Under which licence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
}

/// What a secondary source, such as a press report, asserts about an agreement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Claim {
    /// The claim in one sentence, in our own words.
    pub text: String,
    /// Who says so.
    pub source: Source,
    /// The claim in a form that can be held against the record, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assertion: Option<Assertion>,
    /// Why it cannot be held against the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_checkable: Option<String>,
}

/// A claim in a form that can be held against the record.
///
/// `of` names a decision by its symbol; without it, the last decision with a vote is meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Assertion {
    /// So many members made this choice, or fewer, or more.
    Count {
        /// The decision.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<String>,
        /// The choice.
        choice: Choice,
        /// Equal to the value, below it or above it.
        #[serde(default)]
        relation: Relation,
        /// How many.
        value: u32,
    },
    /// The body had so many members.
    Members {
        /// The decision.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<String>,
        /// How many.
        value: u32,
    },
    /// These members, and no others, made this choice.
    Voted {
        /// The decision.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<String>,
        /// The choice.
        choice: Choice,
        /// Who.
        states: Vec<StateCode>,
    },
    /// A reported figure stands in this relation to a value.
    Figure {
        /// The decision.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<String>,
        /// What was counted, as in [`ReportedFigure::of`](crate::ReportedFigure::of).
        figure: String,
        /// Equal to the value, below it or above it.
        #[serde(default)]
        relation: Relation,
        /// The value.
        value: u64,
    },
    /// It was decided on this date.
    Decided {
        /// The decision.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<String>,
        /// When.
        date: Date,
    },
    /// It was adopted without a vote.
    WithoutVote {
        /// The decision.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<String>,
    },
    /// The agreement has this legal force.
    Force {
        /// Which force.
        force: LegalForce,
    },
    /// The agreement has so many objectives.
    Objectives {
        /// How many.
        value: u32,
    },
}

/// How a figure stands to a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// The same.
    #[default]
    Equal,
    /// Less than the value.
    Below,
    /// More than the value.
    Above,
}

impl Relation {
    /// Whether `figure` stands in this relation to `value`.
    #[must_use]
    pub const fn holds(self, figure: u64, value: u64) -> bool {
        match self {
            Self::Equal => figure == value,
            Self::Below => figure < value,
            Self::Above => figure > value,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relation_holds_on_its_own_side_of_the_value() {
        for (relation, holds) in [
            (Relation::Below, [true, false, false]),
            (Relation::Equal, [false, true, false]),
            (Relation::Above, [false, false, true]),
        ] {
            assert_eq!([4, 5, 6].map(|figure| relation.holds(figure, 5)), holds);
        }
    }
}
