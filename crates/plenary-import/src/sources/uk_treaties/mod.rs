//! UK Treaties Online of the Foreign, Commonwealth & Development Office: answers of its search in JSON.

use std::collections::BTreeMap;

use plenary_types::chrono::NaiveDate;
use plenary_types::{
    Act, Agreement, AgreementKind, Date, Field, Finding, Place, Source, Step, many,
};

use crate::check::ReaderCheck;
use crate::error::{ImportError, Rejected};
use crate::format::{Fit, Format, Reader, Recognise};
use crate::input::Input;
use crate::json::{self, Json};
use crate::origin::Places;
use crate::record::{Import, Record};

pub(crate) static FORMAT: Format = Format::new(
    "uk-treaties",
    "treaties of the United Kingdom with the days on which they entered into force, in JSON",
    Recognise::Beginning(recognise),
    Reader::File(read),
)
.with_publisher("Foreign, Commonwealth & Development Office")
.with_page("uk-treaties");

/// Whether a text begins as an answer of the search does.
pub(crate) fn is_of_treaties(text: &[u8]) -> bool {
    let names = |key: &[u8]| memchr::memmem::find(text, key).is_some();
    text.trim_ascii_start().first() == Some(&b'{')
        && names(b"\"iStoreRecord\"")
        && names(b"\"lb_document_id\"")
}

fn recognise(text: &[u8]) -> Fit {
    match is_of_treaties(text) {
        true => Fit::Full("it has records in `iStoreRecord`".to_owned()),
        false => Fit::None,
    }
}

/// The days of a record that are steps of its agreement, and what happened.
const STEPS: [(&str, &str); 5] = [
    ("adopted_event_date", "adopted"),
    ("adopted_event_effective_date", "the adoption took effect"),
    ("provisional_eif_event_date", "provisional entry into force"),
    (
        "definative_eif_event_effective_date",
        "the entry into force took effect",
    ),
    ("terminated_event_date", "terminated"),
];

/// The day of entry into force, as the source spells it.
const IN_FORCE: &str = "definative_eif_event_date";

/// Keys that are read, or that the page says are not kept.
const KNOWN: [&str; 17] = [
    "id",
    "title",
    "subject",
    "references",
    "country_name",
    "document_url",
    IN_FORCE,
    "aw_search_query",
    "aw_rank",
    "aw_library_id",
    "product_size",
    "uuid",
    "lb_document_id",
    "library",
    "document_path",
    "level_code",
    "field3",
];

fn read(input: &Input) -> Result<Import, ImportError> {
    let text = input.text(json::LONGEST)?;
    let values = json::parse(&input.path, &text)?;
    let answer = values.first().and_then(|document| {
        document
            .get("csw:GetRecordsResponse")?
            .get("csw:SearchResults")
    });
    let list = answer.and_then(|results| results.get("iStoreRecord"));
    let list = list.map_or(&[][..], Json::elements);
    if list.is_empty() {
        return Err(ImportError::NoRows {
            path: input.path.clone(),
            what: "no record in `csw:GetRecordsResponse`, `csw:SearchResults`, `iStoreRecord`",
        });
    }
    let mut unknown: BTreeMap<&str, (u32, u64)> = BTreeMap::new();
    let (mut records, mut rejected, mut listing) = (Vec::new(), Vec::new(), 0_u64);
    for value in list {
        if value.get("title").and_then(Json::text).is_none() {
            rejected.push(Rejected {
                place: Place::new(&input.path)
                    .with_line(value.line.into())
                    .with_field("title"),
                value: value.compact().chars().take(80).collect(),
                reason: "the record has no title".to_owned(),
                help: "give it its `title`".to_owned(),
                record: None,
            });
            continue;
        }
        for (key, found) in value.pairs() {
            let is_step = STEPS.iter().any(|(known, _)| known == key);
            if !is_step && !KNOWN.contains(&&**key) && key != "metaformat" {
                unknown.entry(key).or_insert((found.line, 0)).1 += 1;
            }
        }
        listing += u64::from(value.get("country_name").and_then(Json::text).is_some());
        records.push(record(input, value));
    }
    let mut findings: Vec<Finding> = Vec::new();
    if listing > 0 {
        let message = format!(
            "{} lists countries and does not say what each did: they are not kept",
            match listing {
                1 => many(listing, "record"),
                _ => format!("each of {}", many(listing, "record")),
            }
        );
        let finding = ReaderCheck::SourceLeavesOut.finding(message, Place::new(&input.path));
        findings.push(finding.with_found(listing));
    }
    findings.extend(unknown.into_iter().map(|(key, (line, times))| {
        let message = match times {
            1 => "an unknown key; its value is not kept".to_owned(),
            times => format!("an unknown key; its {times} values are not kept"),
        };
        let place = Place::new(&input.path).with_line(line.into());
        ReaderCheck::UnknownColumn.finding(message, place.with_field(key))
    }));
    let import = Import::from_documents(&input.path, records, rejected);
    Ok(import.with_findings(findings))
}

/// The record of a treaty.
fn record(input: &Input, value: &Json<'_>) -> Record {
    let mut places = Places::new(&input.path, value.line.into());
    let mut findings: Vec<Finding> = Vec::new();
    let text = |key: &str| value.get(key).and_then(Json::text);
    let mut day = |key: &str| {
        let found = value.get(key)?;
        let text = found.text()?;
        let day = NaiveDate::parse_from_str(text, "%d/%m/%Y");
        if day.is_err() {
            let place = Place::new(&input.path).with_line(found.line.into());
            let message = format!("`{text}` is not a day of the form `22/04/2000`");
            let finding = ReaderCheck::UnreadableField.finding(message, place.with_field(key));
            findings.push(
                finding
                    .with_found(text)
                    .with_help("write day, month and year"),
            );
        }
        day.ok().map(Date::day)
    };
    let since = day(IN_FORCE);
    let steps = STEPS.iter().filter_map(|(key, what)| {
        Some(Act::Step(Step {
            id: None,
            date: day(key)?,
            what: (*what).to_owned(),
            symbol: None,
            source: None,
            unverified: false,
        }))
    });
    let acts: Vec<Act> = steps.collect();
    for (part, key) in [
        (Field::InForceSince, IN_FORCE),
        (Field::Title, "title"),
        (Field::Source(0), "id"),
    ] {
        if let Some(found) = value.get(key) {
            places.note(part, found.line.into(), key);
        }
    }
    // A reference is one of the Treaty Series, with the address of its text behind two bars.
    let references = text("references").unwrap_or_default().split(';');
    let references = references.map(|reference| {
        let (title, url) = reference.split_once("||").unwrap_or((reference, ""));
        Source {
            title: title.trim().to_owned(),
            url: Some(url.trim().to_owned()).filter(|url| !url.is_empty()),
            ..Source::default()
        }
    });
    let own = Source {
        title: "UK Treaties Online".to_owned(),
        publisher: FORMAT.publisher().map(ToOwned::to_owned),
        record: text("id").map(ToOwned::to_owned),
        url: text("document_url").map(|url| url.replace('\\', "/")),
        ..Source::default()
    };
    let references = references.filter(|reference| !reference.title.is_empty());
    let agreement = Agreement {
        kind: AgreementKind::Treaty,
        title: text("title").unwrap_or_default().to_owned(),
        subjects: text("subject").map(ToOwned::to_owned).into_iter().collect(),
        in_force_since: since,
        sources: [own].into_iter().chain(references).collect(),
        acts,
        ..Agreement::default()
    };
    Record::new(agreement, places, findings)
}
