//! The counting of joint choices, by population counts.

use std::ops::Range;

use crate::level::Kernel;
use crate::planes::{LANES, Planes};

/// The words of one block of rows in one plane.
#[inline(always)]
fn block(plane: &[u64], at: usize) -> [u64; LANES] {
    let mut words = [0; LANES];
    words.copy_from_slice(&plane[at..at + LANES]);
    words
}

/// The blocks that hold these rows, by their first rows.
fn blocks(rows: Range<usize>) -> impl Iterator<Item = usize> {
    (rows.start / LANES * LANES..rows.end).step_by(LANES)
}

/// Counts how often one row and each of some others have choice `a` and choice `b`: entry `a * K + b` of `counts`, one number a row,
/// the others of their blocks included.
pub(crate) struct JointChoices<'a, const K: usize, const KK: usize> {
    pub(crate) planes: &'a Planes,
    pub(crate) own: usize,
    pub(crate) others: Range<usize>,
    pub(crate) counts: &'a mut [Vec<u32>; KK],
}

impl<const K: usize, const KK: usize> Kernel for JointChoices<'_, K, KK> {
    type Output = ();

    #[inline(always)]
    fn run<const FUSED: bool>(self) {
        let planes = self.planes;
        for start in blocks(self.others) {
            let mut counts = [[0u64; LANES]; KK];
            for word in 0..planes.length() {
                for a in 0..K {
                    let mine = planes.plane(word, a)[self.own];
                    for b in 0..K {
                        let theirs = block(planes.plane(word, b), start);
                        for lane in 0..LANES {
                            counts[a * K + b][lane] +=
                                u64::from((mine & theirs[lane]).count_ones());
                        }
                    }
                }
            }
            write(self.counts, start, counts);
        }
    }
}

/// What [`Alike`] counts beside the places that both rows have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Likeness {
    /// Those at which they have the same.
    Same,
    /// Those at which they have the same, and all, less those at which one has yes and the other no: twice the sum of Voeten's
    /// agreement.
    Agreement,
}

/// Counts at how many places one row and each of some others both have a cast choice, and how alike these are. The row may be of
/// other planes; places that only one of the two has are of neither.
pub(crate) struct Alike<'a> {
    pub(crate) own: (&'a Planes, usize),
    pub(crate) planes: &'a Planes,
    pub(crate) others: Range<usize>,
    pub(crate) likeness: Likeness,
    pub(crate) counts: &'a mut [Vec<u32>; 2],
}

impl Kernel for Alike<'_> {
    type Output = ();

    #[inline(always)]
    fn run<const FUSED: bool>(self) {
        match self.likeness {
            Likeness::Same => self.count::<false>(),
            Likeness::Agreement => self.count::<true>(),
        }
    }
}

impl Alike<'_> {
    #[inline(always)]
    fn count<const AGREEMENT: bool>(self) {
        let (own, at) = self.own;
        let length = own.length().min(self.planes.length());
        for start in blocks(self.others) {
            let (mut both, mut like) = ([0u64; LANES], [0u64; LANES]);
            for word in 0..length {
                let [y, a, n] = [0, 1, 2].map(|plane| own.plane(word, plane)[at]);
                let [ys, abs, ns] =
                    [0, 1, 2].map(|plane| block(self.planes.plane(word, plane), start));
                for lane in 0..LANES {
                    let common = (y | a | n) & (ys[lane] | abs[lane] | ns[lane]);
                    let same = y & ys[lane] | a & abs[lane] | n & ns[lane];
                    let common = u64::from(common.count_ones());
                    both[lane] += common;
                    like[lane] += u64::from(same.count_ones());
                    if AGREEMENT {
                        let opposite = y & ns[lane] | n & ys[lane];
                        like[lane] += common - u64::from(opposite.count_ones());
                    }
                }
            }
            write(self.counts, start, [both, like]);
        }
    }
}

/// Writes the counts of a block of rows.
#[inline(always)]
fn write<const N: usize>(rows: &mut [Vec<u32>; N], start: usize, counts: [[u64; LANES]; N]) {
    for (row, counts) in rows.iter_mut().zip(counts) {
        for (slot, count) in row[start..start + LANES].iter_mut().zip(counts) {
            *slot = count as u32;
        }
    }
}

