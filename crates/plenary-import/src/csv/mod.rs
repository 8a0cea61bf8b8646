//! Tables as text: rows, long files of ballots, and how they are read fast.

#[cfg(feature = "_tables")]
mod ballot_lines;
#[cfg(any(feature = "_tables", feature = "typed"))]
pub(crate) mod choices;
#[cfg(feature = "_tables")]
pub(crate) mod file;
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
mod repeat;
pub(crate) mod row;
#[cfg(any(feature = "rollcalls", feature = "typed", feature = "untc"))]
pub(crate) mod rows;
#[cfg(feature = "_tables")]
pub(crate) mod scan;
#[cfg(feature = "_tables")]
mod stretches;
#[cfg(feature = "_tables")]
pub(crate) mod table;
#[cfg(feature = "_tables")]
mod unnumbered;
#[cfg(feature = "_tables")]
mod voters;
#[cfg(any(feature = "undl", feature = "mapping"))]
pub(crate) mod wide;
