//! [`Form`]: the forms in which a table is written.

#[cfg(feature = "parquet")]
pub(crate) mod parquet;
#[cfg(feature = "sqlite")]
pub(crate) mod sqlite;
#[cfg(feature = "stata")]
mod stata;
#[cfg(feature = "xlsx")]
mod xlsx;

use std::fmt;
use std::io::{self, Write};
use std::path::Path;
use std::str::FromStr;

use plenary_analysis::table::Table;

/// A form in which a table is written.
///
/// ```
/// use plenary_dataset::Form;
///
/// assert_eq!("jsonl".parse(), Ok(Form::JsonLines));
/// assert_eq!(Form::of_file("votes.csv"), Some(Form::Csv));
/// assert_eq!(Form::of_file("votes.txt"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Form {
    /// CSV (RFC 4180); a missing value is an empty field. No metadata.
    Csv,
    /// One JSON document: an object with `metadata` and `rows`.
    Json,
    /// JSON Lines: an object a row. No metadata.
    JsonLines,
    /// Parquet, compressed by zstd; the metadata is that of the file.
    #[cfg(feature = "parquet")]
    Parquet,
    /// Excel's `.xlsx`: a sheet of the table and one of its metadata.
    #[cfg(feature = "xlsx")]
    Xlsx,
    /// A SQLite database: the table, and its metadata in a table `metadata`.
    #[cfg(feature = "sqlite")]
    Sqlite,
    /// A data set of Stata, which Stata 14 and later read. No metadata.
    #[cfg(feature = "stata")]
    Stata,
}

/// A form, its word, and how the names of its files end.
type Known = (Form, &'static str, &'static [&'static str]);

const FORMS: &[Known] = &[
    (Form::Csv, "csv", &["csv"]),
    (Form::Json, "json", &["json"]),
    (Form::JsonLines, "jsonl", &["jsonl", "ndjson"]),
    #[cfg(feature = "parquet")]
    (Form::Parquet, "parquet", &["parquet"]),
    #[cfg(feature = "xlsx")]
    (Form::Xlsx, "xlsx", &["xlsx"]),
    #[cfg(feature = "sqlite")]
    (Form::Sqlite, "sqlite", &["sqlite", "sqlite3", "db"]),
    #[cfg(feature = "stata")]
    (Form::Stata, "stata", &["dta"]),
];

impl Form {
    /// All forms that this build writes.
    pub fn all() -> impl Iterator<Item = Self> {
        FORMS.iter().map(|(form, _, _)| *form)
    }

    /// Its word, as on a command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        let mut forms = FORMS.iter();
        let known = forms.find(|(form, _, _)| *form == self);
        known.map_or("", |(_, word, _)| *word)
    }

    /// The form that the ending of a file's name asks for.
    #[must_use]
    pub fn of_file(path: impl AsRef<Path>) -> Option<Self> {
        let ending = path.as_ref().extension()?.to_str()?.to_ascii_lowercase();
        let mut forms = FORMS.iter();
        let known = forms.find(|(_, _, endings)| endings.contains(&&*ending));
        known.map(|(form, _, _)| *form)
    }

    /// Whether only a file can hold it: a terminal cannot show it.
    #[must_use]
    pub fn is_binary(self) -> bool {
        !matches!(self, Self::Csv | Self::Json | Self::JsonLines)
    }

    /// Whether it has room for the metadata of a table.
    #[must_use]
    pub fn holds_metadata(self) -> bool {
        match self {
            Self::Csv | Self::JsonLines => false,
            #[cfg(feature = "stata")]
            Self::Stata => false,
            _ => true,
        }
    }

    /// Writes a table. `name` is what the table is called where the form has names of tables: in a database and a workbook.
    ///
    /// # Errors
    ///
    /// [`WriteError`] when the form cannot hold the table, or what `out` reports.
    pub fn write(
        self,
        table: &Table,
        name: &str,
        mut out: impl Write + Send,
    ) -> Result<(), WriteError> {
        match self {
            Self::Csv => table.write_csv(out)?,
            Self::Json => {
                serde_json::to_writer(&mut out, table).map_err(io::Error::from)?;
                out.write_all(b"\n")?;
            }
            Self::JsonLines => table.write_json_lines(&mut out)?,
            #[cfg(feature = "parquet")]
            Self::Parquet => parquet::write(table, out).map_err(io::Error::other)?,
            #[cfg(feature = "xlsx")]
            Self::Xlsx => xlsx::write(table, name, out)?,
            #[cfg(feature = "sqlite")]
            Self::Sqlite => sqlite::write(table, name, out)?,
            #[cfg(feature = "stata")]
            Self::Stata => stata::write(table, name, out)?,
        }
        let _ = name;
        Ok(())
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A word that names no form.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown form `{word}` (expected {known})", known = words())]
pub struct UnknownForm {
    word: String,
}

fn words() -> String {
    let words: Vec<_> = FORMS
        .iter()
        .map(|(_, word, _)| format!("`{word}`"))
        .collect();
    words.join(", ")
}

impl FromStr for Form {
    type Err = UnknownForm;

    fn from_str(word: &str) -> Result<Self, UnknownForm> {
        let mut forms = FORMS.iter();
        let known = forms.find(|(_, known, _)| *known == word);
        known.map(|(form, _, _)| *form).ok_or_else(|| UnknownForm {
            word: word.to_owned(),
        })
    }
}

/// Why a table was not written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The form has fewer rows, columns or letters than the table.
    #[error("the table does not fit into {form}: {reason}")]
    TooLarge {
        /// The form.
        form: Form,
        /// What of the table is more than it can hold.
        reason: String,
    },
    /// It could not be written.
    #[error(transparent)]
    Io(#[from] io::Error),
}
