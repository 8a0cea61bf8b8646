use std::cmp::Ordering;

use chrono::NaiveDate;
use plenary_treaties::{
    Assembled, Collection, Difference, DifferenceReason, Entry, EntryIntoForce, Source, Timeline,
    Treaty,
};
use plenary_types::{
    ActionKind, Agreement, Date, Field, Invariant, Severity, Subject, TreatyAction,
};

use crate::reference::is_known_code;
use crate::{Adoption, Check, Example, Findings, RecordCx, Run};

pub(crate) static CHECK: Check = Check {
    name: "entry-into-force-mismatch",
    summary: "a treaty's date of entry into force is not the one that its clause gives",
    severity: Severity::Warning,
    why: "A treaty enters into force in such manner and upon such date as it provides: with the sixtieth instrument, say, \
          and on the first day of the month after 60 days. The check evaluates the clause of the record, or the one that \
          is known for the treaty or follows from the decision that adopted it, over the acts on record. When the acts meet the clause and the stated date lies \
          later, nothing that a list may lack explains it: clause, acts and date contradict each other, and where the \
          clause is the record's own and all days are known that is an error. When the stated date lies earlier, acts \
          are missing from the list, or one of the three is wrong. An act known to the month counts from its last day when \
          the stated date may be too late, from its first day when it may be too early. A withdrawal whose effect has no date \
          may count from its notice or from the end of a period of notice: where the two differ, a stated date \
          between the two is no finding, and a later one no more than a warning. The same holds for a participant that no \
          table knows, which may count or not. Where states that no longer exist may have made the \
          difference, because today's lists do not carry their acts, it is worth a note only. Where the official date of \
          a treaty is known, a stated date that differs from it is a warning, and acts that do not lead to it are a note that \
          names the reason: the list ends earlier, lacks acts, or does not date them to the day. Acts that meet the clause \
          before the official date are a warning.",
    sources: &[
        "VCLT Art. 24(1), 56(2)",
        "Status of treaties: states that no longer exist have no row, their acts are in footnotes",
    ],
    example: Example::Native {
        fails: r#"{"kind": "treaty", "title": "A convention", "in-force-when": "2 instruments; 30 days", "in-force-since": "2000-04-02",
 "acts": [{"act": "action", "participant": "NOR", "kind": "ratification", "date": "2000-01-01"},
  {"act": "action", "participant": "SWE", "kind": "ratification", "date": "2000-02-01"}]}"#,
        mended: r#"{"kind": "treaty", "title": "A convention", "in-force-when": "2 instruments; 30 days", "in-force-since": "2000-03-02",
 "acts": [{"act": "action", "participant": "NOR", "kind": "ratification", "date": "2000-01-01"},
  {"act": "action", "participant": "SWE", "kind": "ratification", "date": "2000-02-01"}]}"#,
    },
    waive: "Waive it for a list that is an extract, or with the depositary's notification of the entry into force.",
    run: Run::Record(&run),
};

fn run(cx: &RecordCx<'_, '_>, out: &mut Findings<'_>) {
    let Ok(source) = Source::from_agreement(cx.agreement) else {
        out.report(
            None,
            Field::InForceWhen,
            "the clause on entry into force cannot be read",
        )
        .expected("a clause such as `60 instruments; first day of the month after 60 days`")
        .found(
            cx.agreement
                .in_force_when
                .as_deref()
                .invariant("it was read"),
        );
        return;
    };
    if source.actions.is_empty() {
        return;
    }
    let assembled = assembled(cx, source);
    if let Some(unknown) = &assembled.unknown_body {
        let message = "the body whose members the clause counts is not on record";
        out.report(None, Field::Body, message)
            .severity(Severity::Warning)
            .expected("a body on record")
            .found(unknown)
            .help("`plenary bodies` lists those on record, and `--reference DIR` adds others");
    }
    let treaty = &assembled.treaty;
    let timeline = Timeline::new(treaty);
    if let Some(stated) = cx.agreement.in_force_since {
        let late = Conflict::late(treaty, &timeline, stated);
        let early = || Conflict::early(&Timeline::new(&soonest(treaty)), stated);
        if let Some(conflict) = late.or_else(early) {
            let sure = is_certain(cx.agreement, &timeline);
            report(out, treaty, stated, &conflict, sure);
            return;
        }
    }
    if let Some(official) = assembled.official {
        compare(out, cx.agreement, &assembled, &timeline, official);
    }
}

