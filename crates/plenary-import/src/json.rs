//! JSON that is no document of ours: what it seems to be by its beginning, and its values with their lines.

mod tree;

pub(crate) use tree::{Json, JsonValue, LONGEST, parse};

/// What the beginning of a JSON text shows.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct JsonShape {
    /// Whether it is a list.
    pub(crate) is_list: bool,
    /// The keys of its first object.
    pub(crate) keys: Vec<String>,
    /// How many objects the list has, as far as the text goes.
    pub(crate) objects: usize,
    /// Whether the text goes on.
    pub(crate) is_cut: bool,
}

/// The keys of a document.
const OURS: [&str; 19] = [
    "format",
    "id",
    "kind",
    "title",
    "symbols",
    "legal-force",
    "subjects",
    "objectives",
    "principles",
    "paragraphs",
    "figures",
    "acts",
    "parent",
    "relations",
    "in-force-when",
    "body",
    "in-force-since",
    "sources",
    "claims",
];

impl JsonShape {
    /// That of a text that begins with a brace or a bracket.
    pub(crate) fn of(text: &[u8]) -> Self {
        let mut shape = Self::default();
        let mut stack: Vec<u8> = Vec::new();
        let mut at = 0;
        while let Some(&byte) = text.get(at) {
            at += 1;
            match byte {
                b'{' | b'[' => {
                    shape.is_list |= stack.is_empty() && byte == b'[';
                    let in_list = shape.is_list && *stack == [b'['];
                    shape.objects += usize::from(in_list && byte == b'{');
                    stack.push(byte);
                }
                b'}' | b']' => {
                    stack.pop();
                    if stack.is_empty() {
                        return shape;
                    }
                }
                b'"' => {
                    let Some(end) = end_of_string(text, at) else {
                        break;
                    };
                    let rest = text.get(end + 1..).unwrap_or_default();
                    let is_key = rest.trim_ascii_start().first() == Some(&b':');
                    let of_first = match shape.is_list {
                        true => *stack == [b'[', b'{'] && shape.objects == 1,
                        false => *stack == [b'{'],
                    };
                    if is_key && of_first {
                        let key = String::from_utf8_lossy(text.get(at..end).unwrap_or_default());
                        shape.keys.push(key.into_owned());
                    }
                    at = end + 1;
                }
                _ => {}
            }
        }
        shape.is_cut = true;
        shape
    }

    /// Whether it may be a document of ours, or several: half of its keys are those of one, or it has `acts`. What has no key may
    /// be one that is not whole.
    pub(crate) fn may_be_ours(&self) -> bool {
        let is_ours = |key: &&String| OURS.contains(&key.as_str());
        let ours = self.keys.iter().filter(is_ours).count();
        let has_acts = self.keys.iter().any(|key| key == "acts");
        has_acts || ours * 2 >= self.keys.len()
    }

    /// What it seems to be, for a sentence.
    pub(crate) fn seems(&self) -> String {
        let keys = self.keys.iter().take(SHOWN).map(|key| {
            let key: String = key.chars().filter(|c| !c.is_control()).take(40).collect();
            format!("`{key}`")
        });
        let keys: Vec<String> = keys.collect();
        let more = match self.keys.len() > SHOWN {
            true => ", …",
            false => "",
        };
        let keys = format!("{}{more}", keys.join(", "));
        let number = match (self.is_cut, self.objects) {
            (_, 0) => return format!("it is a JSON object with the keys {keys}"),
            (true, _) => "objects".to_owned(),
            (false, 1) => "1 object".to_owned(),
            (false, objects) => format!("{objects} objects"),
        };
        format!("it is a JSON list of {number} with the keys {keys}")
    }
}

/// So many keys are shown.
const SHOWN: usize = 8;

/// Where a string ends that begins at a place.
fn end_of_string(text: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    loop {
        match text.get(at)? {
            b'"' => return Some(at),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_of_the_first_object_tell_whose_json_it_is() {
        for (text, ours, seems) in [
            (
                r#"{"title": "x", "acts": []}"#,
                true,
                "it is a JSON object with the keys `title`, `acts`",
            ),
            (
                r#"[{"id": 1, "poll": {"title": "x"}, "votes": []}, {"id": 2}]"#,
                false,
                "it is a JSON list of 2 objects with the keys `id`, `poll`, `votes`",
            ),
            (
                r#"[{"a\"b": "}", "c": ["{"]}"#,
                false,
                "it is a JSON list of objects with the keys `a\\\"b`, `c`",
            ),
            (
                r#"{"acts": [{"colour": 1}], "colour": 1, "size": 2, "weight": 3}"#,
                true,
                "it is a JSON object with the keys `acts`, `colour`, `size`, `weight`",
            ),
        ] {
            let shape = JsonShape::of(text.as_bytes());
            assert_eq!(
                (shape.may_be_ours(), &*shape.seems()),
                (ours, seems),
                "{text}"
            );
        }
        for text in ["{}", "[]", "[1, 2]", "{", "[{\"never"] {
            assert!(JsonShape::of(text.as_bytes()).may_be_ours(), "{text}");
        }
    }
}
