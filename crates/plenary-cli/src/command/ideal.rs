//! `plenary ideal`: positions of states, estimated from their ballots.

use std::cmp::Reverse;
use std::io::Write;
use std::path::PathBuf;

use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};
use plenary::analysis::ideal::{
    Abstentions, Anchor, Dynamics, Em, Estimates, Gibbs, IdealPoint, ItemRules, Model, Progress,
    RefusedItem, Responses, ResponsesBuilder, read_links,
};
use plenary::analysis::plot::{Chart, Point, Series};
use plenary::analysis::table::{Column, Table};
use plenary::types::Session;
use serde::Serialize;

use super::results::{Picture, TableFormat, Target};
use super::selected::{self, Codes, Labels, Selecting};
use crate::exit::{Exit, Failure, Result};
use crate::output::Output;

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
    /// How positions of one state are tied over sessions
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
    /// The state that stands higher; by default the United States
    #[arg(long, value_name = "STATE", help_heading = "Model")]
    anchor: Option<String>,
    /// The state that stands lower than the anchor
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
    /// How states are named
    #[arg(long, default_value = "iso3")]
    codes: Codes,
    /// A row a session and a column a state instead of a row a state and session
    #[arg(long)]
    matrix: bool,
    /// The form of the table
    #[arg(long, default_value = "csv")]
    format: TableFormat,
    /// Write to a file
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write the parameters of the items too, as CSV
    #[arg(long, value_name = "FILE")]
    items: Option<PathBuf>,
    /// Draw positions with their intervals, as SVG
    #[arg(long, value_name = "FILE")]
    plot: Option<PathBuf>,
    /// The states to draw; by default the permanent members of the Security Council
    #[arg(long, value_name = "STATE,…", value_delimiter = ',', requires = "plot")]
    plot_states: Vec<String>,
}

const AFTER: &str = "\
The model is that of Bailey, Strezhnev and Voeten (2017): yes, abstain and no in order, a discrimination and two cutpoints \
for each vote, a random walk of each state. Positions have mean 0 and variance 1 over all states and sessions.

  plenary ideal votes.csv --linked linked.csv --output ideal.csv --plot ideal.svg";

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Method {
    /// Variational expectation maximisation
    Em,
    /// A sampler, with R-hat and effective sample sizes
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

impl Args {
    /// Whether stdout is to hold one JSON document.
    pub(super) fn prints_json(&self) -> bool {
        self.format == TableFormat::Json && self.output.is_none()
    }
}

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    let others = [&args.items, &args.plot];
    let target = Target::new(args.format, args.output.as_deref(), &others)?;
    Picture::check(args.plot.as_deref())?;
    let mut metadata: Vec<(&str, String)> = Vec::new();
    let responses = responses(args, &mut metadata, output)?;
    let estimates = estimate(args, &responses, output)?;
    say_problems(args, &responses, &estimates, output);
    describe(args, &responses, &estimates, &mut metadata);
    let (table, mut shared) = match args.matrix {
        true => wide(args, &estimates),
        false => long(args, &estimates),
    };
    if let Some(text) = selected::say_shared(&mut shared, output) {
        metadata.push(("shared codes", text));
    }
    let table = metadata
        .into_iter()
        .fold(table, |table, (key, value)| table.with(key, value));
    let chart = || chart(args, &responses, &estimates);
    let picture = Picture::draw(args.plot.as_deref(), chart)?;
    let json = |out: &mut dyn Write| {
        let document = Document {
            table: &table,
            convergence: &estimates.convergence,
            jumps: estimates.jumps.iter().map(ToString::to_string).collect(),
            refused: responses
                .refused()
                .iter()
                .map(ToString::to_string)
                .collect(),
        };
        serde_json::to_writer(&mut *out, &document).map_err(std::io::Error::from)?;
        Ok(out.write_all(b"\n")?)
    };
    target.write(&table, json, output)?;
    if let Some(path) = &args.items {
        super::destination::write(Some(path), output, |out| {
            Ok(items(&estimates).write_csv(out)?)
        })?;
    }
    if let Some(picture) = picture {
        picture.write(output)?;
    }
    Ok(Exit::Clean)
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    table: &'a Table,
    convergence: &'a plenary::analysis::ideal::Convergence,
    jumps: Vec<String>,
    refused: Vec<String>,
}

