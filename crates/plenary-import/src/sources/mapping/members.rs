//! [`MembersMapping`]: lists of members with terms, as groups.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use plenary_tables::{Row, Rows, gives_day};
use plenary_types::{Date, Participant, ParticipantKind, Span, many};
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::acts::Notation;
use super::acts::dates::date;
use super::definition::{Codes, MappingError, on_line};
use super::encoding::Encoding;
use super::heading::Heading;
use super::known_value;
use super::participants::identify;
use crate::csv::header::same_name;
use crate::csv::row;
use crate::error::{ImportError, no_rows, syntax};
use crate::files::stem;
use crate::input::Limit;
use crate::options::Options;

/// How to read a list of members: which column names the member, and from when to when it was one. See `docs/formats/members.md`.
///
/// ```
/// let mapping = plenary_import::MembersMapping::from_toml(r#"
///     of = "members"
///     codes = "iso3"
///     [columns]
///     state = "Code"
///     from = "Since"
///     [fixed]
///     group = "river commission"
/// "#)?;
/// # Ok::<(), plenary_import::MappingError>(())
/// ```
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct MembersMapping {
    #[serde(rename = "of")]
    _of: OfMembers,
    #[serde(default, rename = "name")]
    _name: IgnoredAny,
    #[serde(default, rename = "title")]
    _title: IgnoredAny,
    #[serde(default, rename = "publisher")]
    _publisher: IgnoredAny,
    #[serde(default, rename = "page")]
    _page: IgnoredAny,
    #[serde(default)]
    codes: Codes,
    date_format: Option<String>,
    encoding: Option<Encoding>,
    /// What a line begins with that is a comment.
    comment: Option<String>,
    /// Set to false where the first row is a member; columns are then `1`, `2` and so on.
    #[serde(default = "yes")]
    header: bool,
    columns: BTreeMap<MemberRole, Heading>,
    /// What is between several groups in one cell.
    separator: Option<String>,
    #[serde(default)]
    missing: Vec<String>,
    #[serde(default)]
    ignore: Vec<String>,
    #[serde(default)]
    optional: Vec<String>,
    #[serde(default)]
    fixed: Fixed,
    #[serde(default)]
    participants: BTreeMap<String, Participant>,
}

const fn yes() -> bool {
    true
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum OfMembers {
    Members,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Fixed {
    group: Option<String>,
}

/// What a column of a list of members can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum MemberRole {
    Group,
    State,
    Name,
    /// The first day, or the year.
    From,
    /// The first day on which it is no member any more.
    To,
    /// The last day, or the last year.
    Until,
}

/// A list of members, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct MemberTable {
    /// The group, its member and the days of each membership.
    pub members: Vec<(String, Participant, Span)>,
    /// How many rows there are.
    pub rows: u64,
    /// Rows of which nothing is used, each with its place and the reason.
    pub rejected: Vec<String>,
    /// What the days of the others rest on.
    pub notes: Vec<String>,
}

/// The lists of members that are known by their columns, one line each.
static TEXTS: &[&str] = &[
    include_str!("../../mappings/members/fao-members.toml"),
    include_str!("../../mappings/members/group-members.toml"),
    include_str!("../../mappings/members/security-council-terms.toml"),
    include_str!("../../mappings/members/un-members-wikipedia.toml"),
];

static SHIPPED: LazyLock<Vec<MembersMapping>> = LazyLock::new(|| {
    let read = TEXTS.iter().map(|text| MembersMapping::from_toml(text));
    let shipped: Result<Vec<_>, MappingError> = read.collect();
    debug_assert!(shipped.is_ok(), "a shipped mapping: {shipped:?}");
    shipped.unwrap_or_default()
});

/// Lists are read whole.
const LONGEST: Limit = Limit {
    mebibytes: 64,
    of: "a list of members",
    help: "such files are small: check that this is the file that is meant",
};

/// Reads a list of members by a mapping, or by one that plenary ships and whose columns the table has. Nothing where no mapping is
/// given and none fits: it may be a table with the columns `group` and `member`.
///
/// # Errors
///
/// [`ImportError`] when the file cannot be read, lacks a column that the mapping names, or has no row that can be used.
pub fn read_members(
    path: impl AsRef<Path>,
    mapping: Option<&MembersMapping>,
) -> Result<Option<MemberTable>, ImportError> {
    let input = Options::default().open(path.as_ref())?;
    let bytes = input.bytes_up_to(LONGEST)?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let shown = &input.path;
    let mapping = match mapping {
        Some(mapping) => mapping,
        None => {
            let headings = headings(bytes);
            match SHIPPED.iter().find(|mapping| mapping.fits(&headings)) {
                Some(mapping) => mapping,
                None => return Ok(None),
            }
        }
    };
    let decoded = mapping.encoding.map(|encoding| encoding.decode(bytes));
    let text = decoded.as_deref().map_or(bytes, str::as_bytes);
    mapping.read(text, shown).map(Some)
}

