use std::path::Path;

use super::known::entries;
use super::*;
use crate::catalogue::catalogue;

/// Formats that anybody may write, so that their data have no publisher of their own.
const OF_ANYBODY: &[&str] = &[
    "akoma-ntoso",
    "mapped-csv",
    "member-list",
    "open-civic-data",
    "plenary-acts-csv",
    "plenary-csv",
    "plenary-dataset",
    "plenary-json",
    "popolo",
];

#[test]
fn every_format_of_a_publisher_has_one_citation() {
    let entries = entries().unwrap();
    let mut cited: Vec<&str> = Vec::new();
    for entry in &entries {
        cited.extend(entry.formats.iter().map(String::as_str));
    }
    let mut formats: Vec<&str> = catalogue().iter().map(|format| format.name()).collect();
    formats.retain(|name| !OF_ANYBODY.contains(name));
    cited.sort_unstable();
    formats.sort_unstable();
    assert_eq!(cited, formats);
}

#[test]
fn every_citation_says_where_it_was_read_or_what_is_unverified() {
    let fields: Vec<String> = {
        let all = serde_json::json!(full());
        all.as_object().unwrap().keys().cloned().collect()
    };
    let mut keys = Vec::new();
    for work in known_works().flat_map(Work::with_references) {
        assert_eq!(work.key, key_of(&work.key));
        assert!(!work.authors.is_empty(), "{}", work.key);
        let is_told = work.read_in.is_some() || !work.unverified.is_empty();
        assert!(is_told, "{}: neither read nor unverified", work.key);
        let written = serde_json::json!(work);
        for field in &work.unverified {
            assert!(fields.contains(field), "{}: no field {field}", work.key);
            assert!(
                written.get(field).is_some(),
                "{}: {field} is not given",
                work.key
            );
        }
        keys.push(&work.key);
    }
    let count = keys.len();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), count);
}

/// A work of which every field is filled.
fn full() -> Work {
    Work {
        key: "full".to_owned(),
        kind: WorkKind::Article,
        title: "Votes".to_owned(),
        authors: vec![
            Author::person("Dür", "Andreas"),
            Author::organisation("The Club"),
        ],
        published: "2020-03-04".parse().ok(),
        year: Some(2019),
        version: Some("1.2".to_owned()),
        publisher: Some("Publisher".to_owned()),
        within: Some("Journal".to_owned()),
        volume: Some("9".to_owned()),
        number: Some("3".to_owned()),
        pages: Some("353-375".to_owned()),
        doi: Some("10.1007/s11558-013-9179-8".to_owned()),
        url: Some("https://example.org/a".to_owned()),
        licence: Some("MIT".to_owned()),
        retrieved: "2024-05-06".parse().ok(),
        summary: Some("Summary".to_owned()),
        keywords: vec!["votes".to_owned()],
        note: Some("Note".to_owned()),
        read_in: Some("somewhere".to_owned()),
        unverified: vec!["pages".to_owned()],
        references: vec![Work::new("other", "Other")],
    }
}

#[test]
fn a_work_is_written_in_words() {
    assert_eq!(
        full().to_text(),
        "Andreas Dür and The Club (2020). Votes, version 1.2. Journal 9(3), 353-375. Publisher. \
         Licence: MIT. Retrieved 2024-05-06. https://doi.org/10.1007/s11558-013-9179-8 [Note] [unverified: pages]"
    );
    assert_eq!(Work::new("a", "Votes").to_text(), "Votes [data set].");
}

#[test]
fn a_work_is_written_for_bibtex() {
    insta::assert_snapshot!(full().to_bibtex());
}

#[test]
fn a_work_is_written_as_cff() {
    insta::assert_snapshot!(full().to_cff());
}

/// Text that would end a field, a line or the file.
const HOSTILE: &str =
    "a}\n, evil = {b\" # $%&_~^\\ @book{x,\u{0} \u{85}\u{7f}\u{2028}- y: z\u{feff}";

