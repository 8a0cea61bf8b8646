//! The claims that entities have to spellings, filed under each in perfect hash tables.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::hash::Hasher;

use phf_shared::{FmtConst, PhfHash};

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

/// A spelling whose text and claims have their places.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Spelling {
    pub(crate) text: String,
    at: usize,
    count: usize,
    claims: usize,
}

impl PhfHash for Spelling {
    fn phf_hash<H: Hasher>(&self, state: &mut H) {
        self.text.as_str().phf_hash(state);
    }
}

/// As an expression.
impl fmt::Display for Spelling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            text,
            at,
            count,
            claims,
        } = self;
        let length = text.len();
        write!(
            f,
            "Spelling {{ at: {at}, length: {length}, count: {count}, claims: {claims} }}"
        )
    }
}

impl FmtConst for Spelling {
    fn fmt_const(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// The texts and claims of all spellings.
#[derive(Default)]
pub(crate) struct Store {
    text: String,
    claims: Vec<Claim>,
}

impl Store {
    /// Writes the table of some spellings, and gives them back in the order of their texts.
    pub(crate) fn write(&mut self, name: &str, files: Files, out: &mut String) -> Vec<Spelling> {
        let mut spellings = Vec::new();
        let mut set = phf_codegen::Set::new();
        for (text, mut claims) in files {
            settle(&mut claims);
            let spelling = Spelling {
                at: self.text.len(),
                count: claims.len(),
                claims: self.claims.len(),
                text,
            };
            self.text.push_str(&spelling.text);
            self.claims.extend(claims);
            set.entry(spelling.clone());
            spellings.push(spelling);
        }
        let _ = writeln!(
            out,
            "pub(crate) static {name}: phf::Set<Spelling> = {};",
            set.build()
        );
        spellings
    }

    /// Writes the texts and the claims.
    pub(crate) fn finish(self, out: &mut String) {
        let _ = writeln!(out, "pub(crate) static TEXT: &str = {:?};", self.text);
        let claims = self.claims.iter().map(|claim| {
            format!(
                "Claim {{ entity: {}, kind: NameKind::{:?}, span: {} }}",
                claim.entity,
                claim.kind,
                rust::span(claim.days)
            )
        });
        let _ = writeln!(
            out,
            "pub(crate) static CLAIMS: &[Claim] = {};",
            rust::list(claims)
        );
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
