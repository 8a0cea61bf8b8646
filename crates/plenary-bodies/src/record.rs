//! Deciding a recorded [`Decision`] by the rule of its body on its day.

use plenary_types::{AnnouncedTally, Ballots, Choice, Decision, Mode, Tally, Word};

use crate::base::{Base, BaseSource};
use crate::library::{InForce, Tie};
use plenary_decisions::{
    Evaluation, Facts, ParseError, Requirement, Standing, Verdict, evaluate, verdict,
};

/// What a recorded decision is decided by.
#[derive(Clone, Copy, Debug)]
pub enum Basis<'d> {
    /// The list of the ballots of all members.
    List(&'d Ballots),
    /// A list that leaves members out ([`Decision::partial`]), without totals: those left out may have chosen anything.
    Extract(&'d Ballots),
    /// Totals.
    Totals {
        /// Yes, no and abstaining.
        tally: Tally,
        /// The number of members, where it is known.
        members: Option<u32>,
        /// A list that leaves members out: it tells some of the ballots that were counted.
        extract: Option<&'d Ballots>,
    },
}

/// The rule by which a recorded decision is taken.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Applied<'l> {
    /// A rule of the library, as it was on the day.
    Rule(InForce<'l>),
    /// The requirement that the record itself states, with the groups and tables of the body on the day.
    Stated(Requirement, &'l Facts),
}

/// Why a record cannot be decided.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Undecidable {
    /// It was adopted without a vote: there is nothing to evaluate.
    #[error("it was not put to a vote")]
    NoVote,
    /// It was decided by secret ballot: the votes are for candidates, and nobody's is on record.
    #[error("it was decided by secret ballot")]
    Secret,
    /// It was decided in a way that is not known, so that nothing tells whether votes were counted.
    #[error("it was decided in a way that is not known: `{0}`")]
    UnknownMode(Word),
    /// It has neither ballots nor the totals of yes and no.
    #[error("it has neither ballots nor totals")]
    NoBallots,
    /// Its list of ballots leaves members out, so that no result follows from it.
    #[error("its list of ballots leaves members out")]
    Extract,
    /// A name on its list is not resolved, and whose ballot is whose matters.
    #[error("`{name}` on its list of ballots is not resolved")]
    Unresolved {
        /// The name as printed.
        name: String,
    },
    /// Its body is not known, so no rule can be chosen.
    #[error("its body is not known")]
    NoBody,
    /// Its date is not known, so no rule can be chosen.
    #[error("its date is not known")]
    NoDate,
    /// Neither its body nor its date is known, so no rule can be chosen.
    #[error("its body and date are not known")]
    NoBodyNorDate,
    /// The kind of question that the record states is none of the body, or has no rule on that day.
    #[error("no rule is known for questions of the kind `{kind}` in `{body}` on that day{}", meant(.nearest.as_deref()))]
    Kind {
        /// The body.
        body: String,
        /// The kind.
        kind: String,
        /// The body on record whose identifier is most like it, where none has this one.
        nearest: Option<String>,
    },
    /// The library has no rule for the body on that day.
    #[error("no rule is known for `{body}` on that day{}", meant(.nearest.as_deref()))]
    NoRule {
        /// The body.
        body: String,
        /// The body on record whose identifier is most like it, where none has this one.
        nearest: Option<String>,
    },
    /// The rule that is stated was not in force on that day.
    #[error("the rule `{rule}` was not in force on that day")]
    NotInForce {
        /// The rule.
        rule: String,
    },
    /// The rule is not stated, and the outcome on record follows only from a rule that may have applied instead of the usual
    /// one.
    #[error("the rule is not stated, and the rules that may have applied disagree")]
    Rule,
    /// More ballots are counted than the body has members, and the rule asks for a share of the members.
    #[error(
        "{counted} ballots are counted in a body of {members} members, so it is not clear which number applies"
    )]
    Surplus {
        /// The ballots.
        counted: u32,
        /// The members.
        members: u32,
    },
    /// The votes are known, and not all that the rule asks for.
    #[error("not known: {}", what.join("; "))]
    Missing {
        /// What would have to be known.
        what: Vec<String>,
    },
    /// The record states a rule that is neither in the library nor a requirement.
    #[error("`{rule}` is neither a rule of the library nor a requirement: {fault}")]
    Stated {
        /// The text of the record.
        rule: String,
        /// Why it is no requirement.
        fault: ParseError,
    },
}

fn meant(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |nearest| {
        format!("; did you mean the body `{nearest}`?")
    })
}

