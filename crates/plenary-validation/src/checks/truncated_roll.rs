use plenary_types::{Field, Severity};

use crate::{Check, DecisionCx, Example, Findings, Run};

pub(crate) static CHECK: Check = Check {
    name: "truncated-roll",
    summary: "hardly anybody took a position in a recorded vote",
    severity: Severity::Warning,
    why: "A decision needs the presence of a majority of the members (rule 67), and in recorded votes of the Assembly most of them vote. Where fewer than a quarter of the members took a position, most of the list was lost.",
    sources: &[
        "Rules of procedure of the General Assembly, rule 67 (unverified)",
        "United Nations General Assembly Voting Data: roll call 5689 (56/139), two votes",
    ],
    example: Example::Native {
        fails: r#"{"symbols": ["A/RES/56/139"], "acts": [{"act": "decision", "date": "2001-12-19", "ballots": {"yes": ["FRA", "PER"]}}]}"#,
        mended: r#"{"symbols": ["A/RES/56/139"], "acts": [{"act": "decision", "date": "2001-12-19", "partial": true, "ballots": {"yes": ["FRA", "PER"]}}]}"#,
    },
    waive: "Say that the list is an extract (`partial`), when it is one by design.",
    run: Run::Decision(&run),
};

fn run(cx: &DecisionCx<'_>, out: &mut Findings<'_>) {
    let (Some(tally), Some(electorate)) = (&cx.tally, &cx.electorate) else {
        return;
    };
    let cast = tally.yes + tally.no + tally.abstain;
    let members = electorate.seats.0;
    if cast > 0 && cast < members / 4 && !cx.decision.partial {
        out.report(
            Some(cx.act),
            Field::Ballots,
            "fewer than a quarter of the members took a position",
        )
        .expected(format!("most of {members} members"))
        .found(format!("{cast} yes, no or abstaining"))
        .help("is the list whole? compare the totals with the meeting record");
    }
}
