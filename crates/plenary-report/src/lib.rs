#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod browser;
mod dataset;
mod download;
mod error;
mod escape;
mod render;
mod svg;
mod templates;
mod texts;

pub use browser::{Browser, Drawing};
pub use error::ReportError;
pub use render::{ReportOptions, html};
pub use templates::Templates;
pub use texts::Texts;
