//! From a path to an import.

use std::path::Path;

use crate::ImportError;
#[cfg(feature = "_specs")]
use crate::csv::header::Header;
use crate::error::syntax;
use crate::format::{Recognition, recognise};
use crate::input::{Input, Limit};
use crate::record::{Import, Options};
#[cfg(feature = "rollcalls")]
use crate::rollcall;
#[cfg(feature = "undl")]
use crate::undl;

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
    if path.is_dir() {
        return match votes_in(path) {
            Some(table) => read(table, options),
            None => read_folder(path, options),
        };
    }
    read_file(path, options)
}

fn read_file(path: &Path, options: &Options) -> Result<Import, ImportError> {
    match dataset_of(path) {
        Some(folder) if path.ends_with(DESCRIPTOR) => read_folder(folder, options),
        Some(folder) => {
            let read = read_input(&Input::open(path)?, options);
            read.map_err(|error| of_dataset(error, folder))
        }
        None => read_input(&Input::open(path)?, options),
    }
}

const DESCRIPTOR: &str = "datapackage.json";

/// The dataset folder in which a file lies.
fn dataset_of(file: &Path) -> Option<&Path> {
    let folder = file.parent()?;
    let folder = match folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => folder,
    };
    folder.join(DESCRIPTOR).is_file().then_some(folder)
}

/// Says of a file that no adapter knows that its dataset is what can be read.
fn of_dataset(error: ImportError, folder: &Path) -> ImportError {
    match error {
        ImportError::Unrecognised { path, .. } => ImportError::PartOfDataset {
            path,
            folder: folder.display().to_string(),
        },
        other => other,
    }
}

#[cfg(feature = "rollcalls")]
use rollcall::votes_in;

#[cfg(not(feature = "rollcalls"))]
const fn votes_in(_: &Path) -> Option<std::path::PathBuf> {
    None
}

#[cfg(feature = "native")]
use crate::native::read_folder;

#[cfg(not(feature = "native"))]
fn read_folder(folder: &Path, _: &Options) -> Result<Import, ImportError> {
    Err(ImportError::NotADataset {
        path: folder.display().to_string(),
    })
}

/// Reads bytes in memory; `name` stands for the path in messages.
///
/// # Errors
///
/// As [`read`].
pub fn read_bytes(name: &str, bytes: &[u8], options: &Options) -> Result<Import, ImportError> {
    read_input(&Input::bytes(name, bytes)?, options)
}

/// The text of a file that is used beside the votes, such as a list of weights or of links: unpacked, without a byte order
/// mark and with plain line ends, of a file, a pipe or, as `-`, the standard input.
///
/// # Errors
///
/// [`ImportError`] when it cannot be read, is empty, is not UTF-8 or is of more than 64 MiB.
pub fn read_text(path: impl AsRef<Path>) -> Result<String, ImportError> {
    let input = Input::open(path.as_ref())?;
    refuse_binary(&input)?;
    // With one kind of line end the lines that a reader of tables counts are those of the file.
    Ok(input.text(LONGEST_TEXT)?.replace("\r\n", "\n"))
}

const LONGEST_TEXT: Limit = Limit {
    mebibytes: 64,
    of: "a file beside the votes",
    help: "such files are small: check that this is the file that is meant",
};

