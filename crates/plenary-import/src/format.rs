//! The formats, and how one is recognised by what is in a file.

use std::fmt;

use serde::Serialize;

use crate::csv::header::{Header, same_name};
use crate::csv::layout::Role;
use crate::{names, rollcall, typed, undl, untc};

/// A format that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Format {
    /// The native JSON document, one agreement.
    PlenaryJson,
    /// The native dataset: a folder with a `datapackage.json`.
    PlenaryDataset,
    /// The UN Digital Library's General Assembly voting data, one row a ballot.
    UndlGaCsv,
    /// The same, one row a resolution and a column a country.
    UndlGaWideCsv,
    /// The UN Digital Library's Security Council voting data, one row a ballot.
    UndlScCsv,
    /// MARCXML records of the UN Digital Library: votes and documents.
    UndlMarcxml,
    /// The table of votes of the `unvotes` package, one row a ballot.
    UnvotesCsv,
    /// The table of roll calls of the `unvotes` package.
    UnvotesRollCallsCsv,
    /// The table of issues of the `unvotes` package.
    UnvotesIssuesCsv,
    /// The roll-call file of Erik Voeten's "United Nations General Assembly Voting Data".
    VoetenCsv,
    /// A participant table of the UN Treaty Collection.
    UntcCsv,
    /// The native table that a person can type: a header block, then `state,vote`.
    PlenaryCsv,
    /// A table that a mapping file explains.
    MappedCsv,
}

impl Format {
    /// The name used in results and documents.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PlenaryJson => "plenary-json",
            Self::PlenaryDataset => "plenary-dataset",
            Self::UndlGaCsv => "undl-ga-csv",
            Self::UndlGaWideCsv => "undl-ga-wide-csv",
            Self::UndlScCsv => "undl-sc-csv",
            Self::UndlMarcxml => "undl-marcxml",
            Self::UnvotesCsv => "unvotes-csv",
            Self::UnvotesRollCallsCsv => "unvotes-roll-calls-csv",
            Self::UnvotesIssuesCsv => "unvotes-issues-csv",
            Self::VoetenCsv => "voeten-csv",
            Self::UntcCsv => "untc-csv",
            Self::PlenaryCsv => "plenary-csv",
            Self::MappedCsv => "mapped-csv",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// What the beginning of an input says about its format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recognition {
    /// The format, if one fits.
    pub format: Option<Format>,
    /// Why, or what was seen instead.
    pub why: String,
    /// When none fits: the formats that come nearest, with the columns that are missing for them.
    pub nearest: Vec<Nearest>,
}

/// A format that nearly fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nearest {
    /// The format.
    pub format: Format,
    /// The columns that it needs and that were not found.
    pub missing: Vec<String>,
    /// How many of its columns were found.
    pub found: usize,
}

impl Recognition {
    /// What to do when no format fits.
    #[must_use]
    pub fn help(&self) -> String {
        match self.nearest.first() {
            Some(nearest) => format!(
                "if this is {}, give it the columns {}; for any other table of votes write a mapping file",
                nearest.format,
                nearest.missing.join(", "),
            ),
            None => "docs/formats lists what can be read; for any other table of votes write a \
                     mapping file"
                .to_owned(),
        }
    }
}

impl fmt::Display for Recognition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.format {
            Some(format) => write!(f, "{format}: {}", self.why),
            None => {
                write!(f, "no known format: {}", self.why)?;
                let mut before = "; nearest: ";
                for near in &self.nearest {
                    write!(
                        f,
                        "{before}{} (missing {})",
                        near.format,
                        near.missing.join(", ")
                    )?;
                    before = ", ";
                }
                Ok(())
            }
        }
    }
}

/// A column of a format of tables.
pub(crate) struct Column {
    /// The format's own name for it.
    pub(crate) name: &'static str,
    /// Other names that its editions have used.
    pub(crate) also: &'static [&'static str],
    pub(crate) role: Role,
    /// Whether a table without it is another format.
    pub(crate) needed: bool,
}

/// A column of a format, for its list.
pub(crate) const fn column(
    name: &'static str,
    also: &'static [&'static str],
    role: Role,
    needed: bool,
) -> Column {
    Column {
        name,
        also,
        role,
        needed,
    }
}

/// A format of tables.
pub(crate) struct Spec {
    pub(crate) format: Format,
    pub(crate) columns: &'static [Column],
}

impl Spec {
    fn is(column: &Column, printed: &str) -> bool {
        same_name(column.name, printed) || column.also.iter().any(|also| same_name(also, printed))
    }

