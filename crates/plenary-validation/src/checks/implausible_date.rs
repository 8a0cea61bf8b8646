use plenary_types::{BodyId, Date, Field, Severity};

use crate::{Check, DecisionCx, Example, Findings, Run, reference};

pub(crate) static CHECK: Check = Check {
    name: "implausible-date",
    summary: "the date is before the body existed, or one that stands for no date",
    severity: Severity::Error,
    why: "The United Nations came into being on 24 October 1945, the Assembly first met on 10 January 1946. A decision before that, or in a year such as 9999, has a date that somebody filled in for want of one.",
    sources: &["Charter Art. 110(3)", "List of General Assembly sessions"],
    example: Example::Native {
        fails: r#"{"symbols": ["A/RES/73/195"], "acts": [{"act": "decision", "date": "1900-01-01"}]}"#,
        mended: r#"{"symbols": ["A/RES/73/195"], "acts": [{"act": "decision", "date": "2018-12-19"}]}"#,
    },
    waive: "Leave the date out when it is not known.",
    run: Run::Decision(run),
};

fn run(cx: &DecisionCx<'_>, out: &mut Findings<'_>) {
    let Some(date) = cx.decision.date else { return };
    let of_the_un = cx.body.as_ref().is_some_and(reference::is_united_nations);
    if is_filler(date) || (of_the_un && date.latest() < first_day(cx.body.as_ref())) {
        out.report(
            Some(cx.act),
            Field::Date,
            "the date cannot be that of the decision",
        )
        .expected("a day since the body first met")
        .found(date)
        .help("leave the date out when it is not known");
    }
}

/// Dates that programs fill in where there is none.
fn is_filler(date: Date) -> bool {
    !(1800..2100).contains(&date.calendar_year())
}

fn first_day(body: Option<&BodyId>) -> chrono::NaiveDate {
    let year = match body {
        Some(body) if *body == BodyId::HRC => 2006,
        _ => 1946,
    };
    chrono::NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default()
}
