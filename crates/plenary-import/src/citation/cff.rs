//! Citations as `CITATION.cff`, version 1.2.0 of the Citation File Format.

use super::{Author, Work, WorkKind, plain};

const MESSAGE: &str = "If you use these data, please cite them and the sources that they are from.";
const MESSAGE_OF_SOFTWARE: &str = "If you use this software or its reference data, please cite it. Cite the sources of the voting data as well.";

/// Licences by the identifiers of SPDX that a file may name; others are told in words.
const SPDX: &[&str] = &[
    "AGPL-3.0-only",
    "Apache-2.0",
    "CC-BY-4.0",
    "CC-BY-SA-4.0",
    "CC0-1.0",
    "GPL-2.0-only",
    "GPL-2.0-or-later",
    "GPL-3.0-only",
    "MIT",
    "ODbL-1.0",
    "PDDL-1.0",
    "PolyForm-Noncommercial-1.0.0",
];

/// A work as a file, with its references.
pub(super) fn file(work: &Work) -> String {
    let is_software = work.kind == WorkKind::Software;
    let message = if is_software {
        MESSAGE_OF_SOFTWARE
    } else {
        MESSAGE
    };
    let mut message = message.to_owned();
    let licence = spdx(work);
    if licence.is_empty() {
        let words = work
            .licence
            .as_ref()
            .map(|of| format!(" Licence: {}.", plain(of)));
        message.push_str(&words.unwrap_or_default());
    }
    for remark in work.remarks() {
        message.push_str(&format!(" Note: {}.", plain(&remark)));
    }
    let mut lines = Lines::default();
    lines.add("cff-version: 1.2.0".to_owned());
    lines.text("title", &work.title);
    lines.text("message", &message);
    let kind = if is_software { "software" } else { "dataset" };
    lines.add(format!("type: {kind}"));
    lines.authors(work);
    lines.optional("version", work.version.as_deref());
    if let Some(day) = work.published.and_then(|date| date.as_day()) {
        lines.text("date-released", &day.to_string());
    }
    lines.list("license", &licence);
    lines.optional("doi", doi(work));
    lines.optional(
        if is_software {
            "repository-code"
        } else {
            "url"
        },
        url(work),
    );
    lines.optional("abstract", work.summary.as_deref());
    if !work.keywords.is_empty() {
        lines.add("keywords:".to_owned());
        for word in &work.keywords {
            lines.add(format!("  - {}", quoted(word)));
        }
    }
    let has_only_year =
        work.year().is_some() && work.published.and_then(|date| date.as_day()).is_none();
    if has_only_year || !matches!(work.kind, WorkKind::Dataset | WorkKind::Software) {
        lines.add("preferred-citation:".to_owned());
        lines.indented("  ", |lines| lines.reference(work));
    }
    let references = work.with_references();
    if let Some((_, references @ [_, ..])) = references.split_first() {
        lines.add("references:".to_owned());
        for reference in references {
            lines.item(|lines| lines.reference(reference));
        }
    }
    lines.0.iter().flat_map(|line| [line, "\n"]).collect()
}

/// The licences of a work, where each of them has an identifier that a file may name.
fn spdx(work: &Work) -> Vec<&str> {
    let licence = work.licence.as_deref().unwrap_or_default();
    let named: Vec<&str> = licence.split(" OR ").collect();
    match named.iter().all(|name| SPDX.contains(name)) {
        true => named,
        false => Vec::new(),
    }
}

/// An identifier, as far as the schema takes it.
fn doi(work: &Work) -> Option<&str> {
    let doi = work.doi.as_deref()?;
    let (prefix, rest) = doi.strip_prefix("10.")?.split_once('/')?;
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let is_plain = |c: char| c.is_ascii_alphanumeric() || ":/_;-.()[]\\".contains(c);
    let is_doi = (4..=9).contains(&prefix.len()) && digits(prefix) && !rest.is_empty();
    (is_doi && rest.chars().all(is_plain)).then_some(doi)
}

