//! The `plenary.toml` that governs a run: which file it is, and what it says.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use plenary_validation::{Catalogue, Config, named_reference};

use crate::Error;

/// The file that governs these inputs: the `plenary.toml` beside each, or in the nearest folder above that has one.
///
/// # Errors
///
/// [`Error::TwoConfigurations`] when they have different ones, or some have none.
pub fn configuration_of<P: AsRef<Path>>(
    inputs: impl IntoIterator<Item = P>,
) -> Result<Option<PathBuf>, Error> {
    let mut nearest = inputs.into_iter().map(|path| {
        let file = beside(path.as_ref());
        (path, file)
    });
    let Some((first, governs)) = nearest.next() else {
        return Ok(None);
    };
    match nearest.find(|(_, other)| *other != governs) {
        None => Ok(governs),
        Some((path, other)) => Err(Error::TwoConfigurations {
            first: described(first.as_ref(), governs.as_deref()),
            other: described(path.as_ref(), other.as_deref()),
        }),
    }
}

fn described(input: &Path, file: Option<&Path>) -> String {
    match file {
        Some(file) => format!("{} has `{}`", input.display(), shown(file)),
        None => format!("{} has none", input.display()),
    }
}

/// A path as a reader of the output knows it: from the working directory, where it lies there.
pub(crate) fn shown(path: &Path) -> String {
    let here = std::env::current_dir().ok();
    let inside = here.and_then(|here| path.strip_prefix(here).ok());
    inside.unwrap_or(path).display().to_string()
}

/// Every check of these crates: of records, of datasets, and of whole histories of votes.
#[must_use]
pub fn catalogue() -> &'static Catalogue {
    static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
        let catalogue = Catalogue::default();
        #[cfg(feature = "analysis")]
        let catalogue = plenary_analysis::anomalies::CHECKS
            .into_iter()
            .fold(catalogue, Catalogue::with);
        catalogue
    });
    &CATALOGUE
}

/// Reads a configuration that names checks of a catalogue.
///
/// # Errors
///
/// [`Error`] when the file cannot be read, or says what cannot be.
pub fn read_configuration(path: &Path, catalogue: &Catalogue) -> Result<Config, Error> {
    let text = text_of(path)?;
    Config::from_toml_with(&text, catalogue.clone()).map_err(|source| Error::Configuration {
        path: path.to_owned(),
        source,
    })
}

fn text_of(path: &Path) -> Result<String, Error> {
    std::fs::read_to_string(path).map_err(|source| Error::ConfigurationFile {
        path: path.to_owned(),
        source,
    })
}

/// The folder of reference data that a configuration names, from the working directory; nothing where it names none. What else it says is not looked at.
///
/// # Errors
///
/// [`Error`] when the file cannot be read, or says what cannot be.
pub fn reference_folder(file: &Path) -> Result<Option<PathBuf>, Error> {
    let named = named_reference(&text_of(file)?).map_err(|source| Error::Configuration {
        path: file.to_owned(),
        source,
    })?;
    Ok(named.map(|named| folder_of(file, &named)))
}

/// A folder that a file names, from the working directory.
pub(crate) fn folder_of(file: &Path, named: &Path) -> PathBuf {
    let beside = file.parent().unwrap_or(Path::new("")).join(named);
    PathBuf::from(shown(&beside))
}

fn beside(path: &Path) -> Option<PathBuf> {
    let absolute = std::path::absolute(path).ok()?;
    let folders = absolute.ancestors();
    folders
        .map(|folder| folder.join("plenary.toml"))
        .find(|file| file.is_file())
}
