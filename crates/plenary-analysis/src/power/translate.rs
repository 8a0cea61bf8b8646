//! From a requirement to a formula over the coalition in favour.
//!
//! The coalition votes yes and everybody else votes no, so that every count and every weight that a
//! comparison looks at is a constant, the coalition's own, or what it leaves of a constant.

use plenary_decisions::requirement::{
    Base, Comparison, GroupRef, Measure, Quantity, Relation, Side,
};
use plenary_decisions::{Fraction, Group, Lookup, Name, Position, Requirement, Scope, Table};
use plenary_types::{Invariant, Participant};

use super::body::Body;
use super::formula::Formula;

/// Why a requirement and a body are not a simple game.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GameError {
    /// A group that the facts do not hold.
    #[error("the rule names the group `{group}`, whose members are not known")]
    UnknownGroup {
        /// The group.
        group: Name,
    },
    /// A table that the facts do not hold.
    #[error("the rule needs the table `{table}`, which is not known")]
    UnknownTable {
        /// The table.
        table: Name,
    },
    /// Members that a table does not list.
    #[error("the table `{table}` has no weight of {}", codes(members))]
    UnknownWeights {
        /// The table.
        table: Name,
        /// The members.
        members: Vec<Participant>,
    },
    /// Another organ decides, and its members are not known.
    #[error("the rule is decided in `{organ}` as well, whose members are not known")]
    UnknownOrgan {
        /// The organ or stage.
        organ: Name,
    },
    /// More support helps in one part of the rule and harms in another.
    #[error("support helps in one part of the rule and harms in another, so power is not defined")]
    NotMonotone,
    /// The coalition of everybody loses, or the empty one wins.
    #[error(
        "the decision does not depend on these members: it is {} whatever they do",
        if *adopted { "adopted" } else { "rejected" }
    )]
    Settled {
        /// What it comes to.
        adopted: bool,
    },
    /// A part of a requirement that has no meaning for coalitions.
    #[error("`{part}` cannot be asked of coalitions")]
    Unsupported {
        /// The part.
        part: String,
    },
}

fn codes(members: &[Participant]) -> String {
    let codes: Vec<_> = members.iter().map(ToString::to_string).collect();
    codes.join(", ")
}

/// The measures that the thresholds of a rule refer to, over the players of the game.
pub(super) struct Measures {
    pub(super) players: Vec<Participant>,
    pub(super) weights: Vec<Vec<u128>>,
}

impl Measures {
    pub(super) const fn new(players: Vec<Participant>) -> Self {
        Self {
            players,
            weights: Vec::new(),
        }
    }

    /// The number of a measure, what a unit of it is worth, and its sum in units; nothing when all of
    /// it is zero.
    pub(super) fn add(&mut self, of: Vec<(Participant, u128)>) -> Option<(usize, u128, u128)> {
        let unit = of
            .iter()
            .fold(0, |divisor, (_, weight)| gcd(divisor, *weight));
        if unit == 0 {
            return None;
        }
        let mut weights = vec![0; self.players.len()];
        for (code, weight) in of {
            let place = self.players.binary_search(&code).ok();
            if let Some(slot) = place.and_then(|place| weights.get_mut(place)) {
                *slot = weight / unit;
            }
        }
        let total = weights.iter().sum();
        let known = self.weights.iter().position(|other| *other == weights);
        let number = known.unwrap_or_else(|| {
            self.weights.push(weights);
            self.weights.len() - 1
        });
        Some((number, unit, total))
    }
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// Where in the tree, and in whose body, a part is translated.
pub(super) type Context<'c> = Position<'c, Body<'c>>;

impl Lookup for Body<'_> {
    fn group(&self, name: &Name) -> Option<&Group> {
        self.facts.iter().find_map(|facts| facts.group(name))
    }

    fn table(&self, name: &Name) -> Option<&Table> {
        self.facts.iter().find_map(|facts| facts.table(name))
    }

