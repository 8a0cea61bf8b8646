//! [`VoteMatrix`]: who voted how, one bit a ballot.

use std::collections::BTreeMap;
use std::ops::Range;
use std::str::FromStr;

use plenary_types::{
    Agreement, Ballots, BodyId, Choice, Date, Decision, Issue, Participant, RollEntry, Session,
    StateCode,
};
use rustc_hash::FxHashMap;

use crate::copies::{Copies, OnConflict, Unmatched, VotePlace};
use crate::planes::Planes;
use crate::tally::Listing;
use crate::word::{self, WordError};

/// Which vote it was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct VoteKey {
    /// What identifies the vote: a symbol, or the number of a roll call.
    pub id: String,
    /// When it was taken, as far as known.
    pub date: Option<Date>,
    /// The session, if known.
    pub session: Option<Session>,
    /// The body that took it, if known: it says which session was under way on a day.
    pub body: Option<BodyId>,
    /// What the source itself calls it, such as the number of a roll call, where that is not its identifier: what is said
    /// of a vote elsewhere may name it so.
    pub record: Option<String>,
    /// A label of the caller's own, for [`Grouping::Label`].
    pub label: Option<String>,
    /// Whom its list names.
    pub listing: Listing,
    /// Its issues, where they are looked for ([`Votes::with_issues`]).
    pub issues: Vec<Issue>,
    /// Whether these were computed, as its source codes none.
    pub has_computed_issues: bool,
}

impl VoteKey {
    /// A vote of which only the identifier is known.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            ..Self::default()
        }
    }

    /// With its date.
    #[must_use]
    pub const fn on(mut self, date: Date) -> Self {
        self.date = Some(date);
        self
    }

    /// With its session.
    #[must_use]
    pub const fn in_session(mut self, session: Session) -> Self {
        self.session = Some(session);
        self
    }
}

/// How votes are divided before anything is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Grouping {
    /// Not at all.
    #[default]
    All,
    /// By calendar year.
    Year,
    /// By session: regular ones in order, then special, then emergency special sessions.
    Session,
    /// By [`VoteKey::label`].
    Label,
}

impl Grouping {
    /// The word for it in metadata and on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Year => "year",
            Self::Session => "session",
            Self::Label => "label",
        }
    }

    /// Every grouping.
    pub const ALL: [Self; 4] = [Self::All, Self::Year, Self::Session, Self::Label];

    /// The group of a vote, with a key to sort groups by.
    fn of(self, key: &VoteKey) -> Option<(GroupKey, String)> {
        match self {
            Self::All => Some((GroupKey::Only, "all".to_owned())),
            Self::Year => {
                let year = key.date?.calendar_year();
                Some((GroupKey::Year(year), year.to_string()))
            }
            Self::Session => {
                let session = key.session?;
                Some((GroupKey::Session(session), session.to_string()))
            }
            Self::Label => {
                let label = key.label.clone()?;
                Some((GroupKey::Label(label.clone()), label))
            }
        }
    }
}

impl FromStr for Grouping {
    type Err = WordError;

    /// Reads what [`Grouping::as_str`] writes.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        word::read(text, &Self::ALL, Self::as_str)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum GroupKey {
    Only,
    Year(i32),
    Session(Session),
    Label(String),
}

/// Votes with their ballots, collected in any order.
///
/// ```
/// use plenary_analysis::{Grouping, VoteKey, Votes};
/// use plenary_types::Choice::{Abstain, No, Yes};
///
/// let mut votes = Votes::default();
/// votes.add(VoteKey::new("A/RES/73/195"), [("FRA", Yes), ("CZE", No), ("ITA", Abstain)]);
/// let matrix = votes.matrix(Grouping::All);
/// assert_eq!(matrix.states(), ["CZE", "FRA", "ITA"]);
/// assert_eq!(matrix.choice(0, 0, 2), Some(Abstain));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Votes {
    names: Vec<String>,
    by_name: FxHashMap<String, u32>,
    /// The number of each state code, plus one; zero for none.
    by_code: Vec<u32>,
    /// The numbers of the participants that have no code.
    by_participant: FxHashMap<Participant, u32>,
    /// What sources call these, where they print something.
    printed: FxHashMap<String, String>,
    votes: Vec<(VoteKey, Range<usize>)>,
    ballots: Vec<(u32, Choice)>,
    repeated: Vec<(String, String)>,
    times: FxHashMap<String, u32>,
    copies: Copies,
    /// Of each place among the copies, its vote, unless none of it is used.
    places: Vec<Option<usize>>,
    /// In which input each vote was read first, and what it is called elsewhere.
    read: Vec<Reading>,
    inputs: usize,
    /// The decisions of the present input so far.
    decisions: usize,
    on_conflict: OnConflict,
    /// Whether decisions without a list are votes of nobody.
    with_unlisted: bool,
    /// Whether the issues of votes are looked for.
    with_issues: bool,
    duplicates: Vec<(String, usize, usize)>,
    contradictions: Vec<Contradiction>,
}

