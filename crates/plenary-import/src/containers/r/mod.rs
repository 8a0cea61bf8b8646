//! Data frames of R: `.rds` with one object, `.RData` and `.rda` with several, uncompressed by the time they come here.
//!
//! A factor is the text of its level, a `Date` an ISO day, a `POSIXct` of midnight in UTC a day where it names no other zone, `NA` is
//! empty. Row names that are no numbers are a column `row.names`.

mod serialized;

use std::borrow::Cow;

use self::serialized::{MISSING, Object, Texts, Value};
use super::text::{TableText, day_since_1970, number, since_1970, time, timestamp, truth};
use super::{Found, Listed, Remark, broken, choose, one_of};
use crate::error::ImportError;

const WHAT: &str = "the file of R";

/// Reads a data frame.
pub(super) fn read(path: &str, bytes: &[u8], wanted: Option<&str>) -> Result<Found, ImportError> {
    let failed = |why: String| broken(path, WHAT, why);
    let (is_workspace, rest) = match bytes {
        [b'R', b'D', b'X', _, b'\n', rest @ ..] => (true, rest),
        rest => (false, rest),
    };
    let Some(rest) = rest.strip_prefix(b"X\n") else {
        return Err(failed(
            "it is written as text (save it without `ascii = TRUE`)".to_owned(),
        ));
    };
    let object = serialized::read(rest).map_err(failed)?;
    let mut frames: Vec<(String, &Object)> = Vec::new();
    match (&object.value, is_workspace) {
        (Value::Pairs(pairs), true) => {
            for (name, object) in pairs {
                frames_in(name.as_deref().unwrap_or_default(), object, 0, &mut frames);
            }
        }
        _ => frames_in("object", &object, 0, &mut frames),
    }
    let listed = |(name, frame): &(String, &Object)| Listed {
        name: name.clone(),
        size: Some((rows(frame) as u64, columns(frame).len() as u64)),
    };
    let tables: Vec<Listed> = frames.iter().map(listed).collect();
    let at = choose(path, "data frame", &tables, wanted, None)?;
    let Some((name, frame)) = frames.get(at) else {
        return Err(failed("it has no data frame".to_owned()));
    };
    let note = one_of("data frame", at, &tables);
    let (text, remarks) = text_of(path, frame)?;
    Ok(Found {
        name: name.clone(),
        text,
        remarks,
        note,
    })
}

/// Data frames are looked for in lists of lists of this depth.
const DEEPEST: u32 = 3;

/// The data frames in an object: itself, or those in a list, which are called as R calls them.
fn frames_in<'a>(
    name: &str,
    object: &'a Object,
    depth: u32,
    frames: &mut Vec<(String, &'a Object)>,
) {
    if object.is("data.frame") {
        frames.push((name.to_owned(), object));
        return;
    }
    let Value::List(list) = &object.value else {
        return;
    };
    let names = object.texts("names");
    for (at, inner) in list.iter().enumerate().filter(|_| depth < DEEPEST) {
        let name = match names.and_then(|names| names.get(at)) {
            Some(inner) if !inner.is_empty() => format!("{name}${inner}"),
            _ => format!("{name}[[{}]]", at + 1),
        };
        frames_in(&name, inner, depth + 1, frames);
    }
}

fn columns(frame: &Object) -> &[std::rc::Rc<Object>] {
    match &frame.value {
        Value::List(columns) => columns,
        _ => &[],
    }
}

/// How many rows a data frame has: its row names are texts, numbers, or a missing number and how many there are.
fn rows(frame: &Object) -> usize {
    match frame.attribute("row.names").map(|names| &names.value) {
        Some(Value::Integer(names)) => match names.as_slice() {
            &[MISSING, count] => count.unsigned_abs() as usize,
            names => names.len(),
        },
        Some(Value::Real(names)) => match names.as_slice() {
            &[missing, count] if missing.is_nan() => count.abs() as usize,
            names => names.len(),
        },
        Some(Value::Text(names)) => names.len(),
        _ => columns(frame)
            .first()
            .and_then(|column| length(column))
            .unwrap_or(0),
    }
}

fn length(column: &Object) -> Option<usize> {
    match &column.value {
        Value::Logical(values) | Value::Integer(values) => Some(values.len()),
        Value::Real(values) => Some(values.len()),
        Value::Text(texts) => Some(texts.len()),
        _ => None,
    }
}

