#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

// Each layer uses those before it only; `tests/it/layers.rs` holds that.
mod facts;
mod resolve;
mod rows;
mod user_groups;

pub use facts::entity::{Entity, entities, entity};
pub use facts::names::name_on;
pub use facts::succession::{holder_on, successions};
pub use resolve::changes::days_of_change;
pub use resolve::fold::fold;
pub use resolve::found::MatchKind;
pub use resolve::prose::{ListedName, split_names};
pub use resolve::resolution::{Candidate, MatchReason, Resolution, Validity};
pub use resolve::resolver::{Resolver, resolve};
pub use rows::code::{CodeSpell, CodeSystem, CodeSystemError};
pub use rows::entity::EntityKind;
pub use rows::spelling::{Name, NameKind};
pub use rows::succession::{Relation, Succession};
pub use user_groups::Groups;
