//! Answers with their candidates and reasons.

use std::fmt;

use chrono::NaiveDate;
use plenary_types::{Span, StateCode};

use crate::facts::entity::{Entity, entity};
use crate::facts::succession::holder_on;
use crate::resolve::claims::{Ruling, Worth, rule, worth};
use crate::resolve::found::{Found, MatchKind};
use crate::resolve::lookup;
use crate::resolve::near;
use crate::rows::code::CodeSystem;
use crate::rows::spelling::{Claim, NameKind, Spelling};

/// An answer: the entity when it is certain, and what else there is to say.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Resolution {
    /// The entity; `None` unless it is certain.
    pub code: Option<StateCode>,
    /// How it was found, or why not.
    pub kind: MatchKind,
    /// The entity with the reason, or all that it may be. Empty when nothing fits.
    pub candidates: Vec<Candidate>,
}

/// An entity that a text may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Candidate {
    /// The entity.
    pub code: StateCode,
    /// Why it is a candidate.
    pub reason: MatchReason,
}

/// Why an entity is a candidate. Prints as a clause: "`Zaire` was its name from 1971-10-27".
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MatchReason {
    /// A recorded spelling of it.
    Spelling {
        /// The spelling.
        spelling: &'static str,
        /// What the spelling is to it.
        kind: NameKind,
        /// How that fits the date.
        validity: Validity,
    },
    /// The words of a recorded spelling of it, put down in another way.
    Words {
        /// The words in alphabetical order, as [`fold()`](crate::fold) gives them.
        key: &'static str,
        /// How the spelling fits the date.
        validity: Validity,
    },
    /// A code of it.
    Code {
        /// The system of the code.
        system: CodeSystem,
        /// How that fits the date.
        validity: Validity,
    },
    /// A spelling of it that differs by a few letters.
    Near {
        /// The spelling, folded.
        spelling: &'static str,
        /// How many letters to put in, take out, replace or exchange.
        edits: usize,
    },
    /// On the date it held the seat of an entity that fits.
    HoldsSeatOf {
        /// The entity whose name or code fits.
        of: StateCode,
    },
    /// It existed on the date, and an entity that fits came out of it later.
    Before {
        /// The entity whose name or code fits.
        of: StateCode,
    },
    /// It came after an entity that fits, and did not continue its membership.
    After {
        /// The entity whose name or code fits.
        of: StateCode,
    },
}

/// How a name or code fits the date of the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Validity {
    /// It was in use then, or no date was given.
    InUse,
    /// The entity existed under another name or code; this one is of another time.
    OtherTime(Span),
    /// The entity did not exist then; these were its days.
    NoSuchEntity(Span),
    /// The spelling means the entity only in these days.
    OnlyIn(Span),
}

/// The days of a span in words.
struct Days(Span);

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0.from, self.0.to) {
            (NaiveDate::MIN, None) => f.write_str("at all times"),
            (from, Some(to)) if from > NaiveDate::MIN => {
                write!(f, "from {from} until before {to}")
            }
            _ => write!(f, "{}", self.0),
        }
    }
}

impl fmt::Display for Validity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InUse => Ok(()),
            Self::OtherTime(days) => write!(f, " {}, not on the date", Days(*days)),
            Self::NoSuchEntity(life) => {
                write!(f, ", but it did not exist on the date ({})", Days(*life))
            }
            Self::OnlyIn(days) => write!(f, " only {}", Days(*days)),
        }
    }
}

impl fmt::Display for MatchReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Spelling {
                spelling,
                kind,
                validity,
            } => {
                let what = match kind {
                    NameKind::Short => "its name",
                    NameKind::Formal => "its formal name",
                    NameKind::Alias | NameKind::Initials => "a spelling of its name",
                    NameKind::Contextual => "also used for it",
                };
                write!(f, "`{spelling}` is {what}{validity}")
            }
            Self::Words { key, validity } => {
                write!(f, "the words `{key}` are those of a name of it{validity}")
            }
            Self::Code { system, validity } => write!(f, "its code in {system}{validity}"),
            Self::Near { spelling, edits: 1 } => write!(f, "one letter from `{spelling}`"),
            Self::Near { spelling, edits } => write!(f, "{edits} letters from `{spelling}`"),
            Self::HoldsSeatOf { of } => write!(f, "on the date it held the seat of {of}"),
            Self::Before { of } => write!(f, "on the date {of} was not yet apart from it"),
            Self::After { of } => write!(f, "came after {of} without continuing its membership"),
        }
    }
}

