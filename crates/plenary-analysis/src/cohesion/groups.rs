//! [`Groups`]: who belonged together on a day.

use chrono::NaiveDate;
use plenary_states::{RegionalGroup, regional_group_on};
use plenary_types::{Participant, StateCode};
use rustc_hash::FxHashMap;

/// Groups of participants with their membership on every day. A participant may be in several.
///
/// ```
/// use plenary_analysis::cohesion::StateGroups;
///
/// let file = "group,member,from,to\nbenelux,BEL,1944-09-05,\nbenelux,NLD,1944-09-05,\n";
/// let members = plenary_tables::read_groups(file, plenary_states::Groups::participant)?;
/// let groups = StateGroups::own(plenary_states::Groups::new(members));
/// assert_eq!(groups.names(), ["benelux"]);
/// assert_eq!(StateGroups::regional().names().len(), 5);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct StateGroups {
    names: Vec<String>,
    source: Source,
}

#[derive(Clone, Debug)]
enum Source {
    Regional,
    Own(plenary_states::Groups),
}

/// A group that is not among the groups.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown group `{name}` (expected {}){}", known.join(", "), did_you_mean(name, known))]
pub struct UnknownGroup {
    /// The name that was asked for.
    pub name: String,
    /// The groups there are.
    pub known: Vec<String>,
}

fn did_you_mean(name: &str, known: &[String]) -> String {
    let nearest = plenary_decisions::nearest(name, known.iter().map(String::as_str));
    nearest.map_or(String::new(), |nearest| format!("; nearest: `{nearest}`"))
}

impl StateGroups {
    /// The five regional groups of the United Nations, as `plenary-states` dates them: mostly today's.
    #[must_use]
    pub fn regional() -> Self {
        let names = RegionalGroup::ALL
            .iter()
            .map(|group| group.as_str().to_owned());
        Self {
            names: names.collect(),
            source: Source::Regional,
        }
    }

    /// Groups from a file of one's own.
    #[must_use]
    pub fn own(groups: plenary_states::Groups) -> Self {
        Self {
            names: groups.names().map(ToOwned::to_owned).collect(),
            source: Source::Own(groups),
        }
    }

    /// Only some of them.
    ///
    /// # Errors
    ///
    /// [`UnknownGroup`] when there is none of a name.
    pub fn only<'n>(
        mut self,
        names: impl IntoIterator<Item = &'n str>,
    ) -> Result<Self, UnknownGroup> {
        let wanted: Vec<_> = names.into_iter().collect();
        if let Some(unknown) = wanted
            .iter()
            .find(|name| !self.names.iter().any(|n| n == *name))
        {
            return Err(UnknownGroup {
                name: (*unknown).to_owned(),
                known: self.names,
            });
        }
        self.names.retain(|name| wanted.contains(&name.as_str()));
        Ok(self)
    }

    /// Their names; results are in this order.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The groups of each of these voters on a day, as places among the names.
    pub(super) fn of_voters(
        &self,
        voters: &[Option<Participant>],
        day: NaiveDate,
    ) -> Vec<Vec<usize>> {
        match &self.source {
            Source::Regional => {
                let of = |code: StateCode| {
                    let group = regional_group_on(code, day)?;
                    self.names.iter().position(|name| name == group.as_str())
                };
                let of = |who: &Option<Participant>| {
                    let group = who.and_then(Participant::code).and_then(of);
                    group.into_iter().collect()
                };
                voters.iter().map(of).collect()
            }
            Source::Own(groups) => {
                let mut of_member: FxHashMap<Participant, Vec<usize>> = FxHashMap::default();
                for (place, name) in self.names.iter().enumerate() {
                    for member in groups.members_on(name, day) {
                        let places = of_member.entry(member).or_default();
                        if places.last() != Some(&place) {
                            places.push(place);
                        }
                    }
                }
                let of = |who: &Option<Participant>| {
                    let places = who.and_then(|who| of_member.get(&who));
                    places.cloned().unwrap_or_default()
                };
                voters.iter().map(of).collect()
            }
        }
    }
}
