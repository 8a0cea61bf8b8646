//! Damaged files: thousands of mutations of the fixtures of every format are read and checked, and everything is accounted for.
//!
//! A thousand by default, in a few seconds; `PLENARY_MUTATIONS=20000 cargo test -p plenary mutated` tries as many as that.

use std::fs;
use std::path::{Path, PathBuf};

use plenary::import::{Import, Mapping, Options, read_bytes};
use plenary::types::Act;
use plenary::validation::{Config, DatasetChecker, Validator};

/// SplitMix64: the same files on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, most: usize) -> usize {
        (self.next() % most.max(1) as u64) as usize
    }
}

/// Bytes that mean something in some format, and such as no text should have.
const PARTS: [&[u8]; 20] = [
    b",",
    b"\"",
    b"\n",
    b"\r",
    b"\r\n",
    b";",
    b"\t",
    b"{",
    b"]",
    b"<",
    b"&",
    b"0",
    b"Y",
    b"\xff",
    b"\0",
    b"\xef\xbb\xbf",
    b"\xe2\x80\x8b",
    b"-",
    b"99999999999999999999",
    b"2018-02-30",
];

/// Damages some bytes in one to four ways.
fn mutate(bytes: &mut Vec<u8>, random: &mut Random) {
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len() + 1);
        let end = (at + random.below(24)).min(bytes.len());
        match random.below(8) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let again = bytes[at..end].to_vec();
                bytes.splice(at..at, again);
            }
            3 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << random.below(8);
                }
            }
            4 | 5 => {
                let part = PARTS[random.below(PARTS.len())];
                bytes.splice(at..at, part.iter().copied());
            }
            _ => lines(bytes, random),
        }
    }
}

/// Takes a line out, doubles it, or exchanges two.
fn lines(bytes: &mut Vec<u8>, random: &mut Random) {
    let mut lines: Vec<_> = bytes
        .split_inclusive(|b| *b == b'\n')
        .map(<[u8]>::to_vec)
        .collect();
    let (one, other) = (random.below(lines.len()), random.below(lines.len()));
    match random.below(3) {
        _ if lines.is_empty() => {}
        0 => drop(lines.remove(one)),
        1 => lines.insert(other, lines[one].clone()),
        _ => lines.swap(one, other),
    }
    *bytes = lines.concat();
}

/// The fixtures, with the mapping that lies beside some.
fn fixtures() -> Vec<(PathBuf, Vec<u8>, Option<Mapping>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../plenary-import/tests/fixtures");
    let mut folders = vec![root];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e != "toml") {
                let mapping = fs::read_to_string(path.with_extension("toml")).ok();
                let mapping = mapping.and_then(|text| Mapping::from_toml(&text).ok());
                found.push((path.clone(), fs::read(&path).unwrap(), mapping));
            }
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

/// Rows below the header by counting lines, in a table in which each line is a row whatever is done to it: without quotes,
/// carriage returns and lines of separators alone.
fn rows_by_lines(import: &Import, bytes: &[u8]) -> Option<u64> {
    let plain = |b: &u8| !matches!(b, b'"' | b'\r' | b'\0');
    let long = matches!(import.summary().format, "undl-ga-csv" | "undl-sc-csv");
    if !long || !bytes.iter().all(plain) {
        return None;
    }
    let filled = |line: &&[u8]| !line.is_empty();
    let lines: Vec<_> = bytes.split(|b| *b == b'\n').filter(filled).collect();
    let of_separators = |line: &&[u8]| line.iter().all(|b| b",;\t ".contains(b));
    let odd = lines.iter().any(of_separators) || lines.first()?.starts_with(b"sep=");
    (!odd && bytes.first() != Some(&0xef)).then(|| lines.len() as u64 - 1)
}

fn account(import: &Import, bytes: &[u8], what: &str) {
    let summary = import.summary();
    assert_eq!(
        summary.used + summary.rejected,
        summary.rows,
        "rows of {what}"
    );
    assert_eq!(
        import.rejected().len() as u64,
        summary.rejected,
        "rejected of {what}"
    );
    if let Some(rows) = rows_by_lines(import, bytes) {
        assert_eq!(summary.rows, rows, "lines of {what}");
    }
    let validator = Validator::new(Config::default());
    let mut dataset = DatasetChecker::new(&validator);
    let (mut records, mut ballots, mut decisions) = (0, 0, 0);
    for record in import.records() {
        let _ = validator.check(&record.agreement, &*record.origin);
        dataset.add(&record.agreement, &record.origin);
        records += 1;
        for act in &record.agreement.acts {
            let Act::Decision(decision) = act else {
                continue;
            };
            decisions += 1;
            let list = decision.ballots.as_ref();
            ballots += list.map_or(0, |list| list.iter().count() as u64);
        }
    }
    let _ = dataset.finish();
    assert_eq!(summary.records, records, "records of {what}");
    assert_eq!(summary.ballots, ballots, "ballots of {what}");
    let counts = validator.decision_counts();
    assert_eq!(counts.decided + counts.undecidable, counts.total, "{what}");
    assert_eq!(counts.total, decisions, "decisions of {what}");
    let causes: u64 = counts.causes.iter().map(|cause| cause.count).sum();
    assert_eq!(causes, counts.undecidable, "causes of {what}");
}

#[test]
fn damaged_files_of_every_format_are_read_or_refused_and_accounted_for() {
    let wanted = std::env::var("PLENARY_MUTATIONS").ok();
    let wanted = wanted.and_then(|n| n.parse().ok()).unwrap_or(1_000);
    let fixtures = fixtures();
    assert!(fixtures.len() > 200);
    let (mut read, mut by_lines) = (0, 0);
    for at in 0..wanted {
        let (path, bytes, mapping) = &fixtures[at % fixtures.len()];
        let mut random = Random(at as u64);
        let mut bytes = bytes.clone();
        mutate(&mut bytes, &mut random);
        let mut options = Options::default().lenient();
        if let Some(mapping) = mapping {
            options = options.with_mapping(mapping.clone());
        }
        let what = format!("mutation {at} of {}", path.display());
        let name = path.file_name().unwrap().to_string_lossy();
        if let Ok(import) = read_bytes(&name, &bytes, &options) {
            account(&import, &bytes, &what);
            read += 1;
            by_lines += usize::from(rows_by_lines(&import, &bytes).is_some());
        }
    }
    // Most damage leaves a file that can be read, and enough of them can be counted line by line.
    assert!(read * 3 > wanted, "{read} of {wanted} read");
    assert!(
        by_lines * 100 > wanted,
        "{by_lines} of {wanted} counted by lines"
    );
}
