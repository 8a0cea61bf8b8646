//! International agreements as data: the facade of the plenary crates, with the Global Compact built in
#![forbid(unsafe_code)]
