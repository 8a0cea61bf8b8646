//! Cohesion: dated membership, treatments, and the laws of the indices.

use std::collections::BTreeMap;

use plenary_analysis::cohesion::{
    Absences, Abstentions, CohesionOptions, Split, StateGroups, Treatment, cohesion,
};
use plenary_analysis::{Grouping, VoteKey, Votes};
use plenary_types::Choice::{self, Abstain, No, NonVoting, Yes};
use plenary_types::Session;
use proptest::prelude::*;

fn own(file: &str) -> StateGroups {
    let members = plenary_tables::read_groups(file, plenary_states::Groups::participant);
    StateGroups::own(plenary_states::Groups::new(members.unwrap()))
}

fn on(id: &str, day: &str) -> VoteKey {
    VoteKey::new(id).on(day.parse().unwrap())
}

#[test]
fn a_state_votes_in_the_group_that_it_was_in_on_the_day() {
    let groups = own("group,member,from,to\n\
        eu,DEU,,\neu,FRA,,\neu,GBR,1973-01-01,2020-02-01\n\
        others,GBR,2020-02-01,\nothers,NOR,,\nothers,CHE,,\n");
    let mut votes = Votes::default();
    let ballots = [
        ("DEU", Yes),
        ("FRA", Yes),
        ("GBR", No),
        ("NOR", Yes),
        ("CHE", Yes),
    ];
    votes.add(on("before", "2019-12-18"), ballots);
    votes.add(on("after", "2020-12-18"), ballots);
    let found = cohesion(
        &votes.matrix(Grouping::Year),
        &groups,
        &CohesionOptions::default(),
    );
    let rice = |period: &str, group: &str| {
        let row = found
            .groups
            .iter()
            .find(|g| g.period == period && g.group == group);
        row.and_then(|row| row.rice)
    };
    assert_eq!(rice("2019", "eu"), Some(1.0 / 3.0));
    assert_eq!(rice("2019", "others"), Some(1.0));
    assert_eq!(rice("2020", "eu"), Some(1.0));
    assert_eq!(rice("2020", "others"), Some(1.0 / 3.0));
    let of_britain: Vec<_> = found.members.iter().filter(|m| m.state == "GBR").collect();
    assert_eq!(of_britain.len(), 2);
    assert!(of_britain.iter().all(|member| member.loyalty == Some(0.0)));
}

#[test]
fn every_treatment_of_abstentions_and_absences_is_applied_and_told() {
    let groups = own("group,member\ng,FRA\ng,DEU\ng,ITA\ng,ESP\n");
    let mut votes = Votes::default();
    let key = on("1", "2000-05-05");
    votes.add(
        key,
        [
            ("FRA", Yes),
            ("DEU", Yes),
            ("ITA", Abstain),
            ("ESP", NonVoting),
        ],
    );
    let matrix = votes.matrix(Grouping::All);
    let with = |abstentions, absences| {
        let treatment = Treatment {
            abstentions,
            absences,
        };
        let options = CohesionOptions::default().with_treatment(treatment);
        let found = cohesion(&matrix, &groups, &options);
        let row = &found.groups[0];
        (row.rice.unwrap(), row.agreement_index.unwrap(), row.members)
    };
    // Two together of three: (2 - 1/2) / 3.
    assert_eq!(with(Abstentions::Own, Absences::LeftOut), (1.0, 0.5, 3.0));
    assert_eq!(
        with(Abstentions::LeftOut, Absences::LeftOut),
        (1.0, 1.0, 2.0)
    );
    assert_eq!(
        with(Abstentions::Against, Absences::LeftOut),
        (1.0 / 3.0, 0.5, 3.0)
    );
    assert_eq!(
        with(Abstentions::Own, Absences::Abstentions),
        (1.0, 0.25, 4.0)
    );
    assert_eq!(
        with(Abstentions::Against, Absences::Abstentions),
        (0.0, 0.25, 4.0)
    );
    let found = cohesion(&matrix, &groups, &CohesionOptions::default());
    let json = serde_json::to_value(found.group_table()).unwrap();
    assert_eq!(json["metadata"]["absences"], "left out");
    assert!(
        json["metadata"]["abstentions"]
            .as_str()
            .unwrap()
            .starts_with("a third choice")
    );
}

