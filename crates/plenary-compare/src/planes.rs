//! Ballots of many votes as bits, so that two votes are compared in a few instructions.

use plenary_types::{Choice, StateCode};

use crate::VoteList;
use crate::votes::Vote;

/// The ballots of both lists: for each vote a bit a state for yes, for no and for abstaining.
pub(crate) struct Planes {
    words: usize,
    a: Vec<u64>,
    b: Vec<u64>,
}

/// How far two votes are from being one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Distance {
    /// States that voted in both.
    pub(crate) common: u32,
    /// Of these, those that voted differently.
    pub(crate) differing: u32,
    /// States that voted in one only.
    pub(crate) alone: u32,
}

impl Distance {
    /// Twice the differing ballots and once the lone ones: absences are lost more easily than votes.
    pub(crate) const fn score(self) -> u32 {
        self.differing * 2 + self.alone
    }

    /// Whether the common voters voted so alike that a common symbol may be believed.
    pub(crate) fn is_close(self) -> bool {
        self.common > 0 && self.differing <= (self.common / 10).max(2)
    }

    /// Whether the votes are so alike that this alone makes them one.
    pub(crate) const fn is_the_same_vote(self) -> bool {
        self.common >= 20 && self.score() <= self.common / 10 + 4
    }
}

impl Planes {
    pub(crate) fn new(a: &VoteList, b: &VoteList) -> Self {
        let ballots = a
            .votes
            .iter()
            .chain(&b.votes)
            .filter_map(|v| v.ballots.as_deref());
        let mut states: Vec<StateCode> = ballots.flatten().map(|ballot| ballot.state).collect();
        states.sort_unstable();
        states.dedup();
        let words = states.len().div_ceil(64).max(1);
        let fill = |list: &VoteList| {
            let mut bits = vec![0; list.len() * words * 3];
            for (vote, bits) in list.votes.iter().zip(bits.chunks_exact_mut(words * 3)) {
                set(vote, &states, words, bits);
            }
            bits
        };
        Self {
            a: fill(a),
            b: fill(b),
            words,
        }
    }

    /// How far vote `a` of the first list is from vote `b` of the second.
    pub(crate) fn distance(&self, a: usize, b: usize) -> Distance {
        let (a, b) = (self.row(&self.a, a), self.row(&self.b, b));
        let mut distance = Distance::default();
        for (a, b) in a.chunks_exact(3).zip(b.chunks_exact(3)) {
            if let (&[ya, na, aa], &[yb, nb, ab]) = (a, b) {
                let (voted_a, voted_b) = (ya | na | aa, yb | nb | ab);
                let common = voted_a & voted_b;
                let same = (ya & yb) | (na & nb) | (aa & ab);
                distance.common += common.count_ones();
                distance.differing += (common & !same).count_ones();
                distance.alone += (voted_a ^ voted_b).count_ones();
            }
        }
        distance
    }

    /// The planes of one vote.
    fn row<'b>(&self, bits: &'b [u64], at: usize) -> &'b [u64] {
        let row = bits.chunks_exact(self.words * 3).nth(at);
        debug_assert!(row.is_some(), "vote {at} of {}", bits.len());
        row.unwrap_or_default()
    }
}

fn set(vote: &Vote, states: &[StateCode], words: usize, bits: &mut [u64]) {
    for ballot in vote.ballots.iter().flatten() {
        let plane = match ballot.choice {
            Choice::Yes => 0,
            Choice::No => 1,
            Choice::Abstain => 2,
            _ => continue,
        };
        let found = states.binary_search(&ballot.state);
        debug_assert!(found.is_ok_and(|at| at / 64 < words), "{}", ballot.state);
        let Ok(at) = found else { continue };
        if let Some(word) = bits.get_mut(at / 64 * 3 + plane) {
            *word |= 1 << (at % 64);
        }
    }
}
