//! The tables that datasets had beside their documents before their tables had schemas of their own: their rows are compared with the
//! documents where nothing vouches for them.

use std::io;

use plenary_tables::{ACT_COLUMNS, each_act_row};
use plenary_types::{Agreement, Ballot, Decision};

/// The tables: of decisions, of ballots and of acts.
pub(super) const TABLES: [TableInfo; 3] = [
    TableInfo {
        name: "decisions",
        columns: &[
            "record",
            "agreement",
            "act",
            "symbol",
            "date",
            "body",
            "session",
            "meeting",
            "title",
            "mode",
            "outcome",
            "yes",
            "no",
            "abstain",
            "non_voting",
            "members",
        ],
    },
    TableInfo {
        name: "ballots",
        columns: &[
            "record",
            "agreement",
            "act",
            "symbol",
            "date",
            "state",
            "name",
            "choice",
        ],
    },
    TableInfo {
        name: "acts",
        columns: &ACT_COLUMNS,
    },
];

/// A table by its name and its heading.
pub(super) struct TableInfo {
    pub(super) name: &'static str,
    pub(super) columns: &'static [&'static str],
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
