//! Reading reference data: files, layer over layer, into bodies, rules, groups and weights.

mod build;
mod fault;
mod file;
mod files;
mod tables;

pub(crate) use build::{Built, build};
pub use fault::{ReferenceErrors, ReferenceFault};
pub use file::QuorumUse;
pub(crate) use files::{Layer, Source};
pub(crate) use tables::{read_people, read_roster, read_scheme, read_sessions, read_weights};
