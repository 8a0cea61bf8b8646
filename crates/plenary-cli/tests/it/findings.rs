//! Findings that explain each other, and errors of the configuration in the form that was asked for.

use assert_cmd::Command;
use serde_json::{Value, json};

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

/// The checks that find something in a table, with the account of its decisions.
fn checked(rows: &str) -> (Vec<(String, usize)>, Value) {
    let run = Command::cargo_bin("plenary")
        .unwrap()
        .args(["check", "-", "--format", "json"])
        .write_stdin(format!("{HEADER}{rows}"))
        .output()
        .unwrap();
    let value: Value = serde_json::from_slice(&run.stdout).unwrap();
    (checks(rows), value["decisions"].clone())
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
    // Names that are nobody's are not members, however few or many.
    let stranger = |n: usize| ("".to_owned(), format!("ATLANTIS {n}"));
    for names in [1, 120] {
        let names: Vec<_> = (0..names).map(stranger).collect();
        let names: Vec<_> = names
            .iter()
            .map(|(c, n)| (c.as_str(), n.as_str()))
            .collect();
        let known: &[_] = if names.len() > 1 { &few } else { &[] };
        let found = checks(&votes(3, &[known, &names].concat()));
        let found: Vec<_> = found.iter().map(|(check, _)| check.as_str()).collect();
        assert!(!found.contains(&"filtered-members"), "{found:?}");
        assert!(found.contains(&"unknown-state"), "{found:?}");
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
    let (found, counts) = checked(&rows);
    assert_eq!(found, [("unreadable-field".to_owned(), 1)]);
    // That the vote cannot be decided is counted all the same.
    let cause =
        json!([{"cause": "its date could not be read", "count": 1, "first": "A/RES/1742(XVI)"}]);
    assert_eq!(
        (&counts["undecidable"], &counts["causes"]),
        (&json!(1), &cause)
    );
}

#[test]
fn a_list_of_one_name_is_one_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ga.csv");
    let rows = votes(1, &[("FRA", "FRANCE")]);
    std::fs::write(&path, format!("{HEADER}{rows}")).unwrap();
    let run = Command::cargo_bin("plenary")
        .unwrap()
        .arg("check")
        .arg(&path)
        .output()
        .unwrap();
    let screen = String::from_utf8(run.stdout).unwrap();
    assert!(screen.contains("found: 1 name without them"), "{screen}");
}

#[test]
fn a_date_that_a_catalogue_record_does_not_give_is_counted_once() {
    let field = |tag: &str, code: &str, text: &str| {
        format!(
            r#"<datafield tag="{tag}" ind1=" " ind2=" "><subfield code="{code}">{text}</subfield></datafield>"#
        )
    };
    let vote = |date: &str| {
        let fields = [
            field("791", "a", "A/RES/73/195"),
            field("269", "a", date),
            field(
                "967",
                "a",
                "1</subfield><subfield code=\"c\">FRA</subfield><subfield code=\"d\">Y</subfield><subfield code=\"e\">FRANCE",
            ),
        ];
        let leader =
            "<leader>00000nam a2200000 a 4500</leader><controlfield tag=\"001\">1</controlfield>";
        let text = format!(
            "<collection xmlns=\"http://www.loc.gov/MARC21/slim\"><record>{leader}{}</record></collection>",
            fields.concat()
        );
        let run = Command::cargo_bin("plenary")
            .unwrap()
            .args(["check", "-", "--format", "json"])
            .write_stdin(text)
            .output()
            .unwrap();
        let value: Value = serde_json::from_slice(&run.stdout).unwrap();
        let checks = value["findings"].as_array().unwrap().iter();
        let checks = checks.map(|f| f["check"].as_str().unwrap().to_owned());
        (
            checks.collect::<Vec<_>>(),
            value["decisions"]["causes"].clone(),
        )
    };
    let (found, causes) = vote("2018-02-30");
    assert!(found.contains(&"unreadable-field".to_owned()), "{found:?}");
    assert!(
        !found.contains(&"undecided".to_owned()),
        "{found:?} {causes}"
    );
    assert_eq!(causes[0]["cause"], "its date could not be read");
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
