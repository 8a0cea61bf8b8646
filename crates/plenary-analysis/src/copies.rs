//! [`Copies`]: the same vote in several inputs, or several times in one.

use std::hash::{Hash, Hasher};
use std::str::FromStr;

use plenary_types::{
    Agreement, Ballots, BodyId, Citation, Date, Decision, Participant, Scope, Series, Session,
    Symbol,
};
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use crate::word::{self, WordError};

/// What to do with copies of one vote in which a voter has different choices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum OnConflict {
    /// Nothing is decided: the copies are reported, and the first is kept until somebody decides.
    #[default]
    Refuse,
    /// Use the copy that was read first.
    First,
    /// Use the copy that was read last.
    Last,
    /// Use none of them.
    Omit,
}

impl OnConflict {
    /// The word for it on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Refuse => "stop",
            Self::First => "first",
            Self::Last => "last",
            Self::Omit => "drop",
        }
    }
}

impl FromStr for OnConflict {
    type Err = WordError;

    /// Reads what [`OnConflict::as_str`] writes.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let all = [Self::Refuse, Self::First, Self::Last, Self::Omit];
        word::read(text, &all, Self::as_str)
    }
}

/// Finds the votes of a sequence of decisions that are copies of earlier ones.
///
/// Two records are one vote when they have the same number in the same source, or the same symbol (without one, the same
/// title), and the same scope, date and session where both are known. Records of one source that have different numbers are
/// one vote only with the same ballots: many votes were taken on parts of one text. Of a symbol that is only that of a meeting, the
/// title counts too, and a meeting as the source of a record numbers no vote: at one meeting many are taken. Votes without a symbol are
/// not one where the drafts of both are known and none is of both. Beyond that, the caller may know of two votes that they are one ([`Copies::link`]).
#[derive(Clone, Debug, Default)]
pub struct Copies {
    votes: Vec<Identity>,
    places: FxHashMap<String, Vec<usize>>,
    /// Of a vote, the earlier ones that it is known to be.
    links: FxHashMap<VotePlace, Vec<VotePlace>>,
    /// The place of each vote that was looked for.
    found: FxHashMap<VotePlace, usize>,
    seen: Vec<Seen>,
}

/// A vote, by the number of its input and its own among all decisions of the input, both from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VotePlace {
    /// The input.
    pub input: usize,
    /// The decision, among all of the input: also those without ballots.
    pub decision: usize,
}

/// A vote that was looked for.
#[derive(Clone, Debug)]
struct Seen {
    input: usize,
    /// Its place among the votes: that of the vote of which it is a copy.
    place: usize,
    body: Option<BodyId>,
    session: Option<Session>,
    year: Option<i32>,
}

/// Votes of one body and time that two inputs have, each by itself: they may be the same votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unmatched {
    /// The two inputs.
    pub inputs: [usize; 2],
    /// How many votes of each, in sessions (where these are not known, years) of which both have votes, are not found in the
    /// other. Neither is 0.
    pub votes: [usize; 2],
}

/// What is compared of a vote.
#[derive(Clone, Debug)]
struct Identity {
    input: usize,
    /// The input whose copy of it was found last.
    matched: Option<usize>,
    source: Option<(String, String)>,
    /// The symbol, or where there is none, the title.
    name: Option<String>,
    is_document: bool,
    /// Whether the symbol is that of a document of a known body: data sets have numbers that look like symbols.
    is_published: bool,
    is_resolution: bool,
    title: String,
    /// Which of the votes of its record it is: those of one record are different votes.
    nth: usize,
    scope: Scope,
    text: Option<String>,
    drafts: Vec<Citation>,
    date: Option<Date>,
    session: Option<Session>,
    ballots: u64,
}

impl Copies {
    /// The place (from 0, in order of [`Copies::find`]) of the earlier vote of which a decision is a copy; a decision that is
    /// not gets the next place. Inputs are numbered by the caller.
    pub fn find(
        &mut self,
        at: VotePlace,
        agreement: &Agreement,
        decision: &Decision,
        ballots: &Ballots,
    ) -> Option<usize> {
        let next = self.votes.len();
        let found = self.find_earlier(at, agreement, decision, ballots);
        let place = found.unwrap_or(next);
        self.found.insert(at, place);
        self.seen.push(Seen {
            input: at.input,
            place,
            body: decision.body.clone(),
            session: decision.session,
            year: decision.date.map(Date::calendar_year),
        });
        found
    }

    /// Says that a vote is the same as an earlier one, of another input, whatever their records say.
    pub fn link(&mut self, earlier: VotePlace, later: VotePlace) {
        self.links.entry(later).or_default().push(earlier);
    }

