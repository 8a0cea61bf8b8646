//! Encodings of one byte a letter, in which old tables are written.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::Deserialize;

/// How the text of a table is encoded, where that is not UTF-8: `windows-1252`, `latin-1` or `mac-roman`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Encoding {
    /// That of Apple before Unicode.
    MacRoman,
    /// That of Windows in the West, of which Latin-1 is a part.
    #[serde(rename = "windows-1252", alias = "latin-1")]
    Windows1252,
}

impl Encoding {
    /// The text of bytes. A byte that stands for no letter is a replacement character.
    pub(crate) fn decode(self, bytes: &[u8]) -> String {
        let letters: Vec<char> = match self {
            Self::MacRoman => MAC_ROMAN.chars().collect(),
            Self::Windows1252 => WINDOWS_1252.chars().chain('\u{a0}'..='\u{ff}').collect(),
        };
        let letter = |byte: &u8| match byte.checked_sub(0x80) {
            None => char::from(*byte),
            Some(at) => {
                let letter = letters.get(usize::from(at)).copied();
                letter.unwrap_or(char::REPLACEMENT_CHARACTER)
            }
        };
        bytes.iter().map(letter).collect()
    }

    /// The same bytes in UTF-8, each line that is not decoded: tables put together of several have lines of both. Says how many lines
    /// that were.
    pub(crate) fn decode_lines(self, bytes: &[u8]) -> (Cow<'_, [u8]>, u64) {
        if std::str::from_utf8(bytes).is_ok() {
            return (Cow::Borrowed(bytes), 0);
        }
        let (mut written, mut lines) = (Vec::with_capacity(bytes.len() + 64), 0);
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            match std::str::from_utf8(line) {
                Ok(line) => written.extend_from_slice(line.as_bytes()),
                Err(_) => {
                    lines += 1;
                    written.extend_from_slice(self.decode(line).as_bytes());
                }
            }
        }
        (Cow::Owned(written), lines)
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::MacRoman => "Mac Roman",
            Self::Windows1252 => "Windows-1252",
        })
    }
}

/// A word that names no [`Encoding`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown encoding `{found}` (expected `windows-1252`, `latin-1` or `mac-roman`)")]
pub struct EncodingError {
    /// The word that was refused.
    pub found: String,
}

impl FromStr for Encoding {
    type Err = EncodingError;

    fn from_str(text: &str) -> Result<Self, EncodingError> {
        match text {
            "windows-1252" | "latin-1" => Ok(Self::Windows1252),
            "mac-roman" => Ok(Self::MacRoman),
            _ => Err(EncodingError {
                found: text.to_owned(),
            }),
        }
    }
}

/// What the bytes from 0x80 stand for (Apple, "Map from Mac OS Roman character set to Unicode", 2005).
const MAC_ROMAN: &str = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü\u{2020}\u{b0}\u{a2}\u{a3}\u{a7}\u{2022}\u{b6}ß\u{ae}\u{a9}\u{2122}\u{b4}\u{a8}\u{2260}ÆØ\u{221e}\u{b1}\u{2264}\u{2265}\u{a5}µ\u{2202}\u{2211}\u{220f}π\u{222b}ªºΩæø\u{bf}\u{a1}\u{ac}\u{221a}ƒ\u{2248}\u{2206}\u{ab}\u{bb}\u{2026}\u{a0}ÀÃÕŒœ\u{2013}\u{2014}\u{201c}\u{201d}\u{2018}\u{2019}\u{f7}\u{25ca}ÿŸ\u{2044}\u{20ac}\u{2039}\u{203a}ﬁﬂ\u{2021}\u{b7}\u{201a}\u{201e}\u{2030}ÂÊÁËÈÍÎÏÌÓÔ\u{f8ff}ÒÚÛÙıˆ\u{2dc}\u{af}\u{2d8}\u{2d9}\u{2da}\u{b8}\u{2dd}\u{2db}ˇ";

/// What the bytes from 0x80 to 0x9F stand for (WHATWG, Encoding standard, "windows-1252").
const WINDOWS_1252: &str = "\u{20ac}\u{fffd}\u{201a}ƒ\u{201e}\u{2026}\u{2020}\u{2021}ˆ\u{2030}Š\u{2039}Œ\u{fffd}Ž\u{fffd}\u{fffd}\u{2018}\u{2019}\u{201c}\u{201d}\u{2022}\u{2013}\u{2014}\u{2dc}\u{2122}š\u{203a}œ\u{fffd}žŸ";

#[cfg(test)]
mod tests {
    use super::{Encoding, MAC_ROMAN, WINDOWS_1252};

    #[test]
    fn only_the_lines_that_are_not_utf_8_are_decoded() {
        let text = b"C\xc3\xb4te\nC\x99te\nplain\n".as_slice();
        let (decoded, lines) = Encoding::MacRoman.decode_lines(text);
        assert_eq!((&*decoded, lines), ("Côte\nCôte\nplain\n".as_bytes(), 1));
        let (same, none) = Encoding::MacRoman.decode_lines(b"C\xc3\xb4te");
        assert_eq!((&*same, none), ("Côte".as_bytes(), 0));
    }

    #[test]
    fn every_byte_has_its_letter() {
        assert_eq!(
            (MAC_ROMAN.chars().count(), WINDOWS_1252.chars().count()),
            (128, 32)
        );
        let mac = Encoding::MacRoman.decode(b"C\x99te d'Ivoire\xca\xdb");
        assert_eq!(mac, "C\u{f4}te d'Ivoire\u{a0}\u{20ac}");
        let windows = Encoding::Windows1252.decode(b"C\xf4te d\x92Ivoire \x80\xff\x81");
        assert_eq!(windows, "C\u{f4}te d\u{2019}Ivoire \u{20ac}\u{ff}\u{fffd}");
    }
}
