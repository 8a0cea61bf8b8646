//! The tables of a dataset: its decisions and ballots in rows, for tools that read tables only.

use std::io::{self, Write};

use plenary_types::{Agreement, Ballot, Decision, Mode};
use serde::Serialize;

/// A column: its name, its type, and what it holds.
type Column = (&'static str, &'static str, &'static str);

// The key of a decision, in its own table and in that of its ballots.
const RECORD: Column = (
    "record",
    "integer",
    "place of the agreement among the documents of the dataset, from 1",
);
const AGREEMENT: Column = (
    "agreement",
    "string",
    "identifier of the agreement; votes under one symbol share it, one without a symbol has none",
);
const ACT: Column = (
    "act",
    "integer",
    "place of the decision among the acts of the agreement, from 0",
);

/// The tables that every dataset carries beside its documents. They are derived: reading skips them.
pub(super) const TABLES: [TableInfo; 2] = [
    TableInfo {
        name: "decisions",
        path: "decisions.csv",
        primary_key: &KEY,
        foreign_key: None,
        columns: &[
            RECORD,
            AGREEMENT,
            ACT,
            (
                "symbol",
                "string",
                "document that came out of the decision, else the agreement's own symbol",
            ),
            (
                "date",
                "string",
                "YYYY-MM-DD, or only the month or the year where no more is known",
            ),
            ("body", "string", "who decided: unga, unsc, …"),
            ("session", "string", "session of the body: 73, S-10, ES-11"),
            ("meeting", "string", "record of the meeting"),
            ("title", "string", "title of the agreement"),
            (
                "mode",
                "string",
                "recorded, without-vote, non-recorded or secret",
            ),
            (
                "outcome",
                "string",
                "adopted or rejected, as the source says",
            ),
            ("yes", "integer", "announced in favour"),
            ("no", "integer", "announced against"),
            ("abstain", "integer", "announced abstentions"),
            (
                "non_voting",
                "integer",
                "announced number of members that did not vote",
            ),
            ("members", "integer", "announced number of members"),
        ],
    },
    TableInfo {
        name: "ballots",
        path: "ballots.csv",
        primary_key: &[],
        foreign_key: Some("decisions"),
        columns: &[
            RECORD,
            AGREEMENT,
            ACT,
            (
                "symbol",
                "string",
                "document that came out of the decision, else the agreement's own symbol",
            ),
            (
                "date",
                "string",
                "YYYY-MM-DD, or only the month or the year where no more is known",
            ),
            (
                "state",
                "string",
                "ISO 3166 alpha-3 code of the state at the time; empty where the name is unresolved",
            ),
            (
                "name",
                "string",
                "name as the source prints it, where it prints one",
            ),
            (
                "choice",
                "string",
                "yes, no, abstain, non-voting or not-eligible",
            ),
        ],
    },
];

/// What tells the decisions of a dataset apart, and what their ballots refer to.
const KEY: [&str; 2] = ["record", "act"];

/// One table and its columns: name, Table Schema type, meaning.
pub(super) struct TableInfo {
    pub(super) name: &'static str,
    pub(super) path: &'static str,
    primary_key: &'static [&'static str],
    /// The table that its key refers to.
    foreign_key: Option<&'static str>,
    columns: &'static [Column],
}

/// A table as a descriptor describes it (Table Schema).
#[derive(Serialize)]
pub(super) struct Schema {
    fields: Vec<SchemaField>,
    #[serde(rename = "missingValues")]
    missing_values: [&'static str; 1],
    #[serde(rename = "primaryKey", skip_serializing_if = "<[_]>::is_empty")]
    primary_key: &'static [&'static str],
    #[serde(rename = "foreignKeys", skip_serializing_if = "Vec::is_empty")]
    foreign_keys: Vec<ForeignKey>,
}

#[derive(Serialize)]
struct ForeignKey {
    fields: [&'static str; 2],
    reference: Reference,
}

#[derive(Serialize)]
struct Reference {
    resource: &'static str,
    fields: [&'static str; 2],
}

#[derive(Serialize)]
struct SchemaField {
    name: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    description: &'static str,
}

impl TableInfo {
    /// Its schema. Only an empty cell is missing: `NA` is a value.
    pub(super) fn schema(&self) -> Schema {
        let field =
            |&(name, kind, description): &(&'static str, &'static str, &'static str)| SchemaField {
                name,
                kind,
                description,
            };
        Schema {
            fields: self.columns.iter().map(field).collect(),
            missing_values: [""],
            primary_key: self.primary_key,
            foreign_keys: self.foreign_key.map(foreign_key).into_iter().collect(),
        }
    }

    fn header(&self) -> impl Iterator<Item = &'static str> {
        self.columns.iter().map(|(name, _, _)| *name)
    }
}

fn foreign_key(resource: &'static str) -> ForeignKey {
    ForeignKey {
        fields: KEY,
        reference: Reference {
            resource,
            fields: KEY,
        },
    }
}

/// Writes the two tables row by row.
pub(super) struct Tables<W: Write> {
    decisions: csv::Writer<W>,
    ballots: csv::Writer<W>,
}

impl<W: Write> Tables<W> {
    pub(super) fn new(decisions: W, ballots: W) -> io::Result<Self> {
        let mut tables = Self {
            decisions: csv::Writer::from_writer(decisions),
            ballots: csv::Writer::from_writer(ballots),
        };
        let [of_decisions, of_ballots] = &TABLES;
        tables.decisions.write_record(of_decisions.header())?;
        tables.ballots.write_record(of_ballots.header())?;
        Ok(tables)
    }

