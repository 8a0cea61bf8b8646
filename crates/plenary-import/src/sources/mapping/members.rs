//! [`MembersMapping`]: lists of members with terms, as groups.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use plenary_tables::{Row, Rows};
use plenary_types::{BodyId, Date, Participant, ParticipantKind, Place, Span, StateCode, many};
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::acts::Notation;
use super::acts::dates::date;
use super::definition::{Codes, MappingError, OneOrMany, check_formats, on_line};
use super::encoding::Encoding;
use super::heading::Heading;
use super::known_value;
use super::participants::identify;
use super::vote::person;
use crate::csv::header::same_name;
use crate::csv::row::{self, excerpt};
use crate::error::{ImportError, Rejected, no_rows, syntax};
use crate::files::stem;
use crate::format::{Fit, Format, Reader, Recognise};
use crate::input::{Input, Limit};
use crate::names::{self, Printed};
use crate::options::Options;
use crate::record::Import;

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
    /// What the list is, where plenary ships the mapping.
    title: Option<String>,
    #[serde(default, rename = "publisher")]
    _publisher: IgnoredAny,
    #[serde(default, rename = "page")]
    _page: IgnoredAny,
    #[serde(default)]
    codes: Codes,
    #[serde(default)]
    date_format: OneOrMany,
    encoding: Option<Encoding>,
    /// What a line begins with that is a comment.
    comment: Option<String>,
    /// Set to false where the first row is a member; columns are then `1`, `2` and so on.
    #[serde(default = "yes")]
    header: bool,
    columns: BTreeMap<MemberRole, Heading>,
    /// Further columns that a table must have to be known by a shipped mapping.
    #[serde(default)]
    known_by: Vec<String>,
    /// The body whose members they are.
    body: Option<BodyId>,
    /// What the identifiers of persons begin with.
    person_prefix: Option<String>,
    /// What groups are called that the table has under a number or a code.
    #[serde(default)]
    groups: BTreeMap<String, String>,
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
    /// The line of each membership.
    pub lines: Vec<u64>,
    /// The body whose members they are, where it is known.
    pub body: Option<BodyId>,
    /// Whether the memberships begin or end with years, of which the days are not known.
    pub in_years: bool,
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
    include_str!("../../mappings/members/bundestag-groups.toml"),
    include_str!("../../mappings/members/howtheyvote-groups.toml"),
    include_str!("../../mappings/members/pscl-parties.toml"),
    include_str!("../../mappings/members/voteview-parties.toml"),
];

/// Lists of states, and names of states alone. Persons in groups are voters of a table that has a format of its own.
pub(crate) static FORMAT: Format = Format::new(
    "member-list",
    "members of a body or of groups, perhaps with their terms",
    Recognise::Beginning(fit),
    Reader::File(read_alone),
)
.with_page("members");

fn fit(head: &[u8]) -> Fit {
    match known(head).filter(|mapping| mapping.codes != Codes::None) {
        Some(mapping) => Fit::Full(mapping.title().to_owned()),
        None => Fit::None,
    }
}

/// Reads a list alone: it has no records, and the account says what it is good for.
fn read_alone(input: &Input) -> Result<Import, ImportError> {
    let bytes = input.bytes_up_to(LONGEST)?;
    let mapping = known(&bytes).ok_or_else(|| no_rows(&input.path))?;
    let (table, rejected) = mapping.read_encoded(&bytes, &input.path)?;
    let mut groups: Vec<&str> = table.members.iter().map(|(group, ..)| &**group).collect();
    groups.sort_unstable();
    groups.dedup();
    let of = match &*groups {
        [only] => format!("the group `{only}`"),
        all => many(all.len() as u64, "group"),
    };
    let mut account = format!(
        "; {} of {of}; `plenary members --groups FILE --group GROUP` lists them, `plenary cohesion VOTES --group FILE` counts their votes",
        many(table.members.len() as u64, "membership"),
    );
    for note in &table.notes {
        account += &format!("; {note}");
    }
    let import = Import::from_rows(&input.path, Vec::new(), rejected, table.rows);
    Ok(import.with_remarks(&account).with_members(table))
}

/// The mapping that a list is known by: one that plenary ships, or that of names of states alone.
fn known(bytes: &[u8]) -> Option<Cow<'static, MembersMapping>> {
    let headings = headings(bytes);
    let shipped = SHIPPED.iter().find(|mapping| mapping.fits(&headings));
    shipped
        .map(Cow::Borrowed)
        .or_else(|| names_alone(bytes).map(Cow::Owned))
}

/// So many rows show whether a table is names of states alone.
const LOOKED_AT: usize = 100;

