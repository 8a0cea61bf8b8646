//! What the embedded tables say, against the attested figures and against a slow implementation.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod membership;
