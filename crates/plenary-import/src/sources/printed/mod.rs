//! Roll calls as a meeting record prints them: the text of a record as `pdftotext -layout` gives it, or the lists of one vote.

mod columns;
mod flow;
mod furniture;
mod labels;
mod lists;
mod markup;
mod result;
#[cfg(test)]
mod tests;
mod vote;

use crate::error::{ImportError, syntax};
use crate::format::{Fit, Format, Reader, Recognise};
use crate::input::{Input, Limit};
use crate::record::Import;
use flow::{Flow, Line};
use labels::LABELS;

pub(crate) static FORMAT: Format = Format::new(
    "meeting-record",
    "roll calls as a meeting record prints them, in plain text or HTML: `In favour:`, `Against:`, `Abstaining:`",
    Recognise::Beginning(recognise),
    Reader::File(read),
)
.with_publisher("United Nations, meeting records")
.with_page("meeting-record")
.with_words(LABELS);

/// By its labels, or by the heading of a meeting record, below which they may stand far down.
fn recognise(text: &[u8]) -> Fit {
    let text = String::from_utf8_lossy(text);
    if text.trim_start().starts_with(['{', '[']) || !text.lines().any(may_be_of_record) {
        return Fit::None;
    }
    let flow = read_flow(&text);
    let mut choices = Vec::new();
    for line in &flow.lines {
        if !line.marked.is_empty() {
            return Fit::Full("its names are marked with how they voted".to_owned());
        }
        // In the cell of a table a label does not begin a line.
        let labels = labels::labels(&line.text);
        if labels.first().is_some_and(|label| label.start == 0) {
            choices.extend(labels.iter().map(|label| label.choice));
        }
    }
    choices.sort_unstable();
    choices.dedup();
    if choices.len() > 1 && choices.contains(&plenary_types::Choice::Yes) {
        return Fit::Full(
            "it has lists below `In favour:` and `Against:` or `Abstaining:`".to_owned(),
        );
    }
    let heading = flow.heading(flow.lines.len());
    match (heading.meeting, heading.date) {
        (Some((meeting, _)), Some(_)) => Fit::Full(format!(
            "it has the heading of the meeting record {meeting}"
        )),
        _ => Fit::None,
    }
}

/// Whether a line may be one of a meeting record, at a glance: most inputs are tables, and have none.
fn may_be_of_record(line: &str) -> bool {
    const LABELS: [&str; 6] = [
        "In favo",
        "IN FAVO",
        "in favo",
        "in Favo",
        "In Favo",
        "class=\"favour",
    ];
    let is_head = || {
        let meets = line.contains("PV.") || line.contains("SR.");
        meets
            && furniture::furniture(line)
                .or_else(|| furniture::running_head(line))
                .is_some()
    };
    LABELS.iter().any(|label| line.contains(label)) || is_head()
}

fn read_flow(text: &str) -> Flow {
    let mut flow = match markup::is_markup(text) {
        true => markup::flow(text),
        false => Flow::from_text(text),
    };
    flow.lines = flow.lines.into_iter().flat_map(without_text).collect();
    flow
}

/// A line, apart from the text that follows its last list: `Abstaining: None. The motion was carried`.
fn without_text(mut line: Line) -> impl Iterator<Item = Line> {
    let list = labels::labels(&line.text).last().map(|label| label.end);
    let stops = list.into_iter().flat_map(|list| {
        let rest = line.text.get(list..).unwrap_or_default();
        rest.match_indices(". ").map(move |(at, _)| list + at + 1)
    });
    let end = stops.into_iter().find(|at| {
        let rest = line.text.get(*at..).unwrap_or_default().trim_start();
        lists::begins_text(rest)
    });
    let rest = end.map(|end| Line {
        number: line.number,
        text: line.text.split_off(end).trim().to_owned(),
        marked: Vec::new(),
    });
    [line].into_iter().chain(rest)
}

/// A record of one meeting has some hundred kilobytes.
const LONGEST: Limit = Limit {
    mebibytes: 16,
    of: "the text of a meeting record",
    help: "split the text into one file for each meeting",
};

fn read(input: &Input) -> Result<Import, ImportError> {
    let text = input.text(LONGEST)?;
    let flow = read_flow(&text);
    let votes = vote::read(&input.path, &flow);
    if votes.records.is_empty() && votes.rejected.is_empty() {
        return Err(syntax(
            &input.path,
            1,
            "there is no recorded vote in the text: no line begins with `In favour:`",
            "check that this is the meeting at which the vote was taken",
        ));
    }
    Ok(Import::from_documents(
        &input.path,
        votes.records,
        votes.rejected,
    ))
}
