#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod answer;
mod bounds;
mod clause;
mod election;
mod evaluate;
mod explain;
mod facts;
mod fraction;
mod lex;
mod name;
mod parse;
mod period;
mod position;
mod print;
mod reason;
pub mod requirement;
mod sentence;
mod serde_text;
mod standing;
mod unknown;

pub use answer::Answer;
pub use clause::{Clause, NotBefore};
pub use election::{Election, ElectionError, ElectionOutcome, Restriction};
pub use evaluate::{Verdict, verdict};
pub use explain::{Evaluation, evaluate};
pub use facts::{Facts, Group, Others, Table, TableError};
pub use fraction::{Fraction, FractionError};
pub use lex::ParseError;
pub use name::{Name, NameError};
pub use period::{Delay, Period};
pub use position::{Lookup, Position, Scope};
pub use reason::{Reason, ReasonKind};
pub use requirement::Requirement;
pub use standing::{Standing, StandingError};
pub use unknown::{NameKind, UnknownName, named_in, nearest, unknown_names};
