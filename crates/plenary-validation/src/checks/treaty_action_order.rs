use plenary_types::{Field, Severity};

use crate::treaty::{self, noun};
use crate::{Check, Example, Findings, RecordCx, Run};

pub(crate) static CHECK: Check = Check {
    name: "treaty-action-order",
    summary: "a participant acts before it can, or twice in a row",
    severity: Severity::Error,
    why: "A signature, be it ad referendum or one that a successor takes over, comes before the ratification, \
          acceptance or approval that confirms it; consent comes before the withdrawal that ends it and before the day on \
          which that takes effect; and a withdrawal comes before its revocation. Where the days are known and the order is \
          the other way round, one of them is wrong; often day and month are exchanged. Other cases are warnings, because \
          the list may have lost an act, or the parties may have agreed to it: a withdrawal that takes effect before its own \
          notice; a revocation when the withdrawal has taken effect; a suspension that ends before it begins; an act \
          without the one that it rests on, which is a withdrawal of a participant that never consented (the consent may \
          stand under a predecessor), a revocation without a withdrawal or the end of a suspension without its beginning; \
          a second withdrawal with neither consent nor revocation in between; and a second revocation without a second \
          withdrawal. Provisional application that ends before it begins is worth a note only: a notice that there will be \
          none is such an end, and who gave it may think better of it, as five did with the Agreement on Part XI.",
    sources: &[
        "VCLT Art. 12, 14, 25, 54, 56, 57, 67, 68",
        "Status of treaties, title pages of the depositary",
    ],
    example: Example::Native {
        fails: r#"{"kind": "treaty", "title": "A convention", "acts": [{"act": "action", "participant": "PER", "kind": "signature", "date": "1960-04-13"},
  {"act": "action", "participant": "PER", "kind": "ratification", "date": "1960-03-25"}]}"#,
        mended: r#"{"kind": "treaty", "title": "A convention", "acts": [{"act": "action", "participant": "PER", "kind": "signature", "date": "1960-03-13"},
  {"act": "action", "participant": "PER", "kind": "ratification", "date": "1960-04-25"}]}"#,
    },
    waive: "Waive it for the participant with the depositary notification in the reason.",
    run: Run::Record(&run),
};

fn run(cx: &RecordCx<'_, '_>, out: &mut Findings<'_>) {
    treaty::each_disorder(cx.agreement, |participant, found| {
        let (before, after) = (found.before, found.after);
        let message = format!("a participant {}", found.what);
        out.report(Some(after.at), Field::Date, message)
            .severity(found.severity)
            .expected(format!(
                "{participant}: not before its {} on {}",
                before.what, before.date
            ))
            .found(format!("{} on {}", after.what, after.date))
            .subjects([participant])
            .subjects([before.date, after.date]);
    });
    treaty::each_unfounded(cx.agreement, |participant, rests, at, action| {
        let date = action.date.map(|date| format!(" on {date}"));
        let message = format!("a participant {}", rests.what);
        out.report(Some(at), Field::Whole, message)
            .severity(Severity::Warning)
            .expected(format!("{participant}: {}", rests.expected))
            .found(format!("{}{}", noun(action.kind), date.unwrap_or_default()))
            .help(rests.help)
            .subjects([participant])
            .subjects(action.date);
    });
    treaty::each_repeated(cx.agreement, |participant, repeats, at, [first, second]| {
        let message = format!("a participant {}", repeats.what);
        out.report(Some(at), Field::Whole, message)
            .severity(Severity::Warning)
            .expected(format!(
                "{participant}: {} between the two",
                repeats.expected
            ))
            .found(format!("{} on {first} and on {second}", noun(repeats.kind)))
            .help("is one a copy of the other, or is what lies between them missing?")
            .subjects([participant])
            .subjects([first, second]);
    });
}
