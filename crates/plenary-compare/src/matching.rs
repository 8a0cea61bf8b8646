//! Which vote of one source is which vote of the other.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use plenary_bodies::{Epoch, Reference, Roster};
use plenary_types::{
    AnnouncedTally, BodyId, Choice, Citation, Date, Invariant, Participant, Scope, Series, Session,
    Symbol,
};
use rustc_hash::FxHashMap;

use crate::fields::is_same_field;
use crate::planes::Distance;
use crate::votes::{Vote, VoteList, votes};
use crate::{Both, DifferenceKind};

/// By what two votes were found to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MatchKey {
    Symbol,
    Number,
    Meeting,
    Ballots,
}

/// A vote that both sources have, by its places in the two lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Match {
    pub(crate) a: usize,
    pub(crate) b: usize,
    pub(crate) by: MatchKey,
    /// Whether the ballots are so far apart that they are those of two votes.
    pub(crate) apart: bool,
}

/// Votes matched so far.
struct Pairing<'a> {
    both: &'a Both<'a>,
    matches: Vec<Match>,
    taken_a: Vec<bool>,
    taken_b: Vec<bool>,
    /// Votes of a small body, of each list, that go together with several of the other equally well.
    unclear: [BTreeSet<usize>; 2],
}

/// What was matched.
pub(crate) struct Matches {
    pub(crate) list: Vec<Match>,
    /// How many votes of each list are not, because they go together with several of the other equally well.
    pub(crate) ambiguous: [usize; 2],
}

/// Votes of the two lists that might be one.
#[derive(Default)]
struct Group {
    a: Vec<usize>,
    b: Vec<usize>,
}

/// Matches votes: by symbol, of persons by number, then by date and meeting, then by ballots.
pub(crate) fn matches(both: &Both<'_>) -> Matches {
    let mut pairing = Pairing {
        both,
        matches: Vec::new(),
        taken_a: vec![false; both.a.len()],
        taken_b: vec![false; both.b.len()],
        unclear: Default::default(),
    };
    pairing.by_key(MatchKey::Symbol, whole_symbol);
    pairing.by_key(MatchKey::Symbol, running_number);
    pairing.by_key(MatchKey::Symbol, symbol_without_part);
    pairing.by_key(MatchKey::Number, number);
    pairing.by_key(MatchKey::Meeting, meeting);
    pairing.by_ballots();
    pairing.by_day_and_ballots();
    pairing.twins();
    pairing.the_only_two(MatchKey::Symbol, whole_symbol);
    pairing.the_only_two(MatchKey::Symbol, running_number);
    pairing.the_only_two(MatchKey::Meeting, meeting);
    pairing.matches.sort_by_key(|m| (m.a, m.b));
    let [a, b] = &pairing.unclear;
    let left = |unclear: &BTreeSet<usize>, taken: &[bool]| {
        unclear.iter().filter(|at| !is_taken(taken, **at)).count()
    };
    Matches {
        ambiguous: [left(a, &pairing.taken_a), left(b, &pairing.taken_b)],
        list: pairing.matches,
    }
}

pub(crate) fn whole_symbol(vote: &Vote) -> Option<&str> {
    Some(vote.symbol.as_ref()?.normal())
}

fn symbol_without_part(vote: &Vote) -> Option<(Option<Session>, u32, &str)> {
    let symbol: &Symbol = vote.symbol.as_ref()?.symbol()?;
    Some((symbol.session(), symbol.number()?, symbol.organ()))
}

/// The number of a resolution of the Security Council, whether its year is cited or not.
fn running_number(vote: &Vote) -> Option<u32> {
    vote.running.map(|running| running.number)
}

/// The number of a vote of persons, such as a roll call of a parliament, in its body. Other sources each number in their own way.
fn number(vote: &Vote) -> Option<(Option<&BodyId>, &str)> {
    let number = vote.number.as_deref().filter(|_| vote.of_persons)?;
    Some((vote.body.as_ref(), number))
}

/// Whether two votes of persons are those of two bodies, or of two days where more than the key has to tell which is which. Parties
/// vote together, so that the ballots of two votes of a parliament are often alike.
fn are_two_of_persons(a: &Vote, b: &Vote, is_known_by_key: bool) -> bool {
    if !a.of_persons || !b.of_persons {
        return false;
    }
    let bodies = a.body.as_ref().zip(b.body.as_ref());
    bodies.is_some_and(|(a, b)| a != b) || !(is_known_by_key || may_be_one_day(a, b))
}

