//! Records of votes that the inputs have more than once.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use plenary_analysis::OnConflict;
use plenary_analysis::copies::{Copies, Unmatched, VotePlace, are_alike};
use plenary_bodies::Reference;
use plenary_import::{Import, Record};
use plenary_types::{
    Act, Agreement, Ballot, Ballots, Choice, Decision, Invariant, Participant, Roll, thousands,
};
use serde::Serialize;
use serde_json::Value;

use crate::Refusal;
use crate::same_votes_of;

/// The place of a record: input and record.
type Place = (usize, usize);

/// Which records are written once although the inputs have them more than once.
pub(crate) struct Found {
    on_conflict: OnConflict,
    copies: Copies,
    /// How many decisions of each input were taken in.
    decisions: HashMap<usize, usize>,
    /// Where each vote was seen.
    places: Vec<Place>,
    /// Votes of which no copy is written.
    omitted: HashSet<usize>,
    left_out: HashSet<Place>,
    /// The records whose lists are written in an earlier copy.
    parts: HashMap<Place, Vec<Place>>,
    counts: CopyCounts,
    /// How many copies that are not written differ from the first in which fields.
    differences: BTreeMap<Vec<String>, usize>,
    first: Option<Conflict>,
    conflicts: usize,
}

/// What became of the copies (docs/schema/import.schema.json). The records of the inputs are those that are written and the
/// first five of these.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CopyCounts {
    /// Records left out that say what another says.
    pub duplicates: usize,
    /// Records left out that have the ballots of another, and differ in other fields.
    pub differing: usize,
    /// Records whose voters are joined to the list of an earlier copy.
    pub joined: usize,
    /// Records left out whose list is a part of another.
    pub shorter: usize,
    /// Records left out that another contradicts, or that contradict themselves.
    pub conflicting: usize,
    /// Records whose list has every voter more than once.
    pub repeated_lists: usize,
    /// Records that are written although a voter has several choices on their list, with the one that was chosen.
    pub settled_lists: usize,
    /// In which fields copies differ from the record that is written.
    pub differences: Vec<CopyDifference>,
}

/// Copies that differ from the record that is written in the same fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CopyDifference {
    /// The fields, by their names in documents.
    pub fields: Vec<String>,
    /// How many records.
    pub records: usize,
}

/// The first contradiction.
struct Conflict {
    record: String,
    of: Contradiction,
    paths: [String; 2],
}

/// A voter with two choices.
type Contradiction = (Participant, Choice, Choice);

impl Found {
    /// Knows which votes of the inputs are one.
    pub(crate) fn new(imports: &[Import], reference: &Reference, on_conflict: OnConflict) -> Self {
        let mut copies = Copies::default();
        for [earlier, later] in same_votes_of(imports, reference) {
            copies.link(earlier, later);
        }
        Self {
            on_conflict,
            copies,
            decisions: HashMap::new(),
            places: Vec::new(),
            omitted: HashSet::new(),
            left_out: HashSet::new(),
            parts: HashMap::new(),
            counts: CopyCounts::default(),
            differences: BTreeMap::new(),
            first: None,
            conflicts: 0,
        }
    }

    /// Votes of inputs that may be the same and are not known to be.
    pub(crate) fn unmatched(&self) -> Vec<Unmatched> {
        self.copies.unmatched()
    }

