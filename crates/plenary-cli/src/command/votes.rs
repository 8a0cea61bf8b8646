//! `plenary votes`: the decisions that are selected, or the ballots on them.

use std::io::IsTerminal;
use std::path::PathBuf;

use clap::ValueEnum;
use clap::builder::PossibleValue;
use plenary::{
    ChoiceCoding, Codes, RollCall, SortColumn, VoteColumns, VoteRows, VoteVerdict, VotesSettings,
    WideRows, roll_call,
};

use super::destination;
use super::input::Progress;
use super::results::{ResultArgs, TableFormat, Target};
use super::selecting::{Selecting, Voters};
use crate::exit::{Exit, Failure, Result};
use crate::output::{Output, warn_all};

#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct Args {
    #[command(flatten)]
    selecting: Selecting,
    #[command(flatten, next_help_heading = "Selection")]
    voters: Voters,
    /// Only decisions of which the rule makes this: a record may state no outcome
    #[arg(
        long,
        value_name = "VERDICT,…",
        value_delimiter = ',',
        help_heading = "Selection"
    )]
    verdict: Vec<Verdict>,
    /// What a row is; by default a ballot where --states, --group or --only name somebody, else a decision
    #[arg(long)]
    rows: Option<Rows>,
    /// Wide table of the choices: one row per vote and one column per participant, or one row per participant
    #[arg(
        long,
        value_name = "ROWS",
        num_args = 0..=1,
        default_missing_value = "votes",
        conflicts_with = "rows"
    )]
    wide: Option<Wide>,
    /// These columns, in this order; of a wide table, those before the choices
    #[arg(long, value_name = "COLUMN,…", value_delimiter = ',')]
    columns: Vec<String>,
    /// Sort by these columns; a minus before a name puts the greatest first: --sort=-date,symbol
    #[arg(
        long,
        value_name = "COLUMN,…",
        value_delimiter = ',',
        allow_hyphen_values = true
    )]
    sort: Vec<SortColumn>,
    /// Show at most N rows; all are counted
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Numbers for choices: `voeten` (1 yes, 2 abstain, 3 no, 8 absent, 9 not a member), `voteview`, or yes=1,no=0,…
    #[arg(long, value_name = "CODING")]
    code: Option<ChoiceCoding>,
    /// The form of the table; without it, the one that the name of the file asks for
    #[arg(long)]
    format: Option<Form>,
    /// Write to a file; of `rollcall`, the beginning of the names of its files
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

const AFTER: &str = "\
The tables and their columns are described in docs/votes.md.

  plenary votes un/ --from 2000 --subject palestin
  plenary votes un/ --session 70 --states France --output france-70.csv
  plenary votes un/ --session 70 --wide --output votes-by-state.csv
  plenary votes un/ --session 70 --group EU --format rollcall --output eu-70";