/// An address, as far as the schema takes it.
fn url(work: &Work) -> Option<&str> {
    let url = work.url.as_deref()?;
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))?;
    let is_plain = |c: char| c.is_ascii_graphic() && !"\"<>\\^`{|}".contains(c);
    (!rest.is_empty() && rest.chars().all(is_plain)).then_some(url)
}

/// The lines of a file.
#[derive(Default)]
struct Lines(Vec<String>);

impl Lines {
    fn add(&mut self, line: String) {
        self.0.push(line);
    }

    fn text(&mut self, key: &str, value: &str) {
        self.add(format!("{key}: {}", quoted(value)));
    }

    fn optional(&mut self, key: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.text(key, value);
        }
    }

    fn list(&mut self, key: &str, values: &[&str]) {
        match values {
            [] => {}
            [only] => self.text(key, only),
            several => {
                self.add(format!("{key}:"));
                for value in several {
                    self.add(format!("  - {}", quoted(value)));
                }
            }
        }
    }

    /// What `write` adds, behind an indent.
    fn indented(&mut self, indent: &str, write: impl FnOnce(&mut Self)) {
        let mut inner = Self::default();
        write(&mut inner);
        let lines = inner.0.into_iter();
        self.0.extend(lines.map(|line| format!("{indent}{line}")));
    }

    /// What `write` adds, as one item of a list.
    fn item(&mut self, write: impl FnOnce(&mut Self)) {
        let mut inner = Self::default();
        write(&mut inner);
        for (place, line) in inner.0.into_iter().enumerate() {
            let before = if place == 0 { "  - " } else { "    " };
            self.add(format!("{before}{line}"));
        }
    }

    /// The authors; the schema wants one, so a work that names none is its publisher's.
    fn authors(&mut self, work: &Work) {
        self.add("authors:".to_owned());
        let publisher = work.publisher.as_deref().unwrap_or("unknown");
        let instead = [Author::organisation(publisher)];
        let authors = match &*work.authors {
            [] => &instead,
            authors => authors,
        };
        for author in authors {
            self.item(|lines| match author {
                Author::Person { family, given } => {
                    lines.text("family-names", family);
                    lines.text("given-names", given);
                }
                Author::Organisation { name } => lines.text("name", name),
            });
        }
    }

    /// A work as a reference.
    fn reference(&mut self, work: &Work) {
        let kind = match work.kind {
            WorkKind::Dataset => "data",
            WorkKind::Software => "software",
            WorkKind::Article => "article",
            WorkKind::Chapter => "book",
            WorkKind::Website => "website",
            WorkKind::Result => "generic",
        };
        self.add(format!("type: {kind}"));
        self.text("title", &work.title);
        self.authors(work);
        if let Some(year) = work.year() {
            self.add(format!("year: {year}"));
        }
        self.optional("version", work.version.as_deref());
        let within = if work.kind == WorkKind::Chapter {
            "collection-title"
        } else {
            "journal"
        };
        self.optional(within, work.within.as_deref());
        self.optional("volume", work.volume.as_deref());
        self.optional("issue", work.number.as_deref());
        let pages = work.pages.as_deref().unwrap_or_default();
        if let Some((start, end)) = pages.split_once('-') {
            self.text("start", start);
            self.text("end", end);
        }
        if let Some(publisher) = &work.publisher {
            self.add("publisher:".to_owned());
            self.indented("  ", |lines| lines.text("name", publisher));
        }
        self.list("license", &spdx(work));
        self.optional("doi", doi(work));
        self.optional("url", url(work));
        if let Some(day) = work.retrieved.and_then(|date| date.as_day()) {
            self.text("date-accessed", &day.to_string());
        }
        let licence = work.licence.as_ref().filter(|_| spdx(work).is_empty());
        let licence = licence.map(|licence| format!("licence: {}", plain(licence)));
        let notes: Vec<String> = licence.into_iter().chain(work.remarks()).collect();
        if !notes.is_empty() {
            self.text("notes", &notes.join("; "));
        }
    }
}

/// A text in double quotes, as YAML and JSON read it alike. The schema takes no empty text.
fn quoted(text: &str) -> String {
    let text = plain(text);
    let text = if text.is_empty() { "unknown" } else { &text };
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            // Characters that YAML does not print.
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
