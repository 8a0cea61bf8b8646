//! From a requirement to a formula over the coalition in favour.
//!
//! The coalition votes yes and everybody else votes no, so that every count and every weight that a
//! comparison looks at is a constant, the coalition's own, or what it leaves of a constant.

use std::borrow::Cow;

use plenary_decisions::requirement::{
    Base, Comparison, GroupRef, Measure, Quantity, Relation, Side,
};
use plenary_decisions::{Fraction, Name, Requirement, Table};
use plenary_types::StateCode;

use super::body::Body;
use super::formula::Formula;
use super::game::{GameError, Measures};

/// Where in the tree, and in whose body, a part is translated.
pub(super) struct Context<'c> {
    body: &'c Body<'c>,
    scope: Scope<'c>,
    outer: Option<&'c Self>,
}

/// The members that a comparison looks at.
#[derive(Clone, Debug)]
enum Scope<'s> {
    All,
    Only(Cow<'s, [StateCode]>, u32),
    Except(Vec<StateCode>),
}

impl Scope<'_> {
    fn contains(&self, code: StateCode) -> bool {
        match self {
            Self::All => true,
            Self::Only(codes, _) => codes.binary_search(&code).is_ok(),
            Self::Except(out) => out.binary_search(&code).is_err(),
        }
    }

    /// Those of a group that are in scope; its seats stay as they were when nobody is left out.
    fn among<'s>(&self, group: &'s [StateCode], seats: u32) -> Scope<'s> {
        if group.iter().all(|code| self.contains(*code)) {
            return Scope::Only(Cow::Borrowed(group), seats);
        }
        let kept: Vec<_> = group
            .iter()
            .copied()
            .filter(|code| self.contains(*code))
            .collect();
        let seats = seats.min(u32::try_from(kept.len()).unwrap_or(u32::MAX));
        Scope::Only(Cow::Owned(kept), seats)
    }

    fn without(&self, group: &[StateCode]) -> Scope<'static> {
        let is_out = |code: &StateCode| group.binary_search(code).is_ok();
        match self {
            Self::All => Scope::Except(group.to_vec()),
            Self::Only(codes, seats) => {
                let kept: Vec<_> = codes.iter().copied().filter(|c| !is_out(c)).collect();
                let left = u32::try_from(kept.len()).unwrap_or(u32::MAX);
                let seats = if kept.len() == codes.len() {
                    *seats
                } else {
                    left.min(*seats)
                };
                Scope::Only(Cow::Owned(kept), seats)
            }
            Self::Except(out) => {
                let mut out: Vec<_> = out.iter().chain(group).copied().collect();
                out.sort_unstable();
                out.dedup();
                Scope::Except(out)
            }
        }
    }
}

/// What a side has: a constant, with what the coalition has added (`sign` 1) or taken away (-1).
#[derive(Clone, Copy)]
struct Amount {
    constant: i128,
    sign: i8,
}

impl<'c> Context<'c> {
    pub(super) const fn new(body: &'c Body<'c>) -> Self {
        Self {
            body,
            scope: Scope::All,
            outer: None,
        }
    }

    pub(super) fn formula(
        &self,
        requirement: &Requirement,
        measures: &mut Measures,
    ) -> Result<Formula, GameError> {
        let mut each = |parts: &[Requirement]| -> Result<Vec<Formula>, GameError> {
            parts
                .iter()
                .map(|part| self.formula(part, measures))
                .collect()
        };
        Ok(match requirement {
            Requirement::Compare(comparison) => self.comparison(comparison, measures)?,
            Requirement::All(parts) => Formula::all(each(parts)?),
            Requirement::Any(parts) => Formula::any(each(parts)?),
            Requirement::Not(part) => self.formula(part, measures)?.negated(),
            Requirement::Among(group, part) => {
                let (codes, seats) = self.members_of(group)?;
                self.scoped(self.scope.among(codes, seats))
                    .formula(part, measures)?
            }
            Requirement::Without(group, part) => {
                let (codes, _) = self.members_of(group)?;
                self.scoped(self.scope.without(codes))
                    .formula(part, measures)?
            }
            Requirement::In {
                organ, requirement, ..
            } => self.inside(organ)?.formula(requirement, measures)?,
            Requirement::After(_, part) => self.formula(part, measures)?,
            Requirement::Should(_) => Formula::Constant(true),
            _ => {
                return Err(GameError::Unsupported {
                    part: requirement.to_string(),
                });
            }
        })
    }

