//! Whether tables of a dataset that nothing vouches for are those of its documents.

use std::fs;
use std::path::Path;

use plenary_import::ReaderCheck;
use plenary_types::{Agreement, Finding, Place};
use plenary_validation::Validator;
use serde_json::Value;

use crate::schema::{TABLES, TableSchema};
use crate::tables::{DatasetTable, dataset_tables};

/// The columns that follow from reference data or a classifier too, and so from the version of this crate.
const JUDGED: [&str; 7] = [
    "issue",
    "issue_basis",
    "rule",
    "rule_id",
    "rule_assumed",
    "verdict",
    "reason",
];
/// The tables that follow from the documents alone.
const OF_DOCUMENTS: [&str; 7] = [
    "agreements",
    "decisions",
    "ballots",
    "acts",
    "statements",
    "sponsors",
    "relations",
];

/// Compares the CSV tables of a dataset with its documents, where the descriptor does not record of which documents they were made: the
/// first row of each that differs. A table that says so is known by its hash, and is not read.
#[must_use]
pub fn compare_tables(
    folder: &Path,
    agreements: impl IntoIterator<Item = Agreement>,
) -> Vec<Finding> {
    let unknown = unknown_tables(folder);
    if unknown.is_empty() {
        return Vec::new();
    }
    let agreements: Vec<Agreement> = agreements.into_iter().collect();
    let tables = dataset_tables(&agreements, &Validator::default());
    let compare = |(schema, file): (&TableSchema, String)| {
        let path = folder.join(file);
        let table = tables
            .iter()
            .find(|table| table.schema.name == schema.name)?;
        let (line, what) = first_difference(&path, table)?;
        let place = Place::new(path.display().to_string()).with_line(line);
        let finding = ReaderCheck::TablesDisagree.finding(what, place);
        Some(finding.with_help("write the dataset again from its documents"))
    };
    unknown.into_iter().filter_map(compare).collect()
}

/// The tables of which the descriptor does not record of which documents they were made, each with its file.
fn unknown_tables(folder: &Path) -> Vec<(&'static TableSchema, String)> {
    let text = fs::read(folder.join(crate::layout::DESCRIPTOR));
    let descriptor = text
        .ok()
        .and_then(|text| serde_json::from_slice::<Value>(&text).ok());
    let resources = descriptor
        .as_ref()
        .and_then(|all| all.get("resources")?.as_array());
    let unknown = resources.into_iter().flatten().filter_map(|resource| {
        let text = |key: &str| resource.get(key).and_then(Value::as_str);
        let (name, path) = (text("name")?, text("path")?);
        let schema = TABLES.iter().find(|schema| schema.name == name)?;
        let is_plain = path == format!("{name}.csv") && OF_DOCUMENTS.contains(&name);
        let is_unknown = is_plain && text("derivedFrom").is_none();
        is_unknown.then(|| (*schema, path.to_owned()))
    });
    unknown.collect()
}

/// The first line of a file that is not that of a table; nothing where it is another table.
fn first_difference(
    path: &Path,
    DatasetTable { table, .. }: &DatasetTable,
) -> Option<(u64, &'static str)> {
    let mut rows = csv::ReaderBuilder::new()
        .flexible(true)
        .from_path(path)
        .ok()?;
    let names = table.columns().iter().map(|column| column.name());
    if !names.eq(rows.headers().ok()?.iter()) {
        return None;
    }
    let mut row = csv::StringRecord::new();
    for place in 0..table.len() {
        match rows.read_record(&mut row) {
            Ok(true) => {}
            Ok(false) => {
                return Some((
                    rows.position().line(),
                    "the table ends before the documents do",
                ));
            }
            Err(_) => return Some((rows.position().line(), "the row cannot be read")),
        }
        let alike = table
            .columns()
            .iter()
            .zip(row.iter())
            .all(|(column, found)| {
                JUDGED.contains(&column.name()) || column.cell(place).to_string() == found
            });
        if !alike || row.len() != table.columns().len() {
            let line = row.position().map_or(0, csv::Position::line);
            return Some((line, "the row is not the one of the documents"));
        }
    }
    match rows.read_record(&mut row) {
        Ok(false) => None,
        _ => Some((
            row.position().map_or(0, csv::Position::line),
            "the table has rows that the documents do not have",
        )),
    }
}
