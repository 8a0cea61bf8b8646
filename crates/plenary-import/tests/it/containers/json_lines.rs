//! JSON Lines.

use std::fs;

use plenary_import::{Options, read, read_bytes};
use serde_json::Value;

use super::{Rows, compact, library, refused, same_as_csv, voeten};

/// The rows as objects; what is a whole number is one, with a fraction of nothing.
fn lines(rows: &Rows) -> Vec<u8> {
    let [header, rows @ ..] = rows.as_slice() else {
        panic!("a header")
    };
    let mut text = String::new();
    for row in rows {
        let value = |field: &String| match (field.as_str(), field.parse::<i32>()) {
            ("", _) => Value::Null,
            (_, Ok(number)) => f64::from(number).into(),
            (text, _) => text.into(),
        };
        let pairs = header.iter().zip(row);
        let pairs: Vec<String> = pairs
            .map(|(key, field)| format!("{}:{}", Value::from(key.as_str()), value(field)))
            .collect();
        text += &format!("{{{}}}\n", pairs.join(","));
    }
    text.into_bytes()
}

#[test]
fn a_table_as_json_lines_is_read_as_the_same_csv() {
    for rows in [Some(library()), Some(voeten()), compact()]
        .into_iter()
        .flatten()
    {
        same_as_csv(&rows, &lines(&rows), "lines", -1);
    }
}

#[test]
fn packed_lines_and_blank_lines_keep_their_places() {
    let mut text = b"\n".to_vec();
    text.extend(lines(&library()));
    let packed = zstd::bulk::compress(&text, 1).unwrap();
    for bytes in [text, packed] {
        let import = read_bytes("in", &bytes, &Options::default().lenient()).unwrap();
        let lines: Vec<_> = import
            .rejected()
            .iter()
            .map(|rejected| rejected.place.line)
            .collect();
        assert_eq!(lines, [Some(7), Some(8)]);
    }
}

#[test]
fn a_line_that_is_no_object_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("votes.jsonl");
    fs::write(&path, "{\"rcid\": 1}\n{\"rcid\": 2}\n{\"rcid\": }\n").unwrap();
    let error = refused(&path);
    assert!(
        error.place().line == Some(3) && error.to_string().contains("not one JSON object"),
        "{error}"
    );
    assert!(read(folder.path().join("votes.jsonl#x"), &Options::default()).is_err());
}
