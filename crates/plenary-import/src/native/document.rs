//! Native documents: one agreement in JSON, several one after another (JSON Lines), or a list of them.

use std::sync::Arc;

use plenary_types::{Agreement, Place};

use super::fault::in_acts;
use super::place::{JsonOrigin, path_at, place_of};
use crate::ImportError;
use crate::format::Format;
use crate::input::Input;
use crate::record::{Import, Record};

/// Documents are read whole: beyond this they are refused.
const LONGEST: u64 = 2 << 30;
const HELP: &str = "see docs/formats/plenary-json.md";

pub(crate) fn read_document(input: &Input, why: &str) -> Result<Import, ImportError> {
    let records = records(input)?;
    Ok(Import::of_records(
        &input.path,
        Format::PlenaryJson,
        why,
        records,
        Vec::new(),
    ))
}

/// The agreements of a text of documents.
pub(super) fn records(input: &Input) -> Result<Vec<Record>, ImportError> {
    let text: Arc<str> = input.text(LONGEST)?.into();
    let path: Arc<str> = input.path.as_str().into();
    if text.trim_start().starts_with('[') {
        return of_list(&path, &text);
    }
    let mut records = Vec::new();
    let mut documents = serde_json::Deserializer::from_str(&text).into_iter::<Agreement>();
    loop {
        let start = documents.byte_offset();
        match documents.next() {
            None => return Ok(records),
            Some(Err(error)) => return Err(syntax(&path, &text, start, &error)),
            Some(Ok(agreement)) => {
                let origin = JsonOrigin::new(&path, &text, start..documents.byte_offset(), None);
                refuse_hollow(&agreement, &origin)?;
                records.push(record(agreement, origin));
            }
        }
    }
}

fn of_list(path: &Arc<str>, text: &Arc<str>) -> Result<Vec<Record>, ImportError> {
    let agreements: Vec<Agreement> =
        serde_json::from_str(text).map_err(|error| syntax(path, text, 0, &error))?;
    let with_place = agreements.into_iter().enumerate().map(|(at, agreement)| {
        let origin = JsonOrigin::new(path, text, 0..text.len(), Some(at));
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
    Err(ImportError::Syntax {
        place: Box::new(origin.start()),
        reason: "a document without `title`, `symbols` and `acts` is no agreement".to_owned(),
        help: HELP.to_owned(),
    })
}

/// The error of a document that cannot be read, as near to its cause as can be told.
fn syntax(path: &str, text: &str, start: usize, error: &serde_json::Error) -> ImportError {
    fault_in_acts(path, text, start, error)
        .unwrap_or_else(|| fault_as_read(path, text, start, error))
}

/// The error of an act that is JSON, and not what an act holds.
fn fault_in_acts(
    path: &str,
    text: &str,
    start: usize,
    error: &serde_json::Error,
) -> Option<ImportError> {
    if !error.is_data() {
        return None;
    }
    let mut documents = serde_json::Deserializer::from_str(text.get(start..)?).into_iter();
    let document: serde_json::Value = documents.next()?.ok()?;
    let (parts, reason) = in_acts(&document)?;
    Some(ImportError::Syntax {
        place: Box::new(place_of(path, text, start, &parts)?),
        reason,
        help: HELP.to_owned(),
    })
}

/// The error where the reader met it. It counts lines from where the document starts.
fn fault_as_read(path: &str, text: &str, start: usize, error: &serde_json::Error) -> ImportError {
    let (line, column) = (error.line() as u64, error.column() as u64);
    let offset = offset_of(text, line, column);
    let help = match error.classify() {
        serde_json::error::Category::Eof => "the file is cut short: download or write it again",
        serde_json::error::Category::Syntax => "mend the JSON here",
        _ => HELP,
    };
    ImportError::Syntax {
        place: Box::new(Place {
            path: Some(path.to_owned()),
            line: Some(line),
            column: Some(column.max(1)),
            field: path_at(text, start, offset),
        }),
        reason: told(error),
        help: help.to_owned(),
    }
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
