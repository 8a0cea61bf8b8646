use plenary_types::{Field, Severity};

use crate::{Check, Example, Findings, RecordCx, Run};

pub(crate) static CHECK: Check = Check {
    name: "unresolved-reference",
    summary: "a decision refers to an act of its document that is not there",
    severity: Severity::Error,
    why: "A decision may depend on that of another organ: a popular vote on that of the cantons, an admission on a recommendation. Where the record says which by `#id`, that decision has to stand in the same document, once. Otherwise what depends on it cannot be decided.",
    sources: &["plenary-types, DecisionRef: `#id` is an act of the same document"],
    example: Example::Native {
        fails: r##"{"title": "A popular vote", "acts": [{"act": "decision", "body": "ch-people", "with": {"cantons": "#canton"}}, {"act": "decision", "id": "cantons", "body": "ch-cantons"}]}"##,
        mended: r##"{"title": "A popular vote", "acts": [{"act": "decision", "body": "ch-people", "with": {"cantons": "#cantons"}}, {"act": "decision", "id": "cantons", "body": "ch-cantons"}]}"##,
    },
    waive: "Give the decision that is meant an `id`, or refer to it by its symbol.",
    run: Run::Record(&run),
};

fn run(cx: &RecordCx<'_, '_>, out: &mut Findings<'_>) {
    for (act, decision) in cx.agreement.decisions() {
        for (organ, reference) in &decision.with {
            if !reference.is_local() || reference.find(cx.agreement).is_some() {
                continue;
            }
            let ids = cx.agreement.named_acts().map(|(_, id)| format!("`#{id}`"));
            let ids: Vec<String> = ids.collect();
            let expected = match ids.is_empty() {
                true => "an act with that id".to_owned(),
                false => format!(
                    "one decision with that id; the document has {}",
                    ids.join(", ")
                ),
            };
            let message = format!("`{organ}` refers to no single decision of the document");
            out.report(Some(act), Field::With, message)
                .expected(expected)
                .found(format!("`{reference}`"));
        }
    }
}
