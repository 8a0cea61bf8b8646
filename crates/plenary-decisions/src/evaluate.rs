//! Evaluation: does a requirement hold, given what is known?

use std::borrow::Cow;

use plenary_types::StateCode;
use serde::{Deserialize, Serialize};

use crate::bounds::{Bounds, heads, weight};
use crate::facts::{Group, Table};
use crate::reason::Reason;
use crate::requirement::{Comparison, GroupRef, Measure, Quantity, Relation, Requirement};
use crate::scope::Scope;
use crate::standing::Standing;
use crate::{Fraction, Name};

/// Whether something holds: yes, no, or not to be told from what is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// It holds.
    Met,
    /// It does not hold.
    NotMet,
    /// It depends on what is not known.
    Unknown,
}

impl Answer {
    fn of(met: bool) -> Self {
        if met { Self::Met } else { Self::NotMet }
    }

    /// Whether all hold: one that does not settles it.
    pub fn all(answers: impl IntoIterator<Item = Self>) -> Self {
        settle(answers, Self::NotMet, Self::Met)
    }

    /// Whether any holds: one that does settles it.
    pub fn any(answers: impl IntoIterator<Item = Self>) -> Self {
        settle(answers, Self::Met, Self::NotMet)
    }
}

impl std::ops::Not for Answer {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::Met => Self::NotMet,
            Self::NotMet => Self::Met,
            Self::Unknown => Self::Unknown,
        }
    }
}

fn settle(
    answers: impl IntoIterator<Item = Answer>,
    settling: Answer,
    otherwise: Answer,
) -> Answer {
    let mut result = otherwise;
    for answer in answers {
        if answer == settling {
            return settling;
        }
        if answer == Answer::Unknown {
            result = Answer::Unknown;
        }
    }
    result
}

/// What a requirement makes of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The requirement is met.
    Adopted,
    /// It is not met.
    Rejected,
    /// What is known does not decide it.
    Undetermined,
}

impl From<Answer> for Verdict {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::Met => Self::Adopted,
            Answer::NotMet => Self::Rejected,
            Answer::Unknown => Self::Undetermined,
        }
    }
}

impl std::fmt::Display for Verdict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            Self::Adopted => "adopted",
            Self::Rejected => "rejected",
            Self::Undetermined => "undetermined",
        })
    }
}

/// A verdict with its reasons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Evaluation {
    /// The verdict.
    pub verdict: Verdict,
    /// Why, as a tree that follows the requirement.
    pub reasons: Reason,
}

impl Evaluation {
    /// What would have to be known to reach a verdict; empty when there is one.
    #[must_use]
    pub fn missing(&self) -> Vec<&str> {
        let mut missing = Vec::new();
        self.reasons.collect_missing(&mut missing);
        missing.sort_unstable();
        missing.dedup();
        missing
    }
}

/// Evaluates a requirement, with reasons.
///
/// ```
/// use plenary_decisions::{evaluate, Standing, Verdict};
/// use plenary_types::Tally;
///
/// let compact = Standing::of_counts(Tally { yes: 152, no: 5, abstain: 12, ..Tally::default() });
/// let evaluation = evaluate(&"more than 1/2 of present and voting".parse()?, &compact);
/// assert_eq!(evaluation.verdict, Verdict::Adopted);
/// assert_eq!(evaluation.reasons.sentence, "152 of 157 present and voting, 96.8 %, more than half");
/// # Ok::<(), plenary_decisions::ParseError>(())
/// ```
#[must_use]
pub fn evaluate(requirement: &Requirement, standing: &Standing<'_>) -> Evaluation {
    let reasons = Context::new(standing).explain(requirement);
    Evaluation {
        verdict: reasons.answer.into(),
        reasons,
    }
}

/// The verdict alone, without the cost of reasons.
#[must_use]
pub fn verdict(requirement: &Requirement, standing: &Standing<'_>) -> Verdict {
    Context::new(standing).answer(requirement).into()
}

/// Where in the tree, and in whose standing, a part is evaluated.
pub(crate) struct Context<'c> {
    pub(crate) standing: &'c Standing<'c>,
    pub(crate) scope: Scope<'c>,
    outer: Option<&'c Context<'c>>,
}

/// A comparison carried out.
pub(crate) struct Test {
    pub(crate) answer: Answer,
    pub(crate) have: Bounds,
    pub(crate) base: Option<Bounds>,
    pub(crate) missing: Vec<String>,
}

