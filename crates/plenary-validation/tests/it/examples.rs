//! The example of each check fails, and mended it does not.

use std::sync::Arc;

use plenary_types::{Agreement, Finding, NoOrigin, Origin};
use plenary_validation::{Config, DatasetChecker, Example, Run, Validator, catalogue};

/// What the checks find in documents. That a decision cannot be decided is found in the example of `undecided` alone: a document
/// that shows another fault need not hold votes.
fn check_all(documents: &str, check: &str) -> Vec<Finding> {
    let documents: Vec<Agreement> = serde_json::from_str(documents)
        .or_else(|_| serde_json::from_str(documents).map(|one| vec![one]))
        .unwrap_or_else(|error| panic!("{error} in {documents}"));
    let validator = Validator::new(Config::default());
    let mut dataset = DatasetChecker::new(&validator);
    let mut findings = Vec::new();
    let origin: Arc<dyn Origin> = Arc::new(NoOrigin);
    for agreement in &documents {
        findings.extend(validator.check(agreement, &NoOrigin));
        dataset.add(agreement, &origin);
    }
    findings.extend(validator.undecided());
    findings.extend(dataset.finish());
    findings.retain(|finding| finding.check == check || finding.check != "undecided");
    findings
}

/// Faults that are found from two sides: a check, and what else its example cannot but show.
const COMPANIONS: [(&str, &str); 7] = [
    ("missing-member", "member-count"),
    ("filtered-members", "missing-member"),
    ("filtered-members", "member-count"),
    ("filtered-members", "truncated-roll"),
    ("truncated-roll", "missing-member"),
    ("truncated-roll", "member-count"),
    ("day-month-exchanged", "treaty-action-order"),
];

#[test]
fn the_example_of_every_check_is_caught_by_it_alone_and_mended_nothing_is_found() {
    for check in catalogue() {
        let Example::Native { fails, mended } = check.example else {
            continue;
        };
        let found = check_all(fails, check.name);
        assert!(
            found.iter().any(|finding| finding.check == check.name),
            "{} is silent about its own example",
            check.name
        );
        for other in found.iter().filter(|finding| finding.check != check.name) {
            assert!(
                COMPANIONS.contains(&(check.name, &other.check)),
                "{}: {other:#?}",
                check.name
            );
        }
        let rest = check_all(mended, check.name);
        assert!(rest.is_empty(), "{} mended: {rest:#?}", check.name);
    }
}

#[test]
fn checks_of_records_show_documents_in_their_example() {
    for check in catalogue() {
        if matches!(check.run, Run::Record(_) | Run::Decision(_)) {
            assert!(
                matches!(check.example, Example::Native { .. }),
                "{}",
                check.name
            );
        }
    }
}

#[test]
fn names_are_in_kebab_case_and_unique_and_summaries_are_lines() {
    let mut names: Vec<_> = catalogue().iter().map(|check| check.name).collect();
    for check in catalogue() {
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
    assert_eq!(names.len(), catalogue().len());
}

/// The pages in `docs/checks/` are made from the code: `PLENARY_BLESS=1 cargo test -p plenary-validation pages` writes them.
#[test]
fn the_pages_in_docs_are_those_of_the_code() {
    let docs = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    if !docs.is_dir() {
        println!("no docs beside this package: nothing to compare");
        return;
    }
    let folder = docs.join("checks");
    let mut pages: Vec<(String, String)> = catalogue()
        .iter()
        .map(|check| {
            (
                format!("{}.md", check.name),
                plenary_validation::page(check),
            )
        })
        .collect();
    pages.push(("README.md".into(), plenary_validation::index_page()));
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
fn the_example_in_the_guide_for_contributors_is_the_one_that_compiles() {
    let guide = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../CONTRIBUTING.md");
    let Ok(guide) = std::fs::read_to_string(guide) else {
        println!("no guide beside this package: nothing to compare");
        return;
    };
    let example = include_str!("../../examples/add_a_check.rs");
    assert!(
        guide.contains(example),
        "CONTRIBUTING.md shows another example than examples/add_a_check.rs"
    );
}
