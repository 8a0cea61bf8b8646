//! Tables as text: rows, long files of ballots, and how they are read fast.

#[cfg(feature = "_tables")]
mod ballot_lines;
#[cfg(any(feature = "_tables", feature = "marcxml", feature = "typed"))]
pub(crate) mod choices;
#[cfg(feature = "_tables")]
pub(crate) mod file;
#[cfg(feature = "_tables")]
pub(crate) mod group;
pub(crate) mod header;
#[cfg(feature = "_tables")]
pub(crate) mod import;
#[cfg(feature = "_tables")]
pub(crate) mod layout;
#[cfg(feature = "_tables")]
mod lists;
#[cfg(any(feature = "undl", feature = "rollcalls"))]
pub(crate) mod long;
#[cfg(feature = "_tables")]
mod majority;
#[cfg(feature = "_tables")]
pub(crate) mod names;
#[cfg(feature = "_tables")]
pub(crate) mod refused;
#[cfg(feature = "_tables")]
mod repeat;
pub(crate) mod row;
#[cfg(any(feature = "rollcalls", feature = "typed", feature = "untc"))]
pub(crate) mod rows;
#[cfg(feature = "_tables")]
pub(crate) mod scan;
#[cfg(feature = "_tables")]
mod scanner;
#[cfg(feature = "_tables")]
mod seats;
#[cfg(feature = "_tables")]
mod stretches;
#[cfg(feature = "_tables")]
pub(crate) mod table;
#[cfg(feature = "_tables")]
pub(crate) mod texts;
#[cfg(feature = "_tables")]
mod unnumbered;
#[cfg(feature = "_tables")]
mod voters;
#[cfg(any(feature = "undl", feature = "mapping"))]
pub(crate) mod wide;

/// A line, a place or a count in four bytes: a file has millions of them, and none so many as do not fit; these would all be
/// the last.
#[cfg(feature = "_tables")]
fn small(number: impl TryInto<u32>) -> u32 {
    number.try_into().unwrap_or(u32::MAX)
}
