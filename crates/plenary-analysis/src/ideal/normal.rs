//! The standard normal distribution as ordinal models need it: ratios of densities to probabilities,
//! without overflow or cancellation in the tails, written so that compilers vectorise them.
//!
//! Everything rests on the Mills ratio `R(t) = (1 - Φ(t)) / φ(t)` for `t >= 0`. `(1 + t) R(t)` is smooth on the
//! whole half line and is approximated by a polynomial in `(t - 4.5) / (t + 4.5)` (the change of variable of
//! Shepherd and Laframboise, Mathematics of Computation 36, 1981), fitted at Chebyshev nodes: the
//! relative error of the ratio stays below 1e-14.

/// `1 / sqrt(2 π)`.
pub(crate) const INV_SQRT_TAU: f64 = 0.398_942_280_401_432_7;
const LN_SQRT_TAU: f64 = 0.918_938_533_204_672_8;

/// Coefficients of `(1 + t) R(t)` in powers of `(t - 4.5) / (t + 4.5)`.
const MILLS: [f64; 21] = [
    1.169_138_192_431_175_7,
    -0.236_767_982_559_033_1,
    0.059_765_449_641_094_58,
    0.047_432_066_214_498_48,
    -0.076_143_573_781_799_9,
    0.056_690_683_397_366_33,
    -0.026_547_914_095_829_944,
    0.006_796_084_492_215_338,
    0.000_298_930_741_424_192_6,
    -0.000_884_835_079_911_363_6,
    0.000_177_845_681_817_197_82,
    8.478_098_493_465_328e-5,
    -3.732_468_153_121_004_5e-5,
    -8.922_528_547_572_03e-6,
    6.367_203_515_509_345e-6,
    1.228_539_774_615_455_7e-6,
    -1.039_897_054_738_503_4e-6,
    -1.921_653_886_256_535_6e-7,
    1.484_911_695_115_441_7e-7,
    2.004_634_643_526_515e-8,
    -1.307_623_278_989_922_2e-8,
];

/// Taylor coefficients of the exponential, highest power first: exact to the last place on ±ln 2 / 2.
const EXP: [f64; 13] = [
    1.0 / 479_001_600.0,
    1.0 / 39_916_800.0,
    1.0 / 3_628_800.0,
    1.0 / 362_880.0,
    1.0 / 40_320.0,
    1.0 / 5_040.0,
    1.0 / 720.0,
    1.0 / 120.0,
    1.0 / 24.0,
    1.0 / 6.0,
    0.5,
    1.0,
    1.0,
];

/// `a * b + c`, fused where the caller was compiled for a processor that has the instruction: without it
/// `mul_add` is a slow library call.
#[inline(always)]
fn fma<const FUSED: bool>(a: f64, b: f64, c: f64) -> f64 {
    if FUSED { a.mul_add(b, c) } else { a * b + c }
}

/// `exp(x)` for `x <= 0`; below -708 it stays at `exp(-708)`, which no sum here can tell from zero.
#[inline(always)]
pub(crate) fn exp_nonpositive<const FUSED: bool>(x: f64) -> f64 {
    // Adding 1.5 * 2^52 rounds to an integer and leaves it in the low bits.
    const ROUND: f64 = 6_755_399_441_055_744.0;
    const LN2_HIGH: f64 = 0.693_147_180_369_123_8;
    const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;
    let x = if x < -708.0 { -708.0 } else { x };
    let rounded = fma::<FUSED>(x, std::f64::consts::LOG2_E, ROUND);
    let power = rounded - ROUND;
    let rest = fma::<FUSED>(power, -LN2_LOW, fma::<FUSED>(power, -LN2_HIGH, x));
    let mut sum = EXP[0];
    for &coefficient in &EXP[1..] {
        sum = fma::<FUSED>(sum, rest, coefficient);
    }
    sum * f64::from_bits(rounded.to_bits().wrapping_add(1023) << 52)
}

