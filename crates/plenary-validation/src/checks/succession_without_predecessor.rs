use plenary_states::entity;
use plenary_types::{ActionKind, Field, Severity};

use crate::{Check, Example, Findings, RecordCx, Run, reference, treaty};

pub(crate) static CHECK: Check = Check {
    name: "succession-without-predecessor",
    summary: "a state succeeds to a treaty and has no predecessor",
    severity: Severity::Note,
    why: "Succession is the act of a new state that continues the participation of its predecessor. A state that is as old as the records of the United Nations has none: the act is an accession, or another state's.",
    sources: &[
        "Vienna Convention on Succession of States in respect of Treaties, 1978",
        "Status of treaties, depositary practice",
    ],
    example: Example::Native {
        fails: r#"{"kind": "treaty", "title": "A convention", "acts": [{"act": "action", "participant": "PER", "kind": "succession", "date": "1962-05-03"}]}"#,
        mended: r#"{"kind": "treaty", "title": "A convention", "acts": [{"act": "action", "participant": "PER", "kind": "accession", "date": "1962-05-03"}]}"#,
    },
    waive: "Waive it with the predecessor in the reason, and add the succession to plenary-states.",
    run: Run::Record(&run),
};

fn run(cx: &RecordCx<'_, '_>, out: &mut Findings<'_>) {
    treaty::each_participant(cx.agreement, |participant, actions| {
        let Some(participant) = participant.code() else {
            return;
        };
        let succession = actions
            .iter()
            .find(|(_, action)| action.kind == ActionKind::Succession);
        let Some((at, _)) = succession.filter(|_| is_old(participant)) else {
            return;
        };
        out.report(
            Some(*at),
            Field::Whole,
            "a state without a predecessor succeeds to a treaty",
        )
        .expected("an accession, or a new state")
        .found(format!(
            "succession of {}",
            reference::name_of(participant, None)
        ))
        .subjects([participant]);
    });
}

/// Whether a state existed before the records begin and came after no other.
fn is_old(participant: plenary_types::StateCode) -> bool {
    entity(participant).is_some_and(|entity| {
        let since = entity.lives().first().map(|life| life.from);
        since == Some(chrono::NaiveDate::MIN) && entity.predecessors().next().is_none()
    })
}
