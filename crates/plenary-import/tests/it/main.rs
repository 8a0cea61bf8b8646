//! What the adapters promise, held against real data and against files broken on purpose.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod accounts;
mod akoma_ntoso;
mod containers;
mod dates;
mod doubts;
mod edges;
mod european_parliament;
mod fixtures;
mod json_tables;
mod laws;
mod layouts;
mod mapped_acts;
mod mapped_layouts;
mod marcxml;
mod members;
mod native;
mod other_bodies;
mod popolo;
mod printed;
mod proposals;
mod rollcalls;
mod same_votes;
mod slow;
mod tables;
mod treaty_tables;
mod words_and_days;
