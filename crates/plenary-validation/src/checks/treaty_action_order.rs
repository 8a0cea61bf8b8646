use plenary_types::{Field, Severity};

use crate::{Check, Example, Findings, RecordCx, Run, treaty};

pub(crate) static CHECK: Check = Check {
    name: "treaty-action-order",
    summary: "a participant acts before it can",
    severity: Severity::Error,
    why: "A signature, be it ad referendum or one that a successor takes over, comes before the ratification, acceptance or approval that confirms it, consent before the withdrawal that ends it and before the day on which that takes effect, and a withdrawal before its revocation. Where the days are known and the order is the other way round, one of them is wrong; often day and month are exchanged. A withdrawal that takes effect before its own notice is a warning, since the parties may agree to it. Provisional application that ends before it begins is worth a note only: a notice that there will be none is such an end, and who gave it may think better of it, as five did with the Agreement on Part XI. A withdrawal of a participant of which no consent is on record is a warning: the list may have lost the consent, or it stands under a predecessor.",
    sources: &[
        "VCLT Art. 12, 14, 25, 54, 56, 67, 68",
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
    treaty::each_disorder(cx.agreement, |participant, found| {
        let (before, after) = (found.before, found.after);
        let message = format!("a participant {}", found.what);
        out.report(Some(after.at), Field::Date, message)
            .severity(found.severity)
            .expected(format!(
                "{participant}: not before its {} on {}",
                before.what, before.date
            ))
            .found(format!("{} on {}", after.what, after.date));
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
