//! [`ideal`]: positions of states, estimated from their ballots.

#[cfg(feature = "plot")]
use std::cmp::Reverse;
use std::path::PathBuf;

#[cfg(feature = "gibbs")]
use plenary_analysis::ideal::Gibbs;
use plenary_analysis::ideal::{
    Abstentions, Anchor, Convergence, Dynamics, Em, Estimates, IdealError, IdealPoint, ItemRules,
    Model, Progress, RefusedItem, Responses, ResponsesBuilder, read_links,
};
#[cfg(feature = "plot")]
use plenary_analysis::plot::{Chart, Point, Series, TimeAxis};
use plenary_analysis::table::{Column, Table};
use plenary_analysis::{Sittings, Votes};
#[cfg(feature = "plot")]
use plenary_types::Invariant;
use serde::{Serialize, Serializer};

use super::labels::Labels;
use super::{Codes, SelectedVotes, VoteSettings, labels, select_votes};
use crate::beside::read_text;
use crate::{Error, Input, Refusal};

/// From which votes positions are estimated, and how.
#[derive(Clone)]
#[non_exhaustive]
pub struct IdealSettings {
    /// Which votes.
    pub votes: VoteSettings,
    /// A table `rcid1,rcid2` of roll calls that repeat one resolution and share its parameters.
    pub linked: Option<PathBuf>,
    /// How abstentions are read, and how many ballots outside the most frequent choice a vote needs.
    pub rules: ItemRules,
    /// How positions of one state are tied over sessions.
    pub dynamics: Dynamics,
    /// The state that stands higher, by code, name or number; by default the United States.
    pub anchor: Option<String>,
    /// The state that stands lower than the anchor.
    pub anchor_low: Option<String>,
    /// The level of the credible intervals.
    pub level: f64,
    /// How to estimate.
    pub method: IdealMethod,
    /// A row for each session and a column for each state instead of a row for each state and session.
    pub wide: bool,
}

impl Default for IdealSettings {
    fn default() -> Self {
        Self {
            votes: VoteSettings::default(),
            linked: None,
            rules: ItemRules::default(),
            dynamics: Dynamics::Published { smoothing: 0.5 },
            anchor: None,
            anchor_low: None,
            level: 0.95,
            method: IdealMethod::default(),
            wide: false,
        }
    }
}

/// How positions are estimated.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum IdealMethod {
    /// Variational expectation maximisation.
    Em {
        /// The greatest change of a position at which to stop.
        tolerance: f64,
        /// When to give up.
        max_iterations: usize,
    },
    /// A sampler, with R-hat and effective sample sizes.
    #[cfg(feature = "gibbs")]
    Gibbs {
        /// The seed.
        seed: u64,
        /// Independent chains.
        chains: usize,
        /// Iterations before draws are kept.
        burn_in: usize,
        /// Draws kept in each chain.
        draws: usize,
        /// Iterations for each draw kept.
        thinning: usize,
    },
}

impl Default for IdealMethod {
    fn default() -> Self {
        Self::Em {
            tolerance: 1e-8,
            max_iterations: 5000,
        }
    }
}

/// Where states stand. It serialises as its table, with how the estimate converged and what was left out.
#[derive(Debug)]
#[non_exhaustive]
pub struct IdealPoints {
    /// The table, with its metadata.
    pub table: Table,
    /// What limits the votes.
    pub warnings: Vec<String>,
    /// Files that were read beside the inputs.
    pub beside: Vec<PathBuf>,
    /// The estimates.
    pub estimates: Estimates,
    responses: Responses,
    #[cfg(feature = "plot")]
    votes: Votes,
    method: IdealMethod,
}

impl Serialize for IdealPoints {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Document<'a> {
            #[serde(flatten)]
            table: &'a Table,
            convergence: &'a Convergence,
            jumps: Vec<String>,
            refused: Vec<String>,
        }
        let refused = self.responses.refused().iter();
        let document = Document {
            table: &self.table,
            convergence: &self.estimates.convergence,
            jumps: self
                .estimates
                .jumps
                .iter()
                .map(ToString::to_string)
                .collect(),
            refused: refused.map(ToString::to_string).collect(),
        };
        document.serialize(serializer)
    }
}

