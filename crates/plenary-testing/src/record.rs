//! Strategies for ballots and for whole valid agreements.

use chrono::{Datelike, NaiveDate};
use plenary_bodies::Reference;
use plenary_types::{
    Act, Agreement, AnnouncedTally, Assertion, Ballots, BodyId, Choice, Citation, Claim, Decision,
    Outcome, Relation, Session, Source, StateCode,
};
use proptest::prelude::*;
use proptest::sample::subsequence;

use crate::roster::{codes, epoch_on, known, members_on};
use crate::{Context, choices, days, resolution_symbol};

/// Lists of the members of a body on a day: all who can vote, and now and then some of those whose rights are suspended. Where not
/// all of them are on record, others of the body in which they all have to sit fill the seats.
pub fn members_of(body: &BodyId, day: NaiveDate) -> BoxedStrategy<Vec<StateCode>> {
    let Some((body, epoch)) = known(body).zip(epoch_on(body, day)) else {
        return Just(Vec::new()).boxed();
    };
    let seated = codes(epoch.voters());
    let (others, wanted) = match body.members_on(day) {
        Some(_) => (codes(epoch.suspended()), None),
        None => {
            let parent = Reference::embedded().parent_of(body);
            let mut others = parent.map_or_else(Vec::new, |parent| members_on(parent.id(), day));
            others.retain(|code| !seated.contains(code));
            let seats = body.seats_on(day).map_or(0, |seats| *seats.end() as usize);
            (others, Some(seats.saturating_sub(seated.len())))
        }
    };
    let most = others.len();
    let wanted = wanted.map_or(0..=most, |wanted| wanted.min(most)..=wanted.min(most));
    let listed = subsequence(others, wanted).prop_map(move |others| {
        let mut members = [seated.clone(), others].concat();
        members.sort_unstable();
        members
    });
    listed.boxed()
}

/// Recorded votes of a body on a day that adopt what is before it.
///
/// In the Assembly more vote yes than no; in the Security Council at least nine vote yes, nobody no. Members that
/// could not take part do not vote.
pub fn ballots(body: &BodyId, day: NaiveDate) -> BoxedStrategy<Ballots> {
    let is_council = *body == BodyId::UNSC;
    let barred = epoch_on(body, day).map_or_else(Vec::new, |epoch| codes(epoch.suspended()));
    let with_choices = members_of(body, day).prop_flat_map(|members| {
        let count = members.len();
        (Just(members), prop::collection::vec(choices(), count))
    });
    let ballots = with_choices.prop_map(move |(members, mut choices)| {
        for (member, choice) in members.iter().zip(&mut choices) {
            if barred.contains(member) {
                *choice = Choice::NonVoting;
            }
        }
        if is_council {
            carry_in_council(&mut choices)
        } else {
            carry_in_assembly(&mut choices)
        }
        members.into_iter().zip(choices).collect()
    });
    ballots.boxed()
}

fn carry_in_assembly(choices: &mut [Choice]) {
    let count = |choices: &[Choice], wanted| choices.iter().filter(|c| **c == wanted).count();
    if count(choices, Choice::No) > count(choices, Choice::Yes) {
        for choice in choices.iter_mut() {
            *choice = match *choice {
                Choice::Yes => Choice::No,
                Choice::No => Choice::Yes,
                other => other,
            };
        }
    }
    if count(choices, Choice::No) == count(choices, Choice::Yes) {
        let undecided = |c: &&mut Choice| matches!(c, Choice::No | Choice::Abstain);
        if let Some(choice) = choices.iter_mut().find(undecided) {
            *choice = Choice::Yes;
        }
    }
}

fn carry_in_council(choices: &mut [Choice]) {
    let mut short = 9usize.saturating_sub(choices.iter().filter(|c| **c == Choice::Yes).count());
    for choice in choices.iter_mut() {
        match *choice {
            Choice::No => *choice = Choice::Abstain,
            Choice::Yes => continue,
            _ => {}
        }
        if short > 0 {
            *choice = Choice::Yes;
            short -= 1;
        }
    }
}

