//! Evaluation: does a requirement hold, given what is known?

use plenary_types::Outcome;
use serde::{Deserialize, Serialize};

use crate::answer::Answer;
use crate::bounds::{
    Bounds, COUNTED, Choices, Extent, attending, heads, heads_beyond_share, weight,
};
use crate::facts::Table;
use crate::position::{Position, Scope};
use crate::requirement::{Comparison, Measure, Quantity, Relation, Requirement};
use crate::standing::Standing;
use crate::{Fraction, Name};

/// What is missing where a rule asks for a share of those who attended, and the record does not count them.
const ATTENDED: &str = "how many attended";

/// A weight of which nothing is known.
const NOBODY_KNOWN: Bounds = Bounds { low: 0, high: None };

/// How many names of members whose ballots are open are told; of more, only their number is.
const OPEN_NAMES: usize = 10;

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

impl Verdict {
    /// Whether the verdict is the recorded outcome.
    #[must_use]
    pub fn agrees_with(self, outcome: Outcome) -> bool {
        matches!(
            (self, outcome),
            (Self::Adopted, Outcome::Adopted) | (Self::Rejected, Outcome::Rejected)
        )
    }

    /// Whether a recorded outcome contradicts the verdict; an undetermined one contradicts nothing.
    #[must_use]
    pub fn contradicts(self, outcome: Outcome) -> bool {
        matches!(
            (self, outcome),
            (Self::Adopted, Outcome::Rejected) | (Self::Rejected, Outcome::Adopted)
        )
    }
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

/// The verdict alone, without the cost of reasons.
#[must_use]
pub fn verdict(requirement: &Requirement, standing: &Standing<'_>) -> Verdict {
    Context::new(standing).answer(requirement).into()
}

/// Where in the tree, and in whose standing, a part is evaluated.
pub(crate) type Context<'c> = Position<'c, Standing<'c>>;

/// A comparison carried out.
pub(crate) struct Test {
    pub(crate) answer: Answer,
    pub(crate) have: Bounds,
    pub(crate) base: Option<Bounds>,
    pub(crate) missing: Vec<String>,
}

impl Context<'_> {
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
                Some(inner) if inner.lookup.settled => Answer::Met,
                Some(inner) => inner.answer(requirement),
            },
            Requirement::After(period, part) => match self.runs_until(*period) {
                Err(_) => Answer::Unknown,
                Ok(()) => self.answer(part),
            },
            Requirement::Should(_) => Answer::Met,
        }
    }

    /// Whether the decision came before the other one, as far as the days are known.
    pub(crate) fn precedes(&self, later: &Self) -> bool {
        match (self.lookup.on, later.lookup.on) {
            (Some(first), Some(second)) => first <= second,
            _ => true,
        }
    }

    /// Nothing when the period has passed, otherwise what is in the way.
    pub(crate) fn runs_until(&self, period: crate::Period) -> Result<(), String> {
        let (Some(proposed), Some(on)) = (self.lookup.proposed, self.lookup.on) else {
            return Err("the days from which and to which the period runs".to_owned());
        };
        match period.after(proposed) {
            Some(end) if end <= on => Ok(()),
            Some(end) => Err(format!("objections until {end}")),
            None => Err("an end of the period in the calendar".to_owned()),
        }
    }

    pub(crate) fn test(&self, comparison: &Comparison) -> Test {
        match self.scope_of(comparison.group.as_ref()) {
            None => {
                let group = comparison.group.as_ref();
                Test::unknown(
                    group.map_or_else(String::new, |group| format!("the members of {group}")),
                )
            }
            Some(scope) => match &comparison.measure {
                Measure::Heads(_) => self.test_by(comparison, &scope, None),
                Measure::Weight(name) => match self.table(name) {
                    Some(table) => self.test_by(comparison, &scope, Some((name, table))),
                    None => Test::unknown(format!("the table of {name}")),
                },
            },
        }
    }

    /// What a comparison compares is a sum with one term for each member. It has its extremes where all members whose ballots
    /// are not known choose alike, so that these four cases bound it.
    fn test_by(
        &self,
        comparison: &Comparison,
        scope: &Scope<'_>,
        table: Option<(&Name, &Table)>,
    ) -> Test {
        let measured = |standing: &Standing<'_>| match table {
            Some((name, table)) => measured_weight(comparison, standing, scope, name, table),
            None => measured_heads(comparison, standing, scope),
        };
        if !self.lookup.has_open() {
            return measured(self.lookup).test(comparison, Vec::new());
        }
        let [mut whole, others @ ..] = COUNTED.map(|choice| {
            let mut case = measured(&self.lookup.completed(choice));
            // With the ballots known, nothing else would be missing where they decide.
            if case.answer(comparison.relation) != Answer::Unknown {
                case.missing.clear();
            }
            case
        });
        for other in others {
            whole = whole.or(other);
        }
        whole.test(comparison, self.open_ballots(scope))
    }

    /// The ballots that are open in scope, in words: `the ballots of FRA, GBR`.
    fn open_ballots(&self, scope: &Scope<'_>) -> Vec<String> {
        let named = self.lookup.open.iter();
        let named: Vec<_> = named.filter(|code| scope.contains(**code)).collect();
        let unnamed = self.lookup.open_unnamed as usize;
        let count = named.len() + unnamed;
        let noun = if count == 1 {
            "the ballot"
        } else {
            "the ballots"
        };
        match (count, unnamed) {
            (0, _) => Vec::new(),
            (_, 0) if count <= OPEN_NAMES => {
                let codes: Vec<_> = named.iter().map(ToString::to_string).collect();
                vec![format!("{noun} of {}", codes.join(", "))]
            }
            (1, _) => vec![format!("{noun} of 1 member")],
            _ => vec![format!("{noun} of {count} members")],
        }
    }
}

