//! Any XML inside a collection of records.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plenary_fuzz::obeys_the_laws;

const STARTS: [&str; 5] = [
    "<collection xmlns=\"http://www.loc.gov/MARC21/slim\">",
    "<collection xmlns=\"http://www.loc.gov/MARC21/slim\"><record><datafield tag=\"967\"><subfield code=\"d\">",
    "<collection xmlns=\"http://www.loc.gov/MARC21/slim\"><record><datafield tag=\"791\"><subfield code=\"a\">",
    "<r:record xmlns:r=\"http://www.loc.gov/MARC21/slim\"><r:datafield tag=\"245\"><r:subfield code=\"c\">",
    "<r:record xmlns:r=\"http://www.loc.gov/MARC21/slim\"><r:datafield tag=\"515\"><r:subfield code=\"a\">Additional sponsors: ",
];

fuzz_target!(|input: (u8, &[u8])| obeys_the_laws(&STARTS, input));
