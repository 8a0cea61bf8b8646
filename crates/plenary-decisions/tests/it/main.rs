//! What the crate promises, seen from outside.

mod library;
mod text;
mod vectors;
