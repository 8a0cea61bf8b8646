//! Names in a requirement that nothing is known by: a misspelt table, a group that nobody defined.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::requirement::{GroupRef, Measure, Requirement};
use crate::{Facts, Name};

/// What a requirement calls by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum NameKind {
    /// A table of weights: `population` in `at least 65% of population`.
    Table,
    /// A group of members: `P5` in `no member of P5 against`.
    Group,
}

impl fmt::Display for NameKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Table => "table",
            Self::Group => "group",
        })
    }
}

/// A name in a requirement that nothing is known by, so that no vote can be decided by it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct UnknownName {
    /// The name.
    pub name: Name,
    /// What it should name.
    pub kind: NameKind,
    /// The most similar name of that kind: of what is known here, else of what is known of other bodies and days.
    pub nearest: Option<Name>,
}

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown {} `{}`", self.kind, self.name)?;
        match &self.nearest {
            Some(nearest) if *nearest == self.name => {
                write!(f, " (known for other bodies or days)")
            }
            Some(nearest) => write!(f, ", did you mean `{nearest}`?"),
            None => Ok(()),
        }
    }
}

/// The tables and groups that a requirement names and that none of the `known` facts has, in the order of their names.
///
/// `known` is what a vote would be decided with: the facts given with it and those of its body on its day. A requirement
/// inside `in council (...)` is looked up in the same facts. `elsewhere` is what is known of other bodies and days: it is
/// where the most similar name is looked for if `known` has none.
///
/// ```
/// use plenary_decisions::{Facts, Table, unknown_names};
///
/// let rule = "at least 55% of members; at least 65% of populaton".parse()?;
/// let mut union = Facts::default();
/// union.add_table("population".parse()?, Table::parse([("DEU".parse()?, "83.2")])?);
/// let unknown = unknown_names(&rule, [], [&union]);
/// assert_eq!(unknown[0].to_string(), "unknown table `populaton`, did you mean `population`?");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn unknown_names<'f>(
    requirement: &Requirement,
    known: impl IntoIterator<Item = &'f Facts>,
    elsewhere: impl IntoIterator<Item = &'f Facts>,
) -> Vec<UnknownName> {
    let known: Vec<&Facts> = known.into_iter().collect();
    let elsewhere: Vec<&Facts> = elsewhere.into_iter().collect();
    let near = |among: &[&Facts], kind, name: &Name| -> Option<Name> {
        let names = among.iter().flat_map(|facts| of_kind(facts, kind));
        nearest(name.as_str(), names.map(Name::as_str))?
            .parse()
            .ok()
    };
    let mut unknown = Vec::new();
    for (kind, name) in named_in(requirement) {
        if !known.iter().any(|facts| has(facts, kind, name)) {
            unknown.push(UnknownName {
                nearest: near(&known, kind, name).or_else(|| near(&elsewhere, kind, name)),
                name: name.clone(),
                kind,
            });
        }
    }
    unknown.sort();
    unknown.dedup();
    unknown
}

/// The name among `known` that is most like a text, when it is so like it that the text may be a misspelling: a letter of
/// every three may differ, and at least one. Upper and lower case are alike.
///
/// ```
/// use plenary_decisions::nearest;
///
/// assert_eq!(nearest("populaton", ["population", "nice-votes"]), Some("population"));
/// assert_eq!(nearest("p5", ["P5"]), Some("P5"));
/// assert_eq!(nearest("quota", ["population"]), None);
/// ```
#[must_use]
pub fn nearest<'n>(text: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let text = text.to_lowercase();
    let most = (text.chars().count() / 3).max(1);
    let apart = |name: &str| strsim::damerau_levenshtein(&text, &name.to_lowercase());
    let known = known.into_iter().map(|name| (apart(name), name));
    let found = known.filter(|(letters, _)| *letters <= most).min();
    found.map(|(_, name)| name)
}

