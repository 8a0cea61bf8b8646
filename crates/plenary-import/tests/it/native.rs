//! The native document and dataset.

use std::path::Path;

use plenary_import::{Options, read, read_bytes};
use plenary_types::{Agreement, Field, Locus, Total};

const DOCUMENT: &str = r#"{
  "title": "A test",
  "symbols": ["A/RES/73/195"],
  "acts": [
    {"act": "decision",
     "date": "2018-12-19",
     "announced": {"yes": 2,
                   "no": 1},
     "ballots": {
       "yes": ["PER", "CHL"],
       "no": ["HUN"]}}
  ]
}
"#;

#[test]
fn the_origin_of_a_document_finds_lines_and_paths() {
    let import = read_bytes("x.json", DOCUMENT.as_bytes(), &Options::default()).unwrap();
    let record = import.record(0).unwrap();
    let place = |field| {
        let place = record.origin.place(Locus::of_act(0, field));
        (
            place.line.unwrap(),
            place.column.unwrap(),
            place.field.unwrap(),
        )
    };
    assert_eq!(place(Field::Date), (6, 6, "acts[0].date".into()));
    assert_eq!(
        place(Field::Announced(Total::No)),
        (8, 20, "acts[0].announced.no".into())
    );
    assert_eq!(
        place(Field::Choice(2)),
        (11, 15, "acts[0].ballots.no[0]".into())
    );
    assert_eq!(place(Field::Meeting).0, 5);
}

/// Writes a dataset of nothing but documents.
pub(crate) fn write_documents(folder: &Path, agreements: impl Iterator<Item = Agreement>) {
    let descriptor =
        r#"{"name": "votes", "resources": [{"name": "documents", "path": "agreements.jsonl"}]}"#;
    let lines = agreements.map(|mut agreement| {
        agreement.id = agreement.id.or_else(|| agreement.derived_id());
        serde_json::to_string(&agreement).unwrap() + "\n"
    });
    std::fs::create_dir(folder).unwrap();
    std::fs::write(folder.join("datapackage.json"), descriptor).unwrap();
    std::fs::write(folder.join("agreements.jsonl"), lines.collect::<String>()).unwrap();
}

#[test]
fn the_documents_of_a_dataset_read_back_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let dataset = folder.path().join("votes");
    let import = read_bytes("x.json", DOCUMENT.as_bytes(), &Options::default()).unwrap();
    let agreements = || import.records().map(|record| record.agreement);
    write_documents(&dataset, agreements());
    let back = read(&dataset, &Options::default()).unwrap();
    assert_eq!(back.summary().format, "plenary-dataset");
    let mut first = agreements().next().unwrap();
    first.id = first.derived_id();
    assert_eq!(back.record(0).unwrap().agreement, first);
}

#[test]
fn the_tables_of_the_compact_are_those_of_its_document() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/global-compact");
    // Only where the test runs inside the workspace.
    if folder.join("decisions.csv").exists() {
        let import = read(&folder, &Options::default()).unwrap();
        assert_eq!(import.findings(), []);
    }
}
