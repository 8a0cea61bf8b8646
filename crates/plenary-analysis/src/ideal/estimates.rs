//! What an estimator returns.

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::model::{Dynamics, FAR, Items, Occurring, ballot_log_likelihood};
use super::normal;
use super::responses::Responses;

use plenary_types::Invariant;

/// The position of one state in one session, with its uncertainty.
///
/// Positions have mean 0 and variance 1 over all state-sessions (after Bailey, Strezhnev and Voeten 2017); the anchor
/// decides which way is up. Differences within a session mean more than differences between sessions.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct IdealPoint {
    /// The state, by the name under which its ballots were added.
    pub state: String,
    /// The session.
    pub session: i32,
    /// The position: the posterior mean.
    pub ideal: f64,
    /// Its posterior standard deviation.
    pub sd: f64,
    /// Lower end of the credible interval.
    pub lower: f64,
    /// Upper end of the credible interval.
    pub upper: f64,
    /// Ballots of the state in the session that the estimate rests on.
    pub n: u32,
}

/// The parameters of one item: support falls as `discrimination · ideal` rises past the cutpoints.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ItemEstimate {
    /// The roll calls that share the item.
    pub votes: Vec<String>,
    /// How strongly the item separates positions; positive when states far up vote no.
    pub discrimination: f64,
    /// Its posterior standard deviation.
    pub discrimination_sd: f64,
    /// Where yes ends on the latent scale, if anybody voted yes.
    pub yes_below: Option<f64>,
    /// Where no begins on the latent scale, if anybody voted no.
    pub no_above: Option<f64>,
}

impl ItemEstimate {
    /// The probabilities of yes, abstain and no for a state at `position`: an ordinal probit model. A choice that
    /// nobody made has probability zero.
    #[must_use]
    pub fn probabilities(&self, position: f64) -> [f64; 3] {
        let mean = self.discrimination * position;
        let below = |cutpoint: f64| normal::cdf(cutpoint - mean);
        let yes = self.yes_below.map_or(0.0, below);
        let not_no = self.no_above.map_or(1.0, below);
        [yes, (not_no - yes).max(0.0), 1.0 - not_no]
    }
}

/// How the estimation went.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Convergence {
    /// Iterations run (of each chain, for the sampler).
    pub iterations: usize,
    /// Whether the criterion was met.
    pub converged: bool,
    /// What the criterion was.
    pub criterion: String,
    /// The value of the criterion at the end: the greatest change of a position in one iteration, or the greatest
    /// R-hat.
    pub value: f64,
    /// Log likelihood of the ballots at the estimates.
    pub log_likelihood: f64,
    /// Log likelihood plus log prior density at the estimates, up to a constant.
    pub objective: f64,
    /// What only a sampler can say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sampling: Option<Sampling>,
}

/// How the sampling went.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Sampling {
    /// The seed that repeats the run.
    pub seed: u64,
    /// Independent chains.
    pub chains: usize,
    /// Iterations of each chain before draws were kept.
    pub burn_in: usize,
    /// Draws kept in each chain.
    pub draws: usize,
    /// Greatest and median R-hat over the positions (split chains; Gelman and others 2013, section 11.4).
    pub r_hat: [f64; 2],
    /// Smallest and median effective sample size over the positions.
    pub effective_draws: [f64; 2],
    /// Share of cutpoint proposals that were accepted.
    pub acceptance: f64,
}

/// Ideal points, items, and how they came about.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Estimates {
    /// Ordered by session, then state.
    pub points: Vec<IdealPoint>,
    /// Ordered by their first roll call.
    pub items: Vec<ItemEstimate>,
    /// The tie between sessions.
    pub dynamics: &'static str,
    /// The level of the credible intervals.
    pub level: f64,
    /// The state whose positions are positive on average.
    pub anchor: String,
    /// How the estimation went.
    pub convergence: Convergence,
    /// States that jump for one session only.
    pub jumps: Vec<super::jumps::Jump>,
}

/// Which way is up.
///
/// ```
/// use plenary_analysis::ideal::Anchor;
///
/// let anchor = Anchor::between("USA", "CUB");
/// assert_eq!(anchor.positive.as_deref(), Some("USA"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anchor {
    /// The state that stands higher. By default the United States (`USA`, or `2` in Correlates of War numbers), as in
    /// the published estimates; where it did not vote, the first state.
    pub positive: Option<String>,
    /// The state that stands lower; without one, the middle.
    pub negative: Option<String>,
}

impl Anchor {
    /// `positive` stands higher than the middle.
    #[must_use]
    pub fn positive(state: &str) -> Self {
        Self {
            positive: Some(state.to_owned()),
            negative: None,
        }
    }

    /// `positive` stands higher than `negative`.
    #[must_use]
    pub fn between(positive: &str, negative: &str) -> Self {
        Self {
            positive: Some(positive.to_owned()),
            negative: Some(negative.to_owned()),
        }
    }

