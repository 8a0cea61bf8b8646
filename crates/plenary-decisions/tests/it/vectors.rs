//! Decisions whose outcome is on record, and the arithmetic of each base.

use Verdict::{Adopted, Rejected, Undetermined};
use plenary_bodies::Library;
use plenary_decisions::{
    Answer, Facts, Group, Requirement, Standing, StandingError, Table, Verdict, evaluate, verdict,
};
use plenary_types::{Choice, Outcome, Participant, Tally};

pub(crate) fn counts(yes: u32, no: u32, abstain: u32) -> Standing<'static> {
    Standing::from_counts(Tally {
        yes,
        no,
        abstain,
        ..Tally::default()
    })
}

pub(crate) fn code(text: &str) -> Participant {
    text.parse().unwrap()
}

fn decide(rule: &str, on: &str, standing: &Standing<'_>) -> Verdict {
    let rule = Library::embedded().rule(rule, on.parse().unwrap()).unwrap();
    let evaluation = rule.evaluate(standing);
    assert_eq!(rule.verdict(standing), evaluation.verdict);
    assert_eq!(
        Verdict::from(evaluation.reasons.implied()),
        evaluation.verdict
    );
    evaluation.verdict
}

#[test]
fn votes_on_record_come_out_as_they_did() {
    let cases = [
        ("ga-ordinary", "2018-12-19", (152, 5, 12), Adopted), // A/RES/73/195
        ("ga-ordinary", "2021-05-18", (115, 15, 28), Adopted), // A/RES/75/277
        ("ga-ordinary", "2003-12-09", (167, 1, 8), Adopted),  // A/RES/58/91
        ("ga-important", "1992-09-22", (127, 6, 26), Adopted), // A/RES/47/1
        ("ga-ordinary", "2002-12-18", (122, 55, 1), Adopted), // A/RES/57/222
        ("ga-important", "2002-12-18", (122, 55, 1), Adopted), // 122 is at least 110
        ("ga-ordinary", "1965-02-18", (2, 97, 13), Rejected), // Albania's appeal, 19th session
        ("ga-ordinary", "1971-10-25", (76, 35, 17), Adopted), // A/RES/2758(XXVI)
        ("ga-ordinary", "1971-10-25", (55, 59, 15), Rejected), // the "important question" motion
        ("ga-ordinary", "1974-11-12", (91, 22, 19), Adopted), // the South Africa ruling
        ("ga-ordinary", "2018-12-17", (181, 2, 3), Adopted),  // the refugee compact
        ("sc-procedural", "2020-01-01", (9, 6, 0), Adopted),
        ("sc-substantive", "2002-12-30", (13, 0, 2), Adopted), // S/RES/1454(2002)
        ("sc-substantive", "2003-05-22", (14, 0, 0), Adopted), // S/RES/1483(2003), one not voting
        ("sc-substantive", "2020-01-01", (8, 0, 7), Rejected),
        ("sc-substantive", "1960-01-01", (7, 0, 4), Adopted),
        ("sc-substantive", "1966-01-01", (7, 0, 8), Rejected),
        ("sc-substantive", "1965-11-23", (7, 0, 4), Adopted), // S/RES/218(1965)
        (
            "sc-substantive-as-amended",
            "1965-11-23",
            (7, 0, 4),
            Rejected,
        ), // the text of the day
    ];
    for (rule, on, (yes, no, abstain), expected) in cases {
        let verdict = decide(rule, on, &counts(yes, no, abstain));
        assert_eq!(verdict, expected, "{rule} {yes}-{no}-{abstain}");
    }
}

#[test]
fn two_thirds_of_157_is_105() {
    let important: Requirement = "at least 2/3 of present and voting".parse().unwrap();
    assert_eq!(verdict(&important, &counts(105, 52, 30)), Adopted);
    assert_eq!(verdict(&important, &counts(104, 53, 30)), Rejected);
    assert_eq!(verdict(&important, &counts(0, 0, 100)), Rejected);
}

#[test]
fn a_draft_with_eleven_yes_and_one_no_depends_on_whose_no_it_is() {
    let draft = counts(11, 1, 3); // S/2022/155
    let unknown = decide("sc-substantive", "2022-02-25", &draft);
    assert_eq!(unknown, Undetermined);
    let vetoed = draft.clone().with_opponents([code("RUS")]).unwrap();
    assert_eq!(decide("sc-substantive", "2022-02-25", &vetoed), Rejected);
    assert_eq!(decide("sc-procedural", "2022-02-25", &vetoed), Adopted);
    let other = draft.with_opponents([code("IND")]).unwrap();
    assert_eq!(decide("sc-substantive", "2022-02-25", &other), Adopted);
}

