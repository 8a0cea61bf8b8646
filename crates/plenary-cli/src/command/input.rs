//! What several commands read: files, names of states, the day.

use std::fmt::Display;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{Days, NaiveDate};
use plenary::states;
use plenary::types::StateCode;

use crate::exit::{Failure, Result};

/// Today, in universal time.
pub(crate) fn today() -> NaiveDate {
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    NaiveDate::default()
        .checked_add_days(Days::new(seconds / 86_400))
        .unwrap_or_default()
}

/// The text of a file.
pub(crate) fn text(path: &Path) -> Result<String> {
    if path.is_dir() {
        return Err(Failure::new(format!(
            "{} is a folder: expected a file",
            path.display()
        )));
    }
    std::fs::read_to_string(path).map_err(|error| in_file(path, &error))
}

/// A failure that says in which file.
pub(crate) fn in_file(path: &Path, error: &dyn Display) -> Failure {
    Failure::new(format!("{}: {error}", path.display()))
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
