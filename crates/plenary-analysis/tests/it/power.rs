//! Voting power: published values of real bodies, and the laws of the indices.

use std::collections::BTreeMap;

use plenary_analysis::power::{
    Banzhaf, Body, Computation, Exactness, Game, GameError, PowerError, PowerOptions, banzhaf,
    shapley_shubik,
};
use plenary_bodies::{Library, Reference};
use plenary_decisions::{Facts, Requirement, Table};
use plenary_types::{Participant, StateCode};

fn code(text: &str) -> Participant {
    text.parse().unwrap()
}

fn nth(n: usize) -> Participant {
    let letter = |n: usize| b'A' + (n % 26) as u8;
    let code = StateCode::from_bytes([letter(n / 676), letter(n / 26), letter(n)]);
    code.unwrap().into()
}

/// The game of a rule of the library as it was on a day.
fn by_rule(id: &str, day: &str) -> Game {
    let day = day.parse().unwrap();
    let rule = Library::embedded().rule(id, day).unwrap();
    let body = Body::from_rule(Reference::embedded(), &rule, day).unwrap();
    Game::new(&rule.rule.requirement, &body).unwrap()
}

/// A game in which members need a quota of their weights; extra words join the requirement.
fn weighted(weights: &[u64], requirement: &str) -> Result<Game, GameError> {
    let texts: Vec<_> = weights.iter().map(ToString::to_string).collect();
    let table = Table::parse(texts.iter().enumerate().map(|(n, w)| (nth(n), w.as_str()))).unwrap();
    let mut facts = Facts::default();
    facts.add_table("w".parse().unwrap(), table);
    let body = Body::new((0..weights.len()).map(nth)).with_facts(&facts);
    Game::new(&requirement.parse().unwrap(), &body)
}

fn normalised(game: &Game) -> Vec<f64> {
    let power = banzhaf(game, &PowerOptions::default()).unwrap();
    assert!(power.computation.is_exact());
    power.normalised.iter().map(|e| e.value).collect()
}

fn shapley(game: &Game) -> Vec<f64> {
    let power = shapley_shubik(game, &PowerOptions::default()).unwrap();
    assert!(power.computation.is_exact());
    power.index.iter().map(|e| e.value).collect()
}

fn of(game: &Game, values: &[f64], member: &str) -> f64 {
    values[game.players().binary_search(&code(member)).unwrap()]
}

fn assert_values(found: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!(
            (found - expected).abs() <= tolerance,
            "{found}, not {expected}"
        );
    }
}

#[test]
fn the_security_council_of_fifteen_has_its_known_powers() {
    let game = by_rule("sc-substantive", "2020-01-01");
    assert_eq!(game.players().len(), 15);
    let (swings, orders) = (normalised(&game), shapley(&game));
    for (place, member) in game.players().iter().enumerate() {
        let permanent = ["CHN", "FRA", "GBR", "RUS", "USA"].contains(&&*member.to_string());
        let expected = if permanent {
            (106.0 / 635.0, 421.0 / 2145.0)
        } else {
            (21.0 / 1270.0, 4.0 / 2145.0)
        };
        assert_values(
            &[swings[place], orders[place]],
            &[expected.0, expected.1],
            1e-14,
        );
    }
    // 848 of 32,768 coalitions win.
    let power = banzhaf(&game, &PowerOptions::default()).unwrap();
    assert_eq!(power.adoption.value, 848.0 / 32768.0);
}

#[test]
fn the_security_council_of_eleven_has_its_known_powers() {
    let game = by_rule("sc-substantive", "1960-06-01");
    assert_eq!(game.players().len(), 11);
    let (swings, orders) = (normalised(&game), shapley(&game));
    assert_values(
        &[of(&game, &swings, "SUN"), of(&game, &orders, "SUN")],
        &[19.0 / 105.0, 76.0 / 385.0],
        1e-14,
    );
    assert_values(
        &[of(&game, &swings, "TUN"), of(&game, &orders, "TUN")],
        &[1.0 / 63.0, 1.0 / 462.0],
        1e-14,
    );
}

