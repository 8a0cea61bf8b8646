//! Strategies for document symbols of every grammar in use since 1946.

use plenary_bodies::{Pattern, Reference, Sessions};
use plenary_types::{BodyId, Citation, Series, Session, Symbol};
use proptest::prelude::*;

use crate::sessions;

/// Texts of document symbols, as documents and catalogues print them: every organ and era, with the variants of
/// spacing and brackets that sources use.
///
/// Each parses as a [`Symbol`].
pub fn symbol_texts() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => assembly_resolutions(),
        2 => council_documents(),
        3 => other_assembly_documents(),
        1 => other_organs(),
    ]
}

/// Document symbols of every grammar.
pub fn symbols() -> impl Strategy<Value = Symbol> {
    symbol_texts().prop_filter_map("every text is a symbol", |text| text.parse().ok())
}

/// Citations: mostly symbols, now and then a misprint of one.
pub fn citations() -> impl Strategy<Value = Citation> {
    prop_oneof![
        8 => symbols().prop_map(Citation::Symbol),
        1 => symbol_texts().prop_map(|text| Citation::new(&text.replacen('/', "//", 1))),
    ]
}

/// The symbol of a resolution of a session or year, in the form of its time; `None` when the body has none.
///
/// It is of the first form that the body writes in which the text is the symbol of a resolution; where no form is, of the first one.
///
/// ```
/// use plenary_bodies::Reference;
/// use plenary_testing::resolution_symbol;
/// use plenary_types::{BodyId, Session};
///
/// let text = |session, number| {
///     resolution_symbol(Reference::embedded(), &BodyId::UNGA, Some(session), 2000, number).unwrap()
/// };
/// assert_eq!(text(Session::Regular(26), 2758), "A/RES/2758(XXVI)");
/// assert_eq!(text(Session::Regular(73), 195), "A/RES/73/195");
/// assert_eq!(text(Session::Emergency(11), 1), "A/RES/ES-11/1");
/// ```
#[must_use]
pub fn resolution_symbol(
    reference: &Reference,
    body: &BodyId,
    session: Option<Session>,
    year: u16,
    number: u32,
) -> Option<String> {
    let known = reference.body(body.as_str())?;
    let session = session.map(|session| match is_early(known.sessions(), session) {
        true => session.to_roman(),
        false => session.to_string(),
    });
    let forms = known.symbols().iter();
    let texts = forms.filter_map(|form| text_of(form, number, year, session.as_deref()));
    let texts: Vec<_> = texts.collect();
    let is_resolution = |text: &&String| {
        let symbol = text.parse::<Symbol>().ok();
        symbol.is_some_and(|symbol| {
            symbol.series() == Series::Resolution && symbol.body().as_ref() == Some(body)
        })
    };
    texts.iter().find(is_resolution).or(texts.first()).cloned()
}

/// A text of a form; nothing where it wants a session and there is none.
pub(crate) fn text_of(
    form: &Pattern,
    number: u32,
    year: u16,
    session: Option<&str>,
) -> Option<String> {
    let text = form.as_str().replace("<n>", &number.to_string());
    let text = text.replace("<year>", &format!("{year:04}"));
    match text.contains("<session>") {
        true => Some(text.replace("<session>", session?)),
        false => Some(text),
    }
}

/// Whether a body wrote the session in roman numerals.
fn is_early(sessions: &Sessions, session: Session) -> bool {
    let opened = sessions.get(&session.to_string()).map(|known| known.opened);
    opened
        .zip(sessions.roman_until())
        .is_some_and(|(opened, until)| opened < until)
}

/// The symbol of a resolution of the Assembly, and whether it is in roman numerals.
fn of_assembly(session: Session, number: u32) -> (String, bool) {
    let (assembly, reference) = (BodyId::UNGA, Reference::embedded());
    let symbol = resolution_symbol(reference, &assembly, Some(session), 0, number);
    let early = reference
        .body(assembly.as_str())
        .is_some_and(|known| is_early(known.sessions(), session));
    (symbol.unwrap_or_default(), early)
}

fn parts() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => Just(String::new()),
        2 => "[A-H]",
        1 => "[A-C]-[D-H]",
    ]
}

fn assembly_resolutions() -> impl Strategy<Value = String> {
    (sessions(), 1..4000u32, parts(), 0..4u8).prop_map(|(session, number, part, style)| {
        let (stem, early) = of_assembly(session, number);
        match (part.as_str(), style, early) {
            ("", 1, true) => stem.replace('(', " ("),
            ("", _, _) => stem,
            (part, 0, _) => format!("{stem}[{part}]"),
            (part, 1, _) => format!("{stem} [{part}]"),
            (part, 2, true) => format!("{number} {part} ({})", session.to_roman()),
            (part, _, _) => format!("{stem}{part}"),
        }
    })
}

fn council_documents() -> impl Strategy<Value = String> {
    (1946..2026u16, 1..9999u32, 0..5u8).prop_map(|(year, number, kind)| match kind {
        0 => format!("S/{year}/{number}"),
        1 => format!("S/PV.{number}"),
        2 => format!("S/PRST/{year}/{number}"),
        3 => format!("S/RES/{number} ({year})"),
        _ => format!("S/RES/{number}({year})"),
    })
}

fn modifiers() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => Just(String::new()),
        1 => (1..4u8).prop_map(|n| format!("/Rev.{n}")),
        1 => (1..4u8).prop_map(|n| format!("/Add.{n}")),
        1 => (1..3u8, 1..3u8).prop_map(|(a, b)| format!("/Rev.{a}/Corr.{b}")),
    ]
}

fn other_assembly_documents() -> impl Strategy<Value = String> {
    (31..=80u16, 1..=6u8, 1..999u32, modifiers(), 0..8u8).prop_map(
        |(session, committee, number, modifier, kind)| match kind {
            0 => format!("A/{session}/L.{number}{modifier}"),
            1 => format!("A/C.{committee}/{session}/L.{number}{modifier}"),
            2 => format!("A/{session}/PV.{number}"),
            3 => format!("A/C.{committee}/{session}/SR.{number}"),
            4 => format!("A/PV.{number}"),
            5 => format!("A/ES-11/PV.{number}"),
            6 => format!("A/ES-11/L.{number}{modifier}"),
            _ => format!("A/{session}/{number}{modifier}"),
        },
    )
}

fn other_organs() -> impl Strategy<Value = String> {
    (1978..2026u16, 1..60u16, 1..99u32, 0..5u8).prop_map(|(year, session, number, kind)| match kind
    {
        0 => format!("E/RES/{year}/{number}"),
        1 => format!("A/HRC/RES/{session}/{number}"),
        2 => format!("E/CN.4/RES/{year}/{number}"),
        3 => format!("A/CONF.{session}/{number}"),
        _ => format!("A/DEC/{}/{number}", session.max(31)),
    })
}
