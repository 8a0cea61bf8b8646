//! [`Pattern`]: how a body writes its symbols and its sessions.

use std::fmt;

/// The form of a symbol or a session of a body, such as `A/RES/<session>/<n>`.
///
/// A pattern is text with places: `<n>` is a number, `<year>` a year of four digits, and `<session>` the session of a body, which is
/// letters, digits and hyphens. There is nothing else: no alternatives and no repetition. A body lists one pattern for each form.
///
/// ```
/// use plenary_bodies::Pattern;
///
/// let resolution: Pattern = "A/RES/<session>/<n>".parse()?;
/// let parts = resolution.parts("A/RES/ES-11/3").unwrap();
/// assert_eq!((parts.session, parts.number), (Some("ES-11"), Some(3)));
/// assert!(!resolution.matches("A/73/PV.60"));
/// assert!("A/<meeting>".parse::<Pattern>().is_err());
/// # Ok::<(), plenary_bodies::PatternError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    text: String,
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Literal(String),
    Number,
    Year,
    Session,
}

/// What stands in the places of a [`Pattern`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PatternParts<'t> {
    /// The number of `<n>`; the last of several.
    pub number: Option<u32>,
    /// The year of `<year>`.
    pub year: Option<u16>,
    /// The text of `<session>`.
    pub session: Option<&'t str>,
}

/// Why a text is not a [`Pattern`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PatternError {
    /// Something else between angle brackets.
    #[error("unknown place `<{place}>` in `{pattern}` (expected `<n>`, `<year>` or `<session>`)")]
    Place {
        /// The pattern.
        pattern: String,
        /// What stands between the brackets.
        place: String,
    },
    /// Without a place it would match one text only.
    #[error(
        "`{pattern}` has no place that changes (expected `<n>`, `<year>` or `<session>` in it)"
    )]
    Constant {
        /// The pattern.
        pattern: String,
    },
    /// Two places side by side, a digit behind a number, or two sessions.
    #[error(
        "it is not clear where a place of `{pattern}` ends (expected one `<session>` at most, and text without digits between places)"
    )]
    Unclear {
        /// The pattern.
        pattern: String,
    },
    /// Longer than a pattern can be.
    #[error("a pattern of {bytes} bytes is too long (expected at most {limit})", limit = LONGEST)]
    TooLong {
        /// How long it is.
        bytes: usize,
    },
}

const LONGEST: usize = 120;
/// No symbol that is longer matches.
const LONGEST_TEXT: usize = 240;

impl std::str::FromStr for Pattern {
    type Err = PatternError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() > LONGEST {
            return Err(PatternError::TooLong { bytes: text.len() });
        }
        let pattern = || text.to_owned();
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((literal, after)) = rest.split_once('<') {
            push(&mut pieces, literal);
            let place = |place: &str| PatternError::Place {
                pattern: pattern(),
                place: place.to_owned(),
            };
            let (name, after) = after.split_once('>').ok_or_else(|| place(after))?;
            let piece = match name {
                "n" => Piece::Number,
                "year" => Piece::Year,
                "session" if !pieces.contains(&Piece::Session) => Piece::Session,
                "session" => return Err(PatternError::Unclear { pattern: pattern() }),
                name => return Err(place(name)),
            };
            let follows_a_place = matches!(
                pieces.last(),
                Some(Piece::Number | Piece::Year | Piece::Session)
            );
            let digits_follow =
                piece == Piece::Number && after.starts_with(|c: char| c.is_ascii_digit());
            if follows_a_place || digits_follow {
                return Err(PatternError::Unclear { pattern: pattern() });
            }
            pieces.push(piece);
            rest = after;
        }
        push(&mut pieces, rest);
        match pieces
            .iter()
            .all(|piece| matches!(piece, Piece::Literal(_)))
        {
            true => Err(PatternError::Constant { pattern: pattern() }),
            false => Ok(Self {
                text: pattern(),
                pieces,
            }),
        }
    }
}

fn push(pieces: &mut Vec<Piece>, literal: &str) {
    if !literal.is_empty() {
        pieces.push(Piece::Literal(literal.to_owned()));
    }
}

impl Pattern {
    /// The pattern as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether a text is of this form.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        self.parts(text).is_some()
    }

    /// What stands in the places of a text of this form; `None` for any other text.
    #[must_use]
    pub fn parts<'t>(&self, text: &'t str) -> Option<PatternParts<'t>> {
        (text.len() <= LONGEST_TEXT)
            .then(|| fill(&self.pieces, text))
            .flatten()
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

