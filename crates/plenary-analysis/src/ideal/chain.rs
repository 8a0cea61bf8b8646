//! Gaussian chains: one state's history, tied from session to session.
//!
//! The precision matrix of a random walk observed with noise is tridiagonal, so solving, inverting and
//! drawing cost a few operations a session (Rue and Held, Gaussian Markov Random Fields, 2005, ch. 2).

/// A symmetric positive definite tridiagonal matrix, factored as `L D Lᵀ`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Chain {
    /// `D`.
    pub(super) pivots: Vec<f64>,
    /// Below the diagonal of `L`: entry `k` ties `k` to `k - 1`; the first is unused.
    ties: Vec<f64>,
}

impl Chain {
    /// Factors the matrix with this diagonal and these entries below it (entry `k` ties `k` to `k - 1`).
    pub(crate) fn factor(&mut self, diagonal: &[f64], below: &[f64]) {
        self.pivots.clear();
        self.ties.clear();
        let mut before: Option<f64> = None;
        for (&d, &b) in diagonal.iter().zip(below) {
            let (pivot, tie) = match before {
                None => (d, 0.0),
                Some(last) => (d - b * b / last, b / last),
            };
            self.pivots.push(pivot);
            self.ties.push(tie);
            before = Some(pivot);
        }
    }

    /// Solves in place.
    pub(crate) fn solve(&self, values: &mut [f64]) {
        for k in 1..values.len() {
            values[k] -= self.ties[k] * values[k - 1];
        }
        for (value, pivot) in values.iter_mut().zip(&self.pivots) {
            *value /= pivot;
        }
        self.back(values);
    }

    pub(super) fn back(&self, values: &mut [f64]) {
        for k in (1..values.len()).rev() {
            values[k - 1] -= self.ties[k] * values[k];
        }
    }

    /// The diagonal of the inverse, and (entry `k` ties `k` to `k - 1`) the entries below it.
    pub(crate) fn inverse(&self, diagonal: &mut Vec<f64>, below: &mut Vec<f64>) {
        let length = self.pivots.len();
        diagonal.clear();
        diagonal.resize(length, 0.0);
        below.clear();
        below.resize(length, 0.0);
        for k in (0..length).rev() {
            diagonal[k] = 1.0 / self.pivots[k];
            if k + 1 < length {
                let tie = self.ties[k + 1];
                below[k + 1] = -tie * diagonal[k + 1];
                diagonal[k] -= tie * below[k + 1];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn solutions_and_inverses_satisfy_the_matrix() {
        let (diagonal, below) = ([3.0, 4.0, 2.5], [0.0, -1.0, -0.5]);
        let mut chain = Chain::default();
        chain.factor(&diagonal, &below);
        let multiply = |x: &[f64; 3]| {
            [
                3.0 * x[0] - x[1],
                -x[0] + 4.0 * x[1] - 0.5 * x[2],
                -0.5 * x[1] + 2.5 * x[2],
            ]
        };
        let mut columns = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
        let (mut variances, mut covariances) = (Vec::new(), Vec::new());
        chain.inverse(&mut variances, &mut covariances);
        for (k, column) in columns.iter_mut().enumerate() {
            chain.solve(column);
            let back = multiply(column);
            for (j, value) in back.iter().enumerate() {
                assert!((value - f64::from(u8::from(j == k))).abs() < 1e-12);
            }
            assert!((column[k] - variances[k]).abs() < 1e-12);
            if k > 0 {
                assert!((column[k - 1] - covariances[k]).abs() < 1e-12);
            }
        }
    }
}
