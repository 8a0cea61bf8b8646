//! [`fix`]: writes votes, symbols and numbers of a table as usual, and changes nothing of what they say.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use plenary_import::files::OutputFile;
use plenary_import::{Options, PlacedRow, Spelling, placed_rows, unquoted};
use plenary_types::Invariant;
use serde::Serialize;

use crate::Error;

/// One change to a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Change {
    /// The column, as its heading is written.
    pub column: String,
    /// What stood there.
    pub from: String,
    /// What stands there now.
    pub to: String,
    /// How often.
    pub times: u64,
    /// The line of the first, from 1.
    pub first_line: u64,
}

/// What fixing a table came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Fixed {
    /// The file that the fixed table is in; it is written only where something is changed.
    pub target: PathBuf,
    /// Every change once, by column.
    pub changes: Vec<Change>,
    /// Whether the very same copy was there already.
    pub was_there: bool,
}

/// The changes by column, old and new text: how often, and the first line.
type Changes = BTreeMap<(String, String, String), (u64, u64)>;

/// Fixes how a table is written: in place, or in a copy beside it with `.fixed` in its name. Votes, symbols and numbers are
/// written as its source writes them; no vote, state or total is changed.
///
/// What its columns hold is what reading it in its format finds, which goes by its name in the summary; a table that a mapping
/// explains needs the mapping in the options.
///
/// # Errors
///
/// [`Error::NotFixable`] for a folder, for what is no plain table in UTF-8, and where another file has the name of the copy;
/// [`Error::NotWritten`].
pub fn fix(
    path: impl AsRef<Path>,
    format: &str,
    options: &Options,
    in_place: bool,
) -> Result<Fixed, Error> {
    let path = path.as_ref();
    let text = text_of(path)?;
    let (fixed, changes) = match options.spelling(&text, format) {
        Some(spelling) => respell(&text, &spelling),
        None => (String::new(), Changes::default()),
    };
    let target = match in_place {
        // What a link leads to is fixed, and the link stays.
        true => fs::canonicalize(path).map_err(|error| unreadable(path, error))?,
        false => beside(path),
    };
    let was_there = match (changes.is_empty(), in_place) {
        (true, _) => false,
        (false, true) => replace(&target, &fixed).map(|()| false)?,
        (false, false) => add(&target, &fixed)?,
    };
    let listed = changes.into_iter();
    let listed = listed.map(|((column, from, to), (times, first_line))| Change {
        column,
        from,
        to,
        times,
        first_line,
    });
    Ok(Fixed {
        target,
        changes: listed.collect(),
        was_there,
    })
}

fn unreadable(path: &Path, source: io::Error) -> Error {
    Error::Unreadable {
        path: path.to_owned(),
        source,
    }
}

fn not_fixable(path: &Path, reason: &'static str, help: &'static str) -> Error {
    Error::NotFixable {
        path: path.to_owned(),
        reason,
        help,
    }
}

/// The text of a plain table.
fn text_of(path: &Path) -> Result<String, Error> {
    let refuse = |reason, help| Err(not_fixable(path, reason, help));
    if path.is_dir() {
        return refuse(
            "single tables are fixed, and this is a folder",
            "name the tables in it",
        );
    }
    if plenary_import::file_and_table(path).1.is_some() {
        return refuse(
            "text files are fixed, and this table is in the file of another program",
            "save the table as CSV first",
        );
    }
    if !path.is_file() {
        return refuse(
            "files are fixed, and this is not a file",
            "save it as a file first",
        );
    }
    let bytes = fs::read(path).map_err(|error| unreadable(path, error))?;
    let packed = [&b"\x1f\x8b"[..], b"\x28\xb5\x2f\xfd"];
    if packed.iter().any(|magic| bytes.starts_with(magic)) {
        return refuse(
            "plain tables are fixed, and this one is compressed",
            "unpack it first: `zstd -d FILE` or `gunzip -k FILE`",
        );
    }
    String::from_utf8(bytes).or_else(|_| {
        refuse(
            "tables in UTF-8 are fixed, and this one is not all in UTF-8",
            "save the table in UTF-8 first",
        )
    })
}

/// Writes over a file, whole or not at all, and leaves its permissions as they are.
fn replace(target: &Path, text: &str) -> Result<(), Error> {
    let about = fs::metadata(target).map_err(|error| unreadable(target, error))?;
    if about.permissions().readonly() {
        return Err(not_fixable(
            target,
            "the file is read-only, so it is not fixed in place",
            "leave --in-place out to get a copy, or make the file writable",
        ));
    }
    fill(OutputFile::create(target), text)
        .map_err(|error| Error::not_written(target.display(), error))
}

/// Writes a file that is not there yet; whether it was there, with the same text.
fn add(target: &Path, text: &str) -> Result<bool, Error> {
    if fs::read(target).is_ok_and(|bytes| bytes == text.as_bytes()) {
        return Ok(true);
    }
    fill(OutputFile::create_new(target), text).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => not_fixable(
            target,
            "there is such a file already",
            "move it away first: it is not overwritten",
        ),
        _ => Error::not_written(target.display(), error),
    })?;
    Ok(false)
}

fn fill(file: io::Result<OutputFile>, text: &str) -> io::Result<()> {
    let mut file = file?;
    file.write_all(text.as_bytes())?;
    file.finish()
}

