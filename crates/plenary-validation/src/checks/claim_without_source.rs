use plenary_types::{Field, Severity};

use crate::{Check, Example, Findings, RecordCx, Run};

pub(crate) static CHECK: Check = Check {
    name: "claim-without-source",
    summary: "a claim does not say who asserts it",
    severity: Severity::Warning,
    why: "A claim is what somebody else says about an agreement. Without its source it cannot be read again, and nobody can tell whether it was quoted rightly.",
    sources: &["plenary-types, Claim: a claim names its source"],
    example: Example::Native {
        fails: r#"{"symbols": ["A/RES/73/195"], "claims": [{"text": "It is not binding.", "source": {"title": ""}, "not-checkable": "no form"}]}"#,
        mended: r#"{"symbols": ["A/RES/73/195"], "claims": [{"text": "It is not binding.", "source": {"title": "Press report"}, "not-checkable": "no form"}]}"#,
    },
    waive: "Name the source.",
    run: Run::Record(&run),
};

fn run(cx: &RecordCx<'_, '_>, out: &mut Findings<'_>) {
    for (at, claim) in cx.agreement.claims.iter().enumerate() {
        if claim.source.title.trim().is_empty() {
            out.report(
                None,
                Field::Claim(at),
                "the claim does not say who asserts it",
            )
            .expected("the title of a report or document")
            .found("nothing");
        }
    }
}