/// How a vote was read.
#[derive(Clone, Debug, Default)]
struct Reading {
    input: usize,
    also: Vec<String>,
    /// The decisions whose ballots it has, the first of which is the vote.
    parts: Vec<VotePlace>,
    /// Whether none of it is used.
    is_omitted: bool,
}

/// A voter with different choices in one vote.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Contradiction {
    /// The vote.
    pub vote: String,
    /// The first voter of whom the choices differ.
    pub state: String,
    /// Its choices: in the copy that was read first, and in the later one.
    pub choices: [Choice; 2],
    /// The inputs of the two copies, by their numbers from 0. They are one where the copies are in one input.
    pub inputs: [usize; 2],
}

/// What adding records came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Added {
    /// Recorded votes with ballots that were seen.
    pub seen: usize,
    /// Votes that were selected.
    pub selected: usize,
    /// Selected votes whose issues were computed, where votes are selected by issues.
    pub computed_issues: usize,
    /// Ballots on selected votes whose voter could not be resolved to a state.
    pub unresolved: usize,
    /// Selected votes that are copies of votes that were there, and do not contradict them.
    pub duplicates: usize,
    /// Selected votes that are left out because copies contradict each other: selected votes are those that are used,
    /// `duplicates` and these.
    pub conflicting: usize,
}

impl Votes {
    /// What is to be done with copies of a vote that contradict each other.
    #[must_use]
    pub const fn with_on_conflict(mut self, on_conflict: OnConflict) -> Self {
        self.on_conflict = on_conflict;
        self
    }

    /// Also takes in decisions without a list of ballots, as votes of nobody.
    #[must_use]
    pub const fn with_unlisted(mut self) -> Self {
        self.with_unlisted = true;
        self
    }

    /// Also looks for the issues of votes ([`crate::issues::classify`]).
    #[must_use]
    pub const fn with_issues(mut self) -> Self {
        self.with_issues = true;
        self
    }

    /// Whether the issues of votes are looked for.
    pub(crate) const fn looks_for_issues(&self) -> bool {
        self.with_issues
    }

    /// Whether it takes in decisions without a list.
    #[must_use]
    pub const fn has_unlisted(&self) -> bool {
        self.with_unlisted
    }

    /// Whether a decision is taken in, as far as its list goes.
    pub(crate) const fn takes(&self, decision: &Decision) -> bool {
        self.with_unlisted || decision.ballots.is_some()
    }

    /// Says that what is added from here on is of another input.
    pub const fn next_input(&mut self) {
        self.inputs += 1;
        self.decisions = 0;
    }

    /// Says that two votes of different inputs are one; see [`Copies::link`]. To be said before the later is added.
    pub fn link(&mut self, earlier: VotePlace, later: VotePlace) {
        self.copies.link(earlier, later);
    }

    /// Votes that two inputs have of one body and time, and that were not found to be copies; see [`Copies::unmatched`].
    #[must_use]
    pub fn unmatched(&self) -> Vec<Unmatched> {
        self.copies.unmatched()
    }

    /// Counts the decisions of the next agreement of the present input; the place of the first.
    pub(crate) fn enter(&mut self, agreement: &Agreement) -> VotePlace {
        let first = VotePlace {
            input: self.inputs,
            decision: self.decisions,
        };
        self.decisions += agreement.decisions().count();
        first
    }

    /// Every copy that was left out since it says what is there: the vote, and the inputs of the first copy and of this one.
    #[must_use]
    pub fn duplicates(&self) -> &[(String, usize, usize)] {
        &self.duplicates
    }

