use std::collections::HashMap;

use plenary_types::{Citation, Date, Field, Locus, Series, Severity};

use crate::{Check, DatasetCheck, DatasetFindings, Example, History, Mark, RecordFacts, Run};

pub(crate) static CHECK: Check = Check {
    name: "meeting-dates",
    summary: "decisions of one meeting have dates more than a day apart",
    severity: Severity::Warning,
    why: "A meeting is held on one day, or runs past midnight into the next. Decisions that cite one meeting and differ by \
          more than a day have a wrong date or a wrong meeting.",
    sources: &[
        "UN Editorial Manual (date of adoption)",
        "UN Digital Library: A/33/PV.84, cited with 3 November and 14 December 1978",
    ],
    example: Example::Native {
        fails: r#"[{"symbols": ["A/RES/33/13[F]"], "acts": [{"act": "decision", "date": "1978-11-03", "meeting": "A/33/PV.84"}]},
 {"symbols": ["A/RES/33/13[E]"], "acts": [{"act": "decision", "date": "1978-12-14", "meeting": "A/33/PV.84"}]}]"#,
        mended: r#"[{"symbols": ["A/RES/33/13[F]"], "acts": [{"act": "decision", "date": "1978-12-14", "meeting": "A/33/PV.84"}]},
 {"symbols": ["A/RES/33/13[E]"], "acts": [{"act": "decision", "date": "1978-12-14", "meeting": "A/33/PV.84"}]}]"#,
    },
    waive: "Waive it for the record whose date is known to be right.",
    run: Run::Dataset(|| Box::new(Meetings::default())),
};

/// The dates under each meeting, with the first record of each.
#[derive(Default)]
struct Meetings {
    by_symbol: HashMap<Box<str>, Vec<(Date, u32, Mark)>>,
    order: Vec<Box<str>>,
}

impl DatasetCheck for Meetings {
    fn add(&mut self, record: &RecordFacts<'_>) {
        for (act, decision) in record.agreement.decisions() {
            let symbol = decision.meeting.as_ref().and_then(Citation::symbol);
            let meeting =
                symbol.filter(|s| matches!(s.series(), Series::Verbatim | Series::Summary));
            let (Some(meeting), Some(date)) = (meeting, decision.date) else {
                continue;
            };
            if !self.by_symbol.contains_key(meeting.normal()) {
                self.order.push(meeting.normal().into());
            }
            let dates = self.by_symbol.entry(meeting.normal().into()).or_default();
            match dates.iter_mut().find(|(known, _, _)| *known == date) {
                Some((_, count, _)) => *count += 1,
                None => dates.push((date, 1, record.mark(Locus::of_act(act, Field::Date)))),
            }
        }
    }

    fn finish(self: Box<Self>, _: &History, out: &mut DatasetFindings<'_>) {
        for meeting in &self.order {
            let Some(dates) = self.by_symbol.get(meeting).filter(|dates| dates.len() > 1) else {
                continue;
            };
            let Some((usual, _, _)) = dates.iter().max_by_key(|(_, count, _)| *count) else {
                continue;
            };
            for (date, _, mark) in dates.iter().filter(|(date, _, _)| apart(*date, *usual)) {
                out.report(Some(mark), "the meeting has another date in other records")
                    .expected(format!("{meeting} on {usual}"))
                    .found(format!("{date} in {}", mark.record()))
                    .help("check the date and the meeting with the record of the meeting");
            }
        }
    }
}

/// Whether two dates cannot be of one meeting, which may run past midnight.
fn apart(a: Date, b: Date) -> bool {
    let days = |from: Date, to: Date| {
        to.earliest()
            .signed_duration_since(from.latest())
            .num_days()
    };
    days(a, b).max(days(b, a)) > 1
}
