use plenary_types::{Field, Mode, Severity};

use crate::{Check, DecisionCx, Example, Findings, Run};

pub(crate) static CHECK: Check = Check {
    name: "empty-roll",
    summary: "nobody took a position in what is recorded as a recorded vote",
    severity: Severity::Warning,
    why: "A list on which every vote is blank records no vote: the decision was adopted without one, or the votes were lost. Admissions that the Security Council recommended without a vote stand in catalogues in this form.",
    sources: &[
        "UNBIS manual, field 967 (blank votes)",
        "UN Digital Library: A/RES/39/28A",
    ],
    example: Example::Native {
        fails: r#"{"symbols": ["A/RES/39/28"], "acts": [{"act": "decision", "ballots": {"non-voting": ["FRA", "PER"]}}]}"#,
        mended: r#"{"symbols": ["A/RES/39/28"], "acts": [{"act": "decision", "mode": "without-vote"}]}"#,
    },
    waive: "Record the mode (`without-vote`), and leave the list out.",
    run: Run::Decision(&run),
};

fn run(cx: &DecisionCx<'_>, out: &mut Findings<'_>) {
    let Some(tally) = &cx.tally else { return };
    let cast = tally.yes + tally.no + tally.abstain;
    if cast == 0 && tally.non_voting > 0 && cx.decision.mode == Mode::Recorded {
        out.report(
            Some(cx.act),
            Field::Ballots,
            "every vote on the list is blank",
        )
        .expected("a vote, or the mode `without-vote`")
        .found(format!("{} names without a vote", tally.non_voting))
        .help("was it adopted without a vote?");
    }
}
