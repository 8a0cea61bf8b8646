//! Open-addressed tables of spellings and the claims that entities have to them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::entities::Days;
use super::table::{Day, Fault};
use crate::hash::hash;

/// That an entity has a spelling in a span of days.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Claim {
    pub(crate) entity: usize,
    pub(crate) days: Days,
    pub(crate) kind: Kind,
    pub(crate) official: bool,
}

/// What a spelling is to its entity; the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Short,
    Formal,
    Alias,
    Initials,
    Contextual,
}

pub(crate) type Files = BTreeMap<String, Vec<Claim>>;

/// All texts and claims, to which the tables of spellings point.
#[derive(Default)]
pub(crate) struct Store {
    text: String,
    claims: Vec<Claim>,
}

impl Store {
    /// Writes a table of spellings and the slots in which they are found: places plus one, or zero.
    pub(crate) fn write(
        &mut self,
        name: &str,
        files: Files,
        out: &mut String,
    ) -> Result<(), Fault> {
        let size = (files.len() * 2).next_power_of_two();
        let mut slots = vec![0; size];
        let _ = writeln!(
            out,
            "pub(crate) static {name}: [Spelling; {}] = [",
            files.len()
        );
        for (place, (spelling, mut claims)) in files.into_iter().enumerate() {
            settle(&mut claims);
            let length = u8::try_from(spelling.len())
                .map_err(|_| Fault(format!("`{spelling}` is too long")))?;
            let _ = writeln!(
                out,
                "Spelling {{ at: {}, length: {length}, count: {}, claims: {} }},",
                self.text.len(),
                claims.len(),
                self.claims.len()
            );
            file(&mut slots, hash(spelling.as_bytes()), place + 1);
            self.text.push_str(&spelling);
            self.claims.extend(claims);
        }
        let _ = writeln!(
            out,
            "];\npub(crate) static {name}_SLOTS: [u16; {size}] = {slots:?};"
        );
        Ok(())
    }

    /// Writes the texts and the claims.
    pub(crate) fn finish(self, out: &mut String) {
        let _ = writeln!(out, "pub(crate) static TEXT: &str = {:?};", self.text);
        let _ = writeln!(
            out,
            "pub(crate) static CLAIMS: [Claim; {}] = [",
            self.claims.len()
        );
        for claim in self.claims {
            let _ = writeln!(
                out,
                "Claim {{ entity: {}, kind: NameKind::{:?}, from: {}, to: {} }},",
                claim.entity,
                claim.kind,
                claim.days.0.map_or("i32::MIN".to_owned(), stamp),
                claim.days.1.map_or("i32::MAX".to_owned(), stamp),
            );
        }
        out.push_str("];\n");
    }
}

/// Leaves one claim an entity and span, and official names only where entities compete.
fn settle(claims: &mut Vec<Claim>) {
    claims.sort();
    claims.dedup_by_key(|claim| (claim.entity, claim.days));
    let contested = claims
        .iter()
        .any(|claim| Some(claim.entity) != claims.first().map(|c| c.entity));
    if contested && claims.iter().any(|claim| claim.official) {
        claims.retain(|claim| claim.official);
    }
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