#[test]
fn what_is_missing_is_said() {
    let rule = Library::embedded()
        .rule("sc-substantive", "2022-02-25".parse().unwrap())
        .unwrap();
    let evaluation = rule.evaluate(&counts(11, 1, 3));
    assert_eq!(evaluation.missing(), ["who voted how"]);
    let amendment = evaluate(
        &"at least 2/3 of members".parse().unwrap(),
        &counts(120, 0, 0),
    );
    assert_eq!(amendment.verdict, Undetermined);
    assert_eq!(amendment.missing(), ["the number of members"]);
}

#[test]
fn a_veto_that_cannot_matter_leaves_nothing_open() {
    // Eight yes are too few whoever is against; with no vote against there is no veto; and with
    // eleven against there must be a permanent member among them.
    assert_eq!(
        decide("sc-substantive", "2022-01-01", &counts(8, 1, 6)),
        Rejected
    );
    assert_eq!(
        decide("sc-substantive", "2022-01-01", &counts(9, 0, 6)),
        Adopted
    );
    let all = counts(4, 11, 0).with_members(15).unwrap();
    let nobody: Requirement = "no member of P5 against".parse().unwrap();
    let facts = Library::embedded().facts("unsc", "2022-01-01".parse().unwrap());
    assert_eq!(verdict(&nobody, &all.with_facts(facts)), Rejected);
    let fewer = counts(5, 10, 0).with_members(15).unwrap();
    assert_eq!(verdict(&nobody, &fewer.with_facts(facts)), Undetermined);
}

#[test]
fn nine_three_three_with_a_permanent_member_among_the_three() {
    let ballots = |permanent: Choice| {
        let others = [
            "AAA", "AAB", "AAC", "AAD", "AAE", "AAF", "AAG", "AAH", "AAI", "AAJ",
        ];
        let mut list: Vec<(Participant, Choice)> = vec![(code("RUS"), permanent)];
        let mut rest = [Choice::Yes; 14];
        let (no, abstain) = if permanent == Choice::No {
            (2, 3)
        } else {
            (3, 2)
        };
        rest[9..9 + no].fill(Choice::No);
        rest[9 + no..9 + no + abstain].fill(Choice::Abstain);
        let voters = ["CHN", "FRA", "GBR", "USA"].into_iter().chain(others);
        list.extend(voters.map(code).zip(rest));
        Standing::from_ballots(list)
    };
    let vetoed = ballots(Choice::No);
    assert_eq!(vetoed.tally().to_string(), "9-3-3");
    assert_eq!(decide("sc-substantive", "2000-01-01", &vetoed), Rejected);
    let abstained = ballots(Choice::Abstain);
    assert_eq!(abstained.tally().to_string(), "9-3-3");
    assert_eq!(decide("sc-substantive", "2000-01-01", &abstained), Adopted);
}

#[test]
fn the_reasons_read_as_a_person_would_explain() {
    let rule = Library::embedded()
        .rule("sc-substantive", "2022-02-25".parse().unwrap())
        .unwrap();
    let vetoed = counts(11, 1, 3).with_opponents([code("RUS")]).unwrap();
    assert_eq!(
        rule.evaluate(&vetoed).reasons.to_string(),
        "not met: 1 of 2 conditions does not hold\n  met: 11 votes, at least 9\n  not met: RUS of P5 against"
    );
    let amendment = evaluate(
        &"at least 2/3 of members".parse().unwrap(),
        &counts(128, 3, 2).with_members(193).unwrap(),
    );
    assert_eq!(
        amendment.reasons.to_string(),
        "not met: 128 of 193 members, 66.3 %, less than two thirds"
    );
    let close = evaluate(
        &"more than 1/2 of present and voting".parse().unwrap(),
        &counts(4_999, 5_000, 0),
    );
    assert_eq!(
        close.reasons.to_string(),
        "not met: 4999 of 9999 present and voting, 49.99 %, not more than half"
    );
}

