//! Pairs of states: against other implementations, against a double loop, and laws.

use plenary_analysis::dyad::{Absences, Agreement, Distance, Dyads, Joint, Measure};
use plenary_analysis::{Grouping, VoteKey, Votes};
use plenary_types::{Choice, Date};
use proptest::prelude::*;

/// Two sequences of 200 choices with this table.
const TABLE: [[u32; 3]; 3] = [[81, 9, 21], [4, 32, 9], [4, 4, 36]];

#[test]
fn measures_agree_with_scikit_learn_and_numpy() {
    // sklearn.metrics.cohen_kappa_score (unweighted, linear, quadratic); the others by numpy from their formulas.
    let expected = [
        (Measure::AGREEMENT, 0.81),
        (Measure::KAPPA, 0.595_109_558_590_028_6),
        (Measure::KAPPA_ABSOLUTE, 0.582_807_267_936_542_8),
        (Measure::KAPPA_SQUARED, 0.572_286_907_226_993_5),
        (Measure::PI, 0.591_182_364_729_458_8),
        (Measure::PI_ABSOLUTE, 0.577_190_542_420_027_9),
        (Measure::PI_SQUARED, 0.565_142_364_106_988_8),
        (Measure::S_ABSOLUTE, 0.62),
        (Measure::S_SQUARED, 0.685),
    ];
    let joint = Joint::from_cast(TABLE);
    for (measure, expected) in expected {
        let found = measure.of(&joint).unwrap();
        assert!((found - expected).abs() < 1e-12, "{measure}: {found}");
    }
}

fn choice() -> impl Strategy<Value = Choice> {
    prop::sample::select(Choice::ALL.to_vec())
}

/// A history: for each of some votes a year and the choices of some states.
fn history() -> impl Strategy<Value = Vec<(i32, Vec<Choice>)>> {
    (2usize..14).prop_flat_map(|states| {
        prop::collection::vec(
            (1946i32..1949, prop::collection::vec(choice(), states)),
            1..150,
        )
    })
}

fn votes(history: &[(i32, Vec<Choice>)], name: impl Fn(usize) -> String) -> Votes {
    let mut votes = Votes::default();
    for (at, (year, choices)) in history.iter().enumerate() {
        let names: Vec<String> = (0..choices.len()).map(&name).collect();
        let key = VoteKey::new(at.to_string()).on(Date::year(*year).unwrap());
        votes.add(
            key,
            names
                .iter()
                .map(String::as_str)
                .zip(choices.iter().copied()),
        );
    }
    votes
}

/// The obvious way: look at every vote of a year.
fn naive(history: &[(i32, Vec<Choice>)], year: i32, a: usize, b: usize) -> Joint {
    let of_year = history.iter().filter(|(y, _)| *y == year);
    Joint::from_pairs(of_year.map(|(_, choices)| (choices[a], choices[b])))
}