/// The Mills ratio `(1 - Φ(t)) / φ(t)` for `t >= 0`.
#[inline(always)]
pub(crate) fn mills<const FUSED: bool>(t: f64) -> f64 {
    let u = (t - 4.5) / (t + 4.5);
    let mut sum = MILLS[20];
    for &coefficient in MILLS[..20].iter().rev() {
        sum = fma::<FUSED>(sum, u, coefficient);
    }
    sum / (1.0 + t)
}

/// `φ(x) / Φ(x)`: the slope of `ln Φ` at `x`.
#[inline(always)]
pub(crate) fn slope_one_sided<const FUSED: bool>(x: f64) -> f64 {
    let t = x.abs();
    let ratio = mills::<FUSED>(t);
    let density = INV_SQRT_TAU * exp_nonpositive::<FUSED>(-0.5 * t * t);
    let (above, below) = (density, 1.0);
    let numerator = if x > 0.0 { above } else { below };
    let denominator = if x > 0.0 {
        1.0 - density * ratio
    } else {
        ratio
    };
    numerator / denominator
}

/// The exponential of an exponent within ±0.05.
#[inline(always)]
fn exp_near_zero<const FUSED: bool>(x: f64) -> f64 {
    let mut sum = EXP[4];
    for &coefficient in &EXP[5..] {
        sum = fma::<FUSED>(sum, x, coefficient);
    }
    sum
}

/// The width below which the difference of two probabilities loses more than its expansion.
const NARROW: f64 = 1e-3;

/// `φ(a) / P` and `φ(b) / P` with `P = Φ(b) - Φ(a)`, for `a < b`.
///
/// The interval is reflected so that it lies to the left as far as it can; both densities are taken relative to
/// that of the bound nearer to zero, so nothing underflows. Narrow intervals use the expansion
/// about their middle.
#[inline(always)]
pub(crate) fn slopes_two_sided<const FUSED: bool>(a: f64, b: f64) -> (f64, f64) {
    let reflected = a + b > 0.0;
    let low = if reflected { -b } else { a };
    let high = if reflected { -a } else { b };
    // |low| >= |high|, so the density at `high` is the greater one.
    let relative = exp_nonpositive::<FUSED>(0.5 * (high - low) * (high + low));
    let (t_low, t_high) = (low.abs(), high.abs());
    let (r_low, r_high) = (mills::<FUSED>(t_low), mills::<FUSED>(t_high));
    let density_high = INV_SQRT_TAU * exp_nonpositive::<FUSED>(-0.5 * t_high * t_high);
    // P / φ(high)
    let left = r_high - relative * r_low;
    let astride = 1.0 / density_high - r_high - relative * r_low;
    let width = b - a;
    let middle = 0.5 * (low + high);
    let narrow = width * fma::<FUSED>(middle * middle - 1.0, width * width / 24.0, 1.0);
    let narrow = narrow * exp_near_zero::<FUSED>(0.5 * (high - middle) * (high + middle));
    let mass = if high > 0.0 { astride } else { left };
    let mass = if width < NARROW { narrow } else { mass };
    let at_high = 1.0 / mass;
    let at_low = relative / mass;
    if reflected {
        (at_high, at_low)
    } else {
        (at_low, at_high)
    }
}

/// `ln Φ(x)`.
pub(crate) fn ln_cdf(x: f64) -> f64 {
    let t = x.abs();
    let ratio = mills::<false>(t);
    if x > 0.0 {
        (-INV_SQRT_TAU * (-0.5 * t * t).exp() * ratio).ln_1p()
    } else {
        ratio.ln() - 0.5 * t * t - LN_SQRT_TAU
    }
}

/// `ln(Φ(b) - Φ(a))` for `a < b`; either may be infinite.
pub(crate) fn ln_interval(a: f64, b: f64) -> f64 {
    if a == f64::NEG_INFINITY {
        return ln_cdf(b);
    }
    if b == f64::INFINITY {
        return ln_cdf(-a);
    }
    // slope = φ(high) / P at the bound nearer to zero.
    let (at_low, at_high) = slopes_two_sided::<false>(a, b);
    let (bound, slope) = if a + b > 0.0 {
        (a, at_low)
    } else {
        (b, at_high)
    };
    -0.5 * bound * bound - LN_SQRT_TAU - slope.ln()
}

