//! Any text as JSON of other makers: lists of objects within one another, maps of codes, and the votes of the Human Rights Council by state.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plenary_fuzz::{laws, obeys_the_laws};
use plenary_import::{propose_mapping_for, read_bytes};

const STARTS: [&str; 6] = [
    "[{\"a\": 1, \"b\": [{\"c\": \"x\", \"d\": {\"e\": [1, 2]}}, {",
    "{\"voteringer\": [{\"id\": \"1\", \"tema\": \"x\", \"sakstittel\": \"y\", \"for\": 1, \"mot\": 0, \"vedtatt\": true, \"sak_id\": \"2\", \"tid\": \"2023-01-10T10:00:00.5\"}, {",
    "{\"countries\": {}, \"votes\": [{\"meta\": {\"date\": \"2020-12-02\", \"descrition\": \"x\", \"israel\": \"N\"}, \"votes\": {\"FRA\": \"A\", ",
    "{\"res\": [{\"sym\": \"A/HRC/RES/50/99\", \"mtg\": \"\", \"date\": \"2022-07-07\", \"body\": \"HRC\"}], \"votes\": {\"PER\": {\"r\": [0",
    "{\"csw:GetRecordsResponse\": {\"csw:SearchResults\": {\"iStoreRecord\": [{\"lb_document_id\": 7, \"title\": \"x\", \"definative_eif_event_date\": \"",
    "[{\"name\": \"Hamburg\", \"periods\": [{\"name\": \"p\", \"polls\": [{\"id\": 1, \"title\": \"x\", \"date\": \"2007-07-04\", \"votes\": {\"total\": [1, 1, 0, 0, 0]}}, {",
];

fuzz_target!(|input: (u8, &[u8])| {
    let _ = propose_mapping_for("in", input.1);
    laws(|options| read_bytes("in", input.1, &options));
    obeys_the_laws(&STARTS, input);
});
