//! The tables of a dataset: its decisions and ballots in rows, for tools that read tables only.

use std::io::{self, Write};

use plenary_tables::each_act_row;
use plenary_types::{Agreement, Ballot, Decision};
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
pub(super) const TABLES: [TableInfo; 3] = [
    TableInfo {
        name: "decisions",
        path: "decisions.csv",
        primary_key: &KEY,
        quoted: "title",
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
            (
                "session",
                "string",
                "session of the body: 73, S-10, ES-11, WHA74",
            ),
            ("meeting", "string", "record of the meeting"),
            ("title", "string", "title of the agreement"),
            (
                "mode",
                "string",
                "recorded, without-vote, non-recorded, show-of-hands, written, silence, secret, or a word of the source",
            ),
            (
                "outcome",
                "string",
                "adopted, rejected, withdrawn, lapsed, deferred, not-put, void, or a word of the source",
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
        quoted: "name",
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
                "who voted: the ISO 3166 alpha-3 code of the state at the time, or a kind and an identifier such as person:icpsr-40104; empty where the name is unresolved",
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
    TableInfo {
        name: "acts",
        path: "acts.csv",
        primary_key: &[],
        quoted: "note",
        foreign_key: None,
        columns: &[
            (
                "agreement",
                "string",
                "number of the agreement in its source, else its symbol or title",
            ),
            (
                "participant",
                "string",
                "who acted: a code, or a kind and an identifier such as org:river-bank",
            ),
            (
                "act",
                "string",
                "signature, ratification, accession, extension, withdrawal, reservation, sponsorship, …",
            ),
            (
                "date",
                "string",
                "YYYY-MM-DD, a month, a year, or two of them with a stroke between: some day from the first to the last",
            ),
            (
                "effective",
                "string",
                "from when it counts, where that is another date; of a statement, when it was withdrawn",
            ),
            (
                "on_behalf_of",
                "string",
                "territories for which it was done, separated by semicolons",
            ),
            (
                "towards",
                "string",
                "the participant to whose act it answers",
            ),
            (
                "source",
                "string",
                "where it is recorded; of a sponsorship, the draft",
            ),
            ("note", "string", "notes of the source"),
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
    /// The column that is quoted in every row.
    quoted: &'static str,
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

    pub(super) fn header(&self) -> impl Iterator<Item = &'static str> {
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

/// Whatever takes the rows of a table.
pub(super) trait Row {
    fn row(&mut self, fields: &[&[u8]]) -> io::Result<()>;
}

/// Takes the rows of a table that is not wanted.
impl Row for &mut () {
    fn row(&mut self, _: &[&[u8]]) -> io::Result<()> {
        Ok(())
    }
}

/// A table as CSV. One column is quoted in every row: what reads a table looks at its first rows to learn how it is quoted.
pub(super) struct Written<W> {
    out: W,
    /// Rows that are not written yet.
    ahead: Vec<u8>,
    quoted: usize,
    pub(super) rows: u64,
}

/// How much is written at once.
const CHUNK: usize = 1 << 16;

impl<W: Write> Written<W> {
    /// Begins a table with its header.
    pub(super) fn new(table: &TableInfo, out: W) -> Self {
        let header: Vec<&str> = table.header().collect();
        let quoted = header.iter().position(|name| *name == table.quoted);
        let mut ahead = header.join(",").into_bytes();
        ahead.push(b'\n');
        Self {
            out,
            ahead,
            quoted: quoted.unwrap_or_default(),
            rows: 0,
        }
    }

    /// Writes what is left and gives the writer back, and the number of rows.
    pub(super) fn finish(mut self) -> io::Result<(W, u64)> {
        self.out.write_all(&self.ahead)?;
        self.out.flush()?;
        Ok((self.out, self.rows))
    }
}

impl<W: Write> Row for &mut Written<W> {
    fn row(&mut self, fields: &[&[u8]]) -> io::Result<()> {
        for (column, field) in fields.iter().enumerate() {
            if column > 0 {
                self.ahead.push(b',');
            }
            let special = |byte: &u8| matches!(byte, b',' | b'"' | b'\r' | b'\n');
            if column != self.quoted && !field.iter().any(special) {
                self.ahead.extend_from_slice(field);
                continue;
            }
            self.ahead.push(b'"');
            for (place, part) in field.split(|byte| *byte == b'"').enumerate() {
                if place > 0 {
                    self.ahead.extend_from_slice(b"\"\"");
                }
                self.ahead.extend_from_slice(part);
            }
            self.ahead.push(b'"');
        }
        self.ahead.push(b'\n');
        self.rows += 1;
        if self.ahead.len() >= CHUNK {
            self.out.write_all(&self.ahead)?;
            self.ahead.clear();
        }
        Ok(())
    }
}

/// Derives the tables row by row.
pub(super) struct Tables<D, B, A> {
    decisions: D,
    ballots: B,
    acts: A,
}

impl<D: Row, B: Row, A: Row> Tables<D, B, A> {
    pub(super) const fn new(decisions: D, ballots: B, acts: A) -> Self {
        Self {
            decisions,
            ballots,
            acts,
        }
    }

    /// Adds the decisions and acts of all the documents, in their order.
    pub(super) fn add_all<'a>(
        mut self,
        agreements: impl IntoIterator<Item = &'a Agreement>,
    ) -> io::Result<()> {
        for (record, agreement) in (1..).zip(agreements) {
            self.add(record, agreement)?;
        }
        Ok(())
    }

    /// Adds the decisions and acts of the document at this place, from 1.
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
        each_act_row(agreement, |cells| self.acts.row(&cells.map(str::as_bytes)))
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
        let fields: [&str; 16] = [
            key.record,
            key.agreement,
            &key.act,
            key.symbol,
            &key.date,
            &text(decision.body.as_ref().map(ToString::to_string)),
            &text(decision.session.map(|s| s.to_string())),
            decision.meeting.as_ref().map_or("", |m| m.as_str()),
            &agreement.title,
            decision.mode.as_str(),
            &text(outcome),
            &number(announced.yes),
            &number(announced.no),
            &number(announced.abstain),
            &number(announced.non_voting),
            &number(announced.members),
        ];
        self.decisions.row(&fields.map(str::as_bytes))
    }

    fn ballot(&mut self, key: &Key<'_>, ballot: Ballot<'_>) -> io::Result<()> {
        let who = ballot.entry.who.map_or("", |who| who.as_str());
        let printed = ballot
            .entry
            .name
            .as_deref()
            .or(ballot.entry.code.as_deref());
        self.ballots.row(&[
            key.record.as_bytes(),
            key.agreement.as_bytes(),
            key.act.as_bytes(),
            key.symbol.as_bytes(),
            key.date.as_bytes(),
            who.as_bytes(),
            printed.unwrap_or_default().as_bytes(),
            ballot.choice.as_str().as_bytes(),
        ])
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

/// Writes the tables of a dataset, its decisions, its ballots and its acts, to any three places. A decision is told by `record`, the place
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
/// let (mut decisions, mut ballots, mut acts) = (Vec::new(), Vec::new(), Vec::new());
/// let agreements = import.records().map(|r| r.agreement);
/// plenary_import::write_tables(agreements, &mut decisions, &mut ballots, &mut acts)?;
/// let ballots = String::from_utf8(ballots)?;
/// assert!(ballots.lines().nth(1).unwrap().ends_with(",0,A/RES/73/195,2018-12-19,PER,\"\",yes"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write_tables<W: Write>(
    agreements: impl IntoIterator<Item = Agreement>,
    decisions: W,
    ballots: W,
    acts: W,
) -> io::Result<()> {
    let [of_decisions, of_ballots, of_acts] = &TABLES;
    let mut decisions = Written::new(of_decisions, decisions);
    let mut ballots = Written::new(of_ballots, ballots);
    let mut acts = Written::new(of_acts, acts);
    let mut tables = Tables::new(&mut decisions, &mut ballots, &mut acts);
    for (record, agreement) in (1..).zip(agreements) {
        tables.add(record, &agreement)?;
    }
    decisions.finish()?;
    ballots.finish()?;
    acts.finish()?;
    Ok(())
}
