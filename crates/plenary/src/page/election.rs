//! What a page says of an election.

use plenary_types::{Date, ElectionRecord, Round};
use serde::Serialize;

use super::{labels, many};
use crate::{ElectionAccount, RoundAccount};

/// What a page says of an election.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct ElectionPage {
    /// Who elected.
    pub by: Option<String>,
    /// To which body.
    pub to: Option<String>,
    /// For which time, in words.
    pub term: Option<String>,
    /// Notes of the source.
    pub notes: Vec<String>,
    /// The seats, with their rounds.
    pub contests: Vec<ContestPage>,
}

/// Seats for which the same candidates stand.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct ContestPage {
    /// How many seats.
    pub seats: u32,
    /// The group that has them.
    pub group: Option<String>,
    /// The rounds.
    pub rounds: Vec<RoundPage>,
}

/// A round of ballots.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct RoundPage {
    /// When.
    pub date: Option<Date>,
    /// The candidates, those with the most votes first.
    pub votes: Vec<(String, u32)>,
    /// The valid ballots.
    pub valid: Option<u32>,
    /// To whom it was restricted; empty where anybody could be voted for.
    pub restricted_to: String,
    /// Who was elected, by the record.
    pub elected: String,
    /// What the rule makes of it, in a sentence.
    pub by_rule: Option<String>,
}

impl ElectionPage {
    pub(super) fn new(election: &ElectionRecord, counted: &ElectionAccount) -> Self {
        let term = election.term.map(|term| {
            let end = term
                .to
                .map_or_else(String::new, |to| format!(" until {to}"));
            format!("from {}{end}", term.from)
        });
        let contests = election.contests.iter().zip(&counted.contests);
        let contests = contests.map(|(contest, rounds)| ContestPage {
            seats: contest.seats,
            group: contest.group.clone(),
            rounds: contest
                .rounds
                .iter()
                .zip(rounds)
                .map(|(round, counted)| RoundPage::new(round, counted))
                .collect(),
        });
        Self {
            by: counted.by.clone(),
            to: counted.to.clone(),
            term,
            notes: election.notes.clone(),
            contests: contests.collect(),
        }
    }
}

impl RoundPage {
    fn new(round: &Round, counted: &RoundAccount) -> Self {
        let votes = round.votes.iter();
        let mut votes: Vec<_> = votes
            .map(|(who, n)| (who.as_str().to_owned(), *n))
            .collect();
        votes.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let by_rule = match (&counted.outcome, &counted.uncounted) {
            (Some(outcome), _) => {
                let needed = counted.needed.map(|n| format!("{n} votes needed; "));
                let elected = match outcome.elected.as_slice() {
                    [] => "nobody has them".to_owned(),
                    elected => format!("{} elected", labels(elected)),
                };
                let tied = match outcome.tied.as_slice() {
                    [] => String::new(),
                    tied => format!("; tied: {}", labels(tied)),
                };
                let needed = needed.unwrap_or_default();
                Some(format!("by the rule: {needed}{elected}{tied}"))
            }
            (None, Some(reason)) => Some(format!("not counted: {reason}")),
            (None, None) => None,
        };
        Self {
            date: round.date,
            votes,
            valid: round.valid,
            restricted_to: labels(&round.restricted_to),
            elected: labels(&round.elected),
            by_rule,
        }
    }

    /// The votes in a sentence: `FRA 120, DEU 90 of 193 valid ballots`.
    #[must_use]
    pub fn votes_in_words(&self) -> String {
        let votes = self.votes.iter().map(|(who, n)| format!("{who} {n}"));
        let votes: Vec<String> = votes.collect();
        let valid = self
            .valid
            .map(|n| format!(" of {}", many(n.into(), "valid ballot")));
        format!("{}{}", votes.join(", "), valid.unwrap_or_default())
    }
}
