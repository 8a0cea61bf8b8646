//! How often members agree with each other in the votes of a session.

use super::history::SessionVotes;
use crate::kernel::{Alike, Likeness};
use crate::level::{Kernel, Level};
use crate::planes::ByColumn;

/// For each pair of members, in how many votes both took a position, and in how many the same.
#[derive(Clone, Debug)]
pub(crate) struct Agreements {
    width: usize,
    /// Each pair once: the members before a member, and itself, one member after the other.
    same: Vec<u32>,
    both: Vec<u32>,
    /// Each member with every member, then zeros up to [`row_length`].
    rates: Vec<Rate>,
}

/// A share of votes in units of 1/2048: sums of products of such numbers are counted without fractions, many at once.
pub(crate) type Rate = i16;

/// The share that is everything.
pub(crate) const ALL: Rate = 2048;

impl Agreements {
    pub(crate) fn of(votes: &SessionVotes) -> Self {
        let (level, width, table) = (Level::detect(), votes.width(), votes.rows());
        let planes = &level.run(ByColumn { table, width });
        let mut counts = [(); 2].map(|()| vec![0; planes.stride()]);
        let mut same = Vec::with_capacity(first_of(width));
        let mut both = Vec::with_capacity(first_of(width));
        for a in 0..width {
            level.run(Alike {
                own: (planes, a),
                planes,
                others: 0..a + 1,
                likeness: Likeness::Same,
                counts: &mut counts,
            });
            let [of_both, of_same] = &counts;
            both.extend_from_slice(&of_both[..=a]);
            same.extend_from_slice(&of_same[..=a]);
        }
        Self::rated(width, same, both)
    }

    fn rated(width: usize, same: Vec<u32>, both: Vec<u32>) -> Self {
        let rates = Level::detect().run(Rates {
            width,
            same: &same,
            both: &both,
        });
        Self {
            width,
            same,
            both,
            rates,
        }
    }

    /// For how many columns there are rates.
    pub(crate) const fn width(&self) -> usize {
        self.width
    }

    /// The votes of two sessions together, as far as both have columns.
    pub(crate) fn plus(&self, other: &Self) -> Self {
        let width = self.width.max(other.width);
        let same = sums(&self.same, &other.same);
        Self::rated(width, same, sums(&self.both, &other.both))
    }

    /// In how many votes both took a position: in none where one has no column, as who joined later.
    pub(crate) fn both(&self, a: usize, b: usize) -> u32 {
        let at = first_of(a.max(b)) + a.min(b);
        self.both.get(at).map_or(0, |both| *both)
    }

    /// In how many votes a member took a position.
    pub(crate) fn cast(&self, a: usize) -> u32 {
        self.both(a, a)
    }

    /// The share of votes in which they agreed, drawn a little towards one half where there are few.
    pub(crate) fn rate(&self, a: usize, b: usize) -> f32 {
        let rate = self
            .rates_of(a)
            .get(..self.width)
            .and_then(|rates| rates.get(b))
            .copied();
        f32::from(rate.unwrap_or(ALL / 2)) / f32::from(ALL)
    }

    /// The rates of a member with every member, in the order of the columns, then zeros up to [`row_length`]; none of who has no column.
    pub(crate) fn rates_of(&self, a: usize) -> &[Rate] {
        let length = row_length(self.width);
        let from = a * length;
        self.rates.get(from..from + length).unwrap_or_default()
    }
}

/// How long the row of a member is in a table of so many: a multiple of what is counted at once, so that nothing is left over.
pub(super) const fn row_length(width: usize) -> usize {
    width.next_multiple_of(32)
}

/// The place of the first pair of a member with one before it.
const fn first_of(member: usize) -> usize {
    member * (member + 1) / 2
}

/// The sums of counts, of which one may go on longer.
fn sums(one: &[u32], other: &[u32]) -> Vec<u32> {
    let (longer, shorter) = match one.len() < other.len() {
        true => (other, one),
        false => (one, other),
    };
    let mut sums = longer.to_vec();
    for (sum, count) in sums.iter_mut().zip(shorter) {
        *sum += *count;
    }
    sums
}

/// The rates of a table, to be compiled as a whole for the processor at hand.
struct Rates<'a> {
    width: usize,
    same: &'a [u32],
    both: &'a [u32],
}

