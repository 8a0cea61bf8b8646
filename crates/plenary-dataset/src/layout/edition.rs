//! [`Edition`]: the form of the tables of a dataset.

use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::str::FromStr;

use crate::layout::csv;
use crate::tables::DatasetTable;

/// The form of the tables of a dataset. The documents are the same in all.
///
/// ```
/// use plenary_dataset::Edition;
///
/// assert_eq!("csv".parse(), Ok(Edition::Csv));
/// assert_eq!(Edition::Csv.to_string(), "csv");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Edition {
    /// A Parquet file for each table, and compressed documents.
    #[cfg(feature = "parquet")]
    #[default]
    Parquet,
    /// A CSV file for each table.
    #[cfg_attr(not(feature = "parquet"), default)]
    Csv,
    /// One SQLite database of all tables.
    #[cfg(feature = "sqlite")]
    Sqlite,
}

impl Edition {
    /// Those that this build writes.
    pub const ALL: &[Self] = &[
        #[cfg(feature = "parquet")]
        Self::Parquet,
        Self::Csv,
        #[cfg(feature = "sqlite")]
        Self::Sqlite,
    ];

    /// The edition of the dataset in a folder, where this build writes it.
    #[must_use]
    pub fn of_dataset(folder: &Path) -> Option<Self> {
        let has = |ending: &str| {
            let files = fs::read_dir(folder).ok()?;
            let mut paths = files.filter_map(|entry| Some(entry.ok()?.path()));
            paths.find(|path| path.extension().is_some_and(|found| found == ending))
        };
        let mut all = Self::ALL.iter();
        all.find(|edition| has(edition.ending()).is_some()).copied()
    }

    /// Its word, as on a command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            #[cfg(feature = "parquet")]
            Self::Parquet => "parquet",
            Self::Csv => "csv",
            #[cfg(feature = "sqlite")]
            Self::Sqlite => "sqlite",
        }
    }

    /// How the names of its files end.
    pub(super) const fn ending(self) -> &'static str {
        self.as_str()
    }

    /// The media type of its files.
    pub(super) const fn media_type(self) -> &'static str {
        match self {
            #[cfg(feature = "parquet")]
            Self::Parquet => "application/vnd.apache.parquet",
            Self::Csv => "text/csv",
            #[cfg(feature = "sqlite")]
            Self::Sqlite => "application/vnd.sqlite3",
        }
    }

    /// Whether its documents are compressed: where tables are text, so are they.
    pub(super) const fn packs_documents(self) -> bool {
        cfg!(feature = "parquet") && !matches!(self, Self::Csv)
    }

    /// The file of its documents.
    pub(super) const fn documents(self) -> &'static str {
        match self.packs_documents() {
            true => "agreements.jsonl.zst",
            false => "agreements.jsonl",
        }
    }

    /// Writes a table into a file of its own.
    pub(super) fn write_table(
        self,
        table: &DatasetTable,
        documents: &str,
        out: &mut (impl Write + Send),
    ) -> io::Result<()> {
        match self {
            #[cfg(feature = "parquet")]
            Self::Parquet => {
                crate::output::parquet::write_table(table, documents, out).map_err(io::Error::other)
            }
            _ => {
                let _ = documents;
                csv::write(table, out)
            }
        }
    }
}

impl fmt::Display for Edition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A word that names no edition.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown edition `{word}` (expected {known})", known = words())]
pub struct UnknownEdition {
    word: String,
}

fn words() -> String {
    let words = Edition::ALL.iter().map(|edition| format!("`{edition}`"));
    words.collect::<Vec<_>>().join(", ")
}

impl FromStr for Edition {
    type Err = UnknownEdition;

    fn from_str(word: &str) -> Result<Self, UnknownEdition> {
        let mut all = Self::ALL.iter();
        let found = all.find(|edition| edition.as_str() == word);
        found.copied().ok_or_else(|| UnknownEdition {
            word: word.to_owned(),
        })
    }
}
