#![doc = include_str!("../README.md")]
#![deny(unsafe_code)]

pub mod cohesion;
pub mod copies;
pub mod dyad;
pub mod ideal;
mod matrix;
#[cfg(feature = "parquet")]
mod parquet_file;
#[cfg(feature = "plot")]
pub mod plot;
pub mod power;
pub mod rollcall;
mod selection;
pub mod table;

pub use copies::OnConflict;
pub use matrix::{Contradiction, Grouping, VoteGroup, VoteKey, VoteMatrix, Votes};
pub use selection::{Added, Questions, Selection};
