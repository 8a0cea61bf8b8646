use std::iter;

use chrono::{Datelike, NaiveDate};
use plenary_bodies::{Body, MemberKind, Roster};
use plenary_states::holder_on;
use plenary_types::{Ballots, Choice, Date, Field, Participant, ParticipantKind, Severity, Span};

use crate::{Check, DecisionCx, Example, Findings, Run, reference};

pub(crate) static CHECK: Check = Check {
    name: "not-a-member",
    summary: "a state is on the list of a vote at a date when it was no member",
    severity: Severity::Error,
    why: "Only members vote, and a state is a member from the day of the Assembly's decision on its admission. A state \
          on the list before that day or after the end of its membership is a wrong date, a wrong state or a list of \
          another time. On the day of an admission or a succession both lists are right. A name that the source \
          itself marks as not eligible is not reported, nor the code of another holder of a seat, which counts as its holder \
          (`name-at-date`). A state that cast a vote and was admitted later in that month \
          was a member by then, and so was one on a list that marks others as not eligible, so the day of the date is wrong and not the list: that is a warning, and where `days-of-month-lost` \
          is reported its cause. In a body to which members of another are elected, such as the \
          Security Council, another of these is an error as long as lists of votes confirm the table of terms, in the Security Council up to 2024; \
          later it is a warning. `plenary bodies` lists the bodies whose members are on record by name.",
    sources: &[
        "Charter Art. 4 and 18(1)",
        "Rules of procedure of the General Assembly, rule 138",
        "Membership of the United Nations and terms in the Security Council (plenary-bodies)",
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
    for (field, what, who) in [
        (
            Field::TakingPart,
            "takes part by the record, and was no member at the date",
            cx.decision.taking_part.listed(),
        ),
        (
            Field::Objections,
            "objected, and was no member at the date",
            cx.decision.objections.as_deref().unwrap_or_default(),
        ),
    ] {
        of_names(cx, field, what, who, out);
    }
    let (Some(roll), Some(ballots)) = (&cx.roll, &cx.decision.ballots) else {
        return;
    };
    for &place in &roll.strangers {
        let eligible = ballots
            .choices()
            .get(place)
            .is_some_and(|c| c.counts_as_member());
        let entry = ballots.roll().entries().get(place);
        let Some(who) = entry.and_then(|entry| entry.who).filter(|_| eligible) else {
            continue;
        };
        match outside(cx, who) {
            Outside::Part => takes_no_part(cx, place, who, out),
            Outside::Kind => of_another_kind(cx, ballots, place, who, out),
            Outside::Body => not_on_it(cx, place, who, out),
            Outside::Days => at_another_time(cx, ballots, place, who, out),
        }
    }
}

/// Those whom the record names beside the list, and who were no members.
fn of_names(
    cx: &DecisionCx<'_>,
    field: Field,
    what: &str,
    who: &[Participant],
    out: &mut Findings<'_>,
) {
    let (Some(body), Some(date)) = (cx.known_body(), cx.decision.date) else {
        return;
    };
    if who.is_empty() {
        return;
    }
    let Some(whole) = body.electorate(date) else {
        return;
    };
    let is_outside = |who: Participant| !whole.may_list(who) && whole.holder_of(who).is_none();
    for who in who.iter().filter(|who| is_outside(**who)) {
        let name = reference::called(cx.reference, *who, cx.day());
        out.report(Some(cx.act), field, format!("{name} {what}"))
            .severity(of_roster(cx))
            .expected("a member of the body")
            .found(who)
            .help("check the date, and whom the source means")
            .subjects([*who])
            .subjects(cx.decision.date);
    }
}

/// In what way somebody is outside a body.
enum Outside {
    /// No person, party or unit sits in it, and nobody else in a body of those.
    Kind,
    /// It is a member, and takes no part in this decision.
    Part,
    /// It is another member of the body in which everybody who sits here has to sit.
    Body,
    /// It is a member of neither.
    Days,
}

fn outside(cx: &DecisionCx<'_>, who: Participant) -> Outside {
    let Some(body) = cx.known_body() else {
        return Outside::Days;
    };
    let votes_by_units = who.kind() == ParticipantKind::Unit && !body.units().is_empty();
    let is_of_kind = votes_by_units || body.can_have(who);
    if !is_of_kind {
        return Outside::Kind;
    }
    let takes_no_part = |day: NaiveDate| {
        !cx.decision.taking_part.is_everybody() && body.is_member(who, day) == Some(true)
    };
    if cx.day().is_some_and(takes_no_part) {
        return Outside::Part;
    }
    let elsewhere = |day: NaiveDate| reference::is_member_elsewhere(cx.reference, body, who, day);
    match cx.day().is_some_and(elsewhere) {
        true => Outside::Body,
        false => Outside::Days,
    }
}

fn of_another_kind(
    cx: &DecisionCx<'_>,
    ballots: &Ballots,
    place: usize,
    who: Participant,
    out: &mut Findings<'_>,
) {
    let label = reference::label_at(ballots, place);
    let kind = cx.known_body().map_or(MemberKind::State, Body::member_kind);
    let list = kind.plural().to_lowercase();
    let message = format!("`{label}` is a {}, on a list of {list}", who.kind());
    out.report(Some(cx.act), Field::Name(place), message)
        .expected("a member of the body")
        .found(who)
        .help("which member does the source mean, or is the body another one?")
        .subjects([who]);
}

fn takes_no_part(cx: &DecisionCx<'_>, place: usize, who: Participant, out: &mut Findings<'_>) {
    let name = reference::called(cx.reference, who, cx.day());
    let message = format!("{name} takes no part in the decision by the record");
    out.report(Some(cx.act), Field::Name(place), message)
        .expected("one of those who take part")
        .found(listed(cx, who))
        .help("does the record list all who take part?")
        .subjects([who])
        .subjects(cx.decision.date);
}

fn not_on_it(cx: &DecisionCx<'_>, place: usize, who: Participant, out: &mut Findings<'_>) {
    let name = reference::called(cx.reference, who, cx.day());
    let body = cx.body_name();
    out.report(
        Some(cx.act),
        Field::Name(place),
        format!("{name} was not a member of {body} at the date"),
    )
    .severity(of_roster(cx))
    .expected("a member of the body")
    .found(listed(cx, who))
    .help("check the date of the vote, and which state the source means")
    .subjects([who])
    .subjects(cx.decision.date);
}

fn at_another_time(
    cx: &DecisionCx<'_>,
    ballots: &Ballots,
    place: usize,
    who: Participant,
    out: &mut Findings<'_>,
) {
    let voted = is_cast(ballots, place);
    let spans = memberships(cx, who);
    let later = is_admitted_later(&spans, cx.day());
    let name = reference::called(cx.reference, who, cx.day());
    let message = match (later, voted) {
        (true, true) => "a state votes before its admission later in that month".to_owned(),
        (true, false) => "a state is listed before its admission later in that month".to_owned(),
        (false, _) => format!("{name} was no member at the date"),
    };
    let severity = if later && (voted || marks_outsiders(ballots)) {
        Severity::Warning
    } else {
        Severity::Error
    };
    out.report(Some(cx.act), Field::Name(place), message)
        .severity(severity)
        .expected(spells(cx, &spans))
        .found(listed(cx, who))
        .help(help(cx, ballots, who))
        .subjects(iter::once(who).chain(holder(cx, who)))
        .subjects(cx.decision.date)
        .subjects(spans.iter().flat_map(ends));
}

fn listed(cx: &DecisionCx<'_>, who: Participant) -> String {
    let date = cx.decision.date.map(|d| d.to_string()).unwrap_or_default();
    format!("{who} on the list of {date}")
}

/// How sure it is that a state is not on the roster of the body: an error where lists of votes confirm the roster.
pub(crate) fn of_roster(cx: &DecisionCx<'_>) -> Severity {
    let confirmed = |(body, day): (&Body, _)| body.is_confirmed_on(day);
    match cx.known_body().zip(cx.day()).is_some_and(confirmed) {
        true => Severity::Error,
        false => Severity::Warning,
    }
}

/// What to do about a state that was no member: look at who held its seat at the date, if anybody did.
fn help(cx: &DecisionCx<'_>, ballots: &Ballots, who: Participant) -> String {
    match holder(cx, who) {
        Some(holder) if ballots.choice_of(holder).is_some() => {
            format!("{holder} held this seat at the date, and is on the list too")
        }
        Some(holder) => format!("{holder} held this seat at the date"),
        None => "check the date of the vote, and which state the source means".to_owned(),
    }
}

/// Another participant that held the seat on the day.
fn holder(cx: &DecisionCx<'_>, who: Participant) -> Option<Participant> {
    let day = cx.day()?;
    let of_state = who.code().and_then(|state| holder_on(state, day));
    let of_seat = || roster(cx)?.seat_holder_on(who, day);
    let holder = of_state.map(Participant::from).or_else(of_seat);
    holder.filter(|holder| *holder != who)
}

/// Whether a line holds a vote that was cast, not only a name.
fn is_cast(ballots: &Ballots, place: usize) -> bool {
    let choice = ballots.choices().get(place);
    choice.is_some_and(|c| matches!(c, Choice::Yes | Choice::No | Choice::Abstain))
}

/// Whether a list marks who was not a member: it says of the others that they were, so that a day before their admission is wrong
/// as soon as it is one of the same month.
fn marks_outsiders(ballots: &Ballots) -> bool {
    ballots.choices().contains(&Choice::NotEligible)
}

/// Whether every state on the list that was no member yet was admitted later in the month, and cast a vote or is on a list that
/// marks who was not a member: then it is the day of the date that is wrong.
pub(crate) fn day_is_wrong(cx: &DecisionCx<'_>) -> bool {
    let (Some(roll), Some(ballots)) = (&cx.roll, &cx.decision.ballots) else {
        return false;
    };
    let marks = marks_outsiders(ballots);
    let entries = ballots.roll().entries();
    let voted_early = |place: &usize| {
        let who = entries.get(*place).and_then(|entry| entry.who);
        let later = |who| is_admitted_later(&memberships(cx, who), cx.day());
        (is_cast(ballots, *place) || marks) && who.is_some_and(later)
    };
    let is_marked = |place: &&usize| ballots.choices().get(**place) == Some(&Choice::NotEligible);
    let mut strangers = roll.strangers.iter().filter(|place| !is_marked(place));
    strangers.clone().next().is_some() && strangers.all(voted_early)
}

/// Whether a membership begins after the day and in its month: then the list may be right and the day wrong.
fn is_admitted_later(spans: &[Span], day: Option<NaiveDate>) -> bool {
    let month = |day: NaiveDate| (day.year(), day.month());
    let later = |day: NaiveDate, from: NaiveDate| from > day && month(from) == month(day);
    day.is_some_and(|day| spans.iter().any(|span| later(day, span.from)))
}

/// The roster by which the list was judged.
fn roster<'c>(cx: &DecisionCx<'c>) -> Option<&'c Roster> {
    let day = cx.decision.date?.latest();
    Some(reference::roster_on(cx.reference, cx.known_body()?, day)?.1)
}

