//! The examples on the pages of the checks are files that a user could run: they fail, and mended they do not.

use std::collections::BTreeSet;

use plenary::catalogue;
use plenary::types::{Finding, Subject};
use plenary::validation::{Check, Config, Example, Run, Validator, files_of, index_page, page};

use plenary_testing::missing_subjects;

use crate::source_errors::findings;

/// Examples that would fill pages: excerpts, whose faults other tests inject into whole tables.
const EXCERPTS: [&str; 5] = [
    "participation-drop",
    "row-limit",
    // The file that is named of several, and not their folder, is read with those beside it.
    "row-without-match",
    "session-outlier",
    "votes-exchanged",
];

fn found_by(check: &Check, example: &'static str) -> bool {
    !all_found_by(check, example).is_empty()
}

fn all_found_by(check: &Check, example: &'static str) -> Vec<Finding> {
    let files: Vec<_> = files_of(example).collect();
    assert!(!files.is_empty(), "{} shows no file", check.name);
    if let Run::Configuration = check.run {
        let config = Config::from_toml(files[0].1).unwrap();
        return Validator::new(config).idle_waivers();
    }
    let files = files
        .iter()
        .map(|(name, text)| (*name, format!("{text}\n")));
    let mut found = findings(&files.collect());
    // What a reader found is the text of a cell: whom it names is data all the same.
    for finding in &found {
        let mut missing = missing_subjects(finding);
        missing.retain(|subject| matches!(subject, Subject::Participant(_)));
        assert_eq!(missing, [], "{finding:#?}");
    }
    found.retain(|finding| finding.check == check.name);
    found
}

#[test]
fn the_waiver_on_the_page_of_a_reader_s_check_names_a_line_where_its_findings_have_one() {
    for check in catalogue().checks() {
        let (Run::Reader, Example::Text { fails, .. }) = (check.run, check.example) else {
            continue;
        };
        let named = page(check).contains("\nline = 1\n");
        for finding in all_found_by_files(check, fails) {
            assert_eq!(finding.place.line.is_some(), named, "{finding:#?}");
        }
    }
}

/// None for an excerpt.
fn all_found_by_files(check: &Check, example: &'static str) -> Vec<Finding> {
    match files_of(example).next() {
        Some(_) => all_found_by(check, example),
        None => Vec::new(),
    }
}

#[test]
fn every_example_of_files_fails_by_its_check_and_mended_it_does_not() {
    let mut excerpts = BTreeSet::new();
    for check in catalogue().checks() {
        let Example::Text { fails, mended } = check.example else {
            continue;
        };
        if files_of(fails).next().is_none() {
            excerpts.insert(check.name);
            continue;
        }
        assert!(
            found_by(check, fails),
            "{} is silent about its example",
            check.name
        );
        assert!(
            !found_by(check, mended),
            "{} finds fault with it mended",
            check.name
        );
    }
    assert_eq!(excerpts, BTreeSet::from(EXCERPTS));
}

#[test]
fn names_are_in_kebab_case_and_unique_and_summaries_are_lines() {
    let mut names: Vec<_> = catalogue()
        .checks()
        .iter()
        .map(|check| check.name)
        .collect();
    for check in catalogue().checks() {
        assert!(
            check
                .name
                .chars()
                .all(|c| c.is_ascii_lowercase() || c == '-'),
            "{}",
            check.name
        );
        assert!(
            !check.summary.ends_with('.') && !check.summary.contains('\n'),
            "{}",
            check.name
        );
        assert!(
            !check.sources.is_empty() && check.why.len() > 80,
            "{}",
            check.name
        );
    }
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), catalogue().checks().len());
}

/// The pages in `docs/checks/` are made from the code: `PLENARY_BLESS=1 cargo test -p plenary pages` writes them.
#[test]
fn the_pages_in_docs_are_those_of_the_code() {
    let docs = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    if !docs.is_dir() {
        println!("no docs beside this package: nothing to compare");
        return;
    }
    let folder = docs.join("checks");
    let mut pages: Vec<(String, String)> = catalogue()
        .checks()
        .iter()
        .map(|check| (format!("{}.md", check.name), page(check)))
        .collect();
    pages.push(("README.md".into(), index_page(catalogue())));
    if std::env::var_os("PLENARY_BLESS").is_some() {
        std::fs::create_dir_all(&folder).unwrap();
        for (name, page) in &pages {
            std::fs::write(folder.join(name), page).unwrap();
        }
    }
    for (name, page) in &pages {
        let written = std::fs::read_to_string(folder.join(name)).unwrap_or_default();
        assert_eq!(
            &written, page,
            "docs/checks/{name} differs; PLENARY_BLESS=1 writes it anew"
        );
    }
    let there = std::fs::read_dir(&folder).unwrap().count();
    assert_eq!(
        there,
        pages.len(),
        "docs/checks holds pages of checks that are gone"
    );
}

#[test]
fn the_examples_in_the_guide_for_contributors_are_those_that_compile() {
    let guide = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../CONTRIBUTING.md");
    let Ok(guide) = std::fs::read_to_string(guide) else {
        println!("no guide beside this package: nothing to compare");
        return;
    };
    for example in [
        include_str!("../../../plenary-validation/examples/add_a_check.rs"),
        include_str!("../../../plenary-analysis/examples/add_a_measure.rs"),
    ] {
        assert!(
            guide.contains(example),
            "CONTRIBUTING.md shows another example than {example}"
        );
    }
}
