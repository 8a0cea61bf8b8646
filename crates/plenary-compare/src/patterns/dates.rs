//! Dates that are wrong in the same way.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;
use plenary_types::{Date, Precision, Session};

use super::{FEW, Seen, SessionPairs, is_in, spans};
use crate::{Difference, DifferenceKind, Pattern, PatternKind, Sight};

/// The dates of the votes of a session, as both sources have them.
fn dates(session: &SessionPairs<'_>) -> Vec<(Date, Date)> {
    let pairs = session.pairs.iter();
    pairs
        .filter_map(|(a, b)| Some((a.date?, b.date?)))
        .collect()
}

fn of(kind: PatternKind, sessions: Vec<Session>, votes: usize, of: usize) -> Pattern {
    Pattern {
        kind,
        sessions,
        voters: Vec::new(),
        field: None,
        side: None,
        votes,
        of,
        days: None,
        message: String::new(),
        differences: 0,
    }
}

/// Sessions in which nearly all dates are the same number of days apart.
pub(super) fn shifted<'a>(sessions: &[SessionPairs<'a>], seen: &mut Vec<Seen<'a>>) {
    let mut shifts: BTreeMap<i64, (Vec<Option<Session>>, usize, usize)> = BTreeMap::new();
    for session in sessions.iter().filter(|session| !has_lost_days(session)) {
        let days: Vec<i64> = dates(session)
            .into_iter()
            .filter_map(|(a, b)| Some((b.as_day()? - a.as_day()?).num_days()))
            .collect();
        if let Some((shift, votes)) = commonest(&days).filter(|(shift, _)| *shift != 0)
            && votes >= FEW
            && votes * 5 >= days.len() * 4
        {
            let (when, shifted, all) = shifts.entry(shift).or_default();
            when.push(session.session);
            *shifted += votes;
            *all += days.len();
        }
    }
    for (shift, (when, votes, all)) in shifts {
        let named = when.iter().copied().flatten().collect();
        seen.push(Seen {
            pattern: Pattern {
                days: Some(shift),
                ..of(PatternKind::DateShift, named, votes, all)
            },
            takes: Box::new(move |d| {
                let day = |sight: &Option<Sight>| {
                    sight
                        .as_ref()?
                        .value
                        .as_ref()?
                        .parse::<Date>()
                        .ok()?
                        .as_day()
                };
                d.kind == DifferenceKind::Date
                    && when.contains(&d.session)
                    && day(&d.a)
                        .zip(day(&d.b))
                        .is_some_and(|(a, b)| (b - a).num_days() == shift)
            }),
        });
    }
}

fn commonest(days: &[i64]) -> Option<(i64, usize)> {
    let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
    for day in days {
        *counts.entry(*day).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count)
}

/// The last day of the month that a source prints which has lost the days: Voeten's file has the days 1 to 7.
const LAST_DAY: u32 = 7;

/// Sessions in which the months agree and one source never prints a day above the 7th, or none at all,
/// where the other does.
pub(super) fn lost_days<'a>(sessions: &[SessionPairs<'a>], seen: &mut Vec<Seen<'a>>) {
    for side in ['a', 'b'] {
        let mut when = Vec::new();
        let (mut wrong, mut all, mut days) = (0, 0, 0);
        for session in sessions {
            let pairs = as_seen_from(side, session);
            if let Some(lost) = lost(&pairs) {
                when.push(session.session);
                wrong += lost;
                all += pairs.len();
                days += pairs
                    .iter()
                    .filter(|(here, _)| here.as_day().is_some())
                    .count();
            }
        }
        if wrong < FEW {
            continue;
        }
        let named: Vec<Session> = when.iter().copied().flatten().collect();
        let message = match days {
            0 => format!(
                "{}: {side} gives no days of the month, in {wrong} of {all} votes; months agree",
                spans(&named)
            ),
            // In the words of the kind.
            _ => String::new(),
        };
        seen.push(Seen {
            pattern: Pattern {
                side: Some(side),
                message,
                ..of(PatternKind::DaysLost, named, wrong, all)
            },
            takes: Box::new(move |d| {
                gives_none(d).is_none() && when.iter().any(|s| is_in(d, DifferenceKind::Date, *s))
            }),
        });
    }
}

/// The source that gives no date where the other does.
fn gives_none(difference: &Difference) -> Option<char> {
    if difference.kind != DifferenceKind::Date {
        return None;
    }
    let given = |sight: &Option<Sight>| sight.as_ref().is_some_and(|s| s.value.is_some());
    match (given(&difference.a), given(&difference.b)) {
        (false, true) => Some('a'),
        (true, false) => Some('b'),
        _ => None,
    }
}

/// Votes that one source does not date.
pub(super) fn missing(differences: &[Difference], seen: &mut Vec<Seen<'_>>) {
    for side in ['a', 'b'] {
        let such = || differences.iter().filter(|d| gives_none(d) == Some(side));
        let sessions: BTreeSet<Session> = such().filter_map(|d| d.session).collect();
        let votes = such().count();
        if votes < FEW {
            continue;
        }
        seen.push(Seen {
            pattern: Pattern {
                side: Some(side),
                ..of(
                    PatternKind::DatesMissing,
                    sessions.into_iter().collect(),
                    votes,
                    votes,
                )
            },
            takes: Box::new(move |d| gives_none(d) == Some(side)),
        });
    }
}

/// The dates of a session, those of one side first.
fn as_seen_from(side: char, session: &SessionPairs<'_>) -> Vec<(Date, Date)> {
    let turned = dates(session).into_iter();
    turned
        .map(|(a, b)| if side == 'a' { (a, b) } else { (b, a) })
        .collect()
}

fn has_lost_days(session: &SessionPairs<'_>) -> bool {
    ['a', 'b']
        .iter()
        .any(|side| lost(&as_seen_from(*side, session)).is_some())
}

/// Whether all these dates are the same number of days apart, on more than one day: no loss of days does that.
fn is_one_shift(pairs: &[(Date, Date)]) -> bool {
    let shift = |(here, there): &(Date, Date)| Some((there.as_day()? - here.as_day()?).num_days());
    let Some(first) = pairs.first() else {
        return false;
    };
    let same = pairs
        .iter()
        .all(|pair| shift(pair).is_some() && shift(pair) == shift(first));
    same && shift(first) != Some(0) && pairs.iter().any(|(here, _)| *here != first.0)
}

/// How many of these dates have lost their day, if that is what they have in common.
fn lost(pairs: &[(Date, Date)]) -> Option<usize> {
    let early =
        |date: Date| date.precision() != Precision::Day || date.earliest().day() <= LAST_DAY;
    let month = |date: Date| (date.earliest().year(), date.earliest().month());
    let wrong = pairs.iter().filter(|(here, there)| here != there).count();
    let same_month = pairs
        .iter()
        .filter(|(here, there)| month(*here) == month(*there))
        .count();
    let never_late = pairs.iter().all(|(here, _)| early(*here));
    let late_there = pairs.iter().any(|(_, there)| !early(*there));
    if is_one_shift(pairs) {
        return None;
    }
    (never_late && late_there && wrong > 0 && same_month * 10 >= pairs.len() * 9).then_some(wrong)
}
