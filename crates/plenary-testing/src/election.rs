//! A strategy for valid elections in rounds.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate};
use plenary_bodies::Body;
use plenary_decisions::{Facts, Requirement};
use plenary_types::{
    Act, Agreement, AgreementKind, Choice, Contest, ElectionRecord, Participant, Round, Source,
    Term,
};
use proptest::prelude::*;
use proptest::sample::{Index, subsequence};

use crate::history::Random;
use crate::{Context, CountedVote, codes, days, members_of, vote};

/// The rule where the body has no kind of question that is decided by secret ballot.
const USUAL: &str = "more than 1/2 of present and voting";
/// So many rounds are held at most.
const ROUNDS: usize = 4;

/// Valid elections by secret ballot: candidates for one to three seats, in as many rounds as it takes, four at most. Who has the
/// majority is elected; the next round is restricted to those with most votes, twice as many as seats are left, or not at all.
///
/// The rule is that of a kind of the body that is decided by secret ballot, where it has one on the day, else one that the
/// record states. Where the body elects another of which no roster is on record, the election may be to that one. Ballots are filled
/// in one by one and counted one by one. Every check is silent about them.
///
/// ```
/// use plenary_testing::{elections, Context};
/// use proptest::strategy::{Strategy, ValueTree};
/// use proptest::test_runner::TestRunner;
///
/// let record = elections(&Context::assembly()).new_tree(&mut TestRunner::deterministic())?.current();
/// let (_, election) = record.elections().next().unwrap();
/// assert!(election.contests[0].rounds[0].valid.is_some());
/// # Ok::<(), proptest::test_runner::Reason>(())
/// ```
pub fn elections(context: &Context) -> BoxedStrategy<Agreement> {
    let of = context.clone();
    let of_day = days(context).prop_flat_map(move |day| {
        let electors = members_of(&of, day).prop_flat_map(move |members| match members.len() {
            0 | 1 => prop::collection::btree_set(codes(), 12)
                .prop_map(|all| all.into_iter().map(Participant::from).collect())
                .boxed(),
            _ => Just(members).boxed(),
        });
        let candidates = electors.prop_flat_map(|electors: Vec<Participant>| {
            let most = electors.len().min(8);
            (Just(electors.len()), subsequence(electors, 2..=most))
        });
        (Just(day), candidates)
    });
    let others = (1..=3u32, any::<u64>(), any::<Index>(), any::<Index>());
    let of = context.clone();
    let elections = (of_day, others).prop_map(
        move |((day, (electors, candidates)), (seats, seed, kind, to))| {
            let candidates: Vec<_> = candidates;
            let random = Random::new(seed);
            let most = u32::try_from(candidates.len() - 1);
            let seats = most.map_or(seats, |most| seats.min(most));
            record(&of, day, electors, &candidates, seats, random, (kind, to))
        },
    );
    elections.boxed()
}

fn record(
    context: &Context,
    day: NaiveDate,
    electors: usize,
    candidates: &[Participant],
    seats: u32,
    mut random: Random,
    (kind, to): (Index, Index),
) -> Agreement {
    let mut election = ElectionRecord {
        body: Some(context.body().clone()),
        ..ElectionRecord::default()
    };
    let requirement = match secret_kind(context, day, kind) {
        Some((kind, law)) => {
            election.kind = kind.parse().ok();
            Some(law.clone())
        }
        None => {
            election.rule = Some(USUAL.to_owned());
            USUAL.parse().ok()
        }
    };
    debug_assert!(requirement.is_some(), "`{USUAL}` is a requirement");
    let filled = context.reference().bodies().iter();
    let filled =
        filled.filter(|body| body.elected_by() == Some(context.body()) && body.roster().is_none());
    let filled: Vec<_> = filled.collect();
    if !filled.is_empty() {
        let body = to.get(&filled);
        election.to = Some(body.id().clone());
        election.term = term(body, day);
    }
    let mut contest = Contest {
        seats,
        ..Contest::default()
    };
    let mut standing = candidates.to_vec();
    let mut left = seats as usize;
    let mut restricted_to = Vec::new();
    while let (Some(law), true) = (&requirement, left > 0 && contest.rounds.len() < ROUNDS) {
        let mut round = hold(law, day, electors, &standing, left, &mut random);
        round.restricted_to = restricted_to;
        left -= round.elected.len();
        standing.retain(|who| !round.elected.contains(who));
        // Those with most votes: fewer than twice as many as there are seats have more votes than one of them.
        let votes = |who: &Participant| round.votes.get(who).copied();
        let more = |who: &Participant| {
            standing
                .iter()
                .filter(|other| votes(other) > votes(who))
                .count()
        };
        let next: Vec<_> = standing
            .iter()
            .copied()
            .filter(|who| more(who) < 2 * left)
            .collect();
        restricted_to = if random.uniform() < 0.8 {
            next.clone()
        } else {
            Vec::new()
        };
        if !restricted_to.is_empty() {
            standing = next;
        }
        contest.rounds.push(round);
        if standing.is_empty() {
            break;
        }
    }
    election.contests = vec![contest];
    Agreement {
        kind: AgreementKind::Decision,
        title: format!("Election of {seats}"),
        sources: vec![Source {
            title: "a strategy of plenary-testing".into(),
            ..Source::default()
        }],
        acts: vec![Act::Election(Box::new(election))],
        ..Agreement::default()
    }
}

