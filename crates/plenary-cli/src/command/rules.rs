//! `plenary rules`: the decision rules, for `decide --rule`, and the checks, for `explain`.

use std::io::Write;

use serde_json::json;

use super::explain;
use super::input::ReferenceArgs;
use crate::exit::{Exit, Result};
use crate::output::{BOLD, DIM, Format, Output};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Output format
    #[arg(long, default_value = "human")]
    pub(super) format: Format,
    #[command(flatten)]
    reference: ReferenceArgs,
}

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    let reference = args.reference.reference()?;
    super::bodies::warn(&reference, output);
    let rules = reference.library().rules();
    if args.format == Format::Json {
        output.json(&json!({"rules": rules, "checks": explain::entries()}))?;
        return Ok(Exit::Clean);
    }
    let mut out = output.stdout();
    writeln!(
        out,
        "{BOLD}Decision rules{BOLD:#} {DIM}(plenary decide --rule RULE){DIM:#}\n"
    )?;
    for rule in rules {
        let doubt = if rule.unverified { " (unverified)" } else { "" };
        writeln!(out, "  {BOLD}{:<26}{BOLD:#} {}{doubt}", rule.id, rule.title)?;
        writeln!(out, "  {:<26} {}", "", rule.requirement)?;
        writeln!(
            out,
            "  {:<26} {DIM}{}, {}{DIM:#}",
            "", rule.span, rule.source
        )?;
    }
    writeln!(
        out,
        "\n{BOLD}Checks{BOLD:#} {DIM}(plenary explain CHECK){DIM:#}\n"
    )?;
    explain::list(&mut out)?;
    out.flush()?;
    Ok(Exit::Clean)
}
