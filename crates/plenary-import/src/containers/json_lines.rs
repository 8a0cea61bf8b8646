//! JSON Lines: one flat object a line, whose keys are the columns.

use std::fmt;
use std::io::{BufRead, BufReader};

use plenary_types::{Agreement, brief};
use rustc_hash::FxHashMap;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::text::{Cells, number, truth};
use super::{Found, Remark, only};
use crate::error::{ImportError, syntax};
use crate::input::{Input, Limit};
use crate::sources::popolo;

/// An object with its keys in the order of the text.
struct Row(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Row {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Row;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Row, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Row(pairs))
            }
        }
        deserializer.deserialize_map(Pairs)
    }
}

/// Whether a text is a table in JSON Lines: the first line is an object that is neither one of our documents nor holds a list of
/// objects, and the second line begins another object.
pub(super) fn fits(head: &[u8]) -> bool {
    if !head.trim_ascii_start().starts_with(b"{") {
        return false;
    }
    let mut lines = head.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    let mut lines = lines.by_ref().filter(|line| !line.is_empty());
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else {
        return false;
    };
    let Ok(Row(pairs)) = serde_json::from_slice(first) else {
        return false;
    };
    let is_list_of_objects = |value: &Value| {
        let list = value.as_array();
        list.is_some_and(|list| list.iter().any(Value::is_object))
    };
    // A brace alone begins an object of several lines.
    second.starts_with(b"{")
        && second != b"{"
        && !pairs.is_empty()
        && !pairs
            .iter()
            .any(|(key, value)| is_list_of_objects(value) || is_ours(key))
        && !popolo::is_of_votes(first)
        && serde_json::from_slice::<Agreement>(first).is_err()
}

/// Whether a key is one that every agreement with votes has, and hardly a table.
fn is_ours(key: &str) -> bool {
    matches!(key, "acts" | "symbols")
}

/// What is called the table of a file that has one.
const NAME: &str = "lines";

/// A line is a row of a table.
const LONGEST_LINE: Limit = Limit {
    mebibytes: 1,
    of: "a line of JSON",
    help: "check that the file has one object a line",
};

/// Reads the objects; what is nested in them stays text.
pub(super) fn read(input: &Input, wanted: Option<&str>) -> Result<Found, ImportError> {
    let path = &input.path;
    only(path, wanted, NAME)?;
    let mut reader = BufReader::with_capacity(1 << 16, input.reader()?);
    let mut cells = Cells::new(path);
    let mut columns: FxHashMap<String, u32> = FxHashMap::default();
    let mut header: Vec<String> = Vec::new();
    let mut nested: Vec<(u32, u64, u64)> = Vec::new();
    // The line on which each column was last filled.
    let mut filled: Vec<u32> = Vec::new();
    let (mut text, mut line) = (Vec::new(), 0_u32);
    loop {
        text.clear();
        let mut limited = std::io::Read::take(&mut reader, LONGEST_LINE.bytes() + 1);
        let read = limited
            .read_until(b'\n', &mut text)
            .map_err(|e| input.error(e))?;
        line = line.saturating_add(1);
        match read {
            0 => break,
            _ if read as u64 > LONGEST_LINE.bytes() => return Err(LONGEST_LINE.exceeded(path)),
            _ if text.trim_ascii().is_empty() => continue,
            _ => {}
        }
        let Row(pairs) = serde_json::from_slice(&text).map_err(|error| {
            let reason = format!("the line is not one JSON object: {error}");
            syntax(
                path,
                line.into(),
                &reason,
                "fix this line; every line is an object of its own",
            )
        })?;
        for (key, value) in pairs {
            let column = match columns.get(&key) {
                Some(column) => *column,
                None => {
                    let column = header.len() as u32;
                    header.push(key.clone());
                    filled.push(0);
                    columns.insert(key.clone(), column);
                    column
                }
            };
            if let Some(last) = filled.get_mut(column as usize) {
                if *last == line {
                    let reason = format!("the object has the key `{}` twice", brief(&key));
                    return Err(syntax(
                        path,
                        line.into(),
                        &reason,
                        "leave one of the two values out",
                    ));
                }
                *last = line;
            }
            if value.is_array() || value.is_object() {
                match nested.iter_mut().find(|(of, ..)| *of == column) {
                    Some((.., count)) => *count += 1,
                    None => nested.push((column, line.into(), 1)),
                }
            }
            cells.push(line, column, &text_of(&value))?;
        }
    }
    let remark = |(column, row, count): (u32, u64, u64)| Remark {
        row,
        field: header.get(column as usize).cloned().unwrap_or_default(),
        found: None,
        message: match count {
            1 => "a list or an object stands in the field; it is kept as its JSON text".to_owned(),
            _ => format!(
                "lists or objects stand in {count} fields of this name, the first here; they are kept as their JSON text"
            ),
        },
        help: "give each value a field of its own",
    };
    let remarks = nested.into_iter().map(remark).collect();
    Ok(Found {
        name: NAME.to_owned(),
        text: cells.into_text(Some(&header))?,
        remarks,
        note: None,
    })
}

