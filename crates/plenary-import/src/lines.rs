//! Single lines of an input, for showing what a finding is about.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader};
use std::path::Path;

use crate::ImportError;
use crate::input::Input;

/// The lines of these numbers, from 1, without their ends; unpacked on the way, like [`read`](crate::read()).
///
/// Bytes that are not UTF-8 are shown as `�`. A number beyond the end has no line.
///
/// # Errors
///
/// [`ImportError`] when the file cannot be read.
pub fn source_lines(
    path: impl AsRef<Path>,
    wanted: &BTreeSet<u64>,
) -> Result<BTreeMap<u64, String>, ImportError> {
    let mut found = BTreeMap::new();
    let Some(&last) = wanted.last() else {
        return Ok(found);
    };
    let input = Input::open(path.as_ref())?;
    let mut reader = BufReader::with_capacity(1 << 16, input.reader()?);
    let mut line = Vec::new();
    for number in 1..=last {
        line.clear();
        let read = reader
            .read_until(b'\n', &mut line)
            .map_err(|e| input.error(e))?;
        if read == 0 {
            break;
        }
        if wanted.contains(&number) {
            let text = String::from_utf8_lossy(line.trim_ascii_end());
            found.insert(number, text.into_owned());
        }
    }
    Ok(found)
}
