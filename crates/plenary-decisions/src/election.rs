//! [`Election`]: seats, groups with quotas, and a majority that each candidate needs.

use std::collections::BTreeMap;

use plenary_types::{Participant, Tally, count};
use serde::{Deserialize, Serialize};

use crate::evaluate::{Verdict, verdict};
use crate::{Name, Requirement, Standing};

/// An election by secret ballot: only the votes for each candidate are known (rules of procedure 92 to 94).
///
/// ```
/// use plenary_decisions::Election;
///
/// let election = Election::new(2, "more than 1/2 of members".parse()?);
/// let votes = [("NOR".parse()?, 120), ("IRL".parse()?, 128), ("CAN".parse()?, 90)];
/// let outcome = election.count(&votes, 193, 190)?;
/// let elected: Vec<_> = outcome.elected.iter().map(ToString::to_string).collect();
/// assert_eq!(elected, ["IRL", "NOR"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Election {
    /// How many are to be elected.
    pub seats: u32,
    /// What a candidate needs. A vote for it is a vote in favour, every other valid ballot one against.
    pub requirement: Requirement,
    /// How many seats each group has, when seats are so divided: a candidate is elected within its group.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub quotas: BTreeMap<Name, u32>,
    /// To which group a candidate belongs.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub groups: BTreeMap<Participant, Name>,
    /// What restricts the candidates of the next ballot.
    #[serde(default)]
    pub restriction: Restriction,
}

/// Who may be voted for in a further ballot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Restriction {
    /// Anybody.
    None,
    /// Those with most votes, at most twice as many as seats are left (rule 94; for one seat the two leading
    /// candidates, rule 93).
    #[default]
    TwiceTheSeats,
}

/// What a ballot comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct ElectionOutcome {
    /// Those elected, by votes.
    pub elected: Vec<Participant>,
    /// Those with the required majority, equal votes and not enough seats: a further ballot or the lot decides.
    pub tied: Vec<Participant>,
    /// Seats that are left.
    pub left: u32,
    /// Who may be voted for in the next ballot; empty when no seat is left.
    pub next_ballot: Vec<Participant>,
}

/// Why a count is no ballot of an election.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ElectionError {
    /// A candidate has more votes than there are valid ballots.
    #[error("{candidate} has {votes} votes of {valid} valid ballots")]
    TooManyVotes {
        /// The candidate.
        candidate: Participant,
        /// Its votes.
        votes: u32,
        /// The valid ballots.
        valid: u32,
    },
    /// More valid ballots than electors.
    #[error("{valid} valid ballots, but only {electors} electors")]
    TooManyBallots {
        /// The valid ballots.
        valid: u32,
        /// The electors.
        electors: u32,
    },
    /// A candidate comes twice.
    #[error("{candidate} is counted twice")]
    Twice {
        /// The candidate.
        candidate: Participant,
    },
}

impl Election {
    /// An election of so many, without groups.
    #[must_use]
    pub const fn new(seats: u32, requirement: Requirement) -> Self {
        Self {
            seats,
            requirement,
            quotas: BTreeMap::new(),
            groups: BTreeMap::new(),
            restriction: Restriction::TwiceTheSeats,
        }
    }

    /// Counts one ballot: the votes of each candidate, the number of electors and of valid ballots.
    ///
    /// # Errors
    ///
    /// [`ElectionError`] when the numbers contradict each other.
    pub fn count(
        &self,
        votes: &[(Participant, u32)],
        electors: u32,
        valid: u32,
    ) -> Result<ElectionOutcome, ElectionError> {
        let ranked = ranked(votes, electors, valid)?;
        let mut outcome = ElectionOutcome {
            elected: Vec::new(),
            tied: Vec::new(),
            left: 0,
            next_ballot: Vec::new(),
        };
        if self.quotas.is_empty() {
            self.fill(self.seats, &ranked, electors, valid, &mut outcome);
        }
        for (group, seats) in &self.quotas {
            let of_group = |(code, _): &&(Participant, u32)| self.groups.get(code) == Some(group);
            let candidates: Vec<_> = ranked.iter().filter(of_group).copied().collect();
            self.fill(*seats, &candidates, electors, valid, &mut outcome);
        }
        Ok(outcome)
    }

    /// The fewest votes of so many valid ballots with which a candidate has what it needs.
    ///
    /// ```
    /// use plenary_decisions::Election;
    ///
    /// let election = Election::new(1, "at least 2/3 of present and voting".parse()?);
    /// assert_eq!(election.needed(193, 191), Some(128));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn needed(&self, electors: u32, valid: u32) -> Option<u32> {
        if valid > electors || !self.passes(valid, electors, valid) {
            return None;
        }
        // More votes for a candidate never turn against it: each is one against it less.
        let (mut fails, mut passes) = (0, valid);
        while fails < passes {
            let middle = fails + (passes - fails) / 2;
            match self.passes(middle, electors, valid) {
                true => passes = middle,
                false => fails = middle + 1,
            }
        }
        Some(passes)
    }

    /// Fills the seats of one group, in order of votes.
    fn fill(
        &self,
        seats: u32,
        ranked: &[(Participant, u32)],
        electors: u32,
        valid: u32,
        outcome: &mut ElectionOutcome,
    ) {
        let passes = |votes: u32| self.passes(votes, electors, valid);
        let mut left = seats;
        let mut rest = ranked;
        while let Some((_, votes)) = rest.first().filter(|(_, votes)| left > 0 && passes(*votes)) {
            let equal = rest.iter().take_while(|(_, other)| other == votes).count();
            let (level, after) = rest.split_at(equal);
            let codes = level.iter().map(|(code, _)| *code);
            let equal = count(equal);
            if equal > left {
                outcome.tied.extend(codes);
                break;
            }
            outcome.elected.extend(codes);
            left -= equal;
            rest = after;
        }
        outcome.left = outcome.left.saturating_add(left);
        let most = match self.restriction {
            Restriction::None => rest.len(),
            Restriction::TwiceTheSeats => (left as usize).saturating_mul(2),
        };
        let limit = rest
            .get(most.saturating_sub(1))
            .map_or(0, |(_, votes)| *votes);
        let next = rest.iter().filter(|(_, votes)| left > 0 && *votes >= limit);
        outcome.next_ballot.extend(next.map(|(code, _)| *code));
    }

    fn passes(&self, votes: u32, electors: u32, valid: u32) -> bool {
        let tally = Tally {
            yes: votes,
            no: valid.saturating_sub(votes),
            ..Tally::default()
        };
        debug_assert!(votes <= valid && valid <= electors, "checked by `ranked`");
        let standing = Standing::from_counts(tally);
        let standing = standing.clone().with_members(electors).unwrap_or(standing);
        verdict(&self.requirement, &standing) == Verdict::Adopted
    }
}

