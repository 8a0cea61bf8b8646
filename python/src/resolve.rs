//! Codes for a column of names or codes of states, each on its date.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int64Type};
use arrow_array::{Array, ArrayRef, StringArray};
use arrow_cast::cast;
use arrow_schema::{DataType, Field};
use chrono::NaiveDate;
use plenary::analysis::table::{Column as Values, MISSING, Table as Rows};
use plenary::states::{CodeSystem, days_of_change};
use plenary::types::{Date, StateCode};
use plenary::{Answer, KeyMatch, KeySettings, YearReadingError};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDate, PyDateTime, PyFloat, PyInt, PyString};
use pyo3_arrow::input::AnyArray;
use rustc_hash::FxHashMap;

use crate::arrow::{day_of, texts};
use crate::column::Column;
use crate::error::Fault;
use crate::frame::Texts;
use crate::table::Table;

/// So many rows are in a piece of the answer.
const PIECE: usize = 1 << 22;

/// When a key is meant.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum When {
    Any,
    On(Date),
    Missing,
    Unreadable,
}

/// The date of each row.
enum Whens {
    All(When),
    /// Of each row the place of its date.
    Placed(Vec<When>, Vec<u32>),
    Days(Vec<Option<i32>>),
}

impl Whens {
    fn len(&self) -> Option<usize> {
        match self {
            Self::All(_) => None,
            Self::Placed(_, rows) => Some(rows.len()),
            Self::Days(days) => Some(days.len()),
        }
    }
}

/// The codes of a column of names or codes of states.
#[pyfunction]
#[pyo3(signature = (column, on, to, from_, year_as))]
pub(crate) fn resolve_column(
    py: Python<'_>,
    column: &Bound<'_, PyAny>,
    on: &Bound<'_, PyAny>,
    to: &str,
    from_: &str,
    year_as: &str,
) -> PyResult<Column> {
    let refused = |name: &str, reason: String| {
        Fault::new(format!("`{name}`: {reason}"))
            .in_field(name)
            .into_exception(py)
    };
    let to: Answer = to.parse().map_err(|reason| refused("to", reason))?;
    let mut settings = KeySettings::default();
    settings.from = from_.parse().map_err(|reason| refused("from_", reason))?;
    let year_as = year_as.parse();
    settings.year_as =
        year_as.map_err(|error: YearReadingError| refused("year_as", error.to_string()))?;
    let (name, keys) = keys(column)?;
    let whens = whens(on)?;
    if let Some(dates) = whens.len()
        && dates != keys.rows.len()
    {
        let message = format!(
            "`on` has {} for {}",
            plenary::types::many(dates as u64, "date"),
            plenary::types::many(keys.rows.len() as u64, "key")
        );
        let help = "give one date, or one for each key";
        let fault = Fault::new(message).with_help(help).in_field("on");
        return Err(fault.into_exception(py));
    }
    let resolved = py.detach(|| Work::new(settings, to, keys.texts()).resolve(&keys.rows, &whens));
    let field = Field::new(name, DataType::Utf8, true);
    let unmatched = Py::new(py, Table::new(resolved.unmatched))?;
    Ok(Column::new(resolved.pieces, Arc::new(field)).with(resolved.counts, unmatched))
}