/// A kind of question of the body that is decided by secret ballot, and its rule on the day.
fn secret_kind(context: &Context, day: NaiveDate, which: Index) -> Option<(&str, &Requirement)> {
    let body = context.known_body()?;
    let kinds = body.kinds().iter().filter(|kind| kind.secret);
    let kinds = kinds.filter_map(|kind| {
        let law = vote::law_on(context.reference(), body, &kind.id, day)?;
        Some((kind.id.as_str(), law))
    });
    let kinds: Vec<_> = kinds.collect();
    (!kinds.is_empty()).then(|| *which.get(&kinds))
}

/// A term that begins a month later, for as long as the law of the body says.
fn term(body: &Body, day: NaiveDate) -> Option<Term> {
    let from = day.checked_add_days(Days::new(30))?;
    let end = |years: u32| {
        let year = from.year().checked_add(i32::try_from(years).ok()?)?;
        NaiveDate::from_ymd_opt(year, from.month(), from.day().min(28))
    };
    let to = body.terms().and_then(|terms| end(terms.years));
    Some(Term { from, to })
}

/// Holds a round: some electors leave their ballot empty, and each other names as many candidates as seats are left.
fn hold(
    law: &Requirement,
    day: NaiveDate,
    electors: usize,
    candidates: &[Participant],
    seats: usize,
    random: &mut Random,
) -> Round {
    let favourites: Vec<_> = candidates.iter().map(|_| 3.0 * random.uniform()).collect();
    let mut ballots = Vec::new();
    for _ in 0..electors {
        if random.uniform() < 0.05 && ballots.len() + 1 < electors {
            continue;
        }
        let mut ranked: Vec<_> = candidates.iter().zip(&favourites).collect();
        let mut liking = |favourite: f64| favourite + 2.0 * random.uniform();
        ranked.sort_by_cached_key(|(_, favourite)| (-1e6 * liking(**favourite)) as i64);
        let named: BTreeSet<_> = ranked.iter().take(seats).map(|(who, _)| **who).collect();
        ballots.push(named);
    }
    let votes = |who: &Participant| ballots.iter().filter(|ballot| ballot.contains(who)).count();
    let passes = |who: &Participant| {
        let choices = ballots.iter().enumerate().filter_map(|(at, ballot)| {
            let elector: Participant = format!("person:elector-{at}").parse().ok()?;
            let choice = if ballot.contains(who) {
                Choice::Yes
            } else {
                Choice::No
            };
            Some((elector, choice))
        });
        let empty = (electors - ballots.len()) as u128;
        let vote = CountedVote::new(choices, Facts::NONE).with_absent(empty);
        vote.on(day).meets(law) == Some(true)
    };
    // Of equal candidates who are too many for the seats nobody is elected.
    let as_many = |who: &Participant| {
        candidates
            .iter()
            .filter(|other| votes(other) >= votes(who))
            .count()
    };
    let elected = candidates
        .iter()
        .copied()
        .filter(|who| passes(who) && as_many(who) <= seats);
    let elected = elected.collect();
    let number = |n: usize| u32::try_from(n).ok();
    let listed = candidates
        .iter()
        .filter_map(|who| Some((*who, number(votes(who))?)));
    let listed: BTreeMap<_, _> = listed.collect();
    Round {
        date: Some(day.into()),
        electors: number(electors),
        valid: number(ballots.len()),
        votes: listed,
        elected,
        ..Round::default()
    }
}
