//! Native documents: what is read has a place for every part, and reads back the same when written.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plenary_import::{Options, read_bytes, write_tables};

fuzz_target!(|text: &str| {
    let Ok(import) = read_bytes("in", text.as_bytes(), &Options::default()) else { return };
    for record in import.records() {
        let place = record.origin.place(plenary_types_locus());
        assert!(place.path.is_some());
    }
    let agreements = || import.records().map(|record| record.agreement);
    write_tables(agreements(), Vec::new(), Vec::new()).expect("a vector takes everything");
});

fn plenary_types_locus() -> plenary_types::Locus {
    plenary_types::Locus::of_act(0, plenary_types::Field::Choice(1))
}
