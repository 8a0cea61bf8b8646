//! [`select_decisions`]: the decisions that are selected of some inputs, each once, and whose ballots on them.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;
use plenary_analysis::Votes;
use plenary_analysis::cohesion::{DayMembers, StateGroups};
use plenary_analysis::copies::VotePlace;
use plenary_bodies::Reference;
use plenary_states::Groups;
use plenary_types::{
    Act, Agreement, Ballot, Ballots, BodyId, Choice, Date, Decision, Mark, Participant, Roll,
    RollEntry,
};

use super::agree::of_group;
use super::cohesion::{Chosen, Named};
use super::labels;
use super::selected::{Gathered, Taken};
use super::{Codes, VoteSettings};
use crate::groups::REGIONAL;
use crate::{Error, Input, Refusal};

/// Which decisions, and whose ballots on them.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct DecisionSettings {
    /// Which decisions. Its `states` are not read: [`DecisionSettings::states`] says whose ballots.
    pub votes: VoteSettings,
    /// Only ballots of these participants, by code, name or identifier. The name of a group is everybody who ever was in it.
    pub states: Vec<String>,
    /// Groups of one's own, in place of those of a scheme.
    pub groups: Option<Groups>,
    /// A scheme of groups of the reference, or a group that a body of the reference names. By default the scheme by which the votes of the
    /// body are shown.
    pub scheme: Option<String>,
    /// Only these groups; all where none is named.
    pub only: Vec<String>,
}

impl DecisionSettings {
    /// Whether only the ballots of some are selected: where participants or groups are named.
    #[must_use]
    pub const fn asks_for_some(&self) -> bool {
        !self.states.is_empty() || self.asks_for_groups()
    }

    /// Whether only ballots of the members of some groups are selected: where groups are named.
    #[must_use]
    pub const fn asks_for_groups(&self) -> bool {
        self.groups.is_some() || self.scheme.is_some() || !self.only.is_empty()
    }
}

/// Decisions that were selected, with or without a list of ballots.
#[derive(Debug)]
#[non_exhaustive]
pub struct SelectedDecisions {
    /// The decisions, in the order in which they are read.
    pub decisions: Vec<SelectedDecision>,
    /// Whose ballots are selected; everybody's where nobody is named.
    pub states: Vec<Participant>,
    /// The groups of participants.
    pub groups: StateGroups,
    /// The scheme or the group of a body that the groups are of; none where they are one's own.
    pub scheme: Option<String>,
    /// Where bodies, groups and names are looked up, with what the datasets carry.
    pub reference: Arc<Reference>,
    /// The bodies that decided, in alphabetical order.
    pub bodies: Vec<BodyId>,
    /// Metadata about them, by key.
    pub metadata: Vec<(&'static str, String)>,
    /// What limits them.
    pub warnings: Vec<String>,
    /// Files that were read beside the inputs.
    pub beside: Vec<PathBuf>,
    only_members: bool,
    members: BTreeMap<NaiveDate, DayMembers>,
}

/// A decision that was selected.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SelectedDecision {
    /// The place of its record among those of the inputs, from 1.
    pub record: usize,
    /// The place of the decision among the acts of its record, from 0.
    pub act: usize,
    /// The record. On the list of the decision each voter stands once, with those of the copies of the vote.
    pub agreement: Arc<Agreement>,
    /// Its list with each ballot that has a mark as its body counts it, in the order of the list of the decision.
    counted: Option<Ballots>,
}

/// A ballot that was selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SelectedBallot<'a> {
    /// Who.
    pub who: Participant,
    /// As printed.
    pub entry: &'a RollEntry,
    /// What it counts as.
    pub choice: Choice,
    /// What the participant meant, where that is not what counts: what its delegation later said, or the position of a ballot that counts as
    /// another, such as one that was paired.
    pub intended: Option<Choice>,
    /// What the source says of it beside the choice.
    pub mark: Option<Mark>,
    /// Its groups on the day, as places among the names of [`SelectedDecisions::groups`]; none where the day is not known.
    pub groups: &'a [usize],
}

impl SelectedDecision {
    /// The decision.
    #[must_use]
    pub fn decision(&self) -> &Decision {
        static NONE: std::sync::LazyLock<Decision> = std::sync::LazyLock::new(Decision::default);
        match self.agreement.acts.get(self.act) {
            Some(Act::Decision(decision)) => decision,
            _ => {
                debug_assert!(false, "the act is a decision of the record");
                &NONE
            }
        }
    }

