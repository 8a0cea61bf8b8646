//! [`Heading`]: a column as a mapping names it.

use serde::Deserialize;

use crate::csv::header::same_name;

/// A column by its heading, or by any of several that it has in tables of different makers. It has one at least.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Written")]
pub(super) struct Heading(Vec<String>);

/// One column by any of several headings.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct AnyOf {
    pub(super) any_of: Vec<String>,
}

#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "not a column: expected its heading, or `{ any-of = [\"HEADING\", \"HEADING\"] }`"
)]
enum Written {
    One(String),
    AnyOf(AnyOf),
}

impl TryFrom<Written> for Heading {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        match written {
            Written::One(heading) => Ok(Self(vec![heading])),
            Written::AnyOf(AnyOf { any_of }) if any_of.is_empty() => {
                Err("`any-of` is empty".to_owned())
            }
            Written::AnyOf(AnyOf { any_of }) => Ok(Self(any_of)),
        }
    }
}

impl From<&str> for Heading {
    fn from(heading: &str) -> Self {
        Self(vec![heading.to_owned()])
    }
}

impl Heading {
    /// By which a message calls the column.
    pub(super) fn first(&self) -> &str {
        self.0.first().map_or("", |first| first)
    }

    /// All of its headings.
    pub(super) fn names(&self) -> &[String] {
        &self.0
    }

    /// Whether one of its headings is a name.
    pub(super) fn is(&self, name: &str) -> bool {
        self.0.iter().any(|known| same_name(known, name))
    }

    /// The same, each of its headings changed.
    pub(super) fn map(&self, change: impl Fn(&str) -> String) -> Self {
        Self(self.0.iter().map(|name| change(name)).collect())
    }
}

/// One column, or several.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "OneOrList")]
pub(super) struct Headings(pub(super) Vec<Heading>);

#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "not a column: expected its heading, `{ any-of = [\"HEADING\", \"HEADING\"] }`, or a list of such"
)]
enum OneOrList {
    One(Heading),
    List(Vec<Heading>),
}

impl From<OneOrList> for Headings {
    fn from(written: OneOrList) -> Self {
        Self(match written {
            OneOrList::One(heading) => vec![heading],
            OneOrList::List(headings) => headings,
        })
    }
}
