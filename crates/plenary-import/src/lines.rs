//! Single lines of an input, for showing what a finding is about, and the one that is its header.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader};
use std::path::Path;

use crate::containers;
use crate::csv::row;
use crate::error::ImportError;
use crate::input::{Input, STANDARD_INPUT};

/// The lines of these numbers, from 1, without their ends; unpacked on the way, like [`read`](crate::read()). Of a table in a
/// container its rows, written as CSV.
///
/// Bytes that are not UTF-8 are shown as `�`. A number beyond the end has no line, and a pipe has none: it was read
/// already.
///
/// # Errors
///
/// [`ImportError`] when the file cannot be read.
pub fn source_lines(
    path: impl AsRef<Path>,
    wanted: &BTreeSet<u64>,
) -> Result<BTreeMap<u64, String>, ImportError> {
    let mut found = BTreeMap::new();
    let path = path.as_ref();
    let (file, _) = containers::split(path);
    let Some(&last) = wanted.last().filter(|_| !is_pipe(&file)) else {
        return Ok(found);
    };
    let input = Input::open(path)?;
    let mut reader = BufReader::with_capacity(1 << 16, input.reader()?);
    let mut line = Vec::new();
    let container = input.container.as_ref();
    for number in 1.. {
        let number = match container {
            Some(container) => container.placement.row_of(number).unwrap_or(0),
            None => number,
        };
        if number > last {
            break;
        }
        line.clear();
        let read = reader
            .read_until(b'\n', &mut line)
            .map_err(|e| input.error(e))?;
        if read == 0 {
            break;
        }
        if wanted.contains(&number) {
            let text = || String::from_utf8_lossy(line.trim_ascii_end()).into_owned();
            found.entry(number).or_insert_with(text);
        }
    }
    Ok(found)
}

/// The byte at which the header row of a table begins, and the separator of its fields: a mark of the byte order, blank lines,
/// separators alone and a spreadsheet's `sep=;` may come before it.
///
/// ```
/// let table = "sep=;\n;;\nstate;vote\nPER;yes\n";
/// assert_eq!(plenary_import::header_row(table), (9, ';'));
/// ```
#[must_use]
pub fn header_row(text: &str) -> (usize, char) {
    let table = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (start, _, separator) = row::first_row(table.as_bytes());
    (text.len() - table.len() + start, char::from(separator))
}

/// Whether a path is one that cannot be read a second time.
fn is_pipe(path: &Path) -> bool {
    let about = path.metadata();
    path == Path::new(STANDARD_INPUT) || about.is_ok_and(|about| !about.is_file())
}
