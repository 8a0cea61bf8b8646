//! [`Groups`]: who belonged together on a day.

use chrono::NaiveDate;
use plenary_bodies::Scheme;
use plenary_types::{Participant, Span};
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
///
/// let regional = plenary_bodies::Reference::embedded().scheme("un-regional");
/// assert_eq!(regional.map(StateGroups::from_scheme).unwrap().names().len(), 5);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateGroups {
    names: Vec<String>,
    groups: plenary_states::Groups,
}

/// Who is in which groups on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DayMembers(FxHashMap<Participant, Vec<usize>>);

impl DayMembers {
    /// The groups of a participant, as places among [`StateGroups::names`].
    #[must_use]
    pub fn of(&self, who: Participant) -> &[usize] {
        self.0.get(&who).map_or(&[], Vec::as_slice)
    }
}

/// A group that is not among the groups.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown group `{name}` (expected {}){}", known.join(", "), did_you_mean(name, known))]
#[non_exhaustive]
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
    /// Groups with their members over time, in an order of one's own.
    #[must_use]
    pub fn new(groups: impl IntoIterator<Item = (String, Vec<(Participant, Span)>)>) -> Self {
        let (mut names, mut all) = (Vec::new(), Vec::new());
        for (name, members) in groups {
            let named = members.into_iter();
            all.extend(named.map(|(who, span)| (name.clone(), who, span)));
            if !names.contains(&name) {
                names.push(name);
            }
        }
        Self {
            names,
            groups: plenary_states::Groups::new(all),
        }
    }

    /// The groups of a scheme of reference data, as it dates them.
    #[must_use]
    pub fn from_scheme(scheme: &Scheme) -> Self {
        let names = scheme.groups().into_iter().map(ToOwned::to_owned).collect();
        let rows = scheme.rows().iter();
        let members = rows.map(|row| (&*row.group, row.who, row.span));
        Self {
            names,
            groups: plenary_states::Groups::new(members),
        }
    }

    /// Groups from a file of one's own.
    #[must_use]
    pub fn own(groups: plenary_states::Groups) -> Self {
        Self {
            names: groups.names().map(ToOwned::to_owned).collect(),
            groups,
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

    /// Who is in them on a day.
    #[must_use]
    pub fn members_on(&self, day: NaiveDate) -> DayMembers {
        let mut of_member: FxHashMap<Participant, Vec<usize>> = FxHashMap::default();
        for (place, name) in self.names.iter().enumerate() {
            for member in self.groups.members_on(name, day) {
                let places = of_member.entry(member).or_default();
                if places.last() != Some(&place) {
                    places.push(place);
                }
            }
        }
        DayMembers(of_member)
    }

    /// The groups of each of these voters on a day, as places among the names.
    pub(super) fn of_voters(
        &self,
        voters: &[Option<Participant>],
        day: NaiveDate,
    ) -> Vec<Vec<usize>> {
        let members = self.members_on(day);
        let of = |who: &Option<Participant>| who.map_or(Vec::new(), |who| members.of(who).to_vec());
        voters.iter().map(of).collect()
    }
}
