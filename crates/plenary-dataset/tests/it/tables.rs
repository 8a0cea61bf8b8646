//! The tables that are derived from agreements: they fit their schemas, and say what the records say.

use std::collections::{BTreeMap, BTreeSet};

use plenary_analysis::table::{Cell, Table, Values};
use plenary_dataset::{
    ColumnKind, DatasetTable, TABLES, TableSchema, ballots_table, dataset_tables, decision_rows,
    decisions_table,
};
use plenary_testing::{Context, agreements, cases, elections, treaties};
use plenary_types::Agreement;
use plenary_validation::Validator;
use proptest::prelude::*;

/// The values of columns of a table, row by row; nothing for a row that lacks one.
fn keys(table: &Table, columns: &[&str]) -> Vec<Option<Vec<String>>> {
    let named = |name: &&str| {
        let mut columns = table.columns().iter();
        columns.find(|column| column.name() == *name).unwrap()
    };
    let columns: Vec<_> = columns.iter().map(named).collect();
    let key = |row| {
        let cells = columns.iter().map(|column| match column.cell(row) {
            Cell::Missing => None,
            cell => Some(cell.to_string()),
        });
        cells.collect()
    };
    (0..table.len()).map(key).collect()
}

fn rows_of<'t>(tables: &'t [DatasetTable], name: &str) -> &'t Table {
    &tables.iter().find(|t| t.schema.name == name).unwrap().table
}

/// Whether tables have the columns, the keys and the values that their schemas promise.
fn fit(tables: &[DatasetTable]) {
    let names: Vec<_> = tables.iter().map(|table| table.schema.name).collect();
    assert!(names.iter().eq(TABLES.iter().map(|schema| &schema.name)));
    for DatasetTable { schema, table, .. } in tables {
        let mut left = table.columns().iter().peekable();
        for column in schema.columns {
            let Some(found) = left.next_if(|found| found.name() == column.name) else {
                assert!(
                    column.is_occasional,
                    "{} lacks {}",
                    schema.name, column.name
                );
                continue;
            };
            let kind = match found.values() {
                Values::Integers(_) => ColumnKind::Integer,
                Values::Labels(..) => ColumnKind::Text,
                Values::Dates(_) => ColumnKind::Date,
                Values::Flags(_) => ColumnKind::Flag,
                _ => panic!("{} of {} is of no kind", column.name, schema.name),
            };
            assert_eq!(kind, column.kind, "{} of {}", column.name, schema.name);
            let missing = (0..table.len()).find(|row| found.cell(*row) == Cell::Missing);
            assert!(
                column.is_nullable || missing.is_none(),
                "{} of {} is missing",
                column.name,
                schema.name
            );
        }
        assert!(left.next().is_none(), "{} has more columns", schema.name);
        if !schema.primary_key.is_empty() {
            let keys = keys(table, schema.primary_key);
            let different: BTreeSet<_> = keys.iter().collect();
            assert_eq!(different.len(), keys.len(), "the key of {}", schema.name);
            assert!(!different.contains(&None), "the key of {}", schema.name);
        }
        for key in schema.foreign_keys {
            let other = TableSchema::named(key.table).unwrap();
            assert_eq!(other.primary_key, key.columns);
            let known: BTreeSet<_> = keys(rows_of(tables, key.table), key.columns)
                .into_iter()
                .collect();
            for found in keys(table, key.columns) {
                assert!(
                    found.is_none() || known.contains(&found),
                    "{found:?} of {} is not in {}",
                    schema.name,
                    key.table
                );
            }
        }
    }
}

#[test]
fn every_column_of_every_table_is_described() {
    for schema in TABLES {
        assert!(TableSchema::named(schema.name).is_some_and(|found| std::ptr::eq(found, schema)));
        let names: BTreeSet<_> = schema.columns.iter().map(|column| column.name).collect();
        assert_eq!(names.len(), schema.columns.len(), "{}", schema.name);
        for column in schema.columns {
            assert!(
                column.description.len() > 6,
                "{}.{}",
                schema.name,
                column.name
            );
            let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            assert!(column.name.chars().all(is_plain), "{}", column.name);
        }
    }
}

fn compact() -> Agreement {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../fixtures/global-compact/agreements/a-res-73-195.json"
    );
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn the_tables_of_the_compact_say_what_its_document_says() {
    let tables = dataset_tables(&[compact()], &Validator::default());
    fit(&tables);
    let decisions = rows_of(&tables, "decisions");
    let found = keys(decisions, &["act", "counted_yes", "verdict", "body"]);
    let endorsement = found.iter().flatten().find(|row| row[1] == "152").unwrap();
    assert_eq!(endorsement[2..], ["adopted", "unga"]);
    let ballots = rows_of(&tables, "ballots");
    assert_eq!(ballots.len(), 193);
    assert!(rows_of(&tables, "memberships").len() > 193);
    assert!(rows_of(&tables, "rules").len() > 2);
    assert_eq!(rows_of(&tables, "agreements").len(), 1);
}

