//! How often members agree with each other in the votes of a session.

use crate::SessionVotes;

/// For each pair of members, in how many votes both took a position, and in how many the same.
#[derive(Clone, Debug)]
pub(crate) struct Agreements {
    members: usize,
    same: Vec<u16>,
    both: Vec<u16>,
}

/// The votes of one member as sets of bits: yes, no, abstaining.
type Planes = [Vec<u64>; 3];

impl Agreements {
    pub(crate) fn of(votes: &SessionVotes, members: usize) -> Self {
        let planes: Vec<Planes> = (0..members).map(|column| planes(votes, column)).collect();
        let mut counted = Self::empty(members);
        for (a, first) in planes.iter().enumerate() {
            for (b, second) in planes.iter().enumerate().take(a + 1) {
                let (same, both) = compare(first, second);
                counted.set(a, b, same, both);
                counted.set(b, a, same, both);
            }
        }
        counted
    }

    pub(crate) fn empty(members: usize) -> Self {
        let cells = members * members;
        Self {
            members,
            same: vec![0; cells],
            both: vec![0; cells],
        }
    }

    fn set(&mut self, a: usize, b: usize, same: u16, both: u16) {
        let at = a * self.members + b;
        if let (Some(s), Some(n)) = (self.same.get_mut(at), self.both.get_mut(at)) {
            (*s, *n) = (same, both);
        }
    }

    /// The votes of two sessions together.
    pub(crate) fn plus(mut self, other: &Self) -> Self {
        for (mine, theirs) in [(&mut self.same, &other.same), (&mut self.both, &other.both)] {
            mine.iter_mut()
                .zip(theirs)
                .for_each(|(a, b)| *a = a.saturating_add(*b));
        }
        self
    }

    /// In how many votes both took a position.
    pub(crate) fn both(&self, a: usize, b: usize) -> u16 {
        self.both.get(a * self.members + b).copied().unwrap_or(0)
    }

    /// The share of votes in which they agreed, drawn a little towards one half where there are few.
    pub(crate) fn rate(&self, a: usize, b: usize) -> f32 {
        let same = self.same.get(a * self.members + b).copied().unwrap_or(0);
        (f32::from(same) + 0.5) / (f32::from(self.both(a, b)) + 1.0)
    }
}

fn planes(votes: &SessionVotes, column: usize) -> Planes {
    let words = votes.len().div_ceil(64);
    let mut planes = [vec![0u64; words], vec![0u64; words], vec![0u64; words]];
    for (vote, choice) in votes.column(column).enumerate() {
        if let Some(word) = planes
            .get_mut(usize::from(choice))
            .and_then(|p| p.get_mut(vote / 64))
        {
            *word |= 1 << (vote % 64);
        }
    }
    planes
}

fn compare(first: &Planes, second: &Planes) -> (u16, u16) {
    let [y1, n1, a1] = first;
    let [y2, n2, a2] = second;
    let words = y1.iter().zip(n1).zip(a1).zip(y2.iter().zip(n2).zip(a2));
    let (mut same, mut both) = (0, 0);
    for (((y1, n1), a1), ((y2, n2), a2)) in words {
        same += ((y1 & y2) | (n1 & n2) | (a1 & a2)).count_ones();
        both += ((y1 | n1 | a1) & (y2 | n2 | a2)).count_ones();
    }
    (
        u16::try_from(same).unwrap_or(u16::MAX),
        u16::try_from(both).unwrap_or(u16::MAX),
    )
}
