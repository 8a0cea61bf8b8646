//! A document without a voting: a draft, a bill or an act, with those who put it forward.

use plenary_types::{
    Act, Agreement, AgreementKind, Citation, Date, Field, Series, Source, Sponsor, Sponsorship,
    Symbol,
};

use super::work::Work;
use crate::record::Record;
use crate::texts::sponsors;
use crate::xml::{Element, Notes};

/// The record of a document that has a number or a title.
pub(super) fn read(path: &str, document: &Element, work: &Work<'_>) -> Option<Record> {
    let mut notes = Notes::new(path, document.line);
    let title = title(&mut notes, work);
    let symbol = symbol(&mut notes, work);
    if title.is_none() && symbol.is_none() {
        return None;
    }
    let date = work.date(&mut notes);
    let symbol = symbol.map(|text| Citation::new(&text));
    let mut remarks = Vec::new();
    if let Some(session) = work.printed(&mut notes, "session", None) {
        remarks.push(format!("session: {session}"));
    }
    let sponsorship = Sponsorship {
        symbol: symbol.clone(),
        date,
        sponsors: proponents(&mut notes, work, date),
        notes: remarks,
        ..Sponsorship::default()
    };
    let agreement = Agreement {
        kind: kind(document, symbol.as_ref()),
        title: title.unwrap_or_default(),
        symbols: symbol.into_iter().collect(),
        subjects: subjects(document),
        sources: vec![source(work)],
        acts: vec![Act::Sponsorship(sponsorship)],
        ..Agreement::default()
    };
    Some(notes.finish(agreement))
}

/// Where a record comes from.
pub(super) fn source(work: &Work<'_>) -> Source {
    Source {
        title: "Akoma Ntoso document".to_owned(),
        record: work.identifier().map(ToOwned::to_owned),
        ..Source::default()
    }
}

/// The title as printed, else as the metadata have it.
pub(super) fn title(notes: &mut Notes<'_>, work: &Work<'_>) -> Option<String> {
    let mut names = ["docTitle", "longTitle", "shortTitle"].into_iter();
    let printed = names.find_map(|name| work.printed(notes, name, Some(Field::Title)));
    let mut aliases = work.values("FRBRalias");
    printed.or_else(|| {
        let is_title = |alias: &&Element| {
            alias
                .attribute("name")
                .is_some_and(|name| name.eq_ignore_ascii_case("title"))
        };
        let alias = aliases.find(is_title)?;
        alias.attribute("value").map(ToOwned::to_owned)
    })
}

/// The number as printed, else the first that the metadata call a number.
fn symbol(notes: &mut Notes<'_>, work: &Work<'_>) -> Option<String> {
    let printed = work.printed(notes, "docNumber", Some(Field::Symbol(0)));
    let is_number = |alias: &&Element| {
        let name = alias.attribute("name").unwrap_or_default();
        name.to_lowercase().ends_with("number")
    };
    printed.or_else(|| {
        let alias = work.values("FRBRalias").find(is_number)?;
        alias.attribute("value").map(ToOwned::to_owned)
    })
}

/// What it is: by its symbol, where that tells, else by the element.
fn kind(document: &Element, symbol: Option<&Citation>) -> AgreementKind {
    match (
        symbol.and_then(Citation::symbol).map(Symbol::series),
        &*document.name,
    ) {
        (Some(Series::Limited), _) => AgreementKind::Draft,
        (Some(Series::Resolution), _) => AgreementKind::Resolution,
        (Some(Series::Decision), _) => AgreementKind::Decision,
        (_, "bill" | "act") => AgreementKind::Bill,
        (_, "judgment" | "judgement") => AgreementKind::Judgment,
        _ => AgreementKind::Draft,
    }
}

/// Who put it forward: as printed, else as the metadata say.
fn proponents(notes: &mut Notes<'_>, work: &Work<'_>, date: Option<Date>) -> Vec<Sponsor> {
    let day = date.and_then(Date::as_day);
    if let Some(text) = work.printed(notes, "docProponent", None) {
        // `Australia and Japan: draft resolution`
        let names = text.split_once(':').map_or(&*text, |(names, _)| names);
        return sponsors(names, day, false);
    }
    let is_proponent = |author: &&Element| {
        let role = author.attribute("as").unwrap_or_default();
        role.to_lowercase().contains("proponent")
    };
    let authors = work.values("FRBRauthor").filter(is_proponent);
    let names = authors.filter_map(|author| author.attribute("href"));
    let sponsor = |reference| Sponsor {
        name: work.shown(reference).to_owned(),
        ..Sponsor::default()
    };
    names.map(sponsor).collect()
}

/// The keywords of its classification.
fn subjects(document: &Element) -> Vec<String> {
    let meta = document.child("meta").into_iter();
    let keywords = meta
        .flat_map(|meta| meta.all("classification"))
        .flat_map(|of| of.all("keyword"));
    let shown = keywords.filter_map(|keyword| keyword.attribute("showAs"));
    shown.map(ToOwned::to_owned).collect()
}
