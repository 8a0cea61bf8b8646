//! Voting records: `791` what was voted on, `952` the meeting, `996` the totals, `967` to `969` the members.

use std::sync::{Arc, LazyLock};

use plenary_types::{
    Act, Agreement, AgreementKind, AnnouncedTally, Ballots, BodyId, Choice, Citation, Decision,
    Field as Part, Mode, Nature, Outcome, Place, Roll, Series, Session, Symbol, Total,
};

use super::draft::{Draft, Refusal, related};
use super::marc::{Field, Marc};
use crate::check::ReaderCheck;
use crate::csv::choices::{Reading, Words};
use crate::fields::{WRITE_COUNT, WRITE_SESSION};
use crate::names::{self, Printed};
use crate::record::Record;
use crate::texts::{count, has_contrary, listed, mode, session, totals_of_list};

/// The fields on members: one a member, in `967`; the Assembly's lists go on in `968` and `969`.
pub(super) fn members(marc: &Marc) -> impl Iterator<Item = &Field> {
    ["967", "968", "969"].iter().flat_map(|tag| marc.all(tag))
}

/// Reads a voting record.
pub(super) fn read(marc: &Marc, path: &str, lenient: bool) -> Result<Record, Refusal> {
    let mut draft = Draft::new(marc, path);
    let title = draft.title();
    let symbol = draft.single_among(("791", "a"), Part::Symbol(0), document, |field| {
        !is_of_another_body(field, marc)
    });
    let symbol = symbol.map(|part| Citation::new(part.text.trim()));
    let jointly = marc
        .all("791")
        .filter(|field| is_of_another_body(field, marc))
        .flat_map(|field| field.all("a"));
    let further = marc.all("791").flat_map(|field| field.all("z"));
    let others = jointly.chain(further).map(Citation::new);
    let mut symbols: Vec<Citation> = symbol.clone().into_iter().chain(others).collect();
    symbols.dedup();
    let source = draft.source();
    let mut decision = decision(&mut draft, symbol);
    let (ballots, partial) = ballots(&mut draft, &decision, lenient)?;
    let series = symbols
        .first()
        .and_then(Citation::symbol)
        .map(Symbol::series);
    if title.to_lowercase().contains("adopted by") || series == Some(Series::Resolution) {
        decision.outcome = Some(Outcome::Adopted);
    }
    place_ballots(&mut draft, &mut decision, ballots, partial);
    let agreement = Agreement {
        kind: match series {
            Some(Series::Decision) => AgreementKind::Decision,
            _ => AgreementKind::Resolution,
        },
        title,
        symbols,
        subjects: draft.subjects(),
        sources: vec![source],
        acts: vec![Act::Decision(Box::new(decision))],
        ..Agreement::default()
    };
    Ok(draft.finish(agreement))
}

/// Whether a field `791` names the symbol that a text has in another body than that of the first: two bodies may adopt one text,
/// as A/RES/60/180 is S/RES/1645.
fn is_of_another_body(field: &Field, marc: &Marc) -> bool {
    let body = |field: &Field| Citation::new(field.get("a")?).symbol()?.body();
    let first = marc.all("791").find_map(body);
    body(field)
        .zip(first)
        .is_some_and(|(own, first)| own != first)
}

/// Where no vote was taken the Library lists the Council's members with `Y`: a list, not ballots, and its totals are
/// not those of a vote.
fn place_ballots(
    draft: &mut Draft<'_>,
    decision: &mut Decision,
    ballots: Option<Ballots>,
    partial: bool,
) {
    decision.partial = partial;
    match ballots {
        Some(list) if decision.mode == Mode::WithoutVote => {
            let totals = std::mem::take(&mut decision.announced);
            if has_contrary(&list, &totals) {
                let line = members(draft.marc)
                    .next()
                    .map_or(draft.marc.line, |f| f.line);
                let message = "adopted without a vote, yet some are recorded against or abstaining";
                let check = ReaderCheck::BallotsWithoutVote;
                draft.finding(check, (line, "967 $d"), message.to_owned(), "");
            }
            decision.notes.extend(listed(&list));
            decision.notes.extend(totals_of_list(&totals));
        }
        other => decision.ballots = other,
    }
}

fn decision(draft: &mut Draft<'_>, symbol: Option<Citation>) -> Decision {
    let marc = draft.marc;
    let body = body(draft, symbol.as_ref());
    let session = match organ_of(body.as_ref()).is_some_and(|organ| organ.year_for_session) {
        true => None,
        false => session_of(draft),
    };
    let notes: Vec<String> = ["590", "591", "996"]
        .iter()
        .flat_map(|tag| marc.all(tag))
        .flat_map(|field| field.all("a"))
        .map(ToOwned::to_owned)
        .collect();
    let mut decision = Decision {
        date: draft.date(),
        session,
        body,
        meeting: draft
            .single("952", "a", Part::Meeting, document)
            .map(Citation::new),
        symbol,
        agenda: agenda(marc),
        mode: notes.iter().find_map(|note| mode(note)).unwrap_or_default(),
        announced: announced(draft),
        ..Decision::default()
    };
    if notes
        .iter()
        .any(|note| note.to_lowercase().contains("procedural"))
    {
        decision.question.nature = Some(Nature::Procedural);
    }
    decision.notes = notes;
    documents(draft, &mut decision);
    decision
}

