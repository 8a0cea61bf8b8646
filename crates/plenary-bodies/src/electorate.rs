//! [`Electorate`]: who could be on the list of a vote of a body at a date.

use std::cmp::Ordering;

use chrono::NaiveDate;
use plenary_types::Participant;

use crate::Body;
use crate::roster::{Epoch, Roster, length};

/// Who could be on the list of a recorded vote of a body at a date.
///
/// On the day of an admission or of a succession the order of decisions inside the day is not in a record,
/// so both lists are right: the one before and the one after. The same holds for every day of a date that is
/// known only to the month or the year, and for sixty days around a day that no source confirms.
///
/// The lists are in the order of [`Participant::number`], in which a list of ballots is merged with them: whoever prints them sorts
/// them first.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Electorate {
    /// Members that must be on a complete list: members all the time, with the right to take part.
    pub required: Vec<Participant>,
    /// Everybody who may be on a list; nobody where that is not on record.
    pub possible: Vec<Participant>,
    /// Whether it is on record who may be on a list. Otherwise anybody may.
    pub is_closed: bool,
    /// Members whose right to take part was suspended all the time.
    pub suspended: Vec<Participant>,
    /// The least and the greatest number of names that a complete list can have.
    pub seats: (u32, u32),
    /// Those admitted during the time in question, in the order of their admission where it is known.
    pub admitted: Vec<Participant>,
    /// Other codes of the seats of those on the list, each with the one that it means at the end of the time in question. A list that
    /// writes today's code in the past, or that of then today, means the holder of the seat.
    pub codes: Vec<(Participant, Participant)>,
}

impl Electorate {
    /// The electorate over some days, the first and the last of which bound the time in question.
    ///
    /// `days` has those of `window`, and beside them what was before and after a doubtful day that is near.
    pub(crate) fn new<'b>(body: &'b Body, window: &[NaiveDate], days: &[NaiveDate]) -> Self {
        let own = |day: NaiveDate| body.roster()?.epoch_on(day);
        let known = |day: NaiveDate| body.roster()?.known_on(day);
        let required = |day: NaiveDate| match known(day) {
            Some(epoch) => epoch.voters(),
            // Beyond the last term on record those go on sitting that need no election.
            None => own(day).map_or(&[][..], Epoch::permanent),
        };
        let suspended = |day: NaiveDate| own(day).map_or(&[][..], Epoch::suspended);
        let parent = |day: NaiveDate| body.parent()?.known_on(day);
        let is_closed = days
            .iter()
            .all(|day| known(*day).or_else(|| parent(*day)).is_some());
        let possible = days.iter().flat_map(|day| {
            let epoch = known(*day).or_else(|| parent(*day));
            let members = epoch.map_or(&[][..], Epoch::members);
            members.iter().chain(suspended(*day)).copied()
        });
        let lists = |list: &dyn Fn(NaiveDate) -> &'b [Participant]| -> Vec<&'b [Participant]> {
            days.iter().map(|day| list(*day)).collect()
        };
        let numbers = days.iter().filter_map(|day| numbers(body, *day));
        let numbers: Vec<_> = numbers.collect();
        let required = units_of(body, in_all(&lists(&required)));
        let possible = if is_closed {
            units_of(body, sorted(possible))
        } else {
            Vec::new()
        };
        let codes = window.last().map_or_else(Vec::new, |last| {
            let is_listed = |who| contains(&possible, who) || contains(&required, who);
            other_codes(body, *last, is_listed)
        });
        Self {
            suspended: units_of(body, in_all(&lists(&suspended))),
            required,
            possible,
            codes,
            is_closed,
            seats: (
                numbers.iter().map(|(least, _)| *least).min().unwrap_or(0),
                numbers
                    .iter()
                    .map(|(_, most)| *most)
                    .max()
                    .unwrap_or(u32::MAX),
            ),
            admitted: admitted(body, window),
        }
    }

    /// Those who take part, where only some members do: they have to be on a complete list, and nobody else may be.
    #[must_use]
    pub fn among(&self, taking_part: &[Participant]) -> Self {
        let takes_part = |who: &&Participant| taking_part.contains(who);
        let only = |list: &[Participant]| list.iter().filter(takes_part).copied().collect();
        let possible = sorted(taking_part.iter().copied());
        let number = length(possible.len());
        let codes = self.codes.iter().copied();
        let codes = codes
            .filter(|(code, holder)| taking_part.contains(holder) && !taking_part.contains(code));
        Self {
            required: only(&self.required),
            suspended: only(&self.suspended),
            admitted: only(&self.admitted),
            codes: codes.collect(),
            is_closed: true,
            seats: (number, number),
            possible,
        }
    }

    /// Whether somebody may be on the list.
    #[must_use]
    pub fn may_list(&self, who: impl Into<Participant>) -> bool {
        !self.is_closed || contains(&self.possible, who.into())
    }

    /// Whether somebody has to be on a complete list.
    #[must_use]
    pub fn must_list(&self, who: impl Into<Participant>) -> bool {
        contains(&self.required, who.into())
    }

    /// Whom another code of a seat means; nothing for whoever may be on the list, and for codes of no seat.
    #[must_use]
    pub fn holder_of(&self, code: impl Into<Participant>) -> Option<Participant> {
        let code = code.into();
        let at = self
            .codes
            .binary_search_by(|(other, _)| by_number(*other, code));
        self.codes.get(at.ok()?).map(|(_, holder)| *holder)
    }

    /// Whether somebody was suspended all the time.
    #[must_use]
    pub fn is_suspended(&self, who: impl Into<Participant>) -> bool {
        contains(&self.suspended, who.into())
    }
}

