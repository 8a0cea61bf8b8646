//! The example of each check fails, and mended it does not.

use std::sync::Arc;

use plenary_types::{Agreement, Finding, NoOrigin, Origin};
use plenary_validation::{Config, DatasetChecker, Example, Run, Validator, catalogue};

fn check_all(documents: &str) -> Vec<Finding> {
    let documents: Vec<Agreement> = serde_json::from_str(documents)
        .or_else(|_| serde_json::from_str(documents).map(|one| vec![one]))
        .unwrap_or_else(|error| panic!("{error} in {documents}"));
    let validator = Validator::new(Config::default());
    let mut dataset = DatasetChecker::new(validator.config());
    let mut findings = Vec::new();
    let origin: Arc<dyn Origin> = Arc::new(NoOrigin);
    for agreement in &documents {
        findings.extend(validator.check(agreement, &NoOrigin));
        dataset.add(agreement, &origin);
    }
    findings.extend(dataset.finish());
    findings
}

#[test]
fn the_example_of_every_check_fails_and_mended_it_is_silent() {
    for check in catalogue() {
        let Example::Native { fails, mended } = check.example else {
            continue;
        };
        let fires = |documents| {
            check_all(documents)
                .iter()
                .any(|finding| finding.check == check.name)
        };
        assert!(
            fires(fails),
            "{} is silent about its own example",
            check.name
        );
        assert!(!fires(mended), "{} fires on its mended example", check.name);
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
