//! [`Issue`]: what a vote is about, as the data of Erik Voeten and others code it.

use std::fmt;
use std::str::FromStr;

/// One of the six issues by which *United Nations General Assembly Voting Data* codes roll calls. A vote may have several, or none.
///
/// ```
/// use plenary_types::Issue;
///
/// assert_eq!("me".parse(), Ok(Issue::PalestinianConflict));
/// assert_eq!("Human rights".parse(), Ok(Issue::HumanRights));
/// assert_eq!(Issue::Colonialism.code(), "co");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Issue {
    /// The Palestinian conflict.
    PalestinianConflict,
    /// Nuclear weapons and nuclear material.
    NuclearWeapons,
    /// Arms control and disarmament.
    ArmsControl,
    /// Colonialism.
    Colonialism,
    /// Human rights.
    HumanRights,
    /// Economic development.
    EconomicDevelopment,
}

/// Why a text is not an [`Issue`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "unknown issue `{}` (expected `me`, `nu`, `di`, `co`, `hr` or `ec`, or its name)",
    crate::brief(found)
)]
pub struct IssueError {
    /// The text that was refused.
    pub found: String,
}

impl Issue {
    /// All of them, in the order in which the data set lists them.
    pub const ALL: [Self; 6] = [
        Self::PalestinianConflict,
        Self::NuclearWeapons,
        Self::ArmsControl,
        Self::Colonialism,
        Self::HumanRights,
        Self::EconomicDevelopment,
    ];

    /// Its code in the data set: two letters.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::PalestinianConflict => "me",
            Self::NuclearWeapons => "nu",
            Self::ArmsControl => "di",
            Self::Colonialism => "co",
            Self::HumanRights => "hr",
            Self::EconomicDevelopment => "ec",
        }
    }

    /// Its name in the data set.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PalestinianConflict => "Palestinian conflict",
            Self::NuclearWeapons => "Nuclear weapons and nuclear material",
            Self::ArmsControl => "Arms control and disarmament",
            Self::Colonialism => "Colonialism",
            Self::HumanRights => "Human rights",
            Self::EconomicDevelopment => "Economic development",
        }
    }
}

/// By the code.
impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Issue {
    type Err = IssueError;

    /// Reads a code or a name, in any capitals.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let is_meant = |issue: &Self| {
            issue.code().eq_ignore_ascii_case(text) || issue.name().eq_ignore_ascii_case(text)
        };
        let found = || IssueError {
            found: text.to_owned(),
        };
        Self::ALL.into_iter().find(is_meant).ok_or_else(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_are_read_in_any_capitals_and_nothing_else() {
        for issue in Issue::ALL {
            assert_eq!(issue.code().to_uppercase().parse(), Ok(issue));
            assert_eq!(format!(" {} ", issue.name()).parse(), Ok(issue));
            assert_eq!(issue.to_string().parse(), Ok(issue));
        }
        let error = "rights".parse::<Issue>().unwrap_err();
        assert_eq!(error.found, "rights");
    }
}