/// Whole valid agreements: resolutions adopted by a recorded vote of the context's body.
///
/// Date, session, symbol and meeting belong together, the list is that of the members on the day, the totals are those
/// of the ballots, the identifier follows from the symbol, and the claims are true. Every check is silent about them.
/// Votes of the Assembly are dated from 20 November to 14 December, when no regular session but the nineteenth was
/// not meeting; that one is left out.
pub fn agreements(context: &Context) -> BoxedStrategy<Agreement> {
    let body = context.body().clone();
    let assembly = body == BodyId::UNGA;
    let meeting_days = days(context)
        .prop_map(move |day| if assembly { main_part(day) } else { day })
        .prop_filter("the nineteenth session took no votes", |day| {
            day.year() != 1964
        });
    let with_ballots = meeting_days.prop_flat_map(move |day| {
        let body = body.clone();
        let drawn = (ballots(&body, day), 1..999u32, 1..99u32, any::<bool>());
        (Just((body, day)), drawn)
    });
    with_ballots
        .prop_map(|((body, day), (ballots, number, meeting, claimed))| {
            let mut agreement = resolution(&body, day, ballots, number, meeting);
            if claimed {
                agreement.claims = true_claims(&agreement);
            }
            agreement
        })
        .boxed()
}

/// The day of the same year's main part of a session that stands for a day.
fn main_part(day: NaiveDate) -> NaiveDate {
    let within = day.ordinal() % 25;
    let start = NaiveDate::from_ymd_opt(day.year(), 11, 20).unwrap_or(day);
    start
        .checked_add_days(chrono::Days::new(within.into()))
        .unwrap_or(day)
}

fn resolution(
    body: &BodyId,
    day: NaiveDate,
    ballots: Ballots,
    number: u32,
    meeting: u32,
) -> Agreement {
    debug_assert!((1946..=9999).contains(&day.year()), "no body met on {day}");
    let year = u16::try_from(day.year()).unwrap_or(1946);
    let session = Session::Regular(year.saturating_sub(1945).max(1));
    let is_assembly = *body == BodyId::UNGA;
    let symbol = resolution_symbol(body, session, year, number);
    debug_assert!(symbol.is_some(), "{body} has no symbols of resolutions");
    let symbol = symbol.unwrap_or_default();
    let meeting = match (is_assembly, session) {
        (true, Session::Regular(31..)) => format!("A/{session}/PV.{meeting}"),
        (true, _) => format!("A/PV.{meeting}"),
        _ => format!("S/PV.{meeting}"),
    };
    let decision = Decision {
        body: Some(body.clone()),
        date: Some(day.into()),
        session: is_assembly.then_some(session),
        meeting: Some(Citation::new(&meeting)),
        symbol: Some(Citation::new(&symbol)),
        announced: AnnouncedTally::from(ballots.tally()),
        ballots: Some(ballots),
        outcome: Some(Outcome::Adopted),
        ..Decision::default()
    };
    let mut agreement = Agreement {
        title: format!("Question {number} : resolution"),
        symbols: vec![Citation::new(&symbol)],
        acts: vec![Act::Decision(Box::new(decision))],
        sources: vec![Source {
            title: "a strategy of plenary-testing".into(),
            ..Source::default()
        }],
        ..Agreement::default()
    };
    agreement.id = agreement.derived_id();
    agreement
}

fn true_claims(agreement: &Agreement) -> Vec<Claim> {
    let Some((_, decision)) = agreement.principal_decision() else {
        return Vec::new();
    };
    let value = decision.announced.yes.unwrap_or(0);
    vec![Claim {
        text: format!("{value} members voted in favour."),
        source: Source {
            title: "report of the day".into(),
            ..Source::default()
        },
        assertion: Some(Assertion::Count {
            of: None,
            choice: Choice::Yes,
            relation: Relation::Equal,
            value,
        }),
        ..Claim::default()
    }]
}
