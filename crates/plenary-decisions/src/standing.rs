//! [`Standing`]: where a question stands, which is what a requirement is evaluated against.

use std::borrow::Cow;

use chrono::NaiveDate;
use plenary_types::{Ballots, Choice, Participant, Tally, count};

use crate::facts::{Facts, Group, Table};
use crate::position::Lookup;
use crate::requirement::Measure;
use crate::{Name, Requirement};

/// What is known of the votes on a question: single ballots, or only counts.
///
/// ```
/// use plenary_decisions::{evaluate, Standing, Verdict};
/// use plenary_types::Tally;
///
/// let counts = Standing::from_counts(Tally { yes: 11, no: 1, abstain: 3, ..Tally::default() });
/// let council = "at least 9 votes; no member of {RUS, USA} against".parse()?;
/// assert_eq!(evaluate(&council, &counts).verdict, Verdict::Undetermined);
/// let counts = counts.with_opponents(["RUS".parse()?])?;
/// assert_eq!(evaluate(&council, &counts).verdict, Verdict::Rejected);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Standing<'a> {
    pub(crate) tally: Tally,
    /// Members whose choice is known, sorted. With ballots: all of them, those not eligible as well.
    pub(crate) known: Cow<'a, [(Participant, Choice)]>,
    /// Whether only some choices are known, and the tally tells the rest.
    pub(crate) counts_only: bool,
    /// The number of members, those whose ballots are open among them.
    pub(crate) members: Option<u32>,
    /// How many attended, as the record counts them.
    pub(crate) attending: Option<u32>,
    /// Members whose ballots are not known, sorted; none of them is among the known.
    pub(crate) open: Vec<Participant>,
    /// How many further ballots are not known, nor whose they are.
    pub(crate) open_unnamed: u32,
    /// Of ballots: a choice of members whose names are not known, and how many made it. It is in the tally.
    pub(crate) unnamed: Option<(Choice, u32)>,
    pub(crate) facts: [&'a Facts; 2],
    pub(crate) organs: Vec<OrganStanding<'a>>,
    /// Whether it was adopted without a vote.
    pub(crate) settled: bool,
    pub(crate) proposed: Option<NaiveDate>,
    pub(crate) on: Option<NaiveDate>,
}

#[derive(Clone, Debug)]
pub(crate) struct OrganStanding<'a> {
    pub(crate) organ: Name,
    pub(crate) standing: Standing<'a>,
}

/// `within` are the standings around a part, the outermost first.
fn collect_tables<'r>(
    requirement: &'r Requirement,
    within: &[&'r Standing<'r>],
    into: &mut Vec<(&'r Name, &'r Table)>,
) {
    match requirement {
        Requirement::Compare(comparison) => {
            let Measure::Weight(name) = &comparison.measure else {
                return;
            };
            let mut around = within.iter().rev();
            let found = around.find_map(|standing| standing.table(name));
            let is_new = |table: &Table| !into.iter().any(|(_, known)| std::ptr::eq(*known, table));
            if let Some(table) = found.filter(|table| is_new(table)) {
                into.push((name, table));
            }
        }
        Requirement::All(parts) | Requirement::Any(parts) => {
            parts
                .iter()
                .for_each(|part| collect_tables(part, within, into));
        }
        Requirement::In {
            organ, requirement, ..
        } => {
            let inside = within.last().and_then(|standing| standing.organ(organ));
            if let Some(inside) = inside {
                let within: Vec<_> = within.iter().copied().chain([inside]).collect();
                collect_tables(requirement, &within, into);
            }
        }
        Requirement::Not(part)
        | Requirement::Among(_, part)
        | Requirement::Without(_, part)
        | Requirement::After(_, part)
        | Requirement::Should(part) => collect_tables(part, within, into),
    }
}

impl Lookup for Standing<'_> {
    fn group(&self, name: &Name) -> Option<&Group> {
        self.facts.iter().find_map(|facts| facts.group(name))
    }

    fn table(&self, name: &Name) -> Option<&Table> {
        self.facts.iter().find_map(|facts| facts.table(name))
    }

    fn organ(&self, name: &Name) -> Option<&Self> {
        let found = self.organs.iter().find(|o| o.organ == *name);
        found.map(|o| &o.standing)
    }
}

