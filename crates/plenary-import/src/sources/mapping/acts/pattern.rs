//! Headings with a number in them: `c#` is `c1`, `c2` and so on.

use crate::csv::header::same_name;

/// What stands for a number in a heading.
pub(super) const NUMBER: char = '#';

/// The number that a heading has where a pattern has its first `#`.
pub(super) fn number_in<'h>(pattern: &str, heading: &'h str) -> Option<&'h str> {
    let (before, after) = pattern.split_once(NUMBER)?;
    let heading = heading.trim();
    let digits = heading.get(before.len()..heading.len().checked_sub(after.len())?)?;
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let filled = is_number.then(|| pattern.replace(NUMBER, digits))?;
    same_name(&filled, heading).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::number_in;

    #[test]
    fn a_number_stands_where_the_pattern_says() {
        for (pattern, heading, number) in [
            ("c#", "c12", Some("12")),
            ("c#", "C1", Some("1")),
            ("c#", "mc1", None),
            ("c#", "consolidated", None),
            ("c#", "c", None),
            ("party # of", "party 3 of", Some("3")),
            ("party # of", "party of", None),
            ("é#", "é7", Some("7")),
            ("é#", "e", None),
        ] {
            assert_eq!(number_in(pattern, heading), number, "{pattern} {heading}");
        }
    }
}