/// Whether nobody on the lists of two votes of persons is on both: the sources name them in other ways.
fn are_of_strangers(a: &Vote, b: &Vote) -> bool {
    let (Some(list), true, true) = (a.ballots.as_deref(), a.of_persons, b.of_persons) else {
        return false;
    };
    !list.iter().any(|ballot| b.ballot(ballot.voter).is_some())
}

/// Whether the symbols of two votes are those of two resolutions or decisions.
pub(crate) fn are_two_texts(a: &Vote, b: &Vote) -> bool {
    if let Some((a, b)) = a.running.zip(b.running) {
        return !a.is_same(b);
    }
    let text = |vote: &Vote| {
        let symbol = vote.symbol.as_ref()?.symbol()?;
        let adopted = matches!(symbol.series(), Series::Resolution | Series::Decision);
        adopted.then(|| {
            (
                symbol.organ().to_owned(),
                symbol.session(),
                symbol.year(),
                symbol.number(),
            )
        })
    };
    text(a).zip(text(b)).is_some_and(|(a, b)| a != b)
}

/// In how many of the fields that sources print beside symbol and ballots two votes differ.
fn differing_fields(a: &Vote, b: &Vote) -> u32 {
    let fields = DifferenceKind::FIELDS.into_iter();
    let differing = fields.filter(|field| !is_same_field(a, b, *field)).count();
    let differing = plenary_types::count(differing);
    differing
        + u32::from(a.scope != b.scope)
        + u32::from(a.date != b.date)
        + u32::from(a.symbol != b.symbol)
        + u32::from(a.announced != b.announced)
}

fn meeting(vote: &Vote) -> Option<(NaiveDate, &str)> {
    Some((vote.date?.as_day()?, vote.meeting.as_ref()?.normal()))
}

/// All that a source prints of a vote, in one order of the voters.
#[derive(PartialEq, Eq, Hash)]
struct Printed<'a> {
    symbol: Option<&'a str>,
    meeting: Option<&'a str>,
    date: Option<Date>,
    title: &'a str,
    scope: Scope,
    announced: AnnouncedTally,
    /// Of a vote of persons, its body and its number.
    number: Option<(Option<&'a BodyId>, &'a str)>,
    ballots: Option<Vec<(Participant, Choice)>>,
    unknown: Vec<&'a str>,
}

fn printed(vote: &Vote) -> Printed<'_> {
    let ballots = vote.ballots.as_deref();
    let mut unknown: Vec<&str> = vote.unknown.iter().map(|(name, _)| &**name).collect();
    unknown.sort_unstable();
    Printed {
        symbol: whole_symbol(vote),
        meeting: vote.meeting.as_ref().map(Citation::normal),
        date: vote.date,
        title: &vote.title,
        scope: vote.scope,
        announced: vote.announced,
        number: number(vote),
        ballots: ballots.map(|list| list.iter().map(|b| (b.voter, b.choice)).collect()),
        unknown,
    }
}

/// What two votes that read the same have in common.
fn common_key(vote: &Vote) -> MatchKey {
    match (&vote.symbol, number(vote), &vote.meeting) {
        (Some(_), ..) => MatchKey::Symbol,
        (None, Some(_), _) => MatchKey::Number,
        (None, None, Some(_)) => MatchKey::Meeting,
        (None, None, None) => MatchKey::Ballots,
    }
}

