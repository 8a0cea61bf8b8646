//! Reads a document of Akoma Ntoso: of a debate its votings, of any other what it is.

mod text;
mod voting;
mod words;
mod work;

use crate::error::{ImportError, syntax};
use crate::input::Input;
use crate::record::Import;
use crate::texts::account_of_undated;
use crate::xml::{self, Element, Part, Trees, Wanted};
use work::Work;

/// A debate may nest sections in sections.
const WANTED: Wanted = Wanted {
    trees: &["akomaNtoso"],
    beginnings: &[],
    deepest: 100,
};

/// Reads a document.
pub(super) fn read(input: &Input) -> Result<Import, ImportError> {
    let path = &input.path;
    let mut rejected = Vec::new();
    let mut root = None;
    for part in Trees::new(xml::stream(input)?, WANTED) {
        match part {
            Ok(Part::Tree(tree)) => root = root.or(Some(tree)),
            Ok(Part::Beginning(_)) => {}
            Err(broken) => rejected.push(broken.or_rejected(input)?),
        }
    }
    let Some(root) = root else {
        return match rejected.is_empty() {
            true => Err(nothing(path)),
            false => Ok(Import::from_documents(path, Vec::new(), rejected)),
        };
    };
    let document = root
        .elements()
        .find(|element| *element.name != *"components");
    let Some(document) = document else {
        return Err(nothing(path));
    };
    let work = Work::new(document);
    let votings = voting::read(path, document, &work);
    if !votings.records.is_empty() {
        let account = votings.told() + &account_of_undated(votings.undated);
        return Ok(Import::from_documents(path, votings.records, rejected).with_remarks(&account));
    }
    if is_of_sitting(document) {
        return Err(syntax(
            path,
            document.line,
            "there is no voting in the analysis of this debate",
            "check that this is the sitting at which the vote was taken: votes are read from `voting` in `analysis`",
        ));
    }
    match text::read(path, document, &work) {
        Some(record) => Ok(
            Import::from_documents(path, vec![record], rejected).with_remarks("; no vote in it")
        ),
        None => Err(syntax(
            path,
            document.line,
            "the document has no voting, and neither a number nor a title",
            "expected `voting` in `analysis`, `docNumber` or `docTitle`",
        )),
    }
}

/// Whether a document is the record of a sitting, which is no text that can be agreed.
fn is_of_sitting(document: &Element) -> bool {
    matches!(&*document.name, "debate" | "debateReport" | "debateRecord")
}

fn nothing(path: &str) -> ImportError {
    ImportError::NoRows {
        path: path.to_owned(),
        what: "no document in it",
    }
}