/// Compares what is stated, and what the acts lead to, with the official date.
fn compare(
    out: &mut Findings<'_>,
    agreement: &Agreement,
    assembled: &Assembled,
    timeline: &Timeline<'_>,
    official: NaiveDate,
) {
    let apart = |stated: &Date| {
        stated
            .compare(Date::day(official))
            .is_some_and(Ordering::is_ne)
    };
    if let Some(stated) = agreement.in_force_since.filter(apart) {
        let message = "the stated date of entry into force is not the official one";
        out.report(None, Field::InForceSince, message)
            .severity(Severity::Warning)
            .expected(official)
            .found(stated)
            .subjects([official.into(), stated]);
        return;
    }
    let Some(difference) = Difference::from_official(assembled, timeline, official) else {
        return;
    };
    let severity = match difference.reason {
        DifferenceReason::MetEarlier => Severity::Warning,
        _ => Severity::Note,
    };
    let words = |entry: Option<&Entry>| match entry {
        Some(entry) => entry.day.to_string(),
        None => "no entry into force".to_owned(),
    };
    let (computed, days) = match timeline.entry_into_force() {
        EntryIntoForce::On(entry) => (words(Some(entry)), [Some(entry), None]),
        EntryIntoForce::Depends {
            earliest, latest, ..
        } => {
            let (earliest, latest) = (earliest.as_ref(), latest.as_ref());
            let computed = format!("{} to {}", words(earliest), words(latest));
            (computed, [earliest, latest])
        }
        _ => (words(None), [None; 2]),
    };
    let message = "the acts on record do not lead to the official date of entry into force";
    out.report(None, Field::InForceSince, message)
        .severity(severity)
        .expected(official)
        .found(computed)
        .help(difference.text)
        .subjects([official])
        .subjects(days.into_iter().flatten().map(|entry| entry.day));
}

/// The record's treaty, with what is known of it: only a treaty's number is one of the depositary's.
fn assembled(cx: &RecordCx<'_, '_>, mut source: Source) -> Assembled {
    source.id = source.id.filter(|_| cx.agreement.kind.is_treaty());
    source.adopted = Adoption::clause_of(cx.adoptions);
    source.assemble(Collection::embedded(), cx.reference)
}

/// The treaty with each consent on the first day that its date allows; a [`Timeline`] counts it from the last.
fn soonest(treaty: &Treaty) -> Treaty {
    let mut treaty = treaty.clone();
    let consents = treaty.actions.iter_mut().filter(|a| a.kind.is_consent());
    for action in consents {
        action.date = action.date.map(|date| Date::day(date.earliest()));
    }
    treaty
}

/// The treaty with each withdrawal on the first day on which it can have taken effect, which is that of its notice where
/// nothing else is on record: a [`Timeline`] assumes a period of notice. One that was revoked did not take effect. The acts
/// of participants that nobody knows count for nothing.
fn latest(treaty: &Treaty) -> Treaty {
    let mut latest = treaty.clone();
    let unknown = treaty.participants().into_iter();
    let unknown = unknown.filter(|who| who.code().is_some_and(|code| !is_known_code(code)));
    latest.excluded.extend(unknown);
    let withdrawals = latest.actions.iter_mut();
    for action in withdrawals.filter(|a| a.kind == ActionKind::Withdrawal) {
        if !treaty.actions.iter().any(|other| revokes(other, action)) {
            let effect = action.effective.or(action.date);
            action.effective = effect.map(|date| Date::day(date.earliest()));
        }
    }
    latest
}

fn revokes(other: &TreatyAction, withdrawal: &TreatyAction) -> bool {
    other.kind == ActionKind::WithdrawalRevoked
        && other.participant == withdrawal.participant
        && other.date >= withdrawal.date
}

/// How a stated date contradicts the clause.
enum Conflict {
    /// The clause was met so early that the treaty was in force before the stated date; whether that day is the same
    /// whenever the withdrawals on record took effect, and whoever the participants are that nobody knows.
    Late(Entry, bool),
    /// By the acts on record the treaty entered into force later than stated, if at all; whether acts that lists of
    /// today do not carry may explain it.
    Early(Option<Entry>, bool),
}

