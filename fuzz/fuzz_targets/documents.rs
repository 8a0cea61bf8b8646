//! Native documents: every part has a place, and what is written reads back the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plenary_fuzz::{check, laws};
use plenary_import::{Options, read_bytes};

fuzz_target!(|text: &str| {
    laws(|options| read_bytes("in", text.as_bytes(), &options));
    let Ok(import) = read_bytes("in", text.as_bytes(), &Options::default()) else {
        return;
    };
    let agreements = || import.records().map(|record| record.agreement);
    if !text.trim_start().starts_with(['{', '[']) {
        return;
    }
    for agreement in agreements() {
        let written = serde_json::to_vec(&agreement).expect("an agreement can be written");
        let back =
            read_bytes("in", &written, &Options::default()).expect("what was written can be read");
        check(&back);
        assert_eq!(
            back.record(0).map(|record| record.agreement),
            Some(agreement)
        );
    }
});
