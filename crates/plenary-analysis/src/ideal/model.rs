//! What both estimators share: the prior, the parameters, starting values, and the fixed scale.

use super::normal;
use super::responses::Responses;

/// How ideal points of one state are tied over time.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Dynamics {
    /// The random walk as the published estimates have it (Bailey, Strezhnev and Voeten 2017): the prior of session `t`
    /// is centred on the state's position in the last session in which it voted, with variance
    /// `smoothing · n_t / (n_t + n_{t-1})`, where `n_t` counts the state's ballots; that of its first session is
    /// centred on its second. Evidence flows forward only: a session tells nothing about the one before it.
    Published {
        /// The factor of the variance rule; published: 0.5.
        smoothing: f64,
    },
    /// The same walk and variance rule as a proper prior over the whole history, so that evidence flows both ways; a
    /// state's first session has a standard normal prior.
    RandomWalk {
        /// The factor of the variance rule.
        smoothing: f64,
    },
    /// No tie: every state-session has a standard normal prior. With one session this is the static model.
    Static,
}

impl Dynamics {
    /// The published random walk with the published smoothing.
    pub const PUBLISHED: Self = Self::Published { smoothing: 0.5 };

    /// The word for it in metadata and on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Published { .. } => "published",
            Self::RandomWalk { .. } => "random-walk",
            Self::Static => "static",
        }
    }
}

impl Default for Dynamics {
    fn default() -> Self {
        Self::PUBLISHED
    }
}

/// The prior ties between state-sessions.
#[derive(Clone, Debug)]
pub(crate) struct Ties {
    /// The state-sessions of each state, in order of time.
    pub(crate) histories: Vec<Vec<u32>>,
    /// Precision of the step into each state-session; for a first one, of its own prior.
    pub(crate) precision: Vec<f64>,
    pub(crate) dynamics: Dynamics,
}

impl Ties {
    pub(crate) fn new(responses: &Responses, dynamics: Dynamics) -> Self {
        let histories = match dynamics {
            Dynamics::Static => (0u32..)
                .take(responses.cells.len())
                .map(|at| vec![at])
                .collect(),
            Dynamics::RandomWalk { .. } | Dynamics::Published { .. } => responses.histories(),
        };
        let mut precision = vec![1.0; responses.cells.len()];
        let ballots = |at: u32| f64::from(responses.cells[at as usize].ballots);
        if let Dynamics::RandomWalk { smoothing } | Dynamics::Published { smoothing } = dynamics {
            let rule =
                |own: u32, other: u32| (ballots(own) + ballots(other)) / (smoothing * ballots(own));
            for history in &histories {
                for pair in history.windows(2) {
                    precision[pair[1] as usize] = rule(pair[1], pair[0]);
                }
                if let (Dynamics::Published { .. }, [first, second, ..]) = (dynamics, &history[..])
                {
                    precision[*first as usize] = rule(*first, *second);
                }
            }
        }
        Self {
            histories,
            precision,
            dynamics,
        }
    }

    /// Where the published prior of the `k`-th state-session of a history is centred.
    pub(crate) fn centre(&self, history: &[u32], k: usize, theta: &[f64]) -> f64 {
        let other = if k == 0 {
            history.get(1)
        } else {
            history.get(k - 1)
        };
        other.map_or(0.0, |&at| theta[at as usize])
    }

    /// The slope of the log prior of a whole history in its `k`-th position.
    pub(crate) fn slope(&self, history: &[u32], k: usize, theta: &[f64]) -> f64 {
        let at = history[k] as usize;
        let before = if k == 0 {
            0.0
        } else {
            theta[history[k - 1] as usize]
        };
        let after = history.get(k + 1).map_or(0.0, |&next| {
            self.precision[next as usize] * (theta[next as usize] - theta[at])
        });
        after - self.precision[at] * (theta[at] - before)
    }

