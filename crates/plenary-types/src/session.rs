//! [`Session`]: the series in which a body counts its meetings.

use std::fmt;
use std::str::FromStr;

/// A session of a body: regular (`73`), special (`S-10`) or emergency special (`ES-11`).
///
/// The three series are numbered apart from one another. Until 1975 sessions were written with roman
/// numerals; both are read, and [`fmt::Display`] writes the modern form.
///
/// ```
/// use plenary_types::Session;
///
/// assert_eq!("XXVI".parse::<Session>()?, Session::Regular(26));
/// assert_eq!("ES-11".parse::<Session>()?.to_string(), "ES-11");
/// # Ok::<(), plenary_types::SessionError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Session {
    /// A regular session.
    Regular(u16),
    /// A special session.
    Special(u16),
    /// An emergency special session (A/RES/377(V)\[A\], "Uniting for Peace").
    Emergency(u16),
}

/// Why a text is not a [`Session`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is not a session: expected a number such as `73`, `XXVI`, `S-10` or `ES-11`")]
pub struct SessionError {
    /// The text that was refused.
    pub found: String,
}

impl Session {
    /// The number within its series.
    #[must_use]
    pub const fn number(self) -> u16 {
        match self {
            Self::Regular(n) | Self::Special(n) | Self::Emergency(n) => n,
        }
    }

    /// The form with roman numerals that documents used until 1975: `XXVI`, `S-VI`, `ES-V`.
    #[must_use]
    pub fn to_roman(self) -> String {
        let (prefix, number) = self.parts();
        format!("{prefix}{}", roman(number))
    }

    pub(crate) const fn parts(self) -> (&'static str, u16) {
        match self {
            Self::Regular(n) => ("", n),
            Self::Special(n) => ("S-", n),
            Self::Emergency(n) => ("ES-", n),
        }
    }
}

impl fmt::Display for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (prefix, number) = self.parts();
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

crate::text::serde_as_text!(Session);

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
    fn every_series_has_numbers_of_its_own() {
        for (session, number, modern, roman) in [
            (Session::Regular(26), 26, "26", "XXVI"),
            (Session::Special(6), 6, "S-6", "S-VI"),
            (Session::Emergency(11), 11, "ES-11", "ES-XI"),
            (Session::Regular(999), 999, "999", "CCCCCCCCCXCIX"),
        ] {
            assert_eq!(session.number(), number);
            assert_eq!(session.to_string(), modern);
            assert_eq!(session.to_roman(), roman);
            assert_eq!(modern.parse(), Ok(session));
            assert_eq!(roman.to_lowercase().parse(), Ok(session));
        }
    }

    #[test]
    fn only_numbers_in_a_series_are_sessions() {
        for text in ["", "0", "073", "-1", "S-", "ES-0", "73rd", "10emsp", "1000"] {
            assert!(text.parse::<Session>().is_err(), "{text}");
        }
    }
}
