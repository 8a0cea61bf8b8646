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
//! | the naive count | decides every requirement as the crate does, when all is known |

use chrono::{Days, NaiveDate};
use plenary_decisions::requirement::{
    Base, Comparison, GroupRef, Measure, Quantity, Relation, Requirement, Side, Unit,
};
use plenary_decisions::{
    Answer, Facts, Fraction, Group, Name, Period, Standing, Table, Verdict, evaluate, verdict,
};
use plenary_testing::CountedVote;
use plenary_types::{Choice, Participant};
use proptest::prelude::*;

fn name(text: &str) -> Name {
    text.parse().unwrap()
}

fn codes() -> impl Iterator<Item = Participant> {
    (b'A'..=b'Z').map(|letter| {
        Participant::from(plenary_types::StateCode::from_bytes([b'A', b'A', letter]).unwrap())
    })
}

/// The weight of one of the twenty-six: its place squared, and its place behind the point.
fn weight(place: u8) -> String {
    let place = u64::from(place);
    format!("{}.{place}", place * place)
}

/// Twenty-six members with their weights, and two groups of them.
fn facts() -> Facts {
    let mut facts = Facts::default();
    facts.add_group(name("P5"), Group::new(codes().take(5)));
    facts.add_group(name("Few"), Group::new(codes().skip(20).take(2)));
    let weights: Vec<_> = codes().zip((0..).map(weight)).collect();
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
        prop_oneof![0u64..30, 0u64..6000].prop_map(Quantity::Count),
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
fn ballots() -> impl Strategy<Value = Vec<(Participant, Choice)>> {
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

/// Who voted how in one organ, and when.
#[derive(Clone, Debug)]
struct Vote {
    ballots: Vec<(Participant, Choice)>,
    on: NaiveDate,
}

/// A question of the Assembly and of the council, on which everything is known.
#[derive(Clone, Debug)]
struct World {
    assembly: Vote,
    council: Vote,
    proposed: NaiveDate,
    facts: Facts,
}

impl World {
    fn standing(&self) -> Standing<'_> {
        let of = |vote: &Vote| {
            let standing = Standing::from_ballots(vote.ballots.iter().copied());
            standing.on(vote.on).proposed(self.proposed)
        };
        let council = of(&self.council);
        let standing = of(&self.assembly).with_organ(name("council"), council);
        standing.with_facts(&self.facts)
    }

    /// The same, to be counted on one's fingers.
    fn counted(&self) -> CountedVote<'_> {
        let of = |vote: &Vote| {
            let counted = CountedVote::new(vote.ballots.iter().copied(), &self.facts);
            counted.on(vote.on).proposed(self.proposed)
        };
        of(&self.assembly).with_organ(name("council"), of(&self.council))
    }
}

fn world() -> impl Strategy<Value = World> {
    let day = || (0u64..400).prop_map(|days| NaiveDate::default() + Days::new(days));
    (ballots(), day(), ballots(), day(), day()).prop_map(
        |(assembly, on, council, earlier, proposed)| World {
            assembly: Vote {
                ballots: assembly,
                on,
            },
            council: Vote {
                ballots: council,
                on: earlier,
            },
            proposed,
            facts: facts(),
        },
    )
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
        let standing = Standing::from_ballots(ballots);
        let standing = if by_counts { Standing::from_counts(standing.tally()) } else { standing };
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
    fn a_requirement_is_what_a_naive_count_gives(requirement in tree(any_comparison()), world in world()) {
        let expected = match world.counted().meets(&requirement) {
            Some(true) => Answer::Met,
            Some(false) => Answer::NotMet,
            None => Answer::Unknown,
        };
        let standing = world.standing();
        prop_assert_eq!(evaluate(&requirement, &standing).reasons.answer, expected, "{}", requirement);
        prop_assert_eq!(verdict(&requirement, &standing), Verdict::from(expected), "{}", requirement);
    }

    #[test]
    fn one_more_yes_never_turns_adopted_into_rejected(
        requirement in rising(), ballots in ballots(), who in 0usize..26,
    ) {
        let facts = facts();
        let before = verdict(&requirement, &Standing::from_ballots(ballots.clone()).with_facts(&facts));
        let mut more = ballots;
        more[who].1 = Choice::Yes;
        let after = verdict(&requirement, &Standing::from_ballots(more).with_facts(&facts));
        prop_assert!(before != Verdict::Adopted || after == Verdict::Adopted, "{}", requirement);
    }

    #[test]
    fn counts_alone_never_contradict_the_ballots(
        requirement in tree(any_comparison()), ballots in ballots(), named in 0usize..4,
    ) {
        let facts = facts();
        let whole = Standing::from_ballots(ballots.clone()).with_facts(&facts);
        let known = verdict(&requirement, &whole);
        let opponents = ballots.iter().filter(|(_, choice)| *choice == Choice::No).map(|(code, _)| *code);
        let counts = Standing::from_counts(whole.tally()).with_members(26).unwrap();
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
        let ballots = ballots.map(|(code, choice)| (code.parse::<Participant>().unwrap(), choice));
        verdict(&requirement, &Standing::from_ballots(ballots))
    };
    assert_eq!(
        (decide(before), decide(after)),
        (Verdict::Adopted, Verdict::Rejected)
    );
}
