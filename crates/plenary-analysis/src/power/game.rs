//! [`Game`]: a decision rule as a simple game.

use std::collections::BTreeMap;

use plenary_decisions::Requirement;
use plenary_types::Participant;

use super::body::Body;
use super::formula::{Direction, Formula};
use super::translate::{Context, GameError, Measures, formula};

/// A simple game: which coalitions of members can take a decision alone.
///
/// A coalition wins when the requirement is met with all its members in favour and everybody else
/// against. Nobody abstains or is absent; periods have passed without objection; what the text only
/// asks for (`should`) binds nobody; a state that sits in two organs acts in both in the same way.
/// These are the assumptions of the classical indices.
///
/// ```
/// use plenary_analysis::power::{Body, Game};
/// use plenary_types::Participant;
///
/// let code = |text: &str| text.parse::<Participant>();
/// let body = Body::new([code("AAA")?, code("BBB")?, code("CCC")?]);
/// let game = Game::new(&"at least 2 votes; no member of {AAA} against".parse()?, &body)?;
/// assert!(game.wins(&[code("AAA")?, code("CCC")?]));
/// assert!(!game.wins(&[code("BBB")?, code("CCC")?]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Game {
    pub(super) players: Vec<Participant>,
    /// For every measure the weight of every player, in units of their greatest common divisor.
    pub(super) measures: Vec<Vec<u128>>,
    pub(super) formula: Formula,
    /// Members that count the same in every measure, so that they have the same power.
    pub(super) classes: Vec<Class>,
    reversed: bool,
}

/// Members that may be exchanged for each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Class {
    /// What each counts for in every measure; all zero for those who count for nothing.
    pub(super) weights: Vec<u128>,
    /// Who they are, as places among the players.
    pub(super) members: Vec<usize>,
}

impl Game {
    /// The game that a requirement makes of a body.
    ///
    /// A requirement that is met by opposition (a blocking minority) is played by its opponents, see
    /// [`Game::is_reversed`].
    ///
    /// # Errors
    ///
    /// [`GameError`] when a group, table, weight or organ is missing, when support both helps and
    /// harms, or when no member can change the result.
    pub fn new(requirement: &Requirement, body: &Body<'_>) -> Result<Self, GameError> {
        let mut measures = Measures::new(body.voters());
        let formula = formula(&Context::new(body), requirement, &mut measures)?;
        let reversed = match formula.direction() {
            Direction::Up => false,
            Direction::Down => true,
            Direction::Mixed => return Err(GameError::NotMonotone),
        };
        let Measures { players, weights } = measures;
        // The opponents' game of the negation: a set that makes the requirement hold by opposing.
        let formula = if reversed { formula.negated() } else { formula };
        let mut game = Self {
            players,
            measures: weights,
            formula,
            classes: Vec::new(),
            reversed,
        };
        if reversed {
            game.formula = game.formula.dual(&|measure| game.total(measure));
        }
        game.settle()?;
        game.keep_measures_in_use();
        game.classes = classes(game.players.len(), &game.measures);
        Ok(game)
    }

    fn settle(&self) -> Result<(), GameError> {
        let everybody: Vec<_> = (0..self.measures.len()).map(|m| self.total(m)).collect();
        let nobody = vec![0; self.measures.len()];
        let (all, none) = (self.formula.holds(&everybody), self.formula.holds(&nobody));
        if all == none {
            return Err(GameError::Settled { adopted: all });
        }
        Ok(())
    }

    /// Folding constants may have left measures without a threshold.
    fn keep_measures_in_use(&mut self) {
        for (number, weights) in self.measures.iter_mut().enumerate() {
            if self.formula.highest_quota(number).is_none() {
                weights.fill(0);
            }
        }
    }

    /// The members, in the order of their codes: the order of every result.
    #[must_use]
    pub fn players(&self) -> &[Participant] {
        &self.players
    }

    /// Whether the coalition wins; codes that are no members count for nothing.
    #[must_use]
    pub fn wins(&self, coalition: &[Participant]) -> bool {
        let mut sums = vec![0; self.measures.len()];
        let mut seen = vec![false; self.players.len()];
        for code in coalition {
            let Ok(place) = self.players.binary_search(code) else {
                continue;
            };
            let Some(seen) = seen.get_mut(place).filter(|seen| !**seen) else {
                continue;
            };
            *seen = true;
            for (sum, weights) in sums.iter_mut().zip(&self.measures) {
                *sum += weights[place];
            }
        }
        self.formula.holds(&sums)
    }

    /// Whether the requirement is met by opposition, so that a coalition of the game is one of
    /// opponents.
    #[must_use]
    pub const fn is_reversed(&self) -> bool {
        self.reversed
    }

    /// The sets of members of whom each may stand for any other, in the order of their first members.
    #[must_use]
    pub fn symmetric_members(&self) -> Vec<Vec<Participant>> {
        let mut sets: Vec<Vec<Participant>> = self
            .classes
            .iter()
            .map(|class| {
                let codes = class
                    .members
                    .iter()
                    .filter_map(|place| self.players.get(*place));
                codes.copied().collect()
            })
            .collect();
        sets.sort_unstable();
        sets
    }

    /// The number of members who count for something.
    pub(super) fn active(&self) -> usize {
        self.active_classes().map(|class| class.members.len()).sum()
    }

    pub(super) fn active_classes(&self) -> impl Iterator<Item = &Class> {
        self.classes
            .iter()
            .filter(|class| class.weights.iter().any(|weight| *weight > 0))
    }

    pub(super) fn total(&self, measure: usize) -> u128 {
        self.measures[measure].iter().sum()
    }

    /// The same power seen from the other side: coalitions of opponents that block.
    pub(super) fn dual(&self) -> Self {
        Self {
            formula: self.formula.dual(&|measure| self.total(measure)),
            ..self.clone()
        }
    }

    /// A value for each class, in the order of [`Game::active_classes`], given to each of its members;
    /// `nothing` for the rest.
    pub(super) fn spread<T: Copy>(&self, of_classes: &[T], nothing: T) -> Vec<T> {
        let mut values = vec![nothing; self.players.len()];
        for (class, value) in self.active_classes().zip(of_classes) {
            for place in &class.members {
                if let Some(slot) = values.get_mut(*place) {
                    *slot = *value;
                }
            }
        }
        values
    }
}

fn classes(players: usize, measures: &[Vec<u128>]) -> Vec<Class> {
    let mut found: BTreeMap<Vec<u128>, Vec<usize>> = BTreeMap::new();
    for place in 0..players {
        let weights = measures.iter().map(|weights| weights[place]).collect();
        found.entry(weights).or_default().push(place);
    }
    found
        .into_iter()
        .map(|(weights, members)| Class { weights, members })
        .collect()
}