impl Undecidable {
    /// The cause without the particulars of one decision, so that decisions can be counted by it.
    #[must_use]
    pub fn cause(&self) -> String {
        match self {
            Self::Unresolved { .. } => "a name on the list of ballots is not resolved".to_owned(),
            Self::Missing { what } if what.is_empty() => "the votes do not decide it".to_owned(),
            Self::Missing { what } => format!("not known: {}", what.join("; ")),
            Self::Surplus { .. } => "more ballots are counted than the body has members".to_owned(),
            other => other.to_string(),
        }
    }

    /// What would settle it.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self {
            Self::NoVote => "nothing: it was adopted without a vote",
            Self::Secret => "record the outcome; who voted how is not public",
            Self::UnknownMode(_) => {
                "write `recorded`, `written`, `non-recorded`, `show-of-hands`, `silence`, `secret` or `without-vote`"
            }
            Self::NoBallots => "record the ballots or the totals of yes and no",
            Self::Extract => "record the totals, or the ballots of the other members",
            Self::Surplus { .. } => {
                "correct the list or the totals: see member-count and not-a-member"
            }
            Self::Unresolved { .. } => "correct the name, or give its code",
            Self::NoBody => "record the body",
            Self::NoDate => "record the date",
            Self::NoBodyNorDate => "record the body and the date",
            Self::Kind { .. }
            | Self::NoRule { .. }
            | Self::NotInForce { .. }
            | Self::Stated { .. } => {
                "state the rule in the record or in plenary.toml; `plenary decide --list` has the known ones"
            }
            Self::Rule => "state the rule or the nature of the question in the record",
            Self::Missing { .. } => "supply what is missing",
        }
    }
}

impl Applied<'_> {
    /// The rule in words.
    #[must_use]
    pub fn title(&self) -> String {
        match self {
            Self::Rule(rule) => rule.rule.title.clone(),
            Self::Stated(requirement, _) => requirement.to_string(),
        }
    }

    /// What has to hold.
    #[must_use]
    pub fn requirement(&self) -> &Requirement {
        match self {
            Self::Rule(rule) => &rule.rule.requirement,
            Self::Stated(requirement, _) => requirement,
        }
    }

    /// Whether the votes are divided equally and the chair then decides. Of a requirement of several parts a tie is not all that
    /// keeps it from being met.
    pub(crate) fn is_tied_for_the_chair(&self, standing: &Standing<'_>) -> bool {
        let is_plain = matches!(self.requirement(), Requirement::Compare(_));
        is_plain && matches!(self, Self::Rule(rule) if rule.tie(standing) == Some(Tie::Chair))
    }

    /// The groups and tables of the body on the day.
    #[must_use]
    pub const fn facts(&self) -> &'_ Facts {
        match self {
            Self::Rule(rule) => rule.facts,
            Self::Stated(_, facts) => facts,
        }
    }

    /// Whether it is the law by a source, and every weight that it asks for on these votes is confirmed by one: what is unverified is
    /// never the ground of an error. A requirement that a record states needs no source.
    #[must_use]
    pub fn is_verified(&self, standing: &Standing<'_>) -> bool {
        let is_law = !matches!(self, Self::Rule(rule) if rule.rule.unverified);
        is_law && self.unverified_weights(standing).is_empty()
    }

    /// The tables of weights that it asks for on these votes, and that no source confirms.
    #[must_use]
    pub fn unverified_weights(&self, standing: &Standing<'_>) -> Vec<String> {
        let completed = standing.borrowed().with_default_facts(self.facts());
        let tables = completed.tables_of(self.requirement()).into_iter();
        let doubtful = tables.filter(|(_, table)| table.is_unverified());
        doubtful.map(|(name, _)| name.to_string()).collect()
    }

    /// Evaluates the rule, with reasons.
    #[must_use]
    pub fn evaluate(&self, standing: &Standing<'_>) -> Evaluation {
        match self {
            Self::Rule(rule) => rule.evaluate(standing),
            Self::Stated(requirement, facts) => {
                evaluate(requirement, &standing.borrowed().with_default_facts(facts))
            }
        }
    }

    /// The verdict alone.
    #[must_use]
    pub fn verdict(&self, standing: &Standing<'_>) -> Verdict {
        match self {
            Self::Rule(rule) => rule.verdict(standing),
            Self::Stated(requirement, facts) => {
                verdict(requirement, &standing.borrowed().with_default_facts(facts))
            }
        }
    }
}

