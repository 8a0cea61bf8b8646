//! [`Evaluation`]: a verdict with its reasons, part by part.

use serde::{Deserialize, Serialize};

use crate::answer::Answer;
use crate::evaluate::{Context, Verdict};
use crate::reason::{Reason, ReasonKind};
use crate::requirement::{GroupRef, Requirement};
use crate::sentence;
use crate::standing::Standing;

/// A verdict with its reasons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Evaluation {
    /// The verdict.
    pub verdict: Verdict,
    /// Why, as a tree that follows the requirement.
    pub reasons: Reason,
}

impl Evaluation {
    /// What would have to be known to reach a verdict; empty when there is one.
    #[must_use]
    pub fn missing(&self) -> Vec<&str> {
        let mut missing = Vec::new();
        self.reasons.collect_missing(&mut missing);
        missing.sort_unstable();
        missing.dedup();
        missing
    }
}

/// Evaluates a requirement, with reasons.
///
/// ```
/// use plenary_decisions::{evaluate, Standing, Verdict};
/// use plenary_types::Tally;
///
/// let compact = Standing::from_counts(Tally { yes: 152, no: 5, abstain: 12, ..Tally::default() });
/// let evaluation = evaluate(&"more than 1/2 of present and voting".parse()?, &compact);
/// assert_eq!(evaluation.verdict, Verdict::Adopted);
/// assert_eq!(evaluation.reasons.sentence, "152 of 157 present and voting, 96.8 %, more than half");
/// # Ok::<(), plenary_decisions::ParseError>(())
/// ```
#[must_use]
pub fn evaluate(requirement: &Requirement, standing: &Standing<'_>) -> Evaluation {
    let reasons = Context::new(standing).explain(requirement);
    Evaluation {
        verdict: reasons.answer.into(),
        reasons,
    }
}

impl Context<'_> {
    pub(crate) fn explain(&self, requirement: &Requirement) -> Reason {
        match requirement {
            Requirement::Compare(comparison) => {
                let test = self.test(comparison);
                let sentence = sentence::of(self, comparison, &test);
                Reason::fact(test.answer, sentence, test.missing)
            }
            Requirement::All(parts) => self.explain_all(parts),
            Requirement::Any(parts) => self.explain_any(parts),
            Requirement::Not(part) => {
                let inner = self.explain(part);
                let sentence = "this must not hold".to_owned();
                Reason::of(ReasonKind::Not, !inner.answer, sentence, vec![inner])
            }
            Requirement::Among(group, part) => self.explain_inside(group, part, true),
            Requirement::Without(group, part) => self.explain_inside(group, part, false),
            Requirement::In {
                organ,
                first,
                requirement,
            } => match self.inside(organ) {
                None => Reason::unknown(format!("in {organ}"), format!("the decision of {organ}")),
                Some(inner) if *first && !inner.precedes(self) => {
                    let sentence = format!("in {organ}, but only after this decision");
                    Reason::fact(Answer::NotMet, sentence, Vec::new())
                }
                Some(inner) if inner.lookup.settled => {
                    let sentence = format!("in {organ}, adopted without a vote");
                    Reason::fact(Answer::Met, sentence, Vec::new())
                }
                Some(inner) => within(format!("in {organ}"), inner.explain(requirement)),
            },
            Requirement::After(period, part) => match self.runs_until(*period) {
                Err(missing) => Reason::unknown(format!("after {period}"), missing),
                Ok(()) => within(format!("{period} have passed"), self.explain(part)),
            },
            Requirement::Should(part) => {
                let inner = self.explain(part);
                let sentence = match inner.answer {
                    Answer::Met => "asked for, and so it is",
                    Answer::NotMet => "asked for, not so, and without effect",
                    Answer::Unknown => "asked for, not known, and without effect",
                };
                Reason::of(
                    ReasonKind::Advice,
                    Answer::Met,
                    sentence.to_owned(),
                    vec![inner],
                )
            }
        }
    }

    fn explain_all(&self, parts: &[Requirement]) -> Reason {
        let parts: Vec<_> = parts.iter().map(|part| self.explain(part)).collect();
        let answer = Answer::all(parts.iter().map(|part| part.answer));
        let sentence = match answer {
            Answer::Met => conditions(&parts, answer, ["holds", "hold"]),
            Answer::NotMet => conditions(&parts, answer, ["does not hold", "do not hold"]),
            Answer::Unknown => not_known(&parts),
        };
        Reason::of(ReasonKind::All, answer, sentence, parts)
    }

    fn explain_any(&self, parts: &[Requirement]) -> Reason {
        let parts: Vec<_> = parts.iter().map(|part| self.explain(part)).collect();
        let answer = Answer::any(parts.iter().map(|part| part.answer));
        let hold = conditions(&parts, Answer::Met, ["holds", "hold"]);
        let sentence = match answer {
            Answer::Met => format!("{hold}, one is enough"),
            Answer::NotMet => hold,
            Answer::Unknown => not_known(&parts),
        };
        Reason::of(ReasonKind::Any, answer, sentence, parts)
    }

    fn explain_inside(&self, group: &GroupRef, part: &Requirement, among: bool) -> Reason {
        let (word, inner) = if among {
            ("among", self.among(group))
        } else {
            ("without", self.without(group))
        };
        match inner {
            Some(inner) => within(format!("{word} {group}"), inner.explain(part)),
            None => Reason::unknown(format!("{word} {group}"), format!("the members of {group}")),
        }
    }
}

fn within(sentence: String, inner: Reason) -> Reason {
    Reason::of(ReasonKind::Within, inner.answer, sentence, vec![inner])
}

fn not_known(parts: &[Reason]) -> String {
    conditions(parts, Answer::Unknown, ["is not known", "are not known"])
}

/// How many of the parts have an answer: `2 of 3 conditions do not hold`. The verb comes for one and for several.
fn conditions(parts: &[Reason], answer: Answer, verb: [&str; 2]) -> String {
    let count = parts.iter().filter(|part| part.answer == answer).count();
    let [of_one, of_several] = verb;
    let verb = if count == 1 { of_one } else { of_several };
    let noun = match parts {
        [_] => "condition",
        _ => "conditions",
    };
    let count = match count {
        0 => "none".to_owned(),
        some => some.to_string(),
    };
    format!("{count} of {} {noun} {verb}", parts.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_counted_with_the_noun_and_the_verb_that_fit() {
        let part = || Reason::unknown(String::new(), String::new());
        for (parts, expected) in [
            (1, "1 of 1 condition is not known"),
            (3, "3 of 3 conditions are not known"),
        ] {
            let parts: Vec<_> = std::iter::repeat_with(part).take(parts).collect();
            assert_eq!(not_known(&parts), expected);
        }
    }
}
