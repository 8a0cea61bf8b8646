//! Tables as text: rows, long files of ballots, and how they are read fast.

pub(crate) mod file;
pub(crate) mod header;
pub(crate) mod layout;
pub(crate) mod row;
pub(crate) mod scan;
pub(crate) mod table;
pub(crate) mod wide;
