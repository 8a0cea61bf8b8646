//! Participants by the name that the depositary prints.

use plenary_types::StateCode;

/// Participants that are not states of the membership tables, with the code they go by here: ISO codes where there
/// are any, the reserved code of the European Union, and user-assigned codes for other organisations.
const OTHERS: [(&str, &str); 35] = [
    ("Andean Community", "XAN"),
    ("Caribbean Community", "XCC"),
    ("Common Market for Eastern and Southern Africa", "XCM"),
    ("Congo", "COG"),
    ("Cook Islands", "COK"),
    ("Council of Europe", "XCE"),
    ("East African Community", "XEA"),
    ("Economic Community of West African States", "XEW"),
    ("Eurasian Economic Community", "XEE"),
    ("European Atomic Energy Community", "XEU"),
    ("European Community", "EUE"),
    ("European Economic Community", "EUE"),
    ("European Union", "EUE"),
    (
        "Food and Agriculture Organization of the United Nations",
        "XFA",
    ),
    ("Holy See", "VAT"),
    ("International Atomic Energy Agency", "XIA"),
    ("International Civil Aviation Organization", "XIC"),
    ("International Criminal Police Organization", "XIP"),
    ("International Labour Organisation", "XIL"),
    ("International Maritime Organization", "XIM"),
    ("International Telecommunication Union", "XIT"),
    ("Niue", "NIU"),
    (
        "Organisation for the Prohibition of Chemical Weapons",
        "XOP",
    ),
    ("Organization of African Unity", "XAU"),
    ("African Union", "XAU"),
    (
        "Preparatory Commission for the Comprehensive Nuclear-Test-Ban Treaty Organization",
        "XTB",
    ),
    ("Southern African Development Community", "XSA"),
    ("United Nations", "XUN"),
    (
        "United Nations Educational Scientific and Cultural Organization",
        "XES",
    ),
    ("United Nations Industrial Development Organization", "XID"),
    ("Universal Postal Union", "XPU"),
    ("West African Economic and Monetary Union", "XWA"),
    ("World Health Organization", "XWH"),
    ("World Intellectual Property Organization", "XIO"),
    ("World Meteorological Organization", "XWM"),
];

/// Whether a code of these tables is that of an organisation: `EUE`, or user-assigned. The instruments of
/// organisations do not add to those of their members.
#[must_use]
pub fn is_organisation(code: StateCode) -> bool {
    code.to_bytes() == *b"EUE" || (code.to_bytes()[0] == b'X' && code.to_bytes() != *b"XKX")
}

/// The code of a participant that the membership tables do not have, or name otherwise: `European Union`, `Niue`.
#[must_use]
pub fn participant(name: &str) -> Option<StateCode> {
    let other = OTHERS
        .iter()
        .find(|(printed, _)| printed.eq_ignore_ascii_case(name));
    other.and_then(|(_, code)| code.parse().ok())
}

/// The code of a participant, by its name without footnotes.
pub(super) fn resolve(name: &str) -> Option<StateCode> {
    participant(name).or_else(|| plenary_states::resolve(name, None))
}

/// The name without brackets and footnotes, and whether it was in brackets.
pub(super) fn printed(cell: &str) -> (String, bool) {
    let cell = without_footnotes(cell);
    let inside = cell
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    let name = without_footnotes(inside.unwrap_or(cell));
    (name.to_owned(), inside.is_some())
}

/// A name without the numbers at its end.
pub(super) fn without_footnotes(name: &str) -> &str {
    let is_note = |c: char| {
        c.is_ascii_digit() || c == ',' || c == '*' || c.is_whitespace() || is_superscript(c)
    };
    name.trim().trim_end_matches(is_note)
}

const fn is_superscript(c: char) -> bool {
    matches!(
        c,
        '\u{b2}' | '\u{b3}' | '\u{b9}' | '\u{2070}' | '\u{2074}'..='\u{2079}'
    )
}
