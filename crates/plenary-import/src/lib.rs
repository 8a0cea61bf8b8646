//! Adapters that read the sources of international votes and treaties into plenary's types
#![forbid(unsafe_code)]

pub mod untc;
