//! Any mapping and any table, separated by a zero byte.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plenary_fuzz::laws;
use plenary_import::{Mapping, read_bytes};

fuzz_target!(|text: &str| {
    let (mapping, table) = text.split_once('\0').unwrap_or((text, ""));
    let Ok(mapping) = Mapping::from_toml(mapping) else {
        return;
    };
    laws(|options| {
        read_bytes(
            "in",
            table.as_bytes(),
            &options.with_mapping(mapping.clone()),
        )
    });
});
