//! Roll calls of the United States Congress, checked and shown as Voteview and pscl have them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use assert_cmd::Command;
use plenary_testing::shared;
use serde_json::Value;

fn plenary(arguments: &[&str]) -> String {
    let run = Command::cargo_bin("plenary")
        .unwrap()
        .args(arguments)
        .output()
        .unwrap();
    assert!(run.status.code().unwrap() < 2, "{arguments:?}: {run:?}");
    String::from_utf8(run.stdout).unwrap()
}

/// How often `check` finds what, by severity and check.
fn findings(path: &Path, more: &[&str]) -> BTreeMap<String, usize> {
    let arguments = [&["check", path.to_str().unwrap(), "--format", "csv"], more].concat();
    let out = plenary(&arguments);
    let mut table = csv::Reader::from_reader(out.as_bytes());
    let headings = table.headers().unwrap().clone();
    let at = |name: &str| headings.iter().position(|heading| heading == name).unwrap();
    let (check, severity) = (at("check"), at("severity"));
    let mut counts = BTreeMap::new();
    for row in table.records() {
        let row = row.unwrap();
        *counts
            .entry(format!("{} {}", &row[severity], &row[check]))
            .or_insert(0) += 1;
    }
    counts
}

const HEADINGS: &str = "congress,chamber,rollnumber,date,session,clerk_rollnumber,yea_count,nay_count,nominate_mid_1,\
    nominate_mid_2,nominate_spread_1,nominate_spread_2,nominate_log_likelihood,bill_number,vote_result,vote_desc,\
    vote_question,dtl_desc\n";

/// A table of roll calls of the Senate, of day, yes, no, bill and result.
fn roll_calls(rows: &[(&str, u32, u32, &str, &str)]) -> String {
    let rows = rows
        .iter()
        .zip(1..)
        .map(|((day, yes, no, bill, result), number)| {
            format!("113,Senate,{number},{day},1,{number},{yes},{no},,,,,,{bill},{result},,,\n")
        });
    HEADINGS.to_owned() + &rows.collect::<String>()
}

#[test]
fn what_a_rule_of_the_senate_allows_is_not_reported_and_the_rest_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("HS113_rollcalls.csv");
    let cloture = "Cloture Motion Agreed to";
    // The totals may hold the position of a President: what contradicts them alone is a warning.
    let mismatch = "warning outcome-mismatch";
    for (row, expected) in [
        // Debate on a nomination ends by a majority since 21 November 2013, any other by sixty votes.
        (("2013-12-09", 55, 43, "PN527", cloture), None),
        (("2013-11-20", 55, 43, "PN527", cloture), Some(mismatch)),
        (("2013-12-09", 55, 43, "S1197", cloture), Some(mismatch)),
        (("2013-12-09", 43, 55, "PN527", cloture), Some(mismatch)),
        // The Senate may have agreed on sixty votes; nothing turns down a question that has them.
        (("2013-03-22", 54, 45, "HR933", "Amendment Rejected"), None),
        (
            ("2013-03-22", 64, 35, "HR933", "Amendment Rejected"),
            Some(mismatch),
        ),
        (
            ("2013-03-22", 45, 54, "HR933", "Bill Passed"),
            Some(mismatch),
        ),
        (
            ("2013-02-12", 79, 22, "S47", "Bill Passed"),
            Some("note member-count"),
        ),
    ] {
        fs::write(&path, roll_calls(&[row])).unwrap();
        let mut found = findings(&path, &[]);
        found.retain(|found, _| !found.starts_with("note") || found.contains("member-count"));
        let found: Vec<&str> = found.keys().map(String::as_str).collect();
        assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{row:?}");
    }
}

#[test]
fn the_roll_calls_of_a_congress_and_of_pscl_are_in_order() {
    if let Some(path) = shared("others/HS113_rollcalls.csv.zst") {
        let found = findings(&path, &[]);
        let errors = found.keys().filter(|found| found.starts_with("error"));
        assert_eq!(errors.collect::<Vec<_>>(), [""; 0], "{found:?}");
        assert_eq!(found.get("note member-count"), Some(&37), "{found:?}");
        assert_eq!(found.get("warning outcome-mismatch"), None, "{found:?}");
    }
    if let Some(path) = shared("others/s109_votes_wide.csv") {
        let mapping = crate::schema::root().join("docs/formats/examples/pscl-rollcall.toml");
        let found = findings(&path, &["--mapping", mapping.to_str().unwrap()]);
        assert!(
            found.keys().all(|found| found.starts_with("note")),
            "{found:?}"
        );
    }
}

#[test]
fn each_vote_is_listed_by_a_name_that_shows_it_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("HS113_rollcalls.csv");
    let rows = "113,House,2,2013-01-03,1,2,224,187,,,,,,HRES5,Passed,Adopting rules,,\n\
        113,Senate,2,2013-01-22,1,2,60,40,,,,,,,Agreed to,,,\n113,House,3,2013-01-03,1,3,217,206,,,,,,,Passed,Adopting rules,,\n";
    fs::write(&path, HEADINGS.to_owned() + rows).unwrap();
    let path = path.to_str().unwrap();
    let listed: Value =
        serde_json::from_str(&plenary(&["show", "-d", path, "--format", "json"])).unwrap();
    let names: Vec<&str> = listed["agreements"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["symbol"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["us-house 113/2", "us-senate 113/2", "113/3"]);
    for (name, day) in names.iter().zip(["2013-01-03", "2013-01-22", "2013-01-03"]) {
        let shown: Value =
            serde_json::from_str(&plenary(&["show", name, "-d", path, "--format", "json"]))
                .unwrap();
        assert!(shown.is_object(), "{name}: {shown}");
        assert!(
            shown.to_string().contains(&format!("\"date\":\"{day}\"")),
            "{name}: {shown}"
        );
    }
    let both: Value =
        serde_json::from_str(&plenary(&["show", "113/2", "-d", path, "--format", "json"])).unwrap();
    assert_eq!(both.as_array().map(Vec::len), Some(2));
}