/// The standard normal distribution function.
pub(crate) fn cdf(x: f64) -> f64 {
    let tail = INV_SQRT_TAU * (-0.5 * x * x).exp() * mills::<false>(x.abs());
    if x > 0.0 { 1.0 - tail } else { tail }
}

/// The standard normal quantile, for `0 < p < 1`: a starting value refined by Halley's rule to full precision.
pub(crate) fn quantile(p: f64) -> f64 {
    if p > 0.5 {
        return -quantile(1.0 - p);
    }
    // Abramowitz and Stegun 26.2.23, within 4.5e-4.
    let t = (-2.0 * p.max(f64::MIN_POSITIVE).ln()).sqrt();
    let mut x = (2.515_517 + t * (0.802_853 + t * 0.010_328))
        / (1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308)))
        - t;
    for _ in 0..3 {
        let step = (cdf(x) - p) / (INV_SQRT_TAU * (-0.5 * x * x).exp());
        x -= step / (1.0 + 0.5 * x * step);
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    // Values of scipy.special: ndtr, log_ndtr, ndtri.
    const CDF: [(f64, f64, f64); 6] = [
        (-30.0, 4.906_713_927_147_908e-198, -454.321_243_956_343_27),
        (-5.0, 2.866_515_718_791_933e-7, -15.064_998_393_988_725),
        (-0.5, 0.308_537_538_725_986_9, -1.175_911_761_593_618_8),
        (0.0, 0.5, -std::f64::consts::LN_2),
        (1.5, 0.933_192_798_731_141_9, -0.069_143_455_612_233_99),
        (6.0, 0.999_999_999_013_412_4, -9.865_876_455_243_72e-10),
    ];

    fn close(found: f64, expected: f64, tolerance: f64) {
        let error = (found - expected).abs() / expected.abs().max(1e-300);
        assert!(
            error < tolerance,
            "{found} for {expected}, off by {error:e}"
        );
    }

    #[test]
    fn probabilities_and_logarithms_agree_with_another_library() {
        for (x, p, ln_p) in CDF {
            close(cdf(x), p, 1e-13);
            close(ln_cdf(x), ln_p, 1e-12);
            if (1e-100..0.99).contains(&p) {
                assert!((quantile(p) - x).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn slopes_are_densities_over_probabilities() {
        for x in [-30.0, -8.0, -1.0, -0.1, 0.0, 0.1, 2.0, 8.0] {
            let expected = (-0.5 * x * x - LN_SQRT_TAU - ln_cdf(x)).exp();
            close(slope_one_sided::<false>(x), expected, 1e-12);
            close(slope_one_sided::<true>(x), expected, 1e-12);
        }
    }

    #[test]
    fn slopes_of_an_interval_agree_with_the_difference_of_probabilities() {
        for (a, b) in [
            (-2.0, -1.0),
            (-1.0, 0.5),
            (-0.3, 2.0),
            (1.0, 1.25),
            (-4.0, 5.0),
        ] {
            let mass = cdf(b) - cdf(a);
            let density = |x: f64| INV_SQRT_TAU * (-0.5 * x * x).exp();
            let (low, high) = slopes_two_sided::<true>(a, b);
            close(low, density(a) / mass, 1e-12);
            close(high, density(b) / mass, 1e-12);
            assert!((ln_interval(a, b) - mass.ln()).abs() < 1e-13);
        }
    }

    #[test]
    fn narrow_and_distant_intervals_lose_no_precision() {
        for (a, width) in [(-6.0, 9.9e-4), (0.4, 9.9e-4), (2.0, 9.9e-4)] {
            let inside = slopes_two_sided::<true>(a, a + width);
            let outside = slopes_two_sided::<true>(a, a + width * 1.02);
            // The slope falls as 1 / width: no jump where the expansion takes over.
            close(inside.0 / outside.0, 1.02, 1e-4);
        }
        let (low, high) = slopes_two_sided::<true>(30.0, 31.0);
        close(low, slope_one_sided::<true>(-30.0), 1e-10);
        assert!(high < 1e-10);
        assert!(ln_interval(35.0, 36.0).is_finite());
    }
}
