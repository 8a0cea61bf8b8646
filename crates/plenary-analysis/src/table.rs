//! [`Table`]: results as columns, for CSV, JSON and Parquet.

use std::io::{self, Write};
use std::sync::Arc;

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

#[derive(Clone, Debug, PartialEq)]
enum Values {
    /// Places in a list of labels: columns of names repeat few of them many times.
    Labels(Arc<[String]>, Vec<u32>),
    Counts(Vec<i64>),
    /// Not a number stands for a missing value.
    Floats(Vec<f64>),
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

    /// A column of texts, given as places in a list. A place beyond the list is an empty text.
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

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    fn len(&self) -> usize {
        match &self.values {
            Values::Labels(_, codes) => codes.len(),
            Values::Counts(counts) => counts.len(),
            Values::Floats(floats) => floats.len(),
        }
    }

    fn label(labels: &[String], code: u32) -> &str {
        let label = labels.get(code as usize);
        debug_assert!(label.is_some(), "no label has the code {code}");
        label.map_or("", String::as_str)
    }

    /// The field of a row as text; a missing value is empty.
    fn write_field(&self, row: usize, field: &mut Vec<u8>) -> io::Result<()> {
        match &self.values {
            Values::Labels(labels, codes) => {
                field.extend_from_slice(Self::label(labels, codes[row]).as_bytes())
            }
            Values::Counts(counts) => write!(field, "{}", counts[row])?,
            Values::Floats(floats) if floats[row].is_nan() => {}
            Values::Floats(floats) => write!(field, "{}", floats[row])?,
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

    #[cfg(feature = "parquet")]
    pub(crate) fn parquet_columns(&self) -> impl Iterator<Item = (&str, ColumnValues<'_>)> {
        let rows = self.len();
        self.columns.iter().map(move |column| {
            let values = match &column.values {
                Values::Labels(labels, codes) => ColumnValues::Texts(
                    codes
                        .iter()
                        .take(rows)
                        .map(|&code| Column::label(labels, code))
                        .collect(),
                ),
                Values::Counts(counts) => ColumnValues::Integers(&counts[..rows]),
                Values::Floats(floats) => ColumnValues::Doubles(&floats[..rows]),
            };
            (column.name(), values)
        })
    }
}

/// A column as Parquet has it.
#[cfg(feature = "parquet")]
pub(crate) enum ColumnValues<'a> {
    Texts(Vec<&'a str>),
    Integers(&'a [i64]),
    Doubles(&'a [f64]),
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
            match &column.values {
                Values::Labels(labels, codes) => {
                    object.serialize_entry(&column.name, Column::label(labels, codes[row]))?;
                }
                Values::Counts(counts) => object.serialize_entry(&column.name, &counts[row])?,
                Values::Floats(floats) => {
                    let value = Some(floats[row]).filter(|value| value.is_finite());
                    object.serialize_entry(&column.name, &value)?;
                }
            }
        }
        object.end()
    }
}
