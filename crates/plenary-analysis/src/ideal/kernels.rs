//! The loops in which estimation spends its time, compiled for the processor at hand.
//!
//! This is the crate's only numeric module with `unsafe`: calling a function compiled for AVX-512 or AVX2 is
//! sound once the processor has been seen to have it, and that is all that happens here. The loops are
//! plain Rust; compilers vectorise them.
#![expect(
    unsafe_code,
    reason = "calls functions compiled for instructions that were detected; four times as fast"
)]

use super::normal::{interval, probability, slope_one_sided, slopes_two_sided};

/// Which instructions to use. The results differ by rounding only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Level {
    /// The best that this processor has.
    pub(crate) fn detect() -> Self {
        #[cfg(target_arch = "x86_64")]
        {
            let has_avx2 = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
            if has_avx2
                && is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vl")
            {
                return Self::Avx512;
            }
            if has_avx2 {
                return Self::Avx2;
            }
        }
        Self::Portable
    }

    /// Replaces each `x` by `φ(x) / Φ(x)`.
    pub(crate) fn one_sided(self, values: &mut [f64]) {
        match self {
            Self::Portable => one_sided::<false>(values),
            // SAFETY: a level is only made by `detect`, which saw the instructions.
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => unsafe { one_sided_avx2(values) },
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => unsafe { one_sided_avx512(values) },
        }
    }

    /// Replaces each interval `(a, b)` by the two densities over the interval's probability.
    pub(crate) fn two_sided(self, low: &mut [f64], high: &mut [f64]) {
        match self {
            Self::Portable => two_sided::<false>(low, high),
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => unsafe { two_sided_avx2(low, high) },
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => unsafe { two_sided_avx512(low, high) },
        }
    }

    /// Replaces each `x` by `Φ(x)`.
    pub(crate) fn probabilities(self, values: &mut [f64]) {
        match self {
            Self::Portable => probabilities::<false>(values),
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => unsafe { probabilities_avx2(values) },
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => unsafe { probabilities_avx512(values) },
        }
    }

    /// Replaces each lower bound of an interval `(a, b)` by `Φ(b) - Φ(a)`.
    pub(crate) fn intervals(self, low: &mut [f64], high: &[f64]) {
        match self {
            Self::Portable => intervals::<false>(low, high),
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => unsafe { intervals_avx2(low, high) },
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => unsafe { intervals_avx512(low, high) },
        }
    }
}

#[inline(always)]
fn probabilities<const FUSED: bool>(values: &mut [f64]) {
    for value in values {
        *value = probability::<FUSED>(*value);
    }
}

#[inline(always)]
fn intervals<const FUSED: bool>(low: &mut [f64], high: &[f64]) {
    for (a, b) in low.iter_mut().zip(high) {
        *a = interval::<FUSED>(*a, *b);
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn probabilities_avx2(values: &mut [f64]) {
    probabilities::<true>(values);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn intervals_avx2(low: &mut [f64], high: &[f64]) {
    intervals::<true>(low, high);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma,avx512f,avx512dq,avx512vl")]
fn probabilities_avx512(values: &mut [f64]) {
    probabilities::<true>(values);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma,avx512f,avx512dq,avx512vl")]
fn intervals_avx512(low: &mut [f64], high: &[f64]) {
    intervals::<true>(low, high);
}

#[inline(always)]
fn one_sided<const FUSED: bool>(values: &mut [f64]) {
    for value in values {
        *value = slope_one_sided::<FUSED>(*value);
    }
}

#[inline(always)]
fn two_sided<const FUSED: bool>(low: &mut [f64], high: &mut [f64]) {
    for (a, b) in low.iter_mut().zip(high) {
        (*a, *b) = slopes_two_sided::<FUSED>(*a, *b);
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn one_sided_avx2(values: &mut [f64]) {
    one_sided::<true>(values);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn two_sided_avx2(low: &mut [f64], high: &mut [f64]) {
    two_sided::<true>(low, high);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma,avx512f,avx512dq,avx512vl")]
fn one_sided_avx512(values: &mut [f64]) {
    one_sided::<true>(values);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma,avx512f,avx512dq,avx512vl")]
fn two_sided_avx512(low: &mut [f64], high: &mut [f64]) {
    two_sided::<true>(low, high);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_gives_what_the_portable_loop_gives() {
        let inputs: Vec<f64> = (-120..=120).map(|i| f64::from(i) * 0.17).collect();
        let mut portable = inputs.clone();
        Level::Portable.one_sided(&mut portable);
        let mut fast = inputs.clone();
        Level::detect().one_sided(&mut fast);
        let (mut low, mut high) = (
            inputs.clone(),
            inputs.iter().map(|x| x + 0.4).collect::<Vec<_>>(),
        );
        let (mut fast_low, mut fast_high) = (low.clone(), high.clone());
        Level::Portable.two_sided(&mut low, &mut high);
        Level::detect().two_sided(&mut fast_low, &mut fast_high);
        let mut sums = inputs.clone();
        let mut fast_sums = inputs.clone();
        Level::Portable.probabilities(&mut sums);
        Level::detect().probabilities(&mut fast_sums);
        let upper: Vec<f64> = inputs.iter().map(|x| x + 0.4).collect();
        let mut masses = inputs.clone();
        let mut fast_masses = inputs.clone();
        Level::Portable.intervals(&mut masses, &upper);
        Level::detect().intervals(&mut fast_masses, &upper);
        let pairs = [
            (portable, fast),
            (low, fast_low),
            (high, fast_high),
            (sums, fast_sums),
            (masses, fast_masses),
        ];
        for (slow, fast) in pairs {
            for (slow, fast) in slow.iter().zip(fast) {
                assert!(
                    (slow - fast).abs() <= 1e-11 * slow.abs().max(1e-300),
                    "{slow} {fast}"
                );
            }
        }
    }
}
