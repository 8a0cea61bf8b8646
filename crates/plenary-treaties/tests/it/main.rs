//! What the crate promises, seen from outside.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod laws;
mod official;
mod successors;

use std::path::Path;

use plenary_types::{Act, TreatyAction};

/// The acts of a participant table.
fn acts_of(table: &Path) -> Vec<TreatyAction> {
    let import = plenary_import::read(table, &plenary_import::Options::default()).unwrap();
    let record = import.record(0).unwrap();
    let acts = record.agreement.acts.into_iter();
    let actions = acts.filter_map(|act| match act {
        Act::Action(action) => Some(action),
        _ => None,
    });
    actions.collect()
}
