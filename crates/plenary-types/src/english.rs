//! Months and numbers as English writes them out: those that titles, meeting records and press reports are full of.

use chrono::Month;

/// The number of a month, by its full name in any capitals: `December`.
///
/// ```
/// assert_eq!(plenary_types::english::month("December"), Some(12));
/// assert_eq!(plenary_types::english::month("Dec"), None);
/// ```
#[must_use]
pub fn month(name: &str) -> Option<u32> {
    let month: Month = name.parse().ok()?;
    let is_full = name.eq_ignore_ascii_case(month.name());
    is_full.then(|| month.number_from_month())
}

/// The number of a month, by at least three letters at the beginning of its name, in any capitals: `Dec`, `Sept`.
pub(crate) fn month_cut_short(name: &str) -> Option<u32> {
    let is_beginning = |month: &Month| {
        let beginning = month.name().get(..name.len());
        beginning.is_some_and(|beginning| beginning.eq_ignore_ascii_case(name))
    };
    let mut months = (1..=12_u8).filter_map(|number| Month::try_from(number).ok());
    let month = months.find(is_beginning).filter(|_| name.len() >= 3)?;
    Some(month.number_from_month())
}

/// A number up to twenty in words, in small letters: `twelve`.
///
/// ```
/// assert_eq!(plenary_types::english::cardinal("twelve"), Some(12));
/// ```
#[must_use]
pub fn cardinal(word: &str) -> Option<u32> {
    const WORDS: [&str; 21] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    let at = WORDS.iter().position(|known| *known == word)?;
    u32::try_from(at).ok()
}

/// An ordinal number below a hundred in words, in small letters: `seventy-third`.
///
/// ```
/// assert_eq!(plenary_types::english::ordinal("seventy-third"), Some(73));
/// assert_eq!(plenary_types::english::ordinal("twentieth"), Some(20));
/// ```
#[must_use]
pub fn ordinal(words: &str) -> Option<u16> {
    const ONES: [&str; 19] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
    ];
    const TENS: [&str; 8] = [
        "twent", "thirt", "fort", "fift", "sixt", "sevent", "eight", "ninet",
    ];
    let one = |word: &str| {
        ONES.iter()
            .position(|known| *known == word)
            .map(|at| at + 1)
    };
    let tens = |word: &str| {
        TENS.iter()
            .position(|known| *known == word)
            .map(|at| 10 * (at + 2))
    };
    let number = match (words.split_once("y-"), words.strip_suffix("ieth")) {
        (Some((before, last)), _) => tens(before)? + one(last).filter(|last| *last < 10)?,
        (None, Some(before)) => tens(before)?,
        (None, None) => one(words)?,
    };
    u16::try_from(number).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinals_are_read_up_to_ninety_nine() {
        for (words, number) in [
            ("first", Some(1)),
            ("nineteenth", Some(19)),
            ("twentieth", Some(20)),
            ("forty-first", Some(41)),
            ("ninety-ninth", Some(99)),
            ("forty-tenth", None),
            ("ten-first", None),
            ("fortieth-first", None),
            ("hundredth", None),
            ("First", None),
            ("", None),
        ] {
            assert_eq!(ordinal(words), number, "{words}");
        }
    }

    #[test]
    fn months_are_known_by_their_names_and_where_asked_by_three_letters() {
        assert_eq!(month("MAY"), Some(5));
        assert_eq!(month_cut_short("sept"), Some(9));
        assert_eq!(month_cut_short("Ju"), None);
        for no_month in ["", "Januaryy", "12", "d\u{e9}c"] {
            assert_eq!((month(no_month), month_cut_short(no_month)), (None, None));
        }
    }
}
