//! What a comparison needs of a vote, and no more.

use std::fmt;
use std::sync::Arc;

use plenary_types::{
    AnnouncedTally, BodyId, Choice, Citation, Date, Decision, Field, Locus, Origin, Participant,
    ParticipantKind, RollEntry, Scope, Session, Symbol,
};

use crate::Side;
use plenary_import::{Import, Record};
use rustc_hash::FxHashSet;

/// The votes of one source, ready to be compared.
#[derive(Clone, Debug, Default)]
pub struct VoteList {
    path: String,
    rejected: u64,
    pub(crate) votes: Vec<Vote>,
}

/// One vote of a source.
#[derive(Clone)]
pub(crate) struct Vote {
    pub(crate) label: Box<str>,
    pub(crate) title: Box<str>,
    pub(crate) symbol: Option<Citation>,
    /// What its source numbers it by, such as that of a roll call.
    pub(crate) number: Option<Box<str>>,
    /// The number and year of a resolution of the Security Council, which numbers its resolutions through.
    pub(crate) running: Option<RunningNumber>,
    pub(crate) body: Option<BodyId>,
    pub(crate) session: Option<Session>,
    pub(crate) date: Option<Date>,
    pub(crate) meeting: Option<Citation>,
    pub(crate) agenda: Option<Box<str>>,
    pub(crate) subjects: Box<[Box<str>]>,
    pub(crate) drafts: Box<[Citation]>,
    pub(crate) report: Option<Citation>,
    pub(crate) notes: Box<[Box<str>]>,
    pub(crate) scope: Scope,
    pub(crate) announced: AnnouncedTally,
    /// In the order of the voters' numbers, which is that of the codes, each voter once; nothing where the source lists nobody.
    pub(crate) ballots: Option<Box<[Ballot]>>,
    /// Names on the list that are of no known state and no participant of another kind.
    pub(crate) unknown: Vec<(Box<str>, usize)>,
    /// Whether the list leaves out who did not vote.
    pub(crate) partial: bool,
    /// Whether nobody on the list has a code: members of a parliament, as a rule.
    pub(crate) of_persons: bool,
    act: usize,
    origin: Arc<dyn Origin>,
}

/// One voter's ballot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ballot {
    pub(crate) voter: Participant,
    pub(crate) choice: Choice,
    /// Its place on the source's list.
    pub(crate) place: u32,
}

impl VoteList {
    /// The votes of an import.
    #[must_use]
    pub fn from_import(import: &Import) -> Self {
        let mut list = Self::new(&import.summary().path);
        list.rejected = import.summary().rejected;
        for record in import.records() {
            list.add(&record);
        }
        list
    }

    /// An empty list; the path stands for it in results.
    #[must_use]
    pub fn new(path: &str) -> Self {
        Self {
            path: path.to_owned(),
            rejected: 0,
            votes: Vec::new(),
        }
    }

    /// Adds the decisions of a record.
    pub fn add(&mut self, record: &Record) {
        for (act, decision) in record.agreement.decisions() {
            self.votes.push(Vote::of(record, act, decision));
        }
    }

    /// Adds the votes of another list.
    pub fn append(&mut self, mut other: Self) {
        self.rejected += other.rejected;
        self.votes.append(&mut other.votes);
    }

    /// How many votes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.votes.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.votes.is_empty()
    }

    /// Those without a code that are on its lists.
    pub(crate) fn persons(&self) -> FxHashSet<Participant> {
        let ballots = self.votes.iter().filter_map(|vote| vote.ballots.as_deref());
        let voters = ballots.flatten().map(|ballot| ballot.voter);
        voters.filter(|voter| voter.code().is_none()).collect()
    }

    pub(crate) fn side(&self, ambiguous: usize, strangers: usize) -> Side {
        Side {
            strangers,
            path: self.path.clone(),
            votes: self.len(),
            rejected: self.rejected,
            ambiguous,
        }
    }
}

impl fmt::Debug for Vote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.label)
    }
}

/// The voter as its source has it: a code of a later time alone stands for its own state, not for the one that held the seat. A
/// name that nothing resolves is nobody.
fn printed(entry: &RollEntry) -> Option<Participant> {
    let who = entry.who.filter(|who| who.kind() != ParticipantKind::Text);
    if who.is_some_and(|who| who.code().is_none()) {
        return who;
    }
    let code = entry.code.as_deref().filter(|_| entry.name.is_none());
    let own = code.and_then(|code| code.parse().ok());
    own.filter(|&code| plenary_states::entity(code).is_some())
        .map(Participant::from_code)
        .or(who)
}

