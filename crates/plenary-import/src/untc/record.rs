//! A participant table as a record: one agreement of kind treaty.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use plenary_types::{Act, Agreement, AgreementKind, Field, Locus, Origin, Place, Source};

use super::{ActPlace, CellPlace, ParticipantTable, RejectedRow, TableError};
use crate::csv::row;
use crate::error::{no_rows, syntax};
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
    let path = &input.path;
    let rejected = table.rejected.iter().map(|row| rejection(path, row));
    let rejected: Vec<_> = rejected.collect();
    let (title, index) = title(input.file(), path);
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
        listed: OnceLock::new(),
        findings: Vec::new(),
        beside: index.into_iter().collect(),
        store: Store::Records(vec![record(input, title, table)]),
    })
}

fn record(input: &Input, title: String, table: ParticipantTable) -> Record {
    let path = &input.path;
    let origin = TableOrigin {
        path: path.clone(),
        headings: table.headings,
        places: table.places,
    };
    let agreement = Agreement {
        kind: AgreementKind::Treaty,
        title,
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

/// The title in the index of the collection, where that lies beside the table, and the index; else the number.
fn title(file: Option<&Path>, path: &str) -> (String, Option<PathBuf>) {
    let number = number(path).unwrap_or_default();
    let folder = file.and_then(Path::parent);
    let indexes = folder
        .into_iter()
        .flat_map(|f| [f.join("index.csv"), f.join("../index.csv")]);
    let files = indexes.filter(|index| index.is_file());
    let mut titles = files.filter_map(|index| {
        let text = std::fs::read_to_string(&index).ok()?;
        Some((super::title(&text, &number)?, Some(index)))
    });
    titles.next().unwrap_or((number.clone(), None))
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
    let (line, help) = match error {
        TableError::Row { line, help, .. } => (*line, *help),
        _ => (
            row::first_row(bytes).1 + 1,
            "a participant table has a column `Participant` and columns whose headings name treaty actions",
        ),
    };
    syntax(path, line, &error.to_string(), help)
}

fn rejection(path: &str, row: &RejectedRow) -> Rejected {
    Rejected {
        place: place(path, row.place, Some(row.field.clone())),
        value: row.value.clone(),
        reason: format!("the cell {}", row.reason),
        help: row.help.to_owned(),
    }
}

fn place(path: &str, cell: CellPlace, field: Option<String>) -> Place {
    Place {
        path: Some(path.to_owned()),
        line: Some(cell.line),
        column: Some(cell.character),
        field,
    }
}

struct TableOrigin {
    path: String,
    headings: Vec<String>,
    places: Vec<ActPlace>,
}

impl Origin for TableOrigin {
    fn place(&self, locus: Locus) -> Place {
        let Some(at) = locus.act.and_then(|act| self.places.get(act)) else {
            return Place {
                path: Some(self.path.clone()),
                line: Some(1),
                ..Place::default()
            };
        };
        let cell = match locus.field {
            Field::Name(_) => at.name,
            _ => at.cell,
        };
        place(&self.path, cell, self.headings.get(cell.column).cloned())
    }
}
