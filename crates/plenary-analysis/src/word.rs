//! [`WordError`]: a word that names nothing here.

/// A word that names nothing here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is not known here: expected {expected}")]
pub struct WordError {
    /// The word.
    pub found: String,
    /// What would be understood.
    pub expected: String,
}
