//! The rows of the tables of a reference.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Days, NaiveDate};
use plenary_types::{Date, Participant, ParticipantKind, Span};

/// What somebody is in a body.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Status {
    /// A member.
    Member,
    /// A member whose seat is its own for good.
    Permanent,
    /// A member for a term.
    Elected,
    /// A member with a word that a group of the body names, such as `founder`.
    Named(Box<str>),
    /// A member that cannot take part: this lies over the days of its membership.
    Suspended,
    /// An observer: no member, without a vote.
    Observer,
    /// An associate: no member, without a vote.
    Associate,
    /// Nobody: a seat that is empty.
    Vacant,
}

impl Status {
    /// The word of a roster.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Member => "member",
            Self::Permanent => "permanent",
            Self::Elected => "elected",
            Self::Named(word) => word,
            Self::Suspended => "suspended",
            Self::Observer => "observer",
            Self::Associate => "associate",
            Self::Vacant => "vacant",
        }
    }

    /// Whether it makes somebody a member.
    #[must_use]
    pub const fn is_membership(&self) -> bool {
        matches!(
            self,
            Self::Member | Self::Permanent | Self::Elected | Self::Named(_)
        )
    }
}

/// How a spell of membership began.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Beginning {
    /// As an original member.
    Original,
    /// By admission.
    Admitted,
    /// As the continuation of the membership of another.
    Continued,
    /// By taking up a membership of its own again.
    Resumed,
}

/// Which part of a row no source confirms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Doubt {
    /// None.
    #[default]
    None,
    /// The first day.
    From,
    /// The last day.
    To,
    /// Both days.
    Both,
    /// That it is a member at all.
    Member,
}

/// A row of a roster: what somebody is in the body in a span of days.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RosterRow {
    /// Who; nobody for a vacant seat.
    pub who: Option<Participant>,
    /// The days.
    pub span: Span,
    /// What it is.
    pub status: Status,
    /// The seat, where several held it one after the other or it has a name.
    pub seat: Option<Arc<str>>,
    /// What no source confirms.
    pub doubt: Doubt,
    /// How the spell began, where the roster says it.
    pub begins: Option<Beginning>,
    /// Its place among those that joined on its first day, from 1; 0 where that is not known.
    pub order: u32,
    /// The document that it comes from.
    pub basis: Box<str>,
}

/// A row of weights.
#[derive(Clone, Debug)]
pub(crate) struct WeightRow {
    pub(crate) who: Participant,
    pub(crate) weight: Box<str>,
    pub(crate) span: Span,
    /// Whether no source confirms it.
    pub(crate) unverified: bool,
    /// Where it is written.
    pub(crate) basis: Arc<str>,
    /// The line of the file.
    pub(crate) line: u64,
}

/// A row of a scheme: somebody belongs to a group.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SchemeRow {
    /// The group.
    pub group: Arc<str>,
    /// The participant.
    pub who: Participant,
    /// The days on which it certainly belongs to it: of a first day of which only the year is known, those after the year.
    pub span: Span,
    /// The first day as the table has it: a day, or the month, the year or the span in which it lies.
    pub from: Option<Date>,
    /// The first day on which it does not belong any more, likewise.
    pub to: Option<Date>,
    /// What no source confirms.
    pub doubt: Doubt,
    /// Where that is written.
    pub basis: Box<str>,
    /// The line of the file; 0 of a row of a roster.
    pub(crate) line: u64,
}

/// A day that no source confirms is taken to be right within a year.
const YEAR: Days = Days::new(366);

impl SchemeRow {
    /// The days on which it may belong to the group or not, as its first or its last day is not known.
    pub fn open_days(&self) -> impl Iterator<Item = Span> {
        let is_span = |date: &Date| date.as_day().is_none();
        let before = self.from.filter(is_span).map(|from| Span {
            from: from.earliest(),
            to: Some(self.span.from),
        });
        let after = self.to.filter(is_span).map(|to| Span {
            from: to.earliest(),
            to: to.latest().succ_opt(),
        });
        before.into_iter().chain(after)
    }

