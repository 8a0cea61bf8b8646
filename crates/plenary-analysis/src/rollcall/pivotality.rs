//! Pivotality: the fewest members who could have changed a result.

use std::collections::BTreeMap;

use plenary_bodies::{Basis, Library, Setting, Undecidable};
use plenary_decisions::requirement::GroupRef;
use plenary_decisions::{Facts, Name, Requirement, Standing, Verdict, verdict};
use plenary_types::{Choice, Decision, Participant};
use serde::Serialize;

/// What would have changed the result of a roll call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Pivotality {
    /// The result, by the rule.
    pub verdict: Verdict,
    /// The fewest members whose ballots would have changed it, an example; empty when no number of them
    /// could have.
    pub switches: Vec<Switch>,
    /// The members each of whom could have changed it alone.
    pub critical: Vec<Participant>,
    /// Members with a ballot, or with the right to one.
    pub members: u32,
}

/// A ballot that would have been cast otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Switch {
    /// Whose.
    pub state: Participant,
    /// What it was.
    pub from: Choice,
    /// What it would have been.
    pub to: Choice,
}

impl Pivotality {
    /// How close the result was: the share of members who would have sufficed to change it. One member of
    /// 193 is 0.005, the closest that the Assembly can vote; nothing when it could not be changed.
    #[must_use]
    pub fn closeness(&self) -> Option<f64> {
        let switches = self.switches.len();
        (switches > 0).then(|| switches as f64 / f64::from(self.members))
    }
}

/// The fewest members who could have changed the result by voting against what was adopted, or for what
/// was rejected; abstaining and absent members count among them.
///
/// It is exact for rules in which support never harms and, beyond heads and named groups, at most one
/// table of weights counts, as in every rule of the library: among members with the same ballot and the
/// same groups, the heavier is never worse to win over. Elsewhere the number found is an upper bound.
///
/// Nothing is returned when the rule does not reach a verdict on the ballots (a group or table that is not
/// known).
///
/// ```
/// use plenary_analysis::rollcall::pivotality;
/// use plenary_decisions::Facts;
/// use plenary_types::Choice::{Abstain, No, Yes};
/// use plenary_types::Participant;
///
/// let code = |text: &str| text.parse::<Participant>().unwrap();
/// let ballots = [("FRA", Yes), ("GBR", Yes), ("USA", Yes), ("IND", No), ("BRA", Abstain)]
///     .map(|(state, choice)| (code(state), choice));
/// // Three to one: one more against leaves two to two, which is no majority.
/// let found = pivotality(&"more than 1/2 of present and voting".parse()?, &Facts::default(), &ballots);
/// let found = found.expect("everything is known");
/// assert_eq!(found.switches.len(), 1);
/// assert_eq!(found.critical, ["FRA", "GBR", "USA"].map(code));
/// assert_eq!(found.closeness(), Some(0.2));
/// # Ok::<(), plenary_decisions::ParseError>(())
/// ```
#[must_use]
pub fn pivotality(
    requirement: &Requirement,
    facts: &Facts,
    ballots: &[(Participant, Choice)],
) -> Option<Pivotality> {
    let vote = Vote {
        requirement,
        facts,
        ballots,
    };
    let verdict = vote.with(&[]);
    let to = match verdict {
        Verdict::Adopted => Choice::No,
        Verdict::Rejected => Choice::Yes,
        Verdict::Undetermined => return None,
    };
    let movable = vote.movable(to);
    let critical = movable
        .iter()
        .filter(|place| vote.with(&[(**place, to)]) != verdict)
        .filter_map(|place| ballots.get(*place).map(|(state, _)| *state))
        .collect();
    let places = vote.fewest(&movable, to, verdict);
    let switches = places.into_iter().filter_map(|place| {
        let (state, from) = *ballots.get(place)?;
        Some(Switch { state, from, to })
    });
    let eligible = ballots
        .iter()
        .filter(|(_, choice)| *choice != Choice::NotEligible);
    Some(Pivotality {
        verdict,
        switches: switches.collect(),
        critical,
        members: crate::number(eligible.count()),
    })
}

