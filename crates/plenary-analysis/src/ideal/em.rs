//! [`Em`]: the variational estimator.

use super::acceleration::Anderson;
use super::estimates::{self, Convergence, Estimates, IdealError, Model, Raw};
use super::item_step::ItemStep;
use super::model::{self, Items, Occurring, Ties};
use super::position_step::{Evidence, PositionStep};
use super::responses::Responses;
use crate::level::Level;

/// Variational expectation maximisation for the ordinal item response model of Bailey, Strezhnev and Voeten (2017).
///
/// Positions and items are taken as independent normal given the ballots (a mean-field approximation, after Imai, Lo and
/// Olmsted 2016); the log likelihood is expanded to second order about the means, so that the second moments
/// of positions and discriminations count with the curvature of each ballot. Items move by Newton's rule, positions
/// by the step of expectation maximisation, then the scale is fixed at mean 0 and variance 1; Anderson's
/// rule combines former steps. The result is deterministic: no seed, and the same whatever the order of the ballots.
///
/// ```
/// use plenary_analysis::ideal::{Em, ItemRules, ResponsesBuilder};
/// use plenary_types::Choice::{Abstain, No, Yes};
///
/// let mut builder = ResponsesBuilder::default();
/// let ballots = [
///     ("USA", [No, No, Abstain, No]),
///     ("GBR", [Abstain, No, Yes, Abstain]),
///     ("BRA", [Yes, Abstain, Yes, Yes]),
///     ("CUB", [Yes, Yes, Yes, Yes]),
/// ];
/// for (state, choices) in ballots {
///     for (vote, choice) in ["1", "2", "3", "4"].into_iter().zip(choices) {
///         builder.add(state, 73, vote, choice, 0)?;
///     }
/// }
/// let estimates = Em::default().fit(&builder.build(ItemRules::default())?)?;
/// let order: Vec<&str> = {
///     let mut points: Vec<_> = estimates.points.iter().collect();
///     points.sort_by(|a, b| b.ideal.total_cmp(&a.ideal));
///     points.iter().map(|point| point.state.as_str()).collect()
/// };
/// assert_eq!(order, ["USA", "GBR", "BRA", "CUB"]);
/// assert!(estimates.convergence.converged);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Em {
    /// What the ballots are modelled with.
    pub model: Model,
    /// When to give up.
    pub max_iterations: usize,
    /// The greatest change of a position in one iteration at which to stop.
    pub tolerance: f64,
    /// Whether former steps are combined (Anderson's rule): the same result in about a tenth of the iterations.
    pub accelerate: bool,
}

impl Default for Em {
    fn default() -> Self {
        Self {
            model: Model::default(),
            max_iterations: 5_000,
            tolerance: 1e-8,
            accelerate: true,
        }
    }
}

/// One iteration, for progress.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Progress {
    /// Iterations done.
    pub iteration: usize,
    /// Iterations at most.
    pub of: usize,
    /// The greatest change of a position, where the estimator has one.
    pub change: Option<f64>,
}

impl Em {
    /// The estimator for a model.
    #[must_use]
    pub fn new(model: Model) -> Self {
        Self {
            model,
            ..Self::default()
        }
    }

    /// Another bound on iterations.
    #[must_use]
    pub const fn with_max_iterations(mut self, most: usize) -> Self {
        self.max_iterations = most;
        self
    }

    /// Another criterion.
    #[must_use]
    pub const fn with_tolerance(mut self, tolerance: f64) -> Self {
        self.tolerance = tolerance;
        self
    }

    /// With or without acceleration.
    #[must_use]
    pub const fn with_acceleration(mut self, accelerate: bool) -> Self {
        self.accelerate = accelerate;
        self
    }

    /// Estimates positions and items. Whether the criterion was met is in [`Estimates::convergence`]: stopping at the
    /// bound is no error.
    ///
    /// # Errors
    ///
    /// [`IdealError`] when the anchor did not vote or an option is out of range.
    pub fn fit(&self, responses: &Responses) -> Result<Estimates, IdealError> {
        self.fit_watched(responses, &mut |_| {})
    }

