//! What the depositaries' practice adds to the acts of a table: dates of succession, states that have no row any more,
//! withdrawals that are kept in footnotes, and terms of treaties that make an unusual date a right one.

use std::sync::LazyLock;

use chrono::NaiveDate;
use plenary_states::{EntityKind, Relation, entity};
use plenary_types::{
    ActionKind, Agreement, Date, Participant, ParticipantKind, StateCode, TreatyAction,
};
use serde::{Deserialize, Serialize};

use crate::acts::normal_id;
use crate::acts::shipped_acts;
use crate::agreement::id_of;

/// The Secretary-General of the United Nations, as a depositary.
pub const SECRETARY_GENERAL: &str = "un-sg";

/// The date of a succession of States, as a depositary uses it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct SuccessionDate {
    /// Whose practice it is: `un-sg`, say.
    pub depositary: String,
    /// The successor.
    pub successor: StateCode,
    /// The state whose participation it continues.
    pub predecessor: StateCode,
    /// The date of succession, which is not that of its notification.
    pub date: NaiveDate,
    /// Where the depositary gives it.
    pub source: String,
    /// `read` where the source was read, else `unverified`.
    pub basis: String,
}

/// A withdrawal that status tables keep in a footnote.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct RecordedWithdrawal {
    /// The number of the treaty.
    pub treaty: String,
    /// Who withdrew.
    pub participant: StateCode,
    /// The day on which the depositary received the notice.
    pub notice: Option<Date>,
    /// The day on which it took effect.
    pub effective: Option<Date>,
    /// The article on withdrawal.
    pub article: String,
    /// Where it is recorded.
    pub source: String,
    /// `read` where the source was read, else `unverified`.
    pub basis: String,
}

impl RecordedWithdrawal {
    /// The article, the source, and whether nobody has read it.
    fn citation(&self) -> String {
        let unread = (self.basis != "read").then_some("unverified");
        let parts = [
            Some(self.article.as_str()),
            Some(self.source.as_str()),
            unread,
        ];
        let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join("; ")
    }
}

/// How much of a treaty's acts comes with the crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// All of them.
    All,
    /// Some of them: the number of parties cannot be read off.
    Extract,
}

/// Acts of a treaty that come with the crate, so that it needs no table.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct BuiltIn {
    /// The number of the treaty.
    pub treaty: String,
    /// All of them, or an extract.
    pub scope: Scope,
    /// The last day of which they tell.
    pub until: NaiveDate,
    /// What they are.
    pub what: String,
    /// What the day rests on.
    pub source: String,
}

/// Where the acts of a state that no longer exists can be seen in today's tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trace {
    /// A successor declares to continue its participation.
    Succession,
    /// They stand in the row of the state that it joined.
    RowOfSuccessor,
    /// Nowhere.
    None,
}

/// A state that no longer exists, or no longer acts under this code. Tables of today's participants have no row for it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Vanished {
    /// Its code.
    pub code: StateCode,
    /// The first day from which it took part in treaties open to all states, where that was not from the start.
    pub from: Option<NaiveDate>,
    /// The first day on which it no longer existed. What it deposited before still counts.
    pub until: NaiveDate,
    /// Where today's tables show its participation.
    pub trace: Trace,
    /// Those that declare themselves bound as its successors.
    pub successors: Vec<StateCode>,
}

/// A particular of a treaty that makes right what would be a fault elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Term {
    /// Territories may sign and become parties before their independence.
    TerritoriesAct,
    /// A consent may count from a day before it was given.
    EffectBeforeAct,
}

#[derive(Deserialize)]
struct VanishedRow {
    state: StateCode,
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
    trace: Trace,
}

#[derive(Deserialize)]
struct NewlyIndependentRow {
    state: StateCode,
}

#[derive(Deserialize)]
struct CountedRow {
    treaty: String,
    participant: StateCode,
}

#[derive(Deserialize)]
struct TermRow {
    treaty: String,
    title: String,
    term: Term,
}

/// The rows of a table that comes with the crate. A test makes sure that every row can be read.
fn rows<T: for<'de> Deserialize<'de>>(text: &str) -> Vec<T> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    reader.deserialize().filter_map(Result::ok).collect()
}

const SUCCESSIONS_CSV: &str = include_str!("../data/successions.csv");
const WITHDRAWALS_CSV: &str = include_str!("../data/withdrawals.csv");
const BUILT_IN_CSV: &str = include_str!("../data/built_in.csv");
const VANISHED_CSV: &str = include_str!("../data/vanished_states.csv");
const COUNTED_CSV: &str = include_str!("../data/counted_successions.csv");
const NEWLY_INDEPENDENT_CSV: &str = include_str!("../data/newly_independent.csv");
const TERMS_CSV: &str = include_str!("../data/terms.csv");

