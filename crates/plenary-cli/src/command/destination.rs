//! Where a table goes: a file that is complete or absent, or stdout.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use super::input::in_file;
use crate::exit::Result;
use crate::output::Output;

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