/// Agreement, kappa and pi (nominal) of a run of pairs, from the nine counts of each, by the formulas of `Joint`, side by side for
/// many pairs: a division by zero is not a number, as it should be.
pub(crate) struct Nominal<'a> {
    pub(crate) counts: [&'a [u32]; 9],
    pub(crate) out: [&'a mut [f64]; 3],
}

impl Kernel for Nominal<'_> {
    type Output = ();

    #[inline(always)]
    fn run<const FUSED: bool>(self) {
        let counts = self.counts;
        let [agreement, kappa, pi] = self.out;
        let outputs = agreement
            .chunks_mut(LANES)
            .zip(kappa.chunks_mut(LANES))
            .zip(pi.chunks_mut(LANES));
        for (chunk, ((agreement, kappa), pi)) in outputs.enumerate() {
            let start = chunk * LANES;
            let mut block = [[0u32; LANES]; 9];
            if agreement.len() == LANES {
                for (block, row) in block.iter_mut().zip(counts) {
                    block.copy_from_slice(&row[start..start + LANES]);
                }
            } else {
                for (block, row) in block.iter_mut().zip(counts) {
                    let rest = &row[start..];
                    block[..rest.len()].copy_from_slice(rest);
                }
            }
            let [a, k, p] = nominal_block(&block);
            if agreement.len() == LANES {
                agreement.copy_from_slice(&a);
                kappa.copy_from_slice(&k);
                pi.copy_from_slice(&p);
            } else {
                agreement.copy_from_slice(&a[..agreement.len()]);
                kappa.copy_from_slice(&k[..kappa.len()]);
                pi.copy_from_slice(&p[..pi.len()]);
            }
        }
    }
}

#[inline(always)]
fn nominal_block(counts: &[[u32; LANES]; 9]) -> [[f64; LANES]; 3] {
    let mut out = [[0.0; LANES]; 3];
    for lane in 0..LANES {
        let c = |at: usize| f64::from(counts[at][lane] as i32);
        let rows = [c(0) + c(1) + c(2), c(3) + c(4) + c(5), c(6) + c(7) + c(8)];
        let columns = [c(0) + c(3) + c(6), c(1) + c(4) + c(7), c(2) + c(5) + c(8)];
        let common = rows[0] + rows[1] + rows[2];
        let equal = c(0) + c(4) + c(8);
        let opposite = c(2) + c(6);
        let own = rows[0] * columns[0] + rows[1] * columns[1] + rows[2] * columns[2];
        let pooled = [
            rows[0] + columns[0],
            rows[1] + columns[1],
            rows[2] + columns[2],
        ];
        let both = 0.25 * (pooled[0] * pooled[0] + pooled[1] * pooled[1] + pooled[2] * pooled[2]);
        let observed = (common - equal) * common;
        out[0][lane] = 0.5 * (common + equal - opposite) / common;
        out[1][lane] = 1.0 - observed / (common * common - own);
        out[2][lane] = 1.0 - observed / (common * common - both);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::level::Level;
    use crate::planes::{ByColumn, ByRow};

    /// How often two lists both have a cast choice, and the same.
    fn slow(pairs: impl Iterator<Item = (Option<u8>, Option<u8>)>) -> (u32, u32) {
        let cast = |choice: Option<u8>| choice.filter(|choice| *choice < 3);
        pairs.fold((0, 0), |(both, same), (a, b)| match (cast(a), cast(b)) {
            (Some(a), Some(b)) => (both + 1, same + u32::from(a == b)),
            _ => (both, same),
        })
    }

    fn count(level: Level, own: (&Planes, usize), planes: &Planes, upto: usize) -> Vec<(u32, u32)> {
        let mut counts = [(); 2].map(|()| vec![0; planes.stride()]);
        level.run(Alike {
            own,
            planes,
            others: 0..upto,
            likeness: Likeness::Same,
            counts: &mut counts,
        });
        let [both, same] = counts;
        both.into_iter().zip(same).take(upto).collect()
    }

    proptest! {
        #[test]
        fn bits_count_what_a_double_loop_counts(
            table in proptest::collection::vec(proptest::collection::vec(0u8..6, 0..70), 1..70),
            other in proptest::collection::vec(proptest::collection::vec(0u8..6, 0..140), 1..20),
        ) {
            let boxed = |table: Vec<Vec<u8>>| -> Vec<Box<[u8]>> {
                table.into_iter().map(Vec::into_boxed_slice).collect()
            };
            let (table, other) = (boxed(table), boxed(other));
            let width = table.iter().map(|row| row.len()).max().unwrap_or(0);
            for level in [Level::Portable, Level::detect()] {
                let columns = level.run(ByColumn { table: &table, width });
                for own in 0..width {
                    let counted = count(level, (&columns, own), &columns, width);
                    for (at, counted) in counted.into_iter().enumerate() {
                        let pairs = table.iter().map(|row| (row.get(own).copied(), row.get(at).copied()));
                        prop_assert_eq!(counted, slow(pairs));
                    }
                }
                let rows = level.run(ByRow { table: &table, width });
                let others = level.run(ByRow { table: &other, width: 140 });
                for (own, row) in table.iter().enumerate() {
                    let counted = count(level, (&rows, own), &others, other.len());
                    for (other, counted) in other.iter().zip(counted) {
                        let pairs = row.iter().zip(other).map(|(a, b)| (Some(*a), Some(*b)));
                        prop_assert_eq!(counted, slow(pairs));
                    }
                }
            }
        }
    }
}
