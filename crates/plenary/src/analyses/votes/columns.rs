//! The columns of a list of votes: what they are called, and what they hold.

use std::collections::HashMap;
use std::hash::Hash;

use chrono::NaiveDate;
use plenary_analysis::table::{Cell, Column, MISSING, Table};
use plenary_dataset::TableSchema;
use plenary_decisions::nearest;
use plenary_states::{CodeSystem, entity};
use plenary_types::{Mark, Participant};

use super::coding::{self, ChoiceCoding};
use super::found::FoundVotes;
use super::{VoteColumns, VoteRows, VotesSettings, WideRows};
use crate::{Error, Refusal};

/// A row: a decision, and where it is one of ballots, the place of the ballot.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub(super) decision: usize,
    pub(super) ballot: Option<usize>,
}

/// What the rows are that columns are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    Decisions,
    Ballots,
    Participants,
}

/// The columns of a list, all of which are known.
#[derive(Debug)]
pub(super) struct Columns {
    of: Of,
    names: Vec<String>,
}

const DECISIONS: &str = "decisions";
const RESULT: &str = "result";

/// The usual columns of ballots.
const BALLOTS: &[&str] = &[
    "record",
    "act",
    "date",
    "year",
    "session",
    "body",
    "symbol",
    "title",
    "agenda",
    "subjects",
    "issue",
    "issue_basis",
    "scope",
    "question",
    "participant",
    "name",
    "iso3",
    "iso2",
    "cow",
    "gw",
    "m49",
    "group",
    "choice",
    "intended",
    "mark",
    "outcome",
    "announced_yes",
    "announced_no",
    "announced_abstain",
    "announced_non_voting",
    "announced_members",
    "counted_yes",
    "counted_no",
    "counted_abstain",
    "counted_non_voting",
    "counted_members",
    "margin",
    "rule",
    "rule_assumed",
    "verdict",
    "important",
    "url",
];
const BRIEF_BALLOTS: &[&str] = &["date", "symbol", "title", "name", "choice"];
const BRIEF_DECISIONS: &[&str] = &["date", "symbol", "title", RESULT];
/// The usual columns before the choices of a wide table.
const BEFORE_PARTICIPANTS: &[&str] = &["record", "act", "date", "session", "symbol", "title"];
const BRIEF_BEFORE: &[&str] = &["date", "symbol"];
const BEFORE_VOTES: &[&str] = &[
    "participant",
    "name",
    "iso3",
    "iso2",
    "cow",
    "gw",
    "m49",
    "group",
];
const OF_PARTICIPANTS: [&str; 3] = ["participant", "name", "group"];
const OF_BALLOTS: [&str; 3] = ["choice", "intended", "mark"];

impl Columns {
    pub(super) fn new(settings: &VotesSettings, rows: VoteRows) -> Result<Self, Error> {
        let of = match (settings.wide, rows) {
            (Some(WideRows::Participants), _) => Of::Participants,
            (Some(WideRows::Votes), _) | (None, VoteRows::Decisions) => Of::Decisions,
            (None, VoteRows::Ballots) => Of::Ballots,
        };
        let is_brief = settings.columns == VoteColumns::Brief;
        let owned = |names: &[&str]| names.iter().map(ToString::to_string).collect();
        let names: Vec<String> = match (&settings.columns, of, settings.wide) {
            (VoteColumns::Named(names), ..) => names.clone(),
            (_, Of::Participants, _) if is_brief => owned(&["name"]),
            (_, Of::Participants, _) => owned(BEFORE_VOTES),
            (_, Of::Decisions, Some(_)) if is_brief => owned(BRIEF_BEFORE),
            (_, Of::Decisions, Some(_)) => owned(BEFORE_PARTICIPANTS),
            (_, Of::Decisions, None) if is_brief => owned(BRIEF_DECISIONS),
            (_, Of::Decisions, None) => decision_columns().map(ToOwned::to_owned).collect(),
            // Of one participant, the metadata says who it is.
            (_, Of::Ballots, _) if is_brief && settings.selection.states.len() == 1 => {
                let names = BRIEF_BALLOTS.iter().filter(|name| **name != "name");
                names.map(ToString::to_string).collect()
            }
            (_, Of::Ballots, _) if is_brief => owned(BRIEF_BALLOTS),
            (_, Of::Ballots, _) => owned(BALLOTS),
        };
        let columns = Self { of, names };
        let sorted = settings.sort.iter().map(|by| &by.name);
        for name in columns.names.iter().chain(sorted) {
            columns.check(name)?;
        }
        let mut known: Vec<&String> = columns.names.iter().collect();
        known.sort_unstable();
        if let Some(twice) = known.windows(2).find(|pair| pair.first() == pair.last()) {
            let name = twice.first().map_or("", |name| name.as_str());
            return Err(Refusal::new(format!("the column `{name}` is named twice")).into());
        }
        Ok(columns)
    }

