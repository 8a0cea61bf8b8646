//! `plenary check --fix`: mends how things are written, never what they say.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use plenary::types::Citation;

use crate::exit::{Failure, Result};
use crate::table::fields;

/// What was changed, and how often.
#[derive(Debug, Default)]
pub(crate) struct Changes(BTreeMap<(String, String, String), (usize, u64)>);

impl Changes {
    fn note(&mut self, column: &str, from: &str, to: &str, line: u64) {
        let key = (column.to_owned(), from.to_owned(), to.to_owned());
        self.0.entry(key).or_insert((0, line)).0 += 1;
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Lists every change once, with its number and first line.
    pub(crate) fn list(&self, out: &mut impl Write) -> Result<()> {
        for ((column, from, to), (times, line)) in &self.0 {
            writeln!(
                out,
                "fixed {column}: `{from}` is now `{to}`, {times} times, first on line {line}"
            )?;
        }
        Ok(())
    }
}

/// Mends a table and writes it: in place, or beside it with `.fixed` in the name.
pub(crate) fn fix(path: &Path, in_place: bool) -> Result<(PathBuf, Changes)> {
    let named =
        |error: &dyn std::fmt::Display| Failure::new(format!("{}: {error}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|error| {
        named(&error).with_help("--fix mends plain text tables; unpack a compressed one first")
    })?;
    let (mended, changes) = mend(&text);
    let target = if in_place {
        path.to_owned()
    } else {
        beside(path)
    };
    if !changes.is_empty() {
        // A rename is whole or not at all: nobody finds half a file.
        let partial = target.with_extension("partial");
        std::fs::write(&partial, mended).map_err(|error| named(&error))?;
        std::fs::rename(&partial, &target).map_err(|error| named(&error))?;
    }
    Ok((target, changes))
}

fn beside(path: &Path) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let extension = path
        .extension()
        .map(|e| format!(".{}", e.to_string_lossy()))
        .unwrap_or_default();
    path.with_file_name(format!("{stem}.fixed{extension}"))
}

fn mend(text: &str) -> (String, Changes) {
    let mut changes = Changes::default();
    let mut mended = String::with_capacity(text.len());
    let header = text
        .lines()
        .next()
        .unwrap_or_default()
        .trim_start_matches('\u{feff}');
    let delimiter = [',', ';', '\t']
        .into_iter()
        .max_by_key(|d| header.matches(*d).count())
        .unwrap_or(',');
    let columns: Vec<String> = fields(header, delimiter)
        .into_iter()
        .map(|(_, _, name)| name.trim_matches('"').to_owned())
        .collect();
    for (number, line) in (1u64..).zip(text.split_inclusive('\n')) {
        // A quoted field that goes on in the next line is left as it is.
        if number == 1 || line.matches('"').count() % 2 == 1 {
            mended.push_str(line);
            continue;
        }
        mend_line(line, delimiter, &columns, number, &mut changes, &mut mended);
    }
    (mended, changes)
}

fn mend_line(
    line: &str,
    delimiter: char,
    columns: &[String],
    number: u64,
    changes: &mut Changes,
    out: &mut String,
) {
    let body = line.trim_end_matches(['\n', '\r']);
    for (place, (_, _, value)) in fields(body, delimiter).into_iter().enumerate() {
        if place > 0 {
            out.push(delimiter);
        }
        match columns
            .get(place)
            .and_then(|column| Some((column, right(column, &value)?)))
        {
            Some((column, right)) => {
                changes.note(column, &value, &right, number);
                out.push_str(&right);
            }
            None => out.push_str(&value),
        }
    }
    out.push_str(line.get(body.len()..).unwrap_or_default());
}

/// The right way to write a value, where there is another way to write it and no doubt what it means.
fn right(column: &str, value: &str) -> Option<String> {
    let right = match column {
        "ms_vote" | "ms_votes" => {
            matches!(value, "y" | "n" | "a" | "x").then(|| value.to_uppercase())?
        }
        "resolution" | "resolutions" | "meeting" => {
            Citation::new(value).symbol()?.normal().to_owned()
        }
        "session" | "total_yes" | "total_no" | "total_abstentions" | "total_non_voting"
        | "total_ms" => {
            let whole = value.strip_suffix(".0")?;
            whole
                .bytes()
                .all(|b| b.is_ascii_digit())
                .then(|| whole.to_owned())?
        }
        _ => return None,
    };
    (right != value).then_some(right)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "undl_id,ms_vote,session,resolution,title,total_yes\r\n\
        1,a,34,A/RES/34/90C,\"a, b\",29.0\r\n\
        2,AN,XI,A/RES/36//235IX,y,\r\n";

    #[test]
    fn what_is_certain_is_mended_and_the_rest_is_left_alone() {
        let (mended, changes) = mend(TABLE);
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
        let (once, _) = mend(TABLE);
        let (twice, changes) = mend(&once);
        assert_eq!(once, twice);
        assert!(changes.is_empty());
    }
}
