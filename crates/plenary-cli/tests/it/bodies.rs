//! The records of other bodies in `fixtures/bodies`, checked and shown.

use assert_cmd::Command;
use serde_json::Value;

fn plenary() -> Command {
    let mut command = Command::cargo_bin("plenary").expect("the command is built");
    command.current_dir(crate::schema::root());
    command
}

fn shown(title: &str, file: &str) -> String {
    let mut command = plenary();
    let shown = command.args(["show", title, "--dataset", file]).assert();
    String::from_utf8(shown.success().get_output().stdout.clone()).unwrap()
}

#[test]
fn every_record_is_in_order_and_fits_the_schema() {
    let folder = crate::schema::root().join("fixtures/bodies");
    let mut records = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|end| end != "json") {
            continue;
        }
        records += 1;
        let document: Value =
            serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let misfits = crate::schema::misfits("agreement.schema.json", &document);
        assert_eq!(misfits, [""; 0], "{}", path.display());
        let checked = plenary().arg("check").arg(&path).assert().success();
        let said = String::from_utf8(checked.get_output().stdout.clone()).unwrap();
        assert!(said.contains("nothing found"), "{}: {said}", path.display());
    }
    assert!(records > 0);
}

#[test]
fn an_election_is_shown_round_by_round_with_what_the_rule_makes_of_it() {
    let page = shown(
        "Security Council election 2020",
        "fixtures/bodies/un-election-2020.json",
    );
    insta::assert_snapshot!(page);
    let mut command = plenary();
    let file = "fixtures/bodies/un-election-2020.json";
    let title = "security council election 2020";
    let shown = command.args(["show", title, "--dataset", file, "--format", "json"]);
    let output = shown.assert().success();
    let account: Value = serde_json::from_slice(&output.get_output().stdout).unwrap();
    assert_eq!(
        crate::schema::misfits("show.schema.json", &account),
        [""; 0]
    );
    let round = |at: usize| &account["elections"][0]["contests"][0][at];
    assert_eq!(
        (&round(0)["needed"], &round(1)["needed"]),
        (&128.into(), &128.into())
    );
    assert_eq!(
        round(0)["outcome"]["next-ballot"],
        serde_json::json!(["KEN", "DJI"])
    );
    assert_eq!(round(1)["outcome"]["elected"], serde_json::json!(["KEN"]));
}

#[test]
fn an_election_of_one_without_the_majority_is_an_error_with_its_round() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("election.json");
    let right = crate::schema::root().join("fixtures/bodies/un-election-2020.json");
    let right = std::fs::read_to_string(right).unwrap();
    for (from, to, said) in [
        (
            r#""elected": ["IND"]"#,
            r#""elected": ["IND", "KEN"]"#,
            "round 1: not those are elected",
        ),
        (
            r#""KEN": 129"#,
            r#""KEN": 127"#,
            "round 2: not those are elected",
        ),
        (
            r#""seats": 2"#,
            r#""seats": 1"#,
            "more are elected than there are seats",
        ),
        (
            r#""KEN": 113"#,
            r#""KEN": 193"#,
            "more votes than there are ballots",
        ),
        (
            r#""KEN": 113, "DJI": 78"#,
            r#""KEN": 190, "DJI": 78"#,
            "more votes than the ballots can hold",
        ),
        (
            r#"["KEN", "DJI"]"#,
            r#"["KEN"]"#,
            "to whom the round was not restricted",
        ),
        (
            r#""restricted-to": ["KEN", "DJI"]"#,
            r#""restricted-to": ["KEN", "DJI", "IND"]"#,
            "is not restricted to those with most votes",
        ),
    ] {
        assert!(right.contains(from), "{from}");
        std::fs::write(&path, right.replacen(from, to, 1)).unwrap();
        let checked = plenary().arg("check").arg(&path).assert().code(1);
        let told = String::from_utf8(checked.get_output().stdout.clone()).unwrap();
        assert!(
            told.contains("election-mismatch") && told.contains(said),
            "{to}: {told}"
        );
    }
}
