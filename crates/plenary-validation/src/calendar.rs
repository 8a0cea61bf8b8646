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
/// Sources: the list of General Assembly sessions and the Library's answers on opening dates (sessions 1, 19 and
/// 68 on), the lists of special and emergency special sessions. A session runs until the day before the next
/// one opens; the openings of the sessions 2 to 67 are marked as unverified.
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
    let mut cells = line.split(',');
    let session = cells.next()?.parse().ok()?;
    let opened = cells.next()?.parse().ok()?;
    let closed: Option<NaiveDate> = cells.next()?.parse().ok();
    let verified = cells.next()? == "yes";
    let days = SessionDays {
        opened,
        closed,
        verified_opening: verified,
        verified_closing: verified && closed.is_some(),
    };
    Some((session, days))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_read() {
        let rows = include_str!("../data/sessions.csv").lines().count() - 1;
        assert_eq!(SESSIONS.len(), rows);
        assert_eq!(
            SESSIONS
                .keys()
                .filter(|s| matches!(s, Session::Regular(_)))
                .count(),
            81
        );
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
