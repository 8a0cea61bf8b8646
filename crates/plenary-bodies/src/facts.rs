//! The groups and tables of a body over time.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use plenary_decisions::{Facts, Group, Name, Table};
use plenary_types::{Participant, Span};

use crate::lazy::Lazy;
use crate::read::{ReferenceFault, Source, read_weights};
use crate::roster::{RosterTable, length};
use crate::rows::{RosterRow, Status, WeightRow};
use crate::words::SuspendedCount;

/// A group of a body that follows from the statuses of a roster.
#[derive(Clone, Debug)]
pub(crate) struct GroupOfStatus {
    pub(crate) name: Name,
    pub(crate) status: String,
    pub(crate) roster: Arc<RosterTable>,
    /// Its members from some day until the roster begins.
    pub(crate) before: Option<(NaiveDate, Vec<Participant>)>,
    pub(crate) codes: Arc<[OtherCode]>,
}

/// Another participant that a record may name for a member.
#[derive(Clone, Debug)]
pub(crate) struct OtherCode {
    pub(crate) code: Participant,
    pub(crate) member: Participant,
    pub(crate) span: Span,
}

/// A table of weights that is read when it is first asked for.
#[derive(Debug)]
pub(crate) struct WeightTable {
    pub(crate) source: Arc<Source>,
    rows: Lazy<Vec<WeightRow>>,
}

/// A table of weights as a body names it.
#[derive(Clone, Debug)]
pub(crate) struct NamedWeights {
    pub(crate) name: Name,
    pub(crate) table: Arc<WeightTable>,
    /// Whether the body says that no source confirms it.
    pub(crate) unverified: bool,
}

impl WeightTable {
    pub(crate) const fn new(source: Arc<Source>) -> Self {
        Self {
            source,
            rows: Lazy::new(),
        }
    }

    pub(crate) fn rows(&self) -> &[WeightRow] {
        self.rows.get(|| read_weights(&self.source))
    }

    pub(crate) fn check(&self) -> Vec<ReferenceFault> {
        self.rows.check(|| read_weights(&self.source))
    }
}

/// The groups and tables of a body, and the days between which none of them changes.
#[derive(Debug, Default)]
pub(crate) struct FactsOverTime {
    pub(crate) groups: Vec<GroupOfStatus>,
    pub(crate) weights: Vec<NamedWeights>,
    /// The members, who alone have weights.
    roster: Option<Arc<RosterTable>>,
    editions: OnceLock<Vec<(NaiveDate, Facts)>>,
}

impl FactsOverTime {
    pub(crate) const fn new(
        groups: Vec<GroupOfStatus>,
        weights: Vec<NamedWeights>,
        roster: Option<Arc<RosterTable>>,
    ) -> Self {
        Self {
            groups,
            weights,
            roster,
            editions: OnceLock::new(),
        }
    }

    pub(crate) fn on(&self, day: NaiveDate) -> &Facts {
        let editions = self.editions();
        let begun = editions.partition_point(|(from, _)| *from <= day);
        let edition = begun.checked_sub(1).and_then(|at| editions.get(at));
        edition.map_or(Facts::NONE, |(_, facts)| facts)
    }

    /// The facts of all days, each with the day on which they begin.
    pub(crate) fn editions(&self) -> &[(NaiveDate, Facts)] {
        self.editions.get_or_init(|| {
            let mut cuts: Vec<_> = self.groups.iter().flat_map(GroupOfStatus::days).collect();
            for NamedWeights { table, .. } in &self.weights {
                let ends = |row: &WeightRow| [Some(row.span.from), row.span.to];
                cuts.extend(table.rows().iter().flat_map(ends).flatten());
            }
            let weighted = self.roster.iter().filter(|_| !self.weights.is_empty());
            cuts.extend(weighted.flat_map(|roster| roster.get().days_of_change()));
            cuts.sort_unstable();
            cuts.dedup();
            let mut editions: Vec<(NaiveDate, Facts)> = Vec::new();
            for day in cuts {
                let facts = self.facts_on(day);
                if editions.last().is_none_or(|(_, last)| *last != facts) {
                    editions.push((day, facts));
                }
            }
            editions
        })
    }

    /// Whether somebody has a weight on a day: where the members are on record by name, only they have one.
    fn has_weight(&self, who: Participant, day: NaiveDate) -> bool {
        let Some(roster) = self.roster.as_ref().map(|roster| roster.get()) else {
            return true;
        };
        match roster.known_on(day) {
            Some(epoch) => {
                let holder = roster.seat_holder_on(who, day);
                holder.is_some_and(|holder| epoch.is_member(holder))
            }
            None => true,
        }
    }