/// The arrays of an object that speaks Arrow; none of one that does not, or cannot without a library that is absent.
fn arrays(object: &Bound<'_, PyAny>) -> PyResult<Option<(String, Vec<ArrayRef>)>> {
    let speaks = |name: &str| object.hasattr(name);
    if !speaks("__arrow_c_stream__")? && !speaks("__arrow_c_array__")? {
        return Ok(None);
    }
    let array = match object.extract::<AnyArray>() {
        Ok(array) => array,
        Err(error) if error.is_instance_of::<pyo3::exceptions::PyImportError>(object.py()) => {
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    let (chunks, field) = array.into_chunked_array()?.into_inner();
    match field.data_type() {
        DataType::Struct(fields) => {
            let [only] = &fields[..] else {
                let message = format!(
                    "one column is needed, and this table has {}: choose one",
                    fields.len()
                );
                return Err(PyTypeError::new_err(message));
            };
            let inner = chunks.iter().filter_map(|chunk| {
                let column = chunk.as_struct().columns().first()?;
                Some(Arc::clone(column))
            });
            Ok(Some((only.name().clone(), inner.collect())))
        }
        _ => Ok(Some((field.name().clone(), chunks))),
    }
}

/// The items of a sequence; those of NumPy as objects of Python, its days as dates.
fn items<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    if object.is_instance_of::<PyString>() {
        return Err(PyTypeError::new_err(
            "a column is needed: put one text into a list",
        ));
    }
    let kind = object
        .getattr("dtype")
        .and_then(|kind| kind.getattr("kind"));
    let kind = kind.and_then(|kind| kind.extract::<String>());
    if kind.is_ok_and(|kind| kind == "M") {
        let object = match object.hasattr("to_numpy")? {
            true => object.call_method0("to_numpy")?,
            false => object.clone(),
        };
        return object
            .call_method1("astype", ("datetime64[D]",))?
            .call_method0("tolist");
    }
    match object.hasattr("tolist")? {
        true => object.call_method0("tolist"),
        false => Ok(object.clone()),
    }
}

/// Whether a value stands for none: None, and what is not equal to itself, such as not a number.
fn is_missing(value: &Bound<'_, PyAny>) -> bool {
    value.is_none() || value.ne(value).unwrap_or(true)
}

/// The name of a column, and its keys.
fn keys(column: &Bound<'_, PyAny>) -> PyResult<(String, Texts)> {
    let mut keys = Texts::default();
    if let Some((name, chunks)) = arrays(column)? {
        let unexpected = |error: &dyn std::fmt::Display| {
            PyTypeError::new_err(format!("names or codes are needed: {error}"))
        };
        for chunk in chunks {
            let chunk = match chunk.data_type() {
                // Codes that are numbers, where some are missing.
                DataType::Float32 | DataType::Float64 => {
                    let whole =
                        cast(&chunk, &DataType::Int64).map_err(|error| unexpected(&error))?;
                    let back =
                        cast(&whole, chunk.data_type()).map_err(|error| unexpected(&error))?;
                    if (0..chunk.len()).any(|at| {
                        chunk.is_valid(at)
                            && chunk.slice(at, 1).to_data() != back.slice(at, 1).to_data()
                    }) {
                        return Err(unexpected(&"a number is not whole"));
                    }
                    whole
                }
                DataType::List(_) | DataType::LargeList(_) | DataType::Struct(_) => {
                    return Err(unexpected(&format!("found {}", chunk.data_type())));
                }
                _ => chunk,
            };
            keys.add(&chunk).map_err(|error| unexpected(&error))?;
        }
        return Ok((name, keys));
    }
    let name = column
        .getattr("name")
        .and_then(|name| name.extract::<String>());
    for value in items(column)?.try_iter()? {
        let value = value?;
        if let Ok(text) = value.cast::<PyString>() {
            keys.push(Some(text.to_str()?));
        } else if is_missing(&value) {
            keys.push(None);
        } else if value.is_instance_of::<PyInt>() && !value.is_instance_of::<PyBool>() {
            keys.push(Some(&value.str()?.to_string()));
        } else {
            let found = value.get_type().name()?;
            return Err(PyTypeError::new_err(format!(
                "names or codes are needed, found {found}"
            )));
        }
    }
    Ok((name.unwrap_or_default(), keys))
}

fn year(number: i64) -> When {
    let year = i32::try_from(number)
        .ok()
        .and_then(|year| Date::year(year).ok());
    year.map_or(When::Unreadable, When::On)
}

fn written(text: &str) -> When {
    match text.trim() {
        "" => When::Missing,
        text => text.parse().map_or(When::Unreadable, When::On),
    }
}

/// A date in Python: a day, a year as a number, or a text.
fn when(value: &Bound<'_, PyAny>) -> PyResult<When> {
    if let Ok(text) = value.cast::<PyString>() {
        return Ok(written(text.to_str()?));
    }
    if is_missing(value) {
        return Ok(When::Missing);
    }
    if value.is_instance_of::<PyDateTime>() {
        return Ok(When::On(Date::day(value.call_method0("date")?.extract()?)));
    }
    if value.is_instance_of::<PyDate>() {
        return Ok(When::On(Date::day(value.extract()?)));
    }
    if value.is_instance_of::<PyInt>() && !value.is_instance_of::<PyBool>() {
        return Ok(value.extract().map_or(When::Unreadable, year));
    }
    if value.is_instance_of::<PyFloat>() {
        let number: f64 = value.extract()?;
        return Ok(match number.fract() == 0.0 && number.abs() < 1e6 {
            true => year(number as i64),
            false => When::Unreadable,
        });
    }
    let found = value.get_type().name()?;
    let message = format!("`on` takes dates, years and texts such as 1980-01-01, found {found}");
    Err(PyTypeError::new_err(message))
}

/// The dates that an argument gives.
fn whens(on: &Bound<'_, PyAny>) -> PyResult<Whens> {
    if on.is_none() {
        return Ok(Whens::All(When::Any));
    }
    let is_one = on.is_instance_of::<PyString>()
        || on.is_instance_of::<PyDate>()
        || on.is_instance_of::<PyInt>();
    if is_one {
        let when = when(on)?;
        if !matches!(when, When::On(_)) {
            let fault = Fault::new(format!("`on`: `{}` is no date", on.str()?));
            let help = "write a day, a month or a year: 1980-01-01, 1980-01 or 1980";
            return Err(fault.with_help(help).in_field("on").into_exception(on.py()));
        }
        return Ok(Whens::All(when));
    }
    let Some((_, chunks)) = arrays(on)? else {
        let mut whens = Vec::new();
        for value in items(on)?.try_iter()? {
            whens.push(when(&value?)?);
        }
        let rows = (0u32..).take(whens.len()).collect();
        return Ok(Whens::Placed(whens, rows));
    };
    let unexpected = |error: &dyn std::fmt::Display| {
        PyTypeError::new_err(format!(
            "`on` takes a column of dates, years or texts: {error}"
        ))
    };
    let kind = chunks
        .first()
        .map_or(DataType::Null, |chunk| chunk.data_type().clone());
    let casts = |to: &DataType| -> PyResult<Vec<ArrayRef>> {
        let each = chunks.iter().map(|chunk| cast(chunk, to));
        each.collect::<Result<_, _>>()
            .map_err(|error| unexpected(&error))
    };
    match kind {
        DataType::Date32 | DataType::Date64 | DataType::Timestamp(_, _) => {
            let days = casts(&DataType::Date32)?;
            let days = days
                .iter()
                .flat_map(|chunk| chunk.as_primitive::<Date32Type>().iter());
            Ok(Whens::Days(days.collect()))
        }
        kind if kind.is_integer() => {
            let years = casts(&DataType::Int64)?;
            let years = years
                .iter()
                .flat_map(|chunk| chunk.as_primitive::<Int64Type>().iter());
            Ok(placed(
                years.map(|number| number.map_or(When::Missing, year)),
            ))
        }
        kind if kind.is_floating() => {
            let years = casts(&DataType::Float64)?;
            let years = years
                .iter()
                .flat_map(|chunk| chunk.as_primitive::<Float64Type>().iter());
            Ok(placed(years.map(|number| match number {
                None => When::Missing,
                Some(number) if number.is_nan() => When::Missing,
                Some(number) if number.fract() == 0.0 && number.abs() < 1e6 => year(number as i64),
                Some(_) => When::Unreadable,
            })))
        }
        DataType::Null
        | DataType::Utf8
        | DataType::LargeUtf8
        | DataType::Utf8View
        | DataType::Dictionary(_, _) => {
            let mut texts = Texts::default();
            for chunk in &chunks {
                texts.add(chunk).map_err(|error| unexpected(&error))?;
            }
            let mut whens: Vec<When> = texts.texts().iter().map(|text| written(text)).collect();
            let missing = u32::try_from(whens.len()).unwrap_or(MISSING);
            whens.push(When::Missing);
            let mut rows = texts.rows;
            for row in &mut rows {
                *row = (*row).min(missing);
            }
            Ok(Whens::Placed(whens, rows))
        }
        other => Err(unexpected(&format!("found {other}"))),
    }
}

/// Dates of rows, each date once.
fn placed(rows: impl Iterator<Item = When>) -> Whens {
    let mut whens = Vec::new();
    let mut places: FxHashMap<When, u32> = FxHashMap::default();
    let rows = rows.map(|when| {
        *places.entry(when).or_insert_with(|| {
            whens.push(when);
            u32::try_from(whens.len() - 1).unwrap_or(MISSING)
        })
    });
    let rows = rows.collect();
    Whens::Placed(whens, rows)
}

/// What a key means, and the place of the answer where it is the same on any date.
type Found = (KeyMatch, Option<StateCode>, u32);

/// A key, and what it means between the days on which that may change.
struct Key<'k> {
    text: &'k str,
    changes: Vec<NaiveDate>,
    at_any_time: Option<Found>,
    /// On the days of a stretch, by its number.
    within: Vec<Option<Found>>,
    /// On the days of several stretches.
    across: FxHashMap<(usize, usize), Found>,
}