    /// Adds the decisions of the document at this place, from 1.
    pub(super) fn add(&mut self, record: u64, agreement: &Agreement) -> io::Result<()> {
        let record = record.to_string();
        let id = agreement.id.or_else(|| agreement.derived_id());
        let id = id.map(|id| id.to_string()).unwrap_or_default();
        for (act, decision) in agreement.decisions() {
            let key = Key::of((&record, &id), act, agreement, decision);
            self.decision(&key, agreement, decision)?;
            for ballot in decision.ballots.iter().flat_map(|ballots| ballots.iter()) {
                self.ballot(&key, ballot)?;
            }
        }
        Ok(())
    }

    fn decision(
        &mut self,
        key: &Key<'_>,
        agreement: &Agreement,
        decision: &Decision,
    ) -> io::Result<()> {
        let text = |value: Option<String>| value.unwrap_or_default();
        let number = |value: Option<u32>| text(value.map(|n| n.to_string()));
        let announced = &decision.announced;
        let outcome = decision.outcome.map(|o| o.as_str().to_owned());
        self.decisions.write_record([
            key.record,
            key.agreement,
            &*key.act,
            key.symbol,
            &*key.date,
            &*text(decision.body.as_ref().map(ToString::to_string)),
            &*text(decision.session.map(|s| s.to_string())),
            decision.meeting.as_ref().map_or("", |m| m.as_str()),
            &*agreement.title,
            mode(decision.mode),
            &*text(outcome),
            &*number(announced.yes),
            &*number(announced.no),
            &*number(announced.abstain),
            &*number(announced.non_voting),
            &*number(announced.members),
        ])?;
        Ok(())
    }

    fn ballot(&mut self, key: &Key<'_>, ballot: Ballot<'_>) -> io::Result<()> {
        let state = ballot.entry.state.map(|s| s.to_bytes()).unwrap_or_default();
        let state = if ballot.entry.state.is_some() {
            &state[..]
        } else {
            &[]
        };
        let printed = ballot
            .entry
            .name
            .as_deref()
            .or(ballot.entry.code.as_deref());
        self.ballots.write_record([
            key.record.as_bytes(),
            key.agreement.as_bytes(),
            key.act.as_bytes(),
            key.symbol.as_bytes(),
            key.date.as_bytes(),
            state,
            printed.unwrap_or_default().as_bytes(),
            ballot.choice.as_str().as_bytes(),
        ])?;
        Ok(())
    }

    /// Writes what is left and gives the writers back, decisions first.
    pub(super) fn finish(self) -> io::Result<[W; 2]> {
        let inner = |writer: csv::Writer<W>| {
            writer
                .into_inner()
                .map_err(|e| io::Error::other(e.to_string()))
        };
        Ok([inner(self.decisions)?, inner(self.ballots)?])
    }
}

/// The columns that both tables begin with.
struct Key<'a> {
    record: &'a str,
    agreement: &'a str,
    act: String,
    symbol: &'a str,
    date: String,
}

impl<'a> Key<'a> {
    fn of(
        (record, id): (&'a str, &'a str),
        act: usize,
        agreement: &'a Agreement,
        decision: &'a Decision,
    ) -> Self {
        let symbol = decision.symbol.as_ref().or(agreement.symbols.first());
        Self {
            record,
            agreement: id,
            act: act.to_string(),
            symbol: symbol.map_or("", |s| s.as_str()),
            date: decision.date.map(|d| d.to_string()).unwrap_or_default(),
        }
    }
}

const fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::WithoutVote => "without-vote",
        Mode::NonRecorded => "non-recorded",
        Mode::Secret => "secret",
        _ => "recorded",
    }
}

/// Writes the tables of a dataset, its decisions and its ballots, to any two places. A decision is told by `record`, the place
/// of its agreement in the order given, and `act`: identifiers come from symbols, and several votes may have one.
///
/// # Errors
///
/// What the writers say.
///
/// ```
/// let text = r#"{"title": "A test", "symbols": ["A/RES/73/195"], "acts": [
///     {"act": "decision", "date": "2018-12-19", "ballots": {"yes": ["PER"], "no": ["HUN"]}}]}"#;
/// let import = plenary_import::read_bytes("x.json", text.as_bytes(), &Default::default())?;
/// let (mut decisions, mut ballots) = (Vec::new(), Vec::new());
/// plenary_import::write_tables(import.records().map(|r| r.agreement), &mut decisions, &mut ballots)?;
/// let ballots = String::from_utf8(ballots)?;
/// assert!(ballots.lines().nth(1).unwrap().ends_with(",0,A/RES/73/195,2018-12-19,PER,,yes"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write_tables<W: Write>(
    agreements: impl IntoIterator<Item = Agreement>,
    decisions: W,
    ballots: W,
) -> io::Result<()> {
    let mut tables = Tables::new(decisions, ballots)?;
    for (record, agreement) in (1..).zip(agreements) {
        tables.add(record, &agreement)?;
    }
    tables.finish()?;
    Ok(())
}
