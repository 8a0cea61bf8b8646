//! [`Sittings`]: under which session votes count, and in which year it opened.

use std::collections::BTreeMap;

use plenary_bodies::{BodySession, Reference};
use plenary_types::{Date, Session};

use crate::matrix::{VoteKey, Votes};

/// Under which session each of some votes counts, and the year of each session.
///
/// Where some of the votes are of a numbered session, each counts in its own; one of a special or an emergency special session, or of
/// no known session, counts in the regular one of its body that was under way on its date, as in the source data of the
/// published estimates. Where none is, each counts in the regular session under way on its date or, where no body has one on record, in its
/// calendar year.
#[derive(Debug)]
pub struct Sittings<'r> {
    reference: &'r Reference,
    has_sessions: bool,
    years: BTreeMap<i32, i32>,
}

impl<'r> Sittings<'r> {
    /// The sessions of votes, as far as the bodies that took them have theirs on record.
    #[must_use]
    pub fn new(votes: &Votes, reference: &'r Reference) -> Self {
        let keys: Vec<_> = votes.iter().map(|(key, _)| key).collect();
        Self::of(&keys, reference)
    }

    fn of(keys: &[&VoteKey], reference: &'r Reference) -> Self {
        let mut sittings = Self {
            reference,
            has_sessions: false,
            years: BTreeMap::new(),
        };
        let has_session =
            |key: &&VoteKey| regular(key.session).is_some() || sittings.under_way(key).is_some();
        sittings.has_sessions = keys.iter().any(has_session);
        for key in keys {
            let opened = sittings.own(key).or_else(|| sittings.under_way(key));
            let opened = opened.map(|session| Date::day(session.opened));
            let year = opened.or(key.date).map(Date::calendar_year);
            if let Some((number, year)) = sittings.number(key).zip(year) {
                let known = sittings.years.entry(number).or_insert(year);
                *known = year.min(*known);
            }
        }
        sittings
    }

    /// The number of the session under which a vote counts, or the year; nothing where neither is known.
    #[must_use]
    pub fn number(&self, key: &VoteKey) -> Option<i32> {
        if !self.has_sessions {
            return key.date.map(Date::calendar_year);
        }
        regular(key.session).or_else(|| self.under_way(key)?.session.parse().ok())
    }

    /// The year in which the session of a number opened, as far as its body has it on record, else that of its first vote.
    #[must_use]
    pub fn year(&self, number: i32) -> Option<i32> {
        self.years.get(&number).copied()
    }

    fn own(&self, key: &VoteKey) -> Option<&'r BodySession> {
        let body = self.reference.body(key.body.as_ref()?.as_str())?;
        body.sessions().get(&regular(key.session)?.to_string())
    }

    fn under_way(&self, key: &VoteKey) -> Option<&'r BodySession> {
        let body = self.reference.body(key.body.as_ref()?.as_str())?;
        body.sessions().regular_on(key.date?.earliest())
    }
}

fn regular(session: Option<Session>) -> Option<i32> {
    match session {
        Some(Session::Regular(number)) => Some(i32::from(number)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use plenary_types::BodyId;

    use super::*;

    fn key(body: &str, session: Option<Session>, date: &str) -> VoteKey {
        VoteKey {
            session,
            date: date.parse().ok(),
            body: body.parse().ok(),
            ..VoteKey::new("x")
        }
    }

    fn sittings(keys: &[VoteKey]) -> Vec<(Option<i32>, Option<i32>)> {
        let sittings = Sittings::of(&keys.iter().collect::<Vec<_>>(), Reference::embedded());
        let number = |key| sittings.number(key);
        let year = |number: Option<i32>| number.and_then(|number| sittings.year(number));
        keys.iter()
            .map(|key| (number(key), year(number(key))))
            .collect()
    }

    #[test]
    fn special_sessions_belong_to_the_regular_one_under_way() {
        let unga = BodyId::UNGA.as_str();
        let votes = [
            key(unga, Some(Session::Regular(73)), "2019-03-01"),
            key(unga, Some(Session::Emergency(11)), "2022-03-02"),
            key(unga, None, "2018-12-19"),
            key(unga, None, ""),
        ];
        let expected = [
            (Some(73), Some(2018)),
            (Some(76), Some(2021)),
            (Some(73), Some(2018)),
            (None, None),
        ];
        assert_eq!(sittings(&votes), expected);
    }

    #[test]
    fn sessions_of_other_bodies_have_the_years_of_their_votes() {
        let votes = [
            key("hrc", Some(Session::Regular(50)), "2022-07-07"),
            key("hrc", Some(Session::Regular(51)), "2022-10-06"),
            key("us-senate", Some(Session::Regular(109)), "2005-01-06"),
        ];
        let expected = [
            (Some(50), Some(2022)),
            (Some(51), Some(2022)),
            (Some(109), Some(2005)),
        ];
        assert_eq!(sittings(&votes), expected);
    }

    #[test]
    fn without_sessions_a_vote_counts_in_its_year() {
        let votes = [
            key("eu-council", None, "2014-10-31"),
            key("", None, "2015-02-01"),
        ];
        let expected = [(Some(2014), Some(2014)), (Some(2015), Some(2015))];
        assert_eq!(sittings(&votes), expected);
    }
}