    /// Takes in a record, the next of its input.
    pub(crate) fn add(
        &mut self,
        imports: &[Import],
        input: usize,
        at: usize,
        agreement: &Agreement,
    ) {
        let is_vote = |act: &Act| matches!(act, Act::Decision(d) if d.ballots.is_some());
        let is_of_votes = !agreement.acts.is_empty() && agreement.acts.iter().all(is_vote);
        self.counts.repeated_lists +=
            usize::from(lists(agreement).any(|(_, list)| is_repeated(list)));
        let (mut earlier, mut new) = (Vec::new(), Vec::new());
        let first = self.decisions.entry(input).or_default();
        let start = *first;
        *first += agreement.decisions().count();
        for (nth, (_, decision)) in agreement.decisions().enumerate() {
            let Some(ballots) = &decision.ballots else {
                continue;
            };
            let place = VotePlace {
                input,
                decision: start + nth,
            };
            match self.copies.find(place, agreement, decision, ballots) {
                Some(place) => earlier.push(place),
                None => {
                    new.push(self.places.len());
                    self.places.push((input, at));
                }
            }
        }
        let own = lists(agreement).find_map(|(_, list)| contradiction_in(list));
        if let Some(own) = own {
            self.contradicted(imports, agreement, own, [input, input]);
        }
        let is_omitted = own.is_some() && self.on_conflict == OnConflict::Omit && is_of_votes;
        let known = earlier.first().filter(|_| is_of_votes && new.is_empty());
        let Some(&place) = known else {
            if is_omitted {
                self.leave_out((input, at));
                self.omitted.extend(new);
            } else {
                self.counts.settled_lists +=
                    usize::from(own.is_some() && self.on_conflict != OnConflict::Refuse);
            }
            return;
        };
        if self.omitted.contains(&place) {
            self.leave_out((input, at));
            return;
        }
        let Some(&before) = self.places.get(place) else {
            return;
        };
        if is_omitted {
            self.leave_out(before);
            self.leave_out((input, at));
            self.omitted.extend(earlier);
            return;
        }
        self.counts.settled_lists +=
            usize::from(own.is_some() && self.on_conflict != OnConflict::Refuse);
        self.compare(imports, before, earlier, (input, at), agreement);
    }

    /// Decides what becomes of a record that is a copy of the one at `before`.
    fn compare(
        &mut self,
        imports: &[Import],
        before: Place,
        earlier: Vec<usize>,
        here: Place,
        agreement: &Agreement,
    ) {
        let known = imports
            .get(before.0)
            .and_then(|import| import.record(before.1));
        let Some(known) = known.map(|record| self.whole(imports, before, record.agreement)) else {
            return;
        };
        if lists(&known).count() != earlier.len() {
            return;
        }
        let copy = self.settled(agreement.clone());
        let pairs = || lists(&known).zip(lists(&copy));
        if let Some(of) = pairs().find_map(|((_, one), (_, other))| contradiction(one, other)) {
            self.contradicted(imports, agreement, of, [before.0, here.0]);
            match self.on_conflict {
                OnConflict::Last => {
                    self.leave_out(before);
                    for place in earlier {
                        if let Some(slot) = self.places.get_mut(place) {
                            *slot = here;
                        }
                    }
                }
                OnConflict::Omit => {
                    self.leave_out(before);
                    self.leave_out(here);
                    self.omitted.extend(earlier);
                }
                _ => self.leave_out(here),
            }
            return;
        }
        self.left_out.insert(here);
        let fields = differing_fields(&known, agreement);
        let adds = |((_, one), (_, other)): ((&Decision, &Ballots), (&Decision, &Ballots))| {
            joined(one, other).is_some_and(|list| !are_alike(one, &list))
        };
        let count = if pairs().all(|((_, one), (_, other))| are_alike(one, other)) {
            match fields.is_empty() {
                true => &mut self.counts.duplicates,
                false => &mut self.counts.differing,
            }
        } else if pairs().any(adds) {
            self.parts.entry(before).or_default().push(here);
            &mut self.counts.joined
        } else {
            &mut self.counts.shorter
        };
        *count += 1;
        if !fields.is_empty() {
            *self.differences.entry(fields).or_default() += 1;
        }
    }

    /// Leaves a record out since it is contradicted, with the records that are joined to it.
    fn leave_out(&mut self, record: Place) {
        self.left_out.insert(record);
        let parts = self.parts.remove(&record).unwrap_or_default();
        self.counts.joined = self.counts.joined.saturating_sub(parts.len());
        self.counts.conflicting += 1 + parts.len();
    }

