//! Ideal points: positions of states on one dimension, estimated from their ballots.
//!
//! The model is the ordinal item response model of Bailey, Strezhnev and Voeten ("Estimating Dynamic State Preferences
//! from United Nations Voting Data", Journal of Conflict Resolution 61, 2017): a state at position `θ` in a
//! session answers an item (a roll call) yes, abstain or no as `β θ + ε` falls below the first cutpoint, between the
//! two, or above the second, with standard normal noise `ε`. Roll calls that repeat a resolution share an item, which
//! ties sessions to each other, as does a random walk of each state.
//!
//! [`Em`] estimates it deterministically, in about a second for all votes since 1946. `Gibbs` (feature `gibbs`) samples, for intervals
//! that rest on draws; over all those votes it converges slowly (docs/performance.md).

mod acceleration;
mod chain;
mod em;
mod estimates;
mod from_votes;
mod item_step;
mod jumps;
mod kernels;
mod links;
mod model;
mod normal;
mod position_step;
mod responses;
#[cfg(feature = "gibbs")]
mod sampler;

pub use em::{Em, Progress};
pub use estimates::{
    Anchor, Convergence, Estimates, IdealError, IdealPoint, ItemEstimate, Model, Sampling,
};
pub use jumps::{Exchange, Jump};
pub use links::read_links;
pub use model::Dynamics;
pub use responses::{
    Abstentions, ItemRules, RefusedItem, Responses, ResponsesBuilder, ResponsesError,
};
#[cfg(feature = "gibbs")]
pub use sampler::{Gibbs, effective_sample_size, r_hat};