fn responses(
    args: &Args,
    metadata: &mut Vec<(&str, String)>,
    output: &Output,
) -> Result<Responses> {
    let mut builder = ResponsesBuilder::default();
    let selected = args.selecting.read(&[], args.codes, output)?;
    let unplaced = builder.add_votes(&selected.votes)?;
    if let Some(first) = unplaced.first() {
        let count = unplaced.len();
        output.warn(&format!(
            "{count} votes with neither session nor date are left out (the first: {first})"
        ));
    }
    metadata.extend(selected.metadata);
    if let Some(path) = &args.linked {
        super::destination::reading(path)?;
        let pairs = read_links(&plenary::import::read_text(path)?, &mut builder)
            .map_err(|error| Failure::in_file(path, &error))?;
        metadata.push((
            "linked",
            format!("{pairs} pairs of roll calls share parameters"),
        ));
    }
    let abstentions = match args.abstentions {
        Abstaining::Between => Abstentions::Between,
        Abstaining::Absent => Abstentions::Absent,
        Abstaining::AsNo => Abstentions::AsNo,
    };
    let rules = ItemRules::default()
        .with_minority(args.minority)
        .with_abstentions(abstentions);
    Ok(builder.build(rules)?)
}

fn estimate(args: &Args, responses: &Responses, output: &Output) -> Result<Estimates> {
    let smoothing = args.smoothing;
    let dynamics = match args.dynamics {
        Tie::Published => Dynamics::Published { smoothing },
        Tie::RandomWalk => Dynamics::RandomWalk { smoothing },
        Tie::Static => Dynamics::Static,
    };
    let named = |state: &Option<String>| {
        state
            .as_deref()
            .map(|state| in_votes(state, responses.states()))
    };
    let anchor = Anchor {
        positive: named(&args.anchor),
        negative: named(&args.anchor_low),
    };
    let model = Model::default()
        .with_dynamics(dynamics)
        .with_anchor(anchor)
        .with_level(args.level);
    let bar = output.shows_progress().then(progress_bar);
    let watch = |progress: Progress| {
        if let Some(bar) = &bar {
            bar.set_length(progress.of as u64);
            bar.set_position(progress.iteration as u64);
            if let Some(change) = progress.change {
                bar.set_message(format!("greatest change {change:.1e}"));
            }
        }
    };
    let estimates = match args.method {
        Method::Em => Em::new(model)
            .with_tolerance(args.tolerance)
            .with_max_iterations(args.max_iterations)
            .fit_watched(responses, &mut |progress| watch(progress))?,
        Method::Gibbs => Gibbs::new(model)
            .with_seed(args.seed)
            .with_chains(args.chains)
            .with_burn_in(args.burn_in)
            .with_draws(args.draws)
            .with_thinning(args.thin)
            .fit_watched(responses, &watch)?,
    };
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    Ok(estimates)
}

/// A state as the votes call it; one that is not among them, and a number of several of them, stays as it is.
fn in_votes(state: &str, states: &[String]) -> String {
    match all_in_votes(state, states).as_slice() {
        [only] => (*only).to_owned(),
        _ => state.to_owned(),
    }
}

/// What the votes call a state, which may have several codes in them: a number is that of every state that bore it.
fn all_in_votes<'a>(state: &str, states: &'a [String]) -> Vec<&'a str> {
    let places = selected::places_of(state, states).into_iter();
    let known = places.filter_map(|at| states.get(at));
    known.map(String::as_str).collect()
}

