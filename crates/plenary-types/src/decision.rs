//! [`Decision`]: one decision of one body, as its source records it.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::SeqAccessDeserializer;
use serde::de::{SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::word::vocabulary;
use crate::{
    AnnouncedTally, Ballots, BodyId, Choice, Citation, Date, DecisionRef, Participant,
    QuestionKind, Session,
};

/// One decision of one body: what was put, how it was decided, and what the source says came out.
///
/// Announced totals and single ballots are separate facts, both kept; they need not agree. The record
/// may be wrong: `plenary-validation` says where.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Decision {
    /// What other acts and relations of the document call it; unique in the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Who decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<BodyId>,
    /// When. A meeting that runs past midnight carries the calendar date of the adoption.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// The session as the source gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<Session>,
    /// The meeting, by its record: `A/73/PV.60`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting: Option<Citation>,
    /// The document that came out: the resolution, or a conference's outcome.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symbol: Option<Citation>,
    /// The drafts that were before the body.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drafts: Vec<Citation>,
    /// The report of the committee that sent the draft on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub committee_report: Option<Citation>,
    /// The agenda item, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agenda: Option<String>,
    /// What was put to the body.
    #[serde(default)]
    pub question: Question,
    /// How it decided.
    #[serde(default)]
    pub mode: Mode,
    /// The rule under which it decided, when it is not the body's default for the question: the name
    /// of a rule or the text of a requirement (`plenary-decisions` reads both).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The decisions of other organs on which it depends, by the name that the rule gives the organ: `in council`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub with: BTreeMap<String, DecisionRef>,
    /// How many attended, where the source counts them for a quorum.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attending: Option<u32>,
    /// Who objected, where a decision is taken by silence; an empty list says that nobody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub objections: Option<Vec<Participant>>,
    /// The totals that the source announces.
    #[serde(default, skip_serializing_if = "AnnouncedTally::is_empty")]
    pub announced: AnnouncedTally,
    /// Set when the source counts others with the voters, and does not say in which totals: a President whose position it adds.
    /// The totals may then be too high; the ballots of such persons are on no list.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub counts_others: bool,
    /// Who voted how, where the source says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ballots: Option<Ballots>,
    /// Set when the list of ballots leaves members out by the nature of its source, such as one that lists
    /// only those who voted: nothing follows from a member that is not on it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub partial: bool,
    /// Set beside [`Decision::partial`] when the list leaves out only those who did not vote, as the list of a meeting record does:
    /// every vote that was cast is on it, and the totals of votes and abstentions are those of the list.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub every_vote_listed: bool,
    /// Those who take part, where only some members do, as in enhanced cooperation: shares of the members are shares of these.
    #[serde(default, skip_serializing_if = "TakingPart::is_everybody")]
    pub taking_part: TakingPart,
    /// The vote of a chair that is no member of the body; it counts as the rules of the body say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chair: Option<ChairBallot>,
    /// What the source says came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// Figures that somebody reported about the occasion; never part of a tally.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reported: Vec<ReportedFigure>,
    /// Notes of the source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// Who takes part in a decision, where not every member does: participants, or a group of the body by its name.
///
/// ```
/// use plenary_types::TakingPart;
///
/// let listed: TakingPart = serde_json::from_str(r#"["AUT", "person:x"]"#)?;
/// assert!(matches!(listed, TakingPart::Listed(who) if who.len() == 2));
/// let group: TakingPart = serde_json::from_str(r#""euro-area""#)?;
/// assert_eq!(group.group(), Some("euro-area"));
/// assert!(TakingPart::default().is_everybody());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum TakingPart {
    /// These; everybody where the list is empty.
    Listed(Vec<Participant>),
    /// The members of a group of the body on the day of the decision.
    Group(Box<str>),
}

impl Default for TakingPart {
    fn default() -> Self {
        Self::Listed(Vec::new())
    }
}

impl From<Vec<Participant>> for TakingPart {
    fn from(listed: Vec<Participant>) -> Self {
        Self::Listed(listed)
    }
}

