//! Who chose what how often: counts and shares of choices, by participant or group, period, issue and body.
//!
//! [`tally`] counts every ballot of every vote in its stratum: the year, session, decade, issue and body of the vote, as asked for. The columns of
//! the result, with their definitions, are [`COLUMNS`]. Denominators are explicit:
//!
//! * shares of yes, no and abstentions are of the ballots **cast**, as in Voeten's work on the Assembly (2013): who did not vote chose nothing;
//! * **attendance** is cast ÷ ballots, where the ballots are the votes that were held while one was a member, or on the list. Where lists leave
//!   out who did not vote, it has no value, unless they have every vote and the members of the day are on record ([`Listing`]);
//! * **with the majority** is of the ballots cast in votes in which one choice was more frequent than each other; ties are counted apart;
//! * **alone** is a choice that nobody else made in a vote in which at least two were cast.
//!
//! ```
//! use plenary_analysis::tally::{TallyOptions, tally};
//! use plenary_analysis::{VoteKey, Votes};
//! use plenary_types::Choice::{Abstain, No, NonVoting, Yes};
//!
//! let mut votes = Votes::default();
//! votes.add(VoteKey::new("1"), [("CZE", No), ("FRA", Yes), ("ITA", Abstain), ("USA", No)]);
//! votes.add(VoteKey::new("2"), [("CZE", Yes), ("FRA", Yes), ("ITA", NonVoting), ("USA", No)]);
//! let found = tally(&votes, &TallyOptions::default());
//! let italy = found.rows.iter().find(|row| found.units[row.unit] == "ITA").unwrap();
//! assert_eq!((italy.counts.votes, italy.counts.abstain, italy.counts.cast()), (2, 1, 1));
//! assert_eq!((italy.counts.attendance(), italy.counts.alone), (Some(0.5), 1));
//! ```

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use chrono::NaiveDate;
use plenary_bodies::{Electorate, Reference};
use plenary_types::{Choice, Date, Decision, Issue, Participant, Session};

use crate::cohesion::{DayMembers, StateGroups};
use crate::matrix::{VoteKey, Votes};
use crate::word::{self, WordError};

/// Whom the list of a vote names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Listing {
    /// Everybody, also who did not vote.
    #[default]
    Everybody,
    /// Everybody who cast a ballot: who is a member and not on it did not vote.
    EveryVote,
    /// Some: nothing follows from who is not on it.
    Some,
}

impl Listing {
    /// Whom the list of a decision names.
    #[must_use]
    pub const fn of(decision: &Decision) -> Self {
        match (
            decision.may_leave_out(Choice::NonVoting),
            decision.may_leave_out(Choice::Yes),
        ) {
            (false, _) => Self::Everybody,
            (true, false) => Self::EveryVote,
            (true, true) => Self::Some,
        }
    }
}

/// Of whom a row tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum TallyUnit {
    /// One participant.
    #[default]
    Participant,
    /// The members of a group on the day of each vote.
    Group,
    /// Everybody.
    All,
}

impl TallyUnit {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Participant, Self::Group, Self::All];

    /// Its word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Participant => "participant",
            Self::Group => "group",
            Self::All => "all",
        }
    }
}

impl FromStr for TallyUnit {
    type Err = WordError;

    /// Reads what [`TallyUnit::as_str`] writes.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        word::read(text, &Self::ALL, Self::as_str)
    }
}

/// By what votes are divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Division {
    /// The calendar year.
    Year,
    /// The session.
    Session,
    /// The decade, by its first year.
    Decade,
    /// The issue; a vote on several counts in each.
    Issue,
    /// The body.
    Body,
}

impl Division {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Year,
        Self::Session,
        Self::Decade,
        Self::Issue,
        Self::Body,
    ];

    /// Its word, which is also the name of its column.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Session => "session",
            Self::Decade => "decade",
            Self::Issue => "issue",
            Self::Body => "body",
        }
    }

    /// Whether it divides time.
    #[must_use]
    pub const fn is_time(self) -> bool {
        matches!(self, Self::Year | Self::Session | Self::Decade)
    }

    /// Where a vote belongs; nowhere where its time is not known.
    fn of(self, key: &VoteKey) -> Vec<DivisionValue> {
        let year = || key.date.map(Date::calendar_year);
        let number = |number: Option<i32>| number.into_iter().map(DivisionValue::Number).collect();
        match self {
            Self::Year => number(year()),
            Self::Decade => number(year().map(|year| year.div_euclid(10) * 10)),
            Self::Session => key
                .session
                .into_iter()
                .map(DivisionValue::Session)
                .collect(),
            Self::Issue if key.issues.is_empty() => vec![DivisionValue::Unknown],
            Self::Issue => key
                .issues
                .iter()
                .copied()
                .map(DivisionValue::Issue)
                .collect(),
            Self::Body => vec![match &key.body {
                Some(body) => DivisionValue::Body(body.to_string()),
                None => DivisionValue::Unknown,
            }],
        }
    }
}

