//! [`WordError`]: a word that names nothing here.

/// A word that names nothing here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is not known here: expected {expected}")]
#[non_exhaustive]
pub struct WordError {
    /// The word.
    pub found: String,
    /// What would be understood.
    pub expected: String,
}

/// The value that a word stands for.
pub(crate) fn read<T: Copy>(
    text: &str,
    all: &[T],
    word: impl Fn(T) -> &'static str,
) -> Result<T, WordError> {
    let found = all.iter().copied().find(|value| word(*value) == text);
    found.ok_or_else(|| {
        let words: Vec<_> = all
            .iter()
            .map(|value| format!("`{}`", word(*value)))
            .collect();
        let expected = match words.split_last() {
            Some((last, others)) => format!("{} or {last}", others.join(", ")),
            None => String::new(),
        };
        WordError {
            found: text.to_owned(),
            expected,
        }
    })
}
