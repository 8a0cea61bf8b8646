use plenary_types::{Agreement, Field, Severity};

use crate::{Check, Example, Findings, RecordCx, Run};

pub(crate) static CHECK: Check = Check {
    name: "control-characters",
    summary: "a text holds control characters",
    severity: Severity::Warning,
    why: "A tab inside a title or a symbol is the trace of columns that ran together: what follows it belongs in another field. Other control characters come from a broken encoding, those from U+0080 to U+009F from a text of Windows read as Latin-1. A line break between words is how a table writes a long text, and is not reported; in a symbol it is.",
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
        .filter(|(_, s)| s.as_str().chars().any(char::is_control))
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

/// Whether a text holds a control character other than a line break.
fn is_odd(text: &str) -> bool {
    // Every byte is looked at: without a way out in between many are at once.
    let odd = text.bytes().fold(false, |odd, byte| {
        let control = (byte < b' ') | (byte == 0x7f) | (byte == LEAD_OF_C1);
        odd | (control & (byte != b'\n') & (byte != b'\r'))
    });
    odd && text
        .chars()
        .any(|c| c.is_control() && !matches!(c, '\n' | '\r'))
}

/// The first byte of U+0080 to U+00BF, the first half of which are control characters.
const LEAD_OF_C1: u8 = 0xc2;

/// The text with a visible sign for each control character: `␉` for a tab.
fn shown(text: &str) -> String {
    let sign = |c: char| match c {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(c),
        '\u{7f}' => '␡',
        '\u{80}'..='\u{9f}' => char::REPLACEMENT_CHARACTER,
        _ => c,
    };
    text.chars().map(sign).collect()
}

fn report(out: &mut Findings<'_>, act: Option<usize>, field: Field, text: &str) {
    out.report(act, field, "a text holds control characters")
        .expected("one line of text")
        .found(shown(text))
        .help(match text.contains('\t') {
            true => "did two columns run together?",
            false => "take the character out, or write what it stands for",
        });
}
