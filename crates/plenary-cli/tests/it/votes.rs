//! `plenary votes`: what it prints, and the files that it writes.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

/// Two resolutions and one without a vote, with titles that could break a table.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let vote = |number: u32, title: &str, rest: &str| {
        let title = serde_json::to_string(title).unwrap();
        format!(
            r#"{{"title": {title}, "symbols": ["A/RES/73/{number}"], "acts": [{{"act": "decision", "body": "unga", "session": "73", "date": "2018-12-{number}", {rest}}}]}}"#
        )
    };
    let text = [
        vote(
            19,
            "=1+1, \"a formula\"\nin two lines",
            r#""outcome": "adopted", "ballots": {"yes": ["FRA", "NAM"], "no": ["USA"], "abstain": ["CIV"]}"#,
        ),
        vote(
            20,
            &["A long title"; 30].join(" "),
            r#""ballots": {"yes": ["FRA"], "non-voting": ["USA"], "no": ["NAM", "CIV"]}"#,
        ),
        vote(
            21,
            "@consensus",
            r#""mode": "without-vote", "outcome": "adopted""#,
        ),
    ];
    fs::write(folder.path().join("un.jsonl"), text.join("\n")).unwrap();
    folder
}

fn plenary(folder: &Path, arguments: &[&str]) -> assert_cmd::assert::Assert {
    Command::cargo_bin("plenary")
        .unwrap()
        .current_dir(folder)
        .env("COLUMNS", "80")
        .args(arguments)
        .assert()
}

fn printed(folder: &Path, arguments: &[&str]) -> String {
    let output = plenary(folder, arguments).success().get_output().clone();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_screen_shows_decisions_with_their_results_on_one_line_each() {
    let folder = folder();
    let text = printed(folder.path(), &["votes", "un.jsonl"]);
    let (table, about) = text.split_once("\n\n").unwrap();
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 4, "{table}");
    assert!(
        lines.iter().all(|line| line.chars().count() <= 80),
        "{table}"
    );
    assert!(
        lines[1].contains("=1+1, \"a formula\"␊in two lines"),
        "{table}"
    );
    assert!(lines[1].ends_with("adopted 2-1-1"), "{table}");
    assert!(
        lines[2].contains("A long title A long") && lines[2].contains('…'),
        "{table}"
    );
    assert!(lines[3].ends_with("adopted without a vote"), "{table}");
    assert!(about.contains("rows: 3 decisions"), "{about}");
    let limited = plenary(folder.path(), &["votes", "un.jsonl", "--limit", "1"]).success();
    let limited = String::from_utf8(limited.get_output().stdout.clone()).unwrap();
    assert!(limited.contains("rows: 1 of 3 decisions"), "{limited}");
}

#[test]
fn a_screen_shows_the_choices_of_who_is_named() {
    let folder = folder();
    let one = printed(folder.path(), &["votes", "un.jsonl", "--states", "France"]);
    assert!(one.starts_with("date        symbol"), "{one}");
    assert!(!one.lines().next().unwrap().contains("name"), "{one}");
    assert!(one.contains("states FRA"), "{one}");
    let two = printed(
        folder.path(),
        &[
            "votes",
            "un.jsonl",
            "--participants",
            "FRA,USA",
            "--sort=-date,choice",
        ],
    );
    let choices: Vec<&str> = two
        .lines()
        .skip(1)
        .take(4)
        .filter_map(|line| line.split_whitespace().last())
        .collect();
    assert_eq!(choices, ["non-voting", "yes", "no", "yes"], "{two}");
}

