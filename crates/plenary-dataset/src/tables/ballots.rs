//! The table `ballots`: as participants, names and choices are few, its columns are built of their numbers.

use std::sync::Arc;

use plenary_analysis::table::{Column, MISSING, Table};
use plenary_types::{Agreement, Ballots, Choice, Participant, Roll, RollEntry};
use rustc_hash::FxHashMap;

use super::rows::Texts;
use crate::schema::{BALLOTS, ColumnSchema};

/// The rows of the lists of decisions, those of a decision by participant, and the names that are not resolved last.
#[derive(Debug, Default)]
pub(crate) struct BallotRows {
    records: Vec<Option<i32>>,
    acts: Vec<Option<i32>>,
    participants: Coded,
    names: Texts,
    choices: Vec<u32>,
    marks: Occasional,
    intended: Occasional,
    known: Option<KnownRoll>,
}

/// Participants by their numbers among those that were met.
#[derive(Debug, Default)]
struct Coded {
    places: FxHashMap<Participant, u32>,
    all: Vec<Participant>,
    codes: Vec<u32>,
}

impl Coded {
    fn code_of(&mut self, who: Participant) -> u32 {
        *self.places.entry(who).or_insert_with(|| {
            self.all.push(who);
            u32::try_from(self.all.len() - 1).unwrap_or(MISSING)
        })
    }
}

/// A column that few rows have: what they have, by their numbers.
#[derive(Debug, Default)]
struct Occasional {
    values: Vec<(usize, &'static str)>,
}

impl Occasional {
    fn into_column(self, name: &str, rows: usize) -> Option<Column> {
        if self.values.is_empty() {
            return None;
        }
        let mut texts = Texts::default();
        let mut codes = vec![MISSING; rows];
        for (row, value) in self.values {
            if let Some(code) = codes.get_mut(row) {
                *code = texts.code_of(value);
            }
        }
        codes.into_iter().for_each(|code| texts.push_code(code));
        Some(texts.into_column(name))
    }
}

/// A list of names, as consecutive votes share it: the order of its rows, and what stands in them.
#[derive(Debug)]
struct KnownRoll {
    roll: Arc<Roll>,
    /// The places in their order, each with the codes of participant and name.
    lines: Vec<(usize, u32, u32)>,
    /// Whether lines are alike but for what was chosen.
    has_equals: bool,
}

impl KnownRoll {
    fn new(roll: &Arc<Roll>, participants: &mut Coded, names: &mut Texts) -> Self {
        let mut lines: Vec<(usize, &RollEntry)> = roll.entries().iter().enumerate().collect();
        lines.sort_by_key(|(_, entry)| key(entry));
        let has_equals = lines
            .windows(2)
            .any(|pair| matches!(pair, [(_, one), (_, other)] if key(one) == key(other)));
        let lines = lines.into_iter().map(|(at, entry)| {
            let who = entry.who.map_or(MISSING, |who| participants.code_of(who));
            let name = printed(entry).map_or(MISSING, |name| names.code_of(name));
            (at, who, name)
        });
        Self {
            lines: lines.collect(),
            has_equals,
            roll: Arc::clone(roll),
        }
    }
}

/// What rows are ordered by: who, then what is printed.
fn key(entry: &RollEntry) -> (bool, Option<Participant>, Option<&str>) {
    (entry.who.is_none(), entry.who, printed(entry))
}

/// The name as printed, else the code.
pub(crate) fn printed(entry: &RollEntry) -> Option<&str> {
    let name = entry.name.as_deref().or(entry.code.as_deref());
    name.filter(|name| !name.is_empty())
}

impl BallotRows {
    pub(crate) fn add(&mut self, record: u32, agreement: &Agreement) {
        for (act, decision) in agreement.decisions() {
            if let Some(ballots) = &decision.ballots {
                self.add_list(i32::try_from(record).ok(), i32::try_from(act).ok(), ballots);
            }
        }
    }

    fn add_list(&mut self, record: Option<i32>, act: Option<i32>, ballots: &Ballots) {
        let known = self.known.take();
        let known = known.filter(|known| Arc::ptr_eq(&known.roll, ballots.roll()));
        let known = known.unwrap_or_else(|| {
            KnownRoll::new(ballots.roll(), &mut self.participants, &mut self.names)
        });
        let start = self.choices.len();
        let choices = ballots.choices();
        let choice_at = |at: usize| choices.get(at).copied().unwrap_or(Choice::NonVoting);
        let mut reordered = Vec::new();
        if known.has_equals {
            reordered.clone_from(&known.lines);
            let alike = |(_, who, name): &(usize, u32, u32)| (*who, *name);
            for equals in reordered.chunk_by_mut(|one, other| alike(one) == alike(other)) {
                equals.sort_by_key(|(at, ..)| choice_at(*at) as u8);
            }
        }
        let lines = if known.has_equals {
            &reordered
        } else {
            &known.lines
        };
        for &(at, who, name) in lines {
            self.participants.codes.push(who);
            self.names.push_code(name);
            self.choices.push(choice_at(at) as u32);
        }
        self.records.resize(self.choices.len(), record);
        self.acts.resize(self.choices.len(), act);
        self.add_occasional(start, ballots, lines);
        self.known = Some(known);
    }

    fn add_occasional(&mut self, start: usize, ballots: &Ballots, lines: &[(usize, u32, u32)]) {
        let row_of = |at: usize| {
            let row = lines.iter().position(|(place, ..)| *place == at);
            row.map(|row| start + row)
        };
        for (at, mark) in ballots.marks() {
            let value = row_of(at).map(|row| (row, mark.as_str()));
            self.marks.values.extend(value);
        }
        for (at, choice) in ballots.intentions() {
            let value = row_of(at).map(|row| (row, choice.as_str()));
            self.intended.values.extend(value);
        }
    }

    /// Who is on the lists.
    pub(crate) fn participants(&self) -> &[Participant] {
        &self.participants.all
    }

    pub(crate) fn into_table(self) -> Table {
        let rows = self.choices.len();
        let who = self.participants.all.iter().map(ToString::to_string);
        let choices = Choice::ALL.map(|choice| choice.as_str().to_owned());
        let mut columns = [
            Some(Column::integers("", self.records)),
            Some(Column::integers("", self.acts)),
            Some(Column::coded("", who.collect(), self.participants.codes)),
            Some(self.names.into_column("")),
            Some(Column::coded("", Arc::new(choices), self.choices)),
            self.marks.into_column("", rows),
            self.intended.into_column("", rows),
        ]
        .into_iter();
        let named = |column: &ColumnSchema| Some(columns.next()??.renamed(column.name));
        Table::new(BALLOTS.columns.iter().filter_map(named).collect())
    }
}

/// The table of the ballots of agreements, in their order.
#[must_use]
pub fn ballots_table<'a>(agreements: impl IntoIterator<Item = (u32, &'a Agreement)>) -> Table {
    let mut rows = BallotRows::default();
    for (record, agreement) in agreements {
        rows.add(record, agreement);
    }
    rows.into_table()
}
