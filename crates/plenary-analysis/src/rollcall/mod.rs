//! One roll call: what would have changed its result, how close it was, and which ballots surprise.
//!
//! [`pivotality`] is decided by the real rule: a veto, a double majority, weights. [`surprise`] is measured
//! against the probabilities of a model, such as the ideal points of [`crate::ideal`].

mod pivotality;
mod surprise;

pub use pivotality::{Pivotality, Switch, pivotality, pivotality_of};
pub use surprise::{BallotSurprise, Surprise, surprise};
