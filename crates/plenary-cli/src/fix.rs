//! `plenary check --fix`: mends how things are written, never what they say.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use plenary::import::files::OutputFile;
use plenary::import::{Format, Mapping, Spelling};

use crate::command::in_file;
use crate::exit::{Failure, Result};
use crate::output::{many, visible};
use crate::table::{Row, rows, unquoted};

/// What was changed, and how often.
#[derive(Debug, Default)]
struct Changes(BTreeMap<(String, String, String), (usize, u64)>);

impl Changes {
    fn note(&mut self, column: &str, from: &str, to: &str, line: u64) {
        let key = (column.to_owned(), from.to_owned(), to.to_owned());
        self.0.entry(key).or_insert((0, line)).0 += 1;
    }
}

/// What mending a table came to.
#[derive(Debug)]
pub(crate) struct Fixed {
    target: PathBuf,
    changes: Changes,
    /// Whether the very same copy lay there already.
    known: bool,
}

impl Fixed {
    /// Lists every change once, with its number and first line, and where it was written.
    pub(crate) fn tell(&self, path: &Path, out: &mut impl Write) -> Result<()> {
        let (path, target) = (
            path.display().to_string(),
            self.target.display().to_string(),
        );
        if self.changes.0.is_empty() {
            return Ok(writeln!(out, "{}: nothing to fix", visible(&path))?);
        }
        for ((column, from, to), (times, line)) in &self.changes.0 {
            writeln!(
                out,
                "fixed {}: `{}` is now `{}`, {}, first on line {line}",
                visible(column),
                visible(from),
                visible(to),
                many(*times, "time"),
            )?;
        }
        let written = if self.known {
            "written before, to"
        } else {
            "written to"
        };
        Ok(writeln!(out, "{written} {}", visible(&target))?)
    }
}

/// Mends a table and writes it: in place, or beside it with `.fixed` in the name. What its columns hold is what reading it found;
/// a table that a mapping explains has its own words for votes.
pub(crate) fn fix(
    path: &Path,
    format: Format,
    mapping: Option<&Mapping>,
    in_place: bool,
) -> Result<Fixed> {
    let text = text_of(path)?;
    let (mended, changes) = match Spelling::of(&text, format, mapping) {
        Some(spelling) => mend(&text, &spelling),
        None => (String::new(), Changes::default()),
    };
    let target = match in_place {
        // What a link leads to is mended, and the link stays.
        true => fs::canonicalize(path).map_err(|error| in_file(path, &error))?,
        false => beside(path),
    };
    let mut fixed = Fixed {
        target,
        changes,
        known: false,
    };
    if fixed.changes.0.is_empty() {
        return Ok(fixed);
    }
    match in_place {
        true => replace(&fixed.target, &mended)?,
        false => fixed.known = add(&fixed.target, &mended)?,
    }
    Ok(fixed)
}

/// The text of a plain table.
fn text_of(path: &Path) -> Result<String> {
    if path.is_dir() {
        return Err(
            in_file(path, &"--fix mends single tables, and this is a folder")
                .with_help("name the tables in it"),
        );
    }
    if !path.is_file() {
        return Err(in_file(path, &"--fix mends files, and this is none")
            .with_help("save it as a file first"));
    }
    let bytes = fs::read(path).map_err(|error| in_file(path, &error))?;
    let packed = [&b"\x1f\x8b"[..], b"\x28\xb5\x2f\xfd"];
    if packed.iter().any(|magic| bytes.starts_with(magic)) {
        return Err(in_file(
            path,
            &"--fix mends plain tables, and this one is compressed",
        )
        .with_help("unpack it first: `zstd -d FILE` or `gunzip -k FILE`"));
    }
    String::from_utf8(bytes).map_err(|_| {
        in_file(
            path,
            &"--fix mends tables in UTF-8, and this one is not all of it",
        )
        .with_help("save the table in UTF-8 first")
    })
}

/// Writes over a file, whole or not at all, and leaves its permissions as they are.
fn replace(target: &Path, text: &str) -> Result<()> {
    let about = fs::metadata(target).map_err(|error| in_file(target, &error))?;
    if about.permissions().readonly() {
        return Err(in_file(
            target,
            &"the file is read-only, so it is not mended in place",
        )
        .with_help("leave --in-place out to get a copy, or make the file writable"));
    }
    fill(OutputFile::create(target), text)
        .map_err(|error| Failure::not_written(target.display(), &error))
}