#[test]
fn a_group_in_a_tie_has_no_position_to_be_loyal_to() {
    let groups = own("group,member\ng,FRA\ng,DEU\n");
    let mut votes = Votes::default();
    votes.add(on("1", "2000-05-05"), [("FRA", Yes), ("DEU", No)]);
    let found = cohesion(
        &votes.matrix(Grouping::All),
        &groups,
        &CohesionOptions::default(),
    );
    assert!(
        found
            .members
            .iter()
            .all(|m| m.votes == 0 && m.loyalty.is_none())
    );
    assert_eq!(found.groups[0].rice, Some(0.0));
}

#[test]
fn votes_without_a_day_are_listed_and_not_counted() {
    let mut votes = Votes::default();
    let key = VoteKey::new("R/1").in_session(Session::Regular(5));
    votes.add(key, [("FRA", Yes), ("DEU", Yes)]);
    let matrix = votes.matrix(Grouping::Session);
    let found = cohesion(
        &matrix,
        &own("group,member\ng,FRA\ng,DEU\n"),
        &CohesionOptions::default(),
    );
    assert_eq!(found.undated, ["R/1"]);
    assert!(found.groups.is_empty() && found.members.is_empty());
}

#[test]
fn a_group_that_is_not_there_is_refused_with_those_that_are() {
    let regional = plenary_bodies::Reference::embedded().scheme("un-regional");
    let regional = StateGroups::from_scheme(regional.unwrap());
    let error = regional.clone().only(["african", "nordic"]).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("unknown group `nordic` (expected african, asia-pacific")
    );
    assert_eq!(regional.only(["african"]).unwrap().names(), ["african"]);
}

const CODES: [&str; 8] = ["ARG", "BRA", "CAN", "DNK", "EGY", "FRA", "GBR", "HUN"];
const FILE: &str = "group,member\n\
    a,ARG\na,BRA\na,CAN\na,DNK\na,EGY\nb,DNK\nb,EGY\nb,FRA\nb,GBR\nb,HUN\n";

fn histories() -> impl Strategy<Value = Vec<Vec<Choice>>> {
    let choice = prop::sample::select(vec![Yes, No, Abstain, NonVoting, Choice::NotEligible]);
    prop::collection::vec(prop::collection::vec(choice, CODES.len()), 1..12)
}

fn matrix(history: &[Vec<Choice>]) -> plenary_analysis::VoteMatrix {
    let mut votes = Votes::default();
    for (n, choices) in history.iter().enumerate() {
        let ballots = CODES.iter().copied().zip(choices.iter().copied());
        votes.add(on(&n.to_string(), "1990-01-01"), ballots);
    }
    votes.matrix(Grouping::All)
}

/// The mean agreement index, Rice index and overlap by the definitions, vote by vote.
fn by_definition(history: &[Vec<Choice>], minimum: u32) -> BTreeMap<&'static str, Vec<f64>> {
    let mut all: BTreeMap<&'static str, Vec<f64>> = BTreeMap::new();
    for choices in history {
        let count = |members: &[usize], choice| {
            members.iter().filter(|m| choices[**m] == choice).count() as f64
        };
        let of = |members: &[usize]| [Yes, No, Abstain].map(|choice| count(members, choice));
        let (a, b) = (of(&[0, 1, 2, 3, 4]), of(&[3, 4, 5, 6, 7]));
        let (cast_a, cast_b): (f64, f64) = (a.iter().sum(), b.iter().sum());
        if cast_a >= f64::from(minimum) {
            let most = a.iter().fold(0.0f64, |most, n| most.max(*n));
            all.entry("agreement")
                .or_default()
                .push((most - 0.5 * (cast_a - most)) / cast_a);
            if a[0] + a[1] > 0.0 {
                all.entry("rice")
                    .or_default()
                    .push((a[0] - a[1]).abs() / (a[0] + a[1]));
            }
            if cast_b >= f64::from(minimum) {
                let differ: f64 = a
                    .iter()
                    .zip(b)
                    .map(|(x, y)| (x / cast_a - y / cast_b).abs())
                    .sum();
                all.entry("overlap").or_default().push(1.0 - differ / 2.0);
            }
        }
    }
    all
}

