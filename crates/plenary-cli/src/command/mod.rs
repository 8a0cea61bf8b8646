//! The commands, one file each.

mod acts;
mod agree;
mod bodies;
mod check;
mod cite;
mod claims;
mod cohesion;
mod compact;
mod compare;
mod completions;
mod decide;
pub(crate) mod destination;
mod explain;
mod grouping;
mod ideal;
mod import;
mod input;
mod mapping;
mod members;
mod new;
mod parties;
mod power;
mod report;
mod resolve;
mod resolve_report;
mod results;
mod rule;
mod rules;
mod selecting;
mod show;
mod sponsors;
mod tally;
mod template;
mod treaty;
mod treaty_page;
mod votes;

use chrono::NaiveDate;
use clap::Subcommand;
use plenary::Unusable;
use plenary::types::{Date, DateError};
use serde::Serialize;

use crate::exit::{Failure, Result};
use crate::output::{Format, Output};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Recognise, import and check files: what is wrong with them, and where
    Check(check::Args),
    /// Extract the claims of a press report about a vote, and check them against the record
    Claims(claims::Args),
    /// Compare two sources of the same votes: what differs, and what the differences have in common
    Compare(compare::Args),
    /// Explain a check: what it finds, why, an example, how to waive it
    Explain(explain::Args),
    /// Read files of any known format and write them as one dataset folder
    Import(import::Args),
    /// List the bodies on record, or show one: since when, its members, seats, rules and sessions
    Bodies(bodies::Args),
    /// List the members of a body on a day
    Members(members::Args),
    /// Say which state a name or a code means, on a day, and why
    Resolve(resolve::Args),
    /// List the decision rules and the checks
    Rules(rules::Args),
    /// Show one agreement: how it was decided and why, who voted how, acts and sources
    Show(show::Args),
    /// Make a page of an agreement or a dataset: one HTML file with pictures, tables and the data, or a PDF or picture of it
    Report(report::Args),
    /// List the votes that are selected, with results or with who voted how, as a table that other programs open
    Votes(votes::Args),
    /// Decide a vote by any rule, from its counts or its ballots
    Decide(decide::Args),
    /// When a treaty entered into force, and who its parties are on a day
    Treaty(treaty::Args),
    /// Who was what to treaties over time: spells, a panel by year, counts, signed and not ratified
    Parties(parties::Args),
    /// List acts of participants on agreements: signatures, consents, withdrawals, reservations, objections
    Acts(acts::Args),
    /// Who sponsors drafts, and with whom
    Sponsors(sponsors::Args),
    /// Write the files of a body of your own, to fill in
    New(new::Args),
    /// Propose a mapping file for a table that is in no known format
    Mapping(mapping::Args),
    /// Print a table of votes, or a mapping file, to fill in
    Template(template::Args),
    /// How far groups of voters vote together, how alike they are, how loyal their members
    Cohesion(cohesion::Args),
    /// Count choices: shares of yes and of abstentions, attendance, with the majority, alone
    Tally(tally::Args),
    /// Voting power in a body under its real rule: Banzhaf and Shapley-Shubik
    Power(power::Args),
    /// How pairs of voters voted together: agreement, coincidence, S, kappa, pi
    Agree(agree::Args),
    /// Estimate ideal points: where voters stand, from how they voted
    Ideal(ideal::Args),
    /// How to cite a dataset, a source, a figure or table, or plenary itself
    Cite(cite::Args),
    /// Print a completion script for a shell
    Completions(completions::Args),
}

/// A day that is typed on the command line.
fn day(text: &str) -> std::result::Result<NaiveDate, String> {
    let date: Date = text.parse().map_err(|error: DateError| error.to_string())?;
    let is_no_day = || format!("`{text}` is not a day: expected YYYY-MM-DD");
    date.as_day().ok_or_else(is_no_day)
}