    /// Notes a contradiction.
    fn contradicted(
        &mut self,
        imports: &[Import],
        agreement: &Agreement,
        of: Contradiction,
        inputs: [usize; 2],
    ) {
        self.conflicts += 1;
        let path = |input: usize| {
            let import = imports.get(input);
            import.map_or_else(String::new, |import| import.summary().path.clone())
        };
        self.first.get_or_insert_with(|| Conflict {
            record: agreement.label().to_owned(),
            of,
            paths: inputs.map(path),
        });
    }

    /// How many records are not written as records of their own.
    pub(crate) fn left_out(&self) -> usize {
        self.left_out.len()
    }

    /// The places of the records that are written, in their order.
    pub(crate) fn kept(&self, imports: &[Import]) -> Vec<Place> {
        let all = imports.iter().enumerate();
        let all = all.flat_map(|(input, import)| (0..import.len()).map(move |at| (input, at)));
        all.filter(|place| !self.left_out.contains(place)).collect()
    }

    /// What became of the copies.
    pub(crate) fn counts(&self) -> CopyCounts {
        let differences = self.differences.iter();
        let differences = differences.map(|(fields, &records)| CopyDifference {
            fields: fields.clone(),
            records,
        });
        CopyCounts {
            differences: differences.collect(),
            ..self.counts.clone()
        }
    }

    /// Why nothing can be written: copies contradict each other, and nobody said which to use.
    pub(crate) fn refusal(&self) -> Option<Refusal> {
        let first = self
            .first
            .as_ref()
            .filter(|_| self.on_conflict == OnConflict::Refuse)?;
        let places = match &first.paths {
            [one, other] if one == other => one.clone(),
            [one, other] => format!("{one} and {other}"),
        };
        let votes = match self.conflicts {
            1 => "1 vote is".to_owned(),
            n => format!("{} votes are", thousands(n as u64)),
        };
        let (state, one, other) = first.of;
        let message = format!(
            "{votes} in the input more than once with different ballots; nothing was written; the first: {}, {state} as {} and \
             as {}, in {places}",
            first.record,
            one.as_str(),
            other.as_str()
        );
        let help = "take the wrong copy out, or choose: `first` or `last` for the copy to write, `drop` to leave these votes out";
        Some(
            Refusal::new(message)
                .with_help(help)
                .by_setting(["on-conflict"]),
        )
    }

    /// The agreement to write of a record: with every voter once where its list is there more than once, and with the voters of
    /// its copies; `None` for a record that is left out.
    pub(crate) fn written(
        &self,
        imports: &[Import],
        input: usize,
        at: usize,
        record: Record,
    ) -> Option<Agreement> {
        if self.left_out.contains(&(input, at)) {
            return None;
        }
        Some(self.whole(imports, (input, at), record.agreement))
    }

    /// A record with the voters of its copies.
    fn whole(&self, imports: &[Import], record: Place, agreement: Agreement) -> Agreement {
        let mut agreement = self.settled(agreement);
        for &(input, at) in self.parts.get(&record).into_iter().flatten() {
            let part = imports.get(input).and_then(|import| import.record(at));
            let Some(part) = part.map(|part| self.settled(part.agreement)) else {
                continue;
            };
            for (list, (_, other)) in lists_mut(&mut agreement).zip(lists(&part)) {
                if let Some(both) = joined(list, other) {
                    *list = both;
                }
            }
        }
        agreement
    }

    /// A record with one choice for each voter, where its lists have rows more than once or contradict themselves.
    fn settled(&self, mut agreement: Agreement) -> Agreement {
        let keeps_last = self.on_conflict == OnConflict::Last;
        let is_omitted = self.on_conflict == OnConflict::Omit;
        for act in &mut agreement.acts {
            let Act::Decision(decision) = act else {
                continue;
            };
            let Some(list) = &mut decision.ballots else {
                continue;
            };
            let is_contradicted = contradiction_in(list).is_some();
            if is_contradicted && is_omitted {
                // What else the record has is kept.
                decision.ballots = None;
            } else if (is_contradicted || is_repeated(list))
                && let Some(once) = each_once(list.iter(), keeps_last)
            {
                *list = once;
            }
        }
        agreement
    }
}

