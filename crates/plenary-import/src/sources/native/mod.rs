//! The native JSON document and the dataset folder.

mod dataset;
mod document;
mod fault;
mod integrity;
mod place;
mod stream;
mod tables;

pub(crate) use dataset::FORMAT as DATASET;
pub use dataset::{
    DatasetInput, ReferenceFiles, carried_reference, dataset_inputs, dataset_sources,
    reference_folder,
};
pub(crate) use document::FORMAT as DOCUMENT;
