//! [`Collection`]: treaties whose clause is known, with the acts that today's tables do not carry.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::NaiveDate;
use plenary_bodies::Reference;
use plenary_decisions::{Clause, Delay, Facts, Group, Name, Others, Table};
use plenary_types::{AgreementRelation, StateCode, TreatyAction};
use serde::Deserialize;

use crate::acts::{normal_id, shipped_acts};
use crate::practice::{self, BuiltIn, Scope};
use crate::{Notice, Source, Treaty};

/// What is known of a treaty beside the acts of its participants.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct KnownTreaty {
    /// Its number in the depositary's collection.
    pub id: String,
    /// Short names.
    pub aliases: Vec<String>,
    /// Its title.
    pub title: String,
    /// When it enters into force.
    pub clause: Clause,
    /// The delay for later joiners, where it is not that of the clause.
    pub later: Option<Delay>,
    /// The article of that delay, where it is not that of the clause.
    pub later_source: Option<String>,
    /// What it says of withdrawal; nothing where that is not on record.
    pub notice: Option<Notice>,
    /// The article on withdrawal.
    pub notice_source: Option<String>,
    /// The body whose members a share of "members" in the clause means.
    pub members_of: Option<String>,
    /// Whether it binds all members of that body once it is in force.
    pub binds_members: bool,
    /// The depositary, where it is not the Secretary-General.
    pub depositary: Option<String>,
    /// When it was opened for signature, where the clause needs it.
    pub opened: Option<NaiveDate>,
    /// The official date of its entry into force; nothing if it is not in force. Never used to compute anything.
    pub in_force: Option<NaiveDate>,
    /// What it is to other treaties.
    pub relations: Vec<AgreementRelation>,
    /// The article of the clause, and the source of the figures.
    pub source: String,
    /// The groups and tables that the clause names.
    pub facts: Facts,
}

/// Treaties by number and short name.
#[derive(Clone, Debug, Default)]
pub struct Collection {
    treaties: Vec<KnownTreaty>,
}

/// Why a text is not a collection of treaties.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CollectionError {
    /// Not the expected TOML.
    #[error("the collection of treaties cannot be read: {0}")]
    Toml(#[from] toml::de::Error),
    /// An entry holds something that is not what it should be.
    #[error("treaty `{id}`: {reason}")]
    Entry {
        /// The treaty.
        id: String,
        /// What is wrong with it.
        reason: String,
    },
}

static EMBEDDED: LazyLock<Collection> = LazyLock::new(|| {
    let collection = Collection::from_toml(include_str!("../data/treaties.toml"));
    debug_assert!(
        collection.is_ok(),
        "the treaties of the crate: {collection:?}"
    );
    collection.unwrap_or_default()
});

impl Collection {
    /// The treaties that come with the crate.
    #[must_use]
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// Reads a collection of one's own, in the format of the embedded one.
    ///
    /// # Errors
    ///
    /// [`CollectionError`] when the text is not TOML of that format, or an entry holds a wrong value.
    pub fn from_toml(text: &str) -> Result<Self, CollectionError> {
        let file: File = toml::from_str(text)?;
        let treaties = file
            .treaty
            .into_iter()
            .map(known)
            .collect::<Result<_, _>>()?;
        Ok(Self { treaties })
    }

    /// Every treaty, in the order of the data.
    #[must_use]
    pub fn treaties(&self) -> &[KnownTreaty] {
        &self.treaties
    }

    /// The groups that any treaty of the collection names, for clauses given by hand.
    #[must_use]
    pub fn groups(&self) -> Facts {
        let mut facts = Facts::default();
        for (name, group) in self
            .treaties
            .iter()
            .flat_map(|treaty| treaty.facts.groups())
        {
            facts.add_group(name.clone(), group.clone());
        }
        facts
    }

    /// The treaty of that number (`4-11`, `IV-11`) or short name (`crc`).
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&KnownTreaty> {
        let wanted = normal_id(id);
        self.treaties
            .iter()
            .find(|treaty| treaty.id == wanted || treaty.aliases.contains(&wanted))
    }

    /// The treaties that a text can mean: that of this number or short name; else those whose short name is it with words such
    /// as `convention` after it; else those with all its words in their title. Empty where there is none.
    ///
    /// ```
    /// use plenary_treaties::Collection;
    ///
    /// let found = Collection::embedded().find("arms trade");
    /// assert_eq!(found.len(), 1);
    /// assert_eq!(found[0].id, "26-8");
    /// ```
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<&KnownTreaty> {
        if let Some(treaty) = self.get(text) {
            return vec![treaty];
        }
        let wanted = words(text);
        if wanted.is_empty() {
            return Vec::new();
        }
        let select = |meant: &dyn Fn(&KnownTreaty) -> bool| -> Vec<&KnownTreaty> {
            self.treaties
                .iter()
                .filter(|treaty| meant(treaty))
                .collect()
        };
        let named = select(&|treaty| {
            let mut aliases = treaty.aliases.iter().map(|alias| words(alias));
            aliases.any(|alias| alias.starts_with(&wanted))
        });
        if !named.is_empty() {
            return named;
        }
        let titled = select(&|treaty| has_words(&treaty.title, &wanted));
        // Protocols and amendments bear the name of their treaty; whoever means one of them says so.
        let parents: Vec<_> = titled.iter().map(|treaty| treaty.id.as_str()).collect();
        let of_another = |treaty: &&KnownTreaty| {
            let mut relations = treaty.relations.iter().filter(|r| r.kind.belongs());
            relations.any(|relation| parents.contains(&relation.to.as_str()))
        };
        let own: Vec<_> = titled
            .iter()
            .copied()
            .filter(|treaty| !of_another(treaty))
            .collect();
        if own.len() == 1 { own } else { titled }
    }

