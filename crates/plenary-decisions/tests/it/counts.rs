//! Counts alone, against every way in which the members may have voted: a requirement is decided by the counts
//! exactly when all those ways decide it alike.

use std::collections::BTreeSet;

use plenary_bodies::{Library, Setting};
use plenary_decisions::requirement::{
    Base, Comparison, GroupRef, Measure, Quantity, Relation, Requirement, Side, Unit,
};
use plenary_decisions::{
    Facts, Fraction, Group, Others, Standing, Table, Verdict, evaluate, verdict,
};
use plenary_types::{Ballots, Choice, Decision, Participant, Roll, RollEntry, Tally};
use proptest::prelude::*;

pub(crate) const MEMBERS: usize = 5;
const CHOICES: [Choice; 4] = [Choice::Yes, Choice::No, Choice::Abstain, Choice::NonVoting];

pub(crate) fn code(place: usize) -> Participant {
    let letter = b'A' + u8::try_from(place).unwrap();
    Participant::from(plenary_types::StateCode::from_bytes([b'A', b'A', letter]).unwrap())
}

/// The ways in which five members may have voted.
pub(crate) fn every_roll() -> impl Iterator<Item = [Choice; MEMBERS]> {
    (0..4usize.pow(5))
        .map(|n| std::array::from_fn(|place| CHOICES[n / 4usize.pow(place as u32) % 4]))
}

pub(crate) fn ballots(
    roll: &[Choice; MEMBERS],
) -> impl Iterator<Item = (Participant, Choice)> + '_ {
    (0..).map(code).zip(roll.iter().copied())
}

/// Weights of the first so many members: one, two, four, …; the total is that of all five where the others' weights
/// are not known.
pub(crate) fn facts(listed: usize, others: Others) -> Facts {
    let weights = ["1", "2", "4", "8", "16"];
    let mut table = Table::parse((0..listed).map(|place| (code(place), weights[place]))).unwrap();
    if others == Others::Unknown {
        table = table.with_total("31").unwrap();
    }
    let mut facts = Facts::default();
    facts.add_table("quota".parse().unwrap(), table.with_others(others));
    facts
}

#[derive(Clone, Debug)]
enum Who {
    All,
    Of(Vec<usize>),
    Among(Vec<usize>),
    Without(Vec<usize>),
}

fn who() -> impl Strategy<Value = Who> {
    let group = || prop::sample::subsequence((0..MEMBERS).collect::<Vec<_>>(), 1..4);
    prop_oneof![
        Just(Who::All),
        group().prop_map(Who::Of),
        group().prop_map(Who::Among),
        group().prop_map(Who::Without),
    ]
}

fn asked(who: Who, mut comparison: Comparison) -> Requirement {
    let listed = |places: Vec<usize>| GroupRef::listed(places.into_iter().map(code));
    match who {
        Who::All => Requirement::Compare(comparison),
        Who::Of(group) => {
            comparison.group = Some(listed(group));
            Requirement::Compare(comparison)
        }
        Who::Among(group) => {
            Requirement::Among(listed(group), Box::new(Requirement::Compare(comparison)))
        }
        Who::Without(group) => {
            Requirement::Without(listed(group), Box::new(Requirement::Compare(comparison)))
        }
    }
}

pub(crate) fn number(weighed: bool) -> impl Strategy<Value = Quantity> {
    (0..if weighed { 32u64 } else { 6 }).prop_map(Quantity::Count)
}

pub(crate) fn share() -> impl Strategy<Value = Quantity> {
    let fractions = vec![(0, 1), (1, 3), (1, 2), (2, 3), (1, 1)];
    let bases = vec![Base::Members, Base::Voting, Base::Present];
    (prop::sample::select(fractions), prop::sample::select(bases))
        .prop_map(|((n, d), base)| Quantity::Share(Fraction::new(n, d).unwrap(), base))
}

