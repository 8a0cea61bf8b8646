//! `plenary resolve --csv` as a user meets it.

use std::fs;

use assert_cmd::Command;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::schema::misfits;

struct Run {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

fn run(folder: &TempDir, args: &[&str]) -> Run {
    let mut command = Command::cargo_bin("plenary").unwrap();
    let output = command.current_dir(folder).args(args).output().unwrap();
    Run {
        code: output.status.code(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

#[test]
fn a_column_of_numbers_and_years_becomes_codes_and_the_table_stays_as_it_is() {
    let panel = "gdp,ccode,year,note\n1.50,365,1980,\"a, b\"\n2,365,2000,\n3,365,1991,x\n4,260,1980,x\n5,255,2000,x\n6,,1990,x\n7,999,1990,x\n";
    let folder = folder(&[("panel.csv", panel.as_bytes())]);
    let arguments = [
        "resolve",
        "--csv",
        "panel.csv",
        "--column",
        "ccode",
        "--date-column",
        "year",
        "--from",
        "cow",
        "--to",
        "iso3,iso2,name",
    ];
    let found = run(&folder, &arguments);
    insta::assert_snapshot!(found.stdout);
    insta::assert_snapshot!(found.stderr);
    assert_eq!(found.code, Some(1));
    let clean = run(
        &folder,
        &[&arguments[..], &["--year-as", "last-day", "--on", "1990"]].concat(),
    );
    assert!(
        clean
            .stdout
            .contains("3,365,1991,x,RUS,RU,Russian Federation,exact,state,member\n"),
        "{}",
        clean.stdout
    );
}

#[test]
fn several_keys_of_one_year_that_are_one_state_are_told() {
    let panel = "abb,year\nGFR,1990\nGMY,1990\nGMY,1991\nGMY,1991\n";
    let folder = folder(&[("panel.csv", panel.as_bytes())]);
    let found = run(
        &folder,
        &[
            "resolve",
            "--csv",
            "panel.csv",
            "--column",
            "abb",
            "--date-column",
            "year",
            "--from",
            "cow-letters",
            "--format",
            "json",
        ],
    );
    let json: Value = serde_json::from_str(&found.stdout).unwrap();
    assert_eq!(misfits("resolve-table.schema.json", &json), [""; 0]);
    let many = json.pointer("/report/many_to_one").unwrap();
    let told = json!([{"code": "DEU", "keys": ["GFR", "GMY"], "dates": 1, "date": "1990", "lines": [2, 3]}]);
    assert_eq!(*many, told);
    assert_eq!(json.pointer("/report/repeated"), Some(&Value::from(1)));
    assert_eq!(json.pointer("/rows/0/year"), Some(&Value::from(1990)));
    assert!(
        found
            .stderr
            .contains("`GFR` and `GMY` are DEU in 1990 (lines 2, 3)"),
        "{}",
        found.stderr
    );
    assert_eq!(found.code, Some(0));
}

#[test]
fn a_territory_is_told_from_a_seat() {
    let table = "who,day\nTaiwan,1960-01-01\nTaiwan,1980-01-01\nChina,1980-01-01\nHong Kong,1980-01-01\nPalestine,1970-01-01\nPalestine,2020-01-01\nEuropean Union,2020-01-01\nSwitzerland,1990-01-01\nCôte d'Ivoire,1990-01-01\nGeorgia,1970-01-01\nKazahkstan,1995-01-01\nKorea,1995-01-01\n";
    let folder = folder(&[("t.csv", table.as_bytes())]);
    let found = run(
        &folder,
        &[
            "resolve",
            "--csv",
            "t.csv",
            "--column",
            "who",
            "--date-column",
            "day",
            "--from",
            "name",
            "--to",
            "iso3,cow,m49",
        ],
    );
    insta::assert_snapshot!(found.stdout);
    insta::assert_snapshot!(found.stderr);
    assert_eq!(found.code, Some(1));
}

#[test]
fn any_table_is_read_and_any_form_is_written() {
    let text = "Land;Jahr\nFrankreich;1/12/2001\nC\u{f4}te d'Ivoire;13/12/2001\n";
    let latin: Vec<u8> = text.chars().map(|c| c as u8).collect();
    let utf16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let folder = folder(&[("latin.csv", &latin), ("utf16.csv", &utf16)]);
    for name in ["latin.csv", "utf16.csv"] {
        let found = run(
            &folder,
            &[
                "resolve",
                "--csv",
                name,
                "--column",
                "land",
                "--date-column",
                "Jahr",
                "-o",
                "out.xlsx",
            ],
        );
        assert_eq!(found.code, Some(0), "{}", found.stderr);
        assert_eq!(
            found.stderr.contains("Windows-1252"),
            name == "latin.csv",
            "{}",
            found.stderr
        );
        let again = run(
            &folder,
            &[
                "resolve",
                "--csv",
                "out.xlsx#resolved",
                "--column",
                "iso3",
                "--from",
                "iso3",
                "--prefix",
                "x_",
                "--to",
                "iso2",
                "--format",
                "csv",
            ],
        );
        assert_eq!(
            again.stdout,
            "Land,Jahr,iso3,match,kind,seat,x_iso2,x_match,x_kind,x_seat\n\
             Frankreich,1/12/2001,FRA,alias,state,member,FR,exact,state,\n\
             Côte d'Ivoire,13/12/2001,CIV,exact,state,member,CI,exact,state,\n"
        );
    }
}

#[test]
fn what_cannot_be_done_is_refused_with_what_to_do() {
    let folder = folder(&[
        ("t.csv", b"name,iso3,year\nFrance,FRA,2000\nPeru,PER,two\n"),
        ("torn.csv", b"name\nFrance,x\nPeru\n"),
        ("days.csv", b"name,day\nFrance,1/2/2000\n"),
    ]);
    let refused = |args: &[&str]| {
        let found = run(&folder, &[&["resolve"], args].concat());
        assert_eq!((found.code, &*found.stdout), (Some(2), ""), "{args:?}");
        found.stderr
    };
    let all = [
        refused(&["--csv", "t.csv", "--column", "nam"]),
        refused(&["--csv", "t.csv", "--column", "name"]),
        refused(&["--csv", "t.csv", "--column", "name", "--to", "cow,cow"]),
        refused(&["--csv", "torn.csv", "--column", "name"]),
        refused(&[
            "--csv",
            "days.csv",
            "--column",
            "name",
            "--date-column",
            "day",
        ]),
        refused(&["--csv", ".", "--column", "name"]),
        refused(&[
            "--csv", "t.csv", "--column", "name", "--prefix", "x", "-o", "t.csv",
        ]),
        refused(&["--to", "iso2,iso3", "France"]),
        refused(&["--format", "csv", "France"]),
    ];
    insta::assert_snapshot!(all.join("\n"));
    let lenient = run(
        &folder,
        &[
            "resolve",
            "--csv",
            "torn.csv",
            "--column",
            "name",
            "--lenient",
            "--prefix",
            "x_",
        ],
    );
    assert_eq!(
        lenient.stdout,
        "name,x_iso3,x_match,x_kind,x_seat\nPeru,PER,exact,state,\n"
    );
    assert_eq!(lenient.code, Some(1));
    let unread = run(
        &folder,
        &[
            "resolve",
            "--csv",
            "t.csv",
            "--column",
            "name",
            "--prefix",
            "x_",
            "--date-column",
            "year",
        ],
    );
    assert!(
        unread.stdout.ends_with("Peru,PER,two,,unreadable-date,,\n"),
        "{}",
        unread.stdout
    );
}

/// Every name of the voting records with its day, beside the code that the records give it.
#[test]
fn the_names_of_all_recorded_votes_are_resolved_as_the_command_resolves_one() {
    let Some(file) = plenary_testing::shared("undl/ga_votes_1946_2019.csv.zst") else {
        return;
    };
    let mut settings = plenary::ResolveTableSettings::default();
    settings.column = "ms_name".to_owned();
    settings.date_column = Some("date".to_owned());
    settings.from = plenary::NameSystem::Name;
    settings.prefix = "x_".to_owned();
    let found = plenary::resolve_table(&plenary::Input::from(file), &settings).unwrap();
    let report = &found.report;
    assert_eq!(report.rows, 959_474);
    assert_eq!(report.matched + report.unmatched, report.rows);
    let table = &found.table;
    let column = |name: &str| table.columns().iter().find(|c| c.name() == name).unwrap();
    let (names, days, codes) = (column("ms_name"), column("date"), column("x_iso3"));
    for row in (0..table.len()).step_by(997) {
        let (name, day) = (names.cell(row).to_string(), days.cell(row).to_string());
        let on = day.parse::<plenary::types::Date>().unwrap().as_day();
        let one = plenary::states::resolve(&name, on);
        let one = one.map_or_else(String::new, |code| code.to_string());
        assert_eq!(codes.cell(row).to_string(), one, "{name} {day}");
    }
}

#[test]
fn codes_of_another_time_and_words_for_nothing_are_told_apart() {
    let panel = "c,year\n679,1950\n679,1995\n678,1950\nNA,1950\n.,1950\nNULL,1950\n679,NA\n";
    let folder = folder(&[("panel.csv", panel.as_bytes()), ("iso2.csv", b"c\nNA\n.\n")]);
    let run_on = |file: &str, more: &[&str]| {
        let arguments = ["resolve", "--csv", file, "--column", "c", "--to", "iso3"];
        let found = run(&folder, &[&arguments[..], more].concat());
        let rows = found.stdout.lines().skip(1);
        let kept = rows.map(|row| row.rsplit(',').nth(2).unwrap().to_owned());
        kept.collect::<Vec<_>>()
    };
    assert_eq!(
        run_on("panel.csv", &["--date-column", "year", "--from", "cow"]),
        [
            "alias", "exact", "exact", "missing", "missing", "missing", "no-date"
        ]
    );
    assert_eq!(
        run_on("iso2.csv", &["--from", "iso2"]),
        ["exact", "missing"]
    );
}
