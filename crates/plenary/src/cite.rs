//! [`cite`]: how to cite plenary, a source, a dataset, or a figure or table that was computed.

use std::ffi::OsStr;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use plenary_import::citation::{self, CitationStyle, Work};
use plenary_import::{Formats, Options, format_of, read_text};
use plenary_types::brief;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::{Error, Refusal};

/// How something is cited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Cited {
    /// What is cited, with the works that it refers to.
    pub work: Work,
    /// What the citation rests on, in words.
    pub basis: String,
}

impl Cited {
    /// The citation, with those of the works that it refers to.
    #[must_use]
    pub fn write(&self, style: CitationStyle) -> String {
        style.write(std::slice::from_ref(&self.work))
    }
}

/// How to cite `what`: a dataset, a file of a known format, a figure or table that plenary wrote, or the name of a format or of a source; without
/// it, plenary itself.
///
/// ```
/// use plenary::import::citation::CitationStyle;
///
/// let cited = plenary::cite(Some("voeten"))?;
/// let text = cited.write(CitationStyle::Text);
/// assert!(text.starts_with("Erik Voeten, Anton Strezhnev and Michael Bailey (2009). United Nations"));
/// # Ok::<(), plenary::Error>(())
/// ```
///
/// # Errors
///
/// [`Error`] when a file cannot be read or is of no known format, and when nothing of the name is known.
pub fn cite(what: Option<&str>) -> Result<Cited, Error> {
    let Some(what) = what else {
        return Ok(Cited {
            work: citation::plenary(),
            basis: "what this program says of itself".to_owned(),
        });
    };
    let path = Path::new(what);
    if plenary_import::file_and_table(path).0.exists() {
        return cite_path(path);
    }
    cite_name(what)
}

fn cite_path(path: &Path) -> Result<Cited, Error> {
    if let Some(descriptor) = descriptor_of(path) {
        let text = read_text(&descriptor)?;
        let value: Value = serde_json::from_str(&text)
            .map_err(|error| unreadable(&descriptor, &error.to_string()))?;
        return Ok(Cited {
            work: Work::from_datapackage(&value),
            basis: format!("what {} says", descriptor.display()),
        });
    }
    if path.is_file()
        && let Some(Metadata { entries, of }) = metadata_of(path)?
    {
        let name = path
            .file_name()
            .map(OsStr::to_string_lossy)
            .unwrap_or_default();
        let name = name.strip_suffix(METADATA).unwrap_or(&name);
        if let Some(work) = Work::from_result(name, &entries) {
            return Ok(Cited {
                work,
                basis: format!("the metadata of {}", of.display()),
            });
        }
    }
    let format = format_of(path, &Options::default())?;
    let name = format.name();
    let Some(work) = citation::work_of_format(name) else {
        let message = format!(
            "{}: no publisher is known of a file of format `{name}`",
            path.display()
        );
        let help =
            "cite the source that the file itself names, or import the file and cite the dataset";
        return Err(Refusal::new(message).with_help(help).into());
    };
    Ok(Cited {
        work: work.clone(),
        basis: format!("the format of {}, `{name}`", path.display()),
    })
}

/// The descriptor of a dataset, by its folder or by itself.
fn descriptor_of(path: &Path) -> Option<PathBuf> {
    const DESCRIPTOR: &str = "datapackage.json";
    if path.file_name() == Some(OsStr::new(DESCRIPTOR)) {
        return Some(path.to_owned());
    }
    Some(path.join(DESCRIPTOR)).filter(|file| file.is_file())
}

fn cite_name(name: &str) -> Result<Cited, Error> {
    let of_key = citation::known_works().find(|work| work.key == name);
    if let Some(work) = of_key.or_else(|| citation::work_of_format(name)) {
        return Ok(Cited {
            work: work.clone(),
            basis: "the list of sources that plenary carries".to_owned(),
        });
    }
    let refusal = match Formats::default().get(name) {
        Some(_) => Refusal::new(format!(
            "no publisher is known of a file of format `{name}`"
        ))
        .with_help("cite the source that the file itself names"),
        None => {
            let mut keys: Vec<&str> = citation::known_works().map(|work| &*work.key).collect();
            keys.sort_unstable();
            let message = format!("no file and no source `{}`", brief(name));
            let help = format!(
                "use a file, a folder, the name of a format or one of: {}",
                keys.join(", ")
            );
            Refusal::new(message).with_help(&help)
        }
    };
    Err(refusal.into())
}

