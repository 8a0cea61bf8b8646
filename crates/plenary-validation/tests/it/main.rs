//! The checks, held against valid records, broken ones and the examples of their own pages.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests fail by panicking"
)]

mod any_body;
mod bodies;
mod datasets;
mod examples;
mod injection;
mod lives;
mod messages;
mod records;
mod rulings;
mod waivers;
