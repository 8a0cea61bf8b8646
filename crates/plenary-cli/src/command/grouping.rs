//! `--group`: the name of groups, or a file of groups of one's own.

use std::path::Path;

use plenary::states::Groups;

use super::destination;
use crate::exit::{Failure, Result};
use crate::output::{Output, warn_all};

/// Groups of one's own, where the text names a file, else the text itself: the library knows what groups are called.
pub(super) fn read(
    text: Option<&str>,
    output: &Output,
) -> Result<(Option<Groups>, Option<String>)> {
    match text {
        Some(name) if is_file(name) => Ok((Some(own(name, output)?), None)),
        name => Ok((None, name.map(str::to_owned))),
    }
}

/// Whether a text names a file and not groups: one that is there, or is written like one.
fn is_file(name: &str) -> bool {
    let path = Path::new(name);
    let is_there = path.exists() && !path.is_dir();
    name == "-" || is_there || path.extension().is_some() || path.components().count() > 1
}

/// Groups of one's own.
fn own(name: &str, output: &Output) -> Result<Groups> {
    destination::reading(Path::new(name))?;
    let list = plenary::read_whole_member_list(name).map_err(|error| {
        let takes = "--group takes `regional` or a CSV with the columns group and member";
        match error {
            plenary::Error::Refused(_) => Failure::from(error),
            _ => Failure::from(error).with_help(takes),
        }
    })?;
    warn_all(&list.notes, output);
    Ok(list.groups)
}
