use plenary_types::{Act, Date, Field, Severity};

use crate::{Check, Example, Findings, RecordCx, Run};

pub(crate) static CHECK: Check = Check {
    name: "acts-out-of-order",
    summary: "an act is dated before one that is listed ahead of it",
    severity: Severity::Warning,
    why: "The acts of an agreement are listed as they happened: a mandate, a text agreed, an adoption, an endorsement. One that is dated before an act listed ahead of it has a wrong date or a wrong place.",
    sources: &[
        "The native document: acts in order of time",
        "VCLT Art. 9 to 16 (adoption, then consent)",
    ],
    example: Example::Native {
        fails: r#"{"title": "A compact", "acts": [{"act": "step", "date": "2018-07-13", "what": "the text is agreed"}, {"act": "step", "date": "2016-09-19", "what": "a mandate is given"}]}"#,
        mended: r#"{"title": "A compact", "acts": [{"act": "step", "date": "2016-09-19", "what": "a mandate is given"}, {"act": "step", "date": "2018-07-13", "what": "the text is agreed"}]}"#,
    },
    waive: "Put the acts in order of time.",
    run: Run::Record(&run),
};

fn run(cx: &RecordCx<'_, '_>, out: &mut Findings<'_>) {
    let mut latest: Option<Date> = None;
    for (at, act) in cx.agreement.acts.iter().enumerate() {
        let date = match act {
            Act::Decision(decision) => decision.date,
            Act::Step(step) => Some(step.date),
            _ => None,
        };
        let Some(date) = date else { continue };
        if let Some(before) = latest
            && date.certainly_before(before)
        {
            out.report(
                Some(at),
                Field::Date,
                "the act is dated before one that is listed ahead of it",
            )
            .expected(format!("not before {before}"))
            .found(date)
            .subjects([date, before]);
        } else {
            latest = Some(date);
        }
    }
}
