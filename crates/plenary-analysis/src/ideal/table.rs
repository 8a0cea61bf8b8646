//! Reading `ccode,session,rcid,vote` tables, the layout of Voeten's voting data.

use std::collections::BTreeMap;
use std::io::Read;

use plenary_types::{Choice, Session};

use super::responses::{ResponsesBuilder, ResponsesError};
use crate::matrix::{VoteKey, Votes};

/// What is wrong with a table of ballots or of linked votes.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TableError {
    /// The file is no table, or reading it failed.
    #[error("line {line}: {error}")]
    Csv {
        /// The line, counted from 1.
        line: u64,
        /// What the CSV reader says.
        error: csv::Error,
    },
    /// A column is missing.
    #[error(
        "line 1: there is no column `{column}`; the header must have {expected}, but has `{found}`"
    )]
    Column {
        /// The missing column.
        column: &'static str,
        /// The columns that are needed.
        expected: &'static str,
        /// The header as it stands.
        found: String,
    },
    /// A field does not hold what its column should.
    #[error("line {line}, field `{field}`: `{found}` is not {expected}")]
    Field {
        /// The line, counted from 1.
        line: u64,
        /// The column.
        field: &'static str,
        /// What stands there.
        found: String,
        /// What should stand there.
        expected: &'static str,
    },
    /// The ballots do not fit together.
    #[error(transparent)]
    Responses(#[from] ResponsesError),
}

/// What reading a table amounted to: `rows = used + absent + not_members`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TableRows {
    /// Rows below the header.
    pub rows: u64,
    /// Rows that made a ballot.
    pub used: u64,
    /// Rows with vote 8, absent.
    pub absent: u64,
    /// Rows with vote 9, not a member.
    pub not_members: u64,
}

const BALLOT_COLUMNS: &str = "`ccode`, `session`, `rcid` and `vote`";
const LINK_COLUMNS: &str = "`rcid1` and `rcid2`";

/// Reads a table with the columns `ccode`, `session`, `rcid` and `vote` (in any order, others are left alone; rows in
/// any order) and adds its ballots. Votes are 1 yes, 2 abstain, 3 no, 8 absent and 9 not a member.
///
/// # Errors
///
/// [`TableError`], with the line and the field.
pub fn read_ballots(
    input: impl Read,
    builder: &mut ResponsesBuilder,
) -> Result<TableRows, TableError> {
    each_row(input, |row| {
        builder.add(row.state, row.session, row.vote, row.choice, row.line)?;
        Ok(())
    })
}

/// Reads the same table as votes, each in its session.
///
/// # Errors
///
/// [`TableError`], with the line and the field; a session below 0 or above 999 is one.
pub fn read_votes(input: impl Read, votes: &mut Votes) -> Result<TableRows, TableError> {
    let mut lists: BTreeMap<(i32, String), Vec<(String, Choice)>> = BTreeMap::new();
    let rows = each_row(input, |row| {
        if !(0..1000).contains(&row.session) {
            return Err(TableError::Field {
                line: row.line,
                field: "session",
                found: row.session.to_string(),
                expected: "the number of a session",
            });
        }
        let list = lists.entry((row.session, row.vote.to_owned())).or_default();
        list.push((row.state.to_owned(), row.choice));
        Ok(())
    })?;
    for ((session, vote), list) in lists {
        let mut key = VoteKey::new(vote);
        key.session = u16::try_from(session).ok().map(Session::Regular);
        votes.add(
            key,
            list.iter().map(|(state, choice)| (state.as_str(), *choice)),
        );
    }
    Ok(rows)
}

/// Whether a table begins with the header that [`read_ballots`] reads.
#[must_use]
pub fn is_ballot_table(beginning: &[u8]) -> bool {
    let line = beginning.split(|&byte| byte == b'\n').next().unwrap_or(&[]);
    let header = String::from_utf8_lossy(line).to_ascii_lowercase();
    let names: Vec<&str> = header
        .split(',')
        .map(|name| name.trim_matches(TRIMMED))
        .collect();
    BALLOT_NAMES.iter().all(|name| names.contains(name))
}

const BALLOT_NAMES: [&str; 4] = ["ccode", "session", "rcid", "vote"];
const TRIMMED: [char; 4] = ['\u{feff}', '"', ' ', '\r'];

struct Row<'a> {
    state: &'a str,
    session: i32,
    vote: &'a str,
    choice: Choice,
    line: u64,
}

