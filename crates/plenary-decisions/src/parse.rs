//! The text form of a requirement, read.

use std::str::FromStr;

use crate::clause::Clause;
use crate::lex::{ParseError, Token, TokenKind, lex};
use crate::{Delay, Name, Period, Requirement};

mod clause;
mod comparison;

/// How deep parentheses may nest: more than any rule needs, less than any stack holds.
const DEPTH: usize = 64;

type Parsed<T> = Result<T, ParseError>;

struct Parser<'t> {
    text: &'t str,
    tokens: Vec<Token<'t>>,
    next: usize,
    depth: usize,
}

impl FromStr for Requirement {
    type Err = ParseError;

    fn from_str(text: &str) -> Parsed<Self> {
        let mut parser = Parser::new(text)?;
        let requirement = parser.all()?;
        parser.end("`;`, `or` or the end")?;
        Ok(requirement)
    }
}

impl FromStr for Clause {
    type Err = ParseError;

    fn from_str(text: &str) -> Parsed<Self> {
        Parser::new(text)?.clause()
    }
}

impl FromStr for Period {
    type Err = ParseError;

    fn from_str(text: &str) -> Parsed<Self> {
        let mut parser = Parser::new(text)?;
        let period = parser
            .period()?
            .ok_or_else(|| parser.error("a period such as `30 days`"))?;
        parser.end("the end")?;
        Ok(period)
    }
}

impl FromStr for Delay {
    type Err = ParseError;

    fn from_str(text: &str) -> Parsed<Self> {
        let mut parser = Parser::new(text)?;
        let delay = parser
            .delay()?
            .ok_or_else(|| parser.error("a delay such as `30 days`"))?;
        parser.end("the end")?;
        Ok(delay)
    }
}

impl<'t> Parser<'t> {
    fn new(text: &'t str) -> Parsed<Self> {
        Ok(Self {
            text,
            tokens: lex(text)?,
            next: 0,
            depth: 0,
        })
    }

    fn kind(&self, ahead: usize) -> Option<TokenKind<'t>> {
        self.tokens.get(self.next + ahead).map(|t| t.kind)
    }

    fn error(&self, expected: &'static str) -> ParseError {
        let (at, found) = match self.tokens.get(self.next) {
            Some(token) => (token.at, format!("`{}`", token.kind)),
            None => (self.text.len(), "the end".to_owned()),
        };
        let at = self
            .text
            .get(..at)
            .map_or(at, |before| before.chars().count())
            + 1;
        ParseError {
            at,
            expected,
            found,
        }
    }

    fn end(&self, expected: &'static str) -> Parsed<()> {
        if self.next == self.tokens.len() {
            Ok(())
        } else {
            Err(self.error(expected))
        }
    }

    /// Takes the words if they come next, whatever their case.
    fn take(&mut self, words: &[&str]) -> bool {
        let matches = words.iter().enumerate().all(|(i, word)| {
            matches!(self.kind(i), Some(TokenKind::Word(w)) if w.eq_ignore_ascii_case(word))
        });
        if matches {
            self.next += words.len();
        }
        matches
    }

    fn take_any(&mut self, words: &[&str]) -> bool {
        words.iter().any(|word| self.take(&[word]))
    }

    fn sign(&mut self, sign: char) -> bool {
        let found = self.kind(0) == Some(TokenKind::Sign(sign));
        self.next += usize::from(found);
        found
    }

    fn expect_sign(&mut self, sign: char, expected: &'static str) -> Parsed<()> {
        if self.sign(sign) {
            Ok(())
        } else {
            Err(self.error(expected))
        }
    }

    fn number(&mut self) -> Option<u64> {
        let Some(TokenKind::Number(n)) = self.kind(0) else {
            return None;
        };
        self.next += 1;
        Some(n)
    }

    fn small_number(&mut self, expected: &'static str) -> Parsed<u32> {
        let error = self.error(expected);
        self.number()
            .and_then(|n| u32::try_from(n).ok())
            .ok_or(error)
    }

    fn name(&mut self, expected: &'static str) -> Parsed<Name> {
        let error = self.error(expected);
        let Some(TokenKind::Word(word)) = self.kind(0) else {
            return Err(error);
        };
        let name = word.parse().map_err(|_| error)?;
        self.next += 1;
        Ok(name)
    }

    fn all(&mut self) -> Parsed<Requirement> {
        let mut parts = vec![self.any()?];
        while self.sign(';') {
            parts.push(self.any()?);
        }
        Ok(one_or(parts, Requirement::All))
    }

    fn any(&mut self) -> Parsed<Requirement> {
        let mut parts = vec![self.part()?];
        while self.take(&["or"]) {
            parts.push(self.part()?);
        }
        Ok(one_or(parts, Requirement::Any))
    }

    fn enclosed(&mut self) -> Parsed<Requirement> {
        if self.depth >= DEPTH {
            return Err(self.error("fewer parentheses inside each other"));
        }
        self.expect_sign('(', "`(`")?;
        self.depth += 1;
        let requirement = self.all()?;
        self.depth -= 1;
        self.expect_sign(')', "`)`")?;
        Ok(requirement)
    }

    fn boxed(&mut self) -> Parsed<Box<Requirement>> {
        self.enclosed().map(Box::new)
    }

    fn part(&mut self) -> Parsed<Requirement> {
        if self.kind(0) == Some(TokenKind::Sign('(')) {
            return self.enclosed();
        }
        if self.take(&["not"]) {
            return self.boxed().map(Requirement::Not);
        }
        if self.take(&["should"]) {
            return self.boxed().map(Requirement::Should);
        }
        if self.take(&["among"]) {
            return Ok(Requirement::Among(self.group()?, self.boxed()?));
        }
        if self.take(&["without"]) {
            return Ok(Requirement::Without(self.group()?, self.boxed()?));
        }
        if self.take(&["after"]) {
            let period = self
                .period()?
                .ok_or_else(|| self.error("a period such as `12 months`"))?;
            return Ok(Requirement::After(period, self.boxed()?));
        }
        let first = self.take(&["first", "in"]);
        if first || self.take(&["in"]) {
            let organ = self.name("the name of an organ")?;
            return Ok(Requirement::In {
                organ,
                first,
                requirement: self.boxed()?,
            });
        }
        self.comparison().map(Requirement::Compare)
    }
}

fn one_or(mut parts: Vec<Requirement>, many: fn(Vec<Requirement>) -> Requirement) -> Requirement {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        Some(last) => {
            parts.push(last);
            many(parts)
        }
        None => many(parts),
    }
}
