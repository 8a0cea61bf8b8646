//! `plenary explain`: the page of a check.

use std::io::Write;

use plenary::catalogue;
use plenary::types::Severity;
use plenary::validation::{Check, explained_by, page};
use serde::Serialize;

use crate::exit::{Exit, Failure, Result};
use crate::output::{BOLD, ERROR, Format, NOTE, Output, WARNING};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The check, such as tally-mismatch; without one, all are listed
    check: Option<String>,
    /// Output format
    #[arg(long, default_value = "human")]
    pub(super) format: Format,
}

/// A check in JSON.
#[derive(Serialize)]
pub(super) struct Entry {
    name: &'static str,
    summary: &'static str,
    severity: Severity,
    scope: &'static str,
    why: &'static str,
    sources: &'static [&'static str],
    fails: &'static str,
    mended: &'static str,
    waive: &'static str,
    /// Checks of single votes whose findings a finding of this one makes superfluous.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    explains: &'static [&'static str],
}

impl From<&Check> for Entry {
    fn from(check: &Check) -> Self {
        let (fails, mended) = check.example.texts();
        Self {
            name: check.name,
            summary: check.summary,
            severity: check.severity,
            scope: check.run.scope(),
            why: check.why,
            sources: check.sources,
            fails,
            mended,
            waive: check.waive,
            explains: explained_by(check.name),
        }
    }
}

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    let Some(name) = &args.check else {
        return list_checks(args.format, output);
    };
    let check = catalogue().try_find(name).map_err(|unknown| {
        Failure::new(unknown.to_string()).with_help("`plenary explain` lists every check")
    })?;
    match args.format {
        Format::Json => output.json(&Entry::from(check))?,
        Format::Human => {
            let mut out = output.stdout();
            out.write_all(page(check).as_bytes())?;
            out.flush()?;
        }
    }
    Ok(Exit::Clean)
}

pub(super) fn entries() -> Vec<Entry> {
    catalogue()
        .checks()
        .iter()
        .map(|check| Entry::from(*check))
        .collect()
}

/// Lists the checks.
fn list_checks(format: Format, output: &Output) -> Result {
    if format == Format::Json {
        output.json(&entries())?;
        return Ok(Exit::Clean);
    }
    let mut out = output.stdout();
    list(&mut out)?;
    out.flush()?;
    Ok(Exit::Clean)
}

pub(super) fn list(out: &mut impl Write) -> Result<()> {
    for check in catalogue().checks() {
        let style = match check.severity {
            Severity::Error => ERROR,
            Severity::Warning => WARNING,
            Severity::Note => NOTE,
        };
        writeln!(
            out,
            "  {BOLD}{:<26}{BOLD:#} {style}{:<7}{style:#} {}",
            check.name, check.severity, check.summary
        )?;
    }
    Ok(())
}
