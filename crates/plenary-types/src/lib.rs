//! Vocabulary of international agreements: states, symbols, ballots, tallies, acts and findings.
#![forbid(unsafe_code)]

mod choice;
mod code;
mod date;
mod tally;
mod text;

pub use choice::{Choice, ChoiceError};
pub use code::{CodeError, StateCode};
pub use date::{Date, DateError, Precision, Span};
pub use tally::{AnnouncedTally, Tally};