    /// The places of the two among the states.
    pub(crate) fn resolve(&self, states: &[String]) -> Result<(u32, Option<u32>), IdealError> {
        let place = |name: &str| {
            let at = states.iter().position(|state| state == name);
            at.and_then(|at| u32::try_from(at).ok())
        };
        let named = |name: &String| {
            place(name).ok_or_else(|| IdealError::Anchor {
                anchor: name.clone(),
            })
        };
        let negative = self.negative.as_ref().map(named).transpose()?;
        let positive = match &self.positive {
            Some(name) => named(name)?,
            None => ["USA", "2"].into_iter().find_map(place).unwrap_or(0),
        };
        Ok((positive, negative))
    }
}

/// What the ballots are modelled with.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Model {
    /// The tie between sessions.
    pub dynamics: Dynamics,
    /// Standard deviation of the normal prior of discriminations; published: 1.
    pub discrimination_sd: f64,
    /// Standard deviation of the normal prior of cutpoints; the default of 4.04 is that of the published prior, which
    /// is uniform from -7 to 7.
    pub cutpoint_sd: f64,
    /// Which way is up.
    pub anchor: Anchor,
    /// The level of credible intervals.
    pub level: f64,
}

impl Default for Model {
    fn default() -> Self {
        Self {
            dynamics: Dynamics::PUBLISHED,
            discrimination_sd: 1.0,
            cutpoint_sd: 14.0 / 12f64.sqrt(),
            anchor: Anchor::default(),
            level: 0.95,
        }
    }
}

impl Model {
    /// Another tie between sessions.
    #[must_use]
    pub const fn with_dynamics(mut self, dynamics: Dynamics) -> Self {
        self.dynamics = dynamics;
        self
    }

    /// Another anchor.
    #[must_use]
    pub fn with_anchor(mut self, anchor: Anchor) -> Self {
        self.anchor = anchor;
        self
    }

    /// Another level of the credible intervals.
    #[must_use]
    pub const fn with_level(mut self, level: f64) -> Self {
        self.level = level;
        self
    }

    pub(crate) fn check(&self) -> Result<(), IdealError> {
        let smoothing = match self.dynamics {
            Dynamics::Published { smoothing } | Dynamics::RandomWalk { smoothing } => smoothing,
            Dynamics::Static => 1.0,
        };
        positive("smoothing", smoothing)?;
        positive("discrimination_sd", self.discrimination_sd)?;
        positive("cutpoint_sd", self.cutpoint_sd)?;
        if self.level > 0.0 && self.level < 1.0 {
            Ok(())
        } else {
            Err(IdealError::Option {
                option: "level",
                expected: "between 0 and 1",
                found: self.level,
            })
        }
    }
}

pub(crate) fn positive(option: &'static str, found: f64) -> Result<(), IdealError> {
    if found > 0.0 && found.is_finite() {
        Ok(())
    } else {
        Err(IdealError::Option {
            option,
            expected: "a positive number",
            found,
        })
    }
}

/// Why nothing was estimated.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum IdealError {
    /// The anchor has no ballot.
    #[error("the anchor `{anchor}` has no usable ballot; name a voter with one")]
    Anchor {
        /// The state.
        anchor: String,
    },
    /// An option is out of range.
    #[error("`{option}` must be {expected}, not {found}")]
    Option {
        /// The option.
        option: &'static str,
        /// What it must be.
        expected: &'static str,
        /// What it is.
        found: f64,
    },
}

/// Raw results of an estimator, before signs, names and intervals.
#[derive(Debug)]
pub(crate) struct Raw {
    pub(crate) theta: Vec<f64>,
    pub(crate) sd: Vec<f64>,
    pub(crate) items: Items,
    pub(crate) discrimination_sd: Vec<f64>,
    /// Ends of the intervals, where they are not symmetric.
    pub(crate) intervals: Option<Vec<[f64; 2]>>,
    pub(crate) convergence: Convergence,
}

impl Raw {
    /// Whether the anchor stands on the wrong side.
    fn upside_down(&self, responses: &Responses, (positive, negative): (u32, Option<u32>)) -> bool {
        let mean = |state: u32| {
            let own = responses
                .cells
                .iter()
                .zip(&self.theta)
                .filter(|(cell, _)| cell.state == state);
            let (sum, count) = own.fold((0.0, 0.0), |(sum, count), (_, x)| (sum + x, count + 1.0));
            sum / f64::max(count, 1.0)
        };
        mean(positive) < negative.map_or(0.0, mean)
    }

