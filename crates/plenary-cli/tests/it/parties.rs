//! `plenary parties`, `acts` and `sponsors` as a user meets them.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use chrono::{Datelike, NaiveDate};
use plenary::analysis::table::{Cell, Table};
use plenary::{DayOfYear, PartiesSettings, PartiesTable, TreatySettings};
use serde_json::Value;
use tempfile::TempDir;

struct Run {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

fn run(folder: &Path, args: &[&str]) -> Run {
    let mut command = Command::cargo_bin("plenary").unwrap();
    let output = command.current_dir(folder).args(args).output().unwrap();
    Run {
        code: output.status.code(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

fn cells(table: &Table, name: &str) -> Vec<String> {
    let column = table.columns().iter().find(|column| column.name() == name);
    let column = column.unwrap_or_else(|| panic!("no column {name}"));
    (0..table.len())
        .map(|row| column.cell(row).to_string())
        .collect()
}

const RIVER: &str = r#"[{
  "kind": "treaty", "title": "River treaty", "symbols": ["river"], "in-force-when": "2 instruments; 30 days",
  "acts": [
    {"act": "action", "participant": "NOR", "kind": "signature", "date": "1950-01-01"},
    {"act": "action", "participant": "NOR", "kind": "ratification", "date": "1951-01-01"},
    {"act": "statement", "author": "NOR", "kind": "reservation", "date": "1951-01-01", "provisions": ["3"], "withdrawn": "1960-01-01"},
    {"act": "statement", "author": "SWE", "kind": "objection", "date": "1952", "towards": "NOR"},
    {"act": "action", "participant": "SWE", "kind": "accession", "date": "1952-05"},
    {"act": "action", "participant": "FRA", "kind": "signature", "date": "1950-01-01"},
    {"act": "action", "participant": "NOR", "kind": "withdrawal", "date": "1969-01-01", "effective": "1970-01-01"}
  ]
}, {
  "kind": "treaty", "title": "Lake treaty", "symbols": ["lake"],
  "acts": [{"act": "action", "participant": "FRA", "kind": "accession", "date": "1980-01-01"}]
}]"#;

fn river() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let lines: Vec<Value> = serde_json::from_str(RIVER).unwrap();
    let lines: Vec<_> = lines.iter().map(ToString::to_string).collect();
    fs::write(folder.path().join("treaties.jsonl"), lines.join("\n")).unwrap();
    folder
}

#[test]
fn spells_panels_counts_and_what_is_pending() {
    let folder = river();
    let mut all = String::new();
    for args in [
        &["parties", "treaties.jsonl", "--format", "csv"][..],
        &[
            "parties",
            "treaties.jsonl",
            "--treaty",
            "river",
            "--counts",
            "--format",
            "csv",
            "--from",
            "1950",
            "--to",
            "1953",
        ],
        &[
            "parties",
            "treaties.jsonl",
            "--treaty",
            "river",
            "--panel",
            "--on",
            "06-15",
            "--from",
            "1952",
            "--to",
            "1952",
            "--format",
            "csv",
        ],
        &[
            "parties",
            "treaties.jsonl",
            "--signed-not-party",
            "--on",
            "1960-01-01",
            "--format",
            "csv",
        ],
        &[
            "parties",
            "treaties.jsonl",
            "--on",
            "1990-01-01",
            "--format",
            "csv",
        ],
        &["acts", "treaties.jsonl", "--format", "csv"],
        &[
            "acts",
            "treaties.jsonl",
            "--kind",
            "reservation,objection",
            "--from",
            "1951",
            "--to",
            "1952-06",
            "--format",
            "csv",
        ],
    ] {
        let found = run(folder.path(), args);
        assert_eq!(found.code, Some(0), "{args:?} {}", found.stderr);
        all += &format!(
            "$ plenary {}\n{}{}\n",
            args.join(" "),
            found.stdout,
            found.stderr
        );
    }
    insta::assert_snapshot!(all);
}

#[test]
fn what_cannot_be_done_is_refused_with_what_to_do() {
    let folder = river();
    fs::write(folder.path().join("votes.csv"), "state,vote\nFRA,yes\n").unwrap();
    let mut all = String::new();
    for args in [
        &["parties", "treaties.jsonl", "--on", "02-29", "--panel"][..],
        &["parties", "treaties.jsonl", "--on", "06-30"],
        &["parties", "treaties.jsonl", "--from", "1950"],
        &["parties", "treaties.jsonl", "--treaty", "sea"],
        &[
            "parties",
            "treaties.jsonl",
            "--in-force-when",
            "1 instrument",
        ],
        &["parties", "treaties.jsonl", "--status", "parties"],
        &["parties", "treaties.jsonl", "--state", "PER"],
        &["parties", "treaties.jsonl", "-o", "treaties.jsonl"],
        &["parties", "genocide"],
        &["acts", "treaties.jsonl", "--kind", "joining"],
        &["acts", "treaties.jsonl", "--from", "1990"],
        &["sponsors", "treaties.jsonl"],
    ] {
        let found = run(folder.path(), args);
        assert_eq!(
            (found.code, &*found.stdout),
            (Some(2), ""),
            "{args:?} {}",
            found.stderr
        );
        let said = found
            .stderr
            .replace(folder.path().to_str().unwrap(), "FOLDER");
        all += &format!("$ plenary {}\n{said}\n", args.join(" "));
    }
    insta::assert_snapshot!(all);
}

/// The participant tables, when the shared data is there.
fn tables() -> Vec<PathBuf> {
    let Some(folder) = plenary_testing::shared("untc/treaties") else {
        return Vec::new();
    };
    let entries = fs::read_dir(folder).unwrap();
    let mut tables: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    tables.sort();
    tables
}

#[test]
fn a_panel_says_of_every_day_what_treaty_says_of_it() {
    for table in tables().iter().step_by(6) {
        let path = table.to_str().unwrap();
        let settings = |table| {
            let mut settings = PartiesSettings::default();
            settings.table = table;
            settings.to = Some(2016);
            settings
        };
        let day = DayOfYear::default();
        let Ok(panel) = plenary::parties(&[path], &settings(PartiesTable::Panel(day))) else {
            continue;
        };
        let counts = plenary::parties(&[path], &settings(PartiesTable::Counts(day))).unwrap();
        let [dates, parties, open] =
            ["date", "parties", "parties_undetermined"].map(|name| cells(&counts.table, name));
        let beyond = cells(&counts.table, "beyond_known_acts");
        let rows: Vec<_> = ["date", "participant", "party"]
            .map(|name| cells(&panel.table, name))
            .into();
        for (at, date) in dates
            .iter()
            .enumerate()
            .filter(|(at, _)| at % 7 == 0 || at + 3 > dates.len())
        {
            let on: NaiveDate = date.parse().unwrap();
            let mut of_treaty = TreatySettings::default();
            of_treaty.on = Some(on);
            let report = plenary::treaty(path, &of_treaty).unwrap().report;
            assert_eq!(
                beyond[at],
                report.beyond_known_acts.to_string(),
                "{path} {on}"
            );
            let Some(expected) = report.parties_on else {
                assert_eq!(parties[at], "", "{path} {on}");
                continue;
            };
            assert_eq!(parties[at], expected.count.to_string(), "{path} {on}");
            assert_eq!(
                open[at],
                expected.undetermined.len().to_string(),
                "{path} {on}"
            );
            let that_are = |wanted: &str| {
                let day = rows[0].iter().zip(&rows[1]).zip(&rows[2]);
                let day = day.filter(|((day, _), party)| *day == date && **party == *wanted);
                day.map(|((_, who), _)| who.clone()).collect::<Vec<_>>()
            };
            let codes = |codes: &[plenary::types::Participant]| {
                codes.iter().map(ToString::to_string).collect::<Vec<_>>()
            };
            assert_eq!(that_are("true"), codes(&expected.members), "{path} {on}");
            assert_eq!(that_are(""), codes(&expected.undetermined), "{path} {on}");
        }
    }
}

#[test]
fn spells_say_of_every_day_what_a_panel_says_of_it() {
    for table in tables().iter().step_by(9) {
        let path = table.to_str().unwrap();
        let of = |table| {
            let mut settings = PartiesSettings::default();
            settings.table = table;
            plenary::parties(&[path], &settings).map(|found| found.table)
        };
        let (Ok(panel), Ok(spells)) = (
            of(PartiesTable::Panel(DayOfYear::default())),
            of(PartiesTable::Spells),
        ) else {
            continue;
        };
        let spells: Vec<_> = ["participant", "status", "from_latest", "to_earliest"]
            .map(|name| cells(&spells, name))
            .into();
        let panel: Vec<_> = ["participant", "date", "status"]
            .map(|name| cells(&panel, name))
            .into();
        for ((who, date), status) in panel[0].iter().zip(&panel[1]).zip(&panel[2]) {
            let certain: Vec<_> = (0..spells[0].len())
                .filter(|at| spells[0][*at] == *who && spells[2][*at] <= *date)
                .filter(|at| spells[3][*at].is_empty() || *date < spells[3][*at])
                .map(|at| &spells[1][at])
                .collect();
            match certain[..] {
                [only] => assert_eq!(only, status, "{path} {who} {date}"),
                [] => assert!(
                    ["none", "undetermined"].contains(&&**status),
                    "{path} {who} {date} {status}"
                ),
                ref several => panic!("{path} {who} {date} {several:?}"),
            }
        }
    }
}

/// In force on 12 January 1951 with the twentieth instrument; 41 signatories (United Nations Treaty Collection, IV-1).
#[test]
fn the_parties_to_the_genocide_convention_by_year() {
    let Some(table) = plenary_testing::shared("untc/treaties/4-1.csv") else {
        return;
    };
    let mut settings = PartiesSettings::default();
    settings.table = PartiesTable::Counts(DayOfYear::default());
    let counts = plenary::parties(&[table.to_str().unwrap()], &settings).unwrap();
    let column = |name: &str| {
        counts
            .table
            .columns()
            .iter()
            .find(|column| column.name() == name)
            .unwrap()
    };
    let years = column("year");
    let row = |year: i32| {
        let is_it = |row: &usize| years.cell(*row) == Cell::Integer(year.into());
        let row = (0..counts.table.len()).find(is_it).unwrap();
        ["contracting", "parties", "in_force"].map(|name| column(name).cell(row).to_string())
    };
    assert_eq!(row(1949)[1..], ["0", "false"]);
    assert_eq!(row(1950)[1..], ["0", "false"]);
    assert_eq!(row(1951)[2], "true");
    let [treaty] = &counts.treaties[..] else {
        panic!()
    };
    assert_eq!(treaty.entry_into_force, "1951-01-12".parse().ok());
    let last = treaty.acts_known_until.unwrap().latest().year();
    let [contracting, parties, _] = row(last);
    assert!(parties.parse::<u32>().unwrap() <= contracting.parse().unwrap());
    // An independent count: rows with an accession, a succession or a ratification by the end of 1955, and the acts of states that
    // have no row.
    let text = fs::read_to_string(&table).unwrap();
    let consents = text.lines().skip(1).filter(|line| {
        let cell = line.rsplit(',').next().unwrap_or_default();
        let year = cell
            .split_whitespace()
            .find_map(|word| word.parse::<i32>().ok().filter(|year| *year > 1900));
        year.is_some_and(|year| year <= 1955)
    });
    let built_in = plenary::acts(
        &[table.to_str().unwrap()],
        &plenary::ActsSettings::default(),
    )
    .unwrap();
    let [origins, kinds, dates] =
        ["origin", "kind", "date"].map(|name| cells(&built_in.table, name));
    let added = (0..origins.len()).filter(|at| {
        let is_consent = ["ratification", "accession"].contains(&&*kinds[*at]);
        origins[*at] == "built-in" && is_consent && dates[*at].as_str() < "1956"
    });
    let expected = consents.count() + added.count();
    assert_eq!(row(1955)[0], expected.to_string());
}

#[test]
fn sponsors_are_listed_paired_and_counted() {
    let Some(drafts) = plenary_testing::shared("marcxml/committee3_drafts_sample.xml") else {
        return;
    };
    let path = drafts.to_str().unwrap();
    let of = |table| {
        let mut settings = plenary::SponsorsSettings::default();
        settings.table = table;
        plenary::sponsors([path], &settings).unwrap().table
    };
    let list = of(plenary::SponsorsTable::List);
    let pairs = of(plenary::SponsorsTable::Pairs);
    let counts = of(plenary::SponsorsTable::Counts);
    let (drafts, who) = (cells(&list, "draft"), cells(&list, "participant"));
    let mut sets: std::collections::BTreeMap<&str, std::collections::BTreeSet<&str>> =
        Default::default();
    for (draft, who) in drafts.iter().zip(&who).filter(|(_, who)| !who.is_empty()) {
        sets.entry(draft).or_default().insert(who);
    }
    let [one, other, together, alone, jaccard] =
        ["participant", "other", "together", "alone", "jaccard"].map(|name| cells(&pairs, name));
    assert!(one.len() > 100, "{}", one.len());
    for at in (0..one.len()).step_by(37) {
        let has = |who: &str| sets.values().filter(|set| set.contains(who)).count();
        let both = sets
            .values()
            .filter(|set| set.contains(&*one[at]) && set.contains(&*other[at]))
            .count();
        assert_eq!(together[at], both.to_string(), "{} {}", one[at], other[at]);
        assert_eq!(alone[at], (has(&one[at]) - both).to_string());
        let share = both as f64 / (has(&one[at]) + has(&other[at]) - both) as f64;
        assert!((jaccard[at].parse::<f64>().unwrap() - share).abs() < 1e-12);
    }
    let counted: u64 = cells(&counts, "drafts")
        .iter()
        .map(|n| n.parse::<u64>().unwrap())
        .sum();
    assert_eq!(
        counted,
        sets.values().map(|set| set.len() as u64).sum::<u64>()
    );
}
