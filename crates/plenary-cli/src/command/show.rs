//! `plenary show`: one agreement as a page, all records of it, or a list of what an input holds.

use std::borrow::Cow;
use std::io::Write;
use std::path::{Path, PathBuf};

use plenary::import::{Summary, file_and_table};
use plenary::types::{Scope, thousands};
use plenary::{Account, Contents, Found, Input, Listed, contents, show};

use super::input::{Progress, ReadingArgs};
use crate::exit::{Exit, Failure, Result};
use crate::output::{BOLD, DIM, Format, Output, many64, visible, warn_all};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The agreement's symbol, such as A/RES/73/195 or "217 A (III)"; its identifier or title; the number of a treaty. Without it, or
    /// where a dataset folder or file stands here alone, what the dataset holds is listed
    #[arg(required_unless_present = "dataset")]
    symbol: Option<String>,
    /// The dataset folder or file that holds it; without one, the built-in Compact
    #[arg(short, long, value_name = "PATH")]
    dataset: Option<PathBuf>,
    #[command(flatten)]
    reading: ReadingArgs,
    /// Output format; JSON is described in docs/schema/show.schema.json
    #[arg(long, default_value = "human")]
    pub(super) format: Format,
}

/// Whether the text is the path of something that exists. A symbol such as A/RES/73/195 usually is not.
pub(super) fn names_an_input(text: &str) -> bool {
    file_and_table(Path::new(text)).0.exists()
}

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    match (&args.symbol, &args.dataset) {
        (Some(path), None) if names_an_input(path) => list(Path::new(path), args, output),
        (None, Some(path)) => list(path, args, output),
        (symbol, _) => show_one(symbol.as_deref().unwrap_or_default(), args, output),
    }
}

/// Lists what an input holds.
fn list(path: &Path, args: &Args, output: &Output) -> Result {
    let progress = Progress::new(output);
    let settings = args.reading.settings(Some(path), &progress)?;
    let held = progress.cleared(|| contents(Input::from(path), &settings))?;
    warn_all(&held.warnings, output);
    warn_of_rejected(&held.input, output);
    match args.format {
        Format::Json => output.json(&held)?,
        Format::Human => list_page(&held, output)?,
    }
    Ok(Exit::Clean)
}

/// How many agreements are listed under each heading.
const LISTED: usize = 40;

/// How many letters of a title are shown.
const TITLE: usize = 90;

fn list_page(held: &Contents, output: &Output) -> Result<()> {
    let mut out = output.stdout();
    let kinds = held.kinds.iter();
    let kinds = kinds.map(|(kind, count)| format!("{} {}", thousands(*count), visible(kind)));
    let kinds: Vec<String> = kinds.collect();
    writeln!(
        out,
        "{BOLD}{}{BOLD:#}: {}",
        many64(held.agreements.len() as u64, "agreement"),
        kinds.join(", ")
    )?;
    let (treaties, others): (Vec<_>, Vec<_>) = held
        .agreements
        .iter()
        .partition(|listed| listed.kind.is_treaty());
    for (heading, listed) in [("agreements", others), ("treaties", treaties)] {
        if listed.is_empty() {
            continue;
        }
        writeln!(out, "\n{BOLD}{heading}{BOLD:#}")?;
        for one in listed.iter().take(LISTED) {
            writeln!(out, "  {}", row(one))?;
        }
        if let Some(more) = listed.len().checked_sub(LISTED).filter(|more| *more > 0) {
            let more = thousands(more as u64);
            writeln!(out, "  {DIM}… and {more} more: --format json{DIM:#}")?;
        }
    }
    Ok(out.flush()?)
}

/// One agreement in a line: date, symbol, title, kind and what is on record.
fn row(listed: &Listed) -> String {
    let date = listed.date.map(|date| date.to_string()).unwrap_or_default();
    let title: String = visible(&listed.title).chars().take(TITLE).collect();
    let cut = if title.chars().count() == TITLE {
        "…"
    } else {
        ""
    };
    let counts = [(listed.decisions, "decision"), (listed.acts, "act")];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    let counts = counts.map(|(count, what)| many64(count, what));
    let about = std::iter::once(listed.kind.to_string()).chain(counts);
    let about: Vec<String> = about.collect();
    let symbol = listed.symbol.as_deref().unwrap_or("-");
    let title = match title.is_empty() {
        true => "(no title)".to_owned(),
        false => format!("{title}{cut}"),
    };
    let symbol: String = visible(symbol).chars().take(TITLE).collect();
    format!(
        "{date:<10}  {symbol:<18}  {title}  {DIM}({}){DIM:#}",
        visible(&about.join(", "))
    )
}

pub(super) fn warn_of_rejected(input: &Summary, output: &Output) {
    if input.rejected > 0 {
        let rows = many64(input.rejected, "row");
        output.remark(&format!(
            "note: {rows} of the input could not be used: `plenary check` says which"
        ));
    }
}

fn show_one(symbol: &str, args: &Args, output: &Output) -> Result {
    let progress = Progress::new(output);
    let settings = args.reading.settings(args.dataset.as_deref(), &progress)?;
    let dataset = match &args.dataset {
        Some(dataset) => Input::from(dataset),
        None => Input::compact(),
    };
    let found = progress.cleared(|| show(symbol, dataset, &settings))?;
    warn_all(&found.warnings, output);
    warn_of_rejected(&found.input, output);
    match (args.format, found.accounts.as_slice()) {
        (_, []) => return Err(unknown_symbol(symbol, args.dataset.is_some(), &found)),
        (Format::Json, _) => output.json(&found)?,
        (Format::Human, [only]) => page(only, output)?,
        (Format::Human, several) => pages(symbol, several, output)?,
    }
    Ok(match found.accounts.iter().all(Account::is_clean) {
        true => Exit::Clean,
        false => Exit::Findings,
    })
}

/// That no record has the symbol, and what is like it.
pub(super) fn unknown_symbol(symbol: &str, is_in_dataset: bool, found: &Found) -> Failure {
    let list = |symbols: &[String]| listed(&symbols.iter().map(|s| visible(s)).collect::<Vec<_>>());
    let help = match (&*found.same_number, &*found.nearest) {
        _ if !is_in_dataset => "nearest: A/RES/73/195, the built-in Compact; \
            name the dataset or file that holds another agreement with --dataset PATH"
            .to_owned(),
        (numbered @ [_, ..], _) => format!("resolutions with this number: {}", list(numbered)),
        (_, []) => {
            "`plenary check PATH` says which format was read and how many records".to_owned()
        }
        (_, near) => format!("nearest: {}", list(near)),
    };
    let symbol = visible(symbol);
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
