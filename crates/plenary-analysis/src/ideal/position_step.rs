//! The ideal points given the items: one step for every state's history.

use rayon::prelude::*;

use super::chain::Chain;
use super::kernels::{OneSided, TwoSided};
use super::model::{Dynamics, Items, Ties, Uncertainty};
use super::responses::Responses;
use crate::level::Level;

/// What a pass over the ballots says about each state-session. `w` is the curvature of a ballot's log likelihood.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Evidence {
    /// Slope of the log likelihood in the position.
    pub(crate) slope: f64,
    /// `Σ w E β²`: the information about the position.
    pub(crate) information: f64,
    /// `Σ w Var β`, and the same times the centre of each item: uncertain items pull positions towards their centre.
    pub(crate) uncertain: f64,
    pub(crate) pull: f64,
    /// `Σ E β²`: the information if the latent responses were known.
    pub(crate) complete: f64,
    /// `Σ w² β² Var(β θ - γ)`: variance of the slope that comes from not knowing the items.
    pub(crate) noise: f64,
}

/// What the step needs besides positions and items.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PositionStep<'a> {
    pub(crate) responses: &'a Responses,
    pub(crate) ties: &'a Ties,
    pub(crate) level: Level,
}

#[derive(Debug, Default)]
struct Scratch {
    low: Vec<f64>,
    high: Vec<f64>,
}

#[derive(Clone, Copy, Debug)]
struct Item {
    discrimination: f64,
    cutpoints: [f64; 2],
    uncertainty: Uncertainty,
}

impl Item {
    /// Adds a ballot of slope `slope` (in the latent mean) and curvature `weight` of a state at `position`.
    #[inline(always)]
    fn add(&self, own: &mut Evidence, position: f64, slope: f64, weight: f64) {
        let Uncertainty {
            slope: variance,
            centre,
            level,
        } = self.uncertainty;
        let square = self.discrimination * self.discrimination;
        let uncertain = weight * variance;
        let away = position - centre;
        own.slope += self.discrimination * slope;
        own.information += weight * square + uncertain;
        own.uncertain += uncertain;
        own.pull += uncertain * centre;
        own.complete += square + variance;
        own.noise += weight * weight * square * (variance * away * away + level);
    }
}

