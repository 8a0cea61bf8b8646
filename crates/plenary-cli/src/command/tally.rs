//! `plenary tally`: who chose what how often.

use plenary::analysis::Grouping;
use plenary::analysis::tally::{Division, TallyUnit};
use plenary::{Codes, TallySettings, tally};

use super::destination;
use super::grouping;
use super::input::Progress;
use super::results::{ChartArgs, Drawn, ResultArgs, TableFormat, Target};
use super::selecting::{self, Selecting};
use crate::exit::{Exit, Failure, Result};
use crate::output::{Output, warn_all};

#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct Args {
    #[command(flatten)]
    selecting: Selecting,
    /// Of whom a row tells
    #[arg(long, default_value = "participant", value_parser = unit())]
    per: TallyUnit,
    /// Divide the votes by these, one inside the other
    #[arg(long, value_name = "DIVISION,…", value_delimiter = ',', value_parser = division())]
    by: Vec<Division>,
    /// Only ballots of these voters, by code or name, or of the members of a group of the reference data; what the majority is follows from
    /// all ballots
    #[arg(long, value_name = "STATE,…", value_delimiter = ',')]
    states: Vec<String>,
    /// With --per group: a scheme of groups of the reference data (`regional`), a group that it or a body names, or a CSV
    /// `group,member,from,to` of groups of one's own; by default those by which the votes of the body are shown
    #[arg(long, value_name = "NAME|CSV")]
    group: Option<String>,
    /// With --per group: only these groups
    #[arg(long, value_name = "GROUP,…", value_delimiter = ',')]
    only: Vec<String>,
    /// Sort by a column, within each part of the divisions, the greatest first: yes, abstain-share, attendance, …
    #[arg(long, value_name = "COLUMN", conflicts_with = "wide")]
    sort: Option<String>,
    /// The least first
    #[arg(long)]
    ascending: bool,
    /// Only the first N rows of each part of the divisions
    #[arg(long, value_name = "N", conflicts_with = "wide")]
    limit: Option<usize>,
    /// Leave out rows with fewer votes
    #[arg(long, value_name = "N", default_value_t = 1)]
    least: u32,
    /// Wide table of a column: one column for each part of the last division
    #[arg(long, value_name = "COLUMN", requires = "by")]
    wide: Option<String>,
    #[command(flatten)]
    pub(super) results: ResultArgs,
    #[command(flatten)]
    chart: ChartArgs,
    /// The column that the chart shows [default: that of --wide, else the share of --sort, else yes-share]
    #[arg(long, value_name = "COLUMN", requires = "path", help_heading = "Chart")]
    plot_column: Option<String>,
    /// The voters or groups whose lines stand out from the grey ones of all others
    #[arg(
        long,
        value_name = "NAME,…",
        value_delimiter = ',',
        requires = "path",
        help_heading = "Chart"
    )]
    plot_states: Vec<String>,
}

const AFTER: &str = "\
Shares of yes, no and abstentions are of the ballots cast; attendance is ballots cast of the votes held while a voter was a member, or on the \
list. It is empty where lists leave out who did not vote.

  plenary tally votes.csv --by decade --sort abstain-share --limit 10 --least 20
  plenary tally votes.csv --per all --by decade,issue --wide yes-share
  plenary tally votes.csv --by year --states USA,ISR --plot yes.svg
  plenary tally votes.csv --per group --group regional --by session --sort attendance";

fn unit() -> impl clap::builder::TypedValueParser<Value = TallyUnit> {
    selecting::words(&[
        ("participant", "One voter"),
        ("group", "The members of a group on the day of each vote"),
        ("all", "All voters"),
    ])
}

fn division() -> impl clap::builder::TypedValueParser<Value = Division> {
    selecting::words(&[
        ("year", "Calendar years"),
        ("session", "Sessions"),
        ("decade", "Decades, by their first years"),
        (
            "issue",
            "Issues: the codes of the source, else computed ones",
        ),
        ("body", "Bodies"),
    ])
}

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    let target = Target::new(&args.results, TableFormat::Human, &[args.chart.path()])?;
    let is_over_time = args.by.iter().any(|by| by.is_time());
    args.chart.check(if is_over_time {
        Grouping::Year
    } else {
        Grouping::All
    })?;
    if args.per != TallyUnit::Group && (args.group.is_some() || !args.only.is_empty()) {
        let message = "groups are named, but no row tells of a group";
        let help = "add --per group, or name the group in --states for the ballots of its members";
        return Err(Failure::new(message).with_help(help));
    }
    let progress = Progress::new(output);
    let mut settings = TallySettings::default();
    settings.votes = args.selecting.settings(Codes::Iso3, &progress)?;
    settings.per = args.per;
    settings.by.clone_from(&args.by);
    settings.states.clone_from(&args.states);
    (settings.groups, settings.scheme) = grouping::read(args.group.as_deref(), output)?;
    settings.only.clone_from(&args.only);
    settings.sort.clone_from(&args.sort);
    settings.ascending = args.ascending;
    settings.limit = args.limit;
    settings.least = args.least;
    settings.wide.clone_from(&args.wide);
    let found = progress.cleared(|| tally(&args.selecting.paths, &settings))?;
    warn_all(&found.warnings, output);
    destination::reading_all(&found.beside)?;
    let chart = || Ok(found.chart(args.plot_column.as_deref(), &args.plot_states)?);
    let drawn = args.chart.draw(output, chart)?;
    target.write(&found.table, "tally", &found, output)?;
    Drawn::write_any(drawn.as_ref(), output)?;
    Ok(Exit::Clean)
}
