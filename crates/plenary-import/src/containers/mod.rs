//! Tables inside the files of other programs: spreadsheets, JSON and JSON Lines, data frames of R,
//! Parquet, SQLite, Stata.
//!
//! A table of such a file is written as CSV text in memory and then recognised and read as any CSV file is. [`Rows`] keeps which
//! row of the container each line of that text stands for, and [`Placement`] is the one place where lines become rows.

mod json;
mod json_lines;
#[cfg(feature = "parquet")]
mod parquet;
#[cfg(feature = "r")]
mod r;
mod rows;
#[cfg(feature = "spreadsheets")]
mod spreadsheet;
#[cfg(feature = "sqlite")]
mod sqlite;
#[cfg(feature = "stata")]
mod stata;
mod text;

use std::path::{Path, PathBuf};

use plenary_types::{Finding, Place};

use crate::check::ReaderCheck;
use crate::error::ImportError;
use crate::input::{Input, Limit};
use crate::record::Import;
pub(crate) use rows::Placement;
use text::TableText;

/// What separates the path of a container from the table that is meant.
const MARK: char = '#';

/// A container is held whole, unpacked.
const LONGEST: Limit = Limit {
    mebibytes: 512,
    of: "a file of another program",
    help: "write the table that is meant to a CSV file",
};

/// The table of a container that an [`Input`] holds as text.
pub(crate) struct Container {
    /// The file, of which others may lie beside; none for bytes in memory.
    pub(crate) file: Option<PathBuf>,
    pub(crate) placement: Placement,
    /// What the text does not keep of the table.
    findings: Vec<Finding>,
    /// Which of several tables it is.
    note: Option<String>,
}

/// A table that was found in a container.
struct Found {
    name: String,
    text: TableText,
    remarks: Vec<Remark>,
    note: Option<String>,
}

/// What is to be said about a column of a table, at the first of the rows that it is about.
struct Remark {
    /// The row; 0 where it is about the column as a whole.
    row: u64,
    field: String,
    found: Option<String>,
    message: String,
    help: &'static str,
}

/// One of the tables in a container, for a choice.
#[derive(Clone, Debug)]
struct Listed {
    name: String,
    /// Rows and columns, where they are known before the table is read.
    size: Option<(u64, u64)>,
}

/// The kinds of container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Zip,
    OldSpreadsheet,
    Json,
    JsonLines,
    Parquet,
    R,
    Sqlite,
    Stata,
}

impl Kind {
    fn of(head: &[u8]) -> Option<Self> {
        match head {
            [b'P', b'K', 3, 4, ..] => Some(Self::Zip),
            [0xd0, 0xcf, 0x11, 0xe0, ..] => Some(Self::OldSpreadsheet),
            [b'P', b'A', b'R', b'1', ..] => Some(Self::Parquet),
            _ if head.starts_with(b"SQLite format 3\0") => Some(Self::Sqlite),
            // A release of 102 to 115, or a later one.
            [102..=115, 1 | 2, 1, 0, ..] => Some(Self::Stata),
            _ if head.starts_with(b"<stata_dta>") => Some(Self::Stata),
            // A file that says so of objects of R, or of one.
            [b'R', b'D', b'X' | b'A', b'2' | b'3', b'\n', ..]
            | [b'X', b'\n', 0, 0, 0, 2 | 3, ..]
            | [b'A', b'\n', b'2' | b'3', b'\n', b'1'..=b'9', ..] => Some(Self::R),
            _ if json_lines::fits(head) => Some(Self::JsonLines),
            _ if json::fits(head) => Some(Self::Json),
            _ => None,
        }
    }

    /// What it is and the feature that reads it, where this build has not got that.
    #[cfg(not(feature = "containers"))]
    const fn lacks(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Zip | Self::OldSpreadsheet if !cfg!(feature = "spreadsheets") => {
                Some(("a zip archive or a spreadsheet", "spreadsheets"))
            }
            Self::Parquet if !cfg!(feature = "parquet") => Some(("a Parquet file", "parquet")),
            Self::R if !cfg!(feature = "r") => Some(("a file of R", "r")),
            Self::Sqlite if !cfg!(feature = "sqlite") => Some(("a SQLite database", "sqlite")),
            Self::Stata if !cfg!(feature = "stata") => Some(("a Stata file", "stata")),
            _ => None,
        }
    }
}

