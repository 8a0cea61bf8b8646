//! Open ballots, against every way in which they may have been cast: what is decided is decided alike by all of them, and
//! one comparison is undetermined only when they disagree.

use plenary_decisions::requirement::Requirement;
use plenary_decisions::{
    Facts, Group, Others, Standing, StandingError, Verdict, evaluate, verdict,
};
use plenary_types::{Choice, Participant, Tally};
use proptest::prelude::*;

use crate::counts::{
    MEMBERS, Possible, agrees, ballots, code, every_roll, facts, is_exact, may_stay_open, number,
    requirement, roll, share, told_possible,
};

/// What is known of one member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    /// Its choice is counted; with ballots, its name is beside it.
    Counted,
    /// It is a member, and its choice is not known.
    OpenByName,
    /// There is such a member, and neither its name nor its choice is known.
    Open,
}

fn known() -> impl Strategy<Value = [Known; MEMBERS]> {
    let one = prop_oneof![
        3 => Just(Known::Counted), 2 => Just(Known::OpenByName), 2 => Just(Known::Open),
    ];
    prop::array::uniform5(one)
}

fn places(known: [Known; MEMBERS], which: Known) -> impl Iterator<Item = usize> {
    (0..MEMBERS).filter(move |place| known[*place] == which)
}

