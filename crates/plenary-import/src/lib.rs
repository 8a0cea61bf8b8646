#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod catalogue;
mod check;
pub mod citation;
#[cfg_attr(
    not(feature = "containers"),
    allow(dead_code, reason = "what only the containers use that are left out")
)]
mod containers;
mod csv;
mod error;
mod fields;
pub mod files;
mod format;
mod hashed;
mod input;
mod json;
mod lines;
mod names;
mod options;
mod origin;
mod packing;
mod parallel;
mod places;
mod plain;
mod read;
mod recognise;
mod recognition;
mod record;
mod results;
mod sample;
mod shipped;
mod sources;
mod spelling;
mod texts;
#[cfg(feature = "xml")]
mod xml;

pub use catalogue::{Formats, catalogue, recognise};
pub use check::ReaderCheck;
pub use containers::{parquet_metadata, split as file_and_table};
pub use csv::columns::{Column, Content, column};
pub use error::{ImportError, Rejected};
pub use format::{Fit, Format, Reader, Recognise};
pub use input::{Input, Limit, Progress};
pub use lines::{header_row, source_lines};
pub use options::{NameLookup, Options};
pub use origin::Places;
pub use parallel::in_order;
pub use places::{PlacedRow, PlacedRows, placed_fields, placed_rows, unquoted};
pub use plain::{PlainColumn, PlainTable, plain_table_of, read_plain_table};
pub use read::{
    format_of, propose_mapping, propose_mapping_for, read, read_bytes, read_prose, read_text,
    tables_beside,
};
pub use recognition::{Nearest, Recognition};
pub use record::{ColumnUse, Import, Record, Records, Summary};
pub use shipped::{shipped_mapping, shipped_mappings};
pub use sources::mapping::{
    Encoding, EncodingError, Mapping, MappingError, MemberTable, MembersMapping, ProposedMapping,
    read_members,
};
pub use sources::native::{
    DatasetInput, ReferenceFiles, carried_reference, dataset_inputs, dataset_sources,
    reference_folder,
};
pub use sources::typed::template;
pub use sources::untc::participant;
pub use spelling::Spelling;
