//! `plenary show`: one agreement as a page.

use std::io::Write;

use plenary::Account;
use plenary::types::{Agreement, Citation, NoOrigin, Severity};
use plenary::validation::Validator;

use crate::exit::{Exit, Failure, Result};
use crate::output::{Format, Output};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The agreement's symbol, such as A/RES/73/195
    symbol: String,
    /// The form of the result
    #[arg(long, default_value = "human")]
    format: Format,
}

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    let compact = plenary::global_compact()?;
    let agreement = find(&args.symbol, [&compact])?;
    let account = Account::of(agreement, &NoOrigin, &Validator::default());
    match args.format {
        Format::Json => output.json(&account)?,
        Format::Human => page(&account, output)?,
    }
    Ok(exit(&account))
}

fn find<'a>(
    symbol: &str,
    agreements: impl IntoIterator<Item = &'a Agreement>,
) -> Result<&'a Agreement> {
    let wanted = Citation::new(symbol);
    let mut agreements = agreements.into_iter();
    agreements
        .find(|agreement| agreement.symbols.contains(&wanted))
        .ok_or_else(|| {
            Failure::new(format!("no agreement has the symbol `{symbol}`"))
                .with_help("name the dataset or file that holds it with --dataset PATH")
        })
}

/// Prints the page of an agreement.
pub(crate) fn page(account: &Account<'_>, output: &Output) -> Result<()> {
    let mut out = output.stdout();
    out.write_all(crate::page::page(account).as_bytes())?;
    Ok(out.flush()?)
}

/// How a command ends that has shown this.
pub(crate) fn exit(account: &Account<'_>) -> Exit {
    let (_, contradicted, _) = account.claim_counts();
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
