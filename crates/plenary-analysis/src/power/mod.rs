//! Voting power under a body's real rule: the Banzhaf and the Shapley-Shubik index.
//!
//! A [`Requirement`](plenary_decisions::Requirement) of `plenary-decisions` and a [`Body`] make a simple
//! [`Game`]; [`banzhaf`] and [`shapley_shubik`] say how often each member is decisive in it: the
//! coalition without it loses, with it wins.
//!
//! * **Absolute Banzhaf** (Penrose 1946, *Journal of the Royal Statistical Society* 109; Banzhaf 1965,
//!   *Rutgers Law Review* 19; Dubey and Shapley 1979, *Mathematics of Operations Research* 4): the chance
//!   of being decisive when every other member is for or against with chance one half.
//! * **Normalised Banzhaf**: the same divided by the sum over all members.
//! * **Power of the body to act** (Coleman 1971): the chance that such a vote is won.
//! * **Shapley-Shubik** (1954, *American Political Science Review* 48): the chance of being the member
//!   whose joining turns a losing coalition into a winning one, when all orders of joining are equally
//!   likely. It sums to one.
//!
//! By hand: with shares of 50, 49 and 1 and more than half needed, the first wins with either of the
//! others, who are therefore equal.
//!
//! ```
//! use plenary_analysis::power::{Body, Game, PowerOptions, banzhaf, shapley_shubik};
//! use plenary_decisions::{Facts, Table};
//! use plenary_types::Participant;
//!
//! let code = |text: &str| text.parse::<Participant>();
//! let shares = Table::parse([(code("AAA")?, "50"), (code("BBB")?, "49"), (code("CCC")?, "1")])?;
//! let mut facts = Facts::default();
//! facts.add_table("shares".parse()?, shares);
//! let body = Body::new([code("AAA")?, code("BBB")?, code("CCC")?]).with_facts(&facts);
//! let game = Game::new(&"more than 1/2 of shares".parse()?, &body)?;
//!
//! // A is decisive unless B and C agree in opposing or joining: of the four coalitions of the others,
//! // {B}, {C} and {B, C} lose without A and win with it.
//! let power = banzhaf(&game, &PowerOptions::default())?;
//! assert_eq!(power.absolute[0].value, 3.0 / 4.0);
//! assert_eq!(power.normalised[2].value, 1.0 / 5.0);
//! // Of the six orders, A is pivotal in the four in which it does not come first.
//! let index = shapley_shubik(&game, &PowerOptions::default())?.index;
//! assert!((index[0].value - 4.0 / 6.0).abs() < 1e-12);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # How it is computed
//!
//! Exactly, where that is within reach: by generating functions over the sums that the rule looks at,
//! one dimension for each of its measures (heads, population, votes of the permanent members; after
//! Mann and Shapley 1962 and Brams and Affuso 1976), with the Shapley-Shubik index as Owen's integral
//! of the multilinear extension (1972), whose degree makes Gauss-Legendre quadrature exact; or by going
//! through all coalitions of up to 27 members. Otherwise by sampling coalitions or orders (Castro, Gómez
//! and Tejada 2009), with an interval of 95 % on every number. [`Computation`] says which. Exact numbers carry
//! the rounding of sums of positive 64-bit floats, a relative error below 10⁻¹².

mod body;
mod enumeration;
mod formula;
mod game;
mod generating;
mod quadrature;
mod sampling;
#[cfg(test)]
mod tests;
mod translate;

use serde::Serialize;

use enumeration::Coalitions;
use generating::Tables;

pub use body::{Body, BodyError};
pub use game::Game;
pub use translate::GameError;

/// Whether to compute exactly or to sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Exactness {
    /// Exactly when it takes seconds at most, else by sampling.
    #[default]
    Auto,
    /// Exactly, or not at all.
    Exact,
    /// By sampling.
    Sample,
}

/// How to compute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PowerOptions {
    /// Exactly or by sampling.
    pub exactness: Exactness,
    /// How many coalitions or orders to sample. The default is a million, or fewer where the body has so many members that a million
    /// would take more than seconds. [`Computation::Sampling`] gives the number drawn.
    pub samples: Option<u64>,
    /// The seed of the random numbers; the result depends on nothing else.
    pub seed: u64,
}

impl Default for PowerOptions {
    fn default() -> Self {
        Self {
            exactness: Exactness::Auto,
            samples: None,
            seed: 1,
        }
    }
}

impl PowerOptions {
    /// Exactly, or by sampling.
    #[must_use]
    pub const fn with_exactness(mut self, exactness: Exactness) -> Self {
        self.exactness = exactness;
        self
    }

    /// Another number of samples.
    #[must_use]
    pub const fn with_samples(mut self, samples: u64) -> Self {
        self.samples = Some(samples);
        self
    }

