//! Records of documents: drafts with those who sponsor them, and what else the Library catalogues.

use plenary_types::{
    Act, Agreement, AgreementKind, Citation, Date, Field as Part, Participant, Series, Sponsor,
    Sponsorship, StateCode, Symbol,
};

use super::draft::{Draft, Refusal, related};
use super::marc::Marc;
use crate::check::ReaderCheck;
use crate::record::Record;
use crate::texts;

/// Reads the record of a document.
pub(super) fn read(marc: &Marc, path: &str) -> Result<Record, Refusal> {
    let mut draft = Draft::new(marc, path);
    let title = draft.title();
    draft.value("191", "a", Part::Symbol(0));
    let symbols: Vec<Citation> = marc
        .all("191")
        .flat_map(|f| f.all("a"))
        .map(Citation::new)
        .collect();
    if symbols.is_empty() && title.is_empty() {
        return Err(Refusal {
            line: marc.line,
            field: "191 $a",
            value: marc.get("001", "").unwrap_or_default().to_owned(),
            reason: "the record has neither a symbol nor a title".to_owned(),
            help: "only records of votes (791) and of documents (191, 245) can be read",
        });
    }
    let source = draft.source();
    let date = draft.date();
    let sponsorship = sponsorship(&mut draft, symbols.first().cloned(), date);
    let agreement = Agreement {
        kind: kind(&symbols, &title),
        title,
        symbols,
        subjects: draft.subjects(),
        sources: vec![source],
        acts: vec![Act::Sponsorship(sponsorship)],
        ..Agreement::default()
    };
    Ok(draft.finish(agreement))
}

fn kind(symbols: &[Citation], title: &str) -> AgreementKind {
    let series = symbols
        .first()
        .and_then(Citation::symbol)
        .map(Symbol::series);
    match series {
        Some(Series::Decision) => AgreementKind::Decision,
        Some(Series::Resolution) => AgreementKind::Resolution,
        Some(Series::Limited) => AgreementKind::Draft,
        _ if title.to_lowercase().contains("draft") => AgreementKind::Draft,
        _ => AgreementKind::Resolution,
    }
}

/// Who sponsors the document: the prose of `245 $c`, and of `515` those who joined later. The headings
/// `710` with `$9 ms` should be the same states; where they are not, a finding says so.
fn sponsorship(draft: &mut Draft<'_>, symbol: Option<Citation>, date: Option<Date>) -> Sponsorship {
    let marc = draft.marc;
    let day = date.and_then(Date::as_day);
    let mut sponsors = Vec::new();
    let mut notes = Vec::new();
    for text in marc.all("245").flat_map(|field| field.all("c")) {
        sponsors.extend(texts::sponsors(text, day, false));
    }
    for text in marc.all("515").flat_map(|field| field.all("a")) {
        for sentence in text.split(" - ") {
            if sentence
                .trim_start()
                .to_lowercase()
                .starts_with("additional sponsor")
            {
                sponsors.extend(texts::sponsors(sentence, day, true));
            } else {
                notes.push(sentence.trim().to_owned());
            }
        }
    }
    notes.extend(
        marc.all("500")
            .flat_map(|field| field.all("a"))
            .map(ToOwned::to_owned),
    );
    compare_with_headings(draft, &sponsors, day);
    Sponsorship {
        id: None,
        symbol,
        date,
        sponsors,
        related: related(marc).map(|(_, document)| document).collect(),
        notes,
    }
}

/// The names of the headings are resolved one by one, so they check the splitting of the prose. The mark
/// `$9 ms` (member state) is often left out, so every heading counts that is a state's name.
fn compare_with_headings(
    draft: &mut Draft<'_>,
    sponsors: &[Sponsor],
    day: Option<chrono::NaiveDate>,
) {
    let marc = draft.marc;
    let fields = marc.all("710");
    let named = fields.filter_map(|field| Some((field.line_of("a"), field.get("a")?)));
    let headings: Vec<(u64, &str, StateCode)> = named
        .filter_map(|(line, name)| Some((line, name, plenary_states::resolve(name, day)?)))
        .collect();
    if headings.is_empty() {
        return;
    }
    let in_prose = |name: &str, state: StateCode| {
        let on_behalf = |s: &Sponsor| s.note.as_deref().is_some_and(|note| note.contains(name));
        sponsors
            .iter()
            .any(|s| s.participant == Some(state.into()) || on_behalf(s))
    };
    for (line, name, state) in &headings {
        if !in_prose(name, *state) {
            let message = format!("the headings name {name} as a sponsor, the prose does not");
            let at = (*line, "710 $a");
            draft.finding_of(
                Some(*state),
                ReaderCheck::SponsorsDisagree,
                at,
                message,
                name,
            );
        }
    }
    let title = marc.all("245").next();
    let line = title.map_or(marc.line, |field| field.line_of("c"));
    // Later sponsors may or may not be made headings.
    for sponsor in sponsors.iter().filter(|sponsor| !sponsor.later) {
        let has_heading = |state| headings.iter().any(|(.., heading)| *heading == state);
        let code = sponsor.participant.and_then(Participant::code);
        if code.is_some_and(|state| !has_heading(state)) {
            let name = &sponsor.name;
            let message = format!("the prose names {name} as a sponsor, the headings do not");
            let at = (line, "245 $c");
            draft.finding_of(code, ReaderCheck::SponsorsDisagree, at, message, name);
        }
    }
}
