//! `plenary ideal`: positions of states, estimated from their ballots.

use std::path::PathBuf;

use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};
use plenary::analysis::Grouping;
use plenary::analysis::ideal::{Abstentions, Dynamics, ItemRules, Progress as Iterations};
use plenary::{Codes, IdealMethod, IdealSettings, ideal};

use super::destination;
use super::input::Progress;
use super::results::{ChartArgs, Drawn, ResultArgs, TableFormat, Target};
use super::selecting::{self, Selecting};
use crate::exit::{Exit, Result};
use crate::output::{Output, warn_all};

#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct Args {
    #[command(flatten)]
    selecting: Selecting,
    /// Pairs of roll calls that repeat one resolution and share its parameters: a table `rcid1,rcid2`
    #[arg(long, value_name = "FILE")]
    linked: Option<PathBuf>,
    /// How to estimate
    #[arg(long, default_value = "em")]
    method: Method,
    /// How positions of one voter are tied over sessions
    #[arg(long, default_value = "published", help_heading = "Model")]
    dynamics: Tie,
    /// The factor of the variance rule of the random walk
    #[arg(long, value_name = "X", default_value_t = 0.5, help_heading = "Model")]
    smoothing: f64,
    /// How abstentions are read; `absent` and `as-no` make a binary model
    #[arg(long, default_value = "between", help_heading = "Model")]
    abstentions: Abstaining,
    /// Ballots outside the most frequent choice that a vote needs to be used
    #[arg(long, value_name = "N", default_value_t = 1, help_heading = "Model")]
    minority: u32,
    /// The voter that stands higher; by default the United States
    #[arg(long, value_name = "STATE", help_heading = "Model")]
    anchor: Option<String>,
    /// The voter that stands lower than the anchor
    #[arg(
        long,
        value_name = "STATE",
        requires = "anchor",
        help_heading = "Model"
    )]
    anchor_low: Option<String>,
    /// The level of the credible intervals
    #[arg(long, value_name = "X", default_value_t = 0.95, help_heading = "Model")]
    level: f64,
    /// EM: the greatest change of a position at which to stop
    #[arg(
        long,
        value_name = "X",
        default_value_t = 1e-8,
        help_heading = "Estimation"
    )]
    tolerance: f64,
    /// EM: when to give up
    #[arg(
        long,
        value_name = "N",
        default_value_t = 5000,
        help_heading = "Estimation"
    )]
    max_iterations: usize,
    /// Sampler: the seed
    #[arg(
        long,
        value_name = "N",
        default_value_t = 1,
        help_heading = "Estimation"
    )]
    seed: u64,
    /// Sampler: independent chains
    #[arg(
        long,
        value_name = "N",
        default_value_t = 2,
        help_heading = "Estimation"
    )]
    chains: usize,
    /// Sampler: iterations before draws are kept
    #[arg(
        long,
        value_name = "N",
        default_value_t = 1000,
        help_heading = "Estimation"
    )]
    burn_in: usize,
    /// Sampler: draws kept in each chain
    #[arg(
        long,
        value_name = "N",
        default_value_t = 500,
        help_heading = "Estimation"
    )]
    draws: usize,
    /// Sampler: iterations for each draw kept
    #[arg(
        long,
        value_name = "N",
        default_value_t = 4,
        help_heading = "Estimation"
    )]
    thin: usize,
    /// How voters are named
    #[arg(long, default_value = "iso3", value_parser = selecting::codes())]
    codes: Codes,
    /// Wide table: one row per session, one column per voter
    #[arg(long)]
    matrix: bool,
    #[command(flatten)]
    pub(super) results: ResultArgs,
    /// Write the parameters of the items too, as CSV
    #[arg(long, value_name = "FILE")]
    items: Option<PathBuf>,
    #[command(flatten)]
    chart: ChartArgs,
    /// The voters to draw; by default the permanent members of the Security Council
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
The model is that of Bailey, Strezhnev and Voeten (2017): yes, abstain and no in order, a discrimination and two cutpoints \
for each vote, a random walk of each state. Positions have mean 0 and variance 1 over all states and sessions.

