//! Agreement scores, cohesion, ideal points and voting power, as their sources define them
#![deny(unsafe_code)]

pub mod dyad;
pub mod ideal;
mod matrix;
pub mod power;

pub use matrix::{Grouping, VoteGroup, VoteKey, VoteMatrix, Votes};
