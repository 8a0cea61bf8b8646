//! Any XML inside the votes of a parliament.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plenary_fuzz::obeys_the_laws;

const STARTS: [&str; 7] = [
    "<PV.RollCallVoteResults Sitting.Date=\"2031-05-06\">",
    "<PV.RollCallVoteResults><RollCallVote.Result Date=\"2031-05-06\"><Result.For Number=\"1\"><Member.Name MepId=\"1\">A",
    "<PV.RollCallVoteResults><RollCallVote.Result><Intentions><Intentions.Result.For><Member.Name>",
    "<file><sitting date=\"2031-05-06\"><votes><vote type=\"REPORT\"><title>A</title><votings>",
    "<file><sitting date=\"2031-05-06\"><votes><vote><votings><voting numberFavor=\"1\" votersCount=\"2\" result=\"",
    "<akomaNtoso><debate><meta><analysis><parliamentary><voting outcome=\"#a\" href=\"#s\"><count value=\"1\" refersTo=\"#for\"/>",
    "<akomaNtoso><bill><preface><docNumber>A/73/L.66</docNumber><docProponent>",
];

fuzz_target!(|input: (u8, &[u8])| obeys_the_laws(&STARTS, input));
