//! From a path to an import.

use std::io::Read;
use std::path::{Path, PathBuf};

use plenary_tables::split::{RETURNS_ALONE, has_returns_alone};

use crate::containers::{self, Placement};
use crate::error::{ImportError, no_rows, syntax};
use crate::files::parent;
use crate::format::{Format, Reader};
use crate::input::{Input, Limit};
use crate::options::Options;
use crate::places::placed_rows;
use crate::recognise::is_table;
use crate::record::Import;
use crate::sample::Sample;
use crate::sources::mapping::{self, ProposedMapping};

/// Reads a file or a dataset folder, whatever its format.
///
/// The format is recognised by what is in it, never by its name; `.gz` and `.zst` are unpacked on the way.
/// The path `-` is the standard input.
/// Of `unvotes`, the tables `roll_calls` and `issues` are looked for beside its votes; the folder of the
/// three may be named instead.
///
/// # Errors
///
/// [`ImportError`] when the input cannot be used at all. Rows that cannot be used do not make an error: see
/// [`Import::rejected`] and [`Import::complete`].
pub fn read(path: impl AsRef<Path>, options: &Options) -> Result<Import, ImportError> {
    let path = path.as_ref();
    if !path.is_dir() {
        return read_file(path, options);
    }
    let formats = options.formats.of_folders();
    let mut known = formats.filter_map(|format| Some((format, format.file_of(path)?)));
    match known.next() {
        Some((format, file)) => match format.reader() {
            Reader::Folder(read) => read_folder(format, read, path, &file),
            _ => read_file(&file, options),
        },
        None => Err(ImportError::NotADataset {
            path: path.display().to_string(),
        }),
    }
}

/// The format of a file or a folder, by how it begins; nothing more is read, and no mapping of one's own is asked.
///
/// # Errors
///
/// [`ImportError`] as of [`read`], where the input cannot be opened or is of no known format.
pub fn format_of(
    path: impl AsRef<Path>,
    options: &Options,
) -> Result<&'static Format, ImportError> {
    let path = path.as_ref();
    if path.is_dir() {
        let mut formats = options.formats.of_folders();
        let known = formats.find(|format| format.file_of(path).is_some());
        return known.ok_or_else(|| ImportError::NotADataset {
            path: path.display().to_string(),
        });
    }
    let input = options.open(path)?;
    refuse_binary(&input)?;
    let recognition = options.formats.recognise(&input.head);
    let format = recognition
        .format
        .and_then(|name| options.formats.get(name));
    format.ok_or_else(|| ImportError::Unrecognised {
        path: input.path.clone(),
        recognition: Box::new(recognition),
    })
}

/// Reads a folder, which is known by a file in it.
fn read_folder(
    format: &'static Format,
    read: fn(&Path) -> Result<Import, ImportError>,
    folder: &Path,
    file: &Path,
) -> Result<Import, ImportError> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let why = format!("a folder with a `{name}`");
    Ok(read(folder)?.recognised(format.name(), &why))
}

fn read_file(path: &Path, options: &Options) -> Result<Import, ImportError> {
    let (file, _) = containers::split(path);
    let folder = parent(&file);
    let mut folders = options.formats.of_folders();
    let whole = folders.find_map(|format| match format.reader() {
        Reader::Folder(read) => Some((format, read, format.file_of(folder)?)),
        _ => None,
    });
    match whole {
        Some((format, read, file)) if file.file_name() == path.file_name() => {
            read_folder(format, read, folder, &file)
        }
        Some(_) => {
            let read = read_input(&options.open(path)?, options);
            read.map_err(|error| of_folder(error, folder))
        }
        None => read_input(&options.open(path)?, options),
    }
}

/// Says of a file that no adapter knows that its folder is what can be read.
fn of_folder(error: ImportError, folder: &Path) -> ImportError {
    match error {
        ImportError::Unrecognised { path, .. } => ImportError::PartOfDataset {
            path,
            folder: folder.display().to_string(),
        },
        other => other,
    }
}

/// Which of some paths are tables that are read with another of them, as they say more of its votes or voters
/// ([`Options::others`]): they are no inputs of their own.
///
/// ```
/// let folder = tempfile::tempdir()?;
/// let votes = folder.path().join("votes.csv");
/// let members = folder.path().join("legislature.csv");
/// std::fs::write(&votes, "congress,chamber,rollnumber,icpsr,cast_code\n99,House,1,101,1\n")?;
/// std::fs::write(&members, "congress,chamber,icpsr,bioname\n99,House,101,\"DOE, Jane\"\n")?;
/// let paths = [members, votes];
/// let beside = plenary_import::tables_beside(&paths, &Default::default());
/// assert_eq!(beside, [true, false]);
/// # Ok::<(), std::io::Error>(())
/// ```
#[must_use]
pub fn tables_beside(paths: &[PathBuf], options: &Options) -> Vec<bool> {
    let mut beside = vec![false; paths.len()];
    // One input has nothing beside it, and is not opened to look.
    if paths.len() < 2 {
        return beside;
    }
    let options = Options {
        others: paths.into(),
        ..options.clone()
    };
    let mut read_with_others = vec![false; paths.len()];
    for (at, path) in paths.iter().enumerate() {
        let found = read_with(path, &options);
        let is_found = |path: &PathBuf| found.iter().any(|found| found == path);
        for (other, path) in paths.iter().enumerate().filter(|(other, _)| *other != at) {
            // Of two that would each be read with the other, the first is read.
            if !is_found(path) || read_with_others.get(other) == Some(&true) {
                continue;
            }
            if let (Some(is_beside), Some(has_others)) =
                (beside.get_mut(other), read_with_others.get_mut(at))
            {
                (*is_beside, *has_others) = (true, true);
            }
        }
    }
    beside
}

