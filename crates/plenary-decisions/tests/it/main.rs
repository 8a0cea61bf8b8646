//! What the crate promises, seen from outside.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod archive;
mod counts;
mod historic;
mod laws;
mod library;
mod open;
mod ruling;
mod text;
mod vectors;
mod weighted;