impl<'d> Basis<'d> {
    /// The basis of a decision that was put to a vote: its list of ballots, else the announced totals of yes and no, else a
    /// list that leaves members out. Beside totals such a list says who is among them.
    ///
    /// # Errors
    ///
    /// [`Undecidable::NoVote`], [`Undecidable::Secret`], [`Undecidable::UnknownMode`] or [`Undecidable::NoBallots`].
    pub fn from_decision(decision: &'d Decision) -> Result<Self, Undecidable> {
        if !decision.mode.counts_votes() {
            return Err(match decision.mode {
                Mode::Secret => Undecidable::Secret,
                Mode::Other(word) => Undecidable::UnknownMode(word),
                _ => Undecidable::NoVote,
            });
        }
        let list = decision.ballots.as_ref().filter(|list| !list.is_empty());
        let totals = totals_of_members(decision);
        match list {
            Some(list) if !decision.partial && !is_short(list, &totals) => Ok(Self::List(list)),
            _ => Self::announced(&totals, list)
                .or(list.map(Self::Extract))
                .ok_or(Undecidable::NoBallots),
        }
    }

    /// The basis in a body of that number of members: with less than half of them a body does not decide, so that a list of so few
    /// leaves the others out, and the announced totals decide.
    pub(crate) fn in_body(self, base: Option<Base>, decision: &'d Decision) -> Self {
        let Self::List(list) = self else { return self };
        let of_body = base.filter(|base| base.from.is_of_body());
        let is_few = |base: Base| (list.len() as u64) * 2 < u64::from(base.members);
        match of_body.is_some_and(is_few) {
            true => Self::announced(&totals_of_members(decision), Some(list))
                .unwrap_or(Self::Extract(list)),
            false => self,
        }
    }

    fn announced(totals: &AnnouncedTally, extract: Option<&'d Ballots>) -> Option<Self> {
        Some(Self::Totals {
            tally: Tally {
                yes: totals.yes?,
                no: totals.no?,
                abstain: totals.abstain.unwrap_or(0),
                ..Tally::default()
            },
            members: announced_members(totals),
            extract,
        })
    }

    /// How the question stands with that number of members, and the number that it then counts with: where more ballots are
    /// counted than there are members, the length of the list. A name on the list that is not resolved counts, and its ballot
    /// is nobody's in particular; of two ballots of one member the first on the list counts.
    ///
    /// # Errors
    ///
    /// [`Undecidable::Extract`] for a list that leaves members out of a body of which the number of members is not known.
    pub(crate) fn standing_of(
        self,
        base: Option<Base>,
    ) -> Result<(Standing<'static>, Option<Base>), Undecidable> {
        let (standing, listed) = match self {
            Self::List(list) | Self::Extract(list) => {
                let mut standing = Standing::from_list(list);
                if list.by_number().len() < list.len() {
                    let unresolved = list.iter().filter(|ballot| ballot.entry.who.is_none());
                    standing = standing.with_unnamed(unresolved.map(|ballot| ballot.choice));
                }
                let listed = standing.members();
                (standing, listed)
            }
            Self::Totals { tally, extract, .. } => {
                let counts = Standing::from_counts(tally);
                let extract = extract.into_iter().flat_map(Ballots::by_number);
                let counts = match base {
                    Some(base) => counts.clone().with_members(base.members).unwrap_or(counts),
                    None => counts,
                };
                return Ok((counts.with_known(extract), base));
            }
        };
        let open = base
            .zip(listed)
            .and_then(|(base, listed)| base.members.checked_sub(listed));
        match (self, open) {
            (Self::Extract(_), Some(open)) => Ok((standing.with_open(open), base)),
            (Self::Extract(_), None) => Err(Undecidable::Extract),
            // The list does not exceed the membership: those not on it did not vote.
            (_, Some(others)) => Ok((standing.with_others_absent(others), base)),
            (_, None) if base.is_some() => Ok((standing.without_members(), base)),
            (_, None) => {
                let list = listed.map(|members| Base {
                    members,
                    from: BaseSource::List,
                });
                Ok((standing, list))
            }
        }
    }
}

/// The announced totals of the members alone. The chair votes where these are divided equally: totals in which its side is one ahead
/// hold its vote.
pub(crate) fn totals_of_members(decision: &Decision) -> AnnouncedTally {
    let mut totals = decision.announced;
    let chair = decision.chair.map(|chair| chair.choice);
    let with_chair = match chair {
        Some(Choice::Yes) => Some((&mut totals.yes, totals.no)),
        Some(Choice::No) => Some((&mut totals.no, totals.yes)),
        _ => None,
    };
    if let Some((Some(side), Some(other))) = with_chair
        && side.checked_sub(1) == Some(other)
    {
        *side = other;
    }
    totals
}

/// Whether more votes are announced than there are names on a list: it leaves members out, whether it says so or not.
pub(crate) fn is_short(list: &Ballots, totals: &AnnouncedTally) -> bool {
    let cast = [totals.yes, totals.no, totals.abstain];
    let announced = cast
        .into_iter()
        .flatten()
        .fold(0u64, |sum, votes| sum + u64::from(votes));
    (list.len() as u64) < announced
}