/// A comparison of one side with what is asked, for heads or weights.
pub(crate) fn requirement(
    weighed: bool,
    quantity: impl Strategy<Value = Quantity>,
) -> impl Strategy<Value = Requirement> {
    let side = prop::sample::select(Side::ALL.to_vec());
    // No weights may come to exactly what is asked, between bounds that some do come to.
    let relations = Relation::ALL
        .into_iter()
        .filter(|r| !weighed || *r != Relation::Exactly);
    let relation = prop::sample::select(relations.collect::<Vec<_>>());
    (who(), side, relation, quantity).prop_map(move |(who, side, relation, quantity)| {
        let measure = if weighed {
            Measure::Weight("quota".parse().unwrap())
        } else {
            Measure::Heads(Unit::Votes)
        };
        let comparison = Comparison {
            side,
            group: None,
            measure,
            relation,
            quantity,
        };
        asked(who, comparison)
    })
}

pub(crate) fn roll() -> impl Strategy<Value = [Choice; MEMBERS]> {
    prop::array::uniform5(prop::sample::select(CHOICES.to_vec()))
}

/// The verdicts of the rolls that are possible.
pub(crate) type Possible = BTreeSet<String>;

/// The verdict from what is known, and those of every roll that fits it.
pub(crate) fn told_possible(
    requirement: &Requirement,
    known: &Standing<'_>,
    fits: impl Fn(&[Choice; MEMBERS]) -> bool,
    facts: &Facts,
) -> (Verdict, Possible) {
    let of = |roll| {
        let whole = Standing::from_ballots(ballots(&roll)).with_facts(facts);
        verdict(requirement, &whole).to_string()
    };
    let possible = every_roll().filter(fits).map(of).collect();
    (verdict(requirement, known), possible)
}

/// The verdict from the counts and the first so many names of opponents, and those of every roll that they leave
/// possible.
fn told_and_possible(
    requirement: &Requirement,
    roll: &[Choice; MEMBERS],
    named: usize,
    facts: &Facts,
) -> (Verdict, Possible) {
    let against = |roll: &[Choice; MEMBERS], place: usize| roll[place] == Choice::No;
    let opponents: Vec<_> = (0..MEMBERS)
        .filter(|p| against(roll, *p))
        .take(named)
        .collect();
    let tally: Tally = roll.iter().copied().collect();
    let counts = Standing::from_counts(tally)
        .with_members(MEMBERS as u32)
        .unwrap();
    let counts = counts
        .with_opponents(opponents.iter().map(|p| code(*p)))
        .unwrap();
    let fits = |other: &[Choice; MEMBERS]| {
        other.iter().copied().collect::<Tally>() == tally
            && opponents.iter().all(|p| against(other, *p))
    };
    told_possible(requirement, &counts.with_facts(facts), fits, facts)
}

pub(crate) fn agrees(told: Verdict, possible: &Possible) -> bool {
    told == Verdict::Undetermined || possible.iter().eq([&told.to_string()])
}

/// Undetermined exactly when the rolls disagree.
pub(crate) fn is_exact(told: Verdict, possible: &Possible) -> bool {
    (told == Verdict::Undetermined) == (possible.len() > 1) && agrees(told, possible)
}

/// Whether it asks for exactly a share, which no number of votes may come to between bounds that some do come to, or for a
/// share of others, who may be nobody.
pub(crate) fn may_stay_open(asked: &Requirement) -> bool {
    asked
        .comparisons()
        .any(|comparison| match comparison.quantity {
            Quantity::Count(_) => false,
            Quantity::Share(_, base) => {
                comparison.relation == Relation::Exactly
                    || match comparison.side {
                        Side::InFavour | Side::Against | Side::Voting => false,
                        Side::Abstaining | Side::Present => base == Base::Voting,
                        Side::NotInFavour | Side::NotAgainst => base != Base::Members,
                    }
            }
        })
}

