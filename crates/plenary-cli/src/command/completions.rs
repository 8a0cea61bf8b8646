//! `plenary completions`: a completion script for a shell.

use std::io::Write;

use clap::CommandFactory;
use clap_complete::Shell;

use crate::exit::{Exit, Result};
use crate::output::Output;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The shell to complete in
    shell: Shell,
}

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    let mut command = crate::Cli::command();
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "plenary", &mut script);
    let mut out = output.raw();
    out.write_all(&script)?;
    out.flush()?;
    Ok(Exit::Clean)
}
