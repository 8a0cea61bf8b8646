//! What "members" means: how many the body has, and who says so.

use std::ops::RangeInclusive;

use chrono::NaiveDate;
use plenary_bodies::{Base as Members, BaseSource, Reference};
use plenary_decisions::Standing;

/// Who states a number of members.
#[derive(Clone, Copy)]
pub(super) struct Stated<'a> {
    /// The body, whose membership or law may say it.
    pub(super) body: Option<&'a str>,
    /// The number that is given.
    pub(super) given: Option<u32>,
    /// The length of the list of ballots.
    pub(super) listed: Option<u32>,
}

/// The number of members that counts, and what others say.
pub(super) struct Base {
    pub(super) members: Option<Members>,
    pub(super) notes: Vec<String>,
}

impl Base {
    /// By the membership or the law of the body on the day; failing that, as given; failing that, as listed. A number below
    /// that of the members counted is said and not used.
    pub(super) fn find(
        reference: &Reference,
        stated: Stated<'_>,
        day: NaiveDate,
        votes: &Standing<'_>,
    ) -> Self {
        let known = stated.body.and_then(|body| of_body(reference, body, day));
        let others = [
            (stated.given, BaseSource::Given),
            (stated.listed, BaseSource::List),
        ];
        let others = others
            .into_iter()
            .filter_map(|(members, from)| members.map(|members| Members { members, from }));
        let others: Vec<_> = others.collect();
        let fits = |base: &Members| votes.clone().with_members(base.members).is_ok();
        let by_body = known.as_ref().and_then(|(range, from)| {
            let exact = (range.start() == range.end()).then_some(Members {
                members: *range.end(),
                from: *from,
            });
            let within = |base: &&Members| range.contains(&base.members);
            exact.or_else(|| others.iter().find(within).copied())
        });
        let candidates = by_body.into_iter().chain(others.iter().copied());
        let members = candidates.clone().find(fits);
        let mut notes = Vec::new();
        if let Some((range, from)) = &known
            && !members.is_some_and(|base| range.contains(&base.members))
        {
            notes.push(said(&number(range), *from));
        }
        for other in others {
            if members.is_some_and(|base| base.members != other.members) {
                notes.push(said(&other.members.to_string(), other.from));
            }
        }
        if let (Some(base), false) = (members, notes.is_empty()) {
            let used = said(&base.members.to_string(), base.from);
            notes = vec![format!(
                "the numbers of members disagree: {used}, which is used, and not {}",
                notes.join("; ")
            )];
        }
        Self { members, notes }
    }

    /// That more votes are counted than the body had members on the day, in words.
    pub(super) fn excess(
        reference: &Reference,
        body: Option<&str>,
        day: NaiveDate,
        votes: &Standing<'_>,
    ) -> Option<String> {
        let body = body?;
        let (range, _) = of_body(reference, body, day)?;
        let tally = votes.tally();
        let cast = u64::from(tally.yes) + u64::from(tally.no) + u64::from(tally.abstain);
        (cast > u64::from(*range.end())).then(|| {
            let members = number(&range);
            format!("{cast} votes are counted, but `{body}` had {members} members on {day}")
        })
    }

    /// The votes with this number of members, where one is known.
    pub(super) fn standing(&self, votes: Standing<'static>) -> Standing<'static> {
        match self.members {
            // It fits: `find` has tried.
            Some(base) => votes.clone().with_members(base.members).unwrap_or(votes),
            None => votes,
        }
    }
}

fn said(number: &str, from: BaseSource) -> String {
    match from {
        BaseSource::List => format!("{number} names on the list"),
        from => format!("{number} {}", from.words()),
    }
}

fn number(range: &RangeInclusive<u32>) -> String {
    if range.start() == range.end() {
        range.end().to_string()
    } else {
        format!("{} to {}", range.start(), range.end())
    }
}

/// The numbers of members that a body can have had in the course of a day.
fn of_body(
    reference: &Reference,
    body: &str,
    day: NaiveDate,
) -> Option<(RangeInclusive<u32>, BaseSource)> {
    let known = reference.body(body)?;
    let by_roster = known
        .roster()
        .and_then(|roster| roster.count_range(day.into()));
    if let Some(counts) = by_roster {
        return Some((counts, BaseSource::Roster));
    }
    Some((known.seats_on(day)?, BaseSource::Law))
}