fn with_open(standing: Standing<'static>, known: [Known; MEMBERS]) -> Standing<'static> {
    let unnamed = places(known, Known::Open).count();
    standing
        .with_open_members(places(known, Known::OpenByName).map(code))
        .with_open(u32::try_from(unnamed).unwrap())
}

/// From single ballots: the verdict, and those of every roll that the ballots leave possible.
fn from_ballots(
    asked: &Requirement,
    roll: [Choice; MEMBERS],
    known: [Known; MEMBERS],
    facts: &Facts,
) -> (Verdict, Possible) {
    let counted = places(known, Known::Counted).map(|place| (code(place), roll[place]));
    let standing = with_open(Standing::from_ballots(counted), known);
    assert_eq!(standing.members(), Some(MEMBERS as u32));
    let fits = |other: &[Choice; MEMBERS]| {
        places(known, Known::Counted).all(|place| other[place] == roll[place])
    };
    told_possible(asked, &standing.with_facts(facts), fits, facts)
}

/// From counts and the names of the first so many opponents among those counted.
fn from_counts(
    asked: &Requirement,
    roll: [Choice; MEMBERS],
    known: [Known; MEMBERS],
    named: usize,
    facts: &Facts,
) -> (Verdict, Possible) {
    let tally: Tally = places(known, Known::Counted).map(|p| roll[p]).collect();
    let opponents = places(known, Known::Counted).filter(|p| roll[*p] == Choice::No);
    let opponents: Vec<_> = opponents.take(named).collect();
    let counted = u32::try_from(places(known, Known::Counted).count()).unwrap();
    let standing = Standing::from_counts(tally).with_members(counted).unwrap();
    let standing = standing.with_opponents(opponents.iter().map(|p| code(*p)));
    let standing = with_open(standing.unwrap(), known);
    let fits = |other: &[Choice; MEMBERS]| {
        let rest = (0..MEMBERS).filter(|place| known[*place] != Known::OpenByName);
        let rest: Tally = rest.map(|place| other[place]).collect();
        let counted = Choice::ALL.into_iter().all(|c| rest.get(c) >= tally.get(c));
        counted && opponents.iter().all(|place| other[*place] == Choice::No)
    };
    told_possible(asked, &standing.with_facts(facts), fits, facts)
}

/// Whether the requirement leaves members out whose names are not among those known: where a ballot is nobody's in
/// particular, such a member may not be one at all.
fn leaves_out(asked: &Requirement) -> bool {
    matches!(asked, Requirement::Without(..))
}

fn combined(
    part: impl Strategy<Value = Requirement> + Clone + 'static,
) -> impl Strategy<Value = Requirement> {
    let two = prop::collection::vec(part.clone(), 2..4);
    prop_oneof![
        two.clone().prop_map(Requirement::All),
        two.prop_map(Requirement::Any),
        part.prop_map(|part| Requirement::Not(Box::new(part))),
    ]
}

fn any_one() -> impl Strategy<Value = Requirement> + Clone {
    prop_oneof![
        requirement(false, number(false)),
        requirement(false, share()),
        requirement(true, number(true)),
        requirement(true, share()),
    ]
    .boxed()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn one_comparison_of_heads_is_open_only_when_open_ballots_decide_it(
        asked in prop_oneof![requirement(false, number(false)), requirement(false, share())],
        roll in roll(), known in known(),
    ) {
        let (told, possible) = from_ballots(&asked, roll, known, Facts::NONE);
        prop_assert!(agrees(told, &possible), "{} {:?} {:?}", asked, told, possible);
        let nobodys = leaves_out(&asked) && known.contains(&Known::Open);
        if !nobodys && !may_stay_open(&asked) {
            prop_assert!(is_exact(told, &possible), "{} {:?} {:?}", asked, told, possible);
        }
    }

    #[test]
    fn counts_with_open_ballots_are_told_as_far_as_they_can_be(
        asked in prop_oneof![requirement(false, number(false)), requirement(false, share())],
        roll in roll(), known in known(), named in 0usize..3,
    ) {
        let (told, possible) = from_counts(&asked, roll, known, named, Facts::NONE);
        prop_assert!(agrees(told, &possible), "{} {:?} {:?}", asked, told, possible);
        if !may_stay_open(&asked) {
            prop_assert!(is_exact(told, &possible), "{} {:?} {:?}", asked, told, possible);
        }
    }

    #[test]
    fn weights_of_open_ballots_by_name_are_told_as_far_as_they_can_be(
        asked in requirement(true, number(true)), roll in roll(), known in known(),
    ) {
        let known = known.map(|known| if known == Known::Open { Known::OpenByName } else { known });
        let facts = facts(MEMBERS, Others::Unknown);
        let (told, possible) = from_ballots(&asked, roll, known, &facts);
        prop_assert!(is_exact(told, &possible), "{} {:?} {:?}", asked, told, possible);
    }

    #[test]
    fn no_verdict_is_one_that_open_ballots_could_change(
        asked in prop_oneof![any_one(), combined(any_one())],
        roll in roll(), known in known(), named in 0usize..3, counts in any::<bool>(), listed in 1usize..=MEMBERS,
    ) {
        let facts = facts(listed, if listed == MEMBERS { Others::Unknown } else { Others::Nothing });
        let (told, possible) = if counts {
            from_counts(&asked, roll, known, named, &facts)
        } else {
            from_ballots(&asked, roll, known, &facts)
        };
        prop_assert!(agrees(told, &possible), "{} {:?} {:?}", asked, told, possible);
    }

    #[test]
    fn weights_that_are_not_known_make_no_verdict_on_open_ballots_wrong(
        asked in prop_oneof![requirement(true, number(true)), requirement(true, share())],
        roll in roll(), known in known(), listed in 1usize..MEMBERS,
    ) {
        let (short, full) = (facts(listed, Others::Unknown), facts(MEMBERS, Others::Unknown));
        let (told, _) = from_ballots(&asked, roll, known, &short);
        let (_, possible) = from_ballots(&asked, roll, known, &full);
        prop_assert!(agrees(told, &possible), "{} {:?} {:?}", asked, told, possible);
    }

    #[test]
    fn an_explanation_of_open_ballots_says_what_is_missing_when_it_decides_nothing(
        asked in prop_oneof![any_one(), combined(any_one())],
        roll in roll(), known in known(),
    ) {
        let facts = facts(MEMBERS, Others::Unknown);
        let counted = places(known, Known::Counted).map(|place| (code(place), roll[place]));
        let standing = with_open(Standing::from_ballots(counted), known).with_facts(&facts);
        let evaluation = evaluate(&asked, &standing);
        prop_assert_eq!(verdict(&asked, &standing), evaluation.verdict);
        prop_assert_eq!(Verdict::from(evaluation.reasons.implied()), evaluation.verdict);
        prop_assert_eq!(evaluation.missing().is_empty(), evaluation.verdict != Verdict::Undetermined);
    }
}

#[test]
fn every_roll_is_possible_when_every_ballot_is_open() {
    assert_eq!(every_roll().count(), 1024);
    let asked: Requirement = "at least 1 vote".parse().unwrap();
    let known = [Known::Open; MEMBERS];
    let (told, possible) = from_ballots(&asked, [Choice::Yes; MEMBERS], known, Facts::NONE);
    assert_eq!((told, possible.len()), (Verdict::Undetermined, 2));
    assert_eq!(ballots(&[Choice::No; MEMBERS]).count(), MEMBERS);
}

fn parsed(text: &str) -> Requirement {
    text.parse().unwrap()
}

fn counts(yes: u32, no: u32, abstain: u32) -> Standing<'static> {
    Standing::from_counts(Tally {
        yes,
        no,
        abstain,
        ..Tally::default()
    })
}

