#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod compare;
mod csv;
mod error;
mod format;
mod input;
mod lines;
mod mapping;
#[cfg(feature = "marcxml")]
mod marcxml;
mod names;
mod native;
mod read;
mod record;
mod rollcall;
mod typed;
mod undl;
pub mod untc;

pub use error::{ImportError, Rejected};
pub use format::{Format, Nearest, Recognition, recognise};
pub use lines::source_lines;
pub use mapping::{Mapping, MappingError};
pub use native::{DatasetInfo, write_dataset, write_tables};
pub use read::{read, read_bytes};
pub use record::{Import, Options, Progress, Record, Summary};
pub use typed::template;
