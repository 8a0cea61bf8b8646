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

use std::io::Read;

use plenary_types::{ActionKind, StateCode, TreatyAction};

mod cell;
mod heading;
mod names;
mod record;

use crate::csv::row;
use heading::Heading;

pub use names::{is_organisation, participant};
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
    /// Which of them is `Participant`, from 0.
    pub name_column: usize,
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
    /// The line, from 1.
    pub line: u64,
    /// The cell of the line, from 0.
    pub cell: usize,
}

/// A row that was not used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, {field}: `{value}` {reason}")]
pub struct RejectedRow {
    /// Its line in the file, counted from 1.
    pub line: u64,
    /// The cell at fault, from 0.
    pub column: usize,
    /// The heading of its column.
    pub field: String,
    /// What is in the cell.
    pub value: String,
    /// Why that cannot be used.
    pub reason: &'static str,
}

/// Why a file is not a participant table.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TableError {
    /// The file cannot be read, or is not text.
    #[error("the participant table cannot be read: {0}")]
    Csv(#[from] csv::Error),
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
    let rows = Rows::of(beginning);
    let mut fields = Vec::new();
    if row::split(rows.text, 0, rows.delimiter, true, &mut fields).is_err() {
        return false;
    }
    let texts = fields.iter().map(|field| row::unquote(field.of(rows.text)));
    let headings: Vec<String> = texts
        .map(|text| String::from_utf8_lossy(&text).trim().to_owned())
        .collect();
    let first = headings.first().map_or("", String::as_str);
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

/// A table from its first row on.
struct Rows<'a> {
    text: &'a [u8],
    /// How many lines come before.
    above: u64,
    delimiter: u8,
}

impl<'a> Rows<'a> {
    /// The line of the file on which a row stands.
    fn line_of(&self, place: &csv::Position) -> u64 {
        self.above + row::line_of_row(self.text, place.byte(), place.line())
    }

    fn of(text: &'a [u8]) -> Self {
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
        let (start, above, delimiter) = row::first_row(text);
        Self {
            text: text.get(start..).unwrap_or_default(),
            above,
            delimiter,
        }
    }
}

/// Reads a participant table. A row that cannot be used is kept with its reason; reading goes on.
///
/// # Errors
///
/// [`TableError`] when the input is no CSV in UTF-8 or its heading is not that of a participant table.
pub fn read(mut input: impl Read) -> Result<ParticipantTable, TableError> {
    let mut text = Vec::new();
    input.read_to_end(&mut text).map_err(csv::Error::from)?;
    read_text(&text, false)
}

