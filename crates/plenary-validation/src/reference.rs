//! What is known of bodies and participants, as checks ask for it.

use std::iter;
use std::sync::LazyLock;

use chrono::NaiveDate;
use plenary_bodies::{Body, Reference, Roster};
use plenary_states::{Entity, entities, entity};
use plenary_types::{Ballots, BodyId, Invariant, Participant, RollEntry, Span, StateCode, Subject};

/// The roster by which a list of a body is judged on a day: its own where it is on record by name, else that of the body in
/// which everybody who sits here has to sit.
pub(crate) fn roster_on<'r>(
    reference: &'r Reference,
    body: &'r Body,
    day: NaiveDate,
) -> Option<(&'r Body, &'r Roster)> {
    let own = body.roster().filter(|own| own.known_on(day).is_some());
    let parent = || {
        let parent = reference.parent_of(body)?;
        Some((&**parent, parent.roster()?))
    };
    own.map(|own| (body, own)).or_else(parent)
}

/// Whether somebody is a member of the body in which everybody who sits in a body has to sit, and the members of that body on the
/// day are on record by name.
pub(crate) fn is_member_elsewhere(
    reference: &Reference,
    body: &Body,
    who: Participant,
    day: NaiveDate,
) -> bool {
    let parent = reference.parent_of(body);
    let sits = parent.and_then(|parent| parent.is_member(who, day));
    body.members_on(day).is_some() && sits == Some(true)
}

/// Whether the code is that of a state, former ones included.
pub(crate) fn is_known_code(code: StateCode) -> bool {
    entity(code).is_some()
}

/// What the voter at a place of a list is called there.
pub(crate) fn label_at(ballots: &Ballots, place: usize) -> String {
    let entry = ballots.roll().entries().get(place);
    entry
        .map(RollEntry::label)
        .invariant("a place is one of the list")
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
        None => entity(code).map(Entity::label),
    };
    name.map_or_else(|| code.to_string(), str::to_owned)
}

/// The name to use for anybody in a message.
pub(crate) fn called(reference: &Reference, who: Participant, on: Option<NaiveDate>) -> String {
    let known = reference.name_on(who, on);
    known.unwrap_or_else(|| who.as_str()).to_owned()
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

/// Whether a body is on record.
pub(crate) fn is_body(reference: &Reference, body: &BodyId) -> bool {
    reference.body(body.as_str()).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_known_by_its_file() {
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
}
