//! The claims that entities have to spellings, filed under each in a perfect hash table.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::entities::Days;
use super::rust;

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

/// Writes the table of some spellings, and gives back the claims that are left to each.
pub(crate) fn write(name: &str, mut files: Files, out: &mut String) -> Files {
    let mut map = phf_codegen::Map::new();
    for (spelling, claims) in &mut files {
        settle(claims);
        map.entry(spelling.as_str(), list(claims));
    }
    let _ = writeln!(
        out,
        "pub(crate) static {name}: phf::Map<&'static str, &'static [Claim]> = {};",
        map.build()
    );
    files
}

/// Claims as an expression.
pub(crate) fn list(claims: &[Claim]) -> String {
    rust::list(claims.iter().map(|claim| {
        format!(
            "Claim {{ entity: {}, kind: NameKind::{:?}, span: {} }}",
            claim.entity,
            claim.kind,
            rust::span(claim.days)
        )
    }))
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
