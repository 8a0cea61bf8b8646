//! Findings that explain each other, and errors of the configuration in the form that was asked for.

use assert_cmd::Command;
use serde_json::Value;

const HEADER: &str = "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,meeting,title\n";

/// The checks that find something in a table, each with how often.
fn checks(rows: &str) -> Vec<(String, usize)> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ga.csv");
    std::fs::write(&path, format!("{HEADER}{rows}")).unwrap();
    let run = Command::cargo_bin("plenary")
        .unwrap()
        .args(["check", "--format", "csv"])
        .arg(&path)
        .output()
        .unwrap();
    let mut counts = std::collections::BTreeMap::new();
    for row in csv::Reader::from_reader(&*run.stdout).records() {
        *counts.entry(row.unwrap()[0].to_owned()).or_default() += 1;
    }
    counts.into_iter().collect()
}

fn votes(count: usize, members: &[(&str, &str)]) -> String {
    let mut rows = String::new();
    for vote in 1..=count {
        for (code, name) in members {
            rows.push_str(&format!(
                "{vote},{code},{name},Y,2018-12-19,73,A/RES/73/{vote},A/73/PV.60,Made up {vote}\n"
            ));
        }
    }
    rows
}

#[test]
fn a_file_filtered_to_a_few_members_is_one_finding() {
    let few = [("FRA", "FRANCE"), ("PER", "PERU"), ("KEN", "KENYA")];
    for count in [3, 50] {
        let found = checks(&votes(count, &few));
        assert_eq!(found, [("filtered-members".to_owned(), 1)], "{count}");
    }
    // Two lists show no habit.
    let found = checks(&votes(2, &few));
    assert!(
        found.contains(&("missing-member".to_owned(), 2)),
        "{found:?}"
    );
}

#[test]
fn a_day_that_cannot_be_read_gives_no_second_finding() {
    let rows = [("RUS", "USSR"), ("", "CONGO"), ("CZE", "CZECHOSLOVAKIA")];
    let rows = votes(1, &rows).replace("2018-12-19", "1962-02-30");
    let rows = rows.replace(
        ",73,A/RES/73/1,A/73/PV.60,",
        ",16,A/RES/1742(XVI),A/PV.1102,",
    );
    // That the vote cannot be decided without its day is said of the run, not of the record.
    let found = checks(&rows);
    let of_record: Vec<_> = found
        .iter()
        .filter(|(check, _)| check != "undecided")
        .collect();
    assert_eq!(of_record, [&("unreadable-field".to_owned(), 1)]);
}

#[test]
fn an_error_of_the_configuration_is_json_where_json_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("ga.csv"), HEADER).unwrap();
    let long = "x".repeat(5000);
    for (text, part) in [
        ("ignore = [\"tally-summ\"]".to_owned(), "tally-sum"),
        ("ignore = [".to_owned(), "plenary.toml"),
        (format!("ignore = [\"{long}\"]"), "…"),
    ] {
        std::fs::write(folder.path().join("plenary.toml"), text).unwrap();
        let run = Command::cargo_bin("plenary")
            .unwrap()
            .current_dir(folder.path())
            .args(["check", "ga.csv", "--format", "json"])
            .output()
            .unwrap();
        assert_eq!(run.status.code(), Some(2));
        let value: Value = serde_json::from_slice(&run.stdout).unwrap();
        let message = value["unusable"][0]["message"].as_str().unwrap();
        assert!(message.contains(part), "{message}");
        assert!(message.chars().count() < 500, "{message}");
    }
}
