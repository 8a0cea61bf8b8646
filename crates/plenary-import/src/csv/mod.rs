//! Tables as text: rows, long files of ballots, and how they are read fast.

pub(crate) mod across;
mod ballot_lines;
pub(crate) mod choices;
pub(crate) mod columns;
pub(crate) mod dates;
pub(crate) mod file;
pub(crate) mod group;
pub(crate) mod header;
pub(crate) mod import;
pub(crate) mod layout;
pub(crate) mod lists;
pub(crate) mod long;
mod majority;
pub(crate) mod names;
pub(crate) mod refused;
mod rows;
pub(crate) mod scan;
mod scanner;
mod seats;
mod stretches;
pub(crate) mod table;
pub(crate) mod texts;
mod unnumbered;
pub(crate) mod voters;
mod watch;
pub(crate) mod wide;

pub(crate) use plenary_tables::split as row;

/// A line, a place or a count in four bytes: a file has millions of them, and none so many as do not fit; these would all be
/// the last.
fn small(number: impl TryInto<u32>) -> u32 {
    number.try_into().unwrap_or(u32::MAX)
}
