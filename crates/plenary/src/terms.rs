//! What a list of members of a body says otherwise than the roster of the body.

use chrono::{Datelike, NaiveDate};
use plenary_bodies::{Body, Reference, Roster};
use plenary_import::MemberTable;
use plenary_types::{Finding, Participant, Place, Severity, Span, many};

use crate::known_bodies::called;

/// A finding for each row of a list that makes somebody a member of a body who by its roster was none, as far as lists of votes confirm
/// the roster. Where the list has years, any day of a year counts. Members that the list lacks are named beside those, and not looked for.
pub(crate) fn against_roster(
    list: &MemberTable,
    reference: &Reference,
    path: &str,
) -> Vec<Finding> {
    let body = list
        .body
        .as_ref()
        .and_then(|body| reference.body(body.as_str()));
    let Some((body, roster)) = body.and_then(|body| Some((body, body.roster()?))) else {
        return Vec::new();
    };
    let rows = list.members.iter().zip(&list.lines);
    let found = rows.filter_map(|((_, who, span), line)| {
        let stretches = stretches(*span, roster, list.in_years);
        let strange = |days: &(NaiveDate, NaiveDate)| is_strange(*who, *days, body, roster);
        let strange: Vec<_> = stretches.into_iter().filter(strange).collect();
        let (first, last) = *strange.first()?;
        let when = match list.in_years {
            true => format!("in {}", first.year()),
            false => format!("on {first}"),
        };
        let name = called(reference, *who, first);
        let mut message = format!("{name} was not a member of {} {when}", body.name());
        if let [_, _, ..] = &*strange {
            let years = many(
                strange.len() as u64,
                if list.in_years {
                    "year"
                } else {
                    "stretch of days"
                },
            );
            message += &format!("; {years} of this row are so");
        }
        let day = first + (last - first) / 2;
        let listed = |who: &Participant| {
            let mut members = list.members.iter();
            members.any(|(_, other, span)| other == who && span.contains(day))
        };
        let members = body.members_on(day).unwrap_or_default().iter();
        let lacking: Vec<String> = members
            .filter(|who| !listed(who))
            .map(ToString::to_string)
            .collect();
        let finding = Finding::new("not-a-member", Severity::Error, message);
        let mut finding = finding
            .with_place(Place::new(path).with_line(*line))
            .with_found(who.to_string())
            .with_help(format!(
                "`plenary members --body {} --on {day}` lists who was",
                body.id()
            ));
        if (1..=3).contains(&lacking.len()) {
            finding.expected = Some(lacking.join(", "));
        }
        Some(finding)
    });
    found.collect()
}

/// The years of a span, or the first day of each of its stretches between changes of the roster.
fn stretches(span: Span, roster: &Roster, in_years: bool) -> Vec<(NaiveDate, NaiveDate)> {
    let changes: Vec<NaiveDate> = roster.days_of_change().collect();
    let first = changes.first().copied().unwrap_or(NaiveDate::MAX);
    let end = span.to.or_else(|| changes.last()?.succ_opt());
    let (from, end) = (span.from.max(first), end.unwrap_or(span.from));
    if in_years {
        let Some(last) = end.pred_opt().filter(|last| from <= *last) else {
            return Vec::new();
        };
        let years = from.year()..=last.year();
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day);
        return years
            .filter_map(|year| Some((day(year, 1, 1)?, day(year, 12, 31)?)))
            .collect();
    }
    let inside = changes.into_iter().filter(|day| from < *day && *day < end);
    let starts = [from].into_iter().filter(|from| *from < end).chain(inside);
    starts.map(|day| (day, day)).collect()
}

/// Whether somebody was, on no day of a stretch, a member or of those whose seat a member held, where lists of votes confirm the roster.
fn is_strange(
    who: Participant,
    (from, to): (NaiveDate, NaiveDate),
    body: &Body,
    roster: &Roster,
) -> bool {
    let inside = roster
        .days_of_change()
        .filter(|day| from < *day && *day < to);
    let mut days = [from, to].into_iter().chain(inside);
    days.all(|day| {
        let is_known = roster.known_on(day).is_some() && body.is_confirmed_on(day);
        is_known && roster.seat_holder_on(who, day).is_none()
    })
}