impl FromStr for Division {
    type Err = WordError;

    /// Reads what [`Division::as_str`] writes.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        word::read(text, &Self::ALL, Self::as_str)
    }
}

/// A part of a division, in the order of time or of names; without a code or a name last.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum DivisionValue {
    /// A year, or the first of a decade.
    Number(i32),
    /// A session.
    Session(Session),
    /// An issue.
    Issue(Issue),
    /// A body.
    Body(String),
    /// No issue, or a body that is not known.
    Unknown,
}

impl DivisionValue {
    /// Its place on an axis of time.
    #[must_use]
    pub fn number(&self) -> Option<i32> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Session(Session::Regular(number)) => Some(i32::from(*number)),
            _ => None,
        }
    }

    /// Its text; none where it is not known.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        match self {
            Self::Unknown => None,
            known => Some(known.to_string()),
        }
    }
}

impl fmt::Display for DivisionValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Session(session) => session.fmt(f),
            Self::Issue(issue) => f.write_str(issue.code()),
            Self::Body(body) => f.write_str(body),
            Self::Unknown => f.write_str("none"),
        }
    }
}

/// What is counted.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct TallyOptions<'a> {
    /// Of whom a row tells.
    pub unit: TallyUnit,
    /// By what votes are divided.
    pub by: Vec<Division>,
    /// The groups, for [`TallyUnit::Group`].
    pub groups: Option<&'a StateGroups>,
    /// Whose ballots are counted, by their texts among [`Votes::voters`]; everybody's where nobody is named. What the majority is follows from
    /// all ballots, whoever is named.
    pub voters: Option<&'a [Participant]>,
    /// Who is a member on the day of a vote whose list leaves out who did not vote.
    pub reference: Option<&'a Reference>,
}

/// The counts of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TallyCounts {
    /// Votes held while one of the unit was a member, or on the list.
    pub votes: u32,
    /// Places on the lists of these votes, and members who are on none: of one participant as many as votes.
    pub ballots: u32,
    /// Yes.
    pub yes: u32,
    /// No.
    pub no: u32,
    /// Abstentions.
    pub abstain: u32,
    /// Did not vote, as the list says or because it has every vote that was cast.
    pub non_voting: u32,
    /// Members who are not on a list from which nothing follows for them.
    pub unlisted: u32,
    /// Ballots in votes whose lists do not tell who did not vote.
    pub untold: u32,
    /// Ballots cast for the choice that was more frequent than each other.
    pub with_majority: u32,
    /// Ballots cast in votes in which no choice was.
    pub tied: u32,
    /// Ballots cast for a choice that nobody else made.
    pub alone: u32,
}

impl TallyCounts {
    /// Ballots cast: yes, no and abstentions.
    #[must_use]
    pub const fn cast(&self) -> u32 {
        self.yes + self.no + self.abstain
    }

    /// Ballots cast as a share of all, where the lists tell who did not vote.
    #[must_use]
    pub fn attendance(&self) -> Option<f64> {
        share(self.cast(), self.ballots).filter(|_| self.untold == 0 && self.unlisted == 0)
    }
}

fn share(part: u32, whole: u32) -> Option<f64> {
    (whole > 0).then(|| f64::from(part) / f64::from(whole))
}

/// A column of the result.
#[derive(Debug)]
#[non_exhaustive]
pub struct TallyColumn {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub definition: &'static str,
    /// Whether it is a share, from 0 to 1; else it is a count.
    pub is_share: bool,
    of: fn(&TallyCounts) -> Option<f64>,
}

impl TallyColumn {
    /// Its value; none for a share of nothing.
    #[must_use]
    pub fn value(&self, counts: &TallyCounts) -> Option<f64> {
        (self.of)(counts)
    }

    /// The column of a name, with hyphens or underscores.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        let name = name.replace('-', "_");
        COLUMNS.iter().find(|column| column.name == name)
    }
}

const fn count(
    name: &'static str,
    definition: &'static str,
    of: fn(&TallyCounts) -> Option<f64>,
) -> TallyColumn {
    TallyColumn {
        name,
        definition,
        is_share: false,
        of,
    }
}

