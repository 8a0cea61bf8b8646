//! [`Planes`]: choices as bits, to count many at once.

use plenary_types::Choice;

use crate::level::Kernel;

/// How many rows share a block of words: what the widest registers hold.
pub(crate) const LANES: usize = 8;

/// Choices with a plane of their own, in the order of the planes.
pub(crate) const PLANES: [Choice; 4] =
    [Choice::Yes, Choice::Abstain, Choice::No, Choice::NonVoting];

/// The planes of choices that were cast.
pub(crate) const CAST: usize = 3;

/// Rows of choices, a bit a place in the plane of each: a row is a state with its votes, or a vote with its states.
#[derive(Clone, Debug)]
pub(crate) struct Planes {
    rows: usize,
    /// For each 64 places, for each plane, one word a row, padded to whole blocks.
    words: Vec<u64>,
}

impl Planes {
    pub(crate) fn new(rows: usize, places: usize) -> Self {
        let length = places.div_ceil(64) * PLANES.len() * rows.next_multiple_of(LANES);
        Self {
            rows,
            words: vec![0; length],
        }
    }

    pub(crate) const fn rows(&self) -> usize {
        self.rows
    }

    /// How many words a plane has for each 64 places.
    pub(crate) const fn stride(&self) -> usize {
        self.rows.next_multiple_of(LANES)
    }

    /// How many words each row has in a plane.
    pub(crate) fn length(&self) -> usize {
        self.words.len() / (PLANES.len() * self.stride()).max(1)
    }

    /// The words of all rows for some 64 places in a plane.
    #[inline(always)]
    pub(crate) fn plane(&self, word: usize, plane: usize) -> &[u64] {
        let stride = self.stride();
        let start = (word * PLANES.len() + plane) * stride;
        &self.words[start..start + stride]
    }

    #[inline(always)]
    fn plane_mut(&mut self, word: usize, plane: usize) -> &mut [u64] {
        let stride = self.stride();
        let start = (word * PLANES.len() + plane) * stride;
        &mut self.words[start..start + stride]
    }

    /// Sets the choice at a place of a row; one without a plane sets nothing.
    pub(crate) fn set(&mut self, row: usize, place: usize, choice: Choice) {
        if let Some(plane) = PLANES.iter().position(|&c| c == choice) {
            self.plane_mut(place / 64, plane)[row] |= 1 << (place % 64);
        }
    }

    /// The choice at a place of a row.
    pub(crate) fn choice(&self, row: usize, place: usize) -> Option<Choice> {
        let is_set = |plane: &usize| self.plane(place / 64, *plane)[row] >> (place % 64) & 1 == 1;
        let plane = (0..PLANES.len()).find(is_set)?;
        Some(PLANES[plane])
    }
}

/// The cast choices of a table of bytes, each a [`Choice`] as a number: a row of planes for each column of the table.
pub(crate) struct ByColumn<'a> {
    pub(crate) table: &'a [Box<[u8]>],
    pub(crate) width: usize,
}

impl Kernel for ByColumn<'_> {
    type Output = Planes;

    #[inline(always)]
    fn run<const FUSED: bool>(self) -> Planes {
        let mut planes = Planes::new(self.width, self.table.len());
        for (place, row) in self.table.iter().enumerate() {
            for (plane, own) in PLANES.into_iter().enumerate().take(CAST) {
                let words = planes.plane_mut(place / 64, plane);
                for (word, choice) in words.iter_mut().zip(row) {
                    *word |= u64::from(*choice == own as u8) << (place % 64);
                }
            }
        }
        planes
    }
}

/// The same: a row of planes for each row of the table.
pub(crate) struct ByRow<'a> {
    pub(crate) table: &'a [Box<[u8]>],
    pub(crate) width: usize,
}

impl Kernel for ByRow<'_> {
    type Output = Planes;

    #[inline(always)]
    fn run<const FUSED: bool>(self) -> Planes {
        let mut planes = Planes::new(self.table.len(), self.width);
        for (at, row) in self.table.iter().enumerate() {
            for (word, choices) in row.chunks(64).enumerate() {
                for (plane, own) in PLANES.into_iter().enumerate().take(CAST) {
                    let bits = choices.iter().zip(0u32..);
                    let bits = bits.map(|(choice, place)| u64::from(*choice == own as u8) << place);
                    planes.plane_mut(word, plane)[at] = bits.fold(0, |all, bit| all | bit);
                }
            }
        }
        planes
    }
}
