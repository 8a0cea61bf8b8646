//! `plenary show`: one agreement as a page.

use crate::exit::{Exit, Result};
use crate::output::{Format, Output};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The agreement's symbol, such as A/RES/73/195
    symbol: String,
    /// The form of the result
    #[arg(long, default_value = "human")]
    format: Format,
}

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    let compact = &plenary::global_compact()?;
    match args.format {
        Format::Json => output.json(compact)?,
        Format::Human => super::compact::page(compact, output)?,
    }
    Ok(Exit::Clean)
}
