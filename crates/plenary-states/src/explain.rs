//! Answers with their candidates and reasons.

use std::fmt;

use chrono::NaiveDate;
use plenary_types::{Date, Span, StateCode};

use crate::codes::{CodeSystem, explain_code};
use crate::entity::Entity;
use crate::judge::{Ruling, Worth, rule, worth};
use crate::names::NameKind;
use crate::near;
use crate::resolve::{Found, How, how};
use crate::succession::holder_on;
use crate::tables::{Claim, Spelling};

/// An answer: the entity when it is certain, and what else there is to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolution {
    /// The entity; `None` unless it is certain.
    pub code: Option<StateCode>,
    /// How it was found, or why not.
    pub how: How,
    /// The entity with the reason, or all that it may be. Empty when nothing fits.
    pub candidates: Vec<Candidate>,
}

/// An entity that a text may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The entity.
    pub code: StateCode,
    /// Why it is a candidate.
    pub why: Why,
}

/// Why an entity is a candidate. Prints as a clause: "`Zaire` was its name from 1971-10-27".
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Why {
    /// A recorded spelling of it.
    Spelling {
        /// The spelling.
        spelling: &'static str,
        /// What the spelling is to it.
        kind: NameKind,
        /// How that fits the date.
        when: When,
    },
    /// The words of a recorded spelling of it, put down in another way.
    Words {
        /// The words in alphabetical order, as [`fold`](crate::fold) gives them.
        key: &'static str,
        /// How the spelling fits the date.
        when: When,
    },
    /// A code of it.
    Code {
        /// The system of the code.
        system: CodeSystem,
        /// How that fits the date.
        when: When,
    },
    /// A spelling of it that differs by a few letters.
    Near {
        /// The spelling, folded.
        spelling: &'static str,
        /// How many letters to put in, take out, replace or exchange.
        edits: u8,
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
pub enum When {
    /// It was in use then, or no date was given.
    InUse,
    /// The entity existed under another name or code; this one is of another time.
    OtherTime(DaysInUse),
    /// The entity did not exist then; these were its days.
    NoSuchEntity(Span),
    /// The spelling means the entity only in these days.
    OnlyIn(DaysInUse),
}

/// A span that may be open at both ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DaysInUse {
    /// The first day, if there is one.
    pub from: Option<NaiveDate>,
    /// The first day after, if there is one.
    pub to: Option<NaiveDate>,
}

impl fmt::Display for DaysInUse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.to) {
            (Some(from), Some(to)) => write!(f, "from {from} until before {to}"),
            (Some(from), None) => write!(f, "since {from}"),
            (None, Some(to)) => write!(f, "until before {to}"),
            (None, None) => f.write_str("at all times"),
        }
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InUse => Ok(()),
            Self::OtherTime(days) => write!(f, " {days}, not on the date"),
            Self::NoSuchEntity(life) => {
                write!(f, ", but it did not exist on the date ({})", days_of(*life))
            }
            Self::OnlyIn(days) => write!(f, " only {days}"),
        }
    }
}

fn days_of(span: Span) -> DaysInUse {
    DaysInUse {
        from: Some(span.from).filter(|from| *from != NaiveDate::MIN),
        to: span.to,
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Spelling {
                spelling,
                kind,
                when,
            } => {
                let what = match kind {
                    NameKind::Short => "its name",
                    NameKind::Formal => "its formal name",
                    NameKind::Alias | NameKind::Initials => "a spelling of its name",
                    NameKind::Contextual => "also used for it",
                };
                write!(f, "`{spelling}` is {what}{when}")
            }
            Self::Words { key, when } => {
                write!(f, "the words `{key}` are those of a name of it{when}")
            }
            Self::Code { system, when } => write!(f, "its code in {system}{when}"),
            Self::Near { spelling, edits: 1 } => write!(f, "one letter from `{spelling}`"),
            Self::Near { spelling, edits } => write!(f, "{edits} letters from `{spelling}`"),
            Self::HoldsSeatOf { of } => write!(f, "on the date it held the seat of {of}"),
            Self::Before { of } => write!(f, "on the date {of} was not yet apart from it"),
            Self::After { of } => write!(f, "came after {of} without continuing its membership"),
        }
    }
}

