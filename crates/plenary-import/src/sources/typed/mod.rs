//! The native table that a person can type: lines of the form `key: value`, then `state,vote`.

mod block;
mod rows;
mod template;

use std::sync::Arc;

use plenary_types::{Act, Agreement, Decision, Invariant, Place};

pub use template::template;

use crate::csv::columns::Content;
use crate::csv::dates;
use crate::error::ImportError;
use crate::format::{Fit, Format, Reader, Recognise};
use crate::input::{Input, Limit};
use crate::recognise::is_table;
use crate::recognition::Nearest;
use crate::record::{Import, Record};
use crate::spelling::Spelling;
use crate::texts::cite;
use block::Beginning;

pub(crate) static FORMAT: Format = Format::new(
    "plenary-csv",
    "a vote that a person types: lines of the form `key: value`, then `state,vote`",
    Recognise::Beginning(recognise),
    Reader::File(read),
)
.with_page("plenary-csv")
.with_words(rows::WORDS)
.with_spelling(spelling);

fn recognise(text: &[u8]) -> Fit {
    if !is_table(text) {
        return Fit::None;
    }
    let nearest = |(found, spare)| Nearest {
        spare,
        ..Nearest::new(FORMAT.name(), found)
    };
    match block::beginning(text) {
        Beginning::Typed => Fit::Full(
            "it has a column `state` and a column `vote`, below lines of the form `key: value`"
                .to_owned(),
        ),
        Beginning::Other {
            facts: true,
            nearly,
        } => Fit::Broken {
            why: "it begins with lines of the form `key: value`, and no table of the columns `state` and `vote` alone follows",
            help: "give the table below those lines the columns `state` and `vote`, and at most `name`",
            nearest: nearest(nearly.unwrap_or_default()),
        },
        // A table with more other columns than its own was never meant for one.
        Beginning::Other { nearly, .. } => nearly
            .filter(|(found, spare)| spare.len() <= *found)
            .map_or(Fit::None, |nearly| Fit::Partial(nearest(nearly))),
    }
}

fn spelling(text: &str) -> Option<Spelling> {
    let table = text.strip_prefix('\u{feff}').unwrap_or(text);
    let block = block::parse("", table).ok()?;
    let content = |at| (at == block.vote).then_some(Content::Choice);
    let contents = (0..block.header.columns.len()).map(content).collect();
    let rows = text.len() - table.len() + block.bytes;
    Some(Spelling::new(&block.header, rows, contents, FORMAT.words()))
}

/// One vote is a page; a table of many votes is another format.
const LONGEST: Limit = Limit {
    mebibytes: 16,
    of: "a typed table",
    help: "a typed table is one vote: for a table of many votes write a mapping file",
};

fn read(input: &Input) -> Result<Import, ImportError> {
    let text = input.text(LONGEST)?;
    let block = block::parse(&input.path, &text)?;
    let mut agreement = Agreement::default();
    let mut decision = Decision::default();
    let printed = block.lines.iter().filter(|line| line.key == "date");
    let printed = printed.map(|line| (line.number, &*line.value));
    let dates = dates::settle(&input.path, input.dates.as_ref(), None, "date", printed)?;
    for (at, line) in block.lines.iter().enumerate() {
        let before = block
            .lines
            .get(..at)
            .invariant("a line has others before it");
        line.is_new(before)
            .and_then(|()| line.apply(&mut agreement, &mut decision, &dates))
            .map_err(|(reason, help)| {
                let place = Place::new(&input.path).with_line(line.number);
                ImportError::syntax(place.with_field(&line.key), reason, help)
            })?;
    }
    let day = decision.date.and_then(plenary_types::Date::as_day);
    let rows = rows::read(&input.path, &text, &block, &FORMAT.words(), day)?;
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
    let origin = rows::places(&input.path, &block, &rows.lines);
    let record = Record {
        agreement,
        origin: Arc::new(origin),
        findings: rows.findings,
    };
    let import = Import::from_rows(&input.path, vec![record], rows.rejected, rows.count);
    Ok(import
        .with_findings(rows.of_table)
        .with_remarks(&dates::account(&dates)))
}
