use plenary_bodies::Applied;
use plenary_types::{Field, Severity};

use crate::{Check, DecisionCx, Example, Findings, RecordCx, Run};

pub(crate) static CHECK: Check = Check {
    name: "unresolved-reference",
    summary: "a decision refers to one that is not there, that is of another body, or that is itself",
    severity: Severity::Error,
    why: "A decision may depend on that of another organ: a popular vote on that of the cantons, an admission on a recommendation. Where the record says which by `#id`, that decision has to stand in the same document, once. Otherwise what depends on it cannot be decided. The decision that is meant, in this record or in another of the same input, has to be of the body that the rule calls by \
          that name, and no decision depends on itself. Ends of relations between agreements, which decide nothing, are compared by `unresolved-relation`.",
    sources: &["plenary-types, DecisionRef: `#id` is an act of the same document"],
    example: Example::Native {
        fails: r##"{"title": "A popular vote", "acts": [{"act": "decision", "body": "ch-people", "with": {"cantons": "#canton"}}, {"act": "decision", "id": "cantons", "body": "ch-cantons"}]}"##,
        mended: r##"{"title": "A popular vote", "acts": [{"act": "decision", "body": "ch-people", "with": {"cantons": "#cantons"}}, {"act": "decision", "id": "cantons", "body": "ch-cantons"}]}"##,
    },
    waive: "Give the decision that is meant an `id`, or refer to it by its symbol.",
    run: Run::Record(&run),
};

fn run(cx: &RecordCx<'_, '_>, out: &mut Findings<'_>) {
    for decision in cx.decisions {
        of_another(decision, out);
    }
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

/// Whether a decision depends on itself, or on one of another body than the rule means.
fn of_another(cx: &DecisionCx<'_>, out: &mut Findings<'_>) {
    for (organ, reference) in &cx.decision.with {
        let own = reference.find(cx.agreement);
        let elsewhere = || cx.referred.iter().find_map(|record| reference.find(record));
        let Some((at, other)) = own.or_else(elsewhere) else {
            continue;
        };
        if own.is_some() && at == cx.act {
            out.report(Some(cx.act), Field::With, "a decision depends on itself")
                .expected(format!("the decision in `{organ}`"))
                .found(format!("`{reference}`, which is this one"))
                .help("name the decision of the other organ");
            continue;
        }
        let Some(expected) = organ_of(cx, organ) else {
            continue;
        };
        let told = other.body.as_ref();
        if let Some(found) = told.filter(|body| body.as_str() != expected) {
            out.report(
                Some(cx.act),
                Field::With,
                format!("`{organ}` is the decision of another body"),
            )
            .expected(format!("a decision of `{expected}`"))
            .found(format!("`{reference}`, a decision of `{found}`"));
        }
    }
}

/// The body that the rule of a decision calls by a name.
fn organ_of<'a>(cx: &DecisionCx<'a>, organ: &str) -> Option<&'a str> {
    let ruling = cx.ruling().ok()?;
    let Applied::Rule(rule) = ruling.rule() else {
        return None;
    };
    let body = cx.reference.body(&rule.rule.body)?;
    let mut organs = body.kind(&rule.rule.kind)?.organs.iter();
    let named = organs.find(|(name, _)| name.as_str() == organ);
    named.map(|(_, body)| body.as_str())
}
