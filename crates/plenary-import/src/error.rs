//! What can go wrong: input that cannot be used at all, and rows that cannot.

use std::fmt;
use std::io;

use plenary_tables::{BrokenRow, Row};
use plenary_types::{Finding, Place, Severity};

use crate::check::ReaderCheck;
use crate::csv::row::{excerpt, mend_fields};
use crate::recognition::Recognition;

/// Input that cannot be used. Every variant names the file; the message says what is wrong and
/// [`ImportError::help`] what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// The operating system would not let it be read or written.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// There is nothing in it.
    #[error("{path}: the file is empty")]
    Empty {
        /// The file.
        path: String,
    },
    /// Nothing follows its header, or its outermost element or list is empty.
    #[error("{path}: there is {what}")]
    NoRows {
        /// The file.
        path: String,
        /// What is not there.
        what: &'static str,
    },
    /// It has to be held whole, and is too large for that.
    #[error("{path}: {what} of more than {mebibytes} MiB is not read")]
    TooLarge {
        /// The file.
        path: String,
        /// What it was taken for.
        what: &'static str,
        /// The most that is read, unpacked.
        mebibytes: u64,
        /// What to do.
        help: &'static str,
    },
    /// A table of a dataset, which is read by its folder.
    #[error("{path}: this is a table of the dataset in `{folder}`")]
    PartOfDataset {
        /// The file.
        path: String,
        /// The dataset.
        folder: String,
    },
    /// A folder that is not a dataset.
    #[error("{path}: not a dataset: no `datapackage.json` in the folder")]
    NotADataset {
        /// The folder.
        path: String,
    },
    /// It holds no text.
    #[error("{path}: this is not text: {what}")]
    Binary {
        /// The file.
        path: String,
        /// What it seems to be.
        what: String,
    },
    /// It holds no sentences.
    #[error("{path}: not a text in sentences: {what}")]
    NotProse {
        /// The file.
        path: String,
        /// What it seems to be.
        what: String,
    },
    /// No adapter knows it.
    #[error("{path}: {recognition}")]
    Unrecognised {
        /// The file.
        path: String,
        /// What was looked for, and which formats come nearest.
        recognition: Box<Recognition>,
    },
    /// Bytes that are not UTF-8.
    #[error("{path}:{line}: column {column} is not UTF-8")]
    Utf8 {
        /// The file.
        path: String,
        /// The line, from 1.
        line: u64,
        /// The byte in the line, from 1.
        column: u64,
    },
    /// Its structure is broken: the text cannot be taken apart.
    #[error("{}: {reason}", .place)]
    Syntax {
        /// Where.
        place: Box<Place>,
        /// What is wrong.
        reason: String,
        /// What to do.
        help: String,
    },
    /// Each of its dates can be read in two ways, and nothing in it settles which is meant. [`Options::dates`](crate::Options::dates)
    /// does.
    #[error("{}: {reason}", .place)]
    AmbiguousDates {
        /// Where the first of them stands.
        place: Box<Place>,
        /// What it may mean.
        reason: String,
        /// What to do.
        help: String,
    },
    /// This build cannot read it: a feature of `plenary-import` is off.
    #[error("{path}: this is {what}, which this build does not read")]
    MissingFeature {
        /// The file.
        path: String,
        /// What it is.
        what: &'static str,
        /// The feature.
        feature: &'static str,
    },
    /// The compressed data cannot be decompressed.
    #[error("{path}: cannot be decompressed: {source}")]
    Compressed {
        /// The file.
        path: String,
        /// What the decompressor said.
        source: io::Error,
    },
    /// Rows were rejected and [`Options::lenient`](crate::Options::lenient) was not set.
    #[error("{path}: {rejected} of {rows} rows rejected, the first: {first}")]
    Rejected {
        /// The file.
        path: String,
        /// How many.
        rejected: u64,
        /// Of how many.
        rows: u64,
        /// The first of them.
        first: Box<Rejected>,
    },
}

