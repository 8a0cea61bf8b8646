//! Who existed when: UN membership, names, codes and groups of states, as of a date
#![forbid(unsafe_code)]