fn lists(agreement: &Agreement) -> impl Iterator<Item = (&Decision, &Ballots)> {
    let decisions = agreement.decisions().map(|(_, decision)| decision);
    decisions.filter_map(|decision| Some((decision, decision.ballots.as_ref()?)))
}

fn lists_mut(agreement: &mut Agreement) -> impl Iterator<Item = &mut Ballots> {
    agreement.acts.iter_mut().filter_map(|act| match act {
        Act::Decision(decision) => decision.ballots.as_mut(),
        _ => None,
    })
}

/// Whether two choices of one voter contradict each other; a place on a list without a right to vote is not a ballot.
fn is_contradiction(one: Choice, other: Choice) -> bool {
    one != other && one != Choice::NotEligible && other != Choice::NotEligible
}

/// The first voter of a list, in the order of the texts, that is on it with different choices.
fn contradiction_in(list: &Ballots) -> Option<Contradiction> {
    let mut before: Option<(Participant, Choice)> = None;
    let differing = list.by_number().filter_map(|(who, choice)| {
        match before.filter(|(known, _)| *known == who) {
            Some((_, known)) if is_contradiction(known, choice) => {
                return Some((who, known, choice));
            }
            Some((_, known)) if known != Choice::NotEligible => {}
            _ => before = Some((who, choice)),
        }
        None
    });
    differing.min_by_key(|(who, ..)| *who)
}

/// The first voter, in the order of the texts, with different choices in two lists.
fn contradiction(one: &Ballots, other: &Ballots) -> Option<Contradiction> {
    let differing = one.by_number().filter_map(|(who, choice)| {
        let theirs = other.choice_of(who)?;
        is_contradiction(choice, theirs).then_some((who, choice, theirs))
    });
    differing.min_by_key(|(who, ..)| *who)
}

/// Whether every voter of a list is on it as often, and more than once, each time with the same choice: the rows of a vote
/// are there more than once.
fn is_repeated(list: &Ballots) -> bool {
    let voters = list.by_number().len();
    if voters < list.len() || voters < 2 {
        return false;
    }
    let mut times = None;
    let ballots: Vec<_> = list.by_number().collect();
    ballots.chunk_by(|one, other| one.0 == other.0).all(|own| {
        let is_alike = own.iter().all(|ballot| Some(ballot) == own.first());
        is_alike && own.len() > 1 && *times.get_or_insert(own.len()) == own.len()
    })
}

/// The voters of two lists.
fn joined(one: &Ballots, other: &Ballots) -> Option<Ballots> {
    each_once(one.iter().chain(other.iter()), false)
}

/// Ballots with one line for each voter: the first or the last, but none of a voter without a right to vote where another
/// has a choice.
fn each_once<'a>(ballots: impl Iterator<Item = Ballot<'a>>, keeps_last: bool) -> Option<Ballots> {
    let mut lines: Vec<Ballot<'a>> = Vec::new();
    let mut known = HashMap::new();
    for ballot in ballots {
        let who = ballot.entry.who;
        let unresolved = who
            .is_none()
            .then(|| (ballot.entry.label(), ballot.choice as u8));
        match known.entry((who, unresolved)) {
            Entry::Vacant(new) => {
                new.insert(lines.len());
                lines.push(ballot);
            }
            Entry::Occupied(place) => {
                let Some(line) = lines.get_mut(*place.get()) else {
                    continue;
                };
                let is_first_choice = line.choice == Choice::NotEligible;
                if ballot.choice != Choice::NotEligible && (keeps_last || is_first_choice) {
                    *line = ballot;
                }
            }
        }
    }
    let entries = lines.iter().map(|ballot| ballot.entry.clone()).collect();
    let choices: Vec<Choice> = lines.iter().map(|ballot| ballot.choice).collect();
    let once = Ballots::new(Arc::new(Roll::new(entries)), choices).ok()?;
    let intended = lines.iter().enumerate();
    let intended = intended.filter_map(|(at, ballot)| Some((at, ballot.intended_later?)));
    Some(intended.fold(once, |list, (at, choice)| list.with_intended(at, choice)))
}