/// Estimates where states stand from the selected votes of some inputs; `watch` is told how far it has come.
///
/// # Errors
///
/// [`Error`] when an input cannot be used, or the votes cannot be estimated.
pub fn ideal<I: Into<Input>>(
    inputs: impl IntoIterator<Item = I>,
    settings: &IdealSettings,
    watch: &(dyn Fn(Progress) + Sync),
) -> Result<IdealPoints, Error> {
    let selected = select_votes(inputs, &settings.votes)?;
    ideal_of(selected, settings, watch)
}

/// Estimates where states stand from votes that were selected.
pub(super) fn ideal_of(
    selected: SelectedVotes,
    settings: &IdealSettings,
    watch: &(dyn Fn(Progress) + Sync),
) -> Result<IdealPoints, Error> {
    let mut builder = ResponsesBuilder::default();
    let mut warnings = selected.warnings;
    let unplaced = builder.add_votes(&selected.votes, &selected.reference);
    let unplaced = unplaced.map_err(|error| Refusal::because(&error))?;
    if let Some(first) = unplaced.first() {
        let count = unplaced.len();
        warnings.push(format!(
            "{count} votes of no known session are left out (the first: {first})"
        ));
    }
    let mut metadata = selected.metadata;
    if let Some(path) = &settings.linked {
        let pairs = read_links(&read_text(path)?, &mut builder);
        let pairs = pairs.map_err(|error| Refusal::in_table(path, error))?;
        metadata.push((
            "linked",
            format!("{pairs} pairs of roll calls share parameters"),
        ));
    }
    let responses = builder.build(settings.rules);
    let responses = responses.map_err(|error| Refusal::because(&error))?;
    let estimates = estimate(settings, &selected.votes, &responses, watch);
    let estimates = estimates.map_err(|error| Refusal::because(&error))?;
    describe(
        settings,
        &selected.votes,
        &responses,
        &estimates,
        &mut metadata,
    );
    let sittings = Sittings::new(&selected.votes, &selected.reference);
    let (table, shared) = match settings.wide {
        true => wide(settings, &selected.votes, &sittings, &estimates),
        false => long(settings, &selected.votes, &sittings, &estimates),
    };
    if let Some([warning, text]) = labels::shared_codes(shared) {
        warnings.push(warning);
        metadata.push(("shared codes", text));
    }
    let metadata = metadata.into_iter();
    Ok(IdealPoints {
        table: metadata.fold(table, |table, (key, value)| table.with(key, value)),
        warnings,
        beside: selected.beside,
        estimates,
        responses,
        #[cfg(feature = "plot")]
        votes: selected.votes,
        method: settings.method,
    })
}

fn estimate(
    settings: &IdealSettings,
    votes: &Votes,
    responses: &Responses,
    watch: &(dyn Fn(Progress) + Sync),
) -> Result<Estimates, IdealError> {
    let named = |state: &Option<String>| {
        let state = state.as_deref();
        state.map(|state| in_votes(state, responses.states(), votes))
    };
    let anchor = Anchor {
        positive: named(&settings.anchor),
        negative: named(&settings.anchor_low),
    };
    let model = Model::default()
        .with_dynamics(settings.dynamics)
        .with_anchor(anchor)
        .with_level(settings.level);
    match settings.method {
        IdealMethod::Em {
            tolerance,
            max_iterations,
        } => Em::new(model)
            .with_tolerance(tolerance)
            .with_max_iterations(max_iterations)
            .fit_watched(responses, &mut |progress| watch(progress)),
        #[cfg(feature = "gibbs")]
        IdealMethod::Gibbs {
            seed,
            chains,
            burn_in,
            draws,
            thinning,
        } => Gibbs::new(model)
            .with_seed(seed)
            .with_chains(chains)
            .with_burn_in(burn_in)
            .with_draws(draws)
            .with_thinning(thinning)
            .fit_watched(responses, &watch),
    }
}

/// A state as the votes call it; one that is not among them, and a number of several of them, stays as it is.
fn in_votes(state: &str, states: &[String], votes: &Votes) -> String {
    match all_in_votes(state, states, votes).as_slice() {
        [only] => (*only).to_owned(),
        _ => state.to_owned(),
    }
}