#[test]
fn seats_whose_holders_are_not_on_record_are_anonymous() {
    let game = by_rule("sc-substantive", "2100-01-01");
    assert_eq!(game.players().len(), 15);
    let unnamed = game.players().iter().filter(|m| Body::is_anonymous(**m));
    assert_eq!(unnamed.count(), 10);
    assert_eq!(
        game.symmetric_members()
            .iter()
            .map(Vec::len)
            .collect::<Vec<_>>(),
        [5, 10]
    );
}

#[test]
fn members_of_the_assembly_have_equal_power() {
    let game = by_rule("ga-important", "2020-01-01");
    assert_values(&shapley(&game), &[1.0 / 193.0; 193], 1e-13);
    assert_values(&normalised(&game), &[1.0 / 193.0; 193], 1e-13);
    assert_eq!(game.symmetric_members().len(), 1);
}

#[test]
fn the_first_council_of_the_communities_left_luxembourg_without_power() {
    let game = weighted(&[4, 4, 4, 2, 2, 1], "at least 12 w").unwrap();
    let third = 14.0 / 60.0;
    assert_values(
        &shapley(&game),
        &[third, third, third, 0.15, 0.15, 0.0],
        1e-14,
    );
    let (large, small) = (10.0 / 42.0, 6.0 / 42.0);
    assert_values(
        &normalised(&game),
        &[large, large, large, small, small, 0.0],
        1e-14,
    );
}

#[test]
fn the_council_of_nine_has_its_published_powers() {
    let weights = [10, 10, 10, 10, 5, 5, 3, 3, 2];
    let game = weighted(&weights, "at least 41 w").unwrap();
    let banzhaf = [
        0.167, 0.167, 0.167, 0.167, 0.091, 0.091, 0.066, 0.066, 0.016,
    ];
    let shapley_shubik = [
        0.179, 0.179, 0.179, 0.179, 0.081, 0.081, 0.057, 0.057, 0.010,
    ];
    assert_values(&normalised(&game), &banzhaf, 5e-4);
    assert_values(&shapley(&game), &shapley_shubik, 6e-4);
}

#[test]
fn three_of_the_six_supervisors_of_nassau_county_had_no_power() {
    let game = weighted(&[31, 31, 28, 21, 2, 2], "at least 58 w").unwrap();
    let third = 1.0 / 3.0;
    assert_values(
        &normalised(&game),
        &[third, third, third, 0.0, 0.0, 0.0],
        1e-15,
    );
    assert_values(
        &shapley(&game),
        &[third, third, third, 0.0, 0.0, 0.0],
        1e-14,
    );
}

#[test]
fn the_council_under_the_treaty_of_nice_has_its_published_powers() {
    let game = by_rule("eu-qmv", "2010-01-01");
    let power = normalised(&game);
    let published = [
        ("DEU", 0.0778),
        ("ESP", 0.0742),
        ("ROU", 0.0426),
        ("NLD", 0.0397),
        ("BEL", 0.0368),
        ("SWE", 0.0309),
        ("DNK", 0.0218),
        ("LUX", 0.0125),
        ("MLT", 0.0094),
    ];
    for (member, expected) in published {
        assert_values(&[of(&game, &power, member)], &[expected], 6e-5);
    }
    let adoption = banzhaf(&game, &PowerOptions::default()).unwrap().adoption;
    assert_values(&[adoption.value], &[0.0203], 5e-5);
}

#[test]
fn the_double_majority_makes_decisions_six_times_as_likely_as_nice() {
    let game = by_rule("eu-qmv", "2025-01-01");
    assert_eq!(game.players().len(), 27);
    let power = banzhaf(&game, &PowerOptions::default()).unwrap();
    assert!(
        (0.12..0.14).contains(&power.adoption.value),
        "{:?}",
        power.adoption
    );
    // The clause on blocking minorities lets 24 members decide against three whose people are many.
    let three = ["DEU", "FRA", "ITA"].map(code);
    let others: Vec<_> = game
        .players()
        .iter()
        .copied()
        .filter(|m| !three.contains(m))
        .collect();
    assert!(game.wins(&others));
    assert!(!game.wins(&others[1..]));
}

