use chrono::{Days, Months};
use plenary_states::{Entity, Relation, entity};
use plenary_treaties::practice::{Term, has_term};
use plenary_types::{Date, Field, Severity, Span, StateCode, TreatyAction};

use crate::{Check, Example, Findings, RecordCx, Run, reference, treaty};

pub(crate) static CHECK: Check = Check {
    name: "act-before-existence",
    summary: "a participant acts on a treaty at a date when it did not exist",
    severity: Severity::Warning,
    why: "Only an entity that exists can sign or consent. An act dated before a state came into being, or after it \
          ceased to exist, is that of another state, or the date is wrong. Two cases are worth a note only, because the \
          depositary's own lists have them: the act of a state that has since become part of the participant, under \
          the participant's name (the Republic of Viet-Nam's in the row of Viet Nam, the United Arab Republic's in that \
          of Syria); and an act up to ten years before independence, which the state or those who administered it \
          undertook in advance (Kenya 1963, Namibia 1982). Where the treaty itself lets territories sign and take part, as \
          the agreement on the Caribbean Development Bank does, an act before independence is none of the kind. A state that continues another one keeps its acts. Days \
          within two months of a beginning or an end are not reported.",
    sources: &[
        "VCLT Art. 6 (capacity of States)",
        "Existence of states over time (plenary-states)",
        "Status of treaties, tables saved from June 2014 to March 2015: fourteen such acts, all of the two kinds that are noted",
    ],
    example: Example::Native {
        fails: r#"{"kind": "treaty", "title": "A convention", "acts": [{"act": "action", "participant": "SVK", "kind": "ratification", "date": "1970-05-03"}]}"#,
        mended: r#"{"kind": "treaty", "title": "A convention", "acts": [{"act": "action", "participant": "SVK", "kind": "succession", "date": "1993-05-28"}]}"#,
    },
    waive: "Waive it where the list carries the acts of a predecessor under the successor's name by design.",
    run: Run::Record(&run),
};

fn run(cx: &RecordCx<'_, '_>, out: &mut Findings<'_>) {
    let territories = has_term(cx.agreement, Term::TerritoriesAct);
    treaty::each_participant(cx.agreement, |participant, actions| {
        for (at, action) in actions {
            let known = participant
                .code()
                .and_then(entity)
                .filter(|entity| !entity.lives().is_empty());
            let (Some(known), Some(date)) = (known, action.date) else {
                continue;
            };
            let allowed = territories && is_before_independence(known, date);
            if !allowed && !lived(known, date, 0) {
                report(out, *at, known, action, date);
            }
        }
    });
}

/// Whether a state was still a territory: it came into being later, and of no state that dissolved.
fn is_before_independence(known: Entity, date: Date) -> bool {
    let first = known.lives().first().map(|life| life.from);
    first.is_some_and(|first| date.latest() < first) && !came_of_dissolution(known)
}

fn came_of_dissolution(known: Entity) -> bool {
    let mut predecessors = known.predecessors();
    predecessors.any(|s| s.relation == Relation::Dissolved)
}

fn report(out: &mut Findings<'_>, at: usize, known: Entity, action: &TreatyAction, date: Date) {
    let (severity, message) = judge(known, date);
    let lives: Vec<_> = known.lives().iter().map(ToString::to_string).collect();
    let name = reference::name_of(known.code(), None);
    out.report(Some(at), Field::Date, message)
        .severity(severity)
        .expected(format!("{name}: {}", lives.join(", ")))
        .found(format!("{} on {date}", treaty::noun(action.kind)))
        .help("whose act is it?")
        .subjects([known.code()])
        .subjects([date])
        .subjects(known.lives().iter().flat_map(reference::ends));
}

/// How sure it is that the act is not the participant's, and the case.
fn judge(known: Entity, date: Date) -> (Severity, &'static str) {
    let first = known.lives().first().map(|life| life.from);
    // Syria was, joined Egypt and left it again; South Sudan only left.
    let returned = first.is_some_and(|first| first < date.earliest());
    let joined = |s: &&plenary_states::Succession| match s.relation {
        Relation::Merged => true,
        Relation::Separated => returned,
        _ => false,
    };
    let was = |code: StateCode| entity(code).is_some_and(|before| lived(before, date, 0));
    if known.predecessors().filter(joined).any(|s| was(s.from)) {
        return (
            Severity::Note,
            "the act stands under the name of a state that came later",
        );
    }
    let shortly_before = |from: chrono::NaiveDate| {
        let sooner = from.checked_sub_months(Months::new(120)).unwrap_or(from);
        date.latest() < from && sooner <= date.earliest()
    };
    if !came_of_dissolution(known) && first.is_some_and(shortly_before) {
        return (
            Severity::Note,
            "a participant acts in the years before its independence",
        );
    }
    (
        Severity::Warning,
        "a participant acts when it did not exist",
    )
}

/// Whether an entity, or one that it continues, existed about the date: Serbia continues Serbia and Montenegro, which
/// continued the Federal Republic of Yugoslavia.
fn lived(known: Entity, date: Date, depth: u8) -> bool {
    let continued = known
        .predecessors()
        .filter(|s| depth < 4 && s.relation.continues_membership());
    known.lives().iter().any(|life| near(*life, date))
        || continued
            .filter_map(|s| entity(s.from))
            .any(|before| lived(before, date, depth + 1))
}

fn near(life: Span, date: Date) -> bool {
    let leeway = Days::new(60);
    let from = life.from.checked_sub_days(leeway).unwrap_or(life.from);
    let to = life.to.map(|to| to.checked_add_days(leeway).unwrap_or(to));
    from <= date.latest() && to.is_none_or(|to| date.earliest() < to)
}
