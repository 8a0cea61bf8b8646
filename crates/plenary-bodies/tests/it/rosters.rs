//! Rosters of random bodies, beside a slow and obvious reading of the same rows.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use chrono::{Days, NaiveDate};
use plenary_bodies::{Body, Reference, SuspendedCount};
use plenary_types::{Date, Participant, StateCode};
use proptest::prelude::*;

/// Somebody in a random body: the first day and the length of its membership, and of a suspension inside it.
#[derive(Clone, Debug)]
struct Spell {
    from: u32,
    length: Option<u32>,
    suspended: Option<(u32, u32)>,
    observer: bool,
}

const SPAN: u32 = 4000;

fn spell() -> impl Strategy<Value = Spell> {
    let suspended = proptest::option::weighted(0.3, (0..1000u32, 1..1000u32));
    let parts = (
        0..SPAN,
        proptest::option::of(2..3000u32),
        suspended,
        proptest::bool::weighted(0.1),
    );
    parts.prop_map(|(from, length, suspended, observer)| Spell {
        from,
        length,
        suspended: suspended
            .filter(|(after, days)| length.is_none_or(|length| after + days <= length)),
        observer,
    })
}

fn on(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(1990, 1, 1).unwrap() + Days::new(day.into())
}

/// Half of the participants have codes, the others are persons.
fn name(at: usize) -> String {
    match at % 2 {
        0 => StateCode::from_index(at).unwrap().to_string(),
        _ => format!("person:member-{at}"),
    }
}

fn body(spells: &[Spell], suspended: &str) -> Arc<Body> {
    let mut rows = "member,from,to,status\n".to_owned();
    for (at, spell) in spells.iter().enumerate() {
        let (name, from) = (name(at), on(spell.from));
        let to = spell
            .length
            .map(|length| on(spell.from + length).to_string())
            .unwrap_or_default();
        let status = if spell.observer { "observer" } else { "" };
        writeln!(rows, "{name},{from},{to},{status}").unwrap();
        if let (Some((after, days)), false) = (spell.suspended, spell.observer) {
            let from = spell.from + after;
            writeln!(rows, "{name},{},{},suspended", on(from), on(from + days)).unwrap();
        }
    }
    let text =
        format!("format = 1\nname = \"Random\"\nfrom = 1990-01-01\nsuspended = \"{suspended}\"\n");
    let files = [
        ("bodies/random.toml", text),
        ("bodies/random.members.csv", rows),
    ];
    let reference = Reference::default().with_files("random", files).unwrap();
    Arc::clone(reference.body("random").unwrap())
}

/// Who is a member and who can vote on a day, found by looking at everybody.
fn slow(
    spells: &[Spell],
    suspended: SuspendedCount,
    day: u32,
) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut members, mut voters) = (BTreeSet::new(), BTreeSet::new());
    for (at, spell) in spells.iter().enumerate() {
        let within = |from: u32, length: Option<u32>| {
            from <= day && length.is_none_or(|length| day < from + length)
        };
        if spell.observer || !within(spell.from, spell.length) {
            continue;
        }
        let is_suspended = spell
            .suspended
            .is_some_and(|(after, days)| within(spell.from + after, Some(days)));
        if !is_suspended {
            voters.insert(name(at));
        }
        if !is_suspended || suspended == SuspendedCount::Counts {
            members.insert(name(at));
        }
    }
    (members, voters)
}

fn names(all: &[Participant]) -> BTreeSet<String> {
    all.iter().map(|who| who.as_str().to_owned()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_roster_says_of_every_day_what_its_rows_say(
        spells in proptest::collection::vec(spell(), 2..300),
        (word, suspended) in proptest::sample::select(&[
            ("counts", SuspendedCount::Counts),
            ("keeps-seat", SuspendedCount::KeepsSeat),
            ("out", SuspendedCount::Out),
        ]),
        days in proptest::collection::vec(0..SPAN + 3500, 1..40),
        span in (0..SPAN, 0..400u32),
    ) {
        let body = body(&spells, word);
        let roster = body.roster().unwrap();
        for day in days {
            let (members, voters) = slow(&spells, suspended, day);
            let epoch = roster.epoch_on(on(day)).unwrap();
            prop_assert!(epoch.span().contains(on(day)));
            prop_assert_eq!(&names(epoch.members()), &members);
            prop_assert_eq!(&names(epoch.voters()), &voters);
            prop_assert!(epoch.members().is_sorted() && epoch.voters().is_sorted());
            for at in 0..spells.len() {
                let who = name(at).parse().unwrap();
                prop_assert_eq!(epoch.is_member(who), members.contains(&name(at)));
                prop_assert_eq!(epoch.may_vote(who), voters.contains(&name(at)));
            }
        }
        // A day as a date: the state before it and the state after it.
        let day = span.0 + 1;
        let counts: Vec<_> = [day - 1, day].map(|day| slow(&spells, suspended, day)).into();
        let electorate = body.electorate(Date::day(on(day))).unwrap();
        let required: BTreeSet<_> = counts[0].1.intersection(&counts[1].1).cloned().collect();
        prop_assert_eq!(names(&electorate.required), required);
        let least = counts.iter().map(|(_, voters)| voters.len()).min().unwrap();
        if electorate.is_closed {
            for (members, _) in &counts {
                for member in members {
                    prop_assert!(electorate.may_list(member.parse::<Participant>().unwrap()));
                }
            }
            prop_assert_eq!(electorate.seats.0 as usize, least);
            prop_assert!(electorate.required.len() <= electorate.seats.1 as usize);
        }
    }

    #[test]
    fn dates_between_which_nothing_changes_share_their_electorate(
        spells in proptest::collection::vec(spell(), 2..40),
        days in proptest::collection::vec(1..SPAN + 3500, 2..20),
    ) {
        let body = body(&spells, "counts");
        let roster = body.roster().unwrap();
        let epoch = |day: u32| roster.epoch_on(on(day)).unwrap().span();
        for pair in days.windows(2) {
            let [one, other] = [pair[0], pair[1]];
            let quiet = |day: u32| epoch(day - 1) == epoch(day);
            let of = |day: u32| body.electorate(Date::day(on(day))).unwrap();
            if quiet(one) && quiet(other) && epoch(one) == epoch(other) {
                prop_assert!(Arc::ptr_eq(&of(one), &of(other)));
            } else if quiet(one) && quiet(other) {
                prop_assert!(!Arc::ptr_eq(&of(one), &of(other)));
            }
            prop_assert!(Arc::ptr_eq(&of(one), &of(one)));
        }
    }
}
