//! [`BallotSets`]: ballots as sets of bits, to count at once how often one row of them is like each of many.

use pulp::{Arch, Simd, WithSimd};

use crate::SessionVotes;

/// The ballots of a session as rows of sets: a row is a member with its votes, or a vote with its members.
#[derive(Debug)]
pub(super) struct BallotSets {
    rows: usize,
    /// Each holds up to 64 places of every row.
    words: Vec<Word>,
}

/// For each row the places with a yes, a no, an abstention, and with any of them.
#[derive(Debug)]
struct Word([Vec<u64>; 4]);

/// Up to 64 places of one row.
pub(super) type Sets = [u64; 4];

/// How many positions are the same, and how many were taken on both sides, row by row.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pub(super) same: Vec<u32>,
    pub(super) both: Vec<u32>,
}

impl BallotSets {
    /// A row a member, with its vote in each question.
    pub(super) fn of_members(votes: &SessionVotes, members: usize) -> Self {
        Self::new(votes, members, votes.len(), |vote, member| (member, vote))
    }

    /// A row a question, with the vote of each member.
    pub(super) fn of_questions(votes: &SessionVotes) -> Self {
        Self::new(votes, votes.len(), votes.width(), |vote, member| {
            (vote, member)
        })
    }

    fn new(
        votes: &SessionVotes,
        rows: usize,
        places: usize,
        cell: impl Fn(usize, usize) -> (usize, usize),
    ) -> Self {
        let empty = || Word(std::array::from_fn(|_| vec![0; rows]));
        let mut words: Vec<Word> = (0..places.div_ceil(64)).map(|_| empty()).collect();
        for vote in 0..votes.len() {
            for (member, choice) in votes.row(vote).iter().enumerate() {
                let (row, place) = cell(vote, member);
                let word = words.get_mut(place / 64);
                let set = word.and_then(|Word(sets)| {
                    let own = sets.get_mut(usize::from(*choice)).filter(|_| *choice < 3);
                    own?.get_mut(row)
                });
                if let Some(set) = set {
                    *set |= 1 << (place % 64);
                }
            }
        }
        for Word([yes, no, abstain, any]) in &mut words {
            let sets = yes.iter().zip(no).zip(abstain);
            for (any, ((yes, no), abstain)) in any.iter_mut().zip(sets) {
                *any = *yes | *no | *abstain;
            }
        }
        Self { rows, words }
    }

    pub(super) const fn rows(&self) -> usize {
        self.rows
    }

    /// The sets of one row.
    pub(super) fn row(&self, at: usize) -> impl Iterator<Item = Sets> {
        let set = move |sets: &Vec<u64>| sets.get(at).copied().unwrap_or(0);
        self.words
            .iter()
            .map(move |Word(sets)| sets.each_ref().map(set))
    }

    /// Compares a row with the first `upto` rows.
    pub(super) fn compare(
        &self,
        row: impl Iterator<Item = Sets>,
        upto: usize,
        counts: &mut Counts,
    ) {
        // Bits are counted several times as fast by instructions that not every processor has.
        Arch::new().dispatch(Compare {
            sets: self,
            row,
            upto,
            counts,
        });
    }

    #[inline(always)]
    fn count(&self, row: impl Iterator<Item = Sets>, upto: usize, counts: &mut Counts) {
        let Counts { same, both } = counts;
        for count in [&mut *same, &mut *both] {
            count.clear();
            count.resize(upto.min(self.rows), 0);
        }
        for (Word([yes, no, abstain, any]), [y, n, s, a]) in self.words.iter().zip(row) {
            if a == 0 {
                continue;
            }
            let others = yes.iter().zip(no).zip(abstain.iter().zip(any));
            let counts = same.iter_mut().zip(both.iter_mut());
            for ((same, both), ((yes, no), (abstain, any))) in counts.zip(others) {
                *same += ((y & yes) | (n & no) | (s & abstain)).count_ones();
                *both += (a & any).count_ones();
            }
        }
    }
}

/// A comparison, to be compiled as a whole for the processor at hand.
struct Compare<'a, R> {
    sets: &'a BallotSets,
    row: R,
    upto: usize,
    counts: &'a mut Counts,
}

impl<R: Iterator<Item = Sets>> WithSimd for Compare<'_, R> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        self.sets.count(self.row, self.upto, self.counts);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn bits_count_what_a_double_loop_counts(
            rows in proptest::collection::vec(proptest::collection::vec(0u8..6, 0..70), 0..70),
            at in 0usize..80,
            upto in 0usize..80,
        ) {
            let slices: Vec<&[u8]> = rows.iter().map(Vec::as_slice).collect();
            let votes = SessionVotes::of_rows(&slices);
            let width = votes.width();
            let by_question = BallotSets::of_questions(&votes);
            let by_member = BallotSets::of_members(&votes, width);
            let cell = |vote: usize, member: usize| {
                let row = slices.get(vote)?;
                row.get(member).copied().filter(|choice| *choice < 3)
            };
            let slow = |a: &dyn Fn(usize) -> Option<u8>, b: &dyn Fn(usize) -> Option<u8>, places: usize| {
                let pairs = (0..places).filter_map(|place| a(place).zip(b(place)));
                let (same, both): (Vec<_>, Vec<_>) = pairs.partition(|(a, b)| a == b);
                (same.len() as u32, (same.len() + both.len()) as u32)
            };
            let mut counts = Counts::default();
            by_question.compare(by_question.row(at), upto, &mut counts);
            prop_assert_eq!(counts.same.len(), upto.min(slices.len()));
            for (other, counted) in counts.same.iter().copied().zip(counts.both.iter().copied()).enumerate() {
                prop_assert_eq!(counted, slow(&|m| cell(at, m), &|m| cell(other, m), width));
            }
            by_member.compare(by_member.row(at), upto, &mut counts);
            for (other, counted) in counts.same.iter().copied().zip(counts.both.iter().copied()).enumerate() {
                prop_assert_eq!(counted, slow(&|v| cell(v, at), &|v| cell(v, other), slices.len()));
            }
        }
    }
}
