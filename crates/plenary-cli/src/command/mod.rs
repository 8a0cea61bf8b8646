//! The commands, one file each.

mod compact;
mod completions;
mod show;

use clap::Subcommand;

use crate::exit::Result;
use crate::output::Output;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Show one agreement: how it was decided and why, who voted how, acts and sources
    Show(show::Args),
    /// Print a completion script for a shell
    Completions(completions::Args),
}

/// Runs a command; without one, the built-in Compact is checked and shown.
pub(crate) fn run(command: Option<Command>, output: &Output) -> Result {
    match command {
        None => compact::run(output),
        Some(Command::Show(args)) => show::run(&args, output),
        Some(Command::Completions(args)) => completions::run(&args),
    }
}
