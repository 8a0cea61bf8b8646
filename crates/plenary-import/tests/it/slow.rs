//! Slow, obvious readers of the same files, to hold the adapters against.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use plenary_import::Import;
use plenary_types::{ActionKind, Choice, Tally};

/// What a table of ballots comes to, row by row.
#[derive(Default)]
pub(crate) struct Counted {
    pub(crate) rows: u64,
    pub(crate) used: u64,
    pub(crate) votes: BTreeMap<String, Tally>,
}

/// Counts a table with the csv crate: one row a ballot, told apart by the column `id`.
pub(crate) fn ballots(
    text: impl Read,
    delimiter: u8,
    [id, vote]: [&str; 2],
    choice: impl Fn(&str) -> Option<Choice>,
) -> Counted {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .from_reader(text);
    let headers = reader.headers().unwrap().clone();
    let at = |name: &str| headers.iter().position(|h| h == name).unwrap();
    let (id, vote) = (at(id), at(vote));
    let mut counted = Counted::default();
    let mut row = csv::StringRecord::new();
    while reader.read_record(&mut row).unwrap() {
        counted.rows += 1;
        if let Some(choice) = choice(&row[vote]) {
            counted.used += 1;
            let tally = counted.votes.entry(row[id].to_owned()).or_default();
            *tally.get_mut(choice) += 1;
        }
    }
    counted
}

/// The letters of the Library.
pub(crate) fn letter(text: &str) -> Option<Choice> {
    match text.to_uppercase().as_str() {
        "Y" => Some(Choice::Yes),
        "N" => Some(Choice::No),
        "A" => Some(Choice::Abstain),
        "X" | "" => Some(Choice::NonVoting),
        _ => None,
    }
}

/// Holds what an adapter read against what was counted, vote by vote.
pub(crate) fn assert_same(import: &Import, counted: &Counted) {
    let summary = import.summary();
    assert_eq!(
        (summary.rows, summary.used, summary.rejected),
        (counted.rows, counted.used, counted.rows - counted.used)
    );
    assert_eq!(import.rejected().len() as u64, summary.rejected);
    let ballots = counted
        .votes
        .values()
        .flat_map(|tally| Choice::ALL.map(|choice| tally.get(choice)));
    assert_eq!(summary.ballots, u64::from(ballots.sum::<u32>()));
    assert_eq!(summary.records, counted.votes.len() as u64);
    let read = tallies(import);
    for (id, tally) in &counted.votes {
        assert_eq!(read.get(id), Some(tally), "vote {id}");
    }
}

/// The tallies of an import, by the source's own number of the vote.
fn tallies(import: &Import) -> BTreeMap<String, Tally> {
    let tally = |record: plenary_import::Record| {
        let id = record.agreement.sources[0].record.clone().unwrap();
        let (_, decision) = record.agreement.principal_decision().unwrap();
        (id, decision.ballots.as_ref().unwrap().tally())
    };
    import.records().map(tally).collect()
}

/// A table, unpacked.
pub(crate) fn unpacked(path: &Path) -> BufReader<impl Read + use<>> {
    BufReader::new(zstd::stream::read::Decoder::new(File::open(path).unwrap()).unwrap())
}

/// The first lines of a table.
pub(crate) fn first_lines(path: &Path, count: usize) -> String {
    let lines = unpacked(path).lines().take(count);
    lines.map(|line| line.unwrap() + "\n").collect()
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// The acts of a participant table by kind, and its rows: every month is an act, and the letters behind its
/// year are looked up in the heading.
pub(crate) fn acts(path: &Path) -> (BTreeMap<ActionKind, u64>, u64) {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let headings = reader.headers().unwrap().clone();
    let (mut acts, mut rows) = (BTreeMap::new(), 0);
    for row in reader.records() {
        let row = row.unwrap();
        rows += 1;
        for (heading, cell) in headings.iter().zip(&row).skip(1) {
            let words: Vec<&str> = cell
                .split([' ', ',', '[', ']'])
                .filter(|word| !word.is_empty())
                .collect();
            for (at, _) in words.iter().enumerate().filter(|(_, w)| MONTHS.contains(w)) {
                let rest = words.iter().skip(at + 2);
                let mut marks = rest.filter(|word| !word.chars().all(|c| c.is_ascii_digit()));
                let mark = marks.next().filter(|word| !MONTHS.contains(word));
                let mark = mark.map_or("", |word| word.trim_end_matches(char::is_numeric));
                *acts.entry(kind(heading, mark)).or_default() += 1;
            }
        }
        if row.iter().any(|cell| cell.contains('[')) {
            *acts.entry(ActionKind::Withdrawal).or_default() += 1;
        }
    }
    (acts, rows)
}

/// What a heading calls the acts with a letter, or those without one.
fn kind(heading: &str, mark: &str) -> ActionKind {
    let parts = || heading.split(", ");
    let lettered = format!("({mark})");
    let plain = |part: &&str| !part.ends_with(')');
    let part = match mark {
        "" => parts().find(plain).unwrap_or(heading),
        _ => parts().find(|part| part.ends_with(&lettered)).unwrap(),
    };
    let words: Vec<&str> = part.split([' ', '(']).collect();
    match words[..] {
        ["Confirmation", ..] if heading.contains("Definitive") => ActionKind::DefinitiveSignature,
        ["Signature", "ad", ..] => ActionKind::SignatureAdReferendum,
        ["Signature" | "Confirmation", ..] => ActionKind::Signature,
        ["Succession", "to", "signature", ..] => ActionKind::SuccessionToSignature,
        ["Definitive", "signature", ..] => ActionKind::DefinitiveSignature,
        ["Provisional", "acceptance", ..] => ActionKind::ProvisionalApplication,
        ["Provisional" | "Undertaking", ..] => ActionKind::ProvisionalApplication,
        ["Notification", "of", "non-provisional", ..] => ActionKind::EndOfProvisionalApplication,
        ["Notification", ..] => ActionKind::Notification,
        ["Ratification", ..] => ActionKind::Ratification,
        ["Acceptance", ..] | ["Definitive", "acceptance", ..] => ActionKind::Acceptance,
        ["Approval", ..] => ActionKind::Approval,
        ["Accession", ..] => ActionKind::Accession,
        ["Succession", ..] => ActionKind::Succession,
        ["Formal", ..] => ActionKind::FormalConfirmation,
        ["Consent", ..] => ActionKind::ConsentToBeBound,
        ["Simplified", ..] => ActionKind::SimplifiedProcedure,
        ["Participation" | "Application", ..] => ActionKind::Participation,
        ["Extension", ..] => ActionKind::Extension,
        _ => panic!("{part} names no act"),
    }
}
