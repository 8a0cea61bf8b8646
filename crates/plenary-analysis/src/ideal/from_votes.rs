//! Votes as responses.

use plenary_types::Session;

use super::responses::{ResponsesBuilder, ResponsesError};
use crate::matrix::{VoteKey, Votes};

impl ResponsesBuilder {
    /// Adds the ballots of votes, each vote in its regular session; a vote of a special or emergency special session, or of no
    /// known session, in the regular one that was under way at its date (the source data of the published estimates does
    /// the same; a session opens in September of the year 1945 plus its number). Returns the votes that have neither. Links
    /// may name a vote by its identifier or by its [`VoteKey::record`].
    ///
    /// # Errors
    ///
    /// As [`ResponsesBuilder::add`].
    pub fn add_votes<'a>(&mut self, votes: &'a Votes) -> Result<Vec<&'a str>, ResponsesError> {
        let mut unplaced = Vec::new();
        for (line, (key, ballots)) in (1..).zip(votes.iter()) {
            let Some(session) = votes.session_number(key) else {
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

impl Votes {
    /// The number under which a vote counts in sessions: that of its regular session, else of the regular session of the General
    /// Assembly that was under way at its date. A vote of persons, who have no part in sessions of the Assembly, counts in its
    /// own session or in the calendar year.
    #[must_use]
    pub fn session_number(&self, key: &VoteKey) -> Option<i32> {
        match (key.session, self.has_uncoded()) {
            (Some(Session::Regular(number)), true) => Some(i32::from(number)),
            (_, true) => key.date.map(plenary_types::Date::calendar_year),
            (_, false) => regular_session(key),
        }
    }
}

fn regular_session(key: &VoteKey) -> Option<i32> {
    if let Some(Session::Regular(number)) = key.session {
        return Some(i32::from(number));
    }
    let session = Session::regular_on(key.date?.earliest())?;
    session.number().map(i32::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_sessions_belong_to_the_regular_one_under_way() {
        let at = |session, date: &str| {
            regular_session(&VoteKey {
                session,
                date: date.parse().ok(),
                ..VoteKey::new("x")
            })
        };
        assert_eq!(at(Some(Session::Regular(73)), "2019-03-01"), Some(73));
        assert_eq!(at(Some(Session::Emergency(11)), "2022-03-02"), Some(76));
        assert_eq!(at(None, "2018-12-19"), Some(73));
        assert_eq!(at(None, ""), None);
    }
}
