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
fn a_column_is_given_in_documents_and_for_rejected_rows_and_not_for_other_rows() {
    let folder = folder();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("rejected.csv", &VOTE.replace("PERU,Y", "PERU,maybe"));
    let document = r#"{"symbols": ["A/RES/73/195"], "acts": [{"act": "decision", "partial": true,
        "announced": {"yes": 1, "no": 0}, "ballots": {"yes": ["FRA", "PER"]}}]}"#;
    write("vote.json", document);
    for (input, check, spot) in [
        ("votes.csv", "tally-mismatch", "votes.csv,2,,total_yes"),
        ("rejected.csv", "rejected-row", "rejected.csv,3,12,ms_vote"),
        (
            "vote.json",
            "tally-mismatch",
            "vote.json,2,23,acts[0].announced.yes",
        ),
    ] {
        let run = plenary()
            .current_dir(folder.path())
            .args([
                "check",
                input,
                "--lenient",
                "--format",
                "csv",
                "--select",
                check,
            ])
            .assert();
        let printed = String::from_utf8(run.get_output().stdout.clone()).unwrap();
        assert!(printed.contains(&format!(",{spot},")), "{printed}");
    }
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
        ("junit", "<?xml"),
        ("gitlab", "["),
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
fn a_baseline_leaves_only_what_is_new() {
    let folder = folder();
    let run = |args: &[&str], code: i32| {
        let run = plenary()
            .current_dir(folder.path())
            .args(["check", "votes.csv", "--format", "json"])
            .args(args)
            .assert()
            .code(code);
        serde_json::from_slice::<Value>(&run.get_output().stdout).unwrap()
    };
    let all = run(&["--write-baseline", "known.jsonl"], 0);
    let count = all["findings"].as_array().unwrap().len() as u64;
    assert!(all["summary"]["errors"].as_u64() > Some(0));
    let rest = run(&["--baseline", "known.jsonl"], 0);
    assert_eq!(rest["findings"], serde_json::json!([]));
    assert_eq!(rest["summary"]["known"], count);
    assert_eq!(rest["summary"].get("gone"), None);
    // Another total is new, and the finding about the old one is gone.
    let other = VOTE.replace(",2,0", ",1,0");
    std::fs::write(folder.path().join("votes.csv"), other).unwrap();
    let changed = run(&["--baseline", "known.jsonl"], 1);
    assert_eq!(changed["findings"][0]["check"], "tally-mismatch");
    assert_eq!(changed["findings"][0]["found"], "1");
    assert!(changed["summary"]["gone"].as_u64() > Some(0));
    std::fs::write(folder.path().join("known.jsonl"), "what\n").unwrap();
    let broken = run(&["--baseline", "known.jsonl"], 2);
    assert_eq!(broken["unusable"][0]["path"], "known.jsonl");
}

#[test]
fn the_reports_for_servers_hold_every_finding_and_every_input() {
    let folder = folder();
    let run = |form: &str| {
        let run = plenary()
            .current_dir(folder.path())
            .args(["check", "votes.csv", "missing.csv", "--format", form])
            .assert()
            .code(2);
        String::from_utf8(run.get_output().stdout.clone()).unwrap()
    };
    let json: Value = serde_json::from_str(&run("json")).unwrap();
    let count = json["findings"].as_array().unwrap().len();
    let junit = run("junit");
    assert_eq!(junit.matches("<failure ").count(), count);
    assert_eq!(junit.matches("<testsuite ").count(), 2);
    assert!(junit.contains("errors=\"1\""), "{junit}");
    let gitlab: Vec<Value> = serde_json::from_str(&run("gitlab")).unwrap();
    assert_eq!(gitlab.len(), count + 1);
    let prints: std::collections::BTreeSet<_> =
        gitlab.iter().map(|i| i["fingerprint"].as_str()).collect();
    assert_eq!(prints.len(), count + 1);
    assert!(
        gitlab
            .iter()
            .all(|issue| issue["location"]["lines"]["begin"].as_u64() > Some(0))
    );
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

#[test]
fn the_first_screen_over_unvotes_says_what_a_researcher_must_know() {
    let Some(unvotes) = plenary_testing::shared("unvotes") else {
        return;
    };
    let run = plenary()
        .current_dir(unvotes.parent().unwrap())
        .args(["check", "unvotes"])
        .assert()
        .code(1);
    let text = String::from_utf8_lossy(&run.get_output().stdout).into_owned();
    let rows: Vec<&str> = text.lines().collect();
    assert!(rows.len() <= 53, "{} rows:\n{text}", rows.len());
    let top = rows[..44].join("\n");
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
    for cause in ["[not-a-member]", "[member-count]", "name-at-date"] {
        assert!(text.contains(cause), "{cause} is not in\n{text}");
    }
    // Errors that have a place come with it, before what is only worth a look.
    let (before, _) = text.split_once("note[").unwrap();
    assert_eq!(before.matches("\nerror[").count(), 3, "{text}");
    assert_eq!(before.matches("^ expected ").count(), 3, "{text}");
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
    // Its waivers are of records that are not among these.
    assert!(!checks.contains(&"unused-waiver"), "{checks:?}");
}

/// What a check prints for people, and on stderr, in a folder of these files.
fn shown(folder: &std::path::Path, args: &[&str], code: i32) -> (String, String) {
    let mut command = plenary();
    let run = command.current_dir(folder).arg("check").args(args);
    let run = run.assert().code(code);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (
        text(&run.get_output().stdout),
        text(&run.get_output().stderr),
    )
}

#[test]
fn a_screen_shows_the_line_the_caret_and_why_the_format_is_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let rows = VOTE.replace(",", ";").replace(";Y;2018", ";Q;2018");
    std::fs::write(folder.path().join("votes.csv"), rows).unwrap();
    let (text, _) = shown(folder.path(), &["votes.csv", "--select", "rejected-row"], 1);
    insta::assert_snapshot!(text);
}

