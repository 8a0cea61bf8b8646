//! What each round of a recorded election comes to by the rule of its body.

use chrono::NaiveDate;
use plenary_decisions::{Election, ElectionError, ElectionOutcome, Requirement};
use plenary_types::{BodyId, Contest, Date, ElectionRecord, Participant, Round};

use crate::roster::day_before;
use crate::{InForce, Library};

/// One round, counted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CountedRound {
    /// Seats that were to be filled in it.
    pub seats: u32,
    /// How many could vote: as the record says, else the members on the day by the roster, where that is known.
    pub electors: Option<u32>,
    /// The fewest votes with which a candidate passes, where it has one.
    pub needed: Option<u32>,
    /// Who is elected, who is tied, and who goes into the next round.
    pub outcome: Result<ElectionOutcome, Uncounted>,
}

/// Why a round is not counted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Uncounted {
    /// Neither the record nor its kind names a rule that is known for the day.
    #[error("no rule is known for it")]
    NoRule,
    /// The record gives no votes, or not how many ballots were valid.
    #[error("the record does not give the votes and the valid ballots")]
    NoVotes,
    /// The rule counts the members of the body, and neither the record nor a roster says how many there were.
    #[error("how many could vote is not known")]
    NoElectors,
    /// The numbers contradict each other.
    #[error("{0}")]
    Impossible(ElectionError),
}

impl Uncounted {
    /// The cause without the particulars of one round, so that elections can be counted by it.
    #[must_use]
    pub fn cause(&self) -> String {
        match self {
            Self::Impossible(_) => "its numbers contradict each other".to_owned(),
            other => other.to_string(),
        }
    }

    /// What would settle it.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::NoRule => {
                "state the `kind` or the `rule` of the election, and the dates of its rounds"
            }
            Self::NoVotes => {
                "record the votes for each candidate and the valid ballots of each round"
            }
            Self::NoElectors => "record the `electors` of each round",
            Self::Impossible(_) => "correct the votes, the valid ballots or the electors",
        }
    }
}

impl Library {
    /// Whether each round of an election is counted.
    ///
    /// # Errors
    ///
    /// The reason why the first such round cannot be counted; [`Uncounted::NoVotes`] if there are no rounds.
    pub fn counts_election(&self, election: &ElectionRecord) -> Result<(), Uncounted> {
        let contests = election.contests.iter();
        let mut rounds = contests.flat_map(|contest| self.count_contest(election, contest));
        let first = rounds.next().ok_or(Uncounted::NoVotes)?;
        std::iter::once(first)
            .chain(rounds)
            .try_for_each(|round| round.outcome.map(drop))
    }

    /// The requirement of an election on a day: of the rule that the record states, else of its kind.
    #[must_use]
    pub fn election_requirement(
        &self,
        election: &ElectionRecord,
        on: NaiveDate,
    ) -> Option<Requirement> {
        let kind = election.kind.as_ref().map(|kind| kind.as_str());
        // A kind may also be called by a name of its rule, as `sc-election` is.
        let of_kind = || {
            let body = election.body.as_ref()?.as_str();
            let of_body = |rule: &InForce<'_>| rule.rule.body == body;
            let in_force = self.rule_for(body, kind?, on);
            let in_force = in_force.or_else(|| self.rule(kind?, on).filter(of_body))?;
            Some(in_force.rule.requirement.clone())
        };
        let Some(stated) = election.rule.as_deref() else {
            return of_kind();
        };
        let known = self.rule(stated, on);
        let known = known.map(|in_force| in_force.rule.requirement.clone());
        known.or_else(|| stated.parse().ok())
    }

    /// How many members a body has on a day, by its roster. On a day on which the number changes nothing tells which it was.
    fn electors(&self, body: &BodyId, date: Date) -> Option<u32> {
        let (body, day) = (self.body(body.as_str())?, date.as_day()?);
        let on = body.count_on(day)?;
        (body.count_on(day_before(day)) == Some(on)).then_some(on)
    }

    /// Counts the rounds of a contest. Those whom the record calls elected fill their seats, so that one wrong round does not make
    /// the next ones wrong.
    #[must_use]
    pub fn count_contest(&self, election: &ElectionRecord, contest: &Contest) -> Vec<CountedRound> {
        let mut seats = contest.seats;
        let mut rounds = Vec::with_capacity(contest.rounds.len());
        for round in &contest.rounds {
            let date = round.date.or_else(|| election.date());
            let requirement =
                date.and_then(|date| self.election_requirement(election, date.earliest()));
            let known = || self.electors(election.body.as_ref()?, date?);
            let members = round.electors.or_else(known);
            let counted = requirement.as_ref().ok_or(Uncounted::NoRule);
            let counted =
                counted.and_then(|requirement| counted_round(requirement, round, seats, members));
            let (needed, outcome) = match counted {
                Ok((needed, outcome)) => (needed, Ok(outcome)),
                Err(uncounted) => (None, Err(uncounted)),
            };
            rounds.push(CountedRound {
                seats,
                electors: members,
                needed,
                outcome,
            });
            let filled = plenary_types::count(round.elected.len());
            seats = seats.saturating_sub(filled);
        }
        rounds
    }
}