/// The headings of a table; none where the first row cannot be read.
fn headings(bytes: &[u8]) -> Vec<String> {
    let (start, above, delimiter) = row::first_row(bytes);
    let first = Rows::new(bytes, delimiter, start, above + 1).next();
    let first = first.and_then(Result::ok);
    first.map_or_else(Vec::new, |row| row.values().map(Into::into).collect())
}

impl MembersMapping {
    /// Reads a mapping.
    ///
    /// # Errors
    ///
    /// [`MappingError`] when it is no mapping of members, or does not say who they are.
    pub fn from_toml(text: &str) -> Result<Self, MappingError> {
        let mapping: Self = toml::from_str(text).map_err(|error| on_line(text, &error))?;
        let has = |role| mapping.columns.contains_key(&role);
        let refuse = |what: &str| Err(MappingError::Refused(what.to_owned()));
        if !(has(MemberRole::State) || has(MemberRole::Name)) {
            return refuse("the mapping does not say which column is `state` or `name`");
        }
        if has(MemberRole::To) && has(MemberRole::Until) {
            return refuse(
                "the mapping names `to`, the first day after, and `until`, the last day: leave one out",
            );
        }
        if has(MemberRole::Group) && mapping.fixed.group.is_some() {
            return refuse("`[fixed]` gives the `group` too; leave one of the two out");
        }
        if mapping.separator.is_some() && !has(MemberRole::Group) {
            return refuse("`separator` is between the groups of a cell, and no column is `group`");
        }
        if mapping.codes == Codes::None {
            return refuse(
                "`codes` is `none`: a list of persons is a table with `group` and `member`",
            );
        }
        match mapping
            .date_format
            .as_ref()
            .filter(|format| !gives_day(format))
        {
            Some(format) => Err(MappingError::DateFormat(format.clone())),
            None => Ok(mapping),
        }
    }

    /// Whether a table has every column that is needed, and no other.
    fn fits(&self, headings: &[String]) -> bool {
        let known = self
            .columns
            .values()
            .flat_map(Heading::names)
            .chain(&self.ignore);
        let known: Vec<&String> = known.collect();
        let is_known = |heading: &String| known.iter().any(|name| same_name(name, heading));
        self.header && self.missing_in(headings).is_none() && headings.iter().all(is_known)
    }

    /// The first column that a table needs and lacks.
    fn missing_in(&self, headings: &[String]) -> Option<&str> {
        let has = |name: &String| headings.iter().any(|heading| same_name(heading, name));
        let optional = |name: &String| self.optional.iter().any(|other| same_name(other, name));
        let mut columns = self.columns.values().map(Heading::names);
        let missing = columns.find(|names| !names.iter().any(|name| has(name) || optional(name)));
        missing.and_then(|names| names.first()).map(String::as_str)
    }

    fn read(&self, text: &[u8], path: &str) -> Result<MemberTable, ImportError> {
        let (start, above, delimiter) = row::first_row(text);
        let mut rows = Rows::new(text, delimiter, start, above + 1);
        let headings: Vec<String> = match self.header {
            true => {
                let first = rows.next().ok_or_else(|| no_rows(path))?;
                let first = first.map_err(|row| ImportError::from_row(row, path))?;
                first.values().map(Into::into).collect()
            }
            false => {
                let first = rows.clone().next().and_then(Result::ok);
                let count = first.map_or(0, |row| row.len());
                (1..=count).map(|number| number.to_string()).collect()
            }
        };
        if let Some(missing) = self.missing_in(&headings) {
            let reason =
                format!("the table does not have the column `{missing}`, which the mapping names");
            return Err(syntax(
                path,
                above + 1,
                &reason,
                "name the columns in the mapping as the first row of the table does",
            ));
        }
        let at = |role: MemberRole| {
            let column = self.columns.get(&role)?;
            headings.iter().position(|heading| column.is(heading))
        };
        let columns = MemberColumns {
            group: at(MemberRole::Group),
            state: at(MemberRole::State),
            name: at(MemberRole::Name),
            from: at(MemberRole::From),
            to: at(MemberRole::To),
            until: at(MemberRole::Until),
        };
        let mut table = MemberTable::default();
        let mut account = Notes::default();
        for row in rows {
            let row = match row {
                Ok(row) => row,
                Err(broken) if broken.ends_reading() => {
                    return Err(ImportError::from_row(broken, path));
                }
                Err(broken) => {
                    table.rows += 1;
                    let reason = broken.fault.reason();
                    table
                        .rejected
                        .push(format!("{path}:{}: {reason}", broken.line));
                    continue;
                }
            };
            let is_comment = |mark: &String| row.whole().trim_start().starts_with(mark.as_str());
            if self.comment.as_ref().is_some_and(is_comment) {
                continue;
            }
            table.rows += 1;
            if let Err(reason) = self.take(&row, &columns, path, &mut table, &mut account) {
                table
                    .rejected
                    .push(format!("{path}:{}: {reason}", row.line));
            }
        }
        if table.rows == 0 {
            return Err(no_rows(path));
        }
        if table.members.is_empty() {
            let first = table.rejected.first().cloned().unwrap_or_default();
            return Err(syntax(
                path,
                above + 1,
                "no row names a member of a group",
                &first,
            ));
        }
        table.notes = account.told();
        Ok(table)
    }

