//! `plenary cohesion`.

use std::fs;

use assert_cmd::Command;

fn cohesion(arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("plenary").unwrap();
    command
        .current_dir(crate::schema::root())
        .env("NO_COLOR", "1")
        .arg("cohesion")
        .args(arguments);
    command
}

const COMPACT: &str = "fixtures/global-compact";

fn stdout(arguments: &[&str]) -> String {
    let output = cohesion(arguments)
        .assert()
        .success()
        .get_output()
        .stdout
        .clone();
    String::from_utf8(output).unwrap()
}

#[test]
fn the_regional_groups_in_the_vote_on_the_compact_are_shown_for_people() {
    let shown = stdout(&[COMPACT]);
    let first: Vec<_> = shown.lines().take(6).collect();
    insta::assert_snapshot!(first.join("\n"), @r"
    period  group                     n  members    rice  n_rice  agreement_index  attina
      2018  african                   1       48       1       1           0.9375  0.9167
      2018  asia-pacific              1       44       1       1           0.9659  0.9545
      2018  eastern-european          1       21  0.6667       1           0.5714  0.4286
      2018  latin-american-caribbean  1       27       1       1           0.9444  0.9259
      2018  western-european-others   1       29  0.8333       1           0.6379  0.5172
    ");
    assert!(shown.contains("absences: left out"));
}

#[test]
fn each_table_has_its_columns_and_metadata_beside_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let columns = [
        (
            "groups",
            "period,group,n,members,rice,n_rice,agreement_index,attina",
        ),
        (
            "pairs",
            "period,group1,group2,n,likeness,n_likeness,overlap",
        ),
        ("members", "period,group,state,n,loyalty"),
    ];
    for (table, expected) in columns {
        let file = folder.path().join(table);
        let path = file.to_str().unwrap();
        stdout(&[
            COMPACT, "--table", table, "--format", "csv", "-o", path, "--by", "session",
        ]);
        let text = fs::read_to_string(&file).unwrap();
        assert_eq!(text.lines().next(), Some(expected));
        let about = fs::read_to_string(format!("{path}.metadata.json")).unwrap();
        assert!(about.contains("\"absences\": \"left out\""), "{about}");
    }
}

#[test]
fn groups_of_ones_own_are_read_with_their_days_and_abstentions_as_asked() {
    let folder = tempfile::tempdir().unwrap();
    let groups = folder.path().join("groups.csv");
    fs::write(
        &groups,
        "group,member,from,to\nvisegrad,CZE,,\nvisegrad,HUN,,\nvisegrad,POL,,\n\
        visegrad,SVK,,\nbenelux,BEL,,\nbenelux,NLD,,\nbenelux,LUX,,2000-01-01\n",
    )
    .unwrap();
    let report = stdout(&[
        COMPACT,
        "--group",
        groups.to_str().unwrap(),
        "--format",
        "json",
        "--table",
        "members",
    ]);
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    let rows = report["rows"].as_array().unwrap();
    let states: Vec<_> = rows
        .iter()
        .map(|row| row["state"].as_str().unwrap())
        .collect();
    assert_eq!(states, ["BEL", "NLD", "CZE", "HUN", "POL", "SVK"]);
}

#[test]
fn what_cannot_be_is_said_with_the_way_out() {
    let complaint = |arguments: &[&str]| {
        let output = cohesion(arguments)
            .assert()
            .code(2)
            .get_output()
            .stderr
            .clone();
        String::from_utf8(output).unwrap()
    };
    let said = complaint(&[COMPACT, "--group", "nowhere.csv"]);
    assert!(said.contains("--group takes `regional` or a CSV"), "{said}");
    let said = complaint(&[COMPACT, "--only", "nordic"]);
    assert!(
        said.contains("unknown group `nordic` (expected african"),
        "{said}"
    );
    assert!(!said.contains("nearest"), "{said}");
    let said = complaint(&[COMPACT, "--only", "afrcan"]);
    assert!(said.contains("nearest: `african`"), "{said}");
    let said = complaint(&[COMPACT, "--group", "nonsens"]);
    for part in [
        "unknown group `nonsens`",
        "EU, G77, NAM",
        "un-regional",
        "unsc:P5",
    ] {
        assert!(said.contains(part), "{said}");
    }
}

