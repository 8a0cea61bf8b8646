use std::iter;

use chrono::{Datelike, NaiveDate};
use plenary_states::{MembershipSpell, entity, holder_on};
use plenary_types::{Ballots, Choice, Field, Severity, StateCode};

use crate::{Check, DecisionCx, Example, Findings, Run, reference};

pub(crate) static CHECK: Check = Check {
    name: "not-a-member",
    summary: "a state is on the list of a vote at a date when it was no member",
    severity: Severity::Error,
    why: "Only members vote, and a state is a member from the day of the Assembly's decision on its admission. A state \
          on the list before that day or after the end of its membership is a wrong date, a wrong state or a list of \
          another time. On the day of an admission or a succession both lists are right. A name that the source \
          itself marks as not eligible is not reported. A state that cast a vote and was admitted later in that month \
          was a member by then, so the day of the date is wrong and not the list: that is a warning, and where `days-of-month-lost` \
          is reported its cause. Of bodies in which only some states sit, the members of the Security Council and of the Council of the \
          European Union are on record by name. Another state on a list of the Security Council is an error up to 2024, where every list \
          of the UN Digital Library agrees with the table of terms; later, and in the Council of the European Union, it is a warning.",
    sources: &[
        "Charter Art. 4 and 18(1)",
        "Rules of procedure of the General Assembly, rule 138",
        "Membership of the United Nations and terms in the Security Council (plenary-states)",
        "UN Digital Library, voting records of the Security Council, 1946-2024: 2,725 lists of members",
    ],
    example: Example::Native {
        fails: r#"{"symbols": ["S/RES/118(1956)"], "acts": [{"act": "decision", "body": "unsc", "date": "1956-10-13", "partial": true,
  "ballots": {"yes": ["AUS", "BEL", "CHN", "CUB", "FRA", "IRN", "PER", "SUN", "JPN", "GBR", "USA"]}}]}"#,
        mended: r#"{"symbols": ["S/RES/118(1956)"], "acts": [{"act": "decision", "body": "unsc", "date": "1956-10-13", "partial": true,
  "ballots": {"yes": ["AUS", "BEL", "CHN", "CUB", "FRA", "IRN", "PER", "SUN", "YUG", "GBR", "USA"]}}]}"#,
    },
    waive: "Waive it for the records of a source that is known to list a state early, with the first and the last of \
            them in the reason.",
    run: Run::Decision(&run),
};

fn run(cx: &DecisionCx<'_>, out: &mut Findings<'_>) {
    let (Some(roll), Some(ballots)) = (&cx.roll, &cx.decision.ballots) else {
        return;
    };
    for &place in &roll.strangers {
        let eligible = ballots
            .choices()
            .get(place)
            .is_some_and(|c| c.counts_as_member());
        let entry = ballots.roll().entries().get(place);
        if let (true, Some(who)) = (eligible, entry.and_then(|e| e.who))
            && who.code().is_none()
        {
            let label = reference::label_at(ballots, place);
            let message = format!("`{label}` is a {}, on a list of states", who.kind());
            out.report(Some(cx.act), Field::Name(place), message)
                .expected("a member of the body")
                .found(who)
                .help("which state does the source mean, or is the body another one?")
                .subjects([who]);
        }
        if let (true, Some(state)) = (eligible, entry.and_then(|e| e.state())) {
            let date = cx.decision.date.map(|d| d.to_string()).unwrap_or_default();
            let (name, spells) = (reference::name_of(state, cx.day()), spells(state));
            if let Some(body) = body_it_is_not_on(cx, state) {
                out.report(
                    Some(cx.act),
                    Field::Name(place),
                    format!("{name} was not a member of {body} at the date"),
                )
                .severity(of_roster(cx))
                .expected("a member of the body")
                .found(format!("{state} on the list of {date}"))
                .help("check the date of the vote, and which state the source means")
                .subjects([state])
                .subjects(cx.decision.date);
                continue;
            }
            let voted = is_cast(ballots, place);
            let later = is_admitted_later(state, cx.day());
            let message = match (later, voted) {
                (true, true) => "a state votes before its admission later in that month".to_owned(),
                (true, false) => {
                    "a state is listed before its admission later in that month".to_owned()
                }
                (false, _) => format!("{name} was no member at the date"),
            };
            let severity = if voted && later {
                Severity::Warning
            } else {
                Severity::Error
            };
            out.report(Some(cx.act), Field::Name(place), message)
                .severity(severity)
                .expected(spells)
                .found(format!("{state} on the list of {date}"))
                .help(help(cx, ballots, state))
                .subjects(iter::once(state).chain(holder(cx, state)))
                .subjects(cx.decision.date)
                .subjects(memberships(state).iter().flat_map(ends));
        }
    }
}

