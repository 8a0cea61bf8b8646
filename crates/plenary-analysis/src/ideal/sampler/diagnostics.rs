//! Whether chains have mixed: R-hat and effective sample size.

/// R-hat of split chains (Gelman and others, Bayesian Data Analysis, 3rd edition, 2013, section 11.4): the square root of
/// the pooled over the mean within-chain variance, each chain cut in two. 1 when all agree; not a number with fewer than
/// four draws a chain.
///
/// ```
/// use plenary_analysis::ideal::r_hat;
///
/// let still: Vec<f64> = (0..100).map(|i| f64::from(i * 37 % 100)).collect();
/// let moved: Vec<f64> = still.iter().map(|x| x + 500.0).collect();
/// assert!(r_hat(&[&still, &still]) < 1.05);
/// assert!(r_hat(&[&still, &moved]) > 2.0);
/// ```
#[must_use]
pub fn r_hat(chains: &[&[f64]]) -> f64 {
    let halves = halves(chains);
    let Some((within, between, length)) = variances(&halves) else {
        return f64::NAN;
    };
    if within == 0.0 {
        return if between == 0.0 { 1.0 } else { f64::INFINITY };
    }
    (((length - 1.0) / length * within + between / length) / within).sqrt()
}

/// Effective sample size of split chains: draws over one plus twice the sum of their autocorrelations, cut where pairs of
/// autocorrelations turn negative (Geyer 1992; Gelman and others 2013, section 11.5).
///
/// ```
/// use plenary_analysis::ideal::effective_sample_size;
///
/// // Each draw repeated ten times is worth a tenth.
/// let draws: Vec<f64> = (0..1000u32).map(|i| f64::from((i / 10).wrapping_mul(2_654_435_761) >> 16)).collect();
/// let effective = effective_sample_size(&[&draws]);
/// assert!(effective > 60.0 && effective < 180.0, "{effective}");
/// ```
#[must_use]
pub fn effective_sample_size(chains: &[&[f64]]) -> f64 {
    let halves = halves(chains);
    let Some((within, between, length)) = variances(&halves) else {
        return f64::NAN;
    };
    let total = length * halves.len() as f64;
    let pooled = (length - 1.0) / length * within + between / length;
    if pooled == 0.0 {
        return total;
    }
    let correlation = |lag: usize| 1.0 - variogram(&halves, lag) / (2.0 * pooled);
    let mut sum = 0.0;
    let mut lag = 1;
    while lag + 1 < length as usize {
        let pair = correlation(lag) + correlation(lag + 1);
        if pair < 0.0 {
            break;
        }
        sum += pair;
        lag += 2;
    }
    total / (1.0 + 2.0 * sum)
}

fn halves<'a>(chains: &[&'a [f64]]) -> Vec<&'a [f64]> {
    let shortest = chains.iter().map(|chain| chain.len()).min().unwrap_or(0) / 2;
    chains
        .iter()
        .flat_map(|chain| {
            let (first, second) = chain.split_at(chain.len() / 2);
            [&first[..shortest], &second[..shortest]]
        })
        .collect()
}

/// Mean variance within, variance between times length, and length of the chains.
fn variances(chains: &[&[f64]]) -> Option<(f64, f64, f64)> {
    let length = chains.first().map_or(0, |chain| chain.len());
    if length < 2 || chains.len() < 2 {
        return None;
    }
    let n = length as f64;
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let variance = |values: &[f64]| {
        let centre = mean(values);
        values.iter().map(|x| (x - centre).powi(2)).sum::<f64>() / (values.len() as f64 - 1.0)
    };
    let means: Vec<f64> = chains.iter().map(|chain| mean(chain)).collect();
    let within: Vec<f64> = chains.iter().map(|chain| variance(chain)).collect();
    Some((mean(&within), n * variance(&means), n))
}

fn variogram(chains: &[&[f64]], lag: usize) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0);
    for chain in chains {
        for (a, b) in chain.iter().zip(&chain[lag..]) {
            sum += (a - b).powi(2);
            count += 1.0;
        }
    }
    sum / f64::max(count, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn independent_draws_count_in_full_and_correlated_ones_less() {
        use rand::{RngExt, SeedableRng};
        let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(3);
        let noise: Vec<f64> = (0..4_000).map(|_| rng.random::<f64>() - 0.5).collect();
        let effective = effective_sample_size(&[&noise[..2_000], &noise[2_000..]]);
        assert!((3_200.0..=4_800.0).contains(&effective), "{effective}");
        // An autoregression with coefficient 0.9 is worth (1 - 0.9) / (1 + 0.9) of its draws.
        let mut last = 0.0;
        let walk: Vec<f64> = noise
            .iter()
            .map(|x| {
                last = 0.9 * last + x;
                last
            })
            .collect();
        let effective = effective_sample_size(&[&walk]);
        assert!((100.0..=420.0).contains(&effective), "{effective}");
    }

    #[test]
    fn too_few_draws_have_no_diagnosis() {
        assert!(r_hat(&[&[1.0, 2.0]]).is_nan());
        assert!(effective_sample_size(&[]).is_nan());
    }
}