/// What the values of a column are.
enum Shown<'a> {
    Truth(&'a [i32]),
    Integers(&'a [i32]),
    Levels(&'a [i32], &'a Texts),
    Reals(&'a [f64]),
    /// Whole numbers of eight bytes in the place of reals (package bit64).
    Long(&'a [f64]),
    Days(Vec<f64>),
    /// Seconds since 1970, and the zone that they are shown in, if it is another one than UTC.
    Times(Vec<f64>, Option<&'a str>),
    Texts(&'a Texts),
}

impl<'a> Shown<'a> {
    fn new(column: &'a Object) -> Option<Self> {
        let reals = |values: &[i32]| {
            let real = |value: &i32| match *value {
                MISSING => f64::NAN,
                value => value.into(),
            };
            values.iter().map(real).collect()
        };
        let zone = || {
            let zone = column.texts("tzone").and_then(|zone| zone.get(0));
            zone.filter(|zone| !matches!(*zone, "" | "UTC" | "GMT" | "Etc/UTC"))
        };
        Some(match &column.value {
            Value::Logical(values) => Self::Truth(values),
            Value::Integer(values) => match column.texts("levels") {
                Some(levels) if column.is("factor") => Self::Levels(values, levels),
                _ if column.is("Date") => Self::Days(reals(values)),
                _ if column.is("POSIXct") => Self::Times(reals(values), zone()),
                _ => Self::Integers(values),
            },
            Value::Real(values) if column.is("Date") => Self::Days(values.clone()),
            Value::Real(values) if column.is("POSIXct") => Self::Times(values.clone(), zone()),
            Value::Real(values) if column.is("integer64") => Self::Long(values),
            Value::Real(values) => Self::Reals(values),
            Value::Text(texts) => Self::Texts(texts),
            _ => return None,
        })
    }

    /// The value of a row; empty where it is missing.
    fn value(&self, row: usize) -> Cow<'a, str> {
        let integer = |values: &[i32]| values.get(row).copied().filter(|value| *value != MISSING);
        let text = match self {
            Self::Texts(texts) => return texts.get(row).unwrap_or_default().into(),
            Self::Levels(values, levels) => {
                let level =
                    integer(values).and_then(|value| usize::try_from(value).ok()?.checked_sub(1));
                return level
                    .and_then(|level| levels.get(level))
                    .unwrap_or_default()
                    .into();
            }
            Self::Truth(values) => {
                return integer(values).map_or("", |value| truth(value != 0)).into();
            }
            Self::Integers(values) => integer(values).map(|value| value.to_string()),
            Self::Reals(values) => values.get(row).map(|value| number(*value)),
            Self::Long(values) => {
                let value = values.get(row).map(|value| value.to_bits().cast_signed());
                value
                    .filter(|value| *value != i64::MIN)
                    .map(|value| value.to_string())
            }
            Self::Days(values) => values.get(row).and_then(|value| match value.is_finite() {
                true => day_since_1970(value.floor() as i64),
                false => None,
            }),
            Self::Times(values, zone) => values.get(row).and_then(|value| {
                let at = since_1970((value * 1e6).round() as i64).filter(|_| value.is_finite())?;
                // Midnight in UTC is no day where the day of another zone is meant.
                Some(match zone {
                    None => time(at, "Z"),
                    Some(zone) => timestamp(at, &format!("Z[{zone}]")),
                })
            }),
        };
        text.unwrap_or_default().into()
    }
}

/// A data frame as text, and what it does not keep.
fn text_of(path: &str, frame: &Object) -> Result<(TableText, Vec<Remark>), ImportError> {
    let count = rows(frame);
    let names = frame.texts("names");
    let (mut header, mut shown, mut remarks) = (Vec::new(), Vec::new(), Vec::new());
    // Names that R gave itself are numbers.
    let is_number = |name: Option<&str>| {
        name.is_some_and(|name| name.bytes().all(|byte| byte.is_ascii_digit()))
    };
    if let Some(texts) = frame
        .texts("row.names")
        .filter(|names| !names.iter().all(is_number))
    {
        header.push("row.names".to_owned());
        shown.push(Shown::Texts(texts));
    }
    for (at, column) in columns(frame).iter().enumerate() {
        let name = names.and_then(|names| names.get(at)).unwrap_or_default();
        match Shown::new(column).filter(|_| length(column) == Some(count)) {
            Some(column) => {
                header.push(name.to_owned());
                shown.push(column);
            }
            None => remarks.push(Remark {
                row: 0,
                field: name.to_owned(),
                found: None,
                message: "the column holds no one value a row, but lists, a table or numbers that are not read; it is left out".to_owned(),
                help: "keep a vector of one value a row, or take the column away",
            }),
        }
    }
    let mut table = TableText::new(path);
    table.push(0, &header)?;
    let rows = if shown.is_empty() { 0 } else { count };
    let mut fields = Vec::new();
    for row in 0..rows {
        fields.clear();
        fields.extend(shown.iter().map(|column| column.value(row)));
        table.push(row as u64 + 1, &fields)?;
    }
    Ok((table, remarks))
}