/// The fields in which two records of the same votes differ, by their names in documents, but for their ballots and for who
/// says it.
pub(crate) fn differing_fields(one: &Agreement, other: &Agreement) -> Vec<String> {
    let document = |agreement: &Agreement| {
        let mut facts = agreement.clone();
        facts.sources.clear();
        for act in &mut facts.acts {
            if let Act::Decision(decision) = act {
                decision.ballots = None;
            }
        }
        serde_json::to_value(&facts).invariant("a record is a JSON document")
    };
    let mut fields = Vec::new();
    differ(&document(one), &document(other), &mut fields);
    fields.sort_unstable();
    fields.dedup();
    fields
}

fn differ(one: &Value, other: &Value, fields: &mut Vec<String>) {
    let (Some(one), Some(other)) = (one.as_object(), other.as_object()) else {
        return;
    };
    let more = other.keys().filter(|name| !one.contains_key(*name));
    for name in one.keys().chain(more) {
        let (ours, theirs) = (one.get(name), other.get(name));
        let acts = |value: Option<&Value>| {
            let acts = value.filter(|_| name == "acts")?.as_array()?;
            Some(acts.clone())
        };
        match (acts(ours), acts(theirs)) {
            (Some(ours), Some(theirs)) if ours.len() == theirs.len() => {
                for (one, other) in ours.iter().zip(&theirs) {
                    differ(one, other, fields);
                }
            }
            _ if ours != theirs => fields.push(name.clone()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(ballots: &[(&str, Choice)]) -> Ballots {
        let coded = ballots
            .iter()
            .map(|(code, choice)| (code.parse().unwrap(), *choice));
        coded.collect()
    }

    fn choices(list: &Ballots) -> Vec<(String, Choice)> {
        let lines = list.iter();
        lines
            .map(|line| (line.entry.label(), line.choice))
            .collect()
    }

    #[test]
    fn a_place_without_a_right_to_vote_contradicts_nobody() {
        use Choice::{No, NotEligible, Yes};
        let found = |ballots: &[(&str, Choice)]| contradiction_in(&list(ballots)).is_some();
        assert!(found(&[("SUN", No), ("FRA", Yes), ("SUN", Yes)]));
        assert!(found(&[("SUN", No), ("SUN", NotEligible), ("SUN", Yes)]));
        assert!(found(&[("SUN", NotEligible), ("SUN", No), ("SUN", Yes)]));
        assert!(!found(&[("SUN", No), ("SUN", No), ("FRA", Yes)]));
        assert!(!found(&[("SUN", NotEligible), ("SUN", No)]));
    }

    #[test]
    fn each_voter_is_once_on_a_joined_list_with_its_choice() {
        use Choice::{No, NotEligible, Yes};
        let one = list(&[("FRA", Yes), ("SUN", NotEligible)]);
        let other = list(&[("SUN", No), ("PER", Yes), ("FRA", NotEligible)]);
        let both = joined(&one, &other).unwrap();
        let expected = [("FRA", Yes), ("SUN", No), ("PER", Yes)];
        assert_eq!(
            choices(&both),
            expected.map(|(code, choice)| (code.to_owned(), choice))
        );
        let twice = list(&[("SUN", No), ("FRA", Yes), ("SUN", Yes)]);
        let last = each_once(twice.iter(), true).unwrap();
        assert_eq!(last.get("SUN".parse().unwrap()), Some(Yes));
        assert_eq!(last.len(), 2);
    }
}
