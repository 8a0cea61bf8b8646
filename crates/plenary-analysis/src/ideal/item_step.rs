//! The items given the ideal points: one Newton step for every item.
//!
//! With the latent responses integrated out and the log likelihood expanded to second order about the means, an item's
//! part of the objective is its ordinal probit likelihood at the mean positions, less half the sum of
//! `w · (β² Var θ + Var(β θ - γ))`, where `w` is the curvature of each ballot's log likelihood, and its prior. It is
//! concave in discrimination and cutpoints, so Newton's rule goes at once where expectation maximisation
//! with latent responses goes by many small steps.

use rayon::prelude::*;

use super::kernels::{OneSided, TwoSided};
use super::model::{Items, Occurring, Uncertainty};
use super::responses::Responses;
use crate::level::Level;

/// What the step needs besides the items.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ItemStep<'a> {
    pub(crate) responses: &'a Responses,
    pub(crate) occurring: &'a [Occurring],
    pub(crate) level: Level,
    pub(crate) discrimination_precision: f64,
    pub(crate) cutpoint_precision: f64,
}

/// Sums over an item's ballots.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    /// Slope of the log likelihood in (discrimination, first, second cutpoint).
    gradient: [f64; 3],
    /// Its negative second derivatives: dd, d1, d2, 11, 12, 22.
    information: [f64; 6],
    /// Curvature times variance of the position.
    spread: f64,
}

/// Buffers that a thread reuses.
#[derive(Debug, Default)]
struct Scratch {
    position: Vec<f64>,
    spread: Vec<f64>,
    low: Vec<f64>,
    high: Vec<f64>,
}

impl Scratch {
    fn gather(&mut self, (theta, spread): (&[f64], &[f64]), list: &[u16]) {
        self.position.clear();
        self.spread.clear();
        self.position
            .extend(list.iter().map(|&place| theta[usize::from(place)]));
        self.spread
            .extend(list.iter().map(|&place| spread[usize::from(place)]));
    }
}

