//! Reads the roll calls of political scientists.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use plenary_types::{Choice, Finding, Place};

use super::table::{ISSUES, ROLL_CALLS, Tables, read_side_table};
use super::{UNVOTES, Unvotes, VOETEN, Voeten, unvotes_words, voeten_words};
use crate::check::note;
use crate::csv::header::Header;
use crate::csv::long::Long;
use crate::error::no_rows;
use crate::format::Spec;
use crate::input::Input;
use crate::record::{Import, Options};
use crate::{ImportError, ReaderCheck};

/// What both sources leave out, said once for each input.
const LEFT_OUT: &str = "this source has no rows for states that were absent or not members: its tallies cannot be compared with the membership";

/// Reads Voeten's file.
pub(crate) fn read_voeten(
    input: &Input,
    header: Header,
    why: &str,
    options: &Options,
) -> Result<Import, ImportError> {
    let words = voeten_words();
    let mut long = Long::read(input, header, &VOETEN, ("rcid", &[]), words, options)?;
    let mut groups = long.scan.groups.iter();
    let partial = !groups.any(|group| group.choices.contains(&Choice::NonVoting));
    if partial {
        long.findings.push(left_out(input));
    }
    let names = ["Countryname", "Country"];
    let format = Voeten {
        number: long.among_who("ccode"),
        name: names.iter().find_map(|name| long.among_who(name)),
        partial,
    };
    Ok(long.import(Box::new(format), why))
}

/// Reads the votes of `unvotes`, with the other two tables where they lie beside it. The rows of all are
/// accounted for together.
pub(crate) fn read_unvotes(
    input: &Input,
    header: Header,
    why: &str,
    options: &Options,
) -> Result<Import, ImportError> {
    let mut tables = Tables::default();
    let mut why = why.to_owned();
    let mut companions = Vec::new();
    for (name, spec) in [("roll_calls", &ROLL_CALLS), ("issues", &ISSUES)] {
        let Some(path) = input.file().and_then(|file| beside(file, name)) else {
            continue;
        };
        let companion = Input::open(&path)?;
        why.push_str(&format!("; with {} beside it", path.display()));
        let companion = read_side_table(&companion, spec, "", options, &mut tables)?;
        companions.push((path, companion));
    }
    let words = unvotes_words();
    let mut long = Long::read(input, header, &UNVOTES, ("rcid", &[]), words, options)?;
    long.findings.push(left_out(input));
    long.findings.extend(not_beside(input, &tables));
    let votes = long.of_votes("rcid").collect();
    let without_votes = tables.without_votes(&votes);
    long.findings.extend(without_votes);
    let format = Unvotes {
        code: long.among_who("country_code"),
        name: long.among_who("country"),
        tables: Arc::new(tables),
    };
    let mut import = long.import(Box::new(format), &why);
    for (path, companion) in companions {
        import.account_for(path, companion);
    }
    Ok(import)
}

/// Reads one of the tables that lie beside the votes, alone.
pub(crate) fn read_alone(
    input: &Input,
    spec: &Spec,
    why: &str,
    options: &Options,
) -> Result<Import, ImportError> {
    let import = read_side_table(input, spec, why, options, &mut Tables::default())?;
    match import.summary().rows {
        0 => Err(no_rows(&input.path)),
        _ => Ok(import),
    }
}

fn left_out(input: &Input) -> Finding {
    of_whole(input, ReaderCheck::SourceLeavesOut, LEFT_OUT)
}

/// That tables do not lie beside the votes, and what these lack without them.
fn not_beside(input: &Input, tables: &Tables) -> Option<Finding> {
    let (message, files) = match (&tables.roll_calls_path, &tables.issues_path) {
        (Some(_), Some(_)) => return None,
        (Some(_), None) => (
            "no table `issues` lies beside it: its votes have no subjects",
            "`issues.csv`",
        ),
        (None, Some(_)) => (
            "no table `roll_calls` lies beside it: its votes have no dates, sessions, symbols or titles",
            "`roll_calls.csv`",
        ),
        (None, None) => (
            "neither `roll_calls` nor `issues` lies beside it: its votes have no dates, sessions, symbols, titles or subjects",
            "`roll_calls.csv` and `issues.csv`",
        ),
    };
    let help = format!(
        "put {files} of the same edition into its folder, and name the folder or this file"
    );
    Some(Finding {
        help: Some(help),
        ..of_whole(input, ReaderCheck::NoRollCall, message)
    })
}

fn of_whole(input: &Input, check: ReaderCheck, message: &str) -> Finding {
    let place = Place {
        path: Some(input.path.clone()),
        ..Place::default()
    };
    note(check, message.to_owned(), place)
}

/// The votes in a folder of the tables of `unvotes`, when it is no dataset.
pub(crate) fn votes_in(folder: &Path) -> Option<PathBuf> {
    let dataset = folder.join("datapackage.json").is_file();
    let table = beside(&folder.join("unvotes"), "unvotes");
    table.filter(|_| !dataset)
}

/// A table of this name in the folder of another, in any of the packings.
fn beside(path: &Path, name: &str) -> Option<PathBuf> {
    let folder = path.parent()?;
    let ends = ["csv", "csv.gz", "csv.zst"];
    let mut paths = ends.iter().map(|end| folder.join(format!("{name}.{end}")));
    paths.find(|path| path.is_file())
}
