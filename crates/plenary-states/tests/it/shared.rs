//! Reference data beside the workspace, where it is there.

use std::collections::HashSet;
use std::fs;

use plenary_testing::shared;

/// A file of the reference data, unpacked, or `None` when there is none.
pub(crate) fn file(path: &str) -> Option<Vec<u8>> {
    let path = shared(path)?;
    let bytes = fs::read(&path).unwrap();
    if path.extension().is_some_and(|e| e == "zst") {
        return Some(zstd::decode_all(&bytes[..]).unwrap());
    }
    Some(bytes)
}

/// The files of a folder of the reference data.
pub(crate) fn folder(path: &str) -> Vec<String> {
    let Some(folder) = shared(path) else {
        return Vec::new();
    };
    fs::read_dir(folder)
        .unwrap()
        .map(|e| format!("{path}/{}", e.unwrap().file_name().to_string_lossy()))
        .collect()
}

/// The distinct values of some columns of a CSV file.
pub(crate) fn distinct(bytes: &[u8], columns: &[&str]) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader.byte_headers().unwrap().clone();
    let place = |column: &&str| header.iter().position(|h| h == column.as_bytes()).unwrap();
    let places: Vec<_> = columns.iter().map(place).collect();
    let (mut seen, mut key) = (HashSet::new(), Vec::new());
    let mut record = csv::ByteRecord::new();
    while reader.read_byte_record(&mut record).unwrap() {
        key.clear();
        for place in &places {
            key.extend_from_slice(&record[*place]);
            key.push(SEPARATOR);
        }
        if !seen.contains(&key) {
            seen.insert(key.clone());
        }
    }
    let values = |key: &Vec<u8>| {
        key.split(|b| *b == SEPARATOR)
            .map(text)
            .take(places.len())
            .collect()
    };
    seen.iter().map(values).collect()
}

const SEPARATOR: u8 = 0x1f;

fn text(bytes: &[u8]) -> String {
    std::str::from_utf8(bytes).unwrap().to_owned()
}