/// What a comparison compares, and what would tell more about it.
struct Measured {
    have: Bounds,
    base: Option<Bounds>,
    /// By how much what there is exceeds what is needed, in units that keep it a whole number.
    beyond: Extent,
    /// The same where somebody is in the base, as far as its sign goes.
    of_somebody: Extent,
    missing: Vec<String>,
}

impl Measured {
    /// What lies within either, and what is missing where one of them is not decided.
    fn or(self, other: Self) -> Self {
        let mut missing = self.missing;
        missing.extend(other.missing);
        Self {
            have: self.have.or(other.have),
            base: self.base.zip(other.base).map(|(a, b)| a.or(b)),
            beyond: self.beyond.or(other.beyond),
            of_somebody: self.of_somebody.or(other.of_somebody),
            missing,
        }
    }

    fn answer(&self, relation: Relation) -> Answer {
        let related =
            |beyond: Extent| relate(relation, beyond.low.unwrap_or(i128::MIN), beyond.high);
        let Some(base) = self.base else {
            return related(self.beyond);
        };
        // A share of nothing is not reached, nor is nothing more than a share of it.
        let of_nothing = Answer::of(matches!(relation, Relation::AtMost | Relation::FewerThan));
        if base.high == Some(0) {
            return of_nothing;
        }
        if base.low > 0 {
            return related(self.beyond);
        }
        match related(self.of_somebody) {
            answer if answer == of_nothing => answer,
            _ => Answer::Unknown,
        }
    }

    fn test(self, comparison: &Comparison, more: Vec<String>) -> Test {
        let answer = self.answer(comparison.relation);
        let mut missing = self.missing;
        missing.extend(more);
        missing.sort_unstable();
        missing.dedup();
        Test::new(answer, self.have, self.base, missing)
    }
}

fn measured_heads(comparison: &Comparison, standing: &Standing<'_>, scope: &Scope<'_>) -> Measured {
    let side = comparison.side.into();
    let have = heads(standing, scope, side);
    let mut missing = missing_ballots(standing, scope);
    match comparison.quantity {
        Quantity::Count(n) => {
            let beyond = beyond_number(have, n.into());
            Measured {
                have,
                base: None,
                beyond,
                of_somebody: beyond,
                missing,
            }
        }
        Quantity::Share(fraction, base) => {
            let (n, d) = parts(fraction);
            let Some(base) = Choices::of_base(base) else {
                return measured_of_attending(have, fraction, attending(standing, scope), missing);
            };
            let whole = heads(standing, scope, base);
            if whole.high.is_none() {
                missing = vec!["the number of members".to_owned()];
            }
            let (beyond, of_somebody) = match (have.exact(), whole.exact()) {
                (Some(_), Some(1..)) => {
                    let beyond = beyond_share(have, fraction, whole);
                    (beyond, beyond)
                }
                _ => heads_beyond_share(standing, scope, (side, d), (base, n)),
            };
            Measured {
                have,
                base: Some(whole),
                beyond,
                of_somebody,
                missing,
            }
        }
    }
}

