#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod base;
mod body;
mod build;
mod checks;
mod counted;
mod election;
mod electorate;
mod embedded;
mod facts;
mod known;
mod lazy;
pub mod library;
mod pattern;
mod quorum;
mod read;
mod record;
mod reference;
mod roster;
mod rows;
mod ruling;
mod scheme;
mod sessions;
mod words;

pub use base::{Base, BaseSource};
pub use body::{Body, BodyName, Kind, Seats};
pub use counted::CountedList;
pub use election::{CountedRound, Uncounted};
pub use electorate::Electorate;
pub use known::KnownDecision;
pub use library::{InForce, Library};
pub use pattern::{Pattern, PatternError, PatternParts};
pub use quorum::Quorum;
pub use read::{ReferenceErrors, ReferenceFault};
pub use record::{Applied, Basis, Undecidable};
pub use reference::{Reference, Replacement};
pub use roster::{Epoch, Roster};
pub use rows::{Beginning, BodySession, Doubt, Person, RosterRow, SchemeRow, Status};
pub use ruling::{Alternative, Ground, Ruling, Setting};
pub use scheme::{People, Scheme, key_of_name};
pub use sessions::Sessions;
pub use words::{
    AssumedFindings, Chair, ChairVotes, LeadsTo, MemberKind, QuorumUse, SuspendedCount, Terms,
};
