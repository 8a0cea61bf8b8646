//! [`KeySettings`]: what one key of a column means, as [`resolve_table`](crate::resolve_table) reads each row, without a table around it.

use std::str::FromStr;

use chrono::NaiveDate;
use plenary_states::{CodeSystem, MatchKind, Resolver, entity, name_on};
use plenary_tables::missing_word;
use plenary_types::{Date, StateCode};

use super::{Answer, NameSystem};

/// How the keys of a column are read.
///
/// ```
/// use plenary::{Answer, KeyMatch, KeySettings, NameSystem};
/// use plenary::states::CodeSystem;
///
/// let mut keys = KeySettings::default();
/// keys.from = NameSystem::Code(CodeSystem::Cow);
/// let on = |date: &str| date.parse().ok();
/// let (found, state) = keys.find("365", on("1980"));
/// assert_eq!((found, state), (KeyMatch::Exact, "SUN".parse().ok()));
/// assert_eq!(keys.find("365", on("1991")), (KeyMatch::ChangesWithin, None));
/// let name = state.and_then(|state| keys.answer(Answer::Name, state, on("1980")));
/// assert_eq!(name.as_deref(), Some("Union of Soviet Socialist Republics"));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeySettings {
    /// What the column holds.
    pub from: NameSystem,
    /// Which day of a year or a month counts.
    pub year_as: YearReading,
}

impl KeySettings {
    /// Whom a key means on a date, or at any time, where that is certain, and how it matches.
    #[must_use]
    pub fn find(&self, key: &str, on: Option<Date>) -> (KeyMatch, Option<StateCode>) {
        let resolver = self.resolver();
        let key = key.trim();
        // `NA` is a code of ISO 3166-1 alpha-2.
        if is_missing(key) && resolver.find(key).0.is_none() {
            return (KeyMatch::Missing, None);
        }
        let Some(date) = on else {
            let (code, kind) = resolver.find(key);
            return (KeyMatch::of(kind), code);
        };
        let (first, last) = self.year_as.days(date);
        let (code, kind) = resolver.on(last).find(key);
        if first != last {
            let (earlier, _) = resolver.on(first).find(key);
            if earlier != code {
                return (KeyMatch::ChangesWithin, None);
            }
        }
        let found = match KeyMatch::of(kind) {
            KeyMatch::Unknown if resolver.find(key).1 != MatchKind::Unknown => {
                KeyMatch::NotExistingThen
            }
            found => found,
        };
        (found, code)
    }

    /// What an answer says of a state on a date; nothing where it has no code of the system, or several in the days that count.
    #[must_use]
    pub fn answer(&self, to: Answer, state: StateCode, on: Option<Date>) -> Option<String> {
        answer(to, state, on.map(|date| self.year_as.days(date)))
    }

    pub(super) fn resolver(&self) -> Resolver {
        match self.from {
            NameSystem::Any => Resolver::new().names_or_codes(),
            NameSystem::Name => Resolver::new(),
            NameSystem::Code(system) => Resolver::new().codes(system),
        }
    }
}

/// Whether a cell is empty, or a word for a missing value.
pub(super) fn is_missing(cell: &str) -> bool {
    cell.trim().is_empty() || missing_word(cell).is_some()
}

/// Which day of a year or a month counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum YearReading {
    /// All of them: what changes within the year is not certain.
    #[default]
    Whole,
    /// The first.
    FirstDay,
    /// The last.
    LastDay,
}

/// A text that is no [`YearReading`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected `whole`, `first-day` or `last-day`")]
#[non_exhaustive]
pub struct YearReadingError;

impl FromStr for YearReading {
    type Err = YearReadingError;

    fn from_str(text: &str) -> Result<Self, YearReadingError> {
        match text {
            "whole" => Ok(Self::Whole),
            "first-day" => Ok(Self::FirstDay),
            "last-day" => Ok(Self::LastDay),
            _ => Err(YearReadingError),
        }
    }
}

impl YearReading {
    /// The first and the last day that count.
    pub(super) fn days(self, date: Date) -> (NaiveDate, NaiveDate) {
        let (first, last) = (date.earliest(), date.latest());
        match self {
            Self::Whole => (first, last),
            Self::FirstDay => (first, first),
            Self::LastDay => (last, last),
        }
    }

    #[cfg(feature = "analysis")]
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Whole => "the whole of it",
            Self::FirstDay => "its first day",
            Self::LastDay => "its last day",
        }
    }
}

/// How a key of a column matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum KeyMatch {
    /// A name in use then, or a code.
    Exact,
    /// Another name of it, or a code that it has at another time.
    Alias,
    /// A name in another spelling.
    Folded,
    /// It may mean several.
    Ambiguous,
    /// It means one at the beginning of the year or the month, and another or nobody at its end.
    ChangesWithin,
    /// Nobody whom it means existed then.
    NotExistingThen,
    /// It means nobody.
    Unknown,
    /// There is no key, or a word for a missing value.
    Missing,
    /// The row has no date.
    NoDate,
    /// The date of the row cannot be read.
    UnreadableDate,
}

impl KeyMatch {
    /// All, in the order of a report.
    pub const ALL: [Self; 10] = [
        Self::Exact,
        Self::Alias,
        Self::Folded,
        Self::Ambiguous,
        Self::ChangesWithin,
        Self::NotExistingThen,
        Self::Unknown,
        Self::Missing,
        Self::NoDate,
        Self::UnreadableDate,
    ];

    /// The word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Exact => MatchKind::Exact.as_str(),
            Self::Alias => MatchKind::Alias.as_str(),
            Self::Folded => MatchKind::Folded.as_str(),
            Self::Ambiguous => MatchKind::Ambiguous.as_str(),
            Self::ChangesWithin => "changes-within",
            Self::NotExistingThen => "not-existing-then",
            Self::Unknown => MatchKind::Unknown.as_str(),
            Self::Missing => "missing",
            Self::NoDate => "no-date",
            Self::UnreadableDate => "unreadable-date",
        }
    }

    const fn of(kind: MatchKind) -> Self {
        match kind {
            MatchKind::Exact => Self::Exact,
            MatchKind::Alias => Self::Alias,
            MatchKind::Folded => Self::Folded,
            MatchKind::Ambiguous => Self::Ambiguous,
            _ => Self::Unknown,
        }
    }
}

/// What an answer says of a state; nothing where it has no code of the system, or several in the days that count.
pub(super) fn answer(
    to: Answer,
    code: StateCode,
    days: Option<(NaiveDate, NaiveDate)>,
) -> Option<String> {
    let text = match to {
        Answer::Name => match days {
            Some((_, last)) => name_on(code, last),
            None => entity(code).map(|entity| entity.label()),
        },
        Answer::Code(CodeSystem::Iso3) => return Some(code.to_string()),
        Answer::Code(system) => {
            let of = |day| entity(code)?.code_in(system, day);
            match days {
                Some((first, last)) if of(Some(first)) != of(Some(last)) => None,
                days => of(days.map(|(_, last)| last)),
            }
        }
    };
    text.map(str::to_owned)
}