struct Work<'k> {
    settings: KeySettings,
    to: Answer,
    keys: Vec<Key<'k>>,
    labels: Vec<String>,
    places: FxHashMap<String, u32>,
    answered: FxHashMap<(StateCode, When), u32>,
    counts: [u64; KeyMatch::ALL.len()],
    without_code: u64,
    unmatched: FxHashMap<(u32, &'static str), i64>,
}

struct ResolvedColumn {
    pieces: Vec<ArrayRef>,
    counts: Vec<(&'static str, u64)>,
    unmatched: Rows,
}

impl<'k> Work<'k> {
    fn new(settings: KeySettings, to: Answer, texts: &'k [String]) -> Self {
        let key = |text: &'k String| {
            let text = text.trim();
            let changes = days_of_change(text);
            Key {
                text,
                within: vec![None; changes.len() + 1],
                changes,
                at_any_time: None,
                across: FxHashMap::default(),
            }
        };
        Self {
            settings,
            to,
            keys: texts.iter().map(key).collect(),
            labels: Vec::new(),
            places: FxHashMap::default(),
            answered: FxHashMap::default(),
            counts: [0; KeyMatch::ALL.len()],
            without_code: 0,
            unmatched: FxHashMap::default(),
        }
    }

    fn resolve(mut self, keys: &[u32], whens: &Whens) -> ResolvedColumn {
        let mut pieces: Vec<ArrayRef> = Vec::new();
        let mut last: Option<(i32, When)> = None;
        for (piece, rows) in keys.chunks(PIECE).enumerate() {
            let mut answers = Vec::with_capacity(rows.len());
            for (at, key) in rows.iter().enumerate() {
                let row = piece * PIECE + at;
                let when = match whens {
                    Whens::All(when) => *when,
                    Whens::Placed(whens, rows) => {
                        let place = rows.get(row).copied().unwrap_or(MISSING);
                        whens.get(place as usize).copied().unwrap_or(When::Missing)
                    }
                    Whens::Days(days) => match (days.get(row).copied().flatten(), last) {
                        (None, _) => When::Missing,
                        (Some(day), Some((known, when))) if day == known => when,
                        (Some(day), _) => {
                            let when = day_of(day)
                                .map_or(When::Unreadable, |day| When::On(Date::day(day)));
                            last = Some((day, when));
                            when
                        }
                    },
                };
                answers.push(self.answer(*key, when));
            }
            // The answers are short, so that the texts of a piece are never large ones.
            pieces.push(texts(&self.labels, &answers));
        }
        if pieces.is_empty() {
            pieces.push(Arc::new(StringArray::from(Vec::<Option<&str>>::new())));
        }
        ResolvedColumn {
            pieces,
            counts: self.counted(),
            unmatched: self.unmatched(),
        }
    }

