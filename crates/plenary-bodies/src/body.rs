//! [`Body`]: who decides, and everything that is known of it.

use std::collections::{BTreeMap, HashMap};
use std::ops::RangeInclusive;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use chrono::{Days, NaiveDate};
use plenary_decisions::{Facts, Name};
use plenary_types::{
    Ballots, BodyId, Choice, Date, Invariant, Mark, Mode, Nature, Outcome, Participant, Scope, Span,
};

use crate::Pattern;
use crate::electorate::{Electorate, units_of};
use crate::facts::{FactsOverTime, OtherCode};
use crate::roster::{Roster, RosterTable, day_before};
use crate::sessions::Sessions;
use crate::words::{AssumedFindings, Chair, LeadsTo, MemberKind, QuorumUse, SuspendedCount, Terms};

/// A kind of question that a body decides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Kind {
    /// Its identifier in the body.
    pub id: String,
    /// What it is, in words, where the file says it.
    pub title: Option<String>,
    /// Where that is written.
    pub source: Option<String>,
    /// The nature of the matter that a record marks so.
    pub nature: Option<Nature>,
    /// The mode of decision in which a question is of this kind.
    pub mode: Option<Mode>,
    /// Whether the ballots are secret, so that no public ballot is of this kind.
    pub secret: bool,
    /// Subjects of which the questions are of this kind.
    pub subjects: Vec<String>,
    /// How the wording of such a question begins.
    pub asked_as: Vec<String>,
    /// The kind of which this is one in some scopes or subjects; of a quorum, the kind whose questions alone need it.
    pub of: Option<String>,
    /// The scopes in which it takes the place of the kind that it is of.
    pub scopes: Vec<Scope>,
    /// The kind whose rules it takes.
    pub like: Option<String>,
    /// Kinds under which the same question stands even where its kind is stated, as the law of the day is disputed.
    pub also: Vec<String>,
    /// The bodies that its rules call by the name of an organ.
    pub organs: BTreeMap<Name, BodyId>,
    /// Where it is no question but a quorum: what for.
    pub quorum: Option<QuorumUse>,
    /// Whether a recorded decision can be of this kind.
    pub is_question: bool,
    /// What has to follow such a decision.
    pub leads_to: Option<LeadsTo>,
}

/// How many seats a body has by its law, in a span of days.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Seats {
    /// The days, the first of which is the one on which the seats were filled.
    pub span: Span,
    /// How many.
    pub count: u32,
    /// How many of them are for the members of each group, where the law says so.
    pub by: BTreeMap<String, u32>,
    /// The day on which the law asked for that number, where no source says when the seats were filled.
    pub in_force: Option<NaiveDate>,
    /// The article.
    pub source: String,
    /// Whether some of it is not confirmed by a source.
    pub unverified: bool,
}

impl Seats {
    fn may_hold_on(&self, day: NaiveDate) -> bool {
        let doubtful = self.in_force.is_some_and(|since| since <= day) && day < self.span.from;
        self.span.contains(day) || doubtful
    }
}

/// A name of a body, with its days.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BodyName {
    /// The name.
    pub name: String,
    /// The days.
    pub span: Span,
}