    fn check(&self, name: &str) -> Result<(), Error> {
        let known = known(self.of);
        if known.contains(&name) {
            return Ok(());
        }
        let nearest = nearest(name, known.iter().copied());
        let nearest = nearest.map_or_else(String::new, |nearest| format!("nearest: `{nearest}`; "));
        let of = match self.of {
            Of::Decisions => "decisions",
            Of::Ballots => "ballots",
            Of::Participants => "participants",
        };
        let help = format!("{nearest}the columns of {of} are {}", known.join(", "));
        let refusal = Refusal::new(format!("unknown column `{name}`")).with_help(help);
        Err(refusal.into())
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name)
    }

    /// The columns of these rows.
    pub(super) fn table(
        &self,
        found: &FoundVotes,
        lines: &[Line],
        coding: Option<&ChoiceCoding>,
    ) -> Table {
        let columns = self.names.iter();
        Table::new(
            columns
                .map(|name| column(name, found, lines, coding))
                .collect(),
        )
    }

    /// One column of these rows.
    pub(super) fn make(
        &self,
        name: &str,
        found: &FoundVotes,
        lines: &[Line],
    ) -> Result<Column, Error> {
        self.check(name)?;
        Ok(column(name, found, lines, None))
    }
}

fn decision_columns() -> impl Iterator<Item = &'static str> {
    let schema = TableSchema::named(DECISIONS);
    let columns = schema.map_or(&[][..], |schema| schema.columns);
    columns.iter().map(|column| column.name)
}

fn codes() -> impl Iterator<Item = &'static str> {
    CodeSystem::ALL.into_iter().map(CodeSystem::as_str)
}

fn known(of: Of) -> Vec<&'static str> {
    let participants = || OF_PARTICIPANTS.into_iter().chain(codes());
    let decisions = || decision_columns().chain([RESULT]);
    match of {
        Of::Participants => participants().collect(),
        Of::Decisions => decisions().collect(),
        Of::Ballots => {
            let ballots = participants().chain(OF_BALLOTS);
            ballots.chain(decisions()).collect()
        }
    }
}

fn column(name: &str, found: &FoundVotes, lines: &[Line], coding: Option<&ChoiceCoding>) -> Column {
    let ballots = || lines.iter().map(|line| found.ballot(line));
    match name {
        "choice" => coding::column(name, ballots().map(|ballot| Some(ballot?.choice)), coding),
        "intended" => coding::column(name, ballots().map(|ballot| ballot?.intended), coding),
        "mark" => Column::texts(name, ballots().map(|ballot| ballot?.mark.map(Mark::as_str))),
        "group" => {
            let groups = ballots().map(|ballot| ballot.map_or(MISSING, |ballot| ballot.group));
            Column::coded(name, found.group_labels(), groups.collect())
        }
        RESULT => result(found, lines),
        _ => {
            let system = CodeSystem::ALL
                .into_iter()
                .find(|system| system.as_str() == name);
            let who = || {
                ballots()
                    .map(|ballot| ballot.map(|ballot| (ballot.who, found.day(ballot.decision))))
            };
            match (name, system) {
                ("participant", _) => {
                    let who = ballots().map(|ballot| ballot.map(|ballot| ballot.who));
                    labelled(name, who, |who| Some(who.to_string()))
                }
                ("name", _) => labelled(name, who(), |(who, day)| Some(found.name_of(who, day))),
                (_, Some(system)) => of_system(name, system, who()),
                _ => {
                    let rows: Vec<usize> = lines.iter().map(|line| line.decision).collect();
                    match found.decisions.column(name) {
                        Some(column) => column.rows(&rows),
                        None => Column::texts(name, rows.iter().map(|_| None::<&str>)),
                    }
                }
            }
        }
    }
}