#[test]
fn rows_of_ballots_are_ordered_by_participant_and_keep_marks() {
    let agreement: Agreement = serde_json::from_str(
        r#"{"acts": [{"act": "decision", "ballots": {"yes": ["PER", "CHL", "PER"], "no": ["HUN"], "printed": [
            {"name": "Atlantis", "choice": "no"}, {"state": "FRA", "name": "FRANCE", "choice": "yes", "intended-later": "abstain"},
            {"participant": "person:x", "choice": "abstain", "mark": "paired"}]}}]}"#,
    )
    .unwrap();
    let table = ballots_table([(7, &agreement)]);
    let all = |name: &str| -> Vec<String> {
        let mut columns = table.columns().iter();
        let column = columns.find(|column| column.name() == name).unwrap();
        (0..table.len())
            .map(|row| column.cell(row).to_string())
            .collect()
    };
    assert_eq!(all("record"), ["7"; 7]);
    assert_eq!(
        all("participant"),
        ["CHL", "FRA", "HUN", "PER", "PER", "person:x", ""]
    );
    assert_eq!(all("name"), ["", "FRANCE", "", "", "", "", "Atlantis"]);
    assert_eq!(
        all("choice"),
        ["yes", "yes", "no", "yes", "yes", "abstain", "no"]
    );
    assert_eq!(all("mark"), ["", "", "", "", "", "paired", ""]);
    assert_eq!(all("intended"), ["", "abstain", "", "", "", "", ""]);
}

#[test]
fn a_date_that_is_not_a_day_stands_as_text_and_span() {
    let decision = |date: &str| {
        let text =
            format!(r#"{{"acts": [{{"act": "decision", "body": "unga", "date": "{date}"}}]}}"#);
        let agreement: Agreement = serde_json::from_str(&text).unwrap();
        let table = decisions_table(&decision_rows(1, &agreement, &Validator::default()));
        let columns = ["date", "date_text", "date_from", "date_to", "year"];
        let cells = columns.map(|name| {
            let mut all = table.columns().iter();
            all.find(|column| column.name() == name)
                .unwrap()
                .cell(0)
                .to_string()
        });
        cells.join(" ")
    };
    assert_eq!(decision("2018-12-19"), "2018-12-19    2018");
    assert_eq!(decision("2018-12"), " 2018-12 2018-12-01 2018-12-31 2018");
    assert_eq!(decision("2018/2019"), " 2018/2019 2018-01-01 2019-12-31 ");
    assert_eq!(decision("/1907"), " /1907  1907-12-31 ");
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn the_tables_of_any_records_fit_their_schemas(
        votes in proptest::collection::vec(agreements(&Context::assembly()), 0..4),
        councils in proptest::collection::vec(agreements(&Context::council()), 0..3),
        treaty in treaties(&Context::assembly()),
        election in elections(&Context::council()),
    ) {
        let mut all = votes;
        all.extend(councils);
        all.extend([treaty, election]);
        let tables = dataset_tables(&all, &Validator::default());
        fit(&tables);
        let lists = all.iter().flat_map(Agreement::decisions);
        let ballots: usize = lists.filter_map(|(_, d)| Some(d.ballots.as_ref()?.len())).sum();
        prop_assert_eq!(rows_of(&tables, "ballots").len(), ballots);
        prop_assert_eq!(rows_of(&tables, "agreements").len(), all.len());
    }

    /// The same choices by the slow way: each decision asked for each participant.
    #[test]
    fn the_rows_of_ballots_are_those_of_the_lists(votes in proptest::collection::vec(agreements(&Context::assembly()), 1..4)) {
        let table = ballots_table((1..).zip(&votes));
        let mut found: BTreeMap<Vec<String>, u32> = BTreeMap::new();
        for row in 0..table.len() {
            let cells = table.columns().iter().take(5).map(|column| column.cell(row).to_string());
            *found.entry(cells.collect()).or_default() += 1;
        }
        let mut expected: BTreeMap<Vec<String>, u32> = BTreeMap::new();
        for (record, agreement) in (1..).zip(&votes) {
            for (act, decision) in agreement.decisions() {
                for ballot in decision.ballots.iter().flat_map(|list| list.iter()) {
                    let entry = ballot.entry;
                    let printed = entry.name.as_deref().or(entry.code.as_deref());
                    let row = [
                        i32::to_string(&record),
                        act.to_string(),
                        entry.who.map(|who| who.to_string()).unwrap_or_default(),
                        printed.unwrap_or_default().to_owned(),
                        ballot.choice.as_str().to_owned(),
                    ];
                    *expected.entry(row.to_vec()).or_default() += 1;
                }
            }
        }
        prop_assert_eq!(found, expected);
    }
}