/// A body that decides: its members over time, its seats, the kinds of question it decides and what it calls them.
///
/// ```
/// use plenary_bodies::Reference;
///
/// let council = Reference::embedded().body("unsc").unwrap();
/// let day = "1950-06-27".parse()?;
/// assert_eq!(council.name(), "Security Council");
/// assert_eq!(council.members_on(day).map(<[_]>::len), Some(11));
/// assert_eq!(council.seats_on(day), Some(11..=11));
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[derive(Debug)]
pub struct Body {
    pub(crate) id: BodyId,
    pub(crate) names: Vec<BodyName>,
    pub(crate) span: Span,
    pub(crate) confirmed_until: Option<NaiveDate>,
    pub(crate) member_kind: MemberKind,
    pub(crate) members_of: Option<BodyId>,
    pub(crate) roster_of: Option<BodyId>,
    pub(crate) elected_by: Option<BodyId>,
    pub(crate) default_kind: Option<String>,
    pub(crate) also_possible: Vec<String>,
    pub(crate) assumed_findings: AssumedFindings,
    pub(crate) suspended: SuspendedCount,
    pub(crate) show_groups: Option<String>,
    pub(crate) counts_only: bool,
    /// The layer whose file says that it is the default.
    pub(crate) default_in: Option<usize>,
    pub(crate) for_any_body: bool,
    pub(crate) units: Vec<String>,
    pub(crate) terms: Option<Terms>,
    pub(crate) chair: Option<Chair>,
    pub(crate) symbols: Vec<Pattern>,
    pub(crate) seats: Vec<Seats>,
    pub(crate) choices: BTreeMap<String, Choice>,
    pub(crate) outcomes: BTreeMap<String, Outcome>,
    pub(crate) kinds: Vec<Kind>,
    pub(crate) sessions: Sessions,
    /// Who sits here, where that is on record by name.
    pub(crate) roster: Option<Arc<RosterTable>>,
    /// Who sits in the body of which the members here have to be members.
    pub(crate) parent: Option<Arc<RosterTable>>,
    pub(crate) facts: FactsOverTime,
    /// Other codes that records use for members.
    pub(crate) codes: Arc<[OtherCode]>,
    /// The layers of the files that say all this, by their numbers.
    pub(crate) layers: Vec<usize>,
    pub(crate) electorates: Electorates,
}

impl Body {
    /// Its identifier: the name of its file.
    #[must_use]
    pub const fn id(&self) -> &BodyId {
        &self.id
    }

    /// Its name, the last one where it had several.
    #[must_use]
    pub fn name(&self) -> &str {
        self.names
            .last()
            .map_or_else(|| self.id.as_str(), |name| &name.name)
    }

    /// Its name on a day; the last one where none is of that day.
    #[must_use]
    pub fn name_on(&self, day: NaiveDate) -> &str {
        let mut names = self.names.iter();
        let then = names.find(|name| name.span.contains(day));
        then.map_or_else(|| self.name(), |name| &name.name)
    }

    /// Its names, oldest first.
    #[must_use]
    pub fn names(&self) -> &[BodyName] {
        &self.names
    }

    /// The days in which it exists in law.
    #[must_use]
    pub const fn span(&self) -> Span {
        self.span
    }

    /// Whether it exists in law on a day.
    #[must_use]
    pub fn exists_on(&self, day: NaiveDate) -> bool {
        self.span.contains(day)
    }

    /// What its members are.
    #[must_use]
    pub const fn member_kind(&self) -> MemberKind {
        self.member_kind
    }

    /// The body of which everybody who sits here has to be a member.
    #[must_use]
    pub const fn members_of(&self) -> Option<&BodyId> {
        self.members_of.as_ref()
    }

    /// The body of which the members are the members here.
    #[must_use]
    pub const fn roster_of(&self) -> Option<&BodyId> {
        self.roster_of.as_ref()
    }

    /// The body that elects its members.
    #[must_use]
    pub const fn elected_by(&self) -> Option<&BodyId> {
        self.elected_by.as_ref()
    }

    /// For how long members are elected.
    #[must_use]
    pub const fn terms(&self) -> Option<Terms> {
        self.terms
    }

    /// What a suspended member counts as.
    #[must_use]
    pub const fn suspended(&self) -> SuspendedCount {
        self.suspended
    }

    /// The scheme of groups by which its votes are shown.
    #[must_use]
    pub fn show_groups(&self) -> Option<&str> {
        self.show_groups.as_deref()
    }

    /// Whether only totals are on record of it and nobody's ballot is public.
    #[must_use]
    pub const fn counts_only(&self) -> bool {
        self.counts_only
    }

    /// Whether its rules belong to no body in particular, so that a decision of any body may state them.
    #[must_use]
    pub const fn is_for_any_body(&self) -> bool {
        self.for_any_body
    }

    /// The parts of each member that vote by themselves.
    #[must_use]
    pub fn units(&self) -> &[String] {
        &self.units
    }

    /// Its chair, where the vote of the chair is another than that of a member.
    #[must_use]
    pub const fn chair(&self) -> Option<Chair> {
        self.chair
    }

    /// How its symbols are written.
    #[must_use]
    pub fn symbols(&self) -> &[Pattern] {
        &self.symbols
    }