/// Of a table of one column, without a heading or with one, whose rows are names of states: how to read it.
fn names_alone(bytes: &[u8]) -> Option<MembersMapping> {
    let (start, above, delimiter) = row::first_row(bytes);
    let mut rows = Rows::new(bytes, delimiter, start, above + 1);
    let first = rows.next()?.ok().filter(|row| row.len() == 1)?;
    let first = first.value(0).trim().to_owned();
    let (mut all, mut states, mut alone) = (0, 0, 0);
    for row in rows.take(LOOKED_AT).filter_map(Result::ok) {
        all += 1;
        alone += usize::from(row.len() == 1);
        states += usize::from(names::is_state(&row.value(0)) || names::is_state(row.whole()));
        if all == 8 && states < 4 {
            return None;
        }
    }
    if states < 3 || states * 10 < all * 8 || alone * 2 < all {
        return None;
    }
    let header = !names::is_state(&first);
    let name = if header { first } else { "1".to_owned() };
    let text = format!(
        "of = 'members'\ntitle = 'names of states alone'\nheader = {header}\n[columns]\nname = {}\n",
        toml::Value::String(name)
    );
    MembersMapping::from_toml(&text).ok()
}

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
    let known = match mapping {
        Some(mapping) => Some(Cow::Borrowed(mapping)),
        None => known(bytes),
    };
    let read = known.map(|mapping| mapping.read_encoded(bytes, shown));
    Ok(read.transpose()?.map(|(table, _)| table))
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
        if mapping.person_prefix.is_some() && mapping.codes != Codes::None {
            return refuse(
                "`person-prefix` is of persons, and `codes` is not `none`: leave it out",
            );
        }
        if !mapping.groups.is_empty() && !has(MemberRole::Group) {
            return refuse("`[groups]` says what groups are called, and no column is `group`");
        }
        check_formats(&mapping.date_format.0)?;
        Ok(mapping)
    }

    /// What the list is.
    fn title(&self) -> &str {
        self.title.as_deref().unwrap_or("a list of members")
    }

    /// Whether a table has every column that is needed, and no other unless all others are ignored.
    fn fits(&self, headings: &[String]) -> bool {
        let has = |name: &String| headings.iter().any(|heading| same_name(heading, name));
        let takes_any = self.ignore.iter().any(|name| name == "*");
        let known = self
            .columns
            .values()
            .flat_map(Heading::names)
            .chain(&self.ignore);
        let known: Vec<&String> = known.collect();
        let is_known = |heading: &String| known.iter().any(|name| same_name(name, heading));
        let has_all = self.missing_in(headings).is_none() && self.known_by.iter().all(has);
        self.header && has_all && (takes_any || headings.iter().all(is_known))
    }

    /// The first column that a table needs and lacks.
    fn missing_in(&self, headings: &[String]) -> Option<&str> {
        let has = |name: &String| headings.iter().any(|heading| same_name(heading, name));
        let optional = |name: &String| self.optional.iter().any(|other| same_name(other, name));
        let mut columns = self.columns.values().map(Heading::names);
        let missing = columns.find(|names| !names.iter().any(|name| has(name) || optional(name)));
        missing.and_then(|names| names.first()).map(String::as_str)
    }

    /// Reads bytes in the encoding of the mapping, with the rows of which nothing is used.
    fn read_encoded(
        &self,
        bytes: &[u8],
        path: &str,
    ) -> Result<(MemberTable, Vec<Rejected>), ImportError> {
        let decoded = self.encoding.map(|encoding| encoding.decode(bytes));
        let text = decoded.as_deref().map_or(bytes, str::as_bytes);
        let (mut table, rejected) = self.read(text, path)?;
        let told = rejected.iter().map(|row| {
            let line = row.place.line.unwrap_or_default();
            format!("{path}:{line}: {}", row.reason)
        });
        table.rejected = told.collect();
        Ok((table, rejected))
    }

    fn read(&self, text: &[u8], path: &str) -> Result<(MemberTable, Vec<Rejected>), ImportError> {
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
        let mut table = MemberTable {
            body: self.body.clone(),
            ..MemberTable::default()
        };
        let mut rejected = Vec::new();
        let mut account = Notes::default();
        for row in rows {
            let row = match row {
                Ok(row) => row,
                Err(broken) if broken.ends_reading() => {
                    return Err(ImportError::from_row(broken, path));
                }
                Err(broken) => {
                    table.rows += 1;
                    rejected.push(Rejected::from_row(broken, path));
                    continue;
                }
            };
            let is_comment = |mark: &String| row.whole().trim_start().starts_with(mark.as_str());
            if self.comment.as_ref().is_some_and(is_comment) {
                continue;
            }
            table.rows += 1;
            if let Err(reason) = self.take(&row, &columns, path, &mut table, &mut account) {
                rejected.push(Rejected {
                    place: Place::new(path).with_line(row.line),
                    value: excerpt(row.whole().as_bytes()),
                    reason,
                    help: "correct the row, or say under `[participants]` of a mapping of members who is meant".to_owned(),
                    record: None,
                });
            }
        }
        if table.rows == 0 {
            return Err(no_rows(path));
        }
        if table.members.is_empty() {
            let first = rejected.first();
            let first = first.map_or_else(String::new, |row| {
                format!(
                    "{path}:{}: {}",
                    row.place.line.unwrap_or_default(),
                    row.reason
                )
            });
            return Err(syntax(
                path,
                above + 1,
                "no row names a member of a group",
                &first,
            ));
        }
        account.in_two_groups = in_two_groups(&table.members);
        table.in_years = account.not_days > 0 || account.until_years > 0;
        table.notes = account.told();
        Ok((table, rejected))
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
        let meant = |group: String| self.groups.get(&group).cloned().unwrap_or(group);
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
        let groups: Vec<String> = groups.into_iter().map(meant).collect();
        if groups.is_empty() {
            account.without_group += 1;
            return Ok(());
        }
        let (who, named) = self.who(row, columns)?;
        let from = self.date(row, columns.from)?;
        let to = self.date(row, columns.to)?;
        let until = self.date(row, columns.until)?;
        let is_no_day = |date: Option<Date>| date.is_some_and(|date| date.as_day().is_none());
        account.not_days += u64::from(is_no_day(from));
        account.until_years += u64::from(is_no_day(until));
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
        // Members of parliaments have a party for the whole list.
        let needs_from = columns.from.is_some() || self.codes != Codes::None;
        account.without_from += u64::from(needs_from && from.is_none());
        if let Some(named) = named {
            account.contradictions.push(format!(
                "{path}:{}: the code means {who}, the name {named}; the code was followed",
                row.line
            ));
        }
        for group in groups {
            // A person that changes chambers has a row in each.
            let is_new = self.codes != Codes::None
                || account
                    .persons
                    .insert((group.clone(), who, span.from, span.to));
            if is_new {
                table.members.push((group, who, span));
                table.lines.push(row.line);
            }
        }
        Ok(())
    }

    /// Who a row is about, and the state that the name means beside a code of another.
    fn who(
        &self,
        row: &Row<'_>,
        columns: &MemberColumns,
    ) -> Result<(Participant, Option<StateCode>), String> {
        let state = self.value(row, columns.state);
        let mut name = self.value(row, columns.name);
        if !self.header && self.columns.len() == 1 && row.len() > 1 {
            // A name with a comma, in a list of nothing but names.
            row.whole().trim().clone_into(&mut name);
        }
        if self.codes == Codes::None {
            let printed = Printed {
                code: &state,
                name: &name,
            };
            let person = person(printed.trimmed(), self.person_prefix.as_deref());
            let who = person.entry.who.map(|who| (who, None));
            return who.ok_or_else(|| "the row does not say who the member is".to_owned());
        }
        let present = NaiveDate::MAX;
        let who = identify(self.codes, &self.participants, &state, &name, present);
        let identified = who.map_err(|reason| format!("the row {reason}"))?;
        let who = identified.who;
        match who.kind() {
            ParticipantKind::Text => Err(format!("unknown participant `{}`", who.identifier())),
            _ => Ok((who, identified.named)),
        }
    }

    fn date(&self, row: &Row<'_>, column: Option<usize>) -> Result<Option<Date>, String> {
        let text = self.value(row, column);
        if text.is_empty() {
            return Ok(None);
        }
        let notation = match self.date_format.0.as_slice() {
            [] => Notation::USUAL,
            formats => Notation::Formats(formats),
        };
        let date = date(&text, notation)?;
        match date.earliest().year() {
            year if year < 1 => Err(format!("`{text}` is not a date of a membership")),
            _ => Ok(Some(date)),
        }
    }
}

