//! Every spelling of every entity, filed under its text and under its folded key.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::claims::{Claim, Files, Kind, Spelling, Store};
use super::entities::{Days, Entities};
use super::rust;
use super::table::{self, Fault};
use crate::fold::Folded;
use crate::letters::{SHORTEST, letters};

/// The tables that hold names, each with its own origin.
const TABLES: [&str; 6] = [
    "names",
    "aliases",
    "names_un",
    "names_formal",
    "names_iso",
    "names_cldr",
];
/// The official languages of the United Nations: their names go before a like spelling of another
/// entity in any other language.
const OFFICIAL: [&str; 6] = ["ar", "en", "es", "fr", "ru", "zh"];

struct Name {
    entity: usize,
    text: String,
    language: String,
    kind: Kind,
    days: Days,
    basis: String,
}

impl Name {
    fn claim(&self) -> Claim {
        Claim {
            entity: self.entity,
            days: self.days,
            kind: self.kind,
            official: OFFICIAL.contains(&self.language.as_str()),
        }
    }

    /// The keys under which the name is found once folded: its words in alphabetical order, its words
    /// run together, and its words without what an apostrophe cuts off.
    fn keys(&self) -> Vec<String> {
        let mut keys = Vec::new();
        if self.kind == Kind::Initials {
            return keys;
        }
        let Some(folded) = Folded::new(&self.text) else {
            return keys;
        };
        if folded.lossy() {
            return keys;
        }
        keys.push(folded.key().into_owned());
        if folded.count() > 1 && self.language == "en" {
            keys.push(folded.glued());
        }
        let bare = self.text.replace(['\'', '’', '‘', '`'], "");
        keys.extend(Folded::new(&bare).map(|bare| bare.key().into_owned()));
        keys.retain(|key| self.is_safe(key));
        keys
    }
}

impl Name {
    /// Whether a key says enough by itself: not a few letters in a language of which we know little, and
    /// not a common noun, which Iceland's name is in German.
    fn is_safe(&self, key: &str) -> bool {
        let telling = key.chars().count() > 3 || !key.is_ascii() || self.claim().official;
        telling && key != "island"
    }
}

pub(crate) struct Spellings {
    names: Vec<Name>,
}

impl Spellings {
    pub(crate) fn read(entities: &Entities) -> Result<Self, Fault> {
        let mut names = Vec::new();
        for table in TABLES {
            for row in table::read(table)? {
                names.push(Name {
                    entity: entities.place(&row)?,
                    text: row.text("name")?.to_owned(),
                    language: row.text("language")?.to_owned(),
                    kind: kind(row.text("kind")?)
                        .ok_or_else(|| row.fault("no such kind of name"))?,
                    days: row.span()?,
                    basis: row.text("basis")?.to_owned(),
                });
            }
        }
        Ok(Self { names })
    }

    /// The names proper of an entity: no aliases.
    pub(crate) fn names_of(&self, entity: usize) -> Vec<String> {
        let names = self
            .names
            .iter()
            .filter(|n| n.entity == entity && n.kind <= Kind::Formal);
        let row = |n: &Name| {
            format!(
                "Name {{ text: {:?}, language: {:?}, kind: NameKind::{:?}, span: {}, basis: {:?} }}",
                n.text,
                n.language,
                n.kind,
                rust::span(n.days),
                n.basis
            )
        };
        names.map(row).collect()
    }

    pub(crate) fn write(&self, store: &mut Store, out: &mut String) {
        let (mut exact, mut folded) = (Files::new(), Files::new());
        for name in &self.names {
            exact
                .entry(name.text.clone())
                .or_default()
                .push(name.claim());
            for key in name.keys() {
                folded.entry(key).or_default().push(name.claim());
            }
        }
        let near = near_keys(&folded);
        store.write("EXACT", exact, out);
        let mut folded = store.write("FOLDED", folded, out);
        folded.retain(|spelling| near.contains(&spelling.text));
        write_near(folded, out);
    }
}

/// The keys that a misspelt name is compared with.
fn near_keys(folded: &Files) -> BTreeSet<String> {
    let plain = |key: &str| key.bytes().all(|b| b == b' ' || b.is_ascii_lowercase());
    let compared = folded.iter().filter(|(key, claims)| {
        plain(key) && key.len() >= SHORTEST && claims.iter().any(|c| c.official)
    });
    compared.map(|(key, _)| key.clone()).collect()
}

/// Writes spellings, the shortest first, with the letters that they have as bits.
fn write_near(mut near: Vec<Spelling>, out: &mut String) {
    near.sort_by_key(|spelling| spelling.text.len());
    let rows = near.iter().map(|spelling| {
        let letters = letters(spelling.text.as_bytes());
        format!("Near {{ letters: {letters}, spelling: {spelling} }}")
    });
    let _ = writeln!(
        out,
        "pub(crate) static NEAR: &[Near] = {};",
        rust::list(rows)
    );
}

fn kind(text: &str) -> Option<Kind> {
    Some(match text {
        "short" => Kind::Short,
        "formal" => Kind::Formal,
        "alias" => Kind::Alias,
        "initials" => Kind::Initials,
        "contextual" => Kind::Contextual,
        _ => return None,
    })
}
