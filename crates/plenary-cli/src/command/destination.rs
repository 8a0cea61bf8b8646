//! Where a table goes: a file that is complete or absent, or stdout.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use super::input::in_file;
use crate::exit::Result;
use crate::output::Output;

/// Refuses files that could not be written, before anything is computed for them.
pub(crate) fn check<'a>(paths: impl IntoIterator<Item = &'a Path>) -> Result<()> {
    let mut seen: Vec<PathBuf> = Vec::new();
    for path in paths {
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        if path.is_dir() || path.file_name().is_none() {
            return Err(in_file(path, &"this is a folder").with_help("name a file in it"));
        }
        if !folder.is_dir() {
            let what = format!("there is no folder `{}`", folder.display());
            return Err(in_file(path, &what).with_help("make the folder, or name another"));
        }
        let whole = std::path::absolute(path).map_err(|error| in_file(path, &error))?;
        if seen.contains(&whole) {
            return Err(in_file(path, &"two results cannot be in one file")
                .with_help("give each a file of its own"));
        }
        seen.push(whole);
    }
    Ok(())
}

/// Writes to a file, or to stdout without one. The file appears under its name only when it is whole.
pub(crate) fn write(
    path: Option<&Path>,
    output: &Output,
    fill: impl FnOnce(&mut dyn Write) -> Result<()>,
) -> Result<()> {
    let Some(path) = path else {
        let mut out = output.stdout();
        fill(&mut out)?;
        return Ok(out.flush()?);
    };
    let unfinished = beside(path);
    let result = File::create(&unfinished)
        .map_err(|error| in_file(path, &error))
        .and_then(|file| {
            let mut out = BufWriter::new(file);
            fill(&mut out)?;
            out.flush().map_err(|error| in_file(path, &error))
        })
        .and_then(|()| fs::rename(&unfinished, path).map_err(|error| in_file(path, &error)));
    if result.is_err() {
        // What is left of it is of no use to anybody, and the first error is the one to tell.
        let _ = fs::remove_file(&unfinished);
    }
    result
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.unfinished", std::process::id()));
    path.with_file_name(name)
}