/// The others of some paths that are read with one of them. What cannot be read is refused where it is read.
fn read_with(path: &Path, options: &Options) -> Vec<PathBuf> {
    if !containers::split(path).0.is_file() {
        return Vec::new();
    }
    let Ok(input) = options.open(path) else {
        return Vec::new();
    };
    let given = options.mapping.as_deref();
    let given = given.filter(|given| mapping::missing(&input, given).is_some_and(|m| m.is_empty()));
    if let Some(given) = given {
        return mapping::tables_beside(&input, given);
    }
    let format = options.formats.recognise(&input.head).format;
    match format
        .and_then(|name| options.formats.get(name))
        .map(Format::reader)
    {
        Some(Reader::Shipped(shipped)) => mapping::tables_beside(&input, shipped.mapping()),
        _ => Vec::new(),
    }
}

/// Reads bytes in memory; `name` stands for the path in messages.
///
/// # Errors
///
/// As [`read`].
pub fn read_bytes(name: &str, bytes: &[u8], options: &Options) -> Result<Import, ImportError> {
    read_input(&options.apply_to(Input::bytes(name, bytes)?), options)
}

/// The text of a file that is used beside the votes, such as a list of weights or of links: unpacked, without a byte order
/// mark and with plain line ends, of a file, a pipe or, as `-`, the standard input.
///
/// # Errors
///
/// [`ImportError`] when it cannot be read, is empty, is not UTF-8 or is of more than 64 MiB.
pub fn read_text(path: impl AsRef<Path>) -> Result<String, ImportError> {
    let input = Input::open_text(path.as_ref())?;
    refuse_binary(&input)?;
    // With one kind of line end the lines that a reader of tables counts are those of the file.
    let text = input.text(LONGEST_TEXT)?.replace("\r\n", "\n");
    Ok(match &input.container {
        Some(container) => a_line_a_row(&text, &container.placement),
        None => text,
    })
}

/// The text of a report, to read sentences from: as [`read_text`], but of no table and no markup.
///
/// # Errors
///
/// [`ImportError`] as of [`read_text`]; [`ImportError::NotProse`] where it is a workbook or another container of tables, a PDF or
/// another binary file, or a text in HTML, XML or JSON.
pub fn read_prose(path: impl AsRef<Path>) -> Result<String, ImportError> {
    let input = Input::open(path.as_ref())?;
    let not_prose = |what: &str| ImportError::NotProse {
        path: input.path.clone(),
        what: what.to_owned(),
    };
    match refuse_binary(&input) {
        Err(ImportError::Binary { what, .. }) => return Err(not_prose(&what)),
        other => other?,
    }
    if input.container.is_some() {
        return Err(not_prose(
            "it is a workbook, a database or another container of tables",
        ));
    }
    let text = input.text(LONGEST_TEXT)?.replace("\r\n", "\n");
    match text.trim_start().as_bytes() {
        [b'<', ..] => Err(not_prose("it begins as HTML or XML does")),
        [b'{', ..] | [b'[', b'{' | b'[', ..] => Err(not_prose("it begins as JSON does")),
        _ => Ok(text),
    }
}

/// The text of a table in a container with each row on the line of its number, so that the lines that a reader counts are rows; where
/// the header is no row of the container, the rows follow it.
fn a_line_a_row(text: &str, placement: &Placement) -> String {
    let (mut flat, mut line) = (String::new(), 1);
    let mut rows = placed_rows(text, 0, ',').peekable();
    let has_header = rows
        .peek()
        .is_some_and(|row| placement.row_of(row.line).is_some());
    for row in rows {
        let number = placement.row_of(row.line).filter(|_| has_header);
        while number.is_some_and(|number| line < number) {
            flat.push('\n');
            line += 1;
        }
        let ends = row.fields.first().zip(row.fields.last());
        let fields = ends.and_then(|(first, last)| text.get(first.start..last.end));
        flat.push_str(&fields.unwrap_or_default().replace('\n', " "));
        flat.push('\n');
        line += 1;
    }
    flat
}

const LONGEST_TEXT: Limit = Limit {
    mebibytes: 64,
    of: "a file beside the votes",
    help: "such files are small: check that this is the file that is meant",
};

