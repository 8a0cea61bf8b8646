//! Groups that a user supplies.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use plenary_types::{Participant, Span, StateCode};

use crate::{Resolver, entity};

/// Dated groups of participants.
///
/// ```
/// use chrono::NaiveDate;
/// use plenary_states::Groups;
/// use plenary_types::Span;
///
/// let day = |year| NaiveDate::from_ymd_opt(year, 9, 5).unwrap();
/// let span = Span { from: day(1944), to: None };
/// let members = ["Luxembourg", "NLD", "Belgium"].map(|name| Ok(("benelux", Groups::participant(name, None)?, span)));
/// let groups = Groups::new(members.into_iter().collect::<Result<Vec<_>, String>>()?);
/// let codes: Vec<_> = groups.members_on("benelux", day(2020)).map(|code| code.to_string()).collect();
/// assert_eq!(codes, ["BEL", "LUX", "NLD"]);
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Groups {
    members: BTreeMap<String, Vec<(Participant, Span)>>,
}

impl Groups {
    /// Groups by the name of each, its members and the days of their membership.
    pub fn new(members: impl IntoIterator<Item = (impl Into<String>, Participant, Span)>) -> Self {
        let mut groups = Self::default();
        for (group, member, span) in members {
            let group = groups.members.entry(group.into()).or_default();
            group.push((member, span));
        }
        for members in groups.members.values_mut() {
            members.sort_by_key(|(who, span)| (*who, span.from));
        }
        groups
    }

    /// The participant of a list of members: a kind with an identifier (`person:icpsr-40104`), the code of an entity, or a name that is
    /// certain at the first day or in general.
    ///
    /// # Errors
    ///
    /// What a text may mean that is not one participant, in brackets; nothing where it means none.
    pub fn participant(text: &str, from: Option<NaiveDate>) -> Result<Participant, String> {
        if text.contains(':') {
            let who = text.parse::<Participant>();
            return who.map_err(|error| format!(" ({error})"));
        }
        let code = text
            .parse::<StateCode>()
            .ok()
            .filter(|code| entity(*code).is_some());
        let general = Resolver::new().names_or_codes().explain(text);
        let dated = || from.and_then(|_| Resolver::new().names_or_codes().on(from).resolve(text));
        code.or(general.code)
            .or_else(dated)
            .map(Participant::from)
            .ok_or_else(|| hint(&general.candidates))
    }

    /// The names of the groups, in alphabetical order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.members.keys().map(String::as_str)
    }

    /// Everybody who is a member of a group on some day, in the order of their texts; none when there is no such group.
    pub fn members(&self, group: &str) -> impl Iterator<Item = Participant> {
        let members = self.members.get(group).map_or(&[][..], Vec::as_slice);
        let by_code = members.chunk_by(|(code, _), (other, _)| code == other);
        by_code.filter_map(|spells| spells.first().map(|(code, _)| *code))
    }

    /// The members of a group with the days of each spell, in the order of their texts and then of the days; none when there is no
    /// such group.
    pub fn spells(&self, group: &str) -> impl Iterator<Item = (Participant, Span)> {
        let members = self.members.get(group).map_or(&[][..], Vec::as_slice);
        members.iter().copied()
    }

    /// The members of a group on a day, in the order of their texts; none when there is no such group.
    pub fn members_on(&self, group: &str, day: NaiveDate) -> impl Iterator<Item = Participant> {
        let members = self.members.get(group).map_or(&[][..], Vec::as_slice);
        members
            .iter()
            .filter(move |(_, span)| span.contains(day))
            .map(|(code, _)| *code)
    }
}

fn hint(candidates: &[crate::Candidate]) -> String {
    if candidates.is_empty() {
        return String::new();
    }
    let codes: Vec<_> = candidates.iter().map(|c| c.code.to_string()).collect();
    format!(" (it may be {})", codes.join(", "))
}
