//! JSON as a tree whose parts know their lines. Depth, length and the number of values are bounded; a key that an object has twice is
//! refused, since one of its values would be lost.

use std::borrow::Cow;

use plenary_types::Place;
use rustc_hash::FxHashSet;

use crate::error::ImportError;
use crate::input::Limit;

/// A value and the line on which it begins.
#[derive(Debug, PartialEq)]
pub(crate) struct Json<'t> {
    pub(crate) line: u32,
    pub(crate) value: JsonValue<'t>,
}

/// What stands in a place of a JSON text.
#[derive(Debug, PartialEq)]
pub(crate) enum JsonValue<'t> {
    Null,
    Truth(bool),
    /// As it is written, so that long numbers keep their digits.
    Number(&'t str),
    Text(Cow<'t, str>),
    List(Vec<Json<'t>>),
    /// In the order of the text.
    Object(Vec<(Cow<'t, str>, Json<'t>)>),
}

impl<'t> Json<'t> {
    /// The value of a key, of an object.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        let mut pairs = self.pairs().iter();
        pairs
            .find(|(known, _)| known == key)
            .map(|(_, value)| value)
    }

    /// Keys and values of an object; none of what is no object.
    pub(crate) fn pairs(&self) -> &[(Cow<'t, str>, Self)] {
        match &self.value {
            JsonValue::Object(pairs) => pairs,
            _ => &[],
        }
    }

    /// The elements of a list; none of what is no list.
    pub(crate) fn elements(&self) -> &[Self] {
        match &self.value {
            JsonValue::List(elements) => elements,
            _ => &[],
        }
    }

    pub(crate) const fn is_object(&self) -> bool {
        matches!(self.value, JsonValue::Object(_))
    }

    pub(crate) const fn is_list(&self) -> bool {
        matches!(self.value, JsonValue::List(_))
    }

    /// A text or a number, without outer spaces; nothing where it is blank or neither.
    pub(crate) fn text(&self) -> Option<&str> {
        let text = match &self.value {
            JsonValue::Text(text) => text.trim(),
            JsonValue::Number(number) => number,
            _ => "",
        };
        Some(text).filter(|text| !text.is_empty())
    }

    /// The value as JSON, without blanks between its parts.
    pub(crate) fn compact(&self) -> String {
        let mut text = String::new();
        self.write(&mut text);
        text
    }

    fn write(&self, out: &mut String) {
        match &self.value {
            JsonValue::Null => out.push_str("null"),
            JsonValue::Truth(truth) => out.push_str(if *truth { "true" } else { "false" }),
            JsonValue::Number(number) => out.push_str(number),
            JsonValue::Text(text) => write_text(text, out),
            JsonValue::List(elements) => {
                for (at, element) in elements.iter().enumerate() {
                    out.push(if at == 0 { '[' } else { ',' });
                    element.write(out);
                }
                out.push_str(if elements.is_empty() { "[]" } else { "]" });
            }
            JsonValue::Object(pairs) => {
                for (at, (key, value)) in pairs.iter().enumerate() {
                    out.push(if at == 0 { '{' } else { ',' });
                    write_text(key, out);
                    out.push(':');
                    value.write(out);
                }
                out.push_str(if pairs.is_empty() { "{}" } else { "}" });
            }
        }
    }
}

fn write_text(text: &str, out: &mut String) {
    let written = serde_json::to_string(text);
    debug_assert!(written.is_ok(), "any text can be written as JSON");
    out.push_str(&written.unwrap_or_default());
}

/// Objects and lists in one another.
const DEEPEST: usize = 100;

/// Values of a text: a list of zeros takes two bytes each, and many times as much as a tree.
const MOST: usize = 10_000_000;

/// A text that is read as a tree is held whole.
pub(crate) const LONGEST: Limit = Limit {
    mebibytes: 256,
    of: "a JSON document",
    help: "split it into several files",
};

/// The values of a text, one after another.
///
/// # Errors
///
/// [`ImportError`] with the line where the text is no JSON, or is more than can be held.
pub(crate) fn parse<'t>(path: &str, text: &'t str) -> Result<Vec<Json<'t>>, ImportError> {
    let mut parser = Parser {
        text,
        at: 0,
        line: 1,
        count: 0,
    };
    let mut values = Vec::new();
    loop {
        parser.skip_blanks();
        if parser.at == text.len() {
            return Ok(values);
        }
        let value = parser.value(0).map_err(|fault| {
            let help = match fault.is_cut {
                true => "the file is cut short: download or write it again",
                false => "fix the JSON here",
            };
            let place = Place::new(path).with_line(parser.line.into());
            ImportError::syntax(place, fault.reason, help)
        })?;
        values.push(value);
    }
}

struct Fault {
    reason: String,
    is_cut: bool,
}

