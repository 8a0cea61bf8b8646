//! Laws that hold for every requirement and every vote.
//!
//! | law | property |
//! |---|---|
//! | print, then parse | gives the same requirement |
//! | a reason's parts | imply its answer |
//! | the verdict alone | is the verdict with reasons |
//! | one more yes | never turns adopted into rejected, in rules that only ask for more |
//! | counts alone | never contradict the ballots behind them |
//! | opponents named | never contradict the ballots behind them |
//! | the naive count | decides a comparison of heads as the crate does |

use plenary_decisions::requirement::{
    Base, Comparison, GroupRef, Measure, Quantity, Relation, Requirement, Side, Unit,
};
use plenary_decisions::{
    Answer, Facts, Fraction, Group, Name, Period, Standing, Table, Verdict, evaluate, verdict,
};
use plenary_types::{Choice, StateCode};
use proptest::prelude::*;

fn name(text: &str) -> Name {
    text.parse().unwrap()
}

fn codes() -> impl Iterator<Item = StateCode> {
    (b'A'..=b'Z').map(|letter| StateCode::from_bytes([b'A', b'A', letter]).unwrap())
}

/// Twenty-six possible members; five of the first nine codes hold a group's four seats.
fn facts() -> Facts {
    let mut facts = Facts::default();
    facts.add_group(name("P5"), Group::new(codes().take(5)));
    facts.add_group(name("Few"), Group::new(codes().skip(20).take(2)));
    let weights: Vec<_> = codes()
        .enumerate()
        .map(|(i, code)| (code, format!("{}.{}", i * i, i)))
        .collect();
    let table = Table::parse(
        weights
            .iter()
            .map(|(code, weight)| (*code, weight.as_str())),
    );
    facts.add_table(name("population"), table.unwrap());
    facts
}

fn group() -> impl Strategy<Value = GroupRef> {
    prop_oneof![
        prop::sample::select(vec!["P5", "Few"]).prop_map(|n| GroupRef::Named(name(n))),
        prop::collection::vec(prop::sample::select(codes().collect::<Vec<_>>()), 1..6)
            .prop_map(GroupRef::listed),
    ]
}

fn fraction() -> impl Strategy<Value = Fraction> {
    prop_oneof![
        prop::sample::select(vec![
            (1, 2),
            (2, 3),
            (3, 5),
            (55, 100),
            (5502, 100_000),
            (1, 1),
            (0, 1)
        ]),
        (0u32..50, 50u32..100),
    ]
    .prop_map(|(n, d)| Fraction::new(n, d).unwrap())
}

fn comparison(relations: Vec<Relation>, sides: Vec<Side>) -> impl Strategy<Value = Comparison> {
    let base = prop::sample::select(vec![Base::Members, Base::Voting, Base::Present]);
    let unit = prop::sample::select(vec![Unit::Votes, Unit::Instruments, Unit::Members]);
    let quantity = prop_oneof![
        (0u64..30).prop_map(Quantity::Count),
        (fraction(), base).prop_map(|(fraction, base)| Quantity::Share(fraction, base)),
    ];
    let relation = prop::sample::select(relations);
    let side = prop::sample::select(sides);
    let weighed = any::<bool>();
    (
        side,
        prop::option::of(group()),
        unit,
        relation,
        quantity,
        weighed,
    )
        .prop_map(|(side, group, unit, relation, quantity, weighed)| {
            let unit = if matches!(quantity, Quantity::Share(..)) {
                Unit::Members
            } else {
                unit
            };
            let measure = if weighed {
                Measure::Weight(name("population"))
            } else {
                Measure::Heads(unit)
            };
            Comparison {
                side,
                group,
                measure,
                relation,
                quantity,
            }
        })
}

fn any_comparison() -> impl Strategy<Value = Comparison> {
    comparison(Relation::ALL.to_vec(), Side::ALL.to_vec())
}

