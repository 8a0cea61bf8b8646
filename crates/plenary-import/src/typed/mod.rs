//! The native table that a person can type: lines of the form `key: value`, then `state,vote`.

mod block;
mod rows;
mod template;

use std::sync::Arc;

use plenary_types::{Act, Agreement, Decision, Place};

pub(crate) use block::{Beginning, Nearly, beginning};
#[cfg(any(feature = "mapping", feature = "undl"))]
pub(crate) use rows::words;
pub use template::template;

use crate::ImportError;
use crate::csv::header::Header;
use crate::format::Format;
use crate::input::{Input, Limit};
use crate::record::{Import, Record};
use crate::texts::cite;

/// One vote is a page; a table of many votes is another format.
const LONGEST: Limit = Limit {
    mebibytes: 16,
    of: "a typed table",
    help: "a typed table is one vote: for a table of many votes write a mapping file",
};

/// The header of a typed table, where its rows begin, and the place of its column of votes.
pub(crate) fn header(text: &str) -> Option<(Header, usize, usize)> {
    let block = block::parse("", text).ok()?;
    Some((block.header, block.bytes, block.vote))
}

pub(crate) fn read(input: &Input, why: &str) -> Result<Import, ImportError> {
    let text = input.text(LONGEST)?;
    let block = block::parse(&input.path, &text)?;
    let mut agreement = Agreement::default();
    let mut decision = Decision::default();
    for (at, line) in block.lines.iter().enumerate() {
        let before = block.lines.get(..at).unwrap_or_default();
        line.is_new(before)
            .and_then(|()| line.apply(&mut agreement, &mut decision))
            .map_err(|(reason, help)| ImportError::Syntax {
                place: Box::new(Place {
                    path: Some(input.path.clone()),
                    line: Some(line.number),
                    column: None,
                    field: Some(line.key.clone()),
                }),
                reason,
                help,
            })?;
    }
    let day = decision.date.and_then(plenary_types::Date::as_day);
    let rows = rows::read(&input.path, &text, &block, day)?;
    if rows.count == 0 && block.lines.iter().all(|line| line.value.is_empty()) {
        return Err(ImportError::NoRows {
            path: input.path.clone(),
            what: "no fact above the header and no row below it",
        });
    }
    if decision.mode != plenary_types::Mode::WithoutVote || !rows.ballots.is_empty() {
        decision.ballots = Some(rows.ballots).filter(|list| !list.is_empty());
    }
    decision.partial = !rows.rejected.is_empty();
    let symbol = decision.symbol.take();
    decision.symbol = symbol.map(|symbol| cite(symbol.as_str(), decision.body.as_ref()));
    agreement.symbols.extend(decision.symbol.clone());
    agreement.acts.push(Act::Decision(Box::new(decision)));
    let origin = rows::TypedOrigin::new(&input.path, &block, rows.lines);
    let record = Record {
        agreement,
        origin: Arc::new(origin),
        findings: rows.findings,
    };
    let mut import = Import::of_records(
        &input.path,
        Format::PlenaryCsv,
        why,
        vec![record],
        rows.rejected,
    );
    import.findings = rows.of_table;
    import.summary.rows = rows.count;
    import.summary.used = rows.count - import.summary.rejected;
    Ok(import)
}
