//! Native documents: one agreement in JSON, several one after another (JSON Lines), or a list of them.

use std::sync::Arc;

use plenary_types::{Agreement, Place};

use super::fault::in_acts;
use super::place::{JsonOrigin, Text, path_at, place_of};
use super::stream::Stretches;
use crate::error::ImportError;
use crate::format::{Fit, Format, Reader, Recognise};
use crate::input::{Input, Limit};
use crate::json::JsonShape;
use crate::record::{Import, Record};

pub(crate) static FORMAT: Format = Format::new(
    "plenary-json",
    "one agreement in JSON, several one after another, or a list",
    Recognise::Beginning(recognise),
    Reader::File(read),
)
.with_page("plenary-json");

fn recognise(text: &[u8]) -> Fit {
    let why = match text.trim_ascii_start().first() {
        Some(b'{' | b'[') if !JsonShape::of(text).may_be_ours() => return Fit::None,
        Some(b'{') => "it begins with `{`, as a JSON document does",
        Some(b'[') => "it begins with `[`, as a list of JSON documents does",
        _ => return Fit::None,
    };
    Fit::Full(why.to_owned())
}

/// A document, or a list of them, is held whole.
const LONGEST: Limit = Limit {
    mebibytes: 256,
    of: "a document, or a list of documents,",
    help: "write one document a line (JSON Lines): such a file may be of any size",
};
const HELP: &str = "see docs/formats/plenary-json.md";

fn read(input: &Input) -> Result<Import, ImportError> {
    let records = records(input)?;
    if records.is_empty() {
        return Err(ImportError::NoRows {
            path: input.path.clone(),
            what: "no document in the list",
        });
    }
    Ok(Import::from_documents(&input.path, records, Vec::new()))
}

/// The agreements of a text of documents.
pub(super) fn records(input: &Input) -> Result<Vec<Record>, ImportError> {
    let path: Arc<str> = input.path.as_str().into();
    if input.head.trim_ascii_start().starts_with(b"[") {
        return of_list(&path, &input.text(LONGEST)?.into());
    }
    let mut records = Vec::new();
    let mut stretches = Stretches::new(input, LONGEST)?;
    while let Some(stretch) = stretches.next()? {
        let text = Text {
            path: Arc::clone(&path),
            text: stretch.text.into(),
            before: stretch.before,
        };
        documents(&text, &mut records)?;
    }
    Ok(records)
}

/// Reads the documents of a text.
fn documents(text: &Text, records: &mut Vec<Record>) -> Result<(), ImportError> {
    let mut documents = serde_json::Deserializer::from_str(&text.text).into_iter::<Agreement>();
    loop {
        let start = documents.byte_offset();
        match documents.next() {
            None => return Ok(()),
            Some(Err(error)) => return Err(syntax(text, start, &error)),
            Some(Ok(agreement)) => {
                let origin = JsonOrigin::new(text.clone(), start..documents.byte_offset(), None);
                refuse_hollow(&agreement, &origin)?;
                records.push(record(agreement, origin));
            }
        }
    }
}

fn of_list(path: &Arc<str>, text: &Arc<str>) -> Result<Vec<Record>, ImportError> {
    let text = Text {
        path: Arc::clone(path),
        text: Arc::clone(text),
        before: 0,
    };
    let agreements: Vec<Agreement> =
        serde_json::from_str(&text.text).map_err(|error| syntax(&text, 0, &error))?;
    let with_place = agreements.into_iter().enumerate().map(|(at, agreement)| {
        let origin = JsonOrigin::new(text.clone(), 0..text.text.len(), Some(at));
        refuse_hollow(&agreement, &origin)?;
        Ok(record(agreement, origin))
    });
    with_place.collect()
}

fn record(agreement: Agreement, origin: JsonOrigin) -> Record {
    Record {
        agreement,
        origin: Arc::new(origin),
        findings: Vec::new(),
    }
}

/// Every field of a document may be missing, but not all of them.
fn refuse_hollow(agreement: &Agreement, origin: &JsonOrigin) -> Result<(), ImportError> {
    let hollow =
        agreement.title.is_empty() && agreement.symbols.is_empty() && agreement.acts.is_empty();
    if !hollow {
        return Ok(());
    }
    let reason = "not an agreement: `title`, `symbols` and `acts` are missing";
    Err(ImportError::syntax(origin.start(), reason, HELP))
}

/// The error of a document that cannot be read, as near to its cause as can be told.
fn syntax(text: &Text, start: usize, error: &serde_json::Error) -> ImportError {
    fault_in_acts(text, start, error).unwrap_or_else(|| fault_as_read(text, start, error))
}

/// The error of an act that is JSON, and not what an act holds.
fn fault_in_acts(text: &Text, start: usize, error: &serde_json::Error) -> Option<ImportError> {
    if !error.is_data() {
        return None;
    }
    let document = text.text.get(start..)?;
    let mut documents = serde_json::Deserializer::from_str(document).into_iter();
    let document: serde_json::Value = documents.next()?.ok()?;
    let (parts, reason) = in_acts(&document)?;
    let place = place_of(text, start, &parts)?;
    Some(ImportError::syntax(place, reason, HELP))
}

/// The error where the reader met it. It counts lines from where the text starts.
fn fault_as_read(text: &Text, start: usize, error: &serde_json::Error) -> ImportError {
    let (line, column) = (error.line() as u64, error.column() as u64);
    let offset = offset_of(&text.text, line, column);
    let help = match error.classify() {
        serde_json::error::Category::Eof => "the file is cut short: download or write it again",
        serde_json::error::Category::Syntax => "mend the JSON here",
        _ => HELP,
    };
    let place = Place::new(&*text.path).with_line(line + text.before);
    let place = Place {
        field: path_at(&text.text, start, offset),
        ..place.with_column(column.max(1))
    };
    ImportError::syntax(place, told(error), help)
}

/// What a parser says, without the place that it adds.
pub(super) fn told(error: &serde_json::Error) -> String {
    let printed = error.to_string();
    let tail = format!(" at line {} column {}", error.line(), error.column());
    printed.strip_suffix(&tail).unwrap_or(&printed).to_owned()
}

fn offset_of(text: &str, line: u64, column: u64) -> usize {
    let before = usize::try_from(line.saturating_sub(1)).unwrap_or(usize::MAX);
    let start: usize = text.split_inclusive('\n').take(before).map(str::len).sum();
    start + usize::try_from(column.saturating_sub(1)).unwrap_or(0)
}
