use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use plenary_types::{
    Act, BodyId, Citation, DecisionRef, Field, Locus, RelationKind, Severity, Subject, agreement_id,
};

use plenary_types::uuid::Uuid;

use super::circular_relation;
use crate::referred::key;
use crate::{Check, DatasetCheck, DatasetFindings, Example, Mark, RecordFacts, Run};

pub(crate) static CHECK: Check = Check {
    name: "missing-related-record",
    summary: "a relation or a decision names a record that the dataset does not have",
    severity: Severity::Warning,
    why: "The other end of a relation may be a symbol or a number, which names an agreement wherever it is recorded. An \
          identifier names a record: whoever writes it had that record, so a dataset that relates one of its records to an \
          identifier claims to hold it. Where it does not, a part of the dataset is lost, or the identifier is wrong. The same holds for \
          the decision of another organ that a decision depends on (`with`). Without it that cannot be decided, so that a symbol which no \
          record has is worth a note there.",
    sources: &["docs/design.md (identifiers of agreements: RFC 9562, UUID version 5)"],
    example: Example::Native {
        fails: r#"[{"id": "5ab6f374-f1dd-5d44-9c51-05cbeba0af53", "title": "A protocol", "relations": [{"kind": "protocol-to", "to": "0c1f7c7e-4f2b-5a3e-8a50-3b7d6f3f0c11"}]},
 {"id": "0c1f7c7e-4f2b-5a3e-8a50-3b7d6f3f0c12", "title": "A convention"}]"#,
        mended: r#"[{"id": "5ab6f374-f1dd-5d44-9c51-05cbeba0af53", "title": "A protocol", "relations": [{"kind": "protocol-to", "to": "0c1f7c7e-4f2b-5a3e-8a50-3b7d6f3f0c12"}]},
 {"id": "0c1f7c7e-4f2b-5a3e-8a50-3b7d6f3f0c12", "title": "A convention"}]"#,
    },
    waive: "Name the other agreement by its symbol or number where the dataset is not to hold it.",
    run: Run::Dataset(&|| Box::new(Related::default())),
};

/// What the records are called, and what relations and decisions call others.
#[derive(Default)]
pub(super) struct Related {
    /// What the records are called. Few name others, so what identifiers follow from that is found once one does.
    held: Vec<Held>,
    named: Vec<Named>,
    /// The records that come after others.
    later: Vec<Later>,
    /// The decisions that depend on others.
    depending: Vec<Later>,
    /// How many records there were.
    records: usize,
}

/// What a record is called.
enum Held {
    /// By a symbol.
    Symbol(Citation),
    /// By the identifier on record.
    Id(Uuid),
    /// By the identifier that follows from its body and this symbol, and by the symbol.
    Derived(BodyId, Citation),
}

impl Held {
    fn names(&self) -> impl Iterator<Item = u64> {
        let (symbol, id) = match self {
            Self::Symbol(symbol) => (Some(symbol), None),
            Self::Id(id) => (None, Some(*id)),
            Self::Derived(body, symbol) => (Some(symbol), Some(agreement_id(body, symbol))),
        };
        let symbol = symbol.map(|symbol| hash(symbol.normal()));
        symbol.into_iter().chain(id.map(|id| hash(&id.to_string())))
    }
}

/// A record that another names.
struct Named {
    to: DecisionRef,
    /// The organ whose decision is meant; nothing for a relation.
    organ: Option<String>,
    mark: Mark,
}

/// A record that comes after others, because it amends or replaces them or they adopted it; or a decision that depends on others.
struct Later {
    names: Vec<String>,
    after: Vec<Before>,
}

/// What comes before a record or a decision.
struct Before {
    name: String,
    /// What the record calls it.
    printed: String,
    mark: Mark,
}

fn hash(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}

/// Whether a relation of that kind leads to what was there before.
const fn leads_back(kind: RelationKind) -> bool {
    matches!(
        kind,
        RelationKind::Amends
            | RelationKind::Replaces
            | RelationKind::Supersedes
            | RelationKind::AdoptedBy
    )
}

impl Related {
    /// The names of the records, as hashes: none where no record names another.
    fn names_of_records(&self) -> HashSet<u64> {
        match self.named.is_empty() {
            true => HashSet::new(),
            false => self.held.iter().flat_map(Held::names).collect(),
        }
    }
}

impl DatasetCheck for Related {
    fn add(&mut self, record: &RecordFacts<'_>) {
        let agreement = record.agreement;
        let derived = agreement.derived_name().filter(|_| agreement.id.is_none());
        let others = agreement.symbols.iter().skip(derived.iter().count());
        let own = agreement.decisions();
        let own = own.filter_map(|(_, decision)| decision.symbol.as_ref());
        let symbols = others.chain(own).cloned().map(Held::Symbol);
        self.held.extend(symbols.chain(agreement.id.map(Held::Id)));
        let derived = derived.map(|(body, symbol)| Held::Derived(body, symbol.clone()));
        self.held.extend(derived);
        for (at, act) in agreement.acts.iter().enumerate() {
            let Act::Decision(decision) = act else {
                continue;
            };
            for (organ, to) in decision.with.iter().filter(|(_, to)| !to.is_local()) {
                self.named.push(Named {
                    to: to.clone(),
                    organ: Some(organ.to_string()),
                    mark: record.mark(Locus::of_act(at, Field::With)),
                });
            }
        }
        self.depending.extend(depending(record, self.records));
        self.records += 1;
        let mut after = Vec::new();
        for (at, relation) in agreement.relations.iter().enumerate() {
            let to = relation.target().and_then(|to| to.parse().ok());
            let Some(to): Option<DecisionRef> = to else {
                continue;
            };
            let mark = record.mark(Locus::of_record(Field::Relation(at)));
            if leads_back(relation.kind) {
                after.extend(key(&to).map(|name| Before {
                    printed: name.clone(),
                    name,
                    mark: mark.clone(),
                }));
            }
            if matches!(to, DecisionRef::Agreement(_)) {
                self.named.push(Named {
                    to,
                    organ: None,
                    mark,
                });
            }
        }
        if !after.is_empty() {
            let id = agreement.id.or_else(|| agreement.derived_id());
            let id = id.map(|id| id.to_string());
            let names = agreement.symbols.first().map(|own| own.normal().to_owned());
            let names = names.into_iter().chain(id).collect();
            self.later.push(Later { names, after });
        }
    }

