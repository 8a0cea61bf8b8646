//! A copy of the Compact's document with one thing changed: what is said, where, and how it ends.

use std::fs;

use assert_cmd::Command;
use serde_json::Value;

use crate::schema::{misfits, root};

fn document() -> String {
    let path = root().join("fixtures/global-compact/agreements/a-res-73-195.json");
    fs::read_to_string(path).unwrap()
}

/// The line, from 1, of the last occurrence of `text`.
fn line_of(document: &str, text: &str) -> u64 {
    let at = document
        .rfind(text)
        .unwrap_or_else(|| panic!("`{text}` is in the document"));
    document[..at].matches('\n').count() as u64 + 1
}

fn check(name: &str, bytes: &[u8]) -> assert_cmd::assert::Assert {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    let mut command = Command::cargo_bin("plenary").unwrap();
    command
        .current_dir(&folder)
        .args(["check", name, "--format", "json"]);
    command.assert()
}

struct Edit {
    what: &'static str,
    from: &'static str,
    to: &'static str,
    check: &'static str,
    field: &'static str,
    expected: &'static str,
    found: &'static str,
}

const EDITS: &[Edit] = &[
    Edit {
        what: "a ballot",
        from: r#""no": ["CZE", "HUN""#,
        to: r#""no": ["HUN""#,
        check: "tally-mismatch",
        field: "acts[6].announced.no",
        expected: "4",
        found: "5",
    },
    Edit {
        what: "a total",
        from: r#""yes": 152,"#,
        to: r#""yes": 151,"#,
        check: "tally-mismatch",
        field: "acts[6].announced.yes",
        expected: "152",
        found: "151",
    },
    Edit {
        what: "a date",
        from: "\"body\": \"unga\",\n      \"date\": \"2018-12-19\"",
        to: "\"body\": \"unga\",\n      \"date\": \"2010-12-19\"",
        check: "claim-contradicts-record",
        field: "claims[23]",
        expected: "2010-12-19",
        found: "2018-12-19",
    },
    Edit {
        what: "a code",
        from: r#""no": ["CZE""#,
        to: r#""no": ["CSK""#,
        check: "not-a-member",
        field: "acts[6].ballots.no[0]",
        expected: "a member 1945-10-24 to 1992-12-31",
        found: "CSK on the list of 2018-12-19",
    },
    Edit {
        what: "a code that is none",
        from: r#""no": ["CZE""#,
        to: r#""no": ["Czechia?""#,
        check: "unknown-state",
        field: "acts[6].ballots.no[0]",
        expected: "the name or code of a state at the date",
        found: "Czechia?",
    },
];

#[test]
fn one_change_to_the_compact_gives_a_finding_that_names_line_and_field() {
    for edit in EDITS {
        let changed = document().replace(edit.from, edit.to);
        assert_ne!(changed, document(), "{}", edit.what);
        let output = check("edited.json", changed.as_bytes()).code(1);
        let result: Value = serde_json::from_slice(&output.get_output().stdout).unwrap();
        assert_eq!(
            misfits("check.schema.json", &result),
            [""; 0],
            "{}",
            edit.what
        );
        let findings = result["findings"].as_array().unwrap();
        let is_it = |f: &&Value| f["check"] == edit.check && f["field"] == edit.field;
        let finding = findings.iter().find(is_it);
        let finding = finding.unwrap_or_else(|| panic!("{}: {findings:#?}", edit.what));
        assert_eq!(finding["path"], "edited.json");
        assert_eq!(finding["expected"], edit.expected, "{}", edit.what);
        assert_eq!(finding["found"], edit.found, "{}", edit.what);
        let line = finding["line"].as_u64().unwrap();
        assert!(
            (2..=line_of(&changed, "}")).contains(&line),
            "{}",
            edit.what
        );
    }
}

#[test]
fn the_line_of_a_finding_is_the_line_of_the_change() {
    let changed = document().replace(r#""yes": 152,"#, r#""yes": 151,"#);
    let output = check("edited.json", changed.as_bytes()).code(1);
    let result: Value = serde_json::from_slice(&output.get_output().stdout).unwrap();
    assert_eq!(
        result["findings"][0]["line"],
        line_of(&changed, r#""yes": 151,"#)
    );
}

#[test]
fn an_act_that_cannot_be_read_is_an_error_at_its_field() {
    let changed = document().replace(r#""yes": 152,"#, r#""yes": -152,"#);
    let output = check("edited.json", changed.as_bytes()).code(2);
    let said = String::from_utf8(output.get_output().stderr.clone()).unwrap();
    let line = line_of(&changed, r#""yes": -152,"#);
    assert!(said.contains(&format!("edited.json:{line}:")), "{said}");
    assert!(said.contains("acts[6].announced.yes"), "{said}");
}

#[test]
fn input_that_cannot_be_used_is_refused_in_words() {
    let whole = document();
    let truncated = &whole.as_bytes()[..whole.len() / 2];
    let mut not_text = whole.clone().into_bytes();
    not_text[100] = 0xff;
    for (name, bytes, words) in [
        ("truncated.json", truncated, "cut short"),
        ("empty.json", b"".as_slice(), "the file is empty"),
        (
            "binary.json",
            &[0u8, 1, 2, 3, 0xff, 0xfe].repeat(50),
            "this is not text",
        ),
        (
            "header.csv",
            b"a,b,c\n1,2,3\n".as_slice(),
            "unrecognised format",
        ),
        ("latin1.json", &not_text, "UTF-8"),
    ] {
        let output = check(name, bytes).code(2);
        let said = String::from_utf8(output.get_output().stderr.clone()).unwrap();
        assert!(
            said.starts_with("error: ") && said.contains(words),
            "{name}: {said}"
        );
        assert!(said.contains("help: "), "{name}: {said}");
        assert!(!said.contains("panicked"), "{name}: {said}");
    }
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::cargo_bin("plenary").unwrap();
    command.arg("check").arg(folder.path()).assert().code(2);
}
