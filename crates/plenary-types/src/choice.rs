//! [`Choice`]: what one member did in a recorded vote.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What one member did in a recorded vote.
///
/// The first four count towards the membership total; [`Choice::NotEligible`] marks a name on the
/// list that was not a member or was not allowed to take part (UNBIS manual, field 967 `$b`, status 9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum Choice {
    /// In favour.
    Yes,
    /// Against.
    No,
    /// Abstaining. Not "present and voting" in the General Assembly (rule 86).
    Abstain,
    /// Absent, present without voting, or barred under Article 19 of the Charter: the records do
    /// not tell these apart.
    NonVoting,
    /// On the list without a vote: not a member, or its participation was suspended.
    NotEligible,
}

/// Why a word is not a [`Choice`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{found}` is not a choice: expected `yes`, `no`, `abstain`, `non-voting` or `not-eligible`"
)]
pub struct ChoiceError {
    /// The word that was refused.
    pub found: String,
}

impl Choice {
    /// Every choice, in the order in which tallies print them.
    pub const ALL: [Self; 5] = [
        Self::Yes,
        Self::No,
        Self::Abstain,
        Self::NonVoting,
        Self::NotEligible,
    ];

    /// The word used in documents and on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Abstain => "abstain",
            Self::NonVoting => "non-voting",
            Self::NotEligible => "not-eligible",
        }
    }

    /// Whether the member is "present and voting": cast an affirmative or a negative vote
    /// (General Assembly rules 86 and 126).
    #[must_use]
    pub const fn is_voting(self) -> bool {
        matches!(self, Self::Yes | Self::No)
    }

    /// Whether the name counts towards the members of the body.
    #[must_use]
    pub const fn counts_as_member(self) -> bool {
        !matches!(self, Self::NotEligible)
    }
}

impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Choice {
    type Err = ChoiceError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|choice| choice.as_str() == text)
            .ok_or_else(|| ChoiceError {
                found: text.to_owned(),
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_round_trip() {
        for choice in Choice::ALL {
            assert_eq!(choice.as_str().parse(), Ok(choice));
            assert_eq!(choice.to_string(), choice.as_str());
        }
        assert!("Yes".parse::<Choice>().is_err());
    }

    #[test]
    fn abstaining_is_not_voting_and_the_absent_are_members() {
        for (choice, voting, member) in [
            (Choice::Yes, true, true),
            (Choice::No, true, true),
            (Choice::Abstain, false, true),
            (Choice::NonVoting, false, true),
            (Choice::NotEligible, false, false),
        ] {
            assert_eq!(choice.is_voting(), voting, "{choice}");
            assert_eq!(choice.counts_as_member(), member, "{choice}");
        }
    }
}