/// What ends the name of the file that lies beside a table with its metadata.
const METADATA: &str = ".metadata.json";

/// The metadata of a figure or table, and the file that has them.
struct Metadata {
    entries: Map<String, Value>,
    of: PathBuf,
}

/// The metadata of a figure or table that plenary wrote, if a file is one or has them beside it, and the file that has them.
fn metadata_of(path: &Path) -> Result<Option<Metadata>, Error> {
    let name = path.as_os_str().to_string_lossy();
    let mut beside = path.as_os_str().to_owned();
    beside.push(METADATA);
    let beside = PathBuf::from(beside);
    let own = if name.ends_with(METADATA) {
        Some(path.to_owned())
    } else {
        Some(beside).filter(|beside| beside.is_file())
    };
    if let Some(own) = own {
        let text = read_text(&own)?;
        let read = serde_json::from_str(&text);
        let entries = read.map_err(|error| unreadable(&own, &error.to_string()))?;
        return Ok(Some(Metadata { entries, of: own }));
    }
    let metadata = match beginning(path)? {
        start if start.starts_with(b"PAR1") => {
            let pairs = plenary_import::parquet_metadata(path)?.into_iter();
            Some(pairs.map(|(key, value)| (key, value.into())).collect())
        }
        start if looks_like_svg(&start) => of_svg(&read_text(path)?),
        start if start.starts_with(b"{\"metadata\":") => of_json(&read_text(path)?),
        _ => None,
    };
    let of = path.to_owned();
    Ok(metadata.map(|entries| Metadata { entries, of }))
}

/// The first bytes of a file.
fn beginning(path: &Path) -> Result<Vec<u8>, Error> {
    let unreadable = |source| Error::Unreadable {
        path: path.to_owned(),
        source,
    };
    let mut start = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    file.take(1024)
        .read_to_end(&mut start)
        .map_err(unreadable)?;
    Ok(start)
}

fn looks_like_svg(start: &[u8]) -> bool {
    start.windows(4).any(|four| four == b"<svg")
}

/// The metadata of a figure: its title, and what stands in elements `<p:about key="…">` below `<metadata>`.
fn of_svg(text: &str) -> Option<Map<String, Value>> {
    let between = |text: &str, open: &str, close: &str| {
        let (_, rest) = text.split_once(open)?;
        let (inside, _) = rest.split_once(close)?;
        Some(inside.to_owned())
    };
    let mut metadata = Map::new();
    if let Some(title) = between(text, "<title id=\"title\">", "</title>") {
        metadata.insert("title".to_owned(), unescaped(&title).into());
    }
    let about = between(text, "<metadata", "</metadata>")?;
    for entry in about.split("<p:about key=\"").skip(1) {
        let (key, rest) = entry.split_once("\">")?;
        let (value, _) = rest.split_once("</p:about>")?;
        metadata.insert(unescaped(key), unescaped(value).into());
    }
    Some(metadata)
}

/// Text of XML without its escapes.
fn unescaped(text: &str) -> String {
    let escapes = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&amp;", "&"),
    ];
    let mut text = text.to_owned();
    for (escape, character) in escapes {
        text = text.replace(escape, character);
    }
    text
}

/// The metadata of a result in JSON.
fn of_json(text: &str) -> Option<Map<String, Value>> {
    let mut value: Value = serde_json::from_str(text).ok()?;
    match value.get_mut("metadata")?.take() {
        Value::Object(metadata) => Some(metadata),
        _ => None,
    }
}

