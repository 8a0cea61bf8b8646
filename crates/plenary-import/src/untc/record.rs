//! A participant table as a record: one agreement of kind treaty.

use std::path::Path;
use std::sync::Arc;

use plenary_types::{Act, Agreement, AgreementKind, Field, Locus, Origin, Place, Source};

use super::{ActPlace, ParticipantTable, RejectedRow, TableError};
use crate::input::Input;
use crate::record::{Import, Record, Store, Summary};
use crate::{Format, ImportError, Rejected};

/// Tables are read whole: a treaty has a few hundred participants.
const LONGEST: u64 = 64 << 20;

/// Reads a participant table into one record.
pub(crate) fn read_record(input: &Input, why: &str) -> Result<Import, ImportError> {
    let text: Arc<str> = input.text(LONGEST)?.into();
    let table = super::read(text.as_bytes()).map_err(|error| broken(&input.path, &error))?;
    let rejected: Vec<_> = table
        .rejected
        .iter()
        .map(|row| rejection(&input.path, &text, row))
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
        store: Store::Records(vec![record(&input.path, text, table)]),
    })
}

fn record(path: &str, text: Arc<str>, table: ParticipantTable) -> Record {
    let origin = TableOrigin {
        path: path.to_owned(),
        text,
        headings: table.headings,
        places: table.places,
    };
    let agreement = Agreement {
        kind: AgreementKind::Treaty,
        title: title(path),
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

fn title(path: &str) -> String {
    let number = number(path).unwrap_or_default();
    let folder = Path::new(path).parent();
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

fn broken(path: &str, error: &TableError) -> ImportError {
    let line = match error {
        TableError::Csv(error) => error.position().map(csv::Position::line),
        _ => Some(1),
    };
    ImportError::Syntax {
        place: Box::new(Place { path: Some(path.to_owned()), line, ..Place::default() }),
        reason: error.to_string(),
        help: "a participant table has a column `Participant` and columns whose headings name treaty actions".to_owned(),
    }
}

fn rejection(path: &str, text: &str, row: &RejectedRow) -> Rejected {
    Rejected {
        place: Place {
            path: Some(path.to_owned()),
            line: Some(row.line),
            column: column(text, row.line, row.column),
            field: Some(row.field.clone()),
        },
        value: row.value.clone(),
        reason: row.reason.to_owned(),
        help: "correct the cell; dates read `22 Mar 1956`, letters after them are explained by the heading".to_owned(),
    }
}

struct TableOrigin {
    path: String,
    text: Arc<str>,
    headings: Vec<String>,
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
            0
        } else {
            at.cell
        };
        Place {
            line: Some(at.line),
            column: column(&self.text, at.line, cell),
            field: self.headings.get(cell).cloned(),
            ..whole
        }
    }
}

/// The character at which a cell begins on its line, from 1.
fn column(text: &str, line: u64, cell: usize) -> Option<u64> {
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
            ',' if !quoted => at += 1,
            _ => continue,
        }
        if at == cell {
            return u64::try_from(place + 2).ok();
        }
    }
    None
}
