//! Recognition answers for any bytes, and says something useful.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plenary_import::recognise;

fuzz_target!(|bytes: &[u8]| {
    let recognition = recognise(bytes);
    assert!(!recognition.to_string().is_empty());
    assert!(recognition.format.is_some() || !recognition.help().is_empty());
});
