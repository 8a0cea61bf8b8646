//! What limits an answer about a treaty.

use chrono::NaiveDate;
use plenary_treaties::{OpenReason, OpenWithdrawal, Report, Treaty};
use plenary_types::{ActionKind, Participant, brief, thousands};

/// What limits an answer, in words.
pub(super) fn caveats(
    report: &Report,
    unresolved: &[Participant],
    origin: &str,
    on: NaiveDate,
) -> Vec<String> {
    let mut caveats = Vec::new();
    if !unresolved.is_empty() {
        let names: Vec<_> = unresolved
            .iter()
            .map(|who| format!("`{}`", brief(who.identifier())))
            .collect();
        caveats.push(format!(
            "unknown participants, counted as States: {}",
            names.join(", ")
        ));
    }
    if !report.of_another_kind.is_empty() {
        let who: Vec<_> = report.of_another_kind.iter().map(listed).collect();
        caveats.push(format!(
            "no {}, so their acts count for nothing: {}",
            report.parties_are,
            who.join(", ")
        ));
    }
    if let Some(unknown) = &report.unknown_body {
        caveats.push(format!(
            "the record names the body `{unknown}`, which is not on record, so its members cannot be counted (`plenary bodies` lists those that are)"
        ));
    }
    if let (Some(named), Some(counted)) = (&report.other_body, &report.body) {
        caveats.push(format!(
            "the record names the body `{named}`; the members of `{counted}` are counted, as asked"
        ));
    }
    if let Some(extract) = &report.extract {
        caveats.push(format!(
            "the acts that come with the program are an extract ({extract}): signatories and contracting participants are those of the extract alone"
        ));
    }
    match report.acts_known_until {
        Some(until) if report.beyond_known_acts => caveats.push(format!(
            "acts are known until {until}; whatever was done between then and {on} does not show"
        )),
        None => caveats.push("no act has a date, so nothing is known of any day".to_owned()),
        Some(_) => {}
    }
    let parties = report.parties_on.as_ref();
    if parties.is_some_and(|parties| parties.by_official_date) {
        caveats.push("parties are listed as of the official entry into force, because the acts give another day or none".to_owned());
    }
    if report.parties_on.is_none() {
        caveats.push(format!(
            "whether the treaty was in force on {on} cannot be told, so no parties are listed"
        ));
    }
    if let Some(left_out) = &report.left_out {
        caveats.push(format!(
            "left out, though known: {}; {origin} does not show them",
            left_out
        ));
    }
    if let (Some(known), Some(used)) = (&report.notice_on_record, &report.notice) {
        let source = report.notice_source.as_ref();
        let source = source.map_or(String::new(), |source| format!(" ({source})"));
        let known = match known.as_str() {
            "none" => format!("the treaty admits no withdrawal{source}"),
            known => format!("that of the treaty is {known}{source}"),
        };
        caveats.push(format!("the notice used is {used}, as asked; {known}"));
    }
    let source = report.notice_source.as_deref();
    let notices = report.open_withdrawals.iter();
    caveats.extend(notices.map(|open| open_withdrawal(open, source)));
    caveats
}

/// That the source has the treaty in force for a participant before the day to which the acts lead. Who succeeds takes over the
/// past of another, and says nothing.
pub(super) fn in_force_before(treaty: &Treaty, report: &Report) -> Option<String> {
    let computed = report.entry_into_force?;
    let counted = treaty.actions.iter().filter(|action| {
        let is_own = action.kind.is_consent() && action.kind != ActionKind::Succession;
        is_own && !treaty.excluded.contains(&action.participant)
    });
    let from = counted.filter_map(|action| Some((action.effective?, action.participant)));
    let (day, who) = from.min_by_key(|(day, _)| day.latest())?;
    (day.latest() < computed).then(|| {
        format!(
            "the source has the treaty in force for {} from {day}, before {computed}: it lacks acts that came first, or the clause is another",
            listed(&who)
        )
    })
}

/// That acts are missing because rows or cells could not be read.
pub(super) fn unread(count: usize) -> Option<String> {
    let places = match count {
        0 => return None,
        1 => "a row or cell of the treaty that could not be read; it is".to_owned(),
        count => format!(
            "{} rows and cells of the treaty that could not be read; they are",
            thousands(count as u64)
        ),
    };
    Some(format!(
        "the answer is without the acts in {places} listed under `not used`"
    ))
}

fn listed(who: &Participant) -> String {
    format!("`{}`", brief(who.as_str()))
}

fn open_withdrawal(open: &OpenWithdrawal, source: Option<&str>) -> String {
    let OpenWithdrawal {
        state,
        notice,
        stated,
        reason,
        ..
    } = open;
    let notice = notice.in_a_sentence();
    let stated = stated.map_or(String::new(), |day| {
        format!(", said to take effect {}", day.in_a_sentence())
    });
    match reason {
        OpenReason::NotAdmitted => format!(
            "{state} gave notice of withdrawal {notice}{stated}, but the treaty has no withdrawal clause and admits none: it stays a party (VCLT Art. 56(1))"
        ),
        _ => format!(
            "{state} gave notice of withdrawal {notice}; whether and when it took effect is undetermined, because {} (`plenary treaty --notice` says it)",
            source.map_or_else(
                || "the treaty's notice is not on record".to_owned(),
                |source| format!("no notice can be computed from the treaty: {source}")
            )
        ),
    }
}
