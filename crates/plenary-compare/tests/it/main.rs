//! Tables of the same votes that differ on purpose.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod differences;
mod kinds;
mod persons;

use plenary_bodies::Reference;
use plenary_compare::{Comparison, VoteList};

/// Compares by the reference data that come with the library.
fn compare(a: &VoteList, b: &VoteList) -> Comparison {
    plenary_compare::compare(a, b, Reference::embedded())
}