impl ItemStep<'_> {
    /// Moves every item by one Newton step, and says how well it is known.
    pub(crate) fn run(&self, theta: &[f64], spread: &[f64], items: &mut Items) {
        let Items {
            discrimination,
            cutpoints,
            uncertainty,
        } = items;
        discrimination
            .par_iter_mut()
            .zip(cutpoints)
            .zip(uncertainty)
            .enumerate()
            .with_min_len(32)
            .for_each_init(Scratch::default, |scratch, (item, ((d, c), u))| {
                let sums = self.sums(item, (theta, spread), (*d, *c), scratch);
                *u = self.step(&sums, self.occurring[item], d, c);
            });
    }

    fn sums(
        &self,
        item: usize,
        (theta, spread): (&[f64], &[f64]),
        (discrimination, cutpoints): (f64, [f64; 2]),
        scratch: &mut Scratch,
    ) -> Sums {
        let mut sums = Sums::default();
        for &roll in &self.responses.items[item] {
            let (base, voters) = self
                .responses
                .ballots_of(&self.responses.rolls[roll as usize]);
            let positions = (&theta[base..], &spread[base..]);
            self.add_voting(
                &mut sums,
                scratch,
                positions,
                voters,
                discrimination,
                cutpoints,
            );
            self.add_abstaining(
                &mut sums,
                scratch,
                positions,
                voters[1],
                discrimination,
                cutpoints,
            );
        }
        sums
    }

    fn step(
        &self,
        sums: &Sums,
        occurring: Occurring,
        discrimination: &mut f64,
        cutpoints: &mut [f64; 2],
    ) -> Uncertainty {
        let mut sums = *sums;
        let [squares, along_first, along_second, i11, i12, i22] = sums.information;
        let weight = i11 + 2.0 * i12 + i22;
        let centre = -(along_first + along_second) / weight;
        let precision = self.discrimination_precision + sums.spread;
        let uncertainty = Uncertainty {
            slope: 1.0 / (precision + squares - weight * centre * centre),
            centre,
            level: 1.0 / (weight + self.cutpoint_precision),
        };
        sums.gradient[0] -= precision * *discrimination;
        sums.information[0] += precision;
        self.add_cutpoint_priors(&mut sums, *cutpoints, occurring);
        let [d, first, second] = newton(&sums, occurring);
        *discrimination += d.clamp(-1.0, 1.0);
        move_cutpoints(cutpoints, first, second, occurring);
        uncertainty
    }

    fn add_cutpoint_priors(&self, sums: &mut Sums, cutpoints: [f64; 2], occurring: Occurring) {
        // Two cutpoints that coincide have one prior.
        let share = if occurring.abstain { 1.0 } else { 0.5 };
        for (k, at, exists) in [(0, 3, occurring.yes), (1, 5, occurring.no)] {
            if exists {
                sums.gradient[k + 1] -= share * self.cutpoint_precision * cutpoints[k];
                sums.information[at] += share * self.cutpoint_precision;
            }
        }
    }

    /// Adds those who said yes and no: one bound each.
    fn add_voting(
        &self,
        sums: &mut Sums,
        scratch: &mut Scratch,
        positions: (&[f64], &[f64]),
        [yes, _, no]: [&[u16]; 3],
        discrimination: f64,
        cutpoints: [f64; 2],
    ) {
        for (list, k, sign) in [(yes, 0, 1.0), (no, 1, -1.0)] {
            if list.is_empty() {
                continue;
            }
            scratch.gather(positions, list);
            scratch.low.clear();
            scratch.low.extend(
                scratch
                    .position
                    .iter()
                    .map(|x| sign * (cutpoints[k] - discrimination * x)),
            );
            scratch.high.clone_from(&scratch.low);
            self.level.run(OneSided(&mut scratch.high));
            let one = sums_one_sided(scratch);
            sums.gradient[k + 1] += sign * one[0];
            sums.gradient[0] -= sign * one[1];
            sums.information[if k == 0 { 3 } else { 5 }] += one[2];
            sums.information[k + 1] -= one[3];
            sums.information[0] += one[4];
            sums.spread += one[5];
        }
    }

    /// Adds those who abstained: two bounds.
    fn add_abstaining(
        &self,
        sums: &mut Sums,
        scratch: &mut Scratch,
        positions: (&[f64], &[f64]),
        abstain: &[u16],
        discrimination: f64,
        cutpoints: [f64; 2],
    ) {
        if abstain.is_empty() {
            return;
        }
        scratch.gather(positions, abstain);
        let Scratch {
            position,
            spread,
            low,
            high,
        } = scratch;
        let bound = |k: usize, x: &f64| cutpoints[k] - discrimination * x;
        low.clear();
        high.clear();
        low.extend(position.iter().map(|x| bound(0, x)));
        high.extend(position.iter().map(|x| bound(1, x)));
        self.level.run(TwoSided(low, high));
        let slopes = low.iter().zip(&*high);
        for ((x, spread), (&at_low, &at_high)) in position.iter().zip(spread).zip(slopes) {
            let one = at_low * (at_low - bound(0, x));
            let two = at_high * (at_high + bound(1, x));
            let both = -at_low * at_high;
            let (first, second) = (one + both, two + both);
            sums.gradient[0] += (at_low - at_high) * x;
            sums.gradient[1] -= at_low;
            sums.gradient[2] += at_high;
            sums.information[0] += (first + second) * x * x;
            sums.information[1] -= first * x;
            sums.information[2] -= second * x;
            sums.information[3] += one;
            sums.information[4] += both;
            sums.information[5] += two;
            sums.spread += (first + second) * *spread;
        }
    }
}

/// Sums of slope `s`, `s · position`, of the weight `s (s + x)` times the powers 0 to 2 of position, and times its
/// variance.
///
/// Eight sums of each run side by side: one alone would wait for its own additions.
fn sums_one_sided(scratch: &Scratch) -> [f64; 6] {
    const LANES: usize = 8;
    let mut sums = [[0.0; LANES]; 6];
    let parts = scratch
        .position
        .chunks(LANES)
        .zip(scratch.spread.chunks(LANES))
        .zip(scratch.low.chunks(LANES))
        .zip(scratch.high.chunks(LANES));
    for (((position, spread), argument), slope) in parts {
        let mut add = |lanes: usize| {
            for lane in 0..lanes {
                let weight = slope[lane] * (slope[lane] + argument[lane]);
                let along = weight * position[lane];
                sums[0][lane] += slope[lane];
                sums[1][lane] += slope[lane] * position[lane];
                sums[2][lane] += weight;
                sums[3][lane] += along;
                sums[4][lane] += along * position[lane];
                sums[5][lane] += weight * spread[lane];
            }
        };
        // A constant count lets the compiler unroll.
        if slope.len() == LANES {
            add(LANES)
        } else {
            add(slope.len())
        }
    }
    sums.map(|lanes| lanes.iter().sum())
}