/// A record of the roll that names only some members: the list leaves the others out beside the totals, or does not
/// resolve their names.
fn record(roll: [Choice; MEMBERS], named: &[usize], partial: bool) -> Decision {
    let entry = |place: usize| match named.contains(&place) {
        true => RollEntry::from_participant(code(place)),
        false => RollEntry::default(),
    };
    let listed = (0..MEMBERS).filter(|place| !partial || named.contains(place));
    let (entries, choices): (Vec<_>, Vec<_>) = listed.map(|p| (entry(p), roll[p])).unzip();
    let tally: Tally = roll.into_iter().collect();
    Decision {
        partial,
        announced: if partial {
            tally.into()
        } else {
            Default::default()
        },
        ballots: Some(Ballots::new(Roll::new(entries).into(), choices).unwrap()),
        ..Decision::default()
    }
}

/// The verdict on such a record, and those of every roll that it leaves possible.
fn recorded_and_possible(
    requirement: &Requirement,
    roll: [Choice; MEMBERS],
    named: &[usize],
    partial: bool,
    facts: &Facts,
) -> (Verdict, Possible) {
    let record = Decision {
        rule: Some("at least 1 votes".to_owned()),
        ..record(roll, named, partial)
    };
    let library = Library::default();
    let ruling = library.ruling(&record, &Setting::default()).unwrap();
    let standing = ruling.standing().clone();
    let tally = |roll: [Choice; MEMBERS]| roll.into_iter().collect::<Tally>();
    let fits = |other: &[Choice; MEMBERS]| {
        tally(*other) == tally(roll) && named.iter().all(|place| other[*place] == roll[*place])
    };
    told_possible(requirement, &standing.with_facts(facts), fits, facts)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn a_record_is_told_as_far_as_the_names_on_it_can(
        asked in requirement(false, number(false)), roll in roll(), partial in any::<bool>(),
        named in prop::sample::subsequence((0..MEMBERS).collect::<Vec<_>>(), 0..=MEMBERS),
    ) {
        let (told, possible) = recorded_and_possible(&asked, roll, &named, partial, Facts::NONE);
        prop_assert!(is_exact(told, &possible), "{} {:?} {:?}", asked, told, possible);
    }

    #[test]
    fn no_record_is_told_that_some_roll_contradicts(
        asked in prop_oneof![requirement(true, number(true)), requirement(false, share()), requirement(true, share())],
        roll in roll(), partial in any::<bool>(),
        named in prop::sample::subsequence((0..MEMBERS).collect::<Vec<_>>(), 0..=MEMBERS),
    ) {
        let facts = facts(MEMBERS, Others::Unknown);
        let (told, possible) = recorded_and_possible(&asked, roll, &named, partial, &facts);
        prop_assert!(agrees(told, &possible), "{} {:?} {:?}", asked, told, possible);
    }

    #[test]
    fn a_number_of_heads_is_told_as_far_as_counts_can(
        asked in requirement(false, number(false)), roll in roll(), named in 0usize..3,
    ) {
        let (told, possible) = told_and_possible(&asked, &roll, named, Facts::NONE);
        prop_assert!(is_exact(told, &possible), "{} {:?} {:?}", asked, told, possible);
    }

    #[test]
    fn a_weight_is_told_as_far_as_counts_can(
        asked in requirement(true, number(true)), roll in roll(), named in 0usize..3,
    ) {
        let facts = facts(MEMBERS, Others::Unknown);
        let (told, possible) = told_and_possible(&asked, &roll, named, &facts);
        prop_assert!(is_exact(told, &possible), "{} {:?} {:?}", asked, told, possible);
    }

    #[test]
    fn a_share_of_heads_is_told_as_far_as_counts_can(
        asked in requirement(false, share()), roll in roll(), named in 0usize..3,
    ) {
        let (told, possible) = told_and_possible(&asked, &roll, named, Facts::NONE);
        prop_assert!(agrees(told, &possible), "{} {:?} {:?}", asked, told, possible);
        if !may_stay_open(&asked) {
            prop_assert!(is_exact(told, &possible), "{} {:?} {:?}", asked, told, possible);
        }
    }

    #[test]
    fn no_share_of_weights_is_told_that_some_roll_contradicts(
        asked in requirement(true, share()), roll in roll(), named in 0usize..3,
    ) {
        let facts = facts(MEMBERS, Others::Unknown);
        let (told, possible) = told_and_possible(&asked, &roll, named, &facts);
        prop_assert!(agrees(told, &possible), "{} {:?} {:?}", asked, told, possible);
    }

    #[test]
    fn members_without_weight_are_told_apart_as_far_as_counts_can(
        asked in requirement(true, number(true)),
        roll in roll(), named in 0usize..3, listed in 1usize..5,
    ) {
        let facts = facts(listed, Others::Nothing);
        let (told, possible) = told_and_possible(&asked, &roll, named, &facts);
        prop_assert!(is_exact(told, &possible), "{} {:?} {:?}", asked, told, possible);
    }

    #[test]
    fn members_of_unknown_weight_make_no_verdict_wrong(
        asked in prop_oneof![requirement(true, number(true)), requirement(true, share())],
        roll in roll(), named in 0usize..3, listed in 1usize..5,
    ) {
        let (short, full) = (facts(listed, Others::Unknown), facts(MEMBERS, Others::Unknown));
        let (told, _) = told_and_possible(&asked, &roll, named, &short);
        let (_, possible) = told_and_possible(&asked, &roll, named, &full);
        prop_assert!(agrees(told, &possible), "{} {:?} {:?}", asked, told, possible);
        let of = |facts| evaluate(&asked, &Standing::from_ballots(ballots(&roll)).with_facts(facts));
        let (told, known) = (of(&short), of(&full));
        prop_assert!(told.verdict == known.verdict || told.verdict == Verdict::Undetermined, "{}", asked);
        prop_assert_eq!(told.missing().is_empty(), told.verdict != Verdict::Undetermined, "{}", asked);
    }

    #[test]
    fn nothing_is_told_that_members_nobody_counted_could_contradict(
        asked in prop_oneof![requirement(false, number(false)), requirement(false, share())],
        roll in roll(), present in 1usize..MEMBERS,
    ) {
        // Of the five only some are known to be there; the others may be further members that did not vote.
        let votes: Tally = roll[..present].iter().copied().filter(|c| *c != Choice::NonVoting).collect();
        let told = verdict(&asked, &Standing::from_counts(votes));
        let fits = |other: &[Choice; MEMBERS]| {
            let cast = other.iter().copied().filter(|c| *c != Choice::NonVoting);
            cast.collect::<Tally>() == votes
        };
        let of = |roll| verdict(&asked, &Standing::from_ballots(ballots(&roll)));
        let possible = every_roll().filter(fits).map(|roll| of(roll).to_string()).collect();
        prop_assert!(agrees(told, &possible), "{} {:?} {:?}", asked, told, possible);
    }
}

