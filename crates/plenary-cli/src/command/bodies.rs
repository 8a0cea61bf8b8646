//! `plenary bodies`: the bodies on record, or what is on record of one.

use std::io::Write;

use plenary::{BodyAccount, BodySummary, describe_body, list_bodies};

use super::input::ReferenceArgs;
use crate::exit::{Exit, Result};
use crate::output::{BOLD, DIM, Format, Output, many, visible};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// A body, such as unsc; without one, all are listed
    body: Option<String>,
    #[command(flatten)]
    reference: ReferenceArgs,
    /// Output format
    #[arg(long, default_value = "human")]
    pub(super) format: Format,
}

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    let reference = args.reference.reference()?;
    warn(&reference, output);
    match &args.body {
        Some(id) => {
            let body = describe_body(&reference, id)?;
            match args.format {
                Format::Json => output.json(&body)?,
                Format::Human => one(&body, output)?,
            }
        }
        None => {
            let all = list_bodies(&reference);
            match args.format {
                Format::Json => output.json(&all)?,
                Format::Human => list(&all, output)?,
            }
        }
    }
    Ok(Exit::Clean)
}

/// Says what the authors of the files should know.
pub(super) fn warn(reference: &plenary::bodies::Reference, output: &Output) {
    for warning in reference.warnings() {
        output.remark(&format!("warning: {warning}; {}", warning.help));
    }
}

fn list(all: &[BodySummary], output: &Output) -> Result<()> {
    let mut out = output.stdout();
    for body in all {
        let roster = body
            .roster
            .map_or("no members by name", |_| "members by name");
        let kinds = many(body.kinds.len(), "kind");
        writeln!(
            out,
            "{BOLD}{:<24}{BOLD:#} {}  {DIM}{}, {roster}, {kinds} of question, {}{DIM:#}",
            body.id,
            visible(&body.name),
            years(body),
            body.layers.join(" + "),
        )?;
    }
    Ok(out.flush()?)
}

fn years(body: &BodySummary) -> String {
    match body.to {
        Some(to) => format!("{} to {to}", body.from),
        None => format!("since {}", body.from),
    }
}

fn one(body: &BodyAccount, output: &Output) -> Result<()> {
    let mut out = output.stdout();
    let summary = &body.summary;
    writeln!(
        out,
        "{BOLD}{}{BOLD:#} {DIM}({}){DIM:#}",
        visible(&summary.name),
        summary.id
    )?;
    let mut line = |name: &str, text: &str| writeln!(out, "  {name:<14} {}", visible(text));
    line("exists", &years(summary))?;
    if let Some(of) = &body.members_of {
        line("members of", of.as_str())?;
    }
    match summary.roster {
        Some(rows) => {
            let from = body
                .known_from
                .map(|day| format!(", complete from {day} on"));
            let until = body
                .known_until
                .map(|day| format!(", complete before {day}"));
            let days = [from, until].into_iter().flatten().collect::<String>();
            line("roster", &format!("{}{days}", many(rows, "row")))?;
        }
        None => line("roster", "none: its members are not on record by name")?,
    }
    for seats in &body.seats {
        line(
            "seats",
            &format!("{} {}, {}", seats.count, seats.span, seats.source),
        )?;
    }
    if body.sessions > 0 {
        line("sessions", &format!("{} on record", body.sessions))?;
    }
    if !body.symbols.is_empty() {
        line("symbols", &body.symbols.join(", "))?;
    }
    if let Some(scheme) = &body.show_groups {
        line("shown by", scheme)?;
    }
    if let Some(kind) = &body.default_kind {
        line("usual kind", kind)?;
    }
    line("layers", &summary.layers.join(" + "))?;
    for rule in &body.rules {
        let doubt = if rule.unverified { " (unverified)" } else { "" };
        writeln!(
            out,
            "\n  {BOLD}{}{BOLD:#} {DIM}{}{DIM:#}",
            rule.kind, rule.span
        )?;
        writeln!(out, "    {}", rule.requirement)?;
        if !rule.source.is_empty() {
            writeln!(out, "    {DIM}{}{doubt}{DIM:#}", visible(&rule.source))?;
        }
    }
    Ok(out.flush()?)
}
