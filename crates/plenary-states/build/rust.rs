//! Writing values as Rust expressions.

use crate::build::table::Day;

pub(crate) fn code(code: &str) -> String {
    format!("code(*b\"{code}\")")
}

pub(crate) fn day(day: Day) -> String {
    format!("day({}, {}, {})", day.year, day.month, day.day)
}

pub(crate) fn optional_day(optional: Option<Day>) -> String {
    optional.map_or("None".to_owned(), |some| format!("Some({})", day(some)))
}

pub(crate) fn span((from, to): (Option<Day>, Option<Day>)) -> String {
    let from = from.map_or("NaiveDate::MIN".to_owned(), day);
    format!("Span {{ from: {from}, to: {} }}", optional_day(to))
}

pub(crate) fn list(items: impl IntoIterator<Item = String>) -> String {
    let mut list = String::from("&[");
    for item in items {
        list.push_str(&item);
        list.push_str(", ");
    }
    list.push(']');
    list
}
