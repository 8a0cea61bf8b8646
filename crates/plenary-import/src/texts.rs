//! What the sources write into their fields: counts, lists, sessions, and how it was decided.

use plenary_types::{Mode, Session};

/// Reads a count as tables write it: `120`, `120.0`, `120,0` never.
pub(crate) fn count(text: &str) -> Result<u32, String> {
    let whole = match text.split_once('.') {
        Some((whole, zeros)) if zeros.bytes().all(|b| b == b'0') => whole,
        Some(_) => "",
        None => text,
    };
    let digits = !whole.is_empty() && whole.bytes().all(|b| b.is_ascii_digit());
    let number = digits.then(|| whole.parse().ok()).flatten();
    number.ok_or_else(|| format!("`{text}` is not a count"))
}

/// How a decision was taken, by the words of a note.
pub(crate) fn mode(text: &str) -> Option<Mode> {
    let text = text.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if has(&["without vote", "without a vote", "consensus", "acclamation"]) {
        Some(Mode::WithoutVote)
    } else if has(&["non-recorded", "nonrecorded", "show of hands"]) {
        Some(Mode::NonRecorded)
    } else if has(&["secret ballot", "secret vote", "by ballot"]) {
        Some(Mode::Secret)
    } else if has(&["recorded", "roll-call", "roll call"]) {
        Some(Mode::Recorded)
    } else {
        None
    }
}

/// The parts of a value that `|` joins.
pub(crate) fn list(text: &str) -> impl Iterator<Item = String> + '_ {
    let parts = text.split('|').map(str::trim);
    parts.filter(|part| !part.is_empty()).map(ToOwned::to_owned)
}

/// Reads a session: `73`, `73.0`, `XXVI`, `S-10`, and the Library's `10emsp` and `28sp`.
pub(crate) fn session(text: &str) -> Result<Session, String> {
    let plain = text.strip_suffix(".0").unwrap_or(text);
    let lower = plain.to_ascii_lowercase();
    let series = |suffix: &str, prefix: &str| {
        let number = lower.strip_suffix(suffix)?;
        format!("{prefix}{number}").parse().ok()
    };
    series("emsp", "ES-")
        .or_else(|| series("sp", "S-"))
        .map_or_else(|| plain.parse().map_err(|e| format!("{e}")), Ok)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_are_read_in_every_style_of_the_library() {
        for (text, read) in [
            ("73", "73"),
            ("73.0", "73"),
            ("XXVI", "26"),
            ("10emsp", "ES-10"),
            ("28sp", "S-28"),
            ("S-VI", "S-6"),
        ] {
            assert_eq!(session(text).unwrap().to_string(), read, "{text}");
        }
        assert!(session("seventy").is_err());
    }

    #[test]
    fn notes_that_say_how_it_was_decided_are_understood() {
        assert_eq!(mode("Adopted without vote"), Some(Mode::WithoutVote));
        assert_eq!(mode("NON-RECORDED"), Some(Mode::NonRecorded));
        assert_eq!(
            mode("RECORDED - No machine generated vote"),
            Some(Mode::Recorded)
        );
        assert_eq!(mode("Corrected vote"), None);
    }
}
