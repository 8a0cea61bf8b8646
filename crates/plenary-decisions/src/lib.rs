#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod base;
mod bounds;
mod clause;
mod election;
mod evaluate;
mod facts;
mod fraction;
mod known;
mod lex;
pub mod library;
mod name;
mod parse;
mod period;
mod position;
mod print;
mod reason;
mod record;
pub mod requirement;
mod ruling;
mod sentence;
mod serde_text;
mod standing;
mod unknown;

pub use base::{Base, BaseSource};
pub use clause::{Clause, NotBefore};
pub use election::{Election, ElectionError, ElectionOutcome, Restriction};
pub use evaluate::{Answer, Evaluation, Verdict, evaluate, verdict};
pub use facts::{Facts, Group, Others, Table, TableError};
pub use fraction::{Fraction, FractionError};
pub use known::KnownDecision;
pub use lex::ParseError;
pub use library::{InForce, Library};
pub use name::{Name, NameError};
pub use period::{Delay, Period};
pub use position::{Lookup, Position, Scope};
pub use reason::{Reason, ReasonKind};
pub use record::{Applied, Basis, Undecidable};
pub use requirement::Requirement;
pub use ruling::{Alternative, Ground, Roster, Ruling, Setting};
pub use standing::{Standing, StandingError};
pub use unknown::{NameKind, UnknownName, nearest, unknown_names};
