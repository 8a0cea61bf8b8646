//! One seat, one ballot: lines of a list that mark who was not a member, and headings of a later time.

use plenary_types::{Choice, Finding, Participant, StateCode, Subject};
use rustc_hash::{FxHashMap, FxHashSet};

use super::ballot_lines::BallotLines;
use super::group::Group;
use super::table::{BallotColumns, Table, Vote};
use super::voters::Identities;
use crate::check::ReaderCheck;
use crate::names;

/// The places of each state that is on a list more than once.
type Repeated = Vec<Vec<usize>>;

impl Table {
    /// Takes a line off a list that says of a state that it was not a member, where another line has the ballot of that state's
    /// seat: under the numbers of Correlates of War 710 and 713 are both China, and one of them was not a member at any time.
    ///
    /// The row is used all the same: it says that there was no such ballot.
    pub(super) fn leave_one_line_a_seat(&mut self) {
        let mut repeated: FxHashMap<*const Identities, Repeated> = FxHashMap::default();
        let mut shorter: FxHashMap<(u32, Vec<usize>), u32> = FxHashMap::default();
        for at in 0..self.scan.groups.len() {
            let Some(group) = self.scan.groups.get(at) else {
                continue;
            };
            if !group.choices.contains(&Choice::NotEligible) {
                continue;
            }
            let vote = Vote::new(self, group);
            let identities = self.identities(&vote);
            let key = std::sync::Arc::as_ptr(&identities);
            let places = repeated
                .entry(key)
                .or_insert_with(|| of_one_state(&identities));
            let spare = spare(places, group);
            if spare.is_empty() {
                continue;
            }
            let old = group.roll;
            let roll = *shorter.entry((old, spare.clone())).or_insert_with(|| {
                let roll = self.scan.rolls.get(old as usize);
                let roll = roll.map_or(&[][..], |roll| roll).iter().enumerate();
                let kept = roll.filter(|(at, _)| !spare.contains(at));
                let kept = kept.map(|(_, name)| *name).collect();
                self.scan.rolls.push(kept);
                super::small(self.scan.rolls.len() - 1)
            });
            if let Some(group) = self.scan.groups.get_mut(at) {
                group.roll = roll;
                group.leave_out(&spare);
            }
        }
    }

    /// A finding for each column in which a state votes at a time when another held its seat: the table writes the codes or names
    /// of a later time.
    pub(crate) fn of_a_later_time(&self) -> Vec<Finding> {
        let names = self.scan.names.list.iter().zip(0u32..);
        let later = names.filter_map(|(name, at)| {
            let text = name.values.iter().find(|value| !value.trim().is_empty())?;
            Some((at, (text.trim(), names::of_a_later_time(text.trim())?)))
        });
        let later: FxHashMap<u32, (&str, StateCode)> = later.collect();
        if later.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<Later> = Vec::new();
        for group in &self.scan.groups {
            let vote = Vote::new(self, group);
            let Some(day) = self.format.day(&vote) else {
                continue;
            };
            for (ballot, name) in vote.who().iter().enumerate() {
                let Some((text, state)) = later.get(name) else {
                    continue;
                };
                let Some(holder) = names::holder_before(*state, day) else {
                    continue;
                };
                let column = self.voter_column(*name);
                let line = group.lines.get(ballot).map_or(0, u64::from);
                match found.iter_mut().find(|later| later.column == column) {
                    Some(later) => later.add(text, holder),
                    None => found.push(Later::new(column, line, text, holder)),
                }
            }
        }
        found.into_iter().map(|later| self.finding(later)).collect()
    }

    /// The column in which a voter stands.
    fn voter_column(&self, name: u32) -> Option<usize> {
        match &self.ballots {
            BallotColumns::Voters(columns) => columns.get(name as usize).copied(),
            BallotColumns::Choices(columns) => columns.first().map(|(_, column)| *column),
            BallotColumns::One | BallotColumns::Votes => self.layout.who().next(),
        }
    }

    fn finding(&self, later: Later) -> Finding {
        let texts: Vec<String> = later.texts.iter().map(|text| format!("`{text}`")).collect();
        let holders: Vec<String> = later.holders.iter().map(ToString::to_string).collect();
        let message = format!(
            "{} is used for days before it held the seat",
            texts.join(", ")
        );
        let times = if later.ballots == 1 {
            "ballot"
        } else {
            "ballots"
        };
        let place = self.place(later.line, later.column);
        ReaderCheck::CodeOfLaterTime.finding(message, place)
            .with_expected(holders.join(", "))
            .with_found(format!("{} {times}", later.ballots))
            .with_help("the ballots are read as those of the state that held the seat on the day of the vote")
            .with_subjects(later.texts.into_iter().map(Subject::Name))
            .with_subjects(later.holders)
    }
}

/// What is in a column of a later time.
struct Later {
    column: Option<usize>,
    line: u64,
    texts: Vec<String>,
    holders: Vec<StateCode>,
    ballots: u64,
}

impl Later {
    fn new(column: Option<usize>, line: u64, text: &str, holder: StateCode) -> Self {
        Self {
            column,
            line,
            texts: vec![text.to_owned()],
            holders: vec![holder],
            ballots: 1,
        }
    }

    fn add(&mut self, text: &str, holder: StateCode) {
        self.ballots += 1;
        if !self.texts.iter().any(|known| known == text) {
            self.texts.push(text.to_owned());
        }
        if !self.holders.contains(&holder) {
            self.holders.push(holder);
        }
    }
}

fn of_one_state(identities: &Identities) -> Repeated {
    let mut places: FxHashMap<Participant, Vec<usize>> = FxHashMap::default();
    for (at, entry) in identities.roll.entries().iter().enumerate() {
        if let Some(who) = entry.who {
            places.entry(who).or_default().push(at);
        }
    }
    let mut repeated: Repeated = places.into_values().filter(|at| at.len() > 1).collect();
    repeated.sort();
    repeated
}

/// The lines of a list that mark a state as no member while another line is of the same state. Where all of them do, the first
/// stays.
fn spare(repeated: &[Vec<usize>], group: &Group) -> Vec<usize> {
    let is_eligible = |at: &usize| group.choices.get(*at) != Some(&Choice::NotEligible);
    let mut spare: Vec<usize> = Vec::new();
    for places in repeated {
        let kept = places.iter().find(|at| is_eligible(at)).or(places.first());
        let others = places.iter().filter(|at| Some(*at) != kept);
        spare.extend(others.filter(|at| !is_eligible(at)));
    }
    spare.sort_unstable();
    spare
}

impl Group {
    /// Takes ballots off the list.
    pub(super) fn leave_out(&mut self, spare: &[usize]) {
        let gone: FxHashSet<usize> = spare.iter().copied().collect();
        let kept: Vec<usize> = (0..self.choices.len())
            .filter(|at| !gone.contains(at))
            .collect();
        let mut lines = BallotLines::default();
        for at in &kept {
            lines.push(self.lines.get(*at).unwrap_or(self.line));
        }
        let choices = kept.iter().filter_map(|at| self.choices.get(*at).copied());
        self.choices = choices.collect();
        self.lines = lines;
        self.sloppy.retain_mut(|sloppy| {
            let place = kept.binary_search(&(sloppy.ballot as usize));
            sloppy.ballot = place.map_or(sloppy.ballot, super::small);
            place.is_ok()
        });
    }
}
