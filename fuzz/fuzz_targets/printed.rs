//! Any text as the record of a meeting: below a heading, within a list, and behind the tags of a page.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plenary_fuzz::obeys_the_laws;

const STARTS: [&str; 5] = [
    "In favour: Chad, Chile\nAgainst: None\nAbstaining: ",
    "A/53/PV.79\nFriday, 4 December 1998, 10 a.m.\n",
    "In favour:\nChad\nAgainst:\nCuba\nAbstaining:\nNone\n\nDraft resolution A/53/L.52 was ",
    "<html><body><p>In favour: Chad</p><p>Against: None</p>",
    "<p class=\"votelist\"><span class=\"favour\">Chad</span>, ",
];

fuzz_target!(|input: (u8, &[u8])| obeys_the_laws(&STARTS, input));
