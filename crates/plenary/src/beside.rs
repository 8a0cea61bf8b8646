//! Files beside the votes, and what users call a participant and a day.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, NaiveDate};
use plenary_decisions::{Facts, Others, Table};
use plenary_import::{Mapping, MembersMapping, Options, ProposedMapping};
use plenary_states::Groups;
use plenary_tables::{TableError, WeightColumn};
use plenary_types::{Participant, Span, StateCode};

use crate::{Error, Input, Refusal, Settings};

/// The text of a file beside the votes, packed or not, or of the standard input.
pub(crate) fn read_text(path: &Path) -> Result<String, Error> {
    if path.is_dir() {
        let refusal = Refusal::new("this is a folder (expected a file)").at(path);
        return Err(refusal.into());
    }
    Ok(plenary_import::read_text(path)?)
}

/// Reads a mapping: how to read a table of no known format. Where there is no such file, the name may be that of a format which
/// is a mapping, such as `voteview-rollcalls`.
///
/// # Errors
///
/// [`Error`] when the file cannot be read, or says what cannot be.
pub fn read_mapping(path: impl AsRef<Path>) -> Result<Mapping, Error> {
    let path = path.as_ref();
    let shipped = path.to_str().filter(|_| !path.exists());
    let text = match shipped.and_then(plenary_import::shipped_mapping) {
        Some(shipped) => shipped.to_owned(),
        None => read_text(path)?,
    };
    Mapping::from_toml(&text).map_err(|source| Error::Mapping {
        path: path.to_owned(),
        source,
    })
}

/// Proposes a mapping for a table, by what its columns seem to hold: a text with its reasons, and with what could not be told.
///
/// ```
/// let table = "id,day,country,position\n1,2022-07-07,France,for\n1,2022-07-07,China,against\n";
/// let input = plenary::Input::bytes("votes.csv", table);
/// let proposed = plenary::propose_mapping(&input, &plenary::Settings::default())?;
/// assert!(proposed.is_complete());
/// # Ok::<(), plenary::Error>(())
/// ```
///
/// # Errors
///
/// [`Error`] when the input cannot be read, or is no table.
pub fn propose_mapping(input: &Input, settings: &Settings) -> Result<ProposedMapping, Error> {
    Ok(match input {
        Input::Path(path) => {
            let mut options = Options::default();
            options.formats.clone_from(&settings.formats);
            plenary_import::propose_mapping(path, &options)?
        }
        Input::Bytes { name, bytes } => plenary_import::propose_mapping_for(name, bytes)?,
    })
}

/// Reads groups of one's own: a CSV with the columns `group`, `member`, `from` and `to`, or a list of members as others publish it,
/// of which every row can be used ([`read_member_list`]).
///
/// # Errors
///
/// [`Error`] when the file cannot be read, or is no such table.
pub fn read_groups(path: impl AsRef<Path>) -> Result<Groups, Error> {
    read_whole_member_list(path).map(|list| list.groups)
}

/// The same with what the days of its rows rest on: [`ListOfMembers::notes`].
///
/// # Errors
///
/// [`Error`] when the file cannot be read, is no such table, or has a row that cannot be used.
pub fn read_whole_member_list(path: impl AsRef<Path>) -> Result<ListOfMembers, Error> {
    let list = read_member_list(path, None)?;
    match list.rejected.first() {
        Some(first) => Err(Refusal::new(format!("a member cannot be used: {first}"))
            .with_help("correct the list, or write the groups that can be used with `plenary members --groups FILE --convert`")
            .into()),
        None => Ok(list),
    }
}

/// Groups as a list of members has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListOfMembers {
    /// The groups, their members and the days of these.
    pub groups: Groups,
    /// The same as rows: the group, its member and the days.
    pub members: Vec<(String, Participant, Span)>,
    /// Rows of which nothing is used, each with its place and the reason.
    pub rejected: Vec<String>,
    /// What the days of the others rest on.
    pub notes: Vec<String>,
}

/// Reads groups from a list of members as others publish it, by a mapping of members or as one that is known by its columns; or from a
/// CSV with the columns `group`, `member`, `from` and `to`.
///
/// # Errors
///
/// [`Error`] when the file cannot be read, or is no such table.
pub fn read_member_list(
    path: impl AsRef<Path>,
    mapping: Option<&MembersMapping>,
) -> Result<ListOfMembers, Error> {
    let path = path.as_ref();
    // A pipe can be read once: it has the columns of groups.
    let is_file = path.is_file();
    let table = match mapping.is_some() || is_file {
        true => plenary_import::read_members(path, mapping)?,
        false => None,
    };
    let (members, rejected, notes) = match table {
        Some(table) => (table.members, table.rejected, table.notes),
        None => {
            let read = plenary_tables::read_groups(&read_text(path)?, Groups::participant);
            let members = read.map_err(|error| Refusal::in_table(path, error))?;
            (members, Vec::new(), Vec::new())
        }
    };
    Ok(ListOfMembers {
        groups: Groups::new(
            members
                .iter()
                .map(|(group, who, span)| (group.as_str(), *who, *span)),
        ),
        members,
        rejected,
        notes,
    })
}