    /// Whether it has a list with somebody on it.
    #[must_use]
    pub fn is_listed(&self) -> bool {
        let list = self.decision().ballots.as_ref();
        list.is_some_and(|list| !list.is_empty())
    }

    /// Its list as it counts, in the order of the list of the decision.
    #[must_use]
    pub const fn counted(&self) -> Option<&Ballots> {
        self.counted.as_ref()
    }
}

impl SelectedDecisions {
    /// The ballots of a decision that are selected, in the order of its list. A name that was not resolved is nobody's.
    pub fn ballots<'a>(
        &'a self,
        of: &'a SelectedDecision,
    ) -> impl Iterator<Item = SelectedBallot<'a>> {
        let decision = of.decision();
        let members = decision.date.and_then(Date::as_day);
        let members = members.and_then(|day| self.members.get(&day));
        let lists = decision.ballots.iter().zip(&of.counted);
        let lines = lists.flat_map(|(printed, counted)| printed.iter().zip(counted.choices()));
        lines.filter_map(move |(printed, &choice)| {
            let who = printed.entry.who?;
            if !self.states.is_empty() && !self.states.contains(&who) {
                return None;
            }
            let groups = members.map_or(&[][..], |members| members.of(who));
            if self.only_members && groups.is_empty() {
                return None;
            }
            let meant = (printed.choice != choice).then_some(printed.choice);
            Some(SelectedBallot {
                who,
                entry: printed.entry,
                choice,
                intended: printed.intended_later.or(meant),
                mark: printed.mark,
                groups,
            })
        })
    }

    /// Whether only the ballots of some participants are selected.
    #[must_use]
    pub const fn is_of_some(&self) -> bool {
        !self.states.is_empty() || self.only_members
    }

    /// Whether only the ballots of members of the groups are selected.
    #[must_use]
    pub const fn only_members(&self) -> bool {
        self.only_members
    }

    /// How many decisions with a list have no day, so that nobody's group is known.
    #[must_use]
    pub fn undated(&self) -> usize {
        let listed = self
            .decisions
            .iter()
            .filter(|decision| decision.is_listed());
        let days = listed.map(|of| of.decision().date.and_then(Date::as_day));
        days.filter(Option::is_none).count()
    }
}

/// A record of which something is selected, as it is printed and as its ballots count.
struct Kept {
    record: usize,
    printed: Arc<Agreement>,
    counted: Option<Agreement>,
}

impl Kept {
    fn counted(&self) -> &Agreement {
        self.counted.as_ref().unwrap_or(&self.printed)
    }

    /// The lists of a decision: as printed and as it counts.
    fn lists(&self, act: usize) -> Option<(&Ballots, &Ballots)> {
        Some((list_of(&self.printed, act)?, list_of(self.counted(), act)?))
    }
}

fn list_of(agreement: &Agreement, act: usize) -> Option<&Ballots> {
    match agreement.acts.get(act)? {
        Act::Decision(decision) => decision.ballots.as_ref(),
        _ => None,
    }
}

