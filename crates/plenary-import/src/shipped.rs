//! Shipped mappings: formats that are a mapping file, recognised by its columns.

use std::sync::{Arc, LazyLock};

use serde::Deserialize;

use crate::csv::header::Header;
use crate::format::{Fit, Format, Reader, Recognise};
use crate::recognition::Nearest;
use crate::sources::mapping::{self, Mapping, MappingError};

/// The shipped mappings, one line each.
static TEXTS: &[&str] = &[
    include_str!("mappings/atop-dyads.toml"),
    include_str!("mappings/coe-treaties.toml"),
    include_str!("mappings/desta.toml"),
    include_str!("mappings/hcch-status.toml"),
    include_str!("mappings/hr-treaty-panel.toml"),
    include_str!("mappings/hr-treaty-status.toml"),
    include_str!("mappings/ieadb-members.toml"),
    include_str!("mappings/ilo-ratifications.toml"),
    include_str!("mappings/manytreaties-members.toml"),
    include_str!("mappings/paris-agreement-status.toml"),
    include_str!("mappings/treaty-participation-iso3.toml"),
    include_str!("mappings/treaty-status-iso3.toml"),
    include_str!("mappings/untc-long.toml"),
    include_str!("mappings/wipo-treaties.toml"),
    concat!(
        include_str!("mappings/voteview-rollcalls.toml"),
        include_str!("mappings/voteview-words.toml")
    ),
    concat!(
        include_str!("mappings/voteview-votes.toml"),
        include_str!("mappings/voteview-words.toml")
    ),
    include_str!("mappings/howtheyvote.toml"),
    include_str!("mappings/howtheyvote-votes.toml"),
    include_str!("mappings/hrc-texts.toml"),
    include_str!("mappings/council-drafts.toml"),
    include_str!("mappings/swissvotes.toml"),
    include_str!("mappings/stortinget.toml"),
    include_str!("mappings/unga-israel.toml"),
    include_str!("mappings/abgeordnetenwatch-states.toml"),
    include_str!("mappings/bundestag.toml"),
    include_str!("mappings/abgeordnetenwatch.toml"),
    concat!(
        include_str!("mappings/pscl-rollcall.toml"),
        include_str!("mappings/pscl-words.toml")
    ),
    include_str!("mappings/pscl-rollcall-default.toml"),
    concat!(
        include_str!("mappings/pscl-s109-rollcalls.toml"),
        include_str!("mappings/pscl-words.toml")
    ),
    include_str!("mappings/unga-wide.toml"),
    include_str!("mappings/hrc-adopted-texts.toml"),
    include_str!("mappings/council-meetings.toml"),
];

/// What a shipped mapping says about itself, on top of what it says about tables.
#[derive(Debug, Deserialize)]
struct About {
    name: String,
    title: String,
    publisher: String,
    page: String,
}

/// A mapping that plenary ships, and the format that it is.
#[derive(Debug)]
pub struct Shipped {
    text: &'static str,
    about: About,
    mapping: Arc<Mapping>,
}

static SHIPPED: LazyLock<Vec<Shipped>> = LazyLock::new(|| {
    let read = TEXTS.iter().map(|text| Shipped::parse(text));
    let shipped: Result<Vec<Shipped>, MappingError> = read.collect();
    debug_assert!(shipped.is_ok(), "a shipped mapping: {shipped:?}");
    shipped.unwrap_or_default()
});

static FORMATS: LazyLock<Vec<Format>> =
    LazyLock::new(|| SHIPPED.iter().map(Shipped::format).collect());

/// The formats that are shipped mappings.
pub(crate) fn formats() -> &'static [Format] {
    &FORMATS
}

/// The text of a mapping that plenary ships, by the name of its format: to read a table by it that is not recognised, or to
/// write one of your own from it.
#[must_use]
pub fn shipped_mapping(format: &str) -> Option<&'static str> {
    let mut shipped = SHIPPED.iter();
    let found = shipped.find(|shipped| shipped.about.name == format);
    found.map(|shipped| shipped.text)
}

/// The names of the formats of which [`shipped_mapping`] has the text, in order.
///
/// ```
/// assert!(plenary_import::shipped_mappings().any(|name| name == "voteview-votes"));
/// ```
pub fn shipped_mappings() -> impl Iterator<Item = &'static str> {
    let mut names: Vec<&str> = SHIPPED.iter().map(|shipped| &*shipped.about.name).collect();
    names.sort_unstable();
    names.into_iter()
}

impl Shipped {
    fn parse(text: &'static str) -> Result<Self, MappingError> {
        let about = toml::from_str(text);
        Ok(Self {
            text,
            about: about.map_err(|error| MappingError::Toml(error.to_string()))?,
            mapping: Arc::new(Mapping::from_toml(text)?),
        })
    }

    pub(crate) fn mapping(&self) -> &Mapping {
        &self.mapping
    }

    fn format(&'static self) -> Format {
        let About {
            name,
            title,
            publisher,
            page,
        } = &self.about;
        let recognise = Recognise::Mapping(self);
        Format::new(name, title, recognise, Reader::Shipped(self))
            .with_publisher(publisher)
            .with_page(page)
    }

    /// How many columns a table of it has at least: of two mappings that fit, the one with more is meant.
    pub(crate) fn columns(&self) -> usize {
        self.mapping.missing::<&str>(&[]).len()
    }

    fn has_its_cells(&self, header: &Header, text: &[u8]) -> bool {
        let mapping = &*self.mapping;
        if mapping.takes_the_rest() && !mapping::has_states(header, mapping) {
            return false;
        }
        match mapping.has_ballots_by_heading() {
            true => mapping::has_cells(text, header, mapping),
            false => !mapping.has_results() || mapping::has_results(text, header, mapping),
        }
    }

    /// How well a table fits that begins with a header: it has every column that the mapping needs, and fewer of others than of those that it
    /// names. Where any heading may be that of a vote or a voter, its first cells must be votes, too.
    pub(crate) fn fit(&'static self, header: &Header, text: &[u8]) -> Fit {
        let headings = &*header.columns;
        let read = headings.iter().filter(|name| self.mapping.reads(name));
        let named = headings.iter().filter(|name| self.mapping.names(name));
        let (read, known, all) = (read.count(), named.count(), headings.len());
        let missing = self.mapping.missing(headings);
        let is_its_own = self.mapping.takes_the_rest() || 2 * known > all;
        match read {
            0 => Fit::None,
            _ if missing.is_empty() && !is_its_own => Fit::None,
            _ if missing.is_empty() && !self.has_its_cells(header, text) => Fit::None,
            // Columns such as `id` and `date` are everybody's.
            _ if missing.len() > read => Fit::None,
            // Nor is a table of few columns near where most have any heading.
            _ if !missing.is_empty() && self.mapping.has_ballots_by_heading() => Fit::None,
            _ if !missing.is_empty() => Fit::Partial(Nearest {
                missing,
                ..Nearest::new(&self.about.name, read)
            }),
            _ => Fit::Full(format!(
                "{known} of its {all} columns are those of this format"
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_mapping_can_be_read_and_names_enough_columns_to_be_known_by() {
        let mut names = Vec::new();
        for text in TEXTS {
            let shipped = Shipped::parse(text).unwrap();
            let is_told_by_cells = shipped.mapping.has_ballots_by_heading();
            let least = if is_told_by_cells { 2 } else { 3 };
            assert!(shipped.columns() >= least, "{}", shipped.about.name);
            let name = shipped.about.name;
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            assert!(name.chars().all(plain), "{name}");
            names.push(name);
        }
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
