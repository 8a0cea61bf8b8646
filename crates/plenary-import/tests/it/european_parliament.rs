//! Roll calls and lists of votes of the European Parliament: files made by hand, and real ones with facts that were counted by
//! other means.

use std::collections::BTreeMap;

use plenary_import::{Import, Options, Record, read, read_bytes};
use plenary_testing::shared;
use plenary_types::{Act, Ballots, Choice, Decision, Field, Locus, Scope, Total};

use crate::fixtures::{fixture, good};

/// Reads a file of `data/others`; nothing where it is not there.
fn real(file: &str, format: &str) -> Option<Import> {
    let import = read(shared(&format!("others/{file}"))?, &Options::default()).unwrap();
    assert_eq!(import.summary().format, format, "{file}");
    assert_eq!(import.summary().rejected, 0, "{file}");
    Some(import)
}

fn decision(record: &Record) -> &Decision {
    record.agreement.decisions().next().unwrap().1
}

fn ballots(record: &Record) -> &Ballots {
    decision(record).ballots.as_ref().unwrap()
}

/// The members on a list: who, the number of the lists, the name, the choice and what was meant.
fn listed(record: &Record) -> Vec<String> {
    let lines = ballots(record).iter().map(|ballot| {
        let who = ballot.entry.who.map_or("?", |who| who.as_str());
        let code = ballot.entry.code.as_deref().unwrap_or("-");
        let later = ballot.intended_later.map_or("", Choice::as_str);
        format!(
            "{who} {code} {} {} {later}",
            ballot.entry.label(),
            ballot.choice
        )
    });
    lines.map(|line| line.trim_end().to_owned()).collect()
}

#[test]
fn a_roll_call_has_its_members_totals_titles_and_intentions() {
    let import = good("ep-roll-calls/good/a_sitting.xml");
    let record = import.record(0).unwrap();
    assert_eq!(record.agreement.title, "A made-up regulation");
    assert_eq!(record.agreement.sources[0].record.as_deref(), Some("501"));
    let first = decision(&record);
    assert_eq!(first.body.as_ref().unwrap().as_str(), "european-parliament");
    assert_eq!(first.date.unwrap().to_string(), "2031-05-06");
    assert_eq!(
        first.meeting.as_ref().unwrap().as_str(),
        "P11_PV(2031)05-06"
    );
    assert_eq!(first.drafts[0].as_str(), "A11-0007/2031");
    assert_eq!(first.question.scope, Scope::Amendment);
    assert_eq!(
        first.question.text.as_deref(),
        Some("A11-0007/2031 - Ada Muster - Article 4, § 2 - Am 3")
    );
    let announced = first.announced;
    assert_eq!(
        (announced.yes, announced.no, announced.abstain),
        (Some(2), Some(1), Some(0))
    );
    assert!(first.partial && first.every_vote_listed);
    assert_eq!(
        listed(&record),
        [
            "person:mep-9011 11 Castor yes",
            "person:mep-9012 12 Müller & Sohn yes no",
            "person:mep-9013 13 Pollux no",
            "person:mep-9014 14 Vega non-voting yes",
        ]
    );
    assert_eq!(ballots(&record).tally().to_string(), "2-1-0");
    let place = |field| {
        let place = record.origin.place(Locus::of_act(0, field));
        (place.line.unwrap(), place.field.unwrap())
    };
    assert_eq!(place(Field::Choice(2)), (19, "Member.Name".into()));
    assert_eq!(place(Field::Announced(Total::No)), (17, "Number".into()));
    assert_eq!(place(Field::Date), (7, "Date".into()));
}

#[test]
fn a_list_that_the_source_leaves_out_has_no_number_and_what_is_not_read_is_counted() {
    let import = good("ep-roll-calls/good/a_sitting.xml");
    let record = import.record(1).unwrap();
    let announced = decision(&record).announced;
    assert_eq!((announced.yes, announced.abstain), (None, Some(1)));
    assert_eq!(decision(&record).question.scope, Scope::Paragraph);
    // Without a title the wording is one, and without a number of the site that of the lists counts.
    assert_eq!(record.agreement.title, "B11-0100/2031 – § 3");
    assert_eq!(listed(&record), ["person:mepid-13 13 Pollux abstain"]);
    let why = &import.summary().why;
    assert!(why.contains("not read: `RollCallVote.Remark` (1)"), "{why}");
}

#[test]
fn lists_with_nobody_on_them_are_kept_where_their_numbers_say_so_and_are_missing_elsewhere() {
    let import = good("ep-roll-calls/good/nobody_on_the_lists.xml");
    let records: Vec<Record> = import.records().collect();
    let [nobody, missing] = &records[..] else {
        panic!("{records:?}")
    };
    assert!(ballots(nobody).is_empty());
    assert_eq!(decision(nobody).announced.yes, Some(0));
    assert_eq!(
        nobody.agreement.title, "Mardi - demande du groupe ALFA",
        "the time is no part of the title"
    );
    assert!(decision(missing).ballots.is_none());
    assert_eq!(decision(missing).announced.yes, Some(4));
    assert_eq!(decision(missing).date.unwrap().to_string(), "2031-07-15");
}

