//! Any table, read by a mapping of acts that is shipped: the first byte says which.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plenary_fuzz::laws;
use plenary_import::{Mapping, read_bytes, shipped_mapping};

const MAPPINGS: [&str; 11] = [
    "atop-dyads",
    "coe-treaties",
    "desta",
    "hcch-status",
    "hr-treaty-panel",
    "hr-treaty-status",
    "ilo-ratifications",
    "manytreaties-members",
    "treaty-status-iso3",
    "untc-long",
    "wipo-treaties",
];

fuzz_target!(|input: (u8, &str)| {
    let (which, table) = input;
    let name = MAPPINGS[usize::from(which) % MAPPINGS.len()];
    let mapping = shipped_mapping(name).expect("a shipped mapping has this name");
    let mapping = Mapping::from_toml(mapping).expect("a shipped mapping can be read");
    laws(|options| {
        read_bytes(
            "in",
            table.as_bytes(),
            &options.with_mapping(mapping.clone()),
        )
    });
});
