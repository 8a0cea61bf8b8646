//! Datasets on disk: whole or absent, verified, and the same when they are read and written again.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use plenary_dataset::{
    DatasetInfo, DatasetTable, Edition, TABLES, WriteSettings, WrittenDataset, dataset_tables,
    write_dataset,
};
use plenary_import::{Options, read};
use plenary_testing::{Context, agreements, cases, treaties};
use plenary_types::Agreement;
use plenary_validation::Validator;
use proptest::prelude::*;
use rusqlite::Connection;
use serde_json::Value;

pub(crate) fn compact() -> Agreement {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../fixtures/global-compact/agreements/a-res-73-195.json"
    );
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn write(folder: &Path, edition: Edition, all: &[Agreement]) -> WrittenDataset {
    let info = DatasetInfo {
        name: "test".to_owned(),
        ..DatasetInfo::default()
    };
    let settings = WriteSettings::default().with_edition(edition);
    let validator = Validator::default();
    let at = |place: usize| all.get(place).cloned();
    write_dataset(folder, &info, settings, &validator, all.len(), at).unwrap()
}

fn read_back(folder: &Path) -> Vec<Agreement> {
    let import = read(folder, &Options::default()).unwrap();
    assert_eq!(import.findings(), []);
    import.records().map(|record| record.agreement).collect()
}

/// The bytes of every file of a folder.
fn bytes(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(folder).unwrap().map(|entry| {
        let entry = entry.unwrap();
        let name = entry.file_name().to_string_lossy().into_owned();
        (name, fs::read(entry.path()).unwrap())
    });
    files.collect()
}