impl ImportError {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::Io { source, .. } => match source.kind() {
                io::ErrorKind::NotADirectory => "name another folder".to_owned(),
                io::ErrorKind::AlreadyExists => {
                    "name another folder, or replace the dataset".to_owned()
                }
                _ => "check the path and the permissions".to_owned(),
            },
            Self::Empty { .. } => "check that the download or export has finished".to_owned(),
            Self::NoRows { .. } => {
                "check that the download or export has finished, and that it found something"
                    .to_owned()
            }
            Self::TooLarge { help, .. } => (*help).to_owned(),
            Self::PartOfDataset { folder, .. } => {
                format!("name the folder: its documents have everything that its tables have; here `{folder}`")
            }
            Self::NotADataset { .. } => {
                "name the files in it, or a dataset folder written by `plenary import`".to_owned()
            }
            Self::Binary { .. } => {
                "save it as CSV, JSON or XML in UTF-8, and unpack archives; `.gz`, `.bz2`, `.xz` and `.zst` are read as they are"
                    .to_owned()
            }
            Self::NotProse { .. } => {
                "save the report as plain text in UTF-8 (of a PDF: `pdftotext`); `plenary check` reads tables and lists of votes"
                    .to_owned()
            }
            Self::Unrecognised { recognition, .. } => recognition.help(),
            Self::Utf8 { .. } => plenary_tables::split::NOT_UTF8.to_owned(),
            Self::Syntax { help, .. } | Self::AmbiguousDates { help, .. } => help.clone(),
            Self::MissingFeature { feature, .. } => {
                format!("build it with the feature `{feature}` of plenary-import")
            }
            Self::Compressed { .. } => {
                "the file is cut short or damaged: download it again".to_owned()
            }
            Self::Rejected { .. } => {
                "fix these rows, or skip them".to_owned()
            }
        }
    }

    /// The settings that [`ImportError::help`] is about, each by its name.
    #[must_use]
    pub fn settings(&self) -> &'static [&'static str] {
        match self {
            Self::Io { source, .. } if source.kind() == io::ErrorKind::AlreadyExists => {
                &["replace"]
            }
            Self::Rejected { .. } => &["lenient"],
            Self::AmbiguousDates { .. } => &["date-format"],
            _ => &[],
        }
    }

    /// Where in the input, as far as known.
    #[must_use]
    pub fn place(&self) -> Place {
        match self {
            Self::Io { path, .. }
            | Self::Empty { path }
            | Self::NotADataset { path }
            | Self::NoRows { path, .. }
            | Self::TooLarge { path, .. }
            | Self::PartOfDataset { path, .. }
            | Self::Binary { path, .. }
            | Self::NotProse { path, .. }
            | Self::Unrecognised { path, .. }
            | Self::MissingFeature { path, .. }
            | Self::Compressed { path, .. } => Place::new(path),
            Self::Utf8 { path, line, column } => {
                Place::new(path).with_line(*line).with_column(*column)
            }
            Self::Syntax { place, .. } | Self::AmbiguousDates { place, .. } => (**place).clone(),
            Self::Rejected { first, .. } => first.place.clone(),
        }
    }

    /// A row that ends the reading of a table.
    pub(crate) fn from_row(row: BrokenRow, path: &str) -> Self {
        match row.column {
            Some(column) => Self::Utf8 {
                path: path.to_owned(),
                line: row.line,
                column,
            },
            None => syntax(path, row.line, row.fault.reason(), row.fault.help()),
        }
    }

    /// Its structure is broken at a place.
    pub(crate) fn syntax(place: Place, reason: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Syntax {
            place: Box::new(place),
            reason: reason.into(),
            help: help.into(),
        }
    }

    pub(crate) fn missing_feature(path: &str, what: &'static str, feature: &'static str) -> Self {
        Self::MissingFeature {
            path: path.to_owned(),
            what,
            feature,
        }
    }

    /// The error of a file or a folder, from what the system says.
    pub fn io(path: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { path, source }
    }
}

/// The error of a table that ends with its header.
pub(crate) fn no_rows(path: &str) -> ImportError {
    ImportError::NoRows {
        path: path.to_owned(),
        what: "no row below the header",
    }
}

/// The error of a text that cannot be taken apart at a line.
pub(crate) fn syntax(path: &str, line: u64, reason: &str, help: &str) -> ImportError {
    ImportError::syntax(Place::new(path).with_line(line), reason, help)
}

/// A row that could not be used. Nothing of it is in any record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// File, line, column and field.
    pub place: Place,
    /// The value that was refused, cut to a readable length.
    pub value: String,
    /// Why.
    pub reason: String,
    /// What to do.
    pub help: String,
    /// What the row calls the record that it would belong to, where that can be told of a row that is not used.
    pub record: Option<String>,
}

impl Rejected {
    /// A row that cannot be taken apart or read.
    pub(crate) fn from_row(row: BrokenRow, path: &str) -> Self {
        Self {
            place: Place {
                column: row.column,
                ..Place::new(path).with_line(row.line)
            },
            value: String::new(),
            reason: row.fault.reason().to_owned(),
            help: row.fault.help().to_owned(),
            record: None,
        }
    }

    /// A row of another number of fields than the header has.
    pub(crate) fn of_width(row: &Row<'_>, width: usize, path: &str) -> Self {
        Self {
            place: Place::new(path).with_line(row.line),
            value: excerpt(row.whole().as_bytes()),
            reason: format!("the row has {} fields, the header {width}", row.len()),
            help: mend_fields(row.len(), width).to_owned(),
            record: None,
        }
    }

    /// The rejection as a finding.
    #[must_use]
    pub fn to_finding(&self, severity: Severity) -> Finding {
        let mut finding = Finding::new(ReaderCheck::RejectedRow, severity, self.reason.as_str())
            .with_place(self.place.clone())
            .with_help(self.help.as_str());
        finding.found = Some(self.value.clone()).filter(|value| !value.is_empty());
        finding
    }
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.reason)?;
        match &*self.value {
            "" => Ok(()),
            value => write!(f, ": `{value}`"),
        }
    }
}
