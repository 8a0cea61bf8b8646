//! What the sources write into their fields: counts, lists, sessions, and how it was decided.

use plenary_types::{AnnouncedTally, Ballots, Choice, Mode, Session, Symbol};

/// What to do about a date that is none.
pub(crate) const WRITE_DATE: &str = "write it as 2020-12-16, 2020-12 or 2020";

/// What to do about a count that is none.
pub(crate) const WRITE_COUNT: &str = "write a whole number, such as 120";

/// What to do about a session that is none.
pub(crate) const WRITE_SESSION: &str = "write it as 73, ES-10 or S-28";

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

/// Whether two values say the same, whichever way they are written: `120` and `120.0`, `A/RES/34/90C` and `A/RES/34/90 C`.
pub(crate) fn alike(one: &str, other: &str) -> bool {
    let (one, other) = (one.trim(), other.trim());
    let symbol = |text: &str| Some(text.parse::<Symbol>().ok()?.normal().to_owned());
    one == other
        || same(count(one).ok(), count(other).ok())
        || same(session(one).ok(), session(other).ok())
        || same(symbol(one), symbol(other))
}

/// Whether both were read, as the same.
fn same<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
    one.is_some() && one == other
}

/// How a decision was taken, by the words of a note.
pub(crate) fn mode(text: &str) -> Option<Mode> {
    if text.is_empty() {
        return None;
    }
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

/// What a list of members says where no vote was taken: who was there, and who is not recorded in favour.
pub(crate) fn listed(list: &Ballots) -> Vec<String> {
    let with = |choice: Option<Choice>| -> Vec<String> {
        let chosen = list
            .iter()
            .filter(|b| choice.is_none_or(|choice| b.choice == choice));
        chosen.map(|ballot| ballot.entry.label()).collect()
    };
    let mut notes = vec![format!("members on the list: {}", with(None).join(", "))];
    for choice in [Choice::No, Choice::Abstain, Choice::NonVoting] {
        let names = with(Some(choice));
        if !names.is_empty() {
            notes.push(format!("on the list with `{choice}`: {}", names.join(", ")));
        }
    }
    notes
}

/// The totals of a list where no vote was taken, as printed.
pub(crate) fn totals_of_list(totals: &AnnouncedTally) -> Option<String> {
    let named = [
        ("yes", totals.yes),
        ("no", totals.no),
        ("abstain", totals.abstain),
        ("non-voting", totals.non_voting),
        ("members", totals.members),
    ];
    let printed = named
        .iter()
        .filter_map(|(name, total)| Some(format!("{name} {}", (*total)?)));
    let printed: Vec<String> = printed.collect();
    (!printed.is_empty()).then(|| format!("totals of the list: {}", printed.join(", ")))
}

/// Whether a list and its totals have votes against or abstentions.
pub(crate) fn has_contrary(list: &Ballots, totals: &AnnouncedTally) -> bool {
    let counted = [totals.no, totals.abstain].into_iter().flatten();
    let choices = list.choices().iter();
    choices
        .into_iter()
        .any(|choice| matches!(choice, Choice::No | Choice::Abstain))
        || counted.into_iter().any(|total| total > 0)
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