    /// The place of the answer to a key among the labels.
    fn answer(&mut self, key: u32, when: When) -> u32 {
        let (found, state, place) = self.find(key, when);
        let place = match (state, self.to) {
            (None, _) => MISSING,
            (Some(_), Answer::Code(CodeSystem::Iso3)) => place,
            (Some(state), _) => self.dated(state, when),
        };
        match place {
            MISSING if state.is_some() => {
                // It means a state, which has no such code then.
                self.without_code += 1;
                *self.unmatched.entry((key, NO_CODE)).or_default() += 1;
            }
            MISSING => {
                self.count(found);
                if found != KeyMatch::Missing {
                    *self.unmatched.entry((key, found.as_str())).or_default() += 1;
                }
            }
            _ => self.count(found),
        }
        place
    }

    fn count(&mut self, found: KeyMatch) {
        let place = KeyMatch::ALL.iter().position(|known| *known == found);
        if let Some(count) = place.and_then(|place| self.counts.get_mut(place)) {
            *count += 1;
        }
    }

    /// The place of what is answered for a state on a date.
    fn dated(&mut self, state: StateCode, when: When) -> u32 {
        if let Some(place) = self.answered.get(&(state, when)) {
            return *place;
        }
        let on = match when {
            When::On(date) => Some(date),
            _ => None,
        };
        let text = self.settings.answer(self.to, state, on);
        let place = text.map_or(MISSING, |text| self.label(text));
        self.answered.insert((state, when), place);
        place
    }

