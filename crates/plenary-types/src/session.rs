//! [`Session`]: the series in which a body counts its meetings.

use std::fmt;
use std::str::FromStr;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Word, WordError};

/// A session of a body: of one of the series of the United Nations, regular (`73`), special (`S-10`) or emergency special
/// (`ES-11`), or as another body calls it (`WHA74`, `2019-2024`, `109-1`).
///
/// The three series are numbered apart from one another. Until 1975 sessions were written with roman
/// numerals; both are read, and [`fmt::Display`] writes the modern form. Any other session is text, kept and compared as it
/// stands. [`Session::from_str`] reads the series alone, [`Session::read`] anything.
///
/// ```
/// use plenary_types::Session;
///
/// assert_eq!("XXVI".parse::<Session>()?, Session::Regular(26));
/// assert_eq!("ES-11".parse::<Session>()?.to_string(), "ES-11");
/// assert!("WHA74".parse::<Session>().is_err());
/// assert_eq!(Session::read("WHA74")?.to_string(), "WHA74");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Session {
    /// A regular session.
    Regular(u16),
    /// A special session.
    Special(u16),
    /// An emergency special session (A/RES/377(V)\[A\], "Uniting for Peace").
    Emergency(u16),
    /// A session of a body that counts otherwise, as it is printed.
    Named(Word),
}

/// Why a text is not a [`Session`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is not a session: expected a number such as `73`, `XXVI`, `S-10` or `ES-11`")]
pub struct SessionError {
    /// The text that was refused.
    pub found: String,
}

/// Session 1 opened in January 1946; every other opens in the September of a year.
const YEAR_BEFORE_THE_FIRST: i32 = 1945;

impl Session {
    /// Reads a session of any body: of a series of the United Nations, else as it stands.
    ///
    /// # Errors
    ///
    /// [`WordError`] of a text that cannot be printed in a line.
    pub fn read(text: &str) -> Result<Self, WordError> {
        let of_series = text.parse();
        of_series.or_else(|_: SessionError| Word::new(text).map(Self::Named))
    }

    /// The number within its series; nothing for a session that is in none.
    #[must_use]
    pub const fn number(self) -> Option<u16> {
        match self {
            Self::Regular(n) | Self::Special(n) | Self::Emergency(n) => Some(n),
            Self::Named(_) => None,
        }
    }

    /// The year in which a regular session of the General Assembly opens, 1946 for the first. The other series follow no
    /// calendar.
    ///
    /// ```
    /// use plenary_types::Session;
    ///
    /// assert_eq!(Session::Regular(73).opening_year(), Some(2018));
    /// assert_eq!(Session::Emergency(11).opening_year(), None);
    /// ```
    #[must_use]
    pub const fn opening_year(self) -> Option<i32> {
        match self {
            Self::Regular(n) => Some(YEAR_BEFORE_THE_FIRST + n as i32),
            Self::Special(_) | Self::Emergency(_) | Self::Named(_) => None,
        }
    }

    /// The form with roman numerals that documents used until 1975: `XXVI`, `S-VI`, `ES-V`.
    #[must_use]
    pub fn to_roman(self) -> String {
        match self.parts() {
            Ok((prefix, number)) => format!("{prefix}{}", roman(number)),
            Err(word) => word.to_string(),
        }
    }

    /// The prefix of the series and the number in it, else the session as it stands.
    pub(crate) const fn parts(self) -> Result<(&'static str, u16), Word> {
        match self {
            Self::Regular(n) => Ok(("", n)),
            Self::Special(n) => Ok(("S-", n)),
            Self::Emergency(n) => Ok(("ES-", n)),
            Self::Named(word) => Err(word),
        }
    }
}

impl fmt::Display for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (prefix, number) = match self.parts() {
            Ok(parts) => parts,
            Err(word) => return word.fmt(f),
        };
        match f.width().or(f.precision()) {
            Some(_) => f.pad(&format!("{prefix}{number}")),
            None => write!(f, "{prefix}{number}"),
        }
    }
}

