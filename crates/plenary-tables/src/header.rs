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

/// The words that tables have for a missing value.
const MISSING: [&str; 8] = ["NA", "N/A", "n/a", "NULL", "NaN", "nan", ".", "-"];

/// The word for a missing value that a cell is, where it is one. An empty cell has none.
///
/// ```
/// assert_eq!(plenary_tables::missing_word("NA"), Some("NA"));
/// assert_eq!(plenary_tables::missing_word("Nauru"), None);
/// ```
#[must_use]
pub fn missing_word(cell: &str) -> Option<&'static str> {
    MISSING.into_iter().find(|word| *word == cell.trim())
}

fn letters(name: &str) -> impl Iterator<Item = char> + '_ {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase)
}
