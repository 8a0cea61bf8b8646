//! What several commands read: settings, names of states, and how far reading has come.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;
use indicatif::{ProgressBar, ProgressStyle};
use plenary::bodies::Reference;
use plenary::import::Mapping;
use plenary::tables::DateForm;
use plenary::types::Participant;
use plenary::{Input, Settings, configuration_of};

use super::destination;
use crate::exit::{Failure, Result};
use crate::output::Output;

/// How far the reading of inputs has come, drawn for a person who is watching, one input after the other, or told to a program that
/// asks.
#[derive(Clone)]
pub(crate) enum Progress {
    Drawn(Arc<Mutex<Current>>),
    Told(plenary::Progress),
    Unwatched,
}

/// The input that is read, and its bar.
type Current = Option<(String, ProgressBar)>;

impl Progress {
    pub(crate) fn new(output: &Output) -> Self {
        match output.asked_progress() {
            Some(told) => Self::Told(told),
            None if output.shows_progress() => Self::Drawn(Arc::default()),
            None => Self::Unwatched,
        }
    }

    /// What a call of the library tells how far reading has come; nothing where nobody is watching.
    pub(crate) fn callback(&self) -> Option<plenary::Progress> {
        let current = match self {
            Self::Drawn(current) => Arc::clone(current),
            Self::Told(told) => return Some(Arc::clone(told)),
            Self::Unwatched => return None,
        };
        Some(Arc::new(move |name, read, all| {
            let mut current = current.lock().unwrap_or_else(PoisonError::into_inner);
            let bar = match current.take() {
                Some((known, bar)) if known == name => bar,
                earlier => {
                    if let Some((_, bar)) = earlier {
                        bar.finish_and_clear();
                    }
                    progress_bar(name)
                }
            };
            bar.set_length(all);
            bar.set_position(read);
            *current = Some((name.to_owned(), bar));
        }))
    }

    /// What a call comes to, with the drawing taken away.
    pub(crate) fn cleared<T>(&self, call: impl FnOnce() -> T) -> T {
        let result = call();
        self.clear();
        result
    }

    /// Takes the drawing away.
    pub(crate) fn clear(&self) {
        let Self::Drawn(current) = self else {
            return;
        };
        let current = current
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some((_, bar)) = current {
            bar.finish_and_clear();
        }
    }
}

/// Participants given on the command line, by code or by name.
pub(crate) fn participants<T: AsRef<str>>(
    texts: impl IntoIterator<Item = T>,
) -> Result<Vec<Participant>> {
    let texts = texts.into_iter();
    let codes = texts.map(|text| plenary::participant(text.as_ref()));
    Ok(codes.collect::<std::result::Result<_, _>>()?)
}

fn progress_bar(name: &str) -> ProgressBar {
    let bar = ProgressBar::new(0).with_message(name.to_owned());
    let form = "{msg} {bar:30} {bytes}/{total_bytes} {bytes_per_sec} {eta} left";
    let style = ProgressStyle::with_template(form);
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// A mapping file.
pub(crate) fn mapping(path: &Path) -> Result<Mapping> {
    destination::reading(path)?;
    let is_shipped = path
        .to_str()
        .is_some_and(|name| plenary::import::shipped_mapping(name).is_some());
    if !is_shipped && !path.exists() {
        let names: Vec<&str> = plenary::import::shipped_mappings().collect();
        let failure = Failure::new(format!("no such mapping file: `{}`", path.display()));
        return Err(failure.with_help(format!(
            "give the path of a file, or the name of a mapping that comes with plenary: {}",
            names.join(", ")
        )));
    }
    Ok(plenary::read_mapping(path)?)
}

/// How the dates of the inputs are written.
#[derive(clap::Args, Clone, Debug, Default)]
pub(crate) struct DateArgs {
    /// How the dates of tables are written, such as %d/%m/%Y (day first) or %m/%d/%Y (month first); without it, as the table settles
    /// it itself
    #[arg(long = "date-format", value_name = "FORMAT")]
    pub(crate) form: Option<DateForm>,
}

/// The day of tables that give none.
#[derive(clap::Args, Clone, Copy, Debug, Default)]
pub(crate) struct DayArgs {
    /// The day of the votes of tables that say of none when it was, such as a sheet of one roll call
    #[arg(long = "date", value_name = "DATE", value_parser = super::day)]
    pub(crate) day: Option<NaiveDate>,
}

/// How the input of a page is read and judged.
#[derive(clap::Args)]
pub(crate) struct ReadingArgs {
    /// The configuration; by default the plenary.toml beside the data or in a folder above it
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    dates: DateArgs,
    #[command(flatten)]
    day: DayArgs,
    #[command(flatten)]
    reference: ReferenceArgs,
}

impl ReadingArgs {
    /// The settings for an input; without one, for what is built in.
    pub(crate) fn settings(&self, input: Option<&Path>, progress: &Progress) -> Result<Settings> {
        let mut settings = settings(self.config.as_deref(), input, &self.reference)?;
        settings.progress = progress.callback();
        settings.dates.clone_from(&self.dates.form);
        settings.day = self.day.day;
        Ok(settings)
    }
}

/// Reference data of the user's own.
#[derive(clap::Args, Clone, Debug, Default)]
pub(crate) struct ReferenceArgs {
    /// A folder with bodies, groups and weights of your own, on top of what comes with the program and of the folder that
    /// plenary.toml names
    #[arg(long = "reference", value_name = "DIR")]
    folders: Vec<PathBuf>,
}

impl ReferenceArgs {
    /// The settings of a configuration, if there is one, with the folders on top. It may name what a dataset among the inputs carries.
    pub(crate) fn settings<P: AsRef<Path>>(
        &self,
        file: Option<PathBuf>,
        inputs: impl IntoIterator<Item = P>,
    ) -> Result<Settings> {
        let inputs = inputs.into_iter();
        let inputs: Vec<Input> = inputs.map(|path| path.as_ref().into()).collect();
        Ok(Settings::default().configured_for(&inputs, file, &self.folders)?)
    }

    /// The reference of a command that reads records and judges none: with the folders that the plenary.toml of each input names. Inputs
    /// of different configurations may be read together, so each folder counts.
    pub(crate) fn of_inputs<P: AsRef<Path>>(
        &self,
        inputs: impl IntoIterator<Item = P>,
    ) -> Result<Arc<Reference>> {
        let mut files: Vec<PathBuf> = Vec::new();
        for input in inputs {
            let file = configuration_of([input])?;
            files.extend(file.filter(|file| !files.contains(file)));
        }
        let mut folders: Vec<PathBuf> = Vec::new();
        for file in files {
            let folder = plenary::reference_folder(&file)?;
            folders.extend(folder.filter(|folder| !folders.contains(folder)));
        }
        let folders = folders.iter().chain(&self.folders);
        Ok(plenary::with_folders(Reference::embedded(), folders)?)
    }

    /// What is judged against where the command reads no records: with the folder that the plenary.toml of the working folder, or of
    /// one above it, names.
    pub(crate) fn reference(&self) -> Result<Arc<Reference>> {
        Ok(settings(None, ["."], self)?.reference)
    }
}

/// The settings of the configuration that is named, else of the one that governs the inputs.
pub(crate) fn settings<P: AsRef<Path>>(
    named: Option<&Path>,
    inputs: impl IntoIterator<Item = P>,
    reference: &ReferenceArgs,
) -> Result<Settings> {
    let inputs: Vec<P> = inputs.into_iter().collect();
    let file = match named {
        Some(file) => Some(file.to_owned()),
        None => configuration_of(&inputs)?,
    };
    reference.settings(file, inputs)
}
