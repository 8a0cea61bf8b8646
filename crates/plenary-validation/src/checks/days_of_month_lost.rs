use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;
use plenary_types::{Date, Field, Locus, Severity};

use crate::{Check, DatasetCheck, DatasetFindings, Example, Mark, RecordFacts, Run};

pub(crate) static CHECK: Check = Check {
    name: "days-of-month-lost",
    summary: "the days of the month of many dates are not those of the decisions",
    severity: Severity::Warning,
    why: "Decisions fall on every day of the month. Where every date of thirty months in a row (of those that have any) lies in the first seven days, the \
          day was lost and something else put in its place: month and year can be used, the day cannot. Findings about \
          membership on a day, or about the opening of a session, then follow from the date and not from the list.",
    sources: &[
        "United Nations General Assembly Voting Data: dates of the sessions 1 to 51, against the meeting records",
    ],
    example: Example::Native {
        fails: r#"[{"acts": [{"act": "decision", "date": "1953-10-01"}]},
 {"acts": [{"act": "decision", "date": "1953-11-04"}]},
 {"acts": [{"act": "decision", "date": "1953-12-07"}]},
 {"acts": [{"act": "decision", "date": "1954-10-03"}]},
 {"acts": [{"act": "decision", "date": "1954-11-06"}]},
 {"acts": [{"act": "decision", "date": "1954-12-02"}]},
 {"acts": [{"act": "decision", "date": "1955-10-05"}]},
 {"acts": [{"act": "decision", "date": "1955-11-01"}]},
 {"acts": [{"act": "decision", "date": "1955-12-04"}]},
 {"acts": [{"act": "decision", "date": "1956-10-07"}]},
 {"acts": [{"act": "decision", "date": "1956-11-03"}]},
 {"acts": [{"act": "decision", "date": "1956-12-06"}]},
 {"acts": [{"act": "decision", "date": "1957-10-02"}]},
 {"acts": [{"act": "decision", "date": "1957-11-05"}]},
 {"acts": [{"act": "decision", "date": "1957-12-01"}]},
 {"acts": [{"act": "decision", "date": "1958-10-04"}]},
 {"acts": [{"act": "decision", "date": "1958-11-07"}]},
 {"acts": [{"act": "decision", "date": "1958-12-03"}]},
 {"acts": [{"act": "decision", "date": "1959-10-06"}]},
 {"acts": [{"act": "decision", "date": "1959-11-02"}]},
 {"acts": [{"act": "decision", "date": "1959-12-05"}]},
 {"acts": [{"act": "decision", "date": "1960-10-01"}]},
 {"acts": [{"act": "decision", "date": "1960-11-04"}]},
 {"acts": [{"act": "decision", "date": "1960-12-07"}]},
 {"acts": [{"act": "decision", "date": "1961-10-03"}]},
 {"acts": [{"act": "decision", "date": "1961-11-06"}]},
 {"acts": [{"act": "decision", "date": "1961-12-02"}]},
 {"acts": [{"act": "decision", "date": "1962-10-05"}]},
 {"acts": [{"act": "decision", "date": "1962-11-01"}]},
 {"acts": [{"act": "decision", "date": "1962-12-04"}]}]"#,
        mended: r#"[{"acts": [{"act": "decision", "date": "1953-10-01"}]},
 {"acts": [{"act": "decision", "date": "1953-11-12"}]},
 {"acts": [{"act": "decision", "date": "1953-12-23"}]},
 {"acts": [{"act": "decision", "date": "1954-10-06"}]},
 {"acts": [{"act": "decision", "date": "1954-11-17"}]},
 {"acts": [{"act": "decision", "date": "1954-12-28"}]},
 {"acts": [{"act": "decision", "date": "1955-10-11"}]},
 {"acts": [{"act": "decision", "date": "1955-11-22"}]},
 {"acts": [{"act": "decision", "date": "1955-12-05"}]},
 {"acts": [{"act": "decision", "date": "1956-10-16"}]},
 {"acts": [{"act": "decision", "date": "1956-11-27"}]},
 {"acts": [{"act": "decision", "date": "1956-12-10"}]},
 {"acts": [{"act": "decision", "date": "1957-10-21"}]},
 {"acts": [{"act": "decision", "date": "1957-11-04"}]},
 {"acts": [{"act": "decision", "date": "1957-12-15"}]},
 {"acts": [{"act": "decision", "date": "1958-10-26"}]},
 {"acts": [{"act": "decision", "date": "1958-11-09"}]},
 {"acts": [{"act": "decision", "date": "1958-12-20"}]},
 {"acts": [{"act": "decision", "date": "1959-10-03"}]},
 {"acts": [{"act": "decision", "date": "1959-11-14"}]},
 {"acts": [{"act": "decision", "date": "1959-12-25"}]},
 {"acts": [{"act": "decision", "date": "1960-10-08"}]},
 {"acts": [{"act": "decision", "date": "1960-11-19"}]},
 {"acts": [{"act": "decision", "date": "1960-12-02"}]},
 {"acts": [{"act": "decision", "date": "1961-10-13"}]},
 {"acts": [{"act": "decision", "date": "1961-11-24"}]},
 {"acts": [{"act": "decision", "date": "1961-12-07"}]},
 {"acts": [{"act": "decision", "date": "1962-10-18"}]},
 {"acts": [{"act": "decision", "date": "1962-11-01"}]},
 {"acts": [{"act": "decision", "date": "1962-12-12"}]}]"#,
    },
    waive: "Give dates of which only the month is known as a month (`1962-12`): then nothing is claimed about the day.",
    run: Run::Dataset(&|| Box::new(Days::default())),
};