#[test]
fn each_comparison_is_told_in_its_own_words() {
    let mut facts = Facts::default();
    let annex = Group::new(["USA", "CHN", "FRA"].map(code));
    facts.add_group("Annex2".parse().unwrap(), annex);
    let china = Group::with_seats(["CHN", "TWN"].map(code), 1);
    facts.add_group("China".parse().unwrap(), china);
    let weights = [("USA", "60.5"), ("CHN", "30"), ("FRA", "9.5")].map(|(c, w)| (code(c), w));
    facts.add_table("shares".parse().unwrap(), Table::parse(weights).unwrap());
    let ballots = [
        ("USA", Choice::Yes),
        ("CHN", Choice::No),
        ("FRA", Choice::Abstain),
        ("PER", Choice::No),
    ];
    let roll = Standing::from_ballots(ballots.map(|(c, choice)| (code(c), choice)));
    let told = |requirement: &str, standing: &Standing<'_>| {
        let standing = standing.clone().with_facts(&facts);
        let reasons = evaluate(&requirement.parse().unwrap(), &standing).reasons;
        (reasons.answer, reasons.sentence)
    };
    for (requirement, sentence) in [
        ("at least 9 votes", "1 vote, less than 9"),
        (
            "at least 1/1 of members",
            "1 of 4 members, 25.0 %, less than all",
        ),
        ("no member of Annex2 against", "CHN of Annex2 against"),
        ("all of Annex2", "1 of 3 of Annex2; missing: CHN, FRA"),
        ("all of China", "0 of 1 of China"),
        (
            "at least 2 members of Annex2",
            "1 member of Annex2, less than 2",
        ),
        (
            "at least 3 members of Annex2 against",
            "1 member of Annex2 against, less than 3",
        ),
        ("at least 61 shares", "60.5 shares, less than 61"),
        (
            "at least 2/3 of shares of Annex2",
            "60.5 of 100 shares of Annex2, 60.5 %, less than two thirds",
        ),
        (
            "at least 1 vote; at least 5 votes; at least 6 votes",
            "2 of 3 conditions do not hold",
        ),
    ] {
        assert_eq!(told(requirement, &roll), (Answer::NotMet, sentence.into()));
    }
    // Counts leave open which members they are of.
    let of_five = |yes| counts(yes, 5 - yes, 0).with_members(5).unwrap();
    for (requirement, standing, answer, sentence) in [
        (
            "at least 2/3 of members",
            counts(120, 0, 0),
            Answer::Unknown,
            "at least 2/3 of members: not known",
        ),
        (
            "at least 2 members of Annex2",
            of_five(2),
            Answer::Unknown,
            "at least 2 members of Annex2: not known, between 0 and 2",
        ),
        (
            "at least 1 member of Annex2",
            of_five(4),
            Answer::Met,
            "2 to 3 members of Annex2, at least 1",
        ),
        (
            "at least 1 member of Annex2",
            of_five(4).with_opponents([code("CHN")]).unwrap(),
            Answer::Met,
            "2 members of Annex2, at least 1",
        ),
        (
            "at least 65% of shares",
            counts(2, 1, 0).with_members(3).unwrap(),
            Answer::Unknown,
            "at least 65% of shares: not known, between 39.5 and 90.5",
        ),
        (
            "all of Annex2",
            counts(2, 1, 0).with_opponents([code("CHN")]).unwrap(),
            Answer::NotMet,
            "0 to 2 of 3 of Annex2; missing: CHN",
        ),
    ] {
        assert_eq!(told(requirement, &standing), (answer, sentence.into()));
    }
    for (requirement, standing, answer, sentence) in [
        (
            "at least 1 vote; at least 1 member of Annex2",
            roll.clone(),
            Answer::Met,
            "2 of 2 conditions hold",
        ),
        (
            "at least 1 vote or at least 5 votes",
            roll.clone(),
            Answer::Met,
            "1 of 2 conditions holds, one is enough",
        ),
        (
            "at least 5 votes or at least 6 votes",
            roll,
            Answer::NotMet,
            "none of 2 conditions hold",
        ),
        (
            "at least 2/3 of members; at least 1 vote",
            counts(120, 0, 0),
            Answer::Unknown,
            "1 of 2 conditions is not known",
        ),
        (
            "at least 2/3 of members; all of P5",
            counts(120, 0, 0),
            Answer::Unknown,
            "2 of 2 conditions are not known",
        ),
    ] {
        assert_eq!(told(requirement, &standing), (answer, sentence.into()));
    }
}

#[test]
fn of_a_group_inside_another_only_those_in_both_are_asked() {
    let mut facts = Facts::default();
    for (name, members) in [("Annex", ["USA", "CHN"]), ("Others", ["USA", "PER"])] {
        let group = Group::new(members.map(code));
        facts.add_group(name.parse().unwrap(), group);
    }
    let requirement: Requirement = "among Annex (all of Others)".parse().unwrap();
    for (choice, expected) in [(Choice::Yes, Adopted), (Choice::No, Rejected)] {
        let ballots = [(code("USA"), choice), (code("PER"), Choice::No)];
        let roll = Standing::from_ballots(ballots).with_facts(&facts);
        assert_eq!(verdict(&requirement, &roll), expected);
    }
}

#[test]
fn a_sentence_lists_fifty_members_and_counts_the_rest() {
    let members = |n: u8| {
        (0..n).map(|i| {
            Participant::from(
                plenary_types::StateCode::from_bytes([b'Q', b'A' + i / 26, b'A' + i % 26]).unwrap(),
            )
        })
    };
    for (against, end) in [(50, "QBW, QBX against"), (51, "QBX and 1 more against")] {
        let roll = Standing::from_ballots(members(against).map(|member| (member, Choice::No)));
        let told = evaluate(&"no member against".parse().unwrap(), &roll).reasons;
        assert!(told.sentence.ends_with(end), "{told}");
    }
}