    fn finish(self: Box<Self>, out: &mut DatasetFindings) {
        let held = self.names_of_records();
        for Named { to, organ, mark } in &self.named {
            let missing = key(to).filter(|name| !held.contains(&hash(name)));
            let Some(missing) = missing else {
                continue;
            };
            let (message, expected) = match organ {
                None => (
                    "no record of the dataset has the identifier that the relation names"
                        .to_owned(),
                    "the identifier of a record",
                ),
                Some(organ) => (
                    format!("no record of the dataset has the decision that `{organ}` refers to"),
                    "the symbol or the identifier of a record",
                ),
            };
            let severity = match to {
                DecisionRef::Symbol(_) => Severity::Note,
                _ => Severity::Warning,
            };
            out.report_as(&CHECK, Some(mark), message)
                .severity(severity)
                .expected(expected)
                .found(&missing)
                .subjects([Subject::Record(missing)]);
        }
        for (mark, path) in circles(&self.later) {
            circular_relation::report(out, mark, &path);
        }
        for (mark, path) in circles(&self.depending) {
            // `unresolved-reference` reports a decision that depends on itself.
            if path.len() > 1 {
                circular_relation::report_decisions(out, mark, &path);
            }
        }
    }
}

/// The decisions of a record that depend on others. An act that a record calls by an `id` is known by it within the record alone.
fn depending(record: &RecordFacts<'_>, number: usize) -> Vec<Later> {
    let agreement = record.agreement;
    let of_act = |act: &str| format!("{number}#{act}");
    let principal = agreement.principal_decision().map(|(at, _)| at);
    let decisions = agreement.decisions();
    let decisions = decisions.filter(|(_, decision)| !decision.with.is_empty());
    let depending = decisions.map(|(at, decision)| {
        let own = decision.symbol.iter();
        let of_record = agreement.symbols.first().filter(|_| principal == Some(at));
        let symbols = own.chain(of_record).map(|own| own.normal().to_owned());
        let acts = decision.id.as_deref().map(of_act);
        let id = || agreement.id.or_else(|| agreement.derived_id());
        let ids = Some(id).filter(|_| principal == Some(at));
        let ids = ids.and_then(|id| id()).map(|id| id.to_string());
        let after = decision.with.values().filter_map(|to| {
            let name = match to {
                DecisionRef::Act(act) => of_act(act),
                other => key(other)?,
            };
            Some(Before {
                name,
                printed: to.to_string(),
                mark: record.mark(Locus::of_act(at, Field::With)),
            })
        });
        Later {
            names: symbols.chain(acts).chain(ids).collect(),
            after: after.collect(),
        }
    });
    depending.collect()
}

/// The circles among the records: of each the relation that closes it, and the names on the way.
fn circles(records: &[Later]) -> Vec<(&Mark, Vec<&str>)> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (at, record) in records.iter().enumerate() {
        for name in &record.names {
            places.entry(name).or_insert(at);
        }
    }
    let edges = |at: usize| records.get(at).map_or(&[][..], |record| &record.after);
    // Whether a record is on the way that is walked, or was left for good.
    let mut left = vec![false; records.len()];
    let mut circles = Vec::new();
    for start in 0..records.len() {
        let mut way: Vec<(usize, usize)> = match left.get(start) {
            Some(false) => vec![(start, 0)],
            _ => continue,
        };
        while let Some((at, next)) = way.last_mut() {
            let Some(before) = edges(*at).get(*next) else {
                if let Some(left) = left.get_mut(*at) {
                    *left = true;
                }
                way.pop();
                continue;
            };
            *next += 1;
            let Some(&target) = places.get(before.name.as_str()) else {
                continue;
            };
            if let Some(begin) = way.iter().position(|(at, _)| *at == target) {
                let on_way = way.iter().skip(begin);
                let names = on_way
                    .filter_map(|(at, next)| Some(edges(*at).get(next - 1)?.printed.as_str()));
                circles.push((&before.mark, names.collect()));
            } else if left.get(target) == Some(&false) {
                way.push((target, 0));
            }
        }
    }
    circles
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use plenary_bodies::Reference;
    use plenary_types::{Agreement, NoOrigin, Origin};

    use super::*;

    #[test]
    fn identifiers_of_records_are_derived_once_a_record_names_another() {
        let origin: Arc<dyn Origin> = Arc::new(NoOrigin);
        let mut related = Related::default();
        let mut add = |text: &str| {
            let agreement: Agreement = serde_json::from_str(text).unwrap();
            related.add(&RecordFacts::new(
                Reference::embedded(),
                &agreement,
                &origin,
            ));
            related.names_of_records().len()
        };
        let first =
            r#"{"symbols": ["A/RES/60/1"], "acts": [{"act": "decision", "symbol": "A/RES/60/2"}]}"#;
        assert_eq!(add(first), 0);
        let other = r#"{"title": "t", "relations": [{"kind": "amends", "to": "0c1f7c7e-4f2b-5a3e-8a50-3b7d6f3f0c12"}]}"#;
        // Two symbols, and the identifier of the first record.
        assert_eq!(add(other), 3);
    }
}