/// The tables and groups that a requirement names, those inside `in council (...)` as well.
///
/// ```
/// use plenary_decisions::{NameKind, named_in};
///
/// let rule = "at least 9 votes; no member of P5 against".parse()?;
/// let named: Vec<_> = named_in(&rule).map(|(kind, name)| (kind, name.as_str())).collect();
/// assert_eq!(named, [(NameKind::Group, "P5")]);
/// # Ok::<(), plenary_decisions::ParseError>(())
/// ```
pub fn named_in(requirement: &Requirement) -> impl Iterator<Item = (NameKind, &Name)> {
    requirement.parts().into_iter().flat_map(|part| {
        let (group, table) = match part {
            Requirement::Compare(comparison) => {
                let table = match &comparison.measure {
                    Measure::Weight(name) => Some((NameKind::Table, name)),
                    Measure::Heads(_) => None,
                };
                (comparison.group.as_ref(), table)
            }
            Requirement::Among(group, _) | Requirement::Without(group, _) => (Some(group), None),
            _ => (None, None),
        };
        let group = match group {
            Some(GroupRef::Named(name)) => Some((NameKind::Group, name)),
            _ => None,
        };
        group.into_iter().chain(table)
    })
}

fn has(facts: &Facts, kind: NameKind, name: &Name) -> bool {
    match kind {
        NameKind::Table => facts.table(name).is_some(),
        NameKind::Group => facts.group(name).is_some(),
    }
}

fn of_kind(facts: &Facts, kind: NameKind) -> Vec<&Name> {
    match kind {
        NameKind::Table => facts.tables().map(|(name, _)| name).collect(),
        NameKind::Group => facts.groups().map(|(name, _)| name).collect(),
    }
}

#[cfg(test)]
mod tests {
    use plenary_types::Participant;

    use super::*;
    use crate::{Group, Table};

    fn name(text: &str) -> Name {
        text.parse().unwrap()
    }

    fn known() -> Facts {
        let codes = ["FRA", "GBR"].map(|code| code.parse::<Participant>().unwrap());
        let mut facts = Facts::default();
        facts.add_group(name("Nordics"), Group::new(codes));
        let weights = codes.map(|code| (code, "1"));
        facts.add_table(name("quota"), Table::parse(weights).unwrap());
        facts
    }

    /// What another body has.
    fn others() -> Facts {
        let mut facts = Facts::default();
        facts.add_group(name("P5"), Group::new(Vec::<Participant>::new()));
        facts.add_table(name("population"), Table::parse([]).unwrap());
        facts
    }

    #[test]
    fn every_place_of_a_name_is_looked_at() {
        let facts = known();
        for (text, unknown) in [
            (
                "at least 1/2 of quota; no member of Nordics against",
                vec![],
            ),
            ("no member of {FRA} against", vec![]),
            ("at least 1/2 of quotas", vec!["table quotas quota"]),
            ("not (at least 3 kuota)", vec!["table kuota quota"]),
            ("all of nordics", vec!["group nordics Nordics"]),
            (
                "among Nordic (at least 1 vote)",
                vec!["group Nordic Nordics"],
            ),
            ("without Norse (1 vote) or 2 votes", vec!["group Norse -"]),
            ("in council (no member of P5 against)", vec!["group P5 P5"]),
            (
                "after 1 month (at least 1/2 of populatoin cast)",
                vec!["table populatoin population"],
            ),
            (
                "at least 1/2 of zebra; at most 3 zebra against",
                vec!["table zebra -"],
            ),
            ("at least 1/2 of Nordics", vec!["table Nordics -"]),
        ] {
            let found = unknown_names(&text.parse().unwrap(), [Facts::NONE, &facts], [&others()]);
            let found = found.iter().map(|unknown| {
                let nearest = unknown.nearest.as_ref().map_or("-", Name::as_str);
                format!("{} {} {nearest}", unknown.kind, unknown.name)
            });
            assert_eq!(found.collect::<Vec<_>>(), unknown, "{text}");
        }
    }

    #[test]
    fn a_lone_column_of_weights_has_any_name() {
        let mut facts = Facts::default();
        facts.set_any_table(Table::parse([]).unwrap());
        let asked = "at least 1/2 of anything".parse().unwrap();
        assert_eq!(unknown_names(&asked, [&facts], []), []);
        assert_eq!(unknown_names(&asked, [], []).len(), 1);
    }

    #[test]
    fn a_name_that_only_other_bodies_know_is_said_to_be_theirs() {
        let asked = "at least 1/2 of population".parse().unwrap();
        let unknown = unknown_names(&asked, [], [&others()]);
        assert_eq!(
            unknown[0].to_string(),
            "unknown table `population` (known for other bodies or days)"
        );
    }
}
