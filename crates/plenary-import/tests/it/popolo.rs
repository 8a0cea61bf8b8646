//! Popolo and Open Civic Data: facts of real files that were counted by other means, and the laws of the readers.

use std::collections::BTreeMap;

use plenary_import::{Options, read_bytes};
use plenary_types::{Choice, Field, Locus, Mark, Outcome, Total};

use crate::fixtures::good;
use crate::json_tables::{decisions, recognised};

#[test]
fn sittings_of_the_finnish_parliament_add_up() {
    for (file, events, counts, days) in [
        (
            "popolo_finland_2000_session-1707.json.zst",
            11,
            [1254, 477, 3, 455],
            "2000-12-13",
        ),
        (
            "popolo_finland_2001_session-1583.json.zst",
            12,
            [1372, 631, 7, 378],
            "2001-11-30",
        ),
        (
            "popolo_finland_2002_session-1430.json.zst",
            6,
            [793, 200, 8, 193],
            "2002-12-18",
        ),
    ] {
        let Some(import) = recognised(file, "popolo") else {
            return;
        };
        let decisions = decisions(&import);
        assert_eq!(decisions.len(), events, "{file}");
        let mut voters: Vec<&str> = Vec::new();
        let mut chosen: BTreeMap<Choice, usize> = BTreeMap::new();
        for decision in &decisions {
            let ballots = decision.ballots.as_ref().unwrap();
            assert_eq!(decision.date.unwrap().to_string(), days);
            assert_eq!(decision.body.as_ref().unwrap().as_str(), "eduskunta");
            let (tally, announced) = (ballots.tally(), decision.announced);
            // A count that is not given is one of nobody.
            assert_eq!(announced.yes.unwrap_or(0), tally.yes);
            assert_eq!(announced.no.unwrap_or(0), tally.no);
            assert_eq!(announced.abstain.unwrap_or(0), tally.abstain);
            assert_eq!(announced.non_voting.unwrap_or(0), tally.non_voting);
            for ballot in ballots.iter() {
                voters.push(ballot.entry.who.unwrap().as_str());
                *chosen.entry(ballot.choice).or_default() += 1;
            }
        }
        let choices = [Choice::Yes, Choice::No, Choice::Abstain, Choice::NonVoting];
        assert_eq!(choices.map(|choice| chosen[&choice]), counts, "{file}");
        assert!(voters[0].starts_with("person:popit.eduskunta/person/"));
        voters.sort_unstable();
        voters.dedup();
        assert_eq!(voters.len(), 199, "{file}");
    }
}

#[test]
fn the_example_of_the_specification_keeps_what_its_groups_decided() {
    let Some(import) = recognised("popolo_example_vote_event.json", "popolo") else {
        return;
    };
    let decisions = decisions(&import);
    let [decision] = decisions.as_slice() else {
        panic!()
    };
    let body = decision.body.as_ref().unwrap();
    assert_eq!(body.as_str(), "legislative-council-of-hong-kong");
    assert_eq!(decision.outcome, Some(Outcome::Rejected));
    let announced = decision.announced;
    let totals = [announced.yes, announced.no, announced.abstain];
    assert_eq!(totals, [Some(28), Some(39), Some(1)]);
    assert!(
        decision
            .notes
            .contains(&"Geographical constituencies: pass".to_owned())
    );
    assert_eq!(decision.ballots.as_ref().unwrap().len(), 1);
}

#[test]
fn voters_are_persons_or_organisations_of_the_file() {
    let import = good("popolo/good/collection.json");
    let decisions = decisions(&import);
    let ballots = decisions[0].ballots.as_ref().unwrap();
    let who = ballots.iter().map(|b| b.entry.who.unwrap().to_string());
    assert_eq!(who.collect::<Vec<_>>(), ["person:p1", "org:guild"]);
    let names = ballots.iter().map(|b| b.entry.label());
    assert_eq!(
        names.collect::<Vec<_>>(),
        ["Anna Beispiel", "Guild of Bakers"]
    );
    // The one with the option `other` is on no list.
    assert!(decisions[0].partial);
    assert_eq!(decisions[0].body.as_ref().unwrap().as_str(), "town-moot");
}

#[test]
fn what_an_option_says_beside_the_choice_is_a_mark() {
    let import = good("popolo/good/motions.json");
    let decisions = decisions(&import);
    let ballots = decisions[0].ballots.as_ref().unwrap();
    let marks: Vec<_> = ballots.marks().collect();
    assert_eq!(marks, [(4, Mark::Paired), (5, Mark::Excused)]);
    assert_eq!(ballots.tally().non_voting, 2);
}

#[test]
fn every_part_stands_on_its_line() {
    let import = good("popolo/good/motions.json");
    let record = import.record(0).unwrap();
    let line = |field| record.origin.place(Locus::of_act(0, field)).line.unwrap();
    assert_eq!(line(Field::Date), 14);
    assert_eq!(line(Field::Outcome), 16);
    assert_eq!(line(Field::Announced(Total::No)), 19);
    assert_eq!((line(Field::Name(2)), line(Field::Choice(2))), (26, 26));
}

#[test]
fn a_document_of_any_depth_and_any_numbers_is_read_or_refused() {
    let deep = "[".repeat(200_000);
    for text in [
        format!("{{\"motion_text\": \"x\", \"votes\": {deep}"),
        "{\"motion_text\": \"x\", \"counts\": [{\"option\": \"yes\", \"value\": 99999999999999999999}]}".to_owned(),
        "{\"motion_text\": \"x\", \"votes\": [{\"option\": \"yes\", \"voter_name\": \"\\u0000\"}]}".to_owned(),
        format!("{{\"motion_text\": \"x\", \"votes\": [{{\"option\": \"yes\", \"voter_name\": \"{}\"}}]}}", "a".repeat(1000)),
        "{\"motion_text\": \"x\", \"votes\": [1, null, [], {\"option\": {}}, {\"voter\": {}, \"option\": \"no\"}]}".to_owned(),
    ] {
        if let Ok(import) = read_bytes("in", text.as_bytes(), &Options::default()) {
            assert_eq!(import.summary().ballots, import.records().map(|r| r.ballots()).sum::<u64>());
            let told = import.records().map(|record| record.findings.len()).sum::<usize>();
            let unresolved = import.records().any(|record| {
                let decisions = record.agreement.decisions();
                let mut ballots = decisions.filter_map(|(_, decision)| decision.ballots.clone());
                ballots.any(|ballots| ballots.iter().any(|ballot| ballot.entry.who.is_none()))
            });
            let named = import.records().any(|record| record.ballots() > 0);
            assert!(told > 0 || unresolved || named, "{text}");
        }
    }
}
