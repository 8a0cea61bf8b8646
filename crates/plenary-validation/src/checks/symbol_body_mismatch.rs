use plenary_types::{Field, Severity};

use crate::{Check, DecisionCx, Example, Findings, Run};

pub(crate) static CHECK: Check = Check {
    name: "symbol-body-mismatch",
    summary: "the symbol is that of a resolution of another body",
    severity: Severity::Error,
    why: "A resolution carries the symbol of the body that adopted it: `A/RES/` of the General Assembly, `S/RES/` of the \
          Security Council, `E/RES/` of the Economic and Social Council. A decision of one body under the symbol of \
          another has the wrong body or the wrong symbol, and its list is not held against the members of either.",
    sources: &["UN Editorial Manual, system of identification"],
    example: Example::Native {
        fails: r#"{"symbols": ["S/RES/1454(2002)"], "acts": [{"act": "decision", "body": "unga", "date": "2002-12-30"}]}"#,
        mended: r#"{"symbols": ["S/RES/1454(2002)"], "acts": [{"act": "decision", "body": "unsc", "date": "2002-12-30"}]}"#,
    },
    waive: "Waive it for a record that files the decisions of two bodies under one symbol by design.",
    run: Run::Decision(&run),
};

fn run(cx: &DecisionCx<'_>, out: &mut Findings<'_>) {
    if let (true, Some(symbol), Some(body)) = (cx.has_foreign_symbol(), cx.symbol(), &cx.body) {
        // In an agreement of two organs the symbol is that of the other one's decision, unless this one claims it.
        let of_symbol = symbol.body();
        let mut others = cx.agreement.decisions();
        if cx.decision.symbol.is_none()
            && others.any(|(act, other)| {
                act != cx.act && other.body.is_some() && other.body == of_symbol
            })
        {
            return;
        }
        let expected = symbol
            .body()
            .map(|body| body.to_string())
            .unwrap_or_default();
        out.report(
            Some(cx.act),
            Field::Body,
            "the symbol is that of a resolution of another body",
        )
        .expected(expected)
        .found(body);
    }
}
