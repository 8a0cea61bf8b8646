//! Words, numbers, days and signs of the text form.

use std::fmt;

use chrono::NaiveDate;

use plenary_types::Invariant;

/// Why a text is not a requirement or a clause.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("at character {at}: expected {expected}, found {found}")]
#[non_exhaustive]
pub struct ParseError {
    /// The character at which reading stopped, counted from 1.
    pub at: usize,
    /// What would have been understood there.
    pub expected: &'static str,
    /// What is there.
    pub found: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind<'t> {
    Word(&'t str),
    /// A participant with a kind: `person:x`, up to what cannot be in an identifier.
    Identity(&'t str),
    Number(u64),
    Decimal(&'t str),
    Day(NaiveDate),
    Sign(char),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Token<'t> {
    pub(crate) kind: TokenKind<'t>,
    /// The byte at which it starts.
    pub(crate) at: usize,
}

impl fmt::Display for TokenKind<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(text) | Self::Identity(text) | Self::Decimal(text) => f.write_str(text),
            Self::Number(n) => write!(f, "{n}"),
            Self::Day(day) => write!(f, "{day}"),
            Self::Sign(sign) => write!(f, "{sign}"),
        }
    }
}

pub(crate) fn lex(text: &str) -> Result<Vec<Token<'_>>, ParseError> {
    let mut tokens = Vec::new();
    let mut at = 0;
    let from = |at: usize| text.get(at..).invariant("a token ends at a character");
    while let Some(c) = from(at).chars().next() {
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let (kind, length) = token(from(at), c).ok_or_else(|| unknown(text, at, c))?;
        tokens.push(Token { kind, at });
        at += length;
    }
    Ok(tokens)
}

fn unknown(text: &str, at: usize, c: char) -> ParseError {
    ParseError {
        at: text.get(..at).map_or(0, |before| before.chars().count()) + 1,
        expected: "a word, a number or one of `; ( ) { } , / %`",
        found: format!("`{c}`"),
    }
}

fn token(rest: &str, c: char) -> Option<(TokenKind<'_>, usize)> {
    if c.is_ascii_alphabetic() {
        let word = prefix(rest, |c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        return Some(match rest.get(word.len()..) {
            Some(behind) if behind.starts_with(':') => {
                // Only a printed name has blanks inside.
                let identity = prefix(rest, |c| {
                    let is_end = c.is_whitespace() && word != "text";
                    !is_end && !matches!(c, ',' | ';' | '{' | '}' | '"' | '`')
                });
                let identity = identity.trim_end();
                (TokenKind::Identity(identity), identity.len())
            }
            _ => (TokenKind::Word(word), word.len()),
        });
    }
    if c.is_ascii_digit() {
        return numeric(rest);
    }
    ";(){},/%".contains(c).then_some((TokenKind::Sign(c), 1))
}

fn numeric(rest: &str) -> Option<(TokenKind<'_>, usize)> {
    let day = rest
        .get(..10)
        .filter(|d| d.as_bytes().get(4) == Some(&b'-'));
    if let Some(day) = day.and_then(|d| d.parse().ok()) {
        return Some((TokenKind::Day(day), 10));
    }
    let digits = prefix(rest, |c| c.is_ascii_digit());
    let after = rest
        .get(digits.len()..)
        .invariant("the digits are the beginning of the rest");
    if let Some(decimals) = after
        .strip_prefix('.')
        .map(|d| prefix(d, |c| c.is_ascii_digit()))
    {
        let length = digits.len() + 1 + decimals.len();
        return (!decimals.is_empty())
            .then(|| {
                rest.get(..length)
                    .map(|text| (TokenKind::Decimal(text), length))
            })
            .flatten();
    }
    Some((TokenKind::Number(digits.parse().ok()?), digits.len()))
}

fn prefix(text: &str, belongs: impl Fn(char) -> bool) -> &str {
    let end = text.find(|c| !belongs(c)).unwrap_or(text.len());
    text.get(..end).invariant("the end is that of a character")
}
