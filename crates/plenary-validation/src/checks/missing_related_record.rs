use std::collections::HashSet;

use plenary_types::uuid::Uuid;
use plenary_types::{Field, Locus, Severity};

use crate::{Check, DatasetCheck, DatasetFindings, Example, Mark, RecordFacts, Run};

pub(crate) static CHECK: Check = Check {
    name: "missing-related-record",
    summary: "a relation names the identifier of a record that the dataset does not have",
    severity: Severity::Warning,
    why: "The other end of a relation may be a symbol or a number, which names an agreement wherever it is recorded. An \
          identifier names a record: whoever writes it had that record, so a dataset that relates one of its records to an \
          identifier claims to hold it. Where it does not, a part of the dataset is lost, or the identifier is wrong.",
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

/// The identifiers of the records, and those that relations name.
#[derive(Default)]
struct Related {
    held: HashSet<Uuid>,
    named: Vec<(Uuid, Mark)>,
}

impl DatasetCheck for Related {
    fn add(&mut self, record: &RecordFacts<'_>) {
        let agreement = record.agreement;
        if agreement.relations.is_empty() {
            self.held.extend(agreement.id);
            return;
        }
        self.held
            .extend(agreement.id.or_else(|| agreement.derived_id()));
        for (at, relation) in agreement.relations.iter().enumerate() {
            let id = relation.target().and_then(|to| to.parse().ok());
            let named = id.map(|id| (id, record.mark(Locus::of_record(Field::Relation(at)))));
            self.named.extend(named);
        }
    }

    fn finish(self: Box<Self>, out: &mut DatasetFindings) {
        for (id, mark) in self.named.iter().filter(|(id, _)| !self.held.contains(id)) {
            let message = "no record of the dataset has the identifier that the relation names";
            out.report(Some(mark), message)
                .expected("the identifier of a record")
                .found(id);
        }
    }
}
