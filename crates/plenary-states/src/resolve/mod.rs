//! From a printed text to the entity it means.

pub(crate) mod changes;
mod claims;
mod cut;
pub(crate) mod fold;
pub(crate) mod found;
mod letters;
mod lookup;
mod near;
pub(crate) mod prose;
mod repair;
pub(crate) mod resolution;
pub(crate) mod resolver;