    /// Another seed.
    #[must_use]
    pub const fn with_seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }
}

/// How a result was computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "method")]
#[non_exhaustive]
pub enum Computation {
    /// Exactly, by generating functions.
    GeneratingFunctions {
        /// The vectors of sums that were told apart.
        states: usize,
    },
    /// Exactly, by going through all coalitions.
    Enumeration {
        /// How many coalitions there are.
        coalitions: u64,
    },
    /// By sampling; the intervals are of 95 %.
    Sampling {
        /// How many coalitions or orders were drawn.
        samples: u64,
        /// The seed.
        seed: u64,
    },
}

impl Computation {
    /// Whether the result is exact.
    #[must_use]
    pub const fn is_exact(self) -> bool {
        !matches!(self, Self::Sampling { .. })
    }
}

/// A number with an interval of 95 %; all three are equal when it is exact.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Estimate {
    /// The number.
    pub value: f64,
    /// The lower end.
    pub lower: f64,
    /// The upper end.
    pub upper: f64,
}

impl Estimate {
    const fn exact(value: f64) -> Self {
        Self {
            value,
            lower: value,
            upper: value,
        }
    }

    /// A share, so the interval stays between 0 and 1.
    const fn between(value: f64, half: f64) -> Self {
        Self {
            value,
            lower: (value - half).max(0.0),
            upper: (value + half).min(1.0),
        }
    }
}

/// The Banzhaf indices of a game.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Banzhaf {
    /// How they were computed.
    pub computation: Computation,
    /// The chance of each member of being decisive, in the order of [`Game::players`].
    pub absolute: Vec<Estimate>,
    /// The same as shares of their sum.
    pub normalised: Vec<Estimate>,
    /// The chance that a vote is won when every member is for or against with chance one half: Coleman's
    /// power of the body to act. For a rule that is met by opposition, the chance that it is met.
    pub adoption: Estimate,
}

/// The Shapley-Shubik index of a game.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ShapleyShubik {
    /// How it was computed.
    pub computation: Computation,
    /// The index of each member, in the order of [`Game::players`].
    pub index: Vec<Estimate>,
}

/// Why power was not computed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PowerError {
    /// Only the exact result was asked for, and it is out of reach.
    #[error(
        "{members} members whose weights differ are too many for an exact result: sample instead"
    )]
    OutOfReach {
        /// How many members count.
        members: usize,
    },
    /// For a body of this size, drawing the samples would take more than minutes.
    #[error("{samples} samples of {members} members would take too long")]
    TooManySamples {
        /// How many are asked for.
        samples: u64,
        /// How many members count.
        members: usize,
        /// How many can be drawn.
        most: u64,
    },
    /// No samples.
    #[error("nothing can be told from no samples")]
    NoSamples,
}

/// How many samples are drawn where nothing is said.
const SAMPLES: u64 = 1_000_000;
/// Choices of single members that are drawn where nothing is said of samples, which takes seconds, and those that are drawn at most.
const DRAWS: u64 = 1 << 30;
const MOST_DRAWS: u64 = DRAWS << 6;

/// Steps that [`Exactness::Auto`] spends on an exact result, and those that [`Exactness::Exact`] does.
const AUTO: u128 = 6_000_000_000;
const EXACT: u128 = 2_000_000_000_000;

/// An exact way to the result.
enum Exactly {
    Tables(Tables),
    Coalitions(Coalitions),
}

/// The Banzhaf indices of a game.
///
/// # Errors
///
/// [`PowerError`] when only the exact result was asked for and it is out of reach, or no samples.
pub fn banzhaf(game: &Game, options: &PowerOptions) -> Result<Banzhaf, PowerError> {
    let Some(exactly) = exactly(game, options, 1)? else {
        return sampled_banzhaf(game, options);
    };
    let (computation, of_classes, adoption) = match exactly {
        Exactly::Tables(tables) => (
            Computation::GeneratingFunctions {
                states: tables.states(),
            },
            tables.decisive(&[(0.5, 1.0)]),
            tables.adoption(0.5),
        ),
        Exactly::Coalitions(coalitions) => {
            let all = 1u64 << game.active();
            let of_class = |swings: &Vec<u64>| swings.iter().sum::<u64>() as f64 / (all / 2) as f64;
            (
                Computation::Enumeration { coalitions: all },
                coalitions.swings().iter().map(of_class).collect(),
                coalitions.count() as f64 / all as f64,
            )
        }
    };
    let absolute = game.spread(&of_classes, 0.0);
    let sum: f64 = absolute.iter().sum();
    Ok(Banzhaf {
        computation,
        normalised: absolute.iter().map(|x| Estimate::exact(x / sum)).collect(),
        absolute: absolute.into_iter().map(Estimate::exact).collect(),
        adoption: Estimate::exact(adoption),
    })
}

