//! The requirement algebra of collective decisions, evaluated exactly and with reasons.
//!
//! A [`Requirement`] says what has to hold; a [`Standing`] says how a question stands, from single
//! ballots or from counts; [`evaluate`] says whether it is adopted, rejected or undetermined, and why.
//!
//! ```
//! use plenary_decisions::{evaluate, Requirement, Standing, Verdict};
//! use plenary_types::Tally;
//!
//! let important: Requirement = "at least 2/3 of present and voting".parse()?;
//! let vote = Standing::of_counts(Tally { yes: 55, no: 59, abstain: 15, ..Tally::default() });
//! let evaluation = evaluate(&important, &vote);
//! assert_eq!(evaluation.verdict, Verdict::Rejected);
//! assert_eq!(
//!     evaluation.reasons.sentence,
//!     "55 of 114 present and voting, 48.2 %, less than two thirds",
//! );
//! # Ok::<(), plenary_decisions::ParseError>(())
//! ```
//!
//! Everything is integers: no answer depends on rounding.
#![forbid(unsafe_code)]

mod bounds;
mod clause;
mod election;
mod evaluate;
mod facts;
mod files;
mod fraction;
mod lex;
pub mod library;
mod name;
mod parse;
mod period;
mod print;
mod reason;
mod record;
pub mod requirement;
mod scope;
mod sentence;
mod serde_text;
mod standing;

pub use clause::{Clause, NotBefore};
pub use election::{Election, ElectionError, ElectionOutcome, Restriction};
pub use evaluate::{Answer, Evaluation, Verdict, evaluate, verdict};
pub use facts::{Facts, Group, Others, Table, TableError};
pub use files::{FileError, ballots_from_csv, weights_from_csv};
pub use fraction::{Fraction, FractionError};
pub use library::{InForce, Library};
pub use name::{Name, NameError};
pub use parse::ParseError;
pub use period::{Delay, Period};
pub use reason::{Kind, Reason};
pub use record::{Applied, Basis, Undecidable};
pub use requirement::Requirement;
pub use standing::{Standing, StandingError};