    /// Its sessions.
    #[must_use]
    pub const fn sessions(&self) -> &Sessions {
        &self.sessions
    }

    /// What its own words for a choice count as.
    #[must_use]
    pub const fn choices(&self) -> &BTreeMap<String, Choice> {
        &self.choices
    }

    /// Ballots with each that has a mark counted as the body counts it: a paired or an announced vote, a proxy, one that was present.
    /// Nothing where the body counts every ballot as its choice says.
    ///
    /// ```
    /// use plenary_bodies::Reference;
    /// use plenary_types::Ballots;
    ///
    /// let senate = Reference::embedded().body("us-senate").unwrap();
    /// let ballots: Ballots = serde_json::from_str(r#"{"yes": ["person:a"], "printed": [
    ///     {"participant": "person:b", "choice": "no", "mark": "paired"}]}"#)?;
    /// assert_eq!(ballots.tally().to_string(), "1-1-0");
    /// assert_eq!(senate.counted(&ballots).unwrap().tally().to_string(), "1-0-0");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn counted(&self, ballots: &Ballots) -> Option<Ballots> {
        let meaning = |mark: Mark| self.choices.get(mark.as_str()).copied();
        let changes = ballots.marks().any(|(_, mark)| meaning(mark).is_some());
        changes.then(|| ballots.counted_as(meaning))
    }

    /// What its own words for an outcome mean.
    #[must_use]
    pub const fn outcomes(&self) -> &BTreeMap<String, Outcome> {
        &self.outcomes
    }

    /// What an outcome on record means here: one that is none of the known words is what the body says of its own word.
    ///
    /// ```
    /// use plenary_bodies::Reference;
    /// use plenary_types::Outcome;
    ///
    /// let senate = Reference::embedded().body("us-senate").unwrap();
    /// assert_eq!(senate.meaning_of("Agreed to".parse()?), Outcome::Adopted);
    /// assert_eq!(senate.meaning_of("Bravo".parse()?).as_str(), "Bravo");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn meaning_of(&self, recorded: Outcome) -> Outcome {
        let word = recorded.unknown();
        let meant = word.and_then(|word| self.outcomes.get(word.as_str()));
        meant.copied().unwrap_or(recorded)
    }

    /// The kinds of question, in the order of the file.
    #[must_use]
    pub fn kinds(&self) -> &[Kind] {
        &self.kinds
    }

    /// The kind of that identifier.
    #[must_use]
    pub fn kind(&self, id: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.id == id)
    }

    /// The kind of the questions of a subject, where its file names one (for the General Assembly: Charter, Art. 18(2)).
    #[must_use]
    pub fn kind_of_subject(&self, subject: &str) -> Option<&Kind> {
        self.kinds_of_subject(subject).next()
    }

    /// The kinds of the questions of a subject, which have rules on different days where there are several.
    pub(crate) fn kinds_of_subject(&self, subject: &str) -> impl Iterator<Item = &Kind> {
        let is_of =
            move |kind: &&Kind| kind.of.is_none() && kind.subjects.iter().any(|s| s == subject);
        self.kinds.iter().filter(is_of)
    }

    /// The kind that a question is taken for where nothing says more.
    #[must_use]
    pub fn default_kind(&self) -> Option<&str> {
        self.default_kind.as_deref()
    }

    /// The kinds that a question may be of instead where its kind is assumed.
    #[must_use]
    pub fn also_possible(&self) -> &[String] {
        &self.also_possible
    }

    /// How grave a finding is that contradicts every kind which is possible, where the kind is assumed.
    #[must_use]
    pub const fn assumed_findings(&self) -> AssumedFindings {
        self.assumed_findings
    }

    /// The numbers of its seats over time.
    #[must_use]
    pub fn seats(&self) -> &[Seats] {
        &self.seats
    }

    /// The least and the greatest number of seats that it can have on a day, where its law fixes one.
    ///
    /// They differ where the law has changed the number and no source says on which day the new seats were filled.
    ///
    /// ```
    /// use plenary_bodies::Reference;
    ///
    /// let council = Reference::embedded().body("ecosoc").unwrap();
    /// let seats = |day: &str| council.seats_on(day.parse().unwrap());
    /// assert_eq!(seats("1965-11-23"), Some(18..=18));
    /// assert_eq!(seats("1973-11-01"), Some(27..=54));
    /// assert_eq!(seats("1945-10-24"), None);
    /// ```
    #[must_use]
    pub fn seats_on(&self, day: NaiveDate) -> Option<RangeInclusive<u32>> {
        let then = || self.seats.iter().filter(|seats| seats.may_hold_on(day));
        let counts = || then().map(|seats| seats.count);
        Some(counts().min()?..=counts().max()?)
    }

    /// The number of its members on a day by its law, where that fixes one and the seats are known to be filled.
    #[must_use]
    pub fn size_on(&self, day: NaiveDate) -> Option<u32> {
        let seats = self.seats_on(day)?;
        (seats.start() == seats.end()).then(|| *seats.end())
    }

    /// Its groups and tables on a day.
    #[must_use]
    pub fn facts(&self, day: NaiveDate) -> &Facts {
        self.facts.on(day)
    }

    /// The members over time of a group that the body names, in any case, with every code that stands or stood for one of its seats;
    /// nothing where it names no such group.
    ///
    /// ```
    /// use plenary_bodies::Reference;
    ///
    /// let council = Reference::embedded().body("unsc").unwrap();
    /// let permanent = council.group_over_time("P5");
    /// assert!(permanent.iter().any(|(who, _)| who.as_str() == "FRA"));
    /// assert!(council.group_over_time("P6").is_empty());
    /// ```
    #[must_use]
    pub fn group_over_time(&self, group: &str) -> Vec<(Participant, Span)> {
        let editions = self.facts.editions();
        let mut members: Vec<(Participant, Span)> = Vec::new();
        for (at, (from, facts)) in editions.iter().enumerate() {
            let to = editions.get(at + 1).map(|(next, _)| *next);
            let mut groups = facts.groups();
            let Some((_, named)) =
                groups.find(|(name, _)| name.as_str().eq_ignore_ascii_case(group))
            else {
                continue;
            };
            for who in named.members() {
                let mut before = members.iter_mut();
                match before.find(|(other, span)| other == who && span.to == Some(*from)) {
                    Some((_, span)) => span.to = to,
                    None => members.push((*who, Span { from: *from, to })),
                }
            }
        }
        members
    }

    /// Who sits in it over time, where that is on record by name.
    #[must_use]
    pub fn roster(&self) -> Option<&Roster> {
        self.roster.as_deref().map(RosterTable::get)
    }

    /// The members of the body in which everybody who sits here has to sit.
    pub(crate) fn parent(&self) -> Option<&Roster> {
        self.parent.as_deref().map(RosterTable::get)
    }

    /// The members on a day, in the order of their texts, where they are on record by name.
    #[must_use]
    pub fn members_on(&self, day: NaiveDate) -> Option<&[Participant]> {
        Some(self.roster()?.known_on(day)?.members())
    }

    /// Those who vote for some members, in the order of their texts: where members have units that vote by themselves, these, and
    /// else the members as they are.
    ///
    /// ```
    /// use plenary_bodies::Reference;
    ///
    /// let conference = Reference::embedded().body("ilo-conference").unwrap();
    /// let delegates = conference.voters_for(vec!["FRA".parse()?]);
    /// assert_eq!(delegates.len(), 4);
    /// assert_eq!(delegates[0].as_str(), "unit:FRA/employer");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn voters_for(&self, members: Vec<Participant>) -> Vec<Participant> {
        if self.units.is_empty() {
            return members;
        }
        let mut voters = units_of(self, members);
        voters.sort_unstable();
        voters
    }

    /// How many members there are on a day, where they are on record by name.
    #[must_use]
    pub fn count_on(&self, day: NaiveDate) -> Option<u32> {
        Some(self.roster()?.known_on(day)?.count())
    }

    /// Whether somebody is a member on a day; not known where the members are not on record by name.
    #[must_use]
    pub fn is_member(&self, who: Participant, day: NaiveDate) -> Option<bool> {
        Some(self.roster()?.known_on(day)?.is_member(who))
    }

    /// Whether somebody is of the kind that its members are of: by what its file says, else by a row of its roster.
    #[must_use]
    pub fn can_have(&self, who: Participant) -> bool {
        self.member_kind.includes(who.kind()) || self.has_had(who)
    }

    /// Whether its roster has a row of somebody, of whatever days.
    #[must_use]
    pub fn has_had(&self, who: Participant) -> bool {
        let roster = self.roster();
        roster.is_some_and(|roster| roster.rows_of(who).next().is_some())
    }

    /// Whether lists of votes of the day confirm the roster, so that another member on a list is an error of the list.
    #[must_use]
    pub fn is_confirmed_on(&self, day: NaiveDate) -> bool {
        self.confirmed_until.is_some_and(|end| day < end)
    }

    /// The first day on which no list of votes confirms the roster, if there is one.
    #[must_use]
    pub const fn confirmed_until(&self) -> Option<NaiveDate> {
        self.confirmed_until
    }

    /// The numbers of the layers of reference data that say something of it, the lowest first.
    #[must_use]
    pub fn layers(&self) -> &[usize] {
        &self.layers
    }

    /// Whether its composition is on record: its members by name, or the number of its seats.
    #[must_use]
    pub const fn has_composition(&self) -> bool {
        self.roster.is_some() || !self.seats.is_empty()
    }

    /// Who can be on the list of a vote at a date, where its composition is on record.
    ///
    /// Two dates between which nothing changes get the same value.
    #[must_use]
    pub fn electorate(&self, date: Date) -> Option<Arc<Electorate>> {
        self.has_composition()
            .then(|| self.electorates.get(self, date))
    }
}

