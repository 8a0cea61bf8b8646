//! Characters that no text of a record should hold: control characters, and such as are not seen.

use plenary_types::is_invisible;

/// Whether a text holds a control character or an invisible one, line breaks included.
pub(crate) fn is_unclean(text: &str) -> bool {
    may_hold(text) && text.chars().any(|c| c.is_control() || is_invisible(c))
}

/// Whether a text of several lines holds a control character other than a line break.
pub(crate) fn has_control(text: &str) -> bool {
    let odd = |c: char| c.is_control() && !matches!(c, '\n' | '\r');
    may_hold(text) && text.chars().any(odd)
}

/// Whether a text holds a character that is not seen.
pub(crate) fn has_invisible(text: &str) -> bool {
    may_hold(text) && text.chars().any(is_invisible)
}

/// Whether a text has a byte that is no printed sign of ASCII: none of these characters is without one.
#[inline]
fn may_hold(text: &str) -> bool {
    // Every byte is looked at: without a way out in between many are at once.
    text.bytes()
        .fold(false, |odd, byte| odd | !(b' '..=b'~').contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_and_invisible_characters_are_told_from_letters_signs_and_line_breaks() {
        for (text, control, invisible, sign) in [
            ("Peace", false, false, "Peace"),
            (
                "Côte d’Ivoire – “peace” ﬁ",
                false,
                false,
                "Côte d’Ivoire – “peace” ﬁ",
            ),
            ("two\r\nlines", false, false, "two␍␊lines"),
            ("a\tb", true, false, "a␉b"),
            ("a\u{96}b", true, false, "a\u{fffd}b"),
            ("PE\u{200b}RU", false, true, "PE<U+200B>RU"),
            ("\u{202e}UREP", false, true, "<U+202E>UREP"),
            ("\u{2066}PERU\u{2069}", false, true, "<U+2066>PERU<U+2069>"),
            ("PERU\u{feff}", false, true, "PERU<U+FEFF>"),
        ] {
            assert_eq!(has_control(text), control, "{sign}");
            assert_eq!(has_invisible(text), invisible, "{sign}");
            assert_eq!(plenary_types::marked(text), sign);
        }
    }
}
