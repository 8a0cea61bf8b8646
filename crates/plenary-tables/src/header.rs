//! Which column is which: headings are compared by their letters and digits.

/// Whether two column names are the same but for capitals and for spaces, hyphens, underscores and other marks.
///
/// ```
/// assert!(plenary_tables::same_name("MS Code", "ms_code"));
/// assert!(!plenary_tables::same_name("ms_code", "ms_name"));
/// ```
#[must_use]
pub fn same_name(a: &str, b: &str) -> bool {
    letters(a).eq(letters(b))
}

fn letters(name: &str) -> impl Iterator<Item = char> + '_ {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase)
}
