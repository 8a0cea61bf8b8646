//! Rows of codes, and the systems that they are of.

use std::fmt;
use std::str::FromStr;

use plenary_types::Span;

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
#[non_exhaustive]
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
