//! Columns and tables of other libraries as those of plenary.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int64Type};
use arrow_array::{Array, ArrayRef, new_empty_array};
use arrow_cast::{CastOptions, cast, cast_with_options};
use arrow_schema::{ArrowError, DataType};
use plenary::Form;
use plenary::analysis::table::{Column, MISSING, Table};
use pyo3::prelude::*;
use pyo3_arrow::PyRecordBatchReader;
use rustc_hash::FxHashMap;

use crate::arrow::day_of;
use crate::error::Fault;

/// So many values are shown of a longer column.
pub(crate) const SHOWN: usize = 10;

/// Texts by number: each text of a column once, and of each row the place of its text, or [`MISSING`].
#[derive(Default)]
pub(crate) struct Texts {
    texts: Vec<String>,
    places: FxHashMap<String, u32>,
    pub(crate) rows: Vec<u32>,
}

impl Texts {
    fn place(&mut self, text: &str) -> u32 {
        if let Some(place) = self.places.get(text) {
            return *place;
        }
        let place = u32::try_from(self.texts.len()).unwrap_or(MISSING);
        self.texts.push(text.to_owned());
        self.places.insert(text.to_owned(), place);
        place
    }

    pub(crate) fn push(&mut self, text: Option<&str>) {
        let place = text.map_or(MISSING, |text| self.place(text));
        self.rows.push(place);
    }

    pub(crate) fn texts(&self) -> &[String] {
        &self.texts
    }

    /// Adds the rows of an array of texts, of a dictionary of texts, or of what is cast to texts.
    pub(crate) fn add(&mut self, array: &ArrayRef) -> Result<(), ArrowError> {
        self.rows.reserve(array.len());
        match array.data_type() {
            DataType::Utf8 => self.extend(array.as_string::<i32>().iter()),
            DataType::LargeUtf8 => self.extend(array.as_string::<i64>().iter()),
            DataType::Utf8View => self.extend(array.as_string_view().iter()),
            DataType::Dictionary(_, _) => {
                let dictionary = array.as_any_dictionary();
                let values = cast(dictionary.values(), &DataType::Utf8)?;
                let values = values.as_string::<i32>();
                let places: Vec<u32> = values
                    .iter()
                    .map(|text| text.map_or(MISSING, |text| self.place(text)))
                    .collect();
                let keys = cast(dictionary.keys(), &DataType::Int64)?;
                let keys = keys.as_primitive::<Int64Type>();
                self.rows.extend(keys.iter().map(|key| {
                    let key = key.and_then(|key| usize::try_from(key).ok());
                    let place = key.and_then(|key| places.get(key));
                    place.copied().unwrap_or(MISSING)
                }));
            }
            _ => {
                let texts = cast(array, &DataType::Utf8)?;
                self.extend(texts.as_string::<i32>().iter());
            }
        }
        Ok(())
    }

    fn extend<'a>(&mut self, texts: impl Iterator<Item = Option<&'a str>>) {
        let mut last: Option<(&str, u32)> = None;
        for text in texts {
            let Some(text) = text else {
                self.rows.push(MISSING);
                continue;
            };
            let place = match last {
                Some((known, place)) if known == text => place,
                _ => self.place(text),
            };
            last = Some((text, place));
            self.rows.push(place);
        }
    }

    fn into_column(self, name: &str) -> Column {
        Column::coded(name, Arc::from(self.texts), self.rows)
    }
}

/// Casts without losing values: what cannot be cast is an error.
fn exactly(array: &ArrayRef, to: &DataType) -> Result<ArrayRef, ArrowError> {
    let options = CastOptions {
        safe: false,
        ..CastOptions::default()
    };
    cast_with_options(array, to, &options)
}

fn texts_of(name: &str, chunks: &[ArrayRef]) -> Result<Column, String> {
    let mut texts = Texts::default();
    for chunk in chunks {
        texts.add(chunk).map_err(|error| error.to_string())?;
    }
    Ok(texts.into_column(name))
}

