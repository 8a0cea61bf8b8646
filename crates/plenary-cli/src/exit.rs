//! How a command ends.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::Path;

use plenary::import::ImportError;
use plenary::types::{Place, brief};
use plenary::{Unusable, in_full};

/// The exit codes of every command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// 0: it ran, and nothing is wrong at error level.
    Clean,
    /// 1: it ran, and there are findings at error level.
    Findings,
    /// 2: it could not run: unusable input or arguments.
    Unusable,
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Clean => 0,
            Exit::Findings => 1,
            Exit::Unusable => 2,
        })
    }
}

/// Why a command could not run, and what to do about it.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    help: Option<String>,
    /// Where, as far as it is in a file.
    place: Box<Place>,
    source: Option<Box<dyn Error + Send + Sync>>,
}

/// What a command comes to.
pub(crate) type Result<T = Exit> = std::result::Result<T, Failure>;

impl Failure {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            message: brief(&message.into()).into_owned(),
            help: None,
            place: Box::default(),
            source: None,
        }
    }

    /// Of an input that could not be used.
    pub(crate) fn of_unusable(input: &Unusable) -> Self {
        Self {
            message: input.message.clone(),
            help: input.help.clone(),
            place: Box::new(Place::new(&*input.path)),
            source: None,
        }
    }

    pub(crate) fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// In a file.
    pub(crate) fn in_file(path: &Path, error: &dyn fmt::Display) -> Self {
        let mut failure = Self::new(format!("{}: {error}", path.display()));
        failure.place = Box::new(Place::new(path.display().to_string()));
        failure
    }

    /// Where, as far as it is in a file.
    pub(crate) fn place(&self) -> &Place {
        &self.place
    }

    /// That something could not be written.
    pub(crate) fn not_written(place: impl fmt::Display, error: io::Error) -> Self {
        plenary::Error::not_written(place, error).into()
    }

    pub(crate) fn help(&self) -> Option<&str> {
        self.help.as_deref()
    }

    /// What else is wrong, each with what to do about it: the further faults of a folder of reference data.
    pub(crate) fn further(&self) -> Vec<(String, &str)> {
        let source = self.source.as_deref().and_then(|e| e.downcast_ref());
        let Some(plenary::Error::Reference { folder, errors }) = source else {
            return Vec::new();
        };
        let further = errors.faults().iter().skip(1);
        further
            .map(|fault| (fault.in_folder(folder), &*fault.help))
            .collect()
    }

    /// Whether the reader of our output has gone, as `head` does: no failure of ours.
    pub(crate) fn is_broken_pipe(&self) -> bool {
        let source = self.source.as_deref();
        let written = source.and_then(|e| match e.downcast_ref() {
            Some(plenary::Error::NotWritten { source, .. }) => Some(source),
            _ => e.downcast_ref::<io::Error>(),
        });
        written.is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// A help of the library, which names settings, with the options by which they are stated here.
pub(crate) fn with_options(help: String, settings: &[&str]) -> String {
    if settings.is_empty() {
        return help;
    }
    let options: Vec<_> = settings.iter().map(|name| format!("`--{name}`")).collect();
    format!("{help} ({})", options.join(", "))
}

impl<E: Error + Send + Sync + 'static> From<E> for Failure {
    fn from(error: E) -> Self {
        let message = in_full(&error);
        let source: Box<dyn Error + Send + Sync> = Box::new(error);
        let (help, place) = match (source.downcast_ref(), source.downcast_ref()) {
            (Some(error), _) => {
                let help = plenary::Error::help(error);
                let help = help.map(|help| with_options(help, error.settings()));
                (help, error.place())
            }
            (_, Some(error)) => {
                let help = with_options(ImportError::help(error), error.settings());
                (Some(help), error.place())
            }
            _ => (None, Place::default()),
        };
        Self {
            message: brief(&message).into_owned(),
            help,
            place: Box::new(place),
            source: Some(source),
        }
    }
}