/// Reads a mapping of members: how to read a list of members as groups.
///
/// # Errors
///
/// [`Error`] when the file cannot be read, or says what cannot be.
pub fn read_members_mapping(path: impl AsRef<Path>) -> Result<MembersMapping, Error> {
    let path = path.as_ref();
    MembersMapping::from_toml(&read_text(path)?).map_err(|source| Error::Mapping {
        path: path.to_owned(),
        source,
    })
}

/// Reads weights: CSVs with a column `code` and columns of numbers, named by their headings; `others` is what a member without a
/// row has. Where several files have a table of one name, the first counts.
///
/// # Errors
///
/// [`Error`] when a file cannot be read, or is no such table.
pub fn read_weights<P: AsRef<Path>>(
    paths: impl IntoIterator<Item = P>,
    others: Others,
) -> Result<Facts, Error> {
    let mut facts = Facts::default();
    for path in paths {
        let path = path.as_ref();
        let read = weights(&read_text(path)?, others);
        facts.add_missing(&read.map_err(|error| Refusal::in_table(path, error))?);
    }
    Ok(facts)
}

fn weights(text: &str, others: Others) -> Result<Facts, TableError> {
    let columns = plenary_tables::read_weights(text, who)?;
    let table = |column: &WeightColumn| {
        let table = Table::parse(column.iter())?;
        let table = match &column.total {
            Some(total) if !column.weights.is_empty() => table.with_total(total)?,
            _ => table,
        };
        Ok(table.with_others(others))
    };
    let tables: Result<Vec<Table>, plenary_decisions::TableError> =
        columns.iter().map(table).collect();
    let help = "write numbers of at most twelve decimals, one for each member";
    let tables = tables.map_err(|error| TableError::new(error.to_string(), help))?;
    let headings = columns.iter().map(|column| column.heading.as_str());
    Facts::from_tables(headings.zip(tables)).map_err(|error| {
        let reason = format!("the heading `{}` cannot name a table", error.found);
        TableError::new(reason, "rename it, for example `voting-power`")
    })
}

/// The participant of a name that some source uses.
pub(crate) fn who(name: &str) -> Option<Participant> {
    code_of(name).map(Participant::from)
}

/// The code of a participant, by a name that some source uses.
pub(crate) fn code_of(name: &str) -> Option<StateCode> {
    plenary_import::participant(name).or_else(|| plenary_states::resolve(name, None))
}

/// The participant that a text means: a code, in capitals or not, a name, or a kind and an identifier.
///
/// # Errors
///
/// [`Error::Refused`] when it means nobody.
///
/// ```
/// for (text, who) in [("FRA", "FRA"), ("fra", "FRA"), ("France", "FRA"), ("person:x", "person:x")] {
///     assert_eq!(plenary::participant(text)?.as_str(), who);
/// }
/// assert!(plenary::participant("Atlantis").is_err());
/// # Ok::<(), plenary::Error>(())
/// ```
pub fn participant(text: &str) -> Result<Participant, Error> {
    let text = text.trim();
    if let Ok(who) = text.parse() {
        return Ok(who);
    }
    state(text).map(Participant::from)
}

/// The code that a text means: a code, in capitals or not, or a name.
///
/// # Errors
///
/// [`Error::Refused`] when it means nobody.
pub(crate) fn state(text: &str) -> Result<StateCode, Error> {
    let text = text.trim();
    let in_capitals = || text.to_ascii_uppercase().parse().ok();
    let code = text.parse().ok();
    let code = code.or_else(|| in_capitals().filter(|_| text.len() == 3));
    code.or_else(|| code_of(text)).ok_or_else(|| {
        let help = "use a code of three capitals, such as FRA, or `plenary resolve` to find one";
        let reason = format!("unknown participant `{text}`");
        Refusal::new(reason).with_help(help).into()
    })
}

/// Today, in Coordinated Universal Time.
///
/// # Errors
///
/// [`Error::Refused`] when the clock of the machine cannot be right.
pub fn today() -> Result<NaiveDate, Error> {
    day_of(SystemTime::now())
}

fn day_of(time: SystemTime) -> Result<NaiveDate, Error> {
    let since = time.duration_since(UNIX_EPOCH).ok();
    let seconds = since.and_then(|since| i64::try_from(since.as_secs()).ok());
    let now = seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    now.map(|now| now.date_naive()).ok_or_else(|| {
        let reason = "the clock of this machine shows a day before 1970 or outside the calendar";
        Refusal::new(reason)
            .with_help("give the day")
            .by_setting(["on"])
            .into()
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use std::time::Duration;

    use super::*;

    #[test]
    fn a_clock_that_cannot_be_right_is_no_day() {
        let day = Duration::from_secs(86_400);
        assert_eq!(
            day_of(UNIX_EPOCH + 17_884 * day).unwrap().to_string(),
            "2018-12-19"
        );
        for wrong in [
            UNIX_EPOCH.checked_sub(day),
            UNIX_EPOCH.checked_add(day * 200_000_000),
        ] {
            let Some(wrong) = wrong else { continue };
            let error = day_of(wrong).unwrap_err();
            assert_eq!(error.settings(), ["on"], "{error}");
        }
    }
}