fn descriptor(folder: &Path) -> Value {
    let text = fs::read_to_string(folder.join("datapackage.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// Whether records that are written, read and written again come to the same files.
fn comes_round(edition: Edition, all: &[Agreement]) {
    let folder = tempfile::tempdir().unwrap();
    let [one, two] = ["one", "two"].map(|name| folder.path().join(name));
    let written = write(&one, edition, all);
    assert_eq!(written.records as usize, all.len());
    let back = read_back(&one);
    let expected = all.iter().cloned().map(|mut agreement| {
        agreement.id = agreement.id.or_else(|| agreement.derived_id());
        agreement
    });
    assert_eq!(back, expected.collect::<Vec<_>>());
    assert_eq!(write(&two, edition, &back), written);
    let (one, two) = (bytes(&one), bytes(&two));
    assert!(one.keys().eq(two.keys()));
    for (name, bytes) in one {
        assert!(
            two.get(&name) == Some(&bytes),
            "{name} of {edition} differs"
        );
    }
}

#[test]
fn the_compact_comes_round_in_every_edition() {
    for edition in Edition::ALL {
        comes_round(*edition, &[compact()]);
    }
}

proptest! {
    #![proptest_config(cases(8))]

    #[test]
    fn any_records_come_round(
        votes in proptest::collection::vec(agreements(&Context::assembly()), 1..3),
        treaty in treaties(&Context::assembly()),
    ) {
        let mut all = votes;
        all.push(treaty);
        for edition in Edition::ALL {
            comes_round(*edition, &all);
        }
    }
}

#[test]
fn a_file_that_is_cut_or_edited_or_lost_is_found_whichever_it_is() {
    for edition in Edition::ALL {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ds");
        write(&path, *edition, &[compact()]);
        let changed = || {
            let import = read(&path, &Options::default());
            let import = import.map_err(|error| error.to_string());
            import.map(|import| {
                let found = import.findings().iter();
                found
                    .map(|f| (f.check.to_string(), f.place.path.clone()))
                    .collect::<Vec<_>>()
            })
        };
        assert_eq!(changed(), Ok(Vec::new()));
        let files = bytes(&path);
        assert!(files.len() > 4, "{edition}");
        for (name, bytes) in files.iter().filter(|(name, _)| *name != "datapackage.json") {
            let file = path.join(name);
            let mut edited = bytes.clone();
            edited[bytes.len() / 2] ^= 1;
            for other in [&bytes[..bytes.len() - 1], &edited] {
                fs::write(&file, other).unwrap();
                match changed() {
                    // Documents that cannot be read at all.
                    Err(told) => assert!(told.contains(name.as_str()), "{name}: {told}"),
                    Ok(found) => {
                        let [(check, place)] = &found[..] else {
                            panic!("{name}: {found:?}")
                        };
                        assert_eq!(check, "resource-changed");
                        assert!(place.as_ref().unwrap().ends_with(name.as_str()));
                    }
                }
            }
            if !name.starts_with("agreements.jsonl") {
                fs::remove_file(&file).unwrap();
                let found = changed().unwrap();
                assert_eq!(found.len(), 1, "{name}: {found:?}");
            }
            fs::write(&file, bytes).unwrap();
        }
    }
}

#[test]
fn a_table_of_other_documents_disagrees() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ds");
    write(&path, Edition::Csv, &[compact()]);
    let mut package = descriptor(&path);
    for resource in package["resources"].as_array_mut().unwrap() {
        if resource["name"] == "ballots" {
            let other = format!("sha256:{}", "0".repeat(64));
            resource["derivedFrom"] = other.into();
        }
    }
    fs::write(path.join("datapackage.json"), package.to_string()).unwrap();
    let import = read(&path, &Options::default()).unwrap();
    let [finding] = import.findings() else {
        panic!("{:?}", import.findings())
    };
    assert_eq!(finding.check, "tables-disagree");
    assert!(
        finding
            .place
            .path
            .as_ref()
            .unwrap()
            .ends_with("ballots.csv")
    );
}

#[test]
fn the_descriptor_describes_every_file_and_every_column() {
    for edition in Edition::ALL {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ds");
        write(&path, *edition, &[compact()]);
        let package = descriptor(&path);
        let resources = package["resources"].as_array().unwrap();
        let paths: Vec<_> = resources
            .iter()
            .map(|r| r["path"].as_str().unwrap())
            .collect();
        for (name, bytes) in bytes(&path) {
            let place = paths.iter().position(|path| *path == name);
            let Some(place) = place else {
                assert_eq!(name, "datapackage.json");
                continue;
            };
            let resource = &resources[place];
            let recorded = resource["bytes"].as_u64().or(resource["size"].as_u64());
            assert_eq!(recorded, Some(bytes.len() as u64), "{name}");
        }
        let of_database = resources
            .iter()
            .filter_map(|r| r["tables"].as_array())
            .flatten();
        let tables = resources
            .iter()
            .filter(|r| r["type"] == "table")
            .chain(of_database);
        let tables: BTreeMap<_, _> = tables.map(|t| (t["name"].as_str().unwrap(), t)).collect();
        assert_eq!(tables.len(), TABLES.len(), "{edition}");
        for schema in TABLES {
            let fields = tables[schema.name]["schema"]["fields"].as_array().unwrap();
            for field in fields {
                let mut columns = schema.columns.iter();
                let column = columns.find(|column| field["name"] == column.name).unwrap();
                assert_eq!(field["description"], column.description);
                assert_eq!(field["type"], column.kind.as_str());
            }
        }
    }
}

/// A row of a table as text, value by value.
fn texts(DatasetTable { table, .. }: &DatasetTable) -> Vec<Vec<String>> {
    let row = |row| {
        let cells = table
            .columns()
            .iter()
            .map(|column| column.cell(row).to_string());
        cells.collect()
    };
    (0..table.len()).map(row).collect()
}

#[test]
fn the_csv_edition_holds_the_tables() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ds");
    let mut first = compact();
    first.title = "A \"title\", with\nlines".to_owned();
    write(&path, Edition::Csv, &[first.clone()]);
    for table in dataset_tables(&read_back(&path), &Validator::default()) {
        let file = path.join(format!("{}.csv", table.schema.name));
        let mut rows = csv::Reader::from_path(file).unwrap();
        let found = rows.records().map(|row| {
            let row = row.unwrap();
            row.iter().map(str::to_owned).collect::<Vec<_>>()
        });
        assert_eq!(
            found.collect::<Vec<_>>(),
            texts(&table),
            "{}",
            table.schema.name
        );
    }
}

#[test]
fn the_database_holds_the_tables_its_keys_hold_and_its_views_join_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ds");
    write(&path, Edition::Sqlite, &[compact()]);
    let database = Connection::open(path.join("test.sqlite")).unwrap();
    for table in dataset_tables(&read_back(&path), &Validator::default()) {
        let count = format!("SELECT count(*) FROM \"{}\"", table.schema.name);
        let rows: i64 = database.query_row(&count, [], |row| row.get(0)).unwrap();
        assert_eq!(rows, table.table.len() as i64, "{}", table.schema.name);
    }
    let mut broken = database.prepare("PRAGMA foreign_key_check").unwrap();
    assert!(!broken.exists([]).unwrap());
    let keys: i64 = database
        .query_row(
            "SELECT count(*) FROM pragma_foreign_key_list('ballots')",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(keys, 3, "two columns of one key, and one of another");
    let found: (String, String, String) = database
        .query_row(
            "SELECT name, choice, verdict FROM votes WHERE participant = 'CZE' AND counted_yes = 152",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .unwrap();
    assert_eq!(
        found,
        ("Czechia".to_owned(), "no".to_owned(), "adopted".to_owned())
    );
    let integrity: String = database
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(integrity, "ok");
}

#[test]
fn a_folder_that_holds_anything_else_is_not_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ds");
    write(&path, Edition::Csv, &[compact()]);
    let again = |replaces: bool| {
        let mut settings = WriteSettings::default();
        settings.replaces = replaces;
        let (info, validator) = (DatasetInfo::default(), Validator::default());
        let written = write_dataset(&path, &info, settings, &validator, 1, |_| Some(compact()));
        written.map_err(|error| error.to_string())
    };
    assert!(again(false).unwrap_err().contains("not empty"));
    fs::write(path.join("notes.txt"), "mine").unwrap();
    assert!(again(true).unwrap_err().contains("notes.txt"));
    fs::remove_file(path.join("notes.txt")).unwrap();
    again(true).unwrap();
    assert!(!path.join("ballots.csv").exists() && path.join("ballots.parquet").is_file());
    read_back(&path);
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 1);
}
