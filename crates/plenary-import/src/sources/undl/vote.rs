//! What the Library's tables of the Assembly and of the Council have in common.

use chrono::NaiveDate;
use plenary_types::{
    Act, Agreement, AgreementKind, BodyId, Choice, Citation, Decision, Field, Mode, Outcome,
    Series, Source, Symbol, Total,
};

use crate::csv::table::Vote;
use crate::fields::{Fields, WRITE_DATE};
use crate::texts::{day_for_names, list, mode};

pub(super) const PUBLISHER: &str = "United Nations, Dag Hammarskjöld Library";

/// What tells votes apart: the Library's number, and in rows without one the document, the day and the meeting.
pub(super) const KEY: (&str, &[&str]) = ("undl_id", &["resolution", "date", "meeting"]);

/// The Library's letters: `X` and `NV` are its words for members that did not vote; a blank is a name on
/// the list without a vote.
pub(super) const WORDS: &[(&str, Choice)] = &[
    ("Y", Choice::Yes),
    ("N", Choice::No),
    ("A", Choice::Abstain),
    ("X", Choice::NonVoting),
    ("NV", Choice::NonVoting),
    ("", Choice::NonVoting),
];

pub(super) const ASSEMBLY: &str = "UN Digital Library, General Assembly voting data";

const TOTALS: [&str; 5] = [
    "total_yes",
    "total_no",
    "total_abstentions",
    "total_non_voting",
    "total_ms",
];

/// The decision that a vote's columns describe, without its ballots.
pub(super) fn decision(vote: &mut Vote<'_>, body: BodyId) -> Decision {
    if vote.has("date") && vote.text("date").is_none() {
        vote.unreadable("date", "there is no date".to_owned(), WRITE_DATE);
    }
    Decision {
        body: Some(body),
        date: vote.date("date"),
        meeting: vote.citation("meeting"),
        symbol: vote.citation("resolution"),
        drafts: list(&vote.get("draft"))
            .map(|text| Citation::new(&text))
            .collect(),
        committee_report: vote.citation("committee_report"),
        mode: mode_of(vote),
        announced: vote.announced(TOTALS),
        notes: vote.text("vote_note").into_iter().collect(),
        ..Decision::default()
    }
}

/// How it was decided, by the columns that say so.
pub(super) fn mode_of(vote: &Vote<'_>) -> Mode {
    let told = [vote.get("modality"), vote.get("vote_note")];
    told.iter().find_map(|text| mode(text)).unwrap_or_default()
}

/// The agreement around a decision.
pub(super) fn agreement(
    vote: &Vote<'_>,
    title: &str,
    source: &str,
    mut decision: Decision,
) -> Agreement {
    let title = vote.get(title).into_owned();
    let modality = vote.text("modality");
    if says_adopted(&title) {
        decision.outcome = Some(Outcome::Adopted);
    }
    decision.notes.extend(modality);
    let symbols: Vec<Citation> = decision.symbol.clone().into_iter().collect();
    Agreement {
        kind: kind(symbols.first().and_then(Citation::symbol)),
        title,
        symbols,
        subjects: list(&vote.get("subjects")).collect(),
        sources: vec![Source {
            title: source.to_owned(),
            publisher: Some(PUBLISHER.to_owned()),
            record: vote.text("undl_id"),
            url: vote.text("undl_link"),
            ..Source::default()
        }],
        acts: vec![Act::Decision(Box::new(decision))],
        ..Agreement::default()
    }
}

/// Whether a title says by whom it was adopted, in whatever capitals.
fn says_adopted(title: &str) -> bool {
    const PHRASE: &[u8] = b"adopted by";
    // It is looked for by a letter that few words have.
    const BEFORE: usize = PHRASE.len() - 2;
    let title = title.as_bytes();
    let mut ends = memchr::memchr2_iter(b'b', b'B', title);
    ends.any(|at| {
        let start = at.checked_sub(BEFORE);
        let part = start.and_then(|start| title.get(start..start + PHRASE.len()));
        part.is_some_and(|part| part.eq_ignore_ascii_case(PHRASE))
    })
}

fn kind(symbol: Option<&Symbol>) -> AgreementKind {
    match symbol.map(Symbol::series) {
        Some(Series::Decision) => AgreementKind::Decision,
        _ => AgreementKind::Resolution,
    }
}

/// The day on which voters are identified.
pub(super) fn day(vote: &Vote<'_>) -> Option<NaiveDate> {
    day_for_names(&vote.get("date"), vote.dates())
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
        Field::Name(_) => "ms_name",
        _ => return None,
    })
}

const fn total_column(total: Total) -> &'static str {
    match total {
        Total::Yes => "total_yes",
        Total::No => "total_no",
        Total::Abstain => "total_abstentions",
        Total::NonVoting => "total_non_voting",
        Total::Members => "total_ms",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_says_by_whom_it_was_adopted() {
        for (title, says) in [
            ("Peace : resolution / adopted by the General Assembly", true),
            ("ADOPTED BY THE ASSEMBLY", true),
            ("by whom, not yet adopted, by", false),
            ("adopted b", false),
            ("dopted by", false),
            ("adopted on; adopted by", true),
            ("", false),
        ] {
            assert_eq!(says_adopted(title), says, "{title}");
        }
    }
}
