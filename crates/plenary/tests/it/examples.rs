//! The examples on the pages of the checks are files that a user could run: they fail, and mended they do not.

use std::collections::BTreeSet;

use plenary::validation::{Check, Config, Example, Run, Validator, catalogue, files_of};

use crate::source_errors::findings;

/// Examples that would fill pages: excerpts, whose faults other tests inject into whole tables.
const EXCERPTS: [&str; 4] = [
    "participation-drop",
    "row-limit",
    "session-outlier",
    "votes-exchanged",
];

fn found_by(check: &Check, example: &'static str) -> bool {
    let files: Vec<_> = files_of(example).collect();
    assert!(!files.is_empty(), "{} shows no file", check.name);
    if let Run::Configuration = check.run {
        let config = Config::from_toml(files[0].1).unwrap();
        return !Validator::new(config).idle_waivers().is_empty();
    }
    let files = files
        .iter()
        .map(|(name, text)| (*name, format!("{text}\n")));
    let found = findings(&files.collect());
    found.iter().any(|finding| finding.check == check.name)
}

#[test]
fn every_example_of_files_fails_by_its_check_and_mended_it_does_not() {
    let mut excerpts = BTreeSet::new();
    for check in catalogue() {
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