    /// For each two inputs, the votes of one body and time that were not found in the other.
    #[must_use]
    pub fn unmatched(&self) -> Vec<Unmatched> {
        let mut inputs: Vec<usize> = self.seen.iter().map(|seen| seen.input).collect();
        inputs.sort_unstable();
        inputs.dedup();
        let sights: Vec<Sight<'_>> = inputs
            .into_iter()
            .map(|input| Sight::of(input, &self.seen))
            .collect();
        let pairs = sights.iter().enumerate();
        let pairs = pairs.flat_map(|(at, later)| sights.iter().take(at).map(move |e| (e, later)));
        pairs
            .map(|(one, other)| Unmatched {
                inputs: [one.input, other.input],
                votes: [one.without(other), other.without(one)],
            })
            .filter(|unmatched| !unmatched.votes.contains(&0))
            .collect()
    }

    fn find_earlier(
        &mut self,
        at: VotePlace,
        agreement: &Agreement,
        decision: &Decision,
        ballots: &Ballots,
    ) -> Option<usize> {
        let VotePlace { input, .. } = at;
        let linked = self.links.get(&at).into_iter().flatten();
        let linked = linked.filter_map(|earlier| self.found.get(earlier).copied());
        if let Some(place) = linked.min() {
            if let Some(known) = self.votes.get_mut(place) {
                known.matched = Some(input);
            }
            return Some(place);
        }
        let vote = Identity::new(input, agreement, decision, ballots);
        let keys = vote.keys();
        let mut found: Option<(u8, usize)> = None;
        for key in &keys {
            for &place in self.places.get(key).into_iter().flatten() {
                let Some(strength) = self.votes.get(place).and_then(|known| known.is(&vote)) else {
                    continue;
                };
                if found.is_none_or(|(best, _)| strength > best) {
                    found = Some((strength, place));
                }
            }
        }
        if let Some((_, place)) = found {
            if let Some(known) = self.votes.get_mut(place) {
                known.matched = Some(input);
            }
            return Some(place);
        }
        for key in keys {
            self.places.entry(key).or_default().push(self.votes.len());
        }
        self.votes.push(vote);
        None
    }
}