#[test]
fn a_result_that_no_open_ballot_could_change_is_decided() {
    let [important, simple, members] = [
        "at least 2/3 of present and voting",
        "more than 1/2 of present and voting",
        "at least 2/3 of members",
    ]
    .map(parsed);
    for (yes, no, open, asked, expected) in [
        (156, 4, 9, &important, Verdict::Adopted),
        (156, 4, 74, &important, Verdict::Adopted),
        (156, 4, 75, &important, Verdict::Undetermined),
        (5, 4, 1, &simple, Verdict::Undetermined),
        (6, 4, 1, &simple, Verdict::Adopted),
        (4, 5, 1, &simple, Verdict::Rejected),
        (4, 4, 1, &simple, Verdict::Undetermined),
        (3, 60, 9, &important, Verdict::Rejected),
        (0, 0, 0, &simple, Verdict::Rejected),
        (0, 0, 1, &simple, Verdict::Undetermined),
        (119, 0, 9, &members, Verdict::Rejected),
        (120, 0, 9, &members, Verdict::Undetermined),
        (129, 0, 9, &members, Verdict::Adopted),
        (119, 0, 9, &parsed("at least 130 votes"), Verdict::Rejected),
    ] {
        let members = (yes + no + open).max(193);
        let standing = counts(yes, no, 0)
            .with_open(open)
            .with_members(members)
            .unwrap();
        assert_eq!(
            verdict(asked, &standing),
            expected,
            "{yes}-{no}, {open} open, {asked}"
        );
    }
}

#[test]
fn a_permanent_member_whose_ballot_is_open_may_have_voted_against() {
    let code = |text: &str| text.parse::<Participant>().unwrap();
    let council = "CHN FRA GBR RUS USA ALB BRA GAB GHA IND IRL KEN MEX NOR ARE";
    let mut facts = Facts::default();
    let permanent = ["CHN", "FRA", "GBR", "RUS", "SUN", "USA"].map(code);
    facts.add_group("P5".parse().unwrap(), Group::with_seats(permanent, 5));
    let asked = parsed("at least 9 votes; no member of P5 against");
    for (open, expected, missing) in [
        ("KEN MEX", Verdict::Adopted, None),
        ("RUS", Verdict::Undetermined, Some("the ballot of RUS")),
        (
            "KEN RUS USA",
            Verdict::Undetermined,
            Some("the ballots of RUS, USA"),
        ),
        (
            "ALB BRA GAB GHA IND IRL KEN",
            Verdict::Undetermined,
            Some("the ballots of ALB, BRA, GAB, GHA, IND, IRL, KEN"),
        ),
    ] {
        let listed = council
            .split(' ')
            .filter(|c| !open.split(' ').any(|o| o == *c));
        let listed = listed.map(|c| (code(c), Choice::Yes));
        let standing = Standing::from_ballots(listed)
            .with_open_members(council.split(' ').map(code))
            .with_facts(&facts);
        assert_eq!(
            (standing.members(), standing.open()),
            (Some(15), open.split(' ').count() as u32)
        );
        let evaluation = evaluate(&asked, &standing);
        assert_eq!(evaluation.verdict, expected, "{open}");
        assert_eq!(evaluation.missing(), Vec::from_iter(missing), "{open}");
        let unnamed =
            Standing::from_ballots(council.split(' ').skip(5).map(|c| (code(c), Choice::Yes)));
        let evaluation = evaluate(&asked, &unnamed.with_open(5).with_facts(&facts).clone());
        assert_eq!(evaluation.missing(), ["the ballots of 5 members"]);
    }
}

#[test]
fn open_ballots_count_among_the_members() {
    let code = |text: &str| text.parse::<Participant>().unwrap();
    let listed = [
        (code("FRA"), Choice::Yes),
        (code("YUG"), Choice::NotEligible),
    ];
    let standing = Standing::from_ballots(listed);
    let named = standing
        .clone()
        .with_open_members(["FRA", "ISL", "PER", "YUG", "PER"].map(code));
    assert_eq!(named.open_members(), ["ISL", "PER"].map(code));
    assert_eq!(
        (named.members(), named.open(), named.has_open()),
        (Some(3), 2, true)
    );
    assert!(!standing.has_open());
    assert_eq!(
        named.clone().with_members(2).unwrap_err(),
        StandingError::TooManyBallots {
            counted: 3,
            members: 2
        }
    );
    assert_eq!(named.with_members(5).unwrap().tally().non_voting, 2);
    assert_eq!(
        counts(1, 0, 0)
            .with_open(u32::MAX)
            .with_members(7)
            .unwrap_err(),
        StandingError::TooLarge
    );
    assert_eq!(counts(1, 0, 0).with_open(3).members(), None);
}

#[test]
fn a_member_named_against_has_no_open_ballot() {
    let [fra, rus] = ["FRA", "RUS"].map(|code| code.parse::<Participant>().unwrap());
    let standing = counts(5, 1, 0)
        .with_open_members([fra, rus])
        .with_opponents([rus])
        .unwrap();
    assert_eq!(standing.open_members(), [fra]);
    assert_eq!(standing.open(), 2);
    assert_eq!(
        verdict(&parsed("no member of {RUS} against"), &standing),
        Verdict::Rejected
    );
}
