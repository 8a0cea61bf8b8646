//! Stata's `.dta`. A number with a value label is the label, days are ISO days, missing values of every kind are empty.

use std::io::Cursor;

use dta::stata::dta::dta_error::DtaError;
use dta::stata::dta::dta_reader::DtaReader;
use dta::stata::dta::long_string_table::LongStringTable;
use dta::stata::dta::record_reader::RecordReader;
use dta::stata::dta::value::Value;
use dta::stata::dta::value_label_table::ValueLabelTable;
use dta::stata::dta::variable::Variable;
use dta::stata::temporal::TemporalKind;
use dta::stata::temporal::conversion::{
    tc_millis_to_unix_millis, td_days_to_unix_days, th_halves_to_year_half,
    tm_months_to_year_month, tq_quarters_to_year_quarter, tw_weeks_to_year_week,
};

use super::text::{TableText, day_since_1970, number, since_1970, time};
use super::{Found, LONGEST, broken, only};
use crate::error::ImportError;

const WHAT: &str = "the Stata file";

/// What is called the table of a file that has one.
const NAME: &str = "data";

/// Stata has no more variables than these.
const MOST_VARIABLES: u32 = 120_000;

/// Reads the observations.
pub(super) fn read(path: &str, bytes: &[u8], wanted: Option<&str>) -> Result<Found, ImportError> {
    only(path, wanted, NAME)?;
    let failed = |error: DtaError| broken(path, WHAT, error);
    let (mut labels, mut long) = (ValueLabelTable::new(), LongStringTable::for_reading());
    let mut reader = observations(path, bytes)?;
    reader.skip_to_end().map_err(failed)?;
    let mut reader = reader.into_long_string_reader().map_err(failed)?;
    let encoding = reader.encoding();
    reader.read_remaining_into(&mut long).map_err(failed)?;
    let mut reader = reader.into_value_label_reader().map_err(failed)?;
    reader.read_remaining_into(&mut labels).map_err(failed)?;

    let mut reader = observations(path, bytes)?;
    let variables: Vec<Variable> = reader.schema().variables().to_vec();
    let mut table = TableText::new(path);
    let header: Vec<&str> = variables.iter().map(Variable::name).collect();
    table.push(0, &header)?;
    let mut fields: Vec<String> = Vec::new();
    let mut row = 0;
    while let Some(record) = reader.read_record().map_err(failed)? {
        row += 1;
        fields.clear();
        for (variable, value) in variables.iter().zip(record.values()) {
            let text = match value {
                Value::String(text) => text.clone().into_owned(),
                Value::LongStringRef(reference) => {
                    let found = long.get(reference);
                    let text = found.as_ref().and_then(|found| found.data_str(encoding));
                    text.unwrap_or_default().into_owned()
                }
                value => match whole(value) {
                    None => real(value)
                        .map(|value| shown(variable, value))
                        .unwrap_or_default(),
                    Some(value) => match labels.label_for(variable, value) {
                        Some(label) => label.to_owned(),
                        None => shown(variable, value.into()),
                    },
                },
            };
            fields.push(text);
        }
        table.push(row, &fields)?;
    }
    Ok(Found {
        name: NAME.to_owned(),
        text: table,
        remarks: Vec::new(),
        note: None,
    })
}

/// The reader at the first observation.
fn observations<'a>(
    path: &str,
    bytes: &'a [u8],
) -> Result<RecordReader<Cursor<&'a [u8]>>, ImportError> {
    let failed = |error: DtaError| broken(path, WHAT, error);
    let reader = DtaReader::new().from_reader(Cursor::new(bytes));
    let reader = reader.read_header().map_err(failed)?;
    if reader.header().variable_count() > MOST_VARIABLES {
        return Err(LONGEST.exceeded(path));
    }
    let mut reader = reader.read_schema().map_err(failed)?;
    reader.skip_to_end().map_err(failed)?;
    reader.into_record_reader().map_err(failed)
}

/// A whole number that is not missing.
fn whole(value: &Value<'_>) -> Option<i32> {
    match value {
        Value::Byte(value) => value.present().map(Into::into),
        Value::Int(value) => value.present().map(Into::into),
        Value::Long(value) => value.present(),
        Value::Float(_) | Value::Double(_) => {
            let value = real(value)?;
            let is_whole = value == value.trunc() && value.abs() <= f64::from(i32::MAX);
            is_whole.then_some(value as i32)
        }
        Value::String(_) | Value::LongStringRef(_) => None,
    }
}

/// A number that is not missing.
fn real(value: &Value<'_>) -> Option<f64> {
    match value {
        // The shortest number that is this one in four bytes.
        Value::Float(value) => value.present()?.to_string().parse().ok(),
        Value::Double(value) => value.present(),
        _ => None,
    }
}

/// A number as the format of its variable shows it: a time where it is one.
fn shown(variable: &Variable, value: f64) -> String {
    let as_number = || number(value);
    let Some(kind) = TemporalKind::from_format(variable.format()) else {
        return as_number();
    };
    if value.abs() > f64::from(i32::MAX) && !matches!(kind, TemporalKind::DateTime) {
        return as_number();
    }
    let steps = value.floor() as i32;
    let text = match kind {
        TemporalKind::Date => {
            td_days_to_unix_days(steps).and_then(|days| day_since_1970(days.into()))
        }
        TemporalKind::DateTime => tc_millis_to_unix_millis(value)
            .and_then(|millis| since_1970(millis.checked_mul(1000)?))
            .map(|at| time(at, "")),
        TemporalKind::Month => {
            let (year, month) = tm_months_to_year_month(steps);
            Some(format!("{year:04}-{month:02}"))
        }
        TemporalKind::Quarter => {
            let (year, quarter) = tq_quarters_to_year_quarter(steps);
            Some(format!("{year:04}q{quarter}"))
        }
        TemporalKind::HalfYear => {
            let (year, half) = th_halves_to_year_half(steps);
            Some(format!("{year:04}h{half}"))
        }
        TemporalKind::Week => {
            let (year, week) = tw_weeks_to_year_week(steps);
            Some(format!("{year:04}w{week}"))
        }
        // The year is the number; milliseconds with leap seconds are kept as they are counted.
        _ => None,
    };
    text.unwrap_or_else(as_number)
}
