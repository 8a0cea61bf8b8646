//! The command and the workspace as a user meets them.

mod arrows;
mod compact;
mod schema;
