//! Facts about entities and bodies as of a day, read from the rows.

pub(crate) mod codes;
pub(crate) mod entity;
pub(crate) mod names;
pub(crate) mod succession;
