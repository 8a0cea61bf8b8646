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

    /// The choice that a word of a publication means: the words of documents, what reports write for them, and the letters
    /// of the Library. Capitals, outer spaces, hyphens and underscores make no difference.
    ///
    /// A number means a vote only by the codebook of its source, and a blank only where a source says what it leaves blank, so
    /// neither is here. This is the one list of such words: every reader has its own source's words, and after them these.
    ///
    /// ```
    /// use plenary_types::Choice;
    ///
    /// assert_eq!(Choice::from_word("In favour"), Some(Choice::Yes));
    /// assert_eq!(Choice::from_word("abstained"), Some(Choice::Abstain));
    /// assert_eq!(Choice::from_word("perhaps"), None);
    /// ```
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        let known = WORDS.iter().find(|(known, _)| is_word(word, known));
        known.map(|(_, choice)| *choice)
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

/// The words of [`Choice::from_word`], in lower case and with spaces.
const WORDS: [(&str, Choice); 28] = [
    ("yes", Choice::Yes),
    ("y", Choice::Yes),
    ("for", Choice::Yes),
    ("in favour", Choice::Yes),
    ("in favor", Choice::Yes),
    ("aye", Choice::Yes),
    ("yea", Choice::Yes),
    ("no", Choice::No),
    ("n", Choice::No),
    ("against", Choice::No),
    ("nay", Choice::No),
    ("abstain", Choice::Abstain),
    ("a", Choice::Abstain),
    ("abstaining", Choice::Abstain),
    ("abstained", Choice::Abstain),
    ("abstains", Choice::Abstain),
    ("abstention", Choice::Abstain),
    ("non voting", Choice::NonVoting),
    ("nonvoting", Choice::NonVoting),
    ("x", Choice::NonVoting),
    ("nv", Choice::NonVoting),
    ("not voting", Choice::NonVoting),
    ("did not vote", Choice::NonVoting),
    ("absent", Choice::NonVoting),
    ("not present", Choice::NonVoting),
    ("not eligible", Choice::NotEligible),
    ("not a member", Choice::NotEligible),
    ("not member", Choice::NotEligible),
];

/// Whether a text is a known word but for capitals, outer spaces, and hyphens or underscores for spaces.
fn is_word(text: &str, known: &str) -> bool {
    let plain = |c: char| match c {
        '-' | '_' => ' ',
        c => c.to_ascii_lowercase(),
    };
    text.trim().chars().map(plain).eq(known.chars())
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
    fn every_word_of_a_publication_means_one_choice_in_any_capitals() {
        for (choice, words) in [
            (
                Choice::Yes,
                "y|Yes|FOR|in favour|In Favor|aye|Yea|in-favour",
            ),
            (Choice::No, "N|no| against |Nay"),
            (
                Choice::Abstain,
                "A|abstain|abstaining|abstained|Abstains|Abstention",
            ),
            (
                Choice::NonVoting,
                "x|NV|non-voting|non_voting|Nonvoting|not voting|absent|did not vote",
            ),
            (
                Choice::NotEligible,
                "not-eligible|Not eligible|not a member",
            ),
        ] {
            assert_eq!(Choice::from_word(choice.as_str()), Some(choice));
            for word in words.split('|') {
                assert_eq!(Choice::from_word(word), Some(choice), "{word}");
            }
        }
        for word in [
            "",
            " ",
            "perhaps",
            "1",
            "9",
            "ye",
            "yess",
            "AN",
            "in  favour",
        ] {
            assert_eq!(Choice::from_word(word), None, "{word}");
        }
        for (at, (word, _)) in WORDS.iter().enumerate() {
            let mut before = WORDS.iter().take(at);
            assert!(before.all(|(other, _)| other != word), "{word}");
        }
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
