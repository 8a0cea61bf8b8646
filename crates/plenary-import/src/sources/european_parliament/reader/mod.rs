//! Reads what the European Parliament publishes of its votes.

mod roll_calls;
mod votes;
mod words;

use std::collections::BTreeMap;

use plenary_types::BodyId;

pub(super) use roll_calls::read as read_roll_calls;
pub(super) use votes::read as read_votes;

/// Elements are nested less deeply than this.
const DEEPEST: usize = 24;

fn body() -> Option<BodyId> {
    let body = "european-parliament".parse();
    debug_assert!(body.is_ok(), "the name of the body is one of a body");
    body.ok()
}

/// What is not a record of its own, by cause, and how often there was that.
#[derive(Default)]
struct Counts(BTreeMap<String, u64>);

impl Counts {
    /// Different causes that are told apart; a source has few.
    const MOST: usize = 20;

    fn add(&mut self, cause: &str) {
        let known = self.0.contains_key(cause) || self.0.len() < Self::MOST;
        let cause = if known { cause } else { "others" };
        *self.0.entry(cause.to_owned()).or_default() += 1;
    }

    /// `; CAUSE (12)` for each.
    fn told(&self, before: &str) -> String {
        let causes = self
            .0
            .iter()
            .map(|(cause, count)| format!("`{cause}` ({count})"));
        match causes.collect::<Vec<_>>().join(", ") {
            none if none.is_empty() => none,
            causes => format!("; {before} {causes}"),
        }
    }
}