    /// Every copy that contradicts an earlier one, whatever was done with it.
    #[must_use]
    pub fn contradictions(&self) -> &[Contradiction] {
        &self.contradictions
    }

    /// The place of a decision among those of which copies are looked for, and whether it was there.
    pub(crate) fn copy_of(
        &mut self,
        at: VotePlace,
        agreement: &Agreement,
        decision: &Decision,
        ballots: &Ballots,
    ) -> Option<usize> {
        self.copies.find(at, agreement, decision, ballots)
    }

    /// Closes the vote of a decision, of which the ballots from `start` on are, as a copy of an earlier one or as a new one.
    pub(crate) fn settle(
        &mut self,
        part: VotePlace,
        key: VoteKey,
        start: usize,
        copy: Option<usize>,
        added: &mut Added,
    ) {
        let Some(place) = copy else {
            let is_used = self.close_part(key, start, Some(part));
            let at = self.votes.len().checked_sub(1).filter(|_| is_used);
            added.conflicting += usize::from(!is_used);
            self.places.push(at);
            return;
        };
        let known = self.places.get(place).copied().flatten();
        let Some(at) = known else {
            self.ballots.truncate(start);
            added.conflicting += 1;
            return;
        };
        let differing = self.settle_repeated(&key.id, start);
        match (self.omits(differing.is_some()), differing) {
            (true, _) => {
                self.ballots.truncate(start);
                self.omit(place, at);
                added.conflicting += 2;
            }
            _ => self.join(place, at, (part, key), start, added),
        }
    }

    /// Closes a vote that is a copy of none, whatever the others are.
    pub(crate) fn settle_alone(
        &mut self,
        part: VotePlace,
        key: VoteKey,
        start: usize,
        added: &mut Added,
    ) {
        let is_used = self.close_part(key, start, Some(part));
        added.conflicting += usize::from(!is_used);
    }

    const fn omits(&self, is_contradicted: bool) -> bool {
        is_contradicted && matches!(self.on_conflict, OnConflict::Omit)
    }

    fn omit(&mut self, place: usize, at: usize) {
        if let Some(slot) = self.places.get_mut(place) {
            *slot = None;
        }
        if let Some(reading) = self.read.get_mut(at) {
            reading.is_omitted = true;
        }
    }

    /// Joins the ballots from `start` on, ordered by voter, to those of the vote of which they are a copy.
    fn join(
        &mut self,
        place: usize,
        at: usize,
        (part, key): (VotePlace, VoteKey),
        start: usize,
        added: &mut Added,
    ) {
        let Some((known, range)) = self.votes.get(at) else {
            return;
        };
        let listing = key.listing;
        let id = known.id.clone();
        let own = &self.ballots[range.clone()];
        let theirs = &self.ballots[start..];
        let differing = first_difference(own, theirs);
        let input = self.read[at].input;
        if let Some((voter, choices)) = differing {
            self.contradictions.push(Contradiction {
                vote: id,
                state: self.names[voter as usize].clone(),
                choices,
                inputs: [input, self.inputs],
            });
            if self.omits(true) {
                self.ballots.truncate(start);
                self.omit(place, at);
                added.conflicting += 2;
                return;
            }
            added.conflicting += 1;
            match self.on_conflict {
                OnConflict::Last => {
                    self.votes[at].1 = start..self.ballots.len();
                    self.votes[at].0.listing = listing;
                    self.read[at].parts = vec![part];
                }
                _ => self.ballots.truncate(start),
            }
        } else {
            self.duplicates.push((id, input, self.inputs));
            added.duplicates += 1;
            if theirs.iter().all(|ballot| own.contains(ballot)) {
                self.ballots.truncate(start);
            } else {
                // Parts of one list, such as files of some members each.
                let own = own.to_vec();
                self.ballots.extend(own);
                let key = |&(state, choice): &(u32, Choice)| (state, choice == Choice::NotEligible);
                self.ballots[start..].sort_by_key(key);
                let mut joined = self.ballots.split_off(start);
                joined.dedup_by_key(|(state, _)| *state);
                self.ballots.append(&mut joined);
                self.votes[at].1 = start..self.ballots.len();
                self.votes[at].0.listing = listing.min(self.votes[at].0.listing);
                self.read[at].parts.push(part);
            }
        }
        let known = &self.votes[at].0;
        let also = [Some(key.id), key.record].into_iter().flatten();
        let also = also.filter(|name| *name != known.id && Some(name) != known.record.as_ref());
        let also: Vec<String> = also.collect();
        if let Some(reading) = self.read.get_mut(at) {
            reading.also.extend(also);
        }
    }