/// Whose claims are being explained.
#[derive(Clone, Copy)]
pub(crate) enum Text {
    Name(&'static str),
    Words(&'static str),
    Code(CodeSystem),
}

impl Resolution {
    pub(crate) const fn unknown() -> Self {
        Self {
            code: None,
            how: How::Unknown,
            candidates: Vec::new(),
        }
    }

    /// The resolution that a ruling on claims comes to.
    pub(crate) fn of(
        spelling: &'static Spelling,
        ruling: Ruling,
        how: How,
        text: Text,
        on: Option<NaiveDate>,
    ) -> Self {
        let claims = spelling.claims();
        let candidate = |claim: &Claim| {
            Some(Candidate {
                code: claim.code()?,
                why: why(claim, text, on),
            })
        };
        match ruling {
            Ruling::Certain(claim) => Self {
                code: claim.code(),
                how,
                candidates: candidate(claim).into_iter().collect(),
            },
            Ruling::Several(leading) => {
                let leaders = claims.iter().filter(|claim| worth(claim, on) == leading);
                Self {
                    code: None,
                    how: How::Ambiguous,
                    candidates: distinct(leaders.filter_map(candidate)),
                }
            }
            Ruling::Nobody => {
                let named: Vec<_> = distinct(claims.iter().filter_map(candidate));
                let later = named.iter().flat_map(|named| stand_ins(named.code, on));
                let candidates = distinct(named.iter().cloned().chain(later));
                Self {
                    code: None,
                    how: How::Unknown,
                    candidates,
                }
            }
        }
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
        return vec![Candidate {
            code,
            why: Why::HoldsSeatOf { of },
        }];
    }
    let entity = crate::entity(of).into_iter();
    let before = entity
        .clone()
        .flat_map(Entity::predecessors)
        .filter(|s| day < s.on)
        .map(|s| (s.from, Why::Before { of }));
    let after = entity
        .flat_map(Entity::successors)
        .filter(|s| s.on <= day)
        .map(|s| (s.to, Why::After { of }));
    let existing = before
        .chain(after)
        .filter(|(code, _)| crate::entity(*code).is_some_and(|e| e.exists_on(day)));
    existing
        .map(|(code, why)| Candidate { code, why })
        .collect()
}

fn why(claim: &Claim, text: Text, on: Option<NaiveDate>) -> Why {
    let when = when(claim, on);
    match text {
        Text::Name(spelling) => Why::Spelling {
            spelling,
            kind: claim.kind,
            when,
        },
        Text::Words(key) => Why::Words { key, when },
        Text::Code(system) => Why::Code { system, when },
    }
}

fn when(claim: &Claim, on: Option<NaiveDate>) -> When {
    let days = DaysInUse {
        from: claim.first_day(),
        to: claim.end(),
    };
    let life = claim.entity().and_then(|e| e.lives().first().copied());
    let exists = on.is_none_or(|day| claim.entity().is_some_and(|e| e.exists_on(day)));
    match (worth(claim, on), life) {
        (Worth::Current, _) => When::InUse,
        (_, Some(life)) if !exists => When::NoSuchEntity(life),
        _ if claim.kind == NameKind::Contextual && on.is_some() => When::OnlyIn(days),
        _ if on.is_none() => When::InUse,
        _ => When::OtherTime(days),
    }
}

/// What a name means, with the candidates and the reasons.
///
/// As [`resolve`](crate::resolve), and where that is not certain: all entities that fit, those that
/// held the seat on the date, or those whose spelling is a letter or two away.
///
/// ```
/// use plenary_states::{How, explain};
///
/// let korea = explain("Korea", None);
/// assert_eq!((korea.code, korea.how), (None, How::Ambiguous));
/// assert_eq!(korea.candidates.len(), 2);
///
/// let typo = explain("Kazahkstan", None);
/// assert_eq!((typo.code, typo.how), (None, How::Fuzzy));
/// assert_eq!(typo.candidates[0].code.to_string(), "KAZ");
/// assert_eq!(typo.candidates[0].why.to_string(), "one letter from `kazakhstan`");
/// ```
#[must_use]
pub fn explain(name: &str, on: Option<NaiveDate>) -> Resolution {
    let found = Found::new(name);
    match found.ruling(on) {
        Some((spelling, ruling, exact)) => {
            let how = match ruling {
                Ruling::Certain(claim) => how(claim.kind, exact),
                _ => How::Ambiguous,
            };
            let text = if exact {
                Text::Name(spelling.text())
            } else {
                Text::Words(spelling.text())
            };
            Resolution::of(spelling, ruling, how, text, on)
        }
        None => near(name, on),
    }
}

/// As [`explain`], for a text that is a name or an ISO 3166-1 alpha-3 code in capitals, as people type
/// on a command line. A name goes first.
#[must_use]
pub fn explain_name_or_code(text: &str, on: Option<NaiveDate>) -> Resolution {
    let text = text.trim();
    if Found::new(text).is_empty() && text.parse::<StateCode>().is_ok() {
        let by_code = explain_code(CodeSystem::Iso3, text, on);
        if !by_code.candidates.is_empty() {
            return by_code;
        }
    }
    explain(text, on)
}

/// As [`explain_name_or_code`], for a date that may be a year or a month: certain when the answer is the
/// same on the first and the last day of it, else ambiguous between the two.
///
/// ```
/// use plenary_states::{How, explain_within};
///
/// let russia = explain_within("Russia", "1991".parse()?);
/// assert_eq!((russia.code, russia.how), (None, How::Ambiguous));
/// assert_eq!(explain_within("Russia", "1990".parse()?).code, "SUN".parse().ok());
/// # Ok::<(), plenary_types::DateError>(())
/// ```
#[must_use]
pub fn explain_within(text: &str, date: Date) -> Resolution {
    let first = explain_name_or_code(text, Some(date.earliest()));
    if date.as_day().is_some() {
        return first;
    }
    let last = explain_name_or_code(text, Some(date.latest()));
    if first.code == last.code {
        return last;
    }
    let candidates = first.candidates.into_iter().chain(last.candidates);
    Resolution {
        code: None,
        how: How::Ambiguous,
        candidates: distinct(candidates),
    }
}

fn near(name: &str, on: Option<NaiveDate>) -> Resolution {
    let mut near: Vec<(NameKind, Candidate)> = Vec::new();
    for hit in near::hits(name) {
        let why = Why::Near {
            spelling: hit.spelling.text(),
            edits: hit.edits,
        };
        for claim in hit
            .spelling
            .claims()
            .iter()
            .filter(|claim| worth(claim, on) != Worth::Misdated)
        {
            near.extend(claim.code().map(|code| {
                (
                    claim.kind,
                    Candidate {
                        code,
                        why: why.clone(),
                    },
                )
            }));
        }
    }
    near.sort_by_key(|(kind, _)| *kind);
    let candidates = distinct(near.into_iter().map(|(_, candidate)| candidate));
    let how = if candidates.is_empty() {
        How::Unknown
    } else {
        How::Fuzzy
    };
    Resolution {
        code: None,
        how,
        candidates,
    }
}

/// The resolution of a code.
pub(crate) fn of_code(
    spelling: &'static Spelling,
    system: CodeSystem,
    on: Option<NaiveDate>,
) -> Resolution {
    let ruling = rule(spelling.claims(), on);
    Resolution::of(spelling, ruling, How::Exact, Text::Code(system), on)
}