fn tree(leaf: impl Strategy<Value = Comparison> + 'static) -> impl Strategy<Value = Requirement> {
    leaf.prop_map(Requirement::Compare)
        .prop_recursive(3, 12, 3, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 2..4).prop_map(Requirement::All),
                prop::collection::vec(inner.clone(), 2..4).prop_map(Requirement::Any),
                inner
                    .clone()
                    .prop_map(|part| Requirement::Not(Box::new(part))),
                inner
                    .clone()
                    .prop_map(|part| Requirement::Should(Box::new(part))),
                (group(), inner.clone())
                    .prop_map(|(g, part)| Requirement::Among(g, Box::new(part))),
                (group(), inner.clone())
                    .prop_map(|(g, part)| Requirement::Without(g, Box::new(part))),
                (any::<bool>(), inner.clone()).prop_map(|(first, part)| Requirement::In {
                    organ: name("council"),
                    first,
                    requirement: Box::new(part),
                }),
                (1u32..30, inner)
                    .prop_map(|(n, part)| Requirement::After(Period::Months(n), Box::new(part))),
            ]
        })
}

/// Ballots of some of the twenty-six.
fn ballots() -> impl Strategy<Value = Vec<(StateCode, Choice)>> {
    let choice = prop_oneof![
        4 => Just(Choice::Yes), 3 => Just(Choice::No), 2 => Just(Choice::Abstain), 1 => Just(Choice::NonVoting),
    ];
    prop::collection::vec(choice, 26).prop_map(|choices| codes().zip(choices).collect())
}

/// Requirements that more votes in favour can only help: an abstention turned into a yes moves no base but that of
/// those voting, and never lowers a share of it.
fn rising() -> impl Strategy<Value = Requirement> {
    let more = comparison(
        vec![Relation::AtLeast, Relation::MoreThan],
        vec![Side::InFavour],
    );
    let nobody = group().prop_map(|g| Requirement::nobody(Some(g), Side::Against));
    let fewer = comparison(
        vec![Relation::AtMost, Relation::FewerThan],
        vec![Side::NotInFavour],
    )
    .prop_map(|c| Comparison {
        quantity: members_only(c.quantity),
        ..c
    });
    let leaf = prop_oneof![
        more.prop_map(Requirement::Compare),
        nobody,
        fewer.prop_map(Requirement::Compare)
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Requirement::All),
            prop::collection::vec(inner, 2..4).prop_map(Requirement::Any),
        ]
    })
}

fn members_only(quantity: Quantity) -> Quantity {
    match quantity {
        Quantity::Share(fraction, _) => Quantity::Share(fraction, Base::Members),
        count @ Quantity::Count(_) => count,
    }
}

/// What a comparison of heads comes to by counting on one's fingers.
fn naive(comparison: &Comparison, ballots: &[(StateCode, Choice)], facts: &Facts) -> bool {
    let in_group = |code: StateCode| match &comparison.group {
        None => true,
        Some(GroupRef::Listed(codes)) => codes.contains(&code),
        Some(GroupRef::Named(name)) => facts.group(name).unwrap().contains(code),
    };
    let count = |wanted: &dyn Fn(Choice) -> bool| {
        let voters = ballots
            .iter()
            .filter(|(code, choice)| in_group(*code) && wanted(*choice));
        i64::try_from(voters.count()).unwrap()
    };
    let have = count(&|choice| match comparison.side {
        Side::InFavour => choice == Choice::Yes,
        Side::Against => choice == Choice::No,
        Side::Abstaining => choice == Choice::Abstain,
        Side::NotInFavour => choice != Choice::Yes,
        Side::NotAgainst => choice != Choice::No,
        Side::Voting => choice.is_voting(),
        Side::Present => choice != Choice::NonVoting,
    });
    let (left, right) = match comparison.quantity {
        Quantity::Count(n) => (have, i64::try_from(n).unwrap()),
        Quantity::Share(fraction, base) => {
            let whole = count(&|choice| match base {
                Base::Members => true,
                Base::Voting => choice.is_voting(),
                Base::Present => choice != Choice::NonVoting,
            });
            if whole == 0 {
                return matches!(comparison.relation, Relation::AtMost | Relation::FewerThan);
            }
            (
                have * i64::from(fraction.denominator()),
                whole * i64::from(fraction.numerator()),
            )
        }
    };
    match comparison.relation {
        Relation::AtLeast => left >= right,
        Relation::MoreThan => left > right,
        Relation::AtMost => left <= right,
        Relation::FewerThan => left < right,
        Relation::Exactly => left == right,
    }
}

