//! The European Parliament: its roll calls with the members, and its lists of votes with totals, as it publishes both in XML.

#[cfg(feature = "xml")]
mod reader;

use plenary_types::Choice;

use crate::format::{Fit, Format, Reader, Recognise};
use crate::recognise::root_of;
#[cfg(feature = "xml")]
use reader::{read_roll_calls, read_votes};

const PUBLISHER: &str = "European Parliament";

/// The lists of a roll call, by how their names end.
const LISTS: &[(&str, Choice)] = &[
    ("For", Choice::Yes),
    ("Against", Choice::No),
    ("Abstention", Choice::Abstain),
];

pub(crate) static ROLL_CALLS: Format = Format::new(
    "ep-roll-calls",
    "roll calls of a sitting of the European Parliament, with the members (XML)",
    Recognise::Beginning(recognise_roll_calls),
    Reader::File(read_roll_calls),
)
.with_publisher(PUBLISHER)
.with_page("european-parliament")
.with_words(LISTS);

pub(crate) static VOTES: Format = Format::new(
    "ep-votes",
    "list of votes of a sitting of the European Parliament, with totals (XML)",
    Recognise::Beginning(recognise_votes),
    Reader::File(read_votes),
)
.with_publisher(PUBLISHER)
.with_page("european-parliament");

fn recognise_votes(text: &[u8]) -> Fit {
    let has = |needle: &str| memchr::memmem::find(text, needle.as_bytes()).is_some();
    let is_list = has("<sitting") && has("<votes");
    match root_of(text).as_deref() {
        Some("file") if is_list => {
            Fit::Full("its root element is `file`, with a `sitting` and its `votes`".to_owned())
        }
        _ => Fit::None,
    }
}

fn recognise_roll_calls(text: &[u8]) -> Fit {
    match root_of(text).as_deref() {
        Some("PV.RollCallVoteResults") => {
            Fit::Full("its root element is `PV.RollCallVoteResults`".to_owned())
        }
        _ => Fit::None,
    }
}

#[cfg(not(feature = "xml"))]
fn read_votes(input: &crate::Input) -> Result<crate::Import, crate::ImportError> {
    read_roll_calls(input)
}

#[cfg(not(feature = "xml"))]
fn read_roll_calls(input: &crate::Input) -> Result<crate::Import, crate::ImportError> {
    Err(crate::ImportError::missing_feature(
        &input.path,
        "a file in XML",
        "xml",
    ))
}
