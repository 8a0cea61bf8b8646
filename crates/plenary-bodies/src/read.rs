//! Reading reference data: files, layer over layer, into bodies, rules, groups and weights.

mod fault;
mod file;
mod files;
mod scheme_file;
mod tables;

pub(crate) use fault::meant;
pub use fault::{ReferenceErrors, ReferenceFault};
pub(crate) use file::{Cited, Day, Draft, KindEntry, RuleEntry, SeatEntry};
pub(crate) use files::{KNOWN_DECISIONS, Layer, Source, Stack};
pub(crate) use scheme_file::{SchemeFile, SchemeGroup};
pub(crate) use tables::{
    Sitting, day_or_always, is_nobody, nobody, read_group_names, read_people, read_roster,
    read_scheme, read_sessions, read_weights, twice_a_day,
};