impl FromStr for Session {
    type Err = SessionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let after = |prefix: &str| {
            let (start, rest) = text.split_at_checked(prefix.len())?;
            start.eq_ignore_ascii_case(prefix).then_some(rest)
        };
        let (series, number): (fn(u16) -> Self, &str) = if let Some(rest) = after("ES-") {
            (Self::Emergency, rest)
        } else if let Some(rest) = after("S-") {
            (Self::Special, rest)
        } else {
            (Self::Regular, text)
        };
        arabic(number)
            .or_else(|| from_roman(&number.to_ascii_uppercase()))
            .map(series)
            .ok_or_else(|| SessionError {
                found: text.to_owned(),
            })
    }
}

impl Serialize for Session {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Session {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::read(&text).map_err(D::Error::custom)
    }
}

fn arabic(text: &str) -> Option<u16> {
    let plain = !text.starts_with(['0', '+']) && text.len() <= 3;
    plain.then(|| text.parse().ok()).flatten()
}

const NUMERALS: [(u16, &str); 9] = [
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
];

fn roman(mut number: u16) -> String {
    let mut text = String::new();
    for (value, numeral) in NUMERALS {
        while number >= value {
            text.push_str(numeral);
            number -= value;
        }
    }
    text
}

fn from_roman(text: &str) -> Option<u16> {
    let mut rest = text;
    let mut number = 0u16;
    for (value, numeral) in NUMERALS {
        while let Some(shorter) = rest.strip_prefix(numeral) {
            rest = shorter;
            number = number.checked_add(value)?;
        }
    }
    (rest.is_empty() && number > 0 && roman(number) == text).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roman_numerals_round_trip_and_sloppy_ones_are_refused() {
        for number in 1..400 {
            assert_eq!(from_roman(&roman(number)), Some(number));
        }
        for text in ["", "IIII", "VX", "IC", "ABC"] {
            assert_eq!(from_roman(text), None, "{text}");
        }
    }

    #[test]
    fn only_regular_sessions_open_by_the_calendar() {
        for (session, year) in [
            (Session::Regular(1), Some(1946)),
            (Session::Regular(73), Some(2018)),
            (Session::Special(6), None),
            (Session::Emergency(11), None),
        ] {
            assert_eq!(session.opening_year(), year, "{session}");
        }
    }

    #[test]
    fn every_series_has_numbers_of_its_own() {
        for (session, number, modern, roman) in [
            (Session::Regular(26), 26, "26", "XXVI"),
            (Session::Special(6), 6, "S-6", "S-VI"),
            (Session::Emergency(11), 11, "ES-11", "ES-XI"),
            (Session::Regular(999), 999, "999", "CCCCCCCCCXCIX"),
        ] {
            assert_eq!(session.number(), Some(number));
            assert_eq!(session.to_string(), modern);
            assert_eq!(session.to_roman(), roman);
            assert_eq!(modern.parse(), Ok(session));
            assert_eq!(roman.to_lowercase().parse(), Ok(session));
        }
    }

    #[test]
    fn a_session_of_another_body_is_kept_as_it_stands() {
        for text in ["WHA74", "2019-2024", "GC(62)", "109-1", "073", "S-X1"] {
            let session = Session::read(text).unwrap();
            assert_eq!((session.number(), session.opening_year()), (None, None));
            assert_eq!([session.to_string(), session.to_roman()], [text, text]);
            assert_eq!(format!("{session:>10}|"), format!("{text:>10}|"));
            let json = serde_json::to_value(session).unwrap();
            assert_eq!(json, text);
            assert_eq!(serde_json::from_value::<Session>(json).unwrap(), session);
        }
        assert_eq!(Session::read("XXVI"), Ok(Session::Regular(26)));
        assert_eq!(Session::read(" "), Err(WordError::Empty));
    }

    #[test]
    fn only_numbers_in_a_series_are_sessions_of_the_united_nations() {
        for text in ["", "0", "073", "-1", "S-", "ES-0", "73rd", "10emsp", "1000"] {
            assert!(text.parse::<Session>().is_err(), "{text}");
        }
    }
}
