//! Decisiveness by sampling, with its uncertainty.

use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

use super::Estimate;
use super::game::Game;

/// The normal quantile of a two-sided 95 % interval.
const Z: f64 = 1.959_963_984_540_054;

/// Samples that share a stream of random numbers: the result does not depend on the number of threads.
const BATCH: u64 = 4096;

/// Batches whose sums are kept at once.
const AT_ONCE: u64 = 64;

/// Sums over samples, for each class: of the share of its members that were decisive (`share`), its
/// square, its product with the number of all decisive members (`total`); and of `total` itself.
#[derive(Clone, Default)]
struct Moments {
    samples: u64,
    share: Vec<f64>,
    square: Vec<f64>,
    product: Vec<f64>,
    total: f64,
    total_square: f64,
    wins: u64,
}

impl Moments {
    fn new(classes: usize) -> Self {
        Self {
            share: vec![0.0; classes],
            square: vec![0.0; classes],
            product: vec![0.0; classes],
            ..Self::default()
        }
    }

    fn merge(mut self, other: &Self) -> Self {
        let lists = [
            (&mut self.share, &other.share),
            (&mut self.square, &other.square),
            (&mut self.product, &other.product),
        ];
        for (sum, more) in lists {
            for (sum, more) in sum.iter_mut().zip(more) {
                *sum += more;
            }
        }
        self.samples += other.samples;
        self.total += other.total;
        self.total_square += other.total_square;
        self.wins += other.wins;
        self
    }

    fn see(&mut self, decisive: &[u32], counts: &[f64], wins: bool) {
        let total: f64 = decisive.iter().map(|n| f64::from(*n)).sum();
        for (class, (n, count)) in decisive.iter().zip(counts).enumerate() {
            if *n == 0 {
                continue;
            }
            let share = f64::from(*n) / count;
            self.share[class] += share;
            self.square[class] += share * share;
            self.product[class] += share * total;
        }
        self.samples += 1;
        self.total += total;
        self.total_square += total * total;
        self.wins += u64::from(wins);
    }
}

/// Members as a random order meets them.
struct Electorate<'g> {
    game: &'g Game,
    /// The class of every member.
    class: Vec<usize>,
    weights: Vec<&'g [u128]>,
    counts: Vec<f64>,
}

impl<'g> Electorate<'g> {
    fn new(game: &'g Game) -> Self {
        let mut class = Vec::new();
        let mut weights = Vec::new();
        let mut counts = Vec::new();
        for (number, of_class) in game.active_classes().enumerate() {
            let members = of_class.members.len();
            class.extend(std::iter::repeat_n(number, members));
            weights.push(of_class.weights.as_slice());
            counts.push(members as f64);
        }
        Self {
            game,
            class,
            weights,
            counts,
        }
    }

    fn sample(
        &self,
        samples: u64,
        seed: u64,
        one: impl Fn(&mut ChaCha8Rng, &mut Moments) + Sync,
    ) -> Moments {
        let of_batch = |batch: u64| {
            let mut random = ChaCha8Rng::seed_from_u64(seed);
            random.set_stream(batch);
            let mut moments = Moments::new(self.counts.len());
            for _ in 0..BATCH.min(samples - batch * BATCH) {
                one(&mut random, &mut moments);
            }
            moments
        };
        let batches = samples.div_ceil(BATCH);
        let mut all = Moments::new(self.counts.len());
        for first in (0..batches).step_by(AT_ONCE as usize) {
            let last = (first + AT_ONCE).min(batches);
            let found: Vec<_> = (first..last).into_par_iter().map(of_batch).collect();
            all = found.iter().fold(all, Moments::merge);
        }
        all
    }

