//! `plenary cohesion`: how far groups of states vote together.

use clap::ValueEnum;
use plenary::analysis::Grouping;
use plenary::analysis::cohesion::{Absences, Abstentions, CohesionOptions, Treatment};
use plenary::{Codes, CohesionIndex, CohesionSettings, CohesionTable};

use super::input::Progress;
use super::results::{ChartArgs, Drawn, ResultArgs, TableFormat, Target};
use super::selecting::{self, Selecting};
use super::{destination, grouping};
use crate::exit::{Exit, Result};
use crate::output::{Output, warn_all};

#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct Args {
    #[command(flatten)]
    selecting: Selecting,
    /// What is averaged over together
    #[arg(long, default_value = "year", value_parser = selecting::grouping())]
    by: Grouping,
    /// Groups: `regional` for the five regional groups, an international group such as EU or G77, a scheme of the reference data, a
    /// group that a body names, several of these with commas, or a CSV `group,member,from,to` of groups of one's own; by default
    /// those by which the votes of the body are shown
    #[arg(long, value_name = "NAME,…|CSV")]
    group: Option<String>,
    /// Only these groups of them
    #[arg(long, value_name = "GROUP,…", value_delimiter = ',')]
    only: Vec<String>,
    /// What is told
    #[arg(long, default_value = "groups")]
    table: What,
    /// What an abstention counts as
    #[arg(long, value_name = "HOW", default_value = "own")]
    abstentions: Abstaining,
    /// What an absence counts as
    #[arg(long, value_name = "HOW", default_value = "left-out")]
    absences: Absent,
    /// Count a vote for a group only if at least N of its members made a choice
    #[arg(long, value_name = "N", default_value_t = CohesionOptions::default().minimum)]
    least: u32,
    #[command(flatten)]
    pub(super) results: ResultArgs,
    #[command(flatten)]
    chart: ChartArgs,
    /// The index that the chart shows, with a line for each group
    #[arg(long, default_value = "agreement", help_heading = "Chart")]
    plot_index: Index,
}

const AFTER: &str = "\
Groups are those of the day of each vote. Votes whose day is not known are left out and counted.

  plenary cohesion votes.csv --by session --format csv
  plenary cohesion votes.csv --group EU,G77,NATO
  plenary cohesion votes.csv --group eu.csv --table members
  plenary cohesion votes.csv --plot cohesion.svg --plot-index rice";

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Index {
    /// Hix, Noury and Roland: abstention is a third choice
    Agreement,
    /// Rice: yes against no
    Rice,
    /// Attinà
    Attina,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// The cohesion of each group: Rice, agreement index, Attinà
    Groups,
    /// The likeness of each pair of groups
    Pairs,
    /// The loyalty of each member of each group
    Members,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Abstaining {
    /// A third choice, which Rice's measures leave out
    Own,
    /// Nothing
    LeftOut,
    /// A vote against
    Against,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Absent {
    /// Nothing
    LeftOut,
    /// An abstention
    Abstention,
}

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    let target = Target::new(&args.results, TableFormat::Human, &[args.chart.path()])?;
    args.chart.check(args.by)?;
    let progress = Progress::new(output);
    let mut settings = CohesionSettings::default();
    settings.votes = args.selecting.settings(Codes::Iso3, &progress)?;
    settings.by = args.by;
    (settings.groups, settings.scheme) = grouping::read(args.group.as_deref(), output)?;
    settings.only.clone_from(&args.only);
    settings.table = match args.table {
        What::Groups => CohesionTable::Groups,
        What::Pairs => CohesionTable::Pairs,
        What::Members => CohesionTable::Members,
    };
    settings.options = options(args);
    let found = progress.cleared(|| plenary::cohesion(&args.selecting.paths, &settings))?;
    warn_all(&found.warnings, output);
    destination::reading_all(&found.beside)?;
    if let Some(refusal) = found.refused {
        return Err(plenary::Error::from(refusal).into());
    }
    let index = match args.plot_index {
        Index::Agreement => CohesionIndex::Agreement,
        Index::Rice => CohesionIndex::Rice,
        Index::Attina => CohesionIndex::Attina,
    };
    let drawn = args.chart.draw(output, || Ok(found.chart(index)?))?;
    target.write(&found.table, "cohesion", &found, output)?;
    Drawn::write_any(drawn.as_ref(), output)?;
    Ok(Exit::Clean)
}

fn options(args: &Args) -> CohesionOptions {
    let treatment = Treatment {
        abstentions: match args.abstentions {
            Abstaining::Own => Abstentions::Own,
            Abstaining::LeftOut => Abstentions::LeftOut,
            Abstaining::Against => Abstentions::Against,
        },
        absences: match args.absences {
            Absent::LeftOut => Absences::LeftOut,
            Absent::Abstention => Absences::Abstentions,
        },
    };
    CohesionOptions::default()
        .with_treatment(treatment)
        .with_minimum(args.least)
}
