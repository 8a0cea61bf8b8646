//! Any XML inside the votes of a parliament.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plenary_fuzz::obeys_the_laws;

const STARTS: [&str; 3] = [
    "<PV.RollCallVoteResults Sitting.Date=\"2031-05-06\">",
    "<PV.RollCallVoteResults><RollCallVote.Result Date=\"2031-05-06\"><Result.For Number=\"1\"><Member.Name MepId=\"1\">A",
    "<PV.RollCallVoteResults><RollCallVote.Result><Intentions><Intentions.Result.For><Member.Name>",
];

fuzz_target!(|input: (u8, &[u8])| obeys_the_laws(&STARTS, input));