impl Command {
    /// Whether stdout is to hold one JSON document; `check` says in its own form what it could not use.
    fn prints_json(&self) -> bool {
        match self {
            Self::Explain(explain::Args { format, .. })
            | Self::Import(import::Args { format, .. })
            | Self::Bodies(bodies::Args { format, .. })
            | Self::Rules(rules::Args { format, .. })
            | Self::Show(show::Args { format, .. })
            | Self::Decide(decide::Args { format, .. })
            | Self::Treaty(treaty::Args { format, .. }) => *format == Format::Json,
            Self::Acts(acts::Args { results, .. })
            | Self::Agree(agree::Args { results, .. })
            | Self::Cohesion(cohesion::Args { results, .. })
            | Self::Ideal(ideal::Args { results, .. })
            | Self::Members(members::Args { results, .. })
            | Self::Parties(parties::Args { results, .. })
            | Self::Resolve(resolve::Args { results, .. })
            | Self::Sponsors(sponsors::Args { results, .. })
            | Self::Tally(tally::Args { results, .. }) => results.prints_json(),
            Self::Claims(args) => args.prints_json(),
            Self::Votes(args) => args.prints_json(),
            Self::Compare(args) => args.format == compare::Format::Json,
            Self::Power(args) => args.format == power::Format::Json && args.output.is_none(),
            Self::Check(_)
            | Self::Cite(_)
            | Self::Mapping(_)
            | Self::New(_)
            | Self::Report(_)
            | Self::Template(_)
            | Self::Completions(_) => false,
        }
    }
}

/// Runs a command; without one, the built-in Compact is checked and shown. A failure that leaves stdout empty where a JSON
/// document was asked for is that document (docs/schema/unusable.schema.json).
pub(crate) fn run(command: Option<Command>, output: &Output) -> Result {
    let prints_json = command.as_ref().is_some_and(Command::prints_json);
    let result = dispatch(command, output);
    if let Err(failure) = &result
        && prints_json
        && !failure.is_broken_pipe()
        && !output.has_printed()
    {
        print_no_result(failure, output)?;
    }
    result
}

/// Prints in place of a result why there is none.
pub(crate) fn print_no_result(failure: &Failure, output: &Output) -> Result<()> {
    let path = failure.place().path.as_deref();
    output.json(&NoResult {
        unusable: [Unusable::new(
            path.unwrap_or("command line"),
            failure.to_string(),
            failure.help().map(str::to_owned),
        )],
    })
}

/// What is printed in place of a result.
#[derive(Serialize)]
struct NoResult {
    unusable: [Unusable; 1],
}

fn dispatch(command: Option<Command>, output: &Output) -> Result {
    match command {
        None => compact::run(output),
        Some(Command::Check(args)) => check::run(&args, output),
        Some(Command::Cite(args)) => cite::run(&args, output),
        Some(Command::Claims(args)) => claims::run(&args, output),
        Some(Command::Compare(args)) => compare::run(&args, output),
        Some(Command::Explain(args)) => explain::run(&args, output),
        Some(Command::Import(args)) => import::run(&args, output),
        Some(Command::Bodies(args)) => bodies::run(&args, output),
        Some(Command::New(args)) => new::run(&args, output),
        Some(Command::Members(args)) => members::run(&args, output),
        Some(Command::Resolve(args)) => resolve::run(&args, output),
        Some(Command::Rules(args)) => rules::run(&args, output),
        Some(Command::Show(args)) => show::run(&args, output),
        Some(Command::Report(args)) => report::run(&args, output),
        Some(Command::Votes(args)) => votes::run(&args, output),
        Some(Command::Decide(args)) => decide::run(&args, output),
        Some(Command::Treaty(args)) => treaty::run(&args, output),
        Some(Command::Parties(args)) => parties::run(&args, output),
        Some(Command::Acts(args)) => acts::run(&args, output),
        Some(Command::Sponsors(args)) => sponsors::run(&args, output),
        Some(Command::Mapping(args)) => mapping::run(&args, output),
        Some(Command::Template(args)) => template::run(&args, output),
        Some(Command::Cohesion(args)) => cohesion::run(&args, output),
        Some(Command::Tally(args)) => tally::run(&args, output),
        Some(Command::Power(args)) => power::run(&args, output),
        Some(Command::Agree(args)) => agree::run(&args, output),
        Some(Command::Ideal(args)) => ideal::run(&args, output),
        Some(Command::Completions(args)) => completions::run(&args, output),
    }
}

/// What is known of a treaty and what follows from it, as `plenary treaty` prints it below the title.
pub(crate) fn treaty_status(lines: &[plenary::page::StatusLine]) -> String {
    let mut text = Vec::new();
    let written = treaty_page::status(lines, &mut text);
    debug_assert!(written.is_ok(), "writing to memory does not fail");
    String::from_utf8_lossy(&text).into_owned()
}
