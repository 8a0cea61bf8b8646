//! Deciding a recorded [`Decision`] by the rule of its body on its day.

use plenary_types::{Choice, Decision, Mode, Nature, Outcome, StateCode, Tally};

use crate::library::InForce;
use crate::{Evaluation, Library, ParseError, Requirement, Standing, Verdict, evaluate, verdict};

/// The rule by which a recorded decision is taken.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Applied<'l> {
    /// A rule of the library, as it was on the day.
    Rule(InForce<'l>),
    /// The requirement that the record itself states.
    Stated(Requirement),
}

/// Why a record cannot be decided.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Undecidable {
    /// It was adopted without a vote or by secret ballot: there is nothing to evaluate.
    #[error("it was not put to a recorded or counted vote")]
    NoVote,
    /// It has neither ballots nor the totals of yes and no.
    #[error("it has neither ballots nor totals")]
    NoBallots,
    /// Its body or its date is not known, so no rule can be chosen.
    #[error("its body or date is not known")]
    NoBodyOrDate,
    /// The library has no rule for the body on that day.
    #[error("no rule is known for `{body}` on that day")]
    NoRule {
        /// The body.
        body: String,
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

impl Library {
    /// The rule of a recorded decision: the one it states, else the default of its body for its
    /// question on its day. A question of the Council that is not marked procedural counts as substantive.
    ///
    /// # Errors
    ///
    /// [`Undecidable`] when the record names no body or day, or no rule is known for them.
    pub fn applied<'l>(&'l self, decision: &Decision) -> Result<Applied<'l>, Undecidable> {
        let day = decision.date.map(plenary_types::Date::earliest);
        if let Some(stated) = &decision.rule {
            let named = day.and_then(|day| self.rule(stated, day));
            return named.map_or_else(
                || stated_requirement(stated),
                |rule| Ok(Applied::Rule(rule)),
            );
        }
        let (Some(body), Some(day)) = (&decision.body, day) else {
            return Err(Undecidable::NoBodyOrDate);
        };
        let nature = match decision.question.nature {
            Some(Nature::Procedural) => "procedural",
            _ => "substantive",
        };
        self.rule_for(body.as_str(), nature, day)
            .or_else(|| self.rule_for(body.as_str(), "ordinary", day))
            .map(Applied::Rule)
            .ok_or_else(|| Undecidable::NoRule {
                body: body.to_string(),
            })
    }

    /// Decides a recorded decision, with reasons.
    ///
    /// # Errors
    ///
    /// [`Undecidable`] when there was no vote, or nothing to decide it by.
    ///
    /// ```
    /// use plenary_decisions::{Library, Verdict};
    /// use plenary_types::{AnnouncedTally, BodyId, Decision};
    ///
    /// let vote = Decision {
    ///     body: Some(BodyId::UNGA),
    ///     date: "2018-12-19".parse().ok(),
    ///     announced: AnnouncedTally { yes: Some(152), no: Some(5), ..AnnouncedTally::default() },
    ///     ..Decision::default()
    /// };
    /// let evaluation = Library::embedded().decide(&vote)?;
    /// assert_eq!(evaluation.verdict, Verdict::Adopted);
    /// # Ok::<(), plenary_decisions::Undecidable>(())
    /// ```
    pub fn decide(&self, decision: &Decision) -> Result<Evaluation, Undecidable> {
        let standing = standing(decision)?;
        Ok(match self.applied(decision)? {
            Applied::Rule(rule) => rule.evaluate(&standing),
            Applied::Stated(requirement) => evaluate(&requirement, &standing),
        })
    }

    /// The verdict on a recorded decision, without reasons.
    ///
    /// # Errors
    ///
    /// As [`Library::decide`].
    pub fn verdict(&self, decision: &Decision) -> Result<Verdict, Undecidable> {
        let standing = standing(decision)?;
        Ok(match self.applied(decision)? {
            Applied::Rule(rule) => rule.verdict(&standing),
            Applied::Stated(requirement) => verdict(&requirement, &standing),
        })
    }
}

impl Applied<'_> {
    /// The rule in words.
    #[must_use]
    pub fn title(&self) -> String {
        match self {
            Self::Rule(rule) => rule.rule.title.clone(),
            Self::Stated(requirement) => requirement.to_string(),
        }
    }
}

impl Verdict {
    /// Whether a recorded outcome contradicts the verdict; an undetermined one contradicts nothing.
    #[must_use]
    pub fn contradicts(self, outcome: Outcome) -> bool {
        matches!(
            (self, outcome),
            (Self::Adopted, Outcome::Rejected) | (Self::Rejected, Outcome::Adopted)
        )
    }
}

fn stated_requirement<'l>(text: &str) -> Result<Applied<'l>, Undecidable> {
    text.parse()
        .map(Applied::Stated)
        .map_err(|fault| Undecidable::Stated {
            rule: text.to_owned(),
            fault,
        })
}

/// The standing of a recorded vote: its ballots if it has any, else the announced totals.
fn standing(decision: &Decision) -> Result<Standing<'static>, Undecidable> {
    if !matches!(decision.mode, Mode::Recorded | Mode::NonRecorded) {
        return Err(Undecidable::NoVote);
    }
    if let Some(ballots) = decision.ballots.as_ref().filter(|b| !b.is_empty()) {
        let voted: Vec<(StateCode, Choice)> = ballots.by_state().collect();
        return Ok(Standing::of_ballots(voted));
    }
    let announced = &decision.announced;
    let (Some(yes), Some(no)) = (announced.yes, announced.no) else {
        return Err(Undecidable::NoBallots);
    };
    let standing = Standing::of_counts(Tally {
        yes,
        no,
        abstain: announced.abstain.unwrap_or_default(),
        non_voting: announced.non_voting.unwrap_or_default(),
        not_eligible: 0,
    });
    let members = announced.members;
    Ok(members
        .and_then(|members| standing.clone().with_members(members).ok())
        .unwrap_or(standing))
}

#[cfg(test)]
mod tests {
    use plenary_types::{AnnouncedTally, Ballots, BodyId};

    use super::*;

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
        let title = library.applied(&motion).unwrap().title();
        assert_eq!(title, "more than 1/2 of present and voting");
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