/// The first column but one of each row, of a table in CSV, and what is said beside it.
fn groups_of(arguments: &[&str]) -> (Vec<String>, String) {
    let all = [&[COMPACT, "--by", "all", "--format", "csv"], arguments].concat();
    let output = cohesion(&all).assert().success().get_output().clone();
    let rows = String::from_utf8(output.stdout).unwrap();
    let rows = rows.lines().skip(1);
    let groups = rows.map(|row| row.split(',').nth(1).unwrap().to_owned());
    (groups.collect(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn international_groups_are_named_as_people_type_them() {
    let (groups, said) = groups_of(&["--group", "european union,NATO, oecd"]);
    assert_eq!(groups, ["EU", "NATO", "OECD"]);
    assert!(said.contains("groups: european union,NATO, oecd"), "{said}");
    let (groups, _) = groups_of(&["--only", "WEOG,African"]);
    assert_eq!(groups, ["african", "western-european-others"]);
    let (groups, _) = groups_of(&["--group", "international", "--only", "Group of 77,OAU"]);
    assert_eq!(groups, ["G77", "AU"]);
    let (groups, said) = groups_of(&["--group", "G77,regional"]);
    assert_eq!(groups.len(), 6);
    let caveat = "G77: of AZE, BIH, KIR it is known by the month, the year or a span only when it joined or left";
    assert!(said.contains(caveat), "{said}");
}

/// The United Kingdom was a member in 2018, and Norway never was.
#[test]
fn the_european_union_is_that_of_the_day() {
    let (_, said) = groups_of(&["--group", "EU"]);
    assert!(!said.contains("no source"), "{said}");
    let all = [
        COMPACT, "--by", "all", "--group", "EU", "--format", "json", "--table", "members",
    ];
    let output = cohesion(&all)
        .assert()
        .success()
        .get_output()
        .stdout
        .clone();
    let table: serde_json::Value = serde_json::from_slice(&output).unwrap();
    let text = table.to_string();
    for code in ["GBR", "HRV", "DEU"] {
        assert!(text.contains(code), "{text}");
    }
    assert!(!text.contains("NOR"), "{text}");
}

/// The example of `docs/power-and-cohesion.md`.
#[test]
fn seventy_four_members_could_have_stopped_the_compact() {
    use plenary::analysis::rollcall::pivotality_of;
    use plenary::bodies::{Library, Setting};

    let compact = plenary::global_compact().unwrap();
    let (_, vote) = compact.principal_decision().unwrap();
    let found = pivotality_of(Library::embedded(), vote, &Setting::default())
        .unwrap()
        .unwrap();
    assert_eq!(found.switches.len(), 74);
    assert_eq!(found.members, 193);
    assert!(found.critical.is_empty());
}

#[test]
fn members_of_a_group_of_ones_own_that_are_in_no_vote_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("own.csv");
    fs::write(&file, "group,member\nislands,FJI\nislands,NIU\nislands,COK\nislands,TON\nbenelux,BEL\nbenelux,NLD\n").unwrap();
    let own = ["--group", file.to_str().unwrap()];
    let shown = stdout(&[&[COMPACT], &own[..]].concat());
    assert!(
        shown.contains("members of the groups in no selected vote: COK, NIU"),
        "{shown}"
    );
    for others in [&["--only", "benelux"][..], &["--group", "regional"]] {
        let own = if others[0] == "--group" {
            &[][..]
        } else {
            &own
        };
        let shown = stdout(&[&[COMPACT], own, others].concat());
        assert!(!shown.contains("in no selected vote"), "{shown}");
    }
}
