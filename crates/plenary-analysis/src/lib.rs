//! Agreement scores, cohesion, ideal points and voting power, as their sources define them
#![forbid(unsafe_code)]
