use plenary_types::{Field, Severity};

use crate::{Check, DecisionCx, Example, Findings, Run};

pub(crate) static CHECK: Check = Check {
    name: "unknown-state",
    summary: "a name or code on the list is that of no known state",
    severity: Severity::Error,
    why: "Every member of the United Nations has a code (ISO 3166-1 alpha-3, or ISO 3166-3 for a former state) and \
          names in use at known times. A name or code that is neither, at the date of the vote, is a misprint or \
          stands for something that cannot vote.",
    sources: &[
        "ISO 3166-1 and ISO 3166-3",
        "Names of states over time (plenary-states)",
    ],
    example: Example::Native {
        fails: r#"{"symbols": ["A/RES/73/195"], "acts": [{"act": "decision", "ballots": {"no": ["CZE", "HUN", "XYZ"]}}]}"#,
        mended: r#"{"symbols": ["A/RES/73/195"], "acts": [{"act": "decision", "ballots": {"no": ["CZE", "HUN", "ISR"]}}]}"#,
    },
    waive: "Do not waive it: map the name, or propose the spelling to plenary-states.",
    run: Run::Decision(run),
};

fn run(cx: &DecisionCx<'_>, out: &mut Findings<'_>) {
    let (Some(roll), Some(ballots)) = (&cx.roll, &cx.decision.ballots) else {
        return;
    };
    for &place in roll.unresolved.iter().chain(&roll.unknown) {
        let Some(entry) = ballots.roll().entries().get(place) else {
            continue;
        };
        let label = entry.label();
        out.report(
            Some(cx.act),
            Field::Name(place),
            format!("`{label}` is no known state"),
        )
        .expected("the name or code of a state at the date")
        .found(label)
        .help("`plenary resolve NAME` shows what a spelling stands for");
    }
}
