//! Any text as a table of ballots, weights, acts and groups, below one of their headers.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plenary_tables::{
    TableError, facts_above, read_acts, read_ballots, read_groups, read_weights, split,
};
use plenary_types::Participant;

const HEADERS: [&str; 5] = [
    "",
    "code,vote\n",
    "code;name;population;area\n",
    "treaty,participant,action,date,effective,on_behalf_of,towards\n",
    "group,member,from,to\n",
];

fuzz_target!(|input: (u8, &str)| {
    let header = HEADERS[usize::from(input.0) % HEADERS.len()];
    let text = format!("{header}{}", input.1);
    let lines = split::line_ends(text.as_bytes()) + 1;
    let code = |text: &str| text.parse::<Participant>().ok();
    let named = |text: &str, _| code(text).ok_or_else(String::new);
    for error in [
        read_ballots(&text, code).err(),
        read_weights(&text, code).err(),
        read_acts(&text, |_| true, code).err(),
        read_groups(&text, named).err(),
    ]
    .into_iter()
    .flatten()
    {
        has_a_place(&error, lines);
    }
    if let Ok(read) = read_acts(&text, |_| true, code) {
        for unknown in read.unknown.iter().chain(&read.unresolved) {
            has_a_place(unknown, lines);
        }
    }
    assert!(facts_above(&text).all(|(key, value)| !key.is_empty() && !value.is_empty()));
});

/// What is wrong is in a line that the text has, and there is something to do about it.
fn has_a_place(error: &TableError, lines: u64) {
    assert!(!error.reason.is_empty() && !error.help.is_empty());
    assert!(error.place.line.is_none_or(|line| (1..=lines).contains(&line)), "{error}");
}
