use plenary_types::{Finding, Severity};

use crate::account::Cause;
use crate::{Check, Example, Run};

pub(crate) static CHECK: Check = Check {
    name: "undecided",
    summary: "decisions cannot be decided from their records",
    severity: Severity::Note,
    why: "Every decision is either decided, by the rule that applied on its day, or it is not, and then its outcome was not \
          checked. There is one finding for each cause, with the number of decisions and the first record: no rule is known \
          for the body, the rule names a table that is not given, ballots or the number of members are missing. Decisions \
          decided and undecidable add up to all decisions, as rows do. A date that could not be read is counted among the causes \
          and reported once, as `unreadable-field`.",
    sources: &["plenary-decisions: the rule library, and what a requirement asks for"],
    example: Example::Native {
        fails: r#"{"symbols": ["RB/1"], "acts": [{"act": "decision", "body": "river-body", "date": "2005-03-01",
  "outcome": "adopted", "announced": {"yes": 2, "no": 2}}]}"#,
        mended: r#"{"symbols": ["RB/1"], "acts": [{"act": "decision", "body": "river-body", "date": "2005-03-01",
  "rule": "at least 1/2 of present and voting", "outcome": "adopted", "announced": {"yes": 2, "no": 2}}]}"#,
    },
    waive: "State the rule in the record (`rule`) or for the dataset (`[defaults] rule` in plenary.toml), or supply what is \
            missing.",
    run: Run::Account,
};

pub(crate) fn finding(cause: &Cause) -> Finding {
    let message = format!("not decided: {}", cause.cause);
    Finding::new(CHECK.name, CHECK.severity, message)
        .with_record(cause.first.as_str())
        .with_found(match cause.count {
            1 => "1 decision".to_owned(),
            count => format!("{count} decisions"),
        })
        .with_help(cause.help)
}
