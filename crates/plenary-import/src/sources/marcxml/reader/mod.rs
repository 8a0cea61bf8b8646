//! Reads MARCXML records.

mod document;
mod draft;
mod marc;
mod source;
mod vote;

use std::io::{BufReader, Read};

use plenary_types::Place;

use crate::error::{ImportError, Rejected};
use crate::input::{Input, Progress};
use crate::record::{Import, Record};
use draft::Refusal;
use marc::{Broken, Marc, Records};
use source::Spot;

/// Reads the records of a stream, one after another.
pub(super) fn read(input: &Input) -> Result<Import, ImportError> {
    let mut reading = Reading {
        input,
        records: Vec::new(),
        rejected: Vec::new(),
    };
    let watched = Watched {
        inner: input.reader()?,
        read: 0,
        total: input.size(),
        progress: input.progress.as_ref(),
    };
    for record in Records::new(BufReader::with_capacity(64 * 1024, watched)) {
        match record {
            Ok(marc) => reading.take(&marc),
            Err(broken) if input.lenient && broken.io.is_none() => {
                let place = spot(&input.path, broken.spot);
                reading.reject(place, &broken.value, &broken.reason, broken.help);
            }
            Err(broken) => return Err(fatal(input, broken)),
        }
    }
    let path = &input.path;
    if reading.records.is_empty() && reading.rejected.is_empty() {
        return Err(ImportError::NoRows {
            path: path.clone(),
            what: "no record in it",
        });
    }
    Ok(Import::from_documents(
        path,
        reading.records,
        reading.rejected,
    ))
}

fn fatal(input: &Input, broken: Broken) -> ImportError {
    let path = input.path.clone();
    match broken {
        Broken {
            io: Some(source), ..
        } => input.error(source),
        Broken {
            utf8: true, spot, ..
        } => ImportError::Utf8 {
            path,
            line: spot.line,
            column: spot.column,
        },
        Broken {
            spot: at,
            reason,
            help,
            ..
        } => ImportError::syntax(spot(&path, at), reason, help),
    }
}

/// Tells how far reading has come.
struct Watched<'a, R> {
    inner: R,
    read: u64,
    total: u64,
    progress: Option<&'a Progress>,
}

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(into)?;
        self.read += count as u64;
        if let Some(progress) = self.progress {
            progress(self.read, self.total);
        }
        Ok(count)
    }
}

/// What was read so far.
struct Reading<'a> {
    input: &'a Input,
    records: Vec<Record>,
    rejected: Vec<Rejected>,
}

impl Reading<'_> {
    fn take(&mut self, marc: &Marc) {
        let path = &self.input.path;
        let read = if marc.all("791").next().is_some() || vote::members(marc).next().is_some() {
            vote::read(marc, path, self.input.lenient)
        } else {
            document::read(marc, path)
        };
        match read {
            Ok(record) => self.records.push(record),
            Err(refusal) => {
                let Refusal {
                    line,
                    field,
                    value,
                    reason,
                    help,
                } = refusal;
                let place = Place::new(path).with_line(line).with_field(field);
                self.reject(place, &value, &reason, help);
            }
        }
    }

    fn reject(&mut self, place: Place, value: &str, reason: &str, help: &str) {
        self.rejected.push(Rejected {
            place,
            value: value.chars().take(80).collect(),
            reason: reason.to_owned(),
            help: help.to_owned(),
        });
    }
}

fn spot(path: &str, spot: Spot) -> Place {
    Place::new(path)
        .with_line(spot.line)
        .with_column(spot.column)
}
