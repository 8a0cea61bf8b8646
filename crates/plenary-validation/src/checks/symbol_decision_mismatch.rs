use plenary_types::{Citation, Field, Series, Severity};

use crate::{Check, Example, Findings, RecordCx, Run};

pub(crate) static CHECK: Check = Check {
    name: "symbol-decision-mismatch",
    summary: "the symbol of the agreement is not that of its decision",
    severity: Severity::Error,
    why: "The principal symbol of an agreement is that of the document that its principal decision brought forth. Where the decision carries another resolution's symbol, one of the two is wrong.",
    sources: &[
        "UN Editorial Manual, system of identification",
        "plenary-types, Agreement::principal_decision",
    ],
    example: Example::Native {
        fails: r#"{"symbols": ["A/RES/72/195"], "acts": [{"act": "decision", "date": "2018-12-19", "symbol": "A/RES/73/195", "announced": {"yes": 152}}]}"#,
        mended: r#"{"symbols": ["A/RES/73/195"], "acts": [{"act": "decision", "date": "2018-12-19", "symbol": "A/RES/73/195", "announced": {"yes": 152}}]}"#,
    },
    waive: "List every symbol of the agreement, the principal one first.",
    run: Run::Record(&run),
};

fn run(cx: &RecordCx<'_, '_>, out: &mut Findings<'_>) {
    let resolution = |citation: &Citation| {
        citation
            .symbol()
            .is_some_and(|s| s.series() == Series::Resolution)
    };
    let Some((_, decision)) = cx.agreement.principal_decision() else {
        return;
    };
    let Some(decided) = decision.symbol.as_ref().filter(|own| resolution(own)) else {
        return;
    };
    let symbols = cx.agreement.symbols.iter().enumerate();
    let mut listed = symbols.filter(|(_, own)| resolution(own)).peekable();
    let Some((at, principal)) = listed.peek().copied() else {
        return;
    };
    if !listed.any(|(_, symbol)| stem(symbol) == stem(decided)) {
        out.report(
            None,
            Field::Symbol(at),
            "the symbol is not that of the decision",
        )
        .expected(decided)
        .found(principal)
        .help("which of the two does the document carry?")
        .subjects([decided, principal]);
    }
}

/// What the symbols of the parts of one resolution have in common.
fn stem(citation: &Citation) -> &str {
    let normal = citation.normal();
    normal.split_once('[').map_or(normal, |(stem, _)| stem)
}
