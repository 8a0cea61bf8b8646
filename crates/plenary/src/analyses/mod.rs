//! The analyses: which votes they are about, and a call for each.

mod agree;
mod cohesion;
mod decisions;
mod ideal;
mod labels;
mod overview;
mod selected;
mod tally;
mod votes;

pub use agree::{AgreeSettings, Agreements, agree};
#[cfg(feature = "plot")]
pub use cohesion::CohesionIndex;
pub use cohesion::{CohesionSettings, CohesionTable, Cohesions, cohesion};
pub use decisions::{
    DecisionSettings, SelectedBallot, SelectedDecision, SelectedDecisions, select_decisions,
};
pub use ideal::{IdealMethod, IdealPoints, IdealSettings, ideal};
pub use labels::Codes;
pub(crate) use overview::overview;
pub use selected::{SelectedVotes, VoteSettings, select_votes};
pub(crate) use selected::{layers, made_of, unmatched_votes};
pub use tally::{TallySettings, TallyTable, tally};
pub use votes::{
    ChoiceCoding, ChoiceCodingError, RollCall, SortColumn, VoteColumns, VoteRows, VoteTable,
    VoteVerdict, VotesSettings, WideRows, roll_call, votes,
};
