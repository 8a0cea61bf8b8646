//! [`BodyId`]: who decides, and [`QuestionKind`]: on what kind of question.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// The identifier of a body that decides: lower-case letters, digits and hyphens, first a letter.
///
/// Bodies are open and owned by others, so this is a checked identifier rather than an enum. The
/// constants are for the readers of sources of the United Nations; any other body works the same.
///
/// ```
/// use plenary_types::BodyId;
///
/// let council: BodyId = "unsc".parse()?;
/// assert_eq!(council, BodyId::UNSC);
/// let parliament: BodyId = "iceland-althing".parse()?;
/// assert!("The Council".parse::<BodyId>().is_err());
/// # Ok::<(), plenary_types::BodyError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BodyId(Cow<'static, str>);

/// Why a text is not a [`BodyId`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{found}` is not a body: expected lower-case letters, digits and hyphens, such as `unga` or `unsc`"
)]
pub struct BodyError {
    /// The text that was refused.
    pub found: String,
}

impl BodyId {
    /// The General Assembly of the United Nations.
    pub const UNGA: Self = Self(Cow::Borrowed("unga"));
    /// The Security Council of the United Nations.
    pub const UNSC: Self = Self(Cow::Borrowed("unsc"));
    /// The Economic and Social Council.
    pub const ECOSOC: Self = Self(Cow::Borrowed("ecosoc"));
    /// The Human Rights Council.
    pub const HRC: Self = Self(Cow::Borrowed("hrc"));
    /// The Commission on Human Rights, 1946 to 2006.
    pub const CHR: Self = Self(Cow::Borrowed("chr"));

    /// The identifier as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for BodyId {
    type Err = BodyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match is_identifier(text) {
            true => Ok(Self(Cow::Owned(text.to_owned()))),
            false => Err(BodyError {
                found: text.to_owned(),
            }),
        }
    }
}

/// Whether a text is lower-case letters, digits and hyphens, first a letter, and no more than 64 of them.
fn is_identifier(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.len() <= 64
        && text.bytes().all(plain)
}

/// A kind of question that a body has, such as `important`, `cloture` or `constitution`: the body says by which rule it decides
/// one. Written like a [`BodyId`].
///
/// ```
/// use plenary_types::QuestionKind;
///
/// let kind: QuestionKind = "cloture-nomination".parse()?;
/// assert_eq!(kind.as_str(), "cloture-nomination");
/// assert!("On the Cloture Motion".parse::<QuestionKind>().is_err());
/// # Ok::<(), plenary_types::QuestionKindError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuestionKind(Box<str>);

/// Why a text is not a [`QuestionKind`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{found}` is not a kind of question: expected lower-case letters, digits and hyphens, such as `important` or `cloture`"
)]
pub struct QuestionKindError {
    /// The text that was refused.
    pub found: String,
}

impl QuestionKind {
    /// The identifier as text.
    #[must_use]
    pub const fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for QuestionKind {
    type Err = QuestionKindError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match is_identifier(text) {
            true => Ok(Self(text.into())),
            false => Err(QuestionKindError {
                found: text.to_owned(),
            }),
        }
    }
}

impl fmt::Display for QuestionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for QuestionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for BodyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for BodyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

crate::text::serde_as_text!(BodyId, QuestionKind);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_are_what_their_texts_are_read_as() {
        for (body, text) in [
            (BodyId::UNGA, "unga"),
            (BodyId::UNSC, "unsc"),
            (BodyId::ECOSOC, "ecosoc"),
            (BodyId::HRC, "hrc"),
            (BodyId::CHR, "chr"),
        ] {
            assert_eq!(text.parse(), Ok(body.clone()));
            assert_eq!(body.as_str(), text);
            assert_eq!(format!("{body} {body:?}"), format!("{text} {text}"));
        }
    }

    #[test]
    fn identifiers_have_at_most_sixty_four_characters() {
        assert!("a".repeat(64).parse::<BodyId>().is_ok());
        assert!("a".repeat(65).parse::<BodyId>().is_err());
    }

    #[test]
    fn identifiers_are_plain() {
        for text in ["", "UNGA", "9body", "-a", "a b", "a_b", "ä"] {
            assert!(text.parse::<BodyId>().is_err(), "{text}");
            assert!(text.parse::<QuestionKind>().is_err(), "{text}");
        }
        let kind: QuestionKind = "important".parse().unwrap();
        assert_eq!(format!("{kind} {kind:?}"), "important important");
        assert_eq!(
            "eu-council".parse::<BodyId>().unwrap().as_str(),
            "eu-council"
        );
    }
}