/// Those that are in all of some lists, each of which is in the order of the texts.
fn in_all(lists: &[&[Participant]]) -> Vec<Participant> {
    let Some((first, others)) = lists.split_first() else {
        return Vec::new();
    };
    let is_in_all = |who: &Participant| others.iter().all(|list| list.binary_search(who).is_ok());
    sorted(first.iter().copied().filter(is_in_all))
}

/// The parts of members that vote by themselves, where members of the body have such parts: `unit:FRA/worker`.
pub(crate) fn units_of(body: &Body, members: Vec<Participant>) -> Vec<Participant> {
    if body.units().is_empty() {
        return members;
    }
    let units = members.iter().flat_map(|member| {
        let units = body.units().iter();
        units.filter_map(move |unit| format!("unit:{}/{unit}", member.identifier()).parse().ok())
    });
    sorted(units)
}

/// How many vote for each member.
pub(crate) fn votes_each(body: &Body) -> u32 {
    length(body.units().len()).max(1)
}

/// Other codes of the seats of a body on a day, by number, each with the holder: by the file of the body, by its roster, else by that
/// of the body in which everybody who sits here has to sit.
fn other_codes(
    body: &Body,
    day: NaiveDate,
    is_listed: impl Fn(Participant) -> bool,
) -> Vec<(Participant, Participant)> {
    let of_file = body.codes.iter().filter(|other| other.span.contains(day));
    let of_file = of_file.map(|other| (other.code, other.member));
    let rosters = body.roster().into_iter().chain(body.parent());
    let of_seats = rosters.flat_map(|roster: &Roster| {
        let codes = roster.successions().iter().flatten();
        codes.filter_map(move |code| Some((*code, roster.seat_holder_on(*code, day)?)))
    });
    let codes = of_file.chain(of_seats);
    let mut codes: Vec<_> = codes
        .filter(|(code, holder)| !is_listed(*code) && is_listed(*holder))
        .collect();
    codes.sort_by(|(one, _), (other, _)| by_number(*one, *other));
    codes.dedup_by_key(|(code, _)| *code);
    codes
}

fn by_number(one: Participant, other: Participant) -> Ordering {
    one.number().cmp(&other.number())
}

fn contains(list: &[Participant], who: Participant) -> bool {
    list.binary_search_by(|other| by_number(*other, who))
        .is_ok()
}

fn sorted(all: impl Iterator<Item = Participant>) -> Vec<Participant> {
    let mut all: Vec<_> = all.collect();
    all.sort_unstable_by(|one, other| by_number(*one, *other));
    all.dedup();
    all
}

/// The least and the greatest number of names on a complete list of a day: by the roster, else by the number of seats, of which a
/// suspended member may have left its own empty.
fn numbers(body: &Body, day: NaiveDate) -> Option<(u32, u32)> {
    let own = body.roster().and_then(|roster| roster.epoch_on(day));
    let suspended = own.map_or(0, |epoch| length(epoch.suspended().len()));
    if let Some(epoch) = body.roster().and_then(|roster| roster.known_on(day)) {
        let voters = length(epoch.voters().len());
        let all = voters.saturating_add(suspended);
        let each = votes_each(body);
        return Some((voters.saturating_mul(each), all.saturating_mul(each)));
    }
    let seats = body.seats_on(day)?;
    Some((seats.start().saturating_sub(suspended), *seats.end()))
}

/// Those that joined on the one day on which somebody joined, where the order of that day is on record.
fn admitted(body: &Body, window: &[NaiveDate]) -> Vec<Participant> {
    let (Some(first), Some(last)) = (window.first(), window.last()) else {
        return Vec::new();
    };
    let rows = body.roster().into_iter().flat_map(|roster| roster.rows());
    let joined = || {
        let joined = rows.clone().filter(|row| row.status.is_membership());
        joined.filter(|row| *first < row.span.from && row.span.from <= *last)
    };
    let Some(day) = joined().map(|row| row.span.from).next() else {
        return Vec::new();
    };
    if joined().any(|row| row.span.from != day) {
        return Vec::new();
    }
    let mut joined: Vec<_> = joined()
        .filter(|row| row.order > 0)
        .filter_map(|row| Some((row.order, row.who?)))
        .collect();
    joined.sort_by_key(|(order, _)| *order);
    joined.into_iter().map(|(_, who)| who).collect()
}