/// The file that a path leads to, and the table in it that the path names: `votes.xlsx#Sheet1`. A path that leads to something
/// as it stands is that, with `#` in its name or not.
///
/// ```
/// let (file, table) = plenary_import::file_and_table("votes.csv".as_ref());
/// assert_eq!((file.to_str(), table), (Some("votes.csv"), None));
/// ```
#[must_use]
pub fn split(path: &Path) -> (PathBuf, Option<String>) {
    let whole = (path.to_owned(), None);
    if path.exists() {
        return whole;
    }
    let Some(text) = path.to_str() else {
        return whole;
    };
    let marks = text.match_indices(MARK);
    let mut pairs = marks.filter_map(|(at, _)| Some((text.get(..at)?, text.get(at + 1..)?)));
    match pairs.find(|(file, _)| Path::new(file).is_file()) {
        Some((file, table)) => (PathBuf::from(file), Some(table.to_owned())),
        None => whole,
    }
}

/// The input itself, or the table of the container that it is.
///
/// # Errors
///
/// [`ImportError`] when it is a container that cannot be read, or has not the table that is meant.
pub(crate) fn open(
    input: Input,
    file: Option<&Path>,
    table: Option<&str>,
) -> Result<Input, ImportError> {
    let Some(kind) = Kind::of(&input.head) else {
        return match table {
            None => Ok(input),
            Some(table) => Err(ImportError::syntax(
                Place::new(&input.path),
                format!("the file holds one table, and none is called `{table}`"),
                format!("name the file without `{MARK}{table}`"),
            )),
        };
    };
    let found = read(kind, &input, file, table)?;
    let path = format!("{}{MARK}{}", input.path, found.name);
    let (text, rows) = found.text.finish();
    let remarks = found.remarks.into_iter();
    let found_note = found.note.clone();
    let container = Container {
        file: file.map(Path::to_owned),
        findings: remarks.map(|remark| remark.finding(&path)).collect(),
        note: found.note,
        placement: Placement::new(&path, rows).with_note(found_note),
    };
    Input::of_table(&path, text, container)
}

/// The keys and values that a Parquet file carries beside its rows; none where this build does not read Parquet.
///
/// # Errors
///
/// [`ImportError`] when the file cannot be read or is no Parquet.
pub fn parquet_metadata(path: impl AsRef<Path>) -> Result<Vec<(String, String)>, ImportError> {
    let input = Input::open_as_it_is(path.as_ref())?;
    #[cfg(feature = "parquet")]
    return parquet::metadata(&input.path, input.bytes_up_to(LONGEST)?);
    #[cfg(not(feature = "parquet"))]
    {
        let _ = input;
        Ok(Vec::new())
    }
}

/// Whether a file is one object in JSON, of which lists may be tables.
pub(crate) fn is_object(head: &[u8]) -> bool {
    head.trim_ascii_start().starts_with(b"{") && Kind::of(head) == Some(Kind::Json)
}

/// Reads the table of a kind of container. A database looks for what lies beside its file.
fn read(
    kind: Kind,
    input: &Input,
    file: Option<&Path>,
    table: Option<&str>,
) -> Result<Found, ImportError> {
    #[cfg(not(feature = "sqlite"))]
    let _ = file;
    match kind {
        Kind::Json => json::read(input, table),
        Kind::JsonLines => json_lines::read(input, table),
        #[cfg(feature = "spreadsheets")]
        Kind::Zip => spreadsheet::of_zip(&input.path, input.bytes_up_to(LONGEST)?, table),
        #[cfg(feature = "spreadsheets")]
        Kind::OldSpreadsheet => spreadsheet::old(&input.path, &input.bytes_up_to(LONGEST)?, table),
        #[cfg(feature = "parquet")]
        Kind::Parquet => parquet::read(&input.path, input.bytes_up_to(LONGEST)?, table),
        #[cfg(feature = "sqlite")]
        Kind::Sqlite => sqlite::read(&input.path, input.bytes_up_to(LONGEST)?, file, table),
        #[cfg(feature = "stata")]
        Kind::Stata => stata::read(&input.path, &input.bytes_up_to(LONGEST)?, table),
        #[cfg(feature = "r")]
        Kind::R => r::read(&input.path, &input.bytes_up_to(LONGEST)?, table),
        #[cfg(not(feature = "containers"))]
        kind => {
            let (what, feature) = kind.lacks().unwrap_or_default();
            Err(ImportError::missing_feature(&input.path, what, feature))
        }
    }
}