#[test]
fn a_vote_without_a_date_is_kept_and_counted() {
    let import = good("ep-roll-calls/good/without_a_date.xml");
    let record = import.record(0).unwrap();
    assert_eq!(decision(&record).date, None);
    assert_eq!(listed(&record), ["person:Castor - Castor yes"]);
    let why = &import.summary().why;
    assert!(why.ends_with("; the date of 1 vote is blank"), "{why}");
    let dated = good("ep-roll-calls/good/day_of_the_sitting.xml");
    let dated = dated.record(0).unwrap();
    assert_eq!(decision(&dated).date.unwrap().to_string(), "2031-07-15");
}

#[test]
fn a_vote_with_a_member_that_nobody_knows_is_refused_or_kept_without_it() {
    let path = fixture("ep-roll-calls/bad/member_without_a_name.xml");
    let strict = read(&path, &Options::default()).unwrap();
    assert_eq!(
        (strict.summary().records, strict.summary().rejected),
        (0, 1)
    );
    let lenient = read(&path, &Options::default().lenient()).unwrap();
    let record = lenient.record(0).unwrap();
    assert_eq!(ballots(&record).len(), 1);
    assert!(!decision(&record).every_vote_listed);
}

#[test]
fn a_member_has_the_number_that_other_sources_have() {
    let table = "vote_id,member_id,position,country_code,group_code\n7,9011,FOR,FRA,EPP\n";
    let table = read_bytes("member_votes.csv", table.as_bytes(), &Options::default()).unwrap();
    let xml = good("ep-roll-calls/good/a_sitting.xml");
    let who = |import: &Import| {
        let record = import.record(0).unwrap();
        ballots(&record).roll().entries()[0].who.unwrap()
    };
    assert_eq!(who(&table), who(&xml));
}

/// Counts of a list of roll calls: votes, names for, against and abstaining.
fn counts(import: &Import) -> [usize; 4] {
    let mut counts = [import.len(), 0, 0, 0];
    for record in import.records() {
        assert_eq!(record.findings, []);
        let (decision, tally) = (decision(&record), ballots(&record).tally());
        let named = [tally.yes, tally.no, tally.abstain];
        let announced = decision.announced;
        let numbers = [announced.yes, announced.no, announced.abstain];
        for (named, number) in named.into_iter().zip(numbers) {
            assert!(number.is_none_or(|number| number == named), "{record:?}");
        }
        for (count, named) in counts.iter_mut().skip(1).zip(named) {
            *count += named as usize;
        }
    }
    counts
}

#[test]
fn real_roll_calls_have_the_members_and_numbers_that_were_counted() {
    for (file, expected) in [
        (
            "ep_rcv-list_pv-9-2024-04-24-rcv-fr-evening.xml",
            [2, 1, 1, 0],
        ),
        ("ep_rcv_list_pv-9-2019-07-15-rcv-fr.xml", [1, 0, 0, 0]),
        ("ep_rcv_list_pv-9-2020-09-15-rcv-fr.xml", [1, 2, 0, 0]),
    ] {
        if let Some(import) = real(file, "ep-roll-calls") {
            assert_eq!(counts(&import), expected, "{file}");
            assert_eq!(
                import.summary().why,
                "its root element is `PV.RollCallVoteResults`"
            );
        }
    }
}

#[test]
fn a_real_roll_call_has_its_title_day_and_document() {
    let Some(import) = real(
        "ep_rcv-list_pv-9-2024-04-24-rcv-fr-evening.xml",
        "ep-roll-calls",
    ) else {
        return;
    };
    let record = import.record(1).unwrap();
    assert!(
        record
            .agreement
            .title
            .starts_with("Good agricultural and environmental")
    );
    assert_eq!(decision(&record).drafts[0].as_str(), "C9-0120/2024");
    assert_eq!(decision(&record).question.scope, Scope::Amendment);
    assert_eq!(decision(&record).date.unwrap().to_string(), "2024-04-24");
    assert_eq!(listed(&record), ["person:mep-197490 6883 Adamowicz no"]);
}

