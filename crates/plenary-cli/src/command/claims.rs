//! `plenary claims`: what a press report says of a vote, and whether the record bears it out.

use std::io::Write;
use std::path::PathBuf;

use plenary::import::read_prose;
use plenary::types::Source;
use plenary::validation::{ClaimJudgement, ClaimStanding};
use plenary::{Account, Input, ProposedClaims, propose_claims, show};

use super::input::{self, Progress, ReferenceArgs};
use super::show::unknown_symbol;
use crate::exit::{Exit, Failure, Result};
use crate::output::{BOLD, DIM, Output, many64, visible, warn_all};

#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct Args {
    /// The report: plain text in English, or - for the standard input
    #[arg(value_name = "TEXT")]
    report: PathBuf,
    /// The agreement that it is about, by its symbol, identifier or title
    #[arg(long, value_name = "SYMBOL")]
    about: String,
    /// The dataset folder or file that holds the agreement; without one, the built-in Compact
    #[arg(short, long, value_name = "PATH")]
    dataset: Option<PathBuf>,
    /// Say which claims hold, which the record contradicts, and which cannot be checked
    #[arg(long)]
    check: bool,
    /// The configuration; by default the plenary.toml beside the data or in a folder above it
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    reference: ReferenceArgs,
    /// Output format; JSON is described in docs/schema/claims.schema.json
    #[arg(long, default_value = "human")]
    format: Form,
}

const AFTER: &str = "\
Only plain statements are taken; what is left out is listed with the reason. --format document prints the record with the \
claims in place of its own: edit it, and run `plenary check` and `plenary show` on it.";

impl Args {
    pub(super) fn prints_json(&self) -> bool {
        self.format != Form::Human
    }
}

/// The form of the output.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    /// For people.
    Human,
    /// One JSON document, of a stable form.
    Json,
    /// The document of the agreement with these claims, to edit.
    Document,
}

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    let report = read_prose(&args.report).map_err(plenary::Error::from)?;
    let settings = input::settings(args.config.as_deref(), &args.dataset, &args.reference)?;
    let progress = Progress::new(output);
    let dataset = match &args.dataset {
        Some(dataset) => Input::from(dataset),
        None => Input::compact(),
    };
    let found = progress.cleared(|| show(&args.about, dataset, &settings))?;
    warn_all(&found.warnings, output);
    let account = match found.accounts.as_slice() {
        [] => return Err(unknown_symbol(&args.about, args.dataset.is_some(), &found)),
        [only] => only,
        several => return Err(ambiguous(&args.about, several)),
    };
    let source = Source {
        title: args.report.display().to_string(),
        ..Source::default()
    };
    let mut proposed = propose_claims(&report, &source, &account.agreement);
    if args.check {
        proposed = proposed.judged(&account.agreement);
    }
    match args.format {
        Form::Human => page(&proposed, output)?,
        Form::Json => output.json(&proposed)?,
        Form::Document => output.json(&proposed.document(&account.agreement))?,
    }
    Ok(match proposed.contradicted() {
        0 => Exit::Clean,
        _ => Exit::Findings,
    })
}

fn ambiguous(symbol: &str, accounts: &[Account]) -> Failure {
    let count = accounts.len();
    Failure::new(format!(
        "{count} records have the symbol or title `{}`",
        visible(symbol)
    ))
    .with_help("name the one that is meant by its identifier, or a file that holds it alone")
}

fn page(proposed: &ProposedClaims, output: &Output) -> Result<()> {
    let mut out = output.stdout();
    let claims = many64(proposed.claims.len() as u64, "claim");
    writeln!(
        out,
        "{BOLD}{claims} about {}{BOLD:#}",
        visible(&proposed.about)
    )?;
    for one in &proposed.claims {
        let words = visible(&one.words);
        let text = visible(&one.claim.text);
        writeln!(out, "\n  line {}: “{words}”", one.line)?;
        match &one.judgement {
            None => writeln!(out, "    {text}")?,
            Some(judgement) => writeln!(
                out,
                "    {}: {text}{}",
                standing(judgement),
                reason(judgement)
            )?,
        }
    }
    if !proposed.left_out.is_empty() {
        writeln!(out, "\n{BOLD}left out{BOLD:#}")?;
    }
    for left in &proposed.left_out {
        writeln!(
            out,
            "  line {}: “{}”\n    {DIM}{}{DIM:#}",
            left.line,
            visible(&left.words),
            visible(&left.reason)
        )?;
    }
    Ok(out.flush()?)
}

const fn standing(judgement: &ClaimJudgement) -> &'static str {
    match &judgement.standing {
        ClaimStanding::Confirmed => "holds",
        ClaimStanding::Contradicted { .. } => "contradicted",
        ClaimStanding::NotCheckable { .. } => "cannot be checked",
        ClaimStanding::Inexact { .. } => "inexact",
        ClaimStanding::Corroborated { .. } => "corroborated",
        _ => "not supported",
    }
}

/// What the record says, where it says otherwise or nothing.
fn reason(judgement: &ClaimJudgement) -> String {
    match &judgement.standing {
        ClaimStanding::Contradicted { record, claim } => {
            format!(
                " The record has {}, not {}.",
                visible(record),
                visible(claim)
            )
        }
        ClaimStanding::NotCheckable { reason } => format!(" ({})", visible(reason)),
        ClaimStanding::Inexact { holds, but } => {
            format!(" ({}; but {})", visible(holds), visible(but))
        }
        _ => String::new(),
    }
}