const fn share_of(
    name: &'static str,
    definition: &'static str,
    of: fn(&TallyCounts) -> Option<f64>,
) -> TallyColumn {
    TallyColumn {
        name,
        definition,
        is_share: true,
        of,
    }
}

/// The columns of the result, in their order.
pub static COLUMNS: [TallyColumn; 15] = [
    count("votes", "votes held while a member, or on the list", |c| {
        Some(c.votes.into())
    }),
    count(
        "ballots",
        "places on the lists of these votes, and members that are on none",
        |c| Some(c.ballots.into()),
    ),
    count("yes", "ballots in favour", |c| Some(c.yes.into())),
    count("no", "ballots against", |c| Some(c.no.into())),
    count("abstain", "abstentions", |c| Some(c.abstain.into())),
    count("non_voting", "did not vote", |c| Some(c.non_voting.into())),
    count(
        "unlisted",
        "members that are not on a list which does not name everybody",
        |c| Some(c.unlisted.into()),
    ),
    share_of("yes_share", "yes / (yes + no + abstain)", |c| {
        share(c.yes, c.cast())
    }),
    share_of("no_share", "no / (yes + no + abstain)", |c| {
        share(c.no, c.cast())
    }),
    share_of("abstain_share", "abstain / (yes + no + abstain)", |c| {
        share(c.abstain, c.cast())
    }),
    share_of(
        "attendance",
        "(yes + no + abstain) / ballots; no value where a list does not tell who did not vote",
        TallyCounts::attendance,
    ),
    share_of(
        "majority_share",
        "ballots cast for the most frequent of yes, no and abstain, of those cast in votes in which one choice was",
        |c| share(c.with_majority, c.cast() - c.tied),
    ),
    count(
        "tied",
        "ballots cast in votes in which no choice was the most frequent",
        |c| Some(c.tied.into()),
    ),
    count(
        "alone",
        "ballots cast for a choice that nobody else made",
        |c| Some(c.alone.into()),
    ),
    share_of("alone_share", "alone / (yes + no + abstain)", |c| {
        share(c.alone, c.cast())
    }),
];

/// What [`tally`] finds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tally {
    /// The units that rows name by their places: participants in the order of their texts, groups in theirs.
    pub units: Vec<String>,
    /// By what votes are divided.
    pub by: Vec<Division>,
    /// The rows: by the parts of the divisions, then by unit. A unit without a vote in a part has none.
    pub rows: Vec<TallyRow>,
    /// Votes that are counted.
    pub votes: usize,
    /// Of these, such as count in several rows of a unit, as they are on several issues.
    pub on_several_issues: usize,
    /// Of these, such as have issues that were computed.
    pub with_computed_issues: usize,
    /// Of these, such as have lists that do not name everybody.
    pub in_part: usize,
    /// Votes that are left out, as their time is not known.
    pub unplaced: Vec<String>,
}

/// A row of a tally.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TallyRow {
    /// The place of its unit.
    pub unit: usize,
    /// Its parts, one for each division.
    pub parts: Arc<[DivisionValue]>,
    /// Its counts.
    pub counts: TallyCounts,
}

/// Counts the ballots of votes.
#[must_use]
pub fn tally(votes: &Votes, options: &TallyOptions<'_>) -> Tally {
    let voters = votes.voters();
    let participants: Vec<Option<Participant>> =
        voters.iter().map(|voter| voter.parse().ok()).collect();
    let is_wanted: Vec<bool> = participants
        .iter()
        .map(|who| {
            options
                .voters
                .is_none_or(|wanted| who.is_some_and(|who| wanted.contains(&who)))
        })
        .collect();
    let mut by_text: Vec<usize> = (0..voters.len()).collect();
    by_text.sort_by_key(|&at| (voters[at].parse::<u64>().unwrap_or(u64::MAX), &voters[at]));
    let (units, unit_of_voter) = match options.unit {
        TallyUnit::Participant => {
            let mut places = vec![0; voters.len()];
            for (place, &voter) in by_text.iter().enumerate() {
                places[voter] = place;
            }
            let names = by_text.iter().map(|&voter| voters[voter].clone());
            (names.collect(), places)
        }
        TallyUnit::Group => {
            let names = options.groups.map_or(&[][..], StateGroups::names);
            (names.to_vec(), Vec::new())
        }
        TallyUnit::All => (vec!["all".to_owned()], vec![0; voters.len()]),
    };
    let mut counting = Counting {
        options,
        participants,
        unit_of_voter,
        strata: BTreeMap::new(),
        units: units.len(),
        seen: 0,
        day: None,
        members: Members::default(),
    };
    let mut found = Tally {
        units,
        by: options.by.clone(),
        ..Tally::default()
    };
    for (key, ballots) in votes.lists() {
        let strata = strata(key, &options.by);
        let is_undated = options.unit == TallyUnit::Group && key.date.is_none();
        if strata.is_empty() || is_undated {
            found.unplaced.push(key.id.clone());
            continue;
        }
        found.votes += 1;
        found.with_computed_issues += usize::from(key.has_computed_issues);
        found.in_part += usize::from(key.listing != Listing::Everybody);
        found.on_several_issues += usize::from(strata.len() > 1);
        counting.see(key, ballots, &is_wanted, strata);
    }
    for (parts, of_units) in counting.strata {
        let parts: Arc<[DivisionValue]> = parts.into();
        for (unit, slot) in of_units.into_iter().enumerate() {
            if slot.counts.votes > 0 {
                found.rows.push(TallyRow {
                    unit,
                    parts: Arc::clone(&parts),
                    counts: slot.counts,
                });
            }
        }
    }
    found
}