fn sampled_banzhaf(game: &Game, options: &PowerOptions) -> Result<Banzhaf, PowerError> {
    let samples = samples(game, options)?;
    let computation = Computation::Sampling {
        samples,
        seed: options.seed,
    };
    let (absolute, normalised, adoption) = sampling::banzhaf(game, samples, options.seed);
    Ok(Banzhaf {
        computation,
        absolute: game.spread(&absolute, Estimate::exact(0.0)),
        normalised: game.spread(&normalised, Estimate::exact(0.0)),
        adoption,
    })
}

/// The Shapley-Shubik index of a game.
///
/// # Errors
///
/// [`PowerError`] when only the exact result was asked for and it is out of reach, or no samples.
pub fn shapley_shubik(game: &Game, options: &PowerOptions) -> Result<ShapleyShubik, PowerError> {
    let nodes = game.active().div_ceil(2);
    let Some(exactly) = exactly(game, options, nodes)? else {
        let samples = samples(game, options)?;
        let index = sampling::shapley_shubik(game, samples, options.seed);
        return Ok(ShapleyShubik {
            computation: Computation::Sampling {
                samples,
                seed: options.seed,
            },
            index: game.spread(&index, Estimate::exact(0.0)),
        });
    };
    let (computation, of_classes) = match exactly {
        Exactly::Tables(tables) => {
            let nodes = quadrature::nodes(nodes);
            let nodes: Vec<_> = nodes.iter().map(|node| (node.at, node.weight)).collect();
            let states = tables.states();
            (
                Computation::GeneratingFunctions { states },
                tables.decisive(&nodes),
            )
        }
        Exactly::Coalitions(coalitions) => {
            let swings = coalitions.swings();
            let of_classes = swings
                .iter()
                .map(|swings| share_of_orders(swings))
                .collect();
            let all = 1u64 << game.active();
            (Computation::Enumeration { coalitions: all }, of_classes)
        }
    };
    let index = of_classes.into_iter().map(Estimate::exact);
    let index = game.spread(&index.collect::<Vec<_>>(), Estimate::exact(0.0));
    Ok(ShapleyShubik { computation, index })
}

/// The share of orders in which a member is pivotal, from its swings by the size of the coalition of
/// others: those `s` others come before it in `s!(n - 1 - s)!` of `n!` orders.
fn share_of_orders(swings: &[u64]) -> f64 {
    let n = swings.len() as f64;
    let (mut coalitions, mut share) = (1.0, 0.0);
    for (size, swings) in swings.iter().enumerate() {
        share += *swings as f64 / (n * coalitions);
        let size = size as f64;
        coalitions *= (n - 1.0 - size) / (size + 1.0);
    }
    share
}

/// The cheapest exact way within the budget, if any. `nodes` is how often tables would be filled.
fn exactly(
    game: &Game,
    options: &PowerOptions,
    nodes: usize,
) -> Result<Option<Exactly>, PowerError> {
    let budget = match options.exactness {
        Exactness::Auto => AUTO,
        Exactness::Exact => EXACT,
        Exactness::Sample => return Ok(None),
    };
    let tables = Tables::new(game);
    let of_tables = tables
        .as_ref()
        .map(|tables| tables.steps().saturating_mul(nodes as u128));
    let of_coalitions = (game.active() <= enumeration::MOST)
        .then(|| (1u128 << game.active()) * (game.measures.len() as u128 + 2));
    let coalitions_first = of_tables.is_none_or(|t| of_coalitions.is_some_and(|c| c < t));
    let found = if coalitions_first {
        of_coalitions
            .filter(|steps| *steps <= budget)
            .and_then(|_| Coalitions::new(game))
            .map(Exactly::Coalitions)
    } else {
        tables
            .filter(|_| of_tables.is_some_and(|steps| steps <= budget))
            .map(Exactly::Tables)
    };
    if found.is_none() && options.exactness == Exactness::Exact {
        return Err(PowerError::OutOfReach {
            members: game.active(),
        });
    }
    Ok(found)
}

/// How many samples to draw of a game.
fn samples(game: &Game, options: &PowerOptions) -> Result<u64, PowerError> {
    let members = (game.active() as u64).max(1);
    match options.samples {
        None => Ok(SAMPLES.min(DRAWS / members).max(1)),
        Some(0) => Err(PowerError::NoSamples),
        Some(samples) => {
            let most = (MOST_DRAWS / members).max(1);
            match samples <= most {
                true => Ok(samples),
                false => Err(PowerError::TooManySamples {
                    samples,
                    members: game.active(),
                    most,
                }),
            }
        }
    }
}