    /// Adds a vote. A state that is on the list twice counts once, with its first ballot; see [`Votes::repeated`]. A second
    /// vote of one identifier gets a number behind it: `A/RES/1(I) (2)`.
    pub fn add<'a>(&mut self, key: VoteKey, ballots: impl IntoIterator<Item = (&'a str, Choice)>) {
        let start = self.push_named(ballots);
        self.close(key, start);
    }

    pub(crate) fn push_named<'a>(
        &mut self,
        ballots: impl IntoIterator<Item = (&'a str, Choice)>,
    ) -> usize {
        let start = self.ballots.len();
        for (name, choice) in ballots {
            let state = self.named(name);
            self.ballots.push((state, choice));
        }
        start
    }

    /// Adds a vote of states by code, as [`plenary_types::Ballots::by_state`] gives them.
    pub fn add_coded(
        &mut self,
        key: VoteKey,
        ballots: impl IntoIterator<Item = (StateCode, Choice)>,
    ) {
        let start = self.push_coded(ballots);
        self.close(key, start);
    }

    pub(crate) fn push_coded(
        &mut self,
        ballots: impl IntoIterator<Item = (StateCode, Choice)>,
    ) -> usize {
        let start = self.ballots.len();
        for (code, choice) in ballots {
            let state = self.coded(code);
            self.ballots.push((state, choice));
        }
        start
    }

    /// The ballots of a list that are wanted: codes in their order, then whoever has none in the order of the list.
    pub(crate) fn push_list(
        &mut self,
        ballots: &Ballots,
        is_wanted: impl Fn(Participant) -> bool,
    ) -> usize {
        let coded = ballots.by_state();
        let codes = coded.len();
        let start = self.push_coded(coded.filter(|(state, _)| is_wanted((*state).into())));
        if codes == ballots.by_number().len() {
            return start;
        }
        for ballot in ballots.iter() {
            let Some(who) = ballot.entry.who.filter(|who| who.code().is_none()) else {
                continue;
            };
            if is_wanted(who) {
                let number = self.numbered(who, ballot.entry);
                self.ballots.push((number, ballot.choice));
            }
        }
        start
    }

    fn numbered(&mut self, who: Participant, entry: &RollEntry) -> u32 {
        if let Some(known) = self.by_participant.get(&who) {
            return *known;
        }
        let new = self.named(who.as_str());
        self.by_participant.insert(who, new);
        if let Some(printed) = entry.name.as_deref().or(entry.code.as_deref()) {
            let who = who.as_str().to_owned();
            self.printed.insert(who, printed.to_owned());
        }
        new
    }

    /// Everybody who has a ballot on a vote that was added, in no particular order.
    #[must_use]
    pub fn voters(&self) -> &[String] {
        &self.names
    }

    /// What the sources print for a participant without a code; the first, where they print several names.
    #[must_use]
    pub fn printed_name(&self, who: &str) -> Option<&str> {
        self.printed.get(who).map(String::as_str)
    }

    /// Whether some voter has no code: a person, a party.
    #[must_use]
    pub fn has_uncoded(&self) -> bool {
        !self.by_participant.is_empty()
    }

    fn named(&mut self, name: &str) -> u32 {
        if let Some(&known) = self.by_name.get(name) {
            return known;
        }
        let new = crate::number(self.names.len());
        self.names.push(name.to_owned());
        self.by_name.insert(name.to_owned(), new);
        new
    }

    fn coded(&mut self, code: StateCode) -> u32 {
        if self.by_code.is_empty() {
            self.by_code = vec![0; StateCode::COUNT];
        }
        match self.by_code.get(code.index()) {
            Some(&known) if known > 0 => known - 1,
            _ => {
                let new = self.named(&code.to_string());
                if let Some(slot) = self.by_code.get_mut(code.index()) {
                    *slot = new + 1;
                }
                new
            }
        }
    }

    /// Makes identifiers unique: sources have several votes on one symbol.
    fn unique(&mut self, key: &mut VoteKey) {
        let times = self.times.entry(key.id.clone()).or_insert(0);
        *times += 1;
        if *times > 1 {
            key.id = format!("{} ({times})", key.id);
        }
    }

    /// Closes a vote; whether it is used.
    fn close(&mut self, key: VoteKey, start: usize) -> bool {
        self.close_part(key, start, None)
    }

    fn close_part(&mut self, mut key: VoteKey, start: usize, part: Option<VotePlace>) -> bool {
        self.unique(&mut key);
        let differing = self.settle_repeated(&key.id, start);
        if self.omits(differing.is_some()) {
            self.ballots.truncate(start);
            return false;
        }
        self.votes.push((key, start..self.ballots.len()));
        self.read.push(Reading {
            input: self.inputs,
            parts: part.into_iter().collect(),
            ..Reading::default()
        });
        true
    }

    /// Orders the ballots from `start` on, with one for each voter; the first voter with different ones, if there is one.
    fn settle_repeated(&mut self, id: &str, start: usize) -> Option<u32> {
        let added = &mut self.ballots[start..];
        added.sort_by_key(|&(state, _)| state);
        let mut differing = None;
        let mut end = start;
        for at in start..self.ballots.len() {
            let ballot = self.ballots[at];
            if end > start && self.ballots[end - 1].0 == ballot.0 {
                let name = self.names[ballot.0 as usize].clone();
                let before = self.ballots[end - 1].1;
                if before == Choice::NotEligible {
                    // A place on the list is not a ballot where another has one.
                    self.ballots[end - 1] = ballot;
                } else if is_contradiction(before, ballot.1) {
                    if differing.is_none() {
                        differing = Some(ballot.0);
                        self.contradictions.push(Contradiction {
                            vote: id.to_owned(),
                            state: name.clone(),
                            choices: [before, ballot.1],
                            inputs: [self.inputs; 2],
                        });
                    }
                    if self.on_conflict == OnConflict::Last {
                        self.ballots[end - 1] = ballot;
                    }
                }
                self.repeated.push((id.to_owned(), name));
            } else {
                self.ballots[end] = ballot;
                end += 1;
            }
        }
        self.ballots.truncate(end);
        differing
    }

    /// How many votes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.used().count()
    }

    /// Whether there is no vote.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.used().next().is_none()
    }

    /// The votes of which something is used, with their places.
    fn used(&self) -> impl Iterator<Item = (usize, &(VoteKey, Range<usize>))> {
        let is_used = |at: usize| self.read.get(at).is_none_or(|reading| !reading.is_omitted);
        let votes = self.votes.iter().enumerate();
        votes.filter(move |&(at, _)| is_used(at))
    }

    /// What copies of the votes call them, with the identifier of the vote that is used.
    pub fn also_called(&self) -> impl Iterator<Item = (&str, &str)> {
        self.used().flat_map(|(at, (key, _))| {
            let also = &self.read[at].also;
            also.iter().map(|name| (key.id.as_str(), name.as_str()))
        })
    }

    /// Every vote with the decisions whose ballots it has: the first is the one that is used, the others are copies with further voters.
    /// Votes that were added without a record have none. In the order of [`Votes::iter`].
    pub fn parts(&self) -> impl Iterator<Item = &[VotePlace]> {
        self.used().map(|(at, _)| &*self.read[at].parts)
    }

    /// How many ballots were cast: yes, no and abstentions.
    #[must_use]
    pub fn cast(&self) -> usize {
        let cast = |choice: Choice| choice.is_voting() || choice == Choice::Abstain;
        self.used()
            .flat_map(|(_, (_, range))| &self.ballots[range.clone()])
            .filter(|&&(_, choice)| cast(choice))
            .count()
    }

    /// The votes in which a state stood on the list more than once: vote and state, for each ballot left out.
    #[must_use]
    pub fn repeated(&self) -> &[(String, String)] {
        &self.repeated
    }

    /// Every vote with the ballots on its list: the names of states, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = (&VoteKey, impl Iterator<Item = (&str, Choice)>)> {
        self.used().map(|(_, (key, range))| {
            let named = |&(state, choice): &(u32, Choice)| (&*self.names[state as usize], choice);
            (key, self.ballots[range.clone()].iter().map(named))
        })
    }

    /// Every vote with the ballots on its list, by the places of those who cast them among [`Votes::voters`].
    pub(crate) fn lists(&self) -> impl Iterator<Item = (&VoteKey, &[(u32, Choice)])> {
        self.used()
            .map(|(_, (key, range))| (key, &self.ballots[range.clone()]))
    }

    /// Arranges the votes in groups. Votes that the grouping cannot place (no date, no session) are left out and
    /// listed in [`VoteMatrix::unplaced`].
    #[must_use]
    pub fn matrix(&self, grouping: Grouping) -> VoteMatrix {
        let (states, order) = self.sorted_states();
        let mut members: BTreeMap<GroupKey, (String, Vec<usize>)> = BTreeMap::new();
        let mut unplaced = Vec::new();
        for (at, (key, _)) in self.used() {
            match grouping.of(key) {
                Some((group, label)) => {
                    members
                        .entry(group)
                        .or_insert((label, Vec::new()))
                        .1
                        .push(at);
                }
                None => unplaced.push(key.id.clone()),
            }
        }
        let groups = members
            .into_values()
            .map(|(label, votes)| self.group(label, &votes, &order))
            .collect();
        VoteMatrix {
            states,
            groups,
            grouping,
            unplaced,
        }
    }

    /// The names in order, and the place of each state in it.
    fn sorted_states(&self) -> (Vec<String>, Vec<u32>) {
        let mut places: Vec<usize> = (0..self.names.len()).collect();
        let key = |&at: &usize| {
            let name = &self.names[at];
            (name.parse::<u64>().unwrap_or(u64::MAX), name)
        };
        places.sort_by(|a, b| key(a).cmp(&key(b)));
        let mut order = vec![0; places.len()];
        for (new, &old) in (0u32..).zip(&places) {
            order[old] = new;
        }
        (
            places.iter().map(|&at| self.names[at].clone()).collect(),
            order,
        )
    }

    fn group(&self, label: String, votes: &[usize], order: &[u32]) -> VoteGroup {
        let ballots = |vote: usize| &self.ballots[self.votes[vote].1.clone()];
        let mut present: Vec<u32> = votes
            .iter()
            .flat_map(|&vote| {
                ballots(vote)
                    .iter()
                    .map(|&(state, _)| order[state as usize])
            })
            .collect();
        present.sort_unstable();
        present.dedup();
        let mut place = vec![0usize; order.len()];
        for (at, &state) in present.iter().enumerate() {
            place[state as usize] = at;
        }
        let mut planes = Planes::new(present.len(), votes.len());
        for (bit, &vote) in votes.iter().enumerate() {
            for &(state, choice) in ballots(vote) {
                planes.set(place[order[state as usize] as usize], bit, choice);
            }
        }
        let keys = votes.iter().map(|&vote| self.votes[vote].0.clone());
        VoteGroup {
            label,
            votes: keys.collect(),
            states: present,
            planes,
        }
    }
}

