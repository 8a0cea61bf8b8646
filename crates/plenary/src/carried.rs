//! [`with_carried`]: the reference data that datasets carry, below that which a user states.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use plenary_bodies::Reference;
use plenary_import::{ReferenceFiles, carried_reference};

use crate::{Error, Input, Refusal};

/// A reference with the data that the datasets among some inputs carry: it lies above what comes with the program and below what the
/// reference states already.
///
/// ```
/// use plenary::{Input, bodies::Reference, with_carried};
///
/// let stated = Reference::embedded();
/// let reference = with_carried(stated, &[Input::compact()])?;
/// assert_eq!(reference.layers().len(), stated.layers().len());
/// # Ok::<(), plenary::Error>(())
/// ```
///
/// # Errors
///
/// [`Error`] when the data of a dataset cannot be used, or two datasets carry other data of one name and the reference does not say
/// which counts.
pub fn with_carried(reference: &Arc<Reference>, inputs: &[Input]) -> Result<Arc<Reference>, Error> {
    let (reference, failed) = carried(reference, inputs);
    match failed.into_iter().next() {
        None => Ok(reference),
        Some((_, error)) => Err(error),
    }
}

/// The same, without the data of the inputs that cannot be used: each by its place, with the reason.
pub(crate) fn carried(
    reference: &Arc<Reference>,
    inputs: &[Input],
) -> (Arc<Reference>, Vec<(usize, Error)>) {
    let mut found = Carried::new(reference);
    let mut failed = Vec::new();
    for (at, input) in inputs.iter().enumerate() {
        let Input::Path(folder) = input else { continue };
        if let Err(error) = found.add(folder) {
            failed.push((at, error));
        }
    }
    (found.reference, failed)
}

/// The layers of datasets that have been found so far. What is stated anyway, or carried twice, is one layer.
struct Carried<'r> {
    stated: &'r Arc<Reference>,
    layers: Vec<(String, ReferenceFiles)>,
    /// The reference with them.
    reference: Arc<Reference>,
}

impl<'r> Carried<'r> {
    fn new(stated: &'r Arc<Reference>) -> Self {
        Self {
            stated,
            layers: Vec::new(),
            reference: Arc::clone(stated),
        }
    }

    fn add(&mut self, folder: &Path) -> Result<(), Error> {
        if !folder.is_dir() {
            return Ok(());
        }
        let folders = carried_reference(folder)?;
        self.agrees(folder, &folders)?;
        let known = |files: &ReferenceFiles| {
            let stated = self.stated.added_files();
            let mut stated = stated.map(|(_, files)| files.collect::<BTreeMap<_, _>>());
            let own: BTreeMap<_, _> = texts(files).collect();
            self.layers.iter().any(|(_, other)| other == files) || stated.any(|other| other == own)
        };
        let new: Vec<_> = (1..)
            .zip(folders)
            .filter(|(_, files)| !known(files))
            .collect();
        if new.is_empty() {
            return Ok(());
        }
        let mut layers = self.layers.clone();
        for (number, files) in new {
            let name = match number {
                1 => "reference".to_owned(),
                number => format!("reference-{number}"),
            };
            layers.push((folder.join(name).display().to_string(), files));
        }
        let reference = self.stated.with_files_below(layers.clone());
        self.reference = reference.map_err(|errors| Error::Reference {
            folder: folder.join("reference"),
            errors,
        })?;
        self.layers = layers;
        Ok(())
    }

    /// Refuses data of a name of which an earlier dataset has other data, unless what is stated has it too: one would silently be
    /// judged by the data of the other.
    fn agrees(&self, folder: &Path, folders: &[ReferenceFiles]) -> Result<(), Error> {
        let last: BTreeMap<&str, &str> = folders.iter().flat_map(texts).collect();
        let stated = self.stated.added_files();
        let stated: Vec<&str> = stated
            .flat_map(|(_, files)| files.map(|(path, _)| path))
            .collect();
        let mut known: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
        for (name, files) in &self.layers {
            known.extend(texts(files).map(|(path, text)| (path, (text, &**name))));
        }
        for (path, text) in last {
            let Some((other, of)) = known.get(path) else {
                continue;
            };
            if *other != text && !stated.contains(&path) {
                let reason = format!("its reference data has another `{path}` than {of}");
                let help = "take the inputs one by one, or say which folder counts";
                let refusal = Refusal::new(reason).with_help(help);
                return Err(refusal.by_setting(["reference"]).at(folder).into());
            }
        }
        Ok(())
    }
}

fn texts(files: &ReferenceFiles) -> impl Iterator<Item = (&str, &str)> {
    files.iter().map(|(path, text)| (&**path, &**text))
}

/// What of the data of a dataset, or of a folder, does not count because a layer above it says otherwise: a warning for each file.
pub(crate) fn replaced(reference: &Reference) -> Vec<String> {
    let replaced = reference.replacements().into_iter();
    replaced
        .map(|file| {
            let (path, by, of) = (file.path, file.by, file.of);
            format!("{path} of {by} counts, and not that of {of}")
        })
        .collect()
}
