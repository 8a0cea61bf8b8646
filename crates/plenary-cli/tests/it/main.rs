//! The command and the workspace as a user meets them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod analysis;
mod arrows;
mod asked;
mod bodies;
mod check;
mod cite;
mod claims;
mod cohesion;
mod compact;
mod compare;
mod congress;
mod cookbook;
mod decide;
mod decisions;
mod distributed;
mod edited;
mod escapes;
mod files_at_hand;
mod findings;
mod hostile;
mod import;
mod inputs;
mod known_dates;
mod no_body;
mod outputs;
mod own_body;
mod parties;
mod persons;
mod power;
mod printed;
mod public_data;
mod python_package;
mod r_package;
mod readme;
mod resolve_table;
mod sarif;
mod schema;
mod states;
mod tally;
mod votes;
mod votes_and_treaties;
