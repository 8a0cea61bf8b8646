//! Tables of plenary as batches of Arrow.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int32Array, Int64Array, LargeStringArray,
    RecordBatch, RecordBatchOptions, StringArray,
};
use arrow_schema::{ArrowError, Field, Schema};
use chrono::NaiveDate;
use plenary::analysis::table::{Column, MISSING, Table, Values};
use pyo3::prelude::*;

/// The first day of Arrow's days.
const EPOCH: NaiveDate = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();

pub(crate) fn day_number(day: NaiveDate) -> i32 {
    // Days of chrono are well within 32 bits.
    i32::try_from(day.signed_duration_since(EPOCH).num_days()).unwrap_or_default()
}

/// The day of a number; none where it is beyond what chrono counts.
pub(crate) fn day_of(number: i32) -> Option<NaiveDate> {
    EPOCH.checked_add_signed(chrono::TimeDelta::days(number.into()))
}

/// What there is to know about a table, each key once.
pub(crate) fn metadata(table: &Table) -> Vec<(String, String)> {
    let mut merged: Vec<(String, String)> = Vec::new();
    for (key, value) in table.metadata() {
        match merged.iter_mut().find(|(known, _)| known == key) {
            Some((_, known)) => {
                known.push_str("; ");
                known.push_str(value);
            }
            None => merged.push((key.clone(), value.clone())),
        }
    }
    merged
}

/// The whole table as one batch.
pub(crate) fn batch(table: &Table) -> Result<RecordBatch, ArrowError> {
    let rows = table.len();
    let arrays: Vec<ArrayRef> = table
        .columns()
        .iter()
        .map(|column| array(column, rows))
        .collect();
    let fields = table.columns().iter().zip(&arrays);
    let fields: Vec<_> = fields
        .map(|(column, array)| Field::new(column.name(), array.data_type().clone(), true))
        .collect();
    let metadata: HashMap<_, _> = metadata(table).into_iter().collect();
    let schema = Arc::new(Schema::new(fields).with_metadata(metadata));
    let options = RecordBatchOptions::new().with_row_count(Some(rows));
    RecordBatch::try_new_with_options(schema, arrays, &options)
}

fn array(column: &Column, rows: usize) -> ArrayRef {
    match column.values() {
        Values::Labels(labels, codes) => texts(labels, codes.get(..rows).unwrap_or(codes)),
        Values::Counts(counts) => Arc::new(Int64Array::from_iter_values(
            counts.iter().copied().take(rows),
        )),
        Values::Integers(integers) => {
            Arc::new(Int32Array::from_iter(integers.iter().copied().take(rows)))
        }
        Values::Floats(floats) => {
            let floats = floats.iter().take(rows);
            Arc::new(Float64Array::from_iter(
                floats.map(|number| Some(*number).filter(|number| !number.is_nan())),
            ))
        }
        Values::Dates(dates) => {
            let dates = dates.iter().take(rows);
            Arc::new(Date32Array::from_iter(dates.map(|day| day.map(day_number))))
        }
        Values::Flags(flags) => Arc::new(BooleanArray::from_iter(flags.iter().copied().take(rows))),
        // A kind of values that is not known here yet.
        _ => Arc::new(StringArray::from_iter((0..rows).map(|row| {
            Some(column.cell(row).to_string()).filter(|text| !text.is_empty())
        }))),
    }
}

/// Texts, given as places in a list; a place beyond it is missing.
pub(crate) fn texts(labels: &[String], codes: &[u32]) -> ArrayRef {
    let text = |code: &u32| match *code {
        MISSING => None,
        code => labels.get(code as usize).map(String::as_str),
    };
    let bytes: usize = codes.iter().filter_map(text).map(str::len).sum();
    match i32::try_from(bytes) {
        Ok(_) => Arc::new(StringArray::from_iter(codes.iter().map(text))),
        Err(_) => Arc::new(LargeStringArray::from_iter(codes.iter().map(text))),
    }
}

/// A value as an object of Python.
pub(crate) fn object(py: Python<'_>, column: &Column, row: usize) -> PyResult<Py<PyAny>> {
    use plenary::analysis::table::Cell;
    Ok(match column.cell(row) {
        Cell::Missing => py.None(),
        Cell::Text(text) => text.into_pyobject(py)?.into_any().unbind(),
        Cell::Integer(number) => number.into_pyobject(py)?.into_any().unbind(),
        Cell::Number(number) => number.into_pyobject(py)?.into_any().unbind(),
        Cell::Date(day) => day.into_pyobject(py)?.into_any().unbind(),
        Cell::Flag(flag) => flag.into_pyobject(py)?.to_owned().into_any().unbind(),
        cell => cell.to_string().into_pyobject(py)?.into_any().unbind(),
    })
}
