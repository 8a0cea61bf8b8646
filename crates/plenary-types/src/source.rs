//! [`Source`]: where a record comes from. [`Claim`]: what somebody else says about it.

use serde::{Deserialize, Serialize};

use crate::{Choice, Citation, Date, LegalForce, Percent, StateCode};

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
    /// Set when it codes the record by [`Issue`](crate::Issue): the names of the issues are among the subjects of the agreement, and an
    /// agreement without one has none.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub codes_issues: bool,
}

/// What a secondary source, such as a press report, asserts about an agreement.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Other sources that say the same, for what the record itself does not hold: speeches, explanations of vote.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corroborated_by: Vec<Source>,
    /// Further evidence: a provision of the record (`objective 9`, `principle c`, `paragraph 4`), or a document in words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub see: Vec<String>,
}

/// A claim in a form that can be held against the record.
///
/// `of` names a decision by its symbol; without it, the last decision with a vote is meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "about",
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case",
    deny_unknown_fields
)]
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
    /// These members made this choice, and no others unless `among_others` says so.
    Voted {
        /// The decision.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<String>,
        /// The choice.
        choice: Choice,
        /// Who.
        states: Vec<StateCode>,
        /// Whether others may have made it too.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        among_others: bool,
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
    /// Those who made this choice were this share of the base.
    Share {
        /// The decision.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<String>,
        /// The choice.
        choice: Choice,
        /// What the share is taken of.
        base: ShareBase,
        /// Equal to the value as far as its digits go, below it or above it.
        #[serde(default)]
        relation: Relation,
        /// The share.
        percent: Percent,
    },
    /// One number of the record stands in this relation to another.
    Compared {
        /// The first number.
        left: Quantity,
        /// How it stands to the second.
        #[serde(default)]
        relation: Relation,
        /// The second number.
        right: Quantity,
    },
    /// One figure of the agreement ([`Agreement::figures`](crate::Agreement::figures)) is this share of another.
    Ratio {
        /// The figure that is the part.
        part: String,
        /// The figure that is the whole.
        whole: String,
        /// Equal to the value as far as its digits go, below it or above it.
        #[serde(default)]
        relation: Relation,
        /// The share.
        percent: Percent,
        /// The number that the claim itself gives for the part: its share is stated beside that of the figure.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        claimed_part: Option<u64>,
    },
    /// The text of the agreement provides for it.
    Provides {
        /// The provisions that do: `objective 9`, `principle c`, `paragraph 4`. None means that no provision was found.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        provisions: Vec<String>,
        /// The provisions that say otherwise.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        against: Vec<String>,
    },
    /// It is the first of its kind.
    First {
        /// Earlier documents on the same matter, as far as they are among the acts of the record.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        earlier: Vec<Citation>,
        /// The narrower sense in which it is the first all the same, and who says so.
        #[serde(default, rename = "as", skip_serializing_if = "Option::is_none")]
        narrower: Option<String>,
    },
}

/// What a share of votes is taken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ShareBase {
    /// The votes in favour and against.
    Voting,
    /// The members of the body.
    Members,
}

/// A number in the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Quantity {
    /// How many members made a choice.
    Votes {
        /// The decision.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<String>,
        /// The choice.
        choice: Choice,
    },
    /// A reported figure.
    Figure {
        /// The decision.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<String>,
        /// What was counted.
        figure: String,
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
    fn every_kind_of_assertion_survives_serde_and_refuses_what_it_does_not_know() {
        for text in [
            r#"{"about": "count", "choice": "yes", "relation": "below", "value": 164}"#,
            r#"{"about": "members", "value": 193}"#,
            r#"{"about": "voted", "choice": "no", "states": ["HUN"]}"#,
            r#"{"about": "voted", "choice": "no", "states": ["HUN"], "among-others": true}"#,
            r#"{"about": "figure", "figure": "governments present", "relation": "equal", "value": 164}"#,
            r#"{"about": "decided", "date": "2018-12"}"#,
            r#"{"about": "without-vote"}"#,
            r#"{"about": "force", "force": "binding"}"#,
            r#"{"about": "objectives", "value": 23}"#,
            r#"{"about": "share", "choice": "yes", "base": "members", "relation": "above", "percent": "66.7"}"#,
            r#"{"about": "compared", "left": {"votes": {"choice": "yes"}}, "relation": "below",
                "right": {"figure": {"of": "A/CONF.231/3", "figure": "governments present"}}}"#,
            r#"{"about": "ratio", "part": "migrants", "whole": "population", "relation": "equal",
                "percent": "3.4", "claimed-part": 250000000}"#,
            r#"{"about": "provides", "provisions": ["objective 9"], "against": ["principle c"]}"#,
            r#"{"about": "first", "earlier": ["A/RES/71/1"], "as": "a framework"}"#,
        ] {
            let value: serde_json::Value = serde_json::from_str(text).unwrap();
            let assertion: Assertion = serde_json::from_value(value.clone()).unwrap();
            assert_eq!(serde_json::to_value(&assertion).unwrap(), value, "{text}");
            let mut unknown = value;
            unknown["weather"] = "rain".into();
            assert!(
                serde_json::from_value::<Assertion>(unknown).is_err(),
                "{text}"
            );
        }
        let misspelt = r#"{"about": "compared", "left": {"votes": {"choise": "yes", "choice": "yes"}},
            "right": {"votes": {"choice": "no"}}}"#;
        assert!(serde_json::from_str::<Assertion>(misspelt).is_err());
    }

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
