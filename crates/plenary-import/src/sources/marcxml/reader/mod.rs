//! Reads MARCXML records.

mod document;
mod draft;
mod marc;
mod vote;

use plenary_types::Place;

use crate::error::{ImportError, Rejected};
use crate::input::Input;
use crate::record::{Import, Record};
use crate::xml;
use draft::Refusal;
use marc::{Marc, Records};

/// Reads the records of a stream, one after another.
pub(super) fn read(input: &Input) -> Result<Import, ImportError> {
    let mut reading = Reading {
        input,
        records: Vec::new(),
        rejected: Vec::new(),
    };
    for record in Records::new(xml::stream(input)?) {
        match record {
            Ok(marc) => reading.take(&marc),
            Err(broken) => reading.rejected.push(broken.or_rejected(input)?),
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
            record: None,
        });
    }
}
