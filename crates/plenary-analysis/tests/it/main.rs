//! The measures from outside: published values and laws.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod cohesion;
mod dyads;
mod ideal;
mod participation;
mod power;
mod study;