fn plain(state: usize) -> String {
    format!("S{state:02}")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn counts_are_those_of_a_double_loop(history in history()) {
        let dyads = Dyads::count_with_absences(&votes(&history, plain).matrix(Grouping::Year));
        for group in dyads.groups() {
            let year = group.label().parse().unwrap();
            for (a, b, joint) in group.pairs() {
                prop_assert_eq!(joint, naive(&history, year, a as usize, b as usize));
            }
        }
    }

    #[test]
    fn fast_paths_give_what_the_full_counts_give(history in history()) {
        let matrix = votes(&history, plain).matrix(Grouping::Year);
        let full = Dyads::count_with_absences(&matrix);
        let nine = Dyads::count(&matrix);
        let agreement = Agreement::count(&matrix);
        for ((full, nine), quick) in full.groups().iter().zip(nine.groups()).zip(agreement.groups()) {
            let [agree, kappa, pi] = nine.nominal();
            for (at, ((a, b, joint), quick)) in full.pairs().zip(quick.pairs()).enumerate() {
                let (a_quick, b_quick, common, value) = quick;
                prop_assert_eq!((a, b, joint.common()), (a_quick, b_quick, f64::from(common)));
                prop_assert_eq!(joint.agreement(), value);
                let same = |x: f64, y: Option<f64>| y.map_or(!x.is_finite(), |y| (x - y).abs() < 1e-12);
                prop_assert!(same(agree[at], joint.agreement()));
                prop_assert!(same(kappa[at], joint.kappa(Distance::Nominal)));
                prop_assert!(same(pi[at], joint.pi(Distance::Nominal)));
            }
        }
    }

    #[test]
    fn neither_names_nor_the_order_of_votes_matter(history in history()) {
        let count = |votes: &Votes| Dyads::count(&votes.matrix(Grouping::All));
        let forward = count(&votes(&history, plain));
        let renamed = count(&votes(&history, |state| format!("Z{:02}", 99 - state)));
        let backward: Vec<_> = history.iter().cloned().rev().collect();
        let backward = count(&votes(&backward, plain));
        let last = history[0].1.len() as u32 - 1;
        for (a, b, joint) in forward.groups()[0].pairs() {
            prop_assert_eq!(backward.groups()[0].joint(a, b), Some(joint));
            // The reversed names reverse the order of states.
            prop_assert_eq!(renamed.groups()[0].joint(last - a, last - b), Some(joint));
        }
    }

    #[test]
    fn measures_obey_their_laws(pairs in prop::collection::vec((choice(), choice()), 0..200)) {
        let joint = Joint::from_pairs(pairs.iter().copied());
        let read = joint.with_absences(Absences::AsAbstention);
        for measure in Measure::ALL {
            let value = measure.of(&joint);
            // Symmetry, range, and agreement with oneself.
            let turned = measure.of(&joint.transposed());
            let close = |x: f64, y: f64| (x - y).abs() < 1e-12;
            let symmetric = match (value, turned) {
                (Some(x), Some(y)) => close(x, y),
                (x, y) => x == y,
            };
            prop_assert!(symmetric, "{}", measure);
            let low = match measure.name {
                "agree" | "coincidence" | "points" => 0.0,
                "s-absolute" | "s-squared" => -1.0,
                _ => f64::NEG_INFINITY,
            };
            prop_assert!(value.is_none_or(|x| (low..=1.0 + 1e-12).contains(&x)), "{} {:?}", measure, value);
            let alone = Joint::from_pairs(pairs.iter().map(|&(a, _)| (a, a)));
            prop_assert!(measure.of(&alone).is_none_or(|x| close(x, 1.0)), "{}", measure);
            prop_assert_eq!(measure.of(&read).is_some() || value.is_none(), true);
        }
        // S equals its definition: one less twice the mean distance over the greatest.
        let place = |c: Choice| match c { Choice::Yes => 1.0, Choice::Abstain => 2.0, _ => 3.0 };
        let cast = |c: Choice| c.is_voting() || c == Choice::Abstain;
        let common: Vec<f64> = pairs
            .iter()
            .filter(|(a, b)| cast(*a) && cast(*b))
            .map(|&(a, b)| f64::abs(place(a) - place(b)))
            .collect();
        if !common.is_empty() {
            let n = common.len() as f64;
            let absolute = 1.0 - 2.0 * common.iter().sum::<f64>() / (2.0 * n);
            let squared = 1.0 - 2.0 * common.iter().map(|d| d * d).sum::<f64>() / (4.0 * n);
            prop_assert!((joint.s_score(Distance::Absolute).unwrap() - absolute).abs() < 1e-12);
            prop_assert!((joint.s_score(Distance::Squared).unwrap() - squared).abs() < 1e-12);
        }
    }
}

#[test]
fn states_that_vote_by_lot_agree_at_the_level_of_chance() {
    // Each pair of the nine equally often: kappa and pi are zero.
    let joint = Joint::from_cast([[10; 3]; 3]);
    for distance in [Distance::Nominal, Distance::Absolute, Distance::Squared] {
        assert!(joint.kappa(distance).unwrap().abs() < 1e-12);
        assert!(joint.pi(distance).unwrap().abs() < 1e-12);
    }
}