#[test]
fn blocking_is_as_powerful_as_deciding() {
    let deciding = by_rule("eu-qmv", "2025-01-01");
    let blocking = by_rule("eu-blocking-minority", "2025-01-01");
    assert!(blocking.is_reversed() && !deciding.is_reversed());
    // Without its "55 % of members" the rule is the negation of the blocking minority.
    let requirement: Requirement =
        "at least 65% of population or fewer than 4 members not in favour"
            .parse()
            .unwrap();
    let day = "2025-01-01".parse().unwrap();
    let rule = Library::embedded().rule("eu-qmv", day).unwrap();
    let body = Body::from_rule(Reference::embedded(), &rule, day).unwrap();
    let negation = Game::new(&requirement, &body).unwrap();
    assert_values(&shapley(&blocking), &shapley(&negation), 1e-12);
}

/// Shares of the voting power of the 24 chairs of the Executive Board of the IMF, in hundredths of a
/// per cent, rounded: enough for what follows, which depends on the 15 % that block.
const CHAIRS: [u64; 24] = [
    1650, 614, 608, 543, 531, 530, 433, 412, 403, 403, 378, 337, 328, 322, 306, 305, 297, 288, 268,
    253, 252, 201, 159, 162,
];

#[test]
fn eighty_five_per_cent_is_a_veto_of_the_largest_chair_and_shrinks_every_power() {
    let half = weighted(&CHAIRS, "more than 1/2 of w").unwrap();
    let most = weighted(&CHAIRS, "at least 85% of w").unwrap();
    let others: Vec<_> = most.players()[1..].to_vec();
    assert!(!most.wins(&others));
    let (of_half, of_most) = (normalised(&half), normalised(&most));
    let share = CHAIRS[0] as f64 / CHAIRS.iter().sum::<u64>() as f64;
    // Leech (2002): the largest has more than its share under the simple majority, and a veto
    // spreads power over the others.
    assert!(of_half[0] > share * 1.2, "{} for {share}", of_half[0]);
    assert!(of_most[0] < of_half[0]);
    let power = |game: &Game| banzhaf(game, &PowerOptions::default()).unwrap();
    let pairs = power(&half).absolute.into_iter().zip(power(&most).absolute);
    for (simple, special) in pairs {
        assert!(special.value < simple.value);
    }
}

#[test]
fn a_large_weighted_body_is_sampled_and_the_seed_settles_the_result() {
    let weights: Vec<u64> = (0..190)
        .map(|n| 1464 + 830_000 / (n + 1) / (n + 1))
        .collect();
    let game = weighted(&weights, "at least 85% of w").unwrap();
    let options = PowerOptions::default().with_samples(20_000);
    let index = shapley_shubik(&game, &options).unwrap();
    assert_eq!(
        index.computation,
        Computation::Sampling {
            samples: 20_000,
            seed: 1
        }
    );
    let sum: f64 = index.index.iter().map(|e| e.value).sum();
    assert!((sum - 1.0).abs() < 1e-9);
    assert!(
        index
            .index
            .iter()
            .all(|e| e.lower <= e.value && e.value <= e.upper)
    );
    assert_eq!(index, shapley_shubik(&game, &options).unwrap());
    let other = options.with_seed(2);
    assert_ne!(index.index, shapley_shubik(&game, &other).unwrap().index);
}

#[test]
fn an_exact_result_out_of_reach_is_refused_rather_than_sampled() {
    let weights: Vec<u64> = (0..60).map(|n| 1_000_000_007 + n * n * n).collect();
    let game = weighted(&weights, "more than 1/2 of w").unwrap();
    let options = PowerOptions::default().with_exactness(Exactness::Exact);
    assert_eq!(
        banzhaf(&game, &options),
        Err(PowerError::OutOfReach { members: 60 })
    );
    let options = PowerOptions::default().with_samples(0);
    assert_eq!(shapley_shubik(&game, &options), Err(PowerError::NoSamples));
}