/// Which document a text means, however it is written.
fn document(text: &str) -> String {
    Citation::new(text).normal().to_owned()
}

fn session_of(draft: &mut Draft<'_>) -> Option<Session> {
    let marc = draft.marc;
    let is_meant = |field: &Field| !is_of_another_body(field, marc);
    draft.read(
        ("791", "c"),
        Part::Session,
        WRITE_SESSION,
        session,
        is_meant,
    )
}

/// What the Library's records of an organ have of their own.
struct Organ {
    /// What stands for it in `791 $b`.
    letter: &'static str,
    body: BodyId,
    /// Whether the field of the session has the year.
    year_for_session: bool,
    /// Whether a related document is a draft; else it is the report of a committee.
    documents_are_drafts: bool,
}

static ORGANS: [Organ; 2] = [
    Organ {
        letter: "A",
        body: BodyId::UNGA,
        year_for_session: false,
        documents_are_drafts: false,
    },
    Organ {
        letter: "S",
        body: BodyId::UNSC,
        year_for_session: true,
        documents_are_drafts: true,
    },
];

fn organ_of(body: Option<&BodyId>) -> Option<&'static Organ> {
    ORGANS.iter().find(|organ| Some(&organ.body) == body)
}

/// The organ: of the symbol, else of `791 $b`.
fn body(draft: &mut Draft<'_>, symbol: Option<&Citation>) -> Option<BodyId> {
    let of_symbol = symbol.and_then(Citation::symbol).and_then(Symbol::body);
    let organ = |text: &'_ str| text.trim_end_matches('/').to_owned();
    of_symbol.or_else(|| {
        let letter = organ(draft.single("791", "b", Part::Body, organ)?);
        let organ = ORGANS.iter().find(|organ| organ.letter == letter)?;
        Some(organ.body.clone())
    })
}

fn agenda(marc: &Marc) -> Option<String> {
    let items = marc.all("991").filter_map(|field| {
        let parts: Vec<&str> = ["a", "b", "c"]
            .iter()
            .filter_map(|code| field.get(code))
            .collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    });
    let items: Vec<String> = items.collect();
    (!items.is_empty()).then(|| items.join("|"))
}

/// Related documents, told apart by their symbols: drafts, and the report of a committee.
fn documents(draft: &mut Draft<'_>, decision: &mut Decision) {
    let organ = organ_of(decision.body.as_ref());
    let documents_are_drafts = organ.map(|organ| organ.documents_are_drafts);
    for (field, document) in related(draft.marc) {
        let mut note = |part| draft.places.note(part, field.line_of("a"), "993 $a");
        match document.symbol().map(Symbol::series) {
            Some(Series::Limited) => {
                note(Part::Draft(decision.drafts.len()));
                decision.drafts.push(document);
            }
            Some(Series::Verbatim) if decision.meeting.as_ref() == Some(&document) => {}
            Some(Series::Verbatim) if decision.meeting.is_none() => {
                note(Part::Meeting);
                decision.meeting = Some(document);
            }
            Some(Series::Document)
                if decision.committee_report.is_none() && documents_are_drafts == Some(false) =>
            {
                note(Part::CommitteeReport);
                decision.committee_report = Some(document);
            }
            Some(Series::Document) if documents_are_drafts == Some(true) => {
                note(Part::Draft(decision.drafts.len()));
                decision.drafts.push(document);
            }
            _ => decision.notes.push(format!("related document: {document}")),
        }
    }
}

/// The totals of `996`, padded with zeros; a record without them was adopted without a vote, or is old.
fn announced(draft: &mut Draft<'_>) -> AnnouncedTally {
    let mut read = |code, total| {
        let part = Part::Announced(total);
        draft.read(("996", code), part, WRITE_COUNT, count, |_| true)
    };
    AnnouncedTally {
        yes: read("b", Total::Yes),
        no: read("c", Total::No),
        abstain: read("d", Total::Abstain),
        non_voting: read("e", Total::NonVoting),
        members: read("f", Total::Members),
    }
}

