use plenary_types::{Field, Severity};

use crate::{Check, Example, Findings, RecordCx, Run, treaty};

pub(crate) static CHECK: Check = Check {
    name: "treaty-action-order",
    summary: "a participant acts before it can",
    severity: Severity::Error,
    why: "A signature comes before the ratification, acceptance or approval that confirms it, and consent before the withdrawal that ends it. Where the days are known and the order is the other way round, one of them is wrong; often day and month are exchanged. A withdrawal of a participant of which no consent is on record is a warning: the list may have lost the consent, or it stands under a predecessor.",
    sources: &[
        "VCLT Art. 12, 14, 54, 56",
        "Status of treaties, title pages of the depositary",
    ],
    example: Example::Native {
        fails: r#"{"kind": "treaty", "title": "A convention", "acts": [{"act": "action", "participant": "PER", "kind": "signature", "date": "1960-04-13"},
  {"act": "action", "participant": "PER", "kind": "ratification", "date": "1960-03-25"}]}"#,
        mended: r#"{"kind": "treaty", "title": "A convention", "acts": [{"act": "action", "participant": "PER", "kind": "signature", "date": "1960-03-13"},
  {"act": "action", "participant": "PER", "kind": "ratification", "date": "1960-04-25"}]}"#,
    },
    waive: "Waive it for the participant with the depositary notification in the reason.",
    run: Run::Record(run),
};

fn run(cx: &RecordCx<'_>, out: &mut Findings<'_>) {
    treaty::each_disorder(cx.agreement, |found| {
        let participant = found.participant;
        out.report(
            Some(found.at),
            Field::Date,
            format!("a participant {}", found.what),
        )
        .expected(format!(
            "{participant}: not before its {} on {}",
            found.before.0, found.before.1
        ))
        .found(format!("{} on {}", found.after.0, found.after.1));
    });
    treaty::each_withdrawal_without_consent(cx.agreement, |participant, at, action| {
        let date = action.date.map(|date| format!(" on {date}"));
        out.report(
            Some(at),
            Field::Whole,
            "a participant withdraws that never consented",
        )
        .severity(Severity::Warning)
        .expected(format!("{participant}: a consent before its withdrawal"))
        .found(format!("{}{}", action.kind, date.unwrap_or_default()))
        .help("is the consent missing, or is it under the name of a predecessor?");
    });
}
