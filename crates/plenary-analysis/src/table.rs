//! [`Table`]: results as columns, for CSV, JSON and Parquet.

use std::io::{self, Write};
use std::sync::Arc;

use chrono::NaiveDate;
use serde::ser::{SerializeMap, SerializeSeq, SerializeStruct};
use serde::{Serialize, Serializer};

/// A result as columns of equal length, with what a reader has to know about it.
///
/// ```
/// use plenary_analysis::table::{Column, Table};
///
/// let table = Table::new(vec![
///     Column::labels("state", ["FRA", "USA"]),
///     Column::floats("ideal", [Some(0.5), None]),
///     Column::counts("n", [10, 12]),
/// ])
/// .with("absences", "excluded");
/// let mut csv = Vec::new();
/// table.write_csv(&mut csv)?;
/// assert_eq!(String::from_utf8_lossy(&csv), "state,ideal,n\nFRA,0.5,10\nUSA,,12\n");
/// let json = serde_json::to_string(&table)?;
/// assert_eq!(
///     json,
///     r#"{"metadata":{"absences":"excluded"},"rows":[{"state":"FRA","ideal":0.5,"n":10},{"state":"USA","ideal":null,"n":12}]}"#
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    columns: Vec<Column>,
    metadata: Vec<(String, String)>,
}

/// One column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    name: String,
    values: Values,
}

/// The values of a column.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Values {
    /// Texts: places in a list of labels, as columns of names repeat few of them many times. [`MISSING`] stands for none.
    Labels(Arc<[String]>, Vec<u32>),
    /// Whole numbers.
    Counts(Vec<i64>),
    /// Whole numbers of 32 bits, some of which may be missing.
    Integers(Vec<Option<i32>>),
    /// Numbers; not a number stands for a missing one.
    Floats(Vec<f64>),
    /// Days, some of which may be missing.
    Dates(Vec<Option<NaiveDate>>),
    /// Yes or no, or missing.
    Flags(Vec<Option<bool>>),
}

/// The place of a missing text among the labels of [`Values::Labels`].
pub const MISSING: u32 = u32::MAX;

/// One value of a table.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Cell<'t> {
    /// None.
    Missing,
    /// A text.
    Text(&'t str),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// A day.
    Date(NaiveDate),
    /// Yes or no.
    Flag(bool),
}

impl std::fmt::Display for Cell<'_> {
    /// As in CSV: nothing for a missing value, days as YYYY-MM-DD.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing => Ok(()),
            Self::Text(text) => f.write_str(text),
            Self::Integer(number) => number.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::Date(date) => date.fmt(f),
            Self::Flag(flag) => flag.fmt(f),
        }
    }
}

impl Serialize for Cell<'_> {
    /// Numbers that are not finite are null, as JSON has none.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Missing => serializer.serialize_none(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Integer(number) => serializer.serialize_i64(*number),
            Self::Number(number) if number.is_finite() => serializer.serialize_f64(*number),
            Self::Number(_) => serializer.serialize_none(),
            Self::Date(date) => serializer.collect_str(date),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
        }
    }
}

impl Column {
    /// A column of texts.
    #[must_use]
    pub fn labels<T: Into<String>>(name: &str, values: impl IntoIterator<Item = T>) -> Self {
        let mut labels: Vec<String> = Vec::new();
        let mut places = rustc_hash::FxHashMap::default();
        let codes = values
            .into_iter()
            .map(|value| {
                let value = value.into();
                *places.entry(value).or_insert_with_key(|value: &String| {
                    labels.push(value.clone());
                    crate::number(labels.len() - 1)
                })
            })
            .collect();
        Self::coded(name, labels.into(), codes)
    }

    /// A column of texts, some of which may be missing.
    #[must_use]
    pub fn texts<T: Into<String>>(name: &str, values: impl IntoIterator<Item = Option<T>>) -> Self {
        let mut missing = Vec::new();
        let present = values.into_iter().enumerate().map(|(row, value)| {
            value.map_or_else(
                || {
                    missing.push(row);
                    String::new()
                },
                Into::into,
            )
        });
        let mut column = Self::labels(name, present);
        if let Values::Labels(_, codes) = &mut column.values {
            for row in missing {
                codes[row] = MISSING;
            }
        }
        column
    }

