//! `plenary sponsors`: who sponsors drafts, and with whom.

use std::path::PathBuf;
use std::sync::Arc;

use plenary::types::Date;
use plenary::{SponsorsSettings, SponsorsTable};

use super::destination;
use super::input::{self, DateArgs, Progress, ReferenceArgs};
use super::results::{ResultArgs, TableFormat, Target};
use crate::exit::{Exit, Result};
use crate::output::{Output, warn_all};

#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct Args {
    /// Files and datasets with drafts and their sponsors, in any of the known formats
    #[arg(value_name = "FILE", required = true)]
    paths: Vec<PathBuf>,
    /// A row for each two that sponsored a draft together: how often, how often each without the other, and the Jaccard index
    #[arg(long, group = "table")]
    pairs: bool,
    /// A row for each sponsor and year: how many drafts, and which share of all
    #[arg(long, group = "table")]
    counts: bool,
    /// Only these sponsors, by code or by name; with --pairs, only pairs with one of them
    #[arg(long, value_name = "STATE,…", value_delimiter = ',')]
    state: Vec<String>,
    /// Only drafts from this day, month or year on
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// Only drafts until this day, month or year
    #[arg(long, value_name = "DATE")]
    to: Option<Date>,
    /// Only drafts whose symbol, or that of their agreement, begins so: A/C.3/78/
    #[arg(long, value_name = "BEGINNING")]
    symbol: Option<String>,
    /// Only pairs with at least N drafts together
    #[arg(long, value_name = "N", default_value_t = 1, requires = "pairs")]
    least: u32,
    /// How to read a table in no known format: a mapping file
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// Go on after rows that cannot be used
    #[arg(long)]
    lenient: bool,
    #[command(flatten)]
    dates: DateArgs,
    #[command(flatten)]
    reference: ReferenceArgs,
    #[command(flatten)]
    pub(super) results: ResultArgs,
}

const AFTER: &str = "\
Without --pairs and --counts each row is a draft and a sponsor. `role` is sponsor, or additional for whoever joined after the draft was \
issued.

  plenary sponsors drafts.xml --format csv
  plenary sponsors drafts.xml --pairs --least 5

Exit codes: 0 clean, 2 unusable input, or no sponsors in it.";

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    let target = Target::new(&args.results, TableFormat::Human, &[])?;
    destination::reading_all(&args.paths)?;
    let progress = Progress::new(output);
    let mut settings = SponsorsSettings::default();
    settings.reference = args.reference.of_inputs(&args.paths)?;
    settings.table = match (args.pairs, args.counts) {
        (true, _) => SponsorsTable::Pairs,
        (_, true) => SponsorsTable::Counts,
        _ => SponsorsTable::List,
    };
    settings.participants = input::participants(&args.state)?;
    settings.from = args.from;
    settings.to = args.to;
    settings.symbol.clone_from(&args.symbol);
    settings.least = args.least;
    let mapping = args.mapping.as_deref().map(input::mapping);
    settings.mapping = mapping.transpose()?.map(Arc::new);
    settings.dates.clone_from(&args.dates.form);
    settings.lenient = args.lenient;
    settings.progress = progress.callback();
    let found = progress.cleared(|| plenary::sponsors(&args.paths, &settings))?;
    warn_all(&found.warnings, output);
    destination::reading_all(&found.beside)?;
    if let Some(refusal) = found.refused {
        return Err(plenary::Error::from(refusal).into());
    }
    target.write(&found.table, "sponsors", &found, output)?;
    Ok(Exit::Clean)
}