fn text_of(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(value) => truth(*value).to_owned(),
        Value::String(text) => text.clone(),
        Value::Number(value) => match value.as_f64().filter(|_| value.is_f64()) {
            Some(value) => number(value),
            None => value.to_string(),
        },
        Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_told_from_documents_and_from_other_json() {
        for rows in [
            "{\"rcid\": 3, \"country\": \"Peru\"}\n{\"rcid\": 3}\n",
            "\n{\"a\": {\"b\": 1}}\n\n{\"a\": [1, 2]}",
        ] {
            assert!(fits(rows.as_bytes()), "{rows}");
        }
        for other in [
            "{\"rcid\": 3}\n",
            "{\n  \"rcid\": 3\n}\n{\n}\n",
            "{\"title\": \"A treaty\", \"kind\": \"treaty\"}\n{\"title\": \"B\"}\n",
            "{\"titel\": \"A treaty\", \"acts\": []}\n{\"title\": \"B\"}\n",
            "{\"motion\": \"x\", \"votes\": [{\"voter\": 1}]}\n{\"motion\": \"y\"}\n",
            "{\"motion_text\": \"x\", \"votes\": []}\n{\"motion_text\": \"y\"}\n",
            "{}\n{}\n",
            "[1]\n[2]\n",
            "a,b\n{,2\n",
        ] {
            assert!(!fits(other.as_bytes()), "{other}");
        }
    }

    #[test]
    fn a_key_that_an_object_has_twice_is_refused() {
        let text = "{\"a\": 1, \"b\": 2}\n{\"a\": 1, \"b\": 2, \"a\": 3}\n";
        let input = Input::bytes_as_they_are("in", text.as_bytes()).unwrap();
        let error = read(&input, None).err().unwrap();
        assert_eq!(error.to_string(), "in:2: the object has the key `a` twice");
    }

    #[test]
    fn keys_are_columns_in_the_order_in_which_they_come() {
        let text = "{\"b\": 1.0, \"a\": true}\n\n{\"c\": \"x\\ny\", \"b\": null, \"a\": [1]}\n{\"b\": 9007199254740993}\n";
        let input = Input::bytes_as_they_are("in", text.as_bytes()).unwrap();
        let found = read(&input, None).unwrap();
        let [remark] = found.remarks.as_slice() else {
            panic!()
        };
        assert_eq!((remark.row, remark.field.as_str()), (3, "a"));
        let (text, _) = found.text.finish();
        let expected = "b,a,c\n1,TRUE,\n,[1],\"x\ny\"\n9007199254740993,,\n";
        assert_eq!(String::from_utf8(text).unwrap(), expected);
    }
}
