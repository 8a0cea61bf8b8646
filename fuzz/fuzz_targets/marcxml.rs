//! Any XML inside a collection of records: nothing panics, rows add up, strict is within lenient.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plenary_import::{Import, Options, read_bytes};

const STARTS: [&str; 3] = [
    "<collection xmlns=\"http://www.loc.gov/MARC21/slim\">",
    "<collection xmlns=\"http://www.loc.gov/MARC21/slim\"><record><datafield tag=\"967\"><subfield code=\"d\">",
    "<r:record xmlns:r=\"http://www.loc.gov/MARC21/slim\"><r:datafield tag=\"245\"><r:subfield code=\"c\">",
];

fn check(import: &Import) {
    let summary = import.summary();
    assert_eq!(summary.rows, summary.used + summary.rejected);
    assert_eq!(summary.rejected, import.rejected().len() as u64);
    assert_eq!(summary.records, import.records().count() as u64);
}

fuzz_target!(|input: (u8, &[u8])| {
    let start = STARTS[usize::from(input.0) % STARTS.len()];
    let bytes = [start.as_bytes(), input.1].concat();
    let lenient = read_bytes("in", &bytes, &Options::default().lenient());
    if let Ok(import) = &lenient {
        check(import);
    }
    if let Ok(strict) = read_bytes("in", &bytes, &Options::default()) {
        check(&strict);
        let lenient = lenient.expect("what strict reading accepts, lenient reading accepts");
        assert!(strict.summary().used <= lenient.summary().used);
    }
});