impl TakingPart {
    /// Whether nothing restricts who takes part.
    #[must_use]
    pub const fn is_everybody(&self) -> bool {
        matches!(self, Self::Listed(listed) if listed.is_empty())
    }

    /// Those who are listed.
    #[must_use]
    pub fn listed(&self) -> &[Participant] {
        match self {
            Self::Listed(listed) => listed,
            Self::Group(_) => &[],
        }
    }

    /// The name of the group, where it is one.
    #[must_use]
    pub const fn group(&self) -> Option<&str> {
        match self {
            Self::Listed(_) => None,
            Self::Group(group) => Some(group),
        }
    }
}

impl<'de> Deserialize<'de> for TakingPart {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TakingPartVisitor)
    }
}

struct TakingPartVisitor;

impl<'de> Visitor<'de> for TakingPartVisitor {
    type Value = TakingPart;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of participants or the name of a group")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<TakingPart, E> {
        match text.trim() {
            "" => Err(E::invalid_value(Unexpected::Str(text), &self)),
            group => Ok(TakingPart::Group(group.into())),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<TakingPart, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(list)).map(TakingPart::Listed)
    }
}

/// The vote of a chair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ChairBallot {
    /// Who was in the chair, where the record says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub participant: Option<Participant>,
    /// What the chair voted.
    pub choice: Choice,
}

impl Decision {
    /// Whether its list may leave out members who made this choice.
    ///
    /// ```
    /// use plenary_types::{Choice, Decision};
    ///
    /// let printed = Decision { partial: true, every_vote_listed: true, ..Decision::default() };
    /// assert!(!printed.may_leave_out(Choice::Abstain) && printed.may_leave_out(Choice::NonVoting));
    /// ```
    #[must_use]
    pub const fn may_leave_out(&self, choice: Choice) -> bool {
        let is_cast = matches!(choice, Choice::Yes | Choice::No | Choice::Abstain);
        self.partial && !(self.every_vote_listed && is_cast)
    }

    /// The note of a vote that is on the list of important votes of the United States Department of State. A note of a source
    /// that only speaks of important votes is another.
    pub const IMPORTANT_VOTE: &str = "an important vote of the United States Department of State";

    /// Whether its source marks it as an important vote, by [`Decision::IMPORTANT_VOTE`].
    ///
    /// ```
    /// use plenary_types::Decision;
    ///
    /// let mut decision = Decision::default();
    /// decision.notes.push("not an important vote".to_owned());
    /// assert!(!decision.is_marked_important());
    /// decision.notes.push(Decision::IMPORTANT_VOTE.to_owned());
    /// assert!(decision.is_marked_important());
    /// ```
    #[must_use]
    pub fn is_marked_important(&self) -> bool {
        self.notes.iter().any(|note| note == Self::IMPORTANT_VOTE)
    }
}

vocabulary! {
    /// How a decision was taken (General Assembly rule 87; UN Library voting guide).
    #[derive(Default)]
    pub enum Mode {
        /// Consensus, no objection or acclamation. Not unanimity: there is no tally.
        WithoutVote = "without-vote",
        /// A vote of which only the totals are kept.
        NonRecorded = "non-recorded",
        /// A show of hands, of which only the totals are kept.
        ShowOfHands = "show-of-hands",
        /// A recorded vote or roll-call: each member's choice is public.
        #[default]
        Recorded = "recorded",
        /// A recorded vote by correspondence: who does not answer does not vote.
        Written = "written",
        /// Nobody objected within a time: there are objections or none, and no tally.
        Silence = "silence",
        /// A secret ballot: totals by candidate, never by member.
        Secret = "secret",
    }
}

impl Mode {
    /// Whether votes on the question are counted: not without a vote, by silence or by secret ballot, whose votes are for
    /// candidates, nor where it is not known how it was decided.
    #[must_use]
    pub const fn counts_votes(self) -> bool {
        matches!(
            self,
            Self::Recorded | Self::Written | Self::NonRecorded | Self::ShowOfHands
        )
    }

