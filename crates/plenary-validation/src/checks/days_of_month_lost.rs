use chrono::Datelike;
use plenary_types::{Field, Locus, Severity};

use crate::{Check, DatasetCheck, DatasetFindings, Example, History, Mark, RecordFacts, Run};

pub(crate) static CHECK: Check = Check {
    name: "days-of-month-lost",
    summary: "the days of the month of many dates are not those of the decisions",
    severity: Severity::Warning,
    why: "Decisions fall on every day of the month. Where hundreds of dates in a row have a day from 1 to 7 only, the \
          day was lost and something else put in its place: month and year can be used, the day cannot. Findings about \
          membership on a day, or about the opening of a session, then follow from the date and not from the list.",
    sources: &[
        "United Nations General Assembly Voting Data: dates of the sessions 1 to 51, against the meeting records",
    ],
    example: Example::Text {
        fails: "1962-12-05, 1962-12-05, 1962-12-06, 1962-12-07, 1963-10-01, 1963-10-02, …",
        mended: "1962-12-14, 1962-12-14, 1962-12-18, 1962-12-20, 1963-10-11, 1963-10-16, …",
    },
    waive: "Give dates of which only the month is known as a month (`1962-12`): then nothing is claimed about the day.",
    run: Run::Dataset(|| Box::new(Days::default())),
};

/// Years with fewer dates than these tell nothing.
const FEWEST: u32 = 30;

/// How many dates a year has, and how many of them lie in the first seven days of their month.
#[derive(Default)]
struct Days {
    years: std::collections::BTreeMap<i32, Year>,
}

struct Year {
    dates: u32,
    early: u32,
    first: Mark,
}

impl DatasetCheck for Days {
    fn add(&mut self, record: &RecordFacts<'_>) {
        for (act, decision) in record.agreement.decisions() {
            let Some(day) = decision.date.and_then(plenary_types::Date::as_day) else {
                continue;
            };
            let year = self.years.entry(day.year()).or_insert_with(|| Year {
                dates: 0,
                early: 0,
                first: record.mark(Locus::of_act(act, Field::Date)),
            });
            year.dates += 1;
            year.early += u32::from(day.day() <= 7);
        }
    }

    fn finish(self: Box<Self>, _: &History, out: &mut DatasetFindings<'_>) {
        // By chance a quarter of the dates lies in the first seven days; all of thirty never do.
        let lost: Vec<_> = self
            .years
            .iter()
            .filter(|(_, y)| y.dates >= FEWEST && y.early == y.dates)
            .collect();
        let (Some((first, year)), Some((last, _))) = (lost.first(), lost.last()) else {
            return;
        };
        let within = self.years.range(**first..=**last);
        let dates: u32 = within.clone().map(|(_, y)| y.dates).sum();
        let early: u32 = within.map(|(_, y)| y.early).sum();
        out.report(
            Some(&year.first),
            "the day of the month is lost: every date lies in the first seven days of its month",
        )
        .expected("days from 1 to 31")
        .found(format!(
            "{early} of {dates} dates from {first} to {last} on the days 1 to 7"
        ))
        .help("use month and year only; do not read membership or sessions off these days");
    }
}
