use std::collections::BTreeMap;
use std::iter;

use chrono::NaiveDate;
use plenary_types::{Citation, Date, Field, Locus, Severity, Subject};

use crate::meetings::{self, Point};
use crate::{Check, DatasetCheck, DatasetFindings, Example, Mark, RecordFacts, Report, Run};

pub(crate) static CHECK: Check = Check {
    name: "meeting-order",
    summary: "a date does not fit between those of the meetings or resolutions numbered before and after",
    severity: Severity::Warning,
    why: "The meetings of a body are numbered as they are held, and the resolutions of the Security Council as they are \
          adopted, in one series since 1946. So the dates follow the numbers, and a decision whose date falls before that of \
          an earlier meeting has a wrong date or cites a wrong meeting. The decisions reported are the fewest without which \
          the rest is in order; where either of two could be wrong, it is the one that lies further from where its number falls \
          between its neighbours. Dates a day apart are accepted, for meetings that run past midnight. A meeting that has two \
          dates is left to `meeting-dates`, one of another session to `meeting-session-mismatch`. Where more than one \
          in ten of a series of thirty is out of order, the dates or the numbers as a whole are something else, and nothing is reported.",
    sources: &[
        "UN Editorial Manual (symbols of meeting records; numbers of resolutions)",
        "UN Digital Library: S/RES/451(1979) dated 15 January, between S/PV.2149 of 14 June and S/PV.2159 of 20 July 1979",
    ],
    example: Example::Native {
        fails: r#"[{"symbols": ["S/RES/450(1979)"], "acts": [{"act": "decision", "date": "1979-06-14", "meeting": "S/PV.2149"}]},
 {"symbols": ["S/RES/451(1979)"], "acts": [{"act": "decision", "date": "1979-01-15", "meeting": "S/PV.2150"}]},
 {"symbols": ["S/RES/452(1979)"], "acts": [{"act": "decision", "date": "1979-07-20", "meeting": "S/PV.2159"}]}]"#,
        mended: r#"[{"symbols": ["S/RES/450(1979)"], "acts": [{"act": "decision", "date": "1979-06-14", "meeting": "S/PV.2149"}]},
 {"symbols": ["S/RES/451(1979)"], "acts": [{"act": "decision", "date": "1979-06-15", "meeting": "S/PV.2150"}]},
 {"symbols": ["S/RES/452(1979)"], "acts": [{"act": "decision", "date": "1979-07-20", "meeting": "S/PV.2159"}]}]"#,
    },
    waive: "Waive it for the record, with the meeting's own record in the reason.",
    run: Run::Dataset(&|| Box::new(Order::default())),
};

/// The dates of the meetings of each series, and of the resolutions of the Council.
#[derive(Default)]
struct Order {
    meetings: BTreeMap<Box<str>, Numbers>,
    resolutions: Numbers,
}

#[derive(Default)]
struct Numbers {
    seen: Vec<Seen>,
}

struct Seen {
    number: u32,
    day: NaiveDate,
    records: u32,
    first: Mark,
}

impl Numbers {
    fn add(&mut self, number: u32, day: NaiveDate, mark: impl FnOnce() -> Mark) {
        match self.seen.last_mut() {
            Some(last) if last.number == number && last.day == day => last.records += 1,
            _ => self.seen.push(Seen {
                number,
                day,
                records: 1,
                first: mark(),
            }),
        }
    }

    /// One entry for each number and day.
    fn merge(&mut self) {
        self.seen.sort_by_key(|seen| (seen.number, seen.day));
        self.seen.dedup_by(|next, kept| {
            let same = (next.number, next.day) == (kept.number, kept.day);
            kept.records += if same { next.records } else { 0 };
            same
        });
    }

    /// The records, in the order of their numbers.
    fn records(&self) -> Vec<&str> {
        self.seen.iter().map(|seen| seen.first.record()).collect()
    }

    /// The places of the numbers that have one date, or dates a day apart.
    fn plain(&self) -> Vec<usize> {
        let mut places = Vec::new();
        let mut at = 0;
        for dates in self.seen.chunk_by(|a, b| a.number == b.number) {
            let days = dates.first().zip(dates.last());
            if days.is_some_and(|(first, last)| !apart(first.day, last.day)) {
                places.push(at);
            }
            at += dates.len();
        }
        places
    }

