#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod base;
mod body;
mod election;
mod electorate;
mod embedded;
mod facts;
mod known;
mod lazy;
pub mod library;
mod pattern;
mod read;
mod record;
mod reference;
mod roster;
mod ruling;
mod scheme;
mod sessions;

pub use base::{Base, BaseSource};
pub use body::{
    AssumedFindings, Body, BodyName, Chair, ChairVotes, Kind, LeadsTo, MemberKind, Seats,
    SuspendedCount, Terms,
};
pub use election::{CountedRound, Uncounted};
pub use electorate::Electorate;
pub use known::KnownDecision;
pub use library::{InForce, Library};
pub use pattern::{Pattern, PatternError, PatternParts};
pub use read::{QuorumUse, ReferenceErrors, ReferenceFault};
pub use record::{Applied, Basis, Undecidable};
pub use reference::Reference;
pub use roster::{Beginning, Doubt, Epoch, Roster, RosterRow, Status};
pub use ruling::{Alternative, Ground, Ruling, Setting};
pub use scheme::{People, Person, Scheme, SchemeRow};
pub use sessions::{BodySession, Sessions};
