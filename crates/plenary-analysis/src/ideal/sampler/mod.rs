//! [`Gibbs`]: the sampler.

mod diagnostics;
mod item_draw;
mod kernels;
mod truncated;

use std::sync::atomic::{AtomicUsize, Ordering};

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};
use rayon::prelude::*;

use super::chain::Chain;
use super::em::{Em, Progress};
use super::estimates::{self, Convergence, Estimates, IdealError, Model, Raw, Sampling};
use super::model::{self, Dynamics, Items, Ties};
use super::responses::Responses;
use crate::level::Level;
use item_draw::{Block, ItemDraw};

pub use diagnostics::{effective_sample_size, r_hat};

/// The sampler of Bailey, Strezhnev and Voeten (2017): positions, latent responses and discriminations by Gibbs steps,
/// cutpoints by Metropolis steps with the latent responses integrated out, the scale fixed at mean 0 and variance 1
/// after every draw of positions.
///
/// Chains start at the variational estimates with noise of a standard deviation of 0.3, each with its own, and run in
/// parallel. Cutpoint steps adapt during the burn-in only. The same seed gives the same draws on any number of
/// threads (on processors of different kinds up to rounding).
///
/// ```
/// use plenary_analysis::ideal::{Gibbs, ItemRules, ResponsesBuilder};
/// use plenary_types::Choice::{Abstain, No, Yes};
///
/// let mut builder = ResponsesBuilder::default();
/// for (state, choices) in [("USA", [No, No, Abstain]), ("GBR", [Abstain, No, Yes]), ("CUB", [Yes, Yes, Yes])] {
///     for (vote, choice) in ["1", "2", "3"].into_iter().zip(choices) {
///         builder.add(state, 73, vote, choice, 0)?;
///     }
/// }
/// let responses = builder.build(ItemRules::default())?;
/// let sampler = Gibbs::default().with_burn_in(100).with_draws(200);
/// let estimates = sampler.fit(&responses)?;
/// assert_eq!(estimates, sampler.fit(&responses)?);
/// let usa = estimates.history("USA").next().unwrap();
/// assert!(usa.ideal > 0.0 && usa.lower < usa.ideal && usa.ideal < usa.upper);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Gibbs {
    /// What the ballots are modelled with. [`Model::cutpoint_sd`] is not used: cutpoints have the published prior, uniform
    /// from -7 to 7.
    pub model: Model,
    /// Independent chains.
    pub chains: usize,
    /// Iterations of each chain before draws are kept.
    pub burn_in: usize,
    /// Draws kept in each chain.
    pub draws: usize,
    /// Iterations for each draw kept.
    pub thin: usize,
    /// The seed.
    pub seed: u64,
}

impl Default for Gibbs {
    fn default() -> Self {
        Self {
            model: Model::default(),
            chains: 2,
            burn_in: 1_000,
            draws: 500,
            thin: 4,
            seed: 1,
        }
    }
}

impl Gibbs {
    /// The sampler for a model.
    #[must_use]
    pub fn new(model: Model) -> Self {
        Self {
            model,
            ..Self::default()
        }
    }

    /// Another number of chains.
    #[must_use]
    pub const fn with_chains(mut self, chains: usize) -> Self {
        self.chains = chains;
        self
    }

    /// Another burn-in.
    #[must_use]
    pub const fn with_burn_in(mut self, iterations: usize) -> Self {
        self.burn_in = iterations;
        self
    }

    /// Another number of draws kept in each chain.
    #[must_use]
    pub const fn with_draws(mut self, draws: usize) -> Self {
        self.draws = draws;
        self
    }

    /// Another number of iterations for each draw kept.
    #[must_use]
    pub const fn with_thinning(mut self, iterations: usize) -> Self {
        self.thin = iterations;
        self
    }

    /// Another seed.
    #[must_use]
    pub const fn with_seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Samples.
    ///
    /// # Errors
    ///
    /// [`IdealError`] when the anchor did not vote or an option is out of range.
    pub fn fit(&self, responses: &Responses) -> Result<Estimates, IdealError> {
        self.fit_watched(responses, &|_| {})
    }

