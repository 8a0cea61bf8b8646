use chrono::Datelike;
use plenary_types::{Date, Field, Session, Severity, Symbol};

use crate::{Check, DecisionCx, Example, Findings, Run};

pub(crate) static CHECK: Check = Check {
    name: "symbol-session-mismatch",
    summary: "the session or year in a resolution's symbol is not that of the record",
    severity: Severity::Error,
    why: "The symbol of an Assembly resolution carries the session at which it was adopted, that of a Security Council \
          resolution the year. Where the record gives another session or date, one of the two is wrong.",
    sources: &[
        "UN Editorial Manual, system of identification",
        "UNBIS manual, field 791",
    ],
    example: Example::Native {
        fails: r#"{"symbols": ["A/RES/ES-10/19"], "acts": [{"act": "decision", "session": "72", "date": "2017-12-21"}]}"#,
        mended: r#"{"symbols": ["A/RES/ES-10/19"], "acts": [{"act": "decision", "session": "ES-10", "date": "2017-12-21"}]}"#,
    },
    waive: "Waive it for a dataset that by design files votes of special sessions under the regular one.",
    run: Run::Decision(&run),
};

fn run(cx: &DecisionCx<'_>, out: &mut Findings<'_>) {
    let Some(symbol) = cx.symbol() else { return };
    session(cx, symbol, out);
    year(cx, symbol, out);
}

fn session(cx: &DecisionCx<'_>, symbol: &Symbol, out: &mut Findings<'_>) {
    let (Some(printed), Some(recorded)) = (symbol.session(), cx.decision.session) else {
        return;
    };
    if printed != recorded && symbol.body() == cx.body {
        out.report(
            Some(cx.act),
            Field::Session,
            "the session is not that of the symbol",
        )
        .expected(printed)
        .found(recorded)
        .help(help(printed, recorded))
        .subjects([printed, recorded]);
    }
}

fn help(printed: Session, recorded: Session) -> &'static str {
    match (printed, recorded) {
        (Session::Regular(_), Session::Regular(_)) => {
            "compare the symbol and the meeting with the document"
        }
        _ => "special and emergency special sessions are series of their own: `S-10`, `ES-10`",
    }
}

fn year(cx: &DecisionCx<'_>, symbol: &Symbol, out: &mut Findings<'_>) {
    let (Some(year), Some(date)) = (symbol.year(), cx.decision.date) else {
        return;
    };
    let decided_by = symbol.running_number().is_some() && symbol.body() == cx.body;
    let years = date.earliest().year()..=date.latest().year();
    if decided_by && !years.contains(&i32::from(year)) && cx.is_numbered_resolution() {
        out.report(
            Some(cx.act),
            Field::Date,
            "the year of the date is not that of the symbol",
        )
        .expected(year)
        .found(date)
        .help("compare the symbol and the date with the document")
        .subjects(Date::year(i32::from(year)))
        .subjects([date]);
    }
}
