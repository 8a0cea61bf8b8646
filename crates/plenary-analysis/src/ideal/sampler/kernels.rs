//! The loops in which sampling spends its time.

use crate::ideal::normal::{INV_SQRT_TAU, exp_nonpositive, mills};
use crate::level::Kernel;

/// `Φ(x)`, never quite zero.
#[inline(always)]
fn probability<const FUSED: bool>(x: f64) -> f64 {
    let t = x.abs();
    let tail = INV_SQRT_TAU * exp_nonpositive::<FUSED>(-0.5 * t * t) * mills::<FUSED>(t);
    if x > 0.0 { 1.0 - tail } else { tail }
}

/// `Φ(b) - Φ(a)` for `a < b`, taken on the left where it loses least.
#[inline(always)]
fn interval<const FUSED: bool>(a: f64, b: f64) -> f64 {
    let reflected = a + b > 0.0;
    let low = if reflected { -b } else { a };
    let high = if reflected { -a } else { b };
    let mass = probability::<FUSED>(high) - probability::<FUSED>(low);
    if mass > 1e-300 { mass } else { 1e-300 }
}

/// Replaces each `x` by `Φ(x)`.
pub(super) struct Probabilities<'a>(pub(super) &'a mut [f64]);

impl Kernel for Probabilities<'_> {
    type Output = ();

    #[inline(always)]
    fn run<const FUSED: bool>(self) {
        for value in self.0 {
            *value = probability::<FUSED>(*value);
        }
    }
}

/// Replaces each lower bound of an interval `(a, b)` by `Φ(b) - Φ(a)`.
pub(super) struct Intervals<'a>(pub(super) &'a mut [f64], pub(super) &'a [f64]);

impl Kernel for Intervals<'_> {
    type Output = ();

    #[inline(always)]
    fn run<const FUSED: bool>(self) {
        for (a, b) in self.0.iter_mut().zip(self.1) {
            *a = interval::<FUSED>(*a, *b);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ideal::normal;
    use crate::level::Level;

    #[test]
    fn every_level_gives_what_the_distribution_function_gives() {
        let inputs: Vec<f64> = (-120..=120).map(|i| f64::from(i) * 0.17).collect();
        let upper: Vec<f64> = inputs.iter().map(|x| x + 0.4).collect();
        for level in [Level::Portable, Level::detect()] {
            let (mut sums, mut masses) = (inputs.clone(), inputs.clone());
            level.run(Probabilities(&mut sums));
            level.run(Intervals(&mut masses, &upper));
            for (x, (sum, mass)) in inputs.iter().zip(sums.iter().zip(&masses)) {
                let expected = [normal::cdf(*x), normal::ln_interval(*x, x + 0.4).exp()];
                for (found, expected) in [*sum, *mass].into_iter().zip(expected) {
                    let off = (found - expected).abs();
                    assert!(
                        off <= 1e-11 * expected.abs().max(1e-290),
                        "{x}: {found} {expected}"
                    );
                }
            }
        }
    }
}