    /// A coalition that each member joins with probability one half.
    fn coalition(&self, random: &mut ChaCha8Rng, moments: &mut Moments) {
        let classes = self.counts.len();
        let mut inside = vec![0u32; classes];
        let mut sums = vec![0u128; self.game.measures.len()];
        for members in self.class.chunks(64) {
            let mut bits = random.next_u64();
            for class in members {
                if bits & 1 == 1 {
                    inside[*class] += 1;
                    add(&mut sums, self.weights[*class]);
                }
                bits >>= 1;
            }
        }
        let wins = self.game.formula.holds(&sums);
        let mut decisive = vec![0u32; classes];
        let mut changed = sums.clone();
        for class in 0..classes {
            for (changed, (sum, weight)) in
                changed.iter_mut().zip(sums.iter().zip(self.weights[class]))
            {
                *changed = if wins {
                    sum.saturating_sub(*weight)
                } else {
                    sum + weight
                };
            }
            let outside = self.counts[class] as u32 - inside[class];
            let may = if wins { inside[class] } else { outside };
            if may > 0 && self.game.formula.holds(&changed) != wins {
                decisive[class] = may;
            }
        }
        moments.see(&decisive, &self.counts, wins);
    }

    /// An order of all members, in which one of them makes the coalition of those before it win.
    fn order(&self, random: &mut ChaCha8Rng, moments: &mut Moments) {
        let mut order = self.class.clone();
        order.shuffle(random);
        let mut sums = vec![0u128; self.game.measures.len()];
        for class in order {
            add(&mut sums, self.weights[class]);
            if self.game.formula.holds(&sums) {
                let mut decisive = vec![0u32; self.counts.len()];
                decisive[class] = 1;
                moments.see(&decisive, &self.counts, true);
                return;
            }
        }
    }
}

fn add(sums: &mut [u128], weights: &[u128]) {
    for (sum, weight) in sums.iter_mut().zip(weights) {
        *sum += weight;
    }
}

/// The Banzhaf indices, absolute and normalised, of each class, and the chance of adoption.
pub(super) fn banzhaf(
    game: &Game,
    samples: u64,
    seed: u64,
) -> (Vec<Estimate>, Vec<Estimate>, Estimate) {
    let electorate = Electorate::new(game);
    let moments = electorate.sample(samples, seed, |random, moments| {
        electorate.coalition(random, moments);
    });
    let classes = 0..electorate.counts.len();
    let absolute = classes.clone().map(|class| mean(&moments, class)).collect();
    let normalised = classes.map(|class| ratio(&moments, class)).collect();
    let wins = moments.wins as f64;
    (absolute, normalised, from_sums(wins, wins, samples as f64))
}

/// The Shapley-Shubik index of each class.
pub(super) fn shapley_shubik(game: &Game, samples: u64, seed: u64) -> Vec<Estimate> {
    let electorate = Electorate::new(game);
    let moments = electorate.sample(samples, seed, |random, moments| {
        electorate.order(random, moments);
    });
    let classes = 0..electorate.counts.len();
    classes.map(|class| mean(&moments, class)).collect()
}

fn mean(moments: &Moments, class: usize) -> Estimate {
    from_sums(
        moments.share[class],
        moments.square[class],
        moments.samples as f64,
    )
}

/// A mean with a normal interval; where nothing was seen, the interval ends where seeing nothing has a
/// chance of 2.5 % (Hanley and Lippman-Hand 1983).
fn from_sums(sum: f64, squares: f64, samples: f64) -> Estimate {
    let value = sum / samples;
    let variance = (squares / samples - value * value).max(0.0) / samples;
    let half = Z * variance.sqrt() + unseen(sum, samples);
    Estimate::between(value, half)
}

fn unseen(sum: f64, samples: f64) -> f64 {
    if sum > 0.0 { 0.0 } else { 40f64.ln() / samples }
}

/// The ratio of two means with the interval of the delta method.
fn ratio(moments: &Moments, class: usize) -> Estimate {
    let samples = moments.samples as f64;
    let total = moments.total / samples;
    if total == 0.0 {
        return Estimate {
            value: 0.0,
            lower: 0.0,
            upper: 1.0,
        };
    }
    let value = moments.share[class] / moments.total;
    let residual = (moments.square[class] - 2.0 * value * moments.product[class]
        + value * value * moments.total_square)
        / samples;
    let half = Z * (residual.max(0.0) / samples).sqrt() / total
        + unseen(moments.share[class], samples) / total;
    Estimate::between(value, half)
}
