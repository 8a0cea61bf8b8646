//! The catalogue explains what readers report, and nothing else.

use plenary::catalogue;
use plenary::import::ReaderCheck;
use plenary::validation::Run;

#[test]
fn every_check_of_the_readers_is_explained() {
    for reported in ReaderCheck::ALL {
        let name = reported.name();
        let check = catalogue()
            .find(name)
            .unwrap_or_else(|| panic!("`plenary explain {name}` knows nothing"));
        assert!(matches!(check.run, Run::Reader), "{name}");
        assert_eq!(check.severity, reported.severity(), "{name}");
    }
}

#[test]
fn no_check_is_explained_that_no_reader_makes() {
    let made = |name| ReaderCheck::ALL.iter().any(|check| check.name() == name);
    let explained = catalogue()
        .checks()
        .iter()
        .filter(|check| matches!(check.run, Run::Reader));
    let idle: Vec<_> = explained
        .map(|check| check.name)
        .filter(|name| !made(*name))
        .collect();
    assert_eq!(idle, Vec::<&str>::new());
}
