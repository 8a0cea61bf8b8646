//! The example of each check fails, and mended it does not.

use std::sync::Arc;

use plenary_testing::missing_subjects;
use plenary_types::{Agreement, Finding, NoOrigin, Origin};
use plenary_validation::{Catalogue, Config, DatasetChecker, Example, Run, Validator};

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
    for check in Catalogue::default().checks() {
        let Example::Native { fails, mended } = check.example else {
            continue;
        };
        let found = check_all(fails, check.name);
        assert!(
            found.iter().any(|finding| finding.check == check.name),
            "{} is silent about its own example",
            check.name
        );
        for finding in &found {
            assert_eq!(missing_subjects(finding), [], "{finding:#?}");
        }
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
    for check in Catalogue::default().checks() {
        if matches!(check.run, Run::Record(_) | Run::Decision(_)) {
            assert!(
                matches!(check.example, Example::Native { .. }),
                "{}",
                check.name
            );
        }
    }
}
