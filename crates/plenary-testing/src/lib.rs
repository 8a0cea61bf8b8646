#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod context;
mod count;
mod election;
mod fault;
mod history;
mod list;
mod record;
mod roster;
mod sample;
mod shared;
mod subject;
mod symbol;
mod treaty;
mod value;
mod vote;

pub use context::Context;
pub use count::CountedVote;
pub use election::elections;
pub use fault::{Fault, Injected, fault, faults};
pub use history::SimulatedHistory;
pub use list::{relist, without_absent};
pub use record::{agreements, ballots, members_of, records};
pub use sample::{SampleBody, SampleReference, references};
pub use shared::{cases, shared};
pub use subject::missing_subjects;
pub use symbol::{citations, resolution_symbol, symbol_texts, symbols};
pub use treaty::treaties;
pub use value::{announced, choices, codes, dates, days, sessions, tallies};
