use chrono::{Datelike, NaiveDate};
use plenary_bodies::Body;
use plenary_types::{Act, Date, Field, Severity};

use crate::{Check, DecisionCx, Example, Findings, RecordCx, Run};

pub(crate) static CHECK: Check = Check {
    name: "implausible-date",
    summary: "a date is before the body existed or after it ended, still to come, or one that stands for no date",
    severity: Severity::Error,
    why: "The United Nations came into being on 24 October 1945, and the Assembly first met on 10 January 1946. A decision before that has a wrong date; where its session is known, `date-outside-session` tells it. Of the other bodies only the year of their first meeting is held against a date, and 1 January 1946 may stand for a day of that month that was lost. A body that has ended decides nothing from that day on (the Commission on Human Rights since 16 June 2006). A date of a decision or of a treaty in a year such as 9999 was filled in for want of one: tables write 31 December 9999 as the end of what has none. An act dated after the day of the check has a wrong year as a rule: that is a warning.",
    sources: &["Charter Art. 110(3)", "List of General Assembly sessions"],
    example: Example::Native {
        fails: r#"{"title": "A decision", "acts": [{"act": "decision", "body": "unga", "date": "9999-12-31"}]}"#,
        mended: r#"{"title": "A decision", "acts": [{"act": "decision", "body": "unga", "date": "2018-12-19"}]}"#,
    },
    waive: "Leave the date out when it is not known.",
    run: Run::Record(&run),
};

fn run(cx: &RecordCx<'_, '_>, out: &mut Findings<'_>) {
    let mut decisions = cx.decisions.iter();
    for (at, act) in cx.agreement.acts.iter().enumerate() {
        let done = match act {
            Act::Decision(decision) => {
                decisions.next().into_iter().for_each(|cx| decided(cx, out));
                decision.date
            }
            Act::Action(action) => {
                filled_in(out, Some(at), Field::Date, action.date);
                filled_in(out, Some(at), Field::Date, action.effective);
                action.date
            }
            Act::Statement(statement) => dated(out, at, Some(statement.date)),
            Act::Step(step) => dated(out, at, Some(step.date)),
            Act::Sponsorship(sponsorship) => dated(out, at, sponsorship.date),
            _ => None,
        };
        to_come(cx, out, at, done);
    }
    filled_in(out, None, Field::InForceSince, cx.agreement.in_force_since);
}

fn dated(out: &mut Findings<'_>, at: usize, date: Option<Date>) -> Option<Date> {
    filled_in(out, Some(at), Field::Date, date);
    date
}

/// What has been done cannot lie in the future; what is to take effect can.
fn to_come(cx: &RecordCx<'_, '_>, out: &mut Findings<'_>, at: usize, done: Option<Date>) {
    let (Some(today), Some(date)) = (cx.today, done) else {
        return;
    };
    if date.earliest() > today && !is_filler(date) {
        out.report(Some(at), Field::Date, "the date has not come yet")
            .expected(format!("a day up to {today}"))
            .found(date)
            .severity(Severity::Warning)
            .help("check the year; an act that is still to come is none yet")
            .subjects([date, today.into()]);
    }
}

fn decided(cx: &DecisionCx<'_>, out: &mut Findings<'_>) {
    let Some(date) = cx.decision.date else { return };
    let is_told = is_filler(date) || is_too_early(date, cx);
    let end = ended(date, cx).filter(|_| !is_told);
    let expected = match end {
        Some(end) => format!("a day before {end}, when the body had ended"),
        None if is_told => "a day since the body first met".to_owned(),
        None => return,
    };
    out.report(
        Some(cx.act),
        Field::Date,
        "the date cannot be that of the decision",
    )
    .expected(expected)
    .found(date)
    .help("leave the date out when it is not known")
    .subjects(std::iter::once(date).chain(end.map(Date::from)));
}

fn filled_in(out: &mut Findings<'_>, act: Option<usize>, field: Field, date: Option<Date>) {
    if let Some(date) = date.filter(|date| is_filler(*date)) {
        out.report(act, field, "the date stands for no date")
            .expected("a day in the life of the agreement")
            .found(date)
            .help("leave the date out when it is not known")
            .subjects([date]);
    }
}

/// Dates that programs fill in where there is none.
fn is_filler(date: Date) -> bool {
    !(1800..2100).contains(&date.calendar_year())
}

/// The day since when the body is no more, where the date is not before it.
fn ended(date: Date, cx: &DecisionCx<'_>) -> Option<NaiveDate> {
    let end = cx.known_body()?.span().to?;
    (date.earliest() >= end).then_some(end)
}

/// The first of the month in which a body first met may stand for a day that was lost.
fn is_too_early(date: Date, cx: &DecisionCx<'_>) -> bool {
    let Some(first) = cx.known_body().and_then(|body| first_day(cx, body)) else {
        return false;
    };
    let month_alone = first.with_day(1) == date.as_day();
    date.latest() < first && !month_alone
}

/// The day on which a body first met, where its sessions are on record, else the first day of the year in which it first had members
/// or seats, or began. Of a decision whose session is known, `date-outside-session` tells the rest.
fn first_day(cx: &DecisionCx<'_>, body: &Body) -> Option<NaiveDate> {
    let sessions = body.sessions().all().iter().map(|session| session.opened);
    let met = sessions.min().filter(|_| cx.session().is_none());
    let seats = body.seats().iter().map(|seats| seats.span.from);
    let begins = [
        Some(body.span().from),
        seats.min(),
        body.sessions().all().iter().map(|s| s.opened).min(),
    ];
    let begins = begins.into_iter().flatten().max()?;
    met.or_else(|| NaiveDate::from_ymd_opt(begins.year(), 1, 1))
}
