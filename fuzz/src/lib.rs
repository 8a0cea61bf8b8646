//! What the targets have in common: the properties that hold of every input.

use std::fs;
use std::path::Path;

use plenary_import::{Import, ImportError, Options, read, read_bytes};
use plenary_types::{Field, Locus, Total};

/// Reads bytes below one of some beginnings, and holds them against the laws.
pub fn obeys_the_laws(starts: &[&str], (start, rest): (u8, &[u8])) {
    let start = starts.get(usize::from(start) % starts.len());
    let bytes = [start.map_or(&b""[..], |start| start.as_bytes()), rest].concat();
    laws(|options| read_bytes("in", &bytes, &options));
}

/// Writes files into a folder, reads it, and holds it against the laws.
pub fn folder_obeys_the_laws(files: &[(&str, &[u8])]) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).expect("a temporary file can be written");
    }
    let path: &Path = folder.path();
    laws(|options| read(path, &options));
}

/// Rows add up, every part has a place, and what strict reading accepts, lenient reading accepts.
pub fn laws(read: impl Fn(Options) -> Result<Import, ImportError>) {
    let lenient = read(Options::default().lenient());
    match &lenient {
        Ok(import) => check(import),
        Err(error) => assert!(!error.to_string().is_empty() && !error.help().is_empty()),
    }
    if let Ok(strict) = read(Options::default()) {
        check(&strict);
        let lenient = lenient.expect("what strict reading accepts, lenient reading accepts");
        assert!(strict.summary().used <= lenient.summary().used);
        assert!(strict.summary().ballots <= lenient.summary().ballots);
    }
}

/// The account of an import adds up, and its records are whole.
pub fn check(import: &Import) {
    let summary = import.summary();
    assert_eq!(summary.rows, summary.used + summary.rejected);
    assert_eq!(summary.rejected, import.rejected().len() as u64);
    assert_eq!(summary.records, import.records().count() as u64);
    let mut ballots = 0;
    for record in import.records() {
        ballots += record.ballots();
        for act in 0..record.agreement.acts.len().min(4) {
            for field in [
                Field::Date,
                Field::Choice(1),
                Field::Name(0),
                Field::Announced(Total::No),
            ] {
                let place = record.origin.place(Locus::of_act(act, field));
                assert!(place.path.is_some() && place.line.is_some());
            }
        }
    }
    assert_eq!(summary.ballots, ballots);
    for rejected in import.rejected() {
        assert!(rejected.place.line.is_some() && !rejected.reason.is_empty());
    }
}