    /// Whether the vote was by name, so that its list is public.
    #[must_use]
    pub const fn is_by_name(self) -> bool {
        matches!(self, Self::Recorded | Self::Written)
    }
}

/// What was put to the body.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Question {
    /// The whole text, a part of it, an amendment or a motion.
    #[serde(default)]
    pub scope: Scope,
    /// Which kind of question of the body it is, where the record says: the body decides each by a rule of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<QuestionKind>,
    /// Procedural or substantive, where the record says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nature: Option<Nature>,
    /// The question as it was asked: which paragraph, which amendment, which motion. `On the Cloture Motion`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// How much of a proposal a question covers.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Scope {
    /// The proposal as a whole.
    #[default]
    Whole,
    /// A paragraph or another part, voted separately (rule 89).
    Paragraph,
    /// An amendment (rule 90).
    Amendment,
    /// A motion, such as adjournment, no action, or an appeal against a ruling.
    Motion,
}

impl Scope {
    /// The word used in documents.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Paragraph => "paragraph",
            Self::Amendment => "amendment",
            Self::Motion => "motion",
        }
    }
}

/// Whether a matter is procedural (Charter Article 27(2)) or substantive (27(3)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Nature {
    /// A matter of procedure: no veto.
    Procedural,
    /// Anything else.
    Substantive,
}

vocabulary! {
    /// What a source says came of a decision.
    pub enum Outcome {
        /// It was adopted.
        Adopted = "adopted",
        /// It was not adopted.
        Rejected = "rejected",
        /// Those who put it took it back.
        Withdrawn = "withdrawn",
        /// It fell without a decision of its own, as with the text that it belonged to.
        Lapsed = "lapsed",
        /// It was put off.
        Deferred = "deferred",
        /// It was not put to the vote.
        NotPut = "not-put",
        /// There was a vote and it counts for nothing, as where too few took part.
        Void = "void",
    }
}

/// A figure that somebody reported about an occasion, such as the governments present.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ReportedFigure {
    /// What was counted: `governments present`.
    pub of: String,
    /// How many.
    pub value: u64,
    /// Who says so.
    pub source: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_mark_itself_marks_an_important_vote() {
        let noted = |notes: &[&str]| Decision {
            notes: notes.iter().map(ToString::to_string).collect(),
            ..Decision::default()
        };
        for (notes, marked) in [
            (&[][..], false),
            (&["not an important vote"], false),
            (&["adopted as a whole", Decision::IMPORTANT_VOTE], true),
        ] {
            assert_eq!(noted(notes).is_marked_important(), marked, "{notes:?}");
        }
    }

    #[test]
    fn votes_are_counted_unless_there_are_none_or_they_are_secret() {
        for (mode, counts) in [
            (Mode::WithoutVote, false),
            (Mode::NonRecorded, true),
            (Mode::ShowOfHands, true),
            (Mode::Recorded, true),
            (Mode::Written, true),
            (Mode::Silence, false),
            (Mode::Secret, false),
            ("by lot".parse().unwrap(), false),
        ] {
            assert_eq!(mode.counts_votes(), counts, "{mode:?}");
        }
    }

    #[test]
    fn a_known_word_has_one_spelling_and_another_is_kept() {
        for outcome in Outcome::KNOWN {
            assert_eq!(outcome.as_str().parse(), Ok(*outcome));
            assert_eq!(serde_json::to_value(outcome).unwrap(), outcome.as_str());
            assert_eq!(outcome.unknown(), None);
        }
        for mode in Mode::KNOWN {
            assert_eq!(mode.as_str().parse(), Ok(*mode));
        }
        let ended: Outcome = serde_json::from_str("\"Held Nongermane\"").unwrap();
        assert_eq!(
            ended.unknown().map(|word| word.as_str()),
            Some("Held Nongermane")
        );
        assert_eq!(serde_json::to_value(ended).unwrap(), "Held Nongermane");
        assert!(serde_json::from_str::<Mode>("\"\"").is_err());
    }
}
