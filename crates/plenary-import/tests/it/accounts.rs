//! The real files: every row accounted for, and the counts of a slow, obvious reader.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;

use plenary_import::{Options, read, read_bytes};
use plenary_testing::shared;
use plenary_types::{Act, Choice};

use crate::slow;

const LIBRARY: [&str; 2] = ["undl_id", "ms_vote"];

/// Reads a packed table of the Library both ways.
fn same_as_slow(path: &str) {
    let Some(file) = shared(path) else { return };
    let counted = slow::ballots(slow::unpacked(&file), b',', LIBRARY, slow::letter);
    slow::assert_same(&read(&file, &Options::default()).unwrap(), &counted);
}

#[test]
fn the_real_assembly_records_are_counted_as_a_slow_reader_counts_them() {
    same_as_slow("undl/library_ga_1946_1989.csv.zst");
}

#[test]
fn the_real_council_records_are_counted_as_a_slow_reader_counts_them() {
    same_as_slow("undl/library_sc_1946_1989.csv.zst");
}

#[test]
fn the_first_rows_of_the_longest_table_are_counted_as_a_slow_reader_counts_them() {
    let Some(file) = shared("undl/ga_votes_1946_2019.csv.zst") else {
        return;
    };
    let text = slow::first_lines(&file, 60_000);
    let counted = slow::ballots(text.as_bytes(), b',', LIBRARY, slow::letter);
    assert_eq!(counted.rows, 59_999);
    slow::assert_same(
        &read_bytes("in", text.as_bytes(), &Options::default()).unwrap(),
        &counted,
    );
}

#[test]
#[ignore = "456 MB: cargo test --release -p plenary-import -- --ignored"]
fn the_longest_table_is_counted_as_a_slow_reader_counts_it() {
    same_as_slow("undl/ga_votes_1946_2019.csv.zst");
}

fn word(text: &str) -> Option<Choice> {
    match text {
        "yes" => Some(Choice::Yes),
        "no" => Some(Choice::No),
        "abstain" => Some(Choice::Abstain),
        _ => None,
    }
}

fn number(text: &str) -> Option<Choice> {
    match text {
        "1" => Some(Choice::Yes),
        "2" => Some(Choice::Abstain),
        "3" => Some(Choice::No),
        "8" => Some(Choice::NonVoting),
        "9" => Some(Choice::NotEligible),
        _ => None,
    }
}

/// The rows of one of the tables of `unvotes`, by column.
fn rows(name: &str) -> Option<Vec<BTreeMap<String, String>>> {
    let path = shared(&format!("unvotes/{name}.csv.zst"))?;
    let rows = csv::Reader::from_reader(slow::unpacked(&path)).into_deserialize();
    Some(rows.map(Result::unwrap).collect())
}

#[test]
fn the_three_tables_of_unvotes_are_read_whole() {
    let Some(path) = shared("unvotes/unvotes.csv.zst") else {
        return;
    };
    let mut counted = slow::ballots(slow::unpacked(&path), b',', ["rcid", "vote"], word);
    let (calls, issues) = (rows("roll_calls").unwrap(), rows("issues").unwrap());
    let beside = (calls.len() + issues.len()) as u64;
    (counted.rows, counted.used) = (counted.rows + beside, counted.used + beside);
    let import = read(&path, &Options::default()).unwrap();
    slow::assert_same(&import, &counted);
    for (name, format, rows) in [
        ("roll_calls", "unvotes-roll-calls-csv", &calls),
        ("issues", "unvotes-issues-csv", &issues),
    ] {
        let path = shared(&format!("unvotes/{name}.csv.zst")).unwrap();
        let alone = read(path, &Options::default()).unwrap();
        let summary = alone.summary();
        assert_eq!(summary.format, format);
        assert_eq!(
            (summary.rows, summary.used),
            (rows.len() as u64, rows.len() as u64)
        );
    }
    let calls: BTreeMap<&str, &BTreeMap<String, String>> =
        calls.iter().map(|call| (&*call["rcid"], call)).collect();
    let mut subjects: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for issue in &issues {
        let of_call = subjects.entry(&issue["rcid"]).or_default();
        of_call.push(&issue["issue"]);
    }
    for record in import.records() {
        let id = record.agreement.sources[0].record.clone().unwrap();
        let (_, decision) = record.agreement.principal_decision().unwrap();
        let call = calls[&*id];
        let printed = |column: &str| Some(call[column].clone()).filter(|text| text != "NA");
        assert_eq!(
            decision.date.map(|d| d.to_string()),
            printed("date"),
            "{id}"
        );
        assert_eq!(
            decision.session.map(|s| s.to_string()),
            printed("session"),
            "{id}"
        );
        let subjects = subjects.get(&*id).cloned().unwrap_or_default();
        assert_eq!(record.agreement.subjects, subjects, "{id}");
    }
}

