//! Tables of plenary as data frames of R, and back.

use std::fs::File;

use chrono::{Datelike, NaiveDate};
use extendr_api::prelude::*;
use plenary::Form;
use plenary::analysis::table::{Column, Table, Values};

use crate::refused::Refused;
use crate::vectors::{Texts, coded, flags, named, numbers, whole};

/// A table as a list of `columns`, `rows` and `metadata`; the R side makes a data frame of it.
pub(crate) fn of_table(table: &Table) -> Robj {
    let columns = table.columns().iter();
    let columns = columns.map(|column| (column.name(), vector(column.values())));
    let metadata = table.metadata().iter();
    let metadata = metadata.map(|(key, value)| (key, Robj::from(value.as_str())));
    let rows = i32::try_from(table.len()).unwrap_or(i32::MAX);
    List::from_pairs([
        ("columns", named(columns)),
        ("rows", Robj::from(rows)),
        ("metadata", named(metadata)),
    ])
    .into()
}

fn vector(values: &Values) -> Robj {
    match values {
        Values::Labels(labels, places) => coded(labels, places),
        Values::Counts(counts) => whole(counts.iter().map(|count| Some(*count))),
        Values::Integers(integers) => whole(integers.iter().map(|value| value.map(i64::from))),
        Values::Floats(floats) => numbers(
            floats
                .iter()
                .map(|number| Some(*number).filter(|number| !number.is_nan())),
        ),
        Values::Dates(dates) => {
            let days = dates.iter().map(|date| date.map(days_since_1970));
            let mut days = numbers(days);
            let _ = days.set_class(["Date"]);
            days
        }
        Values::Flags(yes) => flags(yes.iter().copied()),
        // A kind of column that is not known here yet has no place in a data frame.
        _ => Robj::from(()),
    }
}

/// The day 0 of R, in the days of the calendar.
const EPOCH: i32 = 719_163;

fn days_since_1970(date: NaiveDate) -> f64 {
    f64::from(date.num_days_from_ce() - EPOCH)
}

/// The day of a number of R's class `Date`.
pub(crate) fn day(number: f64) -> Option<NaiveDate> {
    let is_day = number.is_finite() && number.abs() < 1e8;
    let days = is_day.then_some(number.floor() as i32)?;
    NaiveDate::from_num_days_from_ce_opt(days + EPOCH)
}

/// Writes the columns of a data frame as a CSV file, next to which its readers find the tables that explain it.
pub(crate) fn write(columns: &List, path: &str) -> Result<Robj, Refused> {
    let columns = columns.iter().map(|(name, values)| column(name, &values));
    let table = Table::new(columns.collect::<Result<_, _>>()?);
    let io = |reason: String| {
        Refused::new(format!("the data frame cannot be written: {reason}")).in_file(path)
    };
    let file = File::create(path).map_err(|error| io(error.to_string()))?;
    let written = Form::Csv.write(&table, "data", file);
    written.map_err(|error| io(error.to_string()))?;
    Ok(Robj::from(path))
}

fn column(name: &str, values: &Robj) -> Result<Column, Refused> {
    if let Some(texts) = Texts::new(values) {
        let mut read = Vec::with_capacity(texts.len());
        for at in 0..texts.len() {
            read.push(texts.text(at).transpose().map_err(|_| {
                Refused::new(format!("row {} of column `{name}` is not UTF-8", at + 1)).with_help(
                    "convert the column with `iconv()` or say its encoding with `Encoding()`",
                )
            })?);
        }
        return Ok(Column::texts(name, read));
    }
    if values.inherits("Date") {
        let numbers = as_numbers(values).ok_or_else(|| unknown(name, values))?;
        return Ok(Column::dates(
            name,
            numbers.into_iter().map(|n| n.and_then(day)),
        ));
    }
    if let Some(yes) = values.as_logical_slice() {
        let yes = yes
            .iter()
            .map(|value| (!value.is_na()).then(|| value.is_true()));
        return Ok(Column::flags(name, yes));
    }
    let numbers = as_numbers(values).ok_or_else(|| unknown(name, values))?;
    let is_whole = |number: &f64| number.fract() == 0.0 && number.abs() <= f64::from(i32::MAX);
    match numbers.iter().flatten().all(is_whole) {
        true => Ok(Column::integers(
            name,
            numbers.into_iter().map(|n| n.map(|n| n as i32)),
        )),
        false => Ok(Column::floats(name, numbers)),
    }
}

/// The numbers of a vector of whole or other numbers; not a number is a missing one.
pub(crate) fn as_numbers(values: &Robj) -> Option<Vec<Option<f64>>> {
    if let Some(integers) = values.as_integer_slice() {
        let known = |value: &i32| (*value != i32::MIN).then(|| f64::from(*value));
        return Some(integers.iter().map(known).collect());
    }
    let numbers = values.as_real_slice()?;
    let known = |value: &f64| (!value.is_nan()).then_some(*value);
    Some(numbers.iter().map(known).collect())
}

fn unknown(name: &str, values: &Robj) -> Refused {
    let found = format!("{:?}", values.rtype()).to_lowercase();
    Refused::new(format!(
        "column `{name}` has an unexpected type (expected text, numbers, dates, yes or no, found {found})"
    ))
    .with_help("convert the column, or leave it out")
}