    fn value(&self, row: &Row<'_>, column: Option<usize>) -> String {
        known_value(row, column, &self.missing)
    }

    /// Takes the memberships of a row.
    fn take(
        &self,
        row: &Row<'_>,
        columns: &MemberColumns,
        path: &str,
        table: &mut MemberTable,
        account: &mut Notes,
    ) -> Result<(), String> {
        let cell = self.value(row, columns.group);
        let groups: Vec<String> = match (columns.group, &self.separator, &self.fixed.group) {
            (Some(_), Some(separator), _) => {
                let groups = cell.split(separator.as_str()).map(str::trim);
                groups
                    .filter(|group| !group.is_empty())
                    .map(str::to_owned)
                    .collect()
            }
            (Some(_), None, _) => Some(cell)
                .filter(|group| !group.is_empty())
                .into_iter()
                .collect(),
            (None, _, Some(group)) => vec![group.clone()],
            (None, _, None) => vec![stem(Path::new(path))],
        };
        if groups.is_empty() {
            account.without_group += 1;
            return Ok(());
        }
        let (state, name) = (
            self.value(row, columns.state),
            self.value(row, columns.name),
        );
        let present = NaiveDate::MAX;
        let who = identify(self.codes, &self.participants, &state, &name, present);
        let who = who.map_err(|reason| format!("the row {reason}"))?.who;
        if who.kind() == ParticipantKind::Text {
            return Err(format!("unknown participant `{}`", who.identifier()));
        }
        let from = self.date(row, columns.from)?;
        let to = self.date(row, columns.to)?;
        let until = self.date(row, columns.until)?;
        account.not_days += u64::from(from.is_some_and(|date| date.as_day().is_none()));
        let span = Span {
            from: from.map_or(NaiveDate::MIN, Date::earliest),
            to: to
                .map(Date::earliest)
                .or_else(|| until.and_then(|date| date.latest().succ_opt())),
        };
        if let Some(end) = span.to.filter(|end| *end < span.from) {
            return Err(format!(
                "the days end on {end}, before they begin on {}",
                span.from
            ));
        }
        account.without_from += u64::from(columns.from.is_some() && from.is_none());
        let members = groups.into_iter().map(|group| (group, who, span));
        table.members.extend(members);
        Ok(())
    }

    fn date(&self, row: &Row<'_>, column: Option<usize>) -> Result<Option<Date>, String> {
        let text = self.value(row, column);
        if text.is_empty() {
            return Ok(None);
        }
        let notation = self
            .date_format
            .as_ref()
            .map(std::slice::from_ref)
            .map_or(Notation::USUAL, Notation::Formats);
        let date = date(&text, notation)?;
        match date.earliest().year() {
            year if year < 1 => Err(format!("`{text}` is not a date of a membership")),
            _ => Ok(Some(date)),
        }
    }
}

/// Where the columns of a list are.
struct MemberColumns {
    group: Option<usize>,
    state: Option<usize>,
    name: Option<usize>,
    from: Option<usize>,
    to: Option<usize>,
    until: Option<usize>,
}

/// What is to be told of the rows that are used.
#[derive(Default)]
struct Notes {
    without_group: u64,
    without_from: u64,
    not_days: u64,
}

impl Notes {
    fn told(&self) -> Vec<String> {
        let rows = |count: u64| many(count, "row");
        let mut told = Vec::new();
        if self.not_days > 0 {
            told.push(format!(
                "{}: a year or a month for the first day; its first day counts",
                rows(self.not_days)
            ));
        }
        if self.without_from > 0 {
            told.push(format!(
                "{}: no first day; a member at any earlier time",
                rows(self.without_from)
            ));
        }
        if self.without_group > 0 {
            told.push(format!("{}: no group", rows(self.without_group)));
        }
        told
    }
}
