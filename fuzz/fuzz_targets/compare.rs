//! Any two tables of votes: comparing them never panics, every vote is told once, and a table equals itself.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plenary_bodies::Reference;
use plenary_compare::{DifferenceKind, VoteList, compare};
use plenary_import::{Options, read_bytes};

const HEADER: &str = "undl_id,ms_name,ms_vote,date,session,resolution,meeting,total_yes\n";

fuzz_target!(|input: (&[u8], &[u8])| {
    let list = |rows: &[u8]| {
        let bytes = [HEADER.as_bytes(), rows].concat();
        let import = read_bytes("in", &bytes, &Options::default().lenient()).ok()?;
        Some(VoteList::from_import(&import))
    };
    let (Some(a), Some(b)) = (list(input.0), list(input.1)) else {
        return;
    };
    for (a, b) in [(&a, &b), (&a, &a)] {
        let comparison = compare(a, b, Reference::embedded());
        let only = |kind| {
            comparison
                .differences
                .iter()
                .filter(|d| d.kind == kind)
                .count()
        };
        let matched = comparison.matched.total();
        assert_eq!(matched + only(DifferenceKind::OnlyInA), a.len());
        assert_eq!(matched + only(DifferenceKind::OnlyInB), b.len());
    }
    let itself = compare(&a, &a, Reference::embedded());
    assert_eq!(itself.matched.total(), a.len());
    let unknown = |kind| kind == DifferenceKind::Name;
    assert!(itself.differences.iter().all(|d| unknown(d.kind)));
});
