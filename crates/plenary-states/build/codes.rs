//! Codes of entities in other systems, filed as spellings of the form `system:value`.

use super::claims::{Claim, Files, Kind, Store};
use super::entities::{Days, Entities};
use super::rust;
use super::table::{self, Fault, Row};

struct Code {
    entity: usize,
    system: &'static str,
    slug: String,
    value: String,
    days: Days,
    basis: String,
}

pub(crate) struct Codes(Vec<Code>);

impl Codes {
    pub(crate) fn read(entities: &Entities) -> Result<Self, Fault> {
        let mut codes = Vec::new();
        for row in table::read("codes")? {
            codes.push(Code {
                entity: entities.place(&row)?,
                system: system(&row)?,
                slug: row.text("system")?.to_owned(),
                value: row.text("value")?.to_owned(),
                days: row.span()?,
                basis: row.text("basis")?.to_owned(),
            });
        }
        Ok(Self(codes))
    }

    /// The codes of an entity.
    pub(crate) fn of(&self, entity: usize) -> Vec<String> {
        let row = |code: &Code| {
            format!(
                "CodeSpell {{ system: CodeSystem::{}, value: {:?}, span: {}, basis: {:?} }}",
                code.system,
                code.value,
                rust::span(code.days),
                code.basis
            )
        };
        self.0
            .iter()
            .filter(|c| c.entity == entity)
            .map(row)
            .collect()
    }

    pub(crate) fn write(&self, entities: &Entities, store: &mut Store, out: &mut String) {
        let mut files = Files::new();
        for code in &self.0 {
            let value = code.value.trim_start_matches('0').to_ascii_uppercase();
            files
                .entry(format!("{}:{value}", code.slug))
                .or_default()
                .push(Claim {
                    entity: code.entity,
                    days: code.days,
                    kind: kind(code, entities),
                    official: true,
                });
        }
        store.write("CODES", files, out);
    }
}

/// A code of ISO or M49 that is no longer in use, or whose entity has ended, gives way to a current one
/// unless a date decides.
fn kind(code: &Code, entities: &Entities) -> Kind {
    let lists = code.slug.starts_with("iso") || matches!(code.slug.as_str(), "numeric" | "m49");
    let entity = entities.0.values().nth(code.entity);
    let ended = entity.is_some_and(|e| e.lives.iter().all(|life| life.1.is_some()));
    let withdrawn = code.basis.starts_with("ISO 3166-3") || ended;
    if lists && withdrawn {
        Kind::Contextual
    } else {
        Kind::Short
    }
}

fn system(row: &Row) -> Result<&'static str, Fault> {
    Ok(match row.text("system")? {
        "iso2" => "Iso2",
        "iso3" => "Iso3",
        "numeric" => "IsoNumeric",
        "iso3166-3" => "Iso3166Part3",
        "m49" => "M49",
        "cow" => "Cow",
        "cow-letters" => "CowLetters",
        "gw" => "GleditschWard",
        "undl" => "Undl",
        other => return Err(row.fault(format_args!("`{other}` is not a system of codes"))),
    })
}
