//! Decisiveness by generating functions: the distribution of the sums of a random coalition.
//!
//! Every member joins with the same probability, independently. The probability of every vector of
//! sums is found by adding one member after the other; sums beyond the highest quota count as one.
//! For each class the others are added once, by halving the set of classes (no member is ever taken
//! out again, so nothing is subtracted and the relative error stays that of a sum of positive numbers).

use rayon::prelude::*;

use super::game::{Class, Game};

use plenary_types::Invariant;

/// Most states that a table may hold, and most bytes that all tables at work may take.
const STATES: u128 = 1 << 24;
const BYTES: usize = 320 << 20;

/// The tables of a game: one number for every vector of sums up to the highest quotas.
pub(super) struct Tables {
    layout: Layout,
    parts: Vec<Part>,
    /// Whether a vector of sums wins.
    wins: Vec<bool>,
    dual: bool,
}

/// A class as the tables see it.
struct Part {
    /// Its weights in the order of the layout, no higher than the caps.
    shift: Vec<usize>,
    count: usize,
}

/// The measures in use, smallest cap first, so that the last one makes long rows.
#[derive(Clone)]
struct Layout {
    measures: Vec<usize>,
    caps: Vec<usize>,
    len: usize,
}

impl Layout {
    /// Nothing when a table would be too large.
    fn new(game: &Game) -> Option<Self> {
        let mut caps: Vec<(u128, usize)> = (0..game.measures.len())
            .filter_map(|measure| Some((game.formula.highest_quota(measure)?, measure)))
            .collect();
        caps.sort_unstable();
        let len = caps
            .iter()
            .try_fold(1u128, |len, (cap, _)| len.checked_mul(cap.checked_add(1)?))
            .filter(|len| *len <= STATES)?;
        Some(Self {
            measures: caps.iter().map(|(_, measure)| *measure).collect(),
            caps: caps.iter().map(|(cap, _)| *cap as usize).collect(),
            len: len as usize,
        })
    }

    fn shift(&self, class: &Class) -> Vec<usize> {
        let weight = |measure: &usize| {
            class
                .weights
                .get(*measure)
                .copied()
                .invariant("a class has each weight")
        };
        self.measures
            .iter()
            .zip(&self.caps)
            .map(|(measure, cap)| weight(measure).min(*cap as u128) as usize)
            .collect()
    }

    /// The sums of every state, for each measure of the game.
    fn winning(&self, game: &Game) -> Vec<bool> {
        let mut sums = vec![0u128; game.measures.len()];
        (0..self.len)
            .map(|state| {
                let mut rest = state;
                for (measure, cap) in self.measures.iter().zip(&self.caps).rev() {
                    if let Some(sum) = sums.get_mut(*measure) {
                        *sum = (rest % (cap + 1)) as u128;
                    }
                    rest /= cap + 1;
                }
                game.formula.holds(&sums)
            })
            .collect()
    }

    /// Calls with the first state of every row and the first state of the row to which a member with
    /// these weights leads; within rows the last measure moves.
    fn rows(&self, shift: &[usize], mut see: impl FnMut(usize, usize)) {
        let Some((last, outer)) = self.caps.split_last() else {
            return;
        };
        let row = last + 1;
        for source in 0..self.len / row {
            let (mut rest, mut stride, mut target) = (source, row, 0);
            for (cap, shift) in outer.iter().zip(shift).rev() {
                let sum = (rest % (cap + 1) + shift).min(*cap);
                rest /= cap + 1;
                target += sum * stride;
                stride *= cap + 1;
            }
            see(source * row, target);
        }
    }

    fn row(&self) -> usize {
        self.caps.last().map_or(1, |cap| cap + 1)
    }
}

impl Tables {
    /// The tables of the game or of its dual, whichever are smaller; nothing when both are too large.
    pub(super) fn new(game: &Game) -> Option<Self> {
        let dual = game.dual();
        let layouts = (Layout::new(game), Layout::new(&dual));
        let (layout, game, is_dual) = match layouts {
            (Some(own), Some(other)) if other.len < own.len => (other, &dual, true),
            (Some(own), _) => (own, game, false),
            (None, Some(other)) => (other, &dual, true),
            (None, None) => return None,
        };
        let parts = game
            .active_classes()
            .map(|class| Part {
                shift: layout.shift(class),
                count: class.members.len(),
            })
            .collect();
        Some(Self {
            wins: layout.winning(game),
            layout,
            parts,
            dual: is_dual,
        })
    }

    pub(super) const fn states(&self) -> usize {
        self.layout.len
    }