    /// The precision matrix of a history: prior and information. Under the published reading it is diagonal.
    pub(crate) fn matrix(
        &self,
        history: &[u32],
        information: impl Fn(usize) -> f64,
        diagonal: &mut Vec<f64>,
        below: &mut Vec<f64>,
    ) {
        diagonal.clear();
        below.clear();
        let both_ways = matches!(self.dynamics, Dynamics::RandomWalk { .. });
        for (k, &at) in history.iter().enumerate() {
            let at = at as usize;
            let after = history
                .get(k + 1)
                .map_or(0.0, |&next| self.precision[next as usize]);
            diagonal
                .push(information(at) + self.precision[at] + if both_ways { after } else { 0.0 });
            below.push(if k > 0 && both_ways {
                -self.precision[at]
            } else {
                0.0
            });
        }
    }
}

/// As good as infinite, and still a number: no position comes near it.
pub(crate) const FAR: f64 = 1e3;

/// The parameters of the items: latent opposition is `discrimination · θ` plus standard normal noise; below the
/// first cutpoint a state says yes, above the second no, between them it abstains.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Items {
    pub(crate) discrimination: Vec<f64>,
    /// Cutpoints. A choice that nobody made has no interval: the first is at -[`FAR`] without a yes, the second at
    /// [`FAR`] without a no, and both are equal without an abstention.
    pub(crate) cutpoints: Vec<[f64; 2]>,
    pub(crate) uncertainty: Vec<Uncertainty>,
}

/// How well an item is known: the variance of `discrimination · x` less a cutpoint is `slope · (x - centre)² + level`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Uncertainty {
    /// Variance of the discrimination.
    pub(crate) slope: f64,
    /// The position about which the item turns: the weighted mean of those who answered.
    pub(crate) centre: f64,
    /// Variance at the centre.
    pub(crate) level: f64,
}

/// Log probability of one choice (0 yes, 1 abstain, 2 no) at a position.
pub(crate) fn ballot_log_likelihood(
    items: &Items,
    item: usize,
    category: usize,
    position: f64,
) -> f64 {
    let mean = items.discrimination[item] * position;
    let [first, second] = items.cutpoints[item];
    match category {
        0 => normal::ln_cdf(first - mean),
        1 => normal::ln_interval(first - mean, second - mean),
        _ => normal::ln_cdf(mean - second),
    }
}

/// Which choices occur in an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Occurring {
    pub(crate) yes: bool,
    pub(crate) abstain: bool,
    pub(crate) no: bool,
}

pub(crate) fn occurring(responses: &Responses) -> Vec<Occurring> {
    responses
        .items
        .iter()
        .map(|rolls| {
            let counts = choice_counts(responses, rolls);
            let [yes, abstain, no] = counts.map(|count| count > 0);
            Occurring { yes, abstain, no }
        })
        .collect()
}

fn choice_counts(responses: &Responses, rolls: &[u32]) -> [usize; 3] {
    let mut counts = [0; 3];
    for &roll in rolls {
        let (_, voters) = responses.ballots_of(&responses.rolls[roll as usize]);
        for (count, list) in counts.iter_mut().zip(voters) {
            *count += list.len();
        }
    }
    counts
}

/// Scales positions to mean zero and variance one, and with `items` those too, so that no probability changes.
pub(crate) fn standardise(theta: &mut [f64], spread: &mut [f64], items: Option<&mut Items>) {
    let count = theta.len().max(1) as f64;
    let mean = theta.iter().sum::<f64>() / count;
    let variance = theta.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / count;
    let scale = if variance > 0.0 { variance.sqrt() } else { 1.0 };
    for x in theta {
        *x = (*x - mean) / scale;
    }
    for v in spread {
        *v /= scale * scale;
    }
    let Some(items) = items else {
        return;
    };
    for (discrimination, cutpoints) in items.discrimination.iter_mut().zip(&mut items.cutpoints) {
        for cutpoint in cutpoints {
            *cutpoint -= *discrimination * mean;
        }
        *discrimination *= scale;
    }
    for uncertainty in &mut items.uncertainty {
        uncertainty.slope *= scale * scale;
        uncertainty.centre = (uncertainty.centre - mean) / scale;
    }
}

