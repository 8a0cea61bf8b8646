//! [`Source`]: from what a user has to a [`Treaty`].

use chrono::NaiveDate;
use plenary_decisions::requirement::{Base, Comparison, Measure, Quantity};
use plenary_decisions::{Clause, Facts, Library, Period};
use plenary_types::{StateCode, Statement, TreatyAction};

use crate::{Collection, Report, Treaty, vanished};

/// What a user has of a treaty: a table of its participants, and what they want to know about it.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// Its number, when it is known: what the collection knows of the treaty is then used.
    pub id: Option<String>,
    /// A title, for treaties that the collection does not know.
    pub title: Option<String>,
    /// The acts of the table.
    pub actions: Vec<TreatyAction>,
    /// Reservations, declarations and objections.
    pub statements: Vec<Statement>,
    /// Which participants are organisations.
    pub organisations: Vec<StateCode>,
    /// Acts that the table does not carry. They go before those that come with the collection.
    pub acts: Vec<TreatyAction>,
    /// A clause, instead of the one that is known.
    pub clause: Option<Clause>,
    /// The notice of withdrawal, instead of the one that is known.
    pub notice: Option<Period>,
    /// Participants whose acts are to count for nothing.
    pub excluded: Vec<StateCode>,
    /// Groups and tables that the clause names; they go before those of the collection.
    pub facts: Facts,
    /// How many members there are from which day on. It is used for clauses that ask for a share of the members, where
    /// the treaty was not signed: an amendment of a constitution, which binds all members of the body.
    pub membership: Vec<(NaiveDate, u32)>,
    /// Whether to leave out the acts that come with the collection.
    pub table_only: bool,
}

impl Source {
    /// Puts the treaty together, and reports on it on a day.
    #[must_use]
    pub fn report(self, collection: &Collection, on: NaiveDate) -> Report {
        let count = self.actions.len() + self.acts.len();
        let (treaty, added) = self.treaty(collection);
        let count = if count == 0 {
            treaty.actions.len()
        } else {
            count
        };
        Report::new(&treaty, on, count, added)
    }

    /// Puts the treaty together; with it, the participants whose acts were added from the collection.
    #[must_use]
    pub fn treaty(mut self, collection: &Collection) -> (Treaty, Vec<StateCode>) {
        let known = self.id.as_deref().and_then(|id| collection.get(id));
        let shipped = known
            .filter(|_| !self.table_only)
            .map(|known| known.shipped_acts())
            .unwrap_or_default();
        let (clause, facts, title) = (
            self.clause.take(),
            std::mem::take(&mut self.facts),
            self.title.take(),
        );
        let (vanished_known, notice) = (!self.table_only, self.notice);
        let (mut treaty, added) = self.complete(shipped);
        if let Some(known) = known {
            treaty = known.describe(treaty);
            treaty.vanished_known = vanished_known;
        }
        if treaty.title.is_empty() {
            treaty.title = title.or_else(|| treaty.id.clone()).unwrap_or_default();
        }
        if clause.is_some() && clause != treaty.clause {
            treaty.clause = clause;
            treaty.later = None;
        }
        treaty.notice = notice.or(treaty.notice);
        treaty.opened = treaty.opened.or_else(|| first_signature(&treaty));
        treaty.facts.add_missing(&collection.groups());
        let day = treaty.opened.unwrap_or_default();
        treaty
            .facts
            .add_missing(Library::embedded().facts("un", day));
        let mut all = facts;
        all.add_missing(&treaty.facts);
        treaty.facts = all;
        if !asks_for_members(&treaty) {
            treaty.membership.clear();
        }
        (treaty, added)
    }

    /// The acts of the table and those given, completed by others of participants that have none.
    pub(crate) fn complete(self, others: Vec<TreatyAction>) -> (Treaty, Vec<StateCode>) {
        let mut actions = self.actions;
        actions.extend(self.acts);
        let listed: Vec<_> = actions.iter().map(|action| action.participant).collect();
        let missing: Vec<_> = others
            .into_iter()
            .filter(|act| !listed.contains(&act.participant))
            .collect();
        let mut added: Vec<_> = missing.iter().map(|act| act.participant).collect();
        added.sort_unstable();
        added.dedup();
        if listed.is_empty() {
            added.clear();
        }
        actions.extend(missing);
        let treaty = Treaty {
            id: self.id,
            actions: vanished::with_ends(actions),
            statements: self.statements,
            organisations: self.organisations,
            excluded: self.excluded,
            membership: self.membership,
            ..Treaty::default()
        };
        (treaty, added)
    }
}

/// The first signature, which is no earlier than the opening and in practice on that day.
fn first_signature(treaty: &Treaty) -> Option<NaiveDate> {
    let signatures = treaty
        .actions
        .iter()
        .filter(|action| action.kind.is_signature());
    signatures.filter_map(|action| action.date?.as_day()).min()
}

/// Whether the clause asks for a share of the members of a body rather than of the signatories.
fn asks_for_members(treaty: &Treaty) -> bool {
    let share = |comparison: &Comparison| {
        comparison.group.is_none()
            && matches!(comparison.quantity, Quantity::Share(_, Base::Members))
            && matches!(comparison.measure, Measure::Heads(_))
    };
    let unsigned = !treaty
        .actions
        .iter()
        .any(|action| action.kind.is_signature());
    let asks = treaty
        .clause
        .as_ref()
        .is_some_and(|clause| clause.requirement.comparisons().any(share));
    unsigned && asks
}
