//! [`Error`]: why something could not be done at all.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use plenary_bodies::ReferenceErrors;
use plenary_decisions::StandingError;
use plenary_import::{ImportError, MappingError};
use plenary_tables::TableError;
use plenary_types::{Place, brief};
use plenary_validation::ConfigError;
use serde::{Serialize, Serializer};

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
    /// Reference data cannot be used.
    #[error("{}", first_fault(.folder, .errors))]
    Reference {
        /// The folder.
        folder: PathBuf,
        /// What is wrong with its files: the text of this error is the first of them.
        errors: ReferenceErrors,
    },
    /// A mapping cannot be used.
    #[error("{}: {source}", .path.display())]
    Mapping {
        /// The file.
        path: PathBuf,
        /// What is wrong in it.
        source: MappingError,
    },
    /// The votes that are given cannot be.
    #[error(transparent)]
    Votes(#[from] StandingError),
    /// What is asked, or a file beside the inputs, says what cannot be.
    #[error("{0}")]
    Refused(Box<Refusal>),
}

/// Why something was refused, where, and what to do about it. It serialises as the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refusal {
    /// Why.
    pub reason: String,
    /// What to do about it, in words that name no setting.
    pub help: Option<String>,
    /// The settings that the help is about, each by its name: `body`, `on-conflict`. A command adds how its reader states them.
    pub settings: Vec<&'static str>,
    /// Where: a file, and what of it is known; nothing where it is not in a file.
    pub place: Box<Place>,
}

impl Refusal {
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Self {
            reason: brief(&reason.into()).into_owned(),
            help: None,
            settings: Vec::new(),
            place: Box::default(),
        }
    }

    /// Because of an error, with all that caused it.
    pub(crate) fn because(error: &dyn std::error::Error) -> Self {
        Self::new(in_full(error))
    }

    /// Because of an error in a file.
    pub(crate) fn in_file(path: &Path, error: &dyn std::error::Error) -> Self {
        Self::because(error).at(path)
    }

    /// Because of what is wrong with a table in a file.
    pub(crate) fn in_table(path: &Path, error: TableError) -> Self {
        let mut refusal = Self::new(error.reason).with_help(error.help);
        refusal.place = error.place;
        refusal.at(path)
    }

    pub(crate) fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Names the settings that the help is about.
    pub(crate) fn by_setting(mut self, settings: impl IntoIterator<Item = &'static str>) -> Self {
        self.settings.extend(settings);
        self
    }

    pub(crate) fn at(mut self, path: &Path) -> Self {
        self.place.path = Some(path.display().to_string());
        self
    }

    pub(crate) fn in_field(mut self, field: impl fmt::Display) -> Self {
        self.place.field = Some(field.to_string());
        self
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.place.path.is_some() {
            write!(f, "{}: ", self.place)?;
        }
        f.write_str(&self.reason)
    }
}

impl Serialize for Refusal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.reason)
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

/// An error with what caused it, in one line.
#[must_use]
pub fn in_full(error: &dyn std::error::Error) -> String {
    let mut message = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let text = inner.to_string();
        if !message.contains(&text) {
            message = format!("{message}: {text}");
        }
        cause = inner.source();
    }
    message
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

/// The first fault of a folder of reference data.
fn first_fault(folder: &Path, errors: &ReferenceErrors) -> String {
    let first = errors.faults().first();
    debug_assert!(
        first.is_some(),
        "nothing is wrong with {}",
        folder.display()
    );
    first.map_or_else(
        || folder.display().to_string(),
        |first| first.in_folder(folder),
    )
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
            Self::ConfigurationFile { .. } | Self::Unreadable { .. } | Self::Votes(_) => None,
            Self::Refused(refusal) => refusal.help.clone(),
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
                Some("name one configuration, or check the inputs one by one".into())
            }
            Self::Reference { errors, .. } => {
                errors.faults().first().map(|fault| fault.help.clone())
            }
            Self::Mapping { .. } => {
                Some("`plenary template --mapping` prints one to start from".into())
            }
        }
    }

    /// The settings that [`Error::help`] is about, each by its name: `body`, `on-conflict`. What they are called where they are
    /// stated, as the options of a command, knows who asks.
    #[must_use]
    pub fn settings(&self) -> &[&'static str] {
        match self {
            Self::Import(error) => error.settings(),
            Self::Refused(refusal) => &refusal.settings,
            Self::TwoConfigurations { .. } => &["config"],
            _ => &[],
        }
    }

    /// Where: the file, and what of it is known; nothing where it is not in a file.
    #[must_use]
    pub fn place(&self) -> Place {
        let file = |path: &dyn fmt::Display| Place {
            path: Some(path.to_string()),
            ..Place::default()
        };
        match self {
            Self::Import(error) => error.place(),
            Self::Refused(refusal) => (*refusal.place).clone(),
            Self::Baseline { path, line, .. } => Place {
                line: Some(*line),
                ..file(&path.display())
            },
            Self::ConfigurationFile { path, .. }
            | Self::Configuration { path, .. }
            | Self::Unreadable { path, .. }
            | Self::NotFixable { path, .. }
            | Self::Mapping { path, .. } => file(&path.display()),
            Self::Reference { folder, errors } => {
                let first = errors.faults().first();
                let path = first.map_or_else(|| folder.clone(), |first| folder.join(&first.path));
                Place {
                    line: first.and_then(|first| first.line),
                    field: first.and_then(|first| first.field.clone()),
                    ..file(&path.display())
                }
            }
            Self::OutputIsInput { output, .. } => file(&output.display()),
            Self::NotWritten { place, .. } => file(place),
            Self::TwoConfigurations { .. } | Self::Votes(_) => Place::default(),
        }
    }
}
