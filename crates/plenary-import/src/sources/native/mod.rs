//! The native JSON document and the dataset folder.

mod dataset;
mod document;
mod fault;
mod integrity;
mod place;
mod stream;
mod tables;

pub(crate) use dataset::FORMAT as DATASET;
pub use dataset::{DatasetInfo, ReferenceFiles, carried_reference, replace_dataset, write_dataset};
pub(crate) use document::FORMAT as DOCUMENT;
pub use tables::write_tables;
