//! The formats, and how one is recognised by what is in a file.

use std::fmt;

use serde::Serialize;

use crate::csv::header::Header;
#[cfg(feature = "_specs")]
use crate::csv::header::same_name;
#[cfg(feature = "_specs")]
use crate::csv::layout::Role;
use crate::csv::row;
#[cfg(feature = "rollcalls")]
use crate::rollcall;
#[cfg(feature = "typed")]
use crate::typed::{self, Beginning, Nearly};
#[cfg(feature = "untc")]
use crate::untc;
#[cfg(feature = "undl")]
use crate::{names, undl};

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
    /// When none fits and a mapping was given: the columns that it names and the table has not.
    pub unmapped: Vec<String>,
    /// When none fits: the line, from 1, on which the header of a format stands, below other rows.
    pub below: Option<(u64, Format)>,
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
    /// The columns that were found and that it must not have.
    pub spare: Vec<String>,
}

impl Recognition {
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
            _ if self.below.is_some() => "take away the lines above the header".to_owned(),
            _ if !self.unmapped.is_empty() => {
                "name the columns in the mapping as the first row of the table does".to_owned()
            }
            Some(nearest) if nearest.found == 0 => {
                "give the table below those lines the columns `state` and `vote`, and at most `name`"
                    .to_owned()
            }
            Some(nearest) if !nearest.spare.is_empty() => format!(
                "if this is {}, take away {}; for any other table of votes write a mapping file",
                nearest.format,
                columns(&nearest.spare),
            ),
            Some(nearest) => format!(
                "if this is {}, it lacks {}; for any other table of votes write a mapping file",
                nearest.format,
                columns(&nearest.missing),
            ),
            None => "docs/formats lists what can be read; for any other table of votes write a \
                     mapping file"
                .to_owned(),
        }
    }
}

/// Why a web page is no data.
const PAGE: &str = "it is a web page";

/// Why a table whose every row is one field cannot be read.
const ROWS_IN_QUOTES: &str = "each of its rows is in quotes as a whole";

/// Columns, for a sentence.
fn columns(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match names.split_last() {
        Some((last, [])) => format!("the column {last}"),
        Some((last, others)) => format!("the columns {} and {last}", others.join(", ")),
        None => "no column".to_owned(),
    }
}

impl Nearest {
    /// The less, the better the format fits.
    const fn unlike(&self) -> (usize, usize) {
        (
            usize::MAX - self.found,
            self.missing.len() + self.spare.len(),
        )
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
                    write!(f, "{before}{}", near.format)?;
                    if !near.missing.is_empty() {
                        write!(f, " (missing {})", near.missing.join(", "))?;
                    }
                    if !near.spare.is_empty() {
                        write!(f, " (too many: {})", near.spare.join(", "))?;
                    }
                    before = ", ";
                }
                if let Some((line, format)) = self.below {
                    write!(f, "; line {line} has the columns of {format}")?;
                }
                match &*self.unmapped {
                    [] => Ok(()),
                    missing => {
                        let missing = missing.join("`, `");
                        write!(f, "; the mapping names `{missing}`, which it has not")
                    }
                }
            }
        }
    }
}

/// A column of a format of tables.
#[cfg(feature = "_specs")]
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
#[cfg(feature = "_specs")]
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
#[cfg(feature = "_specs")]
pub(crate) struct Spec {
    pub(crate) format: Format,
    pub(crate) columns: &'static [Column],
}

#[cfg(feature = "_specs")]
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
#[cfg(feature = "_specs")]
const SPECS: &[&Spec] = &[
    #[cfg(feature = "undl")]
    &undl::SC,
    #[cfg(feature = "undl")]
    &undl::GA,
    #[cfg(feature = "rollcalls")]
    &rollcall::VOETEN,
    #[cfg(feature = "rollcalls")]
    &rollcall::UNVOTES,
    #[cfg(feature = "rollcalls")]
    &rollcall::ROLL_CALLS,
    #[cfg(feature = "rollcalls")]
    &rollcall::ISSUES,
];

