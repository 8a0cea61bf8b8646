#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod base;
mod known;
pub mod library;
mod record;
mod reference;
mod ruling;

pub use base::{Base, BaseSource};
pub use known::KnownDecision;
pub use library::{InForce, Library};
pub use record::{Applied, Basis, Undecidable};
pub use reference::Reference;
pub use ruling::{Alternative, Ground, Roster, Ruling, Setting};
