//! The native document and dataset.

use plenary_import::{DatasetInfo, Options, read, read_bytes, write_dataset};
use plenary_types::{Field, Locus, Total};

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

#[test]
fn a_dataset_is_written_whole_and_reads_back_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let dataset = folder.path().join("votes");
    let import = read_bytes("x.json", DOCUMENT.as_bytes(), &Options::default()).unwrap();
    let agreements = || import.records().map(|record| record.agreement);
    let info = DatasetInfo {
        name: "votes".into(),
        ..DatasetInfo::default()
    };
    write_dataset(&dataset, &info, agreements()).unwrap();
    let back = read(&dataset, &Options::default()).unwrap();
    assert_eq!(back.summary().format, "plenary-dataset");
    let mut first = agreements().next().unwrap();
    first.id = first.derived_id();
    assert_eq!(back.record(0).unwrap().agreement, first);
    assert!(write_dataset(&dataset, &info, agreements()).is_err());
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 1);
}

/// The workspace's own dataset, where the test runs inside the workspace.
fn compact() -> Option<std::path::PathBuf> {
    let folder =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/global-compact");
    folder.join("decisions.csv").exists().then_some(folder)
}

#[test]
fn the_tables_of_the_compact_are_those_of_its_document() {
    let Some(folder) = compact() else { return };
    let import = read(&folder, &Options::default()).unwrap();
    assert_eq!(import.findings(), []);
    let (mut decisions, mut ballots, mut acts) = (Vec::new(), Vec::new(), Vec::new());
    plenary_import::write_tables(
        import.records().map(|r| r.agreement),
        &mut decisions,
        &mut ballots,
        &mut acts,
    )
    .unwrap();
    assert_eq!(
        acts.iter().filter(|byte| **byte == b'\n').count(),
        1,
        "no action"
    );
    for (name, table) in [("decisions.csv", decisions), ("ballots.csv", ballots)] {
        let kept = std::fs::read_to_string(folder.join(name)).unwrap();
        assert_eq!(
            kept,
            String::from_utf8(table).unwrap(),
            "write {name} anew with `plenary import`"
        );
    }
}