fn counted_round(
    requirement: &Requirement,
    round: &Round,
    seats: u32,
    electors: Option<u32>,
) -> Result<(Option<u32>, ElectionOutcome), Uncounted> {
    let valid = round.valid.filter(|_| !round.votes.is_empty());
    let valid = valid.ok_or(Uncounted::NoVotes)?;
    let votes: Vec<(Participant, u32)> = round.votes.iter().map(|(who, n)| (*who, *n)).collect();
    let election = Election::new(seats, requirement.clone());
    let count = |electors| election.count(&votes, electors, valid);
    let outcome = match electors {
        Some(electors) => count(electors),
        None => {
            // A rule that counts ballots alone comes to the same, however many could vote.
            let least = count(valid);
            let most = count(valid.saturating_mul(100));
            if least != most {
                return Err(Uncounted::NoElectors);
            }
            least
        }
    };
    let outcome = outcome.map_err(Uncounted::Impossible)?;
    Ok((election.needed(electors.unwrap_or(valid), valid), outcome))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn election(text: &str) -> ElectionRecord {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn each_round_is_counted_for_the_seats_that_are_left() {
        let election = election(
            r#"{"body": "unga", "kind": "sc-election", "contests": [{"seats": 2, "rounds": [
            {"date": "2020-06-17", "valid": 192, "votes": {"IND": 184, "KEN": 113, "DJI": 78}, "elected": ["IND"]},
            {"date": "2020-06-18", "valid": 191, "votes": {"KEN": 129, "DJI": 62}, "elected": ["KEN"]},
            {"date": "2020-06-19", "votes": {}}]}]}"#,
        );
        let library = Library::embedded();
        let counted = library.count_contest(&election, &election.contests[0]);
        let [first, second, third] = &counted[..] else {
            panic!("{counted:?}")
        };
        let elected = |round: &CountedRound| -> Vec<String> {
            let outcome = round.outcome.as_ref().unwrap();
            outcome.elected.iter().map(ToString::to_string).collect()
        };
        assert_eq!(
            (first.seats, first.needed, elected(first)),
            (2, Some(128), vec!["IND".to_owned()])
        );
        let next: Vec<_> = first.outcome.as_ref().unwrap().next_ballot.clone();
        assert_eq!(next, ["KEN".parse().unwrap(), "DJI".parse().unwrap()]);
        assert_eq!(
            (second.seats, second.needed, elected(second)),
            (1, Some(128), vec!["KEN".to_owned()])
        );
        assert_eq!((third.seats, &third.outcome), (0, &Err(Uncounted::NoVotes)));
    }

    #[test]
    fn a_majority_of_members_asks_how_many_there_are() {
        let outcome = |body: &str, electors: &str| {
            let election = election(&format!(
                r#"{{"body": "{body}", "rule": "more than 1/2 of members", "contests": [{{"seats": 1, "rounds": [
                {{"date": "2020-10-13", {electors} "valid": 150, "votes": {{"FRA": 90, "GBR": 60}}}}]}}]}}"#
            ));
            let counted = Library::embedded().count_contest(&election, &election.contests[0]);
            counted.into_iter().next().unwrap().outcome
        };
        assert_eq!(outcome("river-club", ""), Err(Uncounted::NoElectors));
        // Of 193 members by the roster of the Assembly 97 are needed.
        assert_eq!(outcome("unga", "").unwrap().elected, []);
        let few = outcome("unga", "\"electors\": 170,").unwrap();
        assert_eq!(few.elected, ["FRA".parse().unwrap()]);
        let impossible = outcome("unga", "\"electors\": 100,");
        assert!(matches!(impossible, Err(Uncounted::Impossible(_))));
    }

    #[test]
    fn an_election_is_counted_where_each_of_its_rounds_is() {
        let counts = |rounds: &str| {
            let election = election(&format!(
                r#"{{"body": "unga", "kind": "sc-election", "contests": [{{"seats": 1, "rounds": [{rounds}]}}]}}"#
            ));
            Library::embedded().counts_election(&election)
        };
        let right = r#"{"date": "2020-06-17", "valid": 192, "votes": {"KEN": 113, "DJI": 78}}"#;
        let bare = r#"{"date": "2020-06-18", "elected": ["KEN"]}"#;
        let wrong = r#"{"date": "2020-06-18", "valid": 2, "votes": {"KEN": 3}}"#;
        assert_eq!(counts(right), Ok(()));
        assert_eq!(counts(""), Err(Uncounted::NoVotes));
        assert_eq!(counts(&format!("{right}, {bare}")), Err(Uncounted::NoVotes));
        let impossible = counts(&format!("{right}, {wrong}")).unwrap_err();
        assert_eq!(impossible.cause(), "its numbers contradict each other");
    }

    #[test]
    fn an_election_without_a_known_rule_is_not_counted() {
        let election = election(
            r#"{"body": "river-club", "kind": "chair", "contests": [{"seats": 1, "rounds": [{"date": "2020-01-01", "valid": 9, "votes": {"FRA": 9}}]}]}"#,
        );
        let library = Library::embedded();
        let count = |election: &ElectionRecord| {
            let counted = library.count_contest(election, &election.contests[0]);
            counted.into_iter().next().unwrap().outcome
        };
        assert_eq!(count(&election), Err(Uncounted::NoRule));
        let stated = ElectionRecord {
            rule: Some("more than 1/2 of present and voting".to_owned()),
            ..election
        };
        assert_eq!(count(&stated).unwrap().left, 0);
    }
}
