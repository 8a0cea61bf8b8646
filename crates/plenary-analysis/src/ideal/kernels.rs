//! The loops in which estimation spends its time.

use super::normal::{slope_one_sided, slopes_two_sided};
use crate::level::Kernel;

/// Replaces each `x` by `φ(x) / Φ(x)`.
pub(crate) struct OneSided<'a>(pub(crate) &'a mut [f64]);

impl Kernel for OneSided<'_> {
    type Output = ();

    #[inline(always)]
    fn run<const FUSED: bool>(self) {
        for value in self.0 {
            *value = slope_one_sided::<FUSED>(*value);
        }
    }
}

/// Replaces each interval `(a, b)` by the two densities over the interval's probability.
pub(crate) struct TwoSided<'a>(pub(crate) &'a mut [f64], pub(crate) &'a mut [f64]);

impl Kernel for TwoSided<'_> {
    type Output = ();

    #[inline(always)]
    fn run<const FUSED: bool>(self) {
        for (a, b) in self.0.iter_mut().zip(self.1) {
            (*a, *b) = slopes_two_sided::<FUSED>(*a, *b);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::level::Level;

    #[test]
    fn every_level_gives_what_the_portable_loop_gives() {
        let inputs: Vec<f64> = (-120..=120).map(|i| f64::from(i) * 0.17).collect();
        let upper: Vec<f64> = inputs.iter().map(|x| x + 0.4).collect();
        let run = |level: Level| {
            let (mut one, mut low, mut high) = (inputs.clone(), inputs.clone(), upper.clone());
            level.run(OneSided(&mut one));
            level.run(TwoSided(&mut low, &mut high));
            [one, low, high].concat()
        };
        for (slow, fast) in run(Level::Portable).iter().zip(run(Level::detect())) {
            assert!(
                (slow - fast).abs() <= 1e-11 * slow.abs().max(1e-300),
                "{slow} {fast}"
            );
        }
    }
}