impl Pairing<'_> {
    fn groups<'v, K: Eq + std::hash::Hash>(
        &self,
        both: &'v Both<'_>,
        key: impl Fn(&'v Vote) -> Option<K>,
    ) -> Vec<Group> {
        let mut groups: FxHashMap<K, Group> = FxHashMap::default();
        for (at, vote) in both.a.votes.iter().enumerate() {
            if let Some(key) = key(vote).filter(|_| !is_taken(&self.taken_a, at)) {
                groups.entry(key).or_default().a.push(at);
            }
        }
        for (at, vote) in both.b.votes.iter().enumerate() {
            if let Some(key) = key(vote).filter(|_| !is_taken(&self.taken_b, at)) {
                groups.entry(key).or_default().b.push(at);
            }
        }
        let of_both = groups
            .into_values()
            .filter(|g| !g.a.is_empty() && !g.b.is_empty());
        let mut groups: Vec<Group> = of_both.collect();
        groups.sort_by_key(|group| group.a.first().copied());
        groups
    }

    /// Matches votes that have a key in common and whose ballots do not speak against it, the closest first.
    fn by_key<'v, K: Eq + std::hash::Hash>(
        &mut self,
        by: MatchKey,
        key: impl Fn(&'v Vote) -> Option<K>,
    ) where
        Self: 'v,
    {
        let both: &'v Both<'_> = self.both;
        for group in self.groups(both, key) {
            let alone = group.a.len() == 1 && group.b.len() == 1;
            let mut pairs = Vec::new();
            for &a in group.a.iter().take(MOST_IN_GROUP) {
                for &b in group.b.iter().take(MOST_IN_GROUP) {
                    let is_known = alone && by != MatchKey::Number;
                    let votes = self.pair(a, b);
                    if votes.is_none_or(|(a, b)| are_two_of_persons(a, b, is_known)) {
                        continue;
                    }
                    let distance = both.distance(a, b);
                    let is_close =
                        distance.is_close() && !(by == MatchKey::Meeting && self.is_unlikely(a, b));
                    if is_close || (alone && !self.has_ballots(a, b)) {
                        let fields = if alone {
                            0
                        } else {
                            self.differing_fields(a, b)
                        };
                        pairs.push((distance.score(), fields, a, b));
                    }
                }
            }
            self.take_closest(pairs, by);
        }
    }

    /// Whether both votes have ballots that can be compared.
    fn has_ballots(&self, a: usize, b: usize) -> bool {
        let has = |vote: Option<&Vote>| {
            vote.is_some_and(|v| v.ballots.as_ref().is_some_and(|b| !b.is_empty()))
        };
        let (a, b) = (self.both.a.votes.get(a), self.both.b.votes.get(b));
        let strangers = a.zip(b).is_some_and(|(a, b)| are_of_strangers(a, b));
        has(a) && has(b) && !strangers
    }

    fn pair(&self, a: usize, b: usize) -> Option<(&Vote, &Vote)> {
        debug_assert!(a < self.both.a.len() && b < self.both.b.len());
        Some((self.both.a.votes.get(a)?, self.both.b.votes.get(b)?))
    }

    /// Of votes whose ballots are equally close, those are one that read the same.
    fn differing_fields(&self, a: usize, b: usize) -> u32 {
        self.pair(a, b)
            .map_or(u32::MAX, |(a, b)| differing_fields(a, b))
    }

    /// Whether two votes of a small body are on two texts: its votes are often unanimous, so that ballots say little.
    fn is_unlikely(&self, a: usize, b: usize) -> bool {
        self.pair(a, b).is_some_and(|(a, b)| {
            (self.both.is_small(a) || self.both.is_small(b)) && are_two_texts(a, b)
        })
    }

    fn take_closest(&mut self, mut pairs: Vec<(u32, u32, usize, usize)>, by: MatchKey) {
        pairs.sort_unstable();
        for (_, _, a, b) in pairs {
            self.take(a, b, by, false);
        }
    }

    fn take(&mut self, a: usize, b: usize, by: MatchKey, apart: bool) {
        if let (Some(taken_a @ false), Some(taken_b @ false)) =
            (self.taken_a.get_mut(a), self.taken_b.get_mut(b))
        {
            (*taken_a, *taken_b) = (true, true);
            self.matches.push(Match { a, b, by, apart });
        }
    }

    /// Matches what is left and alone under its key, although the ballots differ much.
    fn the_only_two<'v, K: Eq + std::hash::Hash>(
        &mut self,
        by: MatchKey,
        key: impl Fn(&'v Vote) -> Option<K>,
    ) where
        Self: 'v,
    {
        let both: &'v Both<'_> = self.both;
        for group in self.groups(both, key) {
            if let ([a], [b]) = (&*group.a, &*group.b) {
                let two = self.pair(*a, *b);
                if two.is_none_or(|(a, b)| are_two_of_persons(a, b, true)) {
                    continue;
                }
                let apart = self.has_ballots(*a, *b);
                if by == MatchKey::Symbol || !apart {
                    self.take(*a, *b, by, apart);
                }
            }
        }
    }

    /// Matches what is left and reads the same, in the order of the sources: where nobody on the list is a known state or
    /// voted, the ballots tell nothing apart.
    fn twins(&mut self) {
        let both = self.both;
        for group in self.groups(both, |vote| Some(printed(vote))) {
            for (a, b) in group.a.into_iter().zip(group.b) {
                let by = both.a.votes.get(a).map_or(MatchKey::Ballots, common_key);
                self.take(a, b, by, false);
            }
        }
    }

    /// Matches votes whose ballots are nearly the same, the most alike first; of equals, those nearest in
    /// time and in title.
    fn by_ballots(&mut self) {
        let free = |taken: &[bool]| -> Vec<usize> {
            let all = taken.iter().enumerate();
            all.filter(|(_, taken)| !**taken)
                .map(|(at, _)| at)
                .collect()
        };
        let with_ballots = |list: &[Vote], mut at: Vec<usize>| {
            at.retain(|&at| {
                list.get(at)
                    .is_some_and(|v| v.ballots.as_ref().is_some_and(|b| b.len() >= 20))
            });
            at
        };
        let a = with_ballots(&self.both.a.votes, free(&self.taken_a));
        let b = with_ballots(&self.both.b.votes, free(&self.taken_b));
        let Some(calendar) = Calendar::within_bounds(self.both, &a, &b) else {
            return;
        };
        let mut pairs = Vec::new();
        for &at in &a {
            for other in calendar.near(self.both, at) {
                let distance = self.both.distance(at, other);
                if distance.is_the_same_vote() && !self.are_small(at, other) {
                    let strangeness = self.strangeness(at, other, distance.score());
                    pairs.push((strangeness, self.differing_fields(at, other), at, other));
                }
            }
        }
        self.take_closest(pairs, MatchKey::Ballots);
    }

    fn are_small(&self, a: usize, b: usize) -> bool {
        self.pair(a, b)
            .is_some_and(|(a, b)| self.both.is_small(a) && self.both.is_small(b))
    }

    /// Matches votes of small bodies by their day and their ballots, the most alike first. Where the days are not known or
    /// the symbols are those of two texts, only ballots that hardly any other vote has make two votes one.
    fn by_day_and_ballots(&mut self) {
        let small = |list: &[Vote], taken: &[bool]| -> Vec<usize> {
            let free = list
                .iter()
                .enumerate()
                .filter(|(at, _)| !is_taken(taken, *at));
            free.filter(|(_, vote)| self.both.is_small(vote))
                .map(|(at, _)| at)
                .collect()
        };
        let a = small(&self.both.a.votes, &self.taken_a);
        let b = small(&self.both.b.votes, &self.taken_b);
        let Some(calendar) = Calendar::within_bounds(self.both, &a, &b) else {
            return;
        };
        let mut found = Vec::new();
        let mut rivals: [BTreeMap<usize, usize>; 2] = Default::default();
        for &at in &a {
            for other in calendar.near(self.both, at) {
                let distance = self.both.distance(at, other);
                let fit = self
                    .pair(at, other)
                    .and_then(|(a, b)| Fit::of(self.both, a, b, distance));
                if let Some(fit) = fit {
                    *rivals[0].entry(at).or_default() += 1;
                    *rivals[1].entry(other).or_default() += 1;
                    found.push((fit, at, other));
                }
            }
        }
        found.retain(|(fit, at, other)| {
            let alone = rivals[0].get(at) == Some(&1) && rivals[1].get(other) == Some(&1);
            !fit.is_unsure || alone
        });
        found.sort_unstable();
        for equal in found.chunk_by(|(one, ..), (other, ..)| one == other) {
            self.take_those_alone(equal);
        }
    }

    /// Matches those of pairs that go together equally well of which neither vote is in another. Which of the others are one,
    /// as where several votes of a day are unanimous, nothing tells.
    fn take_those_alone(&mut self, pairs: &[(Fit, usize, usize)]) {
        let is_free = |unclear: &BTreeSet<usize>, taken: &[bool], at: usize| {
            !is_taken(taken, at) && !unclear.contains(&at)
        };
        let [unclear_a, unclear_b] = &self.unclear;
        let free: Vec<(usize, usize)> = pairs
            .iter()
            .map(|(_, a, b)| (*a, *b))
            .filter(|(a, b)| {
                is_free(unclear_a, &self.taken_a, *a) && is_free(unclear_b, &self.taken_b, *b)
            })
            .collect();
        let mut rivals: [BTreeMap<usize, usize>; 2] = Default::default();
        for (a, b) in &free {
            *rivals[0].entry(*a).or_default() += 1;
            *rivals[1].entry(*b).or_default() += 1;
        }
        for (a, b) in free {
            if rivals[0].get(&a) == Some(&1) && rivals[1].get(&b) == Some(&1) {
                self.take(a, b, MatchKey::Ballots, false);
            } else {
                self.unclear[0].insert(a);
                self.unclear[1].insert(b);
            }
        }
    }

    /// How strange it would be for two votes to be one: first by ballots, then by date and title.
    fn strangeness(&self, a: usize, b: usize, score: u32) -> u32 {
        let (Some(a), Some(b)) = (self.both.a.votes.get(a), self.both.b.votes.get(b)) else {
            return u32::MAX;
        };
        let apart = match (a.date, b.date) {
            (Some(a), Some(b)) => days_between(a.earliest(), b.earliest()),
            _ => 0,
        };
        let other_month = if apart > 31 { 4 } else { 0 };
        (score + other_month) * 64 + apart.min(31) + 32 - common_words(&a.title, &b.title).min(32)
    }
}