/// The parts to which a vote belongs: one of each division, in every combination.
fn strata(key: &VoteKey, by: &[Division]) -> Vec<Vec<DivisionValue>> {
    let mut strata = vec![Vec::with_capacity(by.len())];
    for division in by {
        let values = division.of(key);
        let longer = strata.iter().flat_map(|stratum: &Vec<DivisionValue>| {
            values.iter().map(|value| {
                let mut longer = stratum.clone();
                longer.push(value.clone());
                longer
            })
        });
        strata = longer.collect();
    }
    strata
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    counts: TallyCounts,
    /// The number of the last vote that was counted, from 1.
    last: usize,
}

struct Counting<'o> {
    options: &'o TallyOptions<'o>,
    participants: Vec<Option<Participant>>,
    /// The unit of each voter, where it does not depend on the day.
    unit_of_voter: Vec<usize>,
    strata: BTreeMap<Vec<DivisionValue>, Vec<Slot>>,
    units: usize,
    seen: usize,
    /// Who is in which groups on the day of the last vote.
    day: Option<(NaiveDate, DayMembers)>,
    members: Members,
}

impl Counting<'_> {
    fn see(
        &mut self,
        key: &VoteKey,
        ballots: &[(u32, Choice)],
        is_wanted: &[bool],
        strata: Vec<Vec<DivisionValue>>,
    ) {
        self.seen += 1;
        if let (Some(date), Some(groups)) = (key.date, self.options.groups) {
            let day = date.earliest();
            if self.day.as_ref().is_none_or(|(known, _)| *known != day) {
                self.day = Some((day, groups.members_on(day)));
            }
        }
        let majority = Majority::new(ballots);
        let mut deltas: Vec<(u32, TallyCounts)> = Vec::with_capacity(ballots.len());
        let mut is_told = key.listing == Listing::Everybody;
        if !is_told
            && let Some(members) = self
                .members
                .on(key, &self.participants, self.options.reference)
        {
            is_told = key.listing == Listing::EveryVote;
            let listed = members.listed(ballots, &self.participants);
            for (voter, is_member) in members.must.iter().enumerate() {
                if *is_member && !listed.contains(voter) {
                    let mut delta = TallyCounts::default();
                    match key.listing {
                        Listing::EveryVote => delta.non_voting = 1,
                        _ => delta.unlisted = 1,
                    }
                    deltas.push((plenary_types::count(voter), delta));
                }
            }
        }
        let untold = u32::from(!is_told);
        for &(voter, choice) in ballots {
            if let Some(delta) = majority.delta(choice, untold) {
                deltas.push((voter, delta));
            }
        }
        deltas.retain(|(voter, _)| is_wanted.get(*voter as usize).copied().unwrap_or(false));
        for stratum in strata {
            let slots = self
                .strata
                .entry(stratum)
                .or_insert_with(|| vec![Slot::default(); self.units]);
            for (voter, delta) in &deltas {
                let voter = *voter as usize;
                let one = match self.options.unit {
                    TallyUnit::Group => None,
                    _ => self.unit_of_voter.get(voter),
                };
                let who = self.participants.get(voter).copied().flatten();
                let groups = self
                    .day
                    .as_ref()
                    .zip(who)
                    .map(|((_, members), who)| members.of(who));
                let groups = groups.filter(|_| self.options.unit == TallyUnit::Group);
                for unit in one.into_iter().chain(groups.into_iter().flatten()) {
                    if let Some(slot) = slots.get_mut(*unit) {
                        slot.add(delta, self.seen);
                    }
                }
            }
        }
    }
}

