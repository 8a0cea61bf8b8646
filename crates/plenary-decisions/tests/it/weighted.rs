//! Weighted votes with the weights of record.

use std::error::Error;

use Verdict::{Adopted, Rejected, Undetermined};
use plenary_bodies::{InForce, Library};
use plenary_decisions::{Facts, Standing, Table, Verdict, verdict};
use plenary_tables::{WeightColumn, read_weights};
use plenary_types::{Choice, Participant};

/// The members of the Union since 2020.
const UNION: [&str; 27] = [
    "AUT", "BEL", "BGR", "CYP", "CZE", "DEU", "DNK", "ESP", "EST", "FIN", "FRA", "GRC", "HRV",
    "HUN", "IRL", "ITA", "LTU", "LUX", "LVA", "MLT", "NLD", "POL", "PRT", "ROU", "SVK", "SVN",
    "SWE",
];

fn rule(id: &str, day: &str) -> InForce<'static> {
    Library::embedded().rule(id, day.parse().unwrap()).unwrap()
}

fn code(text: &str) -> Participant {
    text.parse().unwrap()
}

/// All in favour but those against and abstaining.
fn council(against: &[&str], abstaining: &[&str]) -> Standing<'static> {
    Standing::from_ballots(UNION.into_iter().map(|state| {
        let choice = if against.contains(&state) {
            Choice::No
        } else if abstaining.contains(&state) {
            Choice::Abstain
        } else {
            Choice::Yes
        };
        (code(state), choice)
    }))
}

#[test]
fn three_large_members_cannot_block_and_four_can() {
    let qualified = rule("eu-qmv", "2025-06-01");
    let blocking = rule("eu-blocking-minority", "2025-06-01");
    let three = council(&["DEU", "FRA", "ITA"], &[]);
    assert_eq!(qualified.verdict(&three), Adopted);
    assert_eq!(blocking.verdict(&three), Rejected);
    let four = council(&["DEU", "FRA", "ITA"], &["MLT"]);
    assert_eq!(qualified.verdict(&four), Rejected);
    assert_eq!(blocking.verdict(&four), Adopted);
}

#[test]
fn twelve_small_members_fall_short_of_a_blocking_minority() {
    let small = [
        "MLT", "LUX", "CYP", "EST", "LVA", "SVN", "LTU", "HRV", "IRL", "SVK", "FIN", "DNK",
    ];
    assert_eq!(
        rule("eu-qmv", "2025-06-01").verdict(&council(&small, &[])),
        Adopted
    );
    let thirteen: Vec<_> = small.into_iter().chain(["BGR"]).collect();
    // Fourteen of twenty-seven members are less than fifty-five per cent.
    assert_eq!(
        rule("eu-qmv", "2025-06-01").verdict(&council(&thirteen, &[])),
        Rejected
    );
    assert_eq!(
        rule("eu-simple", "2025-06-01").verdict(&council(&thirteen, &[])),
        Adopted
    );
}

#[test]
fn without_a_proposal_of_the_commission_more_members_are_needed() {
    let eight = council(
        &["MLT", "LUX", "CYP", "EST", "LVA", "SVN", "LTU", "HRV"],
        &[],
    );
    assert_eq!(rule("eu-qmv", "2025-06-01").verdict(&eight), Adopted);
    assert_eq!(rule("eu-qmv-other", "2025-06-01").verdict(&eight), Rejected);
}

#[test]
fn abstention_blocks_a_qualified_majority_and_not_unanimity() {
    let large = council(&[], &["DEU", "FRA", "ITA", "ESP"]);
    assert_eq!(rule("eu-qmv", "2025-06-01").verdict(&large), Rejected);
    assert_eq!(rule("eu-unanimity", "2025-06-01").verdict(&large), Adopted);
}

