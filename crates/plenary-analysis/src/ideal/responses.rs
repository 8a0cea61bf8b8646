//! [`Responses`]: ballots arranged for item response models.

use std::collections::BTreeMap;

use plenary_types::Choice;
use rustc_hash::FxHashMap;

/// Ballots arranged for item response models: states observed in sessions answer items.
///
/// Built with a [`ResponsesBuilder`]. A state in a session (a *state-session*) has one ideal point; roll calls that
/// repeat one resolution share one item. Absent states have no response; the order in which ballots were
/// added changes nothing.
#[derive(Clone, Debug)]
pub struct Responses {
    pub(crate) states: Vec<String>,
    pub(crate) sessions: Vec<i32>,
    /// Where each session's state-sessions begin; one more entry than sessions.
    pub(crate) session_starts: Vec<usize>,
    pub(crate) cells: Vec<Cell>,
    pub(crate) rolls: Vec<RollCall>,
    /// The roll calls of each item.
    pub(crate) items: Vec<Vec<u32>>,
    /// For each roll call in turn, the places (within its session) of those who said yes, abstained, said no.
    pub(crate) voters: Vec<u16>,
    pub(crate) refused: Vec<RefusedItem>,
    pub(crate) unknown_links: usize,
}

/// One state in one session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) state: u32,
    pub(crate) session: u32,
    pub(crate) ballots: u32,
}

/// One roll call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RollCall {
    pub(crate) id: String,
    pub(crate) item: u32,
    pub(crate) session: u32,
    /// Ends of yes, abstain and no in [`Responses::voters`], and where yes begins.
    pub(crate) bounds: [u32; 4],
}

/// An item that no model can use, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RefusedItem {
    /// The roll call (for linked ones, the first).
    pub vote: String,
    /// Ballots outside the most frequent choice.
    pub minority: u32,
    /// Ballots in all.
    pub ballots: u32,
}

impl std::fmt::Display for RefusedItem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            vote,
            minority,
            ballots,
        } = self;
        write!(
            f,
            "vote `{vote}` is left out: {minority} of {ballots} ballots differ from the rest, which \
             says too little about who stands where"
        )
    }
}

/// What makes ballots unusable for an item response model.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ResponsesError {
    /// One state has two ballots in one roll call.
    #[error(
        "line {second}: state `{state}` has a second ballot in vote `{vote}` (the first is on line {first}); \
         keep one of them"
    )]
    Duplicate {
        /// The state.
        state: String,
        /// The roll call.
        vote: String,
        /// Line of the first ballot.
        first: u64,
        /// Line of the second ballot.
        second: u64,
    },
    /// One roll call is said to be in two sessions.
    #[error(
        "line {second}: vote `{vote}` is in session {second_session} here and in session {first_session} on line \
         {first}; a roll call belongs to one session"
    )]
    TwoSessions {
        /// The roll call.
        vote: String,
        /// Its session on the first line.
        first_session: i32,
        /// Its session on the second line.
        second_session: i32,
        /// Line where it was first seen.
        first: u64,
        /// Line that differs.
        second: u64,
    },
    /// Nothing is left to estimate from.
    #[error(
        "no usable vote: of {votes} votes, {refused} were left out because fewer than {minority} ballots differed \
         from the rest"
    )]
    Empty {
        /// Votes read.
        votes: usize,
        /// Votes refused.
        refused: usize,
        /// The threshold that refused them.
        minority: u32,
    },
    /// More distinct states, sessions, votes or ballots than the arrangement can index.
    #[error("too many {what}: at most {most} can be arranged; select fewer")]
    TooMany {
        /// What there are too many of.
        what: &'static str,
        /// How many there can be.
        most: u64,
    },
}

/// Which items are used, and how abstentions are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ItemRules {
    /// Ballots outside the most frequent choice that an item needs. The default of 1 refuses unanimous votes only, as
    /// Bailey, Strezhnev and Voeten (2017) do.
    pub minority: u32,
    /// How abstentions are read.
    pub abstentions: Abstentions,
}

