//! [`StateCode`]: three capitals that name a participant.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

/// The code of a participant: a state, a former state or an organisation.
///
/// Always three ASCII capitals, held in two bytes; the order is alphabetical. By convention the
/// letters are the ISO 3166-1 alpha-3 code of the entity *at the time*, the ISO 3166-3 alpha-3 code
/// of a former one (`SUN`, `CSK`, `YUG`, `DDR`, `YMD`), a reserved code for an organisation (`EUE`),
/// or a user-assigned code (`QMA` to `QZZ`, `XAA` to `XZZ`, `ZZA` to `ZZZ`) for anything else.
///
/// The type checks the shape only. Whether an entity of that code exists, and when, is the business
/// of `plenary-states`.
///
/// ```
/// use plenary_types::StateCode;
///
/// let namibia: StateCode = "NAM".parse()?;
/// assert_eq!(namibia.to_string(), "NAM");
/// assert!("na".parse::<StateCode>().is_err());
/// assert_eq!(size_of::<StateCode>(), 2);
/// # Ok::<(), plenary_types::CodeError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StateCode(u16);

/// Why a text is not a [`StateCode`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is not a state code: expected three capital letters A to Z")]
pub struct CodeError {
    /// The text that was refused.
    pub found: String,
}

const LETTERS: u16 = 26;

const fn letter(value: u16) -> u8 {
    b'A' + (value % LETTERS) as u8
}

impl StateCode {
    /// How many codes there are; [`StateCode::index`] is always below it.
    pub const COUNT: usize = 26 * 26 * 26;

    /// The code of three capitals, or `None` when a byte is not one.
    #[must_use]
    pub const fn from_bytes(letters: [u8; 3]) -> Option<Self> {
        let mut value = 0;
        let mut i = 0;
        while i < 3 {
            if !letters[i].is_ascii_uppercase() {
                return None;
            }
            value = value * LETTERS + (letters[i] - b'A') as u16;
            i += 1;
        }
        Some(Self(value))
    }

    /// The three capitals.
    #[must_use]
    pub const fn to_bytes(self) -> [u8; 3] {
        [
            letter(self.0 / LETTERS / LETTERS),
            letter(self.0 / LETTERS),
            letter(self.0),
        ]
    }

    /// The place of the code among all codes in alphabetical order, for use as a dense index.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// The code at a place among all codes in alphabetical order; `None` from [`StateCode::COUNT`] on.
    ///
    /// ```
    /// use plenary_types::StateCode;
    ///
    /// let code: StateCode = "NAM".parse()?;
    /// assert_eq!(StateCode::from_index(code.index()), Some(code));
    /// assert_eq!(StateCode::from_index(StateCode::COUNT), None);
    /// # Ok::<(), plenary_types::CodeError>(())
    /// ```
    #[must_use]
    pub const fn from_index(index: usize) -> Option<Self> {
        if index < Self::COUNT {
            Some(Self(index as u16))
        } else {
            None
        }
    }

    /// The letters of the code at a place, as text that lives as long as the process.
    pub(crate) fn text_of(index: usize) -> &'static str {
        static TEXTS: LazyLock<String> = LazyLock::new(|| {
            let letters =
                (0..StateCode::COUNT as u16).flat_map(|index| StateCode(index).to_bytes());
            letters.map(char::from).collect()
        });
        let text = TEXTS.get(3 * index..3 * index + 3);
        debug_assert!(text.is_some(), "there are fewer than {index} codes");
        text.unwrap_or("???")
    }
}

impl FromStr for StateCode {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.as_bytes()
            .try_into()
            .ok()
            .and_then(Self::from_bytes)
            .ok_or_else(|| CodeError {
                found: text.to_owned(),
            })
    }
}

impl fmt::Display for StateCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letters = self.to_bytes();
        f.pad(std::str::from_utf8(&letters).unwrap_or("???"))
    }
}

impl fmt::Debug for StateCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

crate::text::serde_as_text!(StateCode);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_index_are_alphabetical() {
        let codes = ["AAA", "AFG", "AGO", "ZWE", "ZZZ"].map(|c| c.parse::<StateCode>().unwrap());
        assert!(codes.is_sorted());
        assert_eq!(codes[0].index(), 0);
        assert_eq!(codes[4].index(), StateCode::COUNT - 1);
        assert_eq!(format!("{} {:?}", codes[1], codes[1]), "AFG AFG");
    }

    #[test]
    fn anything_but_three_capitals_is_refused() {
        for text in ["", "AF", "AFGH", "afg", "A1G", "ÅLA", "AF "] {
            assert_eq!(
                text.parse::<StateCode>(),
                Err(CodeError { found: text.into() })
            );
        }
    }
}
