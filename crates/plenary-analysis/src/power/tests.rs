//! Every way to the result against the definition, on small random rules.

use plenary_decisions::requirement::{
    Base, Comparison, GroupRef, Measure, Quantity, Relation, Side, Unit,
};
use plenary_decisions::{Facts, Fraction, Group, Name, Requirement, Standing, Table, Verdict};
use plenary_types::{Choice, Participant};
use proptest::prelude::*;

use super::enumeration::Coalitions;
use super::generating::Tables;
use super::{
    Body, DRAWS, Exactness, Game, GameError, MOST_DRAWS, PowerError, PowerOptions, SAMPLES,
    banzhaf, quadrature, samples, shapley_shubik, share_of_orders,
};

const MEMBERS: usize = 6;

fn code(n: usize) -> Participant {
    plenary_types::StateCode::from_bytes([b'A', b'A', b'A' + n as u8])
        .unwrap()
        .into()
}

fn name(text: &str) -> Name {
    text.parse().unwrap()
}

/// A group with more codes than seats and one member outside the body, and a table with a total that
/// covers others.
fn facts(weights: &[u32]) -> Facts {
    let mut facts = Facts::default();
    facts.add_group(name("G"), Group::with_seats([code(0), code(1), code(9)], 2));
    let texts: Vec<_> = weights.iter().map(|w| format!("{}.5", w)).collect();
    // Who is in a group and outside the body is listed too: without its weight the group's would not be known.
    let listed = texts.iter().enumerate().map(|(n, w)| (code(n), w.as_str()));
    let outside = (weights.len()..10).map(|n| (code(n), "0.0"));
    let table = Table::parse(listed.chain(outside)).unwrap();
    let total = table.print(table.total() + 17);
    facts.add_table(name("T"), table.with_total(&total).unwrap());
    facts
}

fn groups() -> impl Strategy<Value = GroupRef> {
    prop_oneof![
        Just(GroupRef::Named(name("G"))),
        prop::collection::vec(0..MEMBERS + 2, 1..4)
            .prop_map(|places| GroupRef::listed(places.into_iter().map(code))),
    ]
}

fn quantities() -> impl Strategy<Value = Quantity> {
    let bases = prop::sample::select(vec![Base::Members, Base::Voting, Base::Present]);
    prop_oneof![
        (0u64..12).prop_map(Quantity::Count),
        ((0u32..=7), bases)
            .prop_map(|(n, base)| { Quantity::Share(Fraction::new(n, 7).unwrap(), base) }),
    ]
}

fn comparisons(any: bool) -> impl Strategy<Value = Requirement> {
    let towards = vec![
        (Side::InFavour, Relation::AtLeast),
        (Side::InFavour, Relation::MoreThan),
        (Side::NotAgainst, Relation::AtLeast),
        (Side::Against, Relation::AtMost),
        (Side::NotInFavour, Relation::FewerThan),
    ];
    let sides = prop::sample::select(Side::ALL.to_vec());
    let relations = prop::sample::select(Relation::ALL.to_vec());
    let how = if any {
        (sides, relations).boxed()
    } else {
        prop::sample::select(towards).boxed()
    };
    let measures = prop_oneof![
        Just(Measure::Heads(Unit::Members)),
        Just(Measure::Weight(name("T")))
    ];
    (how, measures, prop::option::of(groups()), quantities()).prop_map(
        |((side, relation), measure, group, quantity)| {
            Requirement::Compare(Comparison {
                side,
                group,
                measure,
                relation,
                quantity,
            })
        },
    )
}

fn requirements(any: bool) -> impl Strategy<Value = Requirement> {
    comparisons(any).prop_recursive(3, 8, 3, move |inner| {
        let several = prop::collection::vec(inner.clone(), 2..4);
        let choices = prop_oneof![
            several.clone().prop_map(Requirement::All),
            several.prop_map(Requirement::Any),
            (groups(), inner.clone()).prop_map(|(g, part)| Requirement::Among(g, Box::new(part))),
            (groups(), inner.clone()).prop_map(|(g, part)| Requirement::Without(g, Box::new(part))),
            inner
                .clone()
                .prop_map(|part| Requirement::Should(Box::new(part))),
        ];
        if any {
            prop_oneof![
                choices,
                inner.prop_map(|part| Requirement::Not(Box::new(part)))
            ]
            .boxed()
        } else {
            choices.boxed()
        }
    })
}

