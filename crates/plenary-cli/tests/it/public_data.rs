//! What `check` finds in published records, against the document that defends it, and faults planted in copies of them.

use std::path::Path;

use assert_cmd::Command;
use plenary_testing::shared;

/// Runs `check` with these arguments and gives the rows of its table.
fn check(path: &Path, args: &[&str]) -> Vec<csv::StringRecord> {
    let run = Command::cargo_bin("plenary")
        .unwrap()
        .arg("check")
        .arg(path)
        .args(["--format", "csv"])
        .args(args)
        .output()
        .unwrap();
    let mut table = csv::Reader::from_reader(&*run.stdout);
    table.records().map(Result::unwrap).collect()
}

/// The rows of the document that list an error: check, record, expected, found.
fn listed(document: &str) -> Vec<[String; 4]> {
    let rows = document.lines().filter(|line| line.starts_with("| `"));
    let cells = |row: &str| -> Vec<String> {
        let cells = row.trim_matches('|').split('|');
        cells.map(|cell| cell.trim().replace('`', "")).collect()
    };
    let known = |cells: &[String; 4]| plenary::catalogue().find(&cells[0]).is_some();
    let rows = rows.filter_map(|row| cells(row).try_into().ok());
    rows.filter(known).collect()
}

#[test]
fn every_error_in_the_library_s_records_is_listed_in_the_document() {
    let document = include_str!("../../../../docs/findings-in-public-data.md");
    let mut listed = listed(document);
    assert_eq!(listed.len(), 33);
    let mut found = Vec::new();
    for name in ["library_ga_1946_1989", "library_sc_1946_1989"] {
        let Some(path) = shared(&format!("undl/{name}.csv.zst")) else {
            return;
        };
        for row in check(&path, &["--severity", "error"]) {
            let cell = |at: usize, otherwise: &str| match &row[at] {
                "" => otherwise.to_owned(),
                text => text.to_owned(),
            };
            found.push([
                cell(0, ""),
                cell(3, "A/RES/620(VII)[A]"),
                cell(8, "a vote"),
                cell(9, ""),
            ]);
        }
    }
    listed.sort();
    found.sort();
    assert_eq!(found, listed);
}

/// The text of a file of the shared data.
fn text(path: &Path) -> String {
    let bytes = std::fs::read(path).unwrap();
    String::from_utf8(zstd::decode_all(&*bytes).unwrap()).unwrap()
}

/// A copy in which every `step`th record has its text changed, and the symbols of the records that were.
fn planted(
    text: &str,
    step: usize,
    change: impl Fn(&str, &csv::StringRecord) -> Option<(usize, String)>,
) -> (Vec<u8>, Vec<String>) {
    let mut table = csv::Reader::from_reader(text.as_bytes());
    let header = table.headers().unwrap().clone();
    let symbol = header.iter().position(|name| name == "resolution").unwrap();
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(&header).unwrap();
    let (mut id, mut count, mut changed) = (String::new(), 0, Vec::new());
    for row in table.records() {
        let row = row.unwrap();
        if row[0] != id {
            id = row[0].to_owned();
            count += 1;
        }
        let new = (count % step == 0)
            .then(|| change(&row[symbol], &row))
            .flatten();
        let Some((at, text)) = new else {
            out.write_record(&row).unwrap();
            continue;
        };
        if changed.last().map(String::as_str) != Some(&row[symbol]) {
            changed.push(row[symbol].to_owned());
        }
        let cells = row.iter().enumerate();
        out.write_record(cells.map(|(place, cell)| if place == at { &text } else { cell }))
            .unwrap();
    }
    (out.into_inner().unwrap(), changed)
}

const SELECT: [&str; 2] = ["--select", "title-names-another"];

#[test]
fn titles_and_agenda_items_of_other_resolutions_are_found_and_the_real_ones_are_not_reported() {
    let (Some(council), Some(assembly)) = (
        shared("undl/library_sc_1946_1989.csv.zst"),
        shared("undl/library_ga_1946_1989.csv.zst"),
    ) else {
        return;
    };
    assert!(check(&council, &SELECT).is_empty());
    assert!(check(&assembly, &SELECT).is_empty());
    let (council, assembly) = (text(&council), text(&assembly));
    // The number of another resolution, then the agenda of the next year; the agenda of another session, then a title of another.
    let title = |symbol: &str, row: &csv::StringRecord| {
        let number = symbol.strip_prefix("S/RES/")?.split_once('(')?.0;
        let other = number.parse::<u32>().ok()? + 2;
        Some((9, row[9].replacen(number, &other.to_string(), 1)))
    };
    let agenda = |_: &str, row: &csv::StringRecord| {
        let year: u16 = row[5].get(..4)?.parse().ok()?;
        Some((10, format!("S{}", year - 1944)))
    };
    let session = |symbol: &str, _: &csv::StringRecord| {
        let session: u16 = symbol
            .strip_prefix("A/RES/")?
            .split_once('/')?
            .0
            .parse()
            .ok()?;
        Some((11, format!("A/{}/251 12 An item", session + 1)))
    };
    let named = |symbol: &str, row: &csv::StringRecord| {
        let (session, _) = symbol.strip_prefix("A/RES/")?.split_once('/')?;
        Some((
            10,
            format!("General Assembly resolution {session}/999: {}", &row[10]),
        ))
    };
    let folder = tempfile::tempdir().unwrap();
    let mut planted_all = 0;
    for (at, (copy, expected)) in [
        planted(&council, 130, title),
        planted(&council, 130, agenda),
        planted(&assembly, 270, session),
        planted(&assembly, 270, named),
    ]
    .into_iter()
    .enumerate()
    {
        let path = folder.path().join(format!("{at}.csv"));
        std::fs::write(&path, copy).unwrap();
        let found = check(&path, &SELECT);
        let found: Vec<_> = found.iter().map(|row| row[3].to_owned()).collect();
        assert!(expected.len() >= 4, "{at}: {expected:?}");
        assert_eq!(found, expected, "{at}");
        planted_all += found.len();
    }
    assert!(planted_all >= 20, "{planted_all}");
}
