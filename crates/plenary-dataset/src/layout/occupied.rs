//! Whether something would be lost where a dataset is to be written.

use std::fs;
use std::io::{Error, ErrorKind, Result};
use std::path::Path;

use serde_json::Value;

use super::descriptor::DESCRIPTOR;

/// Refuses a folder that holds anything, other than a dataset that is to be replaced.
pub(super) fn refuse_occupied(folder: &Path, replaces: bool) -> Result<()> {
    let Ok(about) = fs::symlink_metadata(folder) else {
        return Ok(());
    };
    let leads = match fs::metadata(folder) {
        Ok(leads) => leads,
        Err(error) if about.is_symlink() && error.kind() == ErrorKind::NotFound => {
            let what = "this is a link that leads nowhere";
            return Err(Error::new(ErrorKind::AlreadyExists, what));
        }
        Err(error) => return Err(error),
    };
    if !leads.is_dir() {
        return Err(Error::new(
            ErrorKind::NotADirectory,
            "this is a file, not a folder",
        ));
    }
    let what = match fs::read_dir(folder)?.next() {
        None => return Ok(()),
        Some(_) if !replaces => "the folder is not empty".to_owned(),
        Some(_) => match what_is_no_part(folder)? {
            None => return Ok(()),
            Some(what) => what,
        },
    };
    Err(Error::new(ErrorKind::AlreadyExists, what))
}

/// What of a folder would be lost if a dataset took its place, other than a dataset.
fn what_is_no_part(folder: &Path) -> Result<Option<String>> {
    let path = folder.join(DESCRIPTOR);
    let text = match path.is_file() {
        true => fs::read(path).unwrap_or_default(),
        false => Vec::new(),
    };
    let descriptor = serde_json::from_slice::<Value>(&text).ok();
    let Some(descriptor) = descriptor.filter(Value::is_object) else {
        return Ok(Some("the folder is not a dataset".to_owned()));
    };
    let resources = descriptor.get("resources").and_then(Value::as_array);
    let paths = resources.into_iter().flatten().flat_map(|resource| {
        let path = resource.get("path");
        let several = path.and_then(Value::as_array).into_iter().flatten();
        several.chain(path).filter_map(Value::as_str)
    });
    let known: Vec<&str> = paths.chain([DESCRIPTOR]).collect();
    let unknown = unknown_file(folder, "", &known)?;
    Ok(unknown.map(|name| format!("the folder holds `{name}`, which is not part of the dataset")))
}

/// The first file of a folder that is not among the known ones, which are named by their paths inside the dataset.
fn unknown_file(folder: &Path, beginning: &str, known: &[&str]) -> Result<Option<String>> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{beginning}{}", entry.file_name().to_string_lossy());
        if known.contains(&&*name) {
            continue;
        }
        let below = format!("{name}/");
        // A link to a folder is not followed.
        let is_folder = entry.file_type()?.is_dir();
        if !is_folder || !known.iter().any(|path| path.starts_with(&below)) {
            return Ok(Some(name));
        }
        let unknown = unknown_file(&entry.path(), &below, known)?;
        if unknown.is_some() {
            return Ok(unknown);
        }
    }
    Ok(None)
}