    /// As [`Gibbs::fit`], telling `watch` of every iteration of any chain.
    ///
    /// # Errors
    ///
    /// As [`Gibbs::fit`].
    pub fn fit_watched(
        &self,
        responses: &Responses,
        watch: &(dyn Fn(Progress) + Sync),
    ) -> Result<Estimates, IdealError> {
        self.check()?;
        let anchor = self.model.anchor.resolve(&responses.states)?;
        let occurring = model::occurring(responses);
        let start = Em::new(self.model.clone()).with_tolerance(1e-4).raw(
            responses,
            &occurring,
            anchor.0,
            &mut |_| {},
        );
        let ties = Ties::new(responses, self.model.dynamics);
        let iterations = self.burn_in + self.draws * self.thin;
        let done = AtomicUsize::new(0);
        let tick = || {
            watch(Progress {
                iteration: done.fetch_add(1, Ordering::Relaxed) + 1,
                of: iterations * self.chains,
                change: None,
            });
        };
        let runs: Vec<Run> = (0..self.chains)
            .into_par_iter()
            .map(|chain| self.run(responses, &ties, &start, chain, &tick))
            .collect();
        let raw = self.summarise(responses, &ties, &runs);
        Ok(raw.finish(responses, &occurring, &self.model, anchor))
    }

    fn check(&self) -> Result<(), IdealError> {
        self.model.check()?;
        for (option, value) in [
            ("chains", self.chains),
            ("draws", self.draws),
            ("thin", self.thin),
        ] {
            estimates::positive(option, value as f64)?;
        }
        Ok(())
    }

    fn run(
        &self,
        responses: &Responses,
        ties: &Ties,
        start: &Raw,
        chain: usize,
        tick: &(impl Fn() + Sync),
    ) -> Run {
        let mut walk = Walk::new(responses, ties, &self.model, start, (self.seed, chain));
        let mut run = Run::new(responses);
        for iteration in 0..self.burn_in + self.draws * self.thin {
            let burning = iteration < self.burn_in;
            walk.iterate(burning.then_some(iteration));
            if !burning {
                run.count(&walk);
                if (iteration - self.burn_in) % self.thin == self.thin - 1 {
                    run.draws.extend(walk.theta.iter().map(|&x| x as f32));
                }
            }
            tick();
        }
        run
    }

    fn summarise(&self, responses: &Responses, ties: &Ties, runs: &[Run]) -> Raw {
        let mean =
            |select: &dyn Fn(&Run) -> f64| runs.iter().map(select).sum::<f64>() / runs.len() as f64;
        let items = Items {
            discrimination: (0..responses.items.len())
                .map(|item| mean(&|run| run.discriminations[item].mean))
                .collect(),
            cutpoints: (0..responses.items.len())
                .map(|item| [0, 1].map(|k| mean(&|run| run.cutpoints[item][k].mean)))
                .collect(),
            // Only positions that are estimated rest on it.
            uncertainty: Vec::new(),
        };
        let discrimination_sd = (0..responses.items.len())
            .map(|item| mean(&|run| run.discriminations[item].variance()).sqrt())
            .collect();
        let summaries: Vec<Summary> = (0..responses.cells.len())
            .into_par_iter()
            .map(|cell| Summary::of(runs, cell, responses.cells.len(), self.model.level))
            .collect();
        let theta: Vec<f64> = summaries.iter().map(|s| s.mean).collect();
        let (log_likelihood, objective) =
            estimates::objective(responses, ties, &self.model, &theta, &items);
        let worst = |values: Vec<f64>| {
            let mut sorted = values;
            sorted.sort_by(f64::total_cmp);
            let middle = sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN);
            (
                sorted.first().copied().unwrap_or(f64::NAN),
                middle,
                sorted.last().copied().unwrap_or(f64::NAN),
            )
        };
        let (_, middle_r_hat, greatest) = worst(summaries.iter().map(|s| s.r_hat).collect());
        let (least, middle_draws, _) = worst(summaries.iter().map(|s| s.effective).collect());
        let proposals: f64 = runs.iter().map(|run| run.proposals).sum();
        Raw {
            sd: summaries.iter().map(|s| s.sd).collect(),
            intervals: Some(summaries.iter().map(|s| s.interval).collect()),
            theta,
            items,
            discrimination_sd,
            convergence: Convergence {
                iterations: self.burn_in + self.draws * self.thin,
                converged: greatest <= GREATEST_R_HAT,
                criterion: format!("R-hat of every position at most {GREATEST_R_HAT}"),
                value: greatest,
                log_likelihood,
                objective,
                sampling: Some(Sampling {
                    seed: self.seed,
                    chains: self.chains,
                    burn_in: self.burn_in,
                    draws: self.draws,
                    r_hat: [greatest, middle_r_hat],
                    effective_draws: [least, middle_draws],
                    acceptance: runs.iter().map(|run| run.accepted).sum::<f64>()
                        / proposals.max(1.0),
                }),
            },
        }
    }
}