static SUCCESSIONS: LazyLock<Vec<SuccessionDate>> = LazyLock::new(|| rows(SUCCESSIONS_CSV));
static WITHDRAWALS: LazyLock<Vec<RecordedWithdrawal>> = LazyLock::new(|| rows(WITHDRAWALS_CSV));
static BUILT_IN: LazyLock<Vec<BuiltIn>> = LazyLock::new(|| rows(BUILT_IN_CSV));
static COUNTED: LazyLock<Vec<CountedRow>> = LazyLock::new(|| rows(COUNTED_CSV));
static NEWLY_INDEPENDENT: LazyLock<Vec<NewlyIndependentRow>> =
    LazyLock::new(|| rows(NEWLY_INDEPENDENT_CSV));
static TERMS: LazyLock<Vec<TermRow>> = LazyLock::new(|| rows(TERMS_CSV));
static VANISHED: LazyLock<Vec<Vanished>> = LazyLock::new(|| {
    let rows: Vec<VanishedRow> = rows(VANISHED_CSV);
    rows.into_iter().filter_map(vanished_of).collect()
});

fn vanished_of(row: VanishedRow) -> Option<Vanished> {
    let successors = match row.trace {
        Trace::Succession => successors_of(row.state),
        _ => Vec::new(),
    };
    Some(Vanished {
        code: row.state,
        from: row.from,
        until: row.until.or_else(|| end_of_lives(row.state))?,
        trace: row.trace,
        successors,
    })
}

/// The states that came after one, and those that continue one of them.
fn successors_of(code: StateCode) -> Vec<StateCode> {
    let Some(state) = entity(code) else {
        return Vec::new();
    };
    let mut successors: Vec<_> = state
        .successors()
        .map(|succession| continuing(succession.to))
        .collect();
    successors.sort_unstable();
    successors.dedup();
    successors
}

/// The code under which a state goes on today.
fn continuing(code: StateCode) -> StateCode {
    let mut last = code;
    // A seat has passed on at most twice.
    for _ in 0..4 {
        match entity(last).and_then(|entity| entity.continued_by()) {
            Some(next) => last = next.code(),
            None => break,
        }
    }
    last
}

/// A state and those whose participation it continues under another code, the latest first.
fn continued(code: StateCode) -> Vec<StateCode> {
    let mut codes = vec![code];
    for _ in 0..4 {
        let last = codes.last().and_then(|code| entity(*code));
        match last.and_then(|entity| entity.continues()) {
            Some(before) => codes.push(before.code()),
            None => break,
        }
    }
    codes
}

/// The day on which an entity ended for good, if it has: `plenary-states` is where that is known.
fn end_of_lives(code: StateCode) -> Option<NaiveDate> {
    entity(code)?.lives().last()?.to
}

/// The dates of succession as depositaries use them.
#[must_use]
pub fn successions() -> &'static [SuccessionDate] {
    &SUCCESSIONS
}

/// The withdrawals that status tables keep in footnotes.
#[must_use]
pub fn withdrawals() -> &'static [RecordedWithdrawal] {
    &WITHDRAWALS
}

/// The states whose acts today's tables do not carry under their own name.
#[must_use]
pub fn vanished() -> &'static [Vanished] {
    &VANISHED
}

/// What comes with the crate of a treaty's acts, if it needs no table.
#[must_use]
pub fn built_in(treaty: &str) -> Option<&'static BuiltIn> {
    let wanted = normal_id(treaty);
    BUILT_IN.iter().find(|row| row.treaty == wanted)
}

/// Whether a treaty has a particular: by its number, or by the beginning of its title.
#[must_use]
pub fn has_term(agreement: &Agreement, term: Term) -> bool {
    let id = id_of(agreement).map(|id| normal_id(&id));
    let title = agreement.title.to_lowercase();
    let mut terms = TERMS.iter().filter(|row| row.term == term);
    terms
        .any(|row| id.as_ref() == Some(&row.treaty) || title.starts_with(&row.title.to_lowercase()))
}

/// Whether a participant is an international organisation: by what is known of its code, or by its kind. The instruments of
/// organisations do not add to those of their members.
#[must_use]
pub fn is_organisation(participant: Participant) -> bool {
    let known = participant.code().and_then(entity);
    match known {
        Some(entity) => entity.kind() == EntityKind::Organisation,
        None => participant.kind() == ParticipantKind::Organisation,
    }
}

