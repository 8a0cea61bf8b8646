use plenary_types::{Field, Severity};

use crate::{Check, DecisionCx, Example, Findings, Run, reference};

pub(crate) static CHECK: Check = Check {
    name: "name-at-date",
    summary: "a member is listed under a name or a code that was not in use at the date",
    severity: Severity::Note,
    why: "Records of votes carry the name that a state used on the day. A later name on an older vote was put there \
          afterwards, by a catalogue or a dataset; an older name on a later vote is a list that was not brought up to \
          date. The ballot is that of the same member all the same, so this is a note. The same holds for the code of an \
          earlier or a later holder of the seat (`SRB` in 2004, when Serbia and Montenegro held it): it counts as the holder of the day. \
          Renamings of which no source confirms the day are left out.",
    sources: &[
        "UN Digital Library, description of the voting data (names as of the vote)",
        "Historical Information on the treaty status pages of the depositary (names over time)",
    ],
    example: Example::Native {
        fails: r#"{"symbols": ["A/RES/38/7"], "acts": [{"act": "decision", "partial": true, "date": "1983-11-02",
  "ballots": {"printed": [{"state": "MMR", "name": "MYANMAR", "choice": "yes"}]}}]}"#,
        mended: r#"{"symbols": ["A/RES/38/7"], "acts": [{"act": "decision", "partial": true, "date": "1983-11-02",
  "ballots": {"printed": [{"state": "MMR", "name": "BURMA", "choice": "yes"}]}}]}"#,
    },
    waive: "Ignore the check for a dataset that uses today's names throughout: `ignore = [\"name-at-date\"]`.",
    run: Run::Decision(&run),
};

fn run(cx: &DecisionCx<'_>, out: &mut Findings<'_>) {
    let (Some(roll), Some(ballots)) = (&cx.roll, &cx.decision.ballots) else {
        return;
    };
    for &place in &roll.misnamed {
        let Some(entry) = ballots.roll().entries().get(place) else {
            continue;
        };
        let Some(state) = entry.state() else { continue };
        let (name, found) = (reference::name_of(state, cx.day()), entry.label());
        out.report(
            Some(cx.act),
            Field::Name(place),
            format!("the name `{found}` was not in use at the date"),
        )
        .expected(name)
        .found(found)
        .subjects([state]);
    }
    for (place, holder) in &roll.of_another_time {
        let Some(entry) = ballots.roll().entries().get(*place) else {
            continue;
        };
        let name = reference::called(cx.reference, *holder, cx.day());
        out.report(
            Some(cx.act),
            Field::Name(*place),
            format!("the code is of another time: {name} held the seat at the date"),
        )
        .expected(holder)
        .found(reference::label_at(ballots, *place))
        .help("the ballot counts as that of the holder of the seat")
        .subjects(entry.who.into_iter().chain([*holder]));
    }
}
