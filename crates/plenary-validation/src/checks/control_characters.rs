use plenary_types::{Agreement, Field, Severity};

use crate::{Check, Example, Findings, RecordCx, Run};

pub(crate) static CHECK: Check = Check {
    name: "control-characters",
    summary: "a text holds control characters",
    severity: Severity::Warning,
    why: "A tab or a line break inside a title or a symbol is the trace of columns that ran together: what follows it belongs into another field.",
    sources: &[
        "United Nations General Assembly Voting Data: roll call 610, a tab and the description inside the short title",
    ],
    example: Example::Native {
        fails: r#"{"title": "Admission of new Members\tTo admit fourteen states", "symbols": ["A/RES/620(VII)[A]"]}"#,
        mended: r#"{"title": "Admission of new Members", "symbols": ["A/RES/620(VII)[A]"]}"#,
    },
    waive: "Waive it for texts that are meant to have several lines.",
    run: Run::Record(run),
};

fn run(cx: &RecordCx<'_>, out: &mut Findings<'_>) {
    let Agreement {
        title,
        symbols,
        subjects,
        ..
    } = cx.agreement;
    if is_odd(title) {
        report(out, None, Field::Title, title);
    }
    for (at, symbol) in symbols
        .iter()
        .enumerate()
        .filter(|(_, s)| is_odd(s.as_str()))
    {
        report(out, None, Field::Symbol(at), symbol.as_str());
    }
    for subject in subjects.iter().filter(|s| is_odd(s)) {
        report(out, None, Field::Whole, subject);
    }
    for (act, decision) in cx.agreement.decisions() {
        let texts = [&decision.agenda, &decision.question.text];
        for text in texts.into_iter().flatten().filter(|t| is_odd(t)) {
            report(out, Some(act), Field::Whole, text);
        }
    }
}

fn is_odd(text: &str) -> bool {
    text.bytes().any(|byte| byte < b' ' || byte == 0x7f)
}

fn report(out: &mut Findings<'_>, act: Option<usize>, field: Field, text: &str) {
    out.report(act, field, "a text holds control characters")
        .expected("one line of text")
        .found(text.escape_debug().to_string())
        .help("did two columns run together?");
}