impl Vote {
    fn of(record: &Record, act: usize, decision: &Decision) -> Self {
        let agreement = &record.agreement;
        let symbol = decision.symbol.as_ref().or(agreement.symbols.first());
        let mut unknown = Vec::new();
        let ballots = decision.ballots.as_ref().map(|ballots| {
            let mut list = Vec::with_capacity(ballots.len());
            for (at, ballot) in ballots.iter().enumerate() {
                match printed(ballot.entry) {
                    Some(voter) => list.push(Ballot {
                        voter,
                        choice: ballot.choice,
                        place: plenary_types::count(at),
                    }),
                    None => unknown.push((ballot.entry.label().into(), at)),
                }
            }
            list.sort_by_key(|ballot| ballot.voter.number());
            list.dedup_by_key(|ballot| ballot.voter);
            list.into_boxed_slice()
        });
        let of_persons = ballots.as_deref().is_some_and(|list| {
            !list.is_empty() && list.iter().all(|ballot| ballot.voter.code().is_none())
        });
        let number = agreement
            .sources
            .iter()
            .find_map(|source| source.record.as_deref());
        Self {
            label: symbol.map_or(agreement.label(), Citation::as_str).into(),
            title: agreement.title.as_str().into(),
            symbol: symbol.cloned(),
            number: number.map(Into::into),
            running: symbol.and_then(|s| RunningNumber::of(s, decision.body.as_ref())),
            body: decision.body.clone(),
            session: decision.session.or_else(|| symbol?.symbol()?.session()),
            date: decision.date,
            meeting: decision.meeting.clone(),
            agenda: decision.agenda.as_deref().map(Into::into),
            subjects: boxed(&agreement.subjects),
            drafts: decision.drafts.clone().into_boxed_slice(),
            report: decision.committee_report.clone(),
            notes: boxed(&decision.notes),
            scope: decision.question.scope,
            announced: decision.announced,
            ballots,
            unknown,
            partial: decision.partial,
            of_persons,
            act,
            origin: Arc::clone(&record.origin),
        }
    }

    /// The line on which a part of it stands.
    pub(crate) fn line(&self, field: Field) -> Option<u64> {
        self.origin.place(Locus::of_act(self.act, field)).line
    }

    /// The ballot of a voter.
    pub(crate) fn ballot(&self, voter: Participant) -> Option<Ballot> {
        let ballots = self.ballots.as_deref()?;
        let at = ballots
            .binary_search_by_key(&voter.number(), |ballot| ballot.voter.number())
            .ok()?;
        ballots.get(at).copied()
    }

    /// How somebody voted, if it voted: yes, no or abstaining.
    pub(crate) fn voice(&self, voter: Participant) -> Option<Choice> {
        self.ballot(voter).map(|b| b.choice).filter(|&c| votes(c))
    }

    /// How many chose this, where the list of ballots can tell.
    pub(crate) fn counted(&self, choice: Choice) -> Option<u32> {
        let whole = votes(choice) || !self.partial;
        self.count(|known| known == choice).filter(|_| whole)
    }

    /// How many members the list has, where it leaves none out.
    pub(crate) fn listed(&self) -> Option<u32> {
        let members = self.count(|choice| choice != Choice::NotEligible);
        members.filter(|_| !self.partial)
    }

    /// How many of the list chose so, unless it has names that may be anybody's.
    fn count(&self, so: impl Fn(Choice) -> bool) -> Option<u32> {
        let ballots = self.ballots.as_deref()?;
        let count = ballots.iter().filter(|ballot| so(ballot.choice)).count();
        u32::try_from(count)
            .ok()
            .filter(|_| self.unknown.is_empty())
    }
}

fn boxed(texts: &[String]) -> Box<[Box<str>]> {
    texts.iter().map(|text| text.as_str().into()).collect()
}

/// The number of a resolution in a series that runs on over the years, and its year where the citation gives one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RunningNumber {
    pub(crate) number: u32,
    year: Option<u16>,
}

impl RunningNumber {
    /// Reads `S/RES/700(1991)`, `S/RES/700` and, of the body itself, `700 (1991)` and `700`.
    fn of(citation: &Citation, body: Option<&BodyId>) -> Option<Self> {
        if let Some(symbol) = citation.symbol() {
            let is_whole = symbol.part().is_none() && symbol.modifiers().is_empty();
            let number = symbol.running_number().filter(|_| is_whole);
            let year = symbol.year();
            return number.map(|number| Self { number, year });
        }
        let (number, year) = Symbol::running_number_in(citation.as_str(), body)?;
        Some(Self { number, year })
    }

    /// Whether both name one resolution: the year adds nothing, so only a different one speaks against it.
    pub(crate) fn is_same(self, other: Self) -> bool {
        let years = self.year.zip(other.year);
        self.number == other.number && years.is_none_or(|(a, b)| a == b)
    }
}

/// Whether a choice is a vote: abstaining is, not voting is not.
pub(crate) const fn votes(choice: Choice) -> bool {
    matches!(choice, Choice::Yes | Choice::No | Choice::Abstain)
}
