//! How a symbol is read and how its normal form is written.

use std::borrow::Cow;

use super::{Modifier, ModifierKind, Parts, Series, SymbolFault};
use crate::Invariant;
use crate::Session;

const LONGEST: usize = 120;
/// Hardly any symbol has more parts between slashes.
const USUAL_SEGMENTS: usize = 8;
/// The last sessions whose resolutions carry the session in brackets, in roman numerals.
const LAST_BRACKETED: (u16, u16, u16) = (30, 7, 5);

/// Reads a symbol.
pub(super) fn parse(text: &str) -> Result<Parts, SymbolFault> {
    let compact = compact(text)?;
    if compact.starts_with(|c: char| c.is_ascii_digit()) {
        return bare_resolution(&compact);
    }
    let mut segments: Vec<&str> = Vec::with_capacity(USUAL_SEGMENTS);
    segments.extend(compact.split('/'));
    let organ = segments[0];
    if segments.len() < 2 || organ.len() > 8 || !all(organ, |b| b.is_ascii_alphabetic()) {
        return Err(SymbolFault::Organ);
    }
    if segments.iter().any(|segment| segment.is_empty()) {
        return Err(SymbolFault::EmptyPart);
    }
    let mut parts = Parts {
        organ: capitals(organ),
        subsidiary: Vec::new(),
        series: Series::Document,
        session: None,
        year: None,
        number: None,
        part: None,
        modifiers: Vec::new(),
    };
    let rest = &segments[1..];
    match rest.iter().position(|s| is_word(s, &["RES", "DEC"])) {
        Some(at) => {
            numbered(&mut parts, rest, at)?;
        }
        None => document(&mut parts, rest)?,
    }
    Ok(parts)
}

/// The letters of an organ as they are written.
fn capitals(organ: &str) -> Cow<'static, str> {
    // Nearly every document is one of these three.
    let usual = ["A", "S", "E"].into_iter().find(|usual| *usual == organ);
    usual.map_or_else(|| organ.to_ascii_uppercase().into(), Cow::Borrowed)
}

/// The text without spaces, if it holds nothing but the characters of symbols.
fn compact(text: &str) -> Result<Cow<'_, str>, SymbolFault> {
    if text.len() > LONGEST {
        return Err(SymbolFault::TooLong);
    }
    let foreign = |c: &char| !c.is_ascii_alphanumeric() && !" /.-()[]".contains(*c);
    if let Some(found) = text.chars().find(foreign) {
        return Err(SymbolFault::Character(found));
    }
    let compact = match text.contains(' ') {
        true => Cow::Owned(text.replace(' ', "")),
        false => Cow::Borrowed(text),
    };
    if compact.is_empty() {
        return Err(SymbolFault::Empty);
    }
    Ok(compact)
}

/// `217A(III)` and `31/16A`: an Assembly resolution cited without its organ.
fn bare_resolution(compact: &str) -> Result<Parts, SymbolFault> {
    if let Some((before, session)) = compact.strip_suffix(')').and_then(|s| s.split_once('(')) {
        let (number, part) = number_and_part(before)?;
        return parse(&format!("A/RES/{number}({session}){}", bracketed(part)));
    }
    match compact.split_once('/') {
        Some((session, rest)) if !rest.contains('/') && all(session, |b| b.is_ascii_digit()) => {
            parse(&format!("A/RES/{session}/{rest}"))
        }
        _ => Err(SymbolFault::Organ),
    }
}

/// Resolutions and decisions: `rest[at]` is `RES` or `DEC`.
fn numbered(parts: &mut Parts, rest: &[&str], at: usize) -> Result<(), SymbolFault> {
    for (i, segment) in rest[..at].iter().enumerate() {
        let name = subsidiary(segment).ok_or(SymbolFault::UnknownPart(i + 2))?;
        parts.subsidiary.push(name);
    }
    parts.series = if is_word(rest[at], &["RES"]) {
        Series::Resolution
    } else {
        Series::Decision
    };
    let after = &rest[at + 1..];
    let end = take_modifiers(parts, after);
    match &after[..end] {
        [single] => bracketed_number(parts, single),
        [first, last] => session_number(parts, first, last),
        [first, last, part] => session_number(parts, first, &format!("{last}[{part}]")),
        _ => Err(SymbolFault::Resolution),
    }
}

