//! [`TableError`]: what is wrong with a table, and where.

use std::fmt;

use plenary_types::Place;

/// Why a table, or a row of it, cannot be used.
///
/// Its text names the place and the reason; what to do about it is [`TableError::help`].
///
/// ```
/// let error = plenary_tables::read_ballots("code,vote\nFRA,perhaps\n", |_| None).unwrap_err();
/// assert_eq!(error.to_string(), "line 2, choice: `perhaps` is not a recognised vote");
/// assert_eq!(error.value.as_deref(), Some("perhaps"));
/// let error = error.with_path("ballots.csv");
/// assert!(error.to_string().starts_with("ballots.csv: line 2"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TableError {
    /// The file, the line, the character of the line and the column of the table, as far as they are known.
    pub place: Box<Place>,
    /// The cell that was refused.
    pub value: Option<String>,
    /// What is wrong.
    pub reason: String,
    /// What to do about it.
    pub help: String,
    /// What the row calls the record that it belongs to, where it does.
    pub record: Option<String>,
}

impl TableError {
    /// An error of a table as a whole.
    #[must_use]
    pub fn new(reason: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            place: Box::default(),
            value: None,
            reason: reason.into(),
            help: help.into(),
            record: None,
        }
    }

    /// The same error, of a file.
    #[must_use]
    pub fn with_path(mut self, path: impl fmt::Display) -> Self {
        self.place.path = Some(path.to_string());
        self
    }

    /// The same error, of a line.
    #[must_use]
    pub fn with_line(mut self, line: u64) -> Self {
        self.place.line = Some(line);
        self
    }
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place {
            path, line, field, ..
        } = &*self.place;
        if let Some(path) = path {
            write!(f, "{path}: ")?;
        }
        match (line, field) {
            (Some(line), Some(field)) => write!(f, "line {line}, {field}: ")?,
            (Some(line), None) => write!(f, "line {line}: ")?,
            (None, _) => {}
        }
        f.write_str(&self.reason)
    }
}

impl std::error::Error for TableError {}
