//! `plenary mapping`: a mapping file proposed for a table.

use std::io::Write;
use std::path::PathBuf;

use plenary::{Input, Settings, propose_mapping};

use super::destination;
use crate::exit::{Exit, Result};
use crate::output::Output;

const AFTER: &str = "\
Save the proposal, look through it, and read the table with it: `plenary mapping votes.csv > votes.toml`, `plenary check --mapping \
votes.toml votes.csv`. What could not be told stands in it as a remark; docs/formats/mapping.md explains every key.

Exit codes: 0 the proposal can be used as it is, 1 something that a mapping needs could not be told, 2 unusable input.";

#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct Args {
    /// A table of votes, packed or not; FILE#TABLE of a file of several
    #[arg(value_name = "FILE")]
    path: PathBuf,
}

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    destination::reading(&args.path)?;
    let input = Input::from(&args.path);
    let proposed = propose_mapping(&input, &Settings::default())?;
    let mut out = output.raw();
    out.write_all(proposed.text().as_bytes())?;
    out.flush()?;
    Ok(match proposed.is_complete() {
        true => Exit::Clean,
        false => Exit::Findings,
    })
}
