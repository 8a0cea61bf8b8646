use plenary_types::{Citation, Field, Series, Severity, Symbol};

use crate::{Check, DecisionCx, Example, Findings, Run};

pub(crate) static CHECK: Check = Check {
    name: "meeting-session-mismatch",
    summary: "the meeting cited is one of another session",
    severity: Severity::Warning,
    why: "The symbol of a meeting record carries the session since 1976. A resolution of one session that cites a meeting of another has a wrong meeting or a wrong symbol.",
    sources: &[
        "UN Editorial Manual, system of identification",
        "UN Digital Library, record 627714: A/RES/35/225 cites A/36/PV.99",
    ],
    example: Example::Native {
        fails: r#"{"symbols": ["A/RES/35/225"], "acts": [{"act": "decision", "date": "1980-12-17", "meeting": "A/36/PV.99"}]}"#,
        mended: r#"{"symbols": ["A/RES/35/225"], "acts": [{"act": "decision", "date": "1980-12-17", "meeting": "A/35/PV.99"}]}"#,
    },
    waive: "Waive it for the record, with the meeting's own record in the reason.",
    run: Run::Decision(&run),
};

fn run(cx: &DecisionCx<'_>, out: &mut Findings<'_>) {
    let meeting = cx.decision.meeting.as_ref().and_then(Citation::symbol);
    let Some(meeting) =
        meeting.filter(|m| matches!(m.series(), Series::Verbatim | Series::Summary))
    else {
        return;
    };
    let of_record = cx
        .decision
        .session
        .or_else(|| cx.symbol().and_then(Symbol::session));
    let (Some(cited), Some(session)) = (meeting.session(), of_record) else {
        return;
    };
    if cited != session && meeting.body() == cx.body {
        out.report(
            Some(cx.act),
            Field::Meeting,
            "the meeting is one of another session",
        )
        .expected(format!("a meeting of session {session}"))
        .found(meeting)
        .help("compare the meeting and the symbol with the document")
        .subjects([session, cited])
        .subjects(&cx.decision.meeting);
    }
}