/// Reads the decisions that are selected of some inputs, and whose ballots on them. Each vote is there once: the votes and the ballots are
/// those of [`select_votes`](crate::select_votes), with the decisions that have no list of ballots beside them.
///
/// # Errors
///
/// [`Error`] when an input cannot be used, copies of a vote contradict each other and [`VoteSettings::on_conflict`] does not say
/// which to use, a participant or a group is not known, or no decision is selected.
pub fn select_decisions<I: Into<Input>>(
    inputs: impl IntoIterator<Item = I>,
    settings: &DecisionSettings,
) -> Result<SelectedDecisions, Error> {
    let mut kept: Vec<Kept> = Vec::new();
    let mut places: HashMap<VotePlace, (usize, usize)> = HashMap::new();
    let keep = |taken: &Taken<'_>| {
        for (nth, (act, _)) in taken.printed.decisions().enumerate() {
            let place = VotePlace {
                input: taken.input,
                decision: taken.first + nth,
            };
            places.insert(place, (kept.len(), act));
        }
        let is_other = !std::ptr::eq(taken.printed, taken.counted);
        kept.push(Kept {
            record: taken.record,
            printed: Arc::new(taken.printed.clone()),
            counted: is_other.then(|| taken.counted.clone()),
        });
    };
    let mut votes = settings.votes.clone();
    votes.selection.states.clear();
    votes.codes = Codes::Iso3;
    let gathered = Gathered::new(inputs, &votes, Votes::default().with_unlisted(), keep)?;
    let states = named(&settings.states, &gathered.reference, &gathered.votes)?;
    let mut decisions = Vec::with_capacity(kept.len());
    for (parts, (_, ballots)) in gathered.votes.parts().zip(gathered.votes.iter()) {
        let parts = parts.iter().filter_map(|place| places.get(place));
        let parts: Vec<(&Kept, usize)> = parts
            .filter_map(|&(at, act)| Some((kept.get(at)?, act)))
            .collect();
        let settled = ballots.filter_map(|(who, choice)| Some((who.parse().ok()?, choice)));
        decisions.extend(settled_decision(&parts, settled.collect()));
    }
    let chosen = groups(settings, &gathered.reference, &gathered.bodies)?;
    let mut warnings = gathered.warnings;
    if settings.asks_for_groups() {
        let dates = decisions.iter().map(SelectedDecision::decision);
        warnings.extend(chosen.caveats(dates.filter_map(|decision| decision.date)));
    }
    let Chosen { groups, scheme, .. } = chosen;
    let mut selection = votes.selection;
    selection.states.clone_from(&states);
    let mut metadata = vec![("votes", selection.describe(gathered.scope))];
    metadata.extend(members_of(settings, &groups));
    metadata.extend(gathered.metadata);
    let days = decisions.iter().map(SelectedDecision::decision);
    let days = days.filter(|decision| decision.ballots.is_some());
    let days = days.filter_map(|decision| decision.date.and_then(Date::as_day));
    let mut members = BTreeMap::new();
    for day in days {
        members.entry(day).or_insert_with(|| groups.members_on(day));
    }
    Ok(SelectedDecisions {
        only_members: settings.asks_for_groups(),
        members,
        decisions,
        states,
        groups,
        scheme,
        reference: gathered.reference,
        bodies: gathered.bodies,
        metadata,
        warnings,
        beside: gathered.beside,
    })
}

/// The groups of the settings, for decisions of these bodies; the scheme is named also where it is that of the regional groups.
pub(super) fn groups(
    settings: &DecisionSettings,
    reference: &Reference,
    bodies: &[BodyId],
) -> Result<Chosen, Error> {
    let named = Named {
        own: settings.groups.as_ref(),
        scheme: settings.scheme.as_deref(),
        only: &settings.only,
    };
    let mut chosen = named.choose(reference, bodies)?;
    if chosen.scheme.is_none() && settings.groups.is_none() {
        chosen.scheme = Some(REGIONAL.to_owned());
    }
    Ok(chosen)
}

/// The groups whose members alone are selected, for the metadata.
pub(super) fn members_of(
    settings: &DecisionSettings,
    groups: &StateGroups,
) -> Option<(&'static str, String)> {
    let is_asked = settings.asks_for_groups();
    is_asked.then(|| ("members of", groups.names().join(", ")))
}

/// The participants of these names among the voters, in the order of their texts.
pub(super) fn named(
    texts: &[String],
    reference: &Reference,
    votes: &Votes,
) -> Result<Vec<Participant>, Error> {
    let voters = votes.voters();
    let mut states = Vec::new();
    for text in texts {
        let members = of_group(reference, text)?;
        let places = match members.as_slice() {
            [one] => labels::voters(one, voters, votes)?,
            // Of a group, those who voted.
            several => {
                let places = several.iter();
                let places = places.flat_map(|one| labels::places_of(one, voters, votes));
                let places: Vec<usize> = places.collect();
                if places.is_empty() {
                    let reason = format!("nobody of `{text}` cast a ballot in the selected votes");
                    let refusal = Refusal::new(reason).with_help("widen the selection");
                    return Err(refusal.into());
                }
                places
            }
        };
        let found = places.into_iter().filter_map(|at| voters.get(at));
        states.extend(found.filter_map(|voter| voter.parse::<Participant>().ok()));
    }
    states.sort_unstable();
    states.dedup();
    Ok(states)
}

/// A decision with the ballots on which its copies were settled. The first of the parts is the one that is used.
fn settled_decision(
    parts: &[(&Kept, usize)],
    settled: HashMap<Participant, Choice>,
) -> Option<SelectedDecision> {
    let &(used, act) = parts.first()?;
    let decision = |agreement: Arc<Agreement>, counted| SelectedDecision {
        record: used.record,
        act,
        agreement,
        counted,
    };
    let lists: Vec<(&Ballots, &Ballots)> = parts
        .iter()
        .filter_map(|(kept, act)| kept.lists(*act))
        .collect();
    let is_as_read = match (lists.as_slice(), parts) {
        ([], _) => true,
        ([(printed, _)], [_]) => printed.by_number().len() == settled.len(),
        _ => false,
    };
    if is_as_read {
        let counted = lists.first().map(|(_, counted)| (*counted).clone());
        return Some(decision(Arc::clone(&used.printed), counted));
    }
    let (printed, counted) = settled_lists(&lists, settled);
    let mut agreement = Agreement::clone(&used.printed);
    if let Some(Act::Decision(decision)) = agreement.acts.get_mut(act) {
        decision.ballots = Some(printed);
    }
    Some(decision(Arc::new(agreement), Some(counted)))
}

