use plenary_types::{Finding, Place, Severity};

use crate::ledger::Idle;
use crate::{Check, Example, Run};

pub(crate) static CHECK: Check = Check {
    name: "unused-waiver",
    summary: "a waiver matches no finding any more, or has expired",
    severity: Severity::Warning,
    why: "A waiver accepts a finding that somebody has looked at. When the finding is gone, because the record was mended \
          or the check improved, the waiver would hide the next one. An expired waiver no longer hides anything.",
    sources: &["The configuration itself, plenary.toml"],
    example: Example::Text {
        fails: "--- plenary.toml\n[[waivers]]\ncheck = \"tally-sum\"\nrecord = \"A/RES/1/1\"\nreason = \"misprint in the source, since mended\"",
        mended: "--- plenary.toml\n# the waiver is gone, as is the misprint",
    },
    waive: "Take the waiver out, or renew its date.",
    run: Run::Configuration,
};

pub(crate) fn finding(idle: &Idle<'_>) -> Finding {
    let Idle {
        waiver,
        expired,
        line,
    } = *idle;
    let state = if expired {
        "has expired"
    } else {
        "matches no finding"
    };
    let message = format!("the waiver of `{}` {state}", waiver.check);
    let expired = waiver.expires.filter(|_| expired);
    let mut finding = Finding::new(CHECK.name, CHECK.severity, message)
        .with_place(Place {
            path: Some("plenary.toml".into()),
            line,
            ..Place::default()
        })
        .with_help(format!(
            "remove it from plenary.toml; its reason was: {}",
            waiver.reason
        ))
        .with_subjects(expired);
    finding.record = waiver.record.as_ref().map(ToString::to_string);
    finding.found = expired.map(|day| format!("expired on {day}"));
    finding
}