/// Reads a table; rows that are not UTF-8 end the reading unless they are to be skipped.
fn read_text(text: &[u8], skip: bool) -> Result<ParticipantTable, TableError> {
    let rows = Rows::of(text);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(rows.delimiter)
        .from_reader(rows.text);
    let mut records = reader.records();
    let first = records.next().ok_or(TableError::Empty)??;
    let columns = Columns::of(&first)?;
    let mut table = ParticipantTable {
        headings: first.iter().map(|cell| cell.trim().to_owned()).collect(),
        name_column: columns.name,
        ..ParticipantTable::default()
    };
    for record in records {
        let line = position(&record).map_or(0, |place| rows.line_of(place));
        let blank = |row: &csv::StringRecord| row.iter().all(|cell| cell.trim().is_empty());
        if record.as_ref().is_ok_and(blank) {
            continue;
        }
        table.rows += 1;
        match record {
            Ok(record) => table.take(&record, line, &columns),
            Err(error) if skip && error.position().is_some() => table.skip(line),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(table)
}

fn position(record: &Result<csv::StringRecord, csv::Error>) -> Option<&csv::Position> {
    match record {
        Ok(record) => record.position(),
        Err(error) => error.position(),
    }
}

impl ParticipantTable {
    fn take(&mut self, record: &csv::StringRecord, line: u64, columns: &Columns) {
        match columns.row(record) {
            Ok((code, acts)) => {
                self.used += 1;
                self.participants.push(code);
                for (cell, action) in acts {
                    self.places.push(ActPlace { line, cell });
                    self.actions.push(action);
                }
            }
            Err(fault) => self.rejected.push(RejectedRow { line, ..fault }),
        }
    }

    fn skip(&mut self, line: u64) {
        let fault = fault(
            self.name_column,
            "Participant",
            "",
            "is in a row that is not UTF-8: save the file in UTF-8",
        );
        self.rejected.push(RejectedRow { line, ..fault });
    }
}

/// The title of a treaty from the index of the collection: a CSV with the columns `chapter_no`, `treaty_no` and
/// `treaty_name`. `id` is a number such as `4-11` or `27-7-a`.
#[must_use]
pub fn title(index: &str, id: &str) -> Option<String> {
    let mut reader = csv::Reader::from_reader(index.as_bytes());
    let headers = reader.headers().ok()?.clone();
    let column = |name: &str| headers.iter().position(|header| header == name);
    let (chapter, number, title) = (
        column("chapter_no")?,
        column("treaty_no")?,
        column("treaty_name")?,
    );
    let plain = |text: &str| text.to_ascii_lowercase().replace('.', "-");
    let wanted = plain(id);
    let mut records = reader.records().filter_map(Result::ok);
    let found = records.find(|record| {
        let cell = |column: usize| record.get(column).unwrap_or_default();
        plain(&format!("{}-{}", cell(chapter), cell(number))) == wanted
    })?;
    found.get(title).map(ToOwned::to_owned)
}

/// What the columns of a table hold.
struct Columns {
    /// The one that names the participants.
    name: usize,
    /// The legends of the others. One without a heading has none; nothing may be in it.
    legends: Vec<Option<Heading>>,
}

/// A participant and its acts, each with its cell.
type RowActs = (StateCode, Vec<(usize, TreatyAction)>);

impl Columns {
    fn of(first: &csv::StringRecord) -> Result<Self, TableError> {
        let headings: Vec<&str> = first.iter().map(str::trim).collect();
        let name = headings.iter().position(|heading| is_participant(heading));
        let name = name.ok_or_else(|| TableError::NoParticipant {
            first: headings.first().copied().unwrap_or_default().to_owned(),
        })?;
        let legend = |(at, heading): (usize, &&str)| match Heading::parse(heading) {
            None if at == name || heading.is_empty() => Ok(None),
            None => Err(TableError::Legend {
                found: (*heading).to_owned(),
            }),
            legend => Ok(legend),
        };
        let legends = headings.iter().enumerate().map(legend);
        Ok(Self {
            name,
            legends: legends.collect::<Result<_, _>>()?,
        })
    }

    fn row(&self, record: &csv::StringRecord) -> Result<RowActs, RejectedRow> {
        let name = record.get(self.name).unwrap_or_default().trim();
        let (printed, mut withdrawn) = names::printed(name);
        let code = names::participant(&printed).ok_or_else(|| {
            let reason = "is no participant that is known by this name";
            fault(self.name, "Participant", name, reason)
        })?;
        let mut actions = Vec::new();
        let cells = record.iter().enumerate();
        for (cell, text) in
            cells.filter(|(cell, text)| *cell != self.name && !text.trim().is_empty())
        {
            let Some(Some(legend)) = self.legends.get(cell) else {
                let reason = "is in a column without a heading";
                return Err(fault(cell, "(no heading)", text, reason));
            };
            let wrong = |reason| fault(cell, legend.text(), text, reason);
            for act in cell::acts(text).map_err(wrong)? {
                let kind = legend.kind(act.mark.as_deref()).map_err(wrong)?;
                withdrawn |= act.bracketed;
                let action = TreatyAction {
                    printed: Some(printed.clone()),
                    ..TreatyAction::new(code, kind, act.date.into())
                };
                actions.push((cell, action));
            }
        }
        if withdrawn && !ends_with_withdrawal(&actions) {
            actions.push((self.name, withdrawal(code, &printed)));
        }
        Ok((code, actions))
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

fn fault(column: usize, field: &str, value: &str, reason: &'static str) -> RejectedRow {
    RejectedRow {
        line: 0,
        column,
        field: field.to_owned(),
        value: value.trim().to_owned(),
        reason,
    }
}

#[cfg(test)]
mod tests;
