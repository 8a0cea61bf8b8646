use plenary_states::{Entity, entity};
use plenary_types::{Date, Field, Severity, StateCode};

use crate::{Check, Example, Findings, RecordCx, Run, reference, treaty};

pub(crate) static CHECK: Check = Check {
    name: "act-before-existence",
    summary: "a participant acts on a treaty at a date when it did not exist",
    severity: Severity::Warning,
    why: "Only an entity that exists can sign or consent. An act dated before a state came into being, or after it ceased to exist, is that of its predecessor or successor, or the date is wrong. A state that continues another one keeps its acts. Days within two months of a beginning or an end are not reported.",
    sources: &[
        "VCLT Art. 6 (capacity of States)",
        "Existence of states over time (plenary-states)",
    ],
    example: Example::Native {
        fails: r#"{"kind": "treaty", "title": "A convention", "acts": [{"act": "action", "participant": "SVK", "kind": "ratification", "date": "1970-05-03"}]}"#,
        mended: r#"{"kind": "treaty", "title": "A convention", "acts": [{"act": "action", "participant": "SVK", "kind": "succession", "date": "1993-05-28"}]}"#,
    },
    waive: "Waive it where the list carries the acts of a predecessor under the successor's name by design.",
    run: Run::Record(run),
};

fn run(cx: &RecordCx<'_>, out: &mut Findings<'_>) {
    treaty::each_participant(cx.agreement, |participant, actions| {
        for (at, action) in actions {
            let Some(date) = action.date.filter(|date| !existed(participant, *date)) else {
                continue;
            };
            let name = reference::name_of(participant, None);
            let lives: Vec<_> = entity(participant)
                .into_iter()
                .flat_map(Entity::lives)
                .map(ToString::to_string)
                .collect();
            out.report(
                Some(*at),
                Field::Date,
                "a participant acts when it did not exist",
            )
            .expected(format!("{name}: {}", lives.join(", ")))
            .found(format!("{} on {date}", action.kind))
            .help("is it the act of a predecessor?");
        }
    });
}

/// Whether an entity, or one that it continues, existed about the date. One that nobody knows is not judged.
fn existed(participant: StateCode, date: Date) -> bool {
    entity(participant).is_none_or(|entity| entity.lives().is_empty() || lived(entity, date, 0))
}

/// Serbia continues Serbia and Montenegro, which continued the Federal Republic of Yugoslavia.
fn lived(known: Entity, date: Date, depth: u8) -> bool {
    let continued = known
        .predecessors()
        .filter(|s| depth < 4 && s.relation.continues_membership());
    known.lives().iter().any(|life| near(*life, date))
        || continued
            .filter_map(|s| entity(s.from))
            .any(|before| lived(before, date, depth + 1))
}

fn near(life: plenary_types::Span, date: Date) -> bool {
    let leeway = chrono::Days::new(60);
    let from = life.from.checked_sub_days(leeway).unwrap_or(life.from);
    let to = life.to.map(|to| to.checked_add_days(leeway).unwrap_or(to));
    from <= date.latest() && to.is_none_or(|to| date.earliest() < to)
}
