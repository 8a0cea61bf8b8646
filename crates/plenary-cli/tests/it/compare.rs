//! `plenary compare`.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

/// Nine votes of eight states; `swap` exchanges two of them.
fn table(swap: bool) -> String {
    const STATES: [&str; 8] = [
        "BELIZE", "BHUTAN", "CHILE", "CUBA", "FRANCE", "GHANA", "INDIA", "PERU",
    ];
    let mut text = "undl_id,ms_name,ms_vote,date,session,resolution\n".to_owned();
    for vote in 1..=9 {
        for (at, name) in STATES.iter().enumerate() {
            let letter = ["Y", "N", "A"][(at * vote + at) % 3];
            let name = match (*name, swap) {
                ("BELIZE", true) => "BHUTAN",
                ("BHUTAN", true) => "BELIZE",
                (name, _) => name,
            };
            text.push_str(&format!(
                "{vote},{name},{letter},1981-12-0{vote},36,A/RES/36/{vote}\n"
            ));
        }
    }
    text
}

fn compare(folder: &Path, files: [&str; 2], options: &[&str]) -> assert_cmd::assert::Assert {
    let mut command = Command::cargo_bin("plenary").unwrap();
    let command = command.current_dir(folder).env("NO_COLOR", "1");
    command.arg("compare").args(files).args(options).assert()
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.csv"), table(false)).unwrap();
    fs::write(folder.path().join("b.csv"), table(true)).unwrap();
    folder
}

#[test]
fn sources_that_agree_end_with_0() {
    let folder = folder();
    let assert = compare(folder.path(), ["a.csv", "a.csv"], &[]).code(0);
    let shown = String::from_utf8(assert.get_output().stdout.clone()).unwrap();
    assert!(
        shown.contains("9 votes in both") && shown.contains("no differences"),
        "{shown}"
    );
}

#[test]
fn sources_that_differ_end_with_1_and_the_pattern_comes_first() {
    let folder = folder();
    let assert = compare(folder.path(), ["a.csv", "b.csv"], &[]).code(1);
    let shown = String::from_utf8(assert.get_output().stdout.clone()).unwrap();
    let pattern = shown.find("session 36: the ballots of Belize and Bhutan are exchanged");
    assert!(pattern.is_some(), "{shown}");
    let json = compare(folder.path(), ["a.csv", "b.csv"], &["--format", "json"]).code(1);
    let json: Value = serde_json::from_slice(&json.get_output().stdout).unwrap();
    assert_eq!(json["patterns"][0]["kind"], "states-exchanged");
    assert_eq!(
        json["patterns"][0]["states"],
        serde_json::json!(["BLZ", "BTN"])
    );
    let differences = json["differences"].as_array().unwrap();
    assert!(!differences.is_empty() && differences.iter().all(|d| d["pattern"] == 0));
}

#[test]
fn an_input_that_cannot_be_used_ends_with_2() {
    let folder = folder();
    let assert = compare(folder.path(), ["a.csv", "missing.csv"], &[]).code(2);
    let told = String::from_utf8(assert.get_output().stderr.clone()).unwrap();
    assert!(told.contains("missing.csv"), "{told}");
}
