//! Members and seats of the bodies whose composition is on record.

use std::iter;
use std::sync::LazyLock;

use chrono::{Days, NaiveDate};
use plenary_bodies::{Library, Reference};
use plenary_states::{
    Entity, Membership, MembershipSpell, Suspension, body_members_on, entities, entity,
    suspensions_in,
};
use plenary_types::{Ballots, BodyId, Participant, RollEntry, Span, StateCode, Subject};

use crate::Electorate;

/// How far from a day that no source confirms both states of affairs are accepted.
const LEEWAY: Days = Days::new(60);

/// Boundaries of membership whose day no source confirms, or on which sources differ.
static DOUBTFUL_DAYS: LazyLock<Vec<NaiveDate>> = LazyLock::new(|| {
    let doubtful = |spell: &&MembershipSpell| {
        spell.basis.contains("unverified") || spell.basis.contains("defensible")
    };
    let mut days: Vec<_> = entities()
        .flat_map(|entity| entity.memberships().iter().filter(doubtful))
        .flat_map(doubtful_ends)
        .filter(|day| *day > first_admission())
        .collect();
    days.sort_unstable();
    days.dedup();
    days
});

/// The ends of a spell that its basis names, else both.
fn doubtful_ends(spell: &MembershipSpell) -> Vec<NaiveDate> {
    let ends = [Some(spell.span.from), spell.span.to];
    let ends = || ends.into_iter().flatten();
    let named = |day: &NaiveDate| spell.basis.contains(&format!("day of {day} unverified"));
    match ends().filter(named).collect::<Vec<_>>() {
        none if none.is_empty() => ends().collect(),
        named => named,
    }
}

fn first_admission() -> NaiveDate {
    let mut days = Membership::UNGA.days_of_change();
    days.next().unwrap_or(NaiveDate::MIN)
}

/// Whether the composition of a body is on record.
pub(crate) fn is_known(body: &BodyId) -> bool {
    *body == BodyId::UNGA || Library::embedded().has_size(body.as_str())
}

/// The bodies of which members have been suspended.
const BODIES_WITH_SUSPENSIONS: [BodyId; 2] = [BodyId::UNGA, BodyId::HRC];

/// Days on which an electorate may change, in order.
pub(crate) fn days_of_change() -> Vec<NaiveDate> {
    let gaps = BODIES_WITH_SUSPENSIONS.iter().flat_map(suspensions_in);
    let mut days: Vec<_> = Membership::UNGA.days_of_change().collect();
    days.extend(
        gaps.flat_map(|gap| [Some(gap.span.from), gap.span.to, gap.filled])
            .flatten(),
    );
    days.extend(Library::embedded().change_dates());
    days.extend(Membership::UNSC.days_of_change());
    days.extend(Membership::UNSC.confirmed_until());
    for day in &*DOUBTFUL_DAYS {
        days.extend(day.checked_sub_days(LEEWAY));
        days.extend(day.checked_add_days(LEEWAY));
    }
    days.extend(crate::names::days_of_renaming());
    days.retain(|day| *day > NaiveDate::MIN);
    days.sort_unstable();
    days.dedup();
    days
}

/// The electorate of a body over some days; the first and the last of them bound the time in question.
pub(crate) fn electorate(body: &BodyId, days: &[NaiveDate]) -> Electorate {
    let days = with_doubtful_days(days);
    if *body == BodyId::UNGA {
        assembly(&days)
    } else {
        council(body, &days)
    }
}

