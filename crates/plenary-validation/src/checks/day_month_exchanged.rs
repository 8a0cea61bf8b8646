use chrono::{Datelike, NaiveDate};
use plenary_types::{Act, Date, Field, Severity};

use crate::{Check, Example, Findings, RecordCx, Report, Run, treaty};

pub(crate) static CHECK: Check = Check {
    name: "day-month-exchanged",
    summary: "dates of a treaty are in order when day and month are exchanged",
    severity: Severity::Note,
    why: "4 January is written 1/4 or 4/1. Where a date was read the wrong way round, the acts of a treaty can come out in the wrong order, which `treaty-action-order` and `in-force-before-consent` report. When exchanging day and month of the two dates, or of one of them, puts the order right, this is the likely cause, and other dates of the same list with a day up to 12 are doubtful, too.",
    sources: &[
        "ISO 8601 (the order of day and month)",
        "VCLT Art. 12, 14, 24, 54, 56 (the order of the acts)",
    ],
    example: Example::Native {
        fails: r#"{"kind": "treaty", "title": "A convention", "acts": [{"act": "action", "participant": "PER", "kind": "signature", "date": "1960-04-01"},
  {"act": "action", "participant": "PER", "kind": "ratification", "date": "1960-03-05"}]}"#,
        mended: r#"{"kind": "treaty", "title": "A convention", "acts": [{"act": "action", "participant": "PER", "kind": "signature", "date": "1960-01-04"},
  {"act": "action", "participant": "PER", "kind": "ratification", "date": "1960-05-03"}]}"#,
    },
    waive: "Waive it for dates that were compared with the depositary's notifications.",
    run: Run::Record(&run),
};

fn run(cx: &RecordCx<'_, '_>, out: &mut Findings<'_>) {
    treaty::each_disorder(cx.agreement, |participant, found| {
        let (before, after) = (found.before, found.after);
        if let Some((first, second)) = exchanged(before.date, after.date) {
            report(out, Some(after.at), Field::Date)
                .expected(format!(
                    "{} on {first}, {} on {second}",
                    before.what, after.what
                ))
                .found(format!(
                    "{} on {}, {} on {}",
                    before.what, before.date, after.what, after.date
                ))
                .subjects([participant])
                .subjects([first.into(), second.into(), before.date, after.date]);
        }
    });
    let since = cx.agreement.in_force_since;
    let consent = treaty::first_consent(cx.agreement);
    if let Some((since, (at, consent))) = since.zip(consent)
        && since.certainly_before(consent)
        && let Some((first, second)) = exchanged(consent, since)
    {
        let kind = match cx.agreement.acts.get(at) {
            Some(Act::Action(action)) => treaty::noun(action.kind),
            _ => "consent",
        };
        report(out, None, Field::InForceSince)
            .expected(format!("{kind} on {first}, in force since {second}"))
            .found(format!("{kind} on {consent}, in force since {since}"))
            .subjects([first.into(), second.into(), consent, since]);
    }
}

fn report<'a>(out: &'a mut Findings<'_>, act: Option<usize>, field: Field) -> Report<'a> {
    out.report(
        act,
        field,
        "the dates are in order when day and month are exchanged",
    )
    .help("compare other dates of the same list with a day up to 12")
}

/// The two dates in order, with day and month exchanged in both of them, else in one.
fn exchanged(first: Date, second: Date) -> Option<(NaiveDate, NaiveDate)> {
    let (a, b) = (first.as_day()?, second.as_day()?);
    let (x, y) = (swapped(a), swapped(b));
    let ways = [x.zip(y), x.map(|x| (x, b)), y.map(|y| (a, y))];
    ways.into_iter()
        .flatten()
        .find(|(first, second)| first <= second)
}

/// A day with day and month exchanged, where that is another day.
fn swapped(day: NaiveDate) -> Option<NaiveDate> {
    let other = NaiveDate::from_ymd_opt(day.year(), day.day(), day.month())?;
    (other != day).then_some(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ways(first: &str, second: &str) -> Option<String> {
        let (a, b) = exchanged(first.parse().unwrap(), second.parse().unwrap())?;
        Some(format!("{a} {b}"))
    }

    #[test]
    fn the_dates_of_a_real_case_come_right() {
        let found = ways("1960-04-01", "1960-03-05");
        assert_eq!(found.as_deref(), Some("1960-01-04 1960-05-03"));
    }

    #[test]
    fn one_date_alone_may_be_the_wrong_one() {
        assert_eq!(
            ways("1960-04-01", "1960-03-25").as_deref(),
            Some("1960-01-04 1960-03-25")
        );
        assert_eq!(
            ways("1960-04-25", "1960-03-05").as_deref(),
            Some("1960-04-25 1960-05-03")
        );
    }

    #[test]
    fn days_after_the_twelfth_and_other_years_are_something_else() {
        assert_eq!(ways("1960-04-13", "1960-03-25"), None);
        assert_eq!(ways("1961-04-01", "1960-03-05"), None);
        assert_eq!(ways("1960-04", "1960-03"), None);
    }
}
