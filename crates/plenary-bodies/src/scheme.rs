//! [`Scheme`] and [`People`]: who belongs to which group, and how participants without a code are called.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use plenary_types::{Date, Participant, Span};

use crate::lazy::Lazy;
use crate::read::{
    ReferenceFault, SchemeGroup, Source, day_or_always, read_group_names, read_people, read_scheme,
    twice_a_day,
};
use crate::roster::RosterTable;
use crate::rows::{GroupName, Person, SchemeRow, overlap};

/// Groups of participants over time: regional groups, parties, organisations. Each is in one of them at most on a day, unless the
/// scheme is [overlapping](Scheme::is_overlapping).
///
/// ```
/// use plenary_bodies::Reference;
///
/// let regions = Reference::embedded().scheme("un-regional").unwrap();
/// let day = "2018-12-19".parse()?;
/// assert_eq!(regions.group_on("FRA".parse()?, day), Some("western-european-others"));
/// assert_eq!(regions.members_on("eastern-european", day).len(), 23);
/// assert_eq!(regions.group_called("WEOG"), Some("western-european-others"));
/// assert_eq!(regions.title_of("asia-pacific"), "Asia-Pacific");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Scheme {
    name: Box<str>,
    pub(crate) source: Arc<Source>,
    /// The file that says what its groups are called.
    names_source: Option<Arc<Source>>,
    about: About,
    rows: Lazy<Rows>,
    names: Lazy<Vec<GroupName>>,
}

/// What a scheme is beside its tables.
#[derive(Debug, Default)]
pub(crate) struct About {
    pub(crate) overlapping: bool,
    pub(crate) known_until: Option<NaiveDate>,
    /// The file that says so.
    pub(crate) source: Option<Arc<Source>>,
    pub(crate) groups: BTreeMap<Arc<str>, SchemeGroup>,
    /// Rosters of which the members are members of a group.
    pub(crate) rosters: Vec<(Arc<str>, Arc<RosterTable>)>,
}

/// What of the name of a group counts: its letters and digits, whatever their case.
///
/// ```
/// assert_eq!(plenary_bodies::key_of_name("Group of 77"), plenary_bodies::key_of_name("group-of-77"));
/// ```
#[must_use]
pub fn key_of_name(name: &str) -> String {
    let telling = name.chars().filter(|c| c.is_alphanumeric());
    telling.flat_map(char::to_lowercase).collect()
}

#[derive(Debug, Default)]
struct Rows {
    all: Vec<SchemeRow>,
    /// The places of the rows of each participant.
    of: BTreeMap<Participant, Vec<usize>>,
}

impl Rows {
    fn new(all: Vec<SchemeRow>) -> Self {
        let mut of: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (at, row) in all.iter().enumerate() {
            of.entry(row.who).or_default().push(at);
        }
        Self { all, of }
    }
}