    /// Sorts, and finds what is out of order.
    fn out_of_order(&mut self) -> Vec<Misplaced> {
        self.merge();
        let plain = self.plain();
        let point = |at: &usize| {
            let Seen {
                number,
                day,
                records,
                ..
            } = self.seen[*at];
            Point {
                number,
                day,
                records,
            }
        };
        let points: Vec<_> = plain.iter().map(point).collect();
        let places = meetings::out_of_order(&points);
        let in_order = |at: &usize| places.binary_search(at).is_err();
        let misplaced = |at: &usize| {
            let day = points[*at].day;
            let before = (0..*at).rev().find(in_order).map(|at| points[at]);
            let after = (at + 1..points.len()).find(in_order).map(|at| points[at]);
            let too_early = before.is_some_and(|p| p.day > day && apart(p.day, day));
            let too_late = after.is_some_and(|p| p.day < day && apart(p.day, day));
            let at = plain[*at];
            (too_early || too_late).then_some(Misplaced { at, before, after })
        };
        places.iter().filter_map(misplaced).collect()
    }
}

/// A number whose date is not between those of its neighbours.
struct Misplaced {
    /// The place among what was seen.
    at: usize,
    before: Option<Point>,
    after: Option<Point>,
}

impl Misplaced {
    /// What the neighbours ask for: `from 1979-06-14 (S/PV.2149) to 1979-07-20 (S/PV.2159)`.
    fn expected(&self, series: &str) -> String {
        let side = |word, point: Option<Point>| {
            point.map(|point| format!("{word} {} ({series}{})", point.day, point.number))
        };
        let sides = [side("from", self.before), side("to", self.after)];
        let sides: Vec<_> = sides.into_iter().flatten().collect();
        sides.join(" ")
    }
}

impl DatasetCheck for Order {
    fn add(&mut self, record: &RecordFacts<'_>) {
        let symbol = record.agreement.symbols.first().and_then(Citation::symbol);
        for (act, decision) in record.agreement.decisions() {
            let own = decision
                .symbol
                .as_ref()
                .and_then(Citation::symbol)
                .or(symbol);
            let Some(day) = decision.date.and_then(Date::as_day) else {
                continue;
            };
            let mark = || record.mark(Locus::of_act(act, Field::Date));
            if let Some((series, number)) = meetings::cited(decision, own) {
                match self.meetings.get_mut(series) {
                    Some(numbers) => numbers.add(number, day, mark),
                    None => {
                        let numbers = self.meetings.entry(series.into()).or_default();
                        numbers.add(number, day, mark);
                    }
                }
            }
            if let Some(number) = own.and_then(plenary_types::Symbol::running_number) {
                self.resolutions.add(number, day, mark);
            }
        }
    }

    fn finish(self: Box<Self>, out: &mut DatasetFindings) {
        let Self {
            meetings,
            resolutions: mut numbers,
        } = *self;
        let mut told = Vec::new();
        let out_of_number = numbers.out_of_order();
        let resolutions = numbers.records();
        for (name, mut meetings) in meetings {
            for found in meetings.out_of_order() {
                let seen = &meetings.seen[found.at];
                let record = seen.first.record();
                let numbered = out_of_number
                    .iter()
                    .any(|other| resolutions[other.at] == record);
                let (message, help) = match numbered {
                    true => (BOTH, HELP),
                    false if resolutions.contains(&record) => (MEETINGS, HELP_MEETING),
                    false => (MEETINGS, HELP),
                };
                report(out, seen, &name, &found, message).help(help);
                told.extend(numbered.then(|| record.to_owned()));
            }
        }
        for found in out_of_number {
            let seen = &numbers.seen[found.at];
            if !told.iter().any(|other| other == seen.first.record()) {
                report(out, seen, RESOLUTION, &found, RESOLUTIONS).help(HELP);
            }
        }
    }
}

/// What stands before the number of a resolution, in place of the series of a meeting.
const RESOLUTION: &str = "resolution ";
const MEETINGS: &str = "the date is out of the order of the meetings";
const RESOLUTIONS: &str = "the date is out of the order of the resolutions";
const BOTH: &str = "the date is out of the order of the meetings and of that of the resolutions";
const HELP: &str = "compare the date and the number with the record of the meeting";
const HELP_MEETING: &str = "the number of the resolution fits the date: is it another meeting?";

fn report<'o>(
    out: &'o mut DatasetFindings,
    seen: &Seen,
    series: &str,
    misplaced: &Misplaced,
    message: &str,
) -> Report<'o> {
    let records = match seen.records {
        1 => String::new(),
        n => format!(", in {n} records"),
    };
    let neighbours = [misplaced.before, misplaced.after].into_iter().flatten();
    let numbers = neighbours.clone().map(|point| point.number);
    let meetings = iter::once(seen.number)
        .chain(numbers)
        .filter(|_| series != RESOLUTION);
    out.report(Some(&seen.first), message)
        .expected(misplaced.expected(series))
        .found(format!("{} for {series}{}{records}", seen.day, seen.number))
        .subjects([seen.day])
        .subjects(neighbours.map(|point| point.day))
        .subjects(meetings.map(|number| Subject::Record(format!("{series}{number}"))))
}

fn apart(a: NaiveDate, b: NaiveDate) -> bool {
    meetings::apart(a.into(), b.into())
}