/// What one input has.
struct Sight<'a> {
    input: usize,
    votes: Vec<&'a Seen>,
    places: FxHashSet<usize>,
    sessions: FxHashSet<(Option<&'a BodyId>, Session)>,
    years: FxHashSet<(Option<&'a BodyId>, i32)>,
}

impl<'a> Sight<'a> {
    fn of(input: usize, seen: &'a [Seen]) -> Self {
        let votes: Vec<&Seen> = seen.iter().filter(|seen| seen.input == input).collect();
        let sessions = votes.iter();
        let sessions = sessions.filter_map(|seen| Some((seen.body.as_ref(), seen.session?)));
        let years = votes.iter();
        let years = years.filter_map(|seen| Some((seen.body.as_ref(), seen.year?)));
        Self {
            input,
            places: votes.iter().map(|seen| seen.place).collect(),
            sessions: sessions.collect(),
            years: years.collect(),
            votes,
        }
    }

    /// How many votes another input does not have, though it has others of their session.
    fn without(&self, other: &Self) -> usize {
        let is_of_common_time = |seen: &Seen| {
            let body = seen.body.as_ref();
            match seen.session.filter(|_| !other.sessions.is_empty()) {
                Some(session) => other.sessions.contains(&(body, session)),
                None => seen
                    .year
                    .is_some_and(|year| other.years.contains(&(body, year))),
            }
        };
        let votes = self.votes.iter().filter(|seen| is_of_common_time(seen));
        votes
            .filter(|seen| !other.places.contains(&seen.place))
            .count()
    }
}

impl Identity {
    fn new(input: usize, agreement: &Agreement, decision: &Decision, ballots: &Ballots) -> Self {
        let symbol = agreement.symbols.first().or(decision.symbol.as_ref());
        let series = symbol.and_then(Citation::symbol).map(Symbol::series);
        let numbered = agreement.sources.iter();
        let source = numbered
            .filter_map(|source| Some((source.title.clone(), source.record.clone()?)))
            .find(|(_, record)| !is_meeting(&Citation::new(record)));
        let title = agreement.title.trim();
        let name = symbol.map(|symbol| symbol.normal().to_string());
        Self {
            input,
            matched: None,
            source,
            name: name.or_else(|| (!title.is_empty()).then(|| title.to_owned())),
            is_document: symbol.is_some_and(|symbol| !is_meeting(symbol)),
            is_published: symbol
                .and_then(Citation::symbol)
                .is_some_and(|symbol| symbol.body().is_some()),
            is_resolution: matches!(series, Some(Series::Resolution)),
            title: title.to_owned(),
            nth: agreement
                .decisions()
                .position(|(_, one)| std::ptr::eq(one, decision))
                .unwrap_or_else(|| {
                    debug_assert!(false, "the decision is not of this agreement");
                    0
                }),
            scope: decision.question.scope,
            text: decision.question.text.clone(),
            drafts: decision.drafts.clone(),
            date: decision.date,
            session: decision.session,
            ballots: fingerprint(ballots),
        }
    }

    fn keys(&self) -> Vec<String> {
        let source = self.source.as_ref();
        let source = source.map(|(title, record)| format!("{title}\u{0}{record}"));
        source.into_iter().chain(self.name.clone()).collect()
    }

    /// Whether another record, read later, is of the same vote; the more alike they are, the greater the number.
    fn is(&self, other: &Self) -> Option<u8> {
        let is_same_text = self.text == other.text;
        let is_same_list = self.ballots == other.ballots;
        let is_same_place = self.scope == other.scope && self.nth == other.nth;
        if !is_same_place || known_and_different(self.session, other.session) {
            return None;
        }
        let is_same_name = self.name == other.name;
        let is_same_day = !known_and_different(self.date, other.date);
        let is_numbered = self.source.is_some() && self.source == other.source;
        if is_numbered {
            let is_dated = is_same_day && self.date.is_some();
            let is_of_two_inputs = self.is_published && self.input != other.input;
            let is_same = match is_same_name {
                true => is_same_day || is_same_list || is_of_two_inputs,
                false => is_dated && is_same_list,
            };
            return is_same.then_some(if is_same_list { 9 } else { 8 });
        }
        let is_same_question =
            is_same_text || (self.scope == Scope::Whole && self.input != other.input);
        let is_same_document = is_same_name
            && (self.is_document || (self.title == other.title && self.may_share_draft(other)));
        if !is_same_document || !is_same_question {
            return None;
        }
        let is_other_number = match (&self.source, &other.source) {
            (Some((own, _)), Some((theirs, _))) => own == theirs,
            _ => false,
        };
        match (is_same_day, is_same_list) {
            (true, true) if !is_other_number || (self.is_document && self.is_published) => Some(7),
            (false, true) if self.is_resolution && self.input != other.input => Some(6),
            (true, false) if !is_other_number && self.matched != Some(other.input) => Some(5),
            _ => None,
        }
    }

    /// Whether a draft was voted on in both, as far as their drafts are known.
    fn may_share_draft(&self, other: &Self) -> bool {
        let mut drafts = self.drafts.iter();
        self.drafts.is_empty()
            || other.drafts.is_empty()
            || drafts.any(|draft| other.drafts.contains(draft))
    }
}

/// Whether a document is the record of a meeting, at which many votes may have been taken.
fn is_meeting(document: &Citation) -> bool {
    let series = document.symbol().map(Symbol::series);
    matches!(series, Some(Series::Verbatim | Series::Summary))
}

fn known_and_different<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if one != other)
}

/// A number that is the same for the same choices of the same voters.
fn fingerprint(ballots: &Ballots) -> u64 {
    let mut hasher = FxHasher::default();
    for (who, choice) in ballots.by_number() {
        hasher.write_u32(who.number() << 4 | choice as u32);
    }
    if ballots.by_number().len() < ballots.len() {
        let unresolved = ballots.iter().filter(|ballot| ballot.entry.who.is_none());
        for ballot in unresolved {
            (ballot.entry.label(), ballot.choice as u32).hash(&mut hasher);
        }
    }
    hasher.finish()
}

/// The first voter, in the order of the texts, that has different choices in two lists, with the choices.
#[must_use]
pub fn contradiction(
    first: &Ballots,
    second: &Ballots,
) -> Option<(Participant, plenary_types::Choice, plenary_types::Choice)> {
    let differing = |(who, choice): (Participant, plenary_types::Choice)| {
        let other = second.choice_of(who).filter(|other| *other != choice)?;
        Some((who, choice, other))
    };
    let differing = first.by_number().filter_map(differing);
    differing.min_by_key(|(who, ..)| *who)
}

/// Whether two lists have the same voters with the same choices.
#[must_use]
pub fn are_alike(first: &Ballots, second: &Ballots) -> bool {
    first.len() == second.len() && fingerprint(first) == fingerprint(second)
}