/// Why a standing contradicts itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StandingError {
    /// More ballots than members.
    #[error("{counted} members are counted, but the body has {members}")]
    TooManyBallots {
        /// Ballots and members known not to vote.
        counted: u32,
        /// The stated number of members.
        members: u32,
    },
    /// More names than votes against.
    #[error("{named} members are named as voting against, but only {counted} did")]
    TooManyOpponents {
        /// How many are named.
        named: usize,
        /// How many voted against.
        counted: u32,
    },
    /// Two ballots of one member.
    #[error("{code} has two ballots")]
    TwoBallots {
        /// The member.
        code: Participant,
    },
    /// Counts beyond what can be added.
    #[error("the counts are too large")]
    TooLarge,
}

impl<'a> Standing<'a> {
    fn new(tally: Tally, known: Cow<'a, [(Participant, Choice)]>, counts_only: bool) -> Self {
        Self {
            tally,
            known,
            counts_only,
            members: None,
            attending: None,
            open: Vec::new(),
            open_unnamed: 0,
            unnamed: None,
            facts: [Facts::NONE; 2],
            organs: Vec::new(),
            settled: false,
            proposed: None,
            on: None,
        }
    }

    /// Counts alone: nobody's ballot is known. Members that did not vote are known only through
    /// [`Standing::with_members`] or a tally that counts them.
    #[must_use]
    pub fn from_counts(tally: Tally) -> Self {
        let mut standing = Self::new(tally, Cow::Borrowed(&[]), true);
        if tally.non_voting > 0 {
            standing.members = tally.members();
        }
        standing
    }

    /// Single ballots. The members are those listed, unless [`Standing::with_members`] says otherwise;
    /// of two ballots of one member the first counts, as in [`Ballots::get`](plenary_types::Ballots::get).
    #[must_use]
    pub fn from_ballots(
        ballots: impl IntoIterator<Item = (impl Into<Participant>, Choice)>,
    ) -> Self {
        let ballots = ballots.into_iter();
        Self::from_owned(one_each(ballots.map(|(who, choice)| (who.into(), choice))))
    }

    /// The ballots of a list whose names are resolved; of two ballots of one member the first counts.
    #[must_use]
    pub fn from_list(list: &Ballots) -> Self {
        let known = one_each(list.by_number());
        let tally = match known.len() == list.len() {
            true => list.tally(),
            false => known.iter().map(|(_, choice)| *choice).collect(),
        };
        Self::from_known(tally, known)
    }