/// The days of the memberships of a participant, by the roster by which the list was judged.
fn memberships(cx: &DecisionCx<'_>, who: Participant) -> Vec<Span> {
    let rows = roster(cx)
        .into_iter()
        .flat_map(|roster| roster.rows_of(who));
    let rows = rows.filter(|row| row.status.is_membership());
    rows.map(|row| row.span).collect()
}

/// The first day of a membership and, where it has ended, its last.
fn ends(span: &Span) -> impl Iterator<Item = NaiveDate> + use<> {
    let last = span.to.map(|to| to.pred_opt().unwrap_or(to));
    iter::once(span.from).chain(last)
}

/// When a participant was a member, as a reader would say it.
fn spells(cx: &DecisionCx<'_>, spans: &[Span]) -> String {
    let words = spans.iter().map(|span| match span.to {
        Some(_) => ends(span)
            .map(|day| day.to_string())
            .collect::<Vec<_>>()
            .join(" to "),
        None => format!("since {}", span.from),
    });
    let words: Vec<_> = words.collect();
    match words.is_empty() {
        true => format!("never a member of {}", body_of_roster(cx)),
        false => format!("a member {}", words.join(" and ")),
    }
}

/// What the body is called whose roster the list was judged by.
fn body_of_roster(cx: &DecisionCx<'_>) -> String {
    let day = cx.decision.date.map(Date::latest);
    let judged = || reference::roster_on(cx.reference, cx.known_body()?, day?);
    judged().map_or_else(
        || cx.body_name(),
        |(body, _)| format!("the {}", body.name()),
    )
}
