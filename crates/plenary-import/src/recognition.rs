//! [`Recognition`]: what the beginning of an input says about its format.

use std::fmt;

/// What the beginning of an input says about its format.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Recognition {
    /// The name of the format, if one fits.
    pub format: Option<&'static str>,
    /// Why, or what was seen instead.
    pub why: String,
    /// When none fits: the formats that come nearest, with the columns that are missing for them.
    pub nearest: Vec<Nearest>,
    /// When none fits and a mapping was given: the columns that it names and the table does not have.
    pub unmapped: Vec<String>,
    /// When none fits: the line, from 1, on which the header of a format stands, below other rows.
    pub below: Option<(u64, &'static str)>,
    /// When none fits: what it seems to be, by its columns or keys.
    pub seems: Option<String>,
    /// When none fits: the line, from 1, on which the headings of a table seem to stand, below titles.
    pub headings: Option<u64>,
    /// What to do about input that was meant for a format, where it has none of its columns.
    pub(crate) advice: Option<&'static str>,
}

/// A format that nearly fits.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Nearest {
    /// The name of the format.
    pub format: &'static str,
    /// The columns that it needs and that were not found.
    pub missing: Vec<String>,
    /// How many of its columns were found.
    pub found: usize,
    /// The columns that were found and that it must not have.
    pub spare: Vec<String>,
}

impl Nearest {
    /// A format of which so many columns were found, and none is missing or in excess.
    #[must_use]
    pub const fn new(format: &'static str, found: usize) -> Self {
        Self {
            format,
            missing: Vec::new(),
            found,
            spare: Vec::new(),
        }
    }

    /// The less, the better the format fits.
    pub(crate) const fn distance(&self) -> (usize, usize) {
        (
            usize::MAX - self.found,
            self.missing.len() + self.spare.len(),
        )
    }
}

/// Why a web page is no data.
pub(crate) const PAGE: &str = "it is a web page";

/// Why a table whose every row is one field cannot be read.
pub(crate) const ROWS_IN_QUOTES: &str = "each of its rows is in quotes as a whole";

impl Recognition {
    pub(crate) fn found(format: &'static str, why: impl Into<String>) -> Self {
        Self {
            format: Some(format),
            ..Self::unknown(why, Vec::new())
        }
    }

    pub(crate) fn unknown(why: impl Into<String>, nearest: Vec<Nearest>) -> Self {
        Self {
            format: None,
            why: why.into(),
            nearest,
            unmapped: Vec::new(),
            below: None,
            seems: None,
            headings: None,
            advice: None,
        }
    }

    /// The same, of a table that lacks columns which a mapping names.
    pub(crate) fn without_mapping(mut self, missing: Vec<String>) -> Self {
        if self.format.is_some() {
            let missing = missing.join("`, `");
            self.why += &format!("; without the mapping, which names `{missing}`");
        }
        self.unmapped = missing;
        self
    }

    /// What to do when no format fits.
    #[must_use]
    pub fn help(&self) -> String {
        match self.nearest.first() {
            _ if self.why == PAGE => {
                "this is the page of a site, not its data: download the file itself".to_owned()
            }
            _ if self.why == ROWS_IN_QUOTES => {
                "save the table again without quotes around whole rows".to_owned()
            }
            _ if self.below.is_some() || self.headings.is_some() => {
                "remove the lines above the header".to_owned()
            }
            _ if !self.unmapped.is_empty() => {
                "name the columns in the mapping as the first row of the table does".to_owned()
            }
            Some(nearest) if !nearest.spare.is_empty() => format!(
                "if this is {}, remove {}; for any other table {START}",
                nearest.format,
                columns(&nearest.spare),
            ),
            Some(nearest) if nearest.found > 0 => format!(
                "if this is {}, it lacks {}; for any other table {START}",
                nearest.format,
                columns(&nearest.missing),
            ),
            _ => match self.advice {
                Some(advice) => advice.to_owned(),
                None => format!("docs/formats lists what can be read; for any other table {START}"),
            },
        }
    }
}

/// How to begin with a table that is in no known format.
const START: &str = "write a mapping file: `plenary mapping FILE` proposes one, and `plenary import --mapping MAPPING FILE --output DIR` reads the table by it";

/// What can be done about a text that is no table.
pub(crate) const NO_TABLE: &str = "docs/formats lists what can be read; save what is in it as a table, such as CSV, for any other source";

/// Columns, for a sentence.
fn columns(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match names.split_last() {
        Some((last, [])) => format!("the column {last}"),
        Some((last, others)) => format!("the columns {} and {last}", others.join(", ")),
        None => "no column".to_owned(),
    }
}

impl fmt::Display for Recognition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.format {
            Some(format) => write!(f, "{format}: {}", self.why),
            None => {
                write!(f, "unrecognised format: {}", self.why)?;
                let mut before = "; nearest: ";
                for near in &self.nearest {
                    write!(f, "{before}{}", near.format)?;
                    if !near.missing.is_empty() {
                        write!(f, " (missing {})", near.missing.join(", "))?;
                    }
                    if !near.spare.is_empty() {
                        write!(f, " (unexpected columns: {})", near.spare.join(", "))?;
                    }
                    before = ", ";
                }
                if let Some(seems) = &self.seems {
                    write!(f, "; {seems}")?;
                }
                if let Some(line) = self.headings {
                    write!(f, "; the headings of a table seem to stand on line {line}")?;
                }
                if let Some((line, format)) = self.below {
                    write!(f, "; line {line} has the columns of {format}")?;
                }
                match &*self.unmapped {
                    [] => Ok(()),
                    missing => {
                        let missing = missing.join("`, `");
                        write!(
                            f,
                            "; the mapping refers to `{missing}`, which the table does not have"
                        )
                    }
                }
            }
        }
    }
}
