//! [`CountedVote`]: what a vote comes to, counted ballot by ballot.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use plenary_decisions::requirement::{
    Base, Comparison, GroupRef, Measure, Quantity, Relation, Requirement, Side,
};
use plenary_decisions::{Facts, Name, Period};
use plenary_types::{Choice, Participant};

/// A vote of which everything is known, counted slowly and obviously: what the evaluation of `plenary-decisions` is held against.
///
/// Every member has a ballot in it, those who did not vote as well.
///
/// ```
/// use plenary_decisions::Facts;
/// use plenary_testing::CountedVote;
/// use plenary_types::Choice;
///
/// let [yes, no, absent] = [Choice::Yes, Choice::No, Choice::NonVoting];
/// let ballots = ["FRA", "GBR", "PER"].map(|code| code.parse().unwrap()).into_iter().zip([yes, no, absent]);
/// let vote = CountedVote::new(ballots, Facts::NONE);
/// assert_eq!(vote.meets(&"at least 1/2 of present and voting".parse()?), Some(true));
/// assert_eq!(vote.meets(&"at least 1/2 of members".parse()?), Some(false));
/// assert_eq!(vote.meets(&"at least 1/2 of population".parse()?), None);
/// # Ok::<(), plenary_decisions::ParseError>(())
/// ```
#[derive(Clone, Debug)]
pub struct CountedVote<'f> {
    ballots: Vec<(Participant, Choice)>,
    facts: &'f Facts,
    on: Option<NaiveDate>,
    proposed: Option<NaiveDate>,
    organs: BTreeMap<Name, Self>,
    /// Members without a name who did not vote.
    absent: u128,
    /// Whether only some of the members are looked at.
    is_narrowed: bool,
}

impl<'f> CountedVote<'f> {
    /// The vote of members with the groups and tables of their body.
    #[must_use]
    pub fn new(ballots: impl IntoIterator<Item = (Participant, Choice)>, facts: &'f Facts) -> Self {
        let ballots = ballots.into_iter();
        Self {
            ballots: ballots
                .filter(|(_, choice)| choice.counts_as_member())
                .collect(),
            facts,
            on: None,
            proposed: None,
            organs: BTreeMap::new(),
            absent: 0,
            is_narrowed: false,
        }
    }

    /// The same with further members who did not vote, and of whom only the number is known.
    #[must_use]
    pub const fn with_absent(mut self, absent: u128) -> Self {
        self.absent = absent;
        self
    }

    /// The same on a day.
    #[must_use]
    pub const fn on(mut self, day: NaiveDate) -> Self {
        self.on = Some(day);
        self
    }

    /// The same on what was proposed on a day.
    #[must_use]
    pub const fn proposed(mut self, day: NaiveDate) -> Self {
        self.proposed = Some(day);
        self
    }

    /// The same with the vote in another organ.
    #[must_use]
    pub fn with_organ(mut self, organ: Name, vote: Self) -> Self {
        self.organs.insert(organ, vote);
        self
    }

    /// Whether the vote meets a requirement; `None` where it asks for a group, a weight, an organ or a day that is not known, and
    /// this matters.
    #[must_use]
    pub fn meets(&self, requirement: &Requirement) -> Option<bool> {
        let all = |parts: &[Requirement], wanted: bool| {
            let parts: Vec<_> = parts.iter().map(|part| self.meets(part)).collect();
            let settled = parts.contains(&Some(!wanted)) || !parts.contains(&None);
            settled.then(|| parts.contains(&Some(!wanted)) != wanted)
        };
        match requirement {
            Requirement::Compare(comparison) => self.compare(comparison),
            Requirement::All(parts) => all(parts, true),
            Requirement::Any(parts) => all(parts, false),
            Requirement::Not(part) => self.meets(part).map(|met| !met),
            Requirement::Among(group, part) => self.only(group, true)?.meets(part),
            Requirement::Without(group, part) => self.only(group, false)?.meets(part),
            Requirement::In {
                organ,
                first,
                requirement,
            } => {
                let other = self.organs.get(organ)?;
                let in_time = !first || other.on? <= self.on?;
                match in_time {
                    true => other.meets(requirement),
                    false => Some(false),
                }
            }
            Requirement::After(Period::Months(months), part) => {
                let end = self.proposed?.checked_add_months(Months::new(*months))?;
                match end <= self.on? {
                    true => self.meets(part),
                    false => None,
                }
            }
            Requirement::Should(_) => Some(true),
            _ => None,
        }
    }

