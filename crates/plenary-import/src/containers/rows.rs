//! Which row of a container each line of its text stands for, and the places that are said by it.

use std::sync::Arc;

use plenary_types::{Finding, Locus, Origin, Place};

use crate::error::{ImportError, Rejected};
use crate::record::{Import, Record, Records};

/// Which row of a container each line of the text stands for, in runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Rows {
    runs: Vec<Run>,
}

/// The lines from one on: each the next row, or all the same row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    line: u64,
    row: u64,
    is_one_row: bool,
}

impl Run {
    const fn row_of(self, line: u64) -> u64 {
        match self.is_one_row {
            true => self.row,
            false => self.row.saturating_add(line - self.line),
        }
    }
}

impl Rows {
    /// Notes that a row begins on a line and takes so many; row 0 is a header that is no row of the container.
    pub(super) fn push(&mut self, line: u64, row: u64, lines: u64) {
        let is_one_row = lines > 1 || row == 0;
        let goes_on = self
            .runs
            .last()
            .is_some_and(|run| !run.is_one_row && run.row_of(line) == row);
        if is_one_row || !goes_on {
            self.runs.push(Run {
                line,
                row,
                is_one_row,
            });
        }
    }

    /// The row that a line of the text stands for.
    fn row_of(&self, line: u64) -> Option<u64> {
        let after = self.runs.partition_point(|run| run.line <= line);
        let run = self.runs.get(after.checked_sub(1)?)?;
        Some(run.row_of(line)).filter(|row| *row > 0)
    }
}

/// The one place where the lines of a table's text become rows of its container.
#[derive(Clone, Debug)]
pub(crate) struct Placement {
    path: Arc<str>,
    rows: Arc<Rows>,
    /// Which of several tables it is.
    note: Option<Arc<str>>,
}

impl Placement {
    pub(super) fn new(path: &str, rows: Rows) -> Self {
        Self {
            path: path.into(),
            rows: Arc::new(rows),
            note: None,
        }
    }

    /// The same of a table that is one of several.
    pub(super) fn with_note(mut self, note: Option<String>) -> Self {
        self.note = note.map(Into::into);
        self
    }

    /// The row that a line of the text stands for; none of a header that is no row.
    pub(crate) fn row_of(&self, line: u64) -> Option<u64> {
        self.rows.row_of(line)
    }

    /// A place in the text as one in the container. A column of characters means nothing there.
    pub(crate) fn place(&self, place: &mut Place) {
        if place.path.as_deref() == Some(&*self.path) {
            place.line = place.line.and_then(|line| self.rows.row_of(line));
            place.column = None;
        }
    }

    /// An import of the text as one of the container.
    pub(crate) fn import(&self, mut import: Import) -> Import {
        import
            .findings
            .iter_mut()
            .for_each(|finding| self.place(&mut finding.place));
        let rejected = import.rejected.iter_mut();
        rejected.for_each(|rejected| self.place(&mut rejected.place));
        let placement = self.clone();
        import.with_records(|records| placement.records(records))
    }

    /// The records of the text as those of the container. What is held stays held.
    fn records(self, records: Box<dyn Records>) -> Box<dyn Records> {
        match records.held() {
            [] => Box::new(PlacedRecords {
                records,
                placement: self,
            }),
            held => {
                let held = held.iter().cloned().map(|record| self.record(record));
                Box::new(held.collect::<Vec<Record>>())
            }
        }
    }

    fn record(&self, mut record: Record) -> Record {
        let findings: &mut [Finding] = &mut record.findings;
        findings
            .iter_mut()
            .for_each(|finding| self.place(&mut finding.place));
        record.origin = Arc::new(PlacedOrigin {
            origin: record.origin,
            placement: self.clone(),
        });
        record
    }

    /// An error about the text as one about the container.
    pub(crate) fn error(&self, error: ImportError) -> ImportError {
        match error {
            ImportError::Syntax {
                mut place,
                reason,
                help,
            } => {
                self.place(&mut place);
                ImportError::Syntax {
                    place,
                    reason,
                    help,
                }
            }
            ImportError::Rejected {
                path,
                rejected,
                rows,
                mut first,
            } => {
                self.place(&mut first.place);
                ImportError::Rejected {
                    path,
                    rejected,
                    rows,
                    first,
                }
            }
            ImportError::Unrecognised {
                path,
                mut recognition,
            } => {
                let below = recognition.below.iter_mut().map(|(line, _)| line);
                for line in below.chain(&mut recognition.headings) {
                    *line = self.rows.row_of(*line).unwrap_or(*line);
                }
                if let Some(note) = &self.note {
                    let file = self.path.rsplit_once('#').map_or("FILE", |(file, _)| file);
                    recognition.why += &format!(
                        "; this is {note}: name another as `{file}#NAME`, in quotes where it has blanks"
                    );
                }
                ImportError::Unrecognised { path, recognition }
            }
            other => other,
        }
    }
}

struct PlacedRecords {
    records: Box<dyn Records>,
    placement: Placement,
}

impl Records for PlacedRecords {
    fn count(&self) -> usize {
        self.records.count()
    }

    fn record(&self, at: usize) -> Option<Record> {
        let record = self.records.record(at)?;
        Some(self.placement.record(record))
    }

    fn ballots(&self) -> u64 {
        self.records.ballots()
    }

    fn rejected(&self) -> Box<dyn Iterator<Item = Rejected> + '_> {
        Box::new(self.records.rejected().map(|mut rejected| {
            self.placement.place(&mut rejected.place);
            rejected
        }))
    }

    fn rejected_rows(&self) -> u64 {
        self.records.rejected_rows()
    }
}

struct PlacedOrigin {
    origin: Arc<dyn Origin>,
    placement: Placement,
}

impl Origin for PlacedOrigin {
    fn place(&self, locus: Locus) -> Place {
        let mut place = self.origin.place(locus);
        self.placement.place(&mut place);
        place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_one_row_are_that_row_and_skipped_rows_are_skipped() {
        let mut rows = Rows::default();
        // A header of two lines, rows 2 and 3, row 7 of three lines, rows 8 and 9.
        for (line, row, lines) in [
            (1, 1, 2),
            (3, 2, 1),
            (4, 3, 1),
            (5, 7, 3),
            (8, 8, 1),
            (9, 9, 1),
        ] {
            rows.push(line, row, lines);
        }
        let all: Vec<_> = (1..=9).filter_map(|line| rows.row_of(line)).collect();
        assert_eq!(all, [1, 1, 2, 3, 7, 7, 7, 8, 9]);
        assert_eq!(rows.runs.len(), 4);
    }

    #[test]
    fn a_header_that_is_no_row_has_none() {
        let mut rows = Rows::default();
        for (line, row, lines) in [(1, 0, 1), (2, 1, 1), (3, 2, 1)] {
            rows.push(line, row, lines);
        }
        assert_eq!(
            [1, 2, 3].map(|line| rows.row_of(line)),
            [None, Some(1), Some(2)]
        );
        assert_eq!(rows.row_of(0), None);
    }
}