/// Starting values: how like the anchor a state voted in a session.
pub(crate) fn start(responses: &Responses, anchor: u32) -> (Vec<f64>, Items) {
    let mut theta = likeness(responses, anchor);
    let mut items = Items::default();
    for rolls in &responses.items {
        let counts = choice_counts(responses, rolls).map(|count| count as f64);
        let total: f64 = counts.iter().sum();
        let yes = counts[0] / total;
        let not_no = (counts[0] + counts[1]) / total;
        let quantile = |p: f64| match p {
            p if p <= 0.0 => -FAR,
            p if p >= 1.0 => FAR,
            p => normal::quantile(p),
        };
        items.cutpoints.push([quantile(yes), quantile(not_no)]);
        items.discrimination.push(0.0);
        items.uncertainty.push(Uncertainty {
            slope: 0.1,
            centre: 0.0,
            level: 0.0,
        });
    }
    standardise(&mut theta, &mut [], None);
    for (item, rolls) in responses.items.iter().enumerate() {
        items.discrimination[item] = starting_discrimination(responses, rolls, &theta);
    }
    (theta, items)
}

/// The regression of the choice (yes, abstain, no as 0, 1, 2) on position, doubled and kept within ±2.
fn starting_discrimination(responses: &Responses, rolls: &[u32], theta: &[f64]) -> f64 {
    let [mut n, mut x, mut y, mut xx, mut xy] = [0.0; 5];
    for &roll in rolls {
        let (base, voters) = responses.ballots_of(&responses.rolls[roll as usize]);
        for (category, list) in [0.0, 1.0, 2.0].into_iter().zip(voters) {
            for &place in list {
                let position = theta[base + usize::from(place)];
                n += 1.0;
                x += position;
                y += category;
                xx += position * position;
                xy += position * category;
            }
        }
    }
    let spread = xx - x * x / n;
    if spread > 1e-9 {
        (2.0 * (xy - x * y / n) / spread).clamp(-2.0, 2.0)
    } else {
        0.0
    }
}

/// The mean likeness of each state-session's ballots to the anchor's (1 the same, 0 half apart, -1 opposite); where
/// the anchor did not vote with it, the mean of the others.
fn likeness(responses: &Responses, anchor: u32) -> Vec<f64> {
    let mut sums = vec![(0.0, 0.0); responses.cells.len()];
    for roll in &responses.rolls {
        let (base, voters) = responses.ballots_of(roll);
        let is_anchor = |place: &&u16| responses.cells[base + usize::from(**place)].state == anchor;
        let Some(of_anchor) = voters
            .iter()
            .position(|list| list.iter().any(|p| is_anchor(&p)))
        else {
            continue;
        };
        for (category, list) in voters.iter().enumerate() {
            for &place in *list {
                let (sum, count) = &mut sums[base + usize::from(place)];
                *sum += 1.0 - category.abs_diff(of_anchor) as f64;
                *count += 1.0;
            }
        }
    }
    let known = || sums.iter().filter(|(_, count)| *count > 0.0);
    let mean = known().map(|(sum, count)| sum / count).sum::<f64>() / known().count().max(1) as f64;
    let mut values: Vec<f64> = sums
        .iter()
        .map(|&(sum, count)| if count > 0.0 { sum / count } else { mean })
        .collect();
    align(responses, &mut values);
    values
}

/// Turns a session over, about its mean, when its states stand the other way round than in their sessions before: the
/// anchor's ballots of one session may be wrong, and no estimator leaves a session that begins upside down.
fn align(responses: &Responses, values: &mut [f64]) {
    let mut last: Vec<Option<f64>> = vec![None; responses.states.len()];
    for bounds in responses.session_starts.windows(2) {
        let own = bounds[0]..bounds[1];
        let count = own.len().max(1) as f64;
        let mean = values[own.clone()].iter().sum::<f64>() / count;
        let before = |at: usize| last[responses.cells[at].state as usize];
        let known: Vec<f64> = own.clone().filter_map(before).collect();
        let mean_before = known.iter().sum::<f64>() / known.len().max(1) as f64;
        let product: f64 = own
            .clone()
            .filter_map(|at| Some((values[at] - mean) * (before(at)? - mean_before)))
            .sum();
        for at in own {
            if product < 0.0 {
                values[at] = 2.0 * mean - values[at];
            }
            last[responses.cells[at].state as usize] = Some(values[at]);
        }
    }
}