#[test]
fn a_state_that_sits_in_two_organs_acts_in_both() {
    let requirement = "in council (at least 2 votes); in assembly (at least 3 votes)";
    let council = Body::new([nth(0), nth(1)]);
    let assembly = Body::new((0..5).map(nth));
    let body = Body::default()
        .with_organ("council".parse().unwrap(), council)
        .with_organ("assembly".parse().unwrap(), assembly);
    let game = Game::new(&requirement.parse().unwrap(), &body).unwrap();
    assert!(game.wins(&[nth(0), nth(1), nth(4)]));
    assert!(!game.wins(&[nth(0), nth(2), nth(3), nth(4)]));
    // Both members of the council and one of the other three: 7 coalitions.
    let power: Banzhaf = banzhaf(&game, &PowerOptions::default()).unwrap();
    assert_eq!(power.adoption.value, 7.0 / 32.0);
}

#[test]
fn amending_the_charter_gives_a_veto_to_the_permanent_members() {
    let game = by_rule("charter-108", "2020-01-01");
    assert_eq!(game.players().len(), 193);
    assert_eq!(
        game.symmetric_members().iter().map(Vec::len).max(),
        Some(188)
    );
    let (swings, orders) = (normalised(&game), shapley(&game));
    assert!(of(&game, &swings, "FRA") > of(&game, &swings, "IND"));
    assert!(of(&game, &orders, "FRA") > 10.0 * of(&game, &orders, "IND"));
    // A recommendation of the Council and two thirds of the Assembly.
    let game = by_rule("ga-admission", "2020-01-01");
    assert_eq!(game.symmetric_members().len(), 3);
}

#[test]
fn what_a_rule_lacks_is_said() {
    let lacks = |requirement: &str| weighted(&[1, 1], requirement).unwrap_err().to_string();
    assert_eq!(
        lacks("all of P9"),
        "the rule names the group `P9`, whose members are not known"
    );
    assert_eq!(
        lacks("at least 3 x"),
        "the rule needs the table `x`, which is not known"
    );
    assert_eq!(
        lacks("in council (all members)"),
        "the rule is decided in `council` as well, whose members are not known"
    );
    assert_eq!(
        lacks("at least 1 vote; at least 1 member against"),
        "support helps in one part of the rule and harms in another, so power is not defined"
    );
    assert_eq!(
        lacks("at least 3 votes"),
        "the decision does not depend on these members: it is rejected whatever they do"
    );
    let body = Body::new([nth(0), nth(1)]);
    let facts = {
        let mut facts = Facts::default();
        facts.add_table("w".parse().unwrap(), Table::parse([(nth(0), "1")]).unwrap());
        facts
    };
    let error = Game::new(&"at least 1 w".parse().unwrap(), &body.with_facts(&facts)).unwrap_err();
    assert_eq!(error.to_string(), "the table `w` has no weight of AAB");
}

mod laws {
    use super::*;
    use proptest::prelude::*;

    fn games() -> impl Strategy<Value = (Vec<u64>, String)> {
        (prop::collection::vec(0u64..9, 4..9), 1u64..100, 0usize..3).prop_filter_map(
            "somebody has to count",
            |(weights, per_cent, veto)| {
                let total: u64 = weights.iter().sum();
                let quota = 1 + total * per_cent / 100;
                let vetoes = match veto {
                    0 => String::new(),
                    n => format!("; no member of {{{}}} against", nth(n)),
                };
                (total > 0 && quota <= total)
                    .then(|| (weights, format!("at least {quota} w{vetoes}")))
            },
        )
    }

