//! `plenary show`: one agreement as a page.

use std::io::Write;
use std::path::{Path, PathBuf};

use plenary::Account;
use plenary::import::{Options, Record};
use plenary::types::{Agreement, Citation, NoOrigin, Severity};
use plenary::validation::{Config, Validator};

use super::configuration;
use crate::exit::{Exit, Failure, Result};
use crate::output::{Format, Output};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The agreement's symbol, such as A/RES/73/195 or "217 A (III)"
    symbol: String,
    /// The dataset folder or file that holds it; without one, the built-in Compact
    #[arg(short, long, value_name = "PATH")]
    dataset: Option<PathBuf>,
    /// The configuration; by default the plenary.toml beside the data or in a folder above it
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The form of the result; JSON is described in docs/schema/show.schema.json
    #[arg(long, default_value = "human")]
    format: Format,
}

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    let Some(dataset) = &args.dataset else {
        let compact = plenary::global_compact()?;
        if !is_called(&compact, &Citation::new(&args.symbol)) {
            return Err(unknown(
                &args.symbol,
                "the built-in Compact is A/RES/73/195; \
                name the dataset or file that holds another agreement with --dataset PATH",
            ));
        }
        let validator = validator(args)?;
        let account = Account::of(&compact, &NoOrigin, &validator);
        return print(&account, args.format, output);
    };
    let validator = validator(args)?;
    let record = find(&args.symbol, dataset, output)?;
    let account = Account::of(&record.agreement, &*record.origin, &validator);
    print(&account, args.format, output)
}

/// The run of the checks, by the configuration that governs the data.
fn validator(args: &Args) -> Result<Validator> {
    let file = configuration::file(args.config.as_deref(), args.dataset.as_slice())?;
    let config = file
        .as_deref()
        .map_or_else(|| Ok(Config::default()), configuration::read)?;
    Ok(Validator::new(config))
}

fn print(account: &Account<'_>, format: Format, output: &Output) -> Result {
    match format {
        Format::Json => output.json(account)?,
        Format::Human => page(account, output)?,
    }
    Ok(exit(account))
}

/// The first record of that symbol; says so when there are more.
fn find(symbol: &str, dataset: &Path, output: &Output) -> Result<Record> {
    let wanted = Citation::new(symbol);
    let import = plenary::import::read(dataset, &Options::default().lenient())?;
    let mut found = import
        .records()
        .filter(|record| is_called(&record.agreement, &wanted));
    let first = found.next().ok_or_else(|| {
        unknown(
            symbol,
            "`plenary check PATH` says which format was read and how many records",
        )
    })?;
    let more = found.count();
    if more > 0 {
        output.remark(&format!(
            "note: {more} more records have the symbol `{symbol}`; this is the first"
        ));
    }
    Ok(first)
}

fn unknown(symbol: &str, help: &str) -> Failure {
    Failure::new(format!("no agreement has the symbol `{symbol}`")).with_help(help)
}

/// Whether an agreement, or a decision or draft of it, has the symbol.
fn is_called(agreement: &Agreement, wanted: &Citation) -> bool {
    let decisions = agreement.decisions();
    let mut documents = decisions.flat_map(|(_, d)| d.symbol.iter().chain(&d.drafts));
    agreement.symbols.contains(wanted) || documents.any(|document| document == wanted)
}

/// Prints the page of an agreement.
pub(crate) fn page(account: &Account<'_>, output: &Output) -> Result<()> {
    let mut out = output.stdout();
    out.write_all(crate::page::page(account).as_bytes())?;
    Ok(out.flush()?)
}

/// How a command ends that has shown this.
pub(crate) fn exit(account: &Account<'_>) -> Exit {
    let contradicted = account.claim_counts().contradicted;
    let error = account
        .findings
        .iter()
        .any(|f| f.severity == Severity::Error);
    if error || contradicted > 0 {
        Exit::Findings
    } else {
        Exit::Clean
    }
}