/// The list of members. A member whose vote is no vote is left out when reading leniently, and the list is
/// marked as partial; otherwise the record is refused.
fn ballots(
    draft: &mut Draft<'_>,
    decision: &Decision,
    lenient: bool,
) -> Result<(Option<Ballots>, bool), Refusal> {
    let day = decision.date.and_then(plenary_types::Date::as_day);
    let marc = draft.marc;
    let (mut entries, mut choices, mut partial) = (Vec::new(), Vec::new(), false);
    for field in members(marc) {
        let printed = Printed {
            code: field.get("c").unwrap_or_default(),
            name: field.get("e").unwrap_or_default(),
        };
        let choice = match choice(draft, field, &printed, lenient) {
            Ok(choice) => choice,
            Err(refusal) if lenient => {
                let at = (refusal.line, refusal.field);
                draft.unreadable(at, refusal.reason, &refusal.value, refusal.help);
                partial = true;
                continue;
            }
            Err(refusal) => return Err(refusal),
        };
        one_member(draft, field);
        let found = names::identify(printed, day);
        if let Some(contradiction) = &found.contradiction {
            let place = Place::new(draft.path).with_line(field.line_of("c"));
            let finding = contradiction.finding(&found.entry, place.with_field("967 $c"));
            draft.findings.push(finding);
        }
        let (voter, vote) = (field.line_of("e"), field.line_of("d"));
        if entries.is_empty() {
            draft.places.note(Part::Ballots, voter, "967");
        }
        let names = [(voter, "967 $e"), (vote, "967 $d")];
        draft.places.note_ballot(names);
        entries.push(found.entry);
        choices.push(choice);
    }
    if entries.is_empty() {
        return Ok((None, partial));
    }
    debug_assert_eq!(entries.len(), choices.len());
    let ballots = Ballots::new(Arc::new(Roll::new(entries)), choices);
    Ok((ballots.ok(), partial))
}

/// A member has one code and one name.
fn one_member(draft: &mut Draft<'_>, field: &Field) {
    for code in ["c", "e"] {
        let Some(first) = field.get(code) else {
            continue;
        };
        let others = field
            .parts_of(code)
            .map(|part| (part.line, part.text.trim()));
        for (line, other) in others.filter(|(_, text)| *text != first) {
            draft.contrary((line, &*field.tag, code), first, other);
        }
    }
}

/// What a member chose: no `$d` means that it did not vote, or with the status 9 that it could not.
fn choice(
    draft: &mut Draft<'_>,
    field: &Field,
    printed: &Printed<'_>,
    lenient: bool,
) -> Result<Choice, Refusal> {
    if printed.code.is_empty() && printed.name.is_empty() {
        return Err(Refusal {
            line: field.line,
            field: "967 $e",
            value: field.get("a").unwrap_or_default().to_owned(),
            reason: "the field does not say which member it is about".to_owned(),
            help: "fill in the name in `$e` or the code in `$c`",
        });
    }
    one_vote(field)?;
    let Some(text) = field.get("d") else {
        return Ok(match field.get("b") {
            Some("9") => Choice::NotEligible,
            _ => Choice::NonVoting,
        });
    };
    let choice = match WORDS.read(text) {
        Some(Reading::Plain(choice) | Reading::Sloppy(choice)) => choice,
        Some(Reading::Foreign(choice)) if lenient => choice,
        _ => {
            return Err(Refusal {
                line: field.line_of("d"),
                field: "967 $d",
                value: text.to_owned(),
                reason: crate::texts::NOT_A_VOTE.to_owned(),
                help: "expected `Y`, `N`, `A` or nothing",
            });
        }
    };
    if !matches!(text, "Y" | "N" | "A") {
        let message = format!("`{text}` is not how this source writes a vote; it was counted");
        let at = (field.line_of("d"), "967 $d");
        draft.finding(ReaderCheck::VoteGrammar, at, message, text);
    }
    Ok(choice)
}

/// The letters of the records, and those that the Library's tables have: they are read with a note.
static WORDS: LazyLock<Words> = LazyLock::new(|| {
    Words::new([
        ("Y", Choice::Yes),
        ("N", Choice::No),
        ("A", Choice::Abstain),
        ("X", Choice::NonVoting),
        ("NV", Choice::NonVoting),
    ])
});

/// Of two votes in one field none can be told to be that of the member.
fn one_vote(field: &Field) -> Result<(), Refusal> {
    let first = field.get("d").unwrap_or_default();
    let mut parts = field.parts_of("d");
    let other = parts.find(|part| !part.text.trim().eq_ignore_ascii_case(first));
    other.map_or(Ok(()), |other| {
        Err(Refusal {
            line: other.line,
            field: "967 $d",
            value: field.all("d").collect::<Vec<_>>().join(", "),
            reason: "the field gives more than one vote".to_owned(),
            help: "keep the vote that the member cast",
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_is_that_of_the_symbol_else_of_the_organ() {
        let council = Citation::new("S/RES/1454(2002)");
        let marc = Marc::default();
        let body = |symbol| body(&mut Draft::new(&marc, ""), symbol);
        assert_eq!(body(Some(&council)), Some(BodyId::UNSC));
        assert_eq!(body(None), None);
        assert_eq!(session("73").ok(), Some(Session::Regular(73)));
    }
}