/// How an item response model reads an abstention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Abstentions {
    /// Between yes and no: the ordinal model of Bailey, Strezhnev and Voeten (2017).
    #[default]
    Between,
    /// Left out, as if absent: a binary model.
    Absent,
    /// As a no: a binary model of support against everything else.
    AsNo,
}

impl Default for ItemRules {
    fn default() -> Self {
        Self {
            minority: 1,
            abstentions: Abstentions::default(),
        }
    }
}

impl ItemRules {
    /// Asks for at least `minority` ballots outside the most frequent choice of an item.
    #[must_use]
    pub const fn with_minority(mut self, minority: u32) -> Self {
        self.minority = minority;
        self
    }

    /// Reads abstentions in another way.
    #[must_use]
    pub const fn with_abstentions(mut self, abstentions: Abstentions) -> Self {
        self.abstentions = abstentions;
        self
    }
}

#[derive(Clone, Copy, Debug)]
struct Ballot {
    state: u32,
    vote: u32,
    category: u8,
    line: u64,
}

#[derive(Clone, Debug)]
struct Vote {
    id: String,
    session: i32,
    line: u64,
}

/// Collects ballots in any order.
///
/// ```
/// use plenary_analysis::ideal::{ItemRules, ResponsesBuilder};
/// use plenary_types::Choice;
///
/// let mut builder = ResponsesBuilder::default();
/// builder.add("USA", 73, "A/RES/73/195", Choice::No, 1)?;
/// builder.add("FRA", 73, "A/RES/73/195", Choice::Yes, 2)?;
/// let responses = builder.build(ItemRules::default())?;
/// assert_eq!((responses.state_sessions(), responses.votes(), responses.ballots()), (2, 1, 2));
/// # Ok::<(), plenary_analysis::ideal::ResponsesError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct ResponsesBuilder {
    states: FxHashMap<String, u32>,
    votes: Vec<Vote>,
    vote_ids: FxHashMap<String, u32>,
    /// Other names of votes, with their identifiers.
    also_called: FxHashMap<String, String>,
    ballots: Vec<Ballot>,
    links: Vec<(String, String)>,
}

const MOST: u64 = u32::MAX as u64;

fn index(length: usize, what: &'static str) -> Result<u32, ResponsesError> {
    u32::try_from(length)
        .ok()
        .filter(|&at| at < u32::MAX)
        .ok_or(ResponsesError::TooMany { what, most: MOST })
}

impl ResponsesBuilder {
    /// Adds one ballot. `line` says where it came from and is used in errors only. A choice of
    /// [`Choice::NonVoting`] or [`Choice::NotEligible`] makes no response: the model takes an absence as missing at random.
    ///
    /// # Errors
    ///
    /// [`ResponsesError::TwoSessions`] when the roll call was added for another session, and
    /// [`ResponsesError::TooMany`].
    pub fn add(
        &mut self,
        state: &str,
        session: i32,
        vote: &str,
        choice: Choice,
        line: u64,
    ) -> Result<(), ResponsesError> {
        let category = match choice {
            Choice::Yes => 0,
            Choice::Abstain => 1,
            Choice::No => 2,
            Choice::NonVoting | Choice::NotEligible => return Ok(()),
        };
        let vote = self.vote(vote, session, line)?;
        let state = self.state(state)?;
        self.ballots.push(Ballot {
            state,
            vote,
            category,
            line,
        });
        Ok(())
    }

    /// Says that two roll calls repeat one resolution and share their item. Unknown roll calls are counted in
    /// [`Responses::unknown_links`].
    pub fn link(&mut self, first: &str, second: &str) {
        self.links.push((first.to_owned(), second.to_owned()));
    }

    /// Lets links name a vote otherwise, too. Of several votes with one other name the first has it.
    pub(super) fn also_called(&mut self, vote: &str, name: &str) {
        self.also_called
            .entry(name.to_owned())
            .or_insert_with(|| vote.to_owned());
    }

