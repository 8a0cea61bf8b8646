//! [`Collection`]: treaties whose clause is known, with the acts that today's tables do not carry.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::NaiveDate;
use plenary_decisions::{Clause, Delay, Facts, Group, Name, Others, Period, Table};
use plenary_types::{Parent, StateCode, TreatyAction};
use serde::Deserialize;

use crate::acts::{acts_from_csv, normal_id};
use crate::{Source, Treaty};

/// What is known of a treaty beside the acts of its participants.
#[derive(Clone, Debug)]
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
    /// The notice of withdrawal, where the treaty gives one and it is on record.
    pub notice: Option<Period>,
    /// When it was opened for signature, where the clause needs it.
    pub opened: Option<NaiveDate>,
    /// The official date of its entry into force; nothing if it is not in force. Never used to compute anything.
    pub in_force: Option<NaiveDate>,
    /// The treaty that it belongs to.
    pub parent: Option<Parent>,
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
    Collection::from_toml(include_str!("../data/treaties.toml")).unwrap_or_default()
});

const VANISHED: &str = include_str!("../data/vanished.csv");
const PARIS: &str = include_str!("../data/paris.csv");
const CTBT: &str = include_str!("../data/ctbt.csv");

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
}

impl KnownTreaty {
    /// The acts that come with the crate: for a few treaties all of them, for others those of states that no longer
    /// exist and of which today's tables say nothing.
    #[must_use]
    pub fn shipped_acts(&self) -> Vec<TreatyAction> {
        shipped_acts(&self.id)
    }

    /// Whether all acts of the treaty come with the crate, so that it needs no table.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        matches!(self.id.as_str(), "26-4" | "27-7-d")
    }

    /// The treaty with the acts of a table, completed by those that come with the crate.
    #[must_use]
    pub fn with_acts(&self, actions: Vec<TreatyAction>, organisations: Vec<StateCode>) -> Treaty {
        let source = Source {
            actions,
            organisations,
            ..Source::default()
        };
        let (treaty, _) = source.complete(self.shipped_acts());
        Treaty {
            vanished_known: true,
            ..self.describe(treaty)
        }
    }

    /// The treaty with what is known of it.
    pub(crate) fn describe(&self, treaty: Treaty) -> Treaty {
        Treaty {
            id: Some(self.id.clone()),
            title: self.title.clone(),
            parent: self.parent.clone(),
            opened: self.opened,
            clause: Some(self.clause.clone()),
            later: self.later,
            notice: self.notice,
            facts: self.facts.clone(),
            ..treaty
        }
    }
}

/// The acts that come with the crate for a treaty of that number.
pub(crate) fn shipped_acts(id: &str) -> Vec<TreatyAction> {
    let files = [VANISHED, PARIS, CTBT];
    let read = files
        .into_iter()
        .filter_map(|file| acts_from_csv(file, Some(id), |_| None).ok());
    read.flatten().collect()
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
    notice: Option<Period>,
    opened: Option<toml::value::Datetime>,
    in_force: Option<toml::value::Datetime>,
    parent: Option<Parent>,
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
            .map(|(code, weight)| (*code, weight.as_str()));
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
        notice: entry.notice,
        parent: entry.parent,
        source: entry.source,
    })
}
