#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
// What the adapters share is whole in every build, whichever of them are in it.
#![cfg_attr(
    not(all(
        feature = "mapping",
        feature = "marcxml",
        feature = "native",
        feature = "rollcalls",
        feature = "typed",
        feature = "undl",
        feature = "untc"
    )),
    allow(dead_code, unused_variables)
)]

mod check;
mod csv;
mod error;
pub mod files;
mod format;
mod input;
mod lines;
#[cfg(feature = "mapping")]
mod mapping;
#[cfg(feature = "marcxml")]
mod marcxml;
mod names;
#[cfg(feature = "native")]
mod native;
mod parallel;
mod places;
mod read;
mod record;
#[cfg(feature = "rollcalls")]
mod rollcall;
#[cfg(feature = "mapping")]
mod spelling;
mod texts;
#[cfg(feature = "typed")]
mod typed;
#[cfg(feature = "undl")]
mod undl;
#[cfg(feature = "untc")]
pub mod untc;

pub use check::ReaderCheck;
pub use error::{ImportError, Rejected};
pub use format::{Format, Nearest, Recognition, recognise};
pub use lines::{header_row, source_lines};
#[cfg(feature = "mapping")]
pub use mapping::{Mapping, MappingError};
#[cfg(feature = "native")]
pub use native::{DatasetInfo, replace_dataset, write_dataset, write_tables};
pub use places::{PlacedRow, PlacedRows, placed_fields, placed_rows, unquoted};
pub use read::{read, read_bytes, read_text};
pub use record::{Import, Options, Progress, Record, Summary};
#[cfg(feature = "mapping")]
pub use spelling::Spelling;
#[cfg(feature = "typed")]
pub use typed::template;
