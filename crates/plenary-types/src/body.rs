//! [`BodyId`]: who decides, and [`QuestionKind`]: on what kind of question.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// The identifier of a body that decides: lower-case letters, digits and hyphens, first a letter.
///
/// Bodies are open and owned by others, so this is a checked identifier rather than an enum. The
/// constants name those that the other crates know; any other body works the same.
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

    /// What the body is called in English, for those that have a constant here.
    #[must_use]
    pub fn name(&self) -> Option<&'static str> {
        Some(match self.as_str() {
            "unga" => "General Assembly",
            "unsc" => "Security Council",
            "ecosoc" => "Economic and Social Council",
            "hrc" => "Human Rights Council",
            "chr" => "Commission on Human Rights",
            _ => return None,
        })
    }

    /// The identifier as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for BodyId {
    type Err = BodyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let known = [Self::UNGA, Self::UNSC, Self::ECOSOC, Self::HRC, Self::CHR];
        if let Some(body) = known.into_iter().find(|body| body.as_str() == text) {
            return Ok(body);
        }
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
    fn bodies_of_the_united_nations_have_names() {
        for (body, text, name) in [
            (BodyId::UNGA, "unga", "General Assembly"),
            (BodyId::UNSC, "unsc", "Security Council"),
            (BodyId::ECOSOC, "ecosoc", "Economic and Social Council"),
            (BodyId::HRC, "hrc", "Human Rights Council"),
            (BodyId::CHR, "chr", "Commission on Human Rights"),
        ] {
            assert_eq!(text.parse(), Ok(body.clone()));
            assert_eq!((body.as_str(), body.name()), (text, Some(name)));
            assert_eq!(format!("{body} {body:?}"), format!("{text} {text}"));
        }
        assert_eq!("eu-council".parse::<BodyId>().unwrap().name(), None);
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
