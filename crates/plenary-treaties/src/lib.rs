#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod acts;
mod career;
mod collection;
mod timeline;
mod treaty;
pub mod vanished;

pub use acts::{ActsError, acts_from_csv};
pub use collection::{Collection, CollectionError, KnownTreaty};
pub use timeline::{Completion, Entry, EntryIntoForce, Status, Timeline};
pub use treaty::{Registration, Treaty};
