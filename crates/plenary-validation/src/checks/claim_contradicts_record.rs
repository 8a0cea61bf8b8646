use plenary_types::{Field, Severity};

use crate::{Check, ClaimStanding, Example, Findings, RecordCx, Run, claim, judge_claim};

pub(crate) static CHECK: Check = Check {
    name: "claim-contradicts-record",
    summary: "what a secondary source asserts is not what the record says",
    severity: Severity::Error,
    why: "A claim quotes what a report asserts about an agreement: a count, a date, who voted against. Where the record \
          says otherwise, the report is wrong or the record is. A claim that the record cannot settle is left \
          alone, and so is one that the text of the agreement does not provide for: there the claim has the text wrong, and \
          `show` says so. A list that leaves members out (`partial`) refutes a claim in two ways only: more members voted so \
          than it says, or one of those that it names voted otherwise.",
    sources: &["The record itself; the claim names its own source"],
    example: Example::Native {
        fails: r#"{"symbols": ["A/RES/73/195"], "acts": [{"act": "decision", "announced": {"yes": 152, "no": 5}}],
 "claims": [{"text": "Six members voted against.", "source": {"title": "Press report"},
             "assertion": {"about": "count", "choice": "no", "value": 6}}]}"#,
        mended: r#"{"symbols": ["A/RES/73/195"], "acts": [{"act": "decision", "announced": {"yes": 152, "no": 5}}],
 "claims": [{"text": "Five members voted against.", "source": {"title": "Press report"},
             "assertion": {"about": "count", "choice": "no", "value": 5}}]}"#,
    },
    waive: "Waive it where the report is known to be wrong and the claim is kept to say so.",
    run: Run::Record(&run),
};

fn run(cx: &RecordCx<'_, '_>, out: &mut Findings<'_>) {
    for (at, claim) in cx.agreement.claims.iter().enumerate() {
        if let ClaimStanding::Contradicted {
            record,
            claim: asserted,
        } = judge_claim(cx.agreement, claim).standing
        {
            out.report(
                None,
                Field::Claim(at),
                format!("the record contradicts the claim `{}`", claim.text),
            )
            .expected(record)
            .found(asserted)
            .help(format!("compare with {}", claim.source.title))
            .subjects(claim::subjects(cx.agreement, claim));
        }
    }
}
