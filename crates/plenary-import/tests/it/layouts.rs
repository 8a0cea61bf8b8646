//! The layouts of the Library's tables through the years hold one record, and its parts have places.

use plenary_types::{Act, Agreement, Choice, Field, Locus, Place, Total};

use crate::fixtures::good;

fn first(name: &str) -> plenary_import::Record {
    good(name).record(0).unwrap()
}

fn place_in(record: &plenary_import::Record, field: Field) -> (Option<u64>, Option<String>) {
    let Place { line, field, .. } = record.origin.place(Locus::of_act(0, field));
    (line, field)
}

#[test]
fn every_field_of_the_source_is_in_the_record_and_has_a_place() {
    let record = first("undl-ga/good/layout_of_2026.csv");
    let agreement = &record.agreement;
    assert!(agreement.title.starts_with("Compact, \"global\""));
    assert_eq!(agreement.subjects, ["MIGRANTS--PROTECTION", "MIGRATION"]);
    assert_eq!(agreement.sources[0].record.as_deref(), Some("1660537"));
    let (_, decision) = agreement.principal_decision().unwrap();
    let drafts: Vec<_> = decision.drafts.iter().map(|d| d.as_str()).collect();
    assert_eq!(drafts, ["A/73/L.66", "A/73/L.67"]);
    assert_eq!(decision.meeting.as_ref().unwrap().as_str(), "A/73/PV.60");
    assert_eq!(decision.agenda.as_deref(), Some("Globalization"));
    assert_eq!(
        (decision.announced.non_voting, decision.announced.members),
        (Some(1), Some(3))
    );
    let ballots = decision.ballots.as_ref().unwrap();
    assert_eq!(ballots.roll().entries()[0].name.as_deref(), Some("CZECHIA"));
    assert_eq!(ballots.get("BEN".parse().unwrap()), Some(Choice::NonVoting));
    let column = |name: &str| Some(name.to_owned());
    assert_eq!(
        place_in(&record, Field::Choice(2)),
        (Some(4), column("ms_vote"))
    );
    assert_eq!(
        place_in(&record, Field::Announced(Total::Yes)),
        (Some(2), column("total_yes"))
    );
}

/// The layouts differ in what they have of the session, of the mode and of notes.
fn without_notes(mut agreement: Agreement) -> Agreement {
    if let Some(Act::Decision(decision)) = agreement.acts.first_mut() {
        decision.session = None;
        decision.notes.clear();
    }
    agreement
}

#[test]
fn the_layouts_of_three_years_give_one_record() {
    let of_2026 = first("undl-ga/good/layout_of_2026.csv");
    for year in [2024, 2025] {
        let import = good(&format!("undl-ga/good/layout_of_{year}.csv"));
        assert_eq!(import.summary().format, "undl-ga-csv");
        let record = import.record(0).unwrap();
        assert_eq!(
            without_notes(record.agreement),
            without_notes(of_2026.agreement.clone())
        );
    }
    let of_2024 = first("undl-ga/good/layout_of_2024.csv");
    let total = place_in(&of_2024, Field::Announced(Total::NonVoting));
    assert_eq!(total.1.as_deref(), Some("non-voting"));
}

#[test]
fn a_ballot_of_a_wide_table_stands_in_the_column_of_its_state() {
    let record = first("undl-ga-wide/good/names_as_headings.csv");
    let choice = place_in(&record, Field::Choice(1));
    assert_eq!(choice, (Some(2), Some("CZECHIA".to_owned())));
}
