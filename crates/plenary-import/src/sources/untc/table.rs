//! The rows of a participant table.

use std::borrow::Cow;

use plenary_tables::{BrokenRow, Row, Rows};
use plenary_types::{ActionKind, Participant, ParticipantKind, Place, TreatyAction};

use super::heading::Heading;
use super::{cell, names};
use crate::csv::row;
use crate::error::{ImportError, Rejected, no_rows, syntax};

/// A participant table, read.
#[derive(Debug, Default)]
pub(super) struct ParticipantTable {
    /// The acts of the participants, in the order of the rows and columns.
    pub(super) actions: Vec<TreatyAction>,
    /// Where each act stands.
    pub(super) places: Vec<ActPlace>,
    /// The headings of the columns.
    pub(super) headings: Vec<String>,
    /// How many rows were read.
    pub(super) rows: u64,
    /// Those that were not used.
    pub(super) rejected: Vec<Rejected>,
}

/// Where an act stands in its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ActPlace {
    /// Its cell.
    pub(super) cell: CellPlace,
    /// The cell that names its participant.
    pub(super) name: CellPlace,
}

/// Where a cell stands in its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CellPlace {
    /// Which column it is in, from 0.
    pub(super) column: usize,
    /// The line on which it begins, from 1.
    line: u64,
    /// The character of the line with which it begins, from 1.
    character: u64,
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

    pub(super) fn in_file(self, path: &str, field: Option<String>) -> Place {
        let place = Place::new(path).with_line(self.line);
        Place {
            field,
            ..place.with_column(self.character)
        }
    }
}

/// A row that was not used.
struct Fault {
    /// The cell at fault.
    place: CellPlace,
    /// The heading of its column.
    field: String,
    /// What is in the cell.
    value: String,
    /// Why that cannot be used.
    reason: String,
    /// What to do.
    help: &'static str,
}

impl Fault {
    fn into_rejected(self, path: &str) -> Rejected {
        Rejected {
            place: self.place.in_file(path, Some(self.field)),
            value: self.value,
            reason: format!("the cell {}", self.reason),
            help: self.help.to_owned(),
            record: None,
        }
    }
}

/// The rows of a table, its heading the first.
fn rows_of(text: &[u8]) -> Rows<'_> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let (start, above, delimiter) = row::first_row(text);
    Rows::new(text, delimiter, start, above + 1)
}

/// Reads a table; rows that are no text or have a quote without its other half end the reading unless they are to be
/// skipped.
pub(super) fn read(path: &str, text: &[u8], skip: bool) -> Result<ParticipantTable, ImportError> {
    let mut rows = rows_of(text);
    let first = rows.next().ok_or_else(|| no_rows(path))?;
    let first = first.map_err(|row| ImportError::from_row(row, path))?;
    let columns = Columns::try_new(&first).map_err(|reason| {
        let help = "a participant table has a column `Participant` and columns whose headings name treaty actions";
        syntax(path, first.line, &reason, help)
    })?;
    let mut table = ParticipantTable {
        headings: first.values().map(Into::into).collect(),
        ..ParticipantTable::default()
    };
    for row in rows {
        table.rows += 1;
        let read = match row {
            Ok(row) => table.take(&row, &columns),
            Err(row) if row.ends_reading() && !skip => {
                return Err(ImportError::from_row(row, path));
            }
            Err(row) => Err(columns.rejected(&row)),
        };
        let fault = read.err();
        table
            .rejected
            .extend(fault.map(|fault| fault.into_rejected(path)));
    }
    Ok(table)
}

impl ParticipantTable {
    fn take(&mut self, row: &Row<'_>, columns: &Columns) -> Result<(), Fault> {
        let name = CellPlace::of(row, columns.name);
        for (column, action) in columns.read(row)? {
            let cell = CellPlace::of(row, column);
            self.places.push(ActPlace { cell, name });
            self.actions.push(action);
        }
        Ok(())
    }
}

/// The title of a treaty from the index of the collection: a CSV with the columns `chapter_no`, `treaty_no` and
/// `treaty_name`. `id` is a number such as `4-11` or `27-7-a`.
pub(super) fn title(index: &str, id: &str) -> Option<String> {
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

impl Columns {
    fn try_new(first: &Row<'_>) -> Result<Self, String> {
        let headings: Vec<_> = first.values().collect();
        let name = headings
            .iter()
            .position(|heading| names::is_participant(heading));
        let name = name.ok_or_else(|| {
            format!(
                "no column is `Participant`; the first is `{}`",
                first.value(0)
            )
        })?;
        let legend = |(at, heading): (usize, Cow<'_, str>)| match Heading::parse(&heading) {
            None if at == name || heading.is_empty() => Ok(None),
            None => Err(format!(
                "the column `{heading}` names no treaty action: expected a legend such as `Accession(a), Ratification`"
            )),
            legend => Ok(legend),
        };
        let legends = headings.into_iter().enumerate().map(legend);
        Ok(Self {
            name,
            legends: legends.collect::<Result<_, _>>()?,
        })
    }

    /// The acts of a participant, each with its column.
    fn read(&self, row: &Row<'_>) -> Result<Vec<(usize, TreatyAction)>, Fault> {
        let name = row.value(self.name);
        let (printed, mut withdrawn) = names::printed(&name);
        let who = names::identity(&printed);
        let who = who.map_err(|reason| fault(row, self.name, "Participant", reason, MEND_NAME))?;
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
                let mut action = TreatyAction::new(who, kind, act.date.into());
                action.printed = Some(printed.clone());
                actions.push((column, action));
            }
        }
        if withdrawn && !ends_with_withdrawal(&actions) {
            actions.push((self.name, withdrawal(who, &printed)));
        }
        if actions.is_empty() && who.kind() == ParticipantKind::Text {
            // A line below the table rather than a participant: without an act nothing would tell that it was read.
            let reason = "is not a known participant, and the row has no act";
            return Err(fault(row, self.name, "Participant", reason, MEND_NAME));
        }
        Ok(actions)
    }

    /// A row that is no text or cannot be taken apart.
    fn rejected(&self, row: &BrokenRow) -> Fault {
        let (reason, help) = (row.fault.reason(), row.fault.help());
        Fault {
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

fn withdrawal(who: Participant, printed: &str) -> TreatyAction {
    let mut withdrawal = TreatyAction::undated(who, ActionKind::Withdrawal);
    withdrawal.printed = Some(printed.to_owned());
    withdrawal
}

const MEND_NAME: &str = "write the participant as the depositary names it";

const MEND_CELL: &str = "correct the cell; dates read `22 Mar 1956` or `1956-03-22`, letters after them are explained by the heading";

fn fault(row: &Row<'_>, column: usize, field: &str, reason: &str, help: &'static str) -> Fault {
    Fault {
        place: CellPlace::of(row, column),
        field: field.to_owned(),
        value: row.value(column).into_owned(),
        reason: reason.to_owned(),
        help,
    }
}