fn hostile() -> Work {
    let text = || Some(HOSTILE.to_owned());
    Work {
        key: HOSTILE.to_owned(),
        title: HOSTILE.to_owned(),
        authors: vec![
            Author::person(HOSTILE, HOSTILE),
            Author::organisation(HOSTILE),
        ],
        version: text(),
        publisher: text(),
        within: text(),
        volume: text(),
        number: text(),
        pages: text(),
        doi: text(),
        url: text(),
        licence: text(),
        note: text(),
        summary: text(),
        keywords: vec![HOSTILE.to_owned(), String::new()],
        references: vec![Work::new(HOSTILE, HOSTILE), Work::new("", "")],
        ..Work::default()
    }
}

#[test]
fn hostile_text_ends_no_field_of_bibtex() {
    let text = hostile().to_bibtex();
    let mut depth = 0_i32;
    let mut closed = 0;
    for c in text.chars() {
        depth += match c {
            '{' => 1,
            '}' => -1,
            _ => 0,
        };
        assert!(depth >= 0, "{text}");
        closed += i32::from(depth == 0 && c == '}');
    }
    assert_eq!((depth, closed), (0, 1), "{text}");
    assert_eq!(text.matches("\n  evil").count(), 0);
    let fields = text.lines().filter(|line| line.starts_with("  "));
    for line in fields {
        let (name, value) = line.trim_start().split_once(" = {").unwrap();
        assert!(name.chars().all(|c| c.is_ascii_lowercase()), "{line}");
        assert!(value.ends_with("},"), "{line}");
    }
    assert!(text.chars().all(|c| c == '\n' || !c.is_control()));
}

/// A value of the YAML that is written: mappings, lists and texts, each on its own line.
fn parse_yaml(text: &str) -> serde_json::Value {
    let lines: Vec<(usize, String)> = text
        .lines()
        .map(|line| {
            (
                line.len() - line.trim_start().len(),
                line.trim_start().to_owned(),
            )
        })
        .collect();
    let (value, rest) = block(&lines);
    assert!(rest.is_empty(), "{rest:?}");
    value
}

type YamlLines<'l> = &'l [(usize, String)];

fn block(lines: YamlLines<'_>) -> (serde_json::Value, YamlLines<'_>) {
    let (indent, first) = lines.first().unwrap();
    match first.starts_with("- ") {
        true => list(lines, *indent),
        false => mapping(lines, *indent),
    }
}

fn list(mut lines: YamlLines<'_>, indent: usize) -> (serde_json::Value, YamlLines<'_>) {
    let mut items = Vec::new();
    while let Some((at, line)) = lines.first()
        && *at == indent
        && let Some(item) = line.strip_prefix("- ")
    {
        if item.starts_with('"') {
            items.push(serde_json::from_str(item).unwrap());
            lines = &lines[1..];
            continue;
        }
        let end = lines[1..].iter().position(|(at, _)| *at <= indent);
        let end = end.map_or(lines.len(), |end| end + 1);
        let mut own = vec![(indent + 2, item.to_owned())];
        own.extend(lines[1..end].iter().cloned());
        let (value, rest) = block(&own);
        assert!(rest.is_empty(), "{rest:?}");
        items.push(value);
        lines = &lines[end..];
    }
    (items.into(), lines)
}

fn mapping(mut lines: YamlLines<'_>, indent: usize) -> (serde_json::Value, YamlLines<'_>) {
    let mut map = serde_json::Map::new();
    while let Some((at, line)) = lines.first()
        && *at == indent
    {
        let (key, value) = line.split_once(':').unwrap();
        lines = &lines[1..];
        let value = match value.trim_start() {
            "" => {
                let (value, rest) = block(lines);
                lines = rest;
                value
            }
            quoted if quoted.starts_with('"') => serde_json::from_str(quoted).unwrap(),
            plain => {
                assert!(
                    plain.chars().all(|c| c.is_ascii_alphanumeric() || c == '.'),
                    "{plain}"
                );
                plain.into()
            }
        };
        assert!(map.insert(key.to_owned(), value).is_none(), "{key} twice");
    }
    (map.into(), lines)
}

