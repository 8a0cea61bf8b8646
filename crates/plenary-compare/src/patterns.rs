//! What many differences have in common.

mod absence;
mod dates;
mod fields;
mod seats;
mod symbols;

use std::collections::BTreeMap;

use plenary_bodies::Reference;
use plenary_types::{Invariant, Session};

use crate::matching::Match;
use crate::votes::Vote;
use crate::{Both, Difference, DifferenceKind, Pattern};

/// So few differences are no pattern.
const FEW: usize = 5;

/// The votes of one session that both sources have.
struct SessionPairs<'a> {
    session: Option<Session>,
    pairs: Vec<(&'a Vote, &'a Vote)>,
}

/// A pattern, and which differences belong to it.
struct Seen<'a> {
    pattern: Pattern,
    takes: Box<dyn Fn(&Difference) -> bool + 'a>,
}

/// Finds patterns and marks the differences that belong to them. A difference belongs to the first pattern
/// that takes it; a pattern that is left with none is dropped.
pub(crate) fn patterns(
    both: &Both<'_>,
    matches: &[Match],
    differences: &mut [Difference],
) -> Vec<Pattern> {
    let sessions = sessions(both, matches);
    let mut seen = Vec::new();
    let seats = seats::Seats::new(both, differences);
    for session in &sessions {
        seats.find(session, &mut seen);
        absence::voters(session, &mut seen);
    }
    dates::shifted(&sessions, &mut seen);
    dates::lost_days(&sessions, &mut seen);
    dates::missing(differences, &mut seen);
    symbols::styles(differences, &mut seen);
    fields::missing(differences, &mut seen);
    fields::styles(both, matches, differences, &mut seen);
    absence::parts(both, &mut seen);
    absence::sessions(both, &mut seen);
    let mut patterns: Vec<Pattern> = Vec::new();
    for candidate in merged(seen, both.reference) {
        let mut pattern = candidate.pattern;
        for difference in differences.iter_mut().filter(|d| d.pattern.is_none()) {
            if (candidate.takes)(difference) {
                difference.pattern = Some(patterns.len());
                pattern.differences += 1;
            }
        }
        if pattern.differences > 0 {
            patterns.push(pattern);
        }
    }
    patterns
}

fn sessions<'a>(both: &Both<'a>, matches: &[Match]) -> Vec<SessionPairs<'a>> {
    let mut sessions: BTreeMap<Option<Session>, Vec<(&Vote, &Vote)>> = BTreeMap::new();
    for found in matches.iter().filter(|found| !found.apart) {
        if let (Some(a), Some(b)) = (both.a.votes.get(found.a), both.b.votes.get(found.b)) {
            sessions
                .entry(a.session.or(b.session))
                .or_default()
                .push((a, b));
        }
    }
    let with_pairs = sessions.into_iter();
    with_pairs
        .map(|(session, pairs)| SessionPairs { session, pairs })
        .collect()
}

/// Joins what was seen of the same states in several sessions, so that one cause is told once.
fn merged<'a>(seen: Vec<Seen<'a>>, reference: &Reference) -> Vec<Seen<'a>> {
    let mut joined: Vec<Seen<'a>> = Vec::new();
    for next in seen {
        let same = joined.iter_mut().find(|known| {
            let (a, b) = (&known.pattern, &next.pattern);
            let named = !a.voters.is_empty();
            named && (a.kind, &a.voters, a.side) == (b.kind, &b.voters, b.side)
        });
        match same {
            None => joined.push(next),
            Some(known) => {
                known.pattern.sessions.extend(next.pattern.sessions);
                known.pattern.votes += next.pattern.votes;
                known.pattern.of += next.pattern.of;
                let before = std::mem::replace(&mut known.takes, Box::new(|_| false));
                known.takes = Box::new(move |d| before(d) || (next.takes)(d));
            }
        }
    }
    for Seen { pattern, .. } in &mut joined {
        if pattern.message.is_empty() {
            pattern.message = message(pattern, reference);
        }
    }
    joined.sort_by_key(|seen| (seen.pattern.kind, seen.pattern.sessions.first().copied()));
    joined
}

