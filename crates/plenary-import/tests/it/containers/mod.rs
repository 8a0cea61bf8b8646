//! The same table as CSV and inside each container gives the same records, findings and counts.

mod json_lines;
mod parquet;
mod r;
mod spreadsheets;
mod sqlite;
mod stata;

use std::path::Path;

use plenary_import::{Import, ImportError, Options, Rejected, read, read_bytes};
use plenary_testing::shared;
use plenary_types::{Finding, Locus, Place};

/// A table of texts, its header first.
pub(crate) type Rows = Vec<Vec<String>>;

/// A table as UN's library writes it, with faults: a vote in small letters, one that is none, a name that is nobody's, a contradiction
/// between rows, a title of two lines, and a row without its vote.
pub(crate) fn library() -> Rows {
    let mut rows = vec![strings(&[
        "undl_id",
        "ms_code",
        "ms_name",
        "ms_vote",
        "date",
        "session",
        "resolution",
        "title",
        "total_yes",
        "total_no",
        "extra",
    ])];
    for (code, name, vote, title, yes) in [
        ("PER", "PERU", "Y", "Migration;\nand more", "2"),
        ("HUN", "HUNGARY", "n", "Migration;\nand more", "2"),
        ("ISR", "ISRAEL", "N", "Migration;\nand more", "2"),
        ("FRA", "FRANCE", "Y", "Migration;\nand more", "3"),
        ("", "ATLANTIS", "A", "Migration;\nand more", "2"),
        ("CHL", "CHILE", "Q", "Migration;\nand more", "2"),
    ] {
        rows.push(strings(&[
            "1",
            code,
            name,
            vote,
            "2018-12-19",
            "73",
            "A/RES/73/195",
            title,
            yes,
            "1",
            "x",
        ]));
    }
    rows.push(strings(&[
        "",
        "",
        "",
        "Y",
        "2018-12-19",
        "73",
        "A/RES/73/196",
        "Other",
        "1",
        "0",
        "",
    ]));
    rows
}

/// A table as Voeten's file is, with the codes of R.
pub(crate) fn voeten() -> Rows {
    let mut rows = vec![strings(&[
        "rcid", "session", "date", "unres", "ccode", "vote", "yes", "no", "abstain",
    ])];
    for (rcid, code, vote) in [
        ("3", "2", "1"),
        ("3", "20", "3"),
        ("3", "40", "8"),
        ("4", "2", "2"),
        ("4", "20", "9"),
    ] {
        rows.push(strings(&[
            rcid,
            "1",
            "1946-01-01",
            "R/1/66",
            code,
            vote,
            "1",
            "1",
            "1",
        ]));
    }
    rows
}

pub(crate) fn strings(fields: &[&str]) -> Vec<String> {
    fields.iter().map(ToString::to_string).collect()
}

/// What the laws speak of: all that reading a table gives, with places by rows of the table.
#[derive(Debug, PartialEq)]
struct Told {
    format: &'static str,
    counts: [u64; 5],
    records: Vec<plenary_types::Agreement>,
    findings: Vec<Finding>,
    rejected: Vec<Rejected>,
    places: Vec<Place>,
}

/// Where a line of the text of a table is, as a row of it; the header is row 1.
fn row_of(rows: &Rows, line: u64) -> u64 {
    let lines = |row: &Vec<String>| {
        1 + row
            .iter()
            .map(|field| field.matches('\n').count() as u64)
            .sum::<u64>()
    };
    let mut end = 0;
    let mut numbered = (1..).zip(rows);
    let found = numbered.find(|(_, row)| {
        end += lines(row);
        line <= end
    });
    found.map_or(0, |(number, _)| number)
}

fn told(import: &Import, place: &dyn Fn(&mut Place)) -> Told {
    let summary = import.summary();
    let records: Vec<_> = import.records().collect();
    let mut findings: Vec<Finding> = import.findings().to_vec();
    findings.extend(records.iter().flat_map(|record| record.findings.clone()));
    findings
        .iter_mut()
        .for_each(|finding| place(&mut finding.place));
    let mut rejected = import.rejected().to_vec();
    rejected
        .iter_mut()
        .for_each(|rejected| place(&mut rejected.place));
    let loci = |at: usize| {
        use plenary_types::Field::{Choice, Date, Name, Title};
        [Date, Title, Name(0), Choice(1)].map(|field| Locus::of_act(at, field))
    };
    let mut places = Vec::new();
    for record in &records {
        for locus in loci(0) {
            let mut found = record.origin.place(locus);
            place(&mut found);
            places.push(found);
        }
    }
    Told {
        format: summary.format,
        counts: [
            summary.rows,
            summary.used,
            summary.rejected,
            summary.records,
            summary.ballots,
        ],
        records: records.into_iter().map(|record| record.agreement).collect(),
        findings,
        rejected,
        places,
    }
}

fn csv(rows: &Rows) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    rows.iter()
        .for_each(|row| writer.write_record(row).unwrap());
    writer.into_inner().unwrap()
}

/// Holds a container against the same table as CSV. `shift` is how far its rows are from those of the table with its header.
#[track_caller]
pub(crate) fn same_as_csv(rows: &Rows, container: &[u8], table: &str, shift: i64) {
    let options = Options::default().lenient();
    let expected = read_bytes("in", &csv(rows), &options).unwrap();
    let expected = told(&expected, &|place| {
        let row = place.line.map(|line| row_of(rows, line));
        place.line = row
            .and_then(|row| row.checked_add_signed(shift))
            .filter(|row| *row > 0);
        place.column = None;
        place.path = Some(format!("in#{table}"));
    });
    let import = read_bytes("in", container, &options).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(import.summary().path, format!("in#{table}"));
    let found = told(&import, &|_| ());
    assert_eq!(found, expected);
    assert!(expected.counts[4] > 0, "there are ballots");
}

/// The Compact's roll as the library has it, where the shared data is at hand.
pub(crate) fn compact() -> Option<Rows> {
    let file = shared("undl/ga_votes_1946_2019.csv.zst")?;
    let text = zstd::decode_all(std::fs::File::open(file).unwrap()).unwrap();
    let text = String::from_utf8(text).unwrap();
    let lines = text.lines().enumerate();
    let lines = lines.filter(|(at, line)| *at == 0 || line.contains(",A/RES/73/195,"));
    let lines: Vec<&str> = lines.map(|(_, line)| line).collect();
    let lines = lines.join("\n");
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(lines.as_bytes());
    let rows = reader.records().map(Result::unwrap);
    let rows: Rows = rows
        .map(|row| row.iter().map(str::to_owned).collect())
        .collect();
    assert_eq!(rows.len(), 194);
    Some(rows)
}

/// The error that reading a file ends with.
#[track_caller]
pub(crate) fn refused(path: impl AsRef<Path>) -> ImportError {
    read(path, &Options::default()).unwrap_err()
}
