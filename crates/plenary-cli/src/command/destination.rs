//! Where a result goes: a file, which is never one of the inputs, or stdout.

use std::cell::RefCell;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use plenary::import::file_and_table;
use plenary::import::files::{self, OutputFile};

use crate::exit::{Failure, Result};
use crate::output::{Output, Tracked};

thread_local! {
    /// The files of this run, which stays on its thread.
    static RUN: RefCell<Files> = RefCell::default();
}

#[derive(Default)]
struct Files {
    inputs: Vec<PathBuf>,
    outputs: Vec<PathBuf>,
}

/// Forgets the files of an earlier run on this thread.
pub(crate) fn start() {
    RUN.take();
}

/// Refuses files that could not be written, before anything is computed for them.
pub(crate) fn check<'a>(paths: impl IntoIterator<Item = &'a Path>) -> Result<()> {
    for path in paths {
        if path.is_dir() || path.file_name().is_none() {
            return Err(Failure::in_file(path, &"this is a folder").with_help("name a file in it"));
        }
        let folder = folder(path);
        if !folder.is_dir() {
            let what = format!("there is no folder `{}`", folder.display());
            return Err(Failure::in_file(path, &what).with_help("make the folder, or name another"));
        }
        if !files::is_stream(path) && is_read_only(path) {
            let error = io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only");
            return Err(Failure::not_written(path.display(), error));
        }
        let whole = resolved(path).map_err(|error| Failure::in_file(path, &error))?;
        RUN.with_borrow_mut(|run| run.will_write(path, whole))?;
    }
    Ok(())
}

impl Files {
    fn will_write(&mut self, path: &Path, whole: PathBuf) -> Result<()> {
        let is_same = |other: &PathBuf| *other == whole || files::is_same_file(other, &whole);
        if self.outputs.iter().any(is_same) && !is_device(path) {
            return Err(Failure::in_file(path, &"two results cannot be in one file")
                .with_help("give each a file of its own"));
        }
        if let Some(input) = self.inputs.iter().find(|input| is_read(&whole, input)) {
            return Err(both(path, input));
        }
        if self.inputs.iter().any(|input| governs(&whole, input)) {
            return Err(configuration(path));
        }
        self.outputs.push(whole);
        Ok(())
    }

    fn will_read(&mut self, path: &Path) -> Result<()> {
        if let Some(output) = self.outputs.iter().find(|output| is_read(output, path)) {
            return Err(both(output, path));
        }
        if let Some(output) = self.outputs.iter().find(|output| governs(output, path)) {
            return Err(configuration(output));
        }
        self.inputs.push(path.to_owned());
        Ok(())
    }
}

/// How many links are followed: more are a circle.
const LINKS: usize = 40;

/// Where a path leads to, whether there is a file already or not: through the links of its folder and of its own.
fn resolved(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        let folder = folder(&path).to_owned();
        let whole = fs::canonicalize(&folder)?.join(path.file_name().unwrap_or_default());
        match fs::read_link(&whole) {
            Ok(target) => path = fs::canonicalize(&folder)?.join(target),
            Err(_) => return Ok(whole),
        }
    }
    Ok(path)
}

/// Notes that a file or folder is about to be read; refuses it where a result is to be written into it.
pub(crate) fn reading(path: &Path) -> Result<()> {
    let (path, _) = file_and_table(path);
    RUN.with_borrow_mut(|run| run.will_read(&path))
}

/// Notes files that were read beside the inputs.
pub(crate) fn reading_all(paths: &[PathBuf]) -> Result<()> {
    paths.iter().try_for_each(|path| reading(path))
}

fn both(output: &Path, input: &Path) -> Failure {
    let what = format!("the output is also an input, `{}`", input.display());
    Failure::in_file(output, &what).with_help("write to another file")
}

fn configuration(output: &Path) -> Failure {
    Failure::in_file(output, &"the output is also the configuration of an input")
        .with_help("write to another file")
}

/// Whether an output is the `plenary.toml` that governs an input.
fn governs(output: &Path, input: &Path) -> bool {
    plenary::configuration_of([input])
        .is_ok_and(|file| file.is_some_and(|file| files::is_same_file(output, &file)))
}

/// Whether an output is a file that is read, or lies in a folder that is.
fn is_read(output: &Path, input: &Path) -> bool {
    if is_device(output) {
        return false;
    }
    let folder = match input.file_name() {
        _ if input.is_dir() => Some(input),
        Some(name) if name == "datapackage.json" => Some(folder(input)),
        _ => None,
    };
    let entries = folder.and_then(|folder| fs::read_dir(folder).ok());
    let mut entries = entries.into_iter().flatten().flatten();
    files::is_same_file(output, input)
        || entries.any(|entry| files::is_same_file(output, &entry.path()))
}

/// Whether it is something that can be read and written at once, such as a terminal.
fn is_device(path: &Path) -> bool {
    let about = fs::metadata(path);
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        about.is_ok_and(|about| about.file_type().is_char_device())
    }
    #[cfg(not(unix))]
    about.is_ok_and(|about| !about.is_file() && !about.is_dir())
}

fn is_read_only(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|about| about.permissions().readonly())
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Writes data, which has no styles, to a file, or to stdout without one. A regular file appears under its name only when
/// it is whole.
pub(crate) fn write(
    path: Option<&Path>,
    output: &Output,
    fill: impl FnOnce(&mut dyn Write) -> Result<()>,
) -> Result<()> {
    match path {
        Some(path) => write_file(path, fill),
        None => {
            let mut out = output.raw();
            fill(&mut out)?;
            Ok(out.flush()?)
        }
    }
}

/// Writes a text for people, as [`write`] does. Only stdout can show styles: a file gets plain text, whatever `--color` says.
pub(crate) fn write_text(
    path: Option<&Path>,
    output: &Output,
    fill: impl FnOnce(&mut dyn Write) -> Result<()>,
) -> Result<()> {
    match path {
        Some(path) => {
            let mut plain = anstream::StripStream::new(Vec::new());
            fill(&mut plain)?;
            write_file(path, |out| Ok(out.write_all(&plain.into_inner())?))
        }
        None => {
            let mut out = output.stdout();
            fill(&mut out)?;
            Ok(out.flush()?)
        }
    }
}

fn write_file(path: &Path, fill: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let failed = |error: io::Error| Failure::not_written(path.display(), error);
    let mut out = Tracked::from(OutputFile::create(path).map_err(failed)?);
    let filled = fill(&mut out);
    let (file, trouble) = out.into_parts();
    // The writer of a table may say only that it could not write.
    match trouble {
        Some(error) => Err(failed(error)),
        None => filled.and_then(|()| file.finish().map_err(failed)),
    }
}