    fn called(&self, name: &str) -> Option<u32> {
        let other = || self.vote_ids.get(self.also_called.get(name)?);
        self.vote_ids.get(name).or_else(other).copied()
    }

    fn state(&mut self, state: &str) -> Result<u32, ResponsesError> {
        if let Some(&known) = self.states.get(state) {
            return Ok(known);
        }
        let new = index(self.states.len(), "voters")?;
        self.states.insert(state.to_owned(), new);
        Ok(new)
    }

    fn vote(&mut self, id: &str, session: i32, line: u64) -> Result<u32, ResponsesError> {
        let Some(&known) = self.vote_ids.get(id) else {
            let new = index(self.votes.len(), "votes")?;
            self.vote_ids.insert(id.to_owned(), new);
            self.votes.push(Vote {
                id: id.to_owned(),
                session,
                line,
            });
            return Ok(new);
        };
        match self.votes.get(known as usize) {
            Some(vote) if vote.session != session => Err(ResponsesError::TwoSessions {
                vote: id.to_owned(),
                first_session: vote.session,
                second_session: session,
                first: vote.line,
                second: line,
            }),
            _ => Ok(known),
        }
    }

    /// Arranges what was added.
    ///
    /// # Errors
    ///
    /// [`ResponsesError::Duplicate`] when a state has two ballots in one roll call, [`ResponsesError::Empty`] when no
    /// item is left, and [`ResponsesError::TooMany`].
    pub fn build(mut self, rules: ItemRules) -> Result<Responses, ResponsesError> {
        let states = self.sort_states();
        self.sort_votes();
        self.ballots
            .sort_unstable_by_key(|b| (b.vote, b.state, b.line));
        self.refuse_duplicates(&states)?;
        self.read_abstentions(rules.abstentions);
        let (item_of_vote, item_count, unknown_links) = self.join_links();
        let refused = self.refuse_items(&item_of_vote, item_count, rules.minority);
        if self.ballots.is_empty() {
            return Err(ResponsesError::Empty {
                votes: self.votes.len(),
                refused: refused.len(),
                minority: rules.minority,
            });
        }
        self.arrange(states, &item_of_vote, refused, unknown_links)
    }

    /// Renumbers states by name (numbers by value), so that the order of input leaves no trace.
    fn sort_states(&mut self) -> Vec<String> {
        let mut named: Vec<(String, u32)> = self.states.drain().collect();
        named.sort_by(|a, b| natural(&a.0).cmp(&natural(&b.0)));
        let mut new_index = vec![0u32; named.len()];
        for (new, (_, old)) in (0u32..).zip(&named) {
            new_index[*old as usize] = new;
        }
        for ballot in &mut self.ballots {
            ballot.state = new_index[ballot.state as usize];
        }
        named.into_iter().map(|(name, _)| name).collect()
    }

    /// Renumbers votes by session and name.
    fn sort_votes(&mut self) {
        let mut order: Vec<u32> = (0u32..).take(self.votes.len()).collect();
        let key = |&at: &u32| {
            let vote = &self.votes[at as usize];
            (vote.session, natural(&vote.id))
        };
        order.sort_by(|a, b| key(a).cmp(&key(b)));
        let mut new_index = vec![0u32; order.len()];
        for (new, &old) in (0u32..).zip(&order) {
            new_index[old as usize] = new;
        }
        for ballot in &mut self.ballots {
            ballot.vote = new_index[ballot.vote as usize];
        }
        for at in self.vote_ids.values_mut() {
            *at = new_index[*at as usize];
        }
        self.votes = order
            .iter()
            .map(|&old| self.votes[old as usize].clone())
            .collect();
    }

    fn refuse_duplicates(&self, states: &[String]) -> Result<(), ResponsesError> {
        let twice = self
            .ballots
            .windows(2)
            .find(|pair| (pair[0].vote, pair[0].state) == (pair[1].vote, pair[1].state));
        match twice {
            None => Ok(()),
            Some(pair) => Err(ResponsesError::Duplicate {
                state: states[pair[0].state as usize].clone(),
                vote: self.votes[pair[0].vote as usize].id.clone(),
                first: pair[0].line,
                second: pair[1].line,
            }),
        }
    }