/// Whether two ballots of one voter contradict each other; a place on a list without a right to vote is not a ballot.
fn is_contradiction(one: Choice, other: Choice) -> bool {
    one != other && one != Choice::NotEligible && other != Choice::NotEligible
}

/// The first voter with different choices in two lists that are ordered by voter.
fn first_difference(one: &[(u32, Choice)], other: &[(u32, Choice)]) -> Option<(u32, [Choice; 2])> {
    let mut rest = other.iter().peekable();
    one.iter().find_map(|&(voter, choice)| {
        while rest.next_if(|(next, _)| *next < voter).is_some() {}
        let (_, theirs) = rest.peek().filter(|(next, _)| *next == voter)?;
        is_contradiction(choice, *theirs).then_some((voter, [choice, *theirs]))
    })
}

/// Votes as bit planes: for each group of votes (a year, a session) and each choice, one bit for every vote and state.
///
/// Every group begins on a word of its own and holds only the states on its lists. States are in the order of their names
/// (numbers by value), groups in the order of time.
#[derive(Clone, Debug)]
pub struct VoteMatrix {
    states: Vec<String>,
    groups: Vec<VoteGroup>,
    grouping: Grouping,
    unplaced: Vec<String>,
}

/// The votes of one group.
#[derive(Clone, Debug)]
pub struct VoteGroup {
    label: String,
    votes: Vec<VoteKey>,
    states: Vec<u32>,
    /// A row for each state, a place for each vote.
    planes: Planes,
}