/// The pattern in words.
fn message(pattern: &Pattern, reference: &Reference) -> String {
    use crate::PatternKind as Kind;
    let name = |at: usize| -> String {
        let voter = pattern.voters.get(at).copied();
        debug_assert!(voter.is_some(), "{:?} of nobody", pattern.kind);
        let known = voter.and_then(|voter| reference.name_on(voter, None));
        known.map_or_else(
            || voter.map_or_else(String::new, |voter| voter.to_string()),
            ToOwned::to_owned,
        )
    };
    let (votes, of) = (pattern.votes, pattern.of);
    let side = pattern.side.unwrap_or('?');
    let when = spans(&pattern.sessions);
    match pattern.kind {
        Kind::StatesExchanged => format!(
            "{when}: the ballots of {} and {} are exchanged, in {votes} of the {of} votes in which they differ",
            name(0),
            name(1)
        ),
        Kind::StateMissing => format!(
            "{when}: {} is missing from {side} in {votes} of its {of} votes",
            name(0)
        ),
        Kind::SameSeat => format!(
            "{when}: {} in a is {} in b, in {votes} of {of} votes",
            name(0),
            name(1)
        ),
        Kind::DateShift => {
            let shift = apart(pattern.days.invariant("a shift by no days"));
            format!("{when}: the dates of b are {shift}, in {votes} of {of} votes")
        }
        Kind::DaysLost => format!(
            "{when}: the days of the month are lost in {side}, where none is above the 7th, in {votes} of {of} votes; months agree"
        ),
        Kind::DatesMissing => {
            format!("{when}: {side} gives no date for {votes} votes, the other source does")
        }
        Kind::SessionMissing => format!("{when}: {side} has no vote, the other source {votes}"),
        Kind::PartsMissing => format!(
            "{side} has no votes on paragraphs, amendments or motions, the other source {votes}"
        ),
        Kind::SymbolStyle if pattern.side.is_some() => {
            format!("{when}: {side} cites {votes} votes by codes that are no document symbols")
        }
        Kind::SymbolsMissing => {
            format!("{when}: {side} gives no symbol for {votes} votes, the other source does")
        }
        Kind::FieldMissing => {
            let field = fields::plural(pattern.field);
            format!("{when}: {side} gives no {field} for {votes} votes, the other source does")
        }
        Kind::FieldStyle => {
            let field = fields::plural(pattern.field);
            format!(
                "{when}: the {field} of {votes} of the {of} votes for which both give them differ"
            )
        }
        Kind::SymbolStyle => {
            format!(
                "{when}: the sources cite parts of the same resolution differently, in {votes} votes"
            )
        }
    }
}

/// How many days later, or earlier.
fn apart(days: i64) -> String {
    let way = if days < 0 { "earlier" } else { "later" };
    match days.unsigned_abs() {
        1 => format!("1 day {way}"),
        days => format!("{days} days {way}"),
    }
}

/// Sessions in words: `session 36`, `sessions 1-44 and 46`.
fn spans(sessions: &[Session]) -> String {
    let mut spans: Vec<(Session, Session)> = Vec::new();
    for &session in sessions {
        match spans.last_mut() {
            Some((_, last)) if follows(*last, session) => *last = session,
            _ => spans.push((session, session)),
        }
    }
    let words: Vec<String> = spans
        .iter()
        .map(|(first, last)| match first == last {
            true => first.to_string(),
            false => format!("{first} to {last}"),
        })
        .collect();
    match (words.as_slice(), sessions.len()) {
        ([], _) => "in no known session".to_owned(),
        ([one], 1) => format!("session {one}"),
        ([one], _) => format!("sessions {one}"),
        ([most @ .., last], _) => format!("sessions {} and {last}", most.join(", ")),
    }
}

fn follows(last: Session, next: Session) -> bool {
    let same_series = std::mem::discriminant(&last) == std::mem::discriminant(&next);
    same_series
        && last
            .number()
            .is_some_and(|number| Some(number + 1) == next.number())
}

fn is_in(difference: &Difference, kind: DifferenceKind, session: Option<Session>) -> bool {
    difference.kind == kind && difference.session == session
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shift_is_so_many_days_later_or_earlier() {
        let told = [3, 1, -1, -12].map(apart);
        assert_eq!(
            told,
            [
                "3 days later",
                "1 day later",
                "1 day earlier",
                "12 days earlier"
            ]
        );
    }

    #[test]
    fn neighbouring_sessions_are_told_as_one_span() {
        let told = |sessions: &[&str]| {
            let sessions: Vec<Session> = sessions.iter().map(|s| s.parse().unwrap()).collect();
            spans(&sessions)
        };
        assert_eq!(told(&["36"]), "session 36");
        assert_eq!(told(&["1", "2", "3"]), "sessions 1 to 3");
        assert_eq!(told(&["1", "3", "S-4"]), "sessions 1, 3 and S-4");
        assert_eq!(told(&["1", "2", "9"]), "sessions 1 to 2 and 9");
        assert_eq!(told(&[]), "in no known session");
    }
}
