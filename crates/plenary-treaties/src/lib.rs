#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod acts;
mod agreement;
mod assemble;
mod career;
mod collection;
mod report;
mod timeline;
mod treaty;
pub mod vanished;

pub use acts::{ActsError, acts_from_csv};
pub use assemble::Source;
pub use collection::{Collection, CollectionError, KnownTreaty};
pub use report::{PartiesOn, Report};
pub use timeline::{AssumedEnd, Completion, Entry, EntryIntoForce, Status, Timeline};
pub use treaty::{Registration, Treaty};