    /// About how many additions one probability costs.
    pub(super) fn steps(&self) -> u128 {
        let members: usize = self.parts.iter().map(|part| part.count).sum();
        self.layout.len as u128 * members as u128 * (self.depth() as u128 + 1)
    }

    fn depth(&self) -> usize {
        self.parts.len().next_power_of_two().ilog2() as usize + 1
    }

    /// How many probabilities may be worked on at once.
    fn at_once(&self) -> usize {
        let bytes = self.layout.len * 8 * (self.depth() + 2);
        (BYTES / bytes.max(1)).max(1)
    }

    /// For every class, the weighted sum over the probabilities of the chance that one of its members
    /// is decisive, when every other joins the coalition with that probability.
    pub(super) fn decisive(&self, probabilities: &[(f64, f64)]) -> Vec<f64> {
        let mut sum = vec![0.0; self.parts.len()];
        for chunk in probabilities.chunks(self.at_once()) {
            let found: Vec<Vec<f64>> = chunk
                .par_iter()
                .map(|(p, _)| self.decisive_at(*p))
                .collect();
            for ((_, weight), found) in chunk.iter().zip(found) {
                for (sum, value) in sum.iter_mut().zip(found) {
                    *sum += weight * value;
                }
            }
        }
        sum
    }

    fn decisive_at(&self, p: f64) -> Vec<f64> {
        let p = if self.dual { 1.0 - p } else { p };
        let mut found = vec![0.0; self.parts.len()];
        let mut scratch = vec![0.0; self.layout.len];
        self.leave_out(&self.parts, self.nobody(), p, &mut scratch, &mut found);
        found
    }

    /// The chance that the coalition wins.
    pub(super) fn adoption(&self, p: f64) -> f64 {
        let p = if self.dual { 1.0 - p } else { p };
        let mut state = self.nobody();
        let mut scratch = vec![0.0; self.layout.len];
        for part in &self.parts {
            self.add(part, part.count, p, &mut state, &mut scratch);
        }
        let winning: f64 = state
            .iter()
            .zip(&self.wins)
            .map(|(value, wins)| if *wins { *value } else { 0.0 })
            .sum();
        if self.dual { 1.0 - winning } else { winning }
    }

    fn nobody(&self) -> Vec<f64> {
        let mut state = vec![0.0; self.layout.len];
        if let Some(empty) = state.first_mut() {
            *empty = 1.0;
        }
        state
    }

    fn leave_out(
        &self,
        parts: &[Part],
        mut state: Vec<f64>,
        p: f64,
        scratch: &mut Vec<f64>,
        found: &mut [f64],
    ) {
        if let [part] = parts {
            self.add(part, part.count - 1, p, &mut state, scratch);
            if let Some(slot) = found.first_mut() {
                *slot = self.decided_by(part, &state);
            }
            return;
        }
        let (left, right) = parts.split_at(parts.len() / 2);
        let (of_left, of_right) = found.split_at_mut(left.len());
        let mut with_right = state.clone();
        for part in right {
            self.add(part, part.count, p, &mut with_right, scratch);
        }
        self.leave_out(left, with_right, p, scratch, of_left);
        for part in left {
            self.add(part, part.count, p, &mut state, scratch);
        }
        self.leave_out(right, state, p, scratch, of_right);
    }

    fn add(&self, part: &Part, times: usize, p: f64, state: &mut [f64], scratch: &mut [f64]) {
        let row = self.layout.row();
        let shift = part
            .shift
            .last()
            .copied()
            .invariant("a part has a shift for each measure");
        for _ in 0..times {
            scratch.copy_from_slice(state);
            state.iter_mut().for_each(|value| *value *= 1.0 - p);
            self.layout.rows(&part.shift, |source, target| {
                let from = &scratch[source..source + row];
                let to = &mut state[target..target + row];
                let (moving, beyond) = from.split_at(row - shift);
                for (to, from) in to[shift..].iter_mut().zip(moving) {
                    *to += p * from;
                }
                to[row - 1] += p * beyond.iter().sum::<f64>();
            });
        }
    }

    /// The chance that the others lose without a member and win with it.
    fn decided_by(&self, part: &Part, others: &[f64]) -> f64 {
        let row = self.layout.row();
        let shift = part
            .shift
            .last()
            .copied()
            .invariant("a part has a shift for each measure");
        let mut chance = 0.0;
        self.layout.rows(&part.shift, |source, target| {
            for place in 0..row {
                let before = source + place;
                let after = target + (place + shift).min(row - 1);
                if self.wins[after] && !self.wins[before] {
                    chance += others[before];
                }
            }
        });
        chance
    }
}
