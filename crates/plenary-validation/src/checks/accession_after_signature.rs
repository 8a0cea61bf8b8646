use plenary_types::{ActionKind, Field, Severity};

use crate::{Check, Example, Findings, RecordCx, Run, treaty};

pub(crate) static CHECK: Check = Check {
    name: "accession-after-signature",
    summary: "a participant that signed accedes",
    severity: Severity::Note,
    why: "Who signed a treaty ratifies, accepts or approves it; accession is for those who did not sign. A signature beside an accession is a wrong act, the signature of a predecessor, or an accession after the treaty was closed for those who signed: the depositary records a few. Who was bound and withdrew comes back by accession, which is no finding.",
    sources: &[
        "VCLT Art. 14 and 15",
        "Status of treaties, tables saved from June 2014 to March 2015: seventeen such pairs among 193 treaties, as the depositary prints them",
    ],
    example: Example::Native {
        fails: r#"{"kind": "treaty", "title": "A convention", "acts": [{"act": "action", "participant": "PER", "kind": "signature", "date": "1960-01-04"},
  {"act": "action", "participant": "PER", "kind": "accession", "date": "1962-05-03"}]}"#,
        mended: r#"{"kind": "treaty", "title": "A convention", "acts": [{"act": "action", "participant": "PER", "kind": "signature", "date": "1960-01-04"},
  {"act": "action", "participant": "PER", "kind": "ratification", "date": "1962-05-03"}]}"#,
    },
    waive: "Waive it where the depositary records both.",
    run: Run::Record(&run),
};

fn run(cx: &RecordCx<'_, '_>, out: &mut Findings<'_>) {
    treaty::each_participant(cx.agreement, |participant, actions| {
        let signed = actions
            .iter()
            .any(|(_, action)| action.kind == ActionKind::Signature);
        let mut bond = treaty::Bond::default();
        let accession = actions.iter().find(|(_, action)| {
            let returns = bond.has_ended();
            bond.take(action);
            action.kind == ActionKind::Accession && !returns
        });
        if let (true, Some((at, _))) = (signed, accession) {
            out.report(Some(*at), Field::Whole, "a participant that signed accedes")
                .expected("ratification, acceptance or approval")
                .found(format!("{participant}: signature and accession"))
                .help("is the signature that of a predecessor?")
                .subjects([participant]);
        }
    });
}
