//! [`Percent`]: a share as a source prints it.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// A share in per cent with the digits that a source prints: `3.4` says no more than 3.35 to 3.45.
///
/// Shares are compared exactly, in whole numbers.
///
/// ```
/// use plenary_types::Percent;
///
/// let printed: Percent = "96.8".parse()?;
/// assert!(printed.is_share(152, 157));
/// assert_eq!(Percent::from_share(152, 193, 1), Some("78.8".parse()?));
/// # Ok::<(), plenary_types::PercentError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Percent {
    /// The number without its decimal point.
    digits: u64,
    /// How many digits stand after the point.
    decimals: u8,
}

/// Why a text is not a [`Percent`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{found}` is not a percentage: expected a number such as `50` or `96.8`, with at most 6 decimals"
)]
pub struct PercentError {
    /// The text that was refused.
    pub found: String,
}

const MOST_DECIMALS: usize = 6;
const MOST_DIGITS: usize = 12;

impl Percent {
    /// The share of `part` in `whole`, rounded half up to so many decimals; `None` of nothing, or where it is too large.
    #[must_use]
    pub fn from_share(part: u64, whole: u64, decimals: u8) -> Option<Self> {
        if whole == 0 || usize::from(decimals) > MOST_DECIMALS {
            return None;
        }
        let (part, whole) = (u128::from(part), u128::from(whole));
        let digits = (2 * part * scale(decimals) + whole) / (2 * whole);
        let digits = u64::try_from(digits).ok()?;
        Some(Self { digits, decimals })
    }

    /// How many digits stand after the point.
    #[must_use]
    pub const fn decimals(self) -> u8 {
        self.decimals
    }

    /// Whether `part` of `whole` is this share, as far as its digits go.
    #[must_use]
    pub fn is_share(self, part: u64, whole: u64) -> bool {
        Self::from_share(part, whole, self.decimals) == Some(self)
    }

    /// How the share of `part` in `whole` stands to this one, exactly; `None` of nothing.
    #[must_use]
    pub fn compare_share(self, part: u64, whole: u64) -> Option<Ordering> {
        let share = u128::from(part) * scale(self.decimals);
        let this = u128::from(self.digits) * u128::from(whole);
        (whole > 0).then(|| share.cmp(&this))
    }
}

/// What a share of one is multiplied by to have its digits in per cent.
fn scale(decimals: u8) -> u128 {
    100 * 10_u128.pow(decimals.into())
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { digits, decimals } = *self;
        if decimals == 0 {
            return write!(f, "{digits}");
        }
        let unit = 10_u64.pow(decimals.into());
        let width = usize::from(decimals);
        write!(f, "{}.{:0width$}", digits / unit, digits % unit)
    }
}

impl FromStr for Percent {
    type Err = PercentError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refused = || PercentError {
            found: text.to_owned(),
        };
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let fits = !whole.is_empty()
            && text.len() <= MOST_DIGITS
            && decimals.len() <= MOST_DECIMALS
            && !text.ends_with('.')
            && all_digits(whole)
            && all_digits(decimals);
        let digits = format!("{whole}{decimals}").parse().ok();
        let (Some(digits), Ok(decimals), true) = (digits, u8::try_from(decimals.len()), fits)
        else {
            return Err(refused());
        };
        Ok(Self { digits, decimals })
    }
}

crate::text::serde_as_text!(Percent);

#[cfg(test)]
mod tests {
    use super::*;

    fn percent(text: &str) -> Percent {
        text.parse().unwrap()
    }

    #[test]
    fn a_share_is_rounded_half_up_to_the_digits_that_are_printed() {
        for (part, whole, decimals, printed) in [
            (152, 157, 1, "96.8"),
            (152, 193, 1, "78.8"),
            (258_000_000, 7_600_000_000, 1, "3.4"),
            (250_000_000, 7_600_000_000, 1, "3.3"),
            (1, 200, 0, "1"),
            (1, 201, 0, "0"),
            (1, 1000, 2, "0.10"),
            (3, 2, 0, "150"),
        ] {
            let share = Percent::from_share(part, whole, decimals).unwrap();
            assert_eq!(share.to_string(), printed, "{part} of {whole}");
            assert!(percent(printed).is_share(part, whole), "{part} of {whole}");
        }
        assert_eq!(Percent::from_share(1, 0, 1), None);
        assert!(!percent("96.9").is_share(152, 157));
        assert_eq!(Percent::from_share(u64::MAX, 1, 6), None);
    }

    #[test]
    fn shares_are_compared_exactly() {
        for (text, part, whole, expected) in [
            ("50", 1, 2, Some(Ordering::Equal)),
            ("50.0", 1, 2, Some(Ordering::Equal)),
            ("66.7", 2, 3, Some(Ordering::Less)),
            ("66.6", 2, 3, Some(Ordering::Greater)),
            ("50", 1, 0, None),
        ] {
            assert_eq!(percent(text).compare_share(part, whole), expected, "{text}");
        }
    }

    #[test]
    fn what_is_not_a_percentage_is_refused() {
        for text in [
            "",
            ".",
            "5.",
            ".5",
            "-1",
            "+1",
            "1e2",
            "3,4",
            "1.2345678",
            "1234567890123",
            "5 %",
        ] {
            assert!(text.parse::<Percent>().is_err(), "{text}");
        }
        for text in ["0", "3.40", "100", "12.345678"] {
            assert_eq!(percent(text).to_string(), text);
        }
    }
}
