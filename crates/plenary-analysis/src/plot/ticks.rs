//! Values at which an axis has a line.

/// Round values in a range, so that there are at most so many.
pub(super) fn round_values((low, high): (f64, f64), most: f64) -> (Vec<f64>, usize) {
    let least = (high - low) / most.max(1.0);
    if !(least.is_finite() && least > 0.0) {
        return (vec![low], 0);
    }
    let magnitude = 10f64.powf(least.log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0].map(|factor| factor * magnitude);
    let step = steps.into_iter().find(|step| *step >= least * (1.0 - 1e-9));
    let step = step.unwrap_or(10.0 * magnitude);
    let decimals = (-(step.log10() + 1e-9).floor()).clamp(0.0, 9.0) as usize;
    (multiples((low, high), step), decimals)
}

/// Whole values in a range, multiples of a step of whole numbers, so that each is at least so far from the next.
pub(super) fn whole_values(range: (f64, f64), unit: f64, least: f64) -> Vec<f64> {
    if !least.is_finite() {
        return Vec::new();
    }
    let mut magnitude = unit;
    loop {
        let steps = [1.0, 2.0, 5.0].map(|factor| factor * magnitude);
        if let Some(step) = steps.into_iter().find(|step| *step >= least) {
            return multiples(range, step);
        }
        magnitude *= 10.0;
    }
}

fn multiples((low, high): (f64, f64), step: f64) -> Vec<f64> {
    let first = (low / step - 1e-9).ceil();
    let last = (high / step + 1e-9).floor();
    let count = (last - first).clamp(-1.0, 200.0) as i64;
    (0..=count).map(|n| (first + n as f64) * step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_round_and_few() {
        assert_eq!(
            round_values((0.0, 1.0), 6.0),
            (vec![0.0, 0.2, 0.4, 0.6000000000000001, 0.8, 1.0], 1)
        );
        assert_eq!(
            round_values((-2.3, 3.1), 6.0).0,
            [-2.0, -1.0, 0.0, 1.0, 2.0, 3.0]
        );
        assert_eq!(
            round_values((0.52, 0.58), 4.0),
            (vec![0.52, 0.54, 0.56, 0.58], 2)
        );
        assert_eq!(round_values((3.0, 3.0), 4.0).0, [3.0]);
    }

    #[test]
    fn years_are_whole() {
        assert_eq!(
            whole_values((1945.5, 1949.5), 1.0, 0.3),
            [1946.0, 1947.0, 1948.0, 1949.0]
        );
        assert_eq!(
            whole_values((1945.5, 2019.5), 1.0, 7.0),
            [1950.0, 1960.0, 1970.0, 1980.0, 1990.0, 2000.0, 2010.0]
        );
        assert_eq!(
            whole_values((1935.0, 1975.0), 10.0, 3.0),
            [1940.0, 1950.0, 1960.0, 1970.0]
        );
        assert!(whole_values((0.0, 1.0), 1.0, f64::INFINITY).is_empty());
    }
}