/// Rows on a terminal where no option says how many.
const SHOWN: usize = 50;

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Rows {
    /// Decisions, with their results
    Decisions,
    /// Ballots
    Ballots,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Verdict {
    /// Adopted
    Adopted,
    /// Rejected
    Rejected,
    /// Not decided by what is known
    Undecidable,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Wide {
    /// One row per vote
    Votes,
    /// One row per participant
    Participants,
}

/// The form of the result.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Table(TableFormat),
    RollCall,
}

impl ValueEnum for Form {
    fn value_variants<'a>() -> &'a [Self] {
        static ALL: std::sync::LazyLock<Vec<Form>> = std::sync::LazyLock::new(|| {
            let tables = TableFormat::value_variants().iter().copied();
            tables.map(Form::Table).chain([Form::RollCall]).collect()
        });
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        match self {
            Self::Table(format) => format.to_possible_value(),
            Self::RollCall => Some(PossibleValue::new("rollcall").help(
                "Three CSV files that make a `rollcall` of the R package pscl (with --output)",
            )),
        }
    }
}

impl Args {
    /// Whether stdout is to hold one JSON document.
    pub(crate) fn prints_json(&self) -> bool {
        self.format == Some(Form::Table(TableFormat::Json)) && self.output.is_none()
    }

    fn settings(&self, progress: &Progress, output: &Output) -> Result<VotesSettings> {
        let mut settings = VotesSettings::default();
        settings.selection.votes = self.selecting.settings(Codes::Iso3, progress)?;
        self.voters.fill(&mut settings.selection, output)?;
        let verdicts = self.verdict.iter().map(|verdict| match verdict {
            Verdict::Adopted => VoteVerdict::Adopted,
            Verdict::Rejected => VoteVerdict::Rejected,
            Verdict::Undecidable => VoteVerdict::Undecidable,
        });
        settings.verdicts = verdicts.collect();
        settings.rows = self.rows.map(|rows| match rows {
            Rows::Decisions => VoteRows::Decisions,
            Rows::Ballots => VoteRows::Ballots,
        });
        settings.wide = self.wide.map(|wide| match wide {
            Wide::Votes => WideRows::Votes,
            Wide::Participants => WideRows::Participants,
        });
        if !self.columns.is_empty() {
            settings.columns = VoteColumns::Named(self.columns.clone());
        }
        settings.sort.clone_from(&self.sort);
        settings.limit = self.limit;
        settings.coding.clone_from(&self.code);
        Ok(settings)
    }
}

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    match args.format {
        Some(Form::RollCall) => run_roll_call(args, output),
        Some(Form::Table(format)) => run_table(args, Some(format), output),
        None => run_table(args, None, output),
    }
}

fn run_table(args: &Args, format: Option<TableFormat>, output: &Output) -> Result {
    let results = ResultArgs::new(format, args.output.clone());
    let usual = match args.wide {
        Some(_) => TableFormat::Csv,
        None => TableFormat::Human,
    };
    let target = Target::new(&results, usual, &[])?;
    let progress = Progress::new(output);
    let mut settings = args.settings(&progress, output)?;
    if target.is_for_people() {
        if args.columns.is_empty() {
            settings.columns = VoteColumns::Brief;
        }
        if args.output.is_none() && std::io::stdout().is_terminal() {
            settings.limit = settings.limit.or(Some(SHOWN));
        }
    }
    let found = progress.cleared(|| plenary::votes(&args.selecting.paths, &settings))?;
    warn_all(&found.warnings, output);
    destination::reading_all(&found.beside)?;
    target.write(&found.table, "votes", &found, output)?;
    if found.table.len() < found.rows && args.limit.is_none() {
        output.remark("show more rows with --limit N, or write all of them with --output FILE");
    }
    Ok(Exit::Clean)
}

fn run_roll_call(args: &Args, output: &Output) -> Result {
    let Some(prefix) = &args.output else {
        return Err(
            Failure::new("a roll call is three files, whose names need a beginning")
                .with_help("add --output NAME"),
        );
    };
    let unread = [
        ("--wide", args.wide.is_some()),
        ("--rows", args.rows.is_some()),
        ("--columns", !args.columns.is_empty()),
        ("--sort", !args.sort.is_empty()),
        ("--limit", args.limit.is_some()),
    ];
    if let Some((option, _)) = unread.into_iter().find(|(_, is_given)| *is_given) {
        let message = format!("{option} does not apply to a roll call, whose tables are fixed");
        return Err(Failure::new(message).with_help(format!("leave out {option}")));
    }
    let file = |ending: &str| {
        let mut name = prefix.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    let files = [
        ".votes.csv",
        ".legis.csv",
        ".votedata.csv",
        ".metadata.json",
    ]
    .map(file);
    destination::check(files.iter().map(PathBuf::as_path))?;
    let progress = Progress::new(output);
    let settings = args.settings(&progress, output)?;
    let found = progress.cleared(|| roll_call(&args.selecting.paths, &settings))?;
    warn_all(&found.warnings, output);
    destination::reading_all(&found.beside)?;
    let RollCall {
        votes,
        legis,
        vote_data,
        ..
    } = &found;
    for (table, path) in [votes, legis, vote_data].into_iter().zip(&files) {
        destination::write(Some(path), output, |out| Ok(table.write_csv(out)?))?;
    }
    if let Some(path) = files.last() {
        super::results::write_metadata(votes, path, output)?;
    }
    Ok(Exit::Clean)
}