    fn read_abstentions(&mut self, abstentions: Abstentions) {
        match abstentions {
            Abstentions::Between => {}
            Abstentions::Absent => self.ballots.retain(|b| b.category != 1),
            Abstentions::AsNo => {
                for ballot in &mut self.ballots {
                    ballot.category = if ballot.category == 0 { 0 } else { 2 };
                }
            }
        }
    }

    /// The item of each vote, how many items there are, and how many links name an unknown vote.
    fn join_links(&self) -> (Vec<u32>, usize, usize) {
        let mut parent: Vec<u32> = (0u32..).take(self.votes.len()).collect();
        fn root(parent: &mut [u32], mut at: u32) -> u32 {
            while parent[at as usize] != at {
                parent[at as usize] = parent[parent[at as usize] as usize];
                at = parent[at as usize];
            }
            at
        }
        let mut unknown = 0;
        for (first, second) in &self.links {
            match (self.called(first), self.called(second)) {
                (Some(a), Some(b)) => {
                    let (a, b) = (root(&mut parent, a), root(&mut parent, b));
                    parent[a.max(b) as usize] = a.min(b);
                }
                _ => unknown += 1,
            }
        }
        let mut items = BTreeMap::new();
        let item_of_vote = (0u32..)
            .take(parent.len())
            .map(|vote| {
                let next = crate::number(items.len());
                *items.entry(root(&mut parent, vote)).or_insert(next)
            })
            .collect();
        (item_of_vote, items.len(), unknown)
    }

    /// Drops the ballots of items that are too lopsided to say anything.
    fn refuse_items(
        &mut self,
        item_of_vote: &[u32],
        items: usize,
        minority: u32,
    ) -> Vec<RefusedItem> {
        let mut counts = vec![[0u32; 3]; items];
        for ballot in &self.ballots {
            let item = item_of_vote[ballot.vote as usize] as usize;
            counts[item][usize::from(ballot.category)] += 1;
        }
        let differing = |c: &[u32; 3]| c.iter().sum::<u32>() - c.iter().copied().max().unwrap_or(0);
        let usable = |item: u32| {
            let c = &counts[item as usize];
            differing(c) >= minority.max(1)
        };
        self.ballots
            .retain(|b| usable(item_of_vote[b.vote as usize]));
        let mut first_vote: BTreeMap<u32, usize> = BTreeMap::new();
        for (vote, &item) in item_of_vote.iter().enumerate() {
            first_vote.entry(item).or_insert(vote);
        }
        first_vote
            .into_iter()
            .filter(|&(item, _)| !usable(item))
            .map(|(item, vote)| RefusedItem {
                vote: self.votes[vote].id.clone(),
                minority: differing(&counts[item as usize]),
                ballots: counts[item as usize].iter().sum(),
            })
            .collect()
    }

    fn arrange(
        &self,
        states: Vec<String>,
        item_of_vote: &[u32],
        refused: Vec<RefusedItem>,
        unknown_links: usize,
    ) -> Result<Responses, ResponsesError> {
        let mut counts: BTreeMap<(i32, u32), u32> = BTreeMap::new();
        for ballot in &self.ballots {
            let session = self.votes[ballot.vote as usize].session;
            *counts.entry((session, ballot.state)).or_default() += 1;
        }
        let mut sessions: Vec<i32> = counts.keys().map(|&(session, _)| session).collect();
        sessions.dedup();
        let mut cells = Vec::with_capacity(counts.len());
        let mut session_starts = vec![0; sessions.len() + 1];
        for (&(session, state), &ballots) in &counts {
            let session = sessions.partition_point(|&s| s < session);
            cells.push(Cell {
                state,
                session: index(session, "sessions")?,
                ballots,
            });
            session_starts[session + 1] = cells.len();
        }
        let mut arranged = Responses {
            states,
            sessions,
            session_starts,
            cells,
            rolls: Vec::new(),
            items: Vec::new(),
            voters: Vec::with_capacity(self.ballots.len()),
            refused,
            unknown_links,
        };
        let mut new_items: BTreeMap<u32, u32> = BTreeMap::new();
        for ballots in self.ballots.chunk_by(|a, b| a.vote == b.vote) {
            let Some(first) = ballots.first() else {
                continue;
            };
            let vote = &self.votes[first.vote as usize];
            let next = index(new_items.len(), "votes")?;
            let item = *new_items
                .entry(item_of_vote[first.vote as usize])
                .or_insert(next);
            arranged.push_roll(vote, item, ballots)?;
        }
        Ok(arranged)
    }
}

