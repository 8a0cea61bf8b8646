//! Mapping files.
/// A mapping.
#[derive(Clone, Debug)]
pub struct Mapping;