pub(crate) fn read_input(input: &Input, options: &Options) -> Result<Import, ImportError> {
    refuse_binary(input)?;
    refuse_carriage_returns(input)?;
    #[cfg(feature = "mapping")]
    if let Some(import) = crate::mapping::read_if_it_fits(input, options)? {
        return Ok(import);
    }
    let recognition = recognise(&input.head);
    #[cfg(feature = "mapping")]
    let recognition = crate::mapping::with_what_is_missing(recognition, input, options);
    let why = &recognition.why;
    match recognition.format {
        #[cfg(feature = "native")]
        Some(crate::Format::PlenaryJson) => crate::native::read_document(input, why),
        #[cfg(feature = "typed")]
        Some(crate::Format::PlenaryCsv) => crate::typed::read(input, why),
        #[cfg(feature = "marcxml")]
        Some(crate::Format::UndlMarcxml) => crate::marcxml::read(input, why, options),
        #[cfg(feature = "untc")]
        Some(crate::Format::UntcCsv) => crate::untc::read_record(input, why, options),
        #[cfg(feature = "_specs")]
        Some(format) => match Header::read(&input.head, input.whole) {
            Some(header) => read_table(input, format, header, &recognition, options),
            None => Err(unrecognised(input, recognition)),
        },
        _ => Err(unrecognised(input, recognition)),
    }
}

/// Reads a table that is known by its columns.
#[cfg(feature = "_specs")]
fn read_table(
    input: &Input,
    format: crate::Format,
    header: Header,
    recognition: &Recognition,
    options: &Options,
) -> Result<Import, ImportError> {
    let why = &recognition.why;
    match format {
        #[cfg(feature = "undl")]
        crate::Format::UndlGaCsv => undl::read(input, header, &undl::GA, why, options),
        #[cfg(feature = "undl")]
        crate::Format::UndlGaWideCsv => undl::read_wide(input, header, why, options),
        #[cfg(feature = "undl")]
        crate::Format::UndlScCsv => undl::read(input, header, &undl::SC, why, options),
        #[cfg(feature = "rollcalls")]
        crate::Format::VoetenCsv => rollcall::read_voeten(input, header, why, options),
        #[cfg(feature = "rollcalls")]
        crate::Format::UnvotesCsv => rollcall::read_unvotes(input, header, why, options),
        #[cfg(feature = "rollcalls")]
        crate::Format::UnvotesRollCallsCsv => {
            rollcall::read_alone(input, &rollcall::ROLL_CALLS, why, options)
        }
        #[cfg(feature = "rollcalls")]
        crate::Format::UnvotesIssuesCsv => {
            rollcall::read_alone(input, &rollcall::ISSUES, why, options)
        }
        _ => Err(unrecognised(input, recognition.clone())),
    }
}

fn unrecognised(input: &Input, recognition: Recognition) -> ImportError {
    ImportError::Unrecognised {
        path: input.path.clone(),
        recognition: Box::new(recognition),
    }
}

/// Lines that end as on Macintoshes of the last century would make one row of a whole table.
fn refuse_carriage_returns(input: &Input) -> Result<(), ImportError> {
    let text = input.head.trim_ascii();
    let is_table = !matches!(text.first(), Some(b'<' | b'{' | b'['));
    if is_table && text.contains(&b'\r') && !text.contains(&b'\n') {
        return Err(syntax(
            &input.path,
            1,
            "its lines end with a carriage return alone",
            "save it with the line ends of Unix or Windows (LF or CRLF)",
        ));
    }
    Ok(())
}

fn refuse_binary(input: &Input) -> Result<(), ImportError> {
    let what = match input.head.as_slice() {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "it begins as UTF-16 does",
        [b'P', b'K', 3, 4, ..] => "it begins as a zip archive or a spreadsheet does",
        [b'%', b'P', b'D', b'F', ..] => "it begins as a PDF does",
        [0xd0, 0xcf, 0x11, 0xe0, ..] => "it begins as an old spreadsheet does",
        [b'P', b'A', b'R', b'1', ..] => "it begins as a Parquet file does",
        [b'B', b'Z', b'h', b'1'..=b'9', b'1', b'A', b'Y', ..] => "it is compressed with bzip2",
        [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => "it is compressed with xz",
        head if head.get(257..262) == Some(b"ustar") => "it begins as a tar archive does",
        head if head.contains(&0) => "it holds zero bytes",
        _ => return Ok(()),
    };
    Err(ImportError::Binary {
        path: input.path.clone(),
        what: what.to_owned(),
    })
}
