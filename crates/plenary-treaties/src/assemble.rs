//! [`Source`]: from what a user has to a [`Treaty`].

use std::sync::Arc;

use chrono::NaiveDate;
use plenary_bodies::{Body, Reference};
use plenary_decisions::{Clause, Delay, Facts, Requirement};
use plenary_types::{ActionKind, BodyId, Date, Participant, Statement, TreatyAction};

use crate::acts::shipped_acts;
use crate::practice::{self, is_organisation};
use crate::treaty::last_date;
use crate::{Collection, KnownTreaty, Notice, Report, Treaty};

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
    /// Participants that are organisations, beside those that `plenary-states` knows.
    pub organisations: Vec<Participant>,
    /// Acts that the table does not carry. They go before those that come with the collection.
    pub acts: Vec<TreatyAction>,
    /// A clause, instead of the one that is known.
    pub clause: Option<Clause>,
    /// What the treaty says of withdrawal, instead of what is known.
    pub notice: Option<Notice>,
    /// Participants whose acts are to count for nothing.
    pub excluded: Vec<Participant>,
    /// Groups and tables that the clause names; they go before those of the collection.
    pub facts: Facts,
    /// The body whose members the clause means; by default that which the record names, else that of the collection.
    pub body: Option<Arc<Body>>,
    /// The body that the record names as that whose members its clause means.
    pub of_body: Option<BodyId>,
    /// Whether to leave out the acts that come with the collection.
    pub table_only: bool,
    /// The clause that follows from the decision by which the treaty was adopted, for treaties of which no other is known.
    pub adopted: Option<AdoptedClause>,
    /// Whether `actions` are those of a table, even if there are none. All acts that come with the collection answer for a
    /// treaty of which there is no table, never for an empty one.
    pub has_table: bool,
}

/// What the decision by which a treaty was adopted asks for before the treaty enters into force (Charter, Art. 108).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AdoptedClause {
    /// The clause.
    pub clause: Clause,
    /// The body that decided, whose members the clause means.
    pub body: Arc<Body>,
    /// Groups and tables that the clause names.
    pub facts: Facts,
    /// Whether the treaty then binds all members of the body.
    pub binds_members: bool,
    /// Where it comes from, in words.
    pub origin: String,
}

impl AdoptedClause {
    /// A requirement that takes effect on the day on which the members of a body have met it.
    #[must_use]
    pub fn new(requirement: Requirement, body: Arc<Body>, origin: impl Into<String>) -> Self {
        Self {
            clause: Clause {
                requirement,
                delay: Delay::None,
                not_before: None,
                organisations: false,
            },
            body,
            facts: Facts::default(),
            binds_members: false,
            origin: origin.into(),
        }
    }

    /// The same with groups and tables that the requirement names.
    #[must_use]
    pub fn with_facts(mut self, facts: Facts) -> Self {
        self.facts = facts;
        self
    }

    /// The same, where the treaty then binds all members.
    #[must_use]
    pub const fn binding_members(mut self, binds: bool) -> Self {
        self.binds_members = binds;
        self
    }
}

/// A treaty put together from a source.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Assembled {
    /// The treaty.
    pub treaty: Treaty,
    /// The acts that were added to those of the source.
    pub built_in: BuiltInActs,
    /// The acts that come with the collection and were not used, because one asked for the table alone.
    pub left_out: BuiltInActs,
    /// The acts of the source, without those that were added and those that were supplied beside it.
    pub own: Vec<TreatyAction>,
    /// The acts that were supplied beside the source: they do not extend its horizon.
    pub supplied: Vec<TreatyAction>,
    /// Whether the clause is another than the one that is known for the treaty.
    pub own_clause: bool,
    /// Where the clause comes from, where that is the decision by which the treaty was adopted.
    pub clause_origin: Option<String>,
    /// The body that the record names, where it is none on record.
    pub unknown_body: Option<BodyId>,
    /// The body that the record names, where the members of another one are counted, as asked.
    pub other_body: Option<BodyId>,
    /// The official day of entry into force, where it is known.
    pub official: Option<NaiveDate>,
    /// What is known of the treaty's notice of withdrawal, where another one is used.
    pub other_notice: Option<Notice>,
    /// The article on withdrawal, or why no notice is on record.
    pub notice_source: Option<String>,
}

impl Assembled {
    /// What comes with the crate of the acts, where these are all or most of them.
    pub(crate) fn shipped(&self) -> Option<&'static practice::BuiltIn> {
        let shipped = self.treaty.id.as_deref().and_then(practice::built_in);
        shipped.filter(|_| !self.built_in.whole.is_empty())
    }

    /// The horizon of the acts: the date of the last act of the source, no more precise than the source, or the day until which the
    /// built-in acts are known. A later act would not show.
    #[must_use]
    pub fn known_until(&self) -> Option<Date> {
        match self.shipped() {
            Some(acts) => Some(Date::day(acts.until)),
            None => last_date(self.telling()),
        }
    }

    /// The acts whose last day is the horizon: those of the source, or those supplied where there is no other source.
    pub(crate) fn telling(&self) -> &[TreatyAction] {
        match (self.own.is_empty(), self.built_in.whole.is_empty()) {
            (true, true) => &self.supplied,
            _ => &self.own,
        }
    }
}

