//! Roll calls of parliaments: voters that are persons.

use std::collections::BTreeMap;
use std::fmt::Write;

use plenary_bodies::Reference;
use plenary_compare::{Comparison, VoteList};
use plenary_import::{Mapping, Options, read, read_bytes};
use plenary_testing::shared;

use crate::compare;

const MAPPING: &str = r#"
source = "made up"
codes = "none"

[columns]
vote = "number"
date = "day"
body = "house"
state = "who"
choice = "cast"

[choices]
yes = ["y"]
no = ["n"]
non-voting = ["x"]
"#;

/// The roll calls of a table: house, number, day, and how each of `who` votes.
fn list_of(who: &[&str], calls: &[(&str, &str, &str, &str)]) -> VoteList {
    let mut table = "house,number,day,who,cast\n".to_owned();
    for (house, number, day, word) in calls {
        for (who, cast) in who.iter().zip(word.chars()) {
            writeln!(table, "{house},{number},{day},{who},{cast}").unwrap();
        }
    }
    let options = Options::default().with_mapping(Mapping::from_toml(MAPPING).unwrap());
    let import = read_bytes("calls.csv", table.as_bytes(), &options).unwrap();
    assert_eq!(import.summary().rejected, 0, "{:?}", import.rejected());
    VoteList::from_import(&import)
}

const SENATORS: [&str; 6] = ["Aho", "Berg", "Cruz", "Dahl", "Eng", "Falk"];

fn senate(calls: &[(&str, &str, &str)]) -> VoteList {
    let calls = calls
        .iter()
        .map(|(number, day, word)| ("river-senate", *number, *day, *word));
    list_of(&SENATORS, &calls.collect::<Vec<_>>())
}

fn told(comparison: &Comparison) -> Vec<String> {
    let differences = comparison.differences.iter();
    let differences = differences.map(|d| format!("{} {d}", d.kind.as_str()));
    differences.collect()
}

#[test]
fn roll_calls_of_a_day_are_told_apart_by_number_although_parties_vote_alike() {
    const DAY: &str = "2005-03-01";
    let a = senate(&[
        ("1", DAY, "yyynnn"),
        ("2", DAY, "yyynnn"),
        ("3", DAY, "yyynnx"),
        ("4", "2005-03-02", "nnnyyy"),
    ]);
    let b = senate(&[
        ("3", DAY, "yyynnx"),
        ("2", DAY, "yyynny"),
        ("4", "2005-03-02", "nnnyyy"),
        ("5", "2005-03-02", "yyynnn"),
    ]);
    let comparison = compare(&a, &b);
    assert_eq!(comparison.matched.number, 3);
    assert_eq!(comparison.matched.total(), 3);
    assert_eq!((comparison.a.strangers, comparison.b.strangers), (0, 0));
    let differing: Vec<_> = comparison
        .differences
        .iter()
        .filter_map(|d| d.voter)
        .collect();
    assert_eq!(differing, ["person:Falk".parse().unwrap()]);
    let found = told(&comparison);
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found[0].starts_with("only-in-a"), "{found:?}");
    assert!(found[1].ends_with("person:Falk no | yes"), "{found:?}");
    assert!(found[2].starts_with("only-in-b"), "{found:?}");
    assert!(compare(&a, &a).is_equal());
}

#[test]
fn without_a_common_number_the_day_and_the_ballots_tell_and_what_they_cannot_is_counted() {
    const DAY: &str = "2005-03-01";
    let a = senate(&[
        ("1", DAY, "yyynnn"),
        ("2", DAY, "ynynyn"),
        ("3", "2005-03-02", "yyynnn"),
        ("4", "2005-03-03", "ynnnnn"),
        ("5", "2005-03-03", "ynnnnn"),
    ]);
    let b = senate(&[
        ("u1", "2005-03-02", "yyynnn"),
        ("u2", DAY, "ynynyn"),
        ("u3", "2005-03-03", "ynnnnn"),
        // The same ballots on another day are another vote.
        ("u4", "2005-04-01", "yyynnn"),
    ]);
    let comparison = compare(&a, &b);
    assert_eq!(
        (comparison.matched.ballots, comparison.matched.total()),
        (2, 2)
    );
    assert_eq!((comparison.a.ambiguous, comparison.b.ambiguous), (2, 1));
    let kinds: Vec<_> = comparison
        .differences
        .iter()
        .map(|d| d.kind.as_str())
        .collect();
    let only = [
        "only-in-a",
        "only-in-a",
        "only-in-a",
        "only-in-b",
        "only-in-b",
    ];
    assert_eq!(kinds, only, "{:?}", told(&comparison));
}

#[test]
fn two_houses_of_one_number_are_two_votes() {
    let house = |house: &str| list_of(&SENATORS, &[(house, "1", "2005-03-01", "yyynnn")]);
    assert_eq!(
        compare(&house("river-senate"), &house("river-senate"))
            .matched
            .total(),
        1
    );
    let apart = compare(&house("river-senate"), &house("river-house"));
    assert_eq!(apart.matched.total(), 0, "{:?}", told(&apart));
}