/// Writes a file that is not there yet; whether it was there, with the same text.
fn add(target: &Path, text: &str) -> Result<bool> {
    if fs::read(target).is_ok_and(|bytes| bytes == text.as_bytes()) {
        return Ok(true);
    }
    fill(OutputFile::create_new(target), text).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => in_file(target, &"there is such a file already")
            .with_help("move it away first: it is not overwritten"),
        _ => Failure::not_written(target.display(), &error),
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

fn mend(text: &str, spelling: &Spelling) -> (String, Changes) {
    let mut changes = Changes::default();
    let mut mended = String::with_capacity(text.len());
    let mut kept = 0;
    for Row { line, fields } in rows(text, spelling.rows(), spelling.separator()) {
        for (at, place) in fields.into_iter().enumerate() {
            let Some(field) = text.get(place.clone()) else {
                continue;
            };
            let value = unquoted(field);
            let Some(usual) = spelling.usual(at, value) else {
                continue;
            };
            let column = spelling.columns().get(at).map_or("", String::as_str);
            changes.note(column, value, &usual, line);
            // The quotes of a field stay.
            let quotes = (field.len() - value.len()) / 2;
            mended.push_str(text.get(kept..place.start + quotes).unwrap_or_default());
            mended.push_str(&usual);
            kept = place.end - quotes;
        }
    }
    mended.push_str(text.get(kept..).unwrap_or_default());
    (mended, changes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "undl_id,ms_vote,session,resolution,title,total_yes\r\n\
        1,a,34,A/RES/34/90C,\"a, b\",29.0\r\n\
        2,AN,XI,A/RES/36//235IX,y,\r\n";

    fn mended(text: &str, format: Format) -> (String, Changes) {
        mend(text, &Spelling::of(text, format, None).unwrap())
    }

    #[test]
    fn what_is_certain_is_mended_and_the_rest_is_left_alone() {
        let (mended, changes) = mended(TABLE, Format::UndlGaCsv);
        assert_eq!(
            mended,
            "undl_id,ms_vote,session,resolution,title,total_yes\r\n\
             1,A,34,A/RES/34/90[C],\"a, b\",29\r\n\
             2,AN,XI,A/RES/36//235IX,y,\r\n"
        );
        assert_eq!(changes.0.len(), 3);
    }

    #[test]
    fn mending_twice_changes_nothing_more() {
        let (once, _) = mended(TABLE, Format::UndlGaCsv);
        let (twice, changes) = mended(&once, Format::UndlGaCsv);
        assert_eq!(once, twice);
        assert!(changes.0.is_empty());
    }

    #[test]
    fn prose_in_a_quoted_field_is_left_alone_whatever_its_lines_look_like() {
        let text = "undl_id,title,ms_vote\n1,\"the roll:\n2,PERU,y\n3,CHILE,n\n\",y\n";
        let (mended, changes) = mended(text, Format::UndlGaCsv);
        assert_eq!(
            mended,
            text.replace(",y\n", ",Y\n").replace("PERU,Y", "PERU,y")
        );
        assert_eq!(changes.0.values().collect::<Vec<_>>(), [&(1, 2)]);
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
            let (mended, changes) = mended(&text, Format::UndlGaCsv);
            assert_eq!(mended, text.replace(";y", ";Y"));
            assert_eq!(changes.0.len(), 1, "{before:?}");
        }
    }

    #[test]
    fn the_separator_is_the_one_that_is_named_above_the_header() {
        let text = "sep=;\nundl_id;a, b, c;ms_vote\n1;;y\n";
        let (mended, _) = mended(text, Format::UndlGaCsv);
        assert_eq!(mended, text.replace(";y", ";Y"));
    }

    #[test]
    fn quotes_separators_and_marks_stay() {
        let text = "\u{feff}\"undl_id\";\"ms_vote\";\"total_yes\"\n\"1\";\"y\";\"29.0\"\n\"2\";\" nv\";\"\"\n";
        let (mended, _) = mended(text, Format::UndlGaCsv);
        assert_eq!(
            mended,
            "\u{feff}\"undl_id\";\"ms_vote\";\"total_yes\"\n\"1\";\"Y\";\"29\"\n\"2\";\"NV\";\"\"\n"
        );
    }

    #[test]
    fn the_columns_are_those_that_the_reader_finds() {
        let text = "UNDL ID,MS-Code,MS Vote,Total Yes\n1,PER,y,2.0\n";
        let (mended, changes) = mended(text, Format::UndlGaCsv);
        assert_eq!(mended, "UNDL ID,MS-Code,MS Vote,Total Yes\n1,PER,Y,2\n");
        let columns: Vec<&str> = changes.0.keys().map(|(column, ..)| &**column).collect();
        assert_eq!(columns, ["MS Vote", "Total Yes"]);
    }

    #[test]
    fn a_typed_table_is_mended_below_its_facts() {
        let text = "title: y\nyes: 2\n\nstate,vote\nPER,y\nCHL,Yes\n";
        let (mended, _) = mended(text, Format::PlenaryCsv);
        assert_eq!(mended, "title: y\nyes: 2\n\nstate,vote\nPER,Y\nCHL,yes\n");
    }
}
