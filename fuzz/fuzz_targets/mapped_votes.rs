//! Any table, read by a mapping of votes whose language is more than columns: forms of headings, results in words, values of several columns,
//! no heading. The first byte says which.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plenary_fuzz::laws;
use plenary_import::{Mapping, read_bytes, shipped_mapping};

const SHIPPED: [&str; 4] = [
    "council-meetings",
    "hrc-adopted-texts",
    "pscl-rollcall",
    "unga-wide",
];

const NO_HEADING: &str = include_str!("../../docs/formats/examples/wnominate-un.toml");

fuzz_target!(|input: (u8, &str)| {
    let (which, table) = input;
    let mapping = match SHIPPED.get(usize::from(which) % (SHIPPED.len() + 1)) {
        Some(name) => shipped_mapping(name).expect("a shipped mapping has this name"),
        None => NO_HEADING,
    };
    let mapping = Mapping::from_toml(mapping).expect("a mapping of the documentation can be read");
    laws(|options| {
        read_bytes(
            "in",
            table.as_bytes(),
            &options.with_mapping(mapping.clone()),
        )
    });
});