    /// Single ballots, each member once.
    ///
    /// # Errors
    ///
    /// [`StandingError::TwoBallots`] when a member comes twice.
    pub fn try_from_ballots(
        ballots: impl IntoIterator<Item = (Participant, Choice)>,
    ) -> Result<Self, StandingError> {
        let mut known: Vec<_> = ballots.into_iter().collect();
        known.sort_unstable();
        match known.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            Some(pair) => Err(StandingError::TwoBallots { code: pair[0].0 }),
            None => Ok(Self::from_owned(known)),
        }
    }

    /// With ballots of members whose names are not known, beside those of the others.
    #[must_use]
    pub fn with_unnamed(mut self, choices: impl Iterator<Item = Choice>) -> Self {
        let mut choices = choices.peekable();
        if choices.peek().is_none() {
            return self;
        }
        let known = self.known.iter().map(|(_, choice)| *choice);
        self.tally = known.chain(choices).collect();
        self.members = self.tally.members();
        self.counts_only = true;
        self.known
            .to_mut()
            .retain(|(_, choice)| *choice != Choice::NotEligible);
        self
    }

    /// With some of the ballots that were counted. Where more have a choice than are counted, the list and the counts
    /// contradict each other, and nobody is known to have made it.
    #[must_use]
    pub fn with_known(mut self, ballots: impl Iterator<Item = (Participant, Choice)>) -> Self {
        let mut known = one_each(ballots);
        let listed: Tally = known.iter().map(|(_, choice)| *choice).collect();
        let fits = |choice| match choice {
            Choice::NotEligible => false,
            Choice::NonVoting if self.members.is_none() => true,
            choice => listed.get(choice) <= self.tally.get(choice),
        };
        known.retain(|(_, choice)| fits(*choice));
        self.known = Cow::Owned(known);
        self.close_known();
        self
    }

    /// A member whose ballot is known is none of those whose ballot is open: that ballot is somebody else's.
    fn close_known(&mut self) {
        let known = &self.known;
        let before = self.open.len();
        self.open
            .retain(|code| known.binary_search_by_key(code, |(c, _)| *c).is_err());
        let closed = count(before - self.open.len());
        self.open_unnamed = self.open_unnamed.saturating_add(closed);
    }

    fn from_owned(known: Vec<(Participant, Choice)>) -> Self {
        let tally = known.iter().map(|(_, choice)| *choice).collect();
        Self::from_known(tally, known)
    }

    fn from_known(tally: Tally, known: Vec<(Participant, Choice)>) -> Self {
        let mut standing = Self::new(tally, Cow::Owned(known), false);
        standing.members = tally.members();
        standing
    }

    /// With the number of members of the body: those not counted did not vote.
    ///
    /// # Errors
    ///
    /// [`StandingError`] when more are counted than there are members.
    pub fn with_members(mut self, members: u32) -> Result<Self, StandingError> {
        let open = self.open_count().ok_or(StandingError::TooLarge)?;
        let counted = self.tally.members().and_then(|n| n.checked_add(open));
        let counted = counted.ok_or(StandingError::TooLarge)?;
        if counted > members {
            return Err(StandingError::TooManyBallots { counted, members });
        }
        self.members = Some(members);
        self.tally.non_voting = members - (counted - self.tally.non_voting);
        Ok(self)
    }

    /// With the number of those who attended, whether they voted or not: what a share of those `attending` is a share of. A
    /// conference counts delegates, so that it need not be a number of members.
    ///
    /// ```
    /// use plenary_decisions::{Standing, Verdict, verdict};
    /// use plenary_types::Tally;
    ///
    /// let votes = Standing::from_counts(Tally { yes: 288, no: 8, abstain: 139, ..Tally::default() });
    /// let quorum = "at least 1/2 of attending voting".parse()?;
    /// assert_eq!(verdict(&quorum, &votes), Verdict::Undetermined);
    /// assert_eq!(verdict(&quorum, &votes.clone().with_attending(594)), Verdict::Rejected);
    /// assert_eq!(verdict(&quorum, &votes.with_attending(592)), Verdict::Adopted);
    /// # Ok::<(), plenary_decisions::ParseError>(())
    /// ```
    #[must_use]
    pub const fn with_attending(mut self, attending: u32) -> Self {
        self.attending = Some(attending);
        self
    }

    /// How many attended, where the record counts them.
    #[must_use]
    pub const fn attending(&self) -> Option<u32> {
        self.attending
    }

    /// The same votes, had so many members been present: those who neither voted nor abstained count as abstaining, as a
    /// requirement over those `present` counts them. Who they were is not known. A number below that of those who voted or
    /// abstained changes nothing.
    ///
    /// ```
    /// use plenary_decisions::{Standing, Verdict, verdict};
    /// use plenary_types::Tally;
    ///
    /// let votes = Standing::from_counts(Tally { yes: 50, no: 2, ..Tally::default() }).with_members(193)?;
    /// let quorum = "more than 1/2 of members present".parse()?;
    /// assert_eq!(verdict(&quorum, &votes.with_present(96)), Verdict::Rejected);
    /// assert_eq!(verdict(&quorum, &votes.with_present(97)), Verdict::Adopted);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_present(&self, present: u32) -> Self {
        let mut tally = self.tally;
        let voted = tally.voting();
        tally.abstain = tally.abstain.max(present.saturating_sub(voted));
        tally.non_voting = 0;
        let votes = self
            .known
            .iter()
            .filter(|(_, choice)| matches!(choice, Choice::Yes | Choice::No | Choice::Abstain));
        let standing = Self {
            attending: self.attending,
            facts: self.facts,
            organs: self.organs.clone(),
            on: self.on,
            proposed: self.proposed,
            known: Cow::Owned(votes.copied().collect()),
            ..Self::from_counts(tally)
        };
        match self.members {
            Some(members) => standing.clone().with_members(members).unwrap_or(standing),
            None => standing,
        }
    }

    /// With this many further members, none of whom voted.
    #[must_use]
    pub fn with_others_absent(mut self, others: u32) -> Self {
        self.members = self.members.map(|members| members.saturating_add(others));
        self.tally.non_voting = self.tally.non_voting.saturating_add(others);
        self
    }

    /// A question that was adopted without a vote: whatever another organ's rule asks of it holds.
    #[must_use]
    pub fn without_vote() -> Self {
        Self {
            settled: true,
            ..Self::from_counts(Tally::default())
        }
    }

    /// Where the number of members of the body is in doubt.
    #[must_use]
    pub fn without_members(mut self) -> Self {
        self.members = None;
        self
    }

    /// With so many more members whose ballots are not known, nor whose they are: each may have voted either way, abstained
    /// or not voted. A verdict is then one that none of these ballots could change.
    ///
    /// ```
    /// use plenary_decisions::{Standing, Verdict, verdict};
    /// use plenary_types::Tally;
    ///
    /// let counts = |yes, no| Standing::from_counts(Tally { yes, no, ..Tally::default() });
    /// let two_thirds = "at least 2/3 of present and voting".parse()?;
    /// assert_eq!(verdict(&two_thirds, &counts(156, 4).with_open(9)), Verdict::Adopted);
    /// assert_eq!(verdict(&two_thirds, &counts(8, 4).with_open(1)), Verdict::Undetermined);
    /// # Ok::<(), plenary_decisions::ParseError>(())
    /// ```
    #[must_use]
    pub fn with_open(mut self, count: u32) -> Self {
        self.open_unnamed = self.open_unnamed.saturating_add(count);
        self.members = self.members.map(|members| members.saturating_add(count));
        self
    }

    /// With members whose ballots are not known, by name: a group that the rule names may have some of them. Those whose
    /// ballot is known stay as they are, so that the members of the body may be given with the ballots of some.
    ///
    /// ```
    /// use plenary_decisions::{Standing, evaluate};
    /// use plenary_types::Choice;
    ///
    /// let [fra, rus, usa] = ["FRA".parse()?, "RUS".parse()?, "USA".parse()?];
    /// let listed = [(fra, Choice::Yes), (usa, Choice::Yes)];
    /// let standing = Standing::from_ballots(listed).with_open_members([fra, rus, usa]);
    /// let evaluation = evaluate(&"no member of {FRA, RUS} against".parse()?, &standing);
    /// assert_eq!(evaluation.missing(), ["the ballot of RUS"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_open_members(mut self, codes: impl IntoIterator<Item = Participant>) -> Self {
        let before = self.open.len();
        let known = |code: &Participant| self.known.binary_search_by_key(code, |(c, _)| *c).is_ok();
        let new: Vec<_> = codes.into_iter().filter(|code| !known(code)).collect();
        self.open.extend(new);
        self.open.sort_unstable();
        self.open.dedup();
        let more = count(self.open.len() - before);
        self.members = self.members.map(|members| members.saturating_add(more));
        self
    }

    /// How many ballots are not known; `None` when they are too many to be counted.
    fn open_count(&self) -> Option<u32> {
        let named = u32::try_from(self.open.len()).ok()?;
        named.checked_add(self.open_unnamed)
    }

    /// Whether ballots of members are not known (see [`Standing::with_open`]).
    #[must_use]
    pub fn has_open(&self) -> bool {
        !self.open.is_empty() || self.open_unnamed > 0
    }

    /// The members whose ballots are not known, as far as they have names.
    #[must_use]
    pub fn open_members(&self) -> &[Participant] {
        &self.open
    }

    /// How many ballots are not known, of members with and without names.
    #[must_use]
    pub fn open(&self) -> u32 {
        self.open_count().unwrap_or(u32::MAX)
    }

    /// The same question, had every member whose ballot is not known made this choice.
    pub(crate) fn completed(&self, choice: Choice) -> Standing<'_> {
        let open = self.open.iter().map(|code| (*code, choice));
        let known = if self.open.is_empty() {
            Cow::Borrowed(&*self.known)
        } else {
            let mut known: Vec<_> = self.known.iter().copied().chain(open).collect();
            known.sort_unstable();
            Cow::Owned(known)
        };
        let mut tally = self.tally;
        let count = tally.get_mut(choice);
        *count = count.saturating_add(self.open());
        Standing {
            tally,
            known,
            open: Vec::new(),
            open_unnamed: 0,
            unnamed: (!self.counts_only && self.open_unnamed > 0)
                .then_some((choice, self.open_unnamed)),
            organs: Vec::new(),
            ..*self
        }
    }

    /// Whether each member is among those counted, with or without a name.
    pub(crate) const fn counts_every_member(&self) -> bool {
        self.counts_only && self.members.is_some()
    }

    /// With the names of some or all of those who voted against, for counts alone.
    ///
    /// # Errors
    ///
    /// [`StandingError::TooManyOpponents`] when more are named than voted against.
    pub fn with_opponents(
        mut self,
        members: impl IntoIterator<Item = Participant>,
    ) -> Result<Self, StandingError> {
        let members = members.into_iter();
        let mut known: Vec<_> = members.map(|who| (who, Choice::No)).collect();
        known.sort_unstable();
        known.dedup();
        let counted = self.tally.no;
        if u32::try_from(known.len()).is_ok_and(|named| named <= counted) {
            self.known = Cow::Owned(known);
            self.close_known();
            Ok(self)
        } else {
            Err(StandingError::TooManyOpponents {
                named: known.len(),
                counted,
            })
        }
    }

    /// With groups and tables; they go before those of a rule.
    #[must_use]
    pub const fn with_facts(mut self, facts: &'a Facts) -> Self {
        self.facts[0] = facts;
        self
    }

    /// With groups and tables that count where [`Standing::with_facts`] has none of the name.
    #[must_use]
    pub const fn with_default_facts(mut self, facts: &'a Facts) -> Self {
        self.facts[1] = facts;
        self
    }

    /// The tables of weights that a requirement names, each as the part of the requirement finds it that names it: in another organ or
    /// stage those of its own standing go first. Names that nothing is known by are left out.
    ///
    /// ```
    /// use plenary_decisions::{Facts, Standing, Table};
    ///
    /// let shares = Table::parse([("DEU".parse()?, "83.2")])?.with_unverified().with_source("an estimate");
    /// let mut facts = Facts::default();
    /// facts.add_table("shares".parse()?, shares);
    /// let standing = Standing::from_counts(Default::default()).with_facts(&facts);
    /// let rule: plenary_decisions::Requirement = "more than 1/2 of members; at least 2/3 of shares; at least 1/2 of seats".parse()?;
    /// let tables = standing.tables_of(&rule);
    /// assert_eq!((tables.len(), tables[0].0.as_str()), (1, "shares"));
    /// assert!(tables[0].1.is_unverified());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn tables_of<'r>(&'r self, requirement: &'r Requirement) -> Vec<(&'r Name, &'r Table)> {
        let mut tables = Vec::new();
        collect_tables(requirement, &[self], &mut tables);
        tables
    }

    /// With the standing of the question in another organ or stage. Its own facts are used there, and
    /// where it has none, those of this standing.
    #[must_use]
    pub fn with_organ(mut self, organ: Name, standing: Self) -> Self {
        self.organs.push(OrganStanding { organ, standing });
        self
    }

    /// With the day of the question: of the vote, or on which one asks.
    #[must_use]
    pub const fn on(mut self, day: NaiveDate) -> Self {
        self.on = Some(day);
        self
    }

    /// With the day from which periods run.
    #[must_use]
    pub const fn proposed(mut self, day: NaiveDate) -> Self {
        self.proposed = Some(day);
        self
    }

    /// The counts.
    #[must_use]
    pub const fn tally(&self) -> Tally {
        self.tally
    }

    /// The number of members, when it is known.
    #[must_use]
    pub const fn members(&self) -> Option<u32> {
        self.members
    }

    /// The day of the question, when it is known.
    #[must_use]
    pub const fn day(&self) -> Option<NaiveDate> {
        self.on
    }

    /// The same standing without a copy of its ballots.
    #[must_use]
    pub fn borrowed(&self) -> Standing<'_> {
        Standing {
            known: Cow::Borrowed(&self.known),
            organs: self.organs.clone(),
            open: self.open.clone(),
            ..*self
        }
    }

    /// The choice of a member, when it is known. With ballots, a member without one did not vote, unless it may be one whose
    /// ballot is open.
    pub(crate) fn choice(&self, code: Participant) -> Option<Choice> {
        match self.known.binary_search_by_key(&code, |(c, _)| *c) {
            Ok(i) => self.known.get(i).map(|(_, choice)| *choice),
            Err(_) if self.counts_only || self.open_unnamed > 0 => None,
            Err(_) if self.open.binary_search(&code).is_ok() => None,
            Err(_) => Some(Choice::NonVoting),
        }
    }
}

