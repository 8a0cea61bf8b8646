//! What several commands read: files, names of states, the day.

use std::fmt::Display;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, NaiveDate};
use indicatif::{ProgressBar, ProgressStyle};
use plenary::Settings;
use plenary::decisions::nearest;
use plenary::import::{self, Import, Mapping, Options, ReaderCheck};
use plenary::states::{self, Groups};
use plenary::types::{BodyId, Finding, StateCode};

use super::destination;
use crate::exit::{Failure, Result};
use crate::output::Output;

/// Today, in Coordinated Universal Time.
pub(crate) fn today() -> Result<NaiveDate> {
    day_of(SystemTime::now())
}

fn day_of(time: SystemTime) -> Result<NaiveDate> {
    let since = time.duration_since(UNIX_EPOCH).ok();
    let seconds = since.and_then(|since| i64::try_from(since.as_secs()).ok());
    let now = seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    now.map(|now| now.date_naive()).ok_or_else(|| {
        Failure::new("the clock of this machine shows a day before 1970 or outside the calendar")
            .with_help("give the day with --on")
    })
}

/// The text of a file beside the votes, packed or not, or of the standard input.
pub(crate) fn text(path: &Path) -> Result<String> {
    if path.is_dir() {
        return Err(Failure::new(format!(
            "{} is a folder: expected a file",
            path.display()
        )));
    }
    destination::reading(path)?;
    Ok(import::read_text(path)?)
}

/// How far the reading of inputs has come, drawn for a person who is watching: one input after the other.
#[derive(Clone, Default)]
pub(crate) struct Progress(Arc<Mutex<Option<(String, ProgressBar)>>>);

impl Progress {
    /// Draws how far the reading of an input has come.
    pub(crate) fn show(&self, name: &str, read: u64, all: u64) {
        let mut current = self.0.lock().unwrap_or_else(PoisonError::into_inner);
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
    }

    /// Takes the drawing away.
    pub(crate) fn clear(&self) {
        let current = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some((_, bar)) = current {
            bar.finish_and_clear();
        }
    }
}

/// Reads an input of any format, drawing progress for a person who is watching.
pub(crate) fn read(path: &Path, options: &Options, output: &Output) -> Result<Import> {
    destination::reading(path)?;
    let progress = output.shows_progress().then(Progress::default);
    let mut options = options.clone();
    if let Some(progress) = progress.clone() {
        let name = path.display().to_string();
        options = options.with_progress(move |read, all| progress.show(&name, read, all));
    }
    let import = import::read(path, &options);
    if let Some(progress) = progress {
        progress.clear();
    }
    let import = import?;
    for path in import.beside() {
        destination::reading(path)?;
    }
    Ok(import)
}

/// Reads an input as [`read`] does, for a command that does not list what the reader found.
pub(crate) fn read_whole(path: &Path, options: &Options, output: &Output) -> Result<Import> {
    let import = read(path, options, output)?;
    warn_of_changes(&import, output);
    Ok(import)
}

/// Warns of each file of a dataset that is not the one that was written.
pub(crate) fn warn_of_changes(import: &Import, output: &Output) {
    for finding in import.findings().iter().filter(|f| is_change(f)) {
        let place = finding.place.path.as_ref();
        let path = place.unwrap_or(&import.summary().path);
        output.warn(&format!("{path}: {} ({})", finding.message, finding.check));
    }
}

/// Whether a finding says that a file of a dataset is not the one that was written.
pub(crate) fn is_change(finding: &Finding) -> bool {
    [ReaderCheck::ResourceChanged, ReaderCheck::TablesDisagree]
        .iter()
        .any(|check| check.name() == finding.check)
}

fn progress_bar(name: &str) -> ProgressBar {
    let bar = ProgressBar::new(0).with_message(name.to_owned());
    let form = "{msg} {bar:30} {bytes}/{total_bytes} {bytes_per_sec} {eta} left";
    let style = ProgressStyle::with_template(form);
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// A CSV of groups of one's own.
pub(crate) fn groups(path: &Path) -> Result<Groups> {
    let read = Groups::read(text(path)?.as_bytes());
    read.map_err(|error| Failure::from(error).at(path.display()))
}

/// A mapping file.
pub(crate) fn mapping(path: &Path) -> Result<Mapping> {
    Mapping::from_toml(&text(path)?).map_err(|error| {
        in_file(path, &error).with_help("`plenary template --mapping` prints one to start from")
    })
}

/// The settings of the configuration that is named, else of the one that governs the inputs.
pub(crate) fn settings<P: AsRef<Path>>(
    named: Option<&Path>,
    inputs: impl IntoIterator<Item = P>,
) -> Result<Settings> {
    Ok(match named {
        Some(file) => Settings::from_file(file)?,
        None => Settings::governing(inputs)?,
    })
}

/// A failure that says in which file.
pub(crate) fn in_file(path: &Path, error: &dyn Display) -> Failure {
    Failure::new(format!("{}: {error}", path.display()))
}

/// That nobody is known to sit in a body on a day.
pub(crate) fn no_members(body: &BodyId, on: NaiveDate) -> Failure {
    let known = [BodyId::UNGA, BodyId::UNSC];
    let help = "members are on record of unga from 1945-10-24 on, and of unsc from 1946-01-17 until its last known term";
    if known.contains(body) {
        return Failure::new(format!("the members of `{body}` on {on} are not on record"))
            .with_help(help);
    }
    let nearest = nearest(body.as_str(), known.iter().map(BodyId::as_str));
    let failure = Failure::new(format!(
        "the members of `{body}` are not on record (expected `unga` or `unsc`)"
    ));
    failure.with_help(nearest.map_or_else(
        || help.to_owned(),
        |nearest| format!("nearest: `{nearest}`"),
    ))
}

/// The code of a participant, by name.
pub(crate) fn resolve(name: &str) -> Option<StateCode> {
    plenary::import::untc::participant(name).or_else(|| states::resolve(name, None))
}

/// A participant given on the command line, by code or by name.
pub(crate) fn state(text: &str) -> Result<StateCode> {
    let text = text.trim();
    let code = text.parse().ok().or_else(|| {
        text.to_ascii_uppercase()
            .parse()
            .ok()
            .filter(|_| text.len() == 3)
    });
    code.or_else(|| resolve(text)).ok_or_else(|| {
        Failure::new(format!("`{text}` is no participant that is known")).with_help(
            "use a code of three capitals, such as FRA, or `plenary resolve` to find one",
        )
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_clock_that_cannot_be_right_is_no_day() {
        let day = Duration::from_secs(86_400);
        assert_eq!(
            day_of(UNIX_EPOCH + 17_884 * day).unwrap().to_string(),
            "2018-12-19"
        );
        for wrong in [
            UNIX_EPOCH.checked_sub(day),
            UNIX_EPOCH.checked_add(day * 200_000_000),
        ] {
            let Some(wrong) = wrong else { continue };
            let failure = day_of(wrong).unwrap_err();
            assert!(failure.help().unwrap().contains("--on"), "{failure}");
        }
    }
}
