//! How often members agree with each other in the votes of a session.

use crate::SessionVotes;

/// For each pair of members, in how many votes both took a position, and in how many the same.
#[derive(Clone, Debug)]
pub(crate) struct Agreements {
    width: usize,
    same: Vec<u16>,
    both: Vec<u16>,
    rates: Vec<Rate>,
}

/// A share of votes in units of 1/2048: sums of products of such numbers are counted without fractions, many at once.
pub(crate) type Rate = i16;

/// The share that is everything.
pub(crate) const ALL: Rate = 2048;

/// Up to 64 ballots, of one member or of one vote, as sets of bits: yes, no, abstaining.
pub(crate) type Planes = [u64; 3];

impl Agreements {
    pub(crate) fn of(votes: &SessionVotes) -> Self {
        let width = votes.width();
        let words = words(votes, width);
        let mut counted = Self {
            width,
            same: vec![0; width * width],
            both: vec![0; width * width],
            rates: Vec::new(),
        };
        let (mut same, mut both) = (vec![0; width], vec![0; width]);
        for a in 0..width {
            same.fill(0);
            both.fill(0);
            for word in &words {
                word.compare(a, &mut same, &mut both);
            }
            fill(&mut counted.same, a, width, &same);
            fill(&mut counted.both, a, width, &both);
        }
        mirror(&mut counted.same, width);
        mirror(&mut counted.both, width);
        counted.rated()
    }

    fn rated(mut self) -> Self {
        let counts = self.same.iter().zip(&self.both);
        let rate = |(same, both): (&u16, &u16)| (rate((*same, *both)) * f32::from(ALL)) as Rate;
        self.rates = counts.map(rate).collect();
        self
    }

    /// For how many columns there are rates.
    pub(crate) const fn width(&self) -> usize {
        self.width
    }

    /// The votes of two sessions together, as far as both have columns.
    pub(crate) fn plus(&self, other: &Self) -> Self {
        let width = self.width.max(other.width);
        let sum = |of: fn(&Self) -> &Vec<u16>| {
            let mut sums = widened(of(self), self.width, width);
            let rows = rows(of(other), other.width);
            for (sums, row) in sums.chunks_exact_mut(width.max(1)).zip(rows) {
                for (sum, count) in sums.iter_mut().zip(row) {
                    *sum = sum.saturating_add(*count);
                }
            }
            sums
        };
        Self {
            width,
            same: sum(|of| &of.same),
            both: sum(|of| &of.both),
            rates: Vec::new(),
        }
        .rated()
    }

    /// In how many votes both took a position.
    pub(crate) fn both(&self, a: usize, b: usize) -> u16 {
        self.at(&self.both, a, b).unwrap_or(0)
    }

    /// In how many votes a member took a position.
    pub(crate) fn cast(&self, a: usize) -> u16 {
        self.both(a, a)
    }

    /// The share of votes in which they agreed, drawn a little towards one half where there are few.
    pub(crate) fn rate(&self, a: usize, b: usize) -> f32 {
        let rate = self.at(&self.rates, a, b).unwrap_or(ALL / 2);
        f32::from(rate) / f32::from(ALL)
    }

    /// The rates of a member with every member, in the order of the columns.
    pub(crate) fn rates_of(&self, a: usize) -> &[Rate] {
        let from = a * self.width;
        self.rates.get(from..from + self.width).unwrap_or_default()
    }

    fn at<T: Copy>(&self, of: &[T], a: usize, b: usize) -> Option<T> {
        let inside = a < self.width && b < self.width;
        of.get(a * self.width + b).copied().filter(|_| inside)
    }
}

fn rows(of: &[u16], width: usize) -> impl Iterator<Item = &[u16]> {
    of.chunks_exact(width.max(1))
}

/// A square table with columns and rows of zeros added.
fn widened(of: &[u16], from: usize, width: usize) -> Vec<u16> {
    if from == width {
        return of.to_vec();
    }
    let mut wide = vec![0; width * width];
    for (wide, row) in wide.chunks_exact_mut(width.max(1)).zip(rows(of, from)) {
        for (wide, count) in wide.iter_mut().zip(row) {
            *wide = *count;
        }
    }
    wide
}