fn progress_bar() -> ProgressBar {
    let style =
        ProgressStyle::with_template("iteration {pos} of at most {len} {bar:30} {msg} {elapsed}");
    ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// How many warnings of one kind are printed in full.
const SHOWN: usize = 5;

fn say_problems(args: &Args, responses: &Responses, estimates: &Estimates, output: &Output) {
    let list = |messages: Vec<String>, more: &str| {
        let left = messages.len().saturating_sub(SHOWN);
        let shown = if output.is_verbose() {
            messages.len()
        } else {
            SHOWN
        };
        for message in messages.iter().take(shown) {
            output.warn(message);
        }
        if left > 0 && !output.is_verbose() {
            output.warn(&format!("{left} {more}; --verbose prints all"));
        }
    };
    let refused = responses.refused();
    let unanimous = refused.iter().filter(|item| item.minority == 0).count();
    if unanimous > 0 && !output.is_verbose() {
        let message = format!(
            "{unanimous} unanimous votes are left out: they say nothing about who stands where"
        );
        output.warn(&message);
    }
    let told = |item: &&RefusedItem| item.minority > 0 || output.is_verbose();
    list(
        refused
            .iter()
            .filter(told)
            .map(ToString::to_string)
            .collect(),
        "more votes are left out as near-unanimous",
    );
    if responses.unknown_links() > 0 {
        let count = responses.unknown_links();
        output.warn(&format!(
            "{count} linked pairs name a vote without usable ballots"
        ));
    }
    list(
        estimates.jumps.iter().map(ToString::to_string).collect(),
        "more states jump for one session only",
    );
    if !estimates.convergence.converged {
        let advice = match args.method {
            Method::Em => "raise --max-iterations",
            Method::Gibbs => "raise --burn-in and --thin",
        };
        let convergence = &estimates.convergence;
        output.warn(&format!(
            "not converged after {} iterations: expected {}, reached {}; {advice}",
            convergence.iterations,
            convergence.criterion,
            decimal(convergence.value)
        ));
    }
}

/// A number with four significant digits at most, and without an exponent.
fn decimal(value: f64) -> String {
    if !value.is_finite() || value == 0.0 {
        return value.to_string();
    }
    let mut places = 0;
    let mut scaled = value.abs();
    while scaled < 1000.0 && places < 17 {
        scaled *= 10.0;
        places += 1;
    }
    let text = format!("{value:.places$}");
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

fn describe(
    args: &Args,
    responses: &Responses,
    estimates: &Estimates,
    metadata: &mut Vec<(&'static str, String)>,
) {
    let convergence = &estimates.convergence;
    metadata.push((
        "model",
        format!(
            "ordinal item response model after Bailey, Strezhnev and Voeten (2017), dynamics {}",
            estimates.dynamics
        ),
    ));
    metadata.push(("absences", "missing at random: no response".to_owned()));
    let abstentions = match args.abstentions {
        Abstaining::Between => "between yes and no",
        Abstaining::Absent => "as if absent (binary model)",
        Abstaining::AsNo => "as a no (binary model)",
    };
    metadata.push(("abstentions", abstentions.to_owned()));
    metadata.push((
        "used",
        format!(
            "{} ballots in {} votes ({} items), {} states and sessions; {} items left out with fewer than {} ballots \
             that differ",
            responses.ballots(),
            responses.votes(),
            responses.items(),
            responses.state_sessions(),
            responses.refused().len(),
            args.minority
        ),
    ));
    metadata.push((
        "anchor",
        format!("{} is positive on average", estimates.anchor),
    ));
    metadata.push((
        "interval",
        format!("credible intervals of {} %", 100.0 * estimates.level),
    ));
    metadata.push((
        "convergence",
        format!(
            "{} after {} iterations ({}; reached {}); objective {:.3}, log likelihood {:.3}",
            if convergence.converged {
                "converged"
            } else {
                "not converged"
            },
            convergence.iterations,
            convergence.criterion,
            decimal(convergence.value),
            convergence.objective,
            convergence.log_likelihood
        ),
    ));
    if let Some(sampling) = &convergence.sampling {
        metadata.push((
            "sampling",
            format!(
                "seed {}, {} chains, burn-in {}, {} draws each; R-hat at most {:.3}, median {:.3}; effective draws at \
                 least {:.0}, median {:.0}; {:.0} % of cutpoint proposals accepted",
                sampling.seed,
                sampling.chains,
                sampling.burn_in,
                sampling.draws,
                sampling.r_hat[0],
                sampling.r_hat[1],
                sampling.effective_draws[0],
                sampling.effective_draws[1],
                100.0 * sampling.acceptance
            ),
        ));
    }
}

/// The year in which a regular session opens.
fn year(session: i32) -> Option<i32> {
    let session = u16::try_from(session).ok().map(Session::Regular);
    session.and_then(Session::opening_year)
}

/// The years of sessions, in a column beside them.
fn years(sessions: impl IntoIterator<Item = i32>) -> Column {
    let years = sessions.into_iter().map(year);
    Column::counts(
        "year",
        years.map(|year| i64::from(year.unwrap_or_default())),
    )
}

/// The name of each point's state in its session.
fn names(args: &Args, points: &[IdealPoint]) -> Labels {
    let mut places: Vec<usize> = (0..points.len()).collect();
    places.sort_by_key(|&at| points.get(at).map(|point| point.session));
    let mut names = vec![String::new(); points.len()];
    let mut shared = Vec::new();
    let session = |at: usize| points.get(at).map(|point| point.session);
    for places in places.chunk_by(|&a, &b| session(a) == session(b)) {
        let year = places.first().and_then(|&at| year(session(at)?));
        let states = places.iter().filter_map(|&at| points.get(at));
        let labels = selected::labels(states.map(|p| p.state.as_str()), args.codes, year);
        shared.extend(labels.shared);
        for (&at, name) in places.iter().zip(labels.names) {
            if let Some(slot) = names.get_mut(at) {
                *slot = name;
            }
        }
    }
    Labels { names, shared }
}

fn long(args: &Args, estimates: &Estimates) -> (Table, Vec<String>) {
    let points = &estimates.points;
    let column = match args.codes {
        Codes::Iso3 => "state",
        Codes::Cow => "ccode",
    };
    let labels = names(args, points);
    let table = Table::new(vec![
        Column::labels(column, labels.names),
        Column::counts("session", points.iter().map(|p| i64::from(p.session))),
        years(points.iter().map(|p| p.session)),
        Column::floats("ideal", points.iter().map(|p| Some(p.ideal))),
        Column::floats("sd", points.iter().map(|p| Some(p.sd))),
        Column::floats("lower", points.iter().map(|p| Some(p.lower))),
        Column::floats("upper", points.iter().map(|p| Some(p.upper))),
        Column::counts("n", points.iter().map(|p| i64::from(p.n))),
    ]);
    (table, labels.shared)
}

fn wide(args: &Args, estimates: &Estimates) -> (Table, Vec<String>) {
    let mut sessions: Vec<i32> = estimates.points.iter().map(|p| p.session).collect();
    sessions.dedup();
    let mut states: Vec<&str> = Vec::new();
    for point in &estimates.points {
        if !states.contains(&point.state.as_str()) {
            states.push(&point.state);
        }
    }
    states.sort_unstable();
    let known = estimates.by_state_session();
    let mut columns = vec![
        Column::counts("session", sessions.iter().map(|&s| i64::from(s))),
        years(sessions.iter().copied()),
    ];
    let labels = selected::labels(states.iter().copied(), args.codes, None);
    for (state, name) in states.into_iter().zip(&labels.names) {
        let values = sessions
            .iter()
            .map(|&session| known.get(&(state, session)).map(|p| p.ideal));
        columns.push(Column::floats(name, values));
    }
    (Table::new(columns), labels.shared)
}

fn items(estimates: &Estimates) -> Table {
    let items = &estimates.items;
    Table::new(vec![
        Column::labels("votes", items.iter().map(|item| item.votes.join(" "))),
        Column::floats(
            "discrimination",
            items.iter().map(|item| Some(item.discrimination)),
        ),
        Column::floats(
            "discrimination_sd",
            items.iter().map(|item| Some(item.discrimination_sd)),
        ),
        Column::floats("yes_below", items.iter().map(|item| item.yes_below)),
        Column::floats("no_above", items.iter().map(|item| item.no_above)),
    ])
}

/// The permanent members, under every code that they have had, with the Correlates of War numbers of tables.
const PERMANENT: [&[&str]; 5] = [
    &["USA", "2"],
    &["GBR", "200"],
    &["FRA", "220"],
    &["RUS", "SUN", "365"],
    &["CHN", "710"],
];

fn chart(args: &Args, responses: &Responses, estimates: &Estimates) -> Result<Chart> {
    let mut wanted: Vec<Vec<&str>> = Vec::new();
    for state in &args.plot_states {
        let mut codes = all_in_votes(state, responses.states());
        if codes.is_empty() {
            codes.push(state);
        }
        if !wanted.contains(&codes) {
            wanted.push(codes);
        }
    }
    if wanted.is_empty() {
        wanted = PERMANENT.iter().map(|codes| codes.to_vec()).collect();
    }
    let mut series = Vec::new();
    for codes in wanted {
        let mut history: Vec<&IdealPoint> = codes
            .iter()
            .flat_map(|state| estimates.history(state))
            .collect();
        // Of a state and its successor in one session, the one that cast more ballots.
        history.sort_by_key(|point| (point.session, Reverse(point.n)));
        history.dedup_by_key(|point| point.session);
        let points: Vec<Point> = history.into_iter().map(point).collect();
        if let (true, [state]) = (points.is_empty(), codes.as_slice()) {
            return Err(Failure::new(format!("`{state}` has no estimate to draw"))
                .with_help("name states as the table has them: --plot-states USA,RUS"));
        }
        series.push(Series {
            name: codes.first().copied().unwrap_or_default().to_owned(),
            points,
        });
    }
    series.retain(|series| !series.points.is_empty());
    Ok(Chart {
        title: "Ideal points".to_owned(),
        note: format!(
            "Posterior means with intervals of {} %; {} is up",
            100.0 * estimates.level,
            estimates.anchor
        ),
        x_label: "session".to_owned(),
        y_label: "ideal point".to_owned(),
        y_range: None,
        series,
    })
}

fn point(point: &IdealPoint) -> Point {
    Point {
        x: f64::from(point.session),
        y: point.ideal,
        interval: Some((point.lower, point.upper)),
    }
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn numbers_are_written_without_an_exponent() {
        for (value, text) in [
            (2.796, "2.796"),
            (1.1, "1.1"),
            (12_345.6, "12346"),
            (1000.0, "1000"),
            (0.000_012_345_6, "0.00001235"),
            (1e-6, "0.000001"),
            (0.0, "0"),
            (f64::INFINITY, "inf"),
        ] {
            assert_eq!(decimal(value), text);
        }
    }
}
