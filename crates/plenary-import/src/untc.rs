//! Participant tables of the UN Treaty Collection ("Status of treaties").
//!
//! One file a treaty: a column `Participant`, and columns whose heading is the legend. `Accession(a),
//! Succession(d), Ratification` says that `22 Mar 1956 a` is an accession and that a date without a letter
//! is a ratification. Case matters: `A` is acceptance.
//!
//! Known quirks, all handled here:
//!
//! * the order of the acts in a heading varies, and some headings hold commas of their own;
//! * a cell may hold several acts;
//! * footnote numbers are glued to names and dates (`Serbia1`, `8 Mar 20012`);
//! * a participant that has withdrawn is in brackets, without the day of its notice;
//! * states that no longer exist have no row: their acts are in footnotes that the tables do not carry.
//!
//! ```
//! use plenary_import::untc;
//!
//! let csv = "Participant,Signature,\"Accession(a), Ratification\"\nNorway,11 Dec 1948,22 Jul 1949\nMonaco,,30 Mar 1950 a\n";
//! let table = untc::read(csv.as_bytes())?;
//! assert_eq!((table.rows, table.used, table.actions.len()), (2, 2, 3));
//! assert_eq!(table.actions[2].kind.to_string(), "accession");
//! # Ok::<(), untc::TableError>(())
//! ```

use std::borrow::Cow;
use std::io::Read;

use plenary_types::{ActionKind, StateCode, TreatyAction};

mod cell;
mod heading;
mod names;
mod record;

use crate::csv::row;
use crate::csv::rows::{Broken, Row, Rows};
use heading::Heading;

pub use names::participant;
pub(crate) use record::read_record;

/// A participant table, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ParticipantTable {
    /// The participants, in the order of the rows, whether they have acted or not.
    pub participants: Vec<StateCode>,
    /// Their acts, in the order of the rows and columns.
    pub actions: Vec<TreatyAction>,
    /// Where each act stands.
    pub places: Vec<ActPlace>,
    /// The headings of the columns.
    pub headings: Vec<String>,
    /// How many rows were read.
    pub rows: u64,
    /// How many of them are in [`ParticipantTable::participants`].
    pub used: u64,
    /// The others, each with its reason.
    pub rejected: Vec<RejectedRow>,
}

/// Where an act stands in its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActPlace {
    /// Its cell.
    pub cell: CellPlace,
    /// The cell that names its participant.
    pub name: CellPlace,
}

/// Where a cell stands in its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellPlace {
    /// Which column it is in, from 0.
    pub column: usize,
    /// The line on which it begins, from 1.
    pub line: u64,
    /// The character of the line with which it begins, from 1.
    pub character: u64,
}

impl CellPlace {
    fn of(row: &Row<'_>, column: usize) -> Self {
        let (line, character) = row.start_of(column);
        Self {
            column,
            line,
            character,
        }
    }
}

/// A row that was not used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, {field}: `{value}` {reason}", line = .place.line)]
pub struct RejectedRow {
    /// The cell at fault.
    pub place: CellPlace,
    /// The heading of its column.
    pub field: String,
    /// What is in the cell.
    pub value: String,
    /// Why that cannot be used.
    pub reason: String,
    /// What to do.
    pub help: &'static str,
}

/// Why a file is not a participant table.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TableError {
    /// The file cannot be read.
    #[error("the participant table cannot be read: {0}")]
    Io(#[from] std::io::Error),
    /// A row is not text, or cannot be taken apart.
    #[error("{reason}")]
    Row {
        /// Its line, from 1.
        line: u64,
        /// What is wrong.
        reason: String,
        /// What to do.
        help: &'static str,
    },
    /// There is no heading.
    #[error("the participant table is empty: expected a heading with a column `Participant`")]
    Empty,
    /// No column names the participants.
    #[error("no column is `Participant`; the first is `{first}`")]
    NoParticipant {
        /// The heading of the first column.
        first: String,
    },
    /// A heading names no act that is known.
    #[error(
        "the column `{found}` names no treaty action: expected a legend such as `Accession(a), Ratification`"
    )]
    Legend {
        /// The heading.
        found: String,
    },
}

