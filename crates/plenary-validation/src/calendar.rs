//! When the sessions of the General Assembly met.

use std::collections::HashMap;
use std::sync::LazyLock;

use chrono::NaiveDate;
use plenary_types::Session;

/// The days of a session, as far as a source tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SessionDays {
    /// The day on which it opened.
    pub(crate) opened: NaiveDate,
    /// The day on which it closed, where one is known or follows from the opening of the next.
    pub(crate) closed: Option<NaiveDate>,
    /// Whether the opening was read in a source. Where it was not, it may support a warning, never an error.
    pub(crate) verified_opening: bool,
    /// Whether the closing was read in a source.
    pub(crate) verified_closing: bool,
}

static SESSIONS: LazyLock<HashMap<Session, SessionDays>> =
    LazyLock::new(|| read(include_str!("../data/sessions.csv")));

/// The days of a session of the General Assembly, if the table has it.
///
/// Each day says whether it was read, and each row where: the list of General Assembly sessions and the Library's answers on
/// opening dates, the pages of the President of the Assembly and of the press service on the closings, the lists of special and
/// emergency special sessions. Where no closing is known, a regular session is taken to run until the day before the next
/// one opens, unverified: since 2016 the outgoing session has often closed on the very day, which belongs to both.
#[must_use]
pub(crate) fn session_days(session: Session) -> Option<SessionDays> {
    SESSIONS.get(&session).copied()
}

fn read(table: &str) -> HashMap<Session, SessionDays> {
    let mut days: HashMap<_, _> = table.lines().skip(1).filter_map(row).collect();
    let openings: Vec<_> = days.iter().map(|(s, d)| (*s, d.opened)).collect();
    for (session, opened) in openings {
        let Session::Regular(number @ 2..) = session else {
            continue;
        };
        if let Some(before) = days.get_mut(&Session::Regular(number - 1)) {
            before.closed = before.closed.or_else(|| opened.pred_opt());
        }
    }
    days
}

fn row(line: &str) -> Option<(Session, SessionDays)> {
    let cells: Vec<_> = line.split(',').collect();
    let [
        session,
        opened,
        opening_read,
        closed,
        closing_read,
        _subject,
        _source,
    ] = *cells
    else {
        return None;
    };
    let days = SessionDays {
        opened: opened.parse().ok()?,
        closed: closed.parse().ok(),
        verified_opening: opening_read == "yes",
        verified_closing: closing_read == "yes",
    };
    Some((session.parse().ok()?, days))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_read_and_no_session_is_missing() {
        let rows = include_str!("../data/sessions.csv").lines().count() - 1;
        assert_eq!(SESSIONS.len(), rows);
        let regular = (1..=81).map(Session::Regular);
        let special = (1..=32).map(Session::Special);
        let emergency = (1..=11).map(Session::Emergency);
        let all: Vec<_> = regular.chain(special).chain(emergency).collect();
        let missing: Vec<_> = all.iter().filter(|s| session_days(**s).is_none()).collect();
        assert_eq!(missing, [&Session::Regular(0); 0]);
        assert_eq!(all.len(), rows);
    }

    #[test]
    fn a_day_that_was_read_has_a_source_and_is_there() {
        for line in include_str!("../data/sessions.csv").lines().skip(1) {
            let cells: Vec<_> = line.split(',').collect();
            let read = [cells[2], cells[4]];
            assert!(
                read.iter().all(|mark| ["yes", "no"].contains(mark)),
                "{line}"
            );
            assert!(!read.contains(&"yes") || !cells[6].is_empty(), "{line}");
            assert!(cells[4] == "no" || !cells[3].is_empty(), "{line}");
            let days = session_days(cells[0].parse().unwrap()).unwrap();
            assert!(
                days.closed.is_none_or(|closed| days.opened <= closed),
                "{line}"
            );
        }
    }

    #[test]
    fn the_day_on_which_one_session_closes_and_the_next_opens_belongs_to_both() {
        for (session, closed) in [
            (70, "2016-09-13"),
            (74, "2020-09-15"),
            (75, "2021-09-14"),
            (77, "2023-09-05"),
            (78, "2024-09-10"),
            (79, "2025-09-09"),
        ] {
            let days = session_days(Session::Regular(session)).unwrap();
            assert_eq!(days.closed, Some(closed.parse().unwrap()), "{session}");
            assert!(days.verified_closing, "{session}");
            let next = session_days(Session::Regular(session + 1)).unwrap();
            assert_eq!(days.closed, Some(next.opened), "{session}");
        }
    }

    #[test]
    fn a_closing_that_nobody_read_is_not_verified() {
        let closing = |session: &str| {
            let days = session_days(session.parse().unwrap()).unwrap();
            (days.closed.unwrap().to_string(), days.verified_closing)
        };
        for (session, closed) in [
            ("67", "2013-09-16"),
            ("76", "2022-09-12"),
            ("S-12", "1982-07-10"),
            ("S-26", "2001-06-27"),
        ] {
            assert_eq!(closing(session), (closed.to_owned(), false), "{session}");
        }
    }

    #[test]
    fn a_session_runs_until_the_next_one_opens() {
        let days = session_days(Session::Regular(36)).unwrap();
        assert_eq!(days.closed, NaiveDate::from_ymd_opt(1982, 9, 20));
        assert!(!days.verified_opening && !days.verified_closing);
    }

    #[test]
    fn a_closing_read_in_a_source_prevails() {
        let days = session_days(Session::Regular(1)).unwrap();
        assert_eq!(days.closed, NaiveDate::from_ymd_opt(1946, 12, 15));
        assert!(days.verified_closing);
    }

    #[test]
    fn a_closing_that_follows_from_an_opening_is_not_verified() {
        let days = session_days(Session::Regular(80)).unwrap();
        assert_eq!(days.closed, NaiveDate::from_ymd_opt(2026, 9, 7));
        assert!(days.verified_opening && !days.verified_closing);
    }

    #[test]
    fn sessions_open_in_order() {
        let openings: Vec<_> = (1..=81)
            .map(|n| session_days(Session::Regular(n)).unwrap().opened)
            .collect();
        assert!(openings.is_sorted());
    }
}