impl<'c> Context<'c> {
    pub(crate) const fn new(standing: &'c Standing<'c>) -> Self {
        Self {
            standing,
            scope: Scope::All,
            outer: None,
        }
    }

    pub(crate) fn answer(&self, requirement: &Requirement) -> Answer {
        match requirement {
            Requirement::Compare(comparison) => self.test(comparison).answer,
            Requirement::All(parts) => Answer::all(parts.iter().map(|part| self.answer(part))),
            Requirement::Any(parts) => Answer::any(parts.iter().map(|part| self.answer(part))),
            Requirement::Not(part) => !self.answer(part),
            Requirement::Among(group, part) => self
                .among(group)
                .map_or(Answer::Unknown, |inner| inner.answer(part)),
            Requirement::Without(group, part) => self
                .without(group)
                .map_or(Answer::Unknown, |inner| inner.answer(part)),
            Requirement::In {
                organ,
                first,
                requirement,
            } => match self.inside(organ) {
                None => Answer::Unknown,
                Some(inner) if *first && !inner.precedes(self) => Answer::NotMet,
                Some(inner) => inner.answer(requirement),
            },
            Requirement::After(period, part) => match self.runs_until(*period) {
                Err(_) => Answer::Unknown,
                Ok(()) => self.answer(part),
            },
            Requirement::Should(_) => Answer::Met,
        }
    }

    pub(crate) fn among<'s>(&'s self, group: &'s GroupRef) -> Option<Context<'s>> {
        let (codes, seats) = self.members_of(group)?;
        Some(self.with_scope(self.scope.among(codes, seats)))
    }

    pub(crate) fn without<'s>(&'s self, group: &'s GroupRef) -> Option<Context<'s>> {
        let (codes, _) = self.members_of(group)?;
        Some(self.with_scope(self.scope.without(codes)))
    }

    const fn with_scope<'s>(&'s self, scope: Scope<'s>) -> Context<'s> {
        Context {
            standing: self.standing,
            scope,
            outer: Some(self),
        }
    }

