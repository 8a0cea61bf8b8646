//! The columns of a format of tables, and which of those in a header they are.

use super::header::same_name;
use super::layout::Role;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Content {
    /// A fact about the vote, the same in each of its rows.
    Text,
    /// The symbol of a document: a fact about the vote that has a usual spelling.
    Symbol,
    /// A whole number: a fact about the vote that has a usual spelling.
    Number,
    /// A fact about who voted: code, name, status.
    Voter,
    /// What was chosen.
    Choice,
}

impl Content {
    pub(crate) const fn role(self) -> Role {
        match self {
            Self::Text | Self::Symbol | Self::Number => Role::Shared,
            Self::Voter => Role::Who,
            Self::Choice => Role::Choice,
        }
    }
}

/// A column of a format of tables.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// The format's own name for it.
    pub(crate) name: &'static str,
    /// Other names that its editions have used.
    also: &'static [&'static str],
    pub(crate) content: Content,
    /// Whether a table without it is of another format.
    needed: bool,
}

/// A column: its name and others that editions of the format have used, what it holds, and whether a table without it is of
/// another format. Names match whatever their capitals, spaces, hyphens and underscores.
#[must_use]
pub const fn column(
    name: &'static str,
    also: &'static [&'static str],
    content: Content,
    needed: bool,
) -> Column {
    Column {
        name,
        also,
        content,
        needed,
    }
}

impl Column {
    fn is(&self, printed: &str) -> bool {
        same_name(self.name, printed) || self.also.iter().any(|also| same_name(also, printed))
    }
}

/// For each of the headings of a table, the column of the format that it is; the first of a name counts.
pub(crate) fn columns_of<S: AsRef<str>>(
    columns: &'static [Column],
    headings: &[S],
) -> Vec<Option<&'static Column>> {
    let mut seen = Vec::new();
    let mut column = |printed: &str| {
        let known = columns.iter().find(|column| column.is(printed))?;
        let fresh = !seen.contains(&known.name);
        seen.push(known.name);
        fresh.then_some(known)
    };
    headings
        .iter()
        .map(|printed| column(printed.as_ref()))
        .collect()
}

/// For each of the headings of a table, the format's own name for it.
pub(crate) fn names_of<S: AsRef<str>>(
    columns: &'static [Column],
    headings: &[S],
) -> Vec<Option<&'static str>> {
    let columns = columns_of(columns, headings).into_iter();
    columns
        .map(|column| column.map(|column| column.name))
        .collect()
}

/// How many columns a table of a format needs.
pub(crate) fn needed(columns: &[Column]) -> usize {
    columns.iter().filter(|column| column.needed).count()
}

/// The needed columns that are not among those found in a table.
pub(crate) fn missing(columns: &'static [Column], found: &[Option<&'static str>]) -> Vec<String> {
    let needed = columns.iter().filter(|column| column.needed);
    let missing = needed.filter(|column| !found.contains(&Some(column.name)));
    missing.map(|column| column.name.to_owned()).collect()
}
