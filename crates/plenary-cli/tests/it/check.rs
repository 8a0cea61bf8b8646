//! `plenary check`: what it says, in every form, and how it ends.

use assert_cmd::Command;
use serde_json::Value;

const VOTE: &str = "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,total_yes,total_no\n\
    1,FRA,FRANCE,Y,2018-12-19,73,A/RES/73/195,2,0\n\
    1,PER,PERU,Y,2018-12-19,73,A/RES/73/195,2,0\n\
    1,JPN,JAPAN,y,2018-12-19,73,A/RES/73/195,2,0\n";

fn plenary() -> Command {
    Command::cargo_bin("plenary").unwrap()
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("votes.csv"), VOTE).unwrap();
    folder
}

fn json(args: &[&str], code: i32) -> Value {
    let folder = folder();
    let run = plenary()
        .current_dir(folder.path())
        .arg("check")
        .args(args)
        .assert()
        .code(code);
    serde_json::from_slice(&run.get_output().stdout).unwrap()
}

#[test]
fn json_names_file_line_field_expected_and_found() {
    let result = json(
        &[
            "votes.csv",
            "--format",
            "json",
            "--select",
            "tally-mismatch",
        ],
        1,
    );
    let finding = &result["findings"][0];
    assert_eq!(finding["check"], "tally-mismatch");
    assert_eq!(
        (finding["path"].as_str(), finding["line"].as_u64()),
        (Some("votes.csv"), Some(2))
    );
    assert_eq!(
        (finding["expected"].as_str(), finding["found"].as_str()),
        (Some("3"), Some("2"))
    );
    assert_eq!(result["inputs"][0]["used"], 3);
    assert_eq!(result["summary"]["errors"], 1);
}

#[test]
fn findings_can_be_left_out_by_check_and_by_level() {
    let ignored = json(
        &[
            "votes.csv",
            "--format",
            "json",
            "--ignore",
            "tally-mismatch",
            "--severity",
            "error",
        ],
        0,
    );
    assert_eq!(ignored["findings"].as_array().unwrap().len(), 0);
    let lowered = json(
        &[
            "votes.csv",
            "--format",
            "json",
            "--severity",
            "tally-mismatch=note",
        ],
        0,
    );
    assert_eq!(lowered["summary"]["errors"], 0);
    let first = json(&["votes.csv", "--format", "json", "--max-findings", "1"], 1);
    assert_eq!(first["findings"].as_array().unwrap().len(), 1);
}

#[test]
fn a_waiver_beside_the_data_accepts_a_finding_until_it_expires() {
    let run = |expires: &str, code| {
        let folder = folder();
        let waiver = format!(
            "[[waivers]]\ncheck = 'tally-mismatch'\nrecord = 'A/RES/73/195'\nreason = 'misprint'\nexpires = '{expires}'\n"
        );
        std::fs::write(folder.path().join("plenary.toml"), waiver).unwrap();
        plenary()
            .current_dir(folder.path())
            .args(["check", "votes.csv"])
            .assert()
            .code(code);
    };
    run("2999-01-01", 0);
    run("2000-01-01", 1);
}

#[test]
fn every_form_is_given() {
    let folder = folder();
    for (form, start) in [
        ("human", "error["),
        ("sarif", "{"),
        ("github", "::"),
        ("csv", "check,severity"),
    ] {
        let run = plenary()
            .current_dir(folder.path())
            .args(["check", "votes.csv", "--format", form])
            .assert()
            .code(1);
        let text = String::from_utf8_lossy(&run.get_output().stdout).into_owned();
        assert!(text.starts_with(start), "{form}: {text}");
    }
}

#[test]
fn unusable_input_ends_with_2_and_says_what_to_do() {
    let folder = folder();
    std::fs::write(folder.path().join("empty.csv"), "").unwrap();
    std::fs::write(folder.path().join("binary.csv"), [0u8, 1, 2, 3]).unwrap();
    for name in ["empty.csv", "binary.csv", "missing.csv", "."] {
        let run = plenary()
            .current_dir(folder.path())
            .args(["check", name])
            .assert()
            .code(2);
        let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(
            said.contains("error") && said.contains("help"),
            "{name}: {said}"
        );
    }
}

#[test]
fn fixing_writes_a_copy_and_leaves_the_file_alone() {
    let folder = folder();
    plenary()
        .current_dir(folder.path())
        .args(["check", "votes.csv", "--fix"])
        .assert()
        .code(1);
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(read("votes.csv"), VOTE);
    assert_eq!(read("votes.fixed.csv"), VOTE.replace(",y,", ",Y,"));
}

#[test]
fn a_misspelt_check_is_met_with_the_right_one() {
    let run = plenary().args(["explain", "taly-sum"]).assert().code(2);
    assert!(String::from_utf8_lossy(&run.get_output().stderr).contains("did you mean `tally-sum`"));
    plenary().args(["explain", "tally-sum"]).assert().code(0);
    plenary().args(["rules"]).assert().code(0);
}