    fn label(&mut self, text: String) -> u32 {
        if let Some(place) = self.places.get(&text) {
            return *place;
        }
        let place = u32::try_from(self.labels.len()).unwrap_or(MISSING);
        self.labels.push(text.clone());
        self.places.insert(text, place);
        place
    }

    fn find(&mut self, place: u32, when: When) -> Found {
        let nobody = |found| (found, None, MISSING);
        let Some(key) = self.keys.get(place as usize) else {
            return nobody(KeyMatch::Missing);
        };
        if key.text.is_empty() {
            return nobody(KeyMatch::Missing);
        }
        let date = match when {
            When::Missing => return nobody(KeyMatch::NoDate),
            When::Unreadable => return nobody(KeyMatch::UnreadableDate),
            When::Any => {
                if let Some(found) = key.at_any_time {
                    return found;
                }
                let found = self.settings.find(key.text, None);
                let found = self.labelled(found);
                if let Some(key) = self.keys.get_mut(place as usize) {
                    key.at_any_time = Some(found);
                }
                return found;
            }
            When::On(date) => date,
        };
        let stretch = |day: NaiveDate| key.changes.partition_point(|change| *change <= day);
        let first = stretch(date.earliest());
        let last = match date.earliest() == date.latest() {
            true => first,
            false => stretch(date.latest()),
        };
        let known = match first == last {
            true => key.within.get(first).copied().flatten(),
            false => key.across.get(&(first, last)).copied(),
        };
        if let Some(found) = known {
            return found;
        }
        let found = self.settings.find(key.text, Some(date));
        let found = self.labelled(found);
        if let Some(key) = self.keys.get_mut(place as usize) {
            match key.within.get_mut(first) {
                Some(within) if first == last => *within = Some(found),
                _ => {
                    key.across.insert((first, last), found);
                }
            }
        }
        found
    }

    fn labelled(&mut self, (found, state): (KeyMatch, Option<StateCode>)) -> Found {
        let place = match (state, self.to) {
            (Some(state), Answer::Code(CodeSystem::Iso3)) => self.label(state.to_string()),
            _ => MISSING,
        };
        (found, state, place)
    }

    fn counted(&self) -> Vec<(&'static str, u64)> {
        let words = KeyMatch::ALL.iter().map(|found| found.as_str());
        let counts = words.zip(self.counts).chain([(NO_CODE, self.without_code)]);
        counts.filter(|(_, rows)| *rows > 0).collect()
    }

    /// The keys without an answer, each with the reason and the number of its rows, most frequent first.
    fn unmatched(&self) -> Rows {
        let text = |place: &u32| self.keys.get(*place as usize).map_or("", |key| key.text);
        let each = self.unmatched.iter();
        let mut each: Vec<_> = each
            .map(|((place, word), rows)| (text(place), *word, *rows))
            .collect();
        each.sort_unstable_by(|one, other| {
            let by_rows = other.2.cmp(&one.2);
            by_rows.then_with(|| (one.0, one.1).cmp(&(other.0, other.1)))
        });
        Rows::new(vec![
            Values::labels("key", each.iter().map(|(key, _, _)| *key)),
            Values::labels("match", each.iter().map(|(_, word, _)| *word)),
            Values::counts("rows", each.iter().map(|(_, _, rows)| *rows)),
        ])
    }
}

/// How a key matches that means a state without such a code.
const NO_CODE: &str = "no-code";