/// Whether the beginning of a file looks like a participant table: its first column is `Participant`, which may
/// bear the numbers of footnotes. In another place or other capitals it is one only where another column names a treaty action.
#[must_use]
pub fn recognises(beginning: &[u8]) -> bool {
    let Some(Ok(first)) = rows_of(beginning).next() else {
        return false;
    };
    let headings: Vec<_> = first.values().collect();
    let first = headings.first().map_or("", |first| first);
    names::without_footnotes(first) == "Participant"
        || (headings.iter().any(|text| is_participant(text))
            && headings.iter().any(|text| Heading::parse(text).is_some()))
}

fn is_participant(heading: &str) -> bool {
    names::without_footnotes(heading).eq_ignore_ascii_case("Participant")
}

/// How many of these columns are headed by treaty actions.
pub(crate) fn acts_among(columns: &[Box<str>]) -> usize {
    let acts = columns.iter().filter_map(|column| Heading::parse(column));
    acts.count()
}

/// The rows of a table, its heading the first.
fn rows_of(text: &[u8]) -> Rows<'_> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let (start, above, delimiter) = row::first_row(text);
    Rows::new(text, delimiter, start, above + 1)
}

/// Reads a participant table. A row that cannot be used is kept with its reason; reading goes on.
///
/// # Errors
///
/// [`TableError`] when the input cannot be read, is no CSV in UTF-8, or its heading is not that of a participant table.
pub fn read(mut input: impl Read) -> Result<ParticipantTable, TableError> {
    let mut text = Vec::new();
    input.read_to_end(&mut text)?;
    read_text(&text, false)
}

/// Reads a table; rows that are no text or have a quote without its other half end the reading unless they are to be
/// skipped.
fn read_text(text: &[u8], skip: bool) -> Result<ParticipantTable, TableError> {
    let mut rows = rows_of(text);
    let first = rows.next().ok_or(TableError::Empty)?.map_err(broken)?;
    let columns = Columns::of(&first)?;
    let mut table = ParticipantTable {
        headings: first.values().map(Into::into).collect(),
        ..ParticipantTable::default()
    };
    for row in rows {
        table.rows += 1;
        match row {
            Ok(row) => table.take(&row, &columns),
            Err(row) if row.ends_reading && !skip => return Err(broken(row)),
            Err(row) => table.rejected.push(columns.rejected(&row)),
        }
    }
    Ok(table)
}

fn broken(row: Broken) -> TableError {
    let (reason, help) = row.said();
    TableError::Row {
        line: row.line,
        reason: reason.to_owned(),
        help,
    }
}

impl ParticipantTable {
    fn take(&mut self, row: &Row<'_>, columns: &Columns) {
        match columns.read(row) {
            Ok((code, acts)) => {
                self.used += 1;
                self.participants.push(code);
                let name = CellPlace::of(row, columns.name);
                for (column, action) in acts {
                    let cell = CellPlace::of(row, column);
                    self.places.push(ActPlace { cell, name });
                    self.actions.push(action);
                }
            }
            Err(fault) => self.rejected.push(fault),
        }
    }
}

/// The title of a treaty from the index of the collection: a CSV with the columns `chapter_no`, `treaty_no` and
/// `treaty_name`. `id` is a number such as `4-11` or `27-7-a`.
#[must_use]
pub fn title(index: &str, id: &str) -> Option<String> {
    let mut rows = rows_of(index.as_bytes()).filter_map(Result::ok);
    let headings = rows.next()?;
    let column = |name: &str| headings.values().position(|heading| heading == name);
    let (chapter, number, title) = (
        column("chapter_no")?,
        column("treaty_no")?,
        column("treaty_name")?,
    );
    let plain = |text: &str| text.to_ascii_lowercase().replace('.', "-");
    let wanted = plain(id);
    let found =
        rows.find(|row| plain(&format!("{}-{}", row.value(chapter), row.value(number))) == wanted)?;
    Some(found.value(title).into_owned())
}

