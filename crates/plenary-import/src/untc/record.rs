//! A participant table as a record: one agreement of kind treaty.

use std::path::Path;
use std::sync::Arc;

use plenary_types::{Act, Agreement, AgreementKind, Field, Locus, Origin, Place, Source};

use super::{ActPlace, ParticipantTable, RejectedRow, Rows, TableError};
use crate::error::no_rows;
use crate::input::{Input, Limit, utf8_error};
use crate::record::{Import, Options, Record, Store, Summary};
use crate::{Format, ImportError, Rejected};

/// Tables are read whole: a treaty has a few hundred participants.
const LONGEST: Limit = Limit {
    mebibytes: 64,
    of: "a participant table",
    help: "a table is one treaty and its participants: write each treaty to a file of its own",
};

/// Reads a participant table into one record.
pub(crate) fn read_record(
    input: &Input,
    why: &str,
    options: &Options,
) -> Result<Import, ImportError> {
    let bytes = input.bytes_up_to(LONGEST)?;
    let table =
        super::read_text(&bytes, options.lenient).map_err(|error| broken(input, &bytes, &error))?;
    if table.rows == 0 {
        return Err(no_rows(&input.path));
    }
    let text: Arc<str> = String::from_utf8_lossy(&bytes).into();
    let rejected: Vec<_> = table
        .rejected
        .iter()
        .map(|row| rejection(&input.path, &text, row, table.name_column))
        .collect();
    Ok(Import {
        summary: Summary {
            path: input.path.clone(),
            format: Format::UntcCsv,
            why: why.to_owned(),
            rows: table.rows,
            used: table.used,
            rejected: rejected.len() as u64,
            records: 1,
            ballots: 0,
        },
        rejected,
        findings: Vec::new(),
        store: Store::Records(vec![record(input, text, table)]),
    })
}

fn record(input: &Input, text: Arc<str>, table: ParticipantTable) -> Record {
    let path = &input.path;
    let origin = TableOrigin {
        path: path.clone(),
        delimiter: char::from(Rows::of(text.as_bytes()).delimiter),
        text,
        headings: table.headings,
        name_column: table.name_column,
        places: table.places,
    };
    let agreement = Agreement {
        kind: AgreementKind::Treaty,
        title: title(input.file(), path),
        acts: table.actions.into_iter().map(Act::Action).collect(),
        sources: vec![source(path)],
        ..Agreement::default()
    };
    Record {
        agreement,
        origin: Arc::new(origin),
        findings: Vec::new(),
    }
}

/// The number of the treaty: the collection names the files so.
fn number(path: &str) -> Option<String> {
    let name = Path::new(path).file_name()?.to_string_lossy().into_owned();
    name.split_once(".csv")
        .map(|(number, _)| number.to_owned())
        .or(Some(name))
}

/// The title in the index of the collection, where that lies beside the table; else the number.
fn title(file: Option<&Path>, path: &str) -> String {
    let number = number(path).unwrap_or_default();
    let folder = file.and_then(Path::parent);
    let indexes = folder
        .into_iter()
        .flat_map(|f| [f.join("index.csv"), f.join("../index.csv")]);
    let mut texts = indexes.filter_map(|index| std::fs::read_to_string(index).ok());
    texts
        .find_map(|text| super::title(&text, &number))
        .unwrap_or(number)
}

fn source(path: &str) -> Source {
    Source {
        title: "Multilateral Treaties Deposited with the Secretary-General: status of participants"
            .to_owned(),
        publisher: Some("United Nations Treaty Collection".to_owned()),
        record: number(path),
        url: None,
        published: None,
        retrieved: None,
        licence: None,
    }
}

fn broken(input: &Input, bytes: &[u8], error: &TableError) -> ImportError {
    let path = &input.path;
    if let Err(error) = std::str::from_utf8(bytes) {
        return utf8_error(path, bytes, error.valid_up_to());
    }
    let rows = Rows::of(bytes);
    let line = match error {
        TableError::Csv(error) => error.position().map(|place| rows.line_of(place)),
        _ => Some(rows.above + 1),
    };
    ImportError::Syntax {
        place: Box::new(Place { path: Some(path.clone()), line, ..Place::default() }),
        reason: error.to_string(),
        help: "a participant table has a column `Participant` and columns whose headings name treaty actions".to_owned(),
    }
}

fn rejection(path: &str, text: &str, row: &RejectedRow, name_column: usize) -> Rejected {
    let delimiter = char::from(Rows::of(text.as_bytes()).delimiter);
    Rejected {
        place: Place {
            path: Some(path.to_owned()),
            line: Some(row.line),
            column: column(text, delimiter, row.line, row.column),
            field: Some(row.field.clone()),
        },
        value: row.value.clone(),
        reason: format!("the cell {}", row.reason),
        help: if row.column == name_column {
            "write the participant as the depositary names it"
        } else {
            "correct the cell; dates read `22 Mar 1956`, letters after them are explained by the heading"
        }
        .to_owned(),
    }
}

struct TableOrigin {
    path: String,
    delimiter: char,
    text: Arc<str>,
    headings: Vec<String>,
    name_column: usize,
    places: Vec<ActPlace>,
}

impl Origin for TableOrigin {
    fn place(&self, locus: Locus) -> Place {
        let whole = Place {
            path: Some(self.path.clone()),
            line: Some(1),
            ..Place::default()
        };
        let Some(at) = locus.act.and_then(|act| self.places.get(act)) else {
            return whole;
        };
        let cell = if matches!(locus.field, Field::Name(_)) {
            self.name_column
        } else {
            at.cell
        };
        Place {
            line: Some(at.line),
            column: column(&self.text, self.delimiter, at.line, cell),
            field: self.headings.get(cell).cloned(),
            ..whole
        }
    }
}

/// The character at which a cell begins on its line, from 1.
fn column(text: &str, delimiter: char, line: u64, cell: usize) -> Option<u64> {
    let line = text
        .lines()
        .nth(usize::try_from(line).ok()?.checked_sub(1)?)?;
    let (mut at, mut quoted) = (0, false);
    if cell == 0 {
        return Some(1);
    }
    for (place, character) in line.chars().enumerate() {
        match character {
            '"' => quoted = !quoted,
            _ if character == delimiter && !quoted => at += 1,
            _ => continue,
        }
        if at == cell {
            return u64::try_from(place + 2).ok();
        }
    }
    None
}
