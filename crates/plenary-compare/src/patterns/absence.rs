//! What one of the sources does not have.

use std::collections::BTreeMap;

use plenary_types::{Participant, Scope, Session};
use rustc_hash::FxHashMap;

use super::{FEW, Seen, SessionPairs, is_in};
use crate::votes::{Vote, votes};
use crate::{Both, Difference, DifferenceKind, Pattern, PatternKind, VoteList};

/// A pattern about one source, with nothing filled in yet.
fn pattern(
    kind: PatternKind,
    side: char,
    sessions: Vec<Session>,
    votes: usize,
    of: usize,
) -> Pattern {
    Pattern {
        kind,
        sessions,
        voters: Vec::new(),
        field: None,
        side: Some(side),
        votes,
        of,
        days: None,
        message: String::new(),
        differences: 0,
    }
}

/// Those who vote in one source and are missing from the other in a good part of the session.
pub(super) fn voters<'a>(session: &SessionPairs<'a>, seen: &mut Vec<Seen<'a>>) {
    for side in ['a', 'b'] {
        let mut counts = FxHashMap::default();
        for (a, b) in &session.pairs {
            let (here, there) = if side == 'a' { (a, b) } else { (b, a) };
            count(here, there, &mut counts);
        }
        let mut often: Vec<_> = counts
            .into_iter()
            .filter(|(_, (missing, voted))| *missing >= FEW && missing * MOST_PRESENT >= *voted)
            .collect();
        often.sort_by_key(|(voter, _)| *voter);
        let often = often.into_iter();
        seen.extend(
            often.map(|(voter, (missing, voted))| {
                missing_voter(session, side, voter, missing, voted)
            }),
        );
    }
}

/// A voter that is missing from less than one in so many votes is only absent now and then.
const MOST_PRESENT: usize = 5;

fn count(here: &Vote, there: &Vote, counts: &mut FxHashMap<Participant, (usize, usize)>) {
    for ballot in there.ballots.iter().flatten().filter(|b| votes(b.choice)) {
        let (missing, voted) = counts.entry(ballot.voter).or_default();
        *voted += 1;
        *missing += usize::from(here.ballots.is_some() && here.voice(ballot.voter).is_none());
    }
}

fn missing_voter<'a>(
    session: &SessionPairs<'a>,
    side: char,
    voter: Participant,
    missing: usize,
    voted: usize,
) -> Seen<'a> {
    let when = session.session;
    let sessions = when.into_iter().collect();
    let silent = move |d: &Difference| {
        let sight = if side == 'a' { &d.a } else { &d.b };
        let value = sight.as_ref().and_then(|s| s.value.as_deref());
        matches!(value, None | Some("non-voting" | "not-eligible"))
    };
    Seen {
        pattern: Pattern {
            voters: vec![voter],
            ..pattern(PatternKind::StateMissing, side, sessions, missing, voted)
        },
        takes: Box::new(move |d| {
            is_in(d, DifferenceKind::Ballot, when) && d.voter == Some(voter) && silent(d)
        }),
    }
}

/// Sessions of which one source has nothing.
pub(super) fn sessions<'a>(both: &Both<'a>, seen: &mut Vec<Seen<'a>>) {
    let counts = |list: &VoteList| {
        let mut counts: BTreeMap<Session, usize> = BTreeMap::new();
        for session in list.votes.iter().filter_map(|v| v.session) {
            *counts.entry(session).or_default() += 1;
        }
        counts
    };
    let (in_a, in_b) = (counts(both.a), counts(both.b));
    for (side, here, there) in [('a', &in_a, &in_b), ('b', &in_b, &in_a)] {
        let lacks: Vec<(Session, usize)> = there
            .iter()
            .filter(|(session, _)| !here.contains_key(session) && !here.is_empty())
            .map(|(session, count)| (*session, *count))
            .collect();
        let sessions: Vec<Session> = lacks.iter().map(|(session, _)| *session).collect();
        let kind = only_in_other(side);
        let votes = lacks.iter().map(|(_, count)| count).sum();
        let takes = {
            let sessions = sessions.clone();
            move |d: &Difference| d.kind == kind && d.session.is_some_and(|s| sessions.contains(&s))
        };
        if !sessions.is_empty() {
            seen.push(Seen {
                pattern: pattern(PatternKind::SessionMissing, side, sessions, votes, votes),
                takes: Box::new(takes),
            });
        }
    }
}

const fn only_in_other(side: char) -> DifferenceKind {
    match side {
        'a' => DifferenceKind::OnlyInB,
        _ => DifferenceKind::OnlyInA,
    }
}

/// Votes on paragraphs, amendments and motions, where one source has none at all.
pub(super) fn parts<'a>(both: &Both<'a>, seen: &mut Vec<Seen<'a>>) {
    let partial = |list: &VoteList| {
        list.votes
            .iter()
            .filter(|v| v.scope != Scope::Whole)
            .count()
    };
    let counts = (partial(both.a), partial(both.b));
    let (side, votes) = match counts {
        (0, votes) if votes >= FEW => ('a', votes),
        (votes, 0) if votes >= FEW => ('b', votes),
        _ => return,
    };
    let kind = only_in_other(side);
    seen.push(Seen {
        pattern: pattern(PatternKind::PartsMissing, side, Vec::new(), votes, votes),
        takes: Box::new(move |d| d.kind == kind && d.scope != Scope::Whole),
    });
}