/// The number of members, as announced or as the four totals come to; where these disagree neither is known.
pub(crate) fn announced_members(totals: &AnnouncedTally) -> Option<u32> {
    let counted = [Choice::Yes, Choice::No, Choice::Abstain, Choice::NonVoting];
    let sum = counted
        .into_iter()
        .try_fold(0u32, |sum, choice| sum.checked_add(totals.get(choice)?));
    match (totals.members, sum) {
        (Some(members), Some(sum)) if members != sum => None,
        (members, sum) => members.or(sum),
    }
}

#[cfg(test)]
mod tests {
    use plenary_types::{BodyId, Mode, Nature};

    use super::*;
    use crate::{Library, Setting};

    fn council(no: &str, nature: Option<Nature>) -> Decision {
        let codes = "CHN FRA GBR RUS USA ALB BRA GAB GHA IND IRL KEN MEX NOR ARE";
        let ballots: Ballots = codes
            .split(' ')
            .map(|code| {
                let choice = if code == no { Choice::No } else { Choice::Yes };
                (code.parse().unwrap(), choice)
            })
            .collect();
        let mut decision = Decision {
            body: Some(BodyId::UNSC),
            date: "2022-02-25".parse().ok(),
            ballots: Some(ballots),
            ..Decision::default()
        };
        decision.question.nature = nature;
        decision
    }

    #[test]
    fn a_permanent_members_no_is_a_veto_unless_the_matter_is_procedural() {
        let library = Library::embedded();
        let verdict = |no, nature| library.verdict(&council(no, nature)).unwrap();
        assert_eq!(verdict("RUS", None), Verdict::Rejected);
        assert_eq!(verdict("RUS", Some(Nature::Procedural)), Verdict::Adopted);
        assert_eq!(verdict("KEN", None), Verdict::Adopted);
    }

    #[test]
    fn a_list_of_fewer_names_than_votes_were_announced_does_not_decide_alone() {
        let library = Library::embedded();
        let mut decision = council("KEN", None);
        decision.ballots = Some(
            [("USA".parse().unwrap(), Choice::Abstain)]
                .into_iter()
                .collect(),
        );
        assert_eq!(library.verdict(&decision), Ok(Verdict::Undetermined));
        decision.announced = AnnouncedTally {
            yes: Some(14),
            no: Some(0),
            abstain: Some(1),
            ..AnnouncedTally::default()
        };
        assert_eq!(library.verdict(&decision), Ok(Verdict::Adopted));
    }

    #[test]
    fn members_are_as_announced_or_the_sum_of_four_totals_and_unknown_where_these_disagree() {
        for (non_voting, announced, expected) in [
            (Some(24), Some(193), Some(193)),
            (Some(24), None, Some(193)),
            (None, Some(193), Some(193)),
            (Some(24), Some(194), None),
            (None, None, None),
        ] {
            let totals = AnnouncedTally {
                yes: Some(152),
                no: Some(5),
                abstain: Some(12),
                non_voting,
                members: announced,
            };
            assert_eq!(announced_members(&totals), expected, "{totals:?}");
        }
    }

    #[test]
    fn a_stated_rule_goes_before_the_default() {
        let mut motion = Decision {
            body: Some(BodyId::UNGA),
            date: "1971-10-25".parse().ok(),
            rule: Some("ga-important".into()),
            ..Decision::default()
        };
        motion.announced = AnnouncedTally {
            yes: Some(60),
            no: Some(59),
            ..AnnouncedTally::default()
        };
        let library = Library::embedded();
        assert_eq!(library.verdict(&motion), Ok(Verdict::Rejected));
        motion.rule = Some("more than 1/2 of present and voting".into());
        assert_eq!(library.verdict(&motion), Ok(Verdict::Adopted));
        let ruling = library.ruling(&motion, &Setting::default()).unwrap();
        assert_eq!(ruling.rule().title(), "more than 1/2 of present and voting");
        motion.rule = Some("by a show of hats".into());
        assert!(matches!(
            library.decide(&motion),
            Err(Undecidable::Stated { .. })
        ));
    }

    #[test]
    fn what_was_not_voted_on_is_not_decided() {
        let mut decision = council("RUS", None);
        decision.mode = Mode::WithoutVote;
        assert_eq!(
            Library::embedded().verdict(&decision),
            Err(Undecidable::NoVote)
        );
        let empty = Decision {
            ballots: None,
            mode: Mode::Recorded,
            ..decision
        };
        assert_eq!(
            Library::embedded().verdict(&empty),
            Err(Undecidable::NoBallots)
        );
    }
}