/// Fewer months in a row than these tell nothing: meetings of one week are one coincidence, however many votes they take.
const FEWEST_MONTHS: usize = 30;

/// How many dates a month has, and whether all lie in its first seven days.
#[derive(Default)]
struct Days {
    months: BTreeMap<(i32, u32), Month>,
}

struct Month {
    dates: u32,
    is_early: bool,
    first: Mark,
}

impl DatasetCheck for Days {
    fn add(&mut self, record: &RecordFacts<'_>) {
        for (act, decision) in record.agreement.decisions() {
            let Some(day) = decision.date.and_then(Date::as_day) else {
                continue;
            };
            let month = self.months.entry((day.year(), day.month()));
            let month = month.or_insert_with(|| Month {
                dates: 0,
                is_early: true,
                first: record.mark(Locus::of_act(act, Field::Date)),
            });
            month.dates += 1;
            month.is_early &= day.day() <= 7;
        }
    }

    fn finish(self: Box<Self>, out: &mut DatasetFindings) {
        let months: Vec<_> = self.months.into_iter().collect();
        let late = months.iter().filter(|(_, month)| !month.is_early);
        let late: BTreeSet<i32> = late.map(|((year, _), _)| *year).collect();
        let runs = months.chunk_by(|(_, a), (_, b)| a.is_early == b.is_early);
        for run in runs.filter(|run| run.len() >= FEWEST_MONTHS) {
            // Whole years are easier to keep in mind; what the run has of others is in doubt as well.
            let whole = run.iter().filter(|((year, _), _)| !late.contains(year));
            let whole: Vec<_> = whole.collect();
            let [((from, _), first), .., ((to, _), _)] = whole[..] else {
                continue;
            };
            let dates: u32 = whole.iter().map(|(_, month)| month.dates).sum();
            out.report(
                Some(&first.first),
                "the day of the month is lost: every date lies in the first seven days of its month",
            )
            .expected("days from 1 to 31")
            .found(format!(
                "{dates} of {dates} dates from {from} to {to} on the days 1 to 7"
            ))
            .help("use month and year only; do not read membership or sessions off these days")
            .subjects([*from, *to].into_iter().filter_map(|year| Date::year(year).ok()));
        }
    }
}