/// What the votes call a state, which may have several codes in them: a number is that of every state that bore it.
fn all_in_votes<'a>(state: &str, states: &'a [String], votes: &Votes) -> Vec<&'a str> {
    let places = labels::places_of(state, states, votes).into_iter();
    let known = places.filter_map(|at| states.get(at));
    known.map(String::as_str).collect()
}

/// How many problems of one kind are told in full.
const SHOWN: usize = 5;

impl IdealPoints {
    /// What the reader of the estimates has to know: votes that are left out, states that jump, no convergence. Of many problems
    /// of one kind the first few and their number, or all.
    #[must_use]
    pub fn problems(&self, all: bool) -> Vec<String> {
        let mut problems = Vec::new();
        let list = |messages: Vec<String>, more: &str| {
            let shown = if all { messages.len() } else { SHOWN };
            let left = messages.len().saturating_sub(shown);
            let rest = (left > 0).then(|| format!("{left} {more}; --verbose prints all"));
            messages.into_iter().take(shown).chain(rest)
        };
        let refused = self.responses.refused();
        let unanimous = refused.iter().filter(|item| item.minority == 0).count();
        if unanimous > 0 && !all {
            problems.push(format!(
                "{unanimous} unanimous votes are left out: they say nothing about who stands where"
            ));
        }
        let told = |item: &&RefusedItem| item.minority > 0 || all;
        let refused = refused.iter().filter(told).map(ToString::to_string);
        let more = "more votes are left out as near-unanimous";
        problems.extend(list(refused.collect(), more));
        if self.responses.unknown_links() > 0 {
            let count = self.responses.unknown_links();
            problems.push(format!(
                "{count} linked pairs name a vote without usable ballots"
            ));
        }
        let jumps = self.estimates.jumps.iter().map(ToString::to_string);
        problems.extend(list(
            jumps.collect(),
            "more voters jump for one session only",
        ));
        let convergence = &self.estimates.convergence;
        if !convergence.converged {
            let advice = match self.method {
                IdealMethod::Em { .. } => "raise --max-iterations",
                #[cfg(feature = "gibbs")]
                IdealMethod::Gibbs { .. } => "raise --burn-in and --thin",
            };
            problems.push(format!(
                "not converged after {} iterations: expected {}, reached {}; {advice}",
                convergence.iterations,
                convergence.criterion,
                decimal(convergence.value)
            ));
        }
        problems
    }