/// The codes of participants on the days. Numbers that other data sets write without leading zeros are numbers.
fn of_system(
    name: &str,
    system: CodeSystem,
    who: impl Iterator<Item = Option<(Participant, Option<NaiveDate>)>>,
) -> Column {
    let code = |(who, day): (Participant, Option<NaiveDate>)| code_of(who, system, day);
    let is_number = matches!(system, CodeSystem::Cow | CodeSystem::GleditschWard);
    let texts = labelled(name, who, |key| code(key).map(ToOwned::to_owned));
    match is_number {
        true => {
            let number = |cell: Cell<'_>| match cell {
                Cell::Text(text) => text.parse().ok(),
                _ => None,
            };
            let rows = 0..texts.len();
            Column::integers(name, rows.map(|row| number(texts.cell(row))))
        }
        false => texts,
    }
}

/// The code of a participant on a day, else its last.
pub(super) fn code_of(
    who: Participant,
    system: CodeSystem,
    day: Option<NaiveDate>,
) -> Option<&'static str> {
    let entity = entity(who.code()?)?;
    let then = day.and_then(|day| entity.code_in(system, Some(day)));
    then.or_else(|| entity.code_in(system, None).filter(|_| day.is_none()))
}

/// A column of texts, each of which is made once for each key.
fn labelled<K: Copy + Eq + Hash>(
    name: &str,
    keys: impl Iterator<Item = Option<K>>,
    text: impl Fn(K) -> Option<String>,
) -> Column {
    let mut of_key: HashMap<K, u32> = HashMap::new();
    let mut of_text: HashMap<String, u32> = HashMap::new();
    let mut labels: Vec<String> = Vec::new();
    let mut place = |text: String| {
        *of_text.entry(text).or_insert_with_key(|text| {
            labels.push(text.clone());
            u32::try_from(labels.len() - 1).unwrap_or(MISSING)
        })
    };
    let mut codes = Vec::new();
    for key in keys {
        codes.push(key.map_or(MISSING, |key| {
            *of_key
                .entry(key)
                .or_insert_with(|| text(key).map_or(MISSING, &mut place))
        }));
    }
    Column::coded(name, labels.into(), codes)
}

/// What came of decisions, for people: the outcome on record, else the verdict, and the totals.
fn result(found: &FoundVotes, lines: &[Line]) -> Column {
    let of_decision = |line: &Line| {
        let cell = |name: &str| {
            let column = found.decisions.column(name);
            column.map_or(Cell::Missing, |column| column.cell(line.decision))
        };
        let text = |name: &str| match cell(name) {
            Cell::Text(text) => Some(text),
            _ => None,
        };
        let totals = |of: &str| {
            let yes = cell(&format!("{of}_yes"));
            let others = ["no", "abstain"].map(|side| cell(&format!("{of}_{side}")));
            let shown = |cell: Cell<'_>| match cell {
                Cell::Missing => "?".to_owned(),
                cell => cell.to_string(),
            };
            let [no, abstain] = others.map(shown);
            (yes != Cell::Missing).then(|| format!("{yes}-{no}-{abstain}"))
        };
        let word = text("outcome").or_else(|| text("verdict"));
        let votes = totals("counted").or_else(|| totals("announced"));
        let votes = votes.or_else(|| match text("mode") {
            Some("without-vote") => Some("without a vote".to_owned()),
            _ => None,
        });
        let parts: Vec<&str> = [word, votes.as_deref()].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    };
    Column::texts(RESULT, lines.iter().map(of_decision))
}
