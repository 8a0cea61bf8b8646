//! The three tables of unvotes in a folder, each with any bytes below its header.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plenary_fuzz::folder_obeys_the_laws;

fuzz_target!(|input: (&[u8], &[u8], &[u8])| {
    let table = |header: &str, rows: &[u8]| [header.as_bytes(), rows].concat();
    folder_obeys_the_laws(&[
        (
            "unvotes.csv",
            &table("rcid,country,country_code,vote\n3,Peru,PE,yes\n", input.0),
        ),
        (
            "roll_calls.csv",
            &table(
                "rcid,session,importantvote,date,unres,amend,para,short,descr\n",
                input.1,
            ),
        ),
        ("issues.csv", &table("rcid,short_name,issue\n", input.2)),
    ]);
});