#[test]
fn counts_know_the_members_when_they_count_all_or_the_law_says_how_many() {
    let of_counts = |non_voting| {
        Standing::from_counts(Tally {
            yes: 152,
            no: 5,
            abstain: 12,
            non_voting,
            ..Tally::default()
        })
    };
    assert_eq!(of_counts(24).members(), Some(193));
    assert_eq!(of_counts(0).members(), None);
    // Fourteen of the twenty-seven members of the Union are more than half of them.
    let on = "2025-01-01";
    assert_eq!(decide("eu-simple", on, &counts(14, 10, 0)), Adopted);
    assert_eq!(decide("eu-simple", on, &counts(13, 10, 0)), Rejected);
}

#[test]
fn a_member_votes_once() {
    let roll = |list: [&str; 2]| Standing::try_from_ballots(list.map(|c| (code(c), Choice::Yes)));
    assert!(roll(["CHN", "FRA"]).is_ok());
    let twice = roll(["FRA", "FRA"]).unwrap_err();
    assert_eq!(twice, StandingError::TwoBallots { code: code("FRA") });
}

#[test]
fn a_recorded_outcome_contradicts_the_opposite_verdict_alone() {
    for (verdict, of_adoption, of_rejection) in [
        (Adopted, false, true),
        (Rejected, true, false),
        (Undetermined, false, false),
    ] {
        assert_eq!(verdict.contradicts(Outcome::Adopted), of_adoption);
        assert_eq!(verdict.contradicts(Outcome::Rejected), of_rejection);
    }
}

#[test]
fn the_union_counts_members_and_population() {
    let codes: Vec<Participant> = (0..27u8)
        .map(|i| {
            Participant::from(
                plenary_types::StateCode::from_bytes([b'A', b'A' + i / 26, b'A' + i % 26]).unwrap(),
            )
        })
        .collect();
    let rule = Library::embedded()
        .rule("eu-qmv", "2025-01-01".parse().unwrap())
        .unwrap();
    // So many in favour with that percentage of the population between them.
    for (yes, percent, expected) in [
        (15, 66, Adopted),
        (14, 80, Rejected),
        (24, 63, Adopted),
        (23, 64, Rejected),
    ] {
        let (in_favour, others) = codes.split_at(yes);
        let share = |total: usize, of: usize| {
            format!("{}.{:08}", total / of, (total % of) * 100_000_000 / of)
        };
        let rest = 100 - percent;
        let heavy = in_favour.iter().map(|c| (*c, share(percent, yes)));
        let light = others.iter().map(|c| (*c, share(rest, 27 - yes)));
        let weights: Vec<(Participant, String)> = heavy.chain(light).collect();
        let table = Table::parse(weights.iter().map(|(c, w)| (*c, w.as_str()))).unwrap();
        let mut facts = Facts::default();
        facts.add_table("population".parse().unwrap(), table);
        let ballots = in_favour
            .iter()
            .map(|c| (*c, Choice::Yes))
            .chain(others.iter().map(|c| (*c, Choice::No)));
        let standing = Standing::from_ballots(ballots).with_facts(&facts);
        assert_eq!(rule.verdict(&standing), expected, "{yes} with {percent} %");
    }
}

#[test]
fn a_member_without_a_weight_leaves_the_vote_open() {
    let table = Table::parse([(code("AAA"), "60"), (code("BBB"), "30")]).unwrap();
    let mut facts = Facts::default();
    facts.add_table("shares".parse().unwrap(), table);
    let requirement: Requirement = "at least 65% of shares".parse().unwrap();
    let ballots = [(code("AAA"), Choice::Yes), (code("CCC"), Choice::Yes)];
    let evaluation = evaluate(
        &requirement,
        &Standing::from_ballots(ballots).with_facts(&facts),
    );
    assert_eq!(evaluation.verdict, Undetermined);
    assert_eq!(evaluation.missing(), ["shares of CCC"]);
}

#[test]
fn a_group_that_nobody_defined_is_asked_for() {
    let evaluation = evaluate(&"all of Annex2".parse().unwrap(), &counts(1, 0, 0));
    assert_eq!(evaluation.missing(), ["the members of Annex2"]);
    let mut facts = Facts::default();
    facts.add_group(
        "Annex2".parse().unwrap(),
        Group::new(["USA", "CHN"].map(code)),
    );
    let ballots = Standing::from_ballots([(code("USA"), Choice::Yes)]).with_facts(&facts);
    let evaluation = evaluate(&"all of Annex2".parse().unwrap(), &ballots);
    assert_eq!(
        evaluation.reasons.sentence,
        "1 of 2 of Annex2; missing: CHN"
    );
}