impl Responses {
    fn push_roll(
        &mut self,
        vote: &Vote,
        item: u32,
        ballots: &[Ballot],
    ) -> Result<(), ResponsesError> {
        let session = self.sessions.partition_point(|&s| s < vote.session);
        let range = self.session_starts[session]..self.session_starts[session + 1];
        let present = &self.cells[range];
        let mut bounds = [index(self.voters.len(), "ballots")?; 4];
        for category in 0..3u8 {
            for ballot in ballots.iter().filter(|b| b.category == category) {
                let place = present.partition_point(|cell| cell.state < ballot.state);
                let place = u16::try_from(place).map_err(|_| ResponsesError::TooMany {
                    what: "voters in one session",
                    most: u64::from(u16::MAX),
                })?;
                self.voters.push(place);
            }
            bounds[usize::from(category) + 1] = index(self.voters.len(), "ballots")?;
        }
        let roll = index(self.rolls.len(), "votes")?;
        let item_at = item as usize;
        if item_at == self.items.len() {
            self.items.push(Vec::new());
        }
        self.items[item_at].push(roll);
        self.rolls.push(RollCall {
            id: vote.id.clone(),
            item,
            session: index(session, "sessions")?,
            bounds,
        });
        Ok(())
    }

    /// The states, in the order of their names (numbers by value).
    #[must_use]
    pub fn states(&self) -> &[String] {
        &self.states
    }

    /// The sessions in order.
    #[must_use]
    pub fn sessions(&self) -> &[i32] {
        &self.sessions
    }

    /// How many ideal points there are to estimate.
    #[must_use]
    pub fn state_sessions(&self) -> usize {
        self.cells.len()
    }

    /// How many roll calls are used.
    #[must_use]
    pub fn votes(&self) -> usize {
        self.rolls.len()
    }

    /// How many items there are: roll calls, linked ones counted once.
    #[must_use]
    pub fn items(&self) -> usize {
        self.items.len()
    }

    /// How many ballots are used.
    #[must_use]
    pub fn ballots(&self) -> usize {
        self.voters.len()
    }

    /// Items that are left out, with the reason.
    #[must_use]
    pub fn refused(&self) -> &[RefusedItem] {
        &self.refused
    }

    /// How many links named a roll call without ballots.
    #[must_use]
    pub const fn unknown_links(&self) -> usize {
        self.unknown_links
    }

    /// The state-sessions of each state, in order of time; states without any are left out.
    pub(crate) fn histories(&self) -> Vec<Vec<u32>> {
        let mut histories = vec![Vec::new(); self.states.len()];
        for (at, cell) in (0u32..).zip(&self.cells) {
            histories[cell.state as usize].push(at);
        }
        histories.retain(|history| !history.is_empty());
        histories
    }

    /// The ballots of a roll call: first state-session of its session, then yes, abstain and no.
    pub(crate) fn ballots_of(&self, roll: &RollCall) -> (usize, [&[u16]; 3]) {
        let [a, b, c, d] = roll.bounds.map(|bound| bound as usize);
        let base = self.session_starts[roll.session as usize];
        (
            base,
            [&self.voters[a..b], &self.voters[b..c], &self.voters[c..d]],
        )
    }
}

