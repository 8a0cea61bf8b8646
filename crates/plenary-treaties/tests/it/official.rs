//! Computed dates of entry into force against the official ones.

use plenary_bodies::Reference;
use plenary_treaties::{
    Collection, DifferenceReason, EntryIntoForce, KnownTreaty, Source, Timeline, Treaty,
};

use crate::acts_of;

fn treaty(known: &KnownTreaty, folder: &std::path::Path) -> Option<Treaty> {
    let file = folder.join(format!("{}.csv", known.id));
    let source = Source {
        id: Some(known.id.clone()),
        actions: file.is_file().then(|| acts_of(&file))?,
        ..Source::default()
    };
    Some(
        source
            .assemble(Collection::embedded(), Reference::embedded())
            .treaty,
    )
}

/// Treaties whose table does not lead to the official date, and why.
const DIFFERENCES: [(&str, &str); 1] = [(
    "27-8-b",
    "the table ends on 8 July 2014, before the fiftieth instrument",
)];

#[test]
fn the_computed_date_is_the_official_one() {
    let Some(folder) = plenary_testing::shared("untc/treaties") else {
        return;
    };
    let mut compared = 0;
    let mut wrong = Vec::new();
    let mut same = Vec::new();
    for known in Collection::embedded().treaties() {
        let Some(treaty) = treaty(known, &folder) else {
            continue;
        };
        let timeline = Timeline::new(&treaty);
        // The tables are of March 2015.
        let Some(official) = known
            .in_force
            .filter(|day| day.to_string().as_str() < "2015-03-01")
        else {
            continue;
        };
        compared += 1;
        match timeline.entry_into_force() {
            EntryIntoForce::On(entry) if entry.day == official => same.push(known.id.as_str()),
            _ if DIFFERENCES.iter().any(|(id, _)| *id == known.id) => {}
            other => wrong.push(format!(
                "{} {}: official {official}, computed {other:?}",
                known.id, known.title
            )),
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {compared} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    let mended = DIFFERENCES.iter().find(|(id, _)| same.contains(id));
    assert_eq!(mended, None, "this difference is no longer one");
    assert!(compared >= 40, "{compared}");
}

/// Every table of the depositary, as its own source.
#[test]
fn every_answer_has_a_horizon_and_explains_where_it_differs_from_the_official_date() {
    let Some(folder) = plenary_testing::shared("untc/treaties") else {
        return;
    };
    let on = "2020-01-01".parse().unwrap();
    let (mut tables, mut equal, mut explained) = (0, 0, Vec::new());
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let id = path.file_stem().unwrap().to_string_lossy().into_owned();
        let actions = acts_of(&path);
        let empty = actions.is_empty();
        let source = Source {
            id: Some(id.clone()),
            actions,
            ..Source::default()
        };
        let report = source.report(Collection::embedded(), Reference::embedded(), on);
        tables += 1;
        assert_eq!(report.acts_known_until.is_none(), empty, "{id}");
        assert!(report.beyond_known_acts, "{id}");
        match (report.official, report.difference) {
            (Some(official), None) => {
                assert_eq!(report.entry_into_force, Some(official), "{id}");
                equal += 1;
            }
            (Some(official), Some(difference)) => {
                assert_ne!(report.entry_into_force, Some(official), "{id}");
                assert!(!difference.text.is_empty(), "{id}");
                explained.push((id, difference.reason));
            }
            (None, difference) => assert_eq!(difference, None, "{id}"),
        }
    }
    explained.sort();
    let ends_earlier = |id: &str| (id.to_owned(), DifferenceReason::SourceEndsEarlier);
    assert_eq!(explained, ["27-17", "27-7-c", "27-8-b"].map(ends_earlier));
    assert_eq!(tables, 193);
    assert!(equal >= 40, "{equal}");
}