/// More members than these do not often vote all alike.
const SMALL: usize = 60;
/// A list of fewer voters is as easily that of another vote.
const FEW_VOTERS: usize = 20;

/// The bodies of many members: as the roster or the seats of those on record say, or as the lists of either source show.
pub(crate) fn large_bodies<'a>(
    a: &'a VoteList,
    b: &'a VoteList,
    reference: &Reference,
) -> BTreeSet<&'a BodyId> {
    let votes = || a.votes.iter().chain(&b.votes);
    let mut large: BTreeSet<_> = votes().filter_map(|vote| vote.body.as_ref()).collect();
    let shown = votes().filter(|vote| listed(vote) >= SMALL);
    let shown: BTreeSet<_> = shown.filter_map(|vote| vote.body.as_ref()).collect();
    large.retain(|body| shown.contains(body) || most_members(reference, body) >= SMALL);
    large
}

/// The most members that a body on record ever had.
fn most_members(reference: &Reference, body: &BodyId) -> usize {
    let body = reference.body(body.as_str());
    let epochs = body.and_then(|body| body.roster()).into_iter();
    let members = epochs.flat_map(Roster::epochs).map(Epoch::count);
    let seats = body.into_iter().flat_map(|body| body.seats());
    let most = members.chain(seats.map(|seats| seats.count)).max();
    most.map_or(0, |most| most as usize)
}

