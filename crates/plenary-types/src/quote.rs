//! Text of an input as messages quote it.

use std::borrow::Cow;

use crate::Invariant;

/// The number of characters of an input that messages quote at most: enough to find it again.
pub const QUOTED: usize = 200;
/// The same for a line that quotes several parts of it.
const LINE: usize = 2 * QUOTED;

/// A message in which no quotation and no word is longer than 200 characters, no line longer than 400, and every character can be
/// seen: inputs are hostile, and what messages quote of them is not.
///
/// ```
/// let message = plenary_types::brief(&format!("unknown vote `{}`", "x".repeat(1000))).into_owned();
/// assert_eq!(message.chars().count(), 215 + 1);
/// ```
#[must_use]
pub fn brief(message: &str) -> Cow<'_, str> {
    let message = invisible_marked(message);
    if message.len() <= QUOTED {
        return message;
    }
    let line = |line: &str| {
        let quotes: Vec<_> = line.split('`').map(|part| cut(part)).collect();
        let line = if quotes.len() > 1 {
            quotes.join("`")
        } else {
            line.to_owned()
        };
        // What stands between marks was cut as a whole.
        let word = |word| match quotes.len() > 1 {
            true => Cow::Borrowed(word),
            false => cut(word),
        };
        let words: Vec<_> = line.split(' ').map(word).collect();
        cut_to(&words.join(" "), LINE).into_owned()
    };
    Cow::Owned(message.split('\n').map(line).collect::<Vec<_>>().join("\n"))
}

/// Whether a character has no glyph of its own: it joins, parts or reorders what stands beside it, or is a byte order mark, a filler
/// or a tag (Unicode 17, Default_Ignorable_Code_Point without variation selectors, and the line and paragraph separators).
#[must_use]
pub const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{17b4}'
            | '\u{17b5}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{206f}'
            | '\u{3164}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// A text with a visible sign for each control character and each invisible one: `␉` for a tab, `<U+200B>` for a zero-width space.
///
/// ```
/// assert_eq!(plenary_types::marked("2004-12-10\u{200b}"), "2004-12-10<U+200B>");
/// ```
#[must_use]
pub fn marked(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| c.is_control() || is_invisible(c)) {
        return Cow::Borrowed(text);
    }
    let mut marked = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        mark(c, &mut marked);
    }
    Cow::Owned(marked)
}

fn mark(c: char, out: &mut String) {
    match c {
        '\0'..='\u{1f}' => out.push(char::from_u32(0x2400 + u32::from(c)).unwrap_or(c)),
        '\u{7f}' => out.push('␡'),
        '\u{80}'..='\u{9f}' => out.push(char::REPLACEMENT_CHARACTER),
        c if is_invisible(c) => out.push_str(&format!("<U+{:04X}>", u32::from(c))),
        c => out.push(c),
    }
}

/// The same of the invisible characters alone: a message may have several lines.
fn invisible_marked(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !text.chars().any(is_invisible) {
        return Cow::Borrowed(text);
    }
    let mut marked = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match is_invisible(c) {
            true => mark(c, &mut marked),
            false => marked.push(c),
        }
    }
    Cow::Owned(marked)
}

/// A value of an input, cut where it is longer than a reader needs.
pub(crate) fn cut_value(text: &str) -> Option<String> {
    let text = invisible_marked(text);
    if let Cow::Owned(cut) = cut(&text) {
        return Some(cut);
    }
    match text {
        Cow::Owned(marked) => Some(marked),
        Cow::Borrowed(_) => None,
    }
}

/// A text cut to [`QUOTED`] characters, with an ellipsis where something is left out.
#[must_use]
pub fn cut(text: &str) -> Cow<'_, str> {
    cut_to(text, QUOTED)
}

fn cut_to(text: &str, most: usize) -> Cow<'_, str> {
    if text.len() <= most {
        return Cow::Borrowed(text);
    }
    match text.char_indices().nth(most) {
        Some((end, _)) => Cow::Owned(format!(
            "{}…",
            text.get(..end).invariant("a character begins there")
        )),
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
