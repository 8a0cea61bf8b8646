//! [`Rows`]: a table that grows row by row, by its schema.

use chrono::NaiveDate;
use plenary_analysis::table::{Cell, Column, MISSING, Table};
use plenary_types::{Date, Participant, Span};
use rustc_hash::FxHashMap;

use crate::schema::{ColumnKind, ColumnSchema, TableSchema};

/// A table that grows row by row.
#[derive(Debug)]
pub(crate) struct Rows {
    schema: &'static TableSchema,
    columns: Vec<Growing>,
}

#[derive(Debug)]
enum Growing {
    Integers(Vec<Option<i32>>),
    Texts(Texts),
    Dates(Vec<Option<NaiveDate>>),
    Flags(Vec<Option<bool>>),
}

/// A column of texts, each of which is kept once.
#[derive(Debug, Default)]
pub(super) struct Texts {
    places: FxHashMap<Box<str>, u32>,
    labels: Vec<String>,
    codes: Vec<u32>,
}

impl Texts {
    /// The place of a text among the labels.
    pub(super) fn code_of(&mut self, text: &str) -> u32 {
        if let Some(place) = self.places.get(text) {
            return *place;
        }
        let place = u32::try_from(self.labels.len()).unwrap_or(MISSING);
        self.places.insert(text.into(), place);
        self.labels.push(text.to_owned());
        place
    }

    fn push(&mut self, text: Option<&str>) {
        let code = text.map_or(MISSING, |text| self.code_of(text));
        self.codes.push(code);
    }

    pub(super) fn push_code(&mut self, code: u32) {
        self.codes.push(code);
    }

    pub(super) fn into_column(self, name: &str) -> Column {
        Column::coded(name, self.labels.into(), self.codes)
    }
}

impl Growing {
    fn new(column: &ColumnSchema) -> Self {
        match column.kind {
            ColumnKind::Integer => Self::Integers(Vec::new()),
            ColumnKind::Text => Self::Texts(Texts::default()),
            ColumnKind::Date => Self::Dates(Vec::new()),
            ColumnKind::Flag => Self::Flags(Vec::new()),
        }
    }

    fn push(&mut self, cell: Cell<'_>) -> bool {
        match (self, cell) {
            (Self::Integers(all), Cell::Integer(number)) => all.push(i32::try_from(number).ok()),
            (Self::Integers(all), Cell::Missing) => all.push(None),
            (Self::Texts(all), Cell::Text(text)) => all.push(Some(text)),
            (Self::Texts(all), Cell::Missing) => all.push(None),
            (Self::Dates(all), Cell::Date(day)) => all.push(Some(day)),
            (Self::Dates(all), Cell::Missing) => all.push(None),
            (Self::Flags(all), Cell::Flag(flag)) => all.push(Some(flag)),
            (Self::Flags(all), Cell::Missing) => all.push(None),
            _ => return false,
        }
        true
    }

    fn has_values(&self) -> bool {
        match self {
            Self::Integers(all) => all.iter().any(Option::is_some),
            Self::Texts(all) => all.codes.iter().any(|code| *code != MISSING),
            Self::Dates(all) => all.iter().any(Option::is_some),
            Self::Flags(all) => all.iter().any(Option::is_some),
        }
    }

    fn into_column(self, name: &str) -> Column {
        match self {
            Self::Integers(all) => Column::integers(name, all),
            Self::Texts(all) => all.into_column(name),
            Self::Dates(all) => Column::dates(name, all),
            Self::Flags(all) => Column::flags(name, all),
        }
    }
}

impl Rows {
    pub(crate) fn new(schema: &'static TableSchema) -> Self {
        Self {
            schema,
            columns: schema.columns.iter().map(Growing::new).collect(),
        }
    }

    /// Adds a row: a value of the kind of each column, in their order.
    pub(crate) fn push<const N: usize>(&mut self, cells: [Cell<'_>; N]) {
        debug_assert_eq!(N, self.columns.len(), "{}", self.schema.name);
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            let fits = column.push(cell);
            debug_assert!(fits, "{}: {cell:?}", self.schema.name);
        }
    }

    /// The table, without the occasional columns that no row has.
    pub(crate) fn into_table(self) -> Table {
        let columns = self.schema.columns.iter().zip(self.columns);
        let kept = columns.filter(|(schema, all)| !schema.is_occasional || all.has_values());
        Table::new(
            kept.map(|(schema, all)| all.into_column(schema.name))
                .collect(),
        )
    }
}

pub(crate) fn integer(number: impl TryInto<i32>) -> Cell<'static> {
    number
        .try_into()
        .map_or(Cell::Missing, |number| Cell::Integer(number.into()))
}

pub(crate) fn integer_or<'c>(number: Option<impl TryInto<i32>>) -> Cell<'c> {
    number.map_or(Cell::Missing, integer)
}

/// A text; an empty one is missing.
pub(crate) fn text<'t>(text: impl Into<Option<&'t str>>) -> Cell<'t> {
    match text.into().filter(|text| !text.is_empty()) {
        Some(text) => Cell::Text(text),
        None => Cell::Missing,
    }
}

pub(crate) fn day(day: Option<NaiveDate>) -> Cell<'static> {
    day.map_or(Cell::Missing, Cell::Date)
}

pub(crate) fn who<'t>(who: Option<Participant>) -> Cell<'t> {
    text(who.map(Participant::as_str))
}

/// The first and the last day of a span; the beginning of what is on record is none.
pub(crate) fn span(span: Span) -> [Cell<'static>; 2] {
    let from = Some(span.from).filter(|from| *from != NaiveDate::MIN);
    [day(from), day(span.to)]
}

/// What stands between the texts of a list in one cell.
const BETWEEN: &str = "|";

/// The texts of a list in one cell.
pub(crate) fn list<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> String {
    let mut all = String::new();
    for text in texts {
        if !all.is_empty() {
            all.push_str(BETWEEN);
        }
        all.push_str(text.as_ref());
    }
    all
}

/// A date in four cells: the day, and where it is none, its text and its first and last day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct DateCells {
    /// The day, where it is known.
    pub day: Option<NaiveDate>,
    /// The date as it is written, where it is not a day.
    pub text: Option<String>,
    /// The first day that it can be, where it is not a day.
    pub from: Option<NaiveDate>,
    /// The last day that it can be, where it is not a day.
    pub to: Option<NaiveDate>,
}

impl From<Option<Date>> for DateCells {
    fn from(date: Option<Date>) -> Self {
        let Some(date) = date else {
            return Self::default();
        };
        match date.as_day() {
            Some(day) => Self {
                day: Some(day),
                ..Self::default()
            },
            None => Self {
                day: None,
                text: Some(date.to_string()),
                from: date.first(),
                to: date.last(),
            },
        }
    }
}

impl DateCells {
    pub(crate) fn cells(&self) -> [Cell<'_>; 4] {
        [
            day(self.day),
            text(self.text.as_deref()),
            day(self.from),
            day(self.to),
        ]
    }
}
