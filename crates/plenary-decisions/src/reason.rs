//! [`Reason`]: why a requirement holds or does not, as a tree that reads as sentences.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::evaluate::{Answer, Context};
use crate::requirement::{GroupRef, Requirement};
use crate::sentence;

/// One node of an explanation; its parts follow the parts of the requirement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Reason {
    /// Whether this part holds.
    pub answer: Answer,
    /// How the answer follows from the parts.
    pub kind: ReasonKind,
    /// The same in words: `152 of 157 present and voting, 96.8 %, more than half`.
    pub sentence: String,
    /// What is not known and would have to be; only where the answer is unknown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// The reasons of the parts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Self>,
}

/// How an answer follows from those of the parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ReasonKind {
    /// From the numbers: there are no parts.
    Fact,
    /// Every part has to hold.
    All,
    /// One part is enough.
    Any,
    /// The part must not hold.
    Not,
    /// The answer of the part, seen from a group, an organ or a later day.
    Within,
    /// Whatever the part says: it is asked for and not enforced.
    Advice,
}

impl Reason {
    fn fact(answer: Answer, sentence: String, missing: Vec<String>) -> Self {
        Self {
            answer,
            kind: ReasonKind::Fact,
            sentence,
            missing,
            parts: Vec::new(),
        }
    }

    /// What a fact decides that is no part of the requirement, such as the vote of a chair.
    #[must_use]
    pub fn decided(answer: Answer, sentence: String) -> Self {
        Self::fact(answer, sentence, Vec::new())
    }

    /// What cannot be told: the sentence says why, and what is missing.
    #[must_use]
    pub fn unknown(sentence: String, missing: String) -> Self {
        Self::fact(Answer::Unknown, sentence, vec![missing])
    }

    fn of(kind: ReasonKind, answer: Answer, sentence: String, parts: Vec<Self>) -> Self {
        Self {
            answer,
            kind,
            sentence,
            missing: Vec::new(),
            parts,
        }
    }

    /// The answer that the parts imply; the answer itself where there are none.
    #[must_use]
    pub fn implied(&self) -> Answer {
        let parts = self.parts.iter().map(Self::implied);
        let first = || self.parts.first().map_or(Answer::Unknown, Self::implied);
        match self.kind {
            ReasonKind::Fact => self.answer,
            ReasonKind::All => Answer::all(parts),
            ReasonKind::Any => Answer::any(parts),
            ReasonKind::Not => !first(),
            ReasonKind::Within => first(),
            ReasonKind::Advice => Answer::Met,
        }
    }

    /// The sentence of what decides: of several parts that all have to hold, those that do not.
    #[must_use]
    pub fn deciding(&self) -> String {
        let parts = self.parts.iter().filter(|part| part.answer == self.answer);
        let sentences: Vec<_> = parts.map(Self::deciding).collect();
        match self.kind {
            ReasonKind::All | ReasonKind::Any if !sentences.is_empty() => sentences.join("; "),
            _ => self.sentence.clone(),
        }
    }

    pub(crate) fn collect_missing<'r>(&'r self, into: &mut Vec<&'r str>) {
        if self.answer == Answer::Unknown {
            into.extend(self.missing.iter().map(String::as_str));
            for part in &self.parts {
                part.collect_missing(into);
            }
        }
    }

    fn print(&self, f: &mut fmt::Formatter<'_>, depth: usize) -> fmt::Result {
        let mark = match (self.kind, self.answer) {
            (ReasonKind::Advice, _) => "advice",
            (_, Answer::Met) => "met",
            (_, Answer::NotMet) => "not met",
            (_, Answer::Unknown) => "unknown",
        };
        write!(
            f,
            "{:indent$}{mark}: {}",
            "",
            self.sentence,
            indent = depth * 2
        )?;
        for part in &self.parts {
            writeln!(f)?;
            part.print(f, depth + 1)?;
        }
        Ok(())
    }
}

impl fmt::Display for Reason {
    /// One line a node, parts indented under what they belong to.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.print(f, 0)
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
