//! Tables written in each form, and read back by another library.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on fails by panicking"
)]

mod forms;
mod layout;
mod tables;
