#![doc = include_str!("../README.md")]
#![deny(unsafe_code)]

pub mod anomalies;
pub mod cohesion;
pub mod copies;
pub mod dyad;
pub mod ideal;
pub mod issues;
mod kernel;
mod level;
mod matrix;
mod planes;
#[cfg(feature = "plot")]
pub mod plot;
pub mod power;
pub mod rollcall;
mod selection;
mod sittings;
pub mod table;
pub mod tally;
mod word;

pub use copies::OnConflict;
pub use matrix::{Added, Contradiction, Grouping, VoteGroup, VoteKey, VoteMatrix, Votes};
pub use selection::{Questions, ScopeRecord, Selection, body_of, session_of};
pub use sittings::Sittings;
pub use word::WordError;

use plenary_types::count as number;
