//! [`Error`]: why something could not be done at all.

use std::fmt;
use std::io;
use std::path::PathBuf;

use plenary_import::{ImportError, MappingError};
use plenary_validation::ConfigError;

/// Why something could not be done at all. What is wrong *in* an input is a [`Finding`](crate::types::Finding).
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An input cannot be used.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// A configuration cannot be read.
    #[error("{}: {source}", .path.display())]
    ConfigurationFile {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A configuration says what cannot be.
    #[error("{}: {source}", .path.display())]
    Configuration {
        /// The file.
        path: PathBuf,
        /// What is wrong in it.
        source: ConfigError,
    },
    /// The inputs of one run have different configurations.
    #[error("two configurations for one run: {first}, {other}")]
    TwoConfigurations {
        /// An input, and its configuration.
        first: String,
        /// Another one, and its configuration.
        other: String,
    },
    /// A file cannot be read.
    #[error("{}: {source}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A baseline cannot be used.
    #[error("{}:{line}: not a line of a baseline: {source}", .path.display())]
    Baseline {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// A table whose spelling cannot be fixed.
    #[error("{}: {reason}", .path.display())]
    NotFixable {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: &'static str,
        /// What to do about it.
        help: &'static str,
    },
    /// A result would be written over what is read.
    #[error("{}: the output is also an input, `{}`", .output.display(), .input.display())]
    OutputIsInput {
        /// The output.
        output: PathBuf,
        /// The input.
        input: PathBuf,
    },
    /// A result cannot be written.
    #[error("{place}: {}", not_written(.source))]
    NotWritten {
        /// The file, or what else was written to.
        place: String,
        /// What the system said.
        source: io::Error,
    },
    /// A mapping cannot be used.
    #[error("{}: {source}", .path.display())]
    Mapping {
        /// The file.
        path: PathBuf,
        /// What is wrong in it.
        source: MappingError,
    },
}

/// Why something could not be written, in the words of a user.
fn not_written(error: &io::Error) -> String {
    use io::ErrorKind as Kind;
    let of_system = error.raw_os_error().is_some();
    match error.kind() {
        Kind::StorageFull | Kind::QuotaExceeded => "no space is left on the device".to_owned(),
        Kind::PermissionDenied if of_system => "permission denied".to_owned(),
        Kind::ReadOnlyFilesystem => "the file system is read-only".to_owned(),
        _ => error.to_string(),
    }
}

/// What to do where something could not be written.
fn writable(error: &io::Error) -> &'static str {
    use io::ErrorKind as Kind;
    match error.kind() {
        Kind::StorageFull | Kind::QuotaExceeded => "free some space, or write to another disk",
        Kind::PermissionDenied => "check the permissions of the file and of its folder",
        Kind::ReadOnlyFilesystem => "write to another disk",
        _ => "check the path, or write to another file",
    }
}

impl Error {
    /// That something could not be written.
    pub fn not_written(place: impl fmt::Display, source: io::Error) -> Self {
        let place = place.to_string();
        Self::NotWritten { place, source }
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Import(error) => Some(error.help()),
            Self::ConfigurationFile { .. } | Self::Unreadable { .. } => None,
            Self::Baseline { .. } => {
                Some("write it again with `plenary check --write-baseline FILE`".into())
            }
            Self::OutputIsInput { .. } => Some("write to another folder".into()),
            Self::NotFixable { help, .. } => Some((*help).into()),
            Self::NotWritten { source, .. } => Some(writable(source).into()),
            Self::Configuration { .. } => {
                Some("docs/configuration.md says what it may hold".into())
            }
            Self::TwoConfigurations { .. } => {
                Some("name one with --config FILE, or check the inputs one by one".into())
            }
            Self::Mapping { .. } => {
                Some("`plenary template --mapping` prints one to start from".into())
            }
        }
    }
}