    fn organ(&self, name: &Name) -> Option<&Self> {
        let found = self.organs.iter().find(|(organ, _)| organ == name);
        found.map(|(_, body)| body)
    }
}

/// What a side has: a constant, with what the coalition has added (`sign` 1) or taken away (-1).
#[derive(Clone, Copy)]
struct Amount {
    constant: i128,
    sign: i8,
}

/// The formula of a requirement at a position.
pub(super) fn formula(
    at: &Context<'_>,
    requirement: &Requirement,
    measures: &mut Measures,
) -> Result<Formula, GameError> {
    let mut each = |parts: &[Requirement]| -> Result<Vec<Formula>, GameError> {
        parts
            .iter()
            .map(|part| formula(at, part, measures))
            .collect()
    };
    Ok(match requirement {
        Requirement::Compare(comparison) => of_comparison(at, comparison, measures)?,
        Requirement::All(parts) => Formula::all(each(parts)?),
        Requirement::Any(parts) => Formula::any(each(parts)?),
        Requirement::Not(part) => formula(at, part, measures)?.negated(),
        Requirement::Among(group, part) => {
            let inner = at.among(group).ok_or_else(|| unknown_group(group))?;
            formula(&inner, part, measures)?
        }
        Requirement::Without(group, part) => {
            let inner = at.without(group).ok_or_else(|| unknown_group(group))?;
            formula(&inner, part, measures)?
        }
        Requirement::In {
            organ, requirement, ..
        } => {
            let inner = at.inside(organ).ok_or_else(|| GameError::UnknownOrgan {
                organ: organ.clone(),
            })?;
            formula(&inner, requirement, measures)?
        }
        Requirement::After(_, part) => formula(at, part, measures)?,
        Requirement::Should(_) => Formula::Constant(true),
        _ => {
            return Err(GameError::Unsupported {
                part: requirement.to_string(),
            });
        }
    })
}

fn unknown_group(group: &GroupRef) -> GameError {
    match group {
        GroupRef::Named(name) => GameError::UnknownGroup {
            group: name.clone(),
        },
        // A list of members is known by itself.
        GroupRef::Listed(_) => GameError::Unsupported {
            part: group.to_string(),
        },
    }
}

fn of_comparison(
    at: &Context<'_>,
    comparison: &Comparison,
    measures: &mut Measures,
) -> Result<Formula, GameError> {
    let group = comparison.group.as_ref();
    let scope = at.scope_of(group).ok_or_else(|| match group {
        Some(group) => unknown_group(group),
        None => GameError::Unsupported {
            part: comparison.to_string(),
        },
    })?;
    let (tally, decimals) = match &comparison.measure {
        Measure::Heads(_) => (heads(at.lookup, &scope), 0),
        Measure::Weight(name) => {
            let table = at.table(name).ok_or_else(|| GameError::UnknownTable {
                table: name.clone(),
            })?;
            (weights(at.lookup, &scope, name, table)?, table.decimals())
        }
    };
    let (amount, fraction) = match comparison.quantity {
        Quantity::Count(n) => (i128::from(n) * 10i128.pow(decimals), Fraction::WHOLE),
        Quantity::Share(fraction, base) => (tally.base(base), fraction),
    };
    if matches!(comparison.quantity, Quantity::Share(..)) && amount == 0 {
        let met = matches!(comparison.relation, Relation::AtMost | Relation::FewerThan);
        return Ok(Formula::Constant(met));
    }
    let side = tally.side(comparison.side);
    let measure = measures.add(tally.of_members);
    Ok(related(comparison.relation, amount, fraction, &|bar| {
        at_least(side, bar, measure.as_ref())
    }))
}

fn heads(body: &Body<'_>, scope: &Scope<'_>) -> Counted {
    let present = present(body, scope);
    let voting = present.len() as i128;
    let all = match scope {
        Scope::Only { seats, .. } => voting.max(i128::from(*seats)),
        _ => voting,
    };
    Counted {
        of_members: present.into_iter().map(|code| (code, 1)).collect(),
        voting,
        all,
    }
}

