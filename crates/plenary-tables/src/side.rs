//! [`SideTable`]: the reader of small tables beside the votes, such as acts, groups, weights and ballots.

use std::borrow::Cow;

use plenary_types::chrono::NaiveDate;
use plenary_types::{Choice, Date};

use crate::TableError;
use crate::dates::DateForm;
use crate::header::same_name;
use crate::rows::{Row, Rows};
use crate::split::{self, mend_fields};

/// No side table has more bytes than this.
const LARGEST: usize = 64 << 20;

/// Where a cell begins in its file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CellPlace {
    /// The line, from 1.
    pub line: u64,
    /// The character of the line, from 1.
    pub character: u64,
}

/// A small table that is held whole: a header, and rows of as many cells.
///
/// The separator is the one of comma, semicolon and tab that splits the header most, or the one that a line `sep=;` names. Blank
/// lines and rows of nothing are passed over. Columns are found by their headings ([`same_name`]), cells are read without outer
/// spaces, and every error has its line and its column.
///
/// ```
/// use plenary_tables::SideTable;
///
/// let mut table = SideTable::open("Country;Votes cast\nPeru;3\n\nFrance;some\n")?;
/// let [state, votes] = [("state", "country"), ("votes", "votes_cast")]
///     .map(|(name, alias)| table.column(name, &[name, alias]).unwrap());
/// let rows: Vec<_> = table.rows().collect::<Result<_, _>>()?;
/// assert_eq!(rows[0].text(state), "Peru");
/// let error = rows[1].fault(votes, "is not a number", "write digits");
/// assert_eq!(error.to_string(), "line 4, votes: `some` is not a number");
/// # Ok::<(), plenary_tables::TableError>(())
/// ```
#[derive(Clone, Debug)]
pub struct SideTable<'t> {
    headings: Vec<String>,
    line: u64,
    /// How many cells a row has.
    width: usize,
    rows: Rows<'t>,
}

/// A column that a table has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    at: usize,
    name: &'static str,
}

/// A row of a [`SideTable`].
#[derive(Clone, Debug)]
pub struct SideRow<'t>(Row<'t>);

impl<'t> SideTable<'t> {
    /// Reads the header of a table.
    ///
    /// # Errors
    ///
    /// [`TableError`] when there is none, it cannot be read, or the table is larger than 64 MiB.
    pub fn open(text: &'t (impl AsRef<[u8]> + ?Sized)) -> Result<Self, TableError> {
        let text = text.as_ref();
        Self::below(text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text), 0)
    }

    /// Reads the header of a table below some lines.
    pub(crate) fn below(text: &'t [u8], above: u64) -> Result<Self, TableError> {
        if text.len() > LARGEST {
            let reason = format!("the table is larger than {} MiB", LARGEST >> 20);
            return Err(TableError::new(
                reason,
                "keep only the rows that are needed",
            ));
        }
        if split::has_returns_alone(text) {
            let (reason, help) = split::RETURNS_ALONE;
            return Err(TableError::new(reason, help));
        }
        let (start, blank, delimiter) = split::first_row(text);
        let mut rows = Rows::new(text, delimiter, start, above + blank + 1);
        let header = rows.next().ok_or_else(|| {
            let help = "write a header, and below it one row a line";
            TableError::new("there are no rows", help)
        })??;
        Ok(Self {
            headings: header.values().map(Cow::into_owned).collect(),
            line: header.line,
            width: header.len(),
            rows,
        })
    }

    /// The same table where its first row is not a header, but these headings stand for one.
    pub(crate) fn headed_by(self, headings: &[&str], text: &'t [u8], above: u64) -> Self {
        let (start, blank, delimiter) = split::first_row(text);
        Self {
            headings: headings.iter().map(|&heading| heading.into()).collect(),
            rows: Rows::new(text, delimiter, start, above + blank + 1),
            ..self
        }
    }

    /// The headings, as printed.
    #[must_use]
    pub fn headings(&self) -> &[String] {
        &self.headings
    }

    /// The line of the header, from 1.
    #[must_use]
    pub const fn header_line(&self) -> u64 {
        self.line
    }

    /// The column that one of these headings stands over; the first of them that the table has. Errors call it `name`.
    #[must_use]
    pub fn column(&self, name: &'static str, headings: &[&str]) -> Option<Column> {
        let place = |heading: &&str| self.headings.iter().position(|h| same_name(h, heading));
        let at = headings.iter().find_map(place)?;
        Some(Column { at, name })
    }

    /// The same for a column that has to be there.
    ///
    /// # Errors
    ///
    /// [`TableError`] when the table does not have it; `expected` says which columns it has to have.
    pub fn required(
        &self,
        name: &'static str,
        headings: &[&str],
        expected: &str,
    ) -> Result<Column, TableError> {
        self.column(name, headings)
            .ok_or_else(|| self.missing(&format!("`{name}`"), expected))
    }

    /// That a column is missing.
    pub(crate) fn missing(&self, column: &str, expected: &str) -> TableError {
        let found = self.headings.join(",");
        let reason =
            format!("there is no column {column}; expected {expected}, found the header `{found}`");
        TableError::new(reason, "rename the columns, or add what is missing").with_line(self.line)
    }

    /// The column at a place, which errors call `name`.
    pub(crate) const fn column_at(at: usize, name: &'static str) -> Column {
        Column { at, name }
    }

    /// The rows, each with its line.
    ///
    /// # Errors
    ///
    /// [`TableError`] for a row that cannot be taken apart, is not UTF-8, or has more or fewer cells than the header; cells that
    /// are too many do no harm while they are empty.
    pub fn rows(&mut self) -> impl Iterator<Item = Result<SideRow<'t>, TableError>> + '_ {
        let width = self.width;
        self.rows.by_ref().map(move |row| {
            let row = row?;
            let mut beyond = (width..row.len()).map(|column| row.value_in_quotes(column));
            if row.len() < width || beyond.any(|cell| !cell.is_empty()) {
                let found = row.len();
                let reason = format!("the row has {found} fields, the header {width}");
                let error = TableError::new(reason, mend_fields(found, width));
                return Err(error.with_line(row.line));
            }
            Ok(SideRow(row))
        })
    }
}

