//! A file of acts: those that a participant table does not carry.

use std::collections::BTreeMap;

use plenary_states::entity;
use plenary_types::{ActionKind, Date, StateCode, TreatyAction};

/// Why a file of acts cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ActsError {
    /// Not CSV, or not text.
    #[error("the file of acts cannot be read: {0}")]
    Csv(#[from] csv::Error),
    /// A column is missing.
    #[error(
        "the file of acts has no column `{column}`: expected `participant`, `action` and `date`, and perhaps `treaty`, `effective` and `source`"
    )]
    Column {
        /// The column.
        column: &'static str,
    },
    /// A cell holds something else than it should.
    #[error("line {line}, {field}: `{value}` {reason}")]
    Cell {
        /// The line, counted from 1.
        line: u64,
        /// The column.
        field: &'static str,
        /// What is in the cell.
        value: String,
        /// Why that cannot be used.
        reason: String,
    },
}

/// A file of acts, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ActsFile {
    /// The acts.
    pub acts: Vec<TreatyAction>,
    /// Rows whose participant is nobody: codes that no state or organisation has, names that are not known.
    pub unknown: Vec<UnknownParticipant>,
}

/// A row of a file of acts whose participant is nobody.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, participant: unknown participant `{found}`")]
pub struct UnknownParticipant {
    /// The line, counted from 1.
    pub line: u64,
    /// The code or name.
    pub found: String,
}

/// Reads a file of acts: a CSV with the columns `participant`, `action` and `date`, and where they are known
/// `treaty` (a number; an empty one is any treaty), `effective` and `source`.
///
/// An action is a word such as `ratification` or a letter of the depositary's tables. `resolve` turns a name into a
/// code; codes need none. A row whose participant is nobody is kept apart: an instrument of nobody fills no clause.
///
/// ```
/// use plenary_treaties::acts_from_csv;
///
/// let csv = "treaty,participant,action,date\n4-4,CSK,ratification,1975-12-23\n4-1,CSK,ratification,1950-12-21\n";
/// let file = acts_from_csv(csv, Some("4-4"), |_| None)?;
/// assert_eq!(file.acts.len(), 1);
/// assert_eq!(file.acts[0].participant.to_string(), "CSK");
/// # Ok::<(), plenary_treaties::ActsError>(())
/// ```
///
/// # Errors
///
/// [`ActsError`] with the line and the column, when the file is not of that form.
pub fn acts_from_csv(
    text: &str,
    treaty: Option<&str>,
    resolve: impl Fn(&str) -> Option<StateCode>,
) -> Result<ActsFile, ActsError> {
    let treaty = treaty.map(normal_id);
    let mut file = ActsFile::default();
    each_act(text, resolve, |of, act| {
        let is_wanted = |treaty: &String| of.is_empty() || *treaty == normal_id(of);
        if treaty.as_ref().is_none_or(is_wanted) {
            match act()? {
                Ok(act) => file.acts.push(act),
                Err(unknown) => file.unknown.push(unknown),
            }
        }
        Ok(())
    })?;
    Ok(file)
}

/// The act of a row, or who is nobody in it.
type Act = Result<Result<TreatyAction, UnknownParticipant>, ActsError>;

/// The rows of a file of acts: the number of the treaty as it is written, and the act when it is asked for.
fn each_act(
    text: &str,
    resolve: impl Fn(&str) -> Option<StateCode>,
    mut take: impl FnMut(&str, &dyn Fn() -> Act) -> Result<(), ActsError>,
) -> Result<(), ActsError> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let columns = Columns::find(reader.headers()?)?;
    for record in reader.records() {
        let record = record?;
        let line = record.position().map_or(0, csv::Position::line);
        let row = Row { line, record };
        let act = || match row.participant(&columns, &resolve) {
            Ok(participant) => Ok(Ok(row.action(participant, &columns)?)),
            Err(unknown) => Ok(Err(unknown)),
        };
        take(row.cell(columns.treaty), &act)?;
    }
    Ok(())
}

/// The acts of a file that comes with the crate, by the number of the treaty. A test makes sure that every row can be read.
pub(crate) fn acts_by_treaty(texts: &[&str]) -> BTreeMap<String, Vec<TreatyAction>> {
    let mut acts: BTreeMap<String, Vec<TreatyAction>> = BTreeMap::new();
    for text in texts {
        let read = each_act(
            text,
            |_| None,
            |of, act| {
                if let Ok(act) = act()? {
                    acts.entry(normal_id(of)).or_default().push(act);
                }
                Ok(())
            },
        );
        debug_assert!(read.is_ok(), "{read:?}");
    }
    acts
}

/// Whether two numbers of treaties are the same: `IV-11` and `4-11` are.
#[must_use]
pub fn same_id(one: &str, other: &str) -> bool {
    normal_id(one) == normal_id(other)
}

/// Whether a text is a number of the depositary's collection: `4-11`, `IV-11`, `27-7-a`.
///
/// ```
/// use plenary_treaties::is_number;
///
/// assert!(is_number("XXVII-7.a") && is_number("1-99"));
/// assert!(!is_number("2014-07") && !is_number("t"));
/// ```
#[must_use]
pub fn is_number(text: &str) -> bool {
    let id = normal_id(text);
    let mut parts = id.split('-');
    let mut number = |most: usize| {
        let digits = |part: &str| {
            (1..=most).contains(&part.len()) && part.chars().all(|c| c.is_ascii_digit())
        };
        parts.next().is_some_and(digits)
    };
    number(2) && number(3)
}