    /// The treaties whose number, short name or words of the title are nearest to a text that means none, at most `most`.
    #[must_use]
    pub fn nearest(&self, text: &str, most: usize) -> Vec<&KnownTreaty> {
        let text = normal_id(text);
        let wanted = words(&text);
        let apart = |treaty: &KnownTreaty| {
            let names = std::iter::once(&treaty.id).chain(&treaty.aliases);
            let named = names.map(|name| strsim::levenshtein(&text, name)).min();
            let title = words(&treaty.title);
            let worded = wanted.iter().map(|word| {
                let nearest = title.iter().map(|other| strsim::levenshtein(word, other));
                nearest.min().unwrap_or(usize::MAX)
            });
            let worded = worded
                .max()
                .filter(|apart| *apart <= 2)
                .map(|apart| apart + 1);
            named.into_iter().chain(worded).min().unwrap_or(usize::MAX)
        };
        let mut near: Vec<_> = self
            .treaties
            .iter()
            .map(|treaty| (apart(treaty), treaty))
            .filter(|(apart, _)| *apart <= 3)
            .collect();
        near.sort_by_key(|(apart, _)| *apart);
        near.into_iter()
            .map(|(_, treaty)| treaty)
            .take(most)
            .collect()
    }
}

impl KnownTreaty {
    /// The acts that come with the crate: for a few treaties all of them, for others those of states that no longer
    /// exist and of which today's tables say nothing.
    #[must_use]
    pub fn shipped_acts(&self) -> Vec<TreatyAction> {
        shipped_acts(&self.id).to_vec()
    }

    /// What comes with the crate of its acts, where it needs no table.
    #[must_use]
    pub fn built_in(&self) -> Option<&'static BuiltIn> {
        practice::built_in(&self.id)
    }

    /// Whether all acts of the treaty come with the crate.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.built_in().is_some_and(|acts| acts.scope == Scope::All)
    }

    /// The treaty with the acts of a table, completed by those that come with the crate.
    #[must_use]
    pub fn with_acts(&self, actions: Vec<TreatyAction>) -> Treaty {
        let source = Source {
            id: Some(self.id.clone()),
            actions,
            ..Source::default()
        };
        source
            .assemble_known(Some(self), Reference::embedded())
            .treaty
    }

    /// The treaty with what is known of it.
    pub(crate) fn describe(&self, treaty: Treaty) -> Treaty {
        Treaty {
            id: Some(self.id.clone()),
            title: self.title.clone(),
            relations: self.relations.clone(),
            opened: self.opened,
            clause: Some(self.clause.clone()),
            later: self.later,
            notice: self.notice,
            in_force: self.in_force,
            depositary: self.depositary.clone(),
            binds_members: self.binds_members,
            facts: self.facts.clone(),
            ..treaty
        }
    }
}

/// Whether a title has all the words of a text.
#[must_use]
pub fn title_has(title: &str, text: &str) -> bool {
    let wanted = words(text);
    !wanted.is_empty() && has_words(title, &wanted)
}

fn has_words(title: &str, wanted: &[String]) -> bool {
    let title = words(title);
    wanted.iter().all(|word| title.contains(word))
}

/// The words of a text in small letters, without articles and the like.
fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| {
            !word.is_empty() && !matches!(*word, "the" | "of" | "on" | "and" | "for" | "in")
        })
        .map(ToOwned::to_owned)
        .collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    treaty: Vec<TreatyEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TreatyEntry {
    id: String,
    #[serde(default)]
    aliases: Vec<String>,
    title: String,
    clause: Clause,
    later: Option<Delay>,
    notice: Option<Notice>,
    notice_source: Option<String>,
    later_source: Option<String>,
    members_of: Option<String>,
    #[serde(default)]
    binds_members: bool,
    depositary: Option<String>,
    opened: Option<toml::value::Datetime>,
    in_force: Option<toml::value::Datetime>,
    #[serde(default)]
    relations: Vec<AgreementRelation>,
    source: String,
    #[serde(default)]
    groups: BTreeMap<Name, Vec<StateCode>>,
    #[serde(default)]
    tables: BTreeMap<Name, BTreeMap<StateCode, String>>,
}

fn known(entry: TreatyEntry) -> Result<KnownTreaty, CollectionError> {
    let wrong = |reason: String| CollectionError::Entry {
        id: entry.id.clone(),
        reason,
    };
    let day =
        |value: &Option<toml::value::Datetime>| -> Result<Option<NaiveDate>, CollectionError> {
            let parse = |v: &toml::value::Datetime| {
                v.to_string()
                    .parse()
                    .map_err(|_| wrong(format!("`{v}` is not a day")))
            };
            value.as_ref().map(parse).transpose()
        };
    let mut facts = Facts::default();
    for (name, codes) in &entry.groups {
        facts.add_group(name.clone(), Group::new(codes.iter().copied()));
    }
    for (name, weights) in &entry.tables {
        let weights = weights
            .iter()
            .map(|(code, weight)| ((*code).into(), weight.as_str()));
        let table = Table::parse(weights).map_err(|e| wrong(e.to_string()))?;
        facts.add_table(name.clone(), table.with_others(Others::Nothing));
    }
    Ok(KnownTreaty {
        opened: day(&entry.opened)?,
        in_force: day(&entry.in_force)?,
        facts,
        id: entry.id,
        aliases: entry.aliases,
        title: entry.title,
        clause: entry.clause,
        later: entry.later,
        later_source: entry.later_source,
        notice: entry.notice,
        notice_source: entry.notice_source,
        members_of: entry.members_of,
        binds_members: entry.binds_members,
        depositary: entry.depositary,
        relations: entry.relations,
        source: entry.source,
    })
}