impl Container {
    /// An import of the text as one of the container, with what the text does not keep of it.
    pub(crate) fn account_for(&self, import: Import) -> Import {
        let mut import = self
            .placement
            .import(import)
            .with_findings(self.findings.clone());
        if let Some(note) = &self.note {
            import.summary.why += &format!("; {note}");
        }
        import
    }
}

impl Remark {
    fn finding(self, path: &str) -> Finding {
        let mut place = Place::new(path).with_field(self.field);
        place.line = Some(self.row).filter(|row| *row > 0);
        let mut finding = ReaderCheck::UnreadableField.finding(self.message, place);
        finding.found = self.found;
        finding.help = Some(self.help.to_owned());
        finding
    }
}

/// The table that is meant: the one of the name, else the first, or the only one where there is no first.
fn choose(
    path: &str,
    what: &str,
    tables: &[Listed],
    wanted: Option<&str>,
    default: Option<usize>,
) -> Result<usize, ImportError> {
    let shown = |listed: &Listed| match listed.size {
        Some((rows, columns)) => format!("`{}` ({rows} x {columns})", listed.name),
        None => format!("`{}`", listed.name),
    };
    let list: Vec<String> = tables.iter().take(MOST_LISTED).map(shown).collect();
    let more = match tables.len().saturating_sub(MOST_LISTED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let list = format!("{}{more}", list.join(", "));
    let refused = |reason: String| {
        let is_alike = |table: &&Listed| {
            wanted.is_some_and(|wanted| table.name.to_lowercase() == wanted.to_lowercase())
        };
        let named = tables.iter().find(is_alike).or(tables.first());
        let help = match named {
            Some(named) => format!(
                "name the {what}, in quotes where its name has blanks or `$`: `{path}{MARK}{}`",
                named.name
            ),
            None => format!("check that this is the file that is meant: it has no {what}"),
        };
        ImportError::syntax(Place::new(path), reason, help)
    };
    match wanted {
        _ if tables.is_empty() => Err(refused(format!("the file has no {what}"))),
        Some(name) => {
            let at = tables.iter().position(|table| table.name == name);
            at.ok_or_else(|| refused(format!("unknown {what} `{name}` (expected one of {list})")))
        }
        None => default.or((tables.len() == 1).then_some(0)).ok_or_else(|| {
            refused(format!(
                "which {what} is meant? It has {}: {list}",
                tables.len()
            ))
        }),
    }
}

const MOST_LISTED: usize = 20;

/// That a table is one of several, and which the others are.
fn one_of(what: &str, at: usize, tables: &[Listed]) -> Option<String> {
    const MOST: usize = 6;
    let name = &tables.get(at)?.name;
    let others = tables.iter().enumerate().filter(|(other, _)| *other != at);
    let others: Vec<String> = others
        .map(|(_, table)| format!("`{}`", table.name))
        .collect();
    let shown = others.get(..MOST).unwrap_or(&others).join(", ");
    let more = match others.len().saturating_sub(MOST) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let count = tables.len();
    (count > 1).then(|| format!("{what} `{name}`, one of {count}, beside {shown}{more}"))
}

/// The error of a container that cannot be taken apart.
fn broken(path: &str, what: &str, why: impl std::fmt::Display) -> ImportError {
    ImportError::syntax(
        Place::new(path),
        format!("{what} cannot be read: {why}"),
        "check that the download has finished; save the table as CSV where its own program can open it",
    )
}

/// A container of one table is called by its name alone, if at all.
fn only(path: &str, wanted: Option<&str>, name: &str) -> Result<(), ImportError> {
    match wanted {
        Some(other) if other != name => Err(ImportError::syntax(
            Place::new(path),
            format!("the file holds one table, and none is called `{other}`"),
            format!("name the file without `{MARK}{other}`"),
        )),
        _ => Ok(()),
    }
}