/// The Newton step; coordinates that an item does not have stay where they are.
fn newton(sums: &Sums, occurring: Occurring) -> [f64; 3] {
    let [gd, g1, g2] = sums.gradient;
    let [dd, d1, d2, i11, i12, i22] = sums.information;
    match (occurring.yes, occurring.abstain, occurring.no) {
        (true, true, true) => solve3([[dd, d1, d2], [d1, i11, i12], [d2, i12, i22]], [gd, g1, g2]),
        (true, true, false) => {
            let [d, first] = solve2([[dd, d1], [d1, i11]], [gd, g1]);
            [d, first, 0.0]
        }
        (false, true, true) => {
            let [d, second] = solve2([[dd, d2], [d2, i22]], [gd, g2]);
            [d, 0.0, second]
        }
        // One cutpoint between yes and no. (An item needs two choices; with one, nothing is left to move.)
        _ => {
            let [d, both] = solve2(
                [[dd, d1 + d2], [d1 + d2, i11 + 2.0 * i12 + i22]],
                [gd, g1 + g2],
            );
            [d, both, both]
        }
    }
}

fn solve2([[a, b], [_, c]]: [[f64; 2]; 2], [x, y]: [f64; 2]) -> [f64; 2] {
    let determinant = a * c - b * b;
    [(c * x - b * y) / determinant, (a * y - b * x) / determinant]
}

/// Solves a symmetric positive definite system by `L D Lᵀ`.
fn solve3(m: [[f64; 3]; 3], v: [f64; 3]) -> [f64; 3] {
    let l10 = m[1][0] / m[0][0];
    let l20 = m[2][0] / m[0][0];
    let d1 = m[1][1] - l10 * m[1][0];
    let e = m[2][1] - l20 * m[1][0];
    let l21 = e / d1;
    let d2 = m[2][2] - l20 * m[2][0] - l21 * e;
    let y1 = v[1] - l10 * v[0];
    let y2 = v[2] - l20 * v[0] - l21 * y1;
    let x2 = y2 / d2;
    let x1 = y1 / d1 - l21 * x2;
    [v[0] / m[0][0] - l10 * x1 - l20 * x2, x1, x2]
}

/// Moves the cutpoints by at most 1, and never past each other.
fn move_cutpoints(cutpoints: &mut [f64; 2], first: f64, second: f64, occurring: Occurring) {
    let (mut first, mut second) = (first.clamp(-1.0, 1.0), second.clamp(-1.0, 1.0));
    let gap = cutpoints[1] - cutpoints[0];
    let closing = first - second;
    if occurring.abstain && closing > 0.8 * gap {
        first *= 0.8 * gap / closing;
        second *= 0.8 * gap / closing;
    }
    cutpoints[0] += first;
    cutpoints[1] += second;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_systems_are_solved() {
        let m = [[4.0, 1.0, -0.5], [1.0, 3.0, 0.7], [-0.5, 0.7, 2.0]];
        let x = solve3(m, [1.0, 2.0, 3.0]);
        for (row, expected) in m.iter().zip([1.0, 2.0, 3.0]) {
            let found: f64 = row.iter().zip(x).map(|(a, b)| a * b).sum();
            assert!((found - expected).abs() < 1e-12);
        }
        let [x, y] = solve2([[4.0, 1.0], [1.0, 3.0]], [1.0, 2.0]);
        assert!((4.0 * x + y - 1.0).abs() < 1e-12 && (x + 3.0 * y - 2.0).abs() < 1e-12);
    }

    #[test]
    fn cutpoints_never_cross() {
        let all = Occurring {
            yes: true,
            abstain: true,
            no: true,
        };
        let mut cutpoints = [0.0, 0.1];
        move_cutpoints(&mut cutpoints, 5.0, -5.0, all);
        assert!(cutpoints[0] < cutpoints[1]);
    }
}
