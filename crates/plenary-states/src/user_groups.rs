//! Groups that a user supplies.

use std::collections::BTreeMap;
use std::io::Read;

use chrono::NaiveDate;
use csv::StringRecord;
use plenary_types::{Span, StateCode, at_midnight};

use crate::{Resolver, entity};

/// Dated groups of states, read from a CSV file.
///
/// The file has a header and the columns `group` and `member`, and may have `from` and `to` (half-open,
/// empty for open) and any others. A member is a code or a name.
///
/// ```
/// use plenary_states::Groups;
/// use chrono::NaiveDate;
///
/// let csv = "group,member,from,to\nbenelux,Belgium,1944-09-05,\nbenelux,NLD,1944-09-05,\nbenelux,Luxembourg,1944-09-05,\n";
/// let groups = Groups::read(csv.as_bytes())?;
/// let day = NaiveDate::from_ymd_opt(2020, 1, 1).unwrap();
/// let codes: Vec<_> = groups.members_on("benelux", day).map(|code| code.to_string()).collect();
/// assert_eq!(codes, ["BEL", "LUX", "NLD"]);
/// # Ok::<(), plenary_states::GroupsError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Groups {
    members: BTreeMap<String, Vec<(StateCode, Span)>>,
}

/// Why a file of groups cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GroupsError {
    /// The file is not CSV, or cannot be read.
    #[error("the groups are not readable as CSV")]
    Csv(#[from] csv::Error),
    /// A column that is needed is missing.
    #[error("the groups have no column `{column}`: the header must name `group` and `member`")]
    Column {
        /// The missing column.
        column: &'static str,
    },
    /// The group has no name.
    #[error("line {line}: the group has no name")]
    NoGroup {
        /// The line of the file.
        line: u64,
    },
    /// A member is no code and no name of one state.
    #[error("line {line}: `{found}` is not one state{hint}: write its code, such as `KOR`")]
    Member {
        /// The line of the file.
        line: u64,
        /// The text that was refused.
        found: String,
        /// What it may mean, in brackets.
        hint: String,
    },
    /// A day is not of the form `YYYY-MM-DD`.
    #[error("line {line}: `{found}` in column `{column}` is not a day: expected YYYY-MM-DD")]
    Day {
        /// The line of the file.
        line: u64,
        /// The column.
        column: &'static str,
        /// The text that was refused.
        found: String,
    },
    /// The days end before they begin.
    #[error("line {line}: the days end on {to}, before they begin on {from}")]
    Backwards {
        /// The line of the file.
        line: u64,
        /// The first day.
        from: NaiveDate,
        /// The first day after.
        to: NaiveDate,
    },
}

impl Groups {
    /// Reads groups from CSV.
    ///
    /// # Errors
    ///
    /// [`GroupsError`] says which line is wrong, and how.
    pub fn read(source: impl Read) -> Result<Self, GroupsError> {
        let mut reader = csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .from_reader(source);
        let header = reader.headers()?;
        let columns = Columns {
            group: column(header, "group")?,
            member: column(header, "member")?,
            from: column(header, "from").ok(),
            to: column(header, "to").ok(),
        };
        let mut groups = Self::default();
        for record in reader.records() {
            groups.add(&columns, &record?)?;
        }
        for members in groups.members.values_mut() {
            members.sort_by_key(|(code, span)| (*code, span.from));
        }
        Ok(groups)
    }

    fn add(&mut self, columns: &Columns, record: &StringRecord) -> Result<(), GroupsError> {
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |column: usize| record.get(column).unwrap_or_default();
        let group = cell(columns.group);
        if group.is_empty() {
            return Err(GroupsError::NoGroup { line });
        }
        let day = |name, column: Option<usize>| match column.map_or("", cell) {
            "" => Ok(None),
            text => {
                let day = at_midnight(text).unwrap_or(text).parse();
                day.map(Some).map_err(|_| GroupsError::Day {
                    line,
                    column: name,
                    found: text.to_owned(),
                })
            }
        };
        let (from, to) = (day("from", columns.from)?, day("to", columns.to)?);
        let span = Span {
            from: from.unwrap_or(NaiveDate::MIN),
            to,
        };
        if let Some(to) = to.filter(|to| *to < span.from) {
            return Err(GroupsError::Backwards {
                line,
                from: span.from,
                to,
            });
        }
        let member = member(cell(columns.member), from, line)?;
        self.members
            .entry(group.to_owned())
            .or_default()
            .push((member, span));
        Ok(())
    }

    /// The names of the groups, in alphabetical order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.members.keys().map(String::as_str)
    }

    /// Everybody who is a member of a group on some day, in the order of their codes; none when there is no such group.
    pub fn members(&self, group: &str) -> impl Iterator<Item = StateCode> {
        let members = self.members.get(group).map_or(&[][..], Vec::as_slice);
        let by_code = members.chunk_by(|(code, _), (other, _)| code == other);
        by_code.filter_map(|spells| spells.first().map(|(code, _)| *code))
    }

    /// The members of a group on a day, in the order of their codes; none when there is no such group.
    pub fn members_on(&self, group: &str, day: NaiveDate) -> impl Iterator<Item = StateCode> {
        let members = self.members.get(group).map_or(&[][..], Vec::as_slice);
        members
            .iter()
            .filter(move |(_, span)| span.contains(day))
            .map(|(code, _)| *code)
    }
}

struct Columns {
    group: usize,
    member: usize,
    from: Option<usize>,
    to: Option<usize>,
}

fn column(header: &StringRecord, name: &'static str) -> Result<usize, GroupsError> {
    let found = header
        .iter()
        .position(|h| h.trim_start_matches('\u{feff}').eq_ignore_ascii_case(name));
    found.ok_or(GroupsError::Column { column: name })
}

/// The state of a cell: the code of an entity, or a name that is certain at the first day or in general.
fn member(text: &str, from: Option<NaiveDate>, line: u64) -> Result<StateCode, GroupsError> {
    let code = text
        .parse::<StateCode>()
        .ok()
        .filter(|code| entity(*code).is_some());
    let general = Resolver::new().names_or_codes().explain(text);
    let dated = || from.and_then(|_| Resolver::new().names_or_codes().on(from).resolve(text));
    code.or(general.code)
        .or_else(dated)
        .ok_or_else(|| GroupsError::Member {
            line,
            found: text.to_owned(),
            hint: hint(&general.candidates),
        })
}

fn hint(candidates: &[crate::Candidate]) -> String {
    if candidates.is_empty() {
        return String::new();
    }
    let codes: Vec<_> = candidates.iter().map(|c| c.code.to_string()).collect();
    format!(" (it may be {})", codes.join(", "))
}
