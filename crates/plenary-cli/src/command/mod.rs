//! The commands, one file each.

mod agree;
mod check;
mod cohesion;
mod compact;
mod compare;
mod completions;
mod decide;
mod destination;
mod explain;
mod ideal;
mod import;
mod input;
mod members;
mod power;
mod resolve;
mod results;
mod rule;
mod rules;
mod same_votes;
mod selected;
mod show;
mod template;
mod treaty;

use clap::Subcommand;

use crate::exit::Result;
use crate::output::Output;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Recognise, import and check files: what is wrong with them, and where
    Check(check::Args),
    /// Compare two sources of the same votes: what differs, and what the differences have in common
    Compare(compare::Args),
    /// Explain a check: what it finds, why, an example, how to waive it
    Explain(explain::Args),
    /// Read files of any known format and write them as one dataset folder
    Import(import::Args),
    /// List the members of a body on a day
    Members(members::Args),
    /// Say which state a name or a code means, on a day, and why
    Resolve(resolve::Args),
    /// List the decision rules and the checks
    Rules(rules::Args),
    /// Show one agreement: how it was decided and why, who voted how, acts and sources
    Show(show::Args),
    /// Decide a vote by any rule, from its counts or its ballots
    Decide(decide::Args),
    /// When a treaty entered into force, and who its parties are on a day
    Treaty(treaty::Args),
    /// Print a table of votes, or a mapping file, to fill in
    Template(template::Args),
    /// How far groups of states vote together, how alike they are, how loyal their members
    Cohesion(cohesion::Args),
    /// Voting power in a body under its real rule: Banzhaf and Shapley-Shubik
    Power(power::Args),
    /// How pairs of states voted together: agreement, coincidence, S, kappa, pi
    Agree(agree::Args),
    /// Estimate ideal points: where states stand, from how they voted
    Ideal(ideal::Args),
    /// Print a completion script for a shell
    Completions(completions::Args),
}

/// Runs a command; without one, the built-in Compact is checked and shown.
pub(crate) fn run(command: Option<Command>, output: &Output) -> Result {
    match command {
        None => compact::run(output),
        Some(Command::Check(args)) => check::run(&args, output),
        Some(Command::Compare(args)) => compare::run(&args, output),
        Some(Command::Explain(args)) => explain::run(&args, output),
        Some(Command::Import(args)) => import::run(&args, output),
        Some(Command::Members(args)) => members::run(&args, output),
        Some(Command::Resolve(args)) => resolve::run(&args, output),
        Some(Command::Rules(args)) => rules::run(&args, output),
        Some(Command::Show(args)) => show::run(&args, output),
        Some(Command::Decide(args)) => decide::run(&args, output),
        Some(Command::Treaty(args)) => treaty::run(&args, output),
        Some(Command::Template(args)) => template::run(&args, output),
        Some(Command::Cohesion(args)) => cohesion::run(&args, output),
        Some(Command::Power(args)) => power::run(&args, output),
        Some(Command::Agree(args)) => agree::run(&args, output),
        Some(Command::Ideal(args)) => ideal::run(&args, output),
        Some(Command::Completions(args)) => completions::run(&args, output),
    }
}