#[test]
fn a_list_of_votes_has_totals_outcomes_authors_and_majorities() {
    let import = good("ep-votes/good/a_sitting.xml");
    let records: Vec<Record> = import.records().collect();
    let told: Vec<String> = records
        .iter()
        .map(|record| {
            let decision = decision(record);
            let outcome = decision.outcome.map_or("none", |outcome| outcome.as_str());
            let yes = decision.announced.yes;
            let yes = yes.map_or("-".to_owned(), |yes| yes.to_string());
            let scope = decision.question.scope.as_str();
            format!("{outcome} {} {yes} {scope}", decision.mode.as_str())
        })
        .collect();
    assert_eq!(
        told,
        [
            "adopted recorded 40 amendment",
            "rejected non-recorded 30 amendment",
            "lapsed recorded - amendment",
            "withdrawn show-of-hands - amendment",
            "adopted show-of-hands - whole",
            "rejected show-of-hands - paragraph",
            "adopted secret 400 whole",
        ]
    );
    let texts: Vec<&str> = records
        .iter()
        .map(|record| decision(record).question.text.as_deref().unwrap())
        .collect();
    assert_eq!(
        texts[..2],
        [
            "Draft legislative act – A11-0007/2031 – Ada Muster – Article 4, § 2 – Am 3",
            "Draft legislative act – Annex I – Am 4/1",
        ]
    );
    let authors = |at: usize| -> Vec<String> {
        match records[at].agreement.acts.first() {
            Some(Act::Sponsorship(of)) => of.sponsors.iter().map(|by| by.name.clone()).collect(),
            _ => Vec::new(),
        }
    };
    assert_eq!(authors(0), ["committee", "ALFA", "BETA"]);
    assert_eq!(authors(5), [""; 0], "the original text has no author");
    let kinds: Vec<bool> = records
        .iter()
        .map(|record| decision(record).question.kind.is_some())
        .collect();
    assert_eq!(kinds, [false, false, false, false, false, false, true]);
    let last = decision(&records[6]);
    assert_eq!(
        last.question.kind.as_ref().unwrap().as_str(),
        "component-majority"
    );
    assert_eq!(last.drafts[0].as_str(), "B11-0100/2031");
    assert_eq!(last.date.unwrap().to_string(), "2031-05-06");
    assert!(
        last.notes
            .iter()
            .any(|note| note.starts_with("Majority of Parliament"))
    );
    let why = &import.summary().why;
    assert!(
        why.ends_with("; no records of their own: 1 heading, 1 voting that was put in parts alone, 1 item without a voting"),
        "{why}"
    );
}

#[test]
fn a_list_of_votes_without_a_day_is_kept_and_counted() {
    let import = good("ep-votes/good/without_a_date.xml");
    let why = &import.summary().why;
    assert!(why.ends_with("; the date of 1 vote is blank"), "{why}");
}

#[test]
fn a_result_in_another_word_is_kept_as_it_stands() {
    let text = std::fs::read_to_string(fixture("ep-votes/good/without_a_date.xml")).unwrap();
    let text = text.replace("\"ADOPTED\"", "\"REMITTED\"");
    let import = read_bytes("in", text.as_bytes(), &Options::default()).unwrap();
    let record = import.record(0).unwrap();
    assert_eq!(decision(&record).outcome.unwrap().as_str(), "REMITTED");
}

#[test]
fn real_lists_of_votes_have_the_totals_and_outcomes_that_were_counted() {
    for (file, votings, with_totals, sums, outcomes) in [
        (
            "ep_vot-list_pv-9-2024-04-24-vot-en.xml",
            [329, 52, 8],
            143,
            [50_806, 30_271, 5_010],
            [("adopted", 127), ("lapsed", 36), ("rejected", 106)].as_slice(),
        ),
        (
            "ep_vot-list_pv-10-2024-11-27-vot-en.xml",
            [14, 3, 0],
            11,
            [3_507, 3_590, 380],
            [("adopted", 5), ("rejected", 6)].as_slice(),
        ),
    ] {
        let Some(import) = real(file, "ep-votes") else {
            continue;
        };
        let [all, headings, in_parts] = votings;
        assert_eq!(import.len(), all - headings - in_parts);
        assert!(
            import
                .summary()
                .why
                .contains(&format!("{headings} headings"))
        );
        let decisions: Vec<Decision> = import
            .records()
            .map(|record| {
                assert_eq!(record.findings, [], "{}", record.agreement.label());
                decision(&record).clone()
            })
            .collect();
        let counted = decisions.iter().filter(|d| d.announced.yes.is_some());
        assert_eq!(counted.count(), with_totals);
        let sum =
            |total: fn(&Decision) -> Option<u32>| decisions.iter().filter_map(total).sum::<u32>();
        assert_eq!(
            [
                sum(|d| d.announced.yes),
                sum(|d| d.announced.no),
                sum(|d| d.announced.abstain)
            ],
            sums
        );
        let mut counts = BTreeMap::new();
        for decision in &decisions {
            *counts
                .entry(decision.outcome.unwrap().as_str())
                .or_insert(0) += 1;
        }
        assert_eq!(counts.into_iter().collect::<Vec<_>>(), outcomes);
    }
}
