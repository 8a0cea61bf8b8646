use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

const VOTERS: [&str; 5] = ["CZE", "FRA", "ITA", "SUN", "person:x"];

/// A vote: what it is, and the ballots on it.
type Made = (VoteKey, Vec<(&'static str, Choice)>);

fn any_vote() -> impl Strategy<Value = Made> {
    let choice = proptest::sample::select(Choice::ALL.to_vec());
    let ballots = proptest::collection::vec(proptest::option::weighted(0.8, choice), VOTERS.len());
    let issues = proptest::sample::subsequence(Issue::ALL.to_vec(), 0..3);
    let time = (1975u16..1995, proptest::option::weighted(0.9, 1u8..28));
    let listing =
        proptest::sample::select(vec![Listing::Everybody, Listing::EveryVote, Listing::Some]);
    let body = proptest::option::weighted(0.8, Just(BodyId::UNGA));
    (ballots, issues, time, listing, body).prop_map(
        |(ballots, issues, (year, day), listing, body)| {
            let mut key = VoteKey::new("x");
            key.date = day.and_then(|day| format!("{year}-11-{day:02}").parse().ok());
            key.session = Some(Session::Regular(year - 1945));
            key.issues = issues;
            key.listing = listing;
            key.body = body;
            let ballots = VOTERS.into_iter().zip(ballots);
            (
                key,
                ballots
                    .filter_map(|(who, choice)| Some((who, choice?)))
                    .collect(),
            )
        },
    )
}

fn votes(made: &[Made]) -> Votes {
    let mut votes = Votes::default();
    for (key, ballots) in made {
        votes.add(key.clone(), ballots.iter().copied());
    }
    votes
}

/// Counts ballot by ballot what a row has.
fn slowly(made: &[Made], is_of: impl Fn(&VoteKey, &str) -> bool) -> TallyCounts {
    let mut counts = TallyCounts::default();
    for (key, ballots) in made {
        let cast: Vec<Choice> = ballots
            .iter()
            .map(|(_, choice)| *choice)
            .filter(|choice| choice.is_voting() || *choice == Choice::Abstain)
            .collect();
        let times = |choice: Choice| cast.iter().filter(|other| **other == choice).count();
        let kinds = [Choice::Yes, Choice::No, Choice::Abstain];
        let most = kinds.iter().map(|kind| times(*kind)).max().unwrap_or(0);
        let is_tied = kinds.iter().filter(|kind| times(**kind) == most).count() > 1;
        let before = counts.ballots;
        for (who, choice) in ballots.iter().filter(|(who, _)| is_of(key, who)) {
            let slot = match choice {
                Choice::Yes => &mut counts.yes,
                Choice::No => &mut counts.no,
                Choice::Abstain => &mut counts.abstain,
                Choice::NonVoting => &mut counts.non_voting,
                Choice::NotEligible => continue,
            };
            *slot += 1;
            counts.ballots += 1;
            counts.untold += u32::from(key.listing != Listing::Everybody);
            let _ = who;
            if *choice != Choice::NonVoting {
                counts.tied += u32::from(is_tied);
                counts.with_majority += u32::from(!is_tied && times(*choice) == most);
                counts.alone += u32::from(times(*choice) == 1 && cast.len() > 1);
            }
        }
        counts.votes += u32::from(counts.ballots > before);
    }
    counts
}

proptest! {
    #[test]
    fn counts_are_those_of_the_ballots_one_by_one(
        made in proptest::collection::vec(any_vote(), 0..24),
        by in proptest::sample::subsequence(Division::ALL.to_vec(), 0..4),
    ) {
        let votes = votes(&made);
        let options = TallyOptions { by: by.clone(), ..TallyOptions::default() };
        let found = tally(&votes, &options);
        prop_assert_eq!(found.votes + found.unplaced.len(), made.len());
        let mut parts = BTreeSet::new();
        for row in &found.rows {
            let unit = found.units[row.unit].as_str();
            let is_of = |key: &VoteKey, who: &str| {
                who == unit && by.iter().zip(&*row.parts).all(|(by, part)| by.of(key).contains(part))
            };
            prop_assert_eq!(row.counts, slowly(&made, is_of), "{} {:?}", unit, row.parts);
            prop_assert!(parts.insert((row.parts.clone(), row.unit)));
        }
        // Nothing is missing: with one division that every vote has once, the rows add up.
        if by.iter().all(|division| *division != Division::Issue) {
            let all: u32 = found.rows.iter().map(|row| row.counts.ballots).sum();
            let placed = made.iter().filter(|(key, _)| by.iter().all(|by| !by.of(key).is_empty()));
            let ballots = placed.flat_map(|(_, ballots)| ballots);
            let listed = ballots.filter(|(_, choice)| *choice != Choice::NotEligible);
            prop_assert_eq!(all as usize, listed.count());
        }
        let all = TallyOptions { unit: TallyUnit::All, by, ..TallyOptions::default() };
        for row in tally(&votes, &all).rows {
            let is_of = |key: &VoteKey, _: &str| {
                all.by.iter().zip(&*row.parts).all(|(by, part)| by.of(key).contains(part))
            };
            prop_assert_eq!(row.counts, slowly(&made, is_of));
        }
    }
}

fn vote(date: &str, listing: Listing, ballots: &[(&'static str, Choice)]) -> Made {
    let mut key = VoteKey::new("x").on(date.parse().unwrap());
    key.body = Some(BodyId::UNGA);
    key.listing = listing;
    (key, ballots.to_vec())
}

fn counts(made: &[Made], options: &TallyOptions<'_>, unit: &str) -> TallyCounts {
    let found = tally(&votes(made), options);
    let row = found.rows.iter().find(|row| found.units[row.unit] == unit);
    row.map(|row| row.counts).unwrap_or_default()
}

use Choice::{Abstain, No, NonVoting, NotEligible, Yes};
use plenary_types::BodyId;

#[test]
fn lists_that_leave_out_who_did_not_vote_give_no_attendance() {
    // Italy was admitted on 14 December 1955.
    let listed = [("FRA", Yes), ("CZE", No)];
    let made = |listing| {
        vec![
            vote("1955-10-01", listing, &listed),
            vote(
                "1970-10-01",
                listing,
                &[("FRA", Yes), ("CZE", No), ("ITA", Abstain)],
            ),
            vote("1971-10-01", listing, &listed),
        ]
    };
    let embedded = TallyOptions {
        reference: Some(Reference::embedded()),
        ..TallyOptions::default()
    };
    let italy = |listing, options| {
        let counts = counts(&made(listing), options, "ITA");
        (
            counts.votes,
            counts.non_voting,
            counts.unlisted,
            counts.attendance(),
        )
    };
    // A list of everybody says nothing of who is not on it.
    assert_eq!(italy(Listing::Everybody, &embedded), (1, 0, 0, Some(1.0)));
    assert_eq!(italy(Listing::EveryVote, &embedded), (2, 1, 0, Some(0.5)));
    assert_eq!(italy(Listing::Some, &embedded), (2, 0, 1, None));
    // Without members on record nothing is known of absence.
    let alone = TallyOptions::default();
    assert_eq!(italy(Listing::EveryVote, &alone), (1, 0, 0, None));
    assert_eq!(italy(Listing::Some, &alone), (1, 0, 0, None));
    let france = counts(&made(Listing::Some), &embedded, "FRA");
    assert_eq!(
        (france.votes, france.unlisted, france.attendance()),
        (3, 0, None)
    );
}

#[test]
fn a_seat_under_the_code_of_another_time_is_on_the_list() {
    let later = [
        vote("1980-10-01", Listing::Some, &[("RUS", Yes), ("FRA", Yes)]),
        vote("1981-10-01", Listing::Some, &[("SUN", Yes), ("FRA", Yes)]),
    ];
    let options = TallyOptions {
        reference: Some(Reference::embedded()),
        ..TallyOptions::default()
    };
    let union = counts(&later, &options, "SUN");
    assert_eq!((union.votes, union.unlisted), (1, 0));
}

#[test]
fn groups_are_those_of_the_day() {
    let file = "group,member,from,to\nnorth,FRA,,1979-12-31\nnorth,ITA,,\nsouth,ITA,,\n";
    let members = plenary_tables::read_groups(file, plenary_states::Groups::participant).unwrap();
    let groups = StateGroups::own(plenary_states::Groups::new(members));
    let made = [
        vote(
            "1979-10-01",
            Listing::Everybody,
            &[("FRA", Yes), ("ITA", No), ("CZE", No)],
        ),
        vote(
            "1980-10-01",
            Listing::Everybody,
            &[("FRA", Yes), ("ITA", NonVoting), ("CZE", NotEligible)],
        ),
    ];
    let options = TallyOptions {
        unit: TallyUnit::Group,
        groups: Some(&groups),
        ..TallyOptions::default()
    };
    let north = counts(&made, &options, "north");
    assert_eq!(
        (
            north.votes,
            north.ballots,
            north.yes,
            north.no,
            north.non_voting
        ),
        (2, 3, 1, 1, 1)
    );
    assert_eq!(
        (north.with_majority, north.alone, north.attendance()),
        (1, 1, Some(2.0 / 3.0))
    );
    let south = counts(&made, &options, "south");
    assert_eq!((south.ballots, south.no, south.cast()), (2, 1, 1));
    // The majority is that of all, whoever is asked for.
    let france = ["FRA".parse().unwrap()];
    let options = TallyOptions {
        voters: Some(&france),
        ..options
    };
    assert_eq!(counts(&made, &options, "north").with_majority, 0);
    assert_eq!(counts(&made, &options, "south").votes, 0);
}

#[test]
fn parts_are_in_order_and_unknown_ones_last() {
    let mut made = vec![
        vote("1989-10-01", Listing::Everybody, &[("FRA", Yes)]),
        vote("1990-10-01", Listing::Everybody, &[("FRA", No)]),
        vote("1991-10-01", Listing::Everybody, &[("FRA", No)]),
    ];
    made[1].0.issues = vec![Issue::HumanRights, Issue::NuclearWeapons];
    made[2].0.date = None;
    let options = TallyOptions {
        by: vec![Division::Decade, Division::Issue],
        ..TallyOptions::default()
    };
    let found = tally(&votes(&made), &options);
    let rows: Vec<String> = found
        .rows
        .iter()
        .map(|row| {
            row.parts
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect();
    assert_eq!(rows, ["1980 none", "1990 nu", "1990 hr"]);
    assert_eq!(
        (found.votes, found.on_several_issues, found.unplaced.len()),
        (2, 1, 1)
    );
}

#[test]
fn columns_have_names_of_their_own() {
    let names: BTreeSet<_> = COLUMNS.iter().map(|column| column.name).collect();
    assert_eq!(names.len(), COLUMNS.len());
    assert!(TallyColumn::find("abstain-share").is_some_and(|column| column.is_share));
    assert!(TallyColumn::find("abstentions").is_none());
}
