//! Anderson acceleration of a fixed-point iteration (Walker and Ni, SIAM Journal on Numerical Analysis 49, 2011):
//! the same fixed point, reached in far fewer steps.

/// How many former steps are combined.
const MEMORY: usize = 10;

/// Former points and residuals of an iteration `x -> g(x)`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Anderson {
    /// Differences of successive residuals and of successive images.
    residuals: Vec<Vec<f64>>,
    images: Vec<Vec<f64>>,
    last: Option<(Vec<f64>, Vec<f64>)>,
}

impl Anderson {
    /// Forgets what went before: the next point is plain.
    pub(crate) fn restart(&mut self) {
        self.residuals.clear();
        self.images.clear();
        self.last = None;
    }

    /// The next point to try after `x` was mapped to `image`.
    pub(crate) fn next(&mut self, x: &[f64], image: &[f64]) -> Vec<f64> {
        let residual: Vec<f64> = image.iter().zip(x).map(|(g, x)| g - x).collect();
        if let Some((last_residual, last_image)) = self.last.take() {
            if self.residuals.len() == MEMORY {
                self.residuals.remove(0);
                self.images.remove(0);
            }
            self.residuals.push(difference(&residual, &last_residual));
            self.images.push(difference(image, &last_image));
        }
        let weights = least_squares(&self.residuals, &residual);
        let mut next = image.to_vec();
        for (weight, change) in weights.iter().zip(&self.images) {
            for (value, change) in next.iter_mut().zip(change) {
                *value -= weight * change;
            }
        }
        self.last = Some((residual, image.to_vec()));
        next
    }
}

fn difference(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The weights `w` that bring `Σ w column` closest to `target`, slightly regularised.
fn least_squares(columns: &[Vec<f64>], target: &[f64]) -> Vec<f64> {
    let n = columns.len();
    let mut matrix: Vec<Vec<f64>> = columns
        .iter()
        .map(|a| {
            let mut row: Vec<f64> = columns.iter().map(|b| dot(a, b)).collect();
            row.push(dot(a, target));
            row
        })
        .collect();
    for (k, row) in matrix.iter_mut().enumerate() {
        row[k] *= 1.0 + 1e-10;
    }
    eliminate(&mut matrix);
    matrix.iter().map(|row| row[n]).collect()
}

/// Gauss and Jordan's elimination of a positive definite system with its right-hand side in the last column.
fn eliminate(matrix: &mut [Vec<f64>]) {
    let n = matrix.len();
    for k in 0..n {
        let pivot = matrix[k][k];
        let usable = pivot > 0.0 && pivot.is_finite();
        for value in &mut matrix[k] {
            *value = if usable { *value / pivot } else { 0.0 };
        }
        let row = matrix[k].clone();
        for (other, values) in matrix.iter_mut().enumerate() {
            if other != k {
                let factor = values[k];
                for (value, from) in values.iter_mut().zip(&row) {
                    *value -= factor * from;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slow_linear_iteration_is_solved_in_a_few_steps() {
        // x -> A x + b with eigenvalues up to 0.999.
        let map = |x: &[f64]| {
            vec![
                0.999 * x[0] + 0.001,
                0.5 * x[1] + 0.1 * x[0],
                0.9 * x[2] + 1.0,
            ]
        };
        let mut anderson = Anderson::default();
        let mut x = vec![0.0; 3];
        for _ in 0..8 {
            let image = map(&x);
            x = anderson.next(&x, &image);
        }
        for (found, expected) in x.iter().zip([1.0, 0.2, 10.0]) {
            assert!((found - expected).abs() < 1e-8, "{found} for {expected}");
        }
    }
}