#[test]
fn before_november_2014_votes_were_weighted() {
    let everybody = || UNION.into_iter().chain(["GBR"]);
    let vote = |against: &[&str]| {
        let choice = |state| {
            if against.contains(&state) {
                Choice::No
            } else {
                Choice::Yes
            }
        };
        Standing::from_ballots(everybody().map(|state| (code(state), choice(state))))
    };
    let rule = rule("eu-qmv", "2014-10-31");
    assert_eq!(
        rule.rule.requirement.to_string(),
        "at least 260 nice-votes; more than 1/2 of members"
    );
    let table = rule.facts.table(&"nice-votes".parse().unwrap()).unwrap();
    assert_eq!(table.print(table.total()), "352");
    // 352 less 29, 29 and 29 is 265; less another 7 is 258.
    assert_eq!(rule.verdict(&vote(&["DEU", "FRA", "GBR"])), Adopted);
    assert_eq!(rule.verdict(&vote(&["DEU", "FRA", "GBR", "FIN"])), Rejected);
    let evaluation = rule.evaluate(&vote(&["DEU", "FRA", "GBR", "FIN"]));
    assert!(
        evaluation
            .reasons
            .to_string()
            .contains("258 nice-votes, less than 260"),
        "{}",
        evaluation.reasons
    );
}

/// The three largest of 2019: basic votes of 1,465 each, then one a hundred thousand special drawing rights of quota. The
/// basic votes of 189 members were 5.502 per cent of all, which gives the total.
const FUND: &str = "code,quota,voting-power\nUSA,82994.2,831407\nJPN,30820.5,309670\nCHN,30482.9,306294\nTOTAL,,5032442\n";

/// The facts of a file of weights.
fn weights(csv: &str) -> Result<Facts, Box<dyn Error>> {
    let columns = read_weights(csv, |_| None)?;
    let table = |column: &WeightColumn| {
        let table = Table::parse(column.iter())?;
        match &column.total {
            Some(total) => table.with_total(total),
            None => Ok(table),
        }
    };
    let tables: Vec<Table> = columns.iter().map(table).collect::<Result<_, _>>()?;
    let headings = columns.iter().map(|column| column.heading.as_str());
    Ok(Facts::from_tables(headings.zip(tables))?)
}

fn fund() -> Facts {
    weights(FUND).unwrap()
}

#[test]
fn the_votes_of_the_fund_are_basic_votes_and_one_for_each_hundred_thousand() {
    let facts = fund();
    let votes = facts.table(&"voting-power".parse().unwrap()).unwrap();
    let quotas = facts.table(&"quota".parse().unwrap()).unwrap();
    for state in ["USA", "JPN", "CHN"] {
        // Quotas are in millions with one decimal: a tenth of a million is a hundred thousand.
        let additional = quotas.weight(code(state)).unwrap();
        assert_eq!(
            votes.weight(code(state)).unwrap(),
            1465 + additional,
            "{state}"
        );
    }
    // 189 times 1,465 is 5.502 per cent of the total, as nearly as whole votes allow.
    let basic: u128 = 189 * 1465 * 100_000;
    let total = votes.total() * 5502;
    assert!(basic.abs_diff(total) < 5502, "{basic} {total}");
}

#[test]
fn one_member_can_block_eighty_five_per_cent_and_not_seventy() {
    let facts = fund();
    let total = facts
        .table(&"voting-power".parse().unwrap())
        .unwrap()
        .total();
    let others = total - 831_407;
    // All others together, as one: their votes are the total less those of the United States.
    let csv = format!("code,voting-power\nUSA,831407\nXXA,{others}\n");
    let facts = weights(&csv).unwrap();
    let vote = Standing::from_ballots([(code("USA"), Choice::No), (code("XXA"), Choice::Yes)]);
    let vote = vote.with_facts(&facts);
    assert_eq!(rule("imf-85", "2019-06-01").verdict(&vote), Rejected);
    assert_eq!(rule("imf-70", "2019-06-01").verdict(&vote), Adopted);
    assert_eq!(rule("imf-ordinary", "2019-06-01").verdict(&vote), Adopted);
    let reasons = rule("imf-85", "2019-06-01")
        .evaluate(&vote)
        .reasons
        .to_string();
    assert_eq!(
        reasons,
        "not met: 4201035 of 5032442 voting-power, 83.5 %, less than 85%"
    );
}

#[test]
fn an_amendment_of_the_fund_needs_members_and_votes() {
    let facts = fund();
    let three = ["USA", "JPN", "CHN"].map(|state| (code(state), Choice::Yes));
    let vote = Standing::from_ballots(three)
        .with_members(189)
        .unwrap()
        .with_facts(&facts);
    assert_eq!(rule("imf-amendment", "2019-06-01").verdict(&vote), Rejected);
    let counts = Standing::from_counts(plenary_types::Tally {
        yes: 180,
        no: 9,
        ..Default::default()
    });
    assert_eq!(
        rule("imf-amendment", "2019-06-01").verdict(&counts.with_facts(&facts)),
        Undetermined
    );
}