/// Whether the depositary counted a succession as an instrument beside that of the predecessor.
pub(crate) fn is_counted(treaty: Option<&str>, participant: Participant) -> bool {
    let wanted = treaty.map(normal_id);
    let mut counted = COUNTED.iter();
    counted.any(|row| {
        Participant::from(row.participant) == participant && Some(&row.treaty) == wanted.as_ref()
    })
}

/// The end of the state that did something on a day: of the legal person, where another one took its code.
pub(crate) fn end_of_author(author: Participant, acted: NaiveDate) -> Option<NaiveDate> {
    let code = author.code()?;
    let replaced = VANISHED.iter().find(|state| state.code == code);
    let replaced = replaced.map(|state| state.until);
    replaced
        .filter(|until| acted < *until)
        .or_else(|| end_of_lives(code))
}

/// The day on which the author of an act had ended, where that is certainly not after the act: nobody can have done it.
#[must_use]
pub fn ended_before(act: &TreatyAction) -> Option<NaiveDate> {
    let acted = act.date?.earliest();
    let end = end_of_author(act.participant, acted)?;
    (end <= acted && act.kind != ActionKind::Extinction).then_some(end)
}

/// Whether withdrawals or acts of states that no longer exist are on record for a treaty of that number.
#[must_use]
pub fn has_acts(treaty: &str) -> bool {
    !recorded_withdrawals(treaty).is_empty() || !shipped_acts(treaty).is_empty()
}

/// Whether a code is that of a state that can have no row in a table of today's participants.
pub(crate) fn has_no_row(participant: Participant) -> bool {
    let mut vanished = VANISHED.iter();
    vanished.any(|state| Participant::from(state.code) == participant)
}

/// What a succession continues.
pub(crate) struct Inheritance {
    /// The date of succession, where it is known.
    pub(crate) date: Option<NaiveDate>,
    /// Whether that date was read in a source of the depositary's; otherwise it is taken to be that of independence.
    pub(crate) from_depositary: bool,
    /// The codes under which the predecessor's instrument can be: its own, those that continue it, or that it continues.
    pub(crate) predecessors: Vec<StateCode>,
    /// Those of them that were states of their own: not the code of a successor whose row shows the instrument.
    pub(crate) named: Vec<StateCode>,
    /// Whether the successor was a territory before: operation is suspended until it notifies (Vienna Convention on Succession
    /// of States in respect of Treaties, Art. 23(2)).
    pub(crate) newly_independent: bool,
}

impl Inheritance {
    /// What a participant continues with a succession that was notified on a day.
    pub(crate) fn new(depositary: &str, successor: StateCode, notified: NaiveDate) -> Self {
        let own = continued(successor);
        let of_own =
            |row: &&SuccessionDate| row.depositary == depositary && own.contains(&row.successor);
        // A date that lies after the notification is another succession's, unless there is no other.
        let dates: Vec<_> = SUCCESSIONS.iter().filter(of_own).collect();
        let dated = dates
            .iter()
            .filter(|row| row.date <= notified)
            .max_by_key(|row| row.date)
            .or_else(|| dates.first());
        let from_states = entity(successor)
            .into_iter()
            .flat_map(|state| state.predecessors());
        let from_states: Vec<_> = from_states.collect();
        let was_territory = NEWLY_INDEPENDENT.iter().any(|row| row.state == successor);
        let from_states: Vec<_> = from_states
            .into_iter()
            .filter(|s| s.relation != Relation::Independent && !was_territory)
            .collect();
        // The state that administered a territory keeps its own participation, and its own instrument.
        let newly_independent = from_states.is_empty();
        let continues = dated.filter(|_| !newly_independent);
        let left: Vec<_> = from_states
            .iter()
            .map(|s| s.from)
            .chain(continues.map(|row| row.predecessor))
            .collect();
        let others = |codes: Vec<StateCode>| {
            let mut codes: Vec<_> = codes.into_iter().filter(|c| *c != successor).collect();
            codes.sort_unstable();
            codes.dedup();
            codes
        };
        let named = others(left.iter().flat_map(|code| continued(*code)).collect());
        let rows = left.iter().map(|code| continuing(*code));
        let predecessors = others(named.iter().copied().chain(rows).collect());
        Self {
            date: dated
                .map(|row| row.date)
                .or_else(|| began(successor, notified)),
            from_depositary: dated.is_some_and(|row| row.basis == "read"),
            predecessors,
            named,
            newly_independent,
        }
    }
}

