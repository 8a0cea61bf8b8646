//! The words of a body's file that have a meaning of their own.

use plenary_decisions::Requirement;
use plenary_types::{BodyId, ParticipantKind};
use serde::{Deserialize, Serialize};

/// What a suspended member of a body counts as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SuspendedCount {
    /// As a member in every total, without a vote.
    Counts,
    /// As a seat and as no member.
    KeepsSeat,
    /// As nothing.
    #[default]
    Out,
}

/// What kind of participant the members of a body are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum MemberKind {
    /// States, organisations and territories.
    #[default]
    State,
    /// Persons.
    Person,
    /// Political parties.
    Party,
    /// Parts of something, such as cantons or delegates.
    Unit,
}

impl MemberKind {
    /// Whether a participant of a kind can be such a member. What a printed name that nothing resolves names is not known, so it can be
    /// any.
    ///
    /// ```
    /// use plenary_bodies::MemberKind;
    /// use plenary_types::ParticipantKind;
    ///
    /// assert!(MemberKind::State.includes(ParticipantKind::Code));
    /// assert!(!MemberKind::State.includes(ParticipantKind::Person));
    /// assert!(MemberKind::Unit.includes(ParticipantKind::Unit));
    /// ```
    #[must_use]
    pub const fn includes(self, kind: ParticipantKind) -> bool {
        match kind {
            ParticipantKind::Person => matches!(self, Self::Person),
            ParticipantKind::Party => matches!(self, Self::Party),
            ParticipantKind::Unit => matches!(self, Self::Unit),
            ParticipantKind::Text => true,
            _ => matches!(self, Self::State),
        }
    }

    /// Several of them, in a word.
    #[must_use]
    pub const fn plural(self) -> &'static str {
        match self {
            Self::State => "States",
            Self::Person => "persons",
            Self::Party => "parties",
            Self::Unit => "units",
        }
    }
}

/// How grave a finding is that contradicts a rule which is only assumed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum AssumedFindings {
    /// An error, where nothing is said: every kind of question that is possible contradicts it.
    #[default]
    Error,
    /// A warning: questions may be of kinds that are not on record.
    Warning,
}

/// For how long members are elected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub struct Terms {
    /// The years of a term.
    pub years: u32,
    /// How many terms may follow each other, where there is a limit.
    pub consecutive: Option<u32>,
}

/// The chair of a body, as far as its vote is another than that of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub struct Chair {
    /// Whether the chair is a member.
    #[serde(default)]
    pub member: bool,
    /// When its vote counts.
    pub votes: ChairVotes,
}

/// When the vote of a chair counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ChairVotes {
    /// Where the votes of the members are equally divided.
    OnTie,
}

/// What has to follow a decision before it has its effect: the second stage is a treaty with a clause of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub struct LeadsTo {
    /// The relation by which the treaty names the decision.
    pub relation: String,
    /// What the clause asks for.
    pub requirement: Requirement,
    /// The body of which the requirement names groups.
    pub groups_of: Option<BodyId>,
    /// Whether it then binds all members of the body that decided, those as well that did nothing.
    #[serde(default)]
    pub binds_members: bool,
    /// The article.
    pub source: Option<String>,
}

/// What a quorum is needed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum QuorumUse {
    /// To open a meeting.
    Open,
    /// To decide.
    Decide,
}

/// What follows an equal division of votes. The requirement itself is not met then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Tie {
    /// The proposal is rejected (rule 133, committees).
    Rejected,
    /// A second vote within 48 hours; tied again, it is rejected (rule 95).
    SecondVote,
    /// The lot decides (elections, rule 93).
    Lot,
    /// The chair's vote decides.
    Chair,
}

impl Tie {
    /// What follows, in words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Rejected => "the proposal is rejected",
            Self::SecondVote => {
                "a second vote follows within 48 hours; tied again, the proposal is rejected"
            }
            Self::Lot => "the lot decides",
            Self::Chair => "the vote of the chair decides",
        }
    }
}
