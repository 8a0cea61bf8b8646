//! Text of a source as it can stand in a page.

use std::borrow::Cow;
use std::fmt::Write;

use minijinja::value::{Value, ValueKind};
use minijinja::{AutoEscape, Error, Output, State};
use plenary::types::marked;

/// Text without what would steer or reorder a page: a line break or a tab is a space, every other control character and every invisible
/// one a visible sign.
pub(crate) fn readable(text: &str) -> Cow<'_, str> {
    match text.contains(['\n', '\r', '\t']) {
        true => {
            let spaced = text.replace(['\n', '\r', '\t'], " ");
            Cow::Owned(marked(&spaced).into_owned())
        }
        false => marked(text),
    }
}

/// Text of HTML, SVG or of an attribute in quotation marks.
pub(crate) struct Escaped<'t>(pub(crate) &'t str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for letter in readable(self.0).chars() {
            match letter {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                '\u{fffe}' | '\u{ffff}' => f.write_char('\u{fffd}')?,
                letter => f.write_char(letter)?,
            }
        }
        Ok(())
    }
}

/// Writes a value into a page: escaped, unless a template marked it as safe; nothing where there is none.
pub(crate) fn write_value(
    out: &mut Output<'_>,
    state: &mut State<'_, '_>,
    value: &Value,
) -> Result<(), Error> {
    let written = match (state.auto_escape(), value.kind()) {
        (_, ValueKind::Undefined) => {
            return Err(minijinja::ErrorKind::UndefinedError.into());
        }
        (_, ValueKind::None) => Ok(()),
        (AutoEscape::None, _) => write!(out, "{value}"),
        _ if value.is_safe() => write!(out, "{value}"),
        _ => match value.as_str() {
            Some(text) => write!(out, "{}", Escaped(text)),
            None => write!(out, "{}", Escaped(&value.to_string())),
        },
    };
    written.map_err(Error::from)
}

/// An address that a page may link to: one of the web and nothing that a browser would run.
pub(crate) fn is_link(address: &str) -> bool {
    let is_web = ["https://", "http://"].iter().any(|scheme| {
        let head = address.get(..scheme.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(scheme))
    });
    is_web && !address.contains(|c: char| c.is_control() || c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_text_ends_an_element_or_reorders_it() {
        let hostile = "</script><b a=\"'\">&\u{202e}\u{0}\n";
        assert_eq!(
            Escaped(hostile).to_string(),
            "&lt;/script&gt;&lt;b a=&quot;&#39;&quot;&gt;&amp;&lt;U+202E&gt;␀ "
        );
    }

    #[test]
    fn only_addresses_of_the_web_are_links() {
        for (address, expected) in [
            ("https://example.org/a?b=c", true),
            ("HTTP://example.org", true),
            ("javascript:alert(1)", false),
            ("data:text/html,x", false),
            ("https://example.org/\u{9}x", false),
            (" https://example.org", false),
            ("//example.org", false),
            ("é", false),
        ] {
            assert_eq!(is_link(address), expected, "{address}");
        }
    }
}
