//! Strategies for single values.

use chrono::{Datelike, Days, NaiveDate};
use plenary_types::{AnnouncedTally, Choice, Date, Session, StateCode, Tally};
use proptest::prelude::*;

use crate::Context;

/// Codes of entities that exist or existed: states, former states, areas, organisations.
pub fn codes() -> impl Strategy<Value = StateCode> {
    let known: Vec<_> = plenary_states::entities()
        .map(plenary_states::Entity::code)
        .collect();
    prop::sample::select(known)
}

/// Choices as they fall in a recorded vote: mostly yes.
pub fn choices() -> impl Strategy<Value = Choice> {
    prop_oneof![
        6 => Just(Choice::Yes),
        1 => Just(Choice::No),
        2 => Just(Choice::Abstain),
        2 => Just(Choice::NonVoting),
    ]
}

/// Days of the context.
pub fn days(context: &Context) -> impl Strategy<Value = NaiveDate> + use<> {
    let days = context.days();
    let length = days.end.signed_duration_since(days.start).num_days();
    let length = u64::try_from(length).unwrap_or(1).max(1);
    (0..length).prop_map(move |n| {
        days.start
            .checked_add_days(Days::new(n))
            .unwrap_or(days.start)
    })
}

/// Dates in the context, some known only to the month or the year.
pub fn dates(context: &Context) -> impl Strategy<Value = Date> + use<> {
    (days(context), 0..4u8).prop_map(|(day, precision)| {
        let coarse = match precision {
            0 => Date::year(day.year()),
            1 => Date::month(day.year(), day.month()),
            _ => Ok(Date::day(day)),
        };
        coarse.unwrap_or(Date::day(day))
    })
}

/// Sessions of the three series.
pub fn sessions() -> impl Strategy<Value = Session> {
    prop_oneof![
        (1..=80u16).prop_map(Session::Regular),
        (1..=32u16).prop_map(Session::Special),
        (1..=11u16).prop_map(Session::Emergency),
    ]
}

/// Tallies of a body of so many members.
pub fn tallies(members: u32) -> impl Strategy<Value = Tally> {
    let cut = || 0..=members;
    (cut(), cut(), cut()).prop_map(move |(a, b, c)| {
        let mut cuts = [a, b, c];
        cuts.sort_unstable();
        let [first, second, third] = cuts;
        Tally {
            yes: first,
            no: second - first,
            abstain: third - second,
            non_voting: members - third,
            not_eligible: 0,
        }
    })
}

/// Announced totals of a body of so many members, which add up.
pub fn announced(members: u32) -> impl Strategy<Value = AnnouncedTally> {
    tallies(members).prop_map(AnnouncedTally::from)
}