/// `217(III)[A]`, `1454(2002)`.
fn bracketed_number(parts: &mut Parts, segment: &str) -> Result<(), SymbolFault> {
    let fault = SymbolFault::Resolution;
    let (number, rest) = segment.split_once('(').ok_or(fault)?;
    let (inside, after) = rest.split_once(')').ok_or(fault)?;
    let (number, before) = number_and_part(number)?;
    let part = match (before, after) {
        ("", part) | (part, "") => part,
        _ => return Err(fault),
    };
    parts.number = Some(number);
    parts.part = part_of(part)?;
    if inside.len() == 4 && all(inside, |b| b.is_ascii_digit()) {
        parts.year = Some(year(inside).ok_or(fault)?);
        return (&*parts.organ != "A").then_some(()).ok_or(SymbolFault::Era);
    }
    let session: Session = inside.parse().map_err(|_| fault)?;
    let regular = matches!(session, Session::Regular(_));
    if regular && all(inside, |b| b.is_ascii_digit()) {
        return Err(SymbolFault::Era);
    }
    parts.session = Some(session);
    let assembly = &*parts.organ == "A" && parts.subsidiary.is_empty();
    (!assembly || is_bracketed_era(session))
        .then_some(())
        .ok_or(SymbolFault::Era)
}

/// `73/195`, `ES-10/21`, `2002/39`, `37/100[A]`.
fn session_number(parts: &mut Parts, first: &str, last: &str) -> Result<(), SymbolFault> {
    let (number, part) = number_and_part(last)?;
    parts.number = Some(number);
    parts.part = part_of(part)?;
    if let Some(year) = (first.len() == 4).then(|| year(first)).flatten() {
        parts.year = Some(year);
        return (&*parts.organ != "A").then_some(()).ok_or(SymbolFault::Era);
    }
    let session: Session = first.parse().map_err(|_| SymbolFault::Resolution)?;
    if !first.ends_with(|c: char| c.is_ascii_digit()) {
        return Err(SymbolFault::Resolution);
    }
    parts.session = Some(session);
    let assembly = &*parts.organ == "A" && parts.subsidiary.is_empty();
    (!assembly || !is_bracketed_era(session))
        .then_some(())
        .ok_or(SymbolFault::Era)
}

fn is_bracketed_era(session: Session) -> bool {
    let (regular, special, emergency) = LAST_BRACKETED;
    match session {
        Session::Regular(n) => n <= regular,
        Session::Special(n) => n <= special,
        Session::Emergency(n) => n <= emergency,
        Session::Named(_) => false,
    }
}

/// Splits `100[A]`, `100A` or `52B-VII` after the digits.
fn number_and_part(text: &str) -> Result<(u32, &str), SymbolFault> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, part) = text.split_at(digits);
    let fits = (1..=6).contains(&digits) && !number.starts_with('0');
    let number = fits.then(|| number.parse().ok()).flatten();
    Ok((number.ok_or(SymbolFault::Resolution)?, part))
}

fn part_of(text: &str) -> Result<Option<Box<str>>, SymbolFault> {
    if text.is_empty() {
        return Ok(None);
    }
    let inner = text.strip_prefix('[').and_then(|t| t.strip_suffix(']'));
    let inner = inner.unwrap_or(text).to_ascii_uppercase();
    if is_part(&inner) {
        Ok(Some(inner.into()))
    } else {
        Err(SymbolFault::Resolution)
    }
}

/// `A`, `AB`, `XIV`, `A-C`, `B-VIII`, `RULE-73`, `PARA.1`.
fn is_part(text: &str) -> bool {
    text.len() <= 12
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.ends_with(|c: char| c.is_ascii_alphanumeric())
        && all(text, |b| {
            b.is_ascii_alphanumeric() || b == b'-' || b == b'.'
        })
}

fn bracketed(part: &str) -> String {
    match part {
        "" => String::new(),
        part if part.starts_with('[') => part.to_owned(),
        part => format!("[{part}]"),
    }
}

