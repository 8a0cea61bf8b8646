use chrono::{Datelike, NaiveDate};
use plenary_bodies::{BodySession, Sessions};
use plenary_types::{Date, Field, Session, Severity};

use crate::{Check, DecisionCx, Example, Findings, Run};

pub(crate) static CHECK: Check = Check {
    name: "date-outside-session",
    summary: "the date of a decision is not in its session",
    severity: Severity::Warning,
    why: "The Assembly decides at a session, from its opening until the next one opens, often into that day, which then \
          belongs to both. Where a date lies outside, the date or the session is wrong. That is an error where the day of \
          opening or closing was read in a source, or where the date lies before the year in which the session opened, and \
          a warning where it was not, because session parts and resumed sessions overlap, and where the date is one of the first seven days of a month \
          in which the session was held, as a source that lost the days of the month may have put it (`days-of-month-lost`). Where the sessions of the body are on record for the \
          time of the decision, or those before and after the one that it names, a session that is not among them is a warning.",
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
    let (Some(body), Some(date), Some(session)) = (cx.known_body(), cx.decision.date, cx.session())
    else {
        return;
    };
    let sessions = body.sessions();
    if outside(sessions, date, session).is_none() && is_unlisted(sessions, date, session) {
        let on = date.as_day().into_iter().flat_map(|day| sessions.on(day));
        let on: Vec<_> = on.map(|on| format!("`{}`", on.session)).collect();
        out.report(
            Some(cx.act),
            Field::Session,
            "the session is not among those of the body on record",
        )
        .expected(match on.is_empty() {
            true => "a session of the table of the body".to_owned(),
            false => format!(
                "a session on record, such as {}, held at the date",
                on.join(" or ")
            ),
        })
        .found(session)
        .help("correct the session, or add it to the table of the sessions of the body")
        .subjects([session])
        .subjects([date]);
    }
    if let Some(severity) = outside(sessions, date, session) {
        let days = sessions.get(&session.to_string());
        let month = Date::month(date.calendar_year(), date.earliest().month());
        let is_of_month = month.is_ok_and(|month| outside(sessions, month, session).is_none());
        let message = match is_of_month {
            true => "the day is not in the session, but another day of its month is".to_owned(),
            false => format!("the date is not in session {session}"),
        };
        let severity = match is_of_month && has_first_days(date) {
            true => Severity::Warning,
            false => severity,
        };
        out.report(Some(cx.act), Field::Date, message)
            .severity(severity)
            .expected(days.map_or_else(|| to_come(sessions, session), words))
            .found(date)
            .help("check the date and the session with the record of the meeting")
            .subjects([session])
            .subjects([date])
            .subjects(days.map(|days| days.opened))
            .subjects(days.and_then(|days| days.closed));
    }
}

/// Whether a date may stand for its month: sources that lost the day put one of the first seven in its place (`days-of-month-lost`).
fn has_first_days(date: Date) -> bool {
    date.as_day().is_some_and(|day| day.day() <= 7)
}

/// How sure it is that a date is not in a session of a body; `None` when it can be.
fn outside(sessions: &Sessions, date: Date, session: Session) -> Option<Severity> {
    let sure = |is_sure: bool| match is_sure {
        true => Some(Severity::Error),
        false => Some(Severity::Warning),
    };
    let Some(days) = sessions.get(&session.to_string()) else {
        let year = opening_year(sessions, session)?;
        return sure(true).filter(|_| date.calendar_year() < year);
    };
    if date.latest() < days.opened {
        let before_year = date.calendar_year() < days.opened.year();
        return sure(!days.opened_is_unverified || before_year);
    }
    // A meeting that runs past midnight carries the date of the next day.
    let last = days.closed.and_then(|closed| closed.succ_opt());
    let after = last.is_some_and(|last| last < date.earliest());
    sure(!days.closed_is_unverified).filter(|_| after)
}

/// Whether a session is not on record although it would be, if it had been held: sessions of its series before and after it are, or
/// every day of the date lies before the end of the last session that was closed.
fn is_unlisted(sessions: &Sessions, date: Date, session: Session) -> bool {
    if sessions.get(&session.to_string()).is_some() {
        return false;
    }
    let series = std::mem::discriminant(&session);
    let read = |row: &BodySession| Session::read(&row.session).ok();
    let of_series = sessions.all().iter();
    let of_series: Vec<Session> = of_series
        .filter_map(read)
        .filter(|row| std::mem::discriminant(row) == series)
        .collect();
    let numbers = || of_series.iter().filter_map(|row| row.number());
    let is_between = session.number().is_some_and(|number| {
        numbers().any(|before| before < number) && numbers().any(|after| number < after)
    });
    let opened = sessions.all().iter().map(|row| row.opened).min();
    let closed = sessions.all().iter().filter_map(|row| row.closed).max();
    let is_covered = opened.is_some_and(|opened| opened <= date.earliest())
        && closed.is_some_and(|closed| date.latest() <= closed);
    !of_series.is_empty() && (is_between || is_covered)
}

/// The year in which a regular session will open that comes after the last one on record, if the years go on as between the last two.
fn opening_year(sessions: &Sessions, session: Session) -> Option<i32> {
    let Session::Regular(number) = session else {
        return None;
    };
    let known = sessions.all().iter();
    let numbered = known.filter_map(|known| Some((known.session.parse().ok()?, known.opened)));
    let mut numbered: Vec<(u16, NaiveDate)> = numbered.collect();
    numbered.sort_unstable();
    let [.., (_, before), (last, opened)] = numbered[..] else {
        return None;
    };
    let later = number.checked_sub(last).filter(|later| *later > 0)?;
    Some(opened.year() + i32::from(later) * (opened.year() - before.year()))
}

fn to_come(sessions: &Sessions, session: Session) -> String {
    match opening_year(sessions, session) {
        Some(year) => format!("{year} or later"),
        None => format!("a day of session {session}"),
    }
}

fn words(days: &BodySession) -> String {
    let doubt = |unverified: bool| if unverified { " (unverified)" } else { "" };
    let closed = |day: NaiveDate| format!(" to {day}{}", doubt(days.closed_is_unverified));
    let end = days.closed.map_or_else(|| " or later".to_owned(), closed);
    format!("{}{}{end}", days.opened, doubt(days.opened_is_unverified))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(date: &str, session: &str) -> Option<Severity> {
        let assembly = plenary_bodies::Reference::embedded().body("unga").unwrap();
        let (date, session) = (date.parse().unwrap(), session.parse().unwrap());
        outside(assembly.sessions(), date, session)
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