    pub(crate) fn finish(
        mut self,
        responses: &Responses,
        occurring: &[Occurring],
        model: &Model,
        anchor: (u32, Option<u32>),
    ) -> Estimates {
        if self.upside_down(responses, anchor) {
            self.theta.iter_mut().for_each(|x| *x = -*x);
            self.items.discrimination.iter_mut().for_each(|x| *x = -*x);
            for [lower, upper] in self.intervals.iter_mut().flatten() {
                (*lower, *upper) = (-*upper, -*lower);
            }
        }
        let half = normal::quantile(0.5 + 0.5 * model.level);
        let points: Vec<IdealPoint> = (0..self.theta.len())
            .map(|at| {
                let (ideal, sd) = (self.theta[at], self.sd[at]);
                let symmetric = [ideal - half * sd, ideal + half * sd];
                let [lower, upper] = self.intervals.as_ref().map_or(symmetric, |all| all[at]);
                let cell = responses.cells[at];
                IdealPoint {
                    state: responses.states[cell.state as usize].clone(),
                    session: responses.sessions[cell.session as usize],
                    ideal,
                    sd,
                    lower,
                    upper,
                    n: cell.ballots,
                }
            })
            .collect();
        Estimates {
            jumps: super::jumps::find(responses, &self.theta, &self.sd, &self.items),
            points,
            items: item_estimates(responses, occurring, &self.items, &self.discrimination_sd),
            dynamics: model.dynamics.as_str(),
            level: model.level,
            anchor: responses
                .states
                .get(anchor.0 as usize)
                .cloned()
                .invariant("the anchor is one of the states"),
            convergence: self.convergence,
        }
    }
}

fn item_estimates(
    responses: &Responses,
    occurring: &[Occurring],
    items: &Items,
    discrimination_sd: &[f64],
) -> Vec<ItemEstimate> {
    responses
        .items
        .iter()
        .enumerate()
        .map(|(item, rolls)| {
            let [first, second] = items.cutpoints[item];
            ItemEstimate {
                votes: rolls
                    .iter()
                    .map(|&roll| responses.rolls[roll as usize].id.clone())
                    .collect(),
                discrimination: items.discrimination[item],
                discrimination_sd: discrimination_sd[item],
                yes_below: occurring[item].yes.then_some(first),
                no_above: occurring[item].no.then_some(second),
            }
        })
        .collect()
}

impl Estimates {
    /// The positions of one state, in order of time.
    pub fn history<'a>(&'a self, state: &'a str) -> impl Iterator<Item = &'a IdealPoint> + 'a {
        self.points.iter().filter(move |point| point.state == state)
    }

    /// The item of a roll call.
    #[must_use]
    pub fn item(&self, vote: &str) -> Option<&ItemEstimate> {
        self.items
            .iter()
            .find(|item| item.votes.iter().any(|id| id == vote))
    }

    /// Each position by state and session.
    #[must_use]
    pub fn by_state_session(&self) -> FxHashMap<(&str, i32), &IdealPoint> {
        self.points
            .iter()
            .map(|point| ((point.state.as_str(), point.session), point))
            .collect()
    }
}

/// Log likelihood of the ballots, and with the log prior densities up to a constant.
pub(crate) fn objective(
    responses: &Responses,
    ties: &super::model::Ties,
    model: &Model,
    theta: &[f64],
    items: &Items,
) -> (f64, f64) {
    let log_likelihood: f64 = responses
        .rolls
        .iter()
        .map(|roll| roll_log_likelihood(responses, roll, items, |at| theta[at]))
        .sum();
    let squares = |values: &mut dyn Iterator<Item = f64>, sd: f64| -> f64 {
        values.map(|x| -0.5 * (x / sd) * (x / sd)).sum()
    };
    let discriminations = squares(
        &mut items.discrimination.iter().copied(),
        model.discrimination_sd,
    );
    let finite = |cutpoint: &f64| cutpoint.abs() < 0.5 * FAR;
    let cutpoints = squares(
        &mut items.cutpoints.iter().flatten().copied().filter(finite),
        model.cutpoint_sd,
    );
    let mut walk = 0.0;
    for history in &ties.histories {
        for k in 0..history.len() {
            let at = history[k] as usize;
            let away = theta[at]
                - match (ties.dynamics, k) {
                    (Dynamics::Published { .. }, _) => ties.centre(history, k, theta),
                    (_, 0) => 0.0,
                    _ => theta[history[k - 1] as usize],
                };
            walk -= 0.5 * ties.precision[at] * away * away;
        }
    }
    (
        log_likelihood,
        log_likelihood + discriminations + cutpoints + walk,
    )
}

/// Log likelihood of the ballots of one roll call, where `position` gives the position of a state-session.
pub(crate) fn roll_log_likelihood(
    responses: &Responses,
    roll: &super::responses::RollCall,
    items: &Items,
    position: impl Fn(usize) -> f64,
) -> f64 {
    let item = roll.item as usize;
    let (base, voters) = responses.ballots_of(roll);
    let mut sum = 0.0;
    for (category, list) in voters.into_iter().enumerate() {
        for &place in list {
            sum +=
                ballot_log_likelihood(items, item, category, position(base + usize::from(place)));
        }
    }
    sum
}
