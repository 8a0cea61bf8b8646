//! Codes of other systems, with their dates.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use plenary_types::{Span, StateCode};

use crate::entity::Entity;
use crate::explain::{self, Resolution};
use crate::judge::{Ruling, rule};
use crate::lookup;

/// A system of codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CodeSystem {
    /// ISO 3166-1 alpha-2, withdrawn ones included: `FR`, `SU`.
    Iso2,
    /// ISO 3166-1 alpha-3, withdrawn ones included: `FRA`, `ZAR`. For other participants the code that
    /// this project gives them.
    Iso3,
    /// ISO 3166-1 numeric, three digits.
    IsoNumeric,
    /// The four letters of ISO 3166-3 for a withdrawn name: `SUHH`.
    Iso3166Part3,
    /// The M49 code of the United Nations Statistics Division, three digits.
    M49,
    /// The number of the Correlates of War project, version 2016.
    Cow,
    /// The letters of the Correlates of War project. They collide with ISO: `AUS` is Austria.
    CowLetters,
    /// The number of Gleditsch and Ward.
    GleditschWard,
    /// The code in the voting records of the UN Digital Library.
    Undl,
}

impl CodeSystem {
    /// All systems.
    pub const ALL: [Self; 9] = [
        Self::Iso2,
        Self::Iso3,
        Self::IsoNumeric,
        Self::Iso3166Part3,
        Self::M49,
        Self::Cow,
        Self::CowLetters,
        Self::GleditschWard,
        Self::Undl,
    ];

    /// The identifier in data and on the command line, such as `iso2` or `cow`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Iso2 => "iso2",
            Self::Iso3 => "iso3",
            Self::IsoNumeric => "numeric",
            Self::Iso3166Part3 => "iso3166-3",
            Self::M49 => "m49",
            Self::Cow => "cow",
            Self::CowLetters => "cow-letters",
            Self::GleditschWard => "gw",
            Self::Undl => "undl",
        }
    }
}

impl fmt::Display for CodeSystem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A text that is not the identifier of a [`CodeSystem`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{found}` is not a system of codes: expected iso2, iso3, numeric, iso3166-3, m49, cow, cow-letters, gw or undl"
)]
pub struct CodeSystemError {
    /// The text that was refused.
    pub found: String,
}

impl FromStr for CodeSystem {
    type Err = CodeSystemError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut all = Self::ALL.into_iter();
        all.find(|system| system.as_str() == text)
            .ok_or_else(|| CodeSystemError {
                found: text.to_owned(),
            })
    }
}

/// A code of an entity in a span of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeSpell {
    /// The system.
    pub system: CodeSystem,
    /// The code as the system writes it.
    pub value: &'static str,
    /// When it means the entity.
    pub span: Span,
    /// Where this comes from.
    pub basis: &'static str,
}

impl Entity {
    /// Its codes in all systems, with their days.
    #[must_use]
    pub const fn codes(self) -> &'static [CodeSpell] {
        self.0.codes
    }

    /// Its code in a system on a day; without a day, the current or last one.
    ///
    /// ```
    /// use plenary_states::{CodeSystem, entity};
    /// use chrono::NaiveDate;
    ///
    /// let germany = entity("DEU".parse()?).unwrap();
    /// assert_eq!(germany.code_in(CodeSystem::Cow, None), Some("255"));
    /// assert_eq!(germany.code_in(CodeSystem::Cow, NaiveDate::from_ymd_opt(1980, 1, 1)), Some("260"));
    /// # Ok::<(), plenary_types::CodeError>(())
    /// ```
    #[must_use]
    pub fn code_in(self, system: CodeSystem, on: Option<NaiveDate>) -> Option<&'static str> {
        let mut codes = self.0.codes.iter().filter(|code| code.system == system);
        let found = match on {
            Some(day) => codes.find(|code| code.span.contains(day)),
            None => codes.max_by_key(|code| code.span.to.unwrap_or(NaiveDate::MAX)),
        };
        found.map(|code| code.value)
    }
}

/// The entity that a code means, when that is certain.
///
/// Case and leading zeros do not matter. With a date, the entity must have existed then, so that one
/// code may mean several: the Correlates of War number 365 is the USSR and the Russian Federation.
///
/// ```
/// use plenary_states::{CodeSystem, resolve_code};
/// use chrono::NaiveDate;
///
/// let day = |year| NaiveDate::from_ymd_opt(year, 6, 1);
/// assert_eq!(resolve_code(CodeSystem::Cow, "365", day(1980)), "SUN".parse().ok());
/// assert_eq!(resolve_code(CodeSystem::Cow, "365", day(2000)), "RUS".parse().ok());
/// assert_eq!(resolve_code(CodeSystem::Cow, "365", None), None);
/// assert_eq!(resolve_code(CodeSystem::Iso2, "NA", None), "NAM".parse().ok());
/// ```
#[must_use]
pub fn resolve_code(system: CodeSystem, code: &str, on: Option<NaiveDate>) -> Option<StateCode> {
    let spelling = lookup::code(system, code)?;
    match rule(spelling.claims(), on) {
        Ruling::Certain(claim) => claim.code(),
        Ruling::Several(_) | Ruling::Nobody => None,
    }
}

/// As [`resolve_code`], with the candidates and the reasons.
#[must_use]
pub fn explain_code(system: CodeSystem, code: &str, on: Option<NaiveDate>) -> Resolution {
    match lookup::code(system, code) {
        Some(spelling) => explain::of_code(spelling, system, on),
        None => Resolution::unknown(),
    }
}
