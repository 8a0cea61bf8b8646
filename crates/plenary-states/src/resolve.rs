//! From a printed name to the entity it means.

use std::fmt;

use chrono::NaiveDate;
use plenary_types::StateCode;

use crate::cut;
use crate::entity::Kind;
use crate::fold::Folded;
use crate::judge::{Ruling, rule};
use crate::lookup;
use crate::names::NameKind;
use crate::repair::repaired;
use crate::succession::{Relation, Succession};
use crate::tables::Spelling;

/// How an answer was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum How {
    /// The text is, letter for letter, a recorded name of the entity.
    Exact,
    /// The text is, letter for letter, a recorded alias or abbreviation.
    Alias,
    /// The text has the same words as a recorded spelling: see [`fold`](crate::fold).
    Folded,
    /// The text is close to recorded spellings, which are the candidates. Never certain.
    Fuzzy,
    /// The text fits several entities, which are the candidates.
    Ambiguous,
    /// The text fits nothing, or nothing that existed at the date.
    Unknown,
}

impl How {
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

impl fmt::Display for How {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The spellings that a text is found under, before any date is considered.
#[derive(Clone, Copy, Default)]
pub(crate) struct Found {
    pub(crate) exact: Option<&'static Spelling>,
    pub(crate) folded: Option<&'static Spelling>,
}

impl Found {
    /// Looks a text up; text that was decoded wrongly is put right first.
    pub(crate) fn new(name: &str) -> Self {
        let found = Self::of(name);
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
        let (entity, other) = (meant(found)?, meant(Self::of(plain.unwrap_or(inside)))?);
        let area = crate::entity(entity).is_some_and(|e| e.kind() == Kind::Area);
        (entity == other || area).then_some(found)
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
        let entity = claim.entity()?;
        let lives = entity.lives();
        let ended = !lives.is_empty() && lives.iter().all(|life| life.to.is_some());
        let merged = |s: &Succession| s.relation == Relation::Merged;
        let altered = entity.successors().next().is_some() || entity.predecessors().any(merged);
        (ended || altered || claim.end().is_some()).then_some(found)
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

    pub(crate) const fn is_empty(&self) -> bool {
        self.exact.is_none() && self.folded.is_none()
    }

    /// The spelling that decides at a date, with its ruling. The exact text goes first; the folded key,
    /// which more entities may share, only when nobody who had the exact text existed.
    pub(crate) fn ruling(self, on: Option<NaiveDate>) -> Option<(&'static Spelling, Ruling, bool)> {
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
    pub(crate) fn answer(self, on: Option<NaiveDate>) -> (Option<StateCode>, How) {
        match self.ruling(on) {
            Some((_, Ruling::Certain(claim), exact)) => (claim.code(), how(claim.kind, exact)),
            Some((_, Ruling::Several(_), _)) => (None, How::Ambiguous),
            Some((_, Ruling::Nobody, _)) | None => (None, How::Unknown),
        }
    }
}

pub(crate) const fn how(kind: NameKind, exact: bool) -> How {
    match kind {
        _ if !exact => How::Folded,
        NameKind::Short | NameKind::Formal => How::Exact,
        _ => How::Alias,
    }
}

/// The entity that a name means, when that is certain; nothing is allocated.
///
/// With a date, the entity must have existed then: `Georgia` on a day of 1970 is nobody. A name that
/// was not in use at the date still means its entity when nobody else was called so (`Myanmar` in
/// 1983 is `MMR`). Without a date a name must fit one entity only.
///
/// Codes are no names: `NA` is unknown here, and Namibia when asked as
/// [`resolve_code(CodeSystem::Iso2, "NA", …)`](crate::resolve_code).
///
/// ```
/// use plenary_states::resolve;
/// use chrono::NaiveDate;
///
/// let code = |c: &str| c.parse().ok();
/// assert_eq!(resolve("Bolivia (Plurinational State of)", None), code("BOL"));
/// assert_eq!(resolve("UPPER VOLTA", None), code("BFA"));
/// assert_eq!(resolve("Korea", None), None);
/// let day = NaiveDate::from_ymd_opt(1970, 1, 1);
/// assert_eq!(resolve("USSR", day), code("SUN"));
/// assert_eq!(resolve("Georgia", day), None);
/// ```
#[must_use]
pub fn resolve(name: &str, on: Option<NaiveDate>) -> Option<StateCode> {
    resolve_how(name, on).0
}

/// As [`resolve`], with how the answer was found: [`How::Ambiguous`] or [`How::Unknown`] when there is
/// none. The fuzzy step, which never gives an answer, is left to [`explain`](crate::explain).
#[must_use]
pub fn resolve_how(name: &str, on: Option<NaiveDate>) -> (Option<StateCode>, How) {
    let name = name.trim();
    if let Some(spelling) = lookup::exact(name)
        && let Ruling::Certain(claim) = rule(spelling.claims(), on)
    {
        return (claim.code(), how(claim.kind, true));
    }
    Found::new(name).answer(on)
}
