use plenary_types::{Field, Severity};

use crate::{Check, Example, Findings, RecordCx, Run, treaty};

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
    run: Run::Record(&run),
};

fn run(cx: &RecordCx<'_, '_>, out: &mut Findings<'_>) {
    let since = cx.agreement.in_force_since;
    let Some((since, (_, first))) = since.zip(treaty::first_consent(cx.agreement)) else {
        return;
    };
    if since.certainly_before(first) {
        out.report(
            None,
            Field::InForceSince,
            "the treaty is in force before the first consent",
        )
        .expected(format!("a day since the first consent, of {first}"))
        .found(since)
        .subjects([first, since]);
    }
}
