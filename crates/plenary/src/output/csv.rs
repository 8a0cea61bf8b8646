//! One line a finding, with a header.

use std::io::{self, Write};

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
        table.write_record(HEADER)?;
        for finding in shown.iter() {
            let place = &finding.place;
            let number = |n: Option<u64>| n.map(|n| n.to_string()).unwrap_or_default();
            let (line, column) = (number(place.line), number(place.column));
            table.write_record([
                &*finding.check,
                finding.severity.as_str(),
                &finding.message,
                finding.record.as_deref().unwrap_or_default(),
                place.path.as_deref().unwrap_or_default(),
                &line,
                &column,
                place.field.as_deref().unwrap_or_default(),
                finding.expected.as_deref().unwrap_or_default(),
                finding.found.as_deref().unwrap_or_default(),
                finding.help.as_deref().unwrap_or_default(),
            ])?;
        }
        table.flush()
    }
}

const HEADER: [&str; 11] = [
    "check", "severity", "message", "record", "path", "line", "column", "field", "expected",
    "found", "help",
];