/// A treaty number as it is compared: `IV-11`, `iv-11` and `4-11` are one, and so are `27-7.a` and `XXVII-7-a`.
pub(crate) fn normal_id(id: &str) -> String {
    let id = id.trim().to_ascii_lowercase().replace('.', "-");
    match id.split_once('-') {
        Some((chapter, rest)) => match roman(chapter) {
            Some(number) => format!("{number}-{rest}"),
            None => id,
        },
        None => id,
    }
}

fn roman(text: &str) -> Option<u32> {
    let values: Option<Vec<u32>> = text
        .chars()
        .map(|c| match c {
            'i' => Some(1),
            'v' => Some(5),
            'x' => Some(10),
            'l' => Some(50),
            _ => None,
        })
        .collect();
    let values = values.filter(|values| !values.is_empty() && values.len() <= 8)?;
    let mut sum = 0;
    for (index, value) in values.iter().enumerate() {
        let subtract = values.get(index + 1).is_some_and(|next| next > value);
        sum = if subtract {
            sum + values.get(index + 1)? - value
        } else if index > 0 && values.get(index - 1)? < value {
            sum
        } else {
            sum + value
        };
    }
    Some(sum)
}

struct Columns {
    treaty: Option<usize>,
    participant: usize,
    action: usize,
    date: usize,
    effective: Option<usize>,
    source: Option<usize>,
}

impl Columns {
    fn find(headers: &csv::StringRecord) -> Result<Self, ActsError> {
        let place = |names: &[&str]| {
            let mut headers = headers.iter();
            headers.position(|h| {
                names
                    .iter()
                    .any(|name| h.trim_start_matches('\u{feff}').eq_ignore_ascii_case(name))
            })
        };
        let needed =
            |names: &[&'static str], column| place(names).ok_or(ActsError::Column { column });
        Ok(Self {
            treaty: place(&["treaty", "treaty_id", "id"]),
            participant: needed(
                &["participant", "state", "code", "country", "name"],
                "participant",
            )?,
            action: needed(&["action", "act", "kind", "mark"], "action")?,
            date: needed(&["date", "deposited", "on"], "date")?,
            effective: place(&["effective", "effective_from"]),
            source: place(&["source"]),
        })
    }
}

struct Row {
    line: u64,
    record: csv::StringRecord,
}

impl Row {
    fn cell(&self, column: Option<usize>) -> &str {
        column
            .and_then(|column| self.record.get(column))
            .unwrap_or_default()
    }

    fn participant(
        &self,
        columns: &Columns,
        resolve: &impl Fn(&str) -> Option<StateCode>,
    ) -> Result<StateCode, UnknownParticipant> {
        let name = self.cell(Some(columns.participant));
        let code = name.parse().ok().filter(|code| entity(*code).is_some());
        code.or_else(|| resolve(name))
            .ok_or_else(|| UnknownParticipant {
                line: self.line,
                found: name.to_owned(),
            })
    }

    fn action(&self, participant: StateCode, columns: &Columns) -> Result<TreatyAction, ActsError> {
        let act = self.cell(Some(columns.action));
        let kind = act.parse().ok().or_else(|| ActionKind::from_mark(act));
        let kind = kind
            .or_else(|| act.to_ascii_lowercase().replace(' ', "-").parse().ok())
            .ok_or_else(|| self.fault("action", act, "is not a treaty action: expected a word such as `ratification`, or a letter of the depositary's tables"))?;
        let source = self.cell(columns.source);
        Ok(TreatyAction {
            participant,
            kind,
            date: self.date("date", Some(columns.date))?,
            effective: self.date("effective", columns.effective)?,
            printed: None,
            source: (!source.is_empty()).then(|| source.to_owned()),
        })
    }

    fn date(&self, field: &'static str, column: Option<usize>) -> Result<Option<Date>, ActsError> {
        let text = self.cell(column);
        if text.is_empty() {
            return Ok(None);
        }
        let date = Date::read(text)
            .map_err(|_| self.fault(field, text, "is not a date: expected YYYY-MM-DD"));
        date.map(Some)
    }

    fn fault(&self, field: &'static str, value: &str, reason: &str) -> ActsError {
        ActsError::Cell {
            line: self.line,
            field,
            value: value.to_owned(),
            reason: reason.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_treaties_compare_in_either_notation() {
        for (one, other) in [
            ("IV-11", "4-11"),
            ("XXVII-7-a", "27-7.A"),
            ("xxvi-4", "26-4"),
            ("XIX-47", "19-47"),
        ] {
            assert_eq!(normal_id(one), normal_id(other));
        }
        assert_ne!(normal_id("IV-11"), normal_id("VI-11"));
        assert_eq!(normal_id("paris-agreement"), "paris-agreement");
    }

    #[test]
    fn a_row_of_nobody_is_kept_apart_and_the_others_are_read() {
        let csv = "participant,action,date\nCSK,ratification,1975-12-23\nQQJ,ratification,1976\nAtlantis,a,1977\n";
        let file = acts_from_csv(csv, None, |_| None).unwrap();
        assert_eq!(file.acts.len(), 1);
        let unknown: Vec<_> = file.unknown.iter().map(ToString::to_string).collect();
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
            let csv = format!("participant,action,date,effective\nCSK,a,{date},{date}\n");
            acts_from_csv(&csv, None, |_| None)
        };
        for date in ["2001-03-12 00:00:00", "2001-03-12T00:00:00Z", "2001-03-12"] {
            let act = read(date).unwrap().acts.remove(0);
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
        let read = |csv: &str| acts_from_csv(csv, None, |_| None).unwrap_err().to_string();
        assert!(read("a,b\n").contains("no column `participant`"));
        assert!(
            read("participant,action,date\nCSK,dance,1975\n").contains("line 2, action: `dance`")
        );
        assert!(read("participant,action,date\nCSK,a,soon\n").contains("line 2, date: `soon`"));
    }
}