/// Every form holds the same rows: each is written, and read again as a table of votes.
#[test]
fn what_is_written_is_read_again() {
    let folder = folder();
    let columns = "symbol,date,session,participant,choice,title";
    for form in ["csv", "jsonl", "parquet", "xlsx", "sqlite", "dta"] {
        let file = format!("votes.{form}");
        let arguments = [
            "votes",
            "un.jsonl",
            "--rows",
            "ballots",
            "--columns",
            columns,
            "-o",
            &file,
        ];
        plenary(folder.path(), &arguments).success();
        // A database has the metadata in a table beside the votes.
        let table = match form {
            "sqlite" => format!("{file}#votes"),
            _ => file.clone(),
        };
        let proposed = printed(folder.path(), &["mapping", &table]);
        fs::write(folder.path().join("m.toml"), proposed).unwrap();
        let read = format!("read-{form}");
        let arguments = ["import", &table, "--mapping", "m.toml", "-o", &read];
        plenary(folder.path(), &arguments).success();
        let again = [
            "votes",
            &read,
            "--rows",
            "ballots",
            "--columns",
            "symbol,date,participant,choice,title",
            "--format",
            "jsonl",
            "-q",
        ];
        let first = [
            "votes",
            "un.jsonl",
            "--rows",
            "ballots",
            "--columns",
            "symbol,date,participant,choice,title",
            "--format",
            "jsonl",
            "-q",
        ];
        assert_eq!(
            printed(folder.path(), &again),
            printed(folder.path(), &first),
            "{form}"
        );
        let beside = folder.path().join(format!("{file}.metadata.json"));
        let holds_metadata = ["parquet", "xlsx", "sqlite"].contains(&form);
        assert_eq!(beside.exists(), !holds_metadata, "{form}");
    }
}

#[test]
fn a_wide_table_has_a_column_for_each_participant() {
    let folder = folder();
    let wide = printed(
        folder.path(),
        &["votes", "un.jsonl", "-q", "--wide", "--columns", "symbol"],
    );
    assert_eq!(
        wide,
        "symbol,CIV,FRA,NAM,USA\nA/RES/73/19,abstain,yes,yes,no\nA/RES/73/20,no,yes,no,non-voting\n"
    );
    let arguments = [
        "votes",
        "un.jsonl",
        "-q",
        "--wide",
        "participants",
        "--columns",
        "iso2",
        "--code",
        "voeten",
    ];
    let wide = printed(folder.path(), &arguments);
    assert_eq!(
        wide,
        "iso2,A/RES/73/19,A/RES/73/20\nCI,2,3\nFR,1,1\nNA,1,3\nUS,3,8\n"
    );
}

#[test]
fn a_roll_call_is_three_files() {
    let folder = folder();
    let arguments = ["votes", "un.jsonl", "--format", "rollcall", "-o", "un"];
    plenary(folder.path(), &arguments).success();
    let read =
        |ending: &str| fs::read_to_string(folder.path().join(format!("un.{ending}"))).unwrap();
    assert_eq!(
        read("votes.csv"),
        "participant,A/RES/73/19,A/RES/73/20\nCIV,7,6\nFRA,1,1\nNAM,1,6\nUSA,6,9\n"
    );
    assert!(read("legis.csv").starts_with("participant,name,party,"));
    assert_eq!(read("legis.csv").lines().count(), 5);
    assert!(read("votedata.csv").contains("\"=1+1, \"\"a formula\"\"\nin two lines\""));
    let about: Value = serde_json::from_str(&read("metadata.json")).unwrap();
    assert_eq!(
        about["choices"],
        "yes=1,no=6,abstain=7,non-voting=9,not-eligible=0"
    );
    for (arguments, reason) in [
        (&["--format", "rollcall"][..], "a roll call is three files"),
        (
            &["--format", "rollcall", "-o", "un", "--limit", "1"],
            "--limit does not apply",
        ),
    ] {
        let arguments = [&["votes", "un.jsonl"], arguments].concat();
        let refused = plenary(folder.path(), &arguments).code(2);
        let said = String::from_utf8_lossy(&refused.get_output().stderr).into_owned();
        assert!(said.contains(reason), "{said}");
    }
}

#[test]
fn nothing_selected_is_an_error_that_says_what_to_do() {
    let folder = folder();
    for (arguments, reason) in [
        (&["--session", "1"][..], "no decision is selected"),
        (
            &["--states", "Peru"],
            "`Peru` cast no ballot in the selected votes",
        ),
        (&["--states", "Atlantis"], "unknown participant `Atlantis`"),
        (&["--columns", "symbl"], "unknown column `symbl`"),
        (&["--code", "x"], "invalid coding `x`"),
        (&["--outcome", "rejected"], "no decision is selected"),
        (
            &["--wide", "--symbol", "A/RES/73/21"],
            "no selected decision has a list of ballots",
        ),
    ] {
        let arguments = [&["votes", "un.jsonl"], arguments].concat();
        let refused = plenary(folder.path(), &arguments).code(2);
        let said = String::from_utf8_lossy(&refused.get_output().stderr).into_owned();
        assert!(said.contains(reason), "{arguments:?}: {said}");
    }
}