The sampler mixes slowly: over all votes of the Assembly since 1946 R-hat is 1.20 and 7 draws are effective at worst with the settings \
above, 1.006 and 211 in the median. The command says when it has not converged.

  plenary ideal votes.csv --linked linked.csv --output ideal.csv --plot ideal.svg";

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Method {
    /// Variational expectation maximisation
    Em,
    /// A sampler, with R-hat and effective sample sizes; it mixes slowly over many sessions
    Gibbs,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Tie {
    /// A random walk as in the published estimates: evidence flows forward
    Published,
    /// The same random walk with evidence flowing both ways
    RandomWalk,
    /// No tie: each session by itself
    Static,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Abstaining {
    /// Between yes and no
    Between,
    /// As if absent
    Absent,
    /// As a no
    AsNo,
}

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    let others = [&args.items, args.chart.path()];
    let target = Target::new(&args.results, TableFormat::Csv, &others)?;
    args.chart.check(Grouping::Session)?;
    let progress = Progress::new(output);
    let settings = settings(args, &progress)?;
    let bar = output.shows_progress().then(progress_bar);
    let watch = |at: Iterations| {
        if let Some(bar) = &bar {
            progress.clear();
            bar.set_length(at.of as u64);
            bar.set_position(at.iteration as u64);
            if let Some(change) = at.change {
                bar.set_message(format!("greatest change {change:.1e}"));
            }
        }
    };
    let found = progress.cleared(|| ideal(&args.selecting.paths, &settings, &watch));
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    let found = found?;
    warn_all(&found.warnings, output);
    warn_all(&found.problems(output.is_verbose()), output);
    destination::reading_all(&found.beside)?;
    let chart = || Ok(found.chart(&args.plot_states)?);
    let drawn = args.chart.draw(output, chart)?;
    target.write(&found.table, "ideal_points", &found, output)?;
    if let Some(path) = &args.items {
        destination::write(Some(path), output, |out| {
            Ok(found.items().write_csv(out)?)
        })?;
    }
    Drawn::write_any(drawn.as_ref(), output)?;
    Ok(Exit::Clean)
}

fn settings(args: &Args, progress: &Progress) -> Result<IdealSettings> {
    let smoothing = args.smoothing;
    let mut settings = IdealSettings::default();
    settings.votes = args.selecting.settings(args.codes, progress)?;
    if let Some(path) = &args.linked {
        destination::reading(path)?;
        settings.linked = Some(path.clone());
    }
    settings.rules = ItemRules::default()
        .with_minority(args.minority)
        .with_abstentions(match args.abstentions {
            Abstaining::Between => Abstentions::Between,
            Abstaining::Absent => Abstentions::Absent,
            Abstaining::AsNo => Abstentions::AsNo,
        });
    settings.dynamics = match args.dynamics {
        Tie::Published => Dynamics::Published { smoothing },
        Tie::RandomWalk => Dynamics::RandomWalk { smoothing },
        Tie::Static => Dynamics::Static,
    };
    settings.anchor.clone_from(&args.anchor);
    settings.anchor_low.clone_from(&args.anchor_low);
    settings.level = args.level;
    settings.method = match args.method {
        Method::Em => IdealMethod::Em {
            tolerance: args.tolerance,
            max_iterations: args.max_iterations,
        },
        Method::Gibbs => IdealMethod::Gibbs {
            seed: args.seed,
            chains: args.chains,
            burn_in: args.burn_in,
            draws: args.draws,
            thinning: args.thin,
        },
    };
    settings.wide = args.matrix;
    Ok(settings)
}

fn progress_bar() -> ProgressBar {
    let style =
        ProgressStyle::with_template("iteration {pos} of at most {len} {bar:30} {msg} {elapsed}");
    ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