/// Without the number of members, a table whose total is the sum of its weights lists every member; one with a
/// greater total, or fewer members than votes were counted, does not.
#[test]
fn a_table_lists_every_member_unless_its_total_or_the_counts_show_others() {
    let quota: Requirement = "at least 3 quota".parse().unwrap();
    let table = Table::parse([(code(0), "1"), (code(1), "2"), (code(2), "4")]).unwrap();
    let part = table.clone().with_total("8").unwrap();
    for (table, (yes, no), expected) in [
        (&table, (2, 1), Verdict::Adopted),
        (&table, (1, 0), Verdict::Undetermined),
        (&table, (0, 3), Verdict::Rejected),
        (&table, (2, 2), Verdict::Undetermined),
        (&part, (2, 1), Verdict::Undetermined),
        (&part, (0, 3), Verdict::Rejected),
    ] {
        let mut facts = Facts::default();
        facts.add_table("quota".parse().unwrap(), table.clone());
        let counts = Standing::from_counts(Tally {
            yes,
            no,
            ..Tally::default()
        });
        let told = verdict(&quota, &counts.with_facts(&facts));
        assert_eq!(told, expected, "{yes}-{no} of {}", table.total());
    }
}

/// Where one code followed another in a seat, the table need not list both.
#[test]
fn a_seat_has_one_weight_though_two_codes_stand_for_it() {
    let code = |text: &str| text.parse::<Participant>().unwrap();
    let weights = [("FRA", "1"), ("RUS", "2")].map(|(state, weight)| (code(state), weight));
    let codes = ["FRA", "RUS", "SUN"].map(code);
    let asked: Requirement = "at least 1/2 of quota of P2".parse().unwrap();
    for (seats, expected) in [(2, Verdict::Adopted), (3, Verdict::Undetermined)] {
        let mut facts = Facts::default();
        facts.add_table("quota".parse().unwrap(), Table::parse(weights).unwrap());
        facts.add_group("P2".parse().unwrap(), Group::with_seats(codes, seats));
        let ballots = [("FRA", Choice::No), ("RUS", Choice::Yes)];
        let ballots = Standing::from_ballots(ballots.map(|(state, choice)| (code(state), choice)));
        let evaluation = evaluate(&asked, &ballots.with_facts(&facts));
        assert_eq!(evaluation.verdict, expected, "{seats} seats");
        let missing = if seats == 3 {
            vec!["quota of SUN"]
        } else {
            vec![]
        };
        assert_eq!(evaluation.missing(), missing);
    }
}