impl Slot {
    fn add(&mut self, delta: &TallyCounts, vote: usize) {
        let counts = &mut self.counts;
        if self.last != vote {
            self.last = vote;
            counts.votes += 1;
        }
        counts.ballots += 1;
        counts.yes += delta.yes;
        counts.no += delta.no;
        counts.abstain += delta.abstain;
        counts.non_voting += delta.non_voting;
        counts.unlisted += delta.unlisted;
        counts.untold += delta.untold;
        counts.with_majority += delta.with_majority;
        counts.tied += delta.tied;
        counts.alone += delta.alone;
    }
}

/// How often each choice was made in a vote: yes, no, abstain.
struct Majority([u32; 3]);

/// The place of a choice among those that are cast.
const fn cast(choice: Choice) -> Option<usize> {
    match choice {
        Choice::Yes => Some(0),
        Choice::No => Some(1),
        Choice::Abstain => Some(2),
        Choice::NonVoting | Choice::NotEligible => None,
    }
}

impl Majority {
    fn new(ballots: &[(u32, Choice)]) -> Self {
        let mut counts = [0; 3];
        for at in ballots.iter().filter_map(|(_, choice)| cast(*choice)) {
            counts[at] += 1;
        }
        Self(counts)
    }

    /// What a ballot counts; nothing where the voter was not eligible.
    fn delta(&self, choice: Choice, untold: u32) -> Option<TallyCounts> {
        let mut delta = TallyCounts {
            untold,
            ..TallyCounts::default()
        };
        match choice {
            Choice::Yes => delta.yes = 1,
            Choice::No => delta.no = 1,
            Choice::Abstain => delta.abstain = 1,
            Choice::NonVoting => delta.non_voting = 1,
            Choice::NotEligible => return None,
        }
        let Some(at) = cast(choice) else {
            return Some(delta);
        };
        let own = self.0[at];
        let most = self.0.iter().copied().max().unwrap_or_default();
        let is_tied = self.0.iter().filter(|count| **count == most).count() > 1;
        delta.tied = u32::from(is_tied);
        delta.with_majority = u32::from(!is_tied && own == most);
        delta.alone = u32::from(own == 1 && self.0.iter().sum::<u32>() > 1);
        Some(delta)
    }
}

/// Who has to be on a complete list, for the last electorate that was asked for.
#[derive(Default)]
struct Members {
    of: Option<Arc<Electorate>>,
    must: Vec<bool>,
    places: rustc_hash::FxHashMap<Participant, usize>,
}

/// Which voters are on a list, also under another code of their seats.
struct Listed(Vec<bool>);

impl Listed {
    fn contains(&self, voter: usize) -> bool {
        self.0.get(voter).copied().unwrap_or(false)
    }
}

impl Members {
    /// The members on the day of a vote, where they are on record.
    fn on(
        &mut self,
        key: &VoteKey,
        participants: &[Option<Participant>],
        reference: Option<&Reference>,
    ) -> Option<&Self> {
        let body = reference?.body(key.body.as_ref()?.as_str())?;
        let electorate = body.electorate(key.date?)?;
        if self
            .of
            .as_ref()
            .is_none_or(|known| !Arc::ptr_eq(known, &electorate))
        {
            let must = |who: &Option<Participant>| who.is_some_and(|who| electorate.must_list(who));
            self.must = participants.iter().map(must).collect();
            if self.places.is_empty() {
                let all = participants.iter().enumerate();
                self.places = all.filter_map(|(at, who)| Some(((*who)?, at))).collect();
            }
            self.of = Some(electorate);
        }
        Some(self)
    }

    fn listed(&self, ballots: &[(u32, Choice)], participants: &[Option<Participant>]) -> Listed {
        let mut listed = vec![false; participants.len()];
        let mut mark = |at: usize| {
            if let Some(slot) = listed.get_mut(at) {
                *slot = true;
            }
        };
        for (voter, _) in ballots {
            let voter = *voter as usize;
            mark(voter);
            let who = participants.get(voter).copied().flatten();
            let holder = self
                .of
                .as_ref()
                .zip(who)
                .and_then(|(of, who)| of.holder_of(who));
            if let Some(at) = holder.and_then(|holder| self.places.get(&holder)) {
                mark(*at);
            }
        }
        Listed(listed)
    }
}

#[cfg(test)]
mod tests;
