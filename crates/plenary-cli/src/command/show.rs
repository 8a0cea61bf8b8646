//! `plenary show`: one agreement as a page, or all records of it.

use std::borrow::Cow;
use std::io::Write;
use std::path::PathBuf;

use plenary::types::Scope;
use plenary::{Account, Found, Input, show};

use super::input::{self, Progress, ReferenceArgs};
use crate::exit::{Exit, Failure, Result};
use crate::output::{BOLD, DIM, Format, Output, many64, visible, warn_all};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The agreement's symbol, such as A/RES/73/195 or "217 A (III)"; its identifier or title; the number of a treaty
    symbol: String,
    /// The dataset folder or file that holds it; without one, the built-in Compact
    #[arg(short, long, value_name = "PATH")]
    dataset: Option<PathBuf>,
    /// The configuration; by default the plenary.toml beside the data or in a folder above it
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    reference: ReferenceArgs,
    /// Output format; JSON is described in docs/schema/show.schema.json
    #[arg(long, default_value = "human")]
    pub(super) format: Format,
}

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    let mut settings = input::settings(args.config.as_deref(), &args.dataset, &args.reference)?;
    let progress = Progress::new(output);
    settings.progress = progress.callback();
    let dataset = match &args.dataset {
        Some(dataset) => Input::from(dataset),
        None => Input::compact(),
    };
    let found = progress.cleared(|| show(&args.symbol, dataset, &settings))?;
    warn_all(&found.warnings, output);
    if found.input.rejected > 0 {
        let rows = many64(found.input.rejected, "row");
        output.remark(&format!(
            "note: {rows} of the input could not be used: `plenary check` says which"
        ));
    }
    match (args.format, found.accounts.as_slice()) {
        (_, []) => return Err(unknown(args, &found)),
        (Format::Json, _) => output.json(&found)?,
        (Format::Human, [only]) => page(only, output)?,
        (Format::Human, several) => pages(&args.symbol, several, output)?,
    }
    Ok(match found.accounts.iter().all(Account::is_clean) {
        true => Exit::Clean,
        false => Exit::Findings,
    })
}

/// That no record has the symbol, and what is like it.
fn unknown(args: &Args, found: &Found) -> Failure {
    let list = |symbols: &[String]| listed(&symbols.iter().map(|s| visible(s)).collect::<Vec<_>>());
    let help = match (&*found.same_number, &*found.nearest) {
        _ if args.dataset.is_none() => "nearest: A/RES/73/195, the built-in Compact; \
            name the dataset or file that holds another agreement with --dataset PATH"
            .to_owned(),
        (numbered @ [_, ..], _) => format!("resolutions with this number: {}", list(numbered)),
        (_, []) => {
            "`plenary check PATH` says which format was read and how many records".to_owned()
        }
        (_, near) => format!("nearest: {}", list(near)),
    };
    let symbol = visible(&args.symbol);
    Failure::new(format!("no agreement has the symbol or title `{symbol}`")).with_help(help)
}

/// One page after the other, each headed by its place and by what was decided in it.
fn pages(symbol: &str, accounts: &[Account], output: &Output) -> Result<()> {
    let mut out = output.stdout();
    let count = accounts.len();
    let symbol = visible(symbol);
    writeln!(
        out,
        "{BOLD}{count} records have the symbol or title {symbol}{BOLD:#}"
    )?;
    for (account, place) in accounts.iter().zip(1..) {
        let mut scopes: Vec<_> = account.decisions.iter().map(|d| scope(d.scope)).collect();
        scopes.dedup();
        let scopes = if scopes.is_empty() {
            String::new()
        } else {
            format!(": {}", scopes.join(", "))
        };
        writeln!(out, "\n{DIM}record {place} of {count}{scopes}{DIM:#}\n")?;
        out.write_all(crate::page::page(account).as_bytes())?;
    }
    Ok(out.flush()?)
}

const fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Whole => "the whole proposal",
        Scope::Paragraph => "a paragraph or another part",
        Scope::Amendment => "an amendment",
        Scope::Motion => "a motion",
        _ => "another question",
    }
}

/// The first of several symbols.
fn listed(symbols: &[Cow<'_, str>]) -> String {
    const MOST: usize = 12;
    let shown = symbols.get(..MOST).unwrap_or(symbols).join(", ");
    match symbols.len().saturating_sub(MOST) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// Prints the page of an agreement.
pub(crate) fn page(account: &Account, output: &Output) -> Result<()> {
    let mut out = output.stdout();
    out.write_all(crate::page::page(account).as_bytes())?;
    Ok(out.flush()?)
}
