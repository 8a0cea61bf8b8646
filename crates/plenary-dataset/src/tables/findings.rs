//! The table `findings`: what the checks say of the records as they are written.

use plenary_analysis::table::Table;
use plenary_types::{Finding, Locus, Origin, Place};

use super::rows::{Rows, integer_or, text};
use crate::schema::FINDINGS;

/// A record of a dataset by its place, from 1: places of findings have it for their line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct InDataset(pub(crate) u32);

impl Origin for InDataset {
    fn place(&self, locus: Locus) -> Place {
        let place = Place::default().with_line(self.0.into());
        place.with_field(locus.to_string())
    }
}

/// The table of findings whose places [`InDataset`] gave, in the order of the records, and those of no record last.
pub(crate) fn findings_table(mut findings: Vec<Finding>) -> Table {
    findings.sort_by_key(|finding| {
        let place = &finding.place;
        let act = place.field.as_deref().and_then(act_of);
        (place.line.unwrap_or(u64::MAX), act)
    });
    let mut table = Rows::new(&FINDINGS);
    for finding in &findings {
        let field = finding.place.field.as_deref();
        table.push([
            text(&*finding.check),
            text(finding.severity.as_str()),
            integer_or(finding.place.line),
            integer_or(field.and_then(act_of)),
            text(finding.record.as_deref()),
            text(field),
            text(&*finding.message),
            text(finding.expected.as_deref()),
            text(finding.found.as_deref()),
        ]);
    }
    table.into_table()
}

/// The place of the act among the acts, of the path of a field in it.
fn act_of(field: &str) -> Option<u64> {
    let (act, _) = field.strip_prefix("acts[")?.split_once(']')?;
    act.parse().ok()
}