/// Every symbol that is neither a resolution nor a decision.
fn document(parts: &mut Parts, rest: &[&str]) -> Result<(), SymbolFault> {
    let end = take_modifiers(parts, rest);
    let Some((last, before)) = rest[..end].split_last() else {
        return Err(SymbolFault::UnknownPart(2));
    };
    for (i, segment) in before.iter().enumerate() {
        segment_before_last(parts, segment).ok_or(SymbolFault::UnknownPart(i + 2))?;
    }
    last_segment(parts, last).ok_or(SymbolFault::UnknownPart(end + 1))
}

fn segment_before_last(parts: &mut Parts, segment: &str) -> Option<()> {
    let session_free = parts.session.is_none() && parts.year.is_none();
    if is_word(segment, &["PRST"]) {
        parts.series = Series::Statement;
    } else if let Some(year) = year(segment).filter(|_| session_free) {
        parts.year = Some(year);
    } else if let Some(session) = arabic_session(segment).filter(|_| session_free) {
        parts.session = Some(session);
    } else {
        parts.subsidiary.push(subsidiary(segment)?);
    }
    Some(())
}

fn last_segment(parts: &mut Parts, segment: &str) -> Option<()> {
    if all(segment, |b| b.is_ascii_digit()) {
        parts.number = Some(number(segment)?);
        return Some(());
    }
    let (kind, digits) = segment.rsplit_once('.')?;
    parts.number = Some(number(digits)?);
    let series = [
        ("L", Series::Limited),
        ("PV", Series::Verbatim),
        ("SR", Series::Summary),
    ];
    match series.iter().find(|(word, _)| is_word(kind, &[word])) {
        Some((_, series)) => parts.series = *series,
        None => {
            parts.number = None;
            parts.subsidiary.push(subsidiary(segment)?);
        }
    }
    Some(())
}

/// Takes `Rev.1` and the like off the end; returns how many segments are left.
fn take_modifiers(parts: &mut Parts, rest: &[&str]) -> usize {
    let mut end = rest.len();
    while let Some(modifier) = end.checked_sub(1).and_then(|last| modifier(rest[last])) {
        parts.modifiers.insert(0, modifier);
        end -= 1;
    }
    end
}

fn modifier(segment: &str) -> Option<Modifier> {
    let (word, digits) = segment.split_once('.')?;
    let mut kinds = MODIFIERS.into_iter();
    let kind = kinds.find(|kind| is_word(word, &[modifier_word(*kind)]))?;
    let number = number(digits)?;
    Some(Modifier { kind, number })
}

/// `C.3`, `HRC`, `CONF.231`, `Sub.2`: letters, then perhaps a point and a number.
fn subsidiary(segment: &str) -> Option<Box<str>> {
    let (letters, digits) = match segment.split_once('.') {
        Some((letters, digits)) => (letters, Some(digits)),
        None => (segment, None),
    };
    let fits = (1..=12).contains(&letters.len())
        && letters.starts_with(|c: char| c.is_ascii_alphabetic())
        && all(letters, |b| b.is_ascii_alphanumeric() || b == b'-')
        && digits.is_none_or(|d| number(d).is_some());
    if !fits {
        return None;
    }
    // The digits have no letters, so what holds for these holds for the whole.
    let sub = digits.filter(|_| letters.eq_ignore_ascii_case("Sub"));
    Some(match sub {
        Some(digits) => format!("Sub.{digits}").into(),
        None => segment.to_ascii_uppercase().into(),
    })
}

/// A session in arabic numerals: before 1976 no document but a resolution carried one.
fn arabic_session(segment: &str) -> Option<Session> {
    segment
        .ends_with(|c: char| c.is_ascii_digit())
        .then(|| segment.parse().ok())
        .flatten()
}

fn year(segment: &str) -> Option<u16> {
    let digits = segment.len() == 4 && all(segment, |b| b.is_ascii_digit());
    digits
        .then(|| segment.parse().ok())
        .flatten()
        .filter(|year| (1945..=2199).contains(year))
}

fn number(digits: &str) -> Option<u32> {
    let fits = (1..=7).contains(&digits.len())
        && !digits.starts_with('0')
        && all(digits, |b| b.is_ascii_digit());
    fits.then(|| digits.parse().ok()).flatten()
}

fn is_word(segment: &str, words: &[&str]) -> bool {
    words.iter().any(|word| segment.eq_ignore_ascii_case(word))
}

fn all(text: &str, fits: impl Fn(u8) -> bool) -> bool {
    text.bytes().all(fits)
}

