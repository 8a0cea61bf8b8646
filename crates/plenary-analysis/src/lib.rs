#![doc = include_str!("../README.md")]
#![deny(unsafe_code)]

pub mod anomalies;
pub mod cohesion;
pub mod copies;
pub mod dyad;
pub mod ideal;
mod kernel;
mod level;
mod matrix;
#[cfg(feature = "parquet")]
mod parquet_file;
mod planes;
#[cfg(feature = "plot")]
pub mod plot;
pub mod power;
pub mod rollcall;
mod selection;
mod sittings;
pub mod table;
mod word;

pub use copies::OnConflict;
pub use matrix::{Added, Contradiction, Grouping, VoteGroup, VoteKey, VoteMatrix, Votes};
pub use selection::{Questions, ScopeRecord, Selection};
pub use sittings::Sittings;
pub use word::WordError;

/// The number of something, which 32 bits hold: there are fewer states, votes and labels.
fn number(count: usize) -> u32 {
    let number = u32::try_from(count);
    debug_assert!(number.is_ok(), "{count} is beyond 32 bits");
    number.unwrap_or(u32::MAX)
}