/// What the requirement comes to when these members vote yes and the others no.
fn adopted(requirement: &Requirement, facts: &Facts, coalition: usize) -> bool {
    let ballots = (0..MEMBERS).map(|n| {
        let choice = if coalition >> n & 1 == 1 {
            Choice::Yes
        } else {
            Choice::No
        };
        (code(n), choice)
    });
    let standing = Standing::from_ballots(ballots).with_facts(facts);
    match plenary_decisions::verdict(requirement, &standing) {
        Verdict::Adopted => true,
        Verdict::Rejected => false,
        Verdict::Undetermined => panic!("{requirement} is undetermined"),
    }
}

/// By the definition: absolute Banzhaf and Shapley-Shubik from all coalitions, and the wins.
fn by_definition(wins: &[bool]) -> (Vec<f64>, Vec<f64>, f64) {
    let factorial = |n: usize| (1..=n).product::<usize>() as f64;
    let all = 1 << MEMBERS;
    let (mut swings, mut orders) = (vec![0.0; MEMBERS], vec![0.0; MEMBERS]);
    for coalition in 0..all {
        for member in (0..MEMBERS).filter(|m| coalition >> m & 1 == 0) {
            if wins[coalition | 1 << member] && !wins[coalition] {
                let size = coalition.count_ones() as usize;
                swings[member] += 2.0 / all as f64;
                orders[member] +=
                    factorial(size) * factorial(MEMBERS - 1 - size) / factorial(MEMBERS);
            }
        }
    }
    let won = wins.iter().filter(|w| **w).count() as f64 / all as f64;
    (swings, orders, won)
}

fn close(left: &[f64], right: &[f64]) -> bool {
    left.len() == right.len() && left.iter().zip(right).all(|(l, r)| (l - r).abs() < 1e-12)
}

