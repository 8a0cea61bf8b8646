//! Draws from a standard normal distribution cut off on one or both sides.

use rand::Rng;
use rand::RngExt;
use rand_distr::{Distribution, Exp1, StandardNormal};

/// A draw below `bound`.
pub(crate) fn below(rng: &mut impl Rng, bound: f64) -> f64 {
    if bound > -0.4 {
        // At least a third of plain draws are accepted.
        loop {
            let draw: f64 = StandardNormal.sample(rng);
            if draw < bound {
                return draw;
            }
        }
    }
    -tail(rng, -bound)
}

/// A draw above `bound > 0`: Robert's exponential proposal (Statistics and Computing 5, 1995).
fn tail(rng: &mut impl Rng, bound: f64) -> f64 {
    let rate = 0.5 * (bound + (bound * bound + 4.0).sqrt());
    loop {
        let exponential: f64 = Exp1.sample(rng);
        let draw = bound + exponential / rate;
        let away = draw - rate;
        if rng.random::<f64>() < (-0.5 * away * away).exp() {
            return draw;
        }
    }
}

/// A draw between `low` and `high`, where `low < high`.
pub(crate) fn between(rng: &mut impl Rng, low: f64, high: f64) -> f64 {
    if low > 0.0 {
        return -left_of_zero(rng, -high, -low);
    }
    if high < 0.0 {
        return left_of_zero(rng, low, high);
    }
    if high - low > 2.0 {
        loop {
            let draw: f64 = StandardNormal.sample(rng);
            if draw > low && draw < high {
                return draw;
            }
        }
    }
    uniform(rng, low, high, 0.0)
}

/// A draw between two negative bounds.
fn left_of_zero(rng: &mut impl Rng, low: f64, high: f64) -> f64 {
    // Where the density falls much over the interval, the tail proposal is the better one.
    if (high - low) * -high > 1.0 {
        loop {
            let draw = below(rng, high);
            if draw > low {
                return draw;
            }
        }
    }
    uniform(rng, low, high, high)
}

/// Uniform proposals against the density relative to its greatest, at `peak`.
fn uniform(rng: &mut impl Rng, low: f64, high: f64, peak: f64) -> f64 {
    loop {
        let draw = low + (high - low) * rng.random::<f64>();
        if rng.random::<f64>() < (0.5 * (peak - draw) * (peak + draw)).exp() {
            return draw;
        }
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    use super::*;
    use crate::ideal::normal;

    /// The mean of a normal cut off at both ends.
    fn mean(low: f64, high: f64) -> f64 {
        let (at_low, at_high) = normal::slopes_two_sided::<false>(low, high);
        at_low - at_high
    }

    #[test]
    fn draws_have_the_mean_of_the_cut_distribution_and_stay_inside() {
        let mut rng = ChaCha8Rng::seed_from_u64(7);
        let bounds = [
            (-900.0, 2.0),
            (-900.0, -0.3),
            (-900.0, -3.0),
            (-900.0, -9.0),
            (-0.2, 0.3),
            (-3.0, 4.0),
            (1.0, 1.2),
            (1.0, 6.0),
            (-7.0, -4.0),
            (8.0, 8.01),
        ];
        for (low, high) in bounds {
            let count = 20_000;
            let sum: f64 = (0..count)
                .map(|_| {
                    let draw = if low < -800.0 {
                        below(&mut rng, high)
                    } else {
                        between(&mut rng, low, high)
                    };
                    assert!(draw >= low && draw <= high);
                    draw
                })
                .sum();
            let found = sum / f64::from(count);
            // Four standard errors of a distribution no wider than the whole.
            let allowed = 4.0 * (high - low).min(1.0) / f64::from(count).sqrt();
            assert!(
                (found - mean(low, high)).abs() < allowed,
                "{low} {high}: {found}"
            );
        }
    }
}
