use plenary_types::{Field, Severity};

use crate::{Check, Example, Findings, RecordCx, Run, treaty};

pub(crate) static CHECK: Check = Check {
    name: "double-consent",
    summary: "a participant consents to be bound twice",
    severity: Severity::Warning,
    why: "A state consents once: by ratification, acceptance, approval, accession or succession, which differ in name and not in effect. A second consent without a withdrawal in between, or after one that was revoked, is a line too many, or belongs to another participant or another treaty.",
    sources: &["VCLT Art. 2(1)(b), 11 to 16, 68"],
    example: Example::Native {
        fails: r#"{"kind": "treaty", "title": "A convention", "acts": [{"act": "action", "participant": "PER", "kind": "ratification", "date": "1960-05-03"},
  {"act": "action", "participant": "PER", "kind": "accession", "date": "1962-05-03"}]}"#,
        mended: r#"{"kind": "treaty", "title": "A convention", "acts": [{"act": "action", "participant": "PER", "kind": "ratification", "date": "1960-05-03"},
  {"act": "action", "participant": "CHL", "kind": "accession", "date": "1962-05-03"}]}"#,
    },
    waive: "Waive it for a participant that consented to an amended text in the same list.",
    run: Run::Record(&run),
};

fn run(cx: &RecordCx<'_, '_>, out: &mut Findings<'_>) {
    treaty::each_participant(cx.agreement, |participant, actions| {
        let mut bond = treaty::Bond::default();
        for (at, action) in actions {
            if let Some(first) = bond.take(action) {
                out.report(
                    Some(*at),
                    Field::Whole,
                    "a participant consents to be bound twice",
                )
                .expected("one consent")
                .found(format!(
                    "{participant}: {}, then {}",
                    treaty::noun(first),
                    treaty::noun(action.kind)
                ))
                .subjects([participant]);
            }
        }
    });
}
