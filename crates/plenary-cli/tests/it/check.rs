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

/// The voting data in the shared folder, when it is there.
fn shared_data() -> Option<std::path::PathBuf> {
    let root = std::env::var_os("PLENARY_SHARED").map_or_else(
        || std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        std::path::PathBuf::from,
    );
    let data = root.join("data");
    if !data.join("unvotes").is_dir() {
        eprintln!("skipped: no unvotes in {}", data.display());
        return None;
    }
    Some(data)
}

#[test]
fn the_first_screen_over_unvotes_says_what_a_researcher_must_know() {
    let Some(data) = shared_data() else { return };
    let run = plenary()
        .current_dir(data)
        .args(["check", "unvotes"])
        .assert()
        .code(1);
    let text = String::from_utf8_lossy(&run.get_output().stdout).into_owned();
    let rows: Vec<&str> = text.lines().collect();
    assert!(rows.len() <= 44, "{} rows:\n{text}", rows.len());
    let top = rows[..24].join("\n");
    for known in [
        "4075 of 4075 dates from 1946 to 1996 on the days 1 to 7",
        "China as `Taiwan`, 1233 votes 1946-1971",
        "Serbia as `Yugoslavia`, 1275 votes 2006-2020",
        "Monaco and Mongolia in session 48",
        "Greece and Grenada in session 65",
        "2 votes on A/RES/56/139",
        "4 votes on A/RES/66/33",
        "A/RES/57/84 twice",
        "Liberia, 0 % in session 45",
        "Myanmar, 66 % in session 44",
    ] {
        assert!(top.contains(known), "{known} is not in\n{top}");
    }
    for cause in ["[not-a-member]", "[member-count]", "[name-at-date]"] {
        assert!(text.contains(cause), "{cause} is not in\n{text}");
    }
}

#[test]
fn of_too_many_findings_the_weightiest_are_printed() {
    for most in ["1", "2", "4"] {
        let result = json(
            &["votes.csv", "--format", "json", "--max-findings", most],
            1,
        );
        let levels = result["findings"].as_array().unwrap().iter();
        let levels: Vec<_> = levels.map(|f| f["severity"].as_str().unwrap()).collect();
        assert_eq!(levels.len().to_string(), most);
        assert!(
            levels.contains(&"error") && !levels.contains(&"note"),
            "{levels:?}"
        );
    }
}

#[test]
fn wrong_arguments_and_configurations_end_with_2_and_say_what_to_do() {
    let folder = folder();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("unknown.toml", "colour = 'red'\n");
    write(
        "bare.toml",
        "[[waivers]]\ncheck = 'tally-sum'\nreason = ''\n",
    );
    for args in [
        ["--select", "tally-some"],
        ["--ignore", "nothing"],
        ["--severity", "loud"],
        ["--severity", "nothing=error"],
        ["--config", "unknown.toml"],
        ["--config", "bare.toml"],
    ] {
        let mut command = plenary();
        let run = command
            .current_dir(folder.path())
            .args(["check", "votes.csv"])
            .args(args);
        let run = run.assert().code(2);
        let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(
            said.contains("error") && said.contains("help"),
            "{args:?}: {said}"
        );
    }
}

/// The configuration that the documentation shows.
#[test]
fn the_documented_configuration_is_read() {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/configuration.md");
    let Ok(page) = std::fs::read_to_string(page) else {
        println!("no docs beside this package: nothing to read");
        return;
    };
    let shown = page
        .split("```toml\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next());
    let folder = folder();
    std::fs::write(folder.path().join("plenary.toml"), shown.unwrap()).unwrap();
    let mut command = plenary();
    let run = command
        .current_dir(folder.path())
        .args(["check", "votes.csv", "--format", "json"]);
    let run = run.assert().code(1);
    let result: Value = serde_json::from_slice(&run.get_output().stdout).unwrap();
    let checks: Vec<_> = result["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["check"].as_str().unwrap())
        .collect();
    assert!(!checks.contains(&"vote-grammar"), "{checks:?}");
    assert!(checks.contains(&"unused-waiver"), "{checks:?}");
}