#[test]
fn the_account_says_how_many_findings_are_left_out() {
    let folder = folder();
    let (text, _) = shown(folder.path(), &["votes.csv", "--max-findings", "2"], 1);
    let line = text.lines().find(|line| line.contains(" shown: "));
    assert!(line.unwrap().starts_with("2 of "), "{text}");
    let (text, _) = shown(folder.path(), &["votes.csv"], 1);
    assert!(!text.contains(" shown: "), "{text}");
}

#[test]
fn control_characters_of_the_data_do_not_reach_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let rows = VOTE
        .replace("PERU", "PE\u{1b}[31mRU")
        .replace(",Y,", ",\u{1b}]0;x\u{7},");
    std::fs::write(folder.path().join("votes.csv"), rows).unwrap();
    for all in [&[][..], &["--all"]] {
        let args = [&["votes.csv", "--color", "never"], all].concat();
        let (text, _) = shown(folder.path(), &args, 1);
        assert!(text.contains('␛'), "{text}");
        let raw = text.chars().any(|c| c.is_control() && c != '\n');
        assert!(!raw, "{text:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_is_read_once_and_not_waited_for_again() {
    let folder = folder();
    let pipe = folder.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    if !made.is_ok_and(|status| status.success()) {
        eprintln!("skipped: no mkfifo");
        return;
    }
    let write = {
        let pipe = pipe.clone();
        std::thread::spawn(move || std::fs::write(pipe, VOTE).unwrap())
    };
    let mut command = plenary();
    let run = command.args(["check", "--fix"]).arg(&pipe);
    let run = run
        .timeout(std::time::Duration::from_secs(60))
        .assert()
        .code(2);
    write.join().unwrap();
    let text = String::from_utf8_lossy(&run.get_output().stdout).into_owned();
    assert!(text.contains("error[tally-mismatch]"), "{text}");
    assert!(String::from_utf8_lossy(&run.get_output().stderr).contains("not a file"));
}

#[test]
fn a_record_in_two_inputs_is_a_duplicate() {
    let folder = folder();
    std::fs::write(folder.path().join("again.csv"), VOTE).unwrap();
    let args = [
        "votes.csv",
        "again.csv",
        "--select",
        "duplicate-record",
        "--format",
        "json",
    ];
    let (text, _) = shown(folder.path(), &args, 0);
    let result: Value = serde_json::from_str(&text).unwrap();
    let findings = result["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 1, "{text}");
    assert_eq!(findings[0]["path"], "again.csv");
    let (text, _) = shown(
        folder.path(),
        &["votes.csv", "--select", "duplicate-record"],
        0,
    );
    assert!(text.contains("nothing found"), "{text}");
}

#[test]
fn an_input_that_cannot_be_used_is_told_in_every_form() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("empty.csv"), "").unwrap();
    let of = |form| shown(folder.path(), &["empty.csv", "--format", form], 2).0;
    let json: Value = serde_json::from_str(&of("json")).unwrap();
    assert_eq!(json["unusable"][0]["path"], "empty.csv");
    assert_eq!(
        json["unusable"][0]["message"],
        "empty.csv: the file is empty"
    );
    assert_eq!(crate::schema::misfits("check.schema.json", &json), [""; 0]);
    let sarif: Value = serde_json::from_str(&of("sarif")).unwrap();
    let invocation = &sarif["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let told = &invocation["toolExecutionNotifications"][0]["message"]["text"];
    assert_eq!(told, "empty.csv: the file is empty");
    assert!(of("github").starts_with("::error file=empty.csv::"));
    assert!(of("csv").starts_with("check,severity"));
    assert_eq!(of("human"), "");
}

#[test]
fn inputs_with_different_configurations_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a", "b"] {
        std::fs::create_dir(folder.path().join(name)).unwrap();
        std::fs::write(folder.path().join(name).join("votes.csv"), VOTE).unwrap();
    }
    std::fs::write(
        folder.path().join("b/plenary.toml"),
        "ignore = ['tally-mismatch']\n",
    )
    .unwrap();
    let both = ["a/votes.csv", "b/votes.csv"];
    let (_, said) = shown(folder.path(), &both, 2);
    insta::assert_snapshot!(said, @r"
    error: two configurations for one run: a/votes.csv has none, b/votes.csv has `b/plenary.toml`
      help: name one configuration, or check the inputs one by one (`--config`)
    ");
    let named = [&both[..], &["--config", "b/plenary.toml"]].concat();
    shown(folder.path(), &named, 0);
}

