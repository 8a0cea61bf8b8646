//! `plenary parties`: who was what to treaties over time.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;
use plenary::decisions::Period;
use plenary::treaties::Status;
use plenary::{DayOfYear, PartiesSettings, PartiesTable, TreatySettings};

use super::destination;
use super::input::{self, DateArgs, Progress, ReferenceArgs};
use super::results::{ResultArgs, TableFormat, Target};
use super::treaty::clause;
use crate::exit::{Exit, Failure, Result};
use crate::output::{Output, warn_all};

#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(super) sources: Sources,
    /// A row for each treaty, participant and year: its status on 31 December
    #[arg(long, group = "table")]
    panel: bool,
    /// A row for each treaty and year: the number of signatories, contracting participants and parties on 31 December
    #[arg(long, group = "table")]
    counts: bool,
    /// Those that have signed a treaty and not consented to it
    #[arg(long, group = "table")]
    signed_not_party: bool,
    /// The day: MM-DD of each year with --panel and --counts, else YYYY-MM-DD (for --signed-not-party by default today); alone, the
    /// status of each participant on that day
    #[arg(long, value_name = "DAY")]
    on: Option<String>,
    /// The first year of --panel or --counts; by default that of the first act
    #[arg(long, value_name = "YEAR", value_parser = year())]
    from: Option<i32>,
    /// The last year of --panel or --counts; by default that of the last act that is known
    #[arg(long, value_name = "YEAR", value_parser = year())]
    to: Option<i32>,
    /// Only these participants, by code or by name
    #[arg(long, value_name = "STATE,…", value_delimiter = ',')]
    state: Vec<String>,
    /// Only these statuses
    #[arg(
        long,
        value_name = "STATUS,…",
        value_delimiter = ',',
        conflicts_with = "counts"
    )]
    status: Vec<Status>,
    /// The entry-into-force clause of the treaty, such as "20 instruments; 30 days"; by default the one that is known
    #[arg(long, value_name = "CLAUSE")]
    in_force_when: Option<String>,
    /// The notice of a withdrawal whose day of effect is not on record, such as "6 months"
    #[arg(long, value_name = "PERIOD")]
    notice: Option<Period>,
    #[command(flatten)]
    pub(super) results: ResultArgs,
}

/// The treaties that a command is about.
#[derive(clap::Args)]
pub(crate) struct Sources {
    /// Participant tables of the UN Treaty Collection or a folder of them, other tables of acts, documents or datasets with treaties, or
    /// numbers and names of treaties whose acts come with the program
    #[arg(value_name = "FILE|ID", required = true)]
    treaties: Vec<String>,
    /// Only these treaties of the inputs: numbers, symbols or titles
    #[arg(long, value_name = "ID,…", value_delimiter = ',')]
    treaty: Vec<String>,
    /// Acts that the tables do not carry: a CSV with the columns `participant`, `action` and `date`, or another table
    #[arg(long, value_name = "FILE")]
    acts: Vec<PathBuf>,
    /// How to read a table of acts in no known format: a mapping file
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// Use the tables alone, without the acts that come with the program
    #[arg(long)]
    table_only: bool,
    #[command(flatten)]
    dates: DateArgs,
    #[command(flatten)]
    reference: ReferenceArgs,
}

const AFTER: &str = "\
Without --panel, --counts, --signed-not-party and --on each row is a spell: from when to when a participant was signatory, \
provisional, contracting, consented (nothing says whether the treaty is in force), party, suspended, withdrawn, extinct or undetermined. \
`to` is the first day on which it is so no longer. A day that the source does not give stays empty; the days between which it lies \
follow. No act after `known_until` would show; rows of later days say so in `beyond_known_acts`.

  plenary parties 4-1.csv --counts
  plenary parties untc/treaties --state FRA --signed-not-party
  plenary parties paris-agreement --panel --output paris.parquet

Exit codes: 0 clean, 1 rows or treaties could not be used or name nobody, 2 unusable input or an unknown treaty.";

fn year() -> clap::builder::RangedI64ValueParser<i32> {
    clap::value_parser!(i32).range(1..=9999)
}

impl Sources {
    /// What is to be read. The inputs are noted, so that no result is written over them.
    pub(crate) fn settings(&self, progress: &Progress) -> Result<TreatySettings> {
        for text in &self.treaties {
            let (file, _) = plenary::import::file_and_table(text.as_ref());
            if file.exists() || text == "-" {
                destination::reading(&file)?;
            }
        }
        destination::reading_all(&self.acts)?;
        let mut settings = TreatySettings::default();
        settings.reference = self.reference.reference()?;
        settings.acts.clone_from(&self.acts);
        settings.table_only = self.table_only;
        let mapping = self.mapping.as_deref().map(input::mapping);
        settings.mapping = mapping.transpose()?.map(Arc::new);
        settings.dates.clone_from(&self.dates.form);
        settings.progress = progress.callback();
        Ok(settings)
    }

    pub(crate) fn treaties(&self) -> &[String] {
        &self.treaties
    }

    pub(crate) fn ids(&self) -> &[String] {
        &self.treaty
    }
}

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    let target = Target::new(&args.results, TableFormat::Human, &[])?;
    let progress = Progress::new(output);
    let mut settings = PartiesSettings::default();
    settings.table = table(args)?;
    settings.treaty = args.sources.settings(&progress)?;
    settings.treaty.clause = args.in_force_when.as_deref().map(clause).transpose()?;
    settings.treaty.notice = args.notice;
    settings.treaties = args.sources.ids().to_vec();
    settings.participants = input::participants(&args.state)?;
    settings.statuses.clone_from(&args.status);
    settings.from = args.from;
    settings.to = args.to;
    let found = progress.cleared(|| plenary::parties(args.sources.treaties(), &settings))?;
    warn_all(&found.warnings, output);
    if let Some(refusal) = found.refused {
        return Err(plenary::Error::from(refusal).into());
    }
    target.write(&found.table, "parties", &found, output)?;
    Ok(exit_of(&found.treaties, &found.left_out))
}

/// How a command ends by what could not be used of its treaties.
pub(super) fn exit_of(treaties: &[plenary::TreatyBasis], left_out: &[String]) -> Exit {
    let is_whole =
        |treaty: &plenary::TreatyBasis| treaty.rejected.is_empty() && treaty.unresolved.is_empty();
    match left_out.is_empty() && treaties.iter().all(is_whole) {
        true => Exit::Clean,
        false => Exit::Findings,
    }
}

fn table(args: &Args) -> Result<PartiesTable> {
    let is_yearly = args.panel || args.counts;
    if !is_yearly && (args.from.is_some() || args.to.is_some()) {
        let failure = Failure::new("--from and --to are years of a panel or of counts");
        return Err(failure.with_help("add --panel or --counts, or leave them out"));
    }
    if is_yearly {
        let day = args.on.as_deref().map(str::parse::<DayOfYear>);
        let day = day.transpose()?.unwrap_or_default();
        return Ok(match args.panel {
            true => PartiesTable::Panel(day),
            false => PartiesTable::Counts(day),
        });
    }
    let day: Option<NaiveDate> =
        args.on
            .as_deref()
            .map(super::day)
            .transpose()
            .map_err(|reason| {
                Failure::new(format!("--on: {reason}")).with_help("MM-DD needs --panel or --counts")
            })?;
    Ok(match (args.signed_not_party, day) {
        (true, day) => PartiesTable::SignedNotParty(day),
        (false, Some(day)) => PartiesTable::On(Some(day)),
        (false, None) => PartiesTable::Spells,
    })
}
