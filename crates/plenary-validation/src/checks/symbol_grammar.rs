use plenary_bodies::Body;
use plenary_types::{Citation, Field, Severity};

use crate::{Check, DecisionCx, Example, Findings, RecordCx, Run};

pub(crate) static CHECK: Check = Check {
    name: "symbol-grammar",
    summary: "a citation does not have the form of a document symbol",
    severity: Severity::Note,
    why: "Documents are cited by their symbols, and from the symbol follow the body, the session and the identifier. A body on record may write symbols of its own. A text of another form, `A//PV.2441` or `35/.. [C-X]`, is kept as it was printed, and nothing can be concluded from it.",
    sources: &[
        "UN Editorial Manual, system of identification",
        "UN Digital Library: A/RES/36//235IX, 35/.. [C-X]",
    ],
    example: Example::Native {
        fails: r#"{"title": "A question", "symbols": ["A/RES/36//235IX"]}"#,
        mended: r#"{"title": "A question", "symbols": ["A/RES/36/235[IX]"]}"#,
    },
    waive: "Waive it for series whose symbols are not known yet, and report the series.",
    run: Run::Record(&run),
};

fn run(cx: &RecordCx<'_, '_>, out: &mut Findings<'_>) {
    for (at, symbol) in cx.agreement.symbols.iter().enumerate() {
        look(cx, out, None, Field::Symbol(at), symbol);
    }
    for (act, decision) in cx.agreement.decisions() {
        let fields = [
            (Field::Symbol(0), &decision.symbol),
            (Field::Meeting, &decision.meeting),
        ];
        for (field, citation) in fields {
            let repeated = citation
                .as_ref()
                .is_some_and(|c| cx.agreement.symbols.contains(c));
            if let (Some(citation), false) = (citation, repeated) {
                look(cx, out, Some(act), field, citation);
            }
        }
        for (at, draft) in decision.drafts.iter().enumerate() {
            look(cx, out, Some(act), Field::Draft(at), draft);
        }
    }
}

fn look(
    cx: &RecordCx<'_, '_>,
    out: &mut Findings<'_>,
    act: Option<usize>,
    field: Field,
    citation: &Citation,
) {
    if let Citation::Other(text) = citation {
        let bodies = cx.decisions.iter().filter_map(DecisionCx::known_body);
        let mut forms = bodies.flat_map(Body::symbols);
        if forms.any(|form| form.matches(text)) {
            return;
        }
        out.report(
            act,
            field,
            "the citation does not have the form of a document symbol",
        )
        .expected("a symbol such as `A/RES/73/195`, `A/RES/217(III)[A]` or `A/73/PV.60`")
        .found(text);
    }
}