    fn facts_on(&self, day: NaiveDate) -> Facts {
        let mut facts = Facts::default();
        for group in &self.groups {
            if let Some(members) = group.on(day) {
                facts.add_group(group.name.clone(), members);
            }
        }
        for named in &self.weights {
            let name = &named.name;
            let rows = named.table.rows().iter();
            let rows = rows.filter(|row| row.span.contains(day));
            let rows = rows.filter(|row| self.has_weight(row.who, day));
            let rows: Vec<_> = rows.collect();
            if rows.is_empty() {
                continue;
            }
            let table = Table::parse(rows.iter().map(|row| (row.who, &*row.weight)));
            // Each row has been read as a number, and nobody has two on one day.
            debug_assert!(table.is_ok(), "{name} on {day}: {table:?}");
            let Ok(mut table) = table else { continue };
            if named.unverified || rows.iter().any(|row| row.unverified) {
                table = table.with_unverified();
            }
            if let Some(source) = source_of(&rows) {
                table = table.with_source(source);
            }
            facts.add_table(name.clone(), table);
        }
        facts
    }
}

/// Where some weights are written: what the first says, and how many others there are.
fn source_of(rows: &[&WeightRow]) -> Option<Arc<str>> {
    let bases: BTreeSet<&str> = rows.iter().map(|row| &*row.basis).collect();
    let first = rows.iter().find(|row| !row.basis.is_empty())?;
    let others = bases
        .iter()
        .filter(|basis| !basis.is_empty() && ***basis != *first.basis);
    Some(match others.count() {
        0 => Arc::clone(&first.basis),
        1 => format!("{}, and 1 other source", first.basis).into(),
        more => format!("{}, and {more} other sources", first.basis).into(),
    })
}

fn is_of(row: &RosterRow, members: &[Participant]) -> bool {
    row.who.is_some_and(|who| members.contains(&who))
}

impl GroupOfStatus {
    fn rows(&self) -> impl Iterator<Item = &RosterRow> {
        let rows = self.roster.get().rows().iter();
        rows.filter(|row| row.status.is_membership() && row.status.as_str() == self.status)
    }

    fn days(&self) -> Vec<NaiveDate> {
        let rows = self
            .rows()
            .flat_map(|row| [Some(row.span.from), row.span.to]);
        let codes = self.codes.iter();
        let codes = codes.flat_map(|other| [Some(other.span.from), other.span.to]);
        let before = self.before.iter().map(|(from, _)| Some(*from));
        let barred = self.barred();
        let barred = barred.flat_map(|row| [Some(row.span.from), row.span.to]);
        rows.chain(barred)
            .chain(codes)
            .chain(before)
            .flatten()
            .collect()
    }

    /// The suspensions during which a member does not count as one.
    fn barred(&self) -> impl Iterator<Item = &RosterRow> {
        let roster = Some(&self.roster).filter(|roster| roster.suspended != SuspendedCount::Counts);
        let rows = roster.into_iter().flat_map(|roster| roster.get().rows());
        rows.filter(|row| row.status == Status::Suspended)
    }

    fn is_barred(&self, row: &RosterRow, day: NaiveDate) -> bool {
        self.barred()
            .any(|barred| barred.who == row.who && barred.span.contains(day))
    }

    /// The group on a day: everybody that stands or stood for one of its seats.
    fn on(&self, day: NaiveDate) -> Option<Group> {
        let then = self.rows().filter(|row| row.span.contains(day));
        let holders: Vec<_> = then.filter(|row| !self.is_barred(row, day)).collect();
        let first = self.rows().map(|row| row.span.from).min();
        let before = self.before.as_ref();
        let before =
            before.filter(|(from, _)| *from <= day && first.is_none_or(|first| day < first));
        if let (true, Some((_, members))) = (holders.is_empty(), before) {
            let seats: Vec<_> = self.rows().filter(|row| is_of(row, members)).collect();
            let all = members.iter().copied();
            let all = all
                .chain(self.of_seats(&seats))
                .chain(self.others_of(members, day));
            return Some(Group::with_seats(all, length(members.len())));
        }
        // A group of which somebody is not known is not known: a part of it would answer for the whole.
        if holders.is_empty() || holders.iter().any(|row| row.who.is_none()) {
            return None;
        }
        let own: Vec<_> = holders.iter().filter_map(|row| row.who).collect();
        let all = own.iter().copied();
        let all = all
            .chain(self.of_seats(&holders))
            .chain(self.others_of(&own, day));
        Some(Group::with_seats(all, length(holders.len())))
    }

    /// Everybody who ever holds a seat that some rows name.
    fn of_seats(&self, holders: &[&RosterRow]) -> impl Iterator<Item = Participant> {
        let of_seat = self.rows().filter(|row| {
            let seat = row.seat.as_ref();
            seat.is_some() && holders.iter().any(|holder| holder.seat.as_ref() == seat)
        });
        of_seat.filter_map(|row| row.who)
    }

    fn others_of(
        &self,
        members: &[Participant],
        day: NaiveDate,
    ) -> impl Iterator<Item = Participant> {
        let others = self.codes.iter();
        let then = others.filter(move |other| other.span.contains(day));
        then.filter(|other| members.contains(&other.member))
            .map(|other| other.code)
    }
}
