//! [`Name`]: what a requirement calls a group, a table of weights or another organ.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// A name in a requirement: a letter, then letters, digits, `-` or `_`; not a word of the grammar.
///
/// ```
/// use plenary_decisions::Name;
///
/// assert!("P5".parse::<Name>().is_ok());
/// assert!("voting-power".parse::<Name>().is_ok());
/// assert!("members".parse::<Name>().is_err());
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(Arc<str>);

/// Why a text is not a [`Name`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{found}` cannot be a name: expected a letter, then letters, digits, `-` or `_`, and no word of the grammar"
)]
#[non_exhaustive]
pub struct NameError {
    /// The text that was refused.
    pub found: String,
}

/// The words of the grammar, which cannot name a group or a table.
pub(crate) const KEYWORDS: &[&str] = &[
    "a",
    "abstaining",
    "after",
    "against",
    "all",
    "among",
    "and",
    "any",
    "anybody",
    "at",
    "attending",
    "cast",
    "day",
    "days",
    "everybody",
    "exactly",
    "favour",
    "fewer",
    "first",
    "half",
    "in",
    "instrument",
    "instruments",
    "least",
    "less",
    "majority",
    "member",
    "members",
    "month",
    "months",
    "more",
    "most",
    "no",
    "nobody",
    "not",
    "of",
    "or",
    "present",
    "represented",
    "should",
    "than",
    "the",
    "vote",
    "votes",
    "voting",
    "without",
    "year",
    "years",
];

impl Name {
    /// The text of the name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

pub(crate) fn is_keyword(word: &str) -> bool {
    KEYWORDS.iter().any(|k| word.eq_ignore_ascii_case(k))
}

impl FromStr for Name {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let shaped = text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        if shaped && !is_keyword(text) {
            Ok(Self(text.into()))
        } else {
            Err(NameError {
                found: text.to_owned(),
            })
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

crate::serde_text::serde_as_text!(Name);