/// Writes the normal form.
pub(super) fn normal(parts: &Parts) -> String {
    let mut text = String::with_capacity(LONGEST / 4);
    text.push_str(&parts.organ);
    // A meeting type or series of its own stands last, after the session.
    let trailing = usize::from(parts.number.is_none() && parts.series == Series::Document);
    let leading = parts.subsidiary.len().saturating_sub(trailing);
    let (leading, trailing) = parts.subsidiary.split_at(leading);
    leading.iter().for_each(|segment| push(&mut text, segment));
    match parts.series {
        Series::Resolution => numbered_normal(&mut text, "RES", parts),
        Series::Decision => numbered_normal(&mut text, "DEC", parts),
        Series::Statement => {
            push(&mut text, "PRST");
            session_and_number(&mut text, parts, "");
        }
        Series::Limited => session_and_number(&mut text, parts, "L."),
        Series::Verbatim => session_and_number(&mut text, parts, "PV."),
        Series::Summary => session_and_number(&mut text, parts, "SR."),
        Series::Document => session_and_number(&mut text, parts, ""),
    }
    trailing.iter().for_each(|segment| push(&mut text, segment));
    for modifier in &parts.modifiers {
        push(&mut text, modifier_word(modifier.kind));
        text.push('.');
        push_number(&mut text, modifier.number);
    }
    text
}

fn push(text: &mut String, segment: &str) {
    text.push('/');
    text.push_str(segment);
}

/// Appends a number; a few digits need none of what formatting can do.
fn push_number(text: &mut String, number: u32) {
    if number >= 10 {
        push_number(text, number / 10);
    }
    text.extend(char::from_digit(number % 10, 10));
}

fn push_session(text: &mut String, session: Session) {
    match session.parts() {
        Ok((prefix, number)) => {
            text.push_str(prefix);
            push_number(text, u32::from(number));
        }
        Err(word) => text.push_str(word.as_str()),
    }
}

fn numbered_normal(text: &mut String, word: &str, parts: &Parts) {
    push(text, word);
    let number = parts.number.invariant("a numbered symbol has a number");
    let organ = &*parts.organ;
    let is_bracketed =
        |session| organ != "A" || (is_bracketed_era(session) && parts.subsidiary.is_empty());
    text.push('/');
    match (parts.session, parts.year) {
        (Some(session), _) if is_bracketed(session) => {
            push_number(text, number);
            push_bracketed(text, &session.to_roman());
        }
        (None, Some(year)) if organ == "S" => {
            push_number(text, number);
            push_bracketed(text, &year.to_string());
        }
        (session, year) => {
            if let Some(session) = session {
                push_session(text, session);
                text.push('/');
            } else if let Some(year) = year {
                push_number(text, u32::from(year));
                text.push('/');
            }
            push_number(text, number);
        }
    }
    if let Some(part) = &parts.part {
        text.push_str(&bracketed(part));
    }
}

fn push_bracketed(text: &mut String, inside: &str) {
    text.push('(');
    text.push_str(inside);
    text.push(')');
}

fn session_and_number(text: &mut String, parts: &Parts, kind: &str) {
    if let Some(session) = parts.session {
        text.push('/');
        push_session(text, session);
    }
    if let Some(year) = parts.year {
        text.push('/');
        push_number(text, u32::from(year));
    }
    if let Some(number) = parts.number {
        push(text, kind);
        push_number(text, number);
    }
}

const MODIFIERS: [ModifierKind; 4] = [
    ModifierKind::Revision,
    ModifierKind::Addendum,
    ModifierKind::Corrigendum,
    ModifierKind::Amendment,
];

const fn modifier_word(kind: ModifierKind) -> &'static str {
    match kind {
        ModifierKind::Revision => "Rev",
        ModifierKind::Addendum => "Add",
        ModifierKind::Corrigendum => "Corr",
        ModifierKind::Amendment => "Amend",
    }
}

#[cfg(test)]
mod tests {
    use crate::{BodyId, Series, Session, Symbol, SymbolFault};

    fn symbol(text: &str) -> Symbol {
        text.parse().unwrap_or_else(|e| panic!("{e}"))
    }