#[test]
fn the_ballots_behind_the_published_estimates_are_read_whole() {
    let Some(path) = shared("ideal_points/votes_1946_2019.csv.zst") else {
        return;
    };
    let counted = slow::ballots(slow::unpacked(&path), b',', ["rcid", "vote"], number);
    slow::assert_same(&read(&path, &Options::default()).unwrap(), &counted);
}

/// Voeten's layout: every twentieth roll call, tab-separated, with the columns of the roll calls and with rows
/// for absent states (8) and for those that are no members (9), which the shared file leaves out.
fn voeten() -> Option<String> {
    let path = shared("ideal_points/votes_1946_2019.csv.zst")?;
    let calls = rows("roll_calls")?;
    let calls: BTreeMap<&str, &BTreeMap<String, String>> =
        calls.iter().map(|call| (&*call["rcid"], call)).collect();
    let mut text = String::new();
    slow::unpacked(&path).read_to_string(&mut text).unwrap();
    let mut table = csv::WriterBuilder::new()
        .delimiter(b'\t')
        .from_writer(Vec::new());
    let columns = [
        "date",
        "unres",
        "amend",
        "para",
        "importantvote",
        "short",
        "descr",
    ];
    let first = ["ccode", "session", "rcid", "vote"];
    table.write_record(first.iter().chain(&columns)).unwrap();
    for (at, line) in text.lines().skip(1).enumerate() {
        let mut row: Vec<&str> = line.split(',').collect();
        let Some(call) = calls
            .get(row[2])
            .filter(|_| row[2].ends_with("00") || row[2].ends_with("50"))
        else {
            continue;
        };
        row[3] = match at % 11 {
            0 => "8",
            7 => "9",
            _ => row[3],
        };
        row.extend(columns.map(|column| &*call[column]));
        table.write_record(row).unwrap();
    }
    Some(String::from_utf8(table.into_inner().unwrap()).unwrap())
}

#[test]
fn voetens_layout_with_absent_states_and_dates_is_read_whole() {
    let Some(text) = voeten() else { return };
    let counted = slow::ballots(text.as_bytes(), b'\t', ["rcid", "vote"], number);
    assert!(counted.rows > 10_000, "{}", counted.rows);
    let import = read_bytes("votes.tab", text.as_bytes(), &Options::default()).unwrap();
    assert_eq!(import.summary().format, "voeten-csv");
    slow::assert_same(&import, &counted);
    assert_eq!(import.findings(), []);
    assert!(import.records().all(|record| {
        let decision = record.agreement.principal_decision().unwrap().1;
        decision.date.is_some() && decision.session.is_some()
    }));
}

#[test]
fn every_participant_table_is_counted_as_a_slow_reader_counts_it() {
    let Some(folder) = shared("untc/treaties") else {
        return;
    };
    let mut all = BTreeMap::new();
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let (counted, rows) = slow::acts(&path);
        let import = read(&path, &Options::default()).unwrap();
        let summary = import.summary();
        assert_eq!(summary.format, "untc-csv");
        assert_eq!(
            (summary.rows, summary.used, summary.records),
            (rows, rows, 1),
            "{}",
            path.display()
        );
        let mut read = BTreeMap::new();
        for act in import.record(0).unwrap().agreement.acts {
            let Act::Action(action) = act else {
                panic!("{act:?}")
            };
            *read.entry(action.kind).or_default() += 1;
            *all.entry(action.kind.is_consent()).or_default() += 1;
        }
        assert_eq!(read, counted, "{}", path.display());
    }
    // Acts that bind, and others.
    assert_eq!(all, BTreeMap::from([(true, 12_430), (false, 4_503)]));
}