/// The rules of the schema of version 1.2.0 that bind what is written: needed keys, known keys, no empty text.
fn assert_schema(text: &str) {
    let file = parse_yaml(text);
    let file = file.as_object().unwrap();
    for key in ["cff-version", "message", "title", "authors"] {
        assert!(file.contains_key(key), "no {key}: {text}");
    }
    let known = [
        "abstract",
        "authors",
        "cff-version",
        "date-released",
        "doi",
        "keywords",
        "license",
        "message",
        "preferred-citation",
        "references",
        "repository-code",
        "title",
        "type",
        "url",
        "version",
    ];
    for key in file.keys() {
        assert!(known.contains(&&**key), "unknown key {key}");
    }
    assert!(["software", "dataset"].contains(&file["type"].as_str().unwrap()));
    assert_authors(&file["authors"]);
    let references = file.get("references").and_then(|list| list.as_array());
    let references = references.into_iter().flatten();
    for reference in references.chain(file.get("preferred-citation")) {
        let reference = reference.as_object().unwrap();
        for key in ["authors", "title", "type"] {
            assert!(reference.contains_key(key), "no {key}");
        }
        let kind = reference["type"].as_str().unwrap();
        assert!(["article", "book", "data", "generic", "software", "website"].contains(&kind));
        let known = [
            "authors",
            "collection-title",
            "date-accessed",
            "doi",
            "end",
            "issue",
            "journal",
            "license",
            "notes",
            "publisher",
            "start",
            "title",
            "type",
            "url",
            "version",
            "volume",
            "year",
        ];
        for key in reference.keys() {
            assert!(known.contains(&&**key), "unknown key {key} of a reference");
        }
        assert_authors(&reference["authors"]);
    }
    assert_no_empty_text(&file.clone().into());
}

fn assert_authors(authors: &serde_json::Value) {
    let authors = authors.as_array().unwrap();
    assert!(!authors.is_empty());
    for author in authors {
        let keys: Vec<&str> = author
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        assert!(
            keys == ["name"] || keys == ["family-names", "given-names"],
            "{keys:?}"
        );
    }
}

fn assert_no_empty_text(value: &serde_json::Value) {
    match value {
        serde_json::Value::String(text) => assert!(!text.is_empty()),
        serde_json::Value::Array(items) => items.iter().for_each(assert_no_empty_text),
        serde_json::Value::Object(map) => map.values().for_each(assert_no_empty_text),
        _ => {}
    }
}

#[test]
fn every_file_is_as_the_schema_of_cff_wants_it() {
    let own = [plenary(), full(), hostile(), Work::new("", "")];
    let known = known_works().map(Work::to_cff);
    for file in known.chain(own.iter().map(Work::to_cff)) {
        assert_schema(&file);
    }
    let hostile = parse_yaml(&hostile().to_cff());
    assert_eq!(
        hostile["title"], "a} , evil = {b\" # $%&_~^\\ @book{x, - y: z",
        "the text is kept, on one line"
    );
}

#[test]
fn a_text_that_is_no_identifier_or_address_is_not_written_as_one() {
    for (doi, url, is_kept) in [
        ("10.7910/DVN/LEJUQZ", "https://example.org/a?b=c", true),
        ("doi:10.7910/DVN", "javascript:alert(1)", false),
        ("10.79/x", "https://", false),
        ("10.7910/ x", "https://a b", false),
    ] {
        let mut work = Work::new("a", "A");
        work.doi = Some(doi.to_owned());
        work.url = Some(url.to_owned());
        let file = parse_yaml(&work.to_cff());
        assert_eq!(file.get("doi").is_some(), is_kept, "{doi}");
        assert_eq!(file.get("url").is_some(), is_kept, "{url}");
    }
}

#[test]
fn several_works_are_written_once_each() {
    let works = [
        full(),
        Work::new("other", "Other"),
        Work::new("third", "Third"),
    ];
    let text = CitationStyle::Text.write(&works);
    assert_eq!(text.lines().count(), 3);
    let bibtex = CitationStyle::Bibtex.write(&works);
    assert_eq!(bibtex.matches("@misc{other,").count(), 1);
    let file = parse_yaml(&CitationStyle::Cff.write(&works));
    assert_eq!(file["references"].as_array().unwrap().len(), 2);
    assert_eq!(CitationStyle::Cff.write(&[]), "");
}

