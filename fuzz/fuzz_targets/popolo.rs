//! Any text as the votes of a parliament: within a collection, a motion, a vote event and a vote.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plenary_fuzz::obeys_the_laws;

const STARTS: [&str; 5] = [
    "{\"persons\": [{\"id\": \"p\", \"name\": \"A\"}], \"vote_events\": [{\"id\": \"e\", ",
    "[{\"id\": \"m\", \"text\": \"x\", \"vote_events\": [{\"counts\": [{\"option\": \"yes\", \"value\": 1}, ",
    "{\"motion_text\": \"x\", \"start_date\": \"2018-02-07\", \"votes\": [{\"option\": \"yes\", \"voter_name\": \"A\"}, {",
    "{\"motion_id\": \"m\", \"votes\": [], \"result\": ",
    "{\"motion_text\": \"x\", \"result\": \"pass\", \"votes\": []}\n{",
];

fuzz_target!(|input: (u8, &[u8])| obeys_the_laws(&STARTS, input));
