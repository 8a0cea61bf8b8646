//! What holds between the crates: sources are read, records are checked.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests fail by panicking"
)]

mod examples;
mod formats;
#[cfg(feature = "analysis")]
mod issues;
mod mutated;
mod outputs;
mod own_check;
mod reader_checks;
mod reader_faults;
mod source_errors;
mod together;
mod treaties;
#[cfg(all(feature = "analysis", feature = "compression"))]
mod votes;
