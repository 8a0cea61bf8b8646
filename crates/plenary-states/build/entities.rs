//! Entities, and when they existed.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::codes::Codes;
use super::rust;
use super::spellings::Spellings;
use super::table::{self, Day, Fault, Row};

pub(crate) type Days = (Option<Day>, Option<Day>);

pub(crate) struct Entity {
    pub(crate) kind: &'static str,
    pub(crate) label: String,
    pub(crate) lives: Vec<Days>,
}

pub(crate) struct Entities(pub(crate) BTreeMap<String, Entity>);

impl Entities {
    pub(crate) fn read() -> Result<Self, Fault> {
        let mut entities = Self(BTreeMap::new());
        for row in table::read("entities")? {
            let entity = Entity {
                kind: kind(&row)?,
                label: row.text("label")?.to_owned(),
                lives: Vec::new(),
            };
            if entities.0.insert(row.code("code")?, entity).is_some() {
                return Err(row.fault("the code is given twice"));
            }
        }
        for row in table::read("lives")? {
            let span = row.span()?;
            entities.of(&row)?.lives.push(span);
        }
        for entity in entities.0.values_mut() {
            entity.lives.sort_unstable();
            if entity.lives.is_empty() {
                entity.lives.push((None, None));
            }
        }
        Ok(entities)
    }

    fn of(&mut self, row: &Row) -> Result<&mut Entity, Fault> {
        let code = row.code("code")?;
        self.0
            .get_mut(&code)
            .ok_or_else(|| row.fault(format_args!("`{code}` is not in entities.csv")))
    }

    /// The place of the row's entity in the array of entities.
    pub(crate) fn place(&self, row: &Row) -> Result<usize, Fault> {
        let code = row.code("code")?;
        let place = self.0.keys().position(|c| *c == code);
        place.ok_or_else(|| row.fault(format_args!("`{code}` is not in entities.csv")))
    }

    pub(crate) fn write(&self, spellings: &Spellings, codes: &Codes, out: &mut String) {
        let _ = writeln!(
            out,
            "pub(crate) static ENTITIES: [EntityRow; {}] = [",
            self.0.len()
        );
        for (place, (code, entity)) in self.0.iter().enumerate() {
            let _ = writeln!(
                out,
                "EntityRow {{ code: {}, kind: EntityKind::{}, label: {:?}, lives: {}, names: {}, codes: {} }},",
                rust::code(code),
                entity.kind,
                entity.label,
                rust::list(entity.lives.iter().map(|s| rust::span(*s))),
                rust::list(spellings.names_of(place)),
                rust::list(codes.of(place)),
            );
        }
        out.push_str("];\n");
        self.write_places(out);
    }

    /// The place of every possible code among the entities, plus one; zero for none.
    fn write_places(&self, out: &mut String) {
        let _ = write!(out, "pub(crate) static PLACES: [u16; {}] = [", 26 * 26 * 26);
        let mut places = vec![0; 26 * 26 * 26];
        for (place, code) in self.0.keys().enumerate() {
            let index = code.bytes().fold(0, |i, b| i * 26 + usize::from(b - b'A'));
            if let Some(slot) = places.get_mut(index) {
                *slot = place + 1;
            }
        }
        for place in places {
            let _ = write!(out, "{place},");
        }
        out.push_str("];\n");
    }
}

fn kind(row: &Row) -> Result<&'static str, Fault> {
    match row.text("kind")? {
        "state" => Ok("State"),
        "area" => Ok("Area"),
        "organisation" => Ok("Organisation"),
        other => Err(row.fault(format_args!("`{other}` is not a kind of entity"))),
    }
}
