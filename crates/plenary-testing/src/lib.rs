#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod context;
mod fault;
mod record;
mod symbol;
mod value;

pub use context::Context;
pub use fault::{Fault, Injected, fault, faults};
pub use record::{agreements, ballots, members_of};
pub use symbol::{citations, resolution_symbol, symbol_texts, symbols};
pub use value::{announced, choices, codes, dates, days, sessions, tallies};