/// Candidates by votes, equal ones by code.
fn ranked(
    votes: &[(Participant, u32)],
    electors: u32,
    valid: u32,
) -> Result<Vec<(Participant, u32)>, ElectionError> {
    if valid > electors {
        return Err(ElectionError::TooManyBallots { valid, electors });
    }
    let mut ranked = votes.to_vec();
    ranked.sort_unstable();
    if let Some(pair) = ranked.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        return Err(ElectionError::Twice {
            candidate: pair[0].0,
        });
    }
    if let Some((candidate, votes)) = ranked.iter().copied().find(|(_, votes)| *votes > valid) {
        return Err(ElectionError::TooManyVotes {
            candidate,
            votes,
            valid,
        });
    }
    ranked.sort_by_key(|(code, votes)| (std::cmp::Reverse(*votes), *code));
    Ok(ranked)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn votes(list: &[(&str, u32)]) -> Vec<(Participant, u32)> {
        list.iter()
            .map(|(code, votes)| (code.parse().unwrap(), *votes))
            .collect()
    }

    fn codes(list: &[Participant]) -> Vec<String> {
        list.iter().map(ToString::to_string).collect()
    }

    fn important(seats: u32) -> Election {
        Election::new(seats, "at least 2/3 of present and voting".parse().unwrap())
    }

    #[test]
    fn those_without_the_majority_go_to_a_restricted_ballot() {
        // 2020, one of two seats: Norway and Ireland were elected with 130 and 128 of 191, Canada had 108.
        let outcome = important(2)
            .count(
                &votes(&[("NOR", 130), ("IRL", 128), ("CAN", 108)]),
                193,
                191,
            )
            .unwrap();
        assert_eq!(codes(&outcome.elected), ["NOR", "IRL"]);
        let outcome = important(1)
            .count(&votes(&[("KEN", 113), ("DJI", 78), ("XXA", 1)]), 193, 192)
            .unwrap();
        assert_eq!((outcome.elected.len(), outcome.left), (0, 1));
        assert_eq!(codes(&outcome.next_ballot), ["KEN", "DJI"]);
    }

    #[test]
    fn seats_are_filled_within_their_groups() {
        let mut election = Election::new(3, "more than 1/2 of members".parse().unwrap());
        let (africa, weog): (Name, Name) = ("African".parse().unwrap(), "WEOG".parse().unwrap());
        election.quotas = [(africa.clone(), 1), (weog.clone(), 2)].into();
        let groups = [
            ("GHA", &africa),
            ("MLI", &africa),
            ("NOR", &weog),
            ("BEL", &weog),
            ("FRA", &weog),
        ];
        election.groups = groups
            .map(|(code, group)| (code.parse().unwrap(), group.clone()))
            .into();
        let counted = votes(&[
            ("GHA", 180),
            ("MLI", 170),
            ("NOR", 100),
            ("BEL", 96),
            ("FRA", 97),
        ]);
        let outcome = election.count(&counted, 193, 190).unwrap();
        // Ninety-seven is the majority of 193; Mali's 170 are of no use, its group has one seat.
        assert_eq!(codes(&outcome.elected), ["GHA", "NOR", "FRA"]);
        assert_eq!(outcome.left, 0);
        assert!(outcome.tied.is_empty() && outcome.next_ballot.is_empty());
    }

    #[test]
    fn equal_votes_for_the_last_seat_elect_nobody() {
        let outcome = important(1)
            .count(&votes(&[("AAA", 140), ("BBB", 140)]), 193, 190)
            .unwrap();
        assert_eq!(
            (codes(&outcome.tied), outcome.left),
            (vec!["AAA".to_owned(), "BBB".to_owned()], 1)
        );
    }

    #[test]
    fn impossible_counts_are_refused() {
        let election = important(1);
        assert!(election.count(&votes(&[("AAA", 191)]), 193, 190).is_err());
        assert!(election.count(&votes(&[("AAA", 1)]), 193, 194).is_err());
        // Unanimity of every elector is possible.
        assert!(election.count(&votes(&[("AAA", 193)]), 193, 193).is_ok());
        assert!(
            election
                .count(&votes(&[("AAA", 1), ("AAA", 2)]), 193, 190)
                .is_err()
        );
    }
}