/// The usual bound (Gelman and others 2013).
const GREATEST_R_HAT: f64 = 1.1;

/// Published: positions are kept within these.
const FARTHEST: f64 = 5.0;

/// What is known of a chain's draws.
struct Run {
    draws: Vec<f32>,
    positions: Vec<Moments>,
    discriminations: Vec<Moments>,
    cutpoints: Vec<[Moments; 2]>,
    accepted: f64,
    proposals: f64,
}

impl Run {
    fn new(responses: &Responses) -> Self {
        Self {
            draws: Vec::new(),
            positions: vec![Moments::default(); responses.cells.len()],
            discriminations: vec![Moments::default(); responses.items.len()],
            cutpoints: vec![[Moments::default(); 2]; responses.items.len()],
            accepted: 0.0,
            proposals: 0.0,
        }
    }

    fn count(&mut self, walk: &Walk<'_>) {
        for (moments, &x) in self.positions.iter_mut().zip(&walk.theta) {
            moments.add(x);
        }
        for (moments, &x) in self
            .discriminations
            .iter_mut()
            .zip(&walk.items.discrimination)
        {
            moments.add(x);
        }
        for (moments, cutpoints) in self.cutpoints.iter_mut().zip(&walk.items.cutpoints) {
            moments[0].add(cutpoints[0]);
            moments[1].add(cutpoints[1]);
        }
        self.accepted += walk.accepted as f64;
        self.proposals += walk.items.discrimination.len() as f64;
    }
}

/// Mean and variance of a stream (Welford 1962).
#[derive(Clone, Copy, Debug, Default)]
struct Moments {
    count: f64,
    mean: f64,
    squares: f64,
}

impl Moments {
    fn add(&mut self, x: f64) {
        self.count += 1.0;
        let away = x - self.mean;
        self.mean += away / self.count;
        self.squares += away * (x - self.mean);
    }

    fn variance(&self) -> f64 {
        if self.count > 1.0 {
            self.squares / (self.count - 1.0)
        } else {
            0.0
        }
    }
}

/// One position over all chains.
struct Summary {
    mean: f64,
    sd: f64,
    interval: [f64; 2],
    r_hat: f64,
    effective: f64,
}

impl Summary {
    fn of(runs: &[Run], cell: usize, cells: usize, level: f64) -> Self {
        let chains: Vec<Vec<f64>> = runs
            .iter()
            .map(|run| {
                run.draws
                    .iter()
                    .skip(cell)
                    .step_by(cells)
                    .map(|&x| f64::from(x))
                    .collect()
            })
            .collect();
        let slices: Vec<&[f64]> = chains.iter().map(Vec::as_slice).collect();
        let count = runs.len() as f64;
        let mean = runs.iter().map(|run| run.positions[cell].mean).sum::<f64>() / count;
        let between = runs
            .iter()
            .map(|run| (run.positions[cell].mean - mean).powi(2))
            .sum::<f64>()
            / count;
        let within = runs
            .iter()
            .map(|run| run.positions[cell].variance())
            .sum::<f64>()
            / count;
        let mut pooled = chains.concat();
        pooled.sort_by(f64::total_cmp);
        let tail = 0.5 * (1.0 - level);
        Self {
            mean,
            sd: (within + between).sqrt(),
            interval: [quantile(&pooled, tail), quantile(&pooled, 1.0 - tail)],
            r_hat: r_hat(&slices),
            effective: effective_sample_size(&slices),
        }
    }
}

/// The quantile of sorted values, between neighbours in proportion.
fn quantile(sorted: &[f64], p: f64) -> f64 {
    let at = p * (sorted.len().saturating_sub(1)) as f64;
    let below = at.floor();
    let value = |at: f64| sorted.get(at as usize).copied().unwrap_or(f64::NAN);
    let low = value(below);
    if at > below {
        low + (at - below) * (value(below + 1.0) - low)
    } else {
        low
    }
}

