//! Participants by the name that the depositary prints.

use chrono::NaiveDate;
use plenary_types::{Participant, ParticipantKind, StateCode};

/// The code of a participant of a treaty, by the name that the depositary prints, without footnotes.
///
/// Status tables name participants as they are called at present, so `Congo` is the one of the two states that
/// bears the name now; a participant that has ended is known by its own name.
#[must_use]
pub fn participant(name: &str) -> Option<StateCode> {
    participant_on(name, NaiveDate::MAX)
}

/// The code of a participant by the name that it has on a day, else by a name that one had at another time.
pub(in crate::sources) fn participant_on(name: &str, on: NaiveDate) -> Option<StateCode> {
    plenary_states::resolve(name, Some(on)).or_else(|| plenary_states::resolve(name, None))
}

/// Who a printed name is: a participant with a code, else one that keeps its name as printed. A code that nobody has is nobody.
pub(super) fn identity(printed: &str) -> Result<Participant, &'static str> {
    if let Some(code) = participant(printed) {
        return Ok(code.into());
    }
    if printed.is_empty() {
        return Err("names no participant");
    }
    if printed.parse::<StateCode>().is_ok() {
        return Err("is a code that nobody has");
    }
    Participant::from_printed(ParticipantKind::Text, printed)
        .map_err(|_| "is not a name that can be kept")
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

/// Whether a heading is that of the participants, whatever its capitals.
pub(super) fn is_participant(heading: &str) -> bool {
    without_footnotes(heading).eq_ignore_ascii_case("Participant")
}

/// A name without the numbers at its end.
pub(in crate::sources) fn without_footnotes(name: &str) -> &str {
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