fn each_row(
    input: impl Read,
    mut add: impl FnMut(Row<'_>) -> Result<(), TableError>,
) -> Result<TableRows, TableError> {
    let mut reader = reader(input);
    let columns = columns(&mut reader, BALLOT_NAMES, BALLOT_COLUMNS)?;
    let mut record = csv::StringRecord::new();
    let mut rows = TableRows::default();
    while next(&mut reader, &mut record)? {
        let line = record.position().map_or(0, csv::Position::line);
        let [state, session, vote, choice] = columns.map(|at| record.get(at).unwrap_or("").trim());
        named(state, line, "ccode", "the code of a state")?;
        named(vote, line, "rcid", "the identifier of a roll call")?;
        let session = number(session, line)?;
        let choice = choice_of(choice, line)?;
        rows.rows += 1;
        match choice {
            Choice::NonVoting => rows.absent += 1,
            Choice::NotEligible => rows.not_members += 1,
            _ => rows.used += 1,
        }
        add(Row {
            state,
            session,
            vote,
            choice,
            line,
        })?;
    }
    Ok(rows)
}

/// Reads a table with the columns `rcid1` and `rcid2`: pairs of roll calls that repeat one resolution. Returns how
/// many pairs there are.
///
/// # Errors
///
/// [`TableError`], with the line and the field.
pub fn read_links(input: impl Read, builder: &mut ResponsesBuilder) -> Result<u64, TableError> {
    let mut reader = reader(input);
    let columns = columns(&mut reader, ["rcid1", "rcid2"], LINK_COLUMNS)?;
    let mut record = csv::StringRecord::new();
    let mut pairs = 0;
    while next(&mut reader, &mut record)? {
        let line = record.position().map_or(0, csv::Position::line);
        let [first, second] = columns.map(|at| record.get(at).unwrap_or("").trim());
        named(first, line, "rcid1", "the identifier of a roll call")?;
        named(second, line, "rcid2", "the identifier of a roll call")?;
        builder.link(first, second);
        pairs += 1;
    }
    Ok(pairs)
}

fn reader<R: Read>(input: R) -> csv::Reader<R> {
    csv::ReaderBuilder::new()
        .buffer_capacity(1 << 16)
        .from_reader(input)
}

fn at_line<R: Read>(reader: &csv::Reader<R>, error: csv::Error) -> TableError {
    let line = error
        .position()
        .map_or_else(|| reader.position().line(), csv::Position::line);
    TableError::Csv { line, error }
}

fn next<R: Read>(
    reader: &mut csv::Reader<R>,
    record: &mut csv::StringRecord,
) -> Result<bool, TableError> {
    reader
        .read_record(record)
        .map_err(|error| at_line(reader, error))
}

fn columns<const N: usize>(
    reader: &mut csv::Reader<impl Read>,
    names: [&'static str; N],
    expected: &'static str,
) -> Result<[usize; N], TableError> {
    let header = match reader.headers() {
        Ok(header) => header.clone(),
        Err(error) => return Err(TableError::Csv { line: 1, error }),
    };
    let tidy = |name: &str| {
        name.trim()
            .trim_start_matches('\u{feff}')
            .to_ascii_lowercase()
    };
    let mut columns = [0; N];
    for (column, name) in columns.iter_mut().zip(names) {
        *column = header
            .iter()
            .position(|found| tidy(found) == name)
            .ok_or_else(|| TableError::Column {
                column: name,
                expected,
                found: header.iter().collect::<Vec<_>>().join(","),
            })?;
    }
    Ok(columns)
}

fn named(
    found: &str,
    line: u64,
    field: &'static str,
    expected: &'static str,
) -> Result<(), TableError> {
    if found.is_empty() {
        return Err(TableError::Field {
            line,
            field,
            found: String::new(),
            expected,
        });
    }
    Ok(())
}

fn number(found: &str, line: u64) -> Result<i32, TableError> {
    found.parse().map_err(|_| TableError::Field {
        line,
        field: "session",
        found: found.to_owned(),
        expected: "the number of a session",
    })
}

fn choice_of(found: &str, line: u64) -> Result<Choice, TableError> {
    match found {
        "1" => Ok(Choice::Yes),
        "2" => Ok(Choice::Abstain),
        "3" => Ok(Choice::No),
        "8" => Ok(Choice::NonVoting),
        "9" => Ok(Choice::NotEligible),
        _ => Err(TableError::Field {
            line,
            field: "vote",
            found: found.to_owned(),
            expected: "a vote (1 yes, 2 abstain, 3 no, 8 absent, 9 not a member)",
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::super::responses::ItemRules;
    use super::*;

    fn message(text: &str) -> String {
        let mut builder = ResponsesBuilder::default();
        match read_ballots(text.as_bytes(), &mut builder) {
            Ok(rows) => format!("{rows:?}"),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn columns_and_rows_come_in_any_order() {
        let text = "vote,note,rcid,session,ccode\n1,a,7,2,20\n3,b,7,2,2\n8,c,7,2,40\n9,d,7,2,41\n";
        let mut builder = ResponsesBuilder::default();
        let rows = read_ballots(text.as_bytes(), &mut builder).unwrap();
        assert_eq!(
            (rows.rows, rows.used, rows.absent, rows.not_members),
            (4, 2, 1, 1)
        );
        let responses = builder.build(ItemRules::default()).unwrap();
        assert_eq!(responses.states(), ["2", "20"]);
    }

    #[test]
    fn each_defect_is_named_with_its_line_and_field() {
        let cases = [
            (
                "ccode,session,vote\n",
                "line 1: there is no column `rcid`; the header must have `ccode`, `session`, `rcid` and `vote`, \
                 but has `ccode,session,vote`",
            ),
            (
                "ccode,session,rcid,vote\n2,1,3,1\n2,first,4,1\n",
                "line 3, field `session`: `first` is not the number of a session",
            ),
            (
                "ccode,session,rcid,vote\n2,1,3,4\n",
                "line 2, field `vote`: `4` is not a vote (1 yes, 2 abstain, 3 no, 8 absent, 9 not a member)",
            ),
            (
                "ccode,session,rcid,vote\n,1,3,1\n",
                "line 2, field `ccode`: `` is not the code of a state",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(message(text), expected);
        }
        assert!(message("ccode,session,rcid,vote\n2,1,3\n").starts_with("line 2: "));
    }
}