fn listed(vote: &Vote) -> usize {
    vote.ballots.as_ref().map_or(0, |ballots| ballots.len())
}

impl Both<'_> {
    /// Whether the ballots of a vote say little by themselves: its body is small, or the list is, or parties vote together.
    fn is_small(&self, vote: &Vote) -> bool {
        let listed = listed(vote);
        let is_short = listed < FEW_VOTERS;
        listed > 0 && (vote.of_persons || is_short || (!self.is_large(vote) && listed < SMALL))
    }

    /// Whether a vote is one of a large body, or of a body that the source does not name.
    fn is_large(&self, vote: &Vote) -> bool {
        let mut body = vote.body.iter();
        body.all(|body| self.large.contains(body))
    }
}

/// How well two votes of a small body go together; less is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    /// Whether the two must be the only ones that go together.
    is_unsure: bool,
    score: u32,
    /// Whether neither cites the draft of the other, or its symbol.
    no_common_draft: bool,
    other_scope: bool,
    other_words: u32,
    fields: u32,
}

/// A vote with this many voters against the majority hardly resembles any other.
pub(crate) const TELLING: usize = 5;

impl Fit {
    fn of(both: &Both<'_>, a: &Vote, b: &Vote, distance: Distance) -> Option<Self> {
        let slack = distance.common / 10;
        if are_two_of_persons(a, b, true) {
            return None;
        }
        if distance.common < 2 || distance.differing > slack || distance.alone > slack + 1 {
            return None;
        }
        let day = |vote: &Vote| vote.date.and_then(Date::as_day);
        let same_day = match (day(a), day(b)) {
            (Some(a), Some(b)) if a != b => return None,
            (a, b) => a.is_some() && b.is_some(),
        };
        let plain = same_day && !are_two_texts(a, b);
        if !plain && (distance.score() > 0 || minority(a) < TELLING || !may_be_one_day(a, b)) {
            return None;
        }
        Some(Self {
            // The Assembly has many votes a day, and a list of few of its members fits several.
            is_unsure: !plain || (both.is_large(a) && distance.common < 10),
            score: distance.score(),
            no_common_draft: !share_draft(a, b),
            other_scope: a.scope != b.scope,
            other_words: 64 - common_words(&a.title, &b.title).min(64),
            fields: differing_fields(a, b),
        })
    }
}