/// Writes the row of a member up to its own column.
fn fill(table: &mut [u16], a: usize, width: usize, counts: &[u64]) {
    let row = table.get_mut(a * width..=a * width + a);
    for (cell, count) in row.unwrap_or_default().iter_mut().zip(counts) {
        *cell = u16::try_from(*count).unwrap_or(u16::MAX);
    }
}

/// Completes a table of which the half below the diagonal is known.
fn mirror(table: &mut [u16], width: usize) {
    for a in 1..width {
        let (above, row) = table.split_at_mut(a * width);
        let column = above.iter_mut().skip(a).step_by(width);
        for (cell, count) in column.zip(row.iter()) {
            *cell = *count;
        }
    }
}

/// Up to 64 votes of a session: of each member the sets of those in which it voted yes, no, abstained, and took any
/// position.
struct Word {
    planes: [Vec<u64>; 4],
}

/// The votes of a session, 64 at a time.
fn words(votes: &SessionVotes, width: usize) -> Vec<Word> {
    let word = |first: usize| {
        let mut planes: [Vec<u64>; 4] = std::array::from_fn(|_| vec![0; width]);
        let [yes, no, abstain, any] = &mut planes;
        for vote in first..votes.len().min(first + 64) {
            let bit = 1 << (vote - first);
            for (column, choice) in votes.row(vote).iter().enumerate() {
                let plane = match choice {
                    0 => &mut *yes,
                    1 => &mut *no,
                    2 => &mut *abstain,
                    _ => continue,
                };
                if let Some(set) = plane.get_mut(column) {
                    *set |= bit;
                }
            }
        }
        for (any, ((yes, no), abstain)) in any.iter_mut().zip(yes.iter().zip(&*no).zip(&*abstain)) {
            *any = yes | no | abstain;
        }
        Word { planes }
    };
    (0..votes.len()).step_by(64).map(word).collect()
}

impl Word {
    /// Adds the votes in which a member and each one up to it voted the same, and in which both voted.
    fn compare(&self, a: usize, same: &mut [u64], both: &mut [u64]) {
        let of_a = |plane: &Vec<u64>| plane.get(a).copied().unwrap_or(0);
        let [yes, no, abstain, any] = &self.planes;
        let (y, n, s, v) = (of_a(yes), of_a(no), of_a(abstain), of_a(any));
        if v == 0 {
            return;
        }
        let upto = a + 1;
        let others = yes.iter().zip(no).zip(abstain).zip(any).take(upto);
        for ((same, both), (((yes, no), abstain), any)) in same.iter_mut().zip(both).zip(others) {
            *same += u64::from(((y & yes) | (n & no) | (s & abstain)).count_ones());
            *both += u64::from((v & any).count_ones());
        }
    }
}

/// The ballots of one vote by the columns of the members.
pub(crate) fn planes_of(row: &[u8]) -> Vec<Planes> {
    let mut planes = vec![Planes::default(); row.len().div_ceil(64)];
    for (column, choice) in row.iter().enumerate() {
        let word = planes.get_mut(column / 64);
        if let Some(plane) = word.and_then(|word| word.get_mut(usize::from(*choice))) {
            *plane |= 1 << (column % 64);
        }
    }
    planes
}

/// The share of the same positions, drawn a little towards one half where there are few.
pub(crate) fn rate((same, both): (u16, u16)) -> f32 {
    (f32::from(same) + 0.5) / (f32::from(both) + 1.0)
}

/// How many positions are the same, and how many were taken on both sides.
pub(crate) fn compare(first: &[Planes], second: &[Planes]) -> (u16, u16) {
    let (mut same, mut both) = (0, 0);
    for ([y1, n1, a1], [y2, n2, a2]) in first.iter().zip(second) {
        same += ((y1 & y2) | (n1 & n2) | (a1 & a2)).count_ones();
        both += ((y1 | n1 | a1) & (y2 | n2 | a2)).count_ones();
    }
    let count = |votes: u32| u16::try_from(votes).unwrap_or(u16::MAX);
    (count(same), count(both))
}