fn beside(path: &Path) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let extension = path
        .extension()
        .map(|e| format!(".{}", e.to_string_lossy()))
        .unwrap_or_default();
    path.with_file_name(format!("{stem}.fixed{extension}"))
}

/// The text with everything written as usual, and what was changed for that.
fn respell(text: &str, spelling: &Spelling) -> (String, Changes) {
    let mut changes = Changes::default();
    let mut fixed = String::with_capacity(text.len());
    let mut kept = 0;
    for PlacedRow { line, fields, .. } in placed_rows(text, spelling.rows(), spelling.separator()) {
        for (at, place) in fields.into_iter().enumerate() {
            let Some(field) = text.get(place.clone()) else {
                continue;
            };
            let value = unquoted(field);
            let Some(usual) = spelling.usual(at, value) else {
                continue;
            };
            let column = spelling.columns().get(at).map_or("", String::as_str);
            let change = (
                column.to_owned(),
                value.to_owned(),
                usual.clone().into_owned(),
            );
            changes.entry(change).or_insert((0, line)).0 += 1;
            // The quotes of a field stay.
            let quotes = (field.len() - value.len()) / 2;
            fixed.push_str(
                text.get(kept..place.start + quotes)
                    .invariant("fields follow each other"),
            );
            fixed.push_str(&usual);
            kept = place.end - quotes;
        }
    }
    fixed.push_str(text.get(kept..).invariant("a field lies in its text"));
    (fixed, changes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "undl_id,ms_vote,session,resolution,title,total_yes\r\n\
        1,a,34,A/RES/34/90C,\"a, b\",29.0\r\n\
        2,AN,XI,A/RES/36//235IX,y,\r\n";

    fn fixed(text: &str, format: &str) -> (String, Changes) {
        respell(text, &Options::default().spelling(text, format).unwrap())
    }

    #[test]
    fn what_is_certain_is_fixed_and_the_rest_is_left_alone() {
        let (fixed, changes) = fixed(TABLE, "undl-ga-csv");
        assert_eq!(
            fixed,
            "undl_id,ms_vote,session,resolution,title,total_yes\r\n\
             1,A,34,A/RES/34/90[C],\"a, b\",29\r\n\
             2,AN,XI,A/RES/36//235IX,y,\r\n"
        );
        assert_eq!(changes.len(), 3);
    }

    #[test]
    fn fixing_twice_changes_nothing_more() {
        let (once, _) = fixed(TABLE, "undl-ga-csv");
        let (twice, changes) = fixed(&once, "undl-ga-csv");
        assert_eq!(once, twice);
        assert!(changes.is_empty());
    }

    #[test]
    fn prose_in_a_quoted_field_is_left_alone_whatever_its_lines_look_like() {
        let text = "undl_id,title,ms_vote\n1,\"the roll:\n2,PERU,y\n3,CHILE,n\n\",y\n";
        let (fixed, changes) = fixed(text, "undl-ga-csv");
        assert_eq!(
            fixed,
            text.replace(",y\n", ",Y\n").replace("PERU,Y", "PERU,y")
        );
        assert_eq!(changes.values().collect::<Vec<_>>(), [&(1, 2)]);
    }

    #[test]
    fn what_precedes_the_header_stays() {
        for before in [
            "sep=;\n",
            "\"SEP=;\"\n",
            "\n \n",
            ";;\n",
            "\u{feff}sep=;\r\n\n",
        ] {
            let text = format!("{before}undl_id;\"a, b\";ms_vote\n1;;y\n");
            let (fixed, changes) = fixed(&text, "undl-ga-csv");
            assert_eq!(fixed, text.replace(";y", ";Y"));
            assert_eq!(changes.len(), 1, "{before:?}");
        }
    }

    #[test]
    fn the_separator_is_the_one_that_is_named_above_the_header() {
        let text = "sep=;\nundl_id;a, b, c;ms_vote\n1;;y\n";
        let (fixed, _) = fixed(text, "undl-ga-csv");
        assert_eq!(fixed, text.replace(";y", ";Y"));
    }

    #[test]
    fn quotes_separators_and_marks_stay() {
        let text = "\u{feff}\"undl_id\";\"ms_vote\";\"total_yes\"\n\"1\";\"y\";\"29.0\"\n\"2\";\" nv\";\"\"\n";
        let (fixed, _) = fixed(text, "undl-ga-csv");
        assert_eq!(
            fixed,
            "\u{feff}\"undl_id\";\"ms_vote\";\"total_yes\"\n\"1\";\"Y\";\"29\"\n\"2\";\"NV\";\"\"\n"
        );
    }

    #[test]
    fn the_columns_are_those_that_the_reader_finds() {
        let text = "UNDL ID,MS-Code,MS Vote,Total Yes\n1,PER,y,2.0\n";
        let (fixed, changes) = fixed(text, "undl-ga-csv");
        assert_eq!(fixed, "UNDL ID,MS-Code,MS Vote,Total Yes\n1,PER,Y,2\n");
        let columns: Vec<&str> = changes.keys().map(|(column, ..)| &**column).collect();
        assert_eq!(columns, ["MS Vote", "Total Yes"]);
    }

    #[test]
    fn a_typed_table_is_fixed_below_its_facts() {
        let text = "title: y\nyes: 2\n\nstate,vote\nPER,y\nCHL,Yes\n";
        let (fixed, _) = fixed(text, "plenary-csv");
        assert_eq!(fixed, "title: y\nyes: 2\n\nstate,vote\nPER,Y\nCHL,yes\n");
    }
}
