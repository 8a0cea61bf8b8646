//! What the Library's tables of the Assembly and of the Council have in common.

use chrono::NaiveDate;
use plenary_types::{
    Act, Agreement, AgreementKind, AnnouncedTally, BodyId, Citation, Decision, Field, Finding,
    Mode, Outcome, Series, Source, Symbol,
};

use super::ga::total_column;
use crate::csv::table::Vote;
use crate::names::Printed;
use crate::texts::{day_for_names, list, mode};

pub(super) const ASSEMBLY: &str = "UN Digital Library, General Assembly voting data";
const PUBLISHER: &str = "United Nations, Dag Hammarskjöld Library";

/// The decision that a vote's columns describe, without its ballots.
pub(super) fn decision(vote: &Vote<'_>, body: BodyId, findings: &mut Vec<Finding>) -> Decision {
    let citation = |column: &str| vote.some(column).map(|text| Citation::new(&text));
    let notes: Vec<String> = vote.some("vote_note").map(Into::into).into_iter().collect();
    Decision {
        body: Some(body),
        date: vote.date("date", findings),
        meeting: citation("meeting"),
        symbol: citation("resolution"),
        drafts: list(&vote.get("draft"))
            .map(|text| Citation::new(&text))
            .collect(),
        committee_report: citation("committee_report"),
        mode: mode_of(vote),
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
    let modality = vote.some("modality");
    if says_adopted(&title) {
        decision.outcome = Some(Outcome::Adopted);
    }
    decision
        .notes
        .extend(modality.map(std::borrow::Cow::into_owned));
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
    day_for_names(&vote.get("date"))
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
        Field::Name(_) => "ms_name",
        _ => return None,
    })
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
