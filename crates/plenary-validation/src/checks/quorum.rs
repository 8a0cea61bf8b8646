use plenary_decisions::Verdict;
use plenary_types::{Field, Outcome, Severity};

use crate::{Check, DecisionCx, Example, Findings, Run, ruling};

pub(crate) static CHECK: Check = Check {
    name: "quorum",
    summary: "fewer members were present than the body needs to decide",
    severity: Severity::Error,
    why: "Many bodies decide only while enough of their members are present; without a quorum a vote is void, whatever its result. A \
          list says who voted or abstained, and others may have been present. So nothing is found unless the record says how many \
          attended (`attending`), or that nobody was there without voting (`non-voting` announced as 0). The first is an \
          error; the second, and a quorum that no source confirms, are warnings, and a list that leaves members out tells nothing. A \
          vote that the record calls void although there was a quorum is a note: something else made it void.",
    sources: &[
        "Rules of procedure of the General Assembly, rule 67 (unverified)",
        "ILO Constitution, Art. 17(3)",
        "the quorum of each body on record: `plenary bodies BODY`",
    ],
    example: Example::Native {
        fails: r#"{"title": "A convention", "acts": [{"act": "decision", "body": "ilo-conference", "date": "2005-06-16", "mode": "non-recorded", "outcome": "adopted",
  "announced": {"yes": 288, "no": 8, "abstain": 139}, "attending": 594}]}"#,
        mended: r#"{"title": "A convention", "acts": [{"act": "decision", "body": "ilo-conference", "date": "2005-06-16", "mode": "non-recorded", "outcome": "void",
  "announced": {"yes": 288, "no": 8, "abstain": 139}, "attending": 594}]}"#,
    },
    waive: "Waive it with the record of the meeting that says how many were present, or correct `attending`.",
    run: Run::Decision(&run),
};

fn run(cx: &DecisionCx<'_>, out: &mut Findings<'_>) {
    let (Some((outcome, recorded)), Ok(ruling)) = (ruling::outcome(cx), cx.ruling()) else {
        return;
    };
    let Some((quorum, evaluation)) = ruling.quorum() else {
        return;
    };
    let (severity, message) = match (outcome, quorum.verdict) {
        (Outcome::Adopted, Verdict::Rejected) => {
            let counted =
                cx.decision.attending.is_some() && quorum.present == cx.decision.attending;
            let sure = recorded && counted && quorum.is_lacking();
            let severity = if sure {
                Severity::Error
            } else {
                Severity::Warning
            };
            (severity, "adopted without a quorum")
        }
        (Outcome::Void, Verdict::Adopted)
            if ruling.rule().verdict(ruling.standing()) == Verdict::Adopted =>
        {
            (
                Severity::Note,
                "recorded as void, although there was a quorum",
            )
        }
        _ => return,
    };
    out.report(Some(cx.act), Field::Outcome, message)
        .severity(severity)
        .expected(&quorum.rule.rule.requirement)
        .found(evaluation.reasons.deciding())
        .help("how many were present? the record of the meeting says it");
}