    /// Both indices of every member, by code.
    fn powers(weights: &[u64], requirement: &str) -> Option<BTreeMap<usize, (f64, f64)>> {
        let game = weighted(weights, requirement).ok()?;
        let (swings, orders) = (normalised(&game), shapley(&game));
        let both = swings.into_iter().zip(orders);
        Some(both.enumerate().collect())
    }

    fn near(left: (f64, f64), right: (f64, f64)) -> bool {
        (left.0 - right.0).abs() < 1e-12 && (left.1 - right.1).abs() < 1e-12
    }

    type Law = fn(&[u64], &str, &BTreeMap<usize, (f64, f64)>) -> bool;

    const LAWS: &[(&str, Law)] = &[
        ("powers sum to one", |_, _, powers| {
            let sum = powers
                .values()
                .fold((0.0, 0.0), |s, p| (s.0 + p.0, s.1 + p.1));
            near(sum, (1.0, 1.0))
        }),
        (
            "a member without weight or veto has no power",
            |weights, rule, powers| {
                let is_dummy = |n: &usize| weights[*n] == 0 && !rule.contains(&nth(*n).to_string());
                powers.iter().all(|(n, p)| !is_dummy(n) || *p == (0.0, 0.0))
            },
        ),
        (
            "nobody has more power than a member with a veto",
            |weights, rule, powers| {
                let vetoes = powers
                    .iter()
                    .filter(|(n, _)| rule.contains(&nth(**n).to_string()));
                vetoes.into_iter().all(|(_, veto)| {
                    powers
                        .values()
                        .all(|p| p.0 <= veto.0 + 1e-12 && p.1 <= veto.1 + 1e-12)
                }) && weights.len() == powers.len()
            },
        ),
        (
            "members of equal weight have equal power",
            |weights, rule, powers| {
                let plain = |n: &usize| !rule.contains(&nth(*n).to_string());
                powers.iter().filter(|(n, _)| plain(n)).all(|(n, p)| {
                    let equals = powers
                        .iter()
                        .filter(|(m, _)| plain(m) && weights[**m] == weights[*n]);
                    equals.into_iter().all(|(_, q)| near(*p, *q))
                })
            },
        ),
        (
            "more weight never means less power",
            |weights, rule, powers| {
                let plain = |n: &usize| !rule.contains(&nth(*n).to_string());
                powers.iter().filter(|(n, _)| plain(n)).all(|(n, p)| {
                    let lighter = powers
                        .iter()
                        .filter(|(m, _)| plain(m) && weights[**m] <= weights[*n]);
                    lighter
                        .into_iter()
                        .all(|(_, q)| q.0 <= p.0 + 1e-12 && q.1 <= p.1 + 1e-12)
                })
            },
        ),
        (
            "weights in other units mean the same",
            |weights, rule, powers| {
                let tenfold: Vec<_> = weights.iter().map(|w| w * 10).collect();
                let (_, rest) = rule.split_once("least ").unwrap();
                let (quota, rest) = rest.split_once(' ').unwrap();
                let same =
                    super::laws::powers(&tenfold, &format!("at least {quota}0 {rest}")).unwrap();
                same.iter().all(|(n, p)| near(*p, powers[n]))
            },
        ),
        ("names do not matter", |weights, rule, powers| {
            // The members in reverse order, the one with the veto renamed as well.
            let reversed: Vec<_> = weights.iter().rev().copied().collect();
            let last = weights.len() - 1;
            let renamed = match (1..3).find(|n| rule.contains(&nth(*n).to_string())) {
                Some(n) => rule.replace(&nth(n).to_string(), &nth(last - n).to_string()),
                None => rule.to_owned(),
            };
            let same = super::laws::powers(&reversed, &renamed).unwrap();
            same.iter().all(|(n, p)| near(*p, powers[&(last - n)]))
        }),
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn the_laws_of_the_indices_hold((weights, rule) in games()) {
            let Some(powers) = powers(&weights, &rule) else { return Ok(()) };
            for (law, holds) in LAWS {
                prop_assert!(holds(&weights, &rule, &powers), "{}: {:?} {}", law, weights, rule);
            }
        }
    }
}