/// The electorates that have been asked for, so that the votes of years share one.
#[derive(Debug, Default)]
pub(crate) struct Electorates {
    /// The days on which an electorate may change, in order.
    changes: OnceLock<Vec<NaiveDate>>,
    known: Mutex<HashMap<(usize, usize), Arc<Electorate>>>,
}

/// How far from a day that no source confirms both states of affairs are accepted.
const LEEWAY: Days = Days::new(60);

impl Electorates {
    fn get(&self, body: &Body, date: Date) -> Arc<Electorate> {
        let changes = self.changes.get_or_init(|| changes(body));
        let before = day_before(date.earliest());
        let epoch = |day: NaiveDate| changes.partition_point(|change| *change <= day);
        let key = (epoch(before), epoch(date.latest()));
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(electorate) = known.get(&key) {
            return Arc::clone(electorate);
        }
        let mut days = vec![before];
        days.extend(changes.get(key.0..key.1).invariant("the days are in order"));
        let electorate = Arc::new(Electorate::new(
            body,
            &days,
            &with_doubtful_days(body, &days),
        ));
        known.insert(key, Arc::clone(&electorate));
        electorate
    }
}

fn rosters(body: &Body) -> impl Iterator<Item = &Roster> {
    body.roster().into_iter().chain(body.parent())
}

