//! `plenary acts`: acts and statements of participants, a row each.

use plenary::types::Date;
use plenary::{ActWord, ActsSettings};

use super::input::{self, Progress};
use super::parties::{Sources, exit_of};
use super::results::{ResultArgs, TableFormat, Target};
use crate::exit::Result;
use crate::output::{Output, warn_all};

#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct Args {
    #[command(flatten)]
    sources: Sources,
    /// Only acts of these participants, by code or by name
    #[arg(long, value_name = "STATE,…", value_delimiter = ',')]
    state: Vec<String>,
    /// Only acts of these kinds, such as signature, accession, withdrawal, reservation or objection
    #[arg(long, value_name = "KIND,…", value_delimiter = ',')]
    kind: Vec<ActWord>,
    /// Only acts from this day, month or year on
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// Only acts until this day, month or year
    #[arg(long, value_name = "DATE")]
    to: Option<Date>,
    #[command(flatten)]
    pub(super) results: ResultArgs,
}

const AFTER: &str = "\
`form` is action or statement. `date` is empty where the source gives no day; `date_text`, `date_from` and `date_to` then say what it gives. `origin` is \
source, supplied (--acts) or built-in.

  plenary acts 4-1.csv --kind withdrawal,reservation
  plenary acts un/ --state FRA --from 1990 --format csv

Exit codes: 0 clean, 1 rows or agreements could not be used or name nobody, 2 unusable input or an unknown agreement.";

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    let target = Target::new(&args.results, TableFormat::Human, &[])?;
    let progress = Progress::new(output);
    let mut settings = ActsSettings::default();
    settings.treaty = args.sources.settings(&progress)?;
    settings.treaties = args.sources.ids().to_vec();
    settings.participants = input::participants(&args.state)?;
    settings.kinds.clone_from(&args.kind);
    settings.from = args.from;
    settings.to = args.to;
    let found = progress.cleared(|| plenary::acts(args.sources.treaties(), &settings))?;
    warn_all(&found.warnings, output);
    if let Some(refusal) = found.refused {
        return Err(plenary::Error::from(refusal).into());
    }
    target.write(&found.table, "acts", &found, output)?;
    Ok(exit_of(&found.treaties, &found.left_out))
}
