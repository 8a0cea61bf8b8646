//! Works that plenary made: datasets, figures, tables.

use plenary_types::{Date, Source};
use serde_json::{Map, Value};

use super::known::{is_of, plenary, work_of_format, work_of_source};
use super::{Author, Work, WorkKind};
use crate::catalogue::catalogue;

impl Work {
    /// A dataset, by what its `datapackage.json` says: its title, version, licences and contributors, the sources that it names, and those of
    /// the files that it was made of. Nothing of a descriptor has to be there.
    ///
    /// ```
    /// use plenary_import::citation::Work;
    ///
    /// let descriptor = serde_json::json!({
    ///     "name": "un",
    ///     "title": "Votes of the General Assembly",
    ///     "plenary": {"version": "0.1.0", "inputs": [{"name": "votes.csv", "format": "undl-ga-csv"}]},
    /// });
    /// let work = Work::from_datapackage(&descriptor);
    /// let references: Vec<&str> = work.references.iter().map(|work| &*work.key).collect();
    /// assert_eq!(references, ["undl-ga-votes", "plenary"]);
    /// ```
    #[must_use]
    pub fn from_datapackage(descriptor: &Value) -> Self {
        let name = text(descriptor, "name").unwrap_or("dataset");
        let mut work = Self::new(name, text(descriptor, "title").unwrap_or(name));
        work.version = text(descriptor, "version").map(str::to_owned);
        work.url = text(descriptor, "homepage").map(str::to_owned);
        work.published = date(descriptor, "created");
        let people = list(descriptor, "contributors").filter_map(|person| text(person, "title"));
        work.authors = people.map(Author::organisation).collect();
        let licences = list(descriptor, "licenses");
        let licences = licences.filter_map(|of| text(of, "name").or_else(|| text(of, "title")));
        let licences: Vec<&str> = licences.collect();
        work.licence = (!licences.is_empty()).then(|| licences.join(" OR "));
        let made = descriptor.get("plenary");
        let inputs = made.into_iter().flat_map(|made| list(made, "inputs"));
        let mut formats: Vec<&str> = inputs.filter_map(|input| text(input, "format")).collect();
        let sources: Vec<Source> = list(descriptor, "sources").filter_map(source).collect();
        formats.extend(
            sources
                .iter()
                .filter_map(|source| format_behind(&source.title)),
        );
        work.refer_to_formats(&formats);
        for source in &sources {
            let is_cited = format_behind(&source.title).is_some()
                || formats.iter().any(|format| is_of(source, format));
            if !is_cited {
                work.refer_to(work_of_source(source));
            }
        }
        let mut program = plenary();
        program.version = made
            .and_then(|made| text(made, "version"))
            .map(str::to_owned)
            .or(program.version);
        work.refer_to(program);
        work
    }

    /// A figure or table that plenary computed, by its metadata ([`SOURCES`], [`MADE_WITH`]); `name` is what its file is called. `None` where the
    /// metadata are not those of a result of plenary.
    #[must_use]
    pub fn from_result(name: &str, metadata: &Map<String, Value>) -> Option<Self> {
        let get = |key: &str| metadata.get(key).and_then(Value::as_str);
        let version = get(MADE_WITH)?.strip_prefix("plenary ")?;
        let mut work = Self::new(name, get("title").unwrap_or(name));
        work.kind = WorkKind::Result;
        let inputs: Vec<&str> = get(SOURCES)
            .into_iter()
            .flat_map(|of| of.split("; "))
            .collect();
        let formats: Vec<&str> = inputs
            .iter()
            .filter_map(|input| format_behind(input))
            .collect();
        work.refer_to_formats(&formats);
        let mut program = plenary();
        program.version = Some(version.to_owned());
        work.refer_to(program);
        let mut note = format!("computed with plenary {version}");
        if !inputs.is_empty() {
            note.push_str(&format!(" from {}", inputs.join(", ")));
        }
        for (key, value) in metadata {
            let is_told = [MADE_WITH, SOURCES, "title"].contains(&&**key);
            if let Some(value) = value.as_str().filter(|_| !is_told) {
                note.push_str(&format!("; {key}: {value}"));
            }
        }
        work.note = Some(note);
        Some(work)
    }

    fn refer_to(&mut self, other: Self) {
        let is_new = self.references.iter().all(|known| known.key != other.key);
        if is_new {
            self.references.push(other);
        }
    }

    /// Refers to the citations of formats.
    fn refer_to_formats(&mut self, formats: &[&str]) {
        for format in formats {
            if let Some(known) = work_of_format(format) {
                self.refer_to(known.clone());
            }
        }
    }
}

/// The key under which the metadata of a result name the inputs: `votes.csv (undl-ga-csv); …`.
pub const SOURCES: &str = "sources";

/// The key under which the metadata of a result name the program: `plenary 0.1.0`.
pub const MADE_WITH: &str = "made with";

/// The format in brackets behind the name of an input: `votes.csv (undl-ga-csv)`.
fn format_behind(input: &str) -> Option<&str> {
    let (_, format) = input.strip_suffix(')')?.rsplit_once('(')?;
    let mut formats = catalogue().iter();
    formats
        .any(|known| known.name() == format)
        .then_some(format)
}

fn text<'v>(of: &'v Value, key: &str) -> Option<&'v str> {
    of.get(key)?.as_str().filter(|text| !text.trim().is_empty())
}

fn list<'v>(of: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    let list = of.get(key).and_then(Value::as_array);
    list.into_iter().flatten()
}

/// A day, perhaps with an hour behind it.
fn date(of: &Value, key: &str) -> Option<Date> {
    let text = text(of, key)?;
    text.split('T').next()?.parse().ok()
}

fn source(of: &Value) -> Option<Source> {
    Some(Source {
        title: text(of, "title").or_else(|| text(of, "path"))?.to_owned(),
        publisher: text(of, "publisher").map(str::to_owned),
        url: text(of, "path").map(str::to_owned),
        published: date(of, "published"),
        retrieved: date(of, "retrieved"),
        licence: text(of, "licence").map(str::to_owned),
        ..Source::default()
    })
}
