use chrono::{Datelike, NaiveDate};
use plenary_types::{Date, Field, Session, Severity};

use crate::{Check, DecisionCx, Example, Findings, Run, SessionDays, session_days};

pub(crate) static CHECK: Check = Check {
    name: "date-outside-session",
    summary: "the date of a decision is not in its session",
    severity: Severity::Warning,
    why: "The Assembly decides at a session, from its opening until the next one opens, often into that day, which then \
          belongs to both. Where a date lies outside, the date or the session is wrong. That is an error where the day of \
          opening or closing was read in a source, or where the date lies before the year in which the session opened, and \
          a warning where it was not, because session parts and resumed sessions overlap.",
    sources: &[
        "Charter Art. 20; rules of procedure of the General Assembly, rule 1",
        "List of General Assembly sessions; ask.un.org, opening dates of the sessions",
        "Pages of the President of the Assembly and press releases on the closing meetings; lists of special and emergency special sessions",
    ],
    example: Example::Native {
        fails: r#"{"symbols": ["A/RES/73/195"], "acts": [{"act": "decision", "date": "2017-12-19"}]}"#,
        mended: r#"{"symbols": ["A/RES/73/195"], "acts": [{"act": "decision", "date": "2018-12-19"}]}"#,
    },
    waive: "Waive it for a resumed session, with the meeting in the reason.",
    run: Run::Decision(&run),
};

fn run(cx: &DecisionCx<'_>, out: &mut Findings<'_>) {
    let (true, Some(date), Some(session)) = (cx.is_assembly(), cx.decision.date, cx.session())
    else {
        return;
    };
    if let Some(severity) = outside(date, session) {
        let days = session_days(session);
        let month = Date::month(date.calendar_year(), date.earliest().month());
        let message = match month.is_ok_and(|month| outside(month, session).is_none()) {
            true => "the day is not in the session, but another day of its month is".to_owned(),
            false => format!("the date is not in session {session}"),
        };
        out.report(Some(cx.act), Field::Date, message)
            .severity(severity)
            .expected(days.map_or_else(|| year_of(session), words))
            .found(date)
            .help("check the date and the session with the record of the meeting")
            .subjects([session])
            .subjects([date])
            .subjects(days.map(|days| days.opened))
            .subjects(days.and_then(|days| days.closed));
    }
}

/// How sure it is that a date is not in a session; `None` when it can be.
fn outside(date: Date, session: Session) -> Option<Severity> {
    let days = session_days(session);
    if let Some(days) = days {
        if date.latest() < days.opened {
            let sure = days.verified_opening || before_year(date, session);
            return Some(if sure {
                Severity::Error
            } else {
                Severity::Warning
            });
        }
        // A meeting that runs past midnight carries the date of the next day.
        let last = days.closed.and_then(|closed| closed.succ_opt());
        if last.is_some_and(|last| last < date.earliest()) {
            return Some(if days.verified_closing {
                Severity::Error
            } else {
                Severity::Warning
            });
        }
        return None;
    }
    before_year(date, session).then_some(Severity::Error)
}

/// Whether the date lies before the year in which a regular session opens: session 1 in 1946, session 73 in 2018.
fn before_year(date: Date, session: Session) -> bool {
    let opening = session.opening_year();
    opening.is_some_and(|year| date.latest().year() < year)
}

fn year_of(session: Session) -> String {
    match session.opening_year() {
        Some(year) => format!("{year} or {}", year + 1),
        None => format!("a day of session {session}"),
    }
}

fn words(days: SessionDays) -> String {
    let doubt = |verified: bool| if verified { "" } else { " (unverified)" };
    let closed = |day: NaiveDate| format!(" to {day}{}", doubt(days.verified_closing));
    let end = days.closed.map_or_else(|| " or later".to_owned(), closed);
    format!("{}{}{end}", days.opened, doubt(days.verified_opening))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(date: &str, session: &str) -> Option<Severity> {
        outside(date.parse().unwrap(), session.parse().unwrap())
    }

    #[test]
    fn only_verified_days_ground_an_error() {
        let cases = [
            ("2018-09-17", "73", Some(Severity::Error)),
            ("2018-09-18", "73", None),
            ("2019-09-16", "73", None),
            ("2019-09-17", "73", None),
            ("2019-09-18", "73", Some(Severity::Error)),
            ("2020-09-15", "74", None),
            ("2020-09-15", "75", None),
            ("2021-09-14", "75", None),
            ("2021-09-14", "76", None),
            ("2023-09-05", "77", None),
            ("2023-09-05", "78", None),
            ("2024-09-10", "78", None),
            ("2024-09-10", "79", None),
            ("2025-09-09", "79", None),
            ("2025-09-09", "80", None),
            ("2025-09-11", "79", Some(Severity::Error)),
            ("2022-09-15", "76", Some(Severity::Warning)),
            ("1961-08-25", "S-3", None),
            ("1961-08-20", "S-3", Some(Severity::Error)),
            ("1986-09-20", "S-14", None),
            ("1986-10-20", "S-14", Some(Severity::Warning)),
            ("1986-09-16", "S-14", Some(Severity::Warning)),
            ("1982-09-24", "ES-7", None),
            ("1960-09-20", "ES-4", None),
            ("1982-02-21", "37", Some(Severity::Warning)),
            ("1981-12-21", "37", Some(Severity::Error)),
            ("1983-09-30", "37", Some(Severity::Warning)),
            ("1946-01-09", "1", Some(Severity::Error)),
            ("1967-05-19", "S-5", None),
            ("1967-05-19", "23", Some(Severity::Error)),
            ("2018", "73", None),
            ("2023-02-23", "ES-11", None),
            ("2030-01-01", "ES-10", None),
            ("1997-04-23", "ES-10", Some(Severity::Error)),
        ];
        for (date, session, severity) in cases {
            assert_eq!(judge(date, session), severity, "{date} in {session}");
        }
    }
}
