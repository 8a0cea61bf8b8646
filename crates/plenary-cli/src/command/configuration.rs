//! The `plenary.toml` that governs a run: which file it is, and what it says.

use std::path::{Path, PathBuf};

use plenary::validation::Config;

use super::destination;
use crate::exit::{Failure, Result};

/// The file of the configuration, if there is one: the one that is named, else that of all the inputs.
pub(crate) fn file(named: Option<&Path>, inputs: &[PathBuf]) -> Result<Option<PathBuf>> {
    if let Some(named) = named {
        return Ok(Some(named.to_owned()));
    }
    let mut nearest = inputs.iter().map(|path| (path, beside(path)));
    let Some((first, governs)) = nearest.next() else {
        return Ok(None);
    };
    match nearest.find(|(_, other)| *other != governs) {
        None => Ok(governs),
        Some((path, other)) => {
            let one = |path: &Path, config: &Option<PathBuf>| match config {
                Some(config) => format!("{} has `{}`", path.display(), shown(config)),
                None => format!("{} has none", path.display()),
            };
            let (first, path) = (one(first, &governs), one(path, &other));
            Err(
                Failure::new(format!("two configurations for one run: {first}, {path}"))
                    .with_help("name one with --config FILE, or check the inputs one by one"),
            )
        }
    }
}

/// A path as a reader of the output knows it: from the working directory, where it lies there.
pub(crate) fn shown(path: &Path) -> String {
    let here = std::env::current_dir().ok();
    let inside = here.and_then(|here| path.strip_prefix(here).ok());
    inside.unwrap_or(path).display().to_string()
}

/// Reads a configuration.
pub(crate) fn read(path: &Path) -> Result<Config> {
    let named =
        |error: &dyn std::fmt::Display| Failure::new(format!("{}: {error}", path.display()));
    destination::reading(path)?;
    let text = std::fs::read_to_string(path).map_err(|error| named(&error))?;
    Config::from_toml(&text)
        .map_err(|error| named(&error).with_help("docs/configuration.md says what it may hold"))
}

/// The `plenary.toml` beside the data, or in the nearest folder above that has one.
pub(crate) fn beside(path: &Path) -> Option<PathBuf> {
    let absolute = std::path::absolute(path).ok()?;
    let folders = absolute.ancestors();
    folders
        .map(|folder| folder.join("plenary.toml"))
        .find(|file| file.is_file())
}