    /// As [`Em::fit`], telling `watch` of every iteration.
    ///
    /// # Errors
    ///
    /// As [`Em::fit`].
    pub fn fit_watched(
        &self,
        responses: &Responses,
        watch: &mut dyn FnMut(Progress),
    ) -> Result<Estimates, IdealError> {
        self.model.check()?;
        estimates::positive("tolerance", self.tolerance)?;
        let anchor = self.model.anchor.resolve(&responses.states)?;
        let occurring = model::occurring(responses);
        let raw = self.raw(responses, &occurring, anchor.0, watch);
        Ok(raw.finish(responses, &occurring, &self.model, anchor))
    }

    /// The estimates before names and signs.
    pub(crate) fn raw(
        &self,
        responses: &Responses,
        occurring: &[Occurring],
        anchor: u32,
        watch: &mut dyn FnMut(Progress),
    ) -> Raw {
        let ties = Ties::new(responses, self.model.dynamics);
        let mut climb = Climb::new(responses, occurring, &ties, &self.model, anchor);
        let mut anderson = Anderson::default();
        let (mut iterations, mut change) = (0, f64::INFINITY);
        while iterations < self.max_iterations && change > self.tolerance {
            iterations += 1;
            let before = climb.theta.clone();
            climb.iterate();
            let last = change;
            change = greatest_change(&before, &climb.theta);
            watch(Progress {
                iteration: iterations,
                of: self.max_iterations,
                change: Some(change),
            });
            if self.accelerate && iterations > PLAIN && change > self.tolerance {
                if change > 3.0 * last {
                    anderson.restart();
                }
                climb.theta = anderson.next(&before, &climb.theta);
                model::standardise(&mut climb.theta, &mut [], None);
            }
        }
        let (log_likelihood, objective) =
            estimates::objective(responses, &ties, &self.model, &climb.theta, &climb.items);
        let convergence = Convergence {
            iterations,
            converged: change <= self.tolerance,
            criterion: format!("greatest change of a position at most {}", self.tolerance),
            value: change,
            log_likelihood,
            objective,
            sampling: None,
        };
        climb.into_raw(convergence)
    }
}

/// Iterations before acceleration begins: the first steps are too long to be combined.
const PLAIN: usize = 5;

fn greatest_change(before: &[f64], after: &[f64]) -> f64 {
    before
        .iter()
        .zip(after)
        .map(|(a, b)| (a - b).abs())
        .fold(0.0, f64::max)
}

/// The state of an estimation under way.
struct Climb<'a> {
    items_step: ItemStep<'a>,
    positions_step: PositionStep<'a>,
    theta: Vec<f64>,
    spread: Vec<f64>,
    items: Items,
    evidence: Vec<Evidence>,
}

impl<'a> Climb<'a> {
    fn new(
        responses: &'a Responses,
        occurring: &'a [Occurring],
        ties: &'a Ties,
        model: &Model,
        anchor: u32,
    ) -> Self {
        let level = Level::detect();
        let (theta, items) = model::start(responses, anchor);
        let mut climb = Self {
            items_step: ItemStep {
                responses,
                occurring,
                level,
                discrimination_precision: model.discrimination_sd.powi(-2),
                cutpoint_precision: model.cutpoint_sd.powi(-2),
            },
            positions_step: PositionStep {
                responses,
                ties,
                level,
            },
            spread: vec![0.1; theta.len()],
            evidence: vec![Evidence::default(); theta.len()],
            theta,
            items,
        };
        for _ in 0..3 {
            climb
                .items_step
                .run(&climb.theta, &climb.spread, &mut climb.items);
        }
        climb
    }

    fn iterate(&mut self) {
        self.items_step
            .run(&self.theta, &self.spread, &mut self.items);
        self.positions_step
            .evidence(&self.theta, &self.items, &mut self.evidence);
        self.positions_step
            .run(&mut self.theta, &mut self.spread, &self.evidence);
        model::standardise(&mut self.theta, &mut self.spread, Some(&mut self.items));
    }

    fn into_raw(mut self, convergence: Convergence) -> Raw {
        self.positions_step
            .evidence(&self.theta, &self.items, &mut self.evidence);
        let sd = self.positions_step.deviations(&self.evidence);
        let discrimination_sd = self
            .items
            .uncertainty
            .iter()
            .map(|u| u.slope.sqrt())
            .collect();
        Raw {
            theta: self.theta,
            sd,
            items: self.items,
            discrimination_sd,
            intervals: None,
            convergence,
        }
    }
}