#[test]
fn a_source_is_cited_as_its_format_where_it_is_called_so() {
    let mut source = plenary_types::Source {
        title: "United Nations General Assembly Voting Data".to_owned(),
        retrieved: "2024-01-02".parse().ok(),
        ..plenary_types::Source::default()
    };
    let work = work_of_source(&source);
    assert_eq!((&*work.key, work.retrieved), ("voeten", source.retrieved));
    source.title = "My votes".to_owned();
    source.publisher = Some("Me".to_owned());
    assert_eq!(
        work_of_source(&source).to_text(),
        "Me. My votes [data set]. Retrieved 2024-01-02."
    );
}

#[test]
fn a_dataset_refers_to_its_sources_once_each_and_to_the_program() {
    let descriptor = serde_json::json!({
        "name": "of-club", "title": "Votes", "version": "2", "created": "2024-05-06T07:08:09Z",
        "contributors": [{"title": "The Club"}, {"title": " "}],
        "licenses": [{"name": "CC-BY-4.0"}],
        "sources": [
            {"title": "votes.csv (undl-ga-csv)"},
            {"title": "The Library", "publisher": "United Nations, Dag Hammarskjöld Library"},
            {"title": "A list", "path": "https://example.org", "retrieved": "2024-01-02"},
        ],
        "plenary": {"version": "0.0.9", "inputs": [{"name": "v", "format": "unvotes-csv"}, {"format": 7}]},
    });
    let work = Work::from_datapackage(&descriptor);
    assert_eq!(
        work.to_text(),
        "The Club (2024). Votes, version 2 [data set]. Licence: CC-BY-4.0."
    );
    let references: Vec<&str> = work.references.iter().map(|work| &*work.key).collect();
    assert_eq!(
        references,
        ["unvotes", "undl-ga-votes", "a-list", "plenary"]
    );
    assert_eq!(work.references[3].version.as_deref(), Some("0.0.9"));
    for nothing in [
        serde_json::json!(null),
        serde_json::json!([1]),
        serde_json::json!({"sources": {"a": 1}}),
    ] {
        assert_schema(&Work::from_datapackage(&nothing).to_cff());
    }
}

#[test]
fn a_result_refers_to_its_inputs_and_to_the_program() {
    let metadata = |json: serde_json::Value| json.as_object().unwrap().clone();
    let of_result = metadata(serde_json::json!({
        "made with": "plenary 0.1.0", "sources": "a (b).csv (voeten-csv); c.csv (no-format)", "votes": "whole texts only", "n": 3,
    }));
    let work = Work::from_result("agree.csv", &of_result).unwrap();
    assert_eq!(
        work.to_text(),
        "agree.csv. [computed with plenary 0.1.0 from a (b).csv (voeten-csv), c.csv (no-format); votes: whole texts only]"
    );
    let references: Vec<&str> = work.references.iter().map(|work| &*work.key).collect();
    assert_eq!(references, ["voeten", "plenary"]);
    assert_schema(&work.to_cff());
    for other in [
        serde_json::json!({}),
        serde_json::json!({"made with": "R 4.2"}),
        serde_json::json!({"made with": 1}),
    ] {
        assert_eq!(Work::from_result("a.csv", &metadata(other)), None);
    }
}

/// `PLENARY_BLESS=1 cargo test -p plenary-import --lib citation` writes `CITATION.cff` anew.
#[test]
fn the_file_of_the_repository_says_what_the_program_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../CITATION.cff");
    let Ok(written) = std::fs::read_to_string(&path) else {
        println!("no repository around this package: nothing to compare");
        return;
    };
    let expected = plenary().to_cff();
    if std::env::var_os("PLENARY_BLESS").is_some() {
        std::fs::write(path, expected).unwrap();
        return;
    }
    assert_eq!(
        written, expected,
        "CITATION.cff differs; PLENARY_BLESS=1 writes it anew"
    );
}