fn with_doubtful_days(days: &[NaiveDate]) -> Vec<NaiveDate> {
    let mut all = days.to_vec();
    for day in &*DOUBTFUL_DAYS {
        let from = day.checked_sub_days(LEEWAY).unwrap_or(*day);
        let to = day.checked_add_days(LEEWAY).unwrap_or(*day);
        if days.iter().any(|d| (from..to).contains(d)) {
            all.extend(day.pred_opt());
            all.push(*day);
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}

fn assembly(days: &[NaiveDate]) -> Electorate {
    let possible = union(days, |day| Membership::UNGA.members_on(day).to_vec());
    let epochs: Vec<_> = days
        .iter()
        .map(|day| Membership::UNGA.epoch_on(*day))
        .collect();
    let always = |member: &StateCode| epochs.iter().all(|epoch| epoch.contains(*member));
    let barred = |member: &StateCode| {
        suspensions_in(&BodyId::UNGA)
            .filter(|gap| gap.code == *member)
            .any(|gap| days.iter().any(|day| gap.span.contains(*day)))
    };
    let (suspended, required) = possible
        .iter()
        .copied()
        .filter(always)
        .partition::<Vec<_>, _>(barred);
    let counts = || {
        days.iter()
            .map(|day| count(Membership::UNGA.count_on(*day)))
    };
    let least = counts().min().unwrap_or(0);
    Electorate {
        seats: (
            least.saturating_sub(count(suspended.len())),
            counts().max().unwrap_or(0),
        ),
        suspended: suspended
            .into_iter()
            .filter(|s| {
                days.iter()
                    .all(|day| !Membership::UNGA.may_participate(*s, *day))
            })
            .collect(),
        admitted: admitted(days),
        required,
        possible,
    }
}

fn admitted(days: &[NaiveDate]) -> Vec<StateCode> {
    let [_, later @ ..] = days else {
        return Vec::new();
    };
    let [day] = later else { return Vec::new() };
    let changes = Membership::UNGA.changes_on(*day);
    let ordered = changes
        .iter()
        .filter(|change| change.joined && change.order > 0);
    ordered.map(|change| change.code).collect()
}

/// A body with seats for some states: those of its roster where that is on record, else any members of the United Nations, of
/// whom only the permanent members are required.
fn council(body: &BodyId, days: &[NaiveDate]) -> Electorate {
    let of_day = |day: NaiveDate| required_on(body, day);
    let mut required = union(days, of_day);
    required.retain(|member| days.iter().all(|day| of_day(*day).contains(member)));
    let suspended = |day: NaiveDate| suspensions_in(body).filter(move |gap| gap.span.contains(day));
    let mut barred = union(days, |day| suspended(day).map(|gap| gap.code).collect());
    required.retain(|member| !barred.contains(member));
    barred.retain(|member| {
        days.iter()
            .all(|day| suspended(*day).any(|gap| gap.code == *member))
    });
    let seats = |day: &NaiveDate| {
        let empty = |gap: &&Suspension| gap.leaves_seat_empty_on(*day);
        let empty = count(suspensions_in(body).filter(empty).count());
        let seats = Library::embedded().seats_on(body.as_str(), *day)?;
        Some((seats.start().saturating_sub(empty), *seats.end()))
    };
    let counts = || days.iter().filter_map(seats);
    Electorate {
        required,
        possible: union(days, |day| possible_on(body, day)),
        suspended: barred,
        seats: (
            counts().map(|(least, _)| least).min().unwrap_or(0),
            counts().map(|(_, most)| most).max().unwrap_or(u32::MAX),
        ),
        admitted: Vec::new(),
    }
}

/// The members of a body on a day, where they are on record by name.
fn roster(body: &BodyId, day: NaiveDate) -> Option<Vec<StateCode>> {
    let known = body_members_on(body, day).map(<[StateCode]>::to_vec);
    let weighted = || {
        let members = Library::embedded().weighted_members(body.as_str(), day)?;
        members.into_iter().map(Participant::code).collect()
    };
    let named = known.or_else(weighted);
    named.filter(|members| !members.is_empty())
}

fn required_on(body: &BodyId, day: NaiveDate) -> Vec<StateCode> {
    let permanent = || match *body == BodyId::UNSC {
        true => Membership::UNSC.permanent_members_on(day).to_vec(),
        false => Vec::new(),
    };
    roster(body, day).unwrap_or_else(permanent)
}

fn possible_on(body: &BodyId, day: NaiveDate) -> Vec<StateCode> {
    roster(body, day).unwrap_or_else(|| Membership::UNGA.members_on(day).to_vec())
}

/// Whether the members of a body on a day are on record by name, and the state is a member of the United Nations that is not
/// one of them.
pub(crate) fn is_outside_roster(body: &BodyId, state: StateCode, day: NaiveDate) -> bool {
    *body != BodyId::UNGA && roster(body, day).is_some() && Membership::UNGA.is_member(state, day)
}

/// Whether a state has held a permanent seat of the Security Council at any time.
pub(crate) fn has_been_permanent(state: StateCode) -> bool {
    let council = Membership::UNSC;
    let mut days = council.days_of_change();
    days.any(|day| council.permanent_members_on(day).contains(&state))
}

/// Whether the members of a body on a day are confirmed by lists of its votes, so that another member on a list is an error.
pub(crate) fn is_confirmed_roster(body: &BodyId, day: NaiveDate) -> bool {
    let confirmed_until = Membership::UNSC.confirmed_until();
    *body == BodyId::UNSC && confirmed_until.is_none_or(|end| day < end)
}

fn union(days: &[NaiveDate], members: impl Fn(NaiveDate) -> Vec<StateCode>) -> Vec<StateCode> {
    let mut all: Vec<_> = days.iter().flat_map(|day| members(*day)).collect();
    all.sort_unstable();
    all.dedup();
    all
}

pub(crate) fn count(length: usize) -> u32 {
    let count = u32::try_from(length);
    debug_assert!(count.is_ok(), "a body has fewer members than {length}");
    count.unwrap_or(u32::MAX)
}

/// Whether the code is that of a state, former ones included.
pub(crate) fn is_known_code(code: StateCode) -> bool {
    entity(code).is_some()
}

/// What the voter at a place of a list is called there.
pub(crate) fn label_at(ballots: &Ballots, place: usize) -> String {
    let entry = ballots.roll().entries().get(place);
    debug_assert!(entry.is_some(), "{place} is beyond the list");
    entry.map(RollEntry::label).unwrap_or_default()
}

/// A voter, as a finding names it: by its code or its identifier, else as it is printed.
pub(crate) fn subject(entry: &RollEntry) -> Subject {
    match entry.who {
        Some(who) => who.into(),
        None => Subject::Name(entry.label()),
    }
}

/// The days that the text of a span names.
pub(crate) fn ends(span: &Span) -> impl Iterator<Item = NaiveDate> + use<> {
    let from = Some(span.from).filter(|from| *from > NaiveDate::MIN);
    from.into_iter().chain(span.to)
}

/// The name to use for a state in a message.
pub(crate) fn name_of(code: StateCode, on: Option<NaiveDate>) -> String {
    let name = match on {
        Some(day) => plenary_states::name_on(code, day),
        None => entity(code).map(plenary_states::Entity::label),
    };
    name.map_or_else(|| code.to_string(), str::to_owned)
}

/// The states that held one seat one after the other, where there are several: the same member under other codes.
pub(crate) static PASSED_ON: LazyLock<Vec<Vec<StateCode>>> = LazyLock::new(|| {
    let first = entities().filter(|entity| entity.continues().is_none());
    let holders = first.map(|first| {
        let holders = iter::successors(Some(first), |holder| holder.continued_by());
        holders.map(Entity::code).collect::<Vec<_>>()
    });
    holders.filter(|holders| holders.len() > 1).collect()
});

/// Whether a body is one whose members are members of the United Nations.
pub(crate) fn is_united_nations(body: &BodyId) -> bool {
    [
        BodyId::UNGA,
        BodyId::UNSC,
        BodyId::ECOSOC,
        BodyId::HRC,
        BodyId::CHR,
    ]
    .contains(body)
}

/// Whether the members or a rule of a body are on record.
pub(crate) fn is_body(reference: &Reference, body: &BodyId) -> bool {
    let rules = reference.library().rules();
    is_known(body) || is_united_nations(body) || rules.iter().any(|rule| rule.body == body.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_known_by_its_members_or_by_a_rule() {
        for (body, known) in [
            (BodyId::UNSC, true),
            (BodyId::HRC, true),
            ("unesco".parse().unwrap(), true),
            ("league".parse().unwrap(), false),
        ] {
            assert_eq!(is_body(Reference::embedded(), &body), known, "{body}");
        }
    }

    #[test]
    fn two_seats_have_passed_on_to_states_with_another_code() {
        let told = PASSED_ON.iter().map(|holders| {
            let codes: Vec<_> = holders.iter().map(ToString::to_string).collect();
            codes.join(" ")
        });
        let told: Vec<_> = told.collect();
        assert_eq!(told, ["SUN RUS", "YUG SCG SRB"]);
    }

    #[test]
    fn the_first_members_are_those_of_the_day_on_which_the_charter_came_into_force() {
        let charter = "1945-10-24".parse().unwrap();
        assert_eq!(first_admission(), charter);
        // That no source names an hour for the first members makes no day before it doubtful.
        assert!(DOUBTFUL_DAYS.iter().all(|day| *day > charter));
    }

    #[test]
    fn an_end_of_a_membership_is_doubtful_where_its_basis_names_no_other() {
        let is_doubtful = |day: &str| DOUBTFUL_DAYS.contains(&day.parse().unwrap());
        for (day, doubtful) in [
            ("1967-12-14", true),
            ("1990-05-22", false),
            ("1991-12-24", true),
            ("2000-11-01", false),
            ("2003-02-04", true),
            ("1965-01-20", true),
        ] {
            assert_eq!(is_doubtful(day), doubtful, "{day}");
        }
    }
}