impl VoteGroup {
    /// What the group is called: a year, a session, `all`.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The votes, in the order in which they were added.
    #[must_use]
    pub fn votes(&self) -> &[VoteKey] {
        &self.votes
    }

    /// The states on the group's lists, as places among [`VoteMatrix::states`], in order.
    #[must_use]
    pub fn states(&self) -> &[u32] {
        &self.states
    }

    pub(crate) const fn planes(&self) -> &Planes {
        &self.planes
    }

    /// The choice at a vote and a place among [`VoteGroup::states`].
    fn choice(&self, vote: usize, state: usize) -> Option<Choice> {
        if vote >= self.votes.len() || state >= self.states.len() {
            return None;
        }
        self.planes.choice(state, vote)
    }
}

impl VoteMatrix {
    /// Every state, in order.
    #[must_use]
    pub fn states(&self) -> &[String] {
        &self.states
    }

    /// The groups, in order.
    #[must_use]
    pub fn groups(&self) -> &[VoteGroup] {
        &self.groups
    }

    /// How the votes were divided.
    #[must_use]
    pub const fn grouping(&self) -> Grouping {
        self.grouping
    }

    /// Votes that have no date or session to be grouped by.
    #[must_use]
    pub fn unplaced(&self) -> &[String] {
        &self.unplaced
    }

