//! One line a finding, with a header.

use std::io::{self, Write};

#[cfg(feature = "analysis")]
use plenary_analysis::table::{Column, Table};
use plenary_types::Finding;

use super::Writer;
use crate::{Report, Shown};

pub(super) static WRITER: Csv = Csv;

pub(super) struct Csv;

impl Writer for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn summary(&self) -> &'static str {
        "One line a finding"
    }

    fn tells_unusable(&self) -> bool {
        false
    }

    fn escapes_control_characters(&self) -> bool {
        false
    }

    fn write(&self, _: &Report, shown: Shown<'_>, out: &mut dyn Write) -> io::Result<()> {
        let mut table = ::csv::Writer::from_writer(out);
        table.write_record(COLUMNS)?;
        for finding in shown.iter() {
            for field in fields(&finding) {
                match field {
                    Field::Text(text) => table.write_field(text.unwrap_or_default())?,
                    Field::Number(None) => table.write_field("")?,
                    Field::Number(Some(number)) => table.write_field(number.to_string())?,
                }
            }
            table.write_record(None::<&[u8]>)?;
        }
        table.flush()
    }
}

/// The columns of a list of findings.
const COLUMNS: [&str; 11] = [
    "check", "severity", "message", "record", "path", "line", "column", "field", "expected",
    "found", "help",
];

/// What stands in a column of a finding.
enum Field<'f> {
    Text(Option<&'f str>),
    Number(Option<u64>),
}

/// A finding in the order of [`COLUMNS`].
fn fields(finding: &Finding) -> [Field<'_>; COLUMNS.len()] {
    let place = &finding.place;
    [
        Field::Text(Some(&finding.check)),
        Field::Text(Some(finding.severity.as_str())),
        Field::Text(Some(&finding.message)),
        Field::Text(finding.record.as_deref()),
        Field::Text(place.path.as_deref()),
        Field::Number(place.line),
        Field::Number(place.column),
        Field::Text(place.field.as_deref()),
        Field::Text(finding.expected.as_deref()),
        Field::Text(finding.found.as_deref()),
        Field::Text(finding.help.as_deref()),
    ]
}

#[cfg(feature = "analysis")]
impl Shown<'_> {
    /// The findings as a table, with the columns of their CSV.
    #[must_use]
    pub fn table(&self) -> Table {
        let findings: Vec<Finding> = self.iter().collect();
        let rows: Vec<_> = findings.iter().map(fields).collect();
        let column = |(place, name): (usize, &&str)| {
            let cells = rows.iter().map(|row| &row[place]);
            match rows.first().map(|row| &row[place]) {
                Some(Field::Number(_)) => Column::integers(name, cells.map(Field::number)),
                _ => Column::texts(name, cells.map(Field::text)),
            }
        };
        Table::new(COLUMNS.iter().enumerate().map(column).collect())
    }
}

#[cfg(feature = "analysis")]
impl<'f> Field<'f> {
    const fn text(&self) -> Option<&'f str> {
        match self {
            Self::Text(text) => *text,
            Self::Number(_) => None,
        }
    }

    fn number(&self) -> Option<i32> {
        match self {
            Self::Text(_) => None,
            Self::Number(number) => number.and_then(|number| i32::try_from(number).ok()),
        }
    }
}
