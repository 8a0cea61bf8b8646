//! Each class of error that the sources contain, by an example made from facts: it is found, where it stands, and the
//! same rows mended are silent. `docs/source-errors.md` lists the classes.

mod cases;
mod classes;
mod layout;
mod two_sources;

use std::collections::BTreeSet;
use std::path::PathBuf;

use plenary::import::{Import, Options, read};
use plenary::types::{Finding, Severity};
use plenary::{Settings, check};

use layout::Files;

/// A class of error with an example.
pub(crate) struct Case {
    /// The class, as `docs/source-errors.md` names it.
    pub(crate) class: &'static str,
    /// Rows with the fault.
    pub(crate) fails: Files,
    /// What finds it: the check, the file, the line and the field.
    pub(crate) finds: Vec<Place>,
    /// The same without the fault.
    pub(crate) mended: Files,
}

/// Where a check finds something.
pub(crate) type Place = (&'static str, &'static str, u64, &'static str);

/// Writes files, and names what a user would name: their folder, or the one file in it.
fn written(files: &Files) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let path = match &files[..] {
        [(name, _)] => folder.path().join(name),
        _ => folder.path().to_owned(),
    };
    (folder, path)
}

/// Reads files.
fn import(files: &Files) -> (tempfile::TempDir, Import) {
    let (folder, path) = written(files);
    let import = read(path, &Options::default()).unwrap_or_else(|error| panic!("{error}"));
    (folder, import)
}

/// Everything that is found in some files, by the readers and by the checks.
pub(crate) fn findings(files: &Files) -> Vec<Finding> {
    let (_folder, path) = written(files);
    let report = check([path], &Settings::default());
    assert!(report.unusable.is_empty(), "{:?}", report.unusable);
    report.findings.iter().collect()
}

/// The places at which a check finds something.
fn places(found: &[Finding], check: &str) -> BTreeSet<(String, u64, String)> {
    let of_check = found.iter().filter(|finding| finding.check == check);
    let place = |finding: &Finding| {
        let path = finding.place.path.clone().unwrap_or_default();
        let name = path.rsplit('/').next().unwrap().to_owned();
        let field = finding.place.field.clone().unwrap_or_default();
        (name, finding.place.line.unwrap_or(0), field)
    };
    of_check.map(place).collect()
}

/// The places that a case expects of one check.
fn expected(case: &Case, check: &str) -> BTreeSet<(String, u64, String)> {
    let of_check = case.finds.iter().filter(|(name, ..)| *name == check);
    of_check
        .map(|(_, file, line, field)| ((*file).to_owned(), *line, (*field).to_owned()))
        .collect()
}

#[test]
fn every_example_is_found_where_it_stands_and_mended_it_is_silent() {
    let mut wrong = Vec::new();
    for case in cases::cases() {
        let (fails, mended) = (findings(&case.fails), findings(&case.mended));
        let checks: BTreeSet<_> = case.finds.iter().map(|(check, ..)| *check).collect();
        for check in checks {
            let (found, wanted) = (places(&fails, check), expected(&case, check));
            if found != wanted {
                wrong.push(format!(
                    "{}: {check}: {found:?}, not {wanted:?}",
                    case.class
                ));
            }
            let rest = places(&mended, check);
            if !rest.is_empty() {
                wrong.push(format!("{}: mended: {check}: {rest:?}", case.class));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_is_no_error_is_silent() {
    for (class, files) in cases::no_errors() {
        let alarms: Vec<_> = findings(&files)
            .into_iter()
            .filter(|finding| finding.severity > Severity::Note)
            .collect();
        assert!(alarms.is_empty(), "{class}: {alarms:#?}");
    }
}