/// The list on which each voter of some lists stands once, with the choice that was settled: as printed and as it counts. The names that were
/// not resolved are those of the first list.
fn settled_lists(
    lists: &[(&Ballots, &Ballots)],
    mut settled: HashMap<Participant, Choice>,
) -> (Ballots, Ballots) {
    let mut lines: Vec<(Ballot<'_>, Choice)> = Vec::new();
    for (nth, (printed, counted)) in lists.iter().enumerate() {
        for (line, &choice) in printed.iter().zip(counted.choices()) {
            let is_used = match line.entry.who {
                None => nth == 0,
                Some(who) if settled.get(&who) == Some(&choice) => settled.remove(&who).is_some(),
                Some(_) => false,
            };
            if is_used {
                lines.push((line, choice));
            }
        }
    }
    debug_assert!(settled.is_empty(), "each settled ballot is on a list");
    let entries = lines.iter().map(|(line, _)| line.entry.clone()).collect();
    let roll = Arc::new(Roll::new(entries));
    let list = |choices: Vec<Choice>| {
        let list = Ballots::new(Arc::clone(&roll), choices);
        let list = list.unwrap_or_else(|_| Ballots::from_participants([]));
        let marked = lines.iter().enumerate();
        marked.fold(list, |mut list, (at, (line, _))| {
            if let Some(intended) = line.intended_later {
                list = list.with_intended(at, intended);
            }
            if let Some(mark) = line.mark {
                list = list.with_mark(at, mark);
            }
            list
        })
    };
    let printed = list(lines.iter().map(|(line, _)| line.choice).collect());
    let counted = list(lines.iter().map(|(_, choice)| *choice).collect());
    (printed, counted)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::select_votes;

    /// Documents of decisions in one file: the texts of their fields and ballots.
    fn input(name: &str, documents: &[&str]) -> Input {
        Input::bytes(name.to_owned(), documents.join("\n"))
    }

    fn vote(symbol: &str, decision: &str) -> String {
        format!(
            r#"{{"symbols": ["{symbol}"], "title": "{symbol}", "acts": [{{"act": "decision", "body": "unga", {decision}}}]}}"#
        )
    }

    fn choices(selected: &SelectedDecisions) -> Vec<BTreeMap<String, String>> {
        let of = |decision| {
            let ballots = selected.ballots(decision);
            ballots.map(|ballot| (ballot.who.to_string(), ballot.choice.to_string()))
        };
        let decisions = selected.decisions.iter();
        decisions.map(|decision| of(decision).collect()).collect()
    }

    #[test]
    fn a_vote_of_two_inputs_is_one_decision_with_the_voters_of_both() {
        let whole = vote(
            "A/RES/73/195",
            r#""date": "2018-12-19", "session": "73", "ballots": {"yes": ["FRA", "DEU"], "no": ["USA"]}"#,
        );
        let part = vote(
            "A/RES/73/195",
            r#""date": "2018-12-19", "session": "73", "ballots": {"yes": ["FRA"], "abstain": ["ITA"],
                "printed": [{"name": "Atlantis", "choice": "yes"}]}"#,
        );
        let part = part.replace('\n', " ");
        let consensus = vote(
            "A/RES/73/1",
            r#""date": "2018-10-05", "mode": "without-vote", "outcome": "adopted""#,
        );
        let inputs = [
            input("a.jsonl", &[&whole, &consensus]),
            input("b.jsonl", &[&consensus, &part]),
        ];
        let selected = select_decisions(inputs.clone(), &DecisionSettings::default()).unwrap();
        let places: Vec<_> = selected.decisions.iter().map(|d| d.record).collect();
        assert_eq!(places, [1, 2], "each once, as it is read first");
        let all = choices(&selected);
        let words: Vec<_> = all[0].iter().map(|(who, c)| format!("{who} {c}")).collect();
        assert_eq!(words, ["DEU yes", "FRA yes", "ITA abstain", "USA no"]);
        assert!(all[1].is_empty() && selected.decisions[1].decision().ballots.is_none());
        let list = selected.decisions[0].decision().ballots.as_ref().unwrap();
        assert_eq!(list.tally().to_string(), "2-1-1");
        let votes = select_votes(inputs, &VoteSettings::default())
            .unwrap()
            .votes;
        assert_eq!(votes.len(), 1, "an analysis counts lists");
    }

    #[test]
    fn decisions_without_a_list_are_one_only_by_the_symbol_of_a_document() {
        let bill = r#"{"symbols": ["HR 5"], "title": "A bill", "acts": [{"act": "decision", "body": "us-senate", "date": "2005-03-01",
            "announced": {"yes": 1}}]}"#;
        let bill = bill.replace('\n', " ");
        let resolution = vote(
            "A/RES/73/1",
            r#""date": "2018-10-05", "mode": "without-vote""#,
        );
        let documents = input("a.jsonl", &[&bill, &bill, &resolution, &resolution]);
        let selected = select_decisions([documents], &DecisionSettings::default()).unwrap();
        let places: Vec<_> = selected.decisions.iter().map(|d| d.record).collect();
        assert_eq!(places, [1, 2, 3]);
    }

    #[test]
    fn ballots_are_those_of_the_participants_and_of_the_members_of_the_day() {
        let of = |symbol: &str, date: &str| {
            vote(
                symbol,
                &format!(
                    r#""date": "{date}", "ballots": {{"yes": ["FRA", "GBR"], "no": ["USA", "NLD"]}}"#
                ),
            )
        };
        let texts = [
            of("A/RES/73/195", "2018-12-19"),
            of("A/RES/75/1", "2020-12-19"),
            of("A/RES/76/1", "2021"),
        ];
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let select = |change: &dyn Fn(&mut DecisionSettings)| {
            let mut settings = DecisionSettings::default();
            change(&mut settings);
            select_decisions([input("a.jsonl", &texts)], &settings)
        };
        let named =
            select(&|settings| settings.states = vec!["France".to_owned(), "USA".to_owned()]);
        let named = choices(&named.unwrap());
        assert!(
            named
                .iter()
                .all(|ballots| ballots.keys().eq(["FRA", "USA"]))
        );
        let unknown = select(&|settings| settings.states = vec!["Peru".to_owned()]).unwrap_err();
        assert_eq!(
            unknown.to_string(),
            "`Peru` cast no ballot in the selected votes"
        );
        let groups = "group,member,from,to\nunion,FRA,1958-01-01,\nunion,NLD,1958-01-01,\nunion,GBR,1973-01-01,2020-02-01\n";
        let members = plenary_tables::read_groups(groups, Groups::participant).unwrap();
        let groups = Groups::new(members);
        let of_group = select(&|settings| settings.groups = Some(groups.clone())).unwrap();
        let voters: Vec<Vec<_>> = choices(&of_group)
            .into_iter()
            .map(|ballots| ballots.into_keys().collect())
            .collect();
        let expected: [&[&str]; 3] = [&["FRA", "GBR", "NLD"], &["FRA", "NLD"], &[]];
        assert_eq!(voters, expected);
        assert_eq!(of_group.undated(), 1);
        let first = &of_group.decisions[0];
        let list = first.decision().ballots.as_ref().unwrap();
        assert_eq!(list.len(), 4, "totals are those of everybody");
    }

    #[test]
    fn what_a_marked_ballot_meant_is_told_beside_what_it_counts_as() {
        let document = r#"{"title": "A bill", "acts": [{"act": "decision", "body": "us-senate", "date": "2005-03-01", "ballots": {"yes": ["person:a"],
            "printed": [{"participant": "person:b", "choice": "no", "mark": "paired"}, {"participant": "person:a", "choice": "yes"}]}}]}"#;
        let document = document.replace('\n', " ");
        let selected = select_decisions(
            [input("a.jsonl", &[&document])],
            &DecisionSettings::default(),
        );
        let selected = selected.unwrap();
        let ballots: Vec<_> = selected
            .ballots(&selected.decisions[0])
            .map(|ballot| {
                (
                    ballot.who.to_string(),
                    ballot.choice,
                    ballot.intended,
                    ballot.mark,
                )
            })
            .collect();
        assert_eq!(
            ballots,
            [
                ("person:a".to_owned(), Choice::Yes, None, None),
                (
                    "person:b".to_owned(),
                    Choice::NonVoting,
                    Some(Choice::No),
                    Some(Mark::Paired)
                ),
            ]
        );
    }
}
