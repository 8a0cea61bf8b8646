//! A participant table as a record: one agreement of kind treaty.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use plenary_types::{Act, Agreement, AgreementKind, Field, Locus, Origin, Place, Source};

use super::table::{self, ActPlace, ParticipantTable};
use crate::error::{ImportError, no_rows};
use crate::files::stem;
use crate::input::{Input, Limit};
use crate::record::{Import, Record};

pub(super) const PUBLISHER: &str = "United Nations Treaty Collection";

/// Tables are read whole: a treaty has a few hundred participants.
const LONGEST: Limit = Limit {
    mebibytes: 64,
    of: "a participant table",
    help: "a table is one treaty and its participants: write each treaty to a file of its own",
};

/// Reads a participant table into one record.
pub(super) fn read(input: &Input) -> Result<Import, ImportError> {
    let path = &input.path;
    let bytes = input.bytes_up_to(LONGEST)?;
    let mut table = table::read(path, &bytes, input.lenient)?;
    if table.rows == 0 {
        return Err(no_rows(path));
    }
    let (rows, rejected) = (table.rows, std::mem::take(&mut table.rejected));
    let (title, index) = title(input.file(), path);
    let record = record(input, title, table);
    Ok(Import::from_rows(path, vec![record], rejected, rows).with_beside(index))
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

/// The title in the index of the collection, where that lies beside the table, and the index; else the number, by which the
/// collection names the files.
fn title(file: Option<&Path>, path: &str) -> (String, Option<PathBuf>) {
    let number = stem(Path::new(path));
    let folder = file.and_then(Path::parent);
    let indexes = folder
        .into_iter()
        .flat_map(|f| [f.join("index.csv"), f.join("../index.csv")]);
    let files = indexes.filter(|index| index.is_file());
    let mut titles = files.filter_map(|index| {
        let text = std::fs::read_to_string(&index).ok()?;
        Some((table::title(&text, &number)?, Some(index)))
    });
    titles.next().unwrap_or((number.clone(), None))
}

fn source(path: &str) -> Source {
    Source {
        title: "Multilateral Treaties Deposited with the Secretary-General: status of participants"
            .to_owned(),
        publisher: Some(PUBLISHER.to_owned()),
        record: Some(stem(Path::new(path))),
        ..Source::default()
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
            return Place::new(&self.path).with_line(1);
        };
        let cell = match locus.field {
            Field::Name(_) => at.name,
            _ => at.cell,
        };
        cell.in_file(&self.path, self.headings.get(cell.column).cloned())
    }
}