/// Fills the places from the left. A number takes all digits, so that only the one session is tried at several lengths.
fn fill<'t>(pieces: &[Piece], text: &'t str) -> Option<PatternParts<'t>> {
    let Some((piece, pieces)) = pieces.split_first() else {
        return text.is_empty().then(PatternParts::default);
    };
    let run = |fits: fn(char) -> bool| text.find(|c| !fits(c)).unwrap_or(text.len());
    match piece {
        Piece::Literal(literal) => fill(pieces, text.strip_prefix(literal.as_str())?),
        Piece::Year => {
            let (year, rest) = text.split_at_checked(4)?;
            let digits = year.bytes().all(|byte| byte.is_ascii_digit());
            let year = digits.then(|| year.parse().ok()).flatten()?;
            let parts = fill(pieces, rest)?;
            Some(PatternParts {
                year: parts.year.or(Some(year)),
                ..parts
            })
        }
        Piece::Number => {
            let (number, rest) = text.split_at_checked(run(|c| c.is_ascii_digit()))?;
            let number = (number.len() <= 9).then(|| number.parse().ok()).flatten()?;
            let parts = fill(pieces, rest)?;
            Some(PatternParts {
                number: parts.number.or(Some(number)),
                ..parts
            })
        }
        Piece::Session => {
            let most = run(|c| c.is_ascii_alphanumeric() || c == '-').min(24);
            (1..=most).rev().find_map(|length| {
                let (session, rest) = text.split_at_checked(length)?;
                let parts = fill(pieces, rest)?;
                Some(PatternParts {
                    session: parts.session.or(Some(session)),
                    ..parts
                })
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(pattern: &str, text: &str) -> Option<(Option<u32>, Option<u16>, Option<String>)> {
        let pattern: Pattern = pattern.parse().unwrap();
        let parts = pattern.parts(text)?;
        Some((parts.number, parts.year, parts.session.map(str::to_owned)))
    }

    #[test]
    fn a_pattern_says_what_stands_in_its_places() {
        for (pattern, text, found) in [
            (
                "A/RES/<session>/<n>",
                "A/RES/73/195",
                Some((Some(195), None, Some("73"))),
            ),
            (
                "A/RES/<n>(<session>)",
                "A/RES/2758(XXVI)",
                Some((Some(2758), None, Some("XXVI"))),
            ),
            ("A/RES/<session>/<n>", "A/RES/73/", None),
            ("A/RES/<session>/<n>", "A/RES/73/195[A]", None),
            (
                "S/RES/<n>(<year>)",
                "S/RES/2623(2022)",
                Some((Some(2623), Some(2022), None)),
            ),
            ("S/RES/<n>(<year>)", "S/RES/2623(22)", None),
            ("<n>-<n>", "109-1", Some((Some(1), None, None))),
            ("<n>-<n>", "109", None),
            ("<n>", "7", Some((Some(7), None, None))),
            ("<n>", "7b", None),
            ("<year>-X<n>", "2020-X3", Some((Some(3), Some(2020), None))),
            ("<year>", "2020", Some((None, Some(2020), None))),
            (
                "(EU) <year>/<n>",
                "(EU) 2015/1601",
                Some((Some(1601), Some(2015), None)),
            ),
            ("<session>-<n>", "a-b-3", Some((Some(3), None, Some("a-b")))),
            ("WHA<n>.<n>", "WHA74.7", Some((Some(7), None, None))),
        ] {
            let found = found.map(|(n, year, session)| (n, year, session.map(str::to_owned)));
            assert_eq!(parts(pattern, text), found, "{text} by {pattern}");
        }
    }

    #[test]
    fn a_text_that_is_no_pattern_says_why() {
        for (text, reason) in [
            ("A/<meeting>", "unknown place `<meeting>`"),
            ("A/RES/1", "has no place that changes"),
            ("", "has no place that changes"),
            (
                "<n><year>",
                "it is not clear where a place of `<n><year>` ends",
            ),
            ("<n>1", "it is not clear where"),
            ("<session>/<session>", "it is not clear where"),
            ("A/<", "unknown place `<>`"),
            ("A/<n", "unknown place `<n>`"),
        ] {
            let error = text.parse::<Pattern>().unwrap_err().to_string();
            assert!(error.contains(reason), "{text}: {error}");
        }
        assert!("x<n>".repeat(40).parse::<Pattern>().is_err());
    }

    #[test]
    fn a_text_of_many_digits_is_refused_quickly() {
        let pattern: Pattern = "<n>.<n>.<n>.<n>.<n>.<n>".parse().unwrap();
        assert!(!pattern.matches(&"1".repeat(240)));
        assert!(!pattern.matches(&"1.".repeat(120)));
        assert!(!pattern.matches(&"1".repeat(100_000)));
    }
}