    const fn scoped<'s>(&'s self, scope: Scope<'s>) -> Context<'s>
    where
        'c: 's,
    {
        Context {
            body: self.body,
            scope,
            outer: Some(self),
        }
    }

    fn inside<'s>(&'s self, organ: &Name) -> Result<Context<'s>, GameError> {
        let found = self.body.organs.iter().find(|(name, _)| name == organ);
        let (_, body) = found.ok_or_else(|| GameError::UnknownOrgan {
            organ: organ.clone(),
        })?;
        Ok(Context {
            body,
            scope: Scope::All,
            outer: Some(self),
        })
    }

    fn members_of<'s>(&'s self, group: &'s GroupRef) -> Result<(&'s [StateCode], u32), GameError> {
        match group {
            GroupRef::Listed(codes) => Ok((codes, u32::try_from(codes.len()).unwrap_or(u32::MAX))),
            GroupRef::Named(name) => {
                let found = self.find(&|context| {
                    context
                        .body
                        .facts
                        .iter()
                        .find_map(|facts| facts.group(name))
                });
                found
                    .map(|group| (group.codes(), group.seats()))
                    .ok_or_else(|| GameError::UnknownGroup {
                        group: name.clone(),
                    })
            }
        }
    }

    fn table(&self, name: &Name) -> Result<&Table, GameError> {
        self.find(&|context| {
            context
                .body
                .facts
                .iter()
                .find_map(|facts| facts.table(name))
        })
        .ok_or_else(|| GameError::UnknownTable {
            table: name.clone(),
        })
    }

    fn find<'s, T>(&'s self, get: &dyn Fn(&'s Context<'c>) -> Option<&'s T>) -> Option<&'s T> {
        get(self).or_else(|| self.outer.and_then(|outer| outer.find(get)))
    }

    fn comparison(
        &self,
        comparison: &Comparison,
        measures: &mut Measures,
    ) -> Result<Formula, GameError> {
        let scope = match &comparison.group {
            None => self.scope.clone(),
            Some(group) => {
                let (codes, seats) = self.members_of(group)?;
                self.scope.among(codes, seats)
            }
        };
        let (tally, decimals) = match &comparison.measure {
            Measure::Heads(_) => (self.heads(&scope), 0),
            Measure::Weight(name) => {
                let table = self.table(name)?;
                (self.weights(&scope, name, table)?, table.decimals())
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

    fn heads(&self, scope: &Scope<'_>) -> Counted {
        let present = self.present(scope);
        let voting = present.len() as i128;
        let all = match scope {
            Scope::Only(_, seats) => voting.max(i128::from(*seats)),
            Scope::All | Scope::Except(_) => voting,
        };
        Counted {
            of_members: present.into_iter().map(|code| (code, 1)).collect(),
            voting,
            all,
        }
    }

    fn weights(&self, scope: &Scope<'_>, name: &Name, table: &Table) -> Result<Counted, GameError> {
        let present = self.present(scope);
        let (known, unknown): (Vec<_>, Vec<_>) = present
            .into_iter()
            .partition(|code| table.weight(*code).is_some());
        if !unknown.is_empty() {
            return Err(GameError::UnknownWeights {
                table: name.clone(),
                members: unknown,
            });
        }
        let weight = |code: &StateCode| table.weight(*code).unwrap_or(0);
        let sum = |codes: &[StateCode]| codes.iter().map(weight).sum::<u128>() as i128;
        let all = match scope {
            Scope::All => table.total() as i128,
            Scope::Only(codes, _) => sum(codes),
            Scope::Except(out) => table.total() as i128 - sum(out),
        };
        Ok(Counted {
            voting: sum(&known),
            of_members: known.iter().map(|code| (*code, weight(code))).collect(),
            all,
        })
    }

    fn present(&self, scope: &Scope<'_>) -> Vec<StateCode> {
        let members = self.body.members.iter().copied();
        members.filter(|code| scope.contains(*code)).collect()
    }
}

/// What the members in scope count for.
struct Counted {
    of_members: Vec<(StateCode, u128)>,
    /// Together: all of them vote.
    voting: i128,
    /// With what is in scope and does not vote: empty seats, weights of others.
    all: i128,
}

impl Counted {
    const fn base(&self, base: Base) -> i128 {
        match base {
            Base::Members => self.all,
            Base::Voting | Base::Present => self.voting,
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