/// An answer from counts may be open, but not the opposite.
fn agrees(from_counts: Verdict, from_ballots: Verdict) -> bool {
    from_counts == Verdict::Undetermined || from_counts == from_ballots
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn printing_and_parsing_agree(requirement in tree(any_comparison())) {
        let text = requirement.to_string();
        prop_assert_eq!(text.parse::<Requirement>(), Ok(requirement.clone()), "{}", text);
        let json = serde_json::to_string(&requirement).unwrap();
        prop_assert_eq!(serde_json::from_str::<Requirement>(&json).unwrap(), requirement);
    }

    #[test]
    fn the_parts_of_an_explanation_imply_its_verdict(
        requirement in tree(any_comparison()),
        ballots in ballots(),
        by_counts in any::<bool>(),
    ) {
        let facts = facts();
        let standing = Standing::of_ballots(ballots);
        let standing = if by_counts { Standing::of_counts(standing.tally()) } else { standing };
        let standing = standing.with_facts(&facts);
        let evaluation = evaluate(&requirement, &standing);
        prop_assert_eq!(Verdict::from(evaluation.reasons.implied()), evaluation.verdict);
        prop_assert_eq!(verdict(&requirement, &standing), evaluation.verdict);
        let open = evaluation.verdict == Verdict::Undetermined;
        prop_assert_eq!(!evaluation.missing().is_empty(), open, "{}", evaluation.reasons);
        let json = serde_json::to_string(&evaluation).unwrap();
        prop_assert_eq!(serde_json::from_str::<plenary_decisions::Evaluation>(&json).unwrap(), evaluation);
    }

    #[test]
    fn a_comparison_of_heads_is_what_a_naive_count_gives(comparison in any_comparison(), ballots in ballots()) {
        let comparison = Comparison { measure: Measure::Heads(Unit::Members), ..comparison };
        let facts = facts();
        let expected = naive(&comparison, &ballots, &facts);
        let standing = Standing::of_ballots(ballots).with_facts(&facts);
        let answer = evaluate(&Requirement::Compare(comparison), &standing).reasons.answer;
        prop_assert_eq!(answer, if expected { Answer::Met } else { Answer::NotMet });
    }

    #[test]
    fn one_more_yes_never_turns_adopted_into_rejected(
        requirement in rising(), ballots in ballots(), who in 0usize..26,
    ) {
        let facts = facts();
        let before = verdict(&requirement, &Standing::of_ballots(ballots.clone()).with_facts(&facts));
        let mut more = ballots;
        more[who].1 = Choice::Yes;
        let after = verdict(&requirement, &Standing::of_ballots(more).with_facts(&facts));
        prop_assert!(before != Verdict::Adopted || after == Verdict::Adopted, "{}", requirement);
    }

    #[test]
    fn counts_alone_never_contradict_the_ballots(
        requirement in tree(any_comparison()), ballots in ballots(), named in 0usize..4,
    ) {
        let facts = facts();
        let whole = Standing::of_ballots(ballots.clone()).with_facts(&facts);
        let known = verdict(&requirement, &whole);
        let opponents = ballots.iter().filter(|(_, choice)| *choice == Choice::No).map(|(code, _)| *code);
        let counts = Standing::of_counts(whole.tally()).with_members(26).unwrap();
        let counts = counts.with_opponents(opponents.take(named)).unwrap().with_facts(&facts);
        let told = verdict(&requirement, &counts);
        prop_assert!(agrees(told, known), "{} {:?} {:?}", requirement, told, known);
    }
}

#[test]
fn a_party_that_must_abstain_can_lose_a_vote_by_voting() {
    let requirement: Requirement = "at least 1 vote; no member of {AAB} voting"
        .parse()
        .unwrap();
    let before = [("AAA", Choice::Yes), ("AAB", Choice::Abstain)];
    let after = [("AAA", Choice::Yes), ("AAB", Choice::Yes)];
    let decide = |ballots: [(&str, Choice); 2]| {
        let ballots = ballots.map(|(code, choice)| (code.parse().unwrap(), choice));
        verdict(&requirement, &Standing::of_ballots(ballots))
    };
    assert_eq!(
        (decide(before), decide(after)),
        (Verdict::Adopted, Verdict::Rejected)
    );
}