    fn is_in(&self, group: &GroupRef, who: Participant) -> Option<bool> {
        Some(match group {
            GroupRef::Listed(members) => members.contains(&who),
            GroupRef::Named(name) => self.facts.group(name)?.contains(who),
        })
    }

    /// The vote of those in a group alone, or of the others.
    fn only(&self, group: &GroupRef, inside: bool) -> Option<Self> {
        let mut narrowed = Self {
            is_narrowed: true,
            ballots: Vec::new(),
            ..self.clone()
        };
        for (who, choice) in &self.ballots {
            if self.is_in(group, *who)? == inside {
                narrowed.ballots.push((*who, *choice));
            }
        }
        Some(narrowed)
    }

    fn compare(&self, comparison: &Comparison) -> Option<bool> {
        let mut terms = Vec::new();
        for (who, choice) in &self.ballots {
            let counts = match &comparison.group {
                Some(group) => self.is_in(group, *who)?,
                None => true,
            };
            if counts {
                terms.push((self.worth(comparison, *who)?, *choice));
            }
        }
        terms.push((self.silent(comparison, &terms)?, Choice::NonVoting));
        let count = |is_meant: &dyn Fn(Choice) -> bool| -> u128 {
            let meant = terms.iter().filter(|(_, choice)| is_meant(*choice));
            meant.map(|(worth, _)| worth).sum()
        };
        let is_voting = |choice| matches!(choice, Choice::Yes | Choice::No);
        let have = count(&|choice| match comparison.side {
            Side::InFavour => choice == Choice::Yes,
            Side::Against => choice == Choice::No,
            Side::Abstaining => choice == Choice::Abstain,
            Side::NotInFavour => choice != Choice::Yes,
            Side::NotAgainst => choice != Choice::No,
            Side::Voting => is_voting(choice),
            Side::Present => choice != Choice::NonVoting,
        });
        let (left, right) = match comparison.quantity {
            Quantity::Count(number) => (have, u128::from(number) * self.one(comparison)?),
            // How many attended is no matter of ballots.
            Quantity::Share(_, Base::Attending) => return None,
            Quantity::Share(fraction, base) => {
                let whole = count(&|choice| match base {
                    Base::Members | Base::Attending => true,
                    Base::Voting => is_voting(choice),
                    Base::Present => choice != Choice::NonVoting,
                });
                if whole == 0 {
                    // A share of nothing is not reached, nor is nothing more than a share of it.
                    let below =
                        matches!(comparison.relation, Relation::AtMost | Relation::FewerThan);
                    return Some(below);
                }
                let scaled = |number: u128, by: u32| number * u128::from(by);
                (
                    scaled(have, fraction.denominator()),
                    scaled(whole, fraction.numerator()),
                )
            }
        };
        Some(match comparison.relation {
            Relation::AtLeast => left >= right,
            Relation::MoreThan => left > right,
            Relation::AtMost => left <= right,
            Relation::FewerThan => left < right,
            Relation::Exactly => left == right,
        })
    }

    /// What one member counts for.
    fn worth(&self, comparison: &Comparison, who: Participant) -> Option<u128> {
        match &comparison.measure {
            Measure::Heads(_) => Some(1),
            Measure::Weight(name) => self.facts.table(name)?.weight(who),
        }
    }

    /// One, in the units of what members count for.
    fn one(&self, comparison: &Comparison) -> Option<u128> {
        match &comparison.measure {
            Measure::Heads(_) => Some(1),
            Measure::Weight(name) => Some(10u128.pow(self.facts.table(name)?.decimals())),
        }
    }

    /// What those come to who have no ballot here: seats of a group whose holders are no members, and the rest of a table.
    fn silent(&self, comparison: &Comparison, terms: &[(u128, Choice)]) -> Option<u128> {
        let counted: u128 = terms.iter().map(|(worth, _)| worth).sum();
        let whole = match (&comparison.measure, &comparison.group) {
            _ if self.is_narrowed => counted,
            (Measure::Heads(_), Some(GroupRef::Named(name))) => {
                u128::from(self.facts.group(name)?.seats())
            }
            (Measure::Heads(_), Some(GroupRef::Listed(members))) => {
                u128::try_from(members.len()).ok()?
            }
            (Measure::Weight(name), None) => self.facts.table(name)?.total(),
            (Measure::Heads(_), None) => counted + self.absent,
            (Measure::Weight(_), Some(_)) => counted,
        };
        Some(whole.saturating_sub(counted))
    }
}
