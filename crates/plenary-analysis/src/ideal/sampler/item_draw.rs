//! The items given the ideal points: one draw of every item and of the latent responses to it.

use std::ops::Range;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};
use rayon::prelude::*;

use super::kernels::{Intervals, Probabilities};
use super::truncated;
use crate::ideal::model::Items;
use crate::ideal::normal;
use crate::ideal::responses::Responses;
use crate::level::Level;

/// Published: cutpoints lie between minus this and this.
const EDGE: f64 = 7.0;

/// Brings starting cutpoints inside their prior.
pub(crate) fn inside(cutpoints: &mut [f64; 2]) {
    let [first, second] = cutpoints.map(|c| c.clamp(-EDGE + 2.0, EDGE - 2.0));
    *cutpoints = if second > first {
        [first, second]
    } else {
        [first - 0.01, first + 0.01]
    };
}

/// Items that are drawn together, with a stream of random numbers of their own, so that the draws do not depend on the
/// number of threads.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    items: Range<usize>,
    rng: ChaCha8Rng,
    scratch: Scratch,
    accepted: usize,
}

#[derive(Clone, Debug, Default)]
struct Scratch {
    mean: Vec<f64>,
    now: Vec<f64>,
    high: Vec<f64>,
    then: Vec<f64>,
}

const ITEMS_A_BLOCK: usize = 64;

/// What the draw needs besides the state of the chain.
#[derive(Clone, Debug)]
pub(crate) struct ItemDraw<'a> {
    responses: &'a Responses,
    level: Level,
    discrimination_precision: f64,
    /// Where the latent responses to each roll call begin: items in turn, so that those of a block are together.
    latent_starts: Vec<usize>,
}

impl<'a> ItemDraw<'a> {
    pub(crate) fn new(
        responses: &'a Responses,
        level: Level,
        discrimination_precision: f64,
    ) -> Self {
        let mut latent_starts = vec![0; responses.rolls.len()];
        let mut next = 0;
        for &roll in responses.items.iter().flatten() {
            let [start, .., end] = responses.rolls[roll as usize].bounds;
            latent_starts[roll as usize] = next;
            next += (end - start) as usize;
        }
        Self {
            responses,
            level,
            discrimination_precision,
            latent_starts,
        }
    }

    pub(crate) fn blocks(&self, seed: u64, stream: u64) -> Vec<Block> {
        let count = self.responses.items.len();
        (0..count)
            .step_by(ITEMS_A_BLOCK)
            .zip(1u64..)
            .map(|(start, number)| {
                let mut rng = ChaCha8Rng::seed_from_u64(seed);
                rng.set_stream(stream + number);
                Block {
                    items: start..count.min(start + ITEMS_A_BLOCK),
                    rng,
                    scratch: Scratch::default(),
                    accepted: 0,
                }
            })
            .collect()
    }

    /// Draws cutpoints, latent responses and discriminations; returns how many cutpoint proposals were accepted.
    pub(crate) fn run(
        &self,
        theta: &[f64],
        items: &mut Items,
        scales: &mut [f64],
        latent: &mut [f64],
        blocks: &mut [Block],
        burning: Option<usize>,
    ) -> usize {
        let mut rest = latent;
        let mut parts = Vec::with_capacity(blocks.len());
        let discriminations = items.discrimination.chunks_mut(ITEMS_A_BLOCK);
        let cutpoints = items.cutpoints.chunks_mut(ITEMS_A_BLOCK);
        let scales = scales.chunks_mut(ITEMS_A_BLOCK);
        for (block, ((d, c), s)) in blocks
            .iter_mut()
            .zip(discriminations.zip(cutpoints).zip(scales))
        {
            let ballots: usize = block.items.clone().map(|item| self.ballots(item)).sum();
            let (own, later) = std::mem::take(&mut rest).split_at_mut(ballots);
            rest = later;
            parts.push((block, d, c, s, own));
        }
        parts
            .into_par_iter()
            .with_max_len(1)
            .map(|(block, d, c, s, latent)| {
                block.accepted = 0;
                let mut rest = latent;
                for (at, item) in block.items.clone().enumerate() {
                    let (own, later) = rest.split_at_mut(self.ballots(item));
                    rest = later;
                    self.gather(item, theta, d[at], &mut block.scratch);
                    self.draw_cutpoints(item, &mut c[at], &mut s[at], block, burning);
                    d[at] = self.draw_latent(item, theta, c[at], block, own);
                }
                block.accepted
            })
            .sum()
    }

