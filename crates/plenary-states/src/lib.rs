#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod bodies;
mod codes;
mod column;
mod cut;
mod entity;
mod explain;
mod fold;
mod groups;
mod hash;
mod judge;
mod lookup;
mod meaning;
mod membership;
mod names;
mod near;
mod prose;
mod repair;
mod resolve;
mod succession;
mod tables;
mod user_groups;

pub use bodies::{
    body_members_on, council_confirmed_until, council_days_of_change, council_horizon, council_on,
    permanent_members_on,
};
pub use codes::{CodeSpell, CodeSystem, CodeSystemError, explain_code, resolve_code};
pub use column::ColumnResolver;
pub use entity::{Entity, Kind, entities, entity};
pub use explain::{
    Candidate, DaysInUse, Resolution, When, Why, explain, explain_name_or_code, explain_within,
};
pub use fold::fold;
pub use groups::{GroupSpell, RegionalGroup, group_members_on, regional_group_on};
pub use meaning::days_of_change;
pub use membership::{
    Begins, Change, Epoch, Spell, Status, Suspension, changes_on, epoch_on, epochs, is_member,
    may_participate, member_count_on, member_counts_on, members_on, suspensions_in,
};
pub use names::{Name, NameKind, name_on};
pub use prose::{Listed, split_names};
pub use resolve::{How, resolve, resolve_how};
pub use succession::{Relation, Succession, holder_on, successions};
pub use user_groups::{Groups, GroupsError};