    #[test]
    fn every_organ_and_era_has_a_normal_form() {
        for (text, normal) in [
            ("A/RES/73/195", "A/RES/73/195"),
            ("a/res/73/195", "A/RES/73/195"),
            ("73/195", "A/RES/73/195"),
            ("31/16 A", "A/RES/31/16[A]"),
            ("A/RES/37/100[A]", "A/RES/37/100[A]"),
            ("A/RES/34/90C", "A/RES/34/90[C]"),
            ("A/RES/33/116[B-VIII]", "A/RES/33/116[B-VIII]"),
            ("A/RES/34/233/XII", "A/RES/34/233[XII]"),
            ("A/RES/217 (III)", "A/RES/217(III)"),
            ("217 A (III)", "A/RES/217(III)[A]"),
            ("217 [A] (III)", "A/RES/217(III)[A]"),
            ("A/RES/217(III)A", "A/RES/217(III)[A]"),
            ("A/RES/3379(XXX)", "A/RES/3379(XXX)"),
            ("A/RES/17(I)[RULE-73]", "A/RES/17(I)[RULE-73]"),
            ("A/RES/63(I)[PARA.1]", "A/RES/63(I)[PARA.1]"),
            ("A/RES/104(S-1)", "A/RES/104(S-I)"),
            ("A/RES/3362(S-VII)", "A/RES/3362(S-VII)"),
            ("A/RES/1000(ES-I)", "A/RES/1000(ES-I)"),
            ("A/RES/ES-10/21", "A/RES/ES-10/21"),
            ("A/RES/S-10/2", "A/RES/S-10/2"),
            ("A/DEC/59/501", "A/DEC/59/501"),
            ("S/RES/2787 (2025)", "S/RES/2787(2025)"),
            ("S/2022/155", "S/2022/155"),
            ("S/5380", "S/5380"),
            ("S/PV.8979", "S/PV.8979"),
            ("S/PRST/2023/1", "S/PRST/2023/1"),
            ("E/RES/2002/39", "E/RES/2002/39"),
            ("E/RES/1503(XLVIII)", "E/RES/1503(XLVIII)"),
            ("E/CN.4/RES/1999/1", "E/CN.4/RES/1999/1"),
            ("E/CN.4/Sub.2/1999/4", "E/CN.4/Sub.2/1999/4"),
            ("A/HRC/RES/50/1", "A/HRC/RES/50/1"),
            ("A/HRC/RES/S-34/1", "A/HRC/RES/S-34/1"),
            ("A/HRC/RES/5/1", "A/HRC/RES/5/1"),
            ("A/73/L.66", "A/73/L.66"),
            ("A/C.3/73/L.50/Rev.1", "A/C.3/73/L.50/Rev.1"),
            ("A/c.3/73/l.50/REV.1/ADD.2", "A/C.3/73/L.50/Rev.1/Add.2"),
            ("A/ES-11/L.11", "A/ES-11/L.11"),
            ("A/73/PV.60", "A/73/PV.60"),
            ("A/34/PV. 4", "A/34/PV.4"),
            ("A/PV.1286", "A/PV.1286"),
            ("A/C.3/78/SR.5", "A/C.3/78/SR.5"),
            ("A/79/434", "A/79/434"),
            ("A/3354", "A/3354"),
            ("A/520/Rev.20", "A/520/Rev.20"),
            ("A/CONF.231/3", "A/CONF.231/3"),
            ("A/CONF.231/L.1", "A/CONF.231/L.1"),
            ("A/C.6/74/INF.3", "A/C.6/74/INF.3"),
            ("TD/B/63/2", "TD/B/63/2"),
            ("CRC/C/GC/25", "CRC/C/GC/25"),
        ] {
            let parsed = symbol(text);
            assert_eq!(parsed.normal(), normal, "{text}");
            assert_eq!(parsed.to_string(), text);
            assert_eq!(symbol(normal), parsed, "{text}");
        }
    }

