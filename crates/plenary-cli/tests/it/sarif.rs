//! SARIF output, against the schema of the standard and as code scanning reads it.

use assert_cmd::Command;
use serde_json::Value;

const HEADER: &str = "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,total_yes,total_no\n";
const WRONG: &str = "1,FRA,FRANCE,Y,2018-12-19,73,A/RES/73/195,2,0\n\
    1,PER,PERU,Y,2018-12-19,73,A/RES/73/195,2,0\n\
    1,JPN,JAPAN,y,2018-12-19,73,A/RES/73/195,2,0\n";

/// The output for a folder with these files, and its exit code.
fn sarif(files: &[(&str, &str)], args: &[&str]) -> (Value, i32) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let mut command = Command::cargo_bin("plenary").unwrap();
    let run = command
        .current_dir(folder.path())
        .args(["check", "--format", "sarif"])
        .args(args)
        .output()
        .unwrap();
    let log = serde_json::from_slice(&run.stdout).unwrap();
    let misfits = misfits(&log);
    assert!(misfits.is_empty(), "{args:?}: {misfits:#?}\n{log:#}");
    (log, run.status.code().unwrap())
}

/// What the schema does not allow.
fn misfits(log: &Value) -> Vec<String> {
    let schema = include_str!("../sarif/sarif-schema-2.1.0.json");
    let mut schema: Value = serde_json::from_str(schema).unwrap();
    // The standard's pattern for languages has a bracket too many, and is no regular expression.
    for part in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][part]["properties"]["language"];
        assert!(
            language
                .as_object_mut()
                .unwrap()
                .remove("pattern")
                .is_some()
        );
    }
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap();
    let errors = validator.iter_errors(log);
    errors
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

fn results(log: &Value) -> &Vec<Value> {
    log["runs"][0]["results"].as_array().unwrap()
}

/// Every result names its rule by index, and every rule has what code scanning shows.
fn is_consistent(log: &Value) {
    let rules = log["runs"][0]["tool"]["driver"]["rules"]
        .as_array()
        .unwrap();
    for result in results(log) {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].is_string());
    }
    for rule in rules {
        let name = rule["id"].as_str().unwrap();
        let page = rule["helpUri"].as_str().unwrap();
        assert!(page.ends_with(&format!("/docs/checks/{name}.md")), "{page}");
        assert!(rule["help"]["markdown"].as_str().unwrap().starts_with("# "));
    }
}

#[test]
fn a_result_names_its_subjects() {
    let twice = r#"{"symbols": ["A/RES/73/195"], "acts": [{"act": "decision", "ballots": {"yes": ["FRA"], "no": ["FRA"]}}]}"#;
    let (log, _) = sarif(
        &[("vote.json", twice)],
        &["vote.json", "--select", "duplicate-ballot"],
    );
    let subjects = &results(&log)[0]["properties"]["subjects"];
    assert_eq!(*subjects, serde_json::json!([{"participant": "FRA"}]));
}

#[test]
fn the_schema_refuses_what_is_wrong() {
    let (mut log, _) = sarif(
        &[("votes.csv", &format!("{HEADER}{WRONG}"))],
        &["votes.csv"],
    );
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] =
        0.into();
    log["runs"][0]["results"][0]["level"] = "fatal".into();
    assert_eq!(misfits(&log).len(), 2);
}

