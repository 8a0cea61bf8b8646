//! Text: the serde form of types that are written as one string, and numbers for people.

use std::borrow::Cow;
use std::fmt::Display;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, de::Error};

/// Reads a string and sends it through the checking constructor.
pub(crate) fn deserialize<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: FromStr<Err: Display>,
{
    let text = Cow::<'de, str>::deserialize(deserializer)?;
    text.parse().map_err(D::Error::custom)
}

/// Implements serde by way of `Display` and `FromStr`.
macro_rules! serde_as_text {
    ($($type:ty),+ $(,)?) => {$(
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::text::deserialize(deserializer)
            }
        }
    )+};
}
pub(crate) use serde_as_text;

/// A number of things: `1 row`, `959,474 rows`.
///
/// ```
/// use plenary_types::many;
///
/// assert_eq!((many(1, "row"), many(959_474, "row")), ("1 row".to_owned(), "959,474 rows".to_owned()));
/// ```
#[must_use]
pub fn many(count: u64, one: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{} {one}{ending}", thousands(count))
}

/// A number with its thousands apart, as pages and messages print it.
///
/// ```
/// assert_eq!(plenary_types::thousands(7_600_000_000), "7,600,000,000");
/// assert_eq!(plenary_types::thousands(999), "999");
/// ```
#[must_use]
pub fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
