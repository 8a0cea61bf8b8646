//! The citations that plenary knows: of itself, and of the sources of the formats.

use std::sync::LazyLock;

use plenary_types::Source;
use serde::Deserialize;

use super::{Author, Work, WorkKind, key_of};
use crate::catalogue::{Formats, catalogue};
use crate::format::Format;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    source: Vec<Entry>,
}

/// A source, and the formats that carry its data.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub(super) formats: Vec<String>,
    pub(super) work: Work,
}

pub(super) fn entries() -> Result<Vec<Entry>, toml::de::Error> {
    toml::from_str::<Table>(include_str!("citations.toml")).map(|table| table.source)
}

static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let read = entries();
    debug_assert!(read.is_ok(), "citations.toml: {:?}", read.as_ref().err());
    read.unwrap_or_default()
});

/// The works that the citations of sources are, in the order of their list.
pub fn known_works() -> impl Iterator<Item = &'static Work> {
    ENTRIES.iter().map(|entry| &entry.work)
}

/// The work that a source of data in a format is cited as, by the name of the format; none for a format that anybody may write.
///
/// ```
/// use plenary_import::citation::work_of_format;
///
/// let work = work_of_format("voeten-csv").unwrap();
/// assert_eq!(work.key, "voeten");
/// ```
#[must_use]
pub fn work_of_format(format: &str) -> Option<&'static Work> {
    let mut entries = ENTRIES.iter();
    let entry = entries.find(|entry| entry.formats.iter().any(|name| name == format))?;
    Some(&entry.work)
}

/// The work that a source of records is: the citation of its format where the source is called as one, with the day on which the copy was
/// retrieved; else what the source says of itself.
#[must_use]
pub fn work_of_source(source: &Source) -> Work {
    let mut formats = catalogue().iter().map(|format| format.name());
    let format = formats.find(|format| is_called(source, format));
    let known = format.and_then(work_of_format);
    let mut work = known.cloned().unwrap_or_else(|| Work {
        key: key_of(&source.title),
        title: source.title.clone(),
        authors: source
            .publisher
            .iter()
            .map(|name| Author::organisation(name))
            .collect(),
        published: source.published,
        licence: source.licence.clone(),
        ..Work::default()
    });
    work.url = work.url.or_else(|| source.url.clone());
    work.retrieved = source.retrieved;
    work
}

/// Whether a source is called as data in a format are.
fn is_called(source: &Source, format: &str) -> bool {
    Formats::default().get(format).is_some_and(|format| {
        let publisher = source.publisher.as_deref();
        format.title() == source.title && (publisher.is_none() || publisher == format.publisher())
    })
}

/// Whether a source is of the publisher of data in a format.
pub(super) fn is_of(source: &Source, format: &str) -> bool {
    let format = Formats::default().get(format);
    let publisher = format.and_then(Format::publisher);
    is_called(source, format.map_or("", Format::name))
        || (publisher.is_some() && publisher == source.publisher.as_deref())
}

/// plenary itself. `CITATION.cff` of the repository is written from it.
#[must_use]
pub fn plenary() -> Work {
    Work {
        key: "plenary".to_owned(),
        kind: WorkKind::Software,
        title: "plenary: international agreements as data".to_owned(),
        authors: vec![Author::organisation("The plenary developers")],
        version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        licence: Some(env!("CARGO_PKG_LICENSE").to_owned()),
        url: Some(env!("CARGO_PKG_REPOSITORY").to_owned()),
        summary: Some(SUMMARY.to_owned()),
        keywords: KEYWORDS.map(str::to_owned).to_vec(),
        ..Work::default()
    }
}

const SUMMARY: &str = "Rust crates and a command for records of international agreements: who agreed, how each participant voted or \
                       consented, under which rule, and whether the record adds up.";

const KEYWORDS: [&str; 4] = [
    "United Nations",
    "roll-call votes",
    "treaties",
    "data validation",
];
