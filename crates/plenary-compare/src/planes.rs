//! Ballots of many votes as bits, so that two votes are compared in a few instructions.

use std::cmp::Ordering;

use plenary_types::{Choice, Invariant, Participant};

use rustc_hash::FxHashSet;

use crate::VoteList;
use crate::votes::{Ballot, Vote, votes};

/// The ballots of both lists: for each vote a bit a voter for yes, for no and for abstaining.
pub(crate) struct Planes {
    /// None where the bits would not fit: votes are then compared by their lists.
    words: usize,
    a: Vec<u64>,
    b: Vec<u64>,
}

/// How far two votes are from being one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Distance {
    /// Those who voted in both.
    pub(crate) common: u32,
    /// Of these, those that voted differently.
    pub(crate) differing: u32,
    /// Those who voted in one only.
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

/// The bits of both lists take no more words than these.
const MOST_WORDS: usize = 64 << 20;

impl Planes {
    pub(crate) fn new(a: &VoteList, b: &VoteList) -> Self {
        Self::within(a, b, MOST_WORDS)
    }

    fn within(a: &VoteList, b: &VoteList, most_words: usize) -> Self {
        let ballots = a
            .votes
            .iter()
            .chain(&b.votes)
            .filter_map(|v| v.ballots.as_deref());
        let voters: FxHashSet<Participant> = ballots.flatten().map(|ballot| ballot.voter).collect();
        let mut voters: Vec<u32> = voters.into_iter().map(Participant::number).collect();
        voters.sort_unstable();
        let words = voters.len().div_ceil(64).max(1);
        let all = (a.len() + b.len()).saturating_mul(words).saturating_mul(3);
        if all > most_words {
            return Self {
                words: 0,
                a: Vec::new(),
                b: Vec::new(),
            };
        }
        let fill = |list: &VoteList| {
            let mut bits = vec![0; list.len() * words * 3];
            for (vote, bits) in list.votes.iter().zip(bits.chunks_exact_mut(words * 3)) {
                set(vote, &voters, words, bits);
            }
            bits
        };
        Self {
            a: fill(a),
            b: fill(b),
            words,
        }
    }

    /// How far a vote of the first list, at place `a`, is from one of the second, at place `b`.
    pub(crate) fn distance_of(
        &self,
        (a, vote_a): (usize, &Vote),
        (b, vote_b): (usize, &Vote),
    ) -> Distance {
        match self.words {
            0 => by_lists(vote_a, vote_b),
            _ => self.distance(a, b),
        }
    }

    fn distance(&self, a: usize, b: usize) -> Distance {
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
        row.invariant("each vote has a row")
    }
}

/// The same from the two lists, which are in one order.
fn by_lists(a: &Vote, b: &Vote) -> Distance {
    fn voted(vote: &Vote) -> impl Iterator<Item = &Ballot> {
        vote.ballots
            .iter()
            .flatten()
            .filter(|ballot| votes(ballot.choice))
    }
    let (mut a, mut b) = (voted(a).peekable(), voted(b).peekable());
    let mut distance = Distance::default();
    loop {
        let order = match (a.peek(), b.peek()) {
            (None, None) => return distance,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(a), Some(b)) => a.voter.number().cmp(&b.voter.number()),
        };
        let of_a = a.next_if(|_| order.is_le());
        let of_b = b.next_if(|_| order.is_ge());
        match (of_a, of_b) {
            (Some(a), Some(b)) => {
                distance.common += 1;
                distance.differing += u32::from(a.choice != b.choice);
            }
            _ => distance.alone += 1,
        }
    }
}

fn set(vote: &Vote, voters: &[u32], words: usize, bits: &mut [u64]) {
    for ballot in vote.ballots.iter().flatten() {
        let plane = match ballot.choice {
            Choice::Yes => 0,
            Choice::No => 1,
            Choice::Abstain => 2,
            _ => continue,
        };
        let found = voters.binary_search(&ballot.voter.number());
        debug_assert!(found.is_ok_and(|at| at / 64 < words), "{}", ballot.voter);
        let Ok(at) = found else { continue };
        if let Some(word) = bits.get_mut(at / 64 * 3 + plane) {
            *word |= 1 << (at % 64);
        }
    }
}

#[cfg(test)]
mod tests {
    use plenary_import::{Mapping, Options, read_bytes};

    use super::*;

    #[test]
    fn bits_and_lists_tell_the_same_distance() {
        let mapping = "codes = \"none\"\n[columns]\nvote = \"n\"\nstate = \"who\"\nchoice = \"how\"\n\
            [choices]\nyes = [\"y\"]\nno = [\"n\"]\nabstain = [\"a\"]\nnon-voting = [\"x\"]\n";
        let list = |text: &str| {
            let options = Options::default().with_mapping(Mapping::from_toml(mapping).unwrap());
            VoteList::from_import(&read_bytes("v.csv", text.as_bytes(), &options).unwrap())
        };
        let a = list("n,who,how\n1,Ann,y\n1,Bob,n\n1,Cid,a\n1,Dan,x\n2,Eve,y\n");
        let b = list("n,who,how\n1,Fay,y\n1,Dan,y\n1,Bob,n\n1,Ann,n\n");
        let (bits, lists) = (Planes::new(&a, &b), Planes::within(&a, &b, 0));
        let expected = [(2, 1, 3), (0, 0, 5)];
        for (at, expected) in expected.into_iter().enumerate() {
            for planes in [&bits, &lists] {
                let found = planes.distance_of((at, &a.votes[at]), (0, &b.votes[0]));
                let found = (found.common, found.differing, found.alone);
                // Dan did not vote in the first; in the second vote of a Eve alone did.
                assert_eq!(found, expected);
            }
        }
    }
}
