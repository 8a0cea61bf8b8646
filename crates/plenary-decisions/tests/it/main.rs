//! What the crate promises, seen from outside.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod counts;
mod laws;
mod open;
mod participants;
mod text;
mod vectors;
mod weighted;
