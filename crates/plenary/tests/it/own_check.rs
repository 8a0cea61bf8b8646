//! A check of another crate, written with the public API alone: it runs, and the configuration knows it.

use std::path::Path;

use plenary::bodies::Reference;
use plenary::types::{Field, Finding, Locus, NoOrigin, Severity};
use plenary::validation::{
    Catalogue, Check, Config, DatasetCheck, DatasetFindings, Example, Findings, Mark, RecordCx,
    RecordFacts, Run, Validator, page,
};
use plenary::{Settings, catalogue, check};

/// Records that have no title, and how many there are.
static UNTITLED: Check = Check {
    name: "untitled",
    summary: "records of a dataset have no title",
    severity: Severity::Note,
    why: "A title is what people search for.",
    sources: &["our house style"],
    example: Example::Native {
        fails: r#"{"symbols": ["A/RES/73/195"]}"#,
        mended: r#"{"symbols": ["A/RES/73/195"], "title": "Global Compact for Migration"}"#,
    },
    waive: "Ignore it for datasets that hold symbols only.",
    run: Run::Dataset(&|| Box::new(Untitled::default())),
};

#[derive(Default)]
struct Untitled(Vec<Mark>);

impl DatasetCheck for Untitled {
    fn add(&mut self, record: &RecordFacts<'_>) {
        if record.agreement.title.is_empty() {
            self.0.push(record.mark(Locus::of_record(Field::Title)));
        }
    }

    fn finish(self: Box<Self>, out: &mut DatasetFindings) {
        if let Some(first) = self.0.first() {
            let found = format!("{} without a title", self.0.len());
            out.report(Some(first), "records have no title")
                .found(found);
        }
    }
}

/// Two records without a title, in a folder with a configuration.
fn found(configuration: &str, waived: usize) -> Vec<Finding> {
    let folder = tempfile::tempdir().unwrap();
    let records = folder.path().join("records.json");
    let text = r#"[{"symbols": ["A/RES/73/195"]}, {"symbols": ["A/RES/73/196"]}]"#;
    std::fs::write(&records, text).unwrap();
    let file = folder.path().join("plenary.toml");
    std::fs::write(&file, configuration).unwrap();
    let settings = Settings::default().with_check(&UNTITLED);
    let settings = settings.configured_by(&file).unwrap();
    let report = check([Path::new(&records)], &settings);
    assert!(report.unusable.is_empty(), "{:?}", report.unusable);
    assert_eq!(report.counts.waived, waived);
    let found = report.findings.iter();
    found
        .filter(|finding| finding.check == "untitled")
        .collect()
}

#[test]
fn a_check_of_another_crate_looks_at_a_dataset_and_is_configured_like_any_other() {
    let [finding] = &found("", 0)[..] else {
        panic!("one finding");
    };
    assert_eq!(finding.severity, Severity::Note);
    assert_eq!(finding.found.as_deref(), Some("2 without a title"));
    assert_eq!(finding.record.as_deref(), Some("A/RES/73/195"));
    assert!(finding.place.line.is_some() && finding.place.path.is_some());
    let [finding] = &found("[severity]\nuntitled = 'error'", 0)[..] else {
        panic!("one finding");
    };
    assert_eq!(finding.severity, Severity::Error);
    assert_eq!(found("ignore = ['untitled']", 0), []);
    assert_eq!(found("select = ['tally-sum']", 0), []);
    let waiver = "[[waivers]]\ncheck = 'untitled'\nrecord = 'A/RES/73/195'\nreason = 'known'";
    assert_eq!(found(waiver, 1), []);
}

#[test]
fn it_is_in_the_catalogue_that_it_was_added_to_and_in_no_other() {
    let all = catalogue().clone().with(&UNTITLED);
    assert_eq!(all.checks().len(), catalogue().checks().len() + 1);
    assert!(catalogue().find("untitled").is_none());
    let unknown = catalogue().try_find("untitles").unwrap_err().to_string();
    assert_eq!(unknown, "there is no check `untitles`");
    let unknown = all.try_find("untitles").unwrap_err().to_string();
    assert_eq!(
        unknown,
        "there is no check `untitles`; did you mean `untitled`?"
    );
    assert!(page(all.find("untitled").unwrap()).starts_with("# untitled\n"));
    // In place of a check of its name, not beside it.
    assert_eq!(all.clone().with(&UNTITLED), all);
    // Behind the other checks of datasets, so that its findings come after theirs.
    let scopes: Vec<_> = all.checks().iter().map(|check| check.run.scope()).collect();
    let place = all
        .checks()
        .iter()
        .position(|c| c.name == "untitled")
        .unwrap();
    assert_eq!(scopes[place - 1], "dataset");
    assert_ne!(scopes[place + 1], "dataset");
}

#[test]
fn a_check_may_be_a_closure_that_holds_what_it_needs() {
    let wanted = "Compact".to_owned();
    let look = move |cx: &RecordCx<'_, '_>, out: &mut Findings<'_>| {
        if !cx.agreement.title.contains(&wanted) {
            out.report(None, Field::Title, "another title")
                .expected(&wanted);
        }
    };
    let check = Box::leak(Box::new(Check {
        name: "other-title",
        run: Run::Record(Box::leak(Box::new(look))),
        ..Check { ..UNTITLED }
    }));
    let validator = Validator::new(Config::new(Catalogue::from_iter([&*check])));
    let agreement = serde_json::from_str(r#"{"symbols": ["A/RES/73/196"]}"#).unwrap();
    let found = validator.check(&agreement, &NoOrigin);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].expected.as_deref(), Some("Compact"));
}

#[test]
fn what_a_check_reports_can_be_seen_without_a_run() {
    let mut state = Box::new(Untitled::default());
    let agreement = serde_json::from_str("{}").unwrap();
    let origin: std::sync::Arc<dyn plenary::types::Origin> = std::sync::Arc::new(NoOrigin);
    state.add(&RecordFacts::new(
        Reference::embedded(),
        &agreement,
        &origin,
    ));
    let mut out = DatasetFindings::new(&UNTITLED);
    state.finish(&mut out);
    assert_eq!(out.into_findings().len(), 1);
}