    pub(crate) fn inside(&self, organ: &Name) -> Option<Context<'_>> {
        let standing = self.standing.organ(organ)?;
        Some(Context {
            standing,
            scope: Scope::All,
            outer: Some(self),
        })
    }

    /// Whether the decision came before the other one, as far as the days are known.
    pub(crate) fn precedes(&self, later: &Self) -> bool {
        match (self.standing.on, later.standing.on) {
            (Some(first), Some(second)) => first <= second,
            _ => true,
        }
    }

    /// Nothing when the period has passed, otherwise what is in the way.
    pub(crate) fn runs_until(&self, period: crate::Period) -> Result<(), String> {
        let (Some(proposed), Some(on)) = (self.standing.proposed, self.standing.on) else {
            return Err("the days from which and to which the period runs".to_owned());
        };
        match period.after(proposed) {
            Some(end) if end <= on => Ok(()),
            Some(end) => Err(format!("objections until {end}")),
            None => Err("an end of the period in the calendar".to_owned()),
        }
    }

    /// The codes of a group and the number of its seats.
    pub(crate) fn members_of<'s>(&'s self, group: &'s GroupRef) -> Option<(&'s [StateCode], u32)> {
        match group {
            GroupRef::Listed(codes) => {
                Some((codes, u32::try_from(codes.len()).unwrap_or(u32::MAX)))
            }
            GroupRef::Named(name) => self.group(name).map(|g| (g.codes(), g.seats())),
        }
    }

    fn group(&self, name: &Name) -> Option<&Group> {
        let outer = || self.outer.and_then(|outer| outer.group(name));
        self.standing.group(name).or_else(outer)
    }

    pub(crate) fn table(&self, name: &Name) -> Option<&Table> {
        let outer = || self.outer.and_then(|outer| outer.table(name));
        self.standing.table(name).or_else(outer)
    }

    pub(crate) fn test(&self, comparison: &Comparison) -> Test {
        match self.scope_of(comparison.group.as_ref()) {
            Err(missing) => Test::unknown(missing),
            Ok(scope) => match &comparison.measure {
                Measure::Heads(_) => self.test_heads(comparison, &scope),
                Measure::Weight(name) => self.test_weight(comparison, &scope, name),
            },
        }
    }

    pub(crate) fn scope_of<'s>(
        &'s self,
        group: Option<&'s GroupRef>,
    ) -> Result<Cow<'s, Scope<'s>>, String> {
        let Some(group) = group else {
            return Ok(Cow::Borrowed(&self.scope));
        };
        match self.members_of(group) {
            Some((codes, seats)) => Ok(Cow::Owned(self.scope.among(codes, seats))),
            None => Err(format!("the members of {group}")),
        }
    }

    fn test_heads(&self, comparison: &Comparison, scope: &Scope<'_>) -> Test {
        let have = heads(self.standing, scope, comparison.side.into());
        match comparison.quantity {
            Quantity::Count(n) => {
                let answer = against_number(comparison.relation, have, n.into());
                Test::new(answer, have, None, self.missing_ballots(scope))
            }
            Quantity::Share(fraction, base) => {
                let base = heads(self.standing, scope, base.into());
                let answer = against_share(comparison.relation, have, fraction, base);
                let mut missing = self.missing_ballots(scope);
                if base.high.is_none() {
                    missing = vec!["the number of members".to_owned()];
                }
                Test::new(answer, have, Some(base), missing)
            }
        }
    }

    fn test_weight(&self, comparison: &Comparison, scope: &Scope<'_>, name: &Name) -> Test {
        let Some(table) = self.table(name) else {
            return Test::unknown(format!("the table of {name}"));
        };
        let (have, mut without) = weight(self.standing, scope, comparison.side.into(), table);
        let (answer, base) = match comparison.quantity {
            Quantity::Count(n) => {
                let n = i128::from(n) * 10i128.pow(table.decimals());
                (against_number(comparison.relation, have, n), None)
            }
            Quantity::Share(fraction, base) => {
                let (base, more) = weight(self.standing, scope, base.into(), table);
                without.extend(more);
                (
                    against_share(comparison.relation, have, fraction, base),
                    Some(base),
                )
            }
        };
        let mut missing = self.missing_ballots(scope);
        if !without.is_empty() {
            without.sort_unstable();
            without.dedup();
            let codes: Vec<_> = without.iter().map(ToString::to_string).collect();
            missing = vec![format!("{name} of {}", codes.join(", "))];
        } else if self.standing.counts_only {
            missing = vec!["who voted how".to_owned()];
        }
        Test::new(answer, have, base, missing)
    }

    /// What would tell more about a count.
    fn missing_ballots(&self, scope: &Scope<'_>) -> Vec<String> {
        match (self.standing.counts_only, scope) {
            (false, _) => Vec::new(),
            (true, Scope::All) => vec!["the number of members".to_owned()],
            (true, _) => vec!["who voted how".to_owned()],
        }
    }
}

impl Test {
    fn new(answer: Answer, have: Bounds, base: Option<Bounds>, missing: Vec<String>) -> Self {
        let missing = if answer == Answer::Unknown {
            missing
        } else {
            Vec::new()
        };
        Self {
            answer,
            have,
            base,
            missing,
        }
    }

    fn unknown(missing: String) -> Self {
        let have = Bounds { low: 0, high: None };
        Self {
            answer: Answer::Unknown,
            have,
            base: None,
            missing: vec![missing],
        }
    }
}

fn against_number(relation: Relation, have: Bounds, n: i128) -> Answer {
    relate(relation, have.low - n, have.high.map(|high| high - n))
}

/// Exact: numbers stay below 10^27, parts of fractions below 2^32, so products fit.
fn against_share(relation: Relation, have: Bounds, fraction: Fraction, base: Bounds) -> Answer {
    let (n, d) = (
        i128::from(fraction.numerator()),
        i128::from(fraction.denominator()),
    );
    // A share of nothing is not reached, nor is nothing more than a share of it.
    let of_nothing = Answer::of(matches!(relation, Relation::AtMost | Relation::FewerThan));
    if base.high == Some(0) {
        return of_nothing;
    }
    let low = base.high.map(|high| have.low * d - n * high);
    let high = have.high.map(|high| high * d - n * base.low);
    let answer = relate(relation, low.unwrap_or(i128::MIN), high);
    if base.low <= 0 && answer != of_nothing {
        Answer::Unknown
    } else {
        answer
    }
}

