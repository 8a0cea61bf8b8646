//! `plenary agree`: how pairs of states voted together.

use clap::builder::TypedValueParser;
use plenary::analysis::Grouping;
use plenary::analysis::dyad::{Absences, Measure, Measures};
use plenary::{AgreeSettings, Codes, agree};

use super::destination;
use super::input::Progress;
use super::results::{ChartArgs, Drawn, ResultArgs, TableFormat, Target};
use super::selecting::{self, Selecting};
use crate::exit::{Exit, Failure, Result};
use crate::output::{Output, many, warn_all};

#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct Args {
    #[command(flatten)]
    selecting: Selecting,
    /// Aggregate by
    #[arg(long, default_value = "year", value_parser = selecting::grouping())]
    by: Grouping,
    /// Only pairs of these voters, by code or name, or of the members of a group of the reference data; one alone with every
    /// other
    #[arg(long, value_name = "STATE,…", value_delimiter = ',')]
    states: Vec<String>,
    /// Only pairs with this voter, which comes first: with each of --states, else with every other
    #[arg(long, value_name = "STATE")]
    with: Option<String>,
    /// Measures, in columns after `agree`: coincidence, points, s-absolute, s-squared, kappa, pi, kappa-absolute,
    /// kappa-squared, pi-absolute, pi-squared; or all [default: s-absolute,s-squared,kappa,pi; with --matrix, agree]
    #[arg(long, value_name = "MEASURE,…", value_delimiter = ',')]
    measures: Vec<String>,
    /// How absences are read
    #[arg(
        long,
        value_name = "HOW",
        default_value = "excluded",
        value_parser = absences()
    )]
    absences: Absences,
    /// Add the nine joint counts: yes_yes, yes_abstain, …
    #[arg(long)]
    counts: bool,
    /// Add the coincidence including consensus: this many resolutions of each group were adopted by consensus
    #[arg(long, value_name = "N")]
    consensus: Option<u32>,
    /// Leave out pairs with fewer votes in common
    #[arg(long, value_name = "N", default_value_t = 1)]
    least: u32,
    /// A square table of one measure for each group instead of a row for each pair
    #[arg(long, conflicts_with_all = ["counts", "consensus"])]
    matrix: bool,
    /// How voters are named
    #[arg(long, default_value = "iso3", value_parser = selecting::codes())]
    codes: Codes,
    #[command(flatten)]
    pub(super) results: ResultArgs,
    #[command(flatten)]
    chart: ChartArgs,
    /// With --with: the voters whose lines stand out from the grey ones of all others
    #[arg(
        long,
        value_name = "STATE,…",
        value_delimiter = ',',
        requires = "path",
        help_heading = "Chart"
    )]
    plot_states: Vec<String>,
}

const AFTER: &str = "\
agree is Voeten's agreement: equal votes count one, an abstention against a yes or no half. An empty field means that a \
measure has no value: no vote in common, or no disagreement possible by chance.

  plenary agree votes.csv --by year --states USA,ISR --plot usa-isr.svg
  plenary agree votes.csv --with USA --states CHN,FRA,GBR,RUS --plot permanent.png
  plenary agree votes.csv --with USA --plot usa.pdf --plot-states ISR,GBR,CUB";

/// How absences are read.
fn absences() -> impl TypedValueParser<Value = Absences> {
    selecting::words(&[
        ("excluded", "Votes with an absence are left out"),
        ("as-abstention", "Absent members count as abstaining"),
    ])
}

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    let target = Target::new(&args.results, TableFormat::Csv, &[args.chart.path()])?;
    args.chart.check(args.by)?;
    if args.chart.path().is_some() && args.states.is_empty() && args.with.is_none() {
        let message = "a chart of all pairs cannot be read";
        return Err(Failure::new(message)
            .with_help("name the voters with --states, or one against the others with --with"));
    }
    let progress = Progress::new(output);
    let mut settings = AgreeSettings::default();
    settings.votes = args.selecting.settings(args.codes, &progress)?;
    settings.by = args.by;
    settings.states.clone_from(&args.states);
    settings.with.clone_from(&args.with);
    settings.measures = measures(args)?;
    settings.absences = args.absences;
    settings.counts = args.counts;
    settings.consensus = args.consensus;
    settings.least = args.least;
    settings.wide = args.matrix;
    let agreement = progress.cleared(|| agree(&args.selecting.paths, &settings))?;
    warn_all(&agreement.warnings, output);
    destination::reading_all(&agreement.beside)?;
    let chart = || Ok(agreement.chart(&args.plot_states)?);
    let drawn = args.chart.draw(output, chart)?;
    if drawn.is_some() {
        say_unplotted(&agreement.unplotted(), output);
    }
    target.write(&agreement.table, "agreement", &agreement, output)?;
    Drawn::write_any(drawn.as_ref(), output)?;
    Ok(Exit::Clean)
}

/// The measures that are named; nothing for the usual ones.
fn measures(args: &Args) -> Result<Option<Vec<Measure>>> {
    let mut measures = Vec::new();
    for name in args.measures.iter().filter(|name| !name.is_empty()) {
        match name.as_str() {
            "all" => measures.extend(Measure::ALL),
            name => measures.push(Measures::default().find(&name.replace('_', "-"))?),
        }
    }
    Ok((!args.measures.is_empty()).then_some(measures))
}

/// Says which rows of a table are not in its plot: special sessions have no place on an axis of regular ones.
fn say_unplotted(sessions: &[String], output: &Output) {
    let mut named = sessions.to_vec();
    named.dedup();
    if !named.is_empty() {
        output.warn(&format!(
            "{} of {} not in the plot, whose axis is that of regular sessions: {}",
            many(sessions.len(), "row"),
            many(named.len(), "special session"),
            named.join(", ")
        ));
    }
}
