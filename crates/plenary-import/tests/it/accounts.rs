//! The real files: every row accounted for, and the counts of a slow, obvious reader.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::path::{Path, PathBuf};

use plenary_import::{Import, Options, read};
use plenary_types::{Choice, Tally};

/// A file of the shared reference data, or `None`, said aloud, where there is none.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("PLENARY_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    );
    let file = folder.join("data").join(path);
    if file.exists() {
        return Some(file);
    }
    eprintln!(
        "no {}: this test has nothing to read and passes",
        file.display()
    );
    None
}

pub(crate) fn tally_of(import: &Import) -> Tally {
    let mut sum = Tally::default();
    for record in import.records() {
        for (_, decision) in record.agreement.decisions() {
            let tally = decision
                .ballots
                .as_ref()
                .map(|b| b.tally())
                .unwrap_or_default();
            for choice in Choice::ALL {
                *sum.get_mut(choice) += tally.get(choice);
            }
        }
    }
    sum
}

/// Reads a long table of the Library row by row with the csv crate.
fn slowly(path: &Path) -> (u64, u64, HashSet<String>, HashMap<String, u32>) {
    let text = zstd::stream::read::Decoder::new(File::open(path).unwrap()).unwrap();
    let mut reader = csv::Reader::from_reader(text);
    let headers = reader.headers().unwrap().clone();
    let at = |name: &str| headers.iter().position(|h| h == name).unwrap();
    let (id, vote) = (at("undl_id"), at("ms_vote"));
    let (mut rows, mut good) = (0, 0);
    let (mut votes, mut counts) = (HashSet::new(), HashMap::new());
    for row in reader.records() {
        let row = row.unwrap();
        rows += 1;
        let letter = row[vote].to_uppercase();
        if ["Y", "N", "A", "X", ""].contains(&letter.as_str()) {
            good += 1;
            votes.insert(row[id].to_owned());
            *counts.entry(letter).or_default() += 1;
        }
    }
    (rows, good, votes, counts)
}

fn same_as_slow(path: &str) {
    let Some(file) = shared(path) else { return };
    let (rows, good, votes, counts) = slowly(&file);
    let import = read(&file, &Options::default()).unwrap();
    let summary = import.summary();
    assert_eq!((summary.rows, summary.used), (rows, good));
    assert_eq!(summary.rows, summary.used + summary.rejected);
    assert_eq!(import.rejected().len() as u64, summary.rejected);
    assert_eq!(summary.records, votes.len() as u64);
    let tally = tally_of(&import);
    let count = |letter: &str| counts.get(letter).copied().unwrap_or(0);
    assert_eq!(
        (tally.yes, tally.no, tally.abstain),
        (count("Y"), count("N"), count("A"))
    );
    assert_eq!(tally.non_voting, count("X") + count(""));
}

#[test]
fn the_real_assembly_records_are_counted_as_a_slow_reader_counts_them() {
    same_as_slow("undl/library_ga_1946_1989.csv.zst");
}