fn same(found: Option<f64>, values: Option<&Vec<f64>>) -> bool {
    let mean = values.map(|values| values.iter().sum::<f64>() / values.len() as f64);
    match (found, mean) {
        (Some(found), Some(mean)) => (found - mean).abs() < 1e-12,
        (found, mean) => found == mean,
    }
}

type Law = fn(Split, Split) -> bool;

const LAWS: &[(&str, Law)] = &[
    ("Rice's index lies between 0 and 1", |s, _| {
        s.rice().is_none_or(|x| (0.0..=1.0).contains(&x))
    }),
    ("the agreement index lies between 0 and 1", |s, _| {
        s.agreement_index().is_none_or(|x| (0.0..=1.0).contains(&x))
    }),
    ("Attina's index is (4 AI - 1) / 3", |s, _| {
        s.attina()
            .zip(s.agreement_index())
            .is_none_or(|(x, ai)| (x - (4.0 * ai - 1.0) / 3.0).abs() < 1e-12)
    }),
    (
        "a group that is all on one side is fully cohesive",
        |s, _| {
            let together = Split {
                yes: s.cast(),
                ..Split::default()
            };
            s.cast() == 0
                || (
                    together.rice(),
                    together.agreement_index(),
                    together.attina(),
                ) == (Some(1.0), Some(1.0), Some(1.0))
        },
    ),
    ("yes and no may be exchanged", |s, t| {
        let swap = |s: Split| Split {
            yes: s.no,
            no: s.yes,
            ..s
        };
        swap(s).rice() == s.rice()
            && swap(s).agreement_index() == s.agreement_index()
            && swap(s).likeness(swap(t)).is_some() == s.likeness(t).is_some()
    }),
    ("likeness and overlap are symmetric", |s, t| {
        s.likeness(t) == t.likeness(s) && s.overlap(t) == t.overlap(s)
    }),
    ("a group is like itself", |s, _| {
        let near_one = |x: f64| (x - 1.0).abs() < 1e-12;
        s.likeness(s).is_none_or(near_one) && s.overlap(s).is_none_or(near_one)
    }),
    ("without abstentions the overlap is the likeness", |s, t| {
        let (s, t) = (Split { abstain: 0, ..s }, Split { abstain: 0, ..t });
        match (s.likeness(t), s.overlap(t)) {
            (Some(likeness), Some(overlap)) => (likeness - overlap).abs() < 1e-12,
            (likeness, overlap) => likeness == overlap,
        }
    }),
];

fn splits() -> impl Strategy<Value = Split> {
    (0u32..200, 0u32..200, 0u32..200).prop_map(|(yes, no, abstain)| Split { yes, no, abstain })
}

proptest! {
    #[test]
    fn the_laws_of_the_indices_hold(left in splits(), right in splits()) {
        for (law, holds) in LAWS {
            prop_assert!(holds(left, right), "{}: {:?} {:?}", law, left, right);
        }
    }

    #[test]
    fn averages_agree_with_the_definitions_and_the_order_of_votes_does_not_matter(
        history in histories(),
        minimum in 1u32..4,
    ) {
        let options = CohesionOptions::default().with_minimum(minimum);
        let found = cohesion(&matrix(&history), &own(FILE), &options);
        let expected = by_definition(&history, minimum);
        let a = found.groups.iter().find(|row| row.group == "a");
        prop_assert!(same(a.and_then(|a| a.agreement_index), expected.get("agreement")));
        prop_assert!(same(a.and_then(|a| a.rice), expected.get("rice")));
        let overlap = found.pairs.first().and_then(|pair| pair.overlap);
        prop_assert!(same(overlap, expected.get("overlap")));

        let backwards: Vec<_> = history.iter().rev().cloned().collect();
        let again = cohesion(&matrix(&backwards), &own(FILE), &options);
        prop_assert_eq!(again.members, found.members);
    }
}