/// Recognises the format of a text by its beginning, among the formats whose features are enabled.
#[must_use]
pub fn recognise(head: &[u8]) -> Recognition {
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    match text.trim_ascii_start().first() {
        None => unknown("there is nothing in it", Vec::new()),
        Some(b'<') => of_markup(text),
        #[cfg(feature = "native")]
        Some(b'{') => found(
            Format::PlenaryJson,
            "it begins with `{`, as a JSON document does",
        ),
        #[cfg(feature = "native")]
        Some(b'[') => found(
            Format::PlenaryJson,
            "it begins with `[`, as a list of JSON documents does",
        ),
        Some(_) => of_text(text),
    }
}

fn of_markup(text: &[u8]) -> Recognition {
    if is_page(text) {
        return unknown(PAGE, Vec::new());
    }
    #[cfg(feature = "marcxml")]
    if let Some(why) = crate::marcxml::recognises(text) {
        return found(Format::UndlMarcxml, why);
    }
    unknown(
        "it begins with `<`, as XML does, but holds no MARC record",
        Vec::new(),
    )
}

fn of_text(text: &[u8]) -> Recognition {
    #[cfg(feature = "untc")]
    if untc::recognises(text) {
        return of_header(text);
    }
    typed_or(text, || match of_header(text) {
        known @ Recognition {
            format: Some(_), ..
        } => known,
        unknown => Recognition {
            below: header_below(text),
            ..unknown
        },
    })
}

/// A table that is known by its first row.
fn of_header(text: &[u8]) -> Recognition {
    #[cfg(feature = "untc")]
    if untc::recognises(text) {
        return found(
            Format::UntcCsv,
            "it has a column `Participant`, as the treaty collection's tables do",
        );
    }
    match Header::read(text, true) {
        Some(header) if is_in_quotes(text, &header) => unknown(ROWS_IN_QUOTES, Vec::new()),
        Some(header) => of_table(&header),
        None => unknown("its first row cannot be taken apart", Vec::new()),
    }
}

/// Whether the first row is one field in quotes that holds what separates fields.
fn is_in_quotes(text: &[u8], header: &Header) -> bool {
    let quoted = text.trim_ascii_start().starts_with(b"\"");
    quoted && matches!(&*header.columns, [only] if only.contains([',', ';', '\t']))
}

/// Among so many lines a header is looked for that does not come first.
const TITLE_LINES: u64 = 10;

/// The line on which a table is known by its header, below titles and notes.
fn header_below(text: &[u8]) -> Option<(u64, Format)> {
    let mut rest = text;
    (2..=TITLE_LINES).find_map(|line| {
        rest = rest.get(row::next_line(rest, 0)?..)?;
        Some((line, of_header(rest).format?))
    })
}

/// A typed table, or what was meant for one; else what the text is otherwise.
#[cfg(feature = "typed")]
fn typed_or(text: &[u8], other: impl FnOnce() -> Recognition) -> Recognition {
    match typed::beginning(text) {
        Beginning::Typed => found(
            Format::PlenaryCsv,
            "it has a column `state` and a column `vote`, below lines of the form `key: value`",
        ),
        Beginning::Other {
            facts: true,
            nearly,
        } => {
            let why = "it begins with lines of the form `key: value`, and no table of the columns `state` and `vote` alone follows";
            unknown(why, vec![nearly.unwrap_or_default().into()])
        }
        Beginning::Other { nearly, .. } => other().or_nearly(nearly.map(Nearest::from)),
    }
}

#[cfg(not(feature = "typed"))]
fn typed_or(_: &[u8], other: impl FnOnce() -> Recognition) -> Recognition {
    other()
}

#[cfg(feature = "typed")]
impl From<Nearly> for Nearest {
    fn from(nearly: Nearly) -> Self {
        Self {
            format: Format::PlenaryCsv,
            missing: Vec::new(),
            found: nearly.known,
            spare: nearly.spare,
        }
    }
}

