//! Agreement scores, cohesion, ideal points and voting power, as their sources define them
#![deny(unsafe_code)]

pub mod ideal;
