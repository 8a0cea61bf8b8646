//! The UN Digital Library's voting data as tables.

mod ga;
mod sc;
mod vote;

pub(crate) use ga::{FORMAT as ASSEMBLY, WIDE as ASSEMBLY_WIDE};
pub(crate) use sc::FORMAT as COUNCIL;
