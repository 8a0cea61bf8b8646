//! One line a finding, with a header.

use crate::exit::Result;
use crate::output::Output;
use plenary::Shown;

const HEADER: [&str; 11] = [
    "check", "severity", "message", "record", "path", "line", "column", "field", "expected",
    "found", "help",
];

pub(super) fn print(shown: Shown<'_>, output: &Output) -> Result<()> {
    let mut table = csv::Writer::from_writer(output.stdout());
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
    Ok(table.flush()?)
}
