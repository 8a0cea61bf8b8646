//! Checks over whole histories of votes, by statistics: members with each other's votes, members that vote unlike themselves, and
//! members whose votes are missing.
//!
//! They compare the sessions of an assembly with each other, by the counts of agreement on which the measures of this crate
//! rest. [`CHECKS`] are registered like any check:
//!
//! ```
//! use plenary_analysis::anomalies;
//! use plenary_validation::{Catalogue, Config, Validator};
//!
//! let catalogue = anomalies::CHECKS.into_iter().fold(Catalogue::default(), Catalogue::with);
//! let validator = Validator::new(Config::new(catalogue).select(["votes-exchanged"])?);
//! # Ok::<(), plenary_validation::ConfigError>(())
//! ```
//!
//! What they ask for stands in one table, [`THRESHOLDS`].

mod agreement;
mod exchange;
mod fit;
mod history;
mod outlier;
mod participation;
mod profile;
mod seat;
mod session_outlier;
mod thresholds;
mod votes_exchanged;
mod window;

use plenary_types::Participant;
use plenary_validation::{Check, DatasetCheck, DatasetFindings, RecordFacts};

use fit::Fit;
use history::{Histories, History};

pub use participation::PARTICIPATION_DROP;
pub use session_outlier::SESSION_OUTLIER;
pub use thresholds::{THRESHOLDS, Threshold};
pub use votes_exchanged::VOTES_EXCHANGED;

/// The checks of this module.
pub static CHECKS: [&Check; 3] = [&VOTES_EXCHANGED, &PARTICIPATION_DROP, &SESSION_OUTLIER];

/// What the checks share: the histories are kept once.
#[derive(Default)]
struct Shared(Histories);

fn shared() -> Box<dyn DatasetCheck> {
    Box::new(Shared::default())
}

impl DatasetCheck for Shared {
    fn add(&mut self, record: &RecordFacts<'_>) {
        self.0.add(record);
    }

    fn finish(self: Box<Self>, out: &mut DatasetFindings) {
        for history in self.0.all() {
            report(history, out);
        }
    }
}

/// What is found in the history of a body.
fn report(history: &History, out: &mut DatasetFindings) {
    if out.runs(&PARTICIPATION_DROP) {
        participation::report(history, out);
    }
    if !out.runs(&VOTES_EXCHANGED) && !out.runs(&SESSION_OUTLIER) {
        return;
    }
    let mut fit = Fit::of(history);
    if out.runs(&VOTES_EXCHANGED) {
        for exchange in &fit.exchanges {
            if let Some(votes) = history.session(exchange.session) {
                votes_exchanged::report(history, votes, exchange, out);
            }
        }
    }
    if out.runs(&SESSION_OUTLIER) {
        fit.outliers
            .sort_by(|a, b| b.distance.total_cmp(&a.distance));
        for outlier in &fit.outliers {
            if let Some(votes) = history.session(outlier.session) {
                session_outlier::report(history, votes, outlier, out);
            }
        }
    }
}

/// The name of the member of a column.
fn name_at(history: &History, column: usize) -> String {
    let state = history.states().get(column);
    debug_assert!(state.is_some(), "no member has column {column}");
    state.map_or_else(|| column.to_string(), |state| name_of(*state))
}

/// The name to use for a member in a message.
fn name_of(who: Participant) -> String {
    let entity = who.code().and_then(plenary_states::entity);
    let label = entity.map(plenary_states::Entity::label);
    label.map_or_else(|| who.to_string(), str::to_owned)
}