/// The acts that come with the collection and were added to those of a source.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct BuiltInActs {
    /// The acts of states that can have no row in a table of today's participants.
    pub vanished: Vec<TreatyAction>,
    /// Earlier acts of participants whose row shows only a later one.
    pub earlier: Vec<TreatyAction>,
    /// Withdrawals that tables keep in footnotes.
    pub withdrawals: Vec<TreatyAction>,
    /// All acts, where there is no source.
    pub whole: Vec<TreatyAction>,
}

impl BuiltInActs {
    /// Whether nothing was added.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.acts().next().is_none()
    }

    /// Whether an act of a source is a withdrawal without a day that is here with its day.
    fn dates(&self, act: &TreatyAction) -> bool {
        let mut withdrawals = self.withdrawals.iter();
        act.kind == ActionKind::Withdrawal
            && act.date.is_none()
            && withdrawals.any(|dated| dated.participant == act.participant)
    }

    /// The acts.
    pub fn acts(&self) -> impl Iterator<Item = &TreatyAction> {
        let added = self.vanished.iter().chain(&self.earlier);
        added.chain(&self.withdrawals).chain(&self.whole)
    }
}

impl Source {
    /// Puts the treaty together, and reports on it on a day.
    #[must_use]
    pub fn report(self, collection: &Collection, reference: &Reference, on: NaiveDate) -> Report {
        Report::new(&self.assemble(collection, reference), on)
    }

    /// Puts the treaty together.
    #[must_use]
    pub fn assemble(self, collection: &Collection, reference: &Reference) -> Assembled {
        let known = self.id.as_deref().and_then(|id| collection.get(id));
        let mut assembled = self.assemble_known(known, reference);
        assembled.treaty.facts.add_missing(&collection.groups());
        let day = assembled.treaty.opened.unwrap_or_default();
        let known = reference.default_facts(day);
        assembled.treaty.facts.add_missing(known);
        assembled
    }

    /// Puts the treaty together with what is known of it.
    pub(crate) fn assemble_known(
        self,
        known: Option<&KnownTreaty>,
        reference: &Reference,
    ) -> Assembled {
        let (mut own, mut supplied) = (self.actions, self.acts);
        let number = known.map(|known| known.id.clone());
        let number = number.or_else(|| self.id.clone()).unwrap_or_default();
        let is_alone = own.is_empty() && !self.has_table;
        let comes_whole = practice::built_in(&number).is_some() || supplied.is_empty();
        let found = if is_alone && comes_whole {
            BuiltInActs {
                whole: shipped_acts(&number).to_vec(),
                ..BuiltInActs::default()
            }
        } else {
            added(&number, &[&own[..], &supplied].concat())
        };
        let (built_in, left_out) = match self.table_only {
            true => (BuiltInActs::default(), found),
            false => (found, BuiltInActs::default()),
        };
        for acts in [&mut own, &mut supplied] {
            acts.retain(|act| !built_in.dates(act));
        }
        let mut actions = [&own[..], &supplied].concat();
        actions.extend(built_in.acts().cloned());
        let told = own.iter().filter_map(|act| Some(act.date?.latest()));
        let told = told.max().filter(|_| !supplied.is_empty());
        let mut organisations = self.organisations;
        let participants = actions.iter().map(|act| act.participant);
        organisations.extend(participants.filter(|code| is_organisation(*code)));
        organisations.sort_unstable();
        organisations.dedup();
        let named = self.of_body.as_ref();
        let of_record = named.and_then(|id| reference.body(id.as_str()));
        let unknown_body = named.filter(|_| of_record.is_none()).cloned();
        let asked = self.body.as_ref();
        let other_body = named.filter(|named| asked.is_some_and(|asked| asked.id() != *named));
        let other_body = other_body.cloned();
        let mut treaty = Treaty {
            id: self.id,
            actions,
            statements: self.statements,
            organisations,
            excluded: self.excluded,
            body: self.body.or_else(|| of_record.cloned()),
            told_until: told,
            recorded: practice::recorded_withdrawals(&number),
            ..Treaty::default()
        };
        if let Some(known) = known {
            treaty = known.describe(treaty);
            treaty.vanished_known = !self.table_only;
            let of_collection = || {
                known
                    .members_of
                    .as_deref()
                    .and_then(|id| reference.body(id))
            };
            let of_collection = || of_collection().filter(|_| unknown_body.is_none());
            treaty.body = treaty.body.or_else(|| of_collection().cloned());
        }
        if treaty.title.is_empty() {
            treaty.title = self.title.or_else(|| treaty.id.clone()).unwrap_or_default();
        }
        let mut clause_origin = None;
        let no_other = self.clause.is_none() && treaty.clause.is_none();
        if let Some(adopted) = self.adopted.filter(|_| no_other) {
            treaty.clause = Some(adopted.clause);
            treaty.binds_members |= adopted.binds_members;
            treaty.body = treaty.body.or(Some(adopted.body));
            treaty.facts.add_missing(&adopted.facts);
            clause_origin = Some(adopted.origin);
        }
        let mut own_clause = false;
        if self.clause.is_some() && self.clause != treaty.clause {
            own_clause = treaty.clause.is_some();
            treaty.clause = self.clause;
            treaty.later = None;
        }
        // Whoever asks what if, does not ask since when.
        if own_clause || !treaty.excluded.is_empty() {
            treaty.in_force = None;
        }
        let other_notice = treaty.notice.filter(|known| {
            let given = self.notice.as_ref();
            given.is_some_and(|given| given != known)
        });
        treaty.notice = self.notice.or(treaty.notice);
        treaty.opened = treaty.opened.or_else(|| first_signature(&treaty));
        let mut facts = self.facts;
        facts.add_missing(&treaty.facts);
        treaty.facts = facts;
        Assembled {
            treaty,
            built_in,
            left_out,
            own,
            supplied,
            own_clause,
            clause_origin,
            unknown_body,
            other_body,
            official: known.and_then(|known| known.in_force),
            other_notice,
            notice_source: known.and_then(|known| known.notice_source.clone()),
        }
    }
}