/// The first day of the life in which a state does something, where that is on record.
fn began(code: StateCode, acted: NaiveDate) -> Option<NaiveDate> {
    let lives = entity(code)?.lives();
    let life = lives.iter().rfind(|life| life.from <= acted);
    let life = life.or_else(|| lives.first())?;
    Some(life.from).filter(|from| *from > NaiveDate::MIN)
}

/// The withdrawals from a treaty that its table keeps in footnotes, as acts.
pub(crate) fn recorded_withdrawals(treaty: &str) -> Vec<TreatyAction> {
    let wanted = normal_id(treaty);
    let of_treaty = WITHDRAWALS.iter().filter(|row| row.treaty == wanted);
    of_treaty
        .map(|row| {
            let mut act = TreatyAction::undated(row.participant.into(), ActionKind::Withdrawal);
            act.date = row.notice.or(row.effective);
            act.effective = row.effective;
            act.source = Some(row.citation());
            act
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> StateCode {
        text.parse().unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn every_row_of_the_tables_can_be_read() {
        let counts = |text: &str| csv::Reader::from_reader(text.as_bytes()).records().count();
        assert_eq!(SUCCESSIONS.len(), counts(SUCCESSIONS_CSV));
        assert_eq!(WITHDRAWALS.len(), counts(WITHDRAWALS_CSV));
        assert_eq!(BUILT_IN.len(), counts(BUILT_IN_CSV));
        assert_eq!(VANISHED.len(), counts(VANISHED_CSV));
        assert_eq!(COUNTED.len(), counts(COUNTED_CSV));
        assert_eq!(NEWLY_INDEPENDENT.len(), counts(NEWLY_INDEPENDENT_CSV));
        assert_eq!(TERMS.len(), counts(TERMS_CSV));
        for row in SUCCESSIONS.iter() {
            assert!(
                entity(row.successor).is_some() && entity(row.predecessor).is_some(),
                "{row:?}"
            );
        }
    }

    #[test]
    fn a_state_ends_when_plenary_states_says_so_and_yugoslavia_ended_twice() {
        let end = |state: &str, acted: &str| end_of_author(code(state).into(), day(acted));
        assert_eq!(end("CSK", "1975-12-23"), Some(day("1993-01-01")));
        assert_eq!(end("DDR", "1990-08-16"), Some(day("1990-10-03")));
        assert_eq!(
            end("SUN", "1973-10-16"),
            entity(code("SUN")).unwrap().lives()[0].to
        );
        assert_eq!(end("YUG", "1950-08-29"), Some(day("1992-04-27")));
        assert_eq!(end("YUG", "2001-03-12"), Some(day("2003-02-04")));
        assert_eq!(end("FRA", "2001-03-12"), None);
        // Syria was a part of the United Arab Republic, and is.
        assert_eq!(end("SYR", "1955-06-25"), None);
    }

    #[test]
    fn a_successor_continues_its_predecessor_under_every_code_that_has_borne_it() {
        let of = |state: &str, notified: &str| {
            Inheritance::new(SECRETARY_GENERAL, code(state), day(notified))
        };
        let czechs = of("CZE", "1993-02-22");
        assert_eq!(czechs.date, Some(day("1993-01-01")));
        assert_eq!(
            (czechs.from_depositary, czechs.newly_independent),
            (true, false)
        );
        assert_eq!(czechs.predecessors, [code("CSK")]);
        let montenegro = of("MNE", "2006-10-23");
        assert_eq!(montenegro.date, Some(day("2006-06-03")));
        assert!(
            montenegro.predecessors.contains(&code("SRB"))
                && montenegro.predecessors.contains(&code("YUG"))
        );
        let fiji = of("FJI", "1973-01-11");
        assert_eq!(fiji.date, Some(day("1970-10-10")));
        assert_eq!(
            (fiji.from_depositary, fiji.newly_independent),
            (false, true)
        );
        assert_eq!(fiji.predecessors, []);
        // Another depositary's dates are not known here.
        assert!(!Inheritance::new("nobody", code("MKD"), day("1993-07-23")).from_depositary);
    }

    #[test]
    fn the_successors_of_yugoslavia_are_those_of_today() {
        let yugoslavia = VANISHED
            .iter()
            .find(|state| state.code == code("YUG"))
            .unwrap();
        let successors = ["BIH", "HRV", "MKD", "SRB", "SVN"].map(code);
        assert_eq!(yugoslavia.successors, successors);
    }
}