impl Column {
    /// Its place in the row, from 0.
    #[must_use]
    pub const fn at(self) -> usize {
        self.at
    }
}

impl<'t> SideRow<'t> {
    /// The line on which the row begins, from 1.
    #[must_use]
    pub const fn line(&self) -> u64 {
        self.0.line
    }

    /// The cell under the heading at a place, from 0, without outer spaces; nothing where the row has no such cell.
    #[must_use]
    pub fn cell(&self, at: usize) -> Cow<'t, str> {
        self.0.value_in_quotes(at)
    }

    /// A cell without outer spaces, and without quotes where spaces stand before them (`"a", "b"`); nothing of a column that the
    /// table does not have.
    pub fn text(&self, column: impl Into<Option<Column>>) -> Cow<'t, str> {
        let column = column.into();
        column.map_or(Cow::Borrowed(""), |column| {
            self.0.value_in_quotes(column.at)
        })
    }

    /// A date; none of a blank cell.
    ///
    /// # Errors
    ///
    /// [`TableError`] when it is not a date.
    pub fn date(&self, column: impl Into<Option<Column>>) -> Result<Option<Date>, TableError> {
        self.parse(column, DATE, |text| Date::read(text).ok())
    }

    /// A date, or a span in which some day is meant (`2010-05-26/2010-07-06`, `/1907`); none of a blank cell.
    ///
    /// # Errors
    ///
    /// [`TableError`] when it is neither.
    pub fn date_or_span(
        &self,
        column: impl Into<Option<Column>>,
        dates: &DateForm,
    ) -> Result<Option<Date>, TableError> {
        self.parse(column, DATE_OR_SPAN, |text| {
            dates.read(text).ok().or_else(|| text.parse().ok())
        })
    }

    /// A day; none of a blank cell.
    ///
    /// # Errors
    ///
    /// [`TableError`] when it is not a day.
    pub fn day(&self, column: impl Into<Option<Column>>) -> Result<Option<NaiveDate>, TableError> {
        self.parse(column, DATE, |text| Date::read(text).ok()?.as_day())
    }

    /// A participant by its code or name, as `resolve` knows it.
    ///
    /// # Errors
    ///
    /// [`TableError`] when nobody is known by it.
    pub fn participant<P>(
        &self,
        column: Column,
        resolve: impl Fn(&str) -> Option<P>,
    ) -> Result<P, TableError> {
        let name = self.text(column);
        resolve(&name).ok_or_else(|| {
            let reason = format!("unknown participant `{name}`");
            self.error(
                column,
                reason,
                "write its code, such as `KOR`, or a full name",
            )
        })
    }

    /// A choice by one of the words of [`Choice::from_word`].
    ///
    /// # Errors
    ///
    /// [`TableError`] when it is not a vote.
    pub fn choice(&self, column: Column) -> Result<Choice, TableError> {
        Choice::from_word(&self.text(column)).ok_or_else(|| {
            let help = "write `yes`, `no`, `abstain`, `non-voting` or `not-eligible`";
            self.fault(column, "is not a recognised vote", help)
        })
    }

    /// Where a cell begins.
    #[must_use]
    pub fn place(&self, column: Column) -> CellPlace {
        let (line, character) = self.0.start_of(column.at);
        CellPlace { line, character }
    }

    /// That a cell cannot be used: `reason` goes on a sentence that begins with the cell.
    #[must_use]
    pub fn fault(&self, column: Column, reason: &str, help: impl Into<String>) -> TableError {
        self.error(column, format!("`{}` {reason}", self.text(column)), help)
    }

    /// An error of a cell, whose reason is a sentence of its own.
    #[must_use]
    pub fn error(
        &self,
        column: Column,
        reason: impl Into<String>,
        help: impl Into<String>,
    ) -> TableError {
        let mut error = TableError::new(reason, help);
        error.value = Some(self.text(column).into_owned());
        let (line, character) = self.0.start_of(column.at);
        error.place.line = Some(line);
        error.place.column = Some(character);
        error.place.field = Some(column.name.to_owned());
        error
    }

    fn parse<T>(
        &self,
        column: impl Into<Option<Column>>,
        (reason, help): (&str, &str),
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, TableError> {
        let Some(column) = column.into() else {
            return Ok(None);
        };
        let text = self.text(column);
        match read(&text) {
            None if !text.is_empty() => Err(self.fault(column, reason, help)),
            value => Ok(value),
        }
    }
}

const DATE_OR_SPAN: (&str, &str) = (
    "is not a date: expected YYYY-MM-DD, YYYY-MM, YYYY or two of them with a stroke between",
    "write the day such as `1975-12-23`, or what is known: `1975`, `1975-12/1976-02`, `/1976`",
);

const DATE: (&str, &str) = (
    "is not a date: expected YYYY-MM-DD",
    "write the day such as `1975-12-23`",
);