#[test]
fn persons_that_the_other_source_names_in_another_way_are_counted_and_their_votes_found_by_number()
{
    let call = [("river-senate", "1", "2005-03-01", "yyynnn")];
    let others = SENATORS.map(str::to_uppercase);
    let others: Vec<&str> = others.iter().map(String::as_str).collect();
    let comparison = compare(&list_of(&SENATORS, &call), &list_of(&others, &call));
    assert_eq!(
        (comparison.matched.number, comparison.matched.total()),
        (1, 1)
    );
    assert_eq!((comparison.a.strangers, comparison.b.strangers), (6, 6));
    assert_eq!(comparison.differences.len(), 12, "{:?}", told(&comparison));
}

/// The votes of a body on two days, in which all but four of 24 states vote alike.
fn assembly(day: &str) -> VoteList {
    const STATES: &str = "ARG,AUS,BRA,CAN,CHL,COL,CUB,DNK,EGY,ETH,FRA,GBR,GRC,IND,IRN,IRQ,LUX,MEX,NLD,NOR,NZL,PER,POL,USA";
    let cells: Vec<&str> = STATES
        .split(',')
        .enumerate()
        .map(|(at, _)| if at % 6 == 0 { "n" } else { "y" })
        .collect();
    let table = format!("number,day,{STATES}\n1,{day},{}\n", cells.join(","));
    let mapping = "body = \"river-assembly\"\nsource = \"made up\"\nlayout = \"wide\"\ncodes = \"iso3\"\n\
        [columns]\nvote = \"number\"\ndate = \"day\"\n[choices]\nyes = [\"y\"]\nno = [\"n\"]\n";
    let options = Options::default().with_mapping(Mapping::from_toml(mapping).unwrap());
    VoteList::from_import(&read_bytes("t.csv", table.as_bytes(), &options).unwrap())
}

#[test]
fn a_body_of_the_user_is_large_by_the_reference_that_states_its_seats() {
    let (a, b) = (assembly("2001-01-01"), assembly("2001-02-01"));
    let matched =
        |reference: &Reference| plenary_compare::compare(&a, &b, reference).matched.total();
    assert_eq!(matched(Reference::embedded()), 0);
    let seats = |count: u32| {
        let body = format!(
            "format = 1\nname = \"Assembly of the River\"\nfrom = 1990-01-01\nseats = [{{ from = 1990-01-01, count = {count}, source = \"made up\" }}]\n"
        );
        Reference::embedded()
            .with_files("own", [("bodies/river-assembly.toml", body)])
            .unwrap()
    };
    assert_eq!(matched(&seats(24)), 0);
    assert_eq!(matched(&seats(90)), 1);
}

const BUNDESTAG: &str = r#"
body = "bundestag"
source = "abgeordnetenwatch, 2017 to 2021"
codes = "none"
ignore = ["mandate_id", "politician name", "reason_no_show", "reason_no_show_other"]
[columns]
vote = "poll_id"
name = "mandate"
choice = "vote"
[choices]
yes = ["yes"]
no = ["no"]
abstain = ["abstain"]
non-voting = ["no_show"]
"#;

/// The votes of the Bundestag by a mapping; nothing where they are not there.
fn bundestag(mapping: &str) -> Option<VoteList> {
    let options = Options::default().with_mapping(Mapping::from_toml(mapping).unwrap());
    let import = read(
        shared("others/abgeordnetenwatch_votes_1.csv.zst")?,
        &options,
    )
    .unwrap();
    assert_eq!(import.summary().rejected, 0);
    Some(VoteList::from_import(&import))
}

#[test]
fn the_votes_of_the_bundestag_are_compared_member_by_member() {
    let Some(a) = bundestag(BUNDESTAG) else {
        return;
    };
    assert!(compare(&a, &a).is_equal());
    // Who abstained and who was absent, exchanged.
    let exchanged = BUNDESTAG
        .replace("abstain = [\"abstain\"]", "abstain = [\"no_show\"]")
        .replace("non-voting = [\"no_show\"]", "non-voting = [\"abstain\"]");
    let comparison = compare(&a, &bundestag(&exchanged).unwrap());
    assert_eq!(
        (comparison.matched.number, comparison.matched.total()),
        (88, 88)
    );
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for difference in &comparison.differences {
        *kinds.entry(difference.kind.as_str()).or_default() += 1;
    }
    assert_eq!(kinds, [("ballot", 2_182 + 5_852)].into());
}

#[test]
fn the_votes_of_the_bundestag_are_found_by_their_ballots_where_each_source_numbers_in_its_own_way()
{
    let Some(a) = bundestag(BUNDESTAG) else {
        return;
    };
    let numbered = BUNDESTAG.replace("vote = \"poll_id\"", "vote = [\"poll_id\", \"poll_id\"]");
    let comparison = compare(&a, &bundestag(&numbered).unwrap());
    let matched = comparison.matched;
    // One vote had fewer than five against the rest: without a day that is too little.
    assert_eq!((matched.ballots, matched.total()), (87, 87));
    assert_eq!(comparison.differences.len(), 2);
}