/// Whether a difference between the two bounds relates to zero as asked.
fn relate(relation: Relation, low: i128, high: Option<i128>) -> Answer {
    let above = |limit: i128| high.is_none_or(|high| high >= limit);
    let certain_or_possible = |certain: bool, possible: bool| match (certain, possible) {
        (true, _) => Answer::Met,
        (false, true) => Answer::Unknown,
        (false, false) => Answer::NotMet,
    };
    match relation {
        Relation::AtLeast => certain_or_possible(low >= 0, above(0)),
        Relation::MoreThan => certain_or_possible(low > 0, above(1)),
        Relation::AtMost => !certain_or_possible(low > 0, above(1)),
        Relation::FewerThan => !certain_or_possible(low >= 0, above(0)),
        Relation::Exactly => certain_or_possible(low == 0 && high == Some(0), low <= 0 && above(0)),
    }
}

#[cfg(test)]
mod tests {
    use plenary_types::{Choice, Tally};

    use super::*;

    #[test]
    fn verdicts_have_words() {
        for (verdict, word) in [
            (Verdict::Adopted, "adopted"),
            (Verdict::Rejected, "rejected"),
            (Verdict::Undetermined, "undetermined"),
        ] {
            assert_eq!(verdict.to_string(), word);
            assert_eq!(format!("{verdict:-<13}").len(), 13);
        }
    }

    #[test]
    fn what_would_tell_is_said_for_every_comparison() {
        let mut facts = crate::Facts::default();
        let codes = ["FRA", "GBR"].map(|code| code.parse::<StateCode>().unwrap());
        facts.add_group("P2".parse().unwrap(), Group::new(codes));
        let weights = codes.map(|code| (code, "1"));
        facts.add_table(
            "population".parse().unwrap(),
            Table::parse(weights).unwrap(),
        );
        let counts = Standing::of_counts(Tally {
            yes: 5,
            no: 5,
            ..Tally::default()
        });
        let names = [
            (codes[0], Choice::Yes),
            ("ISL".parse().unwrap(), Choice::No),
        ];
        let named = Standing::of_ballots(names).with_facts(&facts);
        let counts = counts.with_facts(&facts);
        for (standing, requirement, missing) in [
            (&counts, "at least 1/2 of members", "the number of members"),
            (
                &counts,
                "at least 7 members not in favour",
                "the number of members",
            ),
            (
                &counts,
                "without P2 (at least 1/2 of members)",
                "the number of members",
            ),
            (&counts, "at least 1 vote of P2 against", "who voted how"),
            (
                &counts,
                "among P2 (at least 1/2 of present and voting)",
                "who voted how",
            ),
            (&counts, "at least 1 vote of P9", "the members of P9"),
            (&counts, "at least 1 quota", "the table of quota"),
            (&counts, "at least 3 population", "who voted how"),
            (
                &named,
                "at least 1/2 of population cast",
                "population of ISL",
            ),
        ] {
            let evaluation = evaluate(&requirement.parse().unwrap(), standing);
            assert_eq!(evaluation.missing(), [missing], "{requirement}");
        }
    }

    #[test]
    fn days_that_are_not_known_hinder_no_precedence_and_end_no_period() {
        let day = |text: &str| text.parse().unwrap();
        let one = Standing::of_counts(Tally {
            yes: 1,
            ..Tally::default()
        });
        let council = || "council".parse().unwrap();
        let first: Requirement = "first in council (1 vote)".parse().unwrap();
        let after: Requirement = "after 1 month (1 vote)".parse().unwrap();
        let known = one.clone().on(day("2000-02-01"));
        let within = |inner: &Standing<'static>, outer: &Standing<'static>| {
            verdict(&first, &outer.clone().with_organ(council(), inner.clone()))
        };
        assert_eq!(within(&one, &known), Verdict::Adopted);
        assert_eq!(within(&known, &one), Verdict::Adopted);
        assert_eq!(within(&known, &known), Verdict::Adopted);
        let later = one.clone().on(day("2000-02-02"));
        assert_eq!(within(&later, &known), Verdict::Rejected);
        assert_eq!(verdict(&after, &known), Verdict::Undetermined);
        for (proposed, expected) in [
            ("2000-01-01", Verdict::Adopted),
            ("2000-01-02", Verdict::Undetermined),
        ] {
            let standing = known.clone().proposed(day(proposed));
            assert_eq!(verdict(&after, &standing), expected, "{proposed}");
        }
    }
}
