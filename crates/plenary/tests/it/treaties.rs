//! Treaties as the depositary lists them: nothing is called wrong that is right.

use std::collections::BTreeMap;
use std::path::PathBuf;

use plenary::import::{Options, read};
use plenary::treaties::{Collection, KnownTreaty};
use plenary::types::{Agreement, Finding, NoOrigin, Severity};
use plenary::validation::Validator;

/// The participant tables, when the shared data is there.
fn tables() -> Vec<PathBuf> {
    let Some(folder) = plenary_testing::shared("untc/treaties") else {
        return Vec::new();
    };
    let entries = std::fs::read_dir(folder).unwrap();
    let mut tables: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    tables.sort();
    tables
}

fn record(table: &PathBuf) -> Agreement {
    let import = read(table, &Options::default()).unwrap();
    assert!(import.rejected().is_empty(), "{}", table.display());
    import.record(0).unwrap().agreement
}

/// Findings above notes.
fn alarms(agreement: &Agreement) -> Vec<Finding> {
    let mut findings = Validator::default().check(agreement, &NoOrigin);
    findings.retain(|finding| finding.severity > Severity::Note);
    findings
}

/// Acts that are dated before the treaty of their table was made; see docs/findings-in-public-data.md.
const WRONG: [(&str, &str); 2] = [
    ("14-4", "signature of FIN on 1971-04-21"),
    ("3-2-17", "participation of ITA on 1985-08-30"),
];

#[test]
fn of_the_tables_of_the_depositary_only_what_is_wrong_gives_an_alarm() {
    let tables = tables();
    let mut found = Vec::new();
    for table in &tables {
        let id = table.file_stem().unwrap().to_string_lossy().into_owned();
        for alarm in alarms(&record(table)) {
            assert_eq!(alarm.check, "act-before-treaty", "{id}: {alarm:#?}");
            found.push((id.clone(), alarm.found.unwrap()));
        }
    }
    let found: Vec<_> = found.iter().map(|(id, act)| (&**id, &**act)).collect();
    assert!(tables.is_empty() || found.as_slice() == WRONG, "{found:#?}");
}

/// How many notes each check makes of the tables; see docs/findings-in-public-data.md, which lists them.
const NOTES: [(&str, usize); 5] = [
    ("accession-after-signature", 17),
    ("act-before-existence", 14),
    ("entry-into-force-mismatch", 3),
    ("succession-without-predecessor", 6),
    ("treaty-action-order", 5),
];

#[test]
fn the_notes_of_the_tables_of_the_depositary_are_those_of_the_report() {
    let tables = tables();
    let mut notes = BTreeMap::<String, usize>::new();
    for table in &tables {
        let import = read(table, &Options::default()).unwrap();
        let record = import.record(0).unwrap();
        let found = Validator::default().check(&record.agreement, &*record.origin);
        for note in found.into_iter().chain(record.findings) {
            if note.severity == Severity::Note {
                *notes.entry(note.check.into_owned()).or_default() += 1;
            }
        }
    }
    let notes: Vec<_> = notes.iter().map(|(check, n)| (&**check, *n)).collect();
    assert!(tables.is_empty() || notes == NOTES, "{notes:#?}");
    let page = include_str!("../../../../docs/findings-in-public-data.md");
    for (check, count) in NOTES {
        assert!(
            page.contains(&format!("\n| `{check}` | {count} |")),
            "{check}"
        );
    }
    let all: usize = NOTES.iter().map(|(_, count)| count).sum();
    assert!(page.contains(&format!("Each of the {all} notes was read")));
}

/// The tables are of March 2015, and that of the Nagoya Protocol ends before its fiftieth instrument.
fn is_covered(known: &KnownTreaty) -> bool {
    let cut: chrono::NaiveDate = "2015-03-01".parse().unwrap();
    known.id != "27-8-b" && known.in_force.is_some_and(|day| day < cut)
}

#[test]
fn official_dates_of_entry_into_force_agree_with_their_clauses_and_others_do_not() {
    let mut compared = 0;
    for table in tables() {
        let id = table.file_stem().unwrap().to_string_lossy();
        let Some(known) = Collection::embedded().get(&id).filter(|k| is_covered(k)) else {
            continue;
        };
        let mut agreement = record(&table);
        let found = |agreement: &Agreement| {
            let findings = Validator::default().check(agreement, &NoOrigin);
            let of_check = findings
                .into_iter()
                .filter(|f| f.check == "entry-into-force-mismatch");
            of_check.collect::<Vec<_>>()
        };
        for clause in [None, Some(known.clause.to_string())] {
            agreement.in_force_when = clause;
            agreement.in_force_since = known.in_force.map(Into::into);
            assert_eq!(found(&agreement), [], "{id} {}", known.title);
            let late = known.in_force.unwrap() + chrono::Days::new(400);
            agreement.in_force_since = Some(late.into());
            assert_eq!(found(&agreement).len(), 1, "{id} in force since {late}");
        }
        compared += 1;
    }
    assert!(compared >= 40 || compared == 0, "{compared}");
}

/// A document of format 1 reads to the value of the new one, but for what the old form could not say, and keeps its identifier.
#[test]
fn the_compact_of_format_1_is_the_compact() {
    let old = include_str!("documents/compact-format-1.json");
    let old: plenary::types::Agreement = serde_json::from_str(old).unwrap();
    let mut new = plenary::global_compact().unwrap();
    assert_eq!(old.id, new.id);
    assert_eq!(old.derived_id(), new.id);
    assert_eq!(new.relations.len(), 1);
    new.relations.clear();
    for act in &mut new.acts {
        if let plenary::types::Act::Decision(decision) = act {
            assert!(decision.id.take().is_some());
        }
    }
    assert_eq!(old, new);
}
