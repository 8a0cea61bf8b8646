//! [`Error`]: why something could not be done at all.

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
    /// A mapping cannot be used.
    #[error("{}: {source}", .path.display())]
    Mapping {
        /// The file.
        path: PathBuf,
        /// What is wrong in it.
        source: MappingError,
    },
}

impl Error {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Import(error) => Some(error.help()),
            Self::ConfigurationFile { .. } => None,
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