/// The pivotality of a recorded decision, by the rule that the library applies to it in that setting.
///
/// # Errors
///
/// [`Undecidable`] as [`Library::decide`] says, also when the record does not say of each member how it voted: by totals
/// alone, a list that leaves members out, or a name that is not resolved.
pub fn pivotality_of(
    library: &Library,
    decision: &Decision,
    setting: &Setting<'_>,
) -> Result<Option<Pivotality>, Undecidable> {
    let ballots = every_ballot(decision)?;
    let ruling = library.ruling(decision, setting)?;
    let rule = ruling.rule();
    Ok(pivotality(rule.requirement(), rule.facts(), &ballots))
}

/// The ballot of each member, the first where there are two.
fn every_ballot(decision: &Decision) -> Result<Vec<(Participant, Choice)>, Undecidable> {
    let list = match Basis::from_decision(decision)? {
        Basis::List(list) => list,
        Basis::Totals { extract: None, .. } => return Err(Undecidable::NoBallots),
        Basis::Extract(_) | Basis::Totals { .. } => return Err(Undecidable::Extract),
    };
    if let Some(ballot) = list.iter().find(|ballot| ballot.entry.who.is_none()) {
        let name = ballot.entry.label();
        return Err(Undecidable::Unresolved { name });
    }
    let mut ballots: Vec<_> = list.by_number().collect();
    // In the order of the texts; of two ballots of one member the first stays.
    ballots.sort_by_key(|(who, _)| *who);
    ballots.dedup_by_key(|(who, _)| *who);
    Ok(ballots)
}

struct Vote<'v> {
    requirement: &'v Requirement,
    facts: &'v Facts,
    ballots: &'v [(Participant, Choice)],
}

impl Vote<'_> {
    /// The verdict with some ballots changed.
    fn with(&self, changes: &[(usize, Choice)]) -> Verdict {
        let mut ballots = self.ballots.to_vec();
        for (place, to) in changes {
            if let Some((_, choice)) = ballots.get_mut(*place) {
                *choice = *to;
            }
        }
        let standing = Standing::from_ballots(ballots).with_facts(self.facts);
        verdict(self.requirement, &standing)
    }

    fn movable(&self, to: Choice) -> Vec<usize> {
        let can = |choice: Choice| choice != to && choice != Choice::NotEligible;
        let places = self.ballots.iter().enumerate();
        places
            .filter(|(_, (_, choice))| can(*choice))
            .map(|(place, _)| place)
            .collect()
    }

    /// The places of the fewest members whose switch changes the verdict.
    fn fewest(&self, movable: &[usize], to: Choice, verdict: Verdict) -> Vec<usize> {
        let changes = |places: &[usize]| {
            let changes: Vec<_> = places.iter().map(|place| (*place, to)).collect();
            self.with(&changes) != verdict
        };
        if !changes(movable) {
            return Vec::new();
        }
        let queues = self.queues(movable);
        // Where support never harms, more members never change less, so that halving finds the fewest.
        let (mut too_few, mut best) = (0, movable.to_vec());
        while best.len() - too_few > 1 {
            let n = usize::midpoint(too_few, best.len());
            match first_combination(&queues, n, &mut Vec::new(), &changes) {
                Some(places) => best = places,
                None => too_few = n,
            }
        }
        best
    }

    /// Members who differ in weight only, the heaviest first.
    fn queues(&self, movable: &[usize]) -> Vec<Vec<usize>> {
        let groups = groups_of(self.requirement);
        let tables = self.requirement.tables();
        let mut queues: BTreeMap<(Choice, Vec<bool>), Vec<usize>> = BTreeMap::new();
        for place in movable {
            let Some((state, choice)) = self.ballots.get(*place) else {
                continue;
            };
            let belongs = groups
                .iter()
                .map(|group| self.is_in(group, *state))
                .collect();
            queues.entry((*choice, belongs)).or_default().push(*place);
        }
        let weight = |place: &usize| {
            let state = self.ballots.get(*place).map(|(state, _)| *state);
            let of = |name: &Name| self.facts.table(name)?.weight(state?);
            tables.iter().map(of).collect::<Vec<_>>()
        };
        let mut queues: Vec<_> = queues.into_values().collect();
        for queue in &mut queues {
            queue.sort_by_key(|place| std::cmp::Reverse(weight(place)));
        }
        queues
    }

    fn is_in(&self, group: &GroupRef, state: Participant) -> bool {
        match group {
            GroupRef::Listed(codes) => codes.binary_search(&state).is_ok(),
            GroupRef::Named(name) => {
                let group = self.facts.group(name);
                group.is_some_and(|group| group.contains(state))
            }
        }
    }
}

