use plenary_bodies::Epoch;
use plenary_bodies::library::Rule;
use plenary_decisions::Requirement;
use plenary_types::{Field, Severity, Total};

use super::not_a_member;
use crate::{Check, DecisionCx, Example, Findings, Run, claim::TOTALS};

pub(crate) static CHECK: Check = Check {
    name: "member-count",
    summary: "the number of members in a record is not that of the body at the date",
    severity: Severity::Error,
    why: "The number of members of a body is known for every day: 51 at the end of 1945, 178 on 10 January 1993, 193 \
          since 14 July 2011; eleven in the Security Council until the end of 1965, fifteen since. The number follows the day on which seats were filled, not \
          the one on which an amendment asked for them: the Economic and Social Council had 18 members until the end of 1965. \
          Between an amendment in force and a filling whose day is not confirmed both numbers are right. A record with more is wrong, \
          and the United Nations has never had more than 193. The totals that are announced cannot exceed the members \
          either, whichever of them are left out, and no more can have attended; where the source counts others with them (`counts-others`), that is a note. A record with fewer is almost surely wrong: only a member whose right to take part was suspended may be left out. On a day of admissions every \
          number from before to after them is right, because the count follows the order of decisions inside the day. Where \
          the members in excess cast votes, or others are marked as not eligible, and they were admitted later in the month, the day of the date is wrong and not the list, and that is a warning.",
    sources: &[
        "Charter Art. 4, 9(1), 23(1)",
        "Membership of the United Nations (plenary-bodies)",
        "A/47/485 and A/RES/47/1 (Yugoslavia 1992-2000)",
        "A/RES/60/251, A/RES/65/265 and A/RES/ES-11/3 (Human Rights Council: 47, one less while Libya or the Russian Federation was suspended and its seat empty)",
    ],
    example: Example::Native {
        fails: r#"{"symbols": ["A/RES/73/195"], "acts": [{"act": "decision", "date": "2018-12-19",
  "announced": {"yes": 152, "no": 5, "abstain": 12, "non-voting": 25, "members": 194}}]}"#,
        mended: r#"{"symbols": ["A/RES/73/195"], "acts": [{"act": "decision", "date": "2018-12-19",
  "announced": {"yes": 152, "no": 5, "abstain": 12, "non-voting": 24, "members": 193}}]}"#,
    },
    waive: "Waive it for a record that by design lists only some members, such as an extract of those voting.",
    run: Run::Decision(&run),
};

fn run(cx: &DecisionCx<'_>, out: &mut Findings<'_>) {
    let Some((least, most)) = bounds(cx) else {
        return of_record(cx, out);
    };
    attending(cx, most, out);
    for (found, field, what) in counts(cx).into_iter().flatten() {
        let short_of_all = what == SOME && found <= most;
        if short_of_all {
            continue;
        }
        let unlisted = found < least && field == Field::Ballots;
        // Announced totals may hold the vote of a chair who is no member.
        let with_chair = field != Field::Ballots && cx.decision.chair.is_some();
        let most = most.saturating_add(u32::from(with_chair));
        if (least..=most).contains(&found) || (unlisted && cx.decision.partial) {
            continue;
        }
        if field != Field::Ballots && found > most && cx.decision.counts_others {
            out.report(
                Some(cx.act),
                field,
                "the announced totals exceed the members of the body, as the source counts others with them",
            )
            .severity(Severity::Note)
            .expected(words(least, most))
            .found(found);
            continue;
        }
        let severity =
            if unlisted || some_may_decide(cx, found, least) || not_a_member::day_is_wrong(cx) {
                Severity::Warning
            } else {
                Severity::Error
            };
        out.report(Some(cx.act), field, message(cx, found, most, what))
            .severity(severity)
            .expected(words(least, most))
            .found(found);
    }
}