/// The text that claims are made to.
#[derive(Clone, Copy)]
enum Claimed {
    Name(&'static str),
    Words(&'static str),
    Code(CodeSystem),
}

impl Resolution {
    /// What a name means, with near names where it is none.
    pub(super) fn of_name(name: &str, on: Option<NaiveDate>) -> Self {
        match Found::new(name).ruling(on) {
            Some((spelling, ruling, true)) => {
                Self::new(spelling, ruling, Claimed::Name(spelling.text()), on)
            }
            Some((spelling, ruling, false)) => {
                Self::new(spelling, ruling, Claimed::Words(spelling.text()), on)
            }
            None => Self::near(name, on),
        }
    }

    /// What a code of a system means.
    pub(super) fn of_code(system: CodeSystem, code: &str, on: Option<NaiveDate>) -> Self {
        match lookup::code(system, code) {
            Some(spelling) => {
                let ruling = rule(spelling.claims(), on);
                Self::new(spelling, ruling, Claimed::Code(system), on)
            }
            None => Self::uncertain(MatchKind::Unknown, Vec::new()),
        }
    }

    /// The answer of two days, which is certain when they agree.
    pub(super) fn of_both(first: Self, last: Self) -> Self {
        if first.code == last.code {
            return last;
        }
        let candidates = first.candidates.into_iter().chain(last.candidates);
        Self::uncertain(MatchKind::Ambiguous, distinct(candidates))
    }

    const fn uncertain(kind: MatchKind, candidates: Vec<Candidate>) -> Self {
        Self {
            code: None,
            kind,
            candidates,
        }
    }

    /// The resolution that a ruling on the claims to a spelling comes to.
    fn new(spelling: Spelling, ruling: Ruling, text: Claimed, on: Option<NaiveDate>) -> Self {
        let candidate = |claim: &Claim| Candidate {
            code: claim.code(),
            reason: reason(claim, text, on),
        };
        let claims = spelling.claims().iter();
        match ruling {
            Ruling::Certain(claim) => Self {
                code: Some(claim.code()),
                kind: match text {
                    Claimed::Name(_) => MatchKind::of_claim(claim.kind, true),
                    Claimed::Words(_) => MatchKind::Folded,
                    Claimed::Code(_) => MatchKind::of_code(claim, on),
                },
                candidates: vec![candidate(claim)],
            },
            Ruling::Several(leading) => {
                let leaders = claims.filter(|claim| worth(claim, on) == leading);
                Self::uncertain(MatchKind::Ambiguous, distinct(leaders.map(candidate)))
            }
            Ruling::Nobody => {
                let named = distinct(claims.map(candidate));
                let later = named.iter().flat_map(|named| stand_ins(named.code, on));
                let candidates = distinct(named.iter().cloned().chain(later));
                Self::uncertain(MatchKind::Unknown, candidates)
            }
        }
    }

    /// The entities whose names are a letter or two from a text.
    fn near(name: &str, on: Option<NaiveDate>) -> Self {
        let mut near: Vec<(NameKind, Candidate)> = Vec::new();
        for hit in near::hits(name) {
            let claims = hit.spelling.claims().iter();
            let candidates = claims.filter(|claim| worth(claim, on) != Worth::Misdated);
            near.extend(candidates.map(|claim| {
                let reason = MatchReason::Near {
                    spelling: hit.spelling.text(),
                    edits: hit.edits,
                };
                let code = claim.code();
                (claim.kind, Candidate { code, reason })
            }));
        }
        near.sort_by_key(|(kind, _)| *kind);
        let candidates = distinct(near.into_iter().map(|(_, candidate)| candidate));
        let kind = match candidates.is_empty() {
            true => MatchKind::Unknown,
            false => MatchKind::Fuzzy,
        };
        Self::uncertain(kind, candidates)
    }
}

/// The first candidate of each entity.
fn distinct(candidates: impl Iterator<Item = Candidate>) -> Vec<Candidate> {
    let mut kept: Vec<Candidate> = Vec::new();
    for candidate in candidates {
        if !kept.iter().any(|k| k.code == candidate.code) {
            kept.push(candidate);
        }
    }
    kept
}

/// Who may be meant on a date by the name of an entity that did not exist then.
fn stand_ins(of: StateCode, on: Option<NaiveDate>) -> Vec<Candidate> {
    let Some(day) = on else { return Vec::new() };
    if let Some(code) = holder_on(of, day).filter(|holder| *holder != of) {
        let reason = MatchReason::HoldsSeatOf { of };
        return vec![Candidate { code, reason }];
    }
    let named = entity(of).into_iter();
    let before = named
        .clone()
        .flat_map(Entity::predecessors)
        .filter(|s| day < s.on)
        .map(|s| (s.from, MatchReason::Before { of }));
    let after = named
        .flat_map(Entity::successors)
        .filter(|s| s.on <= day)
        .map(|s| (s.to, MatchReason::After { of }));
    let existing = before
        .chain(after)
        .filter(|(code, _)| entity(*code).is_some_and(|e| e.exists_on(day)));
    existing
        .map(|(code, reason)| Candidate { code, reason })
        .collect()
}

fn reason(claim: &Claim, text: Claimed, on: Option<NaiveDate>) -> MatchReason {
    let validity = validity(claim, on);
    match text {
        Claimed::Name(spelling) => MatchReason::Spelling {
            spelling,
            kind: claim.kind,
            validity,
        },
        Claimed::Words(key) => MatchReason::Words { key, validity },
        Claimed::Code(system) => MatchReason::Code { system, validity },
    }
}

fn validity(claim: &Claim, on: Option<NaiveDate>) -> Validity {
    let life = claim.entity().lives().first().copied();
    let exists = on.is_none_or(|day| claim.entity().exists_on(day));
    match (worth(claim, on), life) {
        (Worth::Current, _) => Validity::InUse,
        (_, Some(life)) if !exists => Validity::NoSuchEntity(life),
        _ if claim.kind == NameKind::Contextual && on.is_some() => Validity::OnlyIn(claim.span),
        _ if on.is_none() => Validity::InUse,
        _ => Validity::OtherTime(claim.span),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_use_may_be_open_at_both_ends() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let (from, to) = (day("1971-10-27"), day("1997-05-17"));
        for (from, to, words) in [
            (from, Some(to), "from 1971-10-27 until before 1997-05-17"),
            (from, None, "since 1971-10-27"),
            (NaiveDate::MIN, Some(to), "until before 1997-05-17"),
            (NaiveDate::MIN, None, "at all times"),
        ] {
            assert_eq!(Days(Span { from, to }).to_string(), words);
        }
    }
}