/// The first ballot of each member, sorted.
fn one_each(
    ballots: impl IntoIterator<Item = (Participant, Choice)>,
) -> Vec<(Participant, Choice)> {
    let mut ballots: Vec<_> = ballots.into_iter().collect();
    if !ballots.is_sorted_by(|(a, _), (b, _)| a < b) {
        ballots.sort_by_key(|(code, _)| *code);
        ballots.dedup_by_key(|(code, _)| *code);
    }
    ballots
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_ballots_of_one_member_the_first_counts() {
        let [fra, gbr] = ["FRA", "GBR"].map(|code| code.parse().unwrap());
        for (first, second) in [(Choice::Yes, Choice::No), (Choice::No, Choice::Yes)] {
            for ballots in [
                [(fra, first), (fra, second), (gbr, Choice::Abstain)],
                [(gbr, Choice::Abstain), (fra, first), (fra, second)],
                [(fra, first), (gbr, Choice::Abstain), (fra, second)],
            ] {
                let standing = Standing::from_ballots(ballots);
                assert_eq!(standing.choice(fra), Some(first), "{ballots:?}");
                assert_eq!(standing.tally().voting(), 1);
                let listed = plenary_types::Ballots::from_participants(ballots);
                assert_eq!(listed.choice_of(fra), standing.choice(fra));
            }
        }
    }

    #[test]
    fn those_not_eligible_are_no_members_whose_ballot_is_known() {
        let [fra, yug] = ["FRA", "YUG"].map(|code| code.parse().unwrap());
        let listed = [(fra, Choice::Yes), (yug, Choice::NotEligible)];
        let unnamed = Standing::from_ballots(listed).with_unnamed([Choice::No].into_iter());
        assert_eq!((unnamed.members(), unnamed.tally().voting()), (Some(2), 2));
        let counts = Standing::from_counts(unnamed.tally());
        for standing in [unnamed, counts.with_known(listed.into_iter())] {
            assert_eq!(&*standing.known, [(fra, Choice::Yes)]);
        }
    }

    #[test]
    fn where_more_are_listed_than_counted_nobody_is_known_to_have_chosen_so() {
        let [fra, gbr, usa] = ["FRA", "GBR", "USA"].map(|code| code.parse().unwrap());
        let counts = Standing::from_counts(Tally {
            yes: 1,
            no: 1,
            ..Tally::default()
        });
        let listed = [
            (fra, Choice::Yes),
            (gbr, Choice::Yes),
            (usa, Choice::No),
            ("PER".parse().unwrap(), Choice::NonVoting),
        ];
        let known = |standing: Standing<'_>| {
            let standing = standing.with_known(listed.into_iter());
            standing
                .known
                .iter()
                .map(|(_, choice)| *choice)
                .collect::<Vec<_>>()
        };
        assert_eq!(known(counts.clone()), [Choice::NonVoting, Choice::No]);
        assert_eq!(known(counts.with_members(2).unwrap()), [Choice::No]);
    }

    #[test]
    fn the_day_of_a_question_is_known_once_it_is_told() {
        let standing = Standing::from_ballots(Vec::<(Participant, Choice)>::new());
        assert_eq!(standing.day(), None);
        let day = NaiveDate::from_ymd_opt(2018, 12, 19).unwrap();
        assert_eq!(standing.on(day).day(), Some(day));
    }
}