    fn ballots(&self, item: usize) -> usize {
        let count = |&roll: &u32| {
            let [start, .., end] = self.responses.rolls[roll as usize].bounds;
            (end - start) as usize
        };
        self.responses.items[item].iter().map(count).sum()
    }

    /// The latent means of an item's ballots, roll call by roll call, by choice.
    fn gather(&self, item: usize, theta: &[f64], discrimination: f64, scratch: &mut Scratch) {
        scratch.mean.clear();
        for &roll in &self.responses.items[item] {
            let (base, voters) = self
                .responses
                .ballots_of(&self.responses.rolls[roll as usize]);
            let mean = |&place: &u16| discrimination * theta[base + usize::from(place)];
            scratch.mean.extend(voters.into_iter().flatten().map(mean));
        }
    }

    /// One Metropolis step of both cutpoints, with the latent responses integrated out.
    fn draw_cutpoints(
        &self,
        item: usize,
        cutpoints: &mut [f64; 2],
        scale: &mut f64,
        block: &mut Block,
        burning: Option<usize>,
    ) {
        let Block { rng, scratch, .. } = block;
        let [first, second] = *cutpoints;
        let step = |rng: &mut ChaCha8Rng, from: f64, low: f64, high: f64| {
            let (low, high) = ((low - from) / *scale, (high - from) / *scale);
            from + *scale * truncated::between(rng, low, high)
        };
        let new_first = step(rng, first, -EDGE, second);
        let new_second = step(rng, second, new_first, EDGE);
        let mass = |from: f64, low: f64, high: f64| {
            normal::ln_interval((low - from) / *scale, (high - from) / *scale)
        };
        let there = mass(first, -EDGE, second) + mass(second, new_first, EDGE);
        let back = mass(new_first, -EDGE, new_second) + mass(new_second, first, EDGE);
        let gain = self.log_ratio(item, [first, second], [new_first, new_second], scratch);
        let log_odds = gain + there - back;
        if rng.random::<f64>().ln() < log_odds {
            *cutpoints = [new_first, new_second];
            block.accepted += 1;
        }
        if let Some(iteration) = burning {
            // Robbins and Monro: towards three accepted of ten, by ever smaller steps.
            let chance = log_odds.min(0.0).exp();
            *scale *= ((chance - 0.3) / (1.0 + iteration as f64).sqrt()).exp();
            *scale = scale.clamp(0.005, 2.0);
        }
    }

    /// The log likelihood of an item's ballots at new cutpoints less that at the present ones.
    fn log_ratio(&self, item: usize, now: [f64; 2], then: [f64; 2], scratch: &mut Scratch) -> f64 {
        let mut sum = 0.0;
        let mut start = 0;
        for &roll in &self.responses.items[item] {
            let (_, [yes, abstain, no]) = self
                .responses
                .ballots_of(&self.responses.rolls[roll as usize]);
            for (count, k, sign) in [
                (yes.len(), Some(0), 1.0),
                (abstain.len(), None, 1.0),
                (no.len(), Some(1), -1.0),
            ] {
                let mean = start..start + count;
                start += count;
                if count > 0 {
                    sum += self.log_ratio_of(mean, k, sign, now, then, scratch);
                }
            }
        }
        sum
    }