    /// A column of texts, given as places in a list. [`MISSING`] is a missing text, as is any place beyond the list.
    #[must_use]
    pub fn coded(name: &str, labels: Arc<[String]>, codes: Vec<u32>) -> Self {
        Self {
            name: name.to_owned(),
            values: Values::Labels(labels, codes),
        }
    }

    /// A column of whole numbers.
    #[must_use]
    pub fn counts(name: &str, values: impl IntoIterator<Item = i64>) -> Self {
        Self {
            name: name.to_owned(),
            values: Values::Counts(values.into_iter().collect()),
        }
    }

    /// A column of numbers, some of which may be missing.
    #[must_use]
    pub fn floats(name: &str, values: impl IntoIterator<Item = Option<f64>>) -> Self {
        let values = values
            .into_iter()
            .map(|value| value.unwrap_or(f64::NAN))
            .collect();
        Self {
            name: name.to_owned(),
            values: Values::Floats(values),
        }
    }

    /// A column of whole numbers of 32 bits, some of which may be missing.
    #[must_use]
    pub fn integers(name: &str, values: impl IntoIterator<Item = Option<i32>>) -> Self {
        Self {
            name: name.to_owned(),
            values: Values::Integers(values.into_iter().collect()),
        }
    }

    /// A column of days, some of which may be missing.
    #[must_use]
    pub fn dates(name: &str, values: impl IntoIterator<Item = Option<NaiveDate>>) -> Self {
        Self {
            name: name.to_owned(),
            values: Values::Dates(values.into_iter().collect()),
        }
    }

    /// A column of yes or no, some of which may be missing.
    #[must_use]
    pub fn flags(name: &str, values: impl IntoIterator<Item = Option<bool>>) -> Self {
        Self {
            name: name.to_owned(),
            values: Values::Flags(values.into_iter().collect()),
        }
    }

    /// The same values under another name.
    #[must_use]
    pub fn renamed(mut self, name: &str) -> Self {
        name.clone_into(&mut self.name);
        self
    }

    /// The values of these rows, in this order. A row beyond the last is left out.
    #[must_use]
    pub fn rows(&self, rows: &[usize]) -> Self {
        fn taken<T: Clone>(values: &[T], rows: &[usize]) -> Vec<T> {
            let found = rows.iter().filter_map(|&row| values.get(row));
            found.cloned().collect()
        }
        let values = match &self.values {
            Values::Labels(labels, codes) => Values::Labels(Arc::clone(labels), taken(codes, rows)),
            Values::Counts(counts) => Values::Counts(taken(counts, rows)),
            Values::Integers(integers) => Values::Integers(taken(integers, rows)),
            Values::Floats(floats) => Values::Floats(taken(floats, rows)),
            Values::Dates(dates) => Values::Dates(taken(dates, rows)),
            Values::Flags(flags) => Values::Flags(taken(flags, rows)),
        };
        Self {
            name: self.name.clone(),
            values,
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its values.
    #[must_use]
    pub const fn values(&self) -> &Values {
        &self.values
    }

    /// How many rows it has.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.values {
            Values::Labels(_, codes) => codes.len(),
            Values::Counts(counts) => counts.len(),
            Values::Integers(integers) => integers.len(),
            Values::Floats(floats) => floats.len(),
            Values::Dates(dates) => dates.len(),
            Values::Flags(flags) => flags.len(),
        }
    }