impl PositionStep<'_> {
    /// Sums the evidence of all ballots, one session beside another.
    pub(crate) fn evidence(&self, theta: &[f64], items: &Items, evidence: &mut [Evidence]) {
        let mut parts = Vec::with_capacity(self.responses.sessions.len());
        let mut rest = evidence;
        let mut rolls = &self.responses.rolls[..];
        for (session, bounds) in (0u32..).zip(self.responses.session_starts.windows(2)) {
            let (part, after) = rest.split_at_mut(bounds[1] - bounds[0]);
            rest = after;
            let (own, later) =
                rolls.split_at(rolls.partition_point(|roll| roll.session <= session));
            rolls = later;
            parts.push((bounds[0], own, part));
        }
        parts.into_par_iter().with_max_len(1).for_each_init(
            Scratch::default,
            |scratch, (base, rolls, part)| {
                part.fill(Evidence::default());
                let theta = &theta[base..base + part.len()];
                for roll in rolls {
                    let at = roll.item as usize;
                    let item = Item {
                        discrimination: items.discrimination[at],
                        cutpoints: items.cutpoints[at],
                        uncertainty: items.uncertainty[at],
                    };
                    let (_, voters) = self.responses.ballots_of(roll);
                    self.add_voting(part, scratch, theta, voters, item);
                    self.add_abstaining(part, scratch, theta, voters[1], item);
                }
            },
        );
    }

    fn add_voting(
        &self,
        part: &mut [Evidence],
        Scratch { low, high }: &mut Scratch,
        theta: &[f64],
        [yes, _, no]: [&[u16]; 3],
        item: Item,
    ) {
        for (list, k, sign) in [(yes, 0, 1.0), (no, 1, -1.0)] {
            let place = |&place: &u16| theta[usize::from(place)];
            low.clear();
            low.extend(
                list.iter()
                    .map(|p| sign * (item.cutpoints[k] - item.discrimination * place(p))),
            );
            high.clone_from(low);
            self.level.run(OneSided(high));
            for ((p, &x), &slope) in list.iter().zip(&*low).zip(&*high) {
                let own = &mut part[usize::from(*p)];
                item.add(own, place(p), -sign * slope, slope * (slope + x));
            }
        }
    }

    fn add_abstaining(
        &self,
        part: &mut [Evidence],
        Scratch { low, high }: &mut Scratch,
        theta: &[f64],
        abstain: &[u16],
        item: Item,
    ) {
        let place = |&place: &u16| theta[usize::from(place)];
        let bound = |k: usize, p: &u16| item.cutpoints[k] - item.discrimination * place(p);
        low.clear();
        high.clear();
        low.extend(abstain.iter().map(|p| bound(0, p)));
        high.extend(abstain.iter().map(|p| bound(1, p)));
        self.level.run(TwoSided(low, high));
        for ((p, &at_low), &at_high) in abstain.iter().zip(&*low).zip(&*high) {
            let difference = at_high - at_low;
            let weight = difference * difference + at_high * bound(1, p) - at_low * bound(0, p);
            item.add(&mut part[usize::from(*p)], place(p), -difference, weight);
        }
    }

    /// Moves every position by the step of expectation maximisation with latent responses, and sets the variances.
    ///
    /// The size of this step is that of the published sampler's conditional means; the scale is fixed after
    /// it, as there, and the fixed point depends on the two together.
    pub(crate) fn run(&self, theta: &mut [f64], spread: &mut [f64], evidence: &[Evidence]) {
        match self.ties.dynamics {
            Dynamics::Published { .. } => self.forward(theta, spread, evidence),
            Dynamics::RandomWalk { .. } | Dynamics::Static => {
                self.both_ways(theta, spread, evidence)
            }
        }
    }

    fn forward(&self, theta: &mut [f64], spread: &mut [f64], evidence: &[Evidence]) {
        for history in &self.ties.histories {
            for k in 0..history.len() {
                let at = history[k] as usize;
                let centre = self.ties.centre(history, k, theta);
                let tie = self.ties.precision[at];
                let own = &evidence[at];
                spread[at] = 1.0 / (own.information + tie);
                theta[at] += (data_slope(own, theta[at]) - tie * (theta[at] - centre))
                    / (own.complete + tie);
            }
        }
    }

    fn both_ways(&self, theta: &mut [f64], spread: &mut [f64], evidence: &[Evidence]) {
        let mut chain = Chain::default();
        let [mut diagonal, mut below, mut step] = [Vec::new(), Vec::new(), Vec::new()];
        let [mut variances, mut covariances] = [Vec::new(), Vec::new()];
        for history in &self.ties.histories {
            self.ties.matrix(
                history,
                |at| evidence[at].information,
                &mut diagonal,
                &mut below,
            );
            chain.factor(&diagonal, &below);
            chain.inverse(&mut variances, &mut covariances);
            for (&at, &variance) in history.iter().zip(&variances) {
                spread[at as usize] = variance;
            }
            self.ties.matrix(
                history,
                |at| evidence[at].complete,
                &mut diagonal,
                &mut below,
            );
            chain.factor(&diagonal, &below);
            step.clear();
            step.extend((0..history.len()).map(|k| {
                let at = history[k] as usize;
                data_slope(&evidence[at], theta[at]) + self.ties.slope(history, k, theta)
            }));
            chain.solve(&mut step);
            for (&at, step) in history.iter().zip(&step) {
                theta[at as usize] += step;
            }
        }
    }

    /// The standard deviation of every ideal point: that of its own posterior, and what not knowing the items adds to
    /// first order.
    pub(crate) fn deviations(&self, evidence: &[Evidence]) -> Vec<f64> {
        let mut deviations = vec![0.0; evidence.len()];
        let mut chain = Chain::default();
        let [mut diagonal, mut below, mut column] = [Vec::new(), Vec::new(), Vec::new()];
        for history in &self.ties.histories {
            let information = |at: usize| evidence[at].information - evidence[at].uncertain;
            self.ties
                .matrix(history, information, &mut diagonal, &mut below);
            chain.factor(&diagonal, &below);
            for k in 0..history.len() {
                column.clear();
                column.resize(history.len(), 0.0);
                column[k] = 1.0;
                chain.solve(&mut column);
                let from_items: f64 = history
                    .iter()
                    .zip(&column)
                    .map(|(&at, c)| c * c * evidence[at as usize].noise)
                    .sum();
                deviations[history[k] as usize] = (column[k] + from_items).sqrt();
            }
        }
        deviations
    }
}

fn data_slope(own: &Evidence, position: f64) -> f64 {
    own.slope - own.uncertain * position + own.pull
}