/// Reads an input. Of a container, what is said of a line of its text is said of the row that the line stands for.
pub(crate) fn read_input(input: &Input, options: &Options) -> Result<Import, ImportError> {
    let read = read_text_of(input, options);
    match &input.container {
        None => read,
        Some(container) => {
            let import = read.map_err(|error| container.placement.error(error))?;
            Ok(container.account_for(import))
        }
    }
}

fn read_text_of(input: &Input, options: &Options) -> Result<Import, ImportError> {
    refuse_binary(input)?;
    refuse_carriage_returns(input)?;
    let mapped = options.mapping.as_ref();
    let mapped = mapped.and_then(|mapping| Some((mapping, mapping::missing(input, mapping)?)));
    let recognition = match mapped {
        Some((mapping, missing)) if missing.is_empty() => {
            let why = "it has the columns that the mapping names";
            let import = mapping::read(input, mapping)?.recognised(mapping::FORMAT.name(), why);
            let in_vain = mapping::ignored_in_vain(input, mapping);
            return Ok(import.with_findings(in_vain.into_iter().collect()));
        }
        Some((_, missing)) => {
            let known = options.formats.recognise(&input.head);
            match known.format.is_none() || is_table(&input.head) {
                true => known.without_mapping(missing),
                false => known,
            }
        }
        None => options.formats.recognise(&input.head),
    };
    let format = recognition
        .format
        .and_then(|name| options.formats.get(name));
    match format.map(|format| (format.name(), format.reader())) {
        Some((name, Reader::File(read))) => {
            let format = options.formats.get(name);
            let import = read(input)?.recognised(name, &recognition.why);
            Ok(import.with_scope(format.is_some_and(Format::tells_scope)))
        }
        Some((name, Reader::Shipped(shipped))) => {
            let import = mapping::read_shipped(input, shipped.mapping())?;
            Ok(import.recognised(name, &recognition.why))
        }
        _ => Err(ImportError::Unrecognised {
            path: input.path.clone(),
            recognition: Box::new(recognition),
        }),
    }
}

/// Proposes a mapping for a table, by what its columns seem to hold.
///
/// # Errors
///
/// [`ImportError`] when the file cannot be read, or is no table.
pub fn propose_mapping(
    path: impl AsRef<Path>,
    options: &Options,
) -> Result<ProposedMapping, ImportError> {
    propose(&options.open(path.as_ref())?, options)
}

/// The same for bytes in memory; `name` stands for the path in messages.
///
/// # Errors
///
/// As [`propose_mapping`].
pub fn propose_mapping_for(name: &str, bytes: &[u8]) -> Result<ProposedMapping, ImportError> {
    let options = Options::default();
    propose(&options.apply_to(Input::bytes(name, bytes)?), &options)
}

/// So much of a table is looked at.
const LOOKED_AT: u64 = 4 << 20;

fn propose(input: &Input, options: &Options) -> Result<ProposedMapping, ImportError> {
    refuse_binary(input)?;
    refuse_carriage_returns(input)?;
    let recognition = options.formats.recognise(&input.head);
    let is_below = recognition.below.is_some() || recognition.headings.is_some();
    if !is_table(&input.head) || is_below {
        return Err(ImportError::Unrecognised {
            path: input.path.clone(),
            recognition: Box::new(recognition),
        });
    }
    let mut text = Vec::new();
    let mut beginning = input.reader()?.take(LOOKED_AT);
    let read = beginning.read_to_end(&mut text);
    read.map_err(|error| input.error(error))?;
    let whole = (text.len() as u64) < LOOKED_AT;
    let sample = Sample::of(&text, whole).ok_or_else(|| {
        let reason = "the header cannot be taken apart";
        syntax(&input.path, 1, reason, "fix its quotes")
    })?;
    match sample.rows {
        0 => Err(no_rows(&input.path)),
        _ if sample.lacks_headings() && recognition.format.is_none() => {
            let sample = Sample::without_headings(&text, whole).unwrap_or(sample);
            Ok(mapping::propose::propose(&sample, None))
        }
        _ => Ok(mapping::propose::propose(&sample, recognition.format)),
    }
}

fn refuse_carriage_returns(input: &Input) -> Result<(), ImportError> {
    let text = input.head.trim_ascii();
    if is_table(text) && has_returns_alone(text) {
        let (reason, help) = RETURNS_ALONE;
        return Err(syntax(&input.path, 1, reason, help));
    }
    Ok(())
}

fn refuse_binary(input: &Input) -> Result<(), ImportError> {
    let what = match input.head.as_slice() {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "it begins as UTF-16 does",
        [b'%', b'P', b'D', b'F', ..] => "it begins as a PDF does",
        head if head.get(257..262) == Some(b"ustar") => "it begins as a tar archive does",
        head if head.contains(&0) => "it holds zero bytes",
        _ => return Ok(()),
    };
    Err(ImportError::Binary {
        path: input.path.clone(),
        what: what.to_owned(),
    })
}