/// The body of the vote, where its members are on record by name and the state is another member of the United Nations.
fn body_it_is_not_on(cx: &DecisionCx<'_>, state: StateCode) -> Option<String> {
    let (body, day) = (cx.body.as_ref()?, cx.day()?);
    reference::is_outside_roster(body, state, day).then(|| match body.name() {
        Some(name) => format!("the {name}"),
        None => format!("`{body}`"),
    })
}

/// How sure it is that a state is not on the roster of the body: an error where lists of votes confirm the roster.
pub(crate) fn of_roster(cx: &DecisionCx<'_>) -> Severity {
    let confirmed = |(body, day)| reference::is_confirmed_roster(body, day);
    match cx.body.as_ref().zip(cx.day()).is_some_and(confirmed) {
        true => Severity::Error,
        false => Severity::Warning,
    }
}

/// What to do about a state that was no member: look at who held its seat at the date, if anybody did.
fn help(cx: &DecisionCx<'_>, ballots: &Ballots, state: StateCode) -> String {
    match holder(cx, state) {
        Some(holder) if ballots.get(holder).is_some() => {
            format!("{holder} held this seat at the date, and is on the list too")
        }
        Some(holder) => format!("{holder} held this seat at the date"),
        None => "check the date of the vote, and which state the source means".to_owned(),
    }
}

/// Another state that held the seat on the day.
fn holder(cx: &DecisionCx<'_>, state: StateCode) -> Option<StateCode> {
    let holder = cx.day().and_then(|day| holder_on(state, day));
    holder.filter(|holder| *holder != state)
}

/// Whether a line holds a vote that was cast, not only a name.
fn is_cast(ballots: &Ballots, place: usize) -> bool {
    let choice = ballots.choices().get(place);
    choice.is_some_and(|c| matches!(c, Choice::Yes | Choice::No | Choice::Abstain))
}

/// Whether every state on the list that was no member yet cast a vote and was admitted later in the month: no state votes
/// before its admission, so it is the day of the date that is wrong.
pub(crate) fn day_is_wrong(cx: &DecisionCx<'_>) -> bool {
    let (Some(roll), Some(ballots)) = (&cx.roll, &cx.decision.ballots) else {
        return false;
    };
    let entries = ballots.roll().entries();
    let voted_early = |place: &usize| {
        let state = entries.get(*place).and_then(|entry| entry.state());
        is_cast(ballots, *place) && state.is_some_and(|s| is_admitted_later(s, cx.day()))
    };
    !roll.strangers.is_empty() && roll.strangers.iter().all(voted_early)
}

/// Whether a membership begins after the day and in its month: then the list may be right and the day wrong.
fn is_admitted_later(state: StateCode, day: Option<NaiveDate>) -> bool {
    let spells = memberships(state);
    let month = |day: NaiveDate| (day.year(), day.month());
    let later = |day: NaiveDate, from: NaiveDate| from > day && month(from) == month(day);
    day.is_some_and(|day| spells.iter().any(|spell| later(day, spell.span.from)))
}

fn memberships(state: StateCode) -> &'static [MembershipSpell] {
    entity(state).map_or(&[][..], plenary_states::Entity::memberships)
}

/// The first day of a spell and, where it has ended, its last.
fn ends(spell: &MembershipSpell) -> impl Iterator<Item = NaiveDate> + use<> {
    let last = spell.span.to.map(|to| to.pred_opt().unwrap_or(to));
    iter::once(spell.span.from).chain(last)
}

/// When a state was a member, as a reader would say it.
fn spells(state: StateCode) -> String {
    let words: Vec<_> = memberships(state)
        .iter()
        .map(|spell| match spell.span.to {
            Some(_) => ends(spell)
                .map(|day| day.to_string())
                .collect::<Vec<_>>()
                .join(" to "),
            None => format!("since {}", spell.span.from),
        })
        .collect();
    match words.is_empty() {
        true => "never a member of the United Nations".into(),
        false => format!("a member {}", words.join(" and ")),
    }
}
