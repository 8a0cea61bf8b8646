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

/// How many positions are the same, and how many were taken on both sides, row by row; no more than 65,535 are counted.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pub(super) same: Vec<u16>,
    pub(super) both: Vec<u16>,
}

impl BallotSets {
    /// A row a member, with its vote in each question.
    pub(super) fn of_members(votes: &SessionVotes, members: usize) -> Self {
        Arch::new().dispatch(Gather {
            votes,
            by: By::Member(members),
        })
    }

    /// A row a question, with the vote of each member.
    pub(super) fn of_questions(votes: &SessionVotes) -> Self {
        Arch::new().dispatch(Gather {
            votes,
            by: By::Question,
        })
    }

    fn empty(rows: usize, places: usize) -> Self {
        let word = || Word(std::array::from_fn(|_| vec![0; rows]));
        let words = (0..places.div_ceil(64)).map(|_| word()).collect();
        Self { rows, words }
    }

    /// Takes in the place of one vote in the row of every member.
    #[inline(always)]
    fn vote_of_members(&mut self, vote: usize, row: &[u8]) {
        let Some(Word([yes, no, abstain, any])) = self.words.get_mut(vote / 64) else {
            return;
        };
        for (set, own) in [yes, no, abstain].into_iter().zip(0u8..) {
            let members = set.iter_mut().zip(any.iter_mut()).zip(row);
            for ((set, any), choice) in members {
                let bit = u64::from(*choice == own) << (vote % 64);
                *set |= bit;
                *any |= bit;
            }
        }
    }

    /// Takes in the row of one vote, with the place of every member.
    #[inline(always)]
    fn vote_of_question(&mut self, vote: usize, row: &[u8]) {
        for (Word([yes, no, abstain, any]), members) in self.words.iter_mut().zip(row.chunks(64)) {
            for (set, own) in [yes, no, abstain].into_iter().zip(0u8..) {
                let bits = members.iter().zip(0u32..);
                let bits = bits.map(|(choice, place)| u64::from(*choice == own) << place);
                let bits = bits.fold(0, |all, bit| all | bit);
                if let Some((set, any)) = set.get_mut(vote).zip(any.get_mut(vote)) {
                    *set |= bits;
                    *any |= bits;
                }
            }
        }
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
                let alike = (y & yes) | (n & no) | (s & abstain);
                *same = same.saturating_add(alike.count_ones() as u16);
                *both = both.saturating_add((a & any).count_ones() as u16);
            }
        }
    }
}

/// What a row of sets is of.
enum By {
    /// Of so many members.
    Member(usize),
    Question,
}

/// The making of sets, to be compiled as a whole for the processor at hand.
struct Gather<'a> {
    votes: &'a SessionVotes,
    by: By,
}

impl WithSimd for Gather<'_> {
    type Output = BallotSets;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> BallotSets {
        let votes = (0..self.votes.len()).map(|vote| (vote, self.votes.row(vote)));
        match self.by {
            By::Member(members) => {
                let mut sets = BallotSets::empty(members, self.votes.len());
                votes.for_each(|(vote, row)| sets.vote_of_members(vote, row));
                sets
            }
            By::Question => {
                let mut sets = BallotSets::empty(self.votes.len(), self.votes.width());
                votes.for_each(|(vote, row)| sets.vote_of_question(vote, row));
                sets
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
                (same.len() as u16, (same.len() + both.len()) as u16)
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
