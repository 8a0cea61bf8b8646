//! A roll call that somebody pasted is checked with one command.

use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

/// The vote on the Compact, set in two columns on pages with running heads.
fn record() -> Option<String> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../plenary-import/tests/fixtures");
    let text = std::fs::read_to_string(fixtures.join("meeting-record/good/two_columns.txt")).ok();
    if text.is_none() {
        println!("no fixtures beside this package: nothing to check");
    }
    text
}

/// What checking a text finds: the check, what was expected and found, and where.
fn found(text: &str, arguments: &[&str]) -> Vec<String> {
    let run = Command::cargo_bin("plenary")
        .unwrap()
        .args(["check", "-", "--format", "json"])
        .args(arguments)
        .write_stdin(text)
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&run.stdout).unwrap();
    let told = |finding: &Value| {
        let part = |name: &str| finding[name].as_str().unwrap_or("-").to_owned();
        let line = &finding["line"];
        format!(
            "{} {}/{} at {line}",
            part("check"),
            part("expected"),
            part("found")
        )
    };
    report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(told)
        .collect()
}

#[test]
fn a_roll_call_from_the_clipboard_is_checked_against_its_result_and_the_members() {
    let Some(text) = record() else { return };
    assert_eq!(found(&text, &[]), Vec::<String>::new());
    let miscounted = text.replace("votes to 5, with 12", "votes to 6, with 12");
    assert_eq!(
        found(&miscounted, &["--select", "tally-mismatch"]),
        ["tally-mismatch 5/6 at 50"]
    );
    let exchanged = text.replace("Poland, United States of", "Prussia, United States of");
    assert_eq!(found(&exchanged, &["--select", "unknown-state"]).len(), 1);
}

#[test]
fn a_roll_call_in_a_file_needs_no_option() {
    let Some(text) = record() else { return };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vote.txt");
    std::fs::write(&path, text).unwrap();
    let mut check = Command::cargo_bin("plenary").unwrap();
    check.arg("check").arg(&path).assert().success();
    let mut show = Command::cargo_bin("plenary").unwrap();
    let shown = show.args(["show", "A/RES/73/195", "--dataset"]).arg(&path);
    let shown = shown.assert().success();
    let shown = String::from_utf8_lossy(&shown.get_output().stdout).into_owned();
    assert!(shown.contains("152"), "{shown}");
}

#[test]
fn votes_of_one_meeting_with_equal_lists_are_not_copies_of_each_other() {
    let lists = "In favour: Chad, Chile\nAgainst: Cuba\nAbstaining: None\n";
    let heading = "A/61/PV.83\nGeneral Assembly\nTuesday, 19 December 2006, 10 a.m.\n\n";
    let adopted = |draft: &str, number: &str| {
        format!(
            "{lists}Draft resolution A/61/L.{draft} was adopted by 2 votes to 1 (resolution 61/{number}).\n\n"
        )
    };
    let retained = |draft: &str| {
        format!(
            "We vote on draft resolution A/61/L.{draft}.\n{lists}Operative paragraph 2 was retained by 2 votes to 1.\n\n"
        )
    };
    let folder = tempfile::tempdir().unwrap();
    let written = |texts: &[String]| {
        let mut import = Command::cargo_bin("plenary").unwrap();
        import.arg("import");
        for (at, text) in texts.iter().enumerate() {
            let path = folder.path().join(format!("{at}.txt"));
            std::fs::write(&path, text).unwrap();
            import.arg(path);
        }
        let output = folder.path().join("out");
        let _ = std::fs::remove_dir_all(&output);
        import
            .args(["--as", "csv", "-o"])
            .arg(&output)
            .assert()
            .success();
        let records = std::fs::read_to_string(output.join("agreements.jsonl")).unwrap();
        records.lines().count()
    };
    let (one, other) = (adopted("40", "201"), adopted("41", "202"));
    let resolutions = format!("{heading}{one}{other}");
    assert_eq!(written(std::slice::from_ref(&resolutions)), 2);
    let paragraphs = format!("{heading}{}{}", retained("40"), retained("41"));
    assert_eq!(written(&[paragraphs]), 2);
    // The same vote twice is one, and so are those of two files.
    assert_eq!(written(&[format!("{heading}{one}{one}")]), 1);
    assert_eq!(written(&[resolutions.clone(), resolutions]), 2);
}
