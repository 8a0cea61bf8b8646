//! [`Quorum`]: whether enough members were present, as far as a record says who was.

use plenary_decisions::{Answer, Evaluation, Reason, Standing, Verdict};
use plenary_types::Decision;

use crate::library::InForce;
use crate::record::Applied;

/// The quorum that a body needs to decide, and what a record says of it.
///
/// A list of ballots says who voted or abstained, and others may have been present. So a record shows that there was no quorum only
/// where it says how many attended, or that nobody was there without voting; that there was one follows from the votes as well.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Quorum<'l> {
    /// The rule.
    pub rule: InForce<'l>,
    /// Whether it was met; undetermined where the record does not tell.
    pub verdict: Verdict,
    /// How many were present, where the record says it.
    pub present: Option<u32>,
    /// Whether the question may be of a kind that needs no such quorum.
    pub assumed: bool,
    /// Whether it asks for weights that no source confirms.
    pub unverified_weights: bool,
}

/// What is missing where nothing says how many were present.
const PRESENT: &str = "how many were present";

impl<'l> Quorum<'l> {
    pub(crate) fn new(
        (rule, assumed): (InForce<'l>, bool),
        decision: &Decision,
        standing: &Standing<'_>,
    ) -> Self {
        let present = present(decision, standing);
        Self {
            rule,
            verdict: verdict(rule, standing, present),
            present,
            assumed,
            unverified_weights: !Applied::Rule(rule).unverified_weights(standing).is_empty(),
        }
    }

    /// The verdict with its reasons; `standing` is that of the decision.
    pub(crate) fn evaluate(&self, standing: &Standing<'_>) -> Evaluation {
        let evaluation = match self.present {
            Some(present) => self.rule.evaluate(&standing.with_present(present)),
            None => self.rule.evaluate(standing),
        };
        if evaluation.verdict == self.verdict {
            return evaluation;
        }
        let sentence = format!(
            "{}; others may have been present without voting",
            evaluation.reasons.deciding()
        );
        Evaluation {
            verdict: Verdict::Undetermined,
            reasons: Reason::unknown(sentence, PRESENT.to_owned()),
        }
    }

    /// Whether the record shows that too few were present, by a rule that a source confirms and that is certain to be asked for.
    #[must_use]
    pub fn is_lacking(&self) -> bool {
        self.verdict == Verdict::Rejected
            && !self.rule.rule.unverified
            && !self.unverified_weights
            && !self.assumed
    }

    /// Why a decision without it is none.
    pub(crate) fn reason(&self, standing: &Standing<'_>) -> Reason {
        let evaluation = self.evaluate(standing);
        let sentence = format!("there was no quorum: {}", evaluation.reasons.deciding());
        Reason::decided(Answer::NotMet, sentence)
    }
}

/// How many were present: as many as attended, or as voted or abstained where nobody else was there. A number that is less than
/// that of those who voted or abstained is wrong.
fn present(decision: &Decision, standing: &Standing<'_>) -> Option<u32> {
    if standing.has_open() {
        return None;
    }
    let tally = standing.tally();
    let voted = tally.voting().saturating_add(tally.abstain);
    let all_voted = decision.announced.non_voting == Some(0) && !decision.partial;
    let attending = decision.attending.filter(|attending| *attending >= voted);
    attending.or_else(|| (all_voted && voted > 0).then_some(voted))
}

/// More members present never break a quorum: where the votes alone show it, it was there.
fn verdict(rule: InForce<'_>, standing: &Standing<'_>, present: Option<u32>) -> Verdict {
    if let Some(present) = present {
        return rule.verdict(&standing.with_present(present));
    }
    let least = rule.verdict(standing);
    if least != Verdict::Rejected {
        return least;
    }
    let members = rule.complete(standing).members();
    match members {
        Some(members) if rule.verdict(&standing.with_present(members)) == least => least,
        _ => Verdict::Undetermined,
    }
}
