//! [`Reason`]: why a requirement holds or does not, as a tree that reads as sentences.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::answer::Answer;

/// One node of an explanation; its parts follow the parts of the requirement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
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
    pub(crate) fn fact(answer: Answer, sentence: String, missing: Vec<String>) -> Self {
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

    pub(crate) fn of(kind: ReasonKind, answer: Answer, sentence: String, parts: Vec<Self>) -> Self {
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
