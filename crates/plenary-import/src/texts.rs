//! What the sources write into their fields: counts, lists, sessions, and how it was decided.

use chrono::NaiveDate;
use plenary_tables::{DateForm, same_numbers};
use plenary_types::{
    AnnouncedTally, Ballots, BodyId, Choice, Citation, Date, Mode, Outcome, Precision, Session,
    Symbol, WordError,
};

/// Why a word where a vote should be cannot be used.
pub(crate) const NOT_A_VOTE: &str = "not a recognised vote value";

/// Reads a date as [`Date::read`] does.
pub(crate) fn date(text: &str) -> Result<Date, String> {
    Date::read(text).map_err(|error| error.to_string())
}

/// The day of a date, for telling who a voter was. Of a day that the calendar does not have, such as 30 February, the month is
/// known all the same: then its last day. A name is read by it, never the date of a record.
pub(crate) fn day_for_names(text: &str, dates: &DateForm) -> Option<NaiveDate> {
    let text = text.trim();
    if let Ok(date) = dates.read(text) {
        return date.as_day();
    }
    let (month, day) = text.get(..10)?.rsplit_once('-')?;
    let is_day = day.len() == 2 && day.bytes().all(|b| b.is_ascii_digit());
    let month: Date = month.parse().ok().filter(|_| is_day)?;
    (month.precision() == Precision::Month).then(|| month.latest())
}

/// What became of a proposal: the words of documents, what reports write for them, and any other word as it stands.
pub(crate) fn outcome(text: &str) -> Result<Outcome, WordError> {
    let word = text.trim().to_lowercase().replace(['-', '_'], " ");
    Ok(match word.as_str() {
        "adopted" | "accepted" | "pass" | "passed" | "carried" | "approved" | "agreed"
        | "agreed to" => Outcome::Adopted,
        "rejected" | "not adopted" | "fail" | "failed" | "lost" | "defeated" | "not approved"
        | "not carried" | "not passed" | "not accepted" => Outcome::Rejected,
        "withdrawn"
        | "withdrawn by sponsor"
        | "withdrawn by the sponsor"
        | "withdrawn by the sponsors" => Outcome::Withdrawn,
        "deferred" | "postponed" | "adjourned" | "suspended" | "pending" => Outcome::Deferred,
        "not put"
        | "not put to the vote"
        | "not put to a vote"
        | "not voted on"
        | "no action taken"
        | "no action" => Outcome::NotPut,
        "lapsed" => Outcome::Lapsed,
        "void" | "invalid" => Outcome::Void,
        _ => text.trim().parse()?,
    })
}

/// A document as a table of a body cites it. A number without a series is one of that body's: `51/7` is
/// `A/HRC/RES/51/7` in a table of the Human Rights Council, and not a resolution of the General Assembly.
pub(crate) fn cite(text: &str, body: Option<&BodyId>) -> Citation {
    // A stop at the end is that of a list.
    let text = text.trim().trim_end_matches('.');
    let citation = Citation::new(text);
    let is_bare = text
        .trim_start()
        .starts_with(|c: char| c.is_ascii_digit() || c == 'S')
        && !text.trim_start().starts_with("S/");
    let Some(body) = body.filter(|_| is_bare) else {
        return citation;
    };
    let of_body =
        |citation: &Citation| citation.symbol().and_then(Symbol::body).as_ref() == Some(body);
    if of_body(&citation) {
        return citation;
    }
    let series = Symbol::resolution_stem(body).unwrap_or_default();
    let with_series = Citation::new(&format!("{series}{}", text.trim()));
    match of_body(&with_series) {
        true => with_series,
        // Of a body whose symbols are not known the number stays what was printed.
        false if citation.symbol().is_some() => Citation::Other(text.into()),
        false => citation,
    }
}

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

/// The sponsors that a text lists. A text that names no state, such as `submitted by the Chair on the
/// recommendation of the Economic and Social Council`, is one sponsor.
#[cfg(feature = "xml")]
pub(crate) fn sponsors(
    text: &str,
    day: Option<chrono::NaiveDate>,
    later: bool,
) -> Vec<plenary_types::Sponsor> {
    let names = plenary_states::split_names(text, day);
    if names.iter().all(|name| name.code.is_none()) {
        return vec![plenary_types::Sponsor {
            name: text.to_owned(),
            later,
            ..plenary_types::Sponsor::default()
        }];
    }
    let sponsor = |name: &plenary_states::ListedName<'_>| plenary_types::Sponsor {
        participant: name.code.map(Into::into),
        name: name.text.to_owned(),
        note: name.note.map(ToOwned::to_owned),
        later,
    };
    names.iter().map(sponsor).collect()
}

/// How many votes have no date, by cause.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Undated {
    pub(crate) unreadable: u64,
    pub(crate) blank: u64,
}

impl Undated {
    /// One more, of which the source gives what cannot be read, or nothing.
    #[cfg_attr(
        not(feature = "xml"),
        allow(dead_code, reason = "tables count by themselves")
    )]
    pub(crate) const fn add(&mut self, is_printed: bool) {
        match is_printed {
            true => self.unreadable += 1,
            false => self.blank += 1,
        }
    }
}

