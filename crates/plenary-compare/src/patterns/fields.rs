//! What the sources print of a vote beside its symbol, date and ballots, and one of them does not or prints otherwise.

use std::collections::{BTreeMap, BTreeSet};

use plenary_types::Session;

use super::{FEW, Seen};
use crate::fields::gives;
use crate::matching::Match;
use crate::{Both, Difference, DifferenceKind, Pattern, PatternKind, Sight};

/// The field in words.
pub(super) const fn plural(field: Option<DifferenceKind>) -> &'static str {
    match field {
        Some(DifferenceKind::Meeting) => "meetings",
        Some(DifferenceKind::Title) => "titles",
        Some(DifferenceKind::Agenda) => "agenda items",
        Some(DifferenceKind::Subjects) => "subjects",
        Some(DifferenceKind::Drafts) => "drafts",
        Some(DifferenceKind::CommitteeReport) => "committee reports",
        _ => "notes",
    }
}

/// The source that does not give a field that the other gives.
fn silent(difference: &Difference) -> Option<char> {
    let given = |sight: &Option<Sight>| sight.as_ref().is_some_and(|s| s.value.is_some());
    match (given(&difference.a), given(&difference.b)) {
        (false, true) => Some('a'),
        (true, false) => Some('b'),
        _ => None,
    }
}

type Group = (DifferenceKind, Option<char>);

/// The differences of the fields, by field and by the source that does not give it.
fn groups(differences: &[Difference]) -> BTreeMap<Group, (BTreeSet<Session>, usize)> {
    let mut groups: BTreeMap<Group, (BTreeSet<Session>, usize)> = BTreeMap::new();
    let of_fields = differences
        .iter()
        .filter(|d| DifferenceKind::FIELDS.contains(&d.kind));
    for difference in of_fields {
        let (sessions, votes) = groups
            .entry((difference.kind, silent(difference)))
            .or_default();
        sessions.extend(difference.session);
        *votes += 1;
    }
    groups
}

fn seen<'a>(
    kind: PatternKind,
    (field, side): Group,
    sessions: BTreeSet<Session>,
    votes: usize,
    of: usize,
) -> Seen<'a> {
    Seen {
        pattern: Pattern {
            kind,
            sessions: sessions.into_iter().collect(),
            voters: Vec::new(),
            field: Some(field),
            side,
            votes,
            of,
            days: None,
            message: String::new(),
            differences: 0,
        },
        takes: Box::new(move |d| d.kind == field && silent(d) == side),
    }
}

/// Fields that one source does not give.
pub(super) fn missing(differences: &[Difference], into: &mut Vec<Seen<'_>>) {
    for (group, (sessions, votes)) in groups(differences) {
        if group.1.is_some() && votes >= FEW {
            into.push(seen(
                PatternKind::FieldMissing,
                group,
                sessions,
                votes,
                votes,
            ));
        }
    }
}

/// Of fewer votes each is listed with what both sources say.
const FEW_TO_LIST: usize = 20;

/// Fields that the two sources word differently, as a rule.
pub(super) fn styles<'a>(
    both: &Both<'a>,
    matches: &[Match],
    differences: &[Difference],
    into: &mut Vec<Seen<'a>>,
) {
    for (group, (sessions, votes)) in groups(differences) {
        if group.1.is_some() || votes < FEW_TO_LIST {
            continue;
        }
        let pairs = matches.iter().filter(|found| !found.apart);
        let of = pairs
            .filter_map(|found| Some((both.a.votes.get(found.a)?, both.b.votes.get(found.b)?)))
            .filter(|(a, b)| gives(a, group.0) && gives(b, group.0))
            .count();
        if votes * 10 >= of * 9 {
            into.push(seen(PatternKind::FieldStyle, group, sessions, votes, of));
        }
    }
}
