//! A dataset folder: any descriptor, and any documents beside it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plenary_fuzz::folder_obeys_the_laws;

const DESCRIPTOR: &[u8] = b"{\"resources\": [{\"path\": [\"a.json\", \"b.jsonl\"]}, {\"name\": \"ballots\", \"path\": \"x.csv\"}]}";

fuzz_target!(|input: (bool, &[u8], &[u8], &[u8])| {
    let (own, descriptor, first, second) = input;
    let descriptor = if own { descriptor } else { DESCRIPTOR };
    folder_obeys_the_laws(&[
        ("datapackage.json", descriptor),
        ("a.json", first),
        ("b.jsonl", second),
    ]);
});