impl Scheme {
    pub(crate) fn new(
        name: &str,
        source: Arc<Source>,
        names_source: Option<Arc<Source>>,
        about: About,
    ) -> Self {
        Self {
            name: name.into(),
            source,
            names_source,
            about,
            rows: Lazy::new(),
            names: Lazy::new(),
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether somebody can be in several of its groups on a day.
    #[must_use]
    pub const fn is_overlapping(&self) -> bool {
        self.about.overlapping
    }

    /// The day from which on it is not on record who joined a group or left it, where the scheme says one.
    #[must_use]
    pub const fn known_until(&self) -> Option<NaiveDate> {
        self.about.known_until
    }

    /// The documents of a group, where the scheme names them.
    #[must_use]
    pub fn source_of(&self, group: &str) -> Option<&str> {
        self.about.groups.get(group)?.source.as_deref()
    }

    /// What users of a group should know.
    #[must_use]
    pub fn note_of(&self, group: &str) -> Option<&str> {
        self.about.groups.get(group)?.note.as_deref()
    }

    fn read(&self) -> (Rows, Vec<ReferenceFault>) {
        let (mut rows, mut faults) = read_scheme(&self.source);
        for (group, table) in &self.about.rosters {
            let of_roster = table.get().rows().iter();
            rows.extend(of_roster.filter_map(|row| SchemeRow::of_roster(group, row)));
        }
        let keys = rows.iter().enumerate().map(|(at, row)| {
            let group = if self.about.overlapping {
                &*row.group
            } else {
                ""
            };
            ((row.who, group), row.span, at)
        });
        let twice = overlap(keys).into_iter().filter_map(|(at, day)| {
            let row = rows.get(at)?;
            let (who, day) = (row.who, day_or_always(day));
            let reason = match self.about.overlapping {
                true => format!("{who} is in `{}` twice on {day}", row.group),
                false => format!("{who} is in two groups on {day}"),
            };
            Some(twice_a_day(&self.source, row.line, reason))
        });
        faults.extend(twice);
        (Rows::new(rows), faults)
    }

    fn table(&self) -> &Rows {
        self.rows.get(|| self.read())
    }

    pub(crate) fn check(&self) -> Vec<ReferenceFault> {
        let mut faults = self.rows.check(|| self.read());
        faults.extend(self.names.check(|| self.read_names()));
        let groups = self.groups();
        // A table of a higher layer may have other groups than the file below it.
        let about = self.about.source.as_ref();
        let about = about.filter(|source| source.layer >= self.source.layer);
        let named = about.iter().flat_map(|source| {
            let named = self.about.groups.keys();
            named.map(move |group| (source, group))
        });
        faults.extend(named.filter_map(|(source, group)| {
            let reason = format!("`{group}` is not a group of `{}`", self.source.path);
            let help = "correct the identifier, or leave the group out";
            let is_known = groups.contains(&&**group);
            (!is_known).then(|| ReferenceFault::new(&*source.path, None, reason, help))
        }));
        faults
    }

    /// The names of the groups, and what is wrong with them: a name of two groups, or a group that nobody is in.
    fn read_names(&self) -> (Vec<GroupName>, Vec<ReferenceFault>) {
        let Some(source) = &self.names_source else {
            return (Vec::new(), Vec::new());
        };
        let (rows, mut faults) = read_group_names(source);
        let groups = self.groups();
        let mut names: Vec<GroupName> = Vec::new();
        for row in rows {
            let (group, name, line) = (&row.group, &row.name, row.line);
            let mut before = names.iter();
            let is_same = |known: &&GroupName| key_of_name(&known.name) == key_of_name(name);
            let other = before.find(|known| is_same(known) && known.group != *group);
            let (reason, help) = if !groups.contains(&&**group) {
                // A scheme of a higher layer may have other groups than the file of names below it.
                if source.layer < self.source.layer {
                    continue;
                }
                let reason = format!("`{group}` is not a group of `{}`", self.source.path);
                (reason, "correct the identifier, or leave out the row")
            } else if let Some(other) = other {
                let reason = format!("`{name}` is a name of `{}` and of `{group}`", other.group);
                (reason, "leave out one of the rows")
            } else {
                names.push(row);
                continue;
            };
            faults.push(ReferenceFault::new(&*source.path, Some(line), reason, help));
        }
        (names, faults)
    }

    fn names(&self) -> &[GroupName] {
        self.names.get(|| self.read_names())
    }

    /// What a group is called today, or was at last: its first name in the file `groups/SCHEME.names.csv`, else its identifier.
    #[must_use]
    pub fn title_of<'s>(&'s self, group: &'s str) -> &'s str {
        let mut names = self.names().iter();
        let named = names.find(|named| &*named.group == group);
        named.map_or(group, |named| &named.name)
    }

    /// What a group is called on a day: its first name of that day in the file `groups/SCHEME.names.csv`, else its identifier.
    ///
    /// ```
    /// let groups = plenary_bodies::Reference::embedded().scheme("international").unwrap();
    /// assert_eq!(groups.title_on("EU", "1980-01-01".parse()?), "European Communities");
    /// assert_eq!(groups.title_of("EU"), "European Union");
    /// # Ok::<(), chrono::ParseError>(())
    /// ```
    #[must_use]
    pub fn title_on<'s>(&'s self, group: &'s str, day: NaiveDate) -> &'s str {
        let mut names = self.names().iter();
        let named = names.find(|named| &*named.group == group && named.span.contains(day));
        named.map_or(group, |named| &named.name)
    }

    /// The names of a group, in the order of the file of names.
    pub fn names_of<'s>(&'s self, group: &'s str) -> impl Iterator<Item = &'s str> {
        let names = self
            .names()
            .iter()
            .filter(move |named| &*named.group == group);
        names.map(|named| &*named.name)
    }

    /// Every name of its groups, in the order of the file of names.
    pub fn names_of_groups(&self) -> impl Iterator<Item = &str> {
        self.names().iter().map(|named| &*named.name)
    }

    /// The group that a text means: its identifier, or one of its names, in any case and with any punctuation.
    #[must_use]
    pub fn group_called(&self, text: &str) -> Option<&str> {
        let groups = self.groups();
        let wanted = key_of_name(text);
        let is_called = |group: &&str| !wanted.is_empty() && key_of_name(group) == wanted;
        let exact = groups.iter().find(|group| **group == text);
        if let Some(group) = exact.or_else(|| groups.iter().find(|group| is_called(group))) {
            return Some(group);
        }
        let mut names = self.names().iter();
        let named = names.find(|named| !wanted.is_empty() && key_of_name(&named.name) == wanted)?;
        Some(&named.group)
    }

    /// Its rows, in the order of the file.
    #[must_use]
    pub fn rows(&self) -> &[SchemeRow] {
        &self.table().all
    }

    /// Its groups, in the order in which the file first names them.
    #[must_use]
    pub fn groups(&self) -> Vec<&str> {
        let mut groups: Vec<&str> = Vec::new();
        for row in self.rows() {
            if groups.last().is_none_or(|last| *last != &*row.group)
                && !groups.contains(&&*row.group)
            {
                groups.push(&row.group);
            }
        }
        groups
    }

    /// The rows of a group, in the order of the file.
    pub fn rows_of<'s>(&'s self, group: &'s str) -> impl Iterator<Item = &'s SchemeRow> {
        self.rows().iter().filter(move |row| &*row.group == group)
    }

    /// The members of a group on a day, in the order of their texts: those that certainly belong to it then.
    #[must_use]
    pub fn members_on(&self, group: &str, day: NaiveDate) -> Vec<Participant> {
        let then = self.rows_of(group).filter(|row| row.span.contains(day));
        let mut members: Vec<_> = then.map(|row| row.who).collect();
        members.sort_unstable();
        members
    }

    /// Those that may belong to a group on a day or not, as it is known by the month or the year only when they joined or left; in the
    /// order of their texts.
    ///
    /// ```
    /// let groups = plenary_bodies::Reference::embedded().scheme("international").unwrap();
    /// let joined = groups.open_on("NATO", "1952-06-01".parse()?);
    /// assert_eq!(joined.iter().map(|who| who.as_str()).collect::<Vec<_>>(), ["GRC", "TUR"]);
    /// # Ok::<(), chrono::ParseError>(())
    /// ```
    #[must_use]
    pub fn open_on(&self, group: &str, day: NaiveDate) -> Vec<Participant> {
        let open = |row: &&SchemeRow| row.open_days().any(|days| days.contains(day));
        let certain = |who: &Participant| {
            let mut rows = self.rows_of(group);
            rows.any(|row| row.who == *who && row.span.contains(day))
        };
        let then = self.rows_of(group).filter(open).map(|row| row.who);
        let mut members: Vec<_> = then.filter(|who| !certain(who)).collect();
        members.sort_unstable();
        members.dedup();
        members
    }

    /// The members of a group on a day of which no source confirms that they are members then, in the order of their texts.
    #[must_use]
    pub fn unverified_on(&self, group: &str, day: NaiveDate) -> Vec<Participant> {
        let is_then = |row: &&SchemeRow| row.unverified_days().any(|days| days.contains(day));
        let then = self.rows_of(group).filter(is_then);
        let mut members: Vec<_> = then.map(|row| row.who).collect();
        members.sort_unstable();
        members.dedup();
        members
    }

    /// The members of a group over time, in the order of their texts and then of the days: spells that follow each other without a
    /// day between them are one.
    ///
    /// ```
    /// let regions = plenary_bodies::Reference::embedded().scheme("un-regional").unwrap();
    /// let african = regions.group_over_time("african");
    /// let (first, span) = african[0];
    /// assert_eq!((first.as_str(), span.to_string()), ("AGO", "since 1976-12-01".to_owned()));
    /// ```
    #[must_use]
    pub fn group_over_time(&self, group: &str) -> Vec<(Participant, Span)> {
        let rows = self
            .rows_of(group)
            .filter(|row| row.span.to != Some(row.span.from));
        let mut members: Vec<_> = rows.map(|row| (row.who, row.span)).collect();
        members.sort_unstable_by_key(|(who, span)| (*who, span.from));
        members.dedup_by(|(who, next), (before, span)| {
            let goes_on = who == before && span.to == Some(next.from);
            if goes_on {
                span.to = next.to;
            }
            goes_on
        });
        members
    }

    /// The group of somebody on a day; in an overlapping scheme the first.
    #[must_use]
    pub fn group_on(&self, who: Participant, day: NaiveDate) -> Option<&str> {
        let table = self.table();
        let rows = table
            .of
            .get(&who)?
            .iter()
            .filter_map(|at| table.all.get(*at));
        let mut then = rows.filter(|row| row.span.contains(day));
        then.next().map(|row| &*row.group)
    }
}

/// What participants without a code are called.
#[derive(Debug, Default)]
pub struct People {
    pub(crate) sources: Vec<Arc<Source>>,
    rows: Lazy<BTreeMap<Participant, Vec<Person>>>,
}

impl People {
    pub(crate) const fn new(sources: Vec<Arc<Source>>) -> Self {
        Self {
            sources,
            rows: Lazy::new(),
        }
    }

    fn table(&self) -> &BTreeMap<Participant, Vec<Person>> {
        self.rows.get(|| self.read())
    }

    fn read(&self) -> (BTreeMap<Participant, Vec<Person>>, Vec<ReferenceFault>) {
        let mut all: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let mut faults = Vec::new();
        for source in &self.sources {
            let (rows, wrong) = read_people(source);
            faults.extend(wrong);
            for row in rows {
                all.entry(row.who).or_default().push(row);
            }
        }
        (all, faults)
    }

    pub(crate) fn check(&self) -> Vec<ReferenceFault> {
        self.rows.check(|| self.read())
    }

    /// The rows of somebody.
    #[must_use]
    pub fn of(&self, who: Participant) -> &[Person] {
        self.table().get(&who).map_or(&[], Vec::as_slice)
    }

    /// All rows, in the order of the texts of the participants.
    pub fn all(&self) -> impl Iterator<Item = &Person> {
        self.table().values().flatten()
    }

    /// The name of somebody on a day, else its last name.
    #[must_use]
    pub fn name_on(&self, who: Participant, day: Option<NaiveDate>) -> Option<&str> {
        let rows = self.of(who);
        let then = day.and_then(|day| rows.iter().find(|row| row.span.contains(day)));
        then.or(rows.last()).map(|row| &*row.name)
    }

    /// Who is called so on a date, or on any day of it; without a date at any time. Capitals make no difference. Nobody where several are.
    #[must_use]
    pub fn called(&self, name: &str, date: Option<Date>) -> Option<Participant> {
        let name = name.trim().to_lowercase();
        let meets = |row: &&Person| {
            date.is_none_or(|date| {
                let ends = row.span.to.is_some_and(|to| to <= date.earliest());
                row.span.from <= date.latest() && !ends
            })
        };
        let mut named = self
            .all()
            .filter(|row| row.name.trim().to_lowercase() == name);
        let who = named.by_ref().find(meets)?.who;
        let is_same = |row: &Person| row.who == who;
        named.filter(meets).all(is_same).then_some(who)
    }

    /// Who has a code in a system that is a column of the table.
    #[must_use]
    pub fn by_code(&self, system: &str, code: &str) -> Option<Participant> {
        let mut all = self.all();
        let found = all.find(|row| row.codes.get(system).is_some_and(|known| &**known == code))?;
        Some(found.who)
    }
}
