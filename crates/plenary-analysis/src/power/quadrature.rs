//! Gauss-Legendre quadrature on the unit interval.

/// A point between 0 and 1 and its weight; the weights add up to 1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) at: f64,
    pub(super) weight: f64,
}

/// The `n` nodes that integrate every polynomial of degree up to `2n - 1` exactly.
pub(super) fn nodes(n: usize) -> Vec<Node> {
    (0..n).map(|k| node(n, k)).collect()
}

/// The roots of the Legendre polynomial by Newton's method, from Tricomi's first guess.
fn node(n: usize, k: usize) -> Node {
    let guess = std::f64::consts::PI * (k as f64 + 0.75) / (n as f64 + 0.5);
    let mut x = guess.cos();
    let mut slope = legendre(n, x).1;
    for _ in 0..100 {
        let (value, derivative) = legendre(n, x);
        slope = derivative;
        let step = value / derivative;
        x -= step;
        if step.abs() < 1e-16 {
            break;
        }
    }
    Node {
        at: f64::midpoint(1.0, -x),
        weight: 1.0 / ((1.0 - x * x) * slope * slope),
    }
}

/// The Legendre polynomial of degree `n` and its derivative, within the open interval.
fn legendre(n: usize, x: f64) -> (f64, f64) {
    let (mut before, mut value) = (1.0, x);
    for k in 2..=n {
        let k = k as f64;
        let next = (2.0f64.mul_add(k, -1.0) * x * value - (k - 1.0) * before) / k;
        (before, value) = (value, next);
    }
    let slope = n as f64 * x.mul_add(value, -before) / x.mul_add(x, -1.0);
    (value, slope)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn monomials_up_to_the_promised_degree_are_integrated_exactly() {
        for n in [1usize, 2, 5, 14, 97] {
            let nodes = nodes(n);
            for degree in 0..2 * n {
                let sum: f64 = nodes
                    .iter()
                    .map(|node| node.weight * node.at.powi(degree as i32))
                    .sum();
                let exact = 1.0 / (degree as f64 + 1.0);
                assert!(
                    (sum - exact).abs() < 1e-13,
                    "{n} nodes, degree {degree}: {sum}"
                );
            }
        }
    }
}
