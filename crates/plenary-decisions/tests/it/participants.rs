//! Persons, units and printed names where codes stand.

use plenary_decisions::{
    Election, Facts, Group, Requirement, Standing, Table, Verdict, evaluate, verdict,
};
use plenary_types::{Choice, Participant};

fn who(text: &str) -> Participant {
    text.parse().unwrap()
}

fn ballots(list: &[(&str, Choice)]) -> Standing<'static> {
    Standing::from_ballots(list.iter().map(|(text, choice)| (who(text), *choice)))
}

#[test]
fn a_group_lists_participants_of_any_kind_and_prints_back() {
    for text in [
        "all of {FRA, person:x}",
        "no member of {org:river-bank, unit:CH-ZH, unit:FRA/worker} against",
        "among {person:BAYH_(D_IN), person:Müller%2C_Stefan} (more than 1/2 of members)",
        "without {text:Orange River Colony} (at least 2/3 of present and voting)",
    ] {
        let requirement: Requirement = text.parse().unwrap();
        assert_eq!(requirement.to_string(), text);
        assert_eq!(text.parse(), Ok(requirement));
    }
    let turned: Requirement = "all of {person:z, FRA, person:a, FRA}".parse().unwrap();
    assert_eq!(turned.to_string(), "all of {FRA, person:a, person:z}");
}

#[test]
fn what_is_no_participant_is_refused_with_what_would_be() {
    for text in [
        "all of {FRA, person:}",
        "all of {FRA, voter:x}",
        "all of {France}",
        "all of {person:a b}",
        "all of {state:FRA}",
    ] {
        let error = text.parse::<Requirement>().unwrap_err();
        let expected = [
            error.expected.contains("person:x"),
            error.expected.contains("`}`"),
        ];
        assert!(expected.contains(&true), "{text}: {error}");
    }
    assert!("at least 3 person:x".parse::<Requirement>().is_err());
}

#[test]
fn votes_of_persons_are_decided_by_names_groups_and_weights() {
    let mut facts = Facts::default();
    let parties = ["person:a", "person:b", "FRA"].map(who);
    facts.add_group("river".parse().unwrap(), Group::new(parties));
    let weights = [
        (who("person:a"), "3"),
        (who("person:b"), "1"),
        (who("FRA"), "1"),
    ];
    facts.add_table("shares".parse().unwrap(), Table::parse(weights).unwrap());
    let standing = ballots(&[
        ("person:b", Choice::No),
        ("FRA", Choice::Yes),
        ("person:a", Choice::Yes),
    ])
    .with_facts(&facts);
    for (text, expected) in [
        ("all of {FRA, person:a}", Verdict::Adopted),
        ("all of {FRA, person:b}", Verdict::Rejected),
        ("no member of {person:b} against", Verdict::Rejected),
        ("at least 2/3 of members of river", Verdict::Adopted),
        ("more than 3/5 of shares", Verdict::Adopted),
        ("more than 4/5 of shares", Verdict::Rejected),
        (
            "without {person:a} (more than 1/2 of present and voting)",
            Verdict::Rejected,
        ),
    ] {
        assert_eq!(
            verdict(&text.parse().unwrap(), &standing),
            expected,
            "{text}"
        );
    }
    let evaluation = evaluate(&"all of {FRA, person:b}".parse().unwrap(), &standing);
    let reasons = evaluation.reasons.to_string();
    assert!(reasons.contains("missing: person:b"), "{reasons}");
}

#[test]
fn persons_are_elected() {
    let election = Election::new(1, "more than 1/2 of present and voting".parse().unwrap());
    let votes = [(who("person:z"), 60), (who("person:a"), 40)];
    let outcome = election.count(&votes, 120, 100).unwrap();
    assert_eq!(outcome.elected, [who("person:z")]);
    let level = [(who("person:z"), 50), (who("person:a"), 50)];
    let outcome = election.count(&level, 120, 100).unwrap();
    assert_eq!(outcome.next_ballot, ["person:a", "person:z"].map(who));
}
