//! The UN Digital Library's voting data as tables.

mod ga;
mod read;
mod sc;
mod vote;

pub(crate) use ga::{Assembly, SPEC as GA};
pub(crate) use read::{read, read_wide};
pub(crate) use sc::{Council, SPEC as SC};

use plenary_types::Choice;

use crate::csv::layout::Words;

/// The Library's letters: `X` and `NV` are its words for members that did not vote; a blank is a name on
/// the list without a vote.
pub(crate) fn words() -> Words {
    Words::new([
        ("Y", Choice::Yes),
        ("N", Choice::No),
        ("A", Choice::Abstain),
        ("X", Choice::NonVoting),
        ("NV", Choice::NonVoting),
        ("", Choice::NonVoting),
    ])
}
