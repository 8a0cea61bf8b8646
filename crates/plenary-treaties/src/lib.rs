#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod acts;
mod agreement;
mod assemble;
mod collection;
mod difference;
mod history;
pub mod practice;
mod report;
mod spells;
mod timeline;
mod treaty;

pub use acts::{acts_from_csv, is_number, same_id};
pub use assemble::{AdoptedClause, Assembled, BuiltInActs, Source};
pub use collection::{Collection, CollectionError, KnownTreaty, title_has};
pub use difference::{Difference, DifferenceReason};
pub use practice::is_organisation;
pub use report::{Basis, Between, BuiltInReport, Counts, PartiesOn, Report, SuppliedReport};
pub use spells::{Participation, Spell};
pub use timeline::{
    Completion, Entry, EntryIntoForce, OpenReason, OpenWithdrawal, Status, StatusError, Succeeded,
    Timeline,
};
pub use treaty::{Notice, Registration, Treaty};