impl Fault {
    fn new(reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            is_cut: false,
        }
    }

    fn cut() -> Self {
        Self {
            reason: "the JSON ends before it is complete".to_owned(),
            is_cut: true,
        }
    }
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    line: u32,
    count: usize,
}

impl<'t> Parser<'t> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_blanks(&mut self) {
        while let Some(byte @ (b' ' | b'\t' | b'\r' | b'\n')) = self.peek() {
            self.line = self.line.saturating_add((byte == b'\n').into());
            self.at += 1;
        }
    }

    /// The fault of what stands here instead of what was expected.
    fn unexpected(&self, expected: &str) -> Fault {
        let rest = self.text.get(self.at..).unwrap_or_default();
        match rest.chars().next() {
            None => Fault::cut(),
            Some(c) => Fault::new(format!(
                "unexpected `{}` (expected {expected})",
                c.escape_debug()
            )),
        }
    }

    fn value(&mut self, depth: usize) -> Result<Json<'t>, Fault> {
        self.count += 1;
        if self.count > MOST {
            return Err(Fault::new(format!("more than {MOST} values are not read")));
        }
        if depth > DEEPEST {
            return Err(Fault::new(format!(
                "more than {DEEPEST} lists and objects in one another are not read"
            )));
        }
        let line = self.line;
        let value = match self.peek() {
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.list(depth)?,
            Some(b'"') => JsonValue::Text(self.string()?),
            Some(b'-' | b'0'..=b'9') => JsonValue::Number(self.number()?),
            _ => self.word()?,
        };
        Ok(Json { line, value })
    }

    fn word(&mut self) -> Result<JsonValue<'t>, Fault> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        for (word, value) in [
            ("true", JsonValue::Truth(true)),
            ("false", JsonValue::Truth(false)),
            ("null", JsonValue::Null),
        ] {
            if rest.starts_with(word) {
                self.at += word.len();
                return Ok(value);
            }
        }
        Err(self.unexpected("a value"))
    }

    /// Goes on behind a comma; whether the list or object ends instead.
    fn goes_on(&mut self, end: u8, expected: &str) -> Result<bool, Fault> {
        self.skip_blanks();
        match self.peek() {
            Some(b',') => {
                self.at += 1;
                self.skip_blanks();
                Ok(true)
            }
            Some(byte) if byte == end => {
                self.at += 1;
                Ok(false)
            }
            _ => Err(self.unexpected(expected)),
        }
    }

    /// Whether a list or object that begins here is empty.
    fn is_empty(&mut self, end: u8) -> bool {
        self.at += 1;
        self.skip_blanks();
        let is_empty = self.peek() == Some(end);
        self.at += usize::from(is_empty);
        is_empty
    }

    fn list(&mut self, depth: usize) -> Result<JsonValue<'t>, Fault> {
        let mut elements = Vec::new();
        if self.is_empty(b']') {
            return Ok(JsonValue::List(elements));
        }
        loop {
            elements.push(self.value(depth + 1)?);
            if !self.goes_on(b']', "`,` or `]`")? {
                return Ok(JsonValue::List(elements));
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<JsonValue<'t>, Fault> {
        let mut pairs: Vec<(Cow<'t, str>, Json<'t>)> = Vec::new();
        let mut known: FxHashSet<Cow<'t, str>> = FxHashSet::default();
        if self.is_empty(b'}') {
            return Ok(JsonValue::Object(pairs));
        }
        loop {
            if self.peek() != Some(b'"') {
                return Err(self.unexpected("a key in quotes"));
            }
            let key = self.string()?;
            if !known.insert(key.clone()) {
                let shown: String = key.escape_debug().take(60).collect();
                return Err(Fault::new(format!(
                    "the object has the key `{shown}` twice"
                )));
            }
            self.skip_blanks();
            if self.peek() != Some(b':') {
                return Err(self.unexpected("`:`"));
            }
            self.at += 1;
            self.skip_blanks();
            pairs.push((key, self.value(depth + 1)?));
            if !self.goes_on(b'}', "`,` or `}`")? {
                return Ok(JsonValue::Object(pairs));
            }
        }
    }

    /// A text in quotes, which begins here.
    fn string(&mut self) -> Result<Cow<'t, str>, Fault> {
        let bytes = self.text.as_bytes();
        let (start, mut at, mut is_plain) = (self.at, self.at + 1, true);
        loop {
            match bytes.get(at) {
                None => return Err(Fault::cut()),
                Some(b'"') => break,
                Some(b'\\') => {
                    is_plain = false;
                    at += 2;
                }
                Some(0..=0x1f) => {
                    return Err(Fault::new(
                        "a text in quotes has a line break or another control character",
                    ));
                }
                Some(_) => at += 1,
            }
        }
        self.at = at + 1;
        if is_plain {
            let text = self.text.get(start + 1..at).unwrap_or_default();
            return Ok(Cow::Borrowed(text));
        }
        let quoted = self.text.get(start..=at).unwrap_or_default();
        let text = serde_json::from_str(quoted);
        text.map(Cow::Owned)
            .map_err(|_| Fault::new("a text in quotes has an escape that JSON does not know"))
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        self.at - start
    }

    fn number(&mut self) -> Result<&'t str, Fault> {
        let start = self.at;
        self.at += usize::from(self.peek() == Some(b'-'));
        let first = self.peek();
        let whole = self.digits();
        let mut is_valid = whole > 0 && (whole == 1 || first != Some(b'0'));
        if self.peek() == Some(b'.') {
            self.at += 1;
            is_valid &= self.digits() > 0;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), Some(b'+' | b'-')));
            is_valid &= self.digits() > 0;
        }
        let number = self.text.get(start..self.at).unwrap_or_default();
        match is_valid {
            true => Ok(number),
            false => Err(Fault::new(format!(
                "`{}` is not a number of JSON",
                number.chars().take(40).collect::<String>()
            ))),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fault(text: &str) -> String {
        parse("in", text).unwrap_err().to_string()
    }

    #[test]
    fn values_know_their_lines_and_numbers_keep_their_digits() {
        let text = "{\"a\": [1.50,\n true],\n \"b\\n\": {\"c\": null}}\n\n\"next\"";
        let values = parse("in", text).unwrap();
        let [object, next] = values.as_slice() else {
            panic!()
        };
        assert_eq!((object.line, next.line), (1, 5));
        let list = object.get("a").unwrap().elements();
        assert_eq!((list[0].text(), list[1].line), (Some("1.50"), 2));
        assert_eq!(object.get("b\n").unwrap().get("c").unwrap().line, 3);
        assert_eq!(object.compact(), r#"{"a":[1.50,true],"b\n":{"c":null}}"#);
        assert_eq!((object.get("x"), next.text()), (None, Some("next")));
    }

    #[test]
    fn what_is_no_json_is_refused_on_its_line() {
        for (text, expected) in [
            ("{\n\"a\" 1}", "in:2: unexpected `1` (expected `:`)"),
            ("[1,\n]", "in:2: unexpected `]` (expected a value)"),
            ("[1 2]", "in:1: unexpected `2` (expected `,` or `]`)"),
            ("{a: 1}", "in:1: unexpected `a` (expected a key in quotes)"),
            ("[01]", "in:1: `01` is not a number of JSON"),
            ("[1.]", "in:1: `1.` is not a number of JSON"),
            ("[-]", "in:1: `-` is not a number of JSON"),
            ("[\"a", "in:1: the JSON ends before it is complete"),
            ("{\"a\": ", "in:1: the JSON ends before it is complete"),
            (
                "[\"a\nb\"]",
                "in:1: a text in quotes has a line break or another control character",
            ),
            (
                "[\"\\q\"]",
                "in:1: a text in quotes has an escape that JSON does not know",
            ),
            (
                "{\"a\": 1,\n\"a\": 2}",
                "in:2: the object has the key `a` twice",
            ),
        ] {
            assert_eq!(fault(text), expected, "{text}");
        }
    }

    #[test]
    fn depth_is_bounded() {
        let deep = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(parse("in", &deep(DEEPEST + 1)).is_ok());
        assert!(fault(&deep(DEEPEST + 2)).contains("in one another"));
        assert!(fault(&"[".repeat(1_000_000)).contains("in one another"));
        assert!(fault(&"{\"a\":".repeat(1_000_000)).contains("in one another"));
    }

    proptest! {
        /// Whatever the other reader of JSON accepts or refuses, this one does too.
        #[test]
        fn it_reads_what_serde_reads(text in "[\\[\\]{}:,\"a0-9.eE+ \n\\\\u-]{0,12}|(true|false|null|\\[|\\]|,){0,6}") {
            let known: Result<Vec<serde_json::Value>, _> =
                serde_json::Deserializer::from_str(&text).into_iter().collect();
            let read = parse("in", &text);
            // Two values need a blank between them there, and a key may come twice.
            if let Ok(known) = &known
                && let Ok(read) = &read
            {
                let again: Vec<serde_json::Value> =
                    read.iter().map(|value| serde_json::from_str(&value.compact()).unwrap()).collect();
                prop_assert_eq!(&again, known);
            }
            if let (Ok(_), Err(error)) = (&read, &known) {
                let error = error.to_string();
                prop_assert!(
                    ["trailing", "expected value", "out of range"].iter().any(|known| error.contains(known)),
                    "{error}"
                );
            }
            if let (Err(error), Ok(_)) = (&read, &known) {
                prop_assert!(error.to_string().contains("twice"), "{error}");
            }
        }
    }
}
