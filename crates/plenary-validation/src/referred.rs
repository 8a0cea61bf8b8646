//! [`Referred`]: the records to which others refer.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use plenary_types::{Agreement, Citation, Decision, DecisionRef, Symbol};

/// The records of an input to which others refer, by what their decisions depend on or by their relations: a recommendation of the
/// Council to which an admission refers, the decision that adopted an amendment.
///
/// ```
/// use plenary_types::{Agreement, NoOrigin};
/// use plenary_validation::{Referred, Validator};
///
/// let text = r#"[{"symbols": ["A/RES/273(III)"], "acts": [{"act": "decision", "date": "1949-05-11", "question": {"kind": "admission"},
///      "with": {"council": "S/RES/69(1949)"}, "announced": {"yes": 37, "no": 12, "abstain": 9}}]},
///    {"symbols": ["S/RES/69(1949)"], "acts": [{"act": "decision", "date": "1949-03-04", "partial": true,
///      "announced": {"yes": 9, "no": 1, "abstain": 1}, "ballots": {"no": ["EGY"]}}]}]"#;
/// let records: Vec<Agreement> = serde_json::from_str(text)?;
/// let validator = Validator::default();
/// assert!(validator.decisions(&records[0])[0].ruling().unwrap().undecided().is_some());
/// validator.refer_to(Referred::new(&records));
/// assert!(validator.decisions(&records[0])[0].ruling().unwrap().undecided().is_none());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct Referred {
    records: Vec<Arc<Agreement>>,
    /// The places of the records that a reference may mean, by its text.
    named: HashMap<String, Vec<usize>>,
}

impl Referred {
    /// Those of some records to which a decision or a relation of another refers. Where none refers to anything it is empty.
    pub fn new<'a>(records: impl IntoIterator<Item = &'a Agreement, IntoIter: Clone>) -> Self {
        let records = records.into_iter();
        let mut wanted: HashSet<String> = HashSet::new();
        for record in records.clone() {
            for (_, decision) in record.decisions() {
                wanted.extend(decision.with.values().filter_map(key));
            }
            let ends = record.relations.iter();
            let ends = ends.filter_map(|relation| relation.target()?.parse().ok());
            wanted.extend(ends.filter_map(|end: DecisionRef| key(&end)));
        }
        let mut referred = Self::default();
        if wanted.is_empty() {
            return referred;
        }
        for record in records {
            let names = names(record).filter(|name| wanted.contains(name));
            let names: HashSet<String> = names.collect();
            if names.is_empty() {
                continue;
            }
            for name in names {
                let places = referred.named.entry(name).or_default();
                places.push(referred.records.len());
            }
            referred.records.push(Arc::new(with_bodies(record)));
        }
        referred
    }

    /// The records that a decision refers to.
    pub(crate) fn of(&self, decision: &Decision) -> Vec<Arc<Agreement>> {
        let references = decision.with.values();
        references.flat_map(|one| self.named(one)).collect()
    }

    /// The records that a reference may mean.
    pub(crate) fn named(&self, reference: &DecisionRef) -> Vec<Arc<Agreement>> {
        let places = key(reference).and_then(|key| self.named.get(&key));
        let places = places.into_iter().flatten();
        let records = places.filter_map(|place| self.records.get(*place));
        records.cloned().collect()
    }
}

/// What names a record in a reference out of its own document.
pub(crate) fn key(reference: &DecisionRef) -> Option<String> {
    match reference {
        DecisionRef::Symbol(symbol) => Some(symbol.normal().to_owned()),
        DecisionRef::Agreement(id) => Some(id.to_string()),
        _ => None,
    }
}

/// What references may name a record by.
fn names(record: &Agreement) -> impl Iterator<Item = String> {
    let own = record.symbols.first().into_iter();
    let of_decisions = record.decisions();
    let of_decisions = of_decisions.filter_map(|(_, decision)| decision.symbol.as_ref());
    let symbols = own.chain(of_decisions);
    let symbols = symbols.map(|symbol| symbol.normal().to_owned());
    let id = record.id.or_else(|| record.derived_id());
    symbols.chain(id.map(|id| id.to_string()))
}

/// A record whose decisions name their bodies, as their symbols tell them.
fn with_bodies(record: &Agreement) -> Agreement {
    let mut record = record.clone();
    let own = record.symbols.first().and_then(Citation::symbol);
    let own = own.and_then(Symbol::body);
    let principal = record.principal_decision().map(|(at, _)| at);
    for (at, act) in record.acts.iter_mut().enumerate() {
        if let plenary_types::Act::Decision(decision) = act
            && decision.body.is_none()
        {
            let told = decision.symbol.as_ref().and_then(Citation::symbol);
            let told = told.and_then(Symbol::body);
            decision.body = told.or_else(|| own.clone().filter(|_| principal == Some(at)));
        }
    }
    record
}
