//! How to cite data: a [`Work`], in words, as BibTeX, and as a `CITATION.cff`.

mod bibtex;
mod cff;
mod known;
mod made;
mod text;

use std::fmt;
use std::str::FromStr;

use chrono::Datelike;
use plenary_types::Date;
use serde::{Deserialize, Serialize};

pub use known::{known_works, plenary, work_of_format, work_of_source};
pub use made::{MADE_WITH, SOURCES};

/// Something that can be cited: a data set, a program, an article.
///
/// ```
/// use plenary_import::citation::{Author, CitationStyle, Work};
///
/// let mut work = Work::new("votes-of-our-club", "Votes of our club");
/// work.authors = vec![Author::organisation("The Club")];
/// work.year = Some(2024);
/// assert_eq!(work.to_text(), "The Club (2024). Votes of our club [data set].");
/// assert!(work.to_bibtex().starts_with("@misc{votes-of-our-club,\n"));
/// assert!(CitationStyle::Cff.write(&[work]).starts_with("cff-version: 1.2.0\n"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub struct Work {
    /// What it is called where it is referred to: lower-case letters, digits and hyphens.
    pub key: String,
    /// What it is.
    #[serde(default)]
    pub kind: WorkKind,
    /// Its title.
    pub title: String,
    /// Who made it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<Author>,
    /// When it was published; goes before the year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Date>,
    /// In which year it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// Its version or edition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Who publishes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// The journal or book that it is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<String>,
    /// The volume of the journal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub volume: Option<String>,
    /// The number within the volume.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The pages: `430-456`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<String>,
    /// Its digital object identifier, without an address: `10.7910/DVN/LEJUQZ`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doi: Option<String>,
    /// Its address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Under which licence or terms it may be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// When the copy at hand was retrieved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retrieved: Option<Date>,
    /// What it is, in a few sentences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// Words by which it is found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// What else has to be said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Where what is said here was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_in: Option<String>,
    /// The fields that no source which was read confirms.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unverified: Vec<String>,
    /// The works that it is made from, or that its authors want cited with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<Work>,
}

/// What a work is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum WorkKind {
    /// A data set.
    #[default]
    Dataset,
    /// A program.
    Software,
    /// An article in a journal.
    Article,
    /// A chapter of a book.
    Chapter,
    /// A website or a database on one.
    Website,
    /// A figure or a table that was computed.
    Result,
}

/// Who made a work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Author {
    /// A person.
    Person {
        /// Family names.
        family: String,
        /// Given names.
        given: String,
    },
    /// An organisation.
    Organisation {
        /// Its name.
        name: String,
    },
}

impl Author {
    /// A person.
    #[must_use]
    pub fn person(family: &str, given: &str) -> Self {
        Self::Person {
            family: family.to_owned(),
            given: given.to_owned(),
        }
    }

    /// An organisation.
    #[must_use]
    pub fn organisation(name: &str) -> Self {
        Self::Organisation {
            name: name.to_owned(),
        }
    }
}

impl Work {
    /// A data set of this key and title.
    #[must_use]
    pub fn new(key: &str, title: &str) -> Self {
        Self {
            key: key_of(key),
            title: title.to_owned(),
            ..Self::default()
        }
    }

    /// In words, on one line: authors (year). Title. Publisher. Address.
    #[must_use]
    pub fn to_text(&self) -> String {
        text::line(self)
    }

    /// As an entry that BibTeX reads.
    #[must_use]
    pub fn to_bibtex(&self) -> String {
        bibtex::entry(self)
    }

    /// As a file `CITATION.cff` of version 1.2.0, with its references.
    #[must_use]
    pub fn to_cff(&self) -> String {
        cff::file(self)
    }

    /// The year in which it was published.
    fn year(&self) -> Option<String> {
        let of_date = self.published.and_then(|date| {
            let year = date.earliest().year();
            (year == date.latest().year()).then_some(year.to_string())
        });
        of_date.or_else(|| self.year.map(|year| year.to_string()))
    }

    /// What has to be said beside: what no source confirms, and the note.
    fn remarks(&self) -> Vec<String> {
        let unverified = (!self.unverified.is_empty())
            .then(|| format!("unverified: {}", self.unverified.join(", ")));
        self.note.clone().into_iter().chain(unverified).collect()
    }

    /// The address that finds it: that of the identifier, else its own.
    fn address(&self) -> Option<String> {
        let of_doi = self
            .doi
            .as_ref()
            .map(|doi| format!("https://doi.org/{doi}"));
        of_doi.or_else(|| self.url.clone())
    }

    /// It and what it refers to, each once by its key, in order.
    fn with_references(&self) -> Vec<&Self> {
        let mut all: Vec<&Self> = vec![self];
        let mut next = 0;
        while let Some(work) = all.get(next).copied() {
            for reference in &work.references {
                if !all.iter().any(|known| known.key == reference.key) {
                    all.push(reference);
                }
            }
            next += 1;
        }
        all
    }
}

/// A key of a text: its letters and digits in lower case, with hyphens for what is between them.
fn key_of(text: &str) -> String {
    let words = text
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let key = words
        .map(str::to_ascii_lowercase)
        .collect::<Vec<_>>()
        .join("-");
    match key.is_empty() {
        true => "work".to_owned(),
        false => key,
    }
}

/// How citations are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum CitationStyle {
    /// In words, one line each.
    #[default]
    Text,
    /// Entries for BibTeX.
    Bibtex,
    /// A file `CITATION.cff`.
    Cff,
}

impl CitationStyle {
    /// Writes works, each with its references. In a `CITATION.cff` there is one work; the others are among its references.
    #[must_use]
    pub fn write(self, works: &[Work]) -> String {
        let mut all: Vec<&Work> = Vec::new();
        for work in works.iter().flat_map(Work::with_references) {
            if !all.iter().any(|known| known.key == work.key) {
                all.push(work);
            }
        }
        match self {
            Self::Text => all.into_iter().map(|work| work.to_text() + "\n").collect(),
            Self::Bibtex => {
                let entries: Vec<String> = all.into_iter().map(Work::to_bibtex).collect();
                entries.join("\n")
            }
            Self::Cff => match works {
                [] => String::new(),
                [only] => only.to_cff(),
                [first, others @ ..] => {
                    let mut first = first.clone();
                    first.references.extend(others.iter().cloned());
                    first.to_cff()
                }
            },
        }
    }
}

/// A style that is not known.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "unknown style `{}` (expected `text`, `bibtex` or `cff`)",
    plenary_types::brief(found)
)]
pub struct CitationStyleError {
    /// The text that was refused.
    pub found: String,
}

impl FromStr for CitationStyle {
    type Err = CitationStyleError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "text" => Ok(Self::Text),
            "bibtex" => Ok(Self::Bibtex),
            "cff" => Ok(Self::Cff),
            other => Err(CitationStyleError {
                found: other.to_owned(),
            }),
        }
    }
}

impl fmt::Display for CitationStyle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "text",
            Self::Bibtex => "bibtex",
            Self::Cff => "cff",
        })
    }
}

/// A text on one line: no control characters, no breaks, single blanks.
fn plain(text: &str) -> String {
    let is_break = |c: char| c.is_whitespace() || c.is_control() || plenary_types::is_invisible(c);
    let words = text.split(is_break).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
