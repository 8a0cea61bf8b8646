//! Any mapping and any table, separated by a zero byte.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plenary_import::{Mapping, Options, read_bytes};

fuzz_target!(|text: &str| {
    let (mapping, table) = text.split_once('\0').unwrap_or((text, ""));
    let Ok(mapping) = Mapping::from_toml(mapping) else { return };
    let options = Options::default().with_mapping(mapping);
    if let Ok(import) = read_bytes("in", table.as_bytes(), &options) {
        assert_eq!(import.summary().rows, import.summary().used + import.summary().rejected);
        assert_eq!(import.summary().records, import.records().count() as u64);
    }
});
