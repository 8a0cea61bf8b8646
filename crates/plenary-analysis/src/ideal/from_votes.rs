//! Votes as responses.

use plenary_bodies::Reference;

use super::responses::{ResponsesBuilder, ResponsesError};
use crate::matrix::Votes;
use crate::sittings::Sittings;

impl ResponsesBuilder {
    /// Adds the ballots of votes, each in the session under which it counts ([`Sittings`]). Returns the votes that have none. Links
    /// may name a vote by its identifier or by its [`VoteKey::record`](crate::VoteKey::record).
    ///
    /// # Errors
    ///
    /// As [`ResponsesBuilder::add`].
    pub fn add_votes<'a>(
        &mut self,
        votes: &'a Votes,
        reference: &Reference,
    ) -> Result<Vec<&'a str>, ResponsesError> {
        let sittings = Sittings::new(votes, reference);
        let mut unplaced = Vec::new();
        for (line, (key, ballots)) in (1..).zip(votes.iter()) {
            let Some(session) = sittings.number(key) else {
                unplaced.push(key.id.as_str());
                continue;
            };
            if let Some(record) = &key.record {
                self.also_called(&key.id, record);
            }
            for (state, choice) in ballots {
                self.add(state, session, &key.id, choice, line)?;
            }
        }
        for (id, name) in votes.also_called() {
            self.also_called(id, name);
        }
        Ok(unplaced)
    }
}