    /// What a state (a place among [`VoteMatrix::states`]) did in a vote of a group. `None` when it was not on the list, or
    /// on it without a vote.
    #[must_use]
    pub fn choice(&self, group: usize, vote: usize, state: usize) -> Option<Choice> {
        let group = self.groups.get(group)?;
        let place = group
            .states
            .binary_search(&u32::try_from(state).ok()?)
            .ok()?;
        group.choice(vote, place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::planes::PLANES;

    fn votes() -> Votes {
        let mut votes = Votes::default();
        for vote in 0..130 {
            let year = if vote < 70 { 1946 } else { 1947 };
            let key = VoteKey::new(vote.to_string()).on(Date::year(year).unwrap());
            let choice = PLANES[vote % 4];
            let mut ballots = vec![("USA", Choice::Yes), ("FRA", choice)];
            if year == 1947 {
                ballots.push(("PAK", Choice::NotEligible));
            }
            votes.add(key, ballots);
        }
        votes
    }

    #[test]
    fn words_of_groupings_round_trip() {
        for grouping in Grouping::ALL {
            assert_eq!(grouping.as_str().parse(), Ok(grouping));
        }
        let error = "decade".parse::<Grouping>().unwrap_err();
        assert!(error.to_string().contains("`session`"), "{error}");
    }

    #[test]
    fn every_ballot_comes_back_from_the_planes() {
        let matrix = votes().matrix(Grouping::Year);
        assert_eq!(matrix.states(), ["FRA", "PAK", "USA"]);
        let labels: Vec<&str> = matrix.groups().iter().map(VoteGroup::label).collect();
        assert_eq!(labels, ["1946", "1947"]);
        for (group, first, count) in [(0, 0, 70), (1, 70, 60)] {
            for vote in 0..count {
                assert_eq!(
                    matrix.choice(group, vote, 0),
                    Some(PLANES[(first + vote) % 4])
                );
                assert_eq!(matrix.choice(group, vote, 2), Some(Choice::Yes));
                assert_eq!(matrix.choice(group, vote, 1), None);
            }
            assert_eq!(matrix.choice(group, count, 0), None);
        }
        assert_eq!(matrix.groups()[0].states(), [0, 2]);
    }

    #[test]
    fn votes_that_cannot_be_placed_are_listed() {
        let matrix = votes().matrix(Grouping::Session);
        assert!(matrix.groups().is_empty());
        assert_eq!(matrix.unplaced().len(), 130);
    }

    #[test]
    fn a_state_twice_on_a_list_counts_once_and_is_reported() {
        let mut votes = Votes::default();
        votes.add(
            VoteKey::new("1"),
            [("FRA", Choice::No), ("FRA", Choice::Yes)],
        );
        assert_eq!(votes.repeated(), [("1".to_owned(), "FRA".to_owned())]);
        assert_eq!(
            votes.matrix(Grouping::All).choice(0, 0, 0),
            Some(Choice::No)
        );
    }
}
