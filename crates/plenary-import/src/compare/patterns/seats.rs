//! States whose ballots stand in another state's place.

use std::collections::{BTreeMap, BTreeSet};

use plenary_types::{Choice, StateCode};

use super::{FEW, Seen, SessionPairs, is_in};
use crate::compare::votes::Vote;
use crate::compare::{Difference, DifferenceKind, Pattern, PatternKind};

/// Pairs of states whose ballots are each other's.
pub(super) fn exchanged<'a>(
    session: &SessionPairs<'a>,
    differences: &[Difference],
    seen: &mut Vec<Seen<'a>>,
) {
    let mut counts: BTreeMap<StateCode, usize> = BTreeMap::new();
    let here = |d: &&Difference| is_in(d, DifferenceKind::Ballot, session.session);
    for state in differences.iter().filter(here).filter_map(|d| d.state) {
        *counts.entry(state).or_default() += 1;
    }
    let often: Vec<StateCode> = counts
        .into_iter()
        .filter(|(_, count)| *count >= FEW)
        .map(|(state, _)| state)
        .collect();
    for (at, &first) in often.iter().enumerate() {
        for &second in often.iter().skip(at + 1) {
            let (votes, of, both) = crossings(session, first, second);
            if votes >= FEW && votes * 5 >= of * 4 && both > 0 {
                seen.push(found(
                    PatternKind::StatesExchanged,
                    session,
                    [first, second],
                    votes,
                    of,
                ));
            }
        }
    }
}

/// In how many votes each of two states has the other's ballot, of how many in which they differ, and in how
/// many both vote.
fn crossings(
    session: &SessionPairs<'_>,
    first: StateCode,
    second: StateCode,
) -> (usize, usize, usize) {
    let (mut crossed, mut differ, mut both) = (0, 0, 0);
    for (a, b) in &session.pairs {
        let in_a = (a.voice(first), a.voice(second));
        let in_b = (b.voice(first), b.voice(second));
        if in_a != in_b {
            differ += 1;
            let crosses = in_a == (in_b.1, in_b.0);
            crossed += usize::from(crosses);
            both += usize::from(crosses && in_a.0.is_some() && in_a.1.is_some());
        }
    }
    (crossed, differ, both)
}

fn found<'a>(
    kind: PatternKind,
    session: &SessionPairs<'a>,
    states: [StateCode; 2],
    votes: usize,
    of: usize,
) -> Seen<'a> {
    let when = session.session;
    Seen {
        pattern: Pattern {
            kind,
            sessions: when.into_iter().collect(),
            states: states.to_vec(),
            side: None,
            votes,
            of,
            days: None,
            message: String::new(),
            differences: 0,
        },
        takes: Box::new(move |d| {
            is_in(d, DifferenceKind::Ballot, when) && d.state.is_some_and(|s| states.contains(&s))
        }),
    }
}

/// States that only one source has, and that vote as a state does which only the other has.
pub(super) fn same_seat<'a>(session: &SessionPairs<'a>, seen: &mut Vec<Seen<'a>>) {
    let voters = |side: fn(&(&'a Vote, &'a Vote)) -> &'a Vote| -> BTreeSet<StateCode> {
        let ballots = session
            .pairs
            .iter()
            .filter_map(|pair| side(pair).ballots.as_deref());
        ballots.flatten().map(|ballot| ballot.state).collect()
    };
    let (in_a, in_b) = (voters(|pair| pair.0), voters(|pair| pair.1));
    for &first in in_a.difference(&in_b) {
        let like = |second: StateCode| likeness(session, first, second);
        let best = in_b
            .difference(&in_a)
            .map(|&second| (like(second), second))
            .max();
        if let Some(((votes, of), second)) = best
            && votes >= FEW
            && votes * 10 >= of * 9
        {
            seen.push(found(
                PatternKind::SameSeat,
                session,
                [first, second],
                votes,
                of,
            ));
        }
    }
}

/// In how many votes the two vote alike, and in how many either votes.
fn likeness(session: &SessionPairs<'_>, first: StateCode, second: StateCode) -> (usize, usize) {
    let voices = session
        .pairs
        .iter()
        .map(|(a, b)| (a.voice(first), b.voice(second)));
    let either: Vec<(Option<Choice>, Option<Choice>)> =
        voices.filter(|(a, b)| a.is_some() || b.is_some()).collect();
    let alike = either.iter().filter(|(a, b)| a == b).count();
    (alike, either.len())
}
