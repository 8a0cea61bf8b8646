#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod entity;
mod fold;
mod groups;
mod hash;
mod lookup;
mod membership;
mod names;
mod resolve;
mod tables;

pub use entity::{Entity, Kind, entities, entity};
pub use fold::fold;
pub use groups::{GroupSpell, RegionalGroup, group_members_on, regional_group_on};
pub use membership::{
    Change, Epoch, Spell, changes_on, epoch_on, epochs, is_member, may_participate,
    member_count_on, member_counts_on, members_on,
};
pub use names::{Name, NameKind, name_on};
pub use resolve::{How, resolve, resolve_how};