#[test]
fn a_file_with_one_column_stands_for_any_table() {
    let facts = weights("state,share\nAAA,60\nBBB,40\n").unwrap();
    let vote = Standing::from_ballots([(code("AAA"), Choice::Yes), (code("BBB"), Choice::No)])
        .with_facts(&facts);
    assert_eq!(
        verdict(&"at least 60% of population".parse().unwrap(), &vote),
        Adopted
    );
    assert_eq!(
        verdict(&"more than 60% of population".parse().unwrap(), &vote),
        Rejected
    );
}

#[test]
fn files_without_a_heading_hold_codes_first() {
    let facts = weights("AAA,60\nBBB,40\n").unwrap();
    let ballots = plenary_tables::read_ballots("AAA,yes\nBBB,no\n", |_| None).unwrap();
    assert_eq!(ballots.len(), 2);
    let vote = Standing::from_ballots(ballots).with_facts(&facts);
    assert_eq!(
        verdict(&"at least 60% of population".parse().unwrap(), &vote),
        Adopted
    );
}

#[test]
fn wrong_files_are_refused_with_their_place() {
    let read = |csv: &str| weights(csv).unwrap_err().to_string();
    assert_eq!(
        read("code,votes\nAtlantis,1\n"),
        "line 2, member: unknown participant `Atlantis`"
    );
    assert_eq!(
        read("code,votes\nAAA,many\n"),
        "the weight `many` of AAA is not a number: expected digits with at most twelve decimals"
    );
    assert_eq!(
        read("code\nAAA\n"),
        "line 1: there is no column of weights; expected one that is named by its heading, found the header `code`"
    );
    assert_eq!(read("code,votes\nAAA,1\nAAA,2\n"), "AAA has two weights");
    let ballots = plenary_tables::read_ballots("code,choice\nAAA,perhaps\n", |_| None).unwrap_err();
    assert!(
        ballots
            .to_string()
            .starts_with("line 2, choice: `perhaps` is not a recognised vote"),
        "{ballots}"
    );
}

/// A total that covers members without a row leaves them their share: those who are not on the list did not vote.
#[test]
fn a_declared_total_covers_those_who_are_not_listed() {
    let facts = fund();
    let vote = [("USA", Choice::No), ("CHN", Choice::Yes)].map(|(state, cast)| (code(state), cast));
    let vote = Standing::from_ballots(vote)
        .with_members(189)
        .unwrap()
        .with_facts(&facts);
    for (requirement, expected) in [
        // All but 306,294 of 5,032,442 are 93.9 per cent, all but those of the United States as well 92.7.
        ("at least 93% of voting-power not in favour", Adopted),
        ("at least 94% of voting-power not in favour", Rejected),
        (
            "without {USA} (at least 92% of voting-power not in favour)",
            Adopted,
        ),
        (
            "without {USA} (at least 93% of voting-power not in favour)",
            Rejected,
        ),
        ("without {USA} (at least 7% of voting-power)", Adopted),
        ("without {USA} (at least 8% of voting-power)", Rejected),
    ] {
        assert_eq!(
            verdict(&requirement.parse().unwrap(), &vote),
            expected,
            "{requirement}"
        );
    }
}

#[test]
fn only_weights_in_question_have_to_be_known() {
    let csv = "code,shares\nAAA,0.5\nBBB,1.5\nCCC,4\n";
    let facts = weights(csv).unwrap();
    let vote = [
        ("AAA", Choice::No),
        ("BBB", Choice::Yes),
        ("ZZZ", Choice::Yes),
    ];
    let vote = Standing::from_ballots(vote.map(|(state, cast)| (code(state), cast)));
    let vote = vote.with_facts(&facts);
    for (requirement, expected) in [
        ("at least 1/2 of shares of {AAA, CCC}", Rejected),
        ("at least 2 shares of {AAA, BBB}", Rejected),
        ("at least 1 shares of {AAA, BBB}", Adopted),
        ("without {BBB, ZZZ} (at least 1/2 of shares)", Rejected),
        ("at least 1/2 of shares", Undetermined),
    ] {
        assert_eq!(
            verdict(&requirement.parse().unwrap(), &vote),
            expected,
            "{requirement}"
        );
    }
}
