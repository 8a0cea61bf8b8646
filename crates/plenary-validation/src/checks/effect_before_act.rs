use std::cell::LazyCell;

use plenary_treaties::practice::{Term, has_term};
use plenary_treaties::{Collection, EntryIntoForce, Source, Timeline};
use plenary_types::{ActionKind, Date, Field, Severity};

use crate::treaty::{self, noun};
use crate::{Adoption, Check, Example, Findings, RecordCx, Run};

pub(crate) static CHECK: Check = Check {
    name: "effect-before-act",
    summary: "a consent takes effect before it is given, or before the treaty is in force",
    severity: Severity::Error,
    why: "Consent to be bound takes effect with the deposit of the instrument, or some time after it, and makes nobody a party \
          before the treaty is in force. A ratification of 2001 that counts from 1999 has a wrong date on one side or the other, \
          unless the treaty provides for it. An effect before the entry into force of the treaty is a warning: the participant \
          is a party from the entry into force. Where no day of entry into force is stated or known, it is the first one that \
          the clause and the acts on record allow, provided that no act of a state that no longer exists can have made it \
          earlier. A succession may count from long before its notification, and \
          provisional application from before the entry into force: neither is reported.",
    sources: &[
        "VCLT Art. 16, 24, 28",
        "Vienna Convention on Succession of States in respect of Treaties, Art. 23(1)",
    ],
    example: Example::Native {
        fails: r#"{"kind": "treaty", "title": "A convention", "acts": [{"act": "action", "participant": "PER", "kind": "ratification", "date": "2001-05-03", "effective": "1999-05-03"}]}"#,
        mended: r#"{"kind": "treaty", "title": "A convention", "acts": [{"act": "action", "participant": "PER", "kind": "ratification", "date": "2001-05-03", "effective": "2001-06-02"}]}"#,
    },
    waive: "Waive it with the article that lets the consent count from an earlier day.",
    run: Run::Record(&run),
};

fn run(cx: &RecordCx<'_, '_>, out: &mut Findings<'_>) {
    let backdated = has_term(cx.agreement, Term::EffectBeforeAct);
    let in_force = LazyCell::new(|| in_force(cx));
    treaty::each_participant(cx.agreement, |participant, actions| {
        let consents = actions
            .iter()
            .filter(|(_, a)| a.kind.is_consent() && a.kind != ActionKind::Succession);
        for (at, action) in consents {
            let Some(effect) = action.effective else {
                continue;
            };
            let act = noun(action.kind);
            if let Some(given) = action.date.filter(|given| effect.certainly_before(*given)) {
                if !backdated {
                    out.report(
                        Some(*at),
                        Field::Date,
                        "a consent takes effect before it is given",
                    )
                    .expected(format!(
                        "{participant}: effect of the {act} not before {given}"
                    ))
                    .found(format!("effect on {effect}"))
                    .help("is it the day of the act or that of its effect that is wrong?")
                    .subjects([participant])
                    .subjects([given, effect]);
                }
                continue;
            }
            if let Some(in_force) = in_force.filter(|day| effect.certainly_before(*day)) {
                let message = "a consent takes effect before the treaty is in force";
                out.report(Some(*at), Field::Date, message)
                    .severity(Severity::Warning)
                    .expected(format!(
                        "{participant}: effect not before the entry into force on {in_force}"
                    ))
                    .found(format!("effect on {effect}"))
                    .help("is it the day of effect or that of the entry into force that is wrong?")
                    .subjects([participant])
                    .subjects([in_force, effect]);
            }
        }
    });
}

/// The entry into force: the stated one, or the official one where it is known, or else the first that the acts allow.
fn in_force(cx: &RecordCx<'_, '_>) -> Option<Date> {
    let agreement = cx.agreement;
    if agreement.in_force_since.is_some() {
        return agreement.in_force_since;
    }
    let mut source = Source::from_agreement(agreement).ok()?;
    source.id = source.id.filter(|_| agreement.kind.is_treaty());
    source.adopted = Adoption::clause_of(cx.adoptions);
    let assembled = source.assemble(Collection::embedded(), cx.reference);
    let computed = || {
        let timeline = Timeline::new(&assembled.treaty);
        let first = match timeline.entry_into_force() {
            EntryIntoForce::On(entry) => Some(entry.day),
            EntryIntoForce::Depends { earliest, .. } => earliest.as_ref().map(|entry| entry.day),
            _ => None,
        };
        first.filter(|_| timeline.unrecorded_parties().is_empty())
    };
    assembled.official.or_else(computed).map(Date::day)
}