#[test]
fn an_opponent_without_a_weight_may_weigh_anything() {
    let table = Table::parse([(code(0), "1")])
        .unwrap()
        .with_total("2")
        .unwrap();
    let mut facts = Facts::default();
    facts.add_table("quota".parse().unwrap(), table);
    let counts = Standing::from_counts(Tally {
        yes: 1,
        no: 1,
        ..Tally::default()
    });
    let counts = counts
        .with_members(2)
        .unwrap()
        .with_opponents([code(1)])
        .unwrap();
    let asked: Requirement = "at most 0 quota against".parse().unwrap();
    let evaluation = evaluate(&asked, &counts.with_facts(&facts));
    assert_eq!(evaluation.verdict, Verdict::Undetermined);
    assert_eq!(evaluation.missing(), ["quota of AAB"]);
}

#[test]
fn a_share_of_those_attending_is_of_the_number_that_the_record_states() {
    let votes = |yes, no, abstain| {
        Standing::from_counts(Tally {
            yes,
            no,
            abstain,
            ..Tally::default()
        })
    };
    let decide = |requirement: &str, standing: &Standing<'_>| {
        let evaluation = evaluate(&requirement.parse().unwrap(), standing);
        (evaluation.verdict, evaluation.missing().join("; "))
    };
    let attended = || "how many attended".to_owned();
    let (adopted, rejected) = (
        (Verdict::Adopted, String::new()),
        (Verdict::Rejected, String::new()),
    );
    let open = (Verdict::Undetermined, attended());
    for (requirement, standing, expected) in [
        ("at least 2/3 of attending", votes(20, 5, 5), &open),
        // Of the thirty who voted or abstained alone these are too few.
        ("at least 2/3 of attending", votes(19, 6, 5), &rejected),
        (
            "at least 2/3 of attending",
            votes(20, 5, 5).with_attending(30),
            &adopted,
        ),
        (
            "at least 2/3 of attending",
            votes(20, 5, 5).with_attending(31),
            &rejected,
        ),
        // More voted than are said to have attended, so that the number is wrong.
        (
            "at least 2/3 of attending",
            votes(20, 5, 5).with_attending(29),
            &open,
        ),
        (
            "at most 1/2 of attending against",
            votes(20, 5, 5),
            &adopted,
        ),
        // Who attended without voting may be of the group.
        (
            "among {FRA} (at least 1/2 of attending)",
            votes(1, 0, 0).with_attending(1),
            &open,
        ),
    ] {
        assert_eq!(&decide(requirement, &standing), expected, "{requirement}");
    }
    let told = evaluate(
        &"at least 1/2 of attending voting".parse().unwrap(),
        &votes(288, 8, 139).with_attending(594),
    );
    assert_eq!(
        told.reasons.sentence,
        "296 of 594 attending voting, 49.8 %, less than half"
    );
}
