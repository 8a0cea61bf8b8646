use std::collections::BTreeMap;

use plenary_decisions::nearest;
use plenary_types::{Field, Severity};

use crate::{Check, Example, Findings, RecordCx, Run};

pub(crate) static CHECK: Check = Check {
    name: "unresolved-relation",
    summary: "a relation leads to no act of the document, or two acts have one identifier",
    severity: Severity::Error,
    why: "A relation says what an agreement, or an act of it, is to another: `endorses`, `amends`, `adopted-by`. An end such as \
          `#marrakech` is an act of the same document, so the document has to have one act of that identifier: without it \
          nothing is related, and with two nobody can tell which is meant. Relations decide nothing; the decision of another organ, on which a \
          verdict depends, is compared by `unresolved-reference`.",
    sources: &[
        "Vienna Convention on the Law of Treaties, Art. 30, 39 to 41, 59 (treaties that amend, replace or end others)",
    ],
    example: Example::Native {
        fails: r##"{"title": "A compact", "relations": [{"kind": "endorses", "from": "#endorsement", "to": "#marakech"}], "acts": [{"act": "decision", "id": "marrakech", "mode": "without-vote", "date": "2018-12-10"}, {"act": "decision", "id": "endorsement", "mode": "without-vote", "date": "2018-12-19"}]}"##,
        mended: r##"{"title": "A compact", "relations": [{"kind": "endorses", "from": "#endorsement", "to": "#marrakech"}], "acts": [{"act": "decision", "id": "marrakech", "mode": "without-vote", "date": "2018-12-10"}, {"act": "decision", "id": "endorsement", "mode": "without-vote", "date": "2018-12-19"}]}"##,
    },
    waive: "Do not waive it: name the act, or take the relation out.",
    run: Run::Record(&run),
};

fn run(cx: &RecordCx<'_, '_>, out: &mut Findings<'_>) {
    let mut named: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, act) in cx.agreement.acts.iter().enumerate() {
        let Some(id) = act.id() else { continue };
        if let Some(first) = named.insert(id, at) {
            out.report(Some(at), Field::Id, "another act has the same identifier")
                .expected("an identifier of its own")
                .found(format!("`{id}`, which acts[{first}] has"))
                .help("give each act an identifier of its own, or none");
        }
    }
    for (at, relation) in cx.agreement.relations.iter().enumerate() {
        for end in relation.acts().filter(|end| !named.contains_key(end)) {
            let message = "no act of the document has the identifier that the relation names";
            out.report(None, Field::Relation(at), message)
                .expected("the `id` of an act after `#`")
                .found(format!("#{end}"))
                .help(match nearest(end, named.keys().copied()) {
                    Some(near) => format!("did you mean `#{near}`?"),
                    None => "give the act that is meant this `id`".to_owned(),
                });
        }
    }
}
