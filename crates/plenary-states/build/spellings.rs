//! Every spelling of every entity, filed under its text and under its folded key.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::entities::{Days, Entities};
use super::rust;
use super::table::{self, Day, Fault};
use crate::fold::Folded;
use crate::hash::hash;

/// The tables that hold names, each with its own origin.
const TABLES: [&str; 2] = ["names", "aliases"];

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Claim {
    entity: usize,
    days: Days,
    kind: &'static str,
}

struct Name {
    entity: usize,
    text: String,
    language: String,
    kind: &'static str,
    days: Days,
    basis: String,
}

pub(crate) struct Spellings {
    names: Vec<Name>,
}

type Files = BTreeMap<String, Vec<Claim>>;

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
            .filter(|n| n.entity == entity && matches!(n.kind, "Short" | "Formal"));
        let row = |n: &Name| {
            format!(
                "Name {{ text: {:?}, language: {:?}, kind: NameKind::{}, span: {}, basis: {:?} }}",
                n.text,
                n.language,
                n.kind,
                rust::span(n.days),
                n.basis
            )
        };
        names.map(row).collect()
    }

    pub(crate) fn write(&self, _entities: &Entities, out: &mut String) -> Result<(), Fault> {
        let (mut exact, mut folded) = (Files::new(), Files::new());
        for name in &self.names {
            let claim = Claim {
                entity: name.entity,
                days: name.days,
                kind: name.kind,
            };
            exact
                .entry(name.text.clone())
                .or_default()
                .push(claim.clone());
            for key in keys(&name.text) {
                folded.entry(key).or_default().push(claim.clone());
            }
        }
        let mut text = String::new();
        let mut claims = Vec::new();
        write_files("EXACT", exact, &mut text, &mut claims, out)?;
        write_files("FOLDED", folded, &mut text, &mut claims, out)?;
        let _ = writeln!(out, "pub(crate) static TEXT: &str = {text:?};");
        let _ = writeln!(
            out,
            "pub(crate) static CLAIMS: [Claim; {}] = [",
            claims.len()
        );
        for claim in claims {
            let _ = writeln!(
                out,
                "Claim {{ entity: {}, kind: NameKind::{}, from: {}, to: {} }},",
                claim.entity,
                claim.kind,
                claim.days.0.map_or("i32::MIN".to_owned(), stamp),
                claim.days.1.map_or("i32::MAX".to_owned(), stamp),
            );
        }
        out.push_str("];\n");
        Ok(())
    }
}

/// The keys under which a spelling is found: its folded key, and its words run together.
fn keys(text: &str) -> Vec<String> {
    let Some(folded) = Folded::new(text) else {
        return Vec::new();
    };
    let mut keys = vec![folded.key().as_str().to_owned()];
    if folded.count() > 1 {
        keys.push(folded.glued().as_str().to_owned());
    }
    keys
}

/// The day as `tables::stamp` numbers it.
fn stamp(day: Day) -> String {
    const BEFORE: [u32; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    let leap = day.year % 4 == 0 && (day.year % 100 != 0 || day.year % 400 == 0);
    let before = BEFORE
        .get(day.month.saturating_sub(1) as usize)
        .copied()
        .unwrap_or_default();
    let ordinal = before + day.day + u32::from(leap && day.month > 2);
    format!("stamp_parts({}, {ordinal})", day.year)
}

/// Writes the spellings and an open-addressed table of their places, plus one; zero for none.
fn write_files(
    name: &str,
    files: Files,
    text: &mut String,
    claims: &mut Vec<Claim>,
    out: &mut String,
) -> Result<(), Fault> {
    let size = (files.len() * 2).next_power_of_two();
    let mut slots = vec![0; size];
    let _ = writeln!(
        out,
        "pub(crate) static {name}: [Spelling; {}] = [",
        files.len()
    );
    for (place, (spelling, mut list)) in files.into_iter().enumerate() {
        list.sort();
        list.dedup();
        let length =
            u8::try_from(spelling.len()).map_err(|_| Fault(format!("`{spelling}` is too long")))?;
        let _ = writeln!(
            out,
            "Spelling {{ at: {}, length: {length}, count: {}, claims: {} }},",
            text.len(),
            list.len(),
            claims.len()
        );
        file(&mut slots, hash(spelling.as_bytes()), place + 1);
        text.push_str(&spelling);
        claims.extend(list);
    }
    let _ = writeln!(
        out,
        "];\npub(crate) static {name}_SLOTS: [u16; {size}] = {slots:?};"
    );
    Ok(())
}

fn file(slots: &mut [usize], hash: u64, place: usize) {
    let mask = slots.len() - 1;
    let mut slot = usize::try_from(hash & mask as u64).unwrap_or_default();
    while slots.get(slot).is_some_and(|s| *s != 0) {
        slot = (slot + 1) & mask;
    }
    if let Some(empty) = slots.get_mut(slot) {
        *empty = place;
    }
}

fn kind(text: &str) -> Option<&'static str> {
    Some(match text {
        "short" => "Short",
        "formal" => "Formal",
        "alias" => "Alias",
        "contextual" => "Contextual",
        _ => return None,
    })
}
