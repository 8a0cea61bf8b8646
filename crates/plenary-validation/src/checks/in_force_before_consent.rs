use plenary_types::{Act, Field, Severity};

use crate::{Check, Example, Findings, RecordCx, Run};

pub(crate) static CHECK: Check = Check {
    name: "in-force-before-consent",
    summary: "a treaty is in force before anybody consented",
    severity: Severity::Warning,
    why: "A treaty enters into force when those have consented whom its own clause names, or all who negotiated it. A date of entry into force before the first consent on record is wrong, or the list lacks those who consented first.",
    sources: &["VCLT Art. 24"],
    example: Example::Native {
        fails: r#"{"kind": "treaty", "title": "A convention", "acts": [{"act": "action", "participant": "PER", "kind": "ratification", "date": "1962-05-03"}], "in-force-since": "1960-01-01"}"#,
        mended: r#"{"kind": "treaty", "title": "A convention", "acts": [{"act": "action", "participant": "PER", "kind": "ratification", "date": "1962-05-03"}], "in-force-since": "1963-01-01"}"#,
    },
    waive: "Waive it for a list that leaves out participants that have withdrawn.",
    run: Run::Record(run),
};

fn run(cx: &RecordCx<'_>, out: &mut Findings<'_>) {
    let Some(since) = cx.agreement.in_force_since else {
        return;
    };
    let consents = cx
        .agreement
        .acts
        .iter()
        .enumerate()
        .filter_map(|(at, act)| match act {
            Act::Action(action) if action.kind.is_consent() => Some((at, action)),
            _ => None,
        });
    let dated: Option<Vec<_>> = consents
        .map(|(at, action)| Some((action.date?, at)))
        .collect();
    let Some((first, at)) = dated.unwrap_or_default().into_iter().min() else {
        return;
    };
    if since.certainly_before(first) {
        out.report(
            Some(at),
            Field::Date,
            "the treaty is in force before the first consent",
        )
        .expected(format!("consent by {since}, when it entered into force"))
        .found(first);
    }
}
