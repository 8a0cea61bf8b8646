//! JSON documents as lists of R, in the order of their keys.

use std::fmt;

use extendr_api::prelude::*;
use rustc_hash::FxHashMap;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::vectors::{flags, named, numbers, texts, whole};

/// A value of a document.
pub(crate) enum Json {
    Null,
    Flag(bool),
    Whole(i64),
    Number(f64),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Json, E> {
        Ok(Json::Flag(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
        Ok(Json::Whole(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        Ok(i64::try_from(number).map_or(Json::Number(number as f64), Json::Whole))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Json, E> {
        Ok(Json::Number(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element()? {
            values.push(value);
        }
        Ok(Json::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Json, A::Error> {
        let mut values = Vec::new();
        while let Some(entry) = object.next_entry()? {
            values.push(entry);
        }
        Ok(Json::Object(values))
    }
}

impl Json {
    /// An object as a named list; a list as a vector where its values are of one kind, as a list of columns where they are objects
    /// without further objects in them, of class `plenary_rows`, else as a list.
    pub fn into_robj(self) -> Robj {
        match self {
            Self::Object(entries) => {
                let entries = entries.into_iter();
                named(entries.map(|(key, value)| (key, value.into_robj())))
            }
            Self::List(values) if values.is_empty() => List::new(0).into(),
            Self::List(values) if values.iter().all(Self::is_single) => column(values.iter()),
            Self::List(values) if values.iter().all(Self::is_row) => rows(&values),
            Self::List(values) => List::from_values(values.into_iter().map(Self::into_robj)).into(),
            Self::Null => ().into(),
            single => column([&single].into_iter()),
        }
    }

    const fn is_single(&self) -> bool {
        !matches!(self, Self::List(_) | Self::Object(_))
    }

    fn is_row(&self) -> bool {
        match self {
            Self::Object(entries) => entries.iter().all(|(_, value)| value.is_single()),
            _ => false,
        }
    }
}

/// A vector of the most general kind of its values.
fn column<'v>(values: impl ExactSizeIterator<Item = &'v Json> + Clone) -> Robj {
    let known = || values.clone().filter(|value| !matches!(value, Json::Null));
    if known().all(|value| matches!(value, Json::Flag(_))) {
        return flags(values.map(|value| match value {
            Json::Flag(flag) => Some(*flag),
            _ => None,
        }));
    }
    if known().all(|value| matches!(value, Json::Whole(_))) {
        return whole(values.map(|value| match value {
            Json::Whole(number) => Some(*number),
            _ => None,
        }));
    }
    if known().all(|value| matches!(value, Json::Whole(_) | Json::Number(_))) {
        return numbers(values.map(|value| match value {
            Json::Whole(number) => Some(*number as f64),
            Json::Number(number) => Some(*number),
            _ => None,
        }));
    }
    texts(values.map(|value| match value {
        Json::Text(text) => Some(text.clone()),
        Json::Flag(flag) => Some(flag.to_string()),
        Json::Whole(number) => Some(number.to_string()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    }))
}

/// Objects as columns: a column for each key, in the order in which they first stand.
fn rows(values: &[Json]) -> Robj {
    let mut places: FxHashMap<&str, usize> = FxHashMap::default();
    let mut columns: Vec<(&str, Vec<&Json>)> = Vec::new();
    for (row, value) in values.iter().enumerate() {
        let Json::Object(entries) = value else {
            continue;
        };
        for (key, value) in entries {
            let place = *places.entry(key).or_insert_with(|| {
                columns.push((key, Vec::new()));
                columns.len() - 1
            });
            if let Some((_, column)) = columns.get_mut(place) {
                column.resize(row, &Json::Null);
                column.push(value);
            }
        }
    }
    let columns = columns.into_iter().map(|(key, mut cells)| {
        cells.resize(values.len(), &Json::Null);
        (key, column(cells.into_iter()))
    });
    let mut list = named(columns);
    let _ = list.set_class(["plenary_rows"]);
    list
}