impl Kernel for Rates<'_> {
    type Output = Vec<Rate>;

    #[inline(always)]
    fn run<const FUSED: bool>(self) -> Vec<Rate> {
        let length = row_length(self.width);
        let mut rates = vec![0; self.width * length];
        for (a, row) in rates.chunks_exact_mut(length.max(1)).enumerate() {
            let pairs = first_of(a)..first_of(a + 1);
            let (same, both) = (&self.same[pairs.clone()], &self.both[pairs]);
            for (cell, (same, both)) in row.iter_mut().zip(same.iter().zip(both)) {
                *cell = (rate(*same, *both) * f32::from(ALL)) as Rate;
            }
        }
        mirror(&mut rates, self.width, length);
        rates
    }
}

/// Completes a table of which the half below the diagonal is known.
#[inline(always)]
fn mirror(table: &mut [Rate], width: usize, length: usize) {
    for a in 1..width {
        let (above, row) = table.split_at_mut(a * length);
        let column = above.iter_mut().skip(a).step_by(length);
        for (cell, count) in column.zip(row.iter()) {
            *cell = *count;
        }
    }
}

/// The share of the same positions, drawn a little towards one half where there are few.
#[inline(always)]
pub(crate) fn rate(same: u32, both: u32) -> f32 {
    // Numbers of votes are small: conversion from a signed number is an instruction of every processor.
    (same as i32 as f32 + 0.5) / (both as i32 as f32 + 1.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn counted(rows: &[Vec<u8>]) -> Agreements {
        let slices: Vec<&[u8]> = rows.iter().map(Vec::as_slice).collect();
        Agreements::of(&SessionVotes::of_rows(&slices))
    }

    /// Holds the counts of every pair against those of a loop over the votes.
    fn hold(counted: &Agreements, rows: &[Vec<u8>]) {
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        assert_eq!(counted.width(), width);
        let cast = |row: &Vec<u8>, member: usize| row.get(member).copied().filter(|c| *c < 3);
        for a in 0..10 {
            assert_eq!(counted.rates_of(a).len(), if a < width { 32 } else { 0 });
            for b in 0..10 {
                let pairs = rows.iter().filter_map(|row| cast(row, a).zip(cast(row, b)));
                let (same, other): (Vec<_>, Vec<_>) = pairs.partition(|(a, b)| a == b);
                let (same, both) = (same.len(), same.len() + other.len());
                assert_eq!(counted.both(a, b) as usize, both, "{a} {b}");
                assert!(a != b || counted.cast(a) as usize == both, "{a}");
                let share = (same as f32 + 0.5) / (both as f32 + 1.0);
                let rate = (share * 2048.0).floor();
                assert_eq!(counted.rate(a, b), rate / 2048.0, "{a} {b}");
                if a < width && b < width {
                    assert_eq!(f32::from(counted.rates_of(a)[b]), rate, "{a} {b}");
                }
            }
        }
    }

    fn votes() -> impl Strategy<Value = Vec<Vec<u8>>> {
        proptest::collection::vec(proptest::collection::vec(0u8..5, 0..9), 0..12)
    }

    proptest! {
        #[test]
        fn every_pair_is_counted_in_a_session_and_in_two_together(rows in votes(), more in votes()) {
            let (one, other) = (counted(&rows), counted(&more));
            hold(&one, &rows);
            hold(&one.plus(&other), &[rows.clone(), more.clone()].concat());
            hold(&other.plus(&one), &[rows, more].concat());
        }
    }

    #[test]
    fn a_table_is_completed_whatever_its_width() {
        for width in [0, 1, 2, 15, 16, 17, 32, 33, 50] {
            let length = row_length(width);
            let mut table = vec![0; width * length];
            for a in 0..width {
                for b in 0..=a {
                    table[a * length + b] = (100 * a + b) as Rate;
                }
            }
            mirror(&mut table, width, length);
            for a in 0..width {
                for b in 0..length {
                    let expected = if b < width {
                        100 * a.max(b) + a.min(b)
                    } else {
                        0
                    };
                    assert_eq!(table[a * length + b], expected as Rate, "{width} {a} {b}");
                }
            }
        }
    }

    #[test]
    fn of_pairs_that_never_met_half_is_expected() {
        assert_eq!(rate(0, 0), 0.5);
        assert_eq!(rate(3, 3), 0.875);
        assert_eq!(rate(0, 3), 0.125);
    }
}
