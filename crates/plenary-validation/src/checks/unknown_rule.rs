use plenary_bodies::Library;
use plenary_decisions::{UnknownName, nearest, unknown_names};
use plenary_types::{Field, Severity};

use crate::{Check, DecisionCx, Example, Findings, Run, ruling};

pub(crate) static CHECK: Check = Check {
    name: "unknown-rule",
    summary: "the record names a rule that is neither known nor a requirement",
    severity: Severity::Error,
    why: "A record may name the rule by which it was decided, by its identifier or as a requirement written out. A name that is neither leaves the outcome without a rule to hold it against. \
          The same holds for a rule that names a table of weights or a group that is not known: it may be misspelt, or known only \
          to whoever keeps the record, so it is a warning, with the most similar name that is known.",
    sources: &["plenary-decisions, the rule library and the text form of requirements"],
    example: Example::Native {
        fails: r#"{"symbols": ["A/RES/73/195"], "acts": [{"act": "decision", "date": "2018-12-19", "rule": "most of them"}]}"#,
        mended: r#"{"symbols": ["A/RES/73/195"], "acts": [{"act": "decision", "date": "2018-12-19", "rule": "more than 1/2 of present and voting"}]}"#,
    },
    waive: "Name a rule of `plenary rules`, or write the requirement out.",
    run: Run::Decision(&run),
};

fn run(cx: &DecisionCx<'_>, out: &mut Findings<'_>) {
    let Some(rule) = cx.decision.rule.as_deref() else {
        return;
    };
    let library = cx.reference.library();
    if ruling::is_unknown(library, rule) {
        out.report(
            Some(cx.act),
            Field::Rule,
            "no such rule is known, and it is no requirement either",
        )
        .expected(expected(library, rule))
        .found(rule);
        return;
    }
    let Ok(ruling) = cx.ruling() else { return };
    let elsewhere = library.all_facts();
    for unknown in unknown_names(
        ruling.rule().requirement(),
        [ruling.rule().facts()],
        elsewhere,
    ) {
        report(out, cx.act, &unknown);
    }
}

/// The most similar rule that is known, else what may stand here.
fn expected(library: &Library, rule: &str) -> String {
    let rules = library.rules().iter();
    let names = rules.flat_map(|rule| std::iter::once(&rule.id).chain(&rule.aliases));
    match nearest(rule, names.map(String::as_str)) {
        Some(nearest) => format!("`{nearest}`, the most similar known rule"),
        None => "a rule of `plenary decide --list`, or a requirement such as `at least 2/3 of present and voting`".to_owned(),
    }
}

/// A name in a rule that nothing is known by. A table or a group may be known to whoever keeps the record, so it is a warning.
fn report(out: &mut Findings<'_>, act: usize, unknown: &UnknownName) {
    let report = out.report(Some(act), Field::Rule, message(unknown));
    let report = report.severity(Severity::Warning).found(&unknown.name);
    if let Some(nearest) = &unknown.nearest {
        report.expected(nearest);
    }
}

pub(crate) fn message(unknown: &UnknownName) -> String {
    format!(
        "the rule names an unknown {}, so nothing can be decided by it",
        unknown.kind
    )
}
