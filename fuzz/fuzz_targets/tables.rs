//! Any bytes below the header of each kind of table: nothing panics, rows add up, strict is within lenient.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plenary_import::{Import, Options, read_bytes};

const HEADERS: [&str; 8] = [
    "",
    "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,title,total_yes\n",
    "ms_votes;resolutions;ms_names;date;yes;subjects\n",
    "undl_id,date,resolution,BENIN,CZECHIA,PERU\n",
    "ms_vote,date,permanent_member,resolution,ms_name,undl_id,modality\n",
    "title: A test\nstate,vote\n",
    "ccode\trcid\tvote\tsession\n",
    "rcid,country,country_code,vote\n",
];

fn check(import: &Import) {
    let summary = import.summary();
    assert_eq!(summary.rows, summary.used + summary.rejected);
    assert_eq!(summary.rejected, import.rejected().len() as u64);
    assert_eq!(summary.records, import.records().count() as u64);
}

fuzz_target!(|input: (u8, &[u8])| {
    let header = HEADERS[usize::from(input.0) % HEADERS.len()];
    let bytes = [header.as_bytes(), input.1].concat();
    let lenient = read_bytes("in", &bytes, &Options::default().lenient());
    if let Ok(import) = &lenient {
        check(import);
    }
    if let Ok(strict) = read_bytes("in", &bytes, &Options::default()) {
        check(&strict);
        let lenient = lenient.expect("what strict reading accepts, lenient reading accepts");
        assert!(strict.summary().used <= lenient.summary().used);
    }
});
