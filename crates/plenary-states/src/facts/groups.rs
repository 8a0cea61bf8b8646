//! Groups of states: the five regional groups of the Assembly.

use std::fmt;

use chrono::NaiveDate;
use plenary_types::StateCode;

use crate::facts::entity::{Entity, entities, entity};
use crate::rows::entity::GroupSpell;

/// The five regional groups in which the Assembly elects.
///
/// They are informal, and their membership has changed; the embedded table is today's, dated only
/// where a source gives the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RegionalGroup {
    /// African States: 54.
    African,
    /// Asia-Pacific States: 54, Kiribati included.
    AsiaPacific,
    /// Eastern European States: 23.
    EasternEuropean,
    /// Latin American and Caribbean States: 33.
    LatinAmericanCaribbean,
    /// Western European and other States: 29, the United States included, which is counted here in
    /// elections and is formally in no group.
    WesternEuropeanOthers,
}

impl RegionalGroup {
    /// All five, in alphabetical order.
    pub const ALL: [Self; 5] = [
        Self::African,
        Self::AsiaPacific,
        Self::EasternEuropean,
        Self::LatinAmericanCaribbean,
        Self::WesternEuropeanOthers,
    ];

    /// The identifier in data and on the command line, such as `asia-pacific`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::African => "african",
            Self::AsiaPacific => "asia-pacific",
            Self::EasternEuropean => "eastern-european",
            Self::LatinAmericanCaribbean => "latin-american-caribbean",
            Self::WesternEuropeanOthers => "western-european-others",
        }
    }

    /// The name in English, such as `Asia-Pacific`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::African => "African",
            Self::AsiaPacific => "Asia-Pacific",
            Self::EasternEuropean => "Eastern European",
            Self::LatinAmericanCaribbean => "Latin American and Caribbean",
            Self::WesternEuropeanOthers => "Western European and Others",
        }
    }

    /// The group of an identifier.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.as_str() == slug)
    }

    /// The group that a name means: its identifier, its name in English or the usual initials, whatever the
    /// case, the hyphens and a word such as "States" or "Group" behind it.
    ///
    /// ```
    /// use plenary_states::RegionalGroup;
    ///
    /// assert_eq!(RegionalGroup::from_name("Asia-Pacific States"), Some(RegionalGroup::AsiaPacific));
    /// assert_eq!(RegionalGroup::from_name("WEOG"), Some(RegionalGroup::WesternEuropeanOthers));
    /// assert_eq!(RegionalGroup::from_name("Oceania"), None);
    /// ```
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let words = name.split(|c: char| !c.is_alphanumeric());
        let telling = words.filter(|w| {
            !["and", "group", "states", "other"].contains(&w.to_ascii_lowercase().as_str())
        });
        Some(
            match telling.collect::<String>().to_ascii_lowercase().as_str() {
                "african" | "africa" | "ag" => Self::African,
                "asiapacific" | "asian" | "asiathepacific" | "apg" => Self::AsiaPacific,
                "easterneuropean" | "easterneurope" | "eeg" => Self::EasternEuropean,
                "latinamericancaribbean"
                | "latinamericathecaribbean"
                | "latinamericacaribbean"
                | "grulac" => Self::LatinAmericanCaribbean,
                "westerneuropeanothers" | "westerneuropean" | "westerneuropeothers" | "weog" => {
                    Self::WesternEuropeanOthers
                }
                _ => return None,
            },
        )
    }
}

impl fmt::Display for RegionalGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl Entity {
    /// The groups it belongs to, with their days.
    #[must_use]
    pub const fn groups(self) -> &'static [GroupSpell] {
        self.0.groups
    }
}

/// The regional group of a state on a day, where the table knows it.
///
/// ```
/// use plenary_states::{RegionalGroup, regional_group_on};
/// use chrono::NaiveDate;
///
/// let day = NaiveDate::from_ymd_opt(2018, 12, 19).unwrap();
/// assert_eq!(regional_group_on("KIR".parse()?, day), Some(RegionalGroup::AsiaPacific));
/// # Ok::<(), plenary_types::CodeError>(())
/// ```
#[must_use]
pub fn regional_group_on(code: StateCode, day: NaiveDate) -> Option<RegionalGroup> {
    let groups = entity(code)?.groups().iter();
    groups
        .filter(|spell| spell.span.contains(day))
        .find_map(|spell| RegionalGroup::from_slug(spell.group))
}

/// The entities of a group on a day, in the order of their codes.
pub fn group_members_on(group: &str, day: NaiveDate) -> impl Iterator<Item = StateCode> {
    let holds = move |e: &Entity| {
        e.groups()
            .iter()
            .any(|s| s.group == group && s.span.contains(day))
    };
    entities().filter(holds).map(Entity::code)
}
