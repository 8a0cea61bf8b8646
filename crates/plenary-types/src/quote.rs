//! Text of an input as messages quote it.

use std::borrow::Cow;

/// The number of characters of an input that is enough to find it again.
const QUOTED: usize = 200;
/// The same for a line that quotes several parts of it.
const LINE: usize = 2 * QUOTED;

/// A message in which no quotation and no word is longer than 200 characters, and no line longer than 400: inputs are hostile, and
/// what messages quote of them is not.
///
/// ```
/// let message = plenary_types::brief(&format!("unknown vote `{}`", "x".repeat(1000))).into_owned();
/// assert_eq!(message.chars().count(), 215 + 1);
/// ```
#[must_use]
pub fn brief(message: &str) -> Cow<'_, str> {
    if message.len() <= QUOTED {
        return Cow::Borrowed(message);
    }
    let line = |line: &str| {
        let quotes: Vec<_> = line.split('`').map(|part| cut(part, QUOTED)).collect();
        let line = if quotes.len() > 1 {
            quotes.join("`")
        } else {
            line.to_owned()
        };
        // What stands between marks was cut as a whole.
        let word = |word| match quotes.len() > 1 {
            true => Cow::Borrowed(word),
            false => cut(word, QUOTED),
        };
        let words: Vec<_> = line.split(' ').map(word).collect();
        cut(&words.join(" "), LINE).into_owned()
    };
    Cow::Owned(message.split('\n').map(line).collect::<Vec<_>>().join("\n"))
}

/// A value of an input, cut where it is longer than a reader needs.
pub(crate) fn cut_value(text: &str) -> Option<String> {
    match cut(text, QUOTED) {
        Cow::Owned(cut) => Some(cut),
        Cow::Borrowed(_) => None,
    }
}

fn cut(text: &str, most: usize) -> Cow<'_, str> {
    if text.len() <= most {
        return Cow::Borrowed(text);
    }
    match text.char_indices().nth(most) {
        Some((end, _)) => Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_message_quotes_more_than_two_hundred_characters() {
        let long = "é".repeat(5000);
        let cut = format!("{}…", "é".repeat(200));
        for (message, expected) in [
            (
                format!("unknown check `{long}` (expected one)"),
                format!("unknown check `{cut}` (expected one)"),
            ),
            (format!("1 | {long}\n  | ^"), format!("1 | {cut}\n  | ^")),
            ("short".to_owned(), "short".to_owned()),
        ] {
            assert_eq!(brief(&message), expected);
        }
        let words = "word ".repeat(500);
        assert_eq!(brief(&words).chars().count(), 401);
        assert_eq!(cut_value(&long), Some(cut));
        assert_eq!(cut_value("PERU"), None);
    }
}
