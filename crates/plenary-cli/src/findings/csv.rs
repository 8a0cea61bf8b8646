//! One line a finding, with a header.

use plenary::types::Finding;

use crate::exit::Result;
use crate::output::Output;

const HEADER: [&str; 11] = [
    "check", "severity", "message", "record", "path", "line", "column", "field", "expected",
    "found", "help",
];

pub(super) fn print(shown: &[&Finding], output: &Output) -> Result<()> {
    let mut table = csv::Writer::from_writer(output.stdout());
    table.write_record(HEADER)?;
    for finding in shown {
        let place = &finding.place;
        let number = |n: Option<u64>| n.map(|n| n.to_string()).unwrap_or_default();
        let text = |t: &Option<String>| t.clone().unwrap_or_default();
        table.write_record([
            finding.check.to_string(),
            finding.severity.to_string(),
            finding.message.clone(),
            text(&finding.record),
            text(&place.path),
            number(place.line),
            number(place.column),
            text(&place.field),
            text(&finding.expected),
            text(&finding.found),
            text(&finding.help),
        ])?;
    }
    Ok(table.flush()?)
}