#[test]
fn findings_with_lines_are_valid() {
    let (log, code) = sarif(
        &[("votes.csv", &format!("{HEADER}{WRONG}"))],
        &["votes.csv"],
    );
    assert_eq!(code, 1);
    is_consistent(&log);
    let mismatch = results(&log)
        .iter()
        .find(|r| r["ruleId"] == "tally-mismatch");
    let place = &mismatch.unwrap()["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "votes.csv");
    assert_eq!(place["region"]["startLine"], 2);
}

#[test]
fn many_findings_of_one_cause_are_all_there_each_with_its_own_fingerprint() {
    let rows = |n: u32| format!("{n},MMR,MYANMAR,y,1983-11-02,38,A/RES/38/{n},,\n");
    let votes = format!("{HEADER}{}", (1..200).map(rows).collect::<String>());
    let select = ["votes.csv", "--select", "vote-grammar,name-at-date"];
    let (log, code) = sarif(&[("votes.csv", &votes)], &select);
    assert_eq!((code, results(&log).len()), (0, 2 * 199));
    is_consistent(&log);
    let prints = results(&log)
        .iter()
        .map(|r| r["partialFingerprints"].to_string());
    assert_eq!(
        prints.collect::<std::collections::BTreeSet<_>>().len(),
        2 * 199
    );
}

#[test]
fn findings_without_lines_and_those_of_treaties_documents_and_configurations_are_valid() {
    let table =
        "Participant,Signature,\"Ratification, Accession(a)\"\nPeru,1 Apr 1960,5 Mar 1960\n";
    let document = "{\"kind\": \"treaty\", \"title\": \"T\", \"in-force-when\": \"soon\"}";
    let unvotes = "rcid,country,country_code,vote\n5,Peru,PE,yes\n";
    let config = "[[waivers]]\ncheck = 'tally-sum'\nreason = 'a misprint'\n";
    let files = [
        ("4-99.csv", table),
        ("t.json", document),
        ("unvotes.csv", unvotes),
        ("plenary.toml", config),
    ];
    let (log, code) = sarif(&files, &["4-99.csv", "t.json", "unvotes.csv"]);
    assert_eq!(code, 1);
    is_consistent(&log);
    let names: Vec<_> = results(&log)
        .iter()
        .map(|r| r["ruleId"].as_str().unwrap())
        .collect();
    for name in [
        "treaty-action-order",
        "day-month-exchanged",
        "entry-into-force-mismatch",
        "source-leaves-out",
        "unused-waiver",
    ] {
        assert!(names.contains(&name), "{name} in {names:?}");
    }
    let whole = results(&log)
        .iter()
        .find(|r| r["ruleId"] == "source-leaves-out")
        .unwrap();
    assert!(
        whole["locations"][0]["physicalLocation"]
            .get("region")
            .is_none()
    );
    let waiver = results(&log)
        .iter()
        .find(|r| r["ruleId"] == "unused-waiver")
        .unwrap();
    let place = &waiver["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "plenary.toml");
    assert_eq!(place["region"]["startLine"], 1);
}

#[test]
fn waived_findings_are_suppressed_results_with_their_reason() {
    let config = "[[waivers]]\ncheck = 'tally-mismatch'\nreason = 'a misprint'\n";
    let files = [
        ("votes.csv", &*format!("{HEADER}{WRONG}")),
        ("plenary.toml", config),
    ];
    let (log, code) = sarif(&files, &["votes.csv", "--select", "tally-mismatch"]);
    assert_eq!(code, 0);
    is_consistent(&log);
    let [waived] = &results(&log)[..] else {
        panic!("{log:#}")
    };
    assert_eq!(waived["suppressions"][0]["justification"], "a misprint");
    assert_eq!(waived["suppressions"][0]["status"], "accepted");
}

#[test]
fn an_input_without_findings_and_one_that_is_unusable_are_valid() {
    let (log, code) = sarif(&[], &[]);
    assert_eq!((code, results(&log).len()), (0, 0));
    assert_eq!(
        log["runs"][0]["invocations"][0]["executionSuccessful"],
        true
    );
    let files = [
        ("votes.csv", &*format!("{HEADER}{WRONG}")),
        ("empty.csv", ""),
    ];
    let (log, code) = sarif(&files, &["votes.csv", "empty.csv"]);
    assert_eq!(code, 2);
    assert_eq!(
        log["runs"][0]["invocations"][0]["executionSuccessful"],
        false
    );
}
