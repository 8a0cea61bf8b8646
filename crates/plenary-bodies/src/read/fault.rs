//! What is wrong with files of reference data, and where.

use std::fmt;
use std::path::Path;

use plenary_decisions::nearest;
use plenary_tables::TableError;

/// One thing that is wrong with a file of reference data, or that its author should know.
///
/// Its text is the place and the reason; what to do about it is [`ReferenceFault::help`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReferenceFault {
    /// The file, by its path inside the folder: `bodies/river-club.toml`. Empty where it is the folder itself.
    pub path: String,
    /// The line, from 1.
    pub line: Option<u64>,
    /// The column of a table.
    pub field: Option<String>,
    /// What is wrong.
    pub reason: String,
    /// What to do about it.
    pub help: String,
}

impl ReferenceFault {
    pub(crate) fn new(
        path: impl Into<String>,
        line: Option<u64>,
        reason: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            path: path.into(),
            line,
            field: None,
            reason: reason.into(),
            help: help.into(),
        }
    }

    pub(crate) fn of_table(path: &str, error: TableError) -> Self {
        Self {
            path: path.to_owned(),
            line: error.place.line,
            field: error.place.field,
            reason: error.reason,
            help: error.help,
        }
    }

    /// The place and the reason, by the path of the file from where the folder stands.
    #[must_use]
    pub fn in_folder(&self, folder: &Path) -> String {
        let path = match self.path.is_empty() {
            true => folder.to_owned(),
            false => folder.join(&self.path),
        };
        self.text(&path.display())
    }

    fn text(&self, path: &dyn fmt::Display) -> String {
        let line = self.line.map(|line| format!(", line {line}"));
        let field = self.field.as_ref().map(|field| format!(", {field}"));
        let place: String = [line, field].into_iter().flatten().collect();
        format!("{path}{place}: {}", self.reason)
    }
}

impl fmt::Display for ReferenceFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = match self.path.is_empty() {
            true => "the folder",
            false => &self.path,
        };
        f.write_str(&self.text(&path))
    }
}

/// The known name that an unknown one may be a misspelling of, as the end of a reason.
pub(crate) fn meant<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> String {
    nearest(name, known).map_or_else(String::new, |meant| format!("; did you mean `{meant}`?"))
}

/// Everything that keeps files of reference data from being used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReferenceErrors(pub(crate) Vec<ReferenceFault>);

impl ReferenceErrors {
    /// What is wrong, in the order of the files.
    #[must_use]
    pub fn faults(&self) -> &[ReferenceFault] {
        &self.0
    }
}

impl fmt::Display for ReferenceErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, fault) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{fault}\n  help: {}", fault.help)?;
        }
        Ok(())
    }
}

impl std::error::Error for ReferenceErrors {}
