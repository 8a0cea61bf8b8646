//! [`Fraction`]: the exact share that a requirement asks for.

use std::fmt;

/// An exact fraction between zero and one, kept as it is written: `2/3`, `55%`, `70.5%`.
///
/// A fraction whose denominator is 100 or a higher power of ten prints as a percentage. Comparisons
/// never leave the integers: both parts fit 32 bits, so that a product with any count or weight fits 128.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fraction {
    numerator: u32,
    denominator: u32,
}

/// Why two numbers are not a [`Fraction`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{numerator}/{denominator} is not a share: expected a fraction from 0 to 1")]
#[non_exhaustive]
pub struct FractionError {
    /// The number above the line.
    pub numerator: u32,
    /// The number below the line.
    pub denominator: u32,
}

impl Fraction {
    /// One half.
    pub const HALF: Self = Self {
        numerator: 1,
        denominator: 2,
    };
    /// Two thirds.
    pub const TWO_THIRDS: Self = Self {
        numerator: 2,
        denominator: 3,
    };
    /// The whole.
    pub const WHOLE: Self = Self {
        numerator: 1,
        denominator: 1,
    };

    /// The fraction `numerator/denominator`.
    ///
    /// # Errors
    ///
    /// [`FractionError`] when the denominator is zero or the fraction is more than one.
    pub const fn new(numerator: u32, denominator: u32) -> Result<Self, FractionError> {
        if denominator == 0 || numerator > denominator {
            return Err(FractionError {
                numerator,
                denominator,
            });
        }
        let (mut n, mut d) = (numerator, denominator);
        while d > 100 && is_power_of_ten(d) && n.is_multiple_of(10) {
            n /= 10;
            d /= 10;
        }
        Ok(Self {
            numerator: n,
            denominator: d,
        })
    }

    /// The number above the line.
    #[must_use]
    pub const fn numerator(self) -> u32 {
        self.numerator
    }

    /// The number below the line, never zero.
    #[must_use]
    pub const fn denominator(self) -> u32 {
        self.denominator
    }

    /// The words a person would use, for the fractions that have some: `half`, `two thirds`.
    #[must_use]
    pub fn words(self) -> String {
        let words = match (self.numerator, self.denominator) {
            (1, 2) => "half",
            (1, 3) => "one third",
            (2, 3) => "two thirds",
            (1, 4) => "one quarter",
            (3, 4) => "three quarters",
            (3, 5) => "three fifths",
            (4, 5) => "four fifths",
            (n, d) if n == d => "all",
            _ => return self.to_string(),
        };
        words.to_owned()
    }
}

const fn is_power_of_ten(n: u32) -> bool {
    match n.checked_ilog10() {
        Some(exponent) => 10u32.pow(exponent) == n,
        None => false,
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            numerator: n,
            denominator: d,
        } = *self;
        if d < 100 || !is_power_of_ten(d) {
            return write!(f, "{n}/{d}");
        }
        let unit = d / 100;
        match n % unit {
            0 => write!(f, "{}%", n / unit),
            rest => {
                let width = unit.ilog10() as usize;
                write!(f, "{}.{rest:0width$}%", n / unit)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_print_with_the_digits_they_need() {
        let print = |n, d| Fraction::new(n, d).unwrap().to_string();
        assert_eq!(print(2, 3), "2/3");
        assert_eq!(print(55, 100), "55%");
        assert_eq!(print(5502, 100_000), "5.502%");
        assert_eq!(print(5050, 10_000), "50.5%");
        assert_eq!(print(1, 10), "1/10");
        assert_eq!(print(1, 1), "1/1");
        assert_eq!(print(110, 220), "110/220");
    }

    #[test]
    fn common_fractions_have_words() {
        for (n, d, words) in [
            (1, 2, "half"),
            (1, 3, "one third"),
            (2, 3, "two thirds"),
            (1, 4, "one quarter"),
            (3, 4, "three quarters"),
            (3, 5, "three fifths"),
            (4, 5, "four fifths"),
            (1, 1, "all"),
            (100, 100, "all"),
            (2, 5, "2/5"),
            (85, 100, "85%"),
        ] {
            assert_eq!(Fraction::new(n, d).unwrap().words(), words);
        }
    }

    #[test]
    fn more_than_the_whole_is_refused() {
        assert!(Fraction::new(3, 2).is_err());
        assert!(Fraction::new(0, 0).is_err());
    }
}
