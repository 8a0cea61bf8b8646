//! How often members agree with each other in the votes of a session.

use crate::SessionVotes;

/// For each pair of members, in how many votes both took a position, and in how many the same.
#[derive(Clone, Debug)]
pub(crate) struct Agreements {
    members: usize,
    same: Vec<u16>,
    both: Vec<u16>,
    rates: Vec<f32>,
}

/// Up to 64 ballots, of one member or of one vote, as sets of bits: yes, no, abstaining.
pub(crate) type Planes = [u64; 3];

impl Agreements {
    pub(crate) fn of(votes: &SessionVotes, members: usize) -> Self {
        let words = votes.len().div_ceil(64);
        let planes = planes(votes, members, words);
        let mut counted = Self::empty(members);
        let of_member = || planes.chunks_exact(words.max(1)).enumerate();
        for (a, first) in of_member() {
            for (b, second) in of_member().take(a + 1) {
                let (same, both) = compare(first, second);
                counted.set(a, b, same, both);
                counted.set(b, a, same, both);
            }
        }
        counted.rated()
    }

    /// The share of votes in which two members agreed, drawn a little towards one half where there are few.
    fn rated(mut self) -> Self {
        let counts = self.same.iter().zip(&self.both);
        self.rates = counts.map(|(same, both)| rate((*same, *both))).collect();
        self
    }

    fn empty(members: usize) -> Self {
        let cells = members * members;
        Self {
            members,
            same: vec![0; cells],
            both: vec![0; cells],
            rates: Vec::new(),
        }
    }

    fn set(&mut self, a: usize, b: usize, same: u16, both: u16) {
        let at = a * self.members + b;
        if let (Some(s), Some(n)) = (self.same.get_mut(at), self.both.get_mut(at)) {
            (*s, *n) = (same, both);
        }
    }

    /// How many members there are.
    pub(crate) const fn members(&self) -> usize {
        self.members
    }

    /// The votes of two sessions together.
    pub(crate) fn plus(mut self, other: &Self) -> Self {
        for (mine, theirs) in [(&mut self.same, &other.same), (&mut self.both, &other.both)] {
            mine.iter_mut()
                .zip(theirs)
                .for_each(|(a, b)| *a = a.saturating_add(*b));
        }
        self.rated()
    }

    /// In how many votes both took a position.
    pub(crate) fn both(&self, a: usize, b: usize) -> u16 {
        self.both.get(a * self.members + b).copied().unwrap_or(0)
    }

    /// The share of votes in which they agreed, drawn a little towards one half where there are few.
    pub(crate) fn rate(&self, a: usize, b: usize) -> f32 {
        self.rates.get(a * self.members + b).copied().unwrap_or(0.5)
    }

    /// The rates of a member with every member, in the order of the columns.
    pub(crate) fn rates_of(&self, a: usize) -> &[f32] {
        let from = a * self.members;
        self.rates
            .get(from..from + self.members)
            .unwrap_or_default()
    }
}

/// The votes of each member, `words` elements a member.
fn planes(votes: &SessionVotes, members: usize, words: usize) -> Vec<Planes> {
    let mut planes = vec![Planes::default(); members * words];
    for vote in 0..votes.len() {
        let bit = 1 << (vote % 64);
        let of_members = planes.iter_mut().skip(vote / 64).step_by(words.max(1));
        for (member, choice) in of_members.zip(votes.row(vote)) {
            if let Some(plane) = member.get_mut(usize::from(*choice)) {
                *plane |= bit;
            }
        }
    }
    planes
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
