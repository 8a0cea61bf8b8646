use plenary_types::{Agreement, Citation, Decision, Field, Severity, marked};

use crate::characters::{has_control, has_invisible, is_unclean};
use crate::{Check, DecisionCx, Example, Findings, RecordCx, Report, Run, reference};

pub(crate) static CHECK: Check = Check {
    name: "control-characters",
    summary: "a text holds control characters or invisible ones",
    severity: Severity::Warning,
    why: "A tab inside a title or a symbol is the trace of columns that ran together: what follows it belongs in another field. Other control characters come from a broken encoding, those from U+0080 to U+009F from a text of Windows read as Latin-1. Characters without a glyph (a blank without width, a byte order mark, marks that change the direction of writing) make two texts that look alike differ, or hide what a text says; in a name or a code they keep a state from being found. A line break between words is how a table writes a long text, and is not reported; in a symbol it is.",
    sources: &[
        "United Nations General Assembly Voting Data: roll call 610, a tab and the description inside the short title",
    ],
    example: Example::Native {
        fails: r#"{"title": "Admission of new Members\tTo admit fourteen states", "symbols": ["A/RES/620(VII)[A]"]}"#,
        mended: r#"{"title": "Admission of new Members", "symbols": ["A/RES/620(VII)[A]"]}"#,
    },
    waive: "Waive it for texts that are meant to have several lines.",
    run: Run::Record(&run),
};

fn run(cx: &RecordCx<'_, '_>, out: &mut Findings<'_>) {
    let Agreement {
        title,
        symbols,
        subjects,
        ..
    } = cx.agreement;
    if is_odd(title) {
        report(out, None, Field::Title, title);
    }
    for (at, symbol) in symbols.iter().enumerate() {
        if is_unclean(symbol.as_str()) {
            report(out, None, Field::Symbol(at), symbol.as_str());
        }
    }
    for subject in subjects.iter().filter(|s| is_odd(s)) {
        report(out, None, Field::Whole, subject);
    }
    for (act, decision) in cx.agreement.decisions() {
        let texts = [&decision.agenda, &decision.question.text];
        for text in texts.into_iter().flatten().filter(|t| is_odd(t)) {
            report(out, Some(act), Field::Whole, text);
        }
        for (field, text) in documents(decision) {
            if is_unclean(text) {
                report(out, Some(act), field, text);
            }
        }
        for (at, note) in decision.notes.iter().enumerate() {
            if is_odd(note) {
                report(out, Some(act), Field::Note(at), note);
            }
        }
    }
    for decision in cx.decisions {
        voters(decision, out);
    }
}

/// The documents that a decision cites beside the one that came out.
fn documents(decision: &Decision) -> impl Iterator<Item = (Field, &str)> {
    let drafts = decision.drafts.iter().enumerate();
    let drafts = drafts.map(|(at, draft)| (Field::Draft(at), draft));
    let meeting = decision.meeting.iter().map(|cited| (Field::Meeting, cited));
    let report = decision.committee_report.iter();
    let report = report.map(|cited| (Field::CommitteeReport, cited));
    let all = drafts.chain(meeting).chain(report);
    all.map(|(field, cited): (Field, &Citation)| (field, cited.as_str()))
}

/// Names and codes on the list of a vote.
fn voters(cx: &DecisionCx<'_>, out: &mut Findings<'_>) {
    let (Some(roll), Some(ballots)) = (&cx.roll, &cx.decision.ballots) else {
        return;
    };
    for &place in &roll.unclean {
        let Some(entry) = ballots.roll().entries().get(place) else {
            continue;
        };
        let texts = [&entry.name, &entry.code].into_iter().flatten();
        for text in texts.filter(|text| is_unclean(text)) {
            report(out, Some(cx.act), Field::Name(place), text)
                .subjects([reference::subject(entry)]);
        }
    }
}

fn is_odd(text: &str) -> bool {
    has_control(text) || has_invisible(text)
}

fn report<'a>(
    out: &'a mut Findings<'_>,
    act: Option<usize>,
    field: Field,
    text: &str,
) -> Report<'a> {
    let (message, expected) = match has_invisible(text) {
        true => (
            "a text holds invisible characters",
            "characters that are seen",
        ),
        false => ("a text holds control characters", "one line of text"),
    };
    out.report(act, field, message)
        .expected(expected)
        .found(marked(text))
        .help(match text.contains('\t') {
            true => "did two columns run together?",
            false => "take the character out, or write what it stands for",
        })
}
