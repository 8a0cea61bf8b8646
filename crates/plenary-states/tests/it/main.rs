//! What the embedded tables say, against the attested figures and against a slow implementation.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod ambiguity;
mod coverage;
mod groups;
mod layers;
mod properties;
mod prose;
mod published;
mod readme;
mod shared;
mod shortened;
mod words;
