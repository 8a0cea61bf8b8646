//! `docs/source-errors.md` lists the classes of error and what finds them; every row has its example.

use std::collections::{BTreeMap, BTreeSet};

use plenary::catalogue;

use super::cases::{cases, no_errors};

/// The rows of the table: class, names of checks.
fn table() -> Option<BTreeMap<String, BTreeSet<String>>> {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/source-errors.md");
    let Ok(page) = std::fs::read_to_string(page) else {
        println!("no docs beside this package: nothing to compare");
        return None;
    };
    let lines = page.lines().filter(|line| line.starts_with("| "));
    let row = |line: &str| {
        let cells: Vec<_> = line.split(" | ").collect();
        let class = cells[0].trim_start_matches("| ").trim().to_owned();
        let found_by = cells.last().unwrap();
        let names = found_by.split('`').skip(1).step_by(2);
        let checks = names.filter(|name| catalogue().find(name).is_some());
        (class, checks.map(ToOwned::to_owned).collect())
    };
    Some(lines.skip(1).map(row).collect())
}

#[test]
fn every_class_has_an_example_and_every_example_its_class() {
    let Some(table) = table() else { return };
    let mut shown: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for case in cases() {
        let checks = case.finds.iter().map(|(check, ..)| (*check).to_owned());
        shown
            .entry(case.class.to_owned())
            .or_default()
            .extend(checks);
    }
    for (class, _) in no_errors() {
        shown.entry(class.to_owned()).or_default();
    }
    for (class, checks) in &shown {
        let told = table
            .get(class)
            .unwrap_or_else(|| panic!("the table lacks {class}"));
        assert!(checks.is_subset(told), "{class}: {checks:?}, told {told:?}");
    }
    for class in table.keys() {
        assert!(shown.contains_key(class), "{class} has no example");
    }
}