    /// The days on which it is taken to belong to the group though no source confirms that: all of them, or of a first or last day in
    /// doubt the year after or before.
    pub fn unverified_days(&self) -> impl Iterator<Item = Span> {
        let Span { from, to } = self.span;
        let first = || Span {
            from,
            to: from
                .checked_add_days(YEAR)
                .map(|day| to.map_or(day, |to| to.min(day))),
        };
        let last = || Span {
            from: to
                .and_then(|to| to.checked_sub_days(YEAR))
                .map_or(from, |day| day.max(from)),
            to,
        };
        let days = match self.doubt {
            Doubt::None => [None, None],
            Doubt::From => [Some(first()), None],
            Doubt::To => [None, Some(last())],
            Doubt::Both => [Some(first()), Some(last())],
            Doubt::Member => [Some(self.span), None],
        };
        days.into_iter().flatten()
    }

    /// The row of a group that says what a row of a roster does.
    pub(crate) fn of_roster(group: &Arc<str>, row: &RosterRow) -> Option<Self> {
        let who = row.who.filter(|_| row.status.is_membership())?;
        let from = Some(row.span.from).filter(|from| *from > NaiveDate::MIN);
        Some(Self {
            group: Arc::clone(group),
            who,
            span: row.span,
            from: from.map(Date::day),
            to: row.span.to.map(Date::day),
            doubt: row.doubt,
            basis: row.basis.clone(),
            line: 0,
        })
    }
}

/// One of the names of a group.
#[derive(Debug)]
pub(crate) struct GroupName {
    pub(crate) group: Box<str>,
    pub(crate) name: Box<str>,
    /// The days on which it is called so.
    pub(crate) span: Span,
    /// The line of the file.
    pub(crate) line: u64,
}

/// A row of participants: a name, its days, and codes of other systems.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Person {
    /// The participant.
    pub who: Participant,
    /// What it is, where the table says it: of a code nothing else does.
    pub kind: Option<ParticipantKind>,
    /// Its name.
    pub name: Box<str>,
    /// The days of the name.
    pub span: Span,
    /// What it is a part of.
    pub of: Option<Participant>,
    /// Its codes in other systems, each under the heading of its column.
    pub codes: BTreeMap<Box<str>, Box<str>>,
    /// Where that is written.
    pub basis: Box<str>,
}

/// A session of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BodySession {
    /// Its number or name: `73`, `ES-11`, `109-1`.
    pub session: Box<str>,
    /// The day on which it opened.
    pub opened: NaiveDate,
    /// The day on which it closed, which is the last one of it.
    pub closed: Option<NaiveDate>,
    /// Whether no source confirms the day on which it opened.
    pub opened_is_unverified: bool,
    /// Whether no source confirms the day on which it closed.
    pub closed_is_unverified: bool,
    /// What it was about, where it had one subject.
    pub subject: Box<str>,
    /// Where the days are written.
    pub source: Box<str>,
}

impl BodySession {
    /// Whether a day is one of it, as far as its last day is on record.
    #[must_use]
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.opened <= day && self.closed.is_none_or(|closed| day <= closed)
    }

    /// Its days, half-open.
    #[must_use]
    pub fn span(&self) -> Span {
        Span {
            from: self.opened,
            to: self.closed.and_then(|closed| closed.succ_opt()),
        }
    }
}

/// The rows that hold on a day on which an earlier one of the same key holds too, each with the first such day.
pub(crate) fn overlap<'r, K: Ord + Copy>(
    rows: impl Iterator<Item = (K, Span, usize)> + 'r,
) -> Vec<(usize, NaiveDate)> {
    let mut by_key: BTreeMap<K, Vec<(Span, usize)>> = BTreeMap::new();
    for (key, span, at) in rows {
        by_key.entry(key).or_default().push((span, at));
    }
    let mut found = Vec::new();
    for rows in by_key.values_mut() {
        rows.sort_by_key(|(span, _)| span.from);
        let mut until: Option<Option<NaiveDate>> = None;
        for (span, at) in rows.iter() {
            if until.is_some_and(|until| until.is_none_or(|until| span.from < until)) {
                found.push((*at, span.from));
            }
            until = Some(match until {
                Some(None) => None,
                Some(Some(until)) => span.to.map(|to| to.max(until)),
                None => span.to,
            });
        }
    }
    found.sort_unstable();
    found
}