/// What the columns of a table hold.
struct Columns {
    /// The one that names the participants.
    name: usize,
    /// The legends of the others. One without a heading has none; nothing may be in it.
    legends: Vec<Option<Heading>>,
}

/// A participant and its acts, each with its column.
type RowActs = (StateCode, Vec<(usize, TreatyAction)>);

impl Columns {
    fn of(first: &Row<'_>) -> Result<Self, TableError> {
        let headings: Vec<_> = first.values().collect();
        let name = headings.iter().position(|heading| is_participant(heading));
        let name = name.ok_or_else(|| TableError::NoParticipant {
            first: first.value(0).into_owned(),
        })?;
        let legend = |(at, heading): (usize, Cow<'_, str>)| match Heading::parse(&heading) {
            None if at == name || heading.is_empty() => Ok(None),
            None => Err(TableError::Legend {
                found: heading.into_owned(),
            }),
            legend => Ok(legend),
        };
        let legends = headings.into_iter().enumerate().map(legend);
        Ok(Self {
            name,
            legends: legends.collect::<Result<_, _>>()?,
        })
    }

    fn read(&self, row: &Row<'_>) -> Result<RowActs, RejectedRow> {
        let name = row.value(self.name);
        let (printed, mut withdrawn) = names::printed(&name);
        let code = names::participant(&printed).ok_or_else(|| {
            let reason = "is no participant that is known by this name";
            fault(row, self.name, "Participant", reason, MEND_NAME)
        })?;
        let mut actions = Vec::new();
        for (column, text) in row.values().enumerate() {
            if column == self.name || text.is_empty() {
                continue;
            }
            let Some(Some(legend)) = self.legends.get(column) else {
                let reason = "is in a column without a heading";
                return Err(fault(row, column, "(no heading)", reason, MEND_CELL));
            };
            let wrong = |reason| fault(row, column, legend.text(), reason, MEND_CELL);
            for act in cell::acts(&text).map_err(wrong)? {
                let kind = legend.kind(act.mark.as_deref()).map_err(wrong)?;
                withdrawn |= act.bracketed;
                let action = TreatyAction {
                    printed: Some(printed.clone()),
                    ..TreatyAction::new(code, kind, act.date.into())
                };
                actions.push((column, action));
            }
        }
        if withdrawn && !ends_with_withdrawal(&actions) {
            actions.push((self.name, withdrawal(code, &printed)));
        }
        Ok((code, actions))
    }

    /// A row that is no text or cannot be taken apart.
    fn rejected(&self, row: &Broken) -> RejectedRow {
        let (reason, help) = row.said();
        RejectedRow {
            place: CellPlace {
                column: self.name,
                line: row.line,
                character: 1,
            },
            field: "Participant".to_owned(),
            value: String::new(),
            reason: format!("is in a row that cannot be read: {reason}"),
            help,
        }
    }
}

/// Whether the last act that has a date is a withdrawal: brackets around the name then mean that one.
fn ends_with_withdrawal(actions: &[(usize, TreatyAction)]) -> bool {
    let dated = actions
        .iter()
        .filter_map(|(_, action)| Some((action.date?.as_day()?, action.kind)));
    let last = dated.max_by_key(|(day, kind)| (*day, *kind == ActionKind::Withdrawal));
    last.is_some_and(|(_, kind)| kind == ActionKind::Withdrawal)
}

fn withdrawal(code: StateCode, printed: &str) -> TreatyAction {
    TreatyAction {
        participant: code,
        kind: ActionKind::Withdrawal,
        date: None,
        effective: None,
        printed: Some(printed.to_owned()),
        source: None,
    }
}

const MEND_NAME: &str = "write the participant as the depositary names it";

const MEND_CELL: &str = "correct the cell; dates read `22 Mar 1956` or `1956-03-22`, letters after them are explained by the heading";

fn fault(
    row: &Row<'_>,
    column: usize,
    field: &str,
    reason: &str,
    help: &'static str,
) -> RejectedRow {
    RejectedRow {
        place: CellPlace::of(row, column),
        field: field.to_owned(),
        value: row.value(column).into_owned(),
        reason: reason.to_owned(),
        help,
    }
}

#[cfg(test)]
mod tests;