/// How many voted otherwise than the most.
pub(crate) fn minority(vote: &Vote) -> usize {
    let ballots = vote.ballots.iter().flatten().filter(|b| votes(b.choice));
    let mut counts: BTreeMap<Choice, usize> = BTreeMap::new();
    ballots.for_each(|ballot| *counts.entry(ballot.choice).or_default() += 1);
    counts.values().sum::<usize>() - counts.values().copied().max().unwrap_or_default()
}

/// Whether two dates, as far as they are given, may be one day.
pub(crate) fn may_be_one_day(a: &Vote, b: &Vote) -> bool {
    a.date
        .zip(b.date)
        .is_none_or(|(a, b)| a.earliest() <= b.latest() && b.earliest() <= a.latest())
}

/// Whether the votes are on one draft, or one source cites the vote by the draft.
pub(crate) fn share_draft(a: &Vote, b: &Vote) -> bool {
    let texts = |vote: &Vote| -> BTreeSet<String> {
        let cited = vote.drafts.iter().chain(&vote.symbol);
        cited.map(|text| text.normal().to_owned()).collect()
    };
    !texts(a).is_disjoint(&texts(b))
}

/// A key that more votes share tells nothing apart.
const MOST_IN_GROUP: usize = 400;

fn is_taken(taken: &[bool], at: usize) -> bool {
    debug_assert!(at < taken.len());
    taken.get(at).copied().unwrap_or(true)
}

fn days_between(a: NaiveDate, b: NaiveDate) -> u32 {
    u32::try_from((b - a).num_days().unsigned_abs()).invariant("the calendar has fewer days")
}

/// How many longer words two titles have in common, each counted once: no title has more with another than with itself.
fn common_words(a: &str, b: &str) -> u32 {
    let words = |text: &str| -> BTreeSet<String> {
        let words = text.split(|c: char| !c.is_alphanumeric());
        let long = words.filter(|word| word.len() > 3);
        long.map(str::to_lowercase).take(64).collect()
    };
    let (a, b) = (words(a), words(b));
    let common = a.intersection(&b).count();
    plenary_types::count(common)
}

/// The votes of the second list by date, to be asked for those near a date.
struct Calendar {
    dated: Vec<(NaiveDate, usize)>,
    undated: Vec<usize>,
    days: i64,
}

/// No more pairs of votes than these are compared by their ballots.
const MOST_PAIRS: usize = 40_000_000;

impl Calendar {
    /// The widest calendar that keeps the work bounded, if one does.
    fn within_bounds(both: &Both<'_>, a: &[usize], b: &[usize]) -> Option<Self> {
        let mut calendar = Self {
            dated: Vec::new(),
            undated: Vec::new(),
            days: 0,
        };
        for &at in b {
            match both.b.votes.get(at).and_then(|v| v.date) {
                Some(date) => calendar.dated.push((date.earliest(), at)),
                None => calendar.undated.push(at),
            }
        }
        calendar.dated.sort_unstable();
        [400, 45, 0].into_iter().find_map(|days| {
            calendar.days = days;
            let pairs: usize = a.iter().map(|&at| calendar.near(both, at).count()).sum();
            (pairs <= MOST_PAIRS).then(|| Self {
                dated: calendar.dated.clone(),
                undated: calendar.undated.clone(),
                days,
            })
        })
    }

    /// The votes of the second list that are near a vote of the first.
    fn near(&self, both: &Both<'_>, a: usize) -> impl Iterator<Item = usize> + '_ {
        let date = both.a.votes.get(a).and_then(|v| v.date);
        let dated = match date.map(|date| date.earliest()) {
            None => self.dated.as_slice(),
            Some(day) => {
                let span = chrono::TimeDelta::days(self.days);
                let from = day.checked_sub_signed(span).unwrap_or(day);
                let to = day.checked_add_signed(span).unwrap_or(day);
                let start = self.dated.partition_point(|(day, _)| *day < from);
                let end = self.dated.partition_point(|(day, _)| *day <= to);
                self.dated
                    .get(start..end)
                    .invariant("the days are in order")
            }
        };
        dated
            .iter()
            .map(|(_, at)| *at)
            .chain(self.undated.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_title_has_more_words_in_common_with_another_than_with_itself() {
        let titles = ["Peace", "Peace, and peace again", "Question of peace", ""];
        for a in titles {
            for b in titles {
                let common = common_words(a, b);
                assert_eq!(common, common_words(b, a), "{a} {b}");
                assert!(common <= common_words(a, a), "{a} {b}");
            }
        }
        assert_eq!(common_words(titles[1], titles[2]), 1);
    }
}