fn unreadable(path: &Path, why: &str) -> Refusal {
    let message = format!("{}: not JSON that can be read: {why}", path.display());
    Refusal::new(message).with_help("write the dataset or the table again")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cited(file: &str, text: &[u8]) -> Result<Cited, Error> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(file);
        std::fs::write(&path, text).unwrap();
        cite(path.to_str())
    }

    fn metadata() -> Vec<(String, String)> {
        [
            ("made with", "plenary 0.1.0"),
            ("sources", "votes.csv (undl-ga-csv)"),
        ]
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .to_vec()
    }

    #[test]
    fn a_figure_says_what_it_rests_on() {
        let svg = r#"<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg"><title id="title">France &amp; others</title>
<metadata xmlns:p="https://github.com/plenary-rs/plenary"><p:about key="made with">plenary 0.1.0</p:about>
<p:about key="sources">votes.csv (undl-ga-csv)</p:about><p:about key="note">a &lt; b &amp;lt; &quot;c&quot;</p:about></metadata><g/></svg>"#;
        let cited = cited("a.svg", svg.as_bytes()).unwrap();
        assert_eq!(cited.work.title, "France & others");
        let keys: Vec<&str> = cited
            .work
            .references
            .iter()
            .map(|work| &*work.key)
            .collect();
        assert_eq!(keys, ["undl-ga-votes", "plenary"]);
        let note = cited.work.note.unwrap();
        assert!(note.ends_with("; note: a < b &lt; \"c\""), "{note}");
        for broken in [
            "<svg><metadata><p:about key=\"a\">",
            "<svg><metadata><p:about key=\"a</metadata>",
        ] {
            assert_eq!(of_svg(broken), None, "{broken}");
        }
    }

    #[test]
    fn a_table_is_cited_by_the_metadata_beside_it_or_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let table = folder.path().join("t.csv");
        let beside = folder.path().join("t.csv.metadata.json");
        std::fs::write(&table, "a,b\n1,2\n").unwrap();
        let object: Map<String, Value> = metadata()
            .into_iter()
            .map(|(key, value)| (key, value.into()))
            .collect();
        std::fs::write(&beside, Value::Object(object.clone()).to_string()).unwrap();
        for path in [&table, &beside] {
            let cited = cite(path.to_str()).unwrap();
            assert_eq!(cited.work.title, "t.csv");
            assert_eq!(cited.work.references.len(), 2);
        }
        let json = format!("{{\"metadata\":{},\"rows\":[]}}", Value::Object(object));
        assert_eq!(
            cited("t.json", json.as_bytes())
                .unwrap()
                .work
                .references
                .len(),
            2
        );
    }

    #[test]
    fn a_file_is_cited_by_its_format_and_a_source_by_its_name() {
        let votes = b"rcid,country,country_code,vote\n5,Peru,PE,yes\n";
        assert_eq!(cited("v.csv", votes).unwrap().work.key, "unvotes");
        for name in ["unvotes", "unvotes-csv"] {
            assert_eq!(cite(Some(name)).unwrap().work.key, "unvotes");
        }
        assert_eq!(cite(None).unwrap().work.key, "plenary");
    }

    #[test]
    fn what_cannot_be_cited_is_refused() {
        let message = |result: Result<Cited, Error>| result.unwrap_err().to_string();
        assert_eq!(
            message(cite(Some("no-such"))),
            "no file and no source `no-such`"
        );
        assert_eq!(
            message(cite(Some("plenary-json"))),
            "no publisher is known of a file of format `plenary-json`"
        );
        assert!(message(cited("a.svg", b"<svg></svg>")).contains("a.svg"));
        assert!(message(cited("datapackage.json", b"{")).contains("not JSON that can be read"));
        assert!(message(cited("x.metadata.json", b"[]")).contains("not JSON that can be read"));
        assert!(message(cited("x.parquet", b"PAR1 nothing")).contains("x.parquet"));
    }

    #[test]
    fn a_dataset_is_cited_by_its_descriptor() {
        let descriptor = br#"{"name": "un", "title": "Votes", "plenary": {"inputs": [{"format": "voeten-csv"}]}}"#;
        let cited = cited("datapackage.json", descriptor).unwrap();
        assert!(cited.write(CitationStyle::Bibtex).contains("@misc{un,"));
        let text = cited.write(CitationStyle::Text);
        let first: Vec<&str> = text
            .lines()
            .map(|line| line.split(['.', '(']).next().unwrap())
            .collect();
        assert_eq!(first.len(), 4, "{text}");
    }
}