    /// For each column of a header, the column of the format that it is; the first of a name counts.
    pub(crate) fn columns_of(&self, header: &Header) -> Vec<Option<&'static Column>> {
        let mut seen = Vec::new();
        let mut column = |printed: &str| {
            let known = self
                .columns
                .iter()
                .find(|column| Self::is(column, printed))?;
            let fresh = !seen.contains(&known.name);
            seen.push(known.name);
            fresh.then_some(known)
        };
        header
            .columns
            .iter()
            .map(|printed| column(printed))
            .collect()
    }

    fn missing(&self, header: &Header) -> Vec<String> {
        let found = self.columns_of(header);
        let has = |column: &Column| found.iter().flatten().any(|f| f.name == column.name);
        let missing = self.columns.iter().filter(|c| c.needed && !has(c));
        missing.map(|column| column.name.to_owned()).collect()
    }
}

/// The formats of tables that are known by their columns, the most particular first.
const SPECS: [&Spec; 6] = [
    &undl::SC,
    &undl::GA,
    &rollcall::VOETEN,
    &rollcall::UNVOTES,
    &rollcall::ROLL_CALLS,
    &rollcall::ISSUES,
];

/// Recognises the format of a text by its beginning.
#[must_use]
pub fn recognise(head: &[u8]) -> Recognition {
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let found = |format, why: &str| Recognition {
        format: Some(format),
        why: why.to_owned(),
        nearest: Vec::new(),
    };
    match text.trim_ascii_start().first() {
        None => unknown("there is nothing in it", Vec::new()),
        Some(b'{') => found(
            Format::PlenaryJson,
            "it begins with `{`, as a JSON document does",
        ),
        Some(b'[') => found(
            Format::PlenaryJson,
            "it begins with `[`, as a list of JSON documents does",
        ),
        #[cfg(feature = "marcxml")]
        Some(b'<') => match crate::marcxml::recognises(text) {
            Some(why) => found(Format::UndlMarcxml, why),
            None => unknown(
                "it begins with `<`, as XML and HTML do, but holds no MARC record",
                Vec::new(),
            ),
        },
        Some(_) if untc::recognises(text) => found(
            Format::UntcCsv,
            "its first column is `Participant`, as in the treaty collection's tables",
        ),
        Some(_) if typed::begins(text) => found(
            Format::PlenaryCsv,
            "a column `state` and a column `vote`, below lines of the form `key: value`",
        ),
        Some(_) => match Header::read(text, true) {
            Some(header) => of_table(&header),
            None => unknown("its first row cannot be taken apart", Vec::new()),
        },
    }
}

fn unknown(why: &str, nearest: Vec<Nearest>) -> Recognition {
    Recognition {
        format: None,
        why: why.to_owned(),
        nearest,
    }
}

/// Recognises a table by its header.
fn of_table(header: &Header) -> Recognition {
    let mut nearest = Vec::new();
    for spec in SPECS {
        let missing = spec.missing(header);
        let found = spec.columns_of(header).iter().flatten().count();
        if missing.is_empty() {
            return Recognition {
                format: Some(spec.format),
                why: format!(
                    "{found} of its {} columns are those of this format",
                    header.columns.len()
                ),
                nearest: Vec::new(),
            };
        }
        if found > 0 {
            nearest.push(Nearest {
                format: spec.format,
                missing,
                found,
            });
        }
    }
    if let Some(wide) = of_wide_table(header) {
        return wide;
    }
    nearest.sort_by_key(|near| (near.missing.len(), usize::MAX - near.found));
    nearest.truncate(3);
    let columns: Vec<&str> = header.columns.iter().take(6).map(|c| &**c).collect();
    unknown(
        &format!("its first row begins `{}`", columns.join(",")),
        nearest,
    )
}

/// Fewer columns with the names of states may be a coincidence.
const LEAST_STATES: usize = 3;

/// A table of votes with a column a country.
fn of_wide_table(header: &Header) -> Option<Recognition> {
    let columns = undl::GA.columns_of(header);
    let has = |name: &str| columns.iter().flatten().any(|column| column.name == name);
    if !(has("resolution") && has("date")) || has("ms_vote") {
        return None;
    }
    let unknown = header
        .columns
        .iter()
        .zip(&columns)
        .filter(|(_, known)| known.is_none());
    let states = unknown
        .filter(|(heading, _)| names::of_heading(heading).is_some())
        .count();
    (states >= LEAST_STATES).then(|| Recognition {
        format: Some(Format::UndlGaWideCsv),
        why: format!(
            "it has a resolution and a date a row, and {states} columns are headed by states"
        ),
        nearest: Vec::new(),
    })
}