/// The acts that come with the crate and are added to those of a source: nothing that the source could have shown itself.
/// The collection need not know the treaty's clause for that.
fn added(number: &str, own: &[TreatyAction]) -> BuiltInActs {
    let shipped = shipped_acts(number);
    let is_listed = |code: Participant| own.iter().any(|act| act.participant == code);
    let vanished = shipped
        .iter()
        .filter(|act| practice::has_no_row(act.participant) && !is_listed(act.participant));
    let vanished: Vec<_> = vanished.cloned().collect();
    let earlier: Vec<_> = shipped
        .iter()
        .filter(|act| is_hidden(act, shipped, own))
        .cloned()
        .collect();
    let recorded = practice::recorded_withdrawals(number);
    let shipped_too = shipped.iter().filter(|act| {
        let known =
            |other: &TreatyAction| other.participant == act.participant && other.date == act.date;
        act.kind == ActionKind::Withdrawal && !recorded.iter().any(known)
    });
    let withdrawals = recorded.iter().chain(shipped_too);
    let withdrawals: Vec<_> = withdrawals
        .filter(|act| ends_something(act, own, &earlier))
        .cloned()
        .collect();
    BuiltInActs {
        vanished,
        earlier,
        withdrawals,
        whole: Vec::new(),
    }
}

/// Whether an act is a consent that the row of its participant cannot show, because it withdrew and consented again: a
/// table has one cell for a consent.
fn is_hidden(act: &TreatyAction, shipped: &[TreatyAction], own: &[TreatyAction]) -> bool {
    let of_same = |other: &&TreatyAction| other.participant == act.participant && other.is_own();
    let consents = own
        .iter()
        .filter(of_same)
        .filter(|other| other.kind.is_consent());
    let (Some(shown), Some(given)) = (consents.filter_map(|other| other.date).min(), act.date)
    else {
        return false;
    };
    let between = |date: Date| given.certainly_before(date) && date.certainly_before(shown);
    let mut withdrawals = shipped.iter().filter(of_same);
    act.kind.is_consent()
        && withdrawals
            .any(|other| other.kind == ActionKind::Withdrawal && other.date.is_some_and(between))
}

/// Whether a withdrawal ends a consent that is here, and is not here itself.
fn ends_something(act: &TreatyAction, own: &[TreatyAction], earlier: &[TreatyAction]) -> bool {
    let of_same = |other: &&TreatyAction| other.participant == act.participant && other.is_own();
    let Some(notice) = act.date else {
        return false;
    };
    let before = |date: Date| !notice.certainly_before(date);
    let mut consents = own.iter().chain(earlier).filter(of_same);
    let bound = consents.any(|other| other.kind.is_consent() && other.date.is_some_and(before));
    let mut told = own
        .iter()
        .filter(of_same)
        .filter(|other| other.kind == ActionKind::Withdrawal);
    // One that is dated in the source, on that day or later.
    let same = |other: &TreatyAction| {
        let near = |date: Date| date.compare(notice) != Some(std::cmp::Ordering::Less);
        other.date.is_some_and(near)
    };
    bound && !told.any(same)
}

/// The first signature, which is no earlier than the opening and in practice on that day.
fn first_signature(treaty: &Treaty) -> Option<NaiveDate> {
    let signatures = treaty
        .actions
        .iter()
        .filter(|action| action.kind.is_signature() && action.is_own());
    signatures.filter_map(|action| action.date?.as_day()).min()
}