impl Conflict {
    /// Whether the clause was met before the stated date, by the last days on which the acts can have been done, the
    /// first on which withdrawals can have taken effect, and without the acts of participants that nobody knows.
    fn late(treaty: &Treaty, timeline: &Timeline<'_>, stated: Date) -> Option<Self> {
        let assumed = entry_before(timeline, stated)?;
        let latest = entry_before(&Timeline::new(&latest(treaty)), stated)?;
        let is_span = match timeline.entry_into_force() {
            EntryIntoForce::Depends { on, .. } => on.is_empty(),
            _ => false,
        };
        let agreed = latest.day == assumed.day && !is_span;
        Some(Self::Late(latest, agreed))
    }

    /// Whether the clause was not met by the stated date, by the first days on which the acts can have been done.
    fn early(timeline: &Timeline<'_>, stated: Date) -> Option<Self> {
        let before = |entry: &&Entry| stated.certainly_before(Date::day(entry.day));
        match timeline.entry_into_force() {
            EntryIntoForce::On(entry) => {
                let entry = Some(entry).filter(before)?.clone();
                let explained = !timeline.unrecorded_parties().is_empty();
                Some(Self::Early(Some(entry), explained))
            }
            EntryIntoForce::Depends { earliest, on, .. } => {
                let entry = earliest.as_ref().filter(before)?.clone();
                Some(Self::Early(Some(entry), !on.is_empty()))
            }
            EntryIntoForce::NotYet { .. } => Some(Self::Early(None, false)),
            _ => None,
        }
    }

    /// Which of the days a deposit is that it can have been, where a consent by then is not known to the day.
    fn bound(&self, treaty: &Treaty, deposit: NaiveDate) -> &'static str {
        let vague = |date: Date| date.as_day().is_none() && date.earliest() <= deposit;
        let mut consents = treaty.actions.iter().filter(|a| a.kind.is_consent());
        match self {
            Self::Late(_, false) => " at the latest",
            _ if !consents.any(|consent| consent.date.is_some_and(vague)) => "",
            Self::Late(..) => " at the latest",
            Self::Early(..) => " at the earliest",
        }
    }
}

/// The entry into force, where it was before a date.
fn entry_before(timeline: &Timeline<'_>, stated: Date) -> Option<Entry> {
    let entry = match timeline.entry_into_force() {
        EntryIntoForce::On(entry) => Some(entry),
        EntryIntoForce::Depends { latest, .. } => latest.as_ref(),
        _ => None,
    };
    let before = entry.filter(|entry| Date::day(entry.day).certainly_before(stated));
    before.cloned()
}

/// Whether clause and acts are the record's own and all known to the day.
fn is_certain(agreement: &Agreement, timeline: &Timeline<'_>) -> bool {
    let known = |act: &plenary_types::Act| match act {
        plenary_types::Act::Action(action) => {
            action.kind == ActionKind::Signature || action.date.and_then(Date::as_day).is_some()
        }
        _ => true,
    };
    agreement.in_force_when.is_some()
        && agreement.acts.iter().all(known)
        && timeline.uncertain().is_empty()
}

fn report(out: &mut Findings<'_>, treaty: &Treaty, stated: Date, conflict: &Conflict, sure: bool) {
    let clause = treaty.clause.as_ref().map(ToString::to_string);
    let clause = clause.unwrap_or_default();
    let (severity, message, entry) = match conflict {
        Conflict::Late(entry, agreed) => (
            if sure && *agreed {
                Severity::Error
            } else {
                Severity::Warning
            },
            "the treaty was in force before the stated date",
            Some(entry),
        ),
        Conflict::Early(entry, explained) => (
            if *explained {
                Severity::Note
            } else {
                Severity::Warning
            },
            "the acts on record do not bring the treaty into force on the stated date",
            entry.as_ref(),
        ),
    };
    let (expected, subjects): (_, Vec<Subject>) = match entry {
        Some(Entry { day, completed_by }) => (
            format!(
                "{day}: {clause}, met by {} on {}{}",
                completed_by.state,
                completed_by.date,
                conflict.bound(treaty, completed_by.date)
            ),
            vec![
                completed_by.state.into(),
                stated.into(),
                (*day).into(),
                completed_by.date.into(),
            ],
        ),
        None => (
            format!("no entry into force: {clause}, not met"),
            vec![stated.into()],
        ),
    };
    out.report(None, Field::InForceSince, message)
        .severity(severity)
        .expected(expected)
        .found(stated)
        .help("does the list lack acts, or is it the date or the clause that is wrong?")
        .subjects(subjects);
}