/// The first way to take `n` members from the heads of the queues that changes the verdict.
fn first_combination(
    queues: &[Vec<usize>],
    n: usize,
    taken: &mut Vec<usize>,
    changes: &impl Fn(&[usize]) -> bool,
) -> Option<Vec<usize>> {
    let Some((queue, rest)) = queues.split_first() else {
        return (n == 0 && changes(taken)).then(|| taken.clone());
    };
    let room: usize = rest.iter().map(Vec::len).sum();
    for from_queue in n.saturating_sub(room)..=n.min(queue.len()) {
        let before = taken.len();
        taken.extend(queue.iter().take(from_queue));
        let found = first_combination(rest, n - from_queue, taken, changes);
        taken.truncate(before);
        if found.is_some() {
            return found;
        }
    }
    None
}

fn groups_of(requirement: &Requirement) -> Vec<&GroupRef> {
    let parts = requirement.parts();
    let named = parts.into_iter().filter_map(|part| match part {
        Requirement::Compare(comparison) => comparison.group.as_ref(),
        Requirement::Among(group, _) | Requirement::Without(group, _) => Some(group),
        _ => None,
    });
    named.collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn code(n: usize) -> Participant {
        plenary_types::StateCode::from_bytes([b'A', b'A', b'A' + n as u8])
            .unwrap()
            .into()
    }

    /// The fewest switches by trying all sets.
    fn by_trying(vote: &Vote<'_>, to: Choice) -> usize {
        let before = vote.with(&[]);
        let movable = vote.movable(to);
        (1u32..1 << movable.len())
            .filter(|set| {
                let places = movable.iter().enumerate();
                let places = places.filter(|(bit, _)| set >> bit & 1 == 1);
                let changes: Vec<_> = places.map(|(_, place)| (*place, to)).collect();
                vote.with(&changes) != before
            })
            .map(u32::count_ones)
            .min()
            .unwrap_or(0) as usize
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(150))]

        #[test]
        fn nobody_finds_fewer_switches_by_trying_all(
            choices in prop::collection::vec(0usize..4, 8),
            weights in prop::collection::vec(0u32..9, 8),
            rule in prop::sample::select(vec![
                "more than 1/2 of present and voting",
                "at least 2/3 of present and voting",
                "at least 2/3 of members",
                "at least 4 votes; no member of {AAA, AAB} against",
                "at least 55% of members; at least 65% of w or fewer than 3 members not in favour",
                "more than 1/2 of w cast",
                "all members",
                "no member against",
            ]),
        ) {
            let all = [Choice::Yes, Choice::No, Choice::Abstain, Choice::NonVoting];
            let ballots: Vec<_> = choices.iter().enumerate().map(|(n, c)| (code(n), all[*c])).collect();
            let texts: Vec<_> = weights.iter().map(ToString::to_string).collect();
            let table = plenary_decisions::Table::parse(
                texts.iter().enumerate().map(|(n, w)| (code(n), w.as_str())),
            ).unwrap();
            let mut facts = Facts::default();
            facts.add_table("w".parse().unwrap(), table);
            let requirement = rule.parse().unwrap();
            let vote = Vote { requirement: &requirement, facts: &facts, ballots: &ballots };
            let found = pivotality(&requirement, &facts, &ballots).unwrap();
            let to = if found.verdict == Verdict::Adopted { Choice::No } else { Choice::Yes };
            prop_assert_eq!(found.switches.len(), by_trying(&vote, to), "{} {:?}", rule, ballots);
            prop_assert_eq!(found.switches.len() == 1, !found.critical.is_empty());
            let changes: Vec<_> = found
                .switches
                .iter()
                .map(|switch| (ballots.iter().position(|(s, _)| *s == switch.state).unwrap(), switch.to))
                .collect();
            prop_assert!(changes.is_empty() || vote.with(&changes) != found.verdict);
        }
    }

    #[test]
    fn a_veto_is_the_one_ballot_that_mattered() {
        let day = "2018-06-01".parse().unwrap();
        let rule = Library::embedded().rule("sc-substantive", day).unwrap();
        let council = plenary_bodies::Reference::embedded().body("unsc").unwrap();
        let council = council.members_on(day).unwrap();
        let usa: Participant = "USA".parse().unwrap();
        let choice = |state: Participant| {
            if state == usa {
                Choice::No
            } else {
                Choice::Yes
            }
        };
        let ballots: Vec<_> = council
            .iter()
            .map(|state| (*state, choice(*state)))
            .collect();
        let found = pivotality(&rule.rule.requirement, rule.facts, &ballots).unwrap();
        assert_eq!(found.verdict, Verdict::Rejected);
        assert_eq!(found.critical, [usa]);
        let switch = Switch {
            state: usa,
            from: Choice::No,
            to: Choice::Yes,
        };
        assert_eq!(found.switches, [switch]);
    }

    #[test]
    fn a_record_that_does_not_say_how_each_member_voted_has_no_pivotality() {
        let of = |fields: &str| {
            let text = format!(r#"{{"body": "unga", "date": "2018-12-19", {fields}}}"#);
            pivotality_of(
                Library::embedded(),
                &serde_json::from_str(&text).unwrap(),
                &Setting::default(),
            )
        };
        let ballots = r#""ballots": {"yes": ["FRA", "PER"], "no": ["USA"]}"#;
        let found = of(ballots).unwrap().unwrap();
        assert_eq!((found.members, found.switches.len()), (3, 1));
        let twice = r#""ballots": {"yes": ["FRA", "PER"], "no": ["USA", "PER"]}"#;
        assert_eq!(of(twice).unwrap(), Some(found));
        let totals = r#""announced": {"yes": 2, "no": 1}"#;
        assert_eq!(of(totals), Err(Undecidable::NoBallots));
        for extract in [ballots.to_owned(), format!("{ballots}, {totals}")] {
            let extract = format!(r#"{extract}, "partial": true"#);
            assert_eq!(of(&extract), Err(Undecidable::Extract));
        }
        let name = "ATLANTIS".to_owned();
        let unresolved = r#""ballots": {"yes": ["FRA", "ATLANTIS"], "no": ["USA"]}"#;
        assert_eq!(of(unresolved), Err(Undecidable::Unresolved { name }));
        let unvoted = format!(r#"{ballots}, "mode": "without-vote""#);
        assert_eq!(of(&unvoted), Err(Undecidable::NoVote));
    }

    #[test]
    fn a_result_that_nobody_can_change_has_no_switches() {
        let ballots = [(code(0), Choice::Yes), (code(1), Choice::Yes)];
        let found =
            pivotality(&"at least 3 votes".parse().unwrap(), Facts::NONE, &ballots).unwrap();
        assert_eq!((found.switches.len(), found.closeness()), (0, None));
        assert_eq!(
            pivotality(&"all of P9".parse().unwrap(), Facts::NONE, &ballots),
            None
        );
    }
}
