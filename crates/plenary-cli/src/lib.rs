#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod asked;
mod command;
mod exit;
mod findings;
mod output;
mod page;
mod signals;

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

pub use asked::{
    Answer, ArgumentKind, ArgumentSpec, Given, Host, Message, MessageKind, Question, QuestionSpec,
    Refused, ask, questions,
};

use crate::exit::{Exit, Failure};
use crate::output::{Output, Verbosity};

/// International agreements as data: who agreed, how each state voted, and whether the record adds up.
///
/// Without a command, plenary checks the built-in Global Compact for Migration and prints what it found.
#[derive(Parser)]
#[command(name = "plenary", version, max_term_width = 100, after_help = EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    command: Option<command::Command>,
    /// When to use colour.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: output::When,
    /// Print no progress and no hints.
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Say more about what is being done.
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    verbose: bool,
}

const EXIT_CODES: &str =
    "Exit codes: 0 clean, 1 findings at error level, 2 unusable input or arguments.";

/// Runs the command with arguments, the first of which is its own name, and says how it ended: 0 clean, 1 findings at error level,
/// 2 unusable input or arguments.
///
/// It writes to standard output and standard error. Signals that end a process are handled from here on: what is half written is
/// removed first.
pub fn run(arguments: impl IntoIterator<Item = impl Into<OsString>>) -> ExitCode {
    signals::watch();
    let arguments: Vec<OsString> = arguments.into_iter().map(Into::into).collect();
    output::note_arguments(&arguments);
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(answer) => return answered(&answer),
    };
    let verbosity = match (cli.quiet, cli.verbose) {
        (true, _) => Verbosity::Quiet,
        (_, true) => Verbosity::Verbose,
        _ => Verbosity::Normal,
    };
    let output = Output::new(cli.color, verbosity);
    ended(carried_out(cli.command, &output), &output)
}

/// Runs a command. What went wrong first on stdout goes before what came of it.
fn carried_out(command: Option<command::Command>, output: &Output) -> exit::Result {
    match (command::run(command, output), output.trouble()) {
        (Err(_), Some(error)) => Err(Failure::not_written(STDOUT, error)),
        (result, _) => result,
    }
}

const STDOUT: &str = "standard output";

fn ended(result: exit::Result, output: &Output) -> ExitCode {
    match result {
        Ok(exit) => exit.into(),
        Err(error) if error.is_broken_pipe() => Exit::Clean.into(),
        Err(error) => {
            output.error(&error);
            Exit::Unusable.into()
        }
    }
}

/// Prints what the arguments came to without a command: help and the version, or what is wrong with them.
fn answered(answer: &clap::Error) -> ExitCode {
    let printed = output::print_answer(answer).and_then(|()| std::io::stdout().flush());
    let plain = Output::new(output::When::Auto, Verbosity::Normal);
    if answer.use_stderr() && asks_for_json() {
        let message = answer.to_string();
        let message = message.lines().next().unwrap_or_default();
        let failure = Failure::new(message.trim_start_matches("error: "));
        return ended(
            command::print_no_result(&failure, &plain).map(|()| Exit::Unusable),
            &plain,
        );
    }
    let result = match printed {
        _ if answer.use_stderr() => Ok(Exit::Unusable),
        Ok(()) => Ok(Exit::Clean),
        Err(error) => Err(Failure::not_written(STDOUT, error)),
    };
    ended(result, &plain)
}

/// Whether the arguments ask for JSON, as far as arguments that cannot be read tell.
fn asks_for_json() -> bool {
    let arguments = output::arguments();
    let apart = arguments
        .windows(2)
        .any(|pair| pair == ["--format", "json"]);
    apart || arguments.iter().any(|argument| argument == "--format=json")
}
