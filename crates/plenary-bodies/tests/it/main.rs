//! What the crate promises, seen from outside.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod archive;
mod examples;
mod folders;
mod groups;
mod historic;
mod library;
mod membership;
mod reference;
mod rosters;
mod ruling;