/// What the account says of votes without a date, behind the rest.
pub(crate) fn account_of_undated(Undated { unreadable, blank }: Undated) -> String {
    let votes = |count: u64| match count {
        1 => "1 vote".to_owned(),
        count => format!("{count} votes"),
    };
    let mut account = String::new();
    if unreadable > 0 {
        account += &format!("; the date of {} cannot be read", votes(unreadable));
    }
    if blank > 0 {
        account += &format!("; the date of {} is blank", votes(blank));
    }
    account
}

/// Whether two values say the same, whichever way they are written: `120` and `120.0`, `A/RES/34/90C` and `A/RES/34/90 C`.
pub(crate) fn alike(one: &str, other: &str) -> bool {
    let (one, other) = (one.trim(), other.trim());
    let symbol = |text: &str| Some(text.parse::<Symbol>().ok()?.normal().to_owned());
    one == other
        || same(count(one).ok(), count(other).ok())
        || same(session(one).ok(), session(other).ok())
        || same(date(one).ok(), date(other).ok())
        || same_numbers(one, other)
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
    } else if has(&["show of hands", "show-of-hands"]) {
        Some(Mode::ShowOfHands)
    } else if has(&["non-recorded", "nonrecorded"]) {
        Some(Mode::NonRecorded)
    } else if has(&["secret ballot", "secret vote", "by ballot"]) {
        Some(Mode::Secret)
    } else if has(&["recorded", "roll-call", "roll call"]) {
        Some(Mode::Recorded)
    } else if has(&["silence", "no objection", "no-objection"]) {
        Some(Mode::Silence)
    } else if has(&["written", "correspondence"]) {
        Some(Mode::Written)
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

/// Reads a session of any body: what [`session`] reads, else as it stands.
pub(crate) fn any_session(text: &str) -> Result<Session, String> {
    session(text).or_else(|_| Session::read(text.trim()).map_err(|error| error.to_string()))
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
    fn a_day_and_its_midnight_are_alike() {
        assert!(alike("2018-12-19", "2018-12-19 00:00:00"));
        assert!(!alike("2018-12-19", "2018-12-20 00:00:00"));
    }

    #[test]
    fn of_a_day_that_no_calendar_has_the_month_is_known() {
        let last = |text| day_for_names(text, &DateForm::USUAL).map(|day| day.to_string());
        for (text, day) in [
            ("1962-02-30", Some("1962-02-28")),
            ("1964-02-31 00:00:00", Some("1964-02-29")),
            ("1962-11-31", Some("1962-11-30")),
            ("1962-11-30", Some("1962-11-30")),
            ("1962-13-01", None),
            ("1962-11", None),
            ("30 February", None),
            ("", None),
        ] {
            assert_eq!(last(text).as_deref(), day, "{text}");
        }
    }

    #[test]
    fn what_ended_a_proposal_is_its_outcome_in_any_words() {
        for (text, read) in [
            ("Adopted", Outcome::Adopted),
            ("not adopted", Outcome::Rejected),
            ("Withdrawn", Outcome::Withdrawn),
            ("postponed", Outcome::Deferred),
            ("no action taken", Outcome::NotPut),
            ("lapsed", Outcome::Lapsed),
            ("void", Outcome::Void),
            (" Held Nongermane", "Held Nongermane".parse().unwrap()),
        ] {
            assert_eq!(outcome(text), Ok(read), "{text}");
        }
        assert!(outcome("\u{7}").is_err());
    }

    #[test]
    fn a_bare_number_is_one_of_the_body_of_its_table() {
        let unknown: BodyId = "example-council".parse().unwrap();
        for (text, body, normal) in [
            ("51/7", Some(BodyId::HRC), "A/HRC/RES/51/7"),
            ("51/7. ", Some(BodyId::HRC), "A/HRC/RES/51/7"),
            ("S-34/1", Some(BodyId::HRC), "A/HRC/RES/S-34/1"),
            ("A/HRC/51/L.61", Some(BodyId::HRC), "A/HRC/51/L.61"),
            ("A/RES/51/7", Some(BodyId::HRC), "A/RES/51/7"),
            ("1980/12", Some(BodyId::ECOSOC), "E/RES/1980/12"),
            ("51/7", Some(unknown), "51/7"),
            ("51/7", Some(BodyId::UNGA), "A/RES/51/7"),
            ("51/7", None, "A/RES/51/7"),
        ] {
            assert_eq!(cite(text, body.as_ref()).normal(), normal, "{text}");
        }
        let unknown = "example-council".parse().ok();
        assert_eq!(cite("51/7", unknown.as_ref()).symbol(), None);
    }

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
        assert_eq!(mode("by a show of hands"), Some(Mode::ShowOfHands));
        assert_eq!(mode("written procedure"), Some(Mode::Written));
        assert_eq!(mode("Silence procedure"), Some(Mode::Silence));
        assert_eq!(mode("Corrected vote"), None);
    }
}