fn weights(
    body: &Body<'_>,
    scope: &Scope<'_>,
    name: &Name,
    table: &Table,
) -> Result<Counted, GameError> {
    let present = present(body, scope);
    let (known, unknown): (Vec<_>, Vec<_>) = present
        .into_iter()
        .partition(|code| table.weight(*code).is_some());
    if !unknown.is_empty() {
        return Err(GameError::UnknownWeights {
            table: name.clone(),
            members: unknown,
        });
    }
    let weight = |code: &Participant| {
        table
            .weight(*code)
            .invariant("who lacks a weight was refused")
    };
    let sum = |codes: &[Participant]| codes.iter().map(weight).sum::<u128>() as i128;
    let all = match scope {
        Scope::Only { codes, .. } => sum(codes),
        Scope::Except(out) => table.total() as i128 - sum(out),
        _ => table.total() as i128,
    };
    Ok(Counted {
        voting: sum(&known),
        of_members: known.iter().map(|code| (*code, weight(code))).collect(),
        all,
    })
}

fn present(body: &Body<'_>, scope: &Scope<'_>) -> Vec<Participant> {
    let members = body.members.iter().copied();
    members.filter(|code| scope.contains(*code)).collect()
}

/// What the members in scope count for.
struct Counted {
    of_members: Vec<(Participant, u128)>,
    /// Together: all of them vote.
    voting: i128,
    /// With what is in scope and does not vote: empty seats, weights of others.
    all: i128,
}

impl Counted {
    const fn base(&self, base: Base) -> i128 {
        match base {
            Base::Members => self.all,
            Base::Voting | Base::Present | Base::Attending => self.voting,
        }
    }

    const fn side(&self, side: Side) -> Amount {
        let silent = self.all - self.voting;
        let (constant, sign) = match side {
            Side::InFavour => (0, 1),
            Side::Against => (self.voting, -1),
            Side::Abstaining => (0, 0),
            Side::NotInFavour => (self.all, -1),
            Side::NotAgainst => (silent, 1),
            Side::Voting | Side::Present => (self.voting, 0),
        };
        Amount { constant, sign }
    }
}

/// A relation to `fraction` of `amount`, in terms of "at least" a whole number.
fn related(
    relation: Relation,
    amount: i128,
    fraction: Fraction,
    at_least: &dyn Fn(i128) -> Formula,
) -> Formula {
    let denominator = i128::from(fraction.denominator());
    let product = amount * i128::from(fraction.numerator());
    let floor = product.div_euclid(denominator);
    let whole = product.rem_euclid(denominator) == 0;
    let ceiling = if whole { floor } else { floor + 1 };
    match relation {
        Relation::AtLeast => at_least(ceiling),
        Relation::MoreThan => at_least(floor + 1),
        Relation::AtMost => at_least(floor + 1).negated(),
        Relation::FewerThan => at_least(ceiling).negated(),
        Relation::Exactly if whole => {
            Formula::all([at_least(floor), at_least(floor + 1).negated()])
        }
        Relation::Exactly => Formula::Constant(false),
    }
}

/// That a side has at least `bar`. `measure` is the measure's number and what a unit of it is worth.
fn at_least(side: Amount, bar: i128, measure: Option<&(usize, u128, u128)>) -> Formula {
    let sum_reaches = |bar: i128| -> Formula {
        let Some((measure, unit, total)) = measure else {
            return Formula::Constant(bar <= 0);
        };
        match u128::try_from(bar) {
            Err(_) | Ok(0) => Formula::Constant(true),
            Ok(bar) if bar.div_ceil(*unit) > *total => Formula::Constant(false),
            Ok(bar) => Formula::Threshold {
                measure: *measure,
                quota: bar.div_ceil(*unit),
                reached: true,
            },
        }
    };
    match side.sign {
        0 => Formula::Constant(side.constant >= bar),
        1 => sum_reaches(bar - side.constant),
        _ => sum_reaches(side.constant - bar + 1).negated(),
    }
}
