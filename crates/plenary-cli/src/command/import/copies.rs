//! Records of votes that the inputs have more than once.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use plenary::analysis::OnConflict;
use plenary::analysis::copies::{Copies, Unmatched, VotePlace, are_alike, contradiction};
use plenary::import::{Import, Record};
use plenary::types::{Act, Agreement, Ballots, Choice, Decision, Roll, StateCode};

use crate::command::same_votes;
use crate::exit::Failure;
use crate::output::thousands;

/// Which records are written once although the inputs have them more than once.
#[derive(Default)]
pub(super) struct Found {
    copies: Copies,
    /// How many decisions of each input were taken in.
    decisions: HashMap<usize, usize>,
    /// Where each vote was seen: input and record.
    places: Vec<(usize, usize)>,
    /// Votes of which no copy is written.
    omitted: HashSet<usize>,
    left_out: HashSet<(usize, usize)>,
    /// Records left out that say what another says.
    pub(super) duplicates: usize,
    /// Records left out that another contradicts.
    pub(super) conflicting: usize,
    /// Records whose list has every voter more than once.
    pub(super) repeated_lists: usize,
    first: Option<Conflict>,
    conflicts: usize,
}

/// The first contradiction.
struct Conflict {
    record: String,
    state: StateCode,
    choices: [Choice; 2],
    paths: [String; 2],
}

impl Found {
    /// Knows which votes of the inputs are one.
    pub(super) fn of(imports: &[Import]) -> Self {
        let mut found = Self::default();
        for [earlier, later] in same_votes::of(imports) {
            found.copies.link(earlier, later);
        }
        found
    }

    /// Votes of inputs that may be the same and are not known to be.
    pub(super) fn unmatched(&self) -> Vec<Unmatched> {
        self.copies.unmatched()
    }

    /// Takes in a record, the next of its input.
    pub(super) fn add(
        &mut self,
        imports: &[Import],
        input: usize,
        at: usize,
        agreement: &Agreement,
        on_conflict: OnConflict,
    ) {
        let is_vote = |act: &Act| matches!(act, Act::Decision(d) if d.ballots.is_some());
        self.repeated_lists += usize::from(lists(agreement).any(|(_, list)| is_repeated(list)));
        let mut earlier = Vec::new();
        let mut is_copy = !agreement.acts.is_empty() && agreement.acts.iter().all(is_vote);
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
                    self.places.push((input, at));
                    is_copy = false;
                }
            }
        }
        let Some(&place) = earlier.first().filter(|_| is_copy) else {
            return;
        };
        if self.omitted.contains(&place) {
            self.left_out.insert((input, at));
            self.conflicting += 1;
            return;
        }
        let Some(&(before, record)) = self.places.get(place) else {
            return;
        };
        let Some(known) = imports.get(before).and_then(|import| import.record(record)) else {
            return;
        };
        let pairs = || lists(&known.agreement).zip(lists(agreement));
        if lists(&known.agreement).count() != earlier.len() {
            return;
        }
        if pairs().all(|((_, one), (_, other))| are_alike(one, other)) {
            self.left_out.insert((input, at));
            self.duplicates += 1;
            return;
        }
        let differing = pairs().find_map(|((_, one), (_, other))| contradiction(one, other));
        let Some((state, one, other)) = differing else {
            // Parts of one list: both are written, and joined where they are counted.
            return;
        };
        self.conflicts += 1;
        let path = |input: usize| {
            let import = imports.get(input);
            import.map_or_else(String::new, |import| import.summary().path.clone())
        };
        self.first.get_or_insert_with(|| Conflict {
            record: agreement.label().to_owned(),
            state,
            choices: [one, other],
            paths: [path(before), path(input)],
        });
        match on_conflict {
            OnConflict::Last => {
                self.left_out.insert((before, record));
                self.conflicting += 1;
                for place in earlier {
                    if let Some(slot) = self.places.get_mut(place) {
                        *slot = (input, at);
                    }
                }
            }
            OnConflict::Omit => {
                self.left_out.insert((before, record));
                self.left_out.insert((input, at));
                self.conflicting += 2;
                self.omitted.extend(earlier);
            }
            _ => {
                self.left_out.insert((input, at));
                self.conflicting += 1;
            }
        }
    }

    /// Why nothing can be written: copies contradict each other, and nobody said which to use.
    pub(super) fn refusal(&self, on_conflict: OnConflict) -> Option<Failure> {
        let first = self
            .first
            .as_ref()
            .filter(|_| on_conflict == OnConflict::Refuse)?;
        let places = match &first.paths {
            [one, other] if one == other => one.clone(),
            [one, other] => format!("{one} and {other}"),
        };
        let votes = match self.conflicts {
            1 => "1 record contradicts".to_owned(),
            n => format!("{} records contradict", thousands(n as u64)),
        };
        let message = format!(
            "{votes} an earlier copy of the same vote; nothing was written; the first: {}, {} as {} and as {}, in {places}",
            first.record,
            first.state,
            first.choices[0].as_str(),
            first.choices[1].as_str()
        );
        let help = "take the wrong copy out, or choose with `--on-conflict`: `first` or `last` for the copy to write, \
                    `drop` to leave these votes out";
        Some(Failure::new(message).with_help(help))
    }

    /// The agreement to write of a record, with every voter once where its list is there more than once; `None` for a record
    /// that is left out.
    pub(super) fn written(&self, input: usize, at: usize, record: Record) -> Option<Agreement> {
        if self.left_out.contains(&(input, at)) {
            return None;
        }
        let mut agreement = record.agreement;
        if self.repeated_lists > 0 {
            for act in &mut agreement.acts {
                if let Act::Decision(decision) = act {
                    let once = decision.ballots.as_ref().filter(|list| is_repeated(list));
                    if let Some(once) = once.and_then(each_once) {
                        decision.ballots = Some(once);
                    }
                }
            }
        }
        Some(agreement)
    }
}

fn lists(agreement: &Agreement) -> impl Iterator<Item = (&Decision, &Ballots)> {
    let decisions = agreement.decisions().map(|(_, decision)| decision);
    decisions.filter_map(|decision| Some((decision, decision.ballots.as_ref()?)))
}

/// Whether every voter of a list is on it as often, and more than once, each time with the same choice: the rows of a vote
/// are there more than once.
fn is_repeated(list: &Ballots) -> bool {
    let voters = list.by_state().len();
    if voters < list.len() || voters < 2 {
        return false;
    }
    let mut times = None;
    let ballots: Vec<_> = list.by_state().collect();
    ballots.chunk_by(|one, other| one.0 == other.0).all(|own| {
        let is_alike = own.iter().all(|ballot| Some(ballot) == own.first());
        is_alike && own.len() > 1 && *times.get_or_insert(own.len()) == own.len()
    })
}

/// A list with the first line of each voter alone.
fn each_once(list: &Ballots) -> Option<Ballots> {
    let mut seen = HashSet::new();
    let lines = list.iter().filter(|ballot| seen.insert(ballot.entry.state));
    let lines: Vec<_> = lines.collect();
    let entries = lines.iter().map(|ballot| ballot.entry.clone()).collect();
    let choices: Vec<Choice> = lines.iter().map(|ballot| ballot.choice).collect();
    let once = Ballots::new(Arc::new(Roll::new(entries)), choices).ok()?;
    let intended = lines.iter().enumerate();
    let intended = intended.filter_map(|(at, ballot)| Some((at, ballot.intended_later?)));
    Some(intended.fold(once, |list, (at, choice)| list.with_intended(at, choice)))
}