fn changes(body: &Body) -> Vec<NaiveDate> {
    let mut days: Vec<_> = rosters(body).flat_map(Roster::days_of_change).collect();
    for seats in &body.seats {
        days.extend(
            [Some(seats.span.from), seats.span.to, seats.in_force]
                .into_iter()
                .flatten(),
        );
    }
    for other in &*body.codes {
        days.extend([Some(other.span.from), other.span.to].into_iter().flatten());
    }
    for day in rosters(body).flat_map(Roster::doubtful_days) {
        days.extend(day.checked_sub_days(LEEWAY));
        days.extend(day.checked_add_days(LEEWAY));
    }
    days.retain(|day| *day > NaiveDate::MIN);
    days.sort_unstable();
    days.dedup();
    days
}

/// The days, and where a doubtful day is near, what was before it and what was after it.
fn with_doubtful_days(body: &Body, days: &[NaiveDate]) -> Vec<NaiveDate> {
    let mut all = days.to_vec();
    for day in rosters(body).flat_map(Roster::doubtful_days) {
        let from = day.checked_sub_days(LEEWAY).unwrap_or(day);
        let to = day.checked_add_days(LEEWAY).unwrap_or(day);
        if days.iter().any(|d| (from..to).contains(d)) {
            all.extend(day.pred_opt());
            all.push(day);
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}