/// Orders numbers by value and before everything else, other names by their text.
fn natural(name: &str) -> (u64, &str) {
    (name.parse().unwrap_or(u64::MAX), name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn built(
        ballots: &[(&str, i32, &str, Choice)],
        rules: ItemRules,
    ) -> Result<Responses, ResponsesError> {
        let mut builder = ResponsesBuilder::default();
        for (line, &(state, session, vote, choice)) in (1..).zip(ballots) {
            builder.add(state, session, vote, choice, line)?;
        }
        builder.build(rules)
    }

    #[test]
    fn the_order_of_input_leaves_no_trace() {
        let mut ballots = vec![
            ("10", 2, "7", Choice::Yes),
            ("9", 2, "7", Choice::No),
            ("9", 1, "3", Choice::Abstain),
            ("10", 1, "3", Choice::Yes),
        ];
        let forward = built(&ballots, ItemRules::default()).unwrap();
        ballots.reverse();
        let backward = built(&ballots, ItemRules::default()).unwrap();
        assert_eq!(forward.states(), ["9", "10"]);
        assert_eq!(forward.cells, backward.cells);
        assert_eq!(forward.rolls, backward.rolls);
        assert_eq!(forward.voters, backward.voters);
    }

    #[test]
    fn a_second_ballot_is_an_error_with_both_lines() {
        let twice = [("USA", 1, "3", Choice::Yes), ("USA", 1, "3", Choice::No)];
        let error = built(&twice, ItemRules::default()).unwrap_err();
        let expected = "line 2: state `USA` has a second ballot in vote `3` (the first is on line 1); keep one of them";
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn a_vote_in_two_sessions_is_an_error() {
        let twice = [("USA", 1, "3", Choice::Yes), ("FRA", 2, "3", Choice::No)];
        let error = built(&twice, ItemRules::default()).unwrap_err();
        assert!(matches!(
            error,
            ResponsesError::TwoSessions { second: 2, .. }
        ));
    }

    #[test]
    fn lopsided_items_are_refused_by_name() {
        let ballots = [
            ("USA", 1, "3", Choice::Yes),
            ("FRA", 1, "3", Choice::Yes),
            ("USA", 1, "4", Choice::Yes),
            ("FRA", 1, "4", Choice::No),
        ];
        let responses = built(&ballots, ItemRules::default()).unwrap();
        assert_eq!(responses.votes(), 1);
        let messages: Vec<String> = responses
            .refused()
            .iter()
            .map(ToString::to_string)
            .collect();
        let expected = "vote `3` is left out: 0 of 2 ballots differ from the rest, which says too little about who stands where";
        assert_eq!(messages, [expected]);
        let error = built(&ballots, ItemRules::default().with_minority(2)).unwrap_err();
        assert!(matches!(error, ResponsesError::Empty { refused: 2, .. }));
    }

    #[test]
    fn linked_votes_share_an_item_across_sessions() {
        let mut builder = ResponsesBuilder::default();
        for (session, vote) in [(1, "3"), (2, "8"), (3, "9")] {
            builder.add("USA", session, vote, Choice::Yes, 1).unwrap();
            builder.add("FRA", session, vote, Choice::No, 2).unwrap();
        }
        builder.link("3", "8");
        builder.link("8", "9");
        builder.link("3", "1000");
        let responses = builder.build(ItemRules::default()).unwrap();
        assert_eq!((responses.votes(), responses.items()), (3, 1));
        assert_eq!(responses.unknown_links(), 1);
    }

    #[test]
    fn abstentions_are_read_as_asked() {
        let ballots = [
            ("USA", 1, "3", Choice::Yes),
            ("FRA", 1, "3", Choice::Abstain),
            ("GBR", 1, "3", Choice::No),
        ];
        let count = |abstentions| {
            let rules = ItemRules::default().with_abstentions(abstentions);
            let responses = built(&ballots, rules).unwrap();
            responses
                .ballots_of(&responses.rolls[0])
                .1
                .map(<[u16]>::len)
        };
        assert_eq!(count(Abstentions::Between), [1, 1, 1]);
        assert_eq!(count(Abstentions::Absent), [1, 0, 1]);
        assert_eq!(count(Abstentions::AsNo), [1, 0, 2]);
    }
}