    /// The parameters of the items.
    #[must_use]
    pub fn items(&self) -> Table {
        let items = &self.estimates.items;
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

    /// Positions over sessions of some states, by code, name or number; where none is named, of the permanent members of the Security
    /// Council.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] when a state has no estimate.
    #[cfg(feature = "plot")]
    pub fn chart(&self, states: &[String]) -> Result<Chart, Error> {
        let estimates = &self.estimates;
        let mut wanted: Vec<Vec<&str>> = Vec::new();
        for state in states {
            let mut codes = all_in_votes(state, self.responses.states(), &self.votes);
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
                return Err(Refusal::new(format!("`{state}` has no estimate to draw"))
                    .with_help("name voters as the table has them: USA,RUS")
                    .by_setting(["plot-states"])
                    .into());
            }
            let mut line = Series::new(codes.first().copied().invariant("a name was looked up"));
            line.points = points;
            series.push(line);
        }
        series.retain(|series| !series.points.is_empty());
        let mut chart = Chart::default();
        "Ideal points".clone_into(&mut chart.title);
        chart.note = format!(
            "Posterior means with intervals of {} %; {} is up",
            100.0 * estimates.level,
            estimates.anchor
        );
        chart.x = TimeAxis::Session;
        "ideal point".clone_into(&mut chart.y_label);
        chart.series = series;
        chart.about = self.table.metadata().to_vec();
        Ok(chart)
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
    settings: &IdealSettings,
    votes: &Votes,
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
    let abstentions = match settings.rules.abstentions {
        Abstentions::Absent => "as if absent (binary model)",
        Abstentions::AsNo => "as a no (binary model)",
        _ => "between yes and no",
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
            settings.rules.minority
        ),
    ));
    metadata.push((
        "anchor",
        match votes.printed_name(&estimates.anchor) {
            Some(name) => format!("{} ({name}) is positive on average", estimates.anchor),
            None => format!("{} is positive on average", estimates.anchor),
        },
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

/// The years of sessions, for a column beside them. Nothing where a session has none.
fn years(sittings: &Sittings<'_>, sessions: impl IntoIterator<Item = i32>) -> Option<Column> {
    let years = sessions
        .into_iter()
        .map(|session| sittings.year(session).map(i64::from));
    let years: Option<Vec<i64>> = years.collect();
    years.map(|years| Column::counts("year", years))
}

/// The name of each point's state in its session.
fn names(settings: &IdealSettings, sittings: &Sittings<'_>, points: &[IdealPoint]) -> Labels {
    let mut places: Vec<usize> = (0..points.len()).collect();
    places.sort_by_key(|&at| points.get(at).map(|point| point.session));
    let mut names = vec![String::new(); points.len()];
    let mut shared = Vec::new();
    let session = |at: usize| points.get(at).map(|point| point.session);
    for places in places.chunk_by(|&a, &b| session(a) == session(b)) {
        let year = places.first().and_then(|&at| sittings.year(session(at)?));
        let states = places.iter().filter_map(|&at| points.get(at));
        let labels = labels::labels(states.map(|p| p.state.as_str()), settings.votes.codes, year);
        shared.extend(labels.shared);
        for (&at, name) in places.iter().zip(labels.names) {
            if let Some(slot) = names.get_mut(at) {
                *slot = name;
            }
        }
    }
    Labels { names, shared }
}

fn long(
    settings: &IdealSettings,
    votes: &Votes,
    sittings: &Sittings<'_>,
    estimates: &Estimates,
) -> (Table, Vec<String>) {
    let points = &estimates.points;
    let column = match settings.votes.codes {
        Codes::Iso3 => "state",
        Codes::Cow => "ccode",
    };
    let labels = names(settings, sittings, points);
    let mut table = Table::new(vec![
        Column::labels(column, labels.names),
        Column::counts("session", points.iter().map(|p| i64::from(p.session))),
        Column::floats("ideal", points.iter().map(|p| Some(p.ideal))),
        Column::floats("sd", points.iter().map(|p| Some(p.sd))),
        Column::floats("lower", points.iter().map(|p| Some(p.lower))),
        Column::floats("upper", points.iter().map(|p| Some(p.upper))),
        Column::counts("n", points.iter().map(|p| i64::from(p.n))),
    ]);
    if let Some(years) = years(sittings, points.iter().map(|p| p.session)) {
        table = table.with_column("session", years);
    }
    if let Some(called) = labels::printed(votes, points.iter().map(|p| p.state.as_str())) {
        table = table.with_column(column, Column::labels("name", called));
    }
    (table, labels.shared)
}

fn wide(
    settings: &IdealSettings,
    votes: &Votes,
    sittings: &Sittings<'_>,
    estimates: &Estimates,
) -> (Table, Vec<String>) {
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
    let mut columns = vec![Column::counts(
        "session",
        sessions.iter().map(|&s| i64::from(s)),
    )];
    columns.extend(years(sittings, sessions.iter().copied()));
    let labels = labels::labels(states.iter().copied(), settings.votes.codes, None);
    let headings = labels::headings(votes, labels.names);
    for (state, name) in states.into_iter().zip(&headings) {
        let values = sessions
            .iter()
            .map(|&session| known.get(&(state, session)).map(|p| p.ideal));
        columns.push(Column::floats(name, values));
    }
    (Table::new(columns), labels.shared)
}

#[cfg(feature = "plot")]
/// The permanent members, under every code that they have had, with the Correlates of War numbers of tables.
const PERMANENT: [&[&str]; 5] = [
    &["USA", "2"],
    &["GBR", "200"],
    &["FRA", "220"],
    &["RUS", "SUN", "365"],
    &["CHN", "710"],
];

#[cfg(feature = "plot")]
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
