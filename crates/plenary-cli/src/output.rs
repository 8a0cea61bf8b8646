//! Where results go: results to stdout, progress and errors to stderr, colour only where it is wanted.

use std::io::{self, IsTerminal, Write};

use anstream::ColorChoice;
use anstyle::{AnsiColor, Style};
use clap::ValueEnum;
use serde::Serialize;

use crate::exit::Failure;

/// The form of a result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    #[default]
    Human,
    /// One JSON document, of a stable form.
    Json,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How much to say on stderr.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verbosity {
    Quiet,
    Normal,
    Verbose,
}

pub(crate) const BOLD: Style = Style::new().bold();
pub(crate) const DIM: Style = Style::new().dimmed();
pub(crate) const ERROR: Style = AnsiColor::Red.on_default().bold();
pub(crate) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
pub(crate) const NOTE: Style = AnsiColor::Cyan.on_default().bold();
pub(crate) const GOOD: Style = AnsiColor::Green.on_default().bold();

/// The two streams of a command.
pub(crate) struct Output {
    verbosity: Verbosity,
}

impl Output {
    pub(crate) fn new(when: When, verbosity: Verbosity) -> Self {
        match when {
            When::Auto => ColorChoice::Auto,
            When::Always => ColorChoice::Always,
            When::Never => ColorChoice::Never,
        }
        .write_global();
        Self { verbosity }
    }

    /// Stdout, buffered; styles are dropped where colour is not wanted. Flush it before it goes.
    pub(crate) fn stdout(&self) -> impl Write + use<> {
        io::BufWriter::new(anstream::AutoStream::auto(io::stdout().lock()))
    }

    /// Stdout, buffered, for results that are never styled. Flush it before it goes.
    pub(crate) fn raw(&self) -> impl Write + use<> {
        io::BufWriter::with_capacity(1 << 16, io::stdout().lock())
    }

    /// Prints a result as one JSON document and a line break.
    pub(crate) fn json(&self, value: &impl Serialize) -> Result<(), Failure> {
        let mut out = self.raw();
        serde_json::to_writer_pretty(&mut out, value).map_err(io::Error::from)?;
        out.write_all(b"\n")?;
        Ok(out.flush()?)
    }

    /// Whether to draw progress: only for a person who is watching.
    pub(crate) fn shows_progress(&self) -> bool {
        self.verbosity != Verbosity::Quiet && io::stderr().is_terminal()
    }

    /// Whether to say more than usual.
    pub(crate) fn is_verbose(&self) -> bool {
        self.verbosity == Verbosity::Verbose
    }

    /// Whether to say only what is asked for.
    pub(crate) fn is_quiet(&self) -> bool {
        self.verbosity == Verbosity::Quiet
    }

    /// Says why a command could not run.
    pub(crate) fn error(&self, failure: &Failure) {
        anstream::eprintln!("{ERROR}error{ERROR:#}: {failure}");
        if let Some(help) = failure.help() {
            anstream::eprintln!("  {GOOD}help{GOOD:#}: {help}");
        }
    }
}