#[cfg(feature = "typed")]
impl Recognition {
    /// Names the typed table, too, when no format fits and it comes near: a table with more other columns than its own
    /// was never meant for one.
    fn or_nearly(mut self, nearly: Option<Nearest>) -> Self {
        let near = nearly.filter(|near| self.format.is_none() && near.spare.len() <= near.found);
        if let Some(near) = near {
            self.nearest = best(self.nearest.into_iter().chain([near]));
        }
        self
    }
}

/// Whether a text is HTML: what a site sends instead of a file when it wants a sign-in, or is out of service.
fn is_page(text: &[u8]) -> bool {
    let start = text.trim_ascii_start().to_ascii_lowercase();
    [&b"<!doctype html"[..], b"<html"]
        .iter()
        .any(|tag| start.starts_with(tag))
}

fn found(format: Format, why: &str) -> Recognition {
    Recognition {
        format: Some(format),
        why: why.to_owned(),
        nearest: Vec::new(),
        unmapped: Vec::new(),
        below: None,
    }
}

fn unknown(why: &str, nearest: Vec<Nearest>) -> Recognition {
    Recognition {
        format: None,
        why: why.to_owned(),
        nearest,
        unmapped: Vec::new(),
        below: None,
    }
}

/// Recognises a table by its header.
fn of_table(header: &Header) -> Recognition {
    #[cfg(feature = "_specs")]
    if let Some(known) = by_columns(header) {
        return known;
    }
    #[cfg(feature = "undl")]
    if let Some(wide) = of_wide_table(header) {
        return wide;
    }
    let columns: Vec<&str> = header.columns.iter().take(6).map(|c| &**c).collect();
    unknown(
        &format!("its first row begins `{}`", columns.join(",")),
        nearest(header),
    )
}

/// The format whose needed columns are all there.
#[cfg(feature = "_specs")]
fn by_columns(header: &Header) -> Option<Recognition> {
    let mut specs = SPECS.iter();
    let spec = specs.find(|spec| spec.missing(header).is_empty())?;
    let known = spec.columns_of(header).iter().flatten().count();
    let why = match header.columns.len() {
        all if all == known => format!("all its {all} columns are those of this format"),
        all => format!("{known} of its {all} columns are those of this format"),
    };
    Some(found(spec.format, &why))
}

/// The formats that have most columns in common with a header.
fn nearest(header: &Header) -> Vec<Nearest> {
    best(near_specs(header).into_iter().chain(near_treaty(header)))
}

/// The three that fit best, the best first.
fn best(near: impl Iterator<Item = Nearest>) -> Vec<Nearest> {
    let mut near: Vec<Nearest> = near.collect();
    near.sort_by_key(Nearest::unlike);
    near.truncate(3);
    near
}

#[cfg(feature = "_specs")]
fn near_specs(header: &Header) -> Vec<Nearest> {
    let near = |spec: &&Spec| Nearest {
        format: spec.format,
        missing: spec.missing(header),
        found: spec.columns_of(header).iter().flatten().count(),
        spare: Vec::new(),
    };
    SPECS.iter().map(near).filter(|n| n.found > 0).collect()
}

#[cfg(not(feature = "_specs"))]
const fn near_specs(_: &Header) -> Vec<Nearest> {
    Vec::new()
}

/// A table of treaty actions without participants. One heading that begins like such an action may be a coincidence.
#[cfg(feature = "untc")]
fn near_treaty(header: &Header) -> Option<Nearest> {
    let found = untc::acts_among(&header.columns);
    (found >= 2).then(|| Nearest {
        format: Format::UntcCsv,
        missing: vec!["Participant".to_owned()],
        found,
        spare: Vec::new(),
    })
}

#[cfg(not(feature = "untc"))]
const fn near_treaty(_: &Header) -> Option<Nearest> {
    None
}

/// Fewer columns with the names of states may be a coincidence.
#[cfg(feature = "undl")]
const LEAST_STATES: usize = 3;

/// A table of votes with a column a country.
#[cfg(feature = "undl")]
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
        .filter(|(heading, _)| names::is_state(heading))
        .count();
    let why =
        format!("it has a resolution and a date a row, and {states} columns are headed by states");
    (states >= LEAST_STATES).then(|| found(Format::UndlGaWideCsv, &why))
}
