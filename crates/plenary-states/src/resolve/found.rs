//! The spellings that a text is found under.

use std::fmt;

use chrono::NaiveDate;
use plenary_types::StateCode;

use crate::facts::entity::entity;
use crate::resolve::claims::{Ruling, Worth, rule, worth};
use crate::resolve::cut;
use crate::resolve::fold::Folded;
use crate::resolve::lookup;
use crate::resolve::repair::repaired;
use crate::rows::entity::EntityKind;
use crate::rows::spelling::{Claim, NameKind, Spelling};
use crate::rows::succession::{Relation, Succession};

/// How a text matches what is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MatchKind {
    /// The text is, letter for letter, a recorded name of the entity.
    Exact,
    /// The text is, letter for letter, a recorded alias or abbreviation, or a code that the entity has at another time.
    Alias,
    /// The text has the same words as a recorded spelling: see [`fold()`](crate::fold).
    Folded,
    /// The text is close to recorded spellings, which are the candidates. Never certain.
    Fuzzy,
    /// The text fits several entities, which are the candidates.
    Ambiguous,
    /// The text fits nothing, or nothing that existed at the date.
    Unknown,
}

impl MatchKind {
    /// The word for it: `exact`, `alias`, `folded`, `fuzzy`, `ambiguous` or `unknown`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Alias => "alias",
            Self::Folded => "folded",
            Self::Fuzzy => "fuzzy",
            Self::Ambiguous => "ambiguous",
            Self::Unknown => "unknown",
        }
    }
}

impl fmt::Display for MatchKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl MatchKind {
    /// The kind of a certain answer to a code.
    pub(super) fn of_code(claim: &Claim, on: Option<NaiveDate>) -> Self {
        match worth(claim, on) {
            Worth::Current => Self::Exact,
            Worth::OtherTime | Worth::Misdated => Self::Alias,
        }
    }

    /// The kind of a certain answer: a claim of a kind to a spelling, which is the text itself or its folded key.
    pub(super) const fn of_claim(kind: NameKind, exact: bool) -> Self {
        match kind {
            _ if !exact => Self::Folded,
            NameKind::Short | NameKind::Formal => Self::Exact,
            _ => Self::Alias,
        }
    }
}

/// The spellings that a text is found under, before any date is considered.
#[derive(Clone, Copy, Default)]
pub(super) struct Found {
    pub(super) exact: Option<Spelling>,
    pub(super) folded: Option<Spelling>,
}

impl Found {
    /// Looks a text up; text that was decoded wrongly is put right first.
    pub(super) fn new(name: &str) -> Self {
        Self::beside(lookup::exact(name.trim()), name)
    }

    /// As [`new`](Self::new), for a text that has been looked up as it stands.
    pub(super) fn beside(exact: Option<Spelling>, name: &str) -> Self {
        let folded = Folded::new(name).and_then(|folded| lookup::folded(&folded));
        let found = Self { exact, folded };
        if found.is_empty() {
            let otherwise = repaired(name)
                .map(|name| Self::new(&name))
                .or_else(|| Self::qualified(name))
                .or_else(|| Self::slashed(name))
                .or_else(|| Self::former(name))
                .or_else(|| Self::written_out(name));
            return otherwise.map_or(found, |other| Self {
                exact: None,
                folded: other.folded.or(other.exact),
            });
        }
        found
    }

    /// A name with another one in brackets: `Belarus (formerly Byelorussia)`, when both mean one entity, or
    /// `Guadeloupe (France)`, where the first is an area and the second says whose.
    fn qualified(name: &str) -> Option<Self> {
        const WORDS: [&str; 8] = [
            "formerly",
            "former",
            "now",
            "previously",
            "ex",
            "ex-",
            "also",
            "the former",
        ];
        let (base, inside) = name.strip_suffix([')', ']'])?.split_once(['(', '['])?;
        let plain = WORDS
            .iter()
            .find_map(|word| inside.trim().strip_prefix(word)?.strip_prefix([' ', '-']));
        let found = Self::of_cut(base);
        let meant = |found: Self| found.answer(None).0;
        let (code, other) = (meant(found)?, meant(Self::of(plain.unwrap_or(inside)))?);
        let area = entity(code).is_some_and(|e| e.kind() == EntityKind::Area);
        (code == other || area).then_some(found)
    }

    /// Two names of one entity with a slash between them: `Samoa/Western Samoa`.
    fn slashed(name: &str) -> Option<Self> {
        let mut names = name.contains('/').then(|| name.split('/'))?;
        let first = Self::of_cut(names.next()?);
        let entity = first.answer(None).0?;
        let same = |name: &str| Self::of_cut(name).answer(None).0 == Some(entity);
        names.all(same).then_some(first)
    }

    /// `Fmr USSR`, `former Zaire`, `Fmr Sudan`: an entity that has ended, a name that has, or an entity that another came out of or
    /// merged into.
    fn former(name: &str) -> Option<Self> {
        let (word, rest) = name.trim().split_once(' ')?;
        let word = word.trim_end_matches('.');
        if !["fmr", "former", "formerly", "ex"].contains(&word.to_ascii_lowercase().as_str()) {
            return None;
        }
        let found = Self::of_cut(rest);
        let (_, ruling, _) = found.ruling(None)?;
        let Ruling::Certain(claim) = ruling else {
            return None;
        };
        let entity = claim.entity();
        let lives = entity.lives();
        let ended = !lives.is_empty() && lives.iter().all(|life| life.to.is_some());
        let merged = |s: &Succession| s.relation == Relation::Merged;
        let altered = entity.successors().next().is_some() || entity.predecessors().any(merged);
        (ended || altered || claim.span.to.is_some()).then_some(found)
    }

    /// A name with words cut short.
    fn written_out(name: &str) -> Option<Self> {
        let spelling = cut::written_out(name)?;
        Some(Self {
            exact: None,
            folded: Some(spelling),
        })
    }

    /// The spellings of a text as it stands, or else those that its cut words are of.
    fn of_cut(name: &str) -> Self {
        let found = Self::of(name);
        if found.is_empty() {
            return Self::written_out(name).unwrap_or(found);
        }
        found
    }

    /// The spellings of a text as it stands.
    fn of(name: &str) -> Self {
        let name = name.trim();
        Self {
            exact: lookup::exact(name),
            folded: Folded::new(name).and_then(|folded| lookup::folded(&folded)),
        }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.exact.is_none() && self.folded.is_none()
    }

    /// The spelling that decides at a date, with its ruling. The exact text goes first; the folded key,
    /// which more entities may share, only when nobody who had the exact text existed.
    pub(super) fn ruling(self, on: Option<NaiveDate>) -> Option<(Spelling, Ruling, bool)> {
        let exact = self.exact.map(|s| (s, rule(s.claims(), on), true));
        let folded = || self.folded.map(|s| (s, rule(s.claims(), on), false));
        match exact {
            Some((_, Ruling::Nobody, _)) => folded()
                .filter(|(_, ruling, _)| !matches!(ruling, Ruling::Nobody))
                .or(exact),
            Some(_) => exact,
            None => folded(),
        }
    }

    /// The answer at a date.
    pub(super) fn answer(self, on: Option<NaiveDate>) -> (Option<StateCode>, MatchKind) {
        match self.ruling(on) {
            Some((_, Ruling::Certain(claim), exact)) => {
                (Some(claim.code()), MatchKind::of_claim(claim.kind, exact))
            }
            Some((_, Ruling::Several(_), _)) => (None, MatchKind::Ambiguous),
            Some((_, Ruling::Nobody, _)) | None => (None, MatchKind::Unknown),
        }
    }
}
