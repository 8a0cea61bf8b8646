//! Acts of treaties: those that a table of participants does not carry.

use plenary_types::{ActionKind, StateCode, TreatyAction};

use crate::TableError;
use crate::side::{Column, SideRow, SideTable};

/// A table of acts, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ActsTable {
    /// The acts, each with the number of its treaty as printed; an empty one is any treaty.
    pub acts: Vec<(String, TreatyAction)>,
    /// Rows whose participant is nobody: codes that no state or organisation has, names that are not known. An instrument of
    /// nobody fills no clause.
    pub unknown: Vec<TableError>,
}

const EXPECTED: &str =
    "`participant`, `action` and `date`, and perhaps `treaty`, `effective` and `source`";

/// Reads acts: a table with the columns `participant`, `action` and `date`, and where they are known `treaty` (a number; an empty
/// one is any treaty), `effective` and `source`.
///
/// An action is a word such as `ratification` or a letter of the depositary's tables. `resolve` turns a code or a name into the
/// code of a participant. Rows of treaties that are not wanted are not read.
///
/// ```
/// let csv = "treaty,participant,action,date\n4-4,CSK,ratification,1975-12-23\n4-1,CSK,ratification,1950-12-21\n";
/// let table = plenary_tables::read_acts(csv, |treaty| treaty == "4-4", |code| code.parse().ok())?;
/// let [(treaty, act)] = &*table.acts else { panic!("one act is of that treaty") };
/// assert_eq!((treaty.as_str(), act.participant.to_string()), ("4-4", "CSK".to_owned()));
/// # Ok::<(), plenary_tables::TableError>(())
/// ```
///
/// # Errors
///
/// [`TableError`] with the line and the column, when the table is not of that form.
pub fn read_acts(
    text: &str,
    is_wanted: impl Fn(&str) -> bool,
    resolve: impl Fn(&str) -> Option<StateCode>,
) -> Result<ActsTable, TableError> {
    let mut table = SideTable::open(text)?;
    let columns = Columns::find(&table)?;
    let mut read = ActsTable::default();
    for row in table.rows() {
        let row = row?;
        let treaty = row.text(columns.treaty);
        if !is_wanted(&treaty) {
            continue;
        }
        match row.participant(columns.participant, &resolve) {
            Ok(who) => read
                .acts
                .push((treaty.into_owned(), columns.act(&row, who)?)),
            Err(unknown) => read.unknown.push(unknown),
        }
    }
    Ok(read)
}

struct Columns {
    treaty: Option<Column>,
    participant: Column,
    action: Column,
    date: Column,
    effective: Option<Column>,
    source: Option<Column>,
}

impl Columns {
    fn find(table: &SideTable<'_>) -> Result<Self, TableError> {
        let who = ["participant", "state", "code", "country", "name"];
        Ok(Self {
            treaty: table.column("treaty", &["treaty", "treaty_id", "id"]),
            participant: table.required("participant", &who, EXPECTED)?,
            action: table.required("action", &["action", "act", "kind", "mark"], EXPECTED)?,
            date: table.required("date", &["date", "deposited", "on"], EXPECTED)?,
            effective: table.column("effective", &["effective", "effective_from"]),
            source: table.column("source", &["source"]),
        })
    }

    fn act(&self, row: &SideRow<'_>, participant: StateCode) -> Result<TreatyAction, TableError> {
        let source = row.text(self.source);
        let mut act = TreatyAction::undated(participant, self.action(row)?);
        act.date = row.date_or_span(self.date)?;
        act.effective = row.date_or_span(self.effective)?;
        act.source = (!source.is_empty()).then(|| source.into_owned());
        Ok(act)
    }

    fn action(&self, row: &SideRow<'_>) -> Result<ActionKind, TableError> {
        let act = row.text(self.action);
        let kind = act.parse().ok().or_else(|| ActionKind::from_mark(&act));
        let kind = kind.or_else(|| act.to_ascii_lowercase().replace(' ', "-").parse().ok());
        let help = "write a word such as `ratification`, or a letter of the depositary's tables";
        kind.ok_or_else(|| row.fault(self.action, "is not a treaty action", help))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(csv: &str) -> Result<ActsTable, TableError> {
        let known = |code: &StateCode| code.to_string() == "CSK";
        read_acts(csv, |_| true, |text| text.parse().ok().filter(known))
    }

    #[test]
    fn a_row_of_nobody_is_kept_apart_and_the_others_are_read() {
        let csv = "participant,action,date\nCSK,ratification,1975-12-23\nQQJ,ratification,1976\nAtlantis,a,1977\n";
        let table = read(csv).unwrap();
        assert_eq!(table.acts.len(), 1);
        let unknown: Vec<_> = table.unknown.iter().map(ToString::to_string).collect();
        assert_eq!(
            unknown,
            [
                "line 3, participant: unknown participant `QQJ`",
                "line 4, participant: unknown participant `Atlantis`"
            ]
        );
    }

    #[test]
    fn a_timestamp_of_midnight_is_a_day_and_any_other_is_refused() {
        let read = |date: &str| {
            read(&format!(
                "participant,action,date,effective\nCSK,a,{date},{date}\n"
            ))
        };
        for date in ["2001-03-12 00:00:00", "2001-03-12T00:00:00Z", "2001-03-12"] {
            let (_, act) = read(date).unwrap().acts.remove(0);
            let day = "2001-03-12".parse().ok();
            assert_eq!((act.date, act.effective), (day, day), "{date}");
        }
        let refused = read("2001-03-12 12:30:00").unwrap_err().to_string();
        assert!(
            refused.starts_with("line 2, date: `2001-03-12 12:30:00`"),
            "{refused}"
        );
    }

    #[test]
    fn errors_name_line_and_column() {
        let read = |csv: &str| read(csv).unwrap_err().to_string();
        assert!(read("a,b\n").contains("no column `participant`"));
        assert!(
            read("participant,action,date\nCSK,dance,1975\n").contains("line 2, action: `dance`")
        );
        assert!(read("participant,action,date\nCSK,a,soon\n").contains("line 2, date: `soon`"));
    }
}