    #[test]
    fn what_is_no_symbol_says_why() {
        for (text, fault) in [
            ("", SymbolFault::Empty),
            ("A", SymbolFault::Organ),
            ("resolution", SymbolFault::Organ),
            ("A/RES/36//235IX", SymbolFault::EmptyPart),
            ("A/RES/73/195/", SymbolFault::EmptyPart),
            ("A/RES/17/V812", SymbolFault::Resolution),
            ("A/RES/73/0195", SymbolFault::Resolution),
            ("A/RES/195", SymbolFault::Resolution),
            ("A/RES/3/217", SymbolFault::Era),
            ("A/RES/217(LXXIII)", SymbolFault::Era),
            ("A/RES/1454(2002)", SymbolFault::Era),
            ("A/RES/217(III)[A", SymbolFault::Resolution),
            ("A/73/L.x", SymbolFault::UnknownPart(3)),
            ("A/73/é", SymbolFault::Character('é')),
        ] {
            let found = text.parse::<Symbol>().map(|s| s.normal().to_owned());
            assert_eq!(found.map_err(|e| e.reason), Err(fault), "{text}");
        }
    }

    /// Bodies, session or year, number and part, as the normal form would have them.
    fn structure(symbol: &Symbol) -> String {
        let mut parts = vec![symbol.organ().to_owned()];
        parts.extend(symbol.subsidiary().map(str::to_owned));
        parts.push(format!("{:?}", symbol.series()));
        parts.extend(symbol.session().map(|session| session.to_string()));
        parts.extend(symbol.year().map(|year| format!("in {year}")));
        parts.extend(symbol.number().map(|number| format!("no. {number}")));
        parts.extend(symbol.part().map(|part| format!("part {part}")));
        let modifiers = symbol.modifiers().iter();
        parts.extend(modifiers.map(|m| format!("{:?} {}", m.kind, m.number)));
        parts.join(", ")
    }

    #[test]
    fn every_part_of_a_symbol_is_told() {
        for (text, expected) in [
            ("73/195", "A, Resolution, 73, no. 195"),
            ("217 a (III)", "A, Resolution, 3, no. 217, part A"),
            ("A/RES/34/233/XII", "A, Resolution, 34, no. 233, part XII"),
            ("A/RES/104(S-1)", "A, Resolution, S-1, no. 104"),
            ("A/DEC/59/501", "A, Decision, 59, no. 501"),
            ("S/RES/1454(2002)", "S, Resolution, in 2002, no. 1454"),
            ("E/RES/2002/39", "E, Resolution, in 2002, no. 39"),
            (
                "E/CN.4/Sub.2/1999/4",
                "E, CN.4, Sub.2, Document, in 1999, no. 4",
            ),
            ("S/PRST/2023/1", "S, Statement, in 2023, no. 1"),
            ("A/C.3/78/SR.5", "A, C.3, Summary, 78, no. 5"),
            ("A/ES-11/PV.20", "A, Verbatim, ES-11, no. 20"),
            ("A/CONF.231/L.1", "A, CONF.231, Limited, no. 1"),
            ("A/C.6/74/INF.3", "A, C.6, INF.3, Document, 74"),
            (
                "A/73/L.66/Rev.1/Add.2/Corr.3",
                "A, Limited, 73, no. 66, Revision 1, Addendum 2, Corrigendum 3",
            ),
            ("A/3354/Amend.1", "A, Document, no. 3354, Amendment 1"),
            (
                "A/RES/73/195/Corr.1",
                "A, Resolution, 73, no. 195, Corrigendum 1",
            ),
        ] {
            assert_eq!(structure(&symbol(text)), expected, "{text}");
        }
    }

    #[test]
    fn a_resolution_is_of_the_body_that_adopted_it() {
        for (text, body) in [
            ("A/RES/73/195", Some(BodyId::UNGA)),
            ("A/HRC/RES/50/1", Some(BodyId::HRC)),
            ("S/PRST/2023/1", Some(BodyId::UNSC)),
            ("E/RES/2002/39", Some(BodyId::ECOSOC)),
            ("E/CN.4/RES/1999/1", Some(BodyId::CHR)),
            ("A/CONF.231/3", None),
            ("TD/B/63/2", None),
        ] {
            assert_eq!(symbol(text).body(), body, "{text}");
        }
    }