/// Whether more attended than the body has members. Where others than its members vote, as delegates of it do, nothing is compared.
fn attending(cx: &DecisionCx<'_>, most: u32, out: &mut Findings<'_>) {
    let with_chair = most.saturating_add(u32::from(cx.decision.chair.is_some()));
    let Some(found) = cx.decision.attending.filter(|found| *found > with_chair) else {
        return;
    };
    out.report(
        Some(cx.act),
        Field::Attending,
        "more attended than the body has members at the date",
    )
    .expected(words(0, most))
    .found(found)
    .help("is it a count of another occasion, or of delegates where delegations vote?");
}

/// Of a body whose number of members is not on record, the list is held against the announced number alone.
fn of_record(cx: &DecisionCx<'_>, out: &mut Findings<'_>) {
    let [Some((announced, ..)), Some((listed, field, _))] = counts(cx) else {
        return;
    };
    if cx.decision.partial && listed < announced {
        return;
    }
    out.report(
        Some(cx.act),
        field,
        "the number of names is not the announced number of members",
    )
    .severity(Severity::Warning)
    .expected(announced)
    .found(listed)
    .help("a verdict that counts members uses the announced number; mark a list that leaves members out as `partial`");
}

/// Whether a record falls short in a body in which some of the members may decide alone, as a rule of it says.
fn some_may_decide(cx: &DecisionCx<'_>, found: u32, least: u32) -> bool {
    let body = cx.known_body().filter(|_| found < least);
    let rules = body.map_or(&[][..], |body| {
        cx.reference.library().rules_of(body.id().as_str())
    });
    let among = |rule: &Rule| matches!(rule.requirement, Requirement::Among(..));
    rules.iter().any(among)
}

/// What a sum of some totals is called; the others can only add to it.
const SOME: &str = "the sum of those totals that are announced";

/// A number of members that a record gives, where it stands, and what to call it.
type Count = Option<(u32, Field, &'static str)>;

/// The numbers that a record gives; the list is not counted again where it has as many names as announced.
fn counts(cx: &DecisionCx<'_>) -> [Count; 2] {
    const MEMBERS: Field = Field::Announced(Total::Members);
    let announced = cx.decision.announced.members;
    let listed = cx.tally.as_ref().and_then(plenary_types::Tally::members);
    if announced.is_none() && listed.is_none() {
        let totals = TOTALS.map(|(_, choice)| cx.decision.announced.get(choice));
        let what = match totals.iter().all(Option::is_some) {
            true => "the sum of the announced totals",
            false => SOME,
        };
        let sum = totals.into_iter().flatten().fold(0, u32::saturating_add);
        return [Some((sum, MEMBERS, what)), None];
    }
    [
        announced.map(|n| (n, MEMBERS, "the number of members")),
        listed
            .filter(|n| announced != Some(*n))
            .map(|n| (n, Field::Ballots, "the number of names")),
    ]
}

fn message(cx: &DecisionCx<'_>, found: u32, most: u32, what: &str) -> String {
    let of_month = cx.electorate_of_month().map(|electorate| electorate.seats);
    match of_month {
        Some((low, high)) if (low..=high).contains(&found) => {
            format!("{what} is that of another day of the month")
        }
        _ if found > most => format!("{what} exceeds the members of the body at the date"),
        _ => format!("{what} falls short of the members of the body at the date"),
    }
}

fn bounds(cx: &DecisionCx<'_>) -> Option<(u32, u32)> {
    match &cx.electorate {
        Some(electorate) => Some(electorate.seats),
        None => Some((0, most_ever(cx)?)),
    }
}

/// The most members that the body, or the one in which everybody who sits here has to sit, has had on any day.
fn most_ever(cx: &DecisionCx<'_>) -> Option<u32> {
    let body = cx.known_body()?;
    let parent = cx.reference.parent_of(body);
    let roster = match parent {
        Some(parent) => parent.roster(),
        None => body.roster(),
    };
    roster?.epochs().map(Epoch::count).max()
}

fn words(least: u32, most: u32) -> String {
    match least {
        0 => format!("at most {most}"),
        _ if least == most => most.to_string(),
        _ => format!("{least} to {most}"),
    }
}