    fn log_ratio_of(
        &self,
        mean: Range<usize>,
        k: Option<usize>,
        sign: f64,
        now: [f64; 2],
        then: [f64; 2],
        scratch: &mut Scratch,
    ) -> f64 {
        let Scratch {
            mean: means,
            now: old,
            high,
            then: new,
        } = scratch;
        let means = &means[mean];
        for (values, cutpoints) in [(&mut *old, now), (&mut *new, then)] {
            values.clear();
            match k {
                Some(k) => {
                    values.extend(means.iter().map(|m| sign * (cutpoints[k] - m)));
                    self.level.run(Probabilities(values));
                }
                None => {
                    high.clear();
                    high.extend(means.iter().map(|m| cutpoints[1] - m));
                    values.extend(means.iter().map(|m| cutpoints[0] - m));
                    self.level.run(Intervals(values, high));
                }
            }
        }
        // Products of few ratios cannot overflow; logarithms of each would cost more than all the rest.
        let products = old.chunks(16).zip(new.chunks(16));
        products
            .map(|(old, new)| {
                let ratio: f64 = old
                    .iter()
                    .zip(new)
                    .map(|(old, new)| new.max(1e-290) / old.max(1e-290))
                    .product();
                ratio.ln()
            })
            .sum()
    }

    /// Draws the latent responses to an item and, given them, its discrimination.
    fn draw_latent(
        &self,
        item: usize,
        theta: &[f64],
        [first, second]: [f64; 2],
        block: &mut Block,
        latent: &mut [f64],
    ) -> f64 {
        let Block { rng, scratch, .. } = block;
        let (mut squares, mut products) = (self.discrimination_precision, 0.0);
        let mut at = 0;
        for &roll in &self.responses.items[item] {
            let (base, voters) = self
                .responses
                .ballots_of(&self.responses.rolls[roll as usize]);
            for (category, list) in voters.into_iter().enumerate() {
                for &place in list {
                    let mean = scratch.mean[at];
                    let draw = match category {
                        0 => mean + truncated::below(rng, first - mean),
                        1 => mean + truncated::between(rng, first - mean, second - mean),
                        _ => mean - truncated::below(rng, mean - second),
                    };
                    let position = theta[base + usize::from(place)];
                    latent[at] = draw;
                    squares += position * position;
                    products += position * draw;
                    at += 1;
                }
            }
        }
        let noise: f64 = StandardNormal.sample(rng);
        products / squares + noise / squares.sqrt()
    }

    /// For each state-session the sums of discrimination times latent response, and of squared discriminations.
    pub(crate) fn position_sums(&self, items: &Items, latent: &[f64]) -> Vec<[f64; 2]> {
        let mut sums = vec![[0.0; 2]; self.responses.cells.len()];
        let mut parts = Vec::with_capacity(self.responses.sessions.len());
        let mut rest = &mut sums[..];
        let mut rolls = &self.responses.rolls[..];
        let mut number = 0;
        for (session, bounds) in (0u32..).zip(self.responses.session_starts.windows(2)) {
            let (part, after) = rest.split_at_mut(bounds[1] - bounds[0]);
            rest = after;
            let (own, later) =
                rolls.split_at(rolls.partition_point(|roll| roll.session <= session));
            rolls = later;
            parts.push((number, own, part));
            number += own.len();
        }
        parts
            .into_par_iter()
            .with_max_len(1)
            .for_each(|(number, rolls, part)| {
                for (roll, start) in rolls.iter().zip(&self.latent_starts[number..]) {
                    let discrimination = items.discrimination[roll.item as usize];
                    let [first, .., end] = roll.bounds.map(|bound| bound as usize);
                    let voters = &self.responses.voters[first..end];
                    for (&place, latent) in voters.iter().zip(&latent[*start..]) {
                        let [product, squares] = &mut part[usize::from(place)];
                        *product += discrimination * latent;
                        *squares += discrimination * discrimination;
                    }
                }
            });
        sums
    }
}