    #[test]
    fn symbols_are_as_long_as_they_may_be() {
        let fault = |text: &str| text.parse::<Symbol>().map(|_| ()).map_err(|e| e.reason);
        for (fits, does_not, why) in [
            (
                &*format!("{:120}", "A/1"),
                &*format!("{:121}", "A/1"),
                SymbolFault::TooLong,
            ),
            ("ABCDEFGH/1", "ABCDEFGHI/1", SymbolFault::Organ),
            (
                "A/RES/73/123456",
                "A/RES/73/1234567",
                SymbolFault::Resolution,
            ),
            ("A/1234567", "A/12345678", SymbolFault::UnknownPart(2)),
            (
                "A/ABCDEFGHIJKL/1",
                "A/ABCDEFGHIJKLM/1",
                SymbolFault::UnknownPart(2),
            ),
            (
                "A/RES/73/1[ABCDEFGHIJKL]",
                "A/RES/73/1[ABCDEFGHIJKLM]",
                SymbolFault::Resolution,
            ),
            ("S/RES/1(1945)", "S/RES/1(1944)", SymbolFault::Resolution),
            ("S/RES/1(2199)", "S/RES/1(2200)", SymbolFault::Resolution),
        ] {
            assert_eq!(fault(fits), Ok(()), "{fits}");
            assert_eq!(fault(does_not), Err(why), "{does_not}");
        }
    }

    #[test]
    fn the_eras_end_with_their_last_session() {
        for (early, late) in [
            ("A/RES/1(XXX)", "A/RES/31/1"),
            ("A/RES/1(S-VII)", "A/RES/S-8/1"),
            ("A/RES/1(ES-V)", "A/RES/ES-6/1"),
        ] {
            assert_eq!(symbol(early).normal(), early);
            assert_eq!(symbol(late).normal(), late);
        }
        for text in [
            "A/RES/30/1",
            "A/RES/S-7/1",
            "A/RES/ES-5/1",
            "A/RES/1(XXXI)",
            "A/RES/1(S-VIII)",
            "A/RES/1(ES-VI)",
            "A/RES/217(3)",
            "A/RES/2002/39",
        ] {
            let fault = text.parse::<Symbol>().map_err(|e| e.reason);
            assert_eq!(fault, Err(SymbolFault::Era), "{text}");
        }
    }

    #[test]
    fn the_place_of_what_is_no_part_is_told() {
        for (text, fault) in [
            ("A/9C/RES/50/1", SymbolFault::UnknownPart(2)),
            ("A/HRC/9C/RES/50/1", SymbolFault::UnknownPart(3)),
            ("A/Rev.1", SymbolFault::UnknownPart(2)),
            ("A/73/74/1", SymbolFault::UnknownPart(3)),
            ("A/73/C.x/1", SymbolFault::UnknownPart(3)),
            ("A/73/9C/L.1/Rev.1", SymbolFault::UnknownPart(3)),
            ("TD/B/EX(26)/2", SymbolFault::UnknownPart(3)),
            ("S/02022/155", SymbolFault::UnknownPart(2)),
            ("A1/3", SymbolFault::Organ),
            ("217(III", SymbolFault::Organ),
            ("31/16/2", SymbolFault::Organ),
            ("31x/16", SymbolFault::Organ),
            ("A/RES/217A(III)B", SymbolFault::Resolution),
            ("A/RES/XXX/39", SymbolFault::Resolution),
            ("A/RES/73/195/1", SymbolFault::Resolution),
            ("A/RES/73/195/A/B", SymbolFault::Resolution),
            ("A/RES/73/195[A-]", SymbolFault::Resolution),
            ("A/RES/73/195[1A]", SymbolFault::Resolution),
            ("A/RES", SymbolFault::Resolution),
            ("S/RES/0(2002)", SymbolFault::Resolution),
        ] {
            let found = text.parse::<Symbol>().map_err(|e| e.reason);
            assert_eq!(found, Err(fault), "{text}");
        }
    }

    #[test]
    fn structure_is_read() {
        let draft = symbol("A/C.3/73/L.50/Rev.1");
        assert_eq!(draft.series(), Series::Limited);
        assert_eq!(draft.session(), Some(Session::Regular(73)));
        assert_eq!(draft.subsidiary().collect::<Vec<_>>(), ["C.3"]);
        assert_eq!(draft.modifiers().len(), 1);
        assert_eq!(draft.body(), None);
        assert_eq!(symbol("S/RES/1454(2002)").year(), Some(2002));
        assert_eq!(symbol("S/PV.8979").body(), Some(BodyId::UNSC));
        assert_eq!(
            symbol("A/ES-11/PV.20").session(),
            Some(Session::Emergency(11))
        );
    }
}