/// How many persons are in two groups at any time.
fn in_two_groups(members: &[(String, Participant, Span)]) -> u64 {
    let mut groups: BTreeMap<Participant, &str> = BTreeMap::new();
    let mut several: BTreeSet<Participant> = BTreeSet::new();
    for (group, who, span) in members {
        let has_days = span.from != NaiveDate::MIN || span.to.is_some();
        if who.kind() != ParticipantKind::Person || has_days {
            continue;
        }
        if *groups.entry(*who).or_insert(group) != group {
            several.insert(*who);
        }
    }
    several.len() as u64
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
    until_years: u64,
    in_two_groups: u64,
    /// The memberships of persons so far.
    persons: BTreeSet<(String, Participant, NaiveDate, Option<NaiveDate>)>,
    /// Rows whose code and name are those of two states.
    contradictions: Vec<String>,
}

impl Notes {
    fn told(self) -> Vec<String> {
        let rows = |count: u64| many(count, "row");
        let mut told = self.contradictions;
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
        if self.in_two_groups > 0 {
            told.push(format!(
                "{} in two groups, without days; each counts in both",
                many(self.in_two_groups, "person")
            ));
        }
        if self.without_group > 0 {
            told.push(format!("{}: no group", rows(self.without_group)));
        }
        told
    }
}
