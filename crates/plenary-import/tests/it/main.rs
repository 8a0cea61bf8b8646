//! What the adapters promise, held against real data and against files broken on purpose.

mod accounts;
mod broken;
mod native;
