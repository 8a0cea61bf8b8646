use std::collections::BTreeMap;

use plenary_types::{Citation, Date, Field, Locus, Severity, Subject};

use crate::meetings::{self, Point, apart};
use crate::{Check, DatasetCheck, DatasetFindings, Example, Mark, RecordFacts, Run};

pub(crate) static CHECK: Check = Check {
    name: "meeting-dates",
    summary: "decisions of one meeting have dates more than a day apart",
    severity: Severity::Warning,
    why: "A meeting is held on one day, or runs past midnight into the next. Decisions that cite one meeting and differ by \
          more than a day have a wrong date or a wrong meeting. The date of most records is taken for the right one; between \
          as many, the one that fits the meetings numbered before and after. Where that does not tell, each date is reported.",
    sources: &[
        "UN Editorial Manual (date of adoption)",
        "UN Digital Library: A/33/PV.84, cited with 3 November and 14 December 1978",
    ],
    example: Example::Native {
        fails: r#"[{"symbols": ["A/RES/33/13[F]"], "acts": [{"act": "decision", "date": "1978-11-03", "meeting": "A/33/PV.84"}]},
 {"symbols": ["A/RES/33/13[E]"], "acts": [{"act": "decision", "date": "1978-12-14", "meeting": "A/33/PV.84"}]},
 {"symbols": ["A/RES/33/48"], "acts": [{"act": "decision", "date": "1978-12-14", "meeting": "A/33/PV.84"}]}]"#,
        mended: r#"[{"symbols": ["A/RES/33/13[F]"], "acts": [{"act": "decision", "date": "1978-12-14", "meeting": "A/33/PV.84"}]},
 {"symbols": ["A/RES/33/13[E]"], "acts": [{"act": "decision", "date": "1978-12-14", "meeting": "A/33/PV.84"}]},
 {"symbols": ["A/RES/33/48"], "acts": [{"act": "decision", "date": "1978-12-14", "meeting": "A/33/PV.84"}]}]"#,
    },
    waive: "Waive it for the record whose date is known to be right.",
    run: Run::Dataset(&|| Box::new(Meetings::default())),
};

/// The dates under each meeting of each series.
#[derive(Default)]
struct Meetings {
    series: BTreeMap<Box<str>, Vec<Seen>>,
}

/// A date of a meeting, with the first of the records that give it.
struct Seen {
    number: u32,
    date: Date,
    records: u32,
    first: Mark,
}

impl DatasetCheck for Meetings {
    fn add(&mut self, record: &RecordFacts<'_>) {
        let symbol = record.agreement.symbols.first().and_then(Citation::symbol);
        for (act, decision) in record.agreement.decisions() {
            let own = decision.symbol.as_ref().and_then(Citation::symbol);
            let cited = meetings::cited(decision, own.or(symbol));
            let (Some((series, number)), Some(date)) = (cited, decision.date) else {
                continue;
            };
            let mark = || record.mark(Locus::of_act(act, Field::Date));
            match self.series.get_mut(series) {
                Some(seen) => add(seen, number, date, mark),
                None => add(
                    self.series.entry(series.into()).or_default(),
                    number,
                    date,
                    mark,
                ),
            }
        }
    }

    fn finish(self: Box<Self>, out: &mut DatasetFindings) {
        for (name, mut seen) in self.series {
            seen.sort_by_key(|seen| (seen.number, seen.date));
            seen.dedup_by(|next, kept| {
                let same = (next.number, next.date) == (kept.number, kept.date);
                kept.records += if same { next.records } else { 0 };
                same
            });
            let meetings: Vec<_> = seen.chunk_by(|a, b| a.number == b.number).collect();
            for (at, dates) in meetings.iter().enumerate() {
                if dates.iter().any(|seen| apart(seen.date, dates[0].date)) {
                    report(out, &name, dates, right_one(&meetings, at));
                }
            }
        }
    }
}

/// Votes of one meeting follow each other, so the last date is the one to look at.
fn add(seen: &mut Vec<Seen>, number: u32, date: Date, mark: impl FnOnce() -> Mark) {
    match seen.last_mut() {
        Some(last) if last.number == number && last.date == date => last.records += 1,
        _ => seen.push(Seen {
            number,
            date,
            records: 1,
            first: mark(),
        }),
    }
}

fn report(out: &mut DatasetFindings, name: &str, dates: &[Seen], right: Option<Date>) {
    let doubtful = |seen: &&Seen| right.is_none_or(|right| apart(seen.date, right));
    for seen in dates.iter().filter(doubtful) {
        let others = dates.iter().filter(|other| other.date != seen.date);
        let others: Vec<_> = others.map(|other| other.date.to_string()).collect();
        let expected = right.map_or_else(|| others.join(" or "), |right| right.to_string());
        out.report(
            Some(&seen.first),
            "the meeting has another date in other records",
        )
        .expected(format!("{name}{} on {expected}", seen.number))
        .found(format!("{} in {}", seen.date, seen.first.record()))
        .help("check the date and the meeting with the record of the meeting")
        .subjects([Subject::Record(format!("{name}{}", seen.number))])
        .subjects([seen.date])
        .subjects(
            dates
                .iter()
                .map(|other| other.date)
                .filter(|date| right.is_none_or(|right| right == *date)),
        );
    }
}

/// The date of a meeting that most records have or, of as many, the one that fits its neighbours.
fn right_one(meetings: &[&[Seen]], at: usize) -> Option<Date> {
    let dates = meetings.get(at)?;
    let most = dates.iter().map(|seen| seen.records).max()?;
    let leading: Vec<_> = dates.iter().filter(|seen| seen.records == most).collect();
    if let [one] = leading[..] {
        return Some(one.date);
    }
    let plain = |dates: &&&[Seen]| dates.iter().all(|seen| !apart(seen.date, dates[0].date));
    let (earlier, later) = meetings.split_at(at);
    let low = point(earlier.iter().rev().find(plain)?.first()?);
    let high = point(later.iter().find(plain)?.first()?);
    let off = |seen: &Seen| {
        let point = point(seen);
        let outside = point.day < low.day || high.day < point.day;
        (outside, meetings::distance(low, high, point))
    };
    let mut by_fit: Vec<_> = leading.iter().map(|seen| (off(seen), seen.date)).collect();
    by_fit.sort_by(|a, b| a.0.0.cmp(&b.0.0).then(a.0.1.total_cmp(&b.0.1)));
    match by_fit[..] {
        [((false, best), date), ((outside, next), _), ..] if outside || 2.0 * best < next => {
            Some(date)
        }
        _ => None,
    }
}

fn point(seen: &Seen) -> Point {
    Point {
        number: seen.number,
        day: seen.date.earliest(),
        records: seen.records,
    }
}
