#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod output;

pub use output::{Form, UnknownForm, WriteError};
