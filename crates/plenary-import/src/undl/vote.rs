//! What the Library's tables of the Assembly and of the Council have in common.

use chrono::NaiveDate;
use plenary_types::{
    Act, Agreement, AgreementKind, AnnouncedTally, BodyId, Citation, Date, Decision, Field,
    Finding, Mode, Outcome, Series, Session, Source, Symbol,
};

use super::ga::total_column;
use crate::csv::table::Vote;
use crate::names::Printed;

pub(super) const ASSEMBLY: &str = "UN Digital Library, General Assembly voting data";
const PUBLISHER: &str = "United Nations, Dag Hammarskjöld Library";

/// The decision that a vote's columns describe, without its ballots.
pub(super) fn decision(vote: &Vote<'_>, body: BodyId, findings: &mut Vec<Finding>) -> Decision {
    let citation = |column: &str| vote.some(column).map(|text| Citation::new(&text));
    let notes: Vec<String> = vote.some("vote_note").map(Into::into).into_iter().collect();
    let mode = [vote.get("modality"), vote.get("vote_note")]
        .iter()
        .find_map(|text| mode(text));
    Decision {
        body: Some(body),
        date: vote.date("date", findings),
        meeting: citation("meeting"),
        symbol: citation("resolution"),
        drafts: list(&vote.get("draft"))
            .map(|text| Citation::new(&text))
            .collect(),
        committee_report: citation("committee_report"),
        mode: mode.unwrap_or_default(),
        announced: AnnouncedTally {
            yes: vote.count("total_yes", findings),
            no: vote.count("total_no", findings),
            abstain: vote.count("total_abstentions", findings),
            non_voting: vote.count("total_non_voting", findings),
            members: vote.count("total_ms", findings),
        },
        notes,
        ..Decision::default()
    }
}

/// The agreement around a decision.
pub(super) fn agreement(
    vote: &Vote<'_>,
    title: &str,
    source: &str,
    mut decision: Decision,
) -> Agreement {
    let title = vote.get(title).into_owned();
    let modality = vote.some("modality");
    if title.to_lowercase().contains("adopted by") {
        decision.outcome = Some(Outcome::Adopted);
    }
    decision
        .notes
        .extend(modality.map(|text| format!("modality: {text}")));
    let symbols: Vec<Citation> = decision.symbol.clone().into_iter().collect();
    Agreement {
        kind: kind(symbols.first().and_then(Citation::symbol)),
        title,
        symbols,
        subjects: list(&vote.get("subjects")).collect(),
        sources: vec![Source {
            title: source.to_owned(),
            publisher: Some(PUBLISHER.to_owned()),
            record: vote.some("undl_id").map(Into::into),
            url: vote.some("undl_link").map(Into::into),
            ..Source::default()
        }],
        acts: vec![Act::Decision(Box::new(decision))],
        ..Agreement::default()
    }
}

fn kind(symbol: Option<&Symbol>) -> AgreementKind {
    match symbol.map(Symbol::series) {
        Some(Series::Decision) => AgreementKind::Decision,
        _ => AgreementKind::Resolution,
    }
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

/// The day of the vote, if its date is one.
pub(super) fn day(vote: &Vote<'_>) -> Option<NaiveDate> {
    vote.get("date").parse::<Date>().ok()?.as_day()
}

pub(super) fn printed(
    values: &[Box<str>],
    code: Option<usize>,
    name: Option<usize>,
) -> Printed<'_> {
    let value = |at: Option<usize>| at.and_then(|at| values.get(at)).map_or("", |v| v);
    Printed {
        code: value(code),
        name: value(name),
    }
}

/// The column that a field is read from.
pub(super) const fn column(field: Field) -> Option<&'static str> {
    Some(match field {
        Field::Title => "title",
        Field::Symbol(_) | Field::Outcome => "resolution",
        Field::Source(_) | Field::Id => "undl_id",
        Field::Date => "date",
        Field::Session => "session",
        Field::Meeting => "meeting",
        Field::Draft(_) => "draft",
        Field::CommitteeReport => "committee_report",
        Field::Mode | Field::Note(_) => "vote_note",
        Field::Announced(total) => total_column(total),
        Field::Choice(_) | Field::Ballots => "ms_vote",
        Field::Name(_) => "ms_code",
        _ => return None,
    })
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