/// A share of those who attended, whose number does not follow from any choice.
fn measured_of_attending(
    have: Bounds,
    fraction: Fraction,
    whole: Bounds,
    mut missing: Vec<String>,
) -> Measured {
    if whole.high.is_none() {
        missing = vec![ATTENDED.to_owned()];
    }
    let beyond = beyond_share(have, fraction, whole);
    Measured {
        have,
        base: Some(whole),
        beyond,
        of_somebody: beyond,
        missing,
    }
}

fn measured_weight(
    comparison: &Comparison,
    standing: &Standing<'_>,
    scope: &Scope<'_>,
    name: &Name,
    table: &Table,
) -> Measured {
    let (have, mut without) = weight(standing, scope, comparison.side.into(), table);
    let (beyond, base) = match comparison.quantity {
        Quantity::Count(n) => {
            let n = i128::from(n) * 10i128.pow(table.decimals());
            (beyond_number(have, n), None)
        }
        Quantity::Share(fraction, base) => {
            let (base, more) = match Choices::of_base(base) {
                Some(base) => weight(standing, scope, base, table),
                None => (NOBODY_KNOWN, Vec::new()),
            };
            without.extend(more);
            (beyond_share(have, fraction, base), Some(base))
        }
    };
    let mut missing = missing_ballots(standing, scope);
    if base == Some(NOBODY_KNOWN) {
        missing = vec!["who attended".to_owned()];
    } else if !without.is_empty() {
        without.sort_unstable();
        without.dedup();
        let codes: Vec<_> = without.iter().map(ToString::to_string).collect();
        missing = vec![format!("{name} of {}", codes.join(", "))];
    } else if standing.counts_only {
        missing = vec!["who voted how".to_owned()];
    }
    Measured {
        have,
        base,
        beyond,
        of_somebody: beyond,
        missing,
    }
}

/// What would tell more about a count.
fn missing_ballots(standing: &Standing<'_>, scope: &Scope<'_>) -> Vec<String> {
    match (standing.counts_only, scope) {
        (false, _) => Vec::new(),
        (true, Scope::All) => vec!["the number of members".to_owned()],
        (true, _) => vec!["who voted how".to_owned()],
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

fn beyond_number(have: Bounds, n: i128) -> Extent {
    Extent {
        low: Some(have.low - n),
        high: have.high.map(|high| high - n),
    }
}

fn parts(fraction: Fraction) -> (i128, i128) {
    (
        i128::from(fraction.numerator()),
        i128::from(fraction.denominator()),
    )
}

/// Exact: numbers stay below 10^27, parts of fractions below 2^32, so products fit.
fn beyond_share(have: Bounds, fraction: Fraction, base: Bounds) -> Extent {
    let (n, d) = parts(fraction);
    Extent {
        low: base.high.map(|high| have.low * d - n * high),
        high: have.high.map(|high| high * d - n * base.low),
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
    use plenary_types::{Choice, Participant, Tally};

    use super::*;
    use crate::{Group, evaluate};

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
        let codes = ["FRA", "GBR"].map(|code| code.parse::<Participant>().unwrap());
        facts.add_group("P2".parse().unwrap(), Group::new(codes));
        let weights = codes.map(|code| (code, "1"));
        facts.add_table(
            "population".parse().unwrap(),
            Table::parse(weights).unwrap(),
        );
        let counts = Standing::from_counts(Tally {
            yes: 5,
            no: 5,
            ..Tally::default()
        });
        let names = [
            (codes[0], Choice::Yes),
            ("ISL".parse().unwrap(), Choice::No),
        ];
        let named = Standing::from_ballots(names).with_facts(&facts);
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
        let one = Standing::from_counts(Tally {
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