#[test]
fn fixing_touches_nothing_but_its_table() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    let read = |name: &str| std::fs::read_to_string(at(name)).unwrap();
    std::fs::write(at("votes.fixed.partial"), "mine").unwrap();
    std::fs::write(at("votes.partial"), "mine").unwrap();
    let (_, said) = shown(folder.path(), &["votes.csv", "--fix"], 1);
    insta::assert_snapshot!(said, @r"
    fixed ms_vote: `y` is now `Y`, 1 time, first on line 4
    written to votes.fixed.csv
    ");
    // The same copy again is no harm; another file of that name is kept.
    let (_, said) = shown(folder.path(), &["votes.csv", "--fix"], 1);
    assert!(
        said.contains("written before, to votes.fixed.csv"),
        "{said}"
    );
    std::fs::write(at("votes.fixed.csv"), "mine").unwrap();
    let (_, said) = shown(folder.path(), &["votes.csv", "--fix"], 2);
    assert!(said.contains("there is such a file already"), "{said}");
    for name in ["votes.fixed.partial", "votes.partial", "votes.fixed.csv"] {
        assert_eq!(read(name), "mine");
    }
    shown(folder.path(), &["votes.csv", "--fix", "--in-place"], 1);
    assert_eq!(read("votes.csv"), VOTE.replace(",y,", ",Y,"));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 4);
}

#[test]
fn what_cannot_be_mended_is_refused() {
    let folder = folder();
    let packed = zstd::encode_all(VOTE.as_bytes(), 1).unwrap();
    std::fs::write(folder.path().join("votes.csv.zst"), packed).unwrap();
    let (_, said) = shown(folder.path(), &["votes.csv.zst", "--fix"], 2);
    assert!(
        said.contains("this one is compressed") && said.contains("help: unpack"),
        "{said}"
    );
    let dataset = crate::schema::root().join("fixtures/global-compact");
    let (_, said) = shown(folder.path(), &[dataset.to_str().unwrap(), "--fix"], 2);
    assert!(said.contains("this is a folder"), "{said}");
}

#[cfg(unix)]
#[test]
fn mending_in_place_keeps_links_and_permissions_and_heeds_them() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder();
    let (file, link) = (
        folder.path().join("votes.csv"),
        folder.path().join("link.csv"),
    );
    symlink("votes.csv", &link).unwrap();
    let set = |mode| std::fs::set_permissions(&file, PermissionsExt::from_mode(mode)).unwrap();
    set(0o440);
    let (_, said) = shown(folder.path(), &["link.csv", "--fix", "--in-place"], 2);
    assert!(said.contains("read-only"), "{said}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), VOTE);
    set(0o640);
    shown(folder.path(), &["link.csv", "--fix", "--in-place"], 1);
    assert!(link.is_symlink());
    assert_eq!(
        std::fs::read_to_string(&file).unwrap(),
        VOTE.replace(",y,", ",Y,")
    );
    assert_eq!(
        std::fs::metadata(&file).unwrap().permissions().mode() & 0o777,
        0o640
    );
}