    /// Whether it has no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value of a row, from 0; missing beyond the last.
    #[must_use]
    pub fn cell(&self, row: usize) -> Cell<'_> {
        let found = match &self.values {
            Values::Labels(labels, codes) => codes
                .get(row)
                .and_then(|&code| labels.get(code as usize))
                .map(|label| Cell::Text(label)),
            Values::Counts(counts) => counts.get(row).map(|&count| Cell::Integer(count)),
            Values::Integers(integers) => {
                let integer = integers.get(row).copied().flatten();
                integer.map(|integer| Cell::Integer(integer.into()))
            }
            Values::Floats(floats) => {
                let number = floats.get(row).filter(|number| !number.is_nan());
                number.map(|&number| Cell::Number(number))
            }
            Values::Dates(dates) => dates.get(row).copied().flatten().map(Cell::Date),
            Values::Flags(flags) => flags.get(row).copied().flatten().map(Cell::Flag),
        };
        found.unwrap_or(Cell::Missing)
    }

    /// The field of a row as text; a missing value is empty.
    fn write_field(&self, row: usize, field: &mut Vec<u8>) -> io::Result<()> {
        match self.cell(row) {
            Cell::Text(text) => field.extend_from_slice(text.as_bytes()),
            cell => write!(field, "{cell}")?,
        }
        Ok(())
    }
}

impl Table {
    /// A table; columns are cut to the shortest.
    #[must_use]
    pub const fn new(columns: Vec<Column>) -> Self {
        Self {
            columns,
            metadata: Vec::new(),
        }
    }

    /// With another column behind the one of a name, or at the end where there is none of it.
    #[must_use]
    pub fn with_column(mut self, behind: &str, column: Column) -> Self {
        let place = self.columns.iter().position(|known| known.name == behind);
        let place = place.map_or(self.columns.len(), |place| place + 1);
        self.columns.insert(place, column);
        self
    }

    /// With something to know about it.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<String>) -> Self {
        self.metadata.push((key.to_owned(), value.into()));
        self
    }

    /// The columns.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The column of a name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The metadata entries, in insertion order.
    #[must_use]
    pub fn metadata(&self) -> &[(String, String)] {
        &self.metadata
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.columns.iter().map(Column::len).min().unwrap_or(0)
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Writes CSV (RFC 4180): a header and a line a row. Missing values are empty fields. The metadata goes
    /// elsewhere: comments in CSV break its readers.
    ///
    /// # Errors
    ///
    /// What `out` reports.
    pub fn write_csv(&self, out: impl Write) -> io::Result<()> {
        let mut writer = csv::WriterBuilder::new()
            .buffer_capacity(1 << 16)
            .from_writer(out);
        writer.write_record(self.columns.iter().map(Column::name))?;
        let mut field = Vec::new();
        for row in 0..self.len() {
            for column in &self.columns {
                field.clear();
                column.write_field(row, &mut field)?;
                writer.write_field(&field)?;
            }
            writer.write_record(None::<&[u8]>)?;
        }
        writer.flush()
    }
}

impl Table {
    /// Writes JSON Lines: each row as an object on a line of its own. The metadata goes elsewhere.
    ///
    /// # Errors
    ///
    /// What `out` reports.
    pub fn write_json_lines(&self, out: &mut impl Write) -> io::Result<()> {
        for row in 0..self.len() {
            serde_json::to_writer(&mut *out, &Row(self, row))?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }
}

impl Serialize for Table {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Table", 2)?;
        object.serialize_field("metadata", &Metadata(&self.metadata))?;
        object.serialize_field("rows", &Rows(self))?;
        object.end()
    }
}

struct Metadata<'a>(&'a [(String, String)]);

impl Serialize for Metadata<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

struct Rows<'a>(&'a Table);

impl Serialize for Rows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rows = self.0.len();
        let mut list = serializer.serialize_seq(Some(rows))?;
        for row in 0..rows {
            list.serialize_element(&Row(self.0, row))?;
        }
        list.end()
    }
}

struct Row<'a>(&'a Table, usize);

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(table, row) = *self;
        let mut object = serializer.serialize_map(Some(table.columns.len()))?;
        for column in &table.columns {
            object.serialize_entry(&column.name, &column.cell(row))?;
        }
        object.end()
    }
}
