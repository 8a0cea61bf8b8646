use plenary_types::{ActionKind, Field, Severity, TreatyAction};

use crate::{Check, Example, Findings, RecordCx, Run, treaty};

pub(crate) static CHECK: Check = Check {
    name: "treaty-action-order",
    summary: "a participant acts before it can",
    severity: Severity::Error,
    why: "A signature comes before the ratification, acceptance or approval that confirms it, and consent before the withdrawal that ends it. Where the days are known and the order is the other way round, one of them is wrong; often day and month are exchanged.",
    sources: &[
        "VCLT Art. 12, 14, 54, 56",
        "Status of treaties, title pages of the depositary",
    ],
    example: Example::Native {
        fails: r#"{"kind": "treaty", "title": "A convention", "acts": [{"act": "action", "participant": "PER", "kind": "signature", "date": "1960-04-01"},
  {"act": "action", "participant": "PER", "kind": "ratification", "date": "1960-03-05"}]}"#,
        mended: r#"{"kind": "treaty", "title": "A convention", "acts": [{"act": "action", "participant": "PER", "kind": "signature", "date": "1960-01-04"},
  {"act": "action", "participant": "PER", "kind": "ratification", "date": "1960-05-03"}]}"#,
    },
    waive: "Waive it for the participant with the depositary notification in the reason.",
    run: Run::Record(run),
};

fn run(cx: &RecordCx<'_>, out: &mut Findings<'_>) {
    treaty::each_participant(cx.agreement, |participant, actions| {
        let first = |wanted: fn(ActionKind) -> bool| {
            actions
                .iter()
                .filter(|(_, action)| wanted(action.kind))
                .min_by_key(|(_, action)| action.date)
        };
        let signature = first(|kind| kind == ActionKind::Signature);
        let consent = first(confirms);
        let withdrawal = first(|kind| kind == ActionKind::Withdrawal);
        let any_consent = first(ActionKind::is_consent);
        let pairs = [
            (signature, consent, "consents before it signs"),
            (any_consent, withdrawal, "withdraws before it consents"),
        ];
        for (earlier, later, what) in pairs {
            if let (Some((_, before)), Some((at, after))) = (earlier, later)
                && is_before(after, before)
            {
                let dated = |a: &TreatyAction| {
                    a.date
                        .map_or_else(String::new, |date| format!("{} on {date}", a.kind))
                };
                out.report(Some(*at), Field::Date, format!("a participant {what}"))
                    .expected(format!("{participant}: not before its {}", dated(before)))
                    .found(dated(after))
                    .help("are day and month exchanged?");
            }
        }
    });
}

/// Consent that confirms a signature: accession and succession need none.
const fn confirms(kind: ActionKind) -> bool {
    matches!(
        kind,
        ActionKind::Ratification | ActionKind::Acceptance | ActionKind::Approval
    )
}

fn is_before(after: &TreatyAction, before: &TreatyAction) -> bool {
    after
        .date
        .zip(before.date)
        .is_some_and(|(after, before)| after.certainly_before(before))
}