fn weights() -> impl Strategy<Value = Vec<u32>> {
    prop::collection::vec(0u32..6, MEMBERS + 2)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_coalition_wins_when_the_requirement_is_met(
        requirement in requirements(true),
        weights in weights(),
    ) {
        let facts = facts(&weights);
        let body = Body::new((0..MEMBERS).map(code)).with_facts(&facts);
        let verdicts: Vec<_> = (0..1 << MEMBERS)
            .map(|coalition| adopted(&requirement, &facts, coalition))
            .collect();
        match Game::new(&requirement, &body) {
            Ok(game) => for (coalition, verdict) in verdicts.iter().enumerate() {
                let opposed = game.is_reversed();
                let members: Vec<_> = (0..MEMBERS)
                    .filter(|n| (coalition >> n & 1 == 1) != opposed)
                    .map(code)
                    .collect();
                prop_assert_eq!(game.wins(&members), *verdict, "{} by {:?}", requirement, members);
            },
            Err(GameError::Settled { adopted }) => {
                prop_assert!(verdicts.iter().all(|verdict| *verdict == adopted), "{}", requirement);
            }
            Err(GameError::NotMonotone) => {}
            Err(error) => prop_assert!(false, "{}: {}", requirement, error),
        }
    }

    #[test]
    fn every_way_to_the_result_agrees_with_the_definition(
        requirement in requirements(false),
        weights in weights(),
    ) {
        let facts = facts(&weights);
        let body = Body::new((0..MEMBERS).map(code)).with_facts(&facts);
        let Ok(game) = Game::new(&requirement, &body) else { return Ok(()) };
        let wins: Vec<_> = (0..1 << MEMBERS)
            .map(|coalition| adopted(&requirement, &facts, coalition))
            .collect();
        let (swings, orders, won) = by_definition(&wins);

        for (game, won) in [(game.clone(), won), (game.dual(), 1.0 - won)] {
            let tables = Tables::new(&game).unwrap();
            prop_assert!((tables.adoption(0.5) - won).abs() < 1e-12);
            let found = game.spread(&tables.decisive(&[(0.5, 1.0)]), 0.0);
            prop_assert!(close(&found, &swings), "tables: {:?}, not {:?}", found, swings);
            let nodes: Vec<_> = quadrature::nodes(3).iter().map(|n| (n.at, n.weight)).collect();
            let found = game.spread(&tables.decisive(&nodes), 0.0);
            prop_assert!(close(&found, &orders), "tables: {:?}, not {:?}", found, orders);
        }
        let coalitions = Coalitions::new(&game).unwrap();
        let of_classes: Vec<_> = coalitions.swings().iter().map(|s| share_of_orders(s)).collect();
        prop_assert!(close(&game.spread(&of_classes, 0.0), &orders));

        let options = PowerOptions::default();
        let power = banzhaf(&game, &options).unwrap();
        let values = |estimates: &[super::Estimate]| -> Vec<f64> {
            estimates.iter().map(|e| e.value).collect()
        };
        prop_assert!(close(&values(&power.absolute), &swings));
        prop_assert!((power.adoption.value - won).abs() < 1e-12);
        prop_assert!((values(&power.normalised).iter().sum::<f64>() - 1.0).abs() < 1e-12);
        let index = values(&shapley_shubik(&game, &options).unwrap().index);
        prop_assert!(close(&index, &orders));
        prop_assert!((index.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }
}

#[test]
fn sampled_intervals_cover_the_exact_values_near_their_level() {
    let facts = facts(&[9, 5, 5, 2, 1, 1]);
    let requirement = "more than 1/2 of T; at least 3 votes".parse().unwrap();
    let body = Body::new((0..MEMBERS).map(code)).with_facts(&facts);
    let game = Game::new(&requirement, &body).unwrap();
    let exact = PowerOptions::default();
    let (swings, orders) = (
        banzhaf(&game, &exact).unwrap(),
        shapley_shubik(&game, &exact).unwrap(),
    );
    let (mut covered, mut intervals) = (0, 0);
    for seed in 0..60 {
        let options = PowerOptions::default()
            .with_exactness(Exactness::Sample)
            .with_samples(3000)
            .with_seed(seed);
        let sampled = banzhaf(&game, &options).unwrap();
        let index = shapley_shubik(&game, &options).unwrap().index;
        let pairs = [
            (&swings.absolute, &sampled.absolute),
            (&swings.normalised, &sampled.normalised),
            (&orders.index, &index),
        ];
        for (exact, sampled) in pairs.into_iter().flat_map(|(e, s)| e.iter().zip(s)) {
            covered += usize::from((sampled.lower..=sampled.upper).contains(&exact.value));
            intervals += 1;
        }
    }
    let level = f64::from(covered as u32) / f64::from(intervals);
    assert!((0.92..=0.98).contains(&level), "{level}");
}

#[test]
fn as_many_samples_are_drawn_as_take_seconds_and_too_many_are_refused() {
    let of = |members: u32| {
        let names = (0..members).map(|n| format!("person:{n}").parse::<Participant>().unwrap());
        Game::new(
            &"more than 1/2 of members".parse().unwrap(),
            &Body::new(names),
        )
        .unwrap()
    };
    let unsaid = PowerOptions::default();
    for (members, drawn) in [
        (3, SAMPLES),
        (1000, SAMPLES),
        (2000, DRAWS / 2000),
        (20_000, DRAWS / 20_000),
    ] {
        assert_eq!(samples(&of(members), &unsaid), Ok(drawn), "{members}");
    }
    let most = MOST_DRAWS / 20_000;
    let game = of(20_000);
    assert_eq!(samples(&game, &unsaid.with_samples(most)), Ok(most));
    let sampled = unsaid
        .with_exactness(Exactness::Sample)
        .with_samples(most + 1);
    let refused = PowerError::TooManySamples {
        samples: most + 1,
        members: 20_000,
        most,
    };
    assert_eq!(banzhaf(&game, &sampled), Err(refused.clone()));
    assert_eq!(shapley_shubik(&game, &sampled), Err(refused));
}