impl Chain {
    /// Turns independent standard normal numbers into a draw with the inverse matrix as covariance.
    fn correlate(&self, noise: &mut [f64]) {
        for (value, pivot) in noise.iter_mut().zip(&self.pivots) {
            *value /= pivot.sqrt();
        }
        self.back(noise);
    }
}

/// One chain under way.
struct Walk<'a> {
    responses: &'a Responses,
    ties: &'a Ties,
    items_step: ItemDraw<'a>,
    theta: Vec<f64>,
    items: Items,
    /// Proposal scale of each item's cutpoints.
    scales: Vec<f64>,
    latent: Vec<f64>,
    blocks: Vec<Block>,
    rng: ChaCha8Rng,
    accepted: usize,
}

impl<'a> Walk<'a> {
    fn new(
        responses: &'a Responses,
        ties: &'a Ties,
        model: &Model,
        start: &Raw,
        (seed, chain): (u64, usize),
    ) -> Self {
        let items_step =
            ItemDraw::new(responses, Level::detect(), model.discrimination_sd.powi(-2));
        // One stream for positions and one for each block of items, apart for every chain.
        let stream = (chain as u64) << 32;
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(stream);
        let mut theta: Vec<f64> = start
            .theta
            .iter()
            .map(|x| {
                let noise: f64 = StandardNormal.sample(&mut rng);
                x + 0.3 * noise
            })
            .collect();
        model::standardise(&mut theta, &mut [], None);
        let mut items = start.items.clone();
        for cutpoints in &mut items.cutpoints {
            item_draw::inside(cutpoints);
        }
        let blocks = items_step.blocks(seed, stream);
        let mut walk = Self {
            responses,
            ties,
            latent: vec![0.0; responses.voters.len()],
            scales: vec![0.1; responses.items.len()],
            items_step,
            theta,
            items,
            blocks,
            rng,
            accepted: 0,
        };
        walk.draw_items(None);
        walk
    }

    fn iterate(&mut self, burning: Option<usize>) {
        self.draw_positions();
        self.draw_items(burning);
    }

    fn draw_items(&mut self, burning: Option<usize>) {
        self.accepted = self.items_step.run(
            &self.theta,
            &mut self.items,
            &mut self.scales,
            &mut self.latent,
            &mut self.blocks,
            burning,
        );
    }

    fn draw_positions(&mut self) {
        let sums = self.items_step.position_sums(&self.items, &self.latent);
        match self.ties.dynamics {
            Dynamics::Published { .. } => self.draw_forward(&sums),
            Dynamics::RandomWalk { .. } | Dynamics::Static => self.draw_both_ways(&sums),
        }
        for x in &mut self.theta {
            *x = x.clamp(-FARTHEST, FARTHEST);
        }
        model::standardise(&mut self.theta, &mut [], None);
    }

    fn draw_forward(&mut self, sums: &[[f64; 2]]) {
        let before = self.theta.clone();
        for history in &self.ties.histories {
            for k in 0..history.len() {
                let at = history[k] as usize;
                let tie = self.ties.precision[at];
                let variance = 1.0 / (sums[at][1] + tie);
                let centre = self.ties.centre(history, k, &before);
                let noise: f64 = StandardNormal.sample(&mut self.rng);
                self.theta[at] = variance * (sums[at][0] + tie * centre) + variance.sqrt() * noise;
            }
        }
    }

    fn draw_both_ways(&mut self, sums: &[[f64; 2]]) {
        let mut chain = Chain::default();
        let [mut diagonal, mut below] = [Vec::new(), Vec::new()];
        let [mut mean, mut noise] = [Vec::new(), Vec::new()];
        for history in &self.ties.histories {
            self.ties
                .matrix(history, |at| sums[at][1], &mut diagonal, &mut below);
            chain.factor(&diagonal, &below);
            mean.clear();
            mean.extend(history.iter().map(|&at| sums[at as usize][0]));
            chain.solve(&mut mean);
            noise.clear();
            noise.extend(
                history
                    .iter()
                    .map(|_| -> f64 { StandardNormal.sample(&mut self.rng) }),
            );
            chain.correlate(&mut noise);
            for (&at, (mean, noise)) in history.iter().zip(mean.iter().zip(&noise)) {
                self.theta[at as usize] = mean + noise;
            }
        }
        debug_assert_eq!(self.theta.len(), self.responses.cells.len());
    }
}