/// The column of plenary that holds the same values as arrays of one type.
pub(crate) fn values_of(name: &str, chunks: &[ArrayRef]) -> Result<Column, String> {
    let empty = new_empty_array(&DataType::Null);
    let kind = chunks.first().unwrap_or(&empty).data_type().clone();
    let casts = |to: &DataType| -> Result<Vec<ArrayRef>, String> {
        let each = chunks.iter().map(|chunk| exactly(chunk, to));
        each.collect::<Result<_, _>>()
            .map_err(|error| error.to_string())
    };
    match &kind {
        DataType::Null => {
            let rows = chunks.iter().map(|chunk| chunk.len()).sum();
            Ok(Column::texts::<String>(name, (0..rows).map(|_| None)))
        }
        DataType::Boolean => {
            let flags = chunks.iter().flat_map(|chunk| chunk.as_boolean().iter());
            Ok(Column::flags(name, flags))
        }
        DataType::Int8
        | DataType::Int16
        | DataType::Int32
        | DataType::Int64
        | DataType::UInt8
        | DataType::UInt16
        | DataType::UInt32
        | DataType::UInt64 => Ok(whole_numbers(name, &casts(&DataType::Int64)?)),
        DataType::Float16 | DataType::Float32 | DataType::Float64 => {
            let floats = casts(&DataType::Float64)?;
            let values = floats
                .iter()
                .flat_map(|chunk| chunk.as_primitive::<Float64Type>().iter());
            Ok(numbers(name, values.collect()))
        }
        DataType::Date32 | DataType::Date64 => Ok(days(name, &casts(&DataType::Date32)?)),
        DataType::Timestamp(unit, None) => {
            // Midnights alone are days; a time of the day is kept as text.
            let days_of = casts(&DataType::Date32)?;
            let back: Result<Vec<_>, ArrowError> = days_of
                .iter()
                .map(|days| exactly(days, &DataType::Timestamp(*unit, None)))
                .collect();
            let back = back.map_err(|error| error.to_string())?;
            let is_same = back
                .iter()
                .zip(chunks)
                .all(|(back, chunk)| back.to_data() == chunk.to_data());
            match is_same {
                true => Ok(days(name, &days_of)),
                false => texts_of(name, chunks),
            }
        }
        DataType::Utf8
        | DataType::LargeUtf8
        | DataType::Utf8View
        | DataType::Timestamp(_, Some(_))
        | DataType::Decimal32(_, _)
        | DataType::Decimal64(_, _)
        | DataType::Decimal128(_, _)
        | DataType::Decimal256(_, _) => texts_of(name, chunks),
        DataType::Dictionary(_, values) => match **values {
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => texts_of(name, chunks),
            ref plain => values_of(name, &casts(plain)?),
        },
        other => Err(format!("unexpected type {other}")),
    }
}

fn days(name: &str, chunks: &[ArrayRef]) -> Column {
    let days = chunks
        .iter()
        .flat_map(|chunk| chunk.as_primitive::<Date32Type>().iter());
    Column::dates(name, days.map(|day| day.and_then(day_of)))
}

/// Whole numbers of 64 bits where none is missing, else of 32 bits where they fit, else texts.
fn whole_numbers(name: &str, chunks: &[ArrayRef]) -> Column {
    let values = || {
        let each = chunks.iter();
        each.flat_map(|chunk| chunk.as_primitive::<Int64Type>().iter())
    };
    if values().flatten().all(|value| i32::try_from(value).is_ok()) {
        let narrow = |value: Option<i64>| value.and_then(|value| i32::try_from(value).ok());
        return Column::integers(name, values().map(narrow));
    }
    match values().all(|value| value.is_some()) {
        true => Column::counts(name, values().flatten()),
        false => Column::texts(name, values().map(|value| value.map(|n| n.to_string()))),
    }
}

/// Numbers; whole numbers where all are, as other libraries make a column of them one of numbers when a value is missing.
fn numbers(name: &str, values: Vec<Option<f64>>) -> Column {
    let present = |value: &Option<f64>| value.filter(|number| !number.is_nan());
    let is_whole = |number: f64| {
        number.fract() == 0.0 && (f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(&number)
    };
    match values.iter().filter_map(present).all(is_whole) {
        // They are whole and fit.
        true => Column::integers(name, values.iter().map(|v| present(v).map(|n| n as i32))),
        false => Column::floats(name, values),
    }
}

/// The table of plenary that holds the same values as a stream of batches.
fn table_of(reader: Box<dyn arrow_array::RecordBatchReader + Send>) -> Result<Table, Fault> {
    let unreadable = |error: ArrowError| Fault::new(format!("the table cannot be read: {error}"));
    let schema = reader.schema();
    let batches = reader.collect::<Result<Vec<_>, _>>().map_err(unreadable)?;
    let mut columns = Vec::new();
    for (place, field) in schema.fields().iter().enumerate() {
        let chunks = batches.iter().map(|batch| Arc::clone(batch.column(place)));
        let mut chunks: Vec<ArrayRef> = chunks.collect();
        if chunks.is_empty() {
            chunks.push(new_empty_array(field.data_type()));
        }
        let column = values_of(field.name(), &chunks).map_err(|reason| {
            Fault::new(format!(
                "the column `{}` cannot be used: {reason}",
                field.name()
            ))
            .with_help(
                "give columns of text, numbers, days or true and false, or leave the column out",
            )
            .in_field(field.name())
        })?;
        columns.push(column);
    }
    Ok(Table::new(columns))
}

/// Writes a table of another library as a Parquet file.
#[pyfunction]
pub(crate) fn write_frame(
    py: Python<'_>,
    frame: PyRecordBatchReader,
    path: PathBuf,
) -> PyResult<()> {
    let reader = frame.into_reader()?;
    let written = py.detach(|| -> Result<(), Fault> {
        let table = table_of(reader)?;
        let not_written =
            |error: &dyn std::fmt::Display| Fault::new(format!("{}: {error}", path.display()));
        let file = File::create(&path).map_err(|error| not_written(&error))?;
        let mut file = BufWriter::new(file);
        let written = Form::Parquet.write(&table, "votes", &mut file);
        written.map_err(|error| not_written(&error))?;
        file.flush().map_err(|error| not_written(&error))
    });
    written.map_err(|fault| fault.into_exception(py))
}
